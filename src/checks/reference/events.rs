//! A sentence that names a listed event and gives another day, or, for what happens once, another year.

use super::dates::within;
use crate::annotate::DateMention;
use crate::annotate::date::Grain;
use crate::checks::Context;
use crate::checks::words::shorten;
use crate::corpus::curated::EventEntry;
use crate::diagnostic::{Finding, Severity};
use crate::text::sentence::Sentence;
use crate::text::{Span, Token, TokenKind};

const CODE: &str = "dates/reference";
/// What comes again, so that another year is another event.
const RECURRING: &str = include_str!("../../../rules/lexicon/recurring-events.txt");
/// A year belongs to a name that stands at most so many words before it: “the Treaty of Kharvat, signed in 1996”.
const REACH: usize = 3;
/// What happens to a treaty or a law in later years.
const LATER_LIFE: [&str; 14] = [
    "after",
    "amended",
    "before",
    "collapsed",
    "expired",
    "expires",
    "ratified",
    "renewed",
    "repealed",
    "revised",
    "since",
    "until",
    "updated",
    "violated",
];

pub(super) fn check(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    for event in &cx.reference.facts.events {
        let words = content_words(&event.what.text);
        if words.is_empty() {
            continue;
        }
        for sentence in &cx.draft.sentences {
            let tokens = cx.draft.sentence_tokens(sentence);
            let has = |word: &String| tokens.iter().any(|t| cx.draft.lower(t) == word);
            if !words.iter().all(has) {
                continue;
            }
            let found = another_day(cx, event, sentence).or_else(|| another_year(cx, event, sentence, &words));
            findings.extend(found.map(|(span, listed)| report(cx, event, span, &listed)));
        }
    }
}

fn content_words(what: &str) -> Vec<String> {
    let words = what.split(|c: char| !c.is_alphanumeric());
    words.filter(|w| w.chars().count() > 3).map(str::to_lowercase).collect()
}

fn report(cx: &Context<'_>, event: &EventEntry, span: Span, listed: &str) -> Finding {
    let message = format!("{} here, {listed} in the facts file", shorten(cx.draft.words_at(span), 30));
    let finding = Finding::new(CODE, span, message)
        .likely()
        .elsewhere(event.provenance.evidence(&event.what.text, Some(event.date)))
        .why("the sentence names the event and one day");
    if event.provenance.proposed { finding.cap(Severity::Info) } else { finding }
}

/// The one day, or the one stretch of days, that the sentence gives and the event does not have.
fn another_day(cx: &Context<'_>, event: &EventEntry, sentence: &Sentence) -> Option<(Span, String)> {
    let last = event.to.unwrap_or(event.date);
    let days: Vec<&DateMention> = within(&cx.annotations.dates, sentence.span)
        .filter(|d| d.grain == Grain::Day && d.is_calendar() && d.days.is_some())
        .collect();
    let listed = || match event.to {
        Some(to) => format!("{} to {to}", event.date),
        None => event.date.to_string(),
    };
    match days[..] {
        [only] => {
            let (first, end) = only.days?;
            let is_stretch = first != end && event.to.is_some();
            let fits = if is_stretch { (first, end) == (event.date, last) } else { first <= last && event.date <= end };
            let shown = if is_stretch { listed() } else { event.date.to_string() };
            (!fits).then_some((only.span, shown))
        }
        [first, second] if event.to.is_some() && joined(cx, first.span, second.span) => {
            let fits = first.days.is_some_and(|d| d.0 == event.date) && second.days.is_some_and(|d| d.1 == last);
            (!fits).then(|| (first.span.cover(second.span), listed()))
        }
        _ => None,
    }
}

/// Whether two days are the ends of a stretch: from Nov. 26 to Nov. 29.
fn joined(cx: &Context<'_>, first: Span, second: Span) -> bool {
    let between = cx.draft.lower.get(first.end as usize..second.start as usize).unwrap_or_default();
    matches!(between.trim(), "to" | "through" | "until" | "till" | "and" | "-" | "–" | "—")
}

/// The year beside the name of an event that comes once.
fn another_year(cx: &Context<'_>, event: &EventEntry, sentence: &Sentence, words: &[String]) -> Option<(Span, String)> {
    let proper = event.what.text.split_whitespace().filter(|w| w.chars().count() > 3);
    let once = proper.clone().all(|w| w.starts_with(char::is_uppercase))
        && !words.iter().any(|word| RECURRING.lines().any(|line| line == word));
    if !once {
        return None;
    }
    let tokens: Vec<&Token> = cx
        .draft
        .sentence_tokens(sentence)
        .iter()
        .filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number))
        .collect();
    let at = |word: &String| tokens.iter().position(|t| cx.draft.lower(t) == word && t.is_capital());
    let places: Vec<usize> = words.iter().map(at).collect::<Option<_>>()?;
    let (first, last) = (*places.first()?, *places.last()?);
    if !places.is_sorted() || last - first > 2 * words.len() {
        return None;
    }
    let years = within(&cx.annotations.dates, sentence.span).filter(|d| d.grain == Grain::Year && d.is_calendar());
    let years: Vec<&DateMention> = years.collect();
    let [only] = years[..] else { return None };
    let said = only.written.year?;
    let ours = tokens.iter().position(|t| t.span.overlaps(only.span))?;
    let before = ours + 1 == first;
    let after = ours > last
        && ours - last <= REACH + 1
        && tokens[last + 1..ours].iter().all(|t| !LATER_LIFE.contains(&cx.draft.lower(t)))
        && tokens[last + 1..ours].iter().any(|t| cx.draft.lower(t) == "in" || cx.draft.lower(t) == "of");
    let runs = event.date.year()..=event.to.unwrap_or(event.date).year();
    let differs = !runs.contains(&said);
    ((before || after) && differs).then(|| (only.span, event.date.year().to_string()))
}
