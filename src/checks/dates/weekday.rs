//! `dates/weekday`: a weekday that is not that date's.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use super::Context;
use crate::annotate::DateMention;
use crate::checks::in_marks;
use crate::diagnostic::{Confidence, Finding, Fix, Safety};
use crate::text::Span;
use crate::text::calendar::{days_between, month_name, weekday_name};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// How far from the draft's date a date without a year may lie, in days.
    reach: i64,
}

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
            (None, Some(today)) => without_year(today, options.reach, month, &days, weekday),
            (None, None) => None,
        };
        let Some((words, right)) = message else { continue };
        let confidence = if in_marks(cx, mention.span) { Confidence::Likely } else { Confidence::Sure };
        let mut finding = Finding::new("dates/weekday", mention.span, words).confidence(confidence);
        if let Some(span) = weekday_span(cx, mention) {
            finding = finding.fix(Fix::replace(span, weekday_name(right), Safety::Display));
        }
        findings.push(finding);
    }
}

/// What is wrong with a weekday beside a full date, and the right one.
fn with_year(year: i16, month: i8, days: &[i8], weekday: Weekday) -> Option<(String, Weekday)> {
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
    let tense = if first.year() < 2020 { "was" } else { "is" };
    (!fits).then(|| {
        let right = first.weekday();
        (
            format!(
                "{} {} {year} {tense} a {}, not a {}",
                first.day(),
                month_name(month),
                weekday_name(right),
                weekday_name(weekday)
            ),
            right,
        )
    })
}

/// The same for a date without a year: no year near the draft's date may fit.
fn without_year(today: Date, reach: i64, month: i8, days: &[i8], weekday: Weekday) -> Option<(String, Weekday)> {
    let mut near: Vec<Date> = (today.year() - 1..=today.year() + 1)
        .filter_map(|year| Date::new(year, month, *days.first()?).ok())
        .filter(|d| days_between(today, *d).abs() <= reach)
        .collect();
    near.sort_by_key(|d| days_between(today, *d).abs());
    let nearest = *near.first()?;
    let fits = near
        .iter()
        .any(|d| days.iter().any(|day| Date::new(d.year(), month, *day).is_ok_and(|date| date.weekday() == weekday)));
    (!fits).then(|| {
        let right = nearest.weekday();
        let message = format!(
            "{} {} is a {} in {}, not a {}",
            nearest.day(),
            month_name(month),
            weekday_name(right),
            nearest.year(),
            weekday_name(weekday)
        );
        (message, right)
    })
}

fn weekday_span(cx: &Context<'_>, mention: &DateMention) -> Option<Span> {
    let tokens = cx.draft.tokens_in(mention.span);
    let token = tokens.iter().find(|t| crate::text::calendar::weekday(cx.draft.lower(t)).is_some())?;
    Some(token.span)
}
