//! Who does the saying: the noun phrase beside a verb, without a parser.

use super::frame::{Frame, is_be, is_break, is_determiner, is_light, is_preposition, is_pronoun};
use crate::text::{Lex, TokenKind};

/// The most items a noun phrase may have.
const LONGEST_PHRASE: usize = 14;
/// The most items between the two commas of an apposition.
const LONGEST_APPOSITION: usize = 18;

/// A noun phrase as items of a frame, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub from: usize,
    pub to: usize,
}

/// What stands to the left of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    Subject(Phrase),
    /// “was described as”: who does it is not the subject.
    Passive,
    None,
}

fn is_comma(frame: &Frame<'_>, at: usize) -> bool {
    matches!(frame.lower(at), "," | "—" | "–" | "--")
}

/// The subject of the verb at `verb`, in a sentence that starts at `lo`. `past`: its form may be a participle.
pub(super) fn left_of(frame: &Frame<'_>, lo: usize, verb: usize, past: bool) -> Left {
    let mut end = verb;
    let mut passive = false;
    while end > lo {
        let word = frame.lower(end - 1);
        if is_be(word) {
            passive |= past;
        } else if !is_light(word) {
            break;
        }
        end -= 1;
    }
    if end == lo {
        return Left::None;
    }
    let found = match frame.lower(end - 1) {
        "" if frame.is_speech(end - 1) => None,
        "who" | "which" => before_relative(frame, lo, end - 1),
        // “that said”, “what he called”: the pronoun stands for nobody.
        "that" | "what" | "as" | "than" | "how" => None,
        "and" | "but" | "then" | "or" | "to" | "by" | "in" | "of" | "for" | "while" | "when" | "after" | "before"
        | "without" | "despite" | "about" | "from" | "with" | "on" => leading(frame, lo, end - 1),
        _ if is_comma(frame, end - 1) => across_apposition(frame, lo, end - 1).or_else(|| leading(frame, lo, end - 1)),
        _ if frame.is_word(end - 1) || frame.quote(end - 1).is_some() => phrase_ending_at(frame, lo, end - 1),
        _ => None,
    };
    match found {
        _ if passive => Left::Passive,
        Some(phrase) => Left::Subject(phrase),
        None => Left::None,
    }
}

fn before_relative(frame: &Frame<'_>, lo: usize, relative: usize) -> Option<Phrase> {
    let mut end = relative;
    while end > lo && is_comma(frame, end - 1) {
        end -= 1;
    }
    (end > lo).then(|| phrase_ending_at(frame, lo, end - 1)).flatten()
}

/// The phrase before an apposition whose closing comma is at `comma`.
fn across_apposition(frame: &Frame<'_>, lo: usize, comma: usize) -> Option<Phrase> {
    let first = comma.saturating_sub(LONGEST_APPOSITION).max(lo);
    let opening = (first..comma).rev().find(|&at| is_comma(frame, at))?;
    // “a, b and c, who said”: a list of appositions; go on to the one before while a short one follows.
    let mut opening = opening;
    for _ in 0..2 {
        let before = (first..opening).rev().find(|&at| is_comma(frame, at));
        match before {
            Some(earlier) if earlier > lo && !names_somebody(frame, earlier + 1, opening) => opening = earlier,
            _ => break,
        }
    }
    if opening == lo {
        return None;
    }
    phrase_ending_at(frame, lo, opening - 1)
}

/// Whether the items have a capitalized word that is no weekday or month, or a pronoun.
fn names_somebody(frame: &Frame<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|at| {
        frame.token(at).is_some_and(|t| {
            t.is_word() && t.is_capital() && !t.lex.is(Lex::WEEKDAY | Lex::MONTH | Lex::US_STATE | Lex::COUNTRY)
        }) || is_pronoun(frame.lower(at))
    })
}

fn is_name_word(frame: &Frame<'_>, at: usize) -> bool {
    frame.token(at).is_some_and(|t| t.is_word() && t.is_capital() && !t.lex.is(Lex::WEEKDAY | Lex::MONTH))
}

/// The noun phrase whose last item is `end`.
fn phrase_ending_at(frame: &Frame<'_>, lo: usize, end: usize) -> Option<Phrase> {
    let word = frame.lower(end);
    if frame.is_speech(end) {
        return None;
    }
    if is_pronoun(word) || matches!(word, "who" | "everyone" | "others" | "some" | "many") {
        return Some(Phrase { from: end, to: end });
    }
    if is_preposition(word) || is_determiner(word) && !matches!(word, "this" | "these" | "those" | "one") {
        return None;
    }
    let mut from = end;
    while from > lo && end - from < LONGEST_PHRASE {
        let before = from - 1;
        let word = frame.lower(before);
        let stops = match frame.token(before) {
            None => frame.is_speech(before),
            Some(token) => match token.kind {
                TokenKind::Word => {
                    is_break(word)
                        || is_be(word)
                        || is_pronoun(word)
                        || is_light(word) && !token.is_capital()
                        || word == "and" && !(is_name_word(frame, from) && is_name_word(frame, before.max(lo + 1) - 1))
                        || frame.hits_in(before..before + 1).iter().any(|h| !h.cue.noun)
                }
                TokenKind::Number | TokenKind::Clitic => false,
                TokenKind::Mark => !matches!(word, "-" | "/" | "&" | "%" | "$"),
                TokenKind::Quote | TokenKind::Stop => true,
            },
        };
        if stops {
            break;
        }
        from = before;
    }
    while from < end && !frame.is_word(from) && frame.quote(from).is_none() {
        from += 1;
    }
    // “Later Poe said”
    // A month or a name that is a light word too: May’s government said.
    let owns = |at: usize| frame.token(at + 1).is_some_and(|t| t.kind == TokenKind::Clitic);
    while from < end && is_light(frame.lower(from)) && !owns(from) {
        from += 1;
    }
    // “In a statement the firm said”, “on Monday Poe said”
    if is_preposition(frame.lower(from)) || frame.token(from).is_some_and(|t| t.lex.is(Lex::WEEKDAY)) {
        from = last_anchor(frame, from, end);
    }
    Some(Phrase { from, to: end })
}

/// Where the last noun phrase in `from..=end` begins: a run of names that ends it, or its last article.
fn last_anchor(frame: &Frame<'_>, from: usize, end: usize) -> usize {
    let mut name = end + 1;
    while name > from && is_name_word(frame, name - 1) {
        name -= 1;
    }
    if name <= end {
        return name;
    }
    (from..=end).rev().find(|&at| is_determiner(frame.lower(at))).unwrap_or(end)
}

/// The first noun phrase of `lo..hi`, past an opening “On Monday,”: the subject of the sentence.
pub(super) fn leading(frame: &Frame<'_>, lo: usize, hi: usize) -> Option<Phrase> {
    let mut from = lo;
    let first = frame.lower(from);
    let opening = is_preposition(first)
        || is_break(first)
        || is_light(first)
        || first.ends_with("ing")
        || first.ends_with("ed")
        || frame.token(from).is_some_and(|t| t.lex.is(Lex::WEEKDAY));
    if opening && let Some(comma) = (from..hi).find(|&at| is_comma(frame, at)) {
        from = comma + 1;
    }
    while from < hi && (matches!(frame.lower(from), "and" | "but" | "so" | "then") || is_light(frame.lower(from))) {
        from += 1;
    }
    if from >= hi || !frame.is_word(from) {
        return None;
    }
    if is_pronoun(frame.lower(from)) {
        return Some(Phrase { from, to: from });
    }
    if is_preposition(frame.lower(from)) || is_break(frame.lower(from)) {
        return None;
    }
    let mut to = from;
    while to + 1 < hi && to - from < LONGEST_PHRASE {
        let next = to + 1;
        let word = frame.lower(next);
        let token = frame.token(next);
        let verb = token.is_some_and(|t| t.is_word() && !t.is_capital()) && word.ends_with("ed")
            || frame.hits_in(next..next + 1).iter().any(|h| !h.cue.noun);
        let stops = is_be(word) || is_light(word) || is_break(word) || verb || is_pronoun(word);
        if stops || !(frame.is_word(next) || word == "-") {
            break;
        }
        to = next;
    }
    Some(Phrase { from, to })
}

/// The noun phrase that begins at `from`, after “said” or “according to”.
pub(super) fn right_of(frame: &Frame<'_>, from: usize, hi: usize) -> Option<Phrase> {
    let first = frame.lower(from);
    if from >= hi || !frame.is_word(from) {
        return None;
    }
    if is_pronoun(first) {
        return Some(Phrase { from, to: from });
    }
    if is_preposition(first)
        || is_break(first)
        || matches!(first, "to" | "in" | "me" | "him" | "us" | "them" | "and")
        || is_light(first)
    {
        return None;
    }
    let mut to = from;
    while to + 1 < hi && to - from < LONGEST_PHRASE {
        let next = to + 1;
        let word = frame.lower(next);
        let stops = is_break(word)
            || is_be(word)
            || matches!(word, "in" | "on" | "at" | "during" | "after" | "before" | "since" | "until" | "to" | "about")
            || word == "and" && !is_name_word(frame, next + 1)
            || is_light(word) && frame.token(next).is_some_and(|t| !t.is_capital());
        if stops || !(frame.is_word(next) || matches!(word, "-" | "&")) {
            break;
        }
        to = next;
    }
    Some(Phrase { from, to })
}
