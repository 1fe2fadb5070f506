//! Hover: what a diagnostic's rule is about, and why.

use tower_lsp::lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

use super::client::Abilities;
use super::lint::Linted;
use super::pages;
use crate::text::Span;

/// The pages of the rules that speak at `position`, or nothing.
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
    let pages: Vec<String> = codes.iter().filter_map(|code| page(code, linted, client.markdown)).collect();
    if pages.is_empty() {
        return None;
    }
    let (kind, between) =
        if client.markdown { (MarkupKind::Markdown, "\n\n---\n\n") } else { (MarkupKind::PlainText, "\n\n") };
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent { kind, value: pages.join(between) }),
        range: covered.map(|span| client.encoding.to_range(&linted.rope, span)),
    })
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
