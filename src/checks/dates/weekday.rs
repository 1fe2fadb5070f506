//! `dates/weekday`: a weekday that is not that date's.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use super::Context;
use crate::annotate::DateMention;
use crate::annotate::date::is_past;
use crate::checks::in_marks;
use crate::diagnostic::{Confidence, Finding, Fix, Safety};
use crate::text::calendar::{days_between, month, month_name, weekday_name};
use crate::text::{Span, Token, TokenKind};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// How far from the draft's date a date without a year may lie, in days.
    reach: u16,
}

/// How far from a date the verb may stand that says whether it is past, in tokens.
const CLAUSE: usize = 10;
/// The first year in which the whole English-speaking world wrote Gregorian dates.
const GREGORIAN: i16 = 1753;
/// The last year in which a country of Europe wrote Julian ones.
const LAST_JULIAN: i16 = 1923;

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let options: &Options = cx.options();
    for mention in &cx.annotations.dates {
        let w = mention.written;
        let (Some(weekday), Some(day), Some(month)) = (w.weekday, w.day, w.month) else { continue };
        let last = w.day_to.unwrap_or(day);
        let Ok(days) = (day..=last.min(31)).map(i8::try_from).collect::<Result<Vec<i8>, _>>() else { continue };
        let message = match (w.year, cx.date) {
            (Some(year), _) => with_year(year, month, &days, weekday),
            (None, Some(today)) => {
                let past = is_past(cx.draft, mention.span, CLAUSE, true);
                without_year(today, options.reach.into(), month, &days, weekday, past)
            }
            (None, None) => None,
        };
        let Some(Wrong { date, right }) = message else { continue };
        let words = says(cx, mention, date, right, weekday);
        let confidence = if in_marks(cx, mention.span) { Confidence::Likely } else { Confidence::Sure };
        let mut finding = Finding::new("dates/weekday", mention.span, words).confidence(confidence);
        if let Some(span) = weekday_span(cx, mention) {
            finding = finding.fix(Fix::replace(span, weekday_name(right), Safety::Display));
        }
        findings.push(finding);
    }
}

/// The date that a weekday stands beside, and the one that it is.
struct Wrong {
    date: Date,
    right: Weekday,
}

/// “April 16, 2025, is a Wednesday, not a Tuesday”: day and month in the draft's order, with the year where the draft gives it.
fn says(cx: &Context<'_>, mention: &DateMention, date: Date, right: Weekday, weekday: Weekday) -> String {
    let name = month_name(date.month());
    let tokens = cx.draft.tokens_in(mention.span);
    let is_month = |t: &&Token| month(cx.draft.lower(t)).is_some();
    let mut parts = tokens.iter().filter(|t| is_month(t) || t.kind == TokenKind::Number);
    let month_first = parts.next().as_ref().is_some_and(is_month);
    let day = if month_first { format!("{name} {}", date.day()) } else { format!("{} {name}", date.day()) };
    let (right, wrong, year) = (weekday_name(right), weekday_name(weekday), date.year());
    let tense = if year < 2020 { "was" } else { "is" };
    match (mention.written.year, month_first) {
        (Some(_), true) => format!("{day}, {year}, {tense} a {right}, not a {wrong}"),
        (Some(_), false) => format!("{day} {year} {tense} a {right}, not a {wrong}"),
        (None, _) => format!("{day} {tense} a {right} in {year}, not a {wrong}"),
    }
}

/// What is wrong with a weekday beside a full date.
fn with_year(year: i16, month: i8, days: &[i8], weekday: Weekday) -> Option<Wrong> {
    if year < GREGORIAN {
        return None;
    }
    let dates: Vec<Date> = days.iter().map_while(|d| Date::new(year, month, *d).ok()).collect();
    let first = *dates.first()?;
    let julian = |date: &Date| {
        let apart = if year < 1800 { 11 } else { 12 + i32::from(year >= 1900) };
        date.checked_add(apart.days()).is_ok_and(|d| d.weekday() == weekday)
    };
    let fits = dates.iter().any(|d| d.weekday() == weekday || (year <= LAST_JULIAN && julian(d)));
    (!fits).then(|| Wrong { date: first, right: first.weekday() })
}

/// The same for a date without a year: no year near the draft's date may fit.
///
/// What is `past` and would be ahead this year may be of last year, however long ago.
fn without_year(today: Date, reach: i64, month: i8, days: &[i8], weekday: Weekday, past: bool) -> Option<Wrong> {
    let mut near: Vec<Date> = (today.year() - 1..=today.year() + 1)
        .filter_map(|year| Date::new(year, month, *days.first()?).ok())
        .filter(|d| days_between(today, *d).abs() <= reach)
        .collect();
    near.sort_by_key(|d| days_between(today, *d).abs());
    let nearest = *near.first()?;
    let last_year = || Date::new(today.year() - 1, month, *days.first()?).ok();
    if past && nearest > today && last_year().is_some_and(|d| d.weekday() == weekday) {
        return None;
    }
    let fits = near
        .iter()
        .any(|d| days.iter().any(|day| Date::new(d.year(), month, *day).is_ok_and(|date| date.weekday() == weekday)));
    (!fits).then(|| Wrong { date: nearest, right: nearest.weekday() })
}

fn weekday_span(cx: &Context<'_>, mention: &DateMention) -> Option<Span> {
    let tokens = cx.draft.tokens_in(mention.span);
    let token = tokens.iter().find(|t| crate::text::calendar::weekday(cx.draft.lower(t)).is_some())?;
    Some(token.span)
}
