//! `dates/ambiguous`: a date in digits that has two readings.

use super::Context;
use crate::diagnostic::Finding;
use crate::text::calendar::month_name;

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    for mention in &cx.annotations.dates {
        let Some((a, b)) = mention.written.either else { continue };
        let (Ok(first), Ok(second)) = (i8::try_from(a), i8::try_from(b)) else { continue };
        let words = cx.draft.words_at(mention.span);
        let message = format!("“{words}” is {a} {} or {b} {}", month_name(second), month_name(first));
        findings.push(Finding::new("dates/ambiguous", mention.span, message));
    }
}
