//! One `newslint.toml` as written, every value with its place.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::{GlobBuilder, GlobMatcher};

use super::severity::Levels;
use crate::config_error::ConfigError;
use crate::source::Metadata;
use crate::text::Span;

/// Where a value was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    pub file: Arc<Path>,
    /// From 1.
    pub line: u32,
    /// From 1, in Unicode scalar values.
    pub column: u32,
    /// In bytes of the file.
    pub span: Span,
}

impl Origin {
    /// A mistake here.
    pub fn error(&self, message: impl Into<String>, help: Option<String>) -> ConfigError {
        ConfigError {
            file: super::load::shown(&self.file).into(),
            line: self.line,
            column: self.column,
            span: self.span,
            message: message.into(),
            help,
        }
    }
}

/// A value and where it was written.
#[derive(Clone, Debug)]
pub struct Sourced<T> {
    pub value: T,
    pub origin: Origin,
}

/// A glob, relative to the folder of the file that holds it.
#[derive(Clone, Debug)]
pub struct Glob {
    pub written: String,
    matcher: GlobMatcher,
}

impl Glob {
    /// `*` stays within a folder, `**` crosses them.
    pub fn new(written: &str) -> Result<Glob, globset::Error> {
        let matcher = GlobBuilder::new(written).literal_separator(true).build()?.compile_matcher();
        Ok(Glob { written: written.to_owned(), matcher })
    }

    /// Whether `path`, relative to the file's folder, is meant.
    pub fn matches(&self, path: &Path) -> bool {
        self.matcher.is_match(path)
    }
}

/// An entry of `rules`: a pack that ships, by name, or files of the desk's own.
#[derive(Clone, Debug)]
pub enum PackSource {
    Shipped(String),
    /// A path or glob, relative to the folder of the file that holds it.
    Files(String),
}

/// `[corpus]`.
#[derive(Clone, Debug, Default)]
pub struct CorpusSection {
    /// The environment variable that holds the key of the hashes in `[[never]]`.
    pub never_key: Option<Sourced<String>>,
    pub facts: Vec<Sourced<String>>,
    pub archive: Vec<Sourced<String>>,
    pub index: Option<Sourced<String>>,
}

/// `[severity]` with its stages.
#[derive(Clone, Debug, Default)]
pub struct SeveritySection {
    pub always: Vec<Sourced<(String, Levels)>>,
    pub draft: Vec<Sourced<(String, Levels)>>,
    pub publish: Vec<Sourced<(String, Levels)>>,
}

/// `[options."code"]`: one key of it.
#[derive(Clone, Debug)]
pub struct OptionEntry {
    pub code: String,
    pub key: String,
    pub value: toml::Value,
}

/// `[[override]]`.
#[derive(Clone, Debug)]
pub struct Override {
    pub origin: Origin,
    pub files: Vec<Glob>,
    /// Fields of the front matter and their values: all must hold.
    pub when: Vec<(String, String)>,
    /// Set where what it says of its drafts could not be read.
    pub never: bool,
    pub locale: Option<Sourced<String>>,
    pub severity: SeveritySection,
    pub options: Vec<Sourced<OptionEntry>>,
    pub rules: Vec<Sourced<PackSource>>,
}

impl Override {
    /// Whether it is meant for a draft; `path` is relative to the folder of the file that holds the override, `None` where
    /// the draft lies elsewhere.
    pub fn applies(&self, path: Option<&Path>, metadata: &Metadata) -> bool {
        let by_path = self.files.is_empty() || path.is_some_and(|p| self.files.iter().any(|g| g.matches(p)));
        !self.never && by_path && self.when.iter().all(|(field, wanted)| has(metadata, field, wanted))
    }
}

/// Whether the front matter says `wanted` under `field`, alone or in a list; case is folded.
fn has(metadata: &Metadata, field: &str, wanted: &str) -> bool {
    let same = |text: &str| text.to_lowercase() == wanted.to_lowercase();
    match metadata.front_matter.fields.get(field) {
        Some(serde_json::Value::String(text)) => same(text),
        Some(serde_json::Value::Array(items)) => items.iter().any(|i| i.as_str().is_some_and(same)),
        Some(serde_json::Value::Bool(value)) => same(&value.to_string()),
        Some(serde_json::Value::Number(value)) => same(&value.to_string()),
        _ => false,
    }
}

/// One file. Lists are empty where it says nothing.
#[derive(Clone, Debug)]
pub struct Layer {
    pub file: Arc<Path>,
    pub locale: Option<Sourced<String>>,
    pub rules: Vec<Sourced<PackSource>>,
    pub include: Vec<Sourced<Glob>>,
    pub ignore: Vec<Sourced<Glob>>,
    pub corpus: CorpusSection,
    pub severity: SeveritySection,
    pub options: Vec<Sourced<OptionEntry>>,
    pub overrides: Vec<Override>,
}

impl Layer {
    pub fn empty(file: &Path) -> Layer {
        Layer {
            file: file.into(),
            locale: None,
            rules: Vec::new(),
            include: Vec::new(),
            ignore: Vec::new(),
            corpus: CorpusSection::default(),
            severity: SeveritySection::default(),
            options: Vec::new(),
            overrides: Vec::new(),
        }
    }

    /// The folder that its paths and globs are relative to.
    pub fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new(""))
    }

    /// `path` as this layer's globs see it.
    pub fn relative(&self, path: &Path) -> Option<PathBuf> {
        path.strip_prefix(self.folder()).ok().map(Path::to_owned)
    }
}
