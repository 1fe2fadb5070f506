//! `copy/furniture`: page furniture in the copy.

use serde::Deserialize;

use super::{Context, shorten};
use crate::checks::in_marks;
use crate::diagnostic::{Finding, Fix, Safety};
use crate::source::furniture::{is_button, recognize};
use crate::source::{BlockKind, Draft};
use crate::text::Span;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// Lines of the house that are furniture, as written.
    extra: Vec<String>,
    /// Lines that are none.
    accept: Vec<String>,
}

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let options: &Options = cx.options();
    let draft = cx.draft;
    for block in &draft.blocks {
        let words = draft.words_at(block.span);
        if options.accept.iter().any(|a| a == words) {
            continue;
        }
        let extra = options.extra.iter().any(|e| e == words);
        match block.kind {
            _ if extra => findings.push(finding(draft, block.span)),
            BlockKind::Furniture if recognize(words, true).is_some() => findings.push(finding(draft, block.span)),
            // A button counts as one only where a headline follows; rarer things than buttons look like that.
            BlockKind::Furniture if is_button(words) => findings.push(finding(draft, block.span).likely()),
            BlockKind::Body | BlockKind::List => run_on(cx, options, block.sentences.clone(), findings),
            _ => {}
        }
    }
}

/// Furniture that a paste left at the start or the end of a paragraph: a whole sentence.
fn run_on(cx: &Context<'_>, options: &Options, sentences: std::ops::Range<u32>, findings: &mut Vec<Finding>) {
    if sentences.len() < 2 {
        return;
    }
    for index in [sentences.start, sentences.end - 1] {
        let span = cx.draft.sentences[index as usize].span;
        let words = cx.draft.words_at(span);
        let accepted = options.accept.iter().any(|a| a == words);
        if !accepted && recognize(words, false).is_some() && !in_marks(cx, span) {
            findings.push(finding(cx.draft, span));
        }
    }
}

fn finding(draft: &Draft, span: Span) -> Finding {
    let message = format!("“{}” is page furniture, not copy", shorten(draft.words_at(span), 50));
    Finding::new("copy/furniture", span, message).fix(Fix::replace(span, "", Safety::Unsafe))
}
