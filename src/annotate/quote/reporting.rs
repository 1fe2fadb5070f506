//! Sentences that report speech: the subject of a verb of saying, whose statement it is, and whether it is reported at all.

use std::ops::Range;

use super::Tier;
use super::cue::{Class, Form};
use super::frame::{Frame, Hit, is_be, is_preposition};
use super::source::{Source, speaks};
use super::subject::{self, Left, Phrase};
use crate::text::TokenKind;

/// The last “according to” of a stretch.
pub fn according_to(frame: &Frame<'_>, range: Range<usize>) -> Option<usize> {
    range.rev().find(|&i| frame.lower(i) == "according" && frame.lower(i + 1) == "to")
}

/// The subject of a verb of saying.
pub enum Who {
    Named(Phrase),
    Passive,
    Nobody,
}

/// The subject of a verb before a quotation that begins at `end`.
pub fn subject_of(frame: &Frame<'_>, sentence: &Range<usize>, hit: &Hit, end: usize) -> Who {
    // Said Poe: Q
    if hit.at == sentence.start
        && hit.cue.form == Form::Past
        && let Some(who) = subject::right_of(frame, hit.at + 1, end)
    {
        return Who::Named(who);
    }
    // , explained Poe, Q
    let opens_clause = hit.at > sentence.start && (frame.lower(hit.at - 1) == "," || frame.is_speech(hit.at - 1));
    if opens_clause
        && hit.cue.form == Form::Past
        && frame.lower(end) == ","
        && let Some(who) = subject::right_of(frame, hit.at + 1, end).filter(|who| who.to + 1 == end)
    {
        return Who::Named(who);
    }
    if hit.cue.form == Form::Ing {
        // “with Poe yelling”
        if hit.at > sentence.start
            && let Left::Subject(who) = subject::left_of(frame, sentence.start, hit.at, false)
            && frame.token(who.to).is_some_and(|t| t.is_capital() && who.to + 2 >= hit.at)
        {
            return Who::Named(who);
        }
        let before = frame.hits_in(sentence.start..hit.at).iter().rev().find(|h| speaks(h) && h.cue.form != Form::Ing);
        let matrix = before.and_then(|h| match subject::left_of(frame, sentence.start, h.at, false) {
            Left::Subject(who) => Some(who),
            _ => None,
        });
        let who = matrix.or_else(|| subject::leading(frame, sentence.start, hit.at));
        return who.map_or(Who::Nobody, Who::Named);
    }
    match subject::left_of(frame, sentence.start, hit.at, hit.cue.form == Form::Past) {
        Left::Subject(who) => Who::Named(who),
        Left::Passive => {
            let by = (hit.at + 1..end).find(|&i| frame.lower(i) == "by");
            match by.and_then(|by| subject::right_of(frame, by + 1, end)) {
                Some(who) => Who::Named(who),
                None => Who::Passive,
            }
        }
        Left::None => Who::Nobody,
    }
}

/// Whose statement it is: “Poe’s letter”, “his letter”, “a letter from Poe”.
pub fn owner(frame: &Frame<'_>, lo: usize, noun: usize, end: usize) -> Option<Phrase> {
    if matches!(frame.lower(noun + 1), "by" | "from") {
        return subject::right_of(frame, noun + 2, end);
    }
    let first = noun.saturating_sub(4).max(lo);
    for at in (first..noun).rev() {
        if matches!(frame.lower(at), "his" | "her" | "their" | "its") {
            return Some(Phrase { from: at, to: at });
        }
        if frame.token(at).is_some_and(|t| t.kind == TokenKind::Clitic) && at > lo {
            let mut from = at - 1;
            while from > lo && frame.token(from - 1).is_some_and(|t| t.is_word() && t.is_capital()) {
                from -= 1;
            }
            return Some(Phrase { from, to: at - 1 });
        }
    }
    None
}

/// Whether a verb reports what was said: not “dared to ask”, not “would say”, not “by confirming”.
fn is_finite(frame: &Frame<'_>, lo: usize, hit: &Hit) -> bool {
    let mut at = hit.at;
    while at > lo && frame.lower(at - 1).ends_with("ly") {
        at -= 1;
    }
    let before = if at > lo { frame.lower(at - 1) } else { "" };
    match hit.cue.form {
        Form::Past => !is_preposition(before),
        Form::Third => true,
        Form::Base => {
            !matches!(before, "to" | "not" | "will" | "would" | "could" | "should" | "can" | "may" | "might" | "must")
                && !before.ends_with("n’t")
                && !before.ends_with("n't")
        }
        Form::Ing => matches!(before, ",") || is_be(before),
    }
}

/// Somebody who says something in a sentence.
pub fn reported_by(frame: &Frame<'_>, sentence: &Range<usize>) -> Option<Source> {
    let hits = frame.hits_in(sentence.clone());
    let spoken =
        hits.iter().filter(|h| h.cue.class == Class::Speech && is_finite(frame, sentence.start, h)).find_map(|hit| {
            match subject_of(frame, sentence, hit, sentence.end) {
                Who::Named(who) => Some(Source::in_sentence(frame, Tier::B, hit.at, Some(who))),
                Who::Passive | Who::Nobody => None,
            }
        });
    spoken.or_else(|| {
        let at = according_to(frame, sentence.clone())?;
        Some(Source::in_sentence(frame, Tier::B, at, subject::right_of(frame, at + 2, sentence.end)))
    })
}

/// The source that a sentence names for quotations near it: somebody who speaks, or words for speech with the sentence's
/// subject.
pub fn spoken_by(frame: &Frame<'_>, sentence: &Range<usize>) -> Option<Source> {
    reported_by(frame, sentence).or_else(|| {
        let hit = frame.hits_in(sentence.clone()).iter().find(|h| h.cue.class != Class::Beside)?;
        let who = subject::leading(frame, sentence.start, hit.at);
        Some(Source::in_sentence(frame, Tier::B, hit.at, who))
    })
}

/// “Poe put it this way.” before a sentence that is all quotation.
pub fn introduced_by(frame: &Frame<'_>, sentence: &Range<usize>) -> Option<Source> {
    let hit = frame.hits_in(sentence.clone()).iter().find(|h| h.cue.class == Class::Beside)?;
    match subject_of(frame, sentence, hit, sentence.end) {
        Who::Named(who) => Some(Source::in_sentence(frame, Tier::B, hit.at, Some(who))),
        Who::Passive | Who::Nobody => None,
    }
}
