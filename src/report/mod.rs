//! What people and programs read: one file for each output.

pub mod inspect;
pub mod json;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Format;
use crate::text::decode::Encoding;

/// What one file yielded.
pub struct FileReport {
    /// As given on the command line, `/` between its parts.
    pub path: String,
    pub format: Format,
    pub encoding: Encoding,
    pub words: usize,
    pub diagnostics: Vec<Diagnostic>,
}

/// Something that was not checked, and why.
pub struct Skipped {
    pub path: String,
    pub reason: String,
}

/// What a run yielded, in path order.
#[derive(Default)]
pub struct RunReport {
    pub files: Vec<FileReport>,
    pub skipped: Vec<Skipped>,
}

impl RunReport {
    pub fn count(&self, severity: Severity) -> usize {
        self.files.iter().flat_map(|f| &f.diagnostics).filter(|d| d.severity == severity).count()
    }

    pub fn words(&self) -> usize {
        self.files.iter().map(|f| f.words).sum()
    }
}
