//! `dates/reference`: a date that the reference has otherwise.

use jiff::civil::Date;

use super::{file_name, twins, witness};
use crate::annotate::DateMention;
use crate::annotate::date::{DateKind, Grain};
use crate::checks::Context;
use crate::checks::words::shorten;
use crate::corpus::{SourceDocument, Sources};
use crate::diagnostic::{Confidence, Finding};
use crate::source::Draft;
use crate::text::{Span, calendar};

const CODE: &str = "dates/reference";

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    if !cx.reference.sources.is_empty() || cx.reference.past.is_some() {
        let filed = dateline(cx.draft);
        for date in cx.annotations.dates.iter().filter(|d| !filed.is_some_and(|line| line.overlaps(d.span))) {
            if date.kind == DateKind::Weekday {
                findings.extend(witness::benches(cx).find_map(|sources| weekday(cx, date, sources)));
            } else if matches!(date.kind, DateKind::Calendar | DateKind::Numeric) && date.grain <= Grain::Year {
                let found = witness::benches(cx).find_map(|sources| against_texts(cx, date, sources));
                findings.extend(found.or_else(|| nowhere(cx, date, &cx.reference.sources)));
            }
        }
    }
    super::events::check(cx, findings);
}

/// Where and when a story was filed, which is no part of what it tells.
fn dateline(draft: &Draft) -> Option<Span> {
    let (block, line) = draft.dateline()?;
    let start = draft.blocks[block].span.start;
    Some(Span { start, end: start + line.len as u32 })
}

/// Stories that came out further apart tell of two Tuesdays.
const DAYS_APART: i32 = 3;
/// The fewest words beside a weekday that must be the same on either side.
const BESIDE: usize = 3;

/// A weekday in a sentence that another text of the same days has with another weekday.
fn weekday(cx: &Context<'_>, ours: &DateMention, sources: &Sources) -> Option<Finding> {
    let name = |draft: &Draft, d: &DateMention| {
        let words = draft.words_at(d.span).to_lowercase();
        words.split(|c: char| !c.is_alphabetic()).find_map(calendar::weekday)
    };
    let own = name(cx.draft, ours)?;
    ours.days?;
    let mut found: Vec<(usize, twins::Twin<'_>, &DateMention, jiff::civil::Weekday)> = Vec::new();
    for twin in twins::related(cx, sources, cx.draft.sentence_at(ours.span.start)) {
        let apart = |a: Date, b: Date| (a - b).get_days().abs() > DAYS_APART;
        if twin.share < 60 || cx.date.zip(twin.document.date).is_none_or(|(a, b)| apart(a, b)) {
            continue;
        }
        let draft = &twin.document.draft;
        for theirs in within(&twin.document.annotations.dates, twin.span()).filter(|d| d.kind == DateKind::Weekday) {
            let Some(day) = name(draft, theirs) else { continue };
            if day == own {
                return None;
            }
            let (before, after) = twins::context(cx.draft, ours.span, draft, theirs.span);
            // Few content words tell one sentence from another: then what stands right before must be the same too.
            let enough = if twin.shared >= 4 { before + after >= BESIDE - 1 } else { before >= BESIDE };
            if enough {
                found.push((before + after, twin, theirs, day));
            }
        }
    }
    let (strength, twin, theirs, day) = found.iter().max_by_key(|(strength, twin, ..)| (*strength, twin.share))?;
    let mut agreeing: Vec<&SourceDocument> = Vec::new();
    for (_, other, _, theirs) in &found {
        if theirs == day && !agreeing.iter().any(|d| d.path() == other.document.path()) {
            agreeing.push(other.document);
        }
    }
    let alone = if twin.is_close() { Confidence::Sure } else { Confidence::Likely };
    let (here, there) = (cx.draft.words_at(ours.span), twin.document.draft.words_at(theirs.span));
    let file = file_name(twin.document.path());
    let mut finding =
        Finding::new(CODE, ours.span, format!("{} here, {} in {file}", shorten(here, 28), shorten(there, 28)))
            .confidence(witness::weigh(alone, &agreeing))
            .elsewhere(twin.document.evidence(theirs.span, "the day there"))
            .why(format!("{} content words shared, {strength} words beside the day", twin.shared));
    let mut told = vec![twin.document.path()];
    for (_, other, said, _) in found.iter().filter(|(.., other)| other == day) {
        if told.len() < witness::MAJORITY && !told.contains(&other.document.path()) {
            told.push(other.document.path());
            finding = finding.elsewhere(other.document.evidence(said.span, "the same there"));
        }
    }
    Some(finding)
}

/// What can be said of two dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Conflict,
    Compatible,
    Incomparable,
}

/// Compares two dates part by part as written, so that no year has to be guessed; days decide where the parts do not.
fn compare(ours: &DateMention, theirs: &DateMention) -> Verdict {
    let explicit = |d: &DateMention| {
        matches!(d.kind, DateKind::Calendar | DateKind::Numeric)
            && matches!(d.grain, Grain::Day | Grain::Month | Grain::Year)
    };
    if !explicit(ours) || !explicit(theirs) || ours.grain != theirs.grain {
        return match (ours.days, theirs.days) {
            (Some(a), Some(b)) if a.0 <= b.1 && b.0 <= a.1 => Verdict::Compatible,
            _ => Verdict::Incomparable,
        };
    }
    let (a, b) = (ours.written, theirs.written);
    let differ = |x: Option<i64>, y: Option<i64>| matches!((x, y), (Some(x), Some(y)) if x != y);
    let conflict = differ(a.day.map(i64::from), b.day.map(i64::from))
        || differ(a.month.map(i64::from), b.month.map(i64::from))
        || differ(a.year.map(i64::from), b.year.map(i64::from));
    if conflict { Verdict::Conflict } else { Verdict::Compatible }
}

/// The mentions of a sentence.
pub(super) fn within(dates: &[DateMention], span: Span) -> impl Iterator<Item = &DateMention> {
    dates.iter().filter(move |d| span.contains(d.span))
}

/// A difference found in one text.
struct Difference<'a> {
    /// How many words beside the dates are the same.
    strength: usize,
    twin: twins::Twin<'a>,
    theirs: &'a DateMention,
}

fn against_texts(cx: &Context<'_>, ours: &DateMention, sources: &Sources) -> Option<Finding> {
    let mut differences: Vec<Difference<'_>> = Vec::new();
    for twin in twins::of(cx, sources, cx.draft.sentence_at(ours.span.start)) {
        let filed = dateline(&twin.document.draft);
        let dates = within(&twin.document.annotations.dates, twin.span());
        for theirs in dates.filter(|d| !filed.is_some_and(|line| line.overlaps(d.span))) {
            match compare(ours, theirs) {
                Verdict::Compatible => {
                    cx.kept_apart(CODE, ours.span, ours.span, || "a source has the date as here".to_owned());
                    return None;
                }
                Verdict::Incomparable => {}
                Verdict::Conflict => {
                    let (before, after) = twins::context(cx.draft, ours.span, &twin.document.draft, theirs.span);
                    differences.push(Difference { strength: before + after, twin, theirs });
                }
            }
        }
    }
    let best = differences.iter().max_by_key(|d| (d.strength, d.twin.share))?;
    let alone = match best.strength {
        2.. if best.twin.is_close() => Confidence::Sure,
        1.. if best.twin.is_close() => Confidence::Likely,
        2.. => Confidence::Likely,
        _ => return None,
    };
    let said = best.twin.document.draft.words_at(best.theirs.span);
    let mut agreeing: Vec<&SourceDocument> = Vec::new();
    for other in &differences {
        let same = other.twin.document.draft.words_at(other.theirs.span) == said;
        if same && !agreeing.iter().any(|d| d.path() == other.twin.document.path()) {
            agreeing.push(other.twin.document);
        }
    }
    let here = shorten(cx.draft.words_at(ours.span), 28);
    let message = format!("{here} here, {} in {}", shorten(said, 28), file_name(best.twin.document.path()));
    Some(
        Finding::new(CODE, ours.span, message)
            .confidence(witness::weigh(alone, &agreeing))
            .elsewhere(best.twin.document.evidence(best.theirs.span, "the date there"))
            .why(format!("{} content words shared, {} words beside the date", best.twin.shared, best.strength)),
    )
}

/// A day, month, quarter or year that a primary document has nowhere, where its sentence most like the draft's has another of the
/// same kind: what a summary gets wrong.
fn nowhere<'a>(cx: &Context<'a>, ours: &DateMention, sources: &'a Sources) -> Option<Finding> {
    // Only of one text is the draft the summary; several are other reports.
    if !ours.is_calendar() || ours.open.is_some() || sources.are_reports || sources.beside(cx.draft).count() != 1 {
        return None;
    }
    let explicit = |d: &&DateMention| d.kind == DateKind::Calendar && d.grain == ours.grain && d.open.is_none();
    let all = || {
        let each = |d: &'a SourceDocument| d.annotations.dates.iter().filter(|d| d.is_calendar()).map(move |m| (d, m));
        sources.beside(cx.draft).flat_map(each).filter(|(_, d)| explicit(d))
    };
    let number = quarter(cx.draft.words_at(ours.span));
    let theirs_number = |d: &SourceDocument, m: &DateMention| quarter(d.draft.words_at(m.span));
    let overlaps = |(document, theirs): (&SourceDocument, &DateMention)| match (ours.days, theirs.days) {
        (Some(days), Some((first, last))) => first <= days.1 && days.0 <= last,
        // “The third quarter” with no year is the one that the text names with its year elsewhere.
        _ => match (number, theirs_number(document, theirs)) {
            (Some(a), Some(b)) if a != b => false,
            (Some(a), Some(_)) if ours.days.is_some() => {
                !all().any(|(d, m)| m.days.is_some() && theirs_number(d, m) == Some(a))
            }
            _ => true,
        },
    };
    if all().any(overlaps) || ours.days.is_none() && number.is_none() {
        return None;
    }
    // The quarter before or after one that is named has no number of its own there.
    let beside = |phrases: [&str; 3], step: u8| {
        let said = |d: &SourceDocument| phrases.iter().any(|p| d.draft.lower.contains(p));
        number.is_some()
            && all().any(|(d, m)| said(d) && theirs_number(d, m).map(|n| (n + step) % 4) == number.map(|n| n % 4))
    };
    if beside(["last quarter", "prior quarter", "previous quarter"], 3)
        || beside(["next quarter", "current quarter", "coming quarter"], 1)
    {
        return None;
    }
    let twins = twins::related(cx, sources, cx.draft.sentence_at(ours.span.start));
    let (twin, theirs) = twins.iter().filter(|t| t.shared >= 3).find_map(|twin| {
        let mut dates = within(&twin.document.annotations.dates, twin.span()).filter(explicit);
        Some((twin, dates.find(|d| d.days.is_some() || number.is_some())?))
    })?;
    let said = shorten(twin.document.draft.words_at(theirs.span), 28);
    let here = shorten(cx.draft.words_at(ours.span), 28);
    Some(
        Finding::new(CODE, ours.span, format!("{here} here, {said} in {}", file_name(twin.document.path())))
            .elsewhere(twin.document.evidence(theirs.span, "the date there"))
            .why(format!("the date stands nowhere there; {} content words shared", twin.shared)),
    )
}

/// The number of a quarter as written: “the third quarter of 2020”, “Q3”.
fn quarter(words: &str) -> Option<u8> {
    let words = words.to_lowercase();
    let named = |(ordinal, short): (&str, &str)| words.split_whitespace().any(|w| w == ordinal || w == short);
    let names = [("first", "q1"), ("second", "q2"), ("third", "q3"), ("fourth", "q4")];
    names.into_iter().position(named).map(|at| at as u8 + 1)
}
