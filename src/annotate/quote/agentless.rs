//! Attribution in form only: “was described as “tense””, “the talks produced “good progress””. Somebody said the words, and the
//! sentence does not say who.

use std::ops::Range;

use super::QuoteKind;
use super::cue::{Class, Form};
use super::frame::{Frame, is_be, is_light};
use super::subject::{self, Left};
use crate::text::Span;

/// The most words a quotation in such a frame has; more are a matter of reach.
const LONGEST: u32 = 8;
/// Words after the quotation among which “by” or an occasion may follow.
const AFTER: usize = 8;

/// Occasions on which people speak: what comes of them in quotation marks is somebody's words.
const OCCASIONS: [&str; 18] = [
    "talks",
    "discussions",
    "discussion",
    "negotiations",
    "meeting",
    "meetings",
    "summit",
    "consultations",
    "conversation",
    "conversations",
    "debate",
    "hearing",
    "session",
    "call",
    "dialogue",
    "dialog",
    "exchange",
    "deliberations",
];

/// What occasions do to their outcome.
const YIELDS: [&str; 14] = [
    "yielded",
    "yields",
    "yield",
    "produced",
    "produces",
    "produce",
    "brought",
    "delivered",
    "generated",
    "saw",
    "achieved",
    "made",
    "in",
    "with",
];

/// The words of such a frame before the quotation at `at`, where nobody in the sentence owns it.
pub(super) fn frame_of(frame: &Frame<'_>, sentence: &Range<usize>, at: usize) -> Option<Span> {
    let quote = frame.quote(at)?;
    let short = matches!(quote.kind, QuoteKind::Scare | QuoteKind::Partial) && quote.words <= LONGEST;
    if !short || !starts_lower(frame, at) {
        return None;
    }
    let from = (sentence.start..at).rev().find(|&i| frame.is_speech(i)).map_or(sentence.start, |i| i + 1);
    let verb = passive_verb(frame, from, at).or_else(|| occasion_verb(frame, from, sentence.end, at))?;
    let owned = frame.hits_in(sentence.start..verb.start).iter().any(|h| h.cue.class == Class::Speech)
        || (at + 1..sentence.end.min(at + AFTER)).any(|i| matches!(frame.lower(i), "by" | "according"))
        || sentence.clone().any(|i| frame.lower(i) == "according");
    (!owned).then(|| frame.span(verb.start).cover(frame.span(verb.end)))
}

fn starts_lower(frame: &Frame<'_>, at: usize) -> bool {
    let inside = frame.quote(at).map(|q| frame.draft.tokens_in(q.span)).unwrap_or_default();
    inside.first().is_some_and(|t| t.is_word() && !t.is_capital())
}

/// “has been characterized as”: verb and particle as a range with its last item included.
fn passive_verb(frame: &Frame<'_>, from: usize, at: usize) -> Option<Range<usize>> {
    let mut last = at.checked_sub(1).filter(|&l| l >= from)?;
    while last > from && matches!(frame.lower(last), "as" | "a" | "an" | "the" | "being") {
        last -= 1;
    }
    let hit = frame.hits_in(last..last + 1).first()?;
    let named = matches!(frame.lower(last), "called" | "dubbed" | "termed" | "named" | "nicknamed" | "referred");
    if hit.cue.class != Class::Judgment || hit.cue.form != Form::Past || named {
        return None;
    }
    let passive = subject::left_of(frame, from, last, true) == Left::Passive;
    passive.then(|| first_auxiliary(frame, from, last)..at - 1)
}

/// “the talks have yielded”, “was a “key question” raised in the talks”.
fn occasion_verb(frame: &Frame<'_>, from: usize, end: usize, at: usize) -> Option<Range<usize>> {
    let is_occasion = |i: usize| OCCASIONS.contains(&frame.lower(i));
    let mut last = at.checked_sub(1).filter(|&l| l >= from)?;
    while last > from && matches!(frame.lower(last), "a" | "an" | "the" | "some") {
        last -= 1;
    }
    let word = frame.lower(last);
    let before = (from..last).any(is_occasion);
    let after = || {
        let mut next = (at + 1..end.min(at + AFTER)).take_while(|&i| frame.is_word(i));
        let raised = matches!(
            frame.lower(at + 1),
            "raised" | "discussed" | "addressed" | "debated" | "aired" | "at" | "in" | "during"
        );
        raised && next.any(is_occasion)
    };
    // Of the occasion itself: not “after the talks, they left with a “deal””, nor “talks with “skill” and patience”, nor “the debate
    // was about how he was “failing””.
    let own = || {
        let occasion = (from..last).rev().find(|&i| is_occasion(i));
        occasion.is_some_and(|o| {
            let link = o + 1..last;
            link.clone()
                .all(|i| frame.is_word(i) && !matches!(frame.lower(i), "how" | "that" | "what" | "who" | "which"))
                && !(link.is_empty() && matches!(word, "in" | "with"))
        })
    };
    let owns = is_be(word) && (before && own() || after()) || YIELDS.contains(&word) && before && own();
    owns.then(|| first_auxiliary(frame, from, last)..at - 1)
}

fn first_auxiliary(frame: &Frame<'_>, from: usize, verb: usize) -> usize {
    let mut first = verb;
    while first > from && (is_be(frame.lower(first - 1)) || is_light(frame.lower(first - 1))) {
        first -= 1;
    }
    first
}
