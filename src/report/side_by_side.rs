//! Two texts side by side in a browser: a page of its own, without scripts and without the network.

use crate::corpus::SourceDocument;
use crate::corpus::compare::{Difference, Fate};
use crate::text::Span;

const STYLE: &str = "body{font:16px/1.5 Georgia,serif;margin:1.5rem;color:#222;background:#fff}\
h1{font:600 1.1rem system-ui,sans-serif}ol{font:14px/1.5 system-ui,sans-serif;padding-left:1.6rem}\
.texts{display:grid;grid-template-columns:1fr 1fr;gap:2rem}.texts h2{font:600 .9rem system-ui,sans-serif;color:#666}\
mark{padding:0 .1em;border-radius:2px}.changed{background:#ffe08a}.dropped{background:#ffc4c0}.added{background:#c2eec4}\
a{color:inherit}small{color:#666}@media(max-width:50rem){.texts{grid-template-columns:1fr}}\
@media(prefers-color-scheme:dark){body{color:#ddd;background:#1b1b1b}.texts h2,small{color:#aaa}mark{color:#fff}\
.changed{background:#6b5200}.dropped{background:#7a2620}.added{background:#1e5b26}}";

/// The page: the list of differences, each leading to its place in both texts.
pub fn page(old: &SourceDocument, new: &SourceDocument, differences: &[Difference]) -> String {
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
        <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">",
    );
    let (before, after) = (name(old), name(new));
    let count = |fate: Fate| differences.iter().filter(|d| d.fate == fate).count();
    out.push_str(&format!(
        "<title>{} and {}</title><style>{STYLE}</style></head><body>\n",
        escape(&before),
        escape(&after)
    ));
    out.push_str(&format!(
        "<h1>{} changed, {} dropped, {} added: people, titles, figures, dates, quotations and claims</h1>\n<ol>\n",
        count(Fate::Changed),
        count(Fate::Dropped),
        count(Fate::Added)
    ));
    for (at, difference) in differences.iter().enumerate() {
        let fate = difference.fate.name();
        out.push_str(&format!("<li>{} <mark class=\"{fate}\">{fate}</mark>: ", difference.fact.name()));
        let sides = [("o", old, difference.old), ("n", new, difference.new)];
        let links = sides.iter().filter_map(|(side, document, span)| {
            let words = (*span)?.of(&document.draft.text);
            Some(format!("<a href=\"#{side}{at}\">{}</a>", escape(words)))
        });
        out.push_str(&links.collect::<Vec<_>>().join(" → "));
        if !difference.note.is_empty() {
            out.push_str(&format!(" <small>{}</small>", escape(&difference.note)));
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n<div class=\"texts\">\n");
    for (side, document, name, which) in
        [("o", old, before, (|d| d.old) as fn(&Difference) -> Option<Span>), ("n", new, after, |d| d.new)]
    {
        out.push_str(&format!("<section><h2>{}</h2>\n", escape(&name)));
        let marks: Vec<(usize, Span, Fate)> =
            differences.iter().enumerate().filter_map(|(at, d)| Some((at, which(d)?, d.fate))).collect();
        for block in document.draft.blocks.iter().filter(|b| b.kind.is_copy()) {
            out.push_str("<p>");
            marked(&document.draft.text, block.span, &marks, side, &mut out);
            out.push_str("</p>\n");
        }
        out.push_str("</section>\n");
    }
    out.push_str("</div></body></html>\n");
    out
}

fn name(document: &SourceDocument) -> String {
    document.path().to_string_lossy().replace('\\', "/")
}

/// A paragraph with its marks; where two overlap, the later one gives its number to an anchor before the earlier.
fn marked(text: &str, block: Span, marks: &[(usize, Span, Fate)], side: &str, out: &mut String) {
    let mut inside: Vec<_> = marks.iter().filter(|(_, span, _)| block.contains(*span)).collect();
    inside.sort_by_key(|(at, span, _)| (span.start, *at));
    let mut done = block.start;
    for (at, span, fate) in inside {
        if span.start < done {
            out.push_str(&format!("<a id=\"{side}{at}\"></a>"));
            continue;
        }
        out.push_str(&escape(Span { start: done, end: span.start }.of(text)));
        let words = escape(span.of(text));
        out.push_str(&format!("<mark class=\"{}\" id=\"{side}{at}\">{words}</mark>", fate.name()));
        done = span.end;
    }
    out.push_str(&escape(Span { start: done, end: block.end }.of(text)));
}

/// Text as a page may hold it.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
