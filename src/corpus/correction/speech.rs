//! Words that were said otherwise, or by somebody else.

use super::pairs::{name_beginning, name_ending, opposed};
use super::{Correction, Note, Untaught};
use crate::text::Span;

/// The fewest words that tell a quotation from others.
const LEAST: u32 = 4;

/// “… misquoted A. She said “…,” not “…”.”: two quotations with “not” between them.
pub(super) fn misquoted(note: &Note<'_>) -> Option<Correction> {
    let (draft, annotations) = (note.draft, note.annotations);
    let quotes = || annotations.quotes.iter().filter(|q| q.parent.is_none());
    let (right, wrong) = quotes().zip(quotes().skip(1)).find(|(right, wrong)| {
        let between = draft.lower.get(right.outer.end as usize..wrong.outer.start as usize).unwrap_or_default();
        right.words > 2 && wrong.words > 2 && between.split(|c: char| !c.is_alphabetic()).any(|word| word == "not")
    })?;
    let words = |span: Span| draft.words_at(span).trim().trim_end_matches([',', '.', ';']).to_owned();
    let speaker = match annotations.people.as_slice() {
        [person] => Some(person.name.clone()),
        _ => right.person.and_then(|id| annotations.people.get(id as usize)).map(|person| person.name.clone()),
    };
    Some(Correction::Quote { speaker, right: words(right.span), wrong: words(wrong.span) })
}

/// “It was A, not B, who said “…””, “… attributed “…” to B. A said it”; without the words there is nothing to keep.
pub(super) fn misattributed(note: &Note<'_>) -> Option<Result<Correction, Untaught>> {
    let speaks = note.says(&["attributed", "misattributed", "attribution"])
        || note.says(&["quotation", "quote", "remark", "comment"]) && note.says(&["speaker", "person"]);
    if !speaks {
        return None;
    }
    let draft = note.draft;
    let pair = opposed(draft).into_iter().find_map(|(left, not)| {
        let name = |span: Option<Span>| span.map(|s| draft.words_at(s).to_owned());
        name(name_ending(draft, left)).zip(name(name_beginning(draft, not + 1)))
    });
    // “… attributed to B. It was said by A”: the last person named is the right one.
    let people = &note.annotations.people;
    let pair = pair.or_else(|| match people.as_slice() {
        [wrong, right] => Some((right.name.clone(), wrong.name.clone())),
        _ => None,
    });
    let said = note.annotations.quotes.iter().find(|q| q.words >= LEAST);
    Some(match (pair, said) {
        (Some((right, wrong)), Some(quote)) => {
            let words = draft.words_at(quote.span).trim().trim_end_matches([',', '.', ';']).to_owned();
            Ok(Correction::Speaker { right, wrong, words })
        }
        _ => Err(Untaught::NoWords),
    })
}
