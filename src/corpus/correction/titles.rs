//! Offices.

use super::{Correction, Note, pairs};
use crate::annotate::{Gazetteer, annotate};
use crate::source::Draft;
use crate::text::{Span, Token, TokenKind};

/// “Susan Quist is deputy mayor, not mayor”: the words after the verb, for the only person of the note.
pub(super) fn opposed(note: &Note<'_>) -> Option<Correction> {
    pairs::opposed(note.draft).into_iter().find_map(|(left, not)| beside(note, left, not))
}

fn beside(note: &Note<'_>, left: usize, not: usize) -> Option<Correction> {
    let draft = note.draft;
    let [person] = note.annotations.people.as_slice() else { return None };
    let verb = (0..=left).rev().find(|&n| ["is", "was"].contains(&draft.lower(&draft.tokens[n])))?;
    let wrong_last = phrase_end(draft, not + 1)?;
    let (right, wrong) = (words(draft, verb + 1, left)?, words(draft, not + 1, wrong_last)?);
    let both = is_title(&right, &person.name) && is_title(&wrong, &person.name);
    both.then(|| Correction::Title { name: person.name.clone(), right, wrong })
}

/// “… described A as the mayor. She is the deputy mayor.”
pub(super) fn described_as(note: &Note<'_>) -> Option<Correction> {
    let draft = note.draft;
    let [person] = note.annotations.people.as_slice() else { return None };
    let verbs = ["described", "identified", "misidentified", "referred", "listed", "named"];
    let verb = draft.tokens.iter().position(|t| verbs.contains(&draft.lower(t)))?;
    let sentence = draft.sentence_at(draft.tokens[verb].span.start);
    let as_at = (verb..draft.tokens.len()).find(|&n| draft.lower(&draft.tokens[n]) == "as")?;
    let next = draft.sentences.get(sentence + 1)?;
    if !draft.sentences[sentence].span.contains(draft.tokens[as_at].span) {
        return None;
    }
    let is_at = draft.token_at(next.span.start)
        + draft.sentence_tokens(next).iter().position(|t| ["is", "was"].contains(&draft.lower(t)))?;
    let wrong = words(draft, as_at + 1, phrase_end(draft, as_at + 1)?)?;
    let right = words(draft, is_at + 1, phrase_end(draft, is_at + 1)?)?;
    let both = is_title(&right, &person.name) && is_title(&wrong, &person.name);
    both.then(|| Correction::Title { name: person.name.clone(), right, wrong })
}

/// The last word of the phrase that begins at token `first`.
fn phrase_end(draft: &Draft, first: usize) -> Option<usize> {
    let stops = |t: &Token| t.kind != TokenKind::Word && draft.lower(t) != "-";
    (first..draft.tokens.len()).take_while(|&n| !stops(&draft.tokens[n])).last()
}

/// The words of two tokens and between them, with no article before them and nothing that says whose.
fn words(draft: &Draft, first: usize, last: usize) -> Option<String> {
    let skipped = ["the", "a", "an", "its", "his", "her", "their"];
    let first = first + usize::from(skipped.contains(&draft.lower(draft.tokens.get(first)?)));
    (first <= last).then(|| {
        draft.words_at(Span { start: draft.tokens[first].span.start, end: draft.tokens[last].span.end }).to_owned()
    })
}

/// Whether copy could give the words to the person as a title, before the name or after it.
fn is_title(words: &str, name: &str) -> bool {
    let mut letters = words.chars();
    let capital: String = letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default();
    [format!("{capital} {name} spoke."), format!("{name}, the {words}, spoke.")].iter().any(|sentence| {
        let read = annotate(&Draft::from_text(sentence), None, &Gazetteer::default());
        read.people.iter().any(|p| !p.titles.is_empty())
    })
}
