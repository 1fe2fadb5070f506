//! `embargo/active`: an embargo or a never-publish name still in force.

use jiff::civil::{Date, DateTime};

use crate::checks::Context;
use crate::diagnostic::{Finding, Severity};
use crate::text::fold::ascii_key;
use crate::text::{Span, TokenKind};

const CODE: &str = "embargo/active";
/// Front matter fields that hold an embargo.
const FIELDS: [&str; 4] = ["embargo", "embargoed", "embargo-until", "embargoedUntil"];
/// The most words of a name.
const LONGEST: usize = 5;

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    findings.extend(embargo(cx));
    never(cx, findings);
}

/// The embargo of the front matter, held against the day of the run.
fn embargo(cx: &Context<'_>) -> Option<Finding> {
    let today = cx.date?;
    let field = FIELDS.iter().find_map(|field| cx.draft.metadata.field(field))?;
    let until = day_of(field)?;
    if today > until || today == until && !field.contains(['T', ':']) {
        return None;
    }
    let first = cx.draft.blocks.iter().find(|b| b.kind.is_copy())?;
    let sentence = &cx.draft.sentences[first.sentences.start as usize..];
    let span = sentence.first().map_or(first.span, |s| s.span);
    let finding = Finding::new(CODE, span, format!("Embargoed until {field}, and this is {today}"));
    // On the day itself only the hour decides, which a date does not say.
    Some(if today == until { finding.likely() } else { finding })
}

fn day_of(field: &str) -> Option<Date> {
    let day = field.get(..10).unwrap_or(field);
    day.parse().ok().or_else(|| field.parse::<DateTime>().ok().map(|d| d.date()))
}

/// Every run of words with a capital that is a name the desk must not publish.
fn never(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let facts = &cx.reference.facts;
    if facts.never.is_empty() {
        return;
    }
    let key = cx.reference.never_key.as_ref();
    for block in &cx.draft.blocks {
        let tokens = cx.draft.block_tokens(block);
        for at in 0..tokens.len() {
            if tokens[at].kind != TokenKind::Word {
                continue;
            }
            for len in 1..=LONGEST.min(tokens.len() - at) {
                let last = &tokens[at + len - 1];
                if last.kind != TokenKind::Word {
                    continue;
                }
                let span: Span = tokens[at].span.cover(last.span);
                let name = ascii_key(cx.draft.words_at(span));
                let entry = facts.forbids(&name, key).find(|e| match (e.until, cx.date) {
                    (Some(until), Some(today)) => today <= until,
                    _ => true,
                });
                if let Some(entry) = entry {
                    let until = entry.until.map_or(String::new(), |u| format!(", until {u}"));
                    let message = format!("A name that must not be published ({}{until})", entry.why);
                    let message = crate::checks::words::shorten(&message, 90);
                    let evidence = entry.provenance.evidence(crate::diagnostic::MASK, entry.until);
                    let finding = Finding::new(CODE, span, message).elsewhere(evidence).masked();
                    findings.push(if entry.provenance.proposed { finding.cap(Severity::Info) } else { finding });
                }
            }
        }
    }
}
