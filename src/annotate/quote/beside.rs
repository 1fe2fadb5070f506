//! The source that stands beside a quotation in its own sentence: after it, before it, or anywhere.

use std::ops::Range;

use super::Reach;
use super::Tier;
use super::cue::{Class, Form};
use super::frame::{Frame, Hit, is_light, is_pronoun};
use super::reporting::{Who, according_to, owner, subject_of};
use super::source::{Source, span_of, speaks};
use super::subject::{self, Left, Phrase};
use crate::annotate::quote::QuoteKind;
use crate::text::TokenKind;

/// Words between “told” and the quotation, where a comma or colon leads in.
const LEAD_IN_WORDS: usize = 10;

/// The source that a sentence's own words name for the quotation at `at`.
pub fn beside(frame: &Frame<'_>, sentence: &Range<usize>, at: usize) -> Option<Source> {
    let quote = frame.quote(at)?;
    if quote.kind == QuoteKind::Term {
        return None;
    }
    let from = (sentence.start..at).rev().find(|&i| frame.is_speech(i)).map_or(sentence.start, |i| i + 1);
    let to = (at + 1..sentence.end).find(|&i| frame.is_speech(i)).unwrap_or(sentence.end);
    right(frame, sentence, at, to).or_else(|| left(frame, sentence, from, at)).or_else(|| anywhere(frame, sentence, at))
}

/// `Q,` said S; `Q,` S said; `Q,` according to S; Q — S.
fn right(frame: &Frame<'_>, sentence: &Range<usize>, at: usize, to: usize) -> Option<Source> {
    let mut first = at + 1;
    let mut dash = false;
    while first < to && !frame.is_word(first) && frame.quote(first).is_none() {
        dash |= matches!(frame.lower(first), "—" | "–" | "―" | "-" | "--");
        if frame.token(first).is_some_and(|t| t.kind == TokenKind::Stop) {
            return None;
        }
        first += 1;
    }
    let word = frame.lower(first);
    if word == "according" && frame.lower(first + 1) == "to" {
        return Some(Source::in_sentence(frame, Tier::A, first, subject::right_of(frame, first + 2, to)));
    }
    if word == "in" && frame.lower(first + 1) == "the" && frame.lower(first + 2) == "words" {
        return Some(Source::in_sentence(frame, Tier::A, first + 2, subject::right_of(frame, first + 4, to)));
    }
    let inner = frame.quote(at).map_or("", |q| frame.draft.words_at(q.span));
    let leads_out = inner.ends_with([',', '?', '!', '—', '–', '…', '-', '.']) || first > at + 1;
    let tier = if leads_out { Tier::A } else { Tier::B };
    for hit in frame.hits_in(first..to).iter().filter(|h| speaks(h)) {
        if matches!(hit.cue.form, Form::Ing) {
            continue;
        }
        let adverbs = (first..hit.at).all(|i| is_light(frame.lower(i)));
        if adverbs && hit.cue.form != Form::Base {
            if let Some(who) = subject::right_of(frame, hit.at + 1, to) {
                return Some(Source::in_sentence(frame, tier, hit.at, Some(who)));
            }
            continue;
        }
        if hit.cue.class != Class::Speech && !leads_out {
            break;
        }
        match subject::left_of(frame, first, hit.at, hit.cue.form == Form::Past) {
            Left::Subject(who) if who.from <= first + 1 => {
                return Some(Source::in_sentence(frame, tier, hit.at, Some(who)));
            }
            _ => {}
        }
        // Only the first verb of saying can have the quotation as its object.
        break;
    }
    // “…” — Poe; “…,” Poe, where the verb is left out
    let signed = (dash || inner.ends_with(','))
        && frame.token(first).is_some_and(|t| t.is_capital())
        && to == sentence.end
        && to - first <= 10;
    if signed && frame.hits_in(first..to).is_empty() {
        let who = Phrase { from: first, to: last_word(frame, first, to)? };
        return Some(Source { tier: Tier::A, reach: Reach::Sentence, cue: None, who: Some(span_of(frame, who)) });
    }
    None
}

fn last_word(frame: &Frame<'_>, from: usize, to: usize) -> Option<usize> {
    (from..to).rev().find(|&i| frame.is_word(i))
}

/// S said, Q; S said that Q; S told X: Q; according to S, Q.
fn left(frame: &Frame<'_>, sentence: &Range<usize>, from: usize, at: usize) -> Option<Source> {
    let mut end = at;
    let mut lead_in = false;
    while end > from && (!frame.is_word(end - 1) && frame.quote(end - 1).is_none() || frame.lower(end - 1) == "that") {
        lead_in |= matches!(frame.lower(end - 1), "," | ":" | "that");
        end -= 1;
    }
    let colon = at > from && frame.lower(at - 1) == ":";
    let mut weak: Option<Source> = None;
    for hit in frame.hits_in(from..end).iter().rev() {
        let gap = end - hit.at - 1;
        let adjacent = gap == 0 || lead_in && gap <= LEAD_IN_WORDS;
        if hit.cue.class == Class::Beside && !adjacent {
            continue;
        }
        let tier =
            if adjacent && speaks(hit) || gap <= 2 && hit.cue.class == Class::Judgment { Tier::A } else { Tier::B };
        if hit.cue.class == Class::Noun {
            let who =
                owner(frame, sentence.start, hit.at, end).or_else(|| subject::leading(frame, sentence.start, hit.at));
            weak = weak.or_else(|| Some(Source::in_sentence(frame, Tier::B, hit.at, who)));
            continue;
        }
        let who = subject_of(frame, sentence, hit, end);
        match who {
            Who::Named(who) => {
                // “Poe said she believes “it is over””: what she believes is what Poe says.
                let outer = outer_verb(frame, from, who).map(|h| (h, subject_of(frame, sentence, h, end)));
                if let Some((outer, Who::Named(speaker))) = outer {
                    return Some(Source::in_sentence(frame, tier, outer.at, Some(speaker)));
                }
                return Some(Source::in_sentence(frame, tier, hit.at, Some(who)));
            }
            Who::Passive => {
                weak = weak.or_else(|| Some(Source::in_sentence(frame, Tier::B, hit.at, None)));
            }
            Who::Nobody => {
                let who = subject::leading(frame, sentence.start, hit.at);
                weak = weak.or_else(|| Some(Source::in_sentence(frame, Tier::B, hit.at, who)));
            }
        }
    }
    if let Some(according) = according_to(frame, from..end) {
        return Some(Source::in_sentence(frame, Tier::A, according, subject::right_of(frame, according + 2, at)));
    }
    if colon && weak.is_none_or(|w| w.who.is_none()) {
        let who = subject::leading(frame, from, end);
        let cue = weak.and_then(|w| w.cue);
        return Some(Source { tier: Tier::B, reach: Reach::Sentence, cue, who: who.map(|p| span_of(frame, p)) });
    }
    weak
}

/// The verb of saying right before a pronoun: “said she”, “said that she”.
fn outer_verb<'f>(frame: &'f Frame<'_>, from: usize, pronoun: Phrase) -> Option<&'f Hit> {
    if !is_pronoun(frame.lower(pronoun.from)) {
        return None;
    }
    let end =
        if pronoun.from > from && frame.lower(pronoun.from - 1) == "that" { pronoun.from - 1 } else { pronoun.from };
    let hit = frame.hits_in(end.checked_sub(1).filter(|&e| e >= from)?..end).first()?;
    (hit.cue.class == Class::Speech).then_some(hit)
}

/// A cue anywhere in the sentence: a source, if a weak one.
fn anywhere(frame: &Frame<'_>, sentence: &Range<usize>, at: usize) -> Option<Source> {
    if let Some(according) = according_to(frame, sentence.clone()) {
        return Some(Source::in_sentence(
            frame,
            Tier::B,
            according,
            subject::right_of(frame, according + 2, sentence.end),
        ));
    }
    let hits = frame.hits_in(sentence.clone());
    let counts = |h: &&Hit| h.cue.class != Class::Beside;
    let nearest = hits.iter().filter(counts).min_by_key(|h| (!speaks(h), h.at.abs_diff(at)))?;
    if !speaks(nearest) {
        return Some(Source::in_sentence(frame, Tier::B, nearest.at, None));
    }
    let who = match subject_of(frame, sentence, nearest, sentence.end) {
        Who::Named(who) => Some(who),
        Who::Passive | Who::Nobody => None,
    };
    Some(Source::in_sentence(frame, Tier::B, nearest.at, who))
}
