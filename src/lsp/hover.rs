//! Hover: what was printed before of the words, then what a diagnostic's rule is about, and why.

use tower_lsp::lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

use super::client::Abilities;
use super::lint::Linted;
use super::{pages, printed};
use crate::text::Span;

/// What is known of the words at `position` and the pages of the rules that speak there, or nothing.
pub(super) fn answer(position: Position, linted: &Linted, client: &Abilities) -> Option<Hover> {
    let offset = client.encoding.to_byte(&linted.rope, position) as u32;
    let mut codes: Vec<&str> = Vec::new();
    let mut covered: Option<Span> = None;
    for diagnostic in linted.diagnostics.iter().filter(|d| d.span.start <= offset && offset <= d.span.end) {
        if !codes.contains(&&*diagnostic.code) {
            codes.push(&diagnostic.code);
        }
        covered = Some(covered.map_or(diagnostic.span, |c| c.cover(diagnostic.span)));
    }
    let secret = linted.diagnostics.iter().any(|d| d.is_masked() && d.span.start <= offset && offset <= d.span.end);
    let printed = linted.draft.as_ref().filter(|_| !secret).and_then(|draft| {
        let known = printed::printed(draft, &linted.settings, &linted.in_force.reference, offset)?;
        covered = Some(covered.map_or(known.span, |c| c.cover(known.span)));
        let lines = known.lines.iter().map(|line| if client.markdown { escaped(line) } else { line.clone() });
        Some(lines.collect::<Vec<_>>().join(if client.markdown { "\n\n" } else { "\n" }))
    });
    let pages = codes.iter().filter_map(|code| page(code, linted, client.markdown));
    let parts: Vec<String> = printed.into_iter().chain(pages).collect();
    if parts.is_empty() {
        return None;
    }
    let (kind, between) =
        if client.markdown { (MarkupKind::Markdown, "\n\n---\n\n") } else { (MarkupKind::PlainText, "\n\n") };
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent { kind, value: parts.join(between) }),
        range: covered.map(|span| client.encoding.to_range(&linted.rope, span)),
    })
}

/// Words of copy as Markdown that shows them as they are.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        if "\\`*_[]<>#|~&!".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

fn page(code: &str, linted: &Linted, markdown: bool) -> Option<String> {
    let words = pages::words(code, &linted.settings)?;
    let mut parts = vec![match markdown {
        true => format!("**{}** `{code}`", words.title),
        false => format!("{} ({code})", words.title),
    }];
    parts.extend(words.paragraphs);
    if let Some(link) = pages::link(code, &linted.settings) {
        parts.push(if markdown { format!("<{link}>") } else { link.to_string() });
    }
    Some(parts.join("\n\n"))
}
