//! `dates/elapsed`: a count of years that its own two dates do not give.

use jiff::civil::Date;
use serde::Deserialize;

use super::Context;
use crate::annotate::DateMention;
use crate::annotate::date::{DateKind, Grain};
use crate::checks::in_marks;
use crate::diagnostic::Finding;
use crate::text::Span;
use crate::text::number_words;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// How many years the count may be off: whole years on both sides leave one in doubt.
    slack: u8,
}

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let slack = i64::from(cx.options::<Options>().slack);
    let dates = &cx.annotations.dates;
    for (index, date) in dates.iter().enumerate() {
        if in_marks(cx, date.span) {
            continue;
        }
        findings.extend(
            years_ago(cx, index, slack)
                .or_else(|| years_after(cx, index, slack))
                .or_else(|| pointing_back(cx, index, slack))
                .or_else(|| from_to(cx, index, slack))
                .or_else(|| reversed(cx, index)),
        );
    }
    anniversaries(cx, slack, findings);
}

/// The years that a mention states: “six years” is P6Y.
fn count(mention: &DateMention) -> Option<i64> {
    let value = mention.value.as_deref().filter(|_| mention.kind == DateKind::Span)?;
    value.strip_prefix('P')?.strip_suffix('Y')?.parse().ok()
}

/// A year on its own, or a date that says its year.
fn year(mention: &DateMention) -> Option<i64> {
    let calendar = matches!(mention.kind, DateKind::Calendar | DateKind::Numeric);
    mention.written.year.filter(|_| calendar).map(i64::from)
}

fn between<'c>(cx: &'c Context<'_>, a: &DateMention, b: &DateMention) -> Option<&'c str> {
    (a.span.end <= b.span.start).then(|| Span { start: a.span.end, end: b.span.start }.of(&cx.draft.lower))
}

/// “In 2014, eight years ago”: the year and the count side by side, against the draft's date.
fn years_ago(cx: &Context<'_>, index: usize, slack: i64) -> Option<Finding> {
    let today = cx.date?;
    let dates = &cx.annotations.dates;
    let ago = &dates[index];
    if ago.kind != DateKind::Relative || ago.grain != Grain::Year || !cx.draft.words_at(ago.span).ends_with("years ago")
    {
        return None;
    }
    let stated = i64::from(today.year()) - i64::from(ago.days?.0.year());
    let beside = |i: Option<usize>, before: bool| {
        let other = dates.get(i?)?;
        let gap = if before { between(cx, other, ago)? } else { between(cx, ago, other)? };
        let joined = matches!(gap, ", " | " (" | " — " | " – " | ", in " | " in " | ", just " | ", about ");
        year(other).filter(|_| joined && other.open.is_none()).map(|y| (y, other.span))
    };
    let (year, span) = beside(index.checked_sub(1), true).or_else(|| beside(Some(index + 1), false))?;
    let right = i64::from(today.year()) - year;
    let words = cx.draft.words_at(ago.span);
    (right > 0 && (right - stated).abs() > slack).then(|| {
        Finding::new(
            "dates/elapsed",
            ago.span,
            format!("“{words}” here, and {year} is {right} years before {}", today.year()),
        )
        .here(span, format!("{year}"))
    })
}

/// “In 2025, six years after 2017”, “six years after the 2017 vote, in 2025”.
fn years_after(cx: &Context<'_>, index: usize, slack: i64) -> Option<Finding> {
    let dates = &cx.annotations.dates;
    let span = &dates[index];
    let stated = count(span)?;
    let from = dates.get(index + 1)?;
    let gap = between(cx, span, from)?;
    let to_come = gap.starts_with(" before ");
    let article = gap.strip_prefix(" after ").or_else(|| gap.strip_prefix(" before "));
    if gap != " since " && !article.is_some_and(|a| matches!(a, "" | "the " | "its " | "their " | "his " | "her ")) {
        return None;
    }
    let near = year(from)?;
    // The other end: a year in the same sentence, led by “in”, before the count or after the first year.
    let sentence = cx.draft.sentences.get(cx.draft.sentence_at(span.span.start))?.span;
    let led = |d: &DateMention| {
        let start = d.span.start as usize;
        start >= 3 && cx.draft.lower.get(start - 3..start) == Some("in ") && sentence.contains(d.span)
    };
    let (before, after) = (index.checked_sub(1).and_then(|i| dates.get(i)), dates.get(index + 2));
    let mut ends = before.into_iter().chain(after).filter(|d| led(d)).filter_map(|d| year(d).map(|y| (y, d.span)));
    let (far, witness) = ends.find(|(y, _)| if to_come { *y < near } else { *y > near })?;
    let (first, last) = (near.min(far), near.max(far));
    let right = last - first;
    let words = cx.draft.words_at(span.span);
    ((right - stated).abs() > slack).then(|| {
        Finding::new("dates/elapsed", span.span, format!("“{words}” here, and from {first} to {last} is {right} years"))
            .here(from.span, format!("{near}"))
            .here(witness, format!("{far}"))
    })
}

/// “The river had not been so high since 1997. That flood, 28 years ago, took the bridge”: a count set off behind a noun that points back to the one year of the
/// sentence before, against the draft's date.
fn pointing_back(cx: &Context<'_>, index: usize, slack: i64) -> Option<Finding> {
    let (today, dates) = (cx.date?, &cx.annotations.dates);
    let ago = &dates[index];
    let words = cx.draft.words_at(ago.span);
    if ago.kind != DateKind::Relative || ago.grain != Grain::Year || !words.ends_with("years ago") {
        return None;
    }
    let stated = i64::from(today.year()) - i64::from(ago.days?.0.year());
    let sentence = cx.draft.sentence_at(ago.span.start);
    let lead = cx.draft.tokens_in(Span { start: cx.draft.sentences.get(sentence)?.span.start, end: ago.span.start });
    let [that, noun @ .., comma] = lead else { return None };
    let points = cx.draft.lower(that) == "that" && cx.draft.word(comma) == "," && matches!(noun.len(), 1 | 2);
    let told = &cx.draft.sentences[sentence.checked_sub(1)?];
    if !points || !noun.iter().all(|t| t.is_word()) || told.block != cx.draft.sentences[sentence].block {
        return None;
    }
    let mut years = dates.iter().filter(|d| told.span.contains(d.span)).filter_map(|d| year(d).map(|y| (y, d.span)));
    let (year, span) = years.next()?;
    let right = i64::from(today.year()) - year;
    let wrong = years.next().is_none() && right > 0 && (right - stated).abs() > slack;
    wrong.then(|| {
        let message = format!("“{words}” here, and {year} is {right} years before {}", today.year());
        Finding::new("dates/elapsed", ago.span, message).here(span, format!("{year}"))
    })
}

/// “from 1980 to 1992, a total of 12 years”.
fn from_to(cx: &Context<'_>, index: usize, slack: i64) -> Option<Finding> {
    let [from, to, span] = cx.annotations.dates.get(index..index + 3)? else { return None };
    let (stated, first, last) = (count(span)?, year(from)?, year(to)?);
    let lead = cx.draft.tokens[..cx.draft.token_at(from.span.start)].last().map(|t| cx.draft.lower(t))?;
    let told = lead == "from" && matches!(between(cx, from, to)?, " to " | " until ");
    let tied = matches!(between(cx, to, span)?, ", a total of " | ", or " | ", for a total of " | " (" | ", in all ");
    let right = last - first;
    (told && tied && right > 0 && (right - stated).abs() > slack).then(|| {
        let words = words(cx, span);
        Finding::new("dates/elapsed", span.span, format!("“{words}” here, and from {first} to {last} is {right} years"))
            .here(from.span, format!("{first}"))
            .here(to.span, format!("{last}"))
    })
}

/// “from 2019 to 2015”, “between 2019 and 2015”.
fn reversed(cx: &Context<'_>, index: usize) -> Option<Finding> {
    let dates = &cx.annotations.dates;
    let (from, to) = (&dates[index], dates.get(index + 1)?);
    if from.grain != to.grain || from.kind != DateKind::Calendar || to.kind != DateKind::Calendar {
        return None;
    }
    let lead = cx.draft.tokens[..cx.draft.token_at(from.span.start)].last().map(|t| cx.draft.lower(t))?;
    let gap = between(cx, from, to)?;
    let range = (lead == "from" && gap == " to ") || (lead == "between" && gap == " and ");
    let explicit = year(from).is_some() && year(to).is_some();
    let (a, b) = (from.days?, to.days?);
    // “Down from 2019 to 2015 levels” compares; it does not count time.
    let next = cx.draft.tokens.get(cx.draft.token_at(to.span.end)).map(|t| cx.draft.lower(t));
    if !range || !explicit || b.1 >= a.0 || matches!(next, Some("level" | "levels" | "prices" | "dollars" | "-")) {
        return None;
    }
    let message = format!("{lead} {} {} {}: the end is before the start", words(cx, from), gap.trim(), words(cx, to));
    Some(Finding::new("dates/elapsed", to.span, message).here(from.span, "the start"))
}

fn words<'d>(cx: &'d Context<'_>, mention: &DateMention) -> &'d str {
    cx.draft.words_at(mention.span)
}

/// “The 10th anniversary of the 2014 accord”, against the draft's date.
fn anniversaries(cx: &Context<'_>, slack: i64, findings: &mut Vec<Finding>) {
    let Some(today) = cx.date else { return };
    for (index, token) in cx.draft.tokens.iter().enumerate() {
        if cx.draft.lower(token) != "anniversary" || in_marks(cx, token.span) {
            continue;
        }
        let Some((stated, start)) = ordinal_before(cx, index) else { continue };
        let first = cx.annotations.dates.partition_point(|d| d.span.start < token.span.end);
        let Some(of) = cx.annotations.dates.get(first) else { continue };
        let gap = Span { start: token.span.end, end: of.span.start };
        let near = cx.draft.sentence_at(of.span.start) == token.sentence as usize && cx.draft.tokens_in(gap).len() <= 8;
        let led = cx.draft.tokens.get(index + 1).is_some_and(|t| cx.draft.lower(t) == "of");
        let Some(year) = year(of).filter(|_| near && led) else { continue };
        // A year named in the sentence besides that one may be the one in which it was marked.
        let sentence = cx.draft.sentences[token.sentence as usize].span;
        let others = cx.annotations.dates.iter().filter(|d| sentence.contains(d.span) && d.span != of.span);
        if others.filter(|d| d.days.is_some_and(|(a, _)| a.year() != today.year())).count() > 0 {
            continue;
        }
        // “On the tenth anniversary, she told us”: of a day long past, unless the sentence says that it is this week’s.
        let first = cx.draft.token_at(start);
        let word = |back: usize| first.checked_sub(back).map_or("", |b| cx.draft.lower(&cx.draft.tokens[b]));
        let on_the_day = word(1) == "the" && word(2) == "on";
        let dated = cx.annotations.dates.iter().any(|d| sentence.contains(d.span) && d.grain == Grain::Day);
        if on_the_day && !dated {
            continue;
        }
        let right = i64::from(Date::year(today)) - year;
        if right > 0 && (right - stated).abs() > slack {
            let span = Span { start, end: token.span.end };
            let message =
                format!("“{}” here, and {year} is {right} years before {}", cx.draft.words_at(span), today.year());
            findings.push(Finding::new("dates/elapsed", span, message).here(of.span, format!("{year}")));
        }
    }
}

/// The ordinal before the token at `index`, and where it starts.
fn ordinal_before(cx: &Context<'_>, index: usize) -> Option<(i64, u32)> {
    let token = cx.draft.tokens.get(index.checked_sub(1)?)?;
    let word = cx.draft.lower(token);
    if matches!(word, "st" | "nd" | "rd" | "th") {
        let number = cx.draft.tokens.get(index.checked_sub(2)?).filter(|n| n.touches(token))?;
        return Some((cx.draft.word(number).parse().ok()?, number.span.start));
    }
    let n = number_words::ordinal(word).map(i64::from)?;
    // twenty-fifth
    let tens = index
        .checked_sub(3)
        .filter(|_| n < 10)
        .map(|first| &cx.draft.tokens[first])
        .filter(|t| cx.draft.word(&cx.draft.tokens[index - 2]) == "-" && t.span.end + 1 == token.span.start)
        .and_then(|t| Some((number_words::cardinal(cx.draft.lower(t)).filter(|t| *t >= 20)?, t.span.start)));
    Some(tens.map_or((n, token.span.start), |(tens, start)| (n + i64::from(tens), start)))
}
