//! `dates/impossible`, stretches of time that end before they begin: from Oct. 14 to Oct. 9.

use super::Context;
use crate::annotate::DateMention;
use crate::checks::in_marks;
use crate::diagnostic::{Confidence, Finding};
use crate::text::Span;

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    for pair in cx.annotations.dates.windows(2) {
        let [from, to] = pair else { continue };
        if !joins(cx, from.span, to.span) || !ends_before(from, to) {
            continue;
        }
        let confidence = if in_marks(cx, from.span) { Confidence::Likely } else { Confidence::Sure };
        let span = from.span.cover(to.span);
        let message = format!("from {} to {} runs backward", cx.draft.words_at(from.span), cx.draft.words_at(to.span));
        findings.push(Finding::new("dates/impossible", span, message).confidence(confidence));
    }
}

/// Whether the words between say that one stretch runs from the first to the second.
fn joins(cx: &Context<'_>, from: Span, to: Span) -> bool {
    if to.start <= from.end || cx.draft.block_at(from.start) != cx.draft.block_at(to.start) {
        return false;
    }
    let between = cx.draft.lower[from.end as usize..to.start as usize].trim();
    let before = cx.draft.lower[..from.start as usize].trim_end();
    let led = |word: &str| before.strip_suffix(word).is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric()));
    match between {
        "to" | "through" | "until" | "till" => led("from"),
        "and" => led("between"),
        _ => false,
    }
}

/// Whether the second lies before the first, both as written: two years, or two days of one month and no two years.
fn ends_before(from: &DateMention, to: &DateMention) -> bool {
    let (a, b) = (from.written, to.written);
    match (a.year, b.year) {
        (Some(x), Some(y)) if x != y => y < x,
        (Some(_), None) | (None, Some(_)) => false,
        _ => match (a.month, b.month, a.day, b.day) {
            (Some(m), Some(n), Some(d), Some(e)) => m == n && e < d,
            _ => false,
        },
    }
}
