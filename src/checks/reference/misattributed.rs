//! `quotes/misattributed` against the reference: the words are somebody else's there.

use crate::annotate::Quote;
use crate::annotate::quote::Tier;
use crate::checks::Context;
use crate::checks::words::shorten;
use crate::corpus::SourceDocument;
use crate::diagnostic::{Confidence, Finding};
use crate::facts::wording::{self, Gates, Wording};
use crate::text::Span;
use crate::text::fold::ascii_key;

use super::{file_name, people::same_person};

const CODE: &str = "quotes/misattributed";
/// The fewest words that can be somebody's own.
const LEAST: u32 = 5;

pub(in crate::checks) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    if cx.reference.sources.is_empty() {
        return;
    }
    for quote in &cx.annotations.quotes {
        if quote.words < LEAST || quote.tier.is_none_or(|t| t > Tier::B) || !quote.is_speech() {
            continue;
        }
        findings.extend(judge(cx, quote));
    }
}

/// Whether a span's words are a name, and no pronoun or description.
fn is_named(words: &str) -> bool {
    words.split_whitespace().next_back().is_some_and(|w| w.starts_with(char::is_uppercase))
        && !matches!(words, "He" | "She" | "I")
}

fn judge(cx: &Context<'_>, quote: &Quote) -> Option<Finding> {
    let ours = cx.annotations.people.get(quote.person? as usize)?;
    let here = quote.speaker_span?;
    let named_here = is_named(cx.draft.words_at(here));
    let mut other: Option<(&SourceDocument, &Quote, Span)> = None;
    for passage in cx.reference.sources.passages(cx.draft, quote.span) {
        let document = passage.document;
        let said = document.annotations.quotes.iter().filter(|q| q.parent.is_none() && q.span.overlaps(passage.span));
        for theirs in said {
            let (a, b) =
                (Wording::of(&cx.draft.text, &[quote.span]), Wording::of(&document.draft.text, &[theirs.span]));
            let Some(comparison) = wording::compare(&a, &b, Gates::STRICT) else { continue };
            if comparison.same < LEAST as usize {
                continue;
            }
            let Some(person) = theirs.person.and_then(|p| document.annotations.people.get(p as usize)) else {
                // Somebody without a name may be the same person.
                return None;
            };
            if same_person(ours, person, &document.annotations)
                || ascii_key(&ours.surname) == ascii_key(&person.surname)
            {
                return None;
            }
            let there = theirs.speaker_span?;
            if theirs.tier.is_some_and(|t| t <= Tier::B) && other.is_none() {
                other = Some((document, theirs, there));
            }
        }
    }
    let (document, theirs, there) = other?;
    let person = document.annotations.people.get(theirs.person? as usize)?;
    let named_there = is_named(document.draft.words_at(there));
    let sure = named_here && named_there && quote.tier == Some(Tier::A) && theirs.tier == Some(Tier::A);
    if !named_here {
        return None;
    }
    let message = format!(
        "{} says this here, {} in {}",
        shorten(&ours.name, 26),
        shorten(&person.name, 26),
        file_name(document.path()),
    );
    Some(
        Finding::new(CODE, here, message)
            .confidence(if sure { Confidence::Sure } else { Confidence::Likely })
            .elsewhere(document.evidence(theirs.outer, format!("said by {}", person.name)))
            .why("the same words, two named speakers"),
    )
}
