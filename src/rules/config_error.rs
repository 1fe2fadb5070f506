//! A mistake in a configuration, rule or facts file.

use std::fmt;
use std::path::PathBuf;

/// What is wrong, where, and what was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    pub file: PathBuf,
    /// From 1.
    pub line: u32,
    /// From 1, in Unicode scalar values.
    pub column: u32,
    pub message: String,
    pub help: Option<String>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file.display(), self.line, self.column, self.message)?;
        match &self.help {
            Some(help) => write!(f, ". {help}"),
            None => Ok(()),
        }
    }
}

/// The one of `known` that `written` is most like, if it is like any.
pub fn did_you_mean<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let like = |name: &'a str| (strsim::damerau_levenshtein(written, name), name);
    let limit = written.chars().count().div_ceil(3).max(1);
    known.map(like).filter(|(distance, _)| *distance <= limit).min().map(|(_, name)| name)
}
