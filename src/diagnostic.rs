//! What newslint says: findings as checks make them, diagnostics as people and programs read them.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::text::Span;
use crate::text::line_index::Place;

/// How grave a diagnostic is. Ordered: info is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Info,
    Warning,
    Error,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// How sure a check is: by default only what is sure is a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    Likely,
    Sure,
}

impl Confidence {
    pub fn name(self) -> &'static str {
        match self {
            Confidence::Likely => "likely",
            Confidence::Sure => "sure",
        }
    }
}

/// Whether a fix may be applied without a person looking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    Safe,
    Unsafe,
    /// Shown, never applied.
    Display,
}

impl Safety {
    pub fn name(self) -> &'static str {
        match self {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
            Safety::Display => "display",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the fix does, as a command: Change to “Kyiv”.
    pub title: String,
    pub safety: Safety,
    /// In order, not overlapping.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that puts `text` in place of `span`.
    pub fn replace(span: Span, text: impl Into<String>, safety: Safety) -> Fix {
        let text = text.into();
        let title = if text.is_empty() { "Remove".to_owned() } else { format!("Change to “{text}”") };
        Fix { title, safety, edits: vec![Edit { span, text }] }
    }
}

/// The other side of a contradiction as a check names it.
#[derive(Clone, Debug, PartialEq)]
pub enum Witness {
    /// Words of the same draft.
    Here { span: Span, note: String },
    /// Words of another file: a story, a source, an entry of a facts file.
    Elsewhere(Evidence),
}

/// What a check or a rule found, in spans of [`Draft::text`](crate::source::Draft::text).
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub code: Arc<str>,
    pub confidence: Confidence,
    /// Set where the severity is not the code's own for this confidence, such as a rule on trial.
    pub cap: Option<Severity>,
    /// At most 90 characters; says both sides of a contradiction.
    pub message: String,
    pub span: Span,
    pub witnesses: Vec<Witness>,
    pub fixes: Vec<Fix>,
    /// The gates that let it through, for `newslint why`.
    pub why: Vec<String>,
    /// Whether its words must not be shown: a name that may not be published.
    pub masked: bool,
}

/// Stands for words that must not be shown.
pub const MASK: &str = "•••";

impl Finding {
    /// A finding that is sure; the builder methods add the rest.
    pub fn new(code: &str, span: Span, message: impl Into<String>) -> Finding {
        Finding {
            code: code.into(),
            confidence: Confidence::Sure,
            cap: None,
            message: message.into(),
            span,
            witnesses: Vec::new(),
            fixes: Vec::new(),
            why: Vec::new(),
            masked: false,
        }
    }

    /// Its words are shown nowhere.
    pub fn masked(mut self) -> Finding {
        self.masked = true;
        self
    }

    pub fn likely(mut self) -> Finding {
        self.confidence = Confidence::Likely;
        self
    }

    pub fn confidence(mut self, confidence: Confidence) -> Finding {
        self.confidence = confidence;
        self
    }

    /// No graver than `severity`, whatever the configuration says of the code.
    pub fn cap(mut self, severity: Severity) -> Finding {
        self.cap = Some(severity);
        self
    }

    /// Adds the other side, in this draft.
    pub fn here(mut self, span: Span, note: impl Into<String>) -> Finding {
        self.witnesses.push(Witness::Here { span, note: note.into() });
        self
    }

    /// Adds the other side, in another file.
    pub fn elsewhere(mut self, evidence: Evidence) -> Finding {
        self.witnesses.push(Witness::Elsewhere(evidence));
        self
    }

    pub fn fix(mut self, fix: Fix) -> Finding {
        self.fixes.push(fix);
        self
    }

    pub fn why(mut self, gate: impl Into<String>) -> Finding {
        self.why.push(gate.into());
        self
    }
}

/// The other side of a contradiction: where, which words, how old. Offsets count in the decoded file at `path`.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    pub path: PathBuf,
    /// The words in that file, with their place; `None` where only the file is known.
    pub place: Option<(Span, Place)>,
    pub text: String,
    pub date: Option<Date>,
    pub note: String,
    /// Where an archive keeps them, whatever became of the file.
    pub archived: Option<Archived>,
}

/// Words of a story in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archived {
    /// The story's id.
    pub document: i64,
    /// Bytes of its prose: [`Draft::text`](crate::source::Draft::text).
    pub span: Span,
    pub outlet: Option<String>,
}

/// A finding ready to show: spans are byte offsets of the decoded file.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    pub code: Arc<str>,
    pub severity: Severity,
    pub confidence: Confidence,
    pub message: String,
    pub span: Span,
    pub start: Place,
    pub end: Place,
    /// The words at `span` in the file.
    pub text: String,
    pub evidence: Vec<Evidence>,
    pub fixes: Vec<Fix>,
    pub why: Vec<String>,
}

impl Diagnostic {
    /// Whether its words must not be shown.
    pub fn is_masked(&self) -> bool {
        self.text == MASK
    }
}

/// A file's text with the words that must not be shown made stars, byte for byte, for reports that print lines of it.
pub fn masked_source(source: &str, diagnostics: &[Diagnostic]) -> String {
    let mut shown = source.to_owned();
    for diagnostic in diagnostics.iter().filter(|d| d.is_masked()) {
        if shown.get(diagnostic.span.range()).is_some() {
            shown.replace_range(diagnostic.span.range(), &"*".repeat(diagnostic.span.len()));
        }
    }
    shown
}
