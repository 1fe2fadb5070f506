//! Mistakes in configuration, rule files, facts files and sidecars: where, what is wrong, and what was meant.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::text::Span;
use crate::text::line_index::LineIndex;

/// One mistake in a file that people keep for newslint. Shown as `FILE:LINE:COLUMN: what, and what was meant`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConfigError {
    /// The file as people know it: its path with `/`, or the name of a shipped pack.
    pub file: Arc<str>,
    /// From 1.
    pub line: u32,
    /// From 1, in Unicode scalar values.
    pub column: u32,
    /// The words at fault, in bytes of the file.
    pub span: Span,
    /// What is wrong, in one line.
    pub message: String,
    /// What was meant, or what to do.
    pub help: Option<String>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ConfigError {}

/// Turns byte ranges of one file into [`ConfigError`]s.
pub struct ErrorPlaces<'t> {
    file: Arc<str>,
    text: &'t str,
    lines: LineIndex,
}

impl<'t> ErrorPlaces<'t> {
    pub fn new(file: &str, text: &'t str) -> ErrorPlaces<'t> {
        ErrorPlaces { file: file.into(), text, lines: LineIndex::new(text) }
    }

    pub fn text(&self) -> &'t str {
        self.text
    }

    pub fn file(&self) -> &Arc<str> {
        &self.file
    }

    /// A mistake at `range`, which may reach past the end of the file or lie inside a letter.
    pub fn error(&self, range: Range<usize>, message: impl Into<String>, help: Option<String>) -> ConfigError {
        let inside = |at: usize| {
            let mut at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = inside(range.start);
        let end = inside(range.end).max(start);
        let place = self.lines.place(self.text, start as u32);
        ConfigError {
            file: self.file.clone(),
            line: place.line,
            column: place.column,
            span: Span::new(start, end),
            message: message.into(),
            help,
        }
    }
}

/// The one of `known` that `word` was probably meant to be.
pub fn did_you_mean<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = word.to_lowercase();
    known
        .into_iter()
        .map(|k| (strsim::damerau_levenshtein(&word, &k.to_lowercase()), k))
        .filter(|(distance, k)| *distance <= (k.chars().count().min(word.chars().count()) / 3).max(1))
        .min()
        .map(|(_, k)| k)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_place_mistake_and_help() {
        let text = "a = 1\nrépl = “x”\n";
        let places = ErrorPlaces::new("rules/house.toml", text);
        let at = text.find("“x”").unwrap();
        let error = places.error(at..at + 3, "a string was meant", Some("write it in \"straight\" marks".into()));
        assert_eq!(error.to_string(), "rules/house.toml:2:8: a string was meant; write it in \"straight\" marks");
        assert_eq!(places.error(900..901, "", None).line, 3);
        assert_eq!(places.error(at + 1..at + 2, "", None).column, 8, "inside a letter");
    }

    #[test]
    fn suggests_only_what_is_near() {
        let known = ["replace", "regex", "words", "id"];
        assert_eq!(did_you_mean("replcae", known), Some("replace"));
        assert_eq!(did_you_mean("Word", known), Some("words"));
        assert_eq!(did_you_mean("severity", known), None);
    }
}
