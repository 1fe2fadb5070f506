//! `names/spelling`: capitalized words that are nobody's name, one slip from somebody's.

use smallvec::SmallVec;

use super::established::{Established, Part};
use super::slips::{Slips, is_slip};
use super::spelling::{CODE, Conflict, push};
use super::strays::Stray;
use crate::annotate::quote::is_speech_verb;
use crate::checks::Context;
use crate::diagnostic::Confidence;
use crate::text::{Lex, Span};

/// Whether a stray used as often as a person's surname, or more often, can be nobody but that person: it is no word that a list has, or
/// it is a surname that stands bare though the draft has introduced nobody of that name, after one whom it has.
fn nobody_else(cx: &Context, stray: &Stray, right: &Established) -> bool {
    let bare = right.part == Part::Surname && stray.lex.is(Lex::SURNAME);
    let only = right.spans.len() == 1 && right.person.first_full().is_some() && right.spans[0] < stray.spans[0];
    let strange = Lex::of(&right.key).is_unknown();
    let once = stray.spans.len() == 1;
    once && stray.lex.is_unknown()
        || is_with_s(cx, right, stray)
        || only && bare && (strange || once && !stray.lex.is(Lex::COMMON_SURNAME) || is_taken_up(cx, stray, right))
}

/// Whether a bare surname takes up somebody named right before, in the same paragraph or the one above: it speaks, or it is the only
/// use and begins what is told of it.
fn is_taken_up(cx: &Context, stray: &Stray, right: &Established) -> bool {
    let draft = cx.draft;
    let blocks = draft.block_at(stray.spans[0].start) - draft.block_at(right.spans[0].start);
    let after = |span: Span| draft.tokens.get(draft.token_at(span.end)).map_or("", |t| draft.lower(t));
    let before = |span: Span| draft.token_at(span.start).checked_sub(1).map_or("", |b| draft.lower(&draft.tokens[b]));
    let speaks = |&span: &Span| is_speech_verb(after(span)) || is_speech_verb(before(span));
    let acts = |span: Span| {
        matches!(after(span), "was" | "had" | "has" | "is" | "did" | "would" | "will" | "who") || after(span) == ","
    };
    blocks <= 1 && (stray.spans.iter().any(speaks) || stray.spans.len() == 1 && acts(stray.spans[0]))
}

/// Whether one of two has an s that the other lacks, and is no plural: Gareth Penhallows, and then Penhallow; Vrba, and then “Vrbas has”.
fn is_with_s(cx: &Context, right: &Established, stray: &Stray) -> bool {
    let draft = cx.draft;
    let one = |&span: &Span| {
        let at = draft.token_at(span.start);
        let word = |at: Option<usize>| at.and_then(|at| draft.tokens.get(at)).map_or("", |t| draft.lower(t));
        word(at.checked_sub(1)) != "the" && matches!(word(Some(at + 1)), "has" | "was" | "is" | "says")
    };
    let bare = right.spans.len() == 1 && right.key.strip_suffix('s') == Some(&*stray.key);
    let singular = || stray.key.strip_suffix('s') == Some(&right.key) && stray.spans.iter().all(one);
    right.part == Part::Surname && (bare || singular())
}

/// Whether a word that stands once and that few bear has the letters of a name that stands often, in another order: Osie for Osei.
fn is_swapped_once(stray: &Stray, right: &Established) -> bool {
    let letters = |key: &str| {
        let mut letters: SmallVec<[char; 8]> = key.chars().collect();
        letters.sort_unstable();
        letters
    };
    let often = stray.spans.len() == 1 && right.spans.len() >= 3 && right.part == Part::Surname;
    often && !stray.lex.is(Lex::COMMON_SURNAME | Lex::WORD) && letters(&stray.key) == letters(&right.key)
}

/// A word with a capital that is nobody's name as found, one slip from somebody's.
pub fn strays<'a>(
    cx: &Context,
    stray: &Stray,
    established: &[Established],
    slips: &Slips,
    conflicts: &mut Vec<Conflict<'a>>,
) {
    let words =
        Lex::WORD | Lex::CITY | Lex::COUNTRY | Lex::US_STATE | Lex::DEMONYM | Lex::ORGANIZATION_TAIL | Lex::MONTH;
    let mut best: Option<&Established> = None;
    let may = slips.of(&stray.key).into_iter().map(|at| &established[at]);
    for right in may.filter(|e| is_slip(&e.key, &stray.key) || is_with_s(cx, e, stray)) {
        let gate = |why: &'static str| cx.kept_apart(CODE, stray.spans[0], right.spans[0], || why.to_owned());
        if let Some(beside) = stray.beside {
            if right.part == Part::Given && right.person.id == beside {
                best = Some(right);
            }
            continue;
        }
        let word = stray.lex.is(words)
            && !(stray.lex.is(Lex::COMMON_SURNAME)
                && !stray.lex.is(Lex::COMMON | Lex::CITY | Lex::COUNTRY)
                && right.spans.len() > 2
                && stray.spans.len() == 1);
        if word || (stray.lex.is(Lex::PROPER) && !stray.lex.is(Lex::SURNAME)) {
            gate("word: the rarer form is a word or a place");
        } else if stray.lex.is(Lex::GIVEN) && right.part == Part::Given {
            gate("listed: the rarer form is a given name of its own");
        } else if !stray.firm {
            gate("longer: the rarer form is part of a longer name");
        } else if stray.spans.len() >= right.spans.len() && !nobody_else(cx, stray, right) {
            gate("uses: neither form is the rarer");
        } else if stray.key.chars().count() < 5 && !stray.lex.is_unknown() && !is_swapped_once(stray, right) {
            gate("short: a listed name of four letters");
        } else if best.is_none_or(|b| b.spans.len() < right.spans.len()) {
            best = Some(right);
        }
    }
    let Some(right) = best else { return };
    if Lex::of(&right.key).is(Lex::COMMON) && stray.lex.is(Lex::SURNAME) {
        return;
    }
    let listed = stray.lex.is(Lex::COMMON_SURNAME | Lex::GIVEN);
    let short = stray.key.chars().count() < 5;
    let likely = listed && (right.spans.len() < 3 || short);
    let confidence = if likely { Confidence::Likely } else { Confidence::Sure };
    push(
        cx,
        conflicts,
        &stray.spans,
        &right.spans,
        confidence,
        "a word with a capital, one slip from a name of the draft",
    );
}
