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
use super::stories::Stories;
use super::{pages, uri};
use crate::corpus::Past;
use crate::diagnostic::{Diagnostic, Evidence, Fix, Safety, Severity};
use crate::lint::Settings;
use crate::text::Span;
use crate::text::decode::decode;

/// The name under which editors show what newslint says.
const SOURCE: &str = "newslint";

/// The document that spans count in.
pub(super) struct Page<'a> {
    pub(super) uri: &'a Url,
    pub(super) path: &'a Path,
    pub(super) rope: &'a Rope,
    pub(super) past: Option<&'a Past>,
    pub(super) stories: &'a Stories,
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
        elsewhere(evidence, page, client.encoding)?
    };
    Some(DiagnosticRelatedInformation { location, message: note_and_words(evidence) })
}

/// The words in another file: where they stand now, or for a story whose file lost them, where the archive keeps them.
fn elsewhere(evidence: &Evidence, page: &Page<'_>, encoding: Encoding) -> Option<Location> {
    if let Some(location) = in_file(evidence, encoding) {
        return Some(location);
    }
    if let (Some(archived), Some(past)) = (&evidence.archived, page.past)
        && let Some((path, text)) = page.stories.file(past, archived.document)
    {
        let range = encoding.to_range(&Rope::from_str(&text), archived.span);
        return Some(Location::new(uri::of_path(&path)?, range));
    }
    let start = evidence.place.map_or(Position::default(), |(_, place)| {
        Position::new(place.line.saturating_sub(1), place.column.saturating_sub(1))
    });
    Some(Location::new(uri::of_path(&evidence.path)?, Range::new(start, start)))
}

/// The words in the file that they were read in, wherever they stand in it by now. The file is read again, since its lines are
/// counted in what the client counts in.
fn in_file(evidence: &Evidence, encoding: Encoding) -> Option<Location> {
    let (span, _) = evidence.place?;
    let (text, _) = decode(std::fs::read(&evidence.path).ok()?).ok()?;
    let span = if text.get(span.range()) == Some(&*evidence.text) {
        span
    } else {
        let places = text.match_indices(evidence.text.as_str()).map(|(at, words)| Span::new(at, at + words.len()));
        places.min_by_key(|found| found.start.abs_diff(span.start))?
    };
    Some(Location::new(uri::of_path(&evidence.path)?, encoding.to_range(&Rope::from_str(&text), span)))
}

fn note_and_words(evidence: &Evidence) -> String {
    let outlet = evidence.archived.as_ref().and_then(|a| a.outlet.clone());
    let printed: Vec<String> = outlet.into_iter().chain(evidence.date.map(|d| d.to_string())).collect();
    let date = if printed.is_empty() { String::new() } else { format!(" ({})", printed.join(", ")) };
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
