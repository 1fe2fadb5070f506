//! What people and programs read: one file for each output.

pub mod concise;
mod excerpt;
pub mod explain;
pub mod github;
pub mod inspect;
pub mod inspect_text;
pub mod json;
pub mod markdown;
pub mod sarif;
pub mod side_by_side;
pub mod style;
pub mod summary;
pub mod text;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config_error::ConfigError;
use crate::diagnostic::{Confidence, Diagnostic, Severity};
use crate::source::Format;
use crate::text::Span;
use crate::text::decode::Encoding;
use crate::text::line_index::Place;

/// The code of a file that cannot be read.
pub const UNREADABLE: &str = "copy/unreadable";
/// The code of a file on which newslint itself failed.
pub const FAILED: &str = "internal/failure";

/// What one file yielded.
pub struct FileReport {
    /// As people know it, `/` between its parts.
    pub path: String,
    pub format: Format,
    pub encoding: Encoding,
    pub words: usize,
    /// The decoded file that the diagnostics' spans count in.
    pub source: Arc<str>,
    /// Whether the draft's date is known.
    pub dated: bool,
    pub diagnostics: Vec<Diagnostic>,
    /// How many fixes went into the file, by code.
    pub fixed: BTreeMap<Arc<str>, usize>,
}

impl FileReport {
    /// The report of a file that could not be checked: one error on the file.
    pub fn of_failure(path: &str, code: &str, reason: &str) -> FileReport {
        let place = Place { line: 1, column: 1 };
        let diagnostic = Diagnostic {
            code: code.into(),
            severity: Severity::Error,
            confidence: Confidence::Sure,
            message: capitalized(reason),
            span: Span::default(),
            start: place,
            end: place,
            text: String::new(),
            evidence: Vec::new(),
            fixes: Vec::new(),
            why: Vec::new(),
        };
        FileReport {
            path: path.to_owned(),
            format: Format::of(path.as_ref()),
            encoding: Encoding::Utf8,
            words: 0,
            source: "".into(),
            dated: true,
            diagnostics: vec![diagnostic],
            fixed: BTreeMap::new(),
        }
    }

    /// Whether it stands for a file that could not be checked.
    pub fn is_failure(&self) -> bool {
        self.diagnostics.first().is_some_and(|d| matches!(&*d.code, UNREADABLE | FAILED))
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Something that was not checked, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    pub path: String,
    pub reason: String,
}

/// What a run yielded, in path order.
#[derive(Default)]
pub struct RunReport {
    pub files: Vec<FileReport>,
    pub skipped: Vec<Skipped>,
    /// Mistakes in configuration, rule and facts files.
    pub problems: Vec<ConfigError>,
    /// Whether names were held against a facts file or sources.
    pub has_reference: bool,
}

impl RunReport {
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics().filter(|d| d.severity == severity).count()
    }

    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.files.iter().flat_map(|f| &f.diagnostics)
    }

    pub fn words(&self) -> usize {
        self.files.iter().map(|f| f.words).sum()
    }

    /// How many diagnostics each code has, the most first.
    pub fn by_code(&self) -> Vec<(&str, usize)> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for diagnostic in self.diagnostics() {
            *counts.entry(&diagnostic.code).or_default() += 1;
        }
        let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
        counts
    }
}

/// The reports that a person or program asked for, of a run or as it is told.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shown {
    /// Infos too.
    pub all: bool,
    /// No closing lines.
    pub quiet: bool,
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Counts by code in place of the diagnostics.
    pub statistics: bool,
}

impl Shown {
    pub fn shows(&self, diagnostic: &Diagnostic) -> bool {
        self.all || diagnostic.severity > Severity::Info
    }
}
