//! `quotes/inconsistent`: the same quotation in two wordings in the draft.

use std::cell::OnceCell;
use std::ops::Range;

use serde::Deserialize;

use super::shorten;
use super::wordings::{Runs, Speech, speeches};
use crate::annotate::person::is_title_word;
use crate::checks::Context;
use crate::diagnostic::{Confidence, Finding, Fix, Safety};
use crate::facts::wording::{self, Change, Comparison, Gates, Kind, Wording};
use crate::source::BlockKind;
use crate::text::{Lex, Span};

const CODE: &str = "quotes/inconsistent";
/// The fewest words of a quotation that is compared.
const LEAST: u32 = 4;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    house_style: bool,
    contractions: bool,
    fillers: bool,
}

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let options = cx.options::<Options>();
    let speeches = speeches(cx, LEAST);
    let runs = Runs::new(cx.draft, &speeches);
    let wordings: Vec<OnceCell<Wording<'_>>> = speeches.iter().map(|_| OnceCell::new()).collect();
    let wording = |at: usize| wordings[at].get_or_init(|| speeches[at].wording(&cx.draft.text));
    for (at, ours) in speeches.iter().enumerate() {
        // Display type is held against the story; in the story, the later of two against the earlier.
        let sharing = runs.sharing(at).into_iter().map(|other| (other, &speeches[other]));
        let others = sharing.filter(|(other, theirs)| *other != at && !theirs.display && (ours.display || *other < at));
        let gates = if ours.display { Gates::DISPLAY } else { Gates::STRICT };
        let mut best: Option<(Comparison, Side<'_>)> = None;
        for (other, theirs) in others {
            let (our_words, their_words) = (wording(at), wording(other));
            let Some(comparison) = wording::compare(our_words, their_words, gates) else { continue };
            if comparison.is_same() {
                best = None;
                break;
            }
            if !same_speaker(cx, (ours, our_words), (theirs, their_words), &comparison) {
                cx.kept_apart(CODE, ours.quotes[0].outer, theirs.quotes[0].outer, || "two speakers".to_owned());
                continue;
            }
            // Two sentences of one make: this much more than in that year, and this much less than in another.
            let told = |c: &&Change| matches!(c.kind, Kind::Number | Kind::Name);
            if comparison.changes.iter().filter(told).count() > 1 {
                let gate = || "figures: more than one name or number differs".to_owned();
                cx.kept_apart(CODE, ours.quotes[0].outer, theirs.quotes[0].outer, gate);
                continue;
            }
            if best.as_ref().is_none_or(|(b, _)| comparison.same > b.same) {
                best = Some((comparison, Side { speech: theirs, wording: their_words }));
            }
        }
        if let Some((comparison, theirs)) = best {
            let ours = Side { speech: ours, wording: wording(at) };
            findings.extend(report(cx, options, &ours, &theirs, &comparison));
        }
    }
}

/// One of the two that are compared.
struct Side<'a> {
    speech: &'a Speech<'a>,
    wording: &'a Wording<'a>,
}

/// Whether nothing says that two people say the two.
fn same_speaker(
    cx: &Context<'_>,
    ours: (&Speech<'_>, &Wording<'_>),
    theirs: (&Speech<'_>, &Wording<'_>),
    comparison: &Comparison,
) -> bool {
    let quote = |(speech, wording): (&Speech<'_>, &Wording<'_>), range: &Range<usize>| {
        let span = wording::span_of(wording, range)?;
        let start = Span { start: span.start, end: span.start };
        let quote = speech.quote_at(start)?;
        let person = quote.person.filter(|&p| (p as usize) < cx.annotations.people.len());
        Some((person, quote.speaker.clone().unwrap_or_default()))
    };
    match (quote(ours, &comparison.ours), quote(theirs, &comparison.theirs)) {
        (Some((Some(a), _)), Some((Some(b), _))) => a == b,
        (Some((_, a)), Some((_, b))) => may_be_one(&a, &b),
        _ => true,
    }
}

/// Whether two speakers of whom one or both are known by their words alone may be one: two names without a word in common are two.
fn may_be_one(a: &str, b: &str) -> bool {
    let names = |words: &str| -> Vec<String> {
        let capital = |w: &&str| w.starts_with(char::is_uppercase) && w.chars().count() > 2;
        // “The Mayor” may be anybody.
        let plain = |w: &str| Lex::of(&w.to_lowercase()).is(Lex::FUNCTION) || is_title_word(&w.to_lowercase());
        words.split_whitespace().filter(capital).filter(|w| !plain(w)).map(str::to_owned).collect()
    };
    let (a, b) = (names(a), names(b));
    a.is_empty() || b.is_empty() || a.iter().any(|x| b.contains(x))
}

fn report(
    cx: &Context<'_>,
    options: &Options,
    ours: &Side<'_>,
    theirs: &Side<'_>,
    comparison: &Comparison,
) -> Option<Finding> {
    let change = comparison.worst()?;
    let confidence = confidence(cx, options, ours, theirs, change)?;
    let here = wording::with_neighbors(ours.wording, &change.ours);
    let there = wording::with_neighbors(theirs.wording, &change.theirs);
    let (span, other) = (wording::span_of(ours.wording, &here)?, wording::span_of(theirs.wording, &there)?);
    let place = place(cx, theirs.speech.block);
    let message = match change.kind {
        Kind::Context => {
            format!("The cut leaves out “{}” of {place}", shorten(cx.draft.words_at(core(theirs, change, other)), 24))
        }
        _ => {
            let shown = |span: Span| shorten(cx.draft.words_at(span), 26);
            format!("“{}” here, “{}” in {place}", shown(span), shown(other))
        }
    };
    let mut finding = Finding::new(CODE, span, message)
        .confidence(confidence)
        .here(other, change.kind.name())
        .why(format!("{} words agree", comparison.same))
        .why(wording::diff(ours.wording, theirs.wording, change, 3));
    if change.kind != Kind::Context {
        let title_words = cx.draft.words_at(other).to_owned();
        finding = finding.fix(Fix::replace(span, title_words, Safety::Display));
    }
    Some(finding)
}

/// The changed words alone where there are any, else the words around.
fn core(side: &Side<'_>, change: &Change, around: Span) -> Span {
    wording::span_of(side.wording, &change.theirs).unwrap_or(around)
}

fn confidence(
    cx: &Context<'_>,
    options: &Options,
    ours: &Side<'_>,
    theirs: &Side<'_>,
    change: &Change,
) -> Option<Confidence> {
    let display = ours.speech.display;
    match change.kind {
        Kind::Ellipsis | Kind::Bracket => None,
        Kind::HouseStyle => options.house_style.then_some(Confidence::Likely),
        Kind::Contraction => options.contractions.then_some(Confidence::Likely),
        Kind::Disfluency => options.fillers.then_some(Confidence::Likely),
        Kind::Context | Kind::Inflection => Some(Confidence::Likely),
        Kind::Splice => Some(if display { Confidence::Sure } else { Confidence::Likely }),
        _ if !display => Some(match change.kind {
            Kind::Negation | Kind::Modal | Kind::Number | Kind::Name => Confidence::Sure,
            _ => Confidence::Likely,
        }),
        Kind::Omission | Kind::Insertion => {
            let changed = ours.wording.elements[change.ours.clone()]
                .iter()
                .chain(&theirs.wording.elements[change.theirs.clone()]);
            let small = changed
                .filter_map(|e| e.key())
                .all(|k| matches!(k, "a" | "an" | "the" | "is" | "are" | "was" | "were" | "that" | "and"));
            // Headlines leave out articles and forms of “be”.
            let headline = cx.draft.blocks[ours.speech.block as usize].kind == BlockKind::Headline;
            Some(if headline && small { Confidence::Likely } else { Confidence::Sure })
        }
        _ => Some(Confidence::Sure),
    }
}

/// Where a block is, as people say it.
fn place(cx: &Context<'_>, block: u32) -> String {
    match cx.draft.paragraph_number(block as usize) {
        Some(number) => format!("paragraph {number}"),
        None => format!("the {}", cx.draft.blocks[block as usize].kind.name()),
    }
}
