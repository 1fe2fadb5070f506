//! From newslint's diagnostics to the protocol's.

use std::path::Path;

use ropey::Rope;
use serde_json::{Value, json};
use tower_lsp::lsp_types::{
    CodeDescription, Diagnostic as Shown, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString,
    Position, Range, TextEdit, Url,
};

use super::client::Abilities;
use super::position::Encoding;
use super::{pages, uri};
use crate::diagnostic::{Diagnostic, Evidence, Fix, Safety, Severity};
use crate::lint::Settings;
use crate::text::decode::decode;

/// The name under which editors show what newslint says.
const SOURCE: &str = "newslint";

/// The document that spans count in.
pub(super) struct Page<'a> {
    pub(super) uri: &'a Url,
    pub(super) path: &'a Path,
    pub(super) rope: &'a Rope,
}

pub(super) fn diagnostic(diagnostic: &Diagnostic, page: &Page<'_>, client: &Abilities, settings: &Settings) -> Shown {
    let mut message = diagnostic.message.clone();
    let mut related = None;
    if client.related_information {
        let all: Vec<_> = diagnostic.evidence.iter().filter_map(|e| related_information(e, page, client)).collect();
        related = (!all.is_empty()).then_some(all);
    } else {
        for evidence in &diagnostic.evidence {
            message.push('\n');
            message.push_str(&in_words(evidence, page.path));
        }
    }
    let built_in = || client.pages.then(|| pages::document_link(&diagnostic.code)).flatten();
    let link = client.code_description.then(|| pages::link(&diagnostic.code, settings).or_else(built_in)).flatten();
    Shown {
        range: client.encoding.to_range(page.rope, diagnostic.span),
        severity: Some(severity(diagnostic.severity)),
        code: Some(NumberOrString::String(diagnostic.code.to_string())),
        code_description: link.map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message,
        related_information: related,
        tags: None,
        data: client.data.then(|| data(diagnostic, page.rope, client.encoding)),
    }
}

/// A note on the document as a whole, about the checking of it.
pub(super) fn note(message: String) -> Shown {
    Shown {
        range: Range::default(),
        severity: Some(DiagnosticSeverity::INFORMATION),
        source: Some(SOURCE.to_owned()),
        message,
        ..Shown::default()
    }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
    }
}

/// The rule and its first fix that can be made: what a client hands back with a request for code actions.
fn data(diagnostic: &Diagnostic, rope: &Rope, encoding: Encoding) -> Value {
    match fixes(diagnostic).next() {
        Some(fix) => {
            json!({ "rule": &*diagnostic.code, "title": fix.title, "edits": edits(fix, rope, encoding) })
        }
        None => json!({ "rule": &*diagnostic.code }),
    }
}

/// The fixes that can be made, and not only shown.
pub(super) fn fixes(diagnostic: &Diagnostic) -> impl Iterator<Item = &Fix> {
    diagnostic.fixes.iter().filter(|fix| fix.safety != Safety::Display)
}

pub(super) fn edits(fix: &Fix, rope: &Rope, encoding: Encoding) -> Vec<TextEdit> {
    let edit = |e: &crate::diagnostic::Edit| TextEdit::new(encoding.to_range(rope, e.span), e.text.clone());
    fix.edits.iter().map(edit).collect()
}

/// The other side, where it is. `None` where only words are known of it.
fn related_information(
    evidence: &Evidence,
    page: &Page<'_>,
    client: &Abilities,
) -> Option<DiagnosticRelatedInformation> {
    let location = if evidence.path == page.path {
        Location::new(page.uri.clone(), client.encoding.to_range(page.rope, evidence.place?.0))
    } else {
        Location::new(uri::of_path(&evidence.path)?, range_elsewhere(evidence, client.encoding))
    };
    Some(DiagnosticRelatedInformation { location, message: note_and_words(evidence) })
}

/// Where in another file. The file is read again, since its line is counted in what the client counts in; one that
/// changed since, or is no text, is opened at the place it was read at.
fn range_elsewhere(evidence: &Evidence, encoding: Encoding) -> Range {
    let Some((span, place)) = evidence.place else { return Range::default() };
    let text = std::fs::read(&evidence.path).ok().and_then(|bytes| decode(bytes).ok());
    match text {
        Some((text, _)) if text.get(span.range()) == Some(&*evidence.text) => {
            encoding.to_range(&Rope::from_str(&text), span)
        }
        _ => {
            let start = Position::new(place.line.saturating_sub(1), place.column.saturating_sub(1));
            Range::new(start, start)
        }
    }
}

fn note_and_words(evidence: &Evidence) -> String {
    let date = evidence.date.map(|d| format!(" ({d})")).unwrap_or_default();
    match (evidence.note.is_empty(), evidence.text.is_empty()) {
        (true, _) => format!("“{}”{date}", evidence.text),
        (_, true) => format!("{}{date}", evidence.note),
        _ => format!("{}: “{}”{date}", evidence.note, evidence.text),
    }
}

/// The other side for a client that shows only the message.
fn in_words(evidence: &Evidence, here: &Path) -> String {
    let words = note_and_words(evidence);
    match (evidence.place, evidence.path == here) {
        (Some((_, place)), true) => format!("{words}, line {}", place.line),
        (Some((_, place)), false) => format!("{words}, {} line {}", evidence.path.display(), place.line),
        (None, _) => format!("{words}, {}", evidence.path.display()),
    }
}
