//! Mistakes in configuration, rules and facts, shown in the files that hold them.

use std::collections::BTreeMap;
use std::path::Path;

use ropey::Rope;
use tower_lsp::lsp_types::{Diagnostic, DiagnosticSeverity, PublishDiagnosticsParams, Range, Url};

use super::outbox::Outbox;
use super::position::Encoding;
use super::uri;
use crate::config_error::ConfigError;

/// What is shown in which files.
#[derive(Default)]
pub(super) struct Mistakes {
    shown: BTreeMap<Url, Vec<Diagnostic>>,
}

impl Mistakes {
    /// Shows `errors` and takes back what was shown before and is mended.
    pub(super) fn show<'e>(
        &mut self,
        errors: impl IntoIterator<Item = &'e ConfigError>,
        encoding: Encoding,
        outbox: &Outbox,
    ) {
        let mut by_file: BTreeMap<Url, Vec<&ConfigError>> = BTreeMap::new();
        for error in errors {
            // A pack that ships has no file to show it in.
            if let Some(uri) = uri::of_path(Path::new(&*error.file)).filter(|_| Path::new(&*error.file).is_absolute()) {
                by_file.entry(uri).or_default().push(error);
            }
        }
        let read = |(uri, errors): (Url, Vec<&ConfigError>)| {
            let text = uri::path(&uri).and_then(|path| std::fs::read_to_string(path).ok()).map(|t| Rope::from_str(&t));
            let shown = errors.into_iter().map(|error| diagnostic(error, text.as_ref(), encoding)).collect();
            (uri, shown)
        };
        let new: BTreeMap<Url, Vec<Diagnostic>> = by_file.into_iter().map(read).collect();
        for mended in self.shown.keys().filter(|uri| !new.contains_key(uri)) {
            outbox.publish(PublishDiagnosticsParams::new(mended.clone(), Vec::new(), None));
        }
        for (uri, diagnostics) in new.iter().filter(|(uri, diagnostics)| self.shown.get(uri) != Some(diagnostics)) {
            outbox.publish(PublishDiagnosticsParams::new(uri.clone(), diagnostics.clone(), None));
        }
        self.shown = new;
    }
}

fn diagnostic(error: &ConfigError, text: Option<&Rope>, encoding: Encoding) -> Diagnostic {
    Diagnostic {
        range: text.map_or(Range::default(), |text| encoding.to_range(text, error.span)),
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some("newslint".to_owned()),
        message: match &error.help {
            Some(help) => format!("{}; {help}", error.message),
            None => error.message.clone(),
        },
        ..Diagnostic::default()
    }
}
