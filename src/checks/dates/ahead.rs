//! `dates/impossible`, what the draft’s date shows: the past tense with a year or a day that has not come.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Context;
use crate::annotate::DateMention;
use crate::annotate::date::{DateKind, Grain, is_past};
use crate::checks::in_marks;
use crate::diagnostic::{Confidence, Finding};
use crate::text::Lex;
use crate::text::calendar::{month_name, weekday_name};

/// Only in the lead is a bare weekday surely the day of the news: further down it may be any of the last seven.
const LEAD: usize = 2;

/// How far the verb may stand from what it dates, in tokens: where the date leads the sentence, and else.
const LEADING: usize = 10;
const TRAILING: usize = 3;

/// Past forms of what is over when it is told, and that say nothing of what was bought, promised or called for a later day.
const OVER: [&str; 47] = [
    "acquitted",
    "arrested",
    "arrived",
    "attended",
    "began",
    "born",
    "came",
    "closed",
    "collapsed",
    "convicted",
    "crashed",
    "destroyed",
    "died",
    "elected",
    "ended",
    "erupted",
    "evacuated",
    "fell",
    "finished",
    "found",
    "graduated",
    "happened",
    "hit",
    "injured",
    "joined",
    "killed",
    "left",
    "lost",
    "married",
    "met",
    "moved",
    "occurred",
    "opened",
    "rescued",
    "resigned",
    "retired",
    "sank",
    "scored",
    "sentenced",
    "shot",
    "started",
    "stolen",
    "struck",
    "took",
    "visited",
    "won",
    "wounded",
];

/// How far back such a verb may stand, in tokens.
const OVER_REACH: usize = 8;

/// How many days ahead a day without its year surely is this year’s.
const DAYS: i64 = 90;

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(today) = cx.date else { return };
    for mention in &cx.annotations.dates {
        let finding = match mention.grain {
            Grain::Year => year(cx, mention, today),
            Grain::Day if mention.kind == DateKind::Weekday => weekday(cx, mention, today),
            Grain::Day if mention.written.year.is_some() => whole_day(cx, mention, today),
            Grain::Day => day(cx, mention, today),
            _ => None,
        };
        findings.extend(finding);
    }
}

/// In 2032, the mayor vetoed the bill: written in 2026.
fn year(cx: &Context<'_>, mention: &DateMention, today: Date) -> Option<Finding> {
    let year = mention.written.year?;
    let first = cx.draft.token_at(mention.span.start);
    let led = first.checked_sub(1).map_or("", |b| cx.draft.lower(&cx.draft.tokens[b]));
    // What has lasted since a year cannot have begun after the draft.
    if led == "since" && year > today.year() && !in_marks(cx, mention.span) {
        let message = format!("since {year}; the draft is of {}", today.year());
        return Some(Finding::new("dates/impossible", mention.span, message));
    }
    let within = led == "in";
    if year <= today.year() || mention.open.is_some() || !within {
        return None;
    }
    // The gains in 2032 elections: the year says which.
    let next = cx.draft.tokens.get(cx.draft.token_at(mention.span.end)).filter(|t| t.is_word() && !t.is_capital());
    if next.is_some_and(|t| !t.lex.is(Lex::FUNCTION))
        && first > 1
        && cx.draft.tokens[first - 2].sentence == cx.draft.tokens[first].sentence
    {
        return None;
    }
    // In 2032, the council …: the whole clause follows. … vetoed it in 2032: close by, for what was bought or ordered may come then.
    let sentence = &cx.draft.sentences[cx.draft.tokens[first].sentence as usize];
    let reach = if sentence.tokens.start as usize + 1 == first { LEADING } else { TRAILING };
    if !is_past(cx.draft, mention.span, reach, false) && !is_over(cx, mention) {
        return None;
    }
    let confidence = if in_marks(cx, mention.span) { Confidence::Likely } else { Confidence::Sure };
    let message = format!("{year} in the past tense; the draft is of {}", today.year());
    Some(Finding::new("dates/impossible", mention.span, message).confidence(confidence))
}

/// Whether the clause tells of the date with a verb of [`OVER`] before it.
fn is_over(cx: &Context<'_>, mention: &DateMention) -> bool {
    let first = cx.draft.token_at(mention.span.start);
    let before = cx.draft.tokens[first.saturating_sub(OVER_REACH)..first].iter().rev();
    let clause = before.take_while(|t| {
        t.sentence == cx.draft.tokens[first].sentence && !matches!(cx.draft.word(t), "," | ";" | ":" | "—" | "(")
    });
    let over = clause.into_iter().any(|t| OVER.contains(&cx.draft.lower(t)));
    over && is_past(cx.draft, mention.span, OVER_REACH, false)
}

/// She died on Nov. 18: written on Nov. 10. Without its year a day so near is this year’s.
fn day(cx: &Context<'_>, mention: &DateMention, today: Date) -> Option<Finding> {
    let written = mention.written;
    let (Some(month), Some(day), None) = (written.month, written.day, written.year) else { return None };
    let first = cx.draft.token_at(mention.span.start);
    let on = first.checked_sub(1).is_some_and(|b| cx.draft.lower(&cx.draft.tokens[b]) == "on");
    let this_year = Date::new(today.year(), month, i8::try_from(day).ok()?).ok()?;
    let ahead = today.until(this_year).ok()?.get_days();
    if !on || !(2..=DAYS).contains(&i64::from(ahead)) || in_marks(cx, mention.span) || !is_over(cx, mention) {
        return None;
    }
    let words = cx.draft.words_at(mention.span);
    let message = format!("“{words}” in the past tense; the draft is of {} {}", today.day(), month_name(today.month()));
    Some(Finding::new("dates/impossible", mention.span, message).likely())
}

/// The letter, dated July 11, 2032; she was killed on 3 March 2032: written in 2026.
fn whole_day(cx: &Context<'_>, mention: &DateMention, today: Date) -> Option<Finding> {
    let (first_day, _) = mention.days?;
    let first = cx.draft.token_at(mention.span.start);
    let led = first.checked_sub(1).map_or("", |b| cx.draft.lower(&cx.draft.tokens[b]));
    let ahead = first_day > today && mention.open.is_none() && !in_marks(cx, mention.span);
    if !ahead || !(led == "dated" || is_over(cx, mention)) {
        return None;
    }
    let words = cx.draft.words_at(mention.span);
    let told = if led == "dated" { format!("dated {words}") } else { format!("“{words}” in the past tense") };
    let message = format!("{told}; the draft is of {} {} {}", today.day(), month_name(today.month()), today.year());
    let finding = Finding::new("dates/impossible", mention.span, message);
    // A notice may be dated ahead by some weeks, and a draft by a day.
    let sure = if led == "dated" {
        first_day.year() > today.year() + 1
    } else {
        today.until(first_day).is_ok_and(|ahead| ahead.get_days() > 1)
    };
    Some(if sure { finding } else { finding.likely() })
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
    if first != furthest || !bare || paragraph > LEAD || in_marks(cx, mention.span) {
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
