//! `dates/impossible`, what the draft’s date shows: the past tense with a year or a day that has not come.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Context, is_quoted};
use crate::annotate::DateMention;
use crate::annotate::date::{DateKind, Grain, is_past};
use crate::diagnostic::{Confidence, Finding};
use crate::text::calendar::{month_name, weekday_name};

/// Only in the lead is a bare weekday surely the day of the news: further down it may be any of the last seven.
const LEAD: usize = 2;

/// How far the verb may stand from what it dates, in tokens: where the date leads the sentence, and else.
const LEADING: usize = 10;
const TRAILING: usize = 3;

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(today) = cx.date else { return };
    for mention in &cx.annotations.dates {
        let finding = match mention.grain {
            Grain::Year => year(cx, mention, today),
            Grain::Day if mention.kind == DateKind::Weekday => weekday(cx, mention, today),
            _ => None,
        };
        findings.extend(finding);
    }
}

/// In 2032, the mayor vetoed the bill: written in 2026.
fn year(cx: &Context<'_>, mention: &DateMention, today: Date) -> Option<Finding> {
    let year = mention.written.year?;
    let first = cx.draft.token_at(mention.span.start);
    let within = first.checked_sub(1).is_some_and(|b| cx.draft.lower(&cx.draft.tokens[b]) == "in");
    if year <= today.year() || mention.open.is_some() || !within {
        return None;
    }
    // In 2032, the council …: the whole clause follows. … vetoed it in 2032: close by, for what was bought or ordered may come then.
    let sentence = &cx.draft.sentences[cx.draft.tokens[first].sentence as usize];
    let reach = if sentence.tokens.start as usize + 1 == first { LEADING } else { TRAILING };
    if !is_past(cx.draft, mention.span, reach, false) {
        return None;
    }
    let confidence = if is_quoted(cx, mention.span) { Confidence::Likely } else { Confidence::Sure };
    let message = format!("{year} in the past tense; the draft is of {}", today.year());
    Some(Finding::new("dates/impossible", mention.span, message).confidence(confidence))
}

/// A bare weekday in the past tense means one of the last seven days; tomorrow’s name means the day furthest back, which no
/// lead is about.
fn weekday(cx: &Context<'_>, mention: &DateMention, today: Date) -> Option<Finding> {
    let (first, _) = mention.days?;
    let furthest = today.checked_sub(6.days()).ok()?;
    let next = cx.draft.lower[mention.span.end as usize..].trim_start();
    let bare = mention.written.day.is_none()
        && cx.draft.words_at(mention.span).split_whitespace().count() == 1
        && !["last", "next", "of", "a", "before"]
            .iter()
            .any(|w| next.strip_prefix(w).is_some_and(|r| r.starts_with(' ')));
    let paragraph = cx.draft.paragraph_number(cx.draft.block_at(mention.span.start))?;
    if first != furthest || !bare || paragraph > LEAD || is_quoted(cx, mention.span) {
        return None;
    }
    let told = is_past(cx.draft, mention.span, LEADING, true);
    let tomorrow = today.checked_add(1.days()).ok()?;
    told.then(|| {
        let message = format!(
            "{} is tomorrow or six days ago; the draft is of {}, {} {}",
            weekday_name(tomorrow.weekday()),
            weekday_name(today.weekday()),
            today.day(),
            month_name(today.month())
        );
        Finding::new("dates/impossible", mention.span, message).likely()
    })
}
