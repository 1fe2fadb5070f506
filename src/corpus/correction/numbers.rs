//! Figures and ages.

use super::pairs::opposed;
use super::{Correction, MISTAKES, Note};
use crate::annotate::{Figure, Gazetteer, annotate};
use crate::corpus::figures::key;
use crate::source::Draft;
use crate::text::{Lex, Span, TokenKind};

/// “… the age of A. He is 31, not 34.”
pub(super) fn age(note: &Note<'_>) -> Option<Correction> {
    let draft = note.draft;
    if !note.says(&["age", "old"]) {
        return None;
    }
    let [person, ..] = note.annotations.people.as_slice() else { return None };
    let number = |at: usize| {
        let token = draft.tokens.get(at).filter(|t| t.kind == TokenKind::Number)?;
        draft.word(token).parse::<u32>().ok().filter(|n| *n < 125)
    };
    let (right, wrong) =
        opposed(draft).into_iter().find_map(|(left, not)| number(left).zip(number(not + 1))).or_else(|| {
            // “… gave his age as 34. He is 31.”
            let all: Vec<u32> = (0..draft.tokens.len()).filter_map(number).collect();
            match all[..] {
                [wrong, right] => Some((right, wrong)),
                _ => None,
            }
        })?;
    (right != wrong).then(|| Correction::Age { name: person.name.clone(), right, wrong })
}

pub(super) fn figure(note: &Note<'_>) -> Option<Correction> {
    let opposed = opposed(note.draft);
    opposed.iter().find_map(|&(left, not)| beside(note, left, not)).or_else(|| two(note))
}

fn beside(note: &Note<'_>, left: usize, not: usize) -> Option<Correction> {
    let draft = note.draft;
    let (left, not) = (draft.tokens[left].span, draft.tokens[not].span);
    let sentence = draft.sentence_at(not.start) as u32;
    let here = || note.annotations.figures.iter().filter(|f| f.sentence == sentence);
    let end = |figure: &Figure| figure.noun.as_ref().map_or(figure.span.end, |n| n.phrase.end.max(figure.span.end));
    let right = here().rfind(|f| f.span.start < left.end && end(f) >= left.end)?;
    let wrong = here().find(|f| f.span.start >= not.end && f.span.start - not.end < 16)?;
    of(note, right, wrong)
}

/// The figure of a sentence that says it was wrong, and the only figure of the sentence after it.
fn two(note: &Note<'_>) -> Option<Correction> {
    let figures = &note.annotations.figures;
    (1..note.draft.sentences.len()).find_map(|next| {
        let of_sentence = |sentence: usize| figures.iter().filter(move |f| f.sentence as usize == sentence);
        let single = of_sentence(next - 1).count() == 1 && of_sentence(next).count() == 1;
        let pair = || Some((of_sentence(next - 1).next()?, of_sentence(next).next()?));
        let (wrong, right) = pair().filter(|_| single && note.has(next - 1, &MISTAKES))?;
        of(note, right, wrong)
    })
}

fn of(note: &Note<'_>, right: &Figure, wrong: &Figure) -> Option<Correction> {
    let draft = note.draft;
    if right.value == wrong.value && right.measure == wrong.measure {
        return None;
    }
    // What is counted stands beside one of them, or in “the number of …”; else the note says what was misstated.
    let named = [wrong, right].into_iter().find(|f| f.noun.is_some());
    let (noun, counted, key) = match named {
        Some(figure) => (draft.words_at(figure.noun.as_ref()?.phrase).to_owned(), true, key(draft, figure)),
        None => match number_of(draft, wrong) {
            Some((noun, key)) => (noun, true, key),
            None => (misstated(note, wrong)?, false, key(draft, wrong)),
        },
    };
    Some(Correction::Figure {
        noun,
        counted,
        key,
        right: draft.words_at(right.amount).to_owned(),
        wrong: draft.words_at(wrong.amount).to_owned(),
        wrong_value: wrong.value.to_f64(),
    })
}

/// “… the number of boats”: what is counted, and its key.
fn number_of(draft: &Draft, wrong: &Figure) -> Option<(String, String)> {
    let at = draft.lower.find("number of ")? + "number of ".len();
    let noun: String = draft.lower[at..].chars().take_while(|c| c.is_alphabetic()).collect();
    let counted = Draft::from_text(&format!("{} {noun}", draft.words_at(wrong.amount)));
    let read = annotate(&counted, None, &Gazetteer::default());
    let key = key(&counted, read.figures.iter().find(|f| f.noun.is_some())?);
    Some((noun, key))
}

/// “misstated the population of Meridia”: what; “the stadium … its cost”: the cost of the stadium; else the words before the wrong figure.
fn misstated(note: &Note<'_>, wrong: &Figure) -> Option<String> {
    let draft = note.draft;
    let verb = draft.tokens.iter().position(|t| matches!(draft.lower(t), "misstated" | "miscalculated"));
    let sentence_end = |at: usize| draft.sentences[draft.sentence_at(draft.tokens[at].span.start)].span.end;
    let words = |from: usize, to: u32| -> Vec<String> {
        let tokens = draft.tokens.iter().skip(from).take_while(|t| t.span.end <= to);
        tokens.filter(|t| t.is_word() || t.kind == TokenKind::Number).map(|t| draft.word(t).to_owned()).collect()
    };
    if let Some(verb) = verb {
        let mut what = words(verb + 1, sentence_end(verb));
        let owner = ["its", "his", "her", "their"];
        let owned = what.first().is_some_and(|w| owner.contains(&w.as_str()));
        if what.first().is_some_and(|w| owned || ["the", "a", "an"].contains(&w.as_str())) {
            what.remove(0);
        }
        let about = draft.tokens[..verb].iter().position(|t| draft.lower(t) == "about");
        if let Some(about) = about.filter(|_| owned) {
            what.push("of".to_owned());
            what.extend(words(about + 1, draft.tokens[verb].span.start));
        }
        return (!what.is_empty()).then(|| what.join(" "));
    }
    let sentence = &draft.sentences[wrong.sentence as usize];
    let before: Vec<_> =
        draft.sentence_tokens(sentence).iter().filter(|t| t.is_word() && t.span.end <= wrong.span.start).collect();
    let said = before.iter().rposition(|t| matches!(draft.lower(t), "said" | "that" | "stated"))?;
    let rest: Vec<_> = before[said + 1..].iter().skip_while(|t| t.lex.is(Lex::FUNCTION)).collect();
    let (first, last) = (rest.first()?, rest.last()?);
    Some(draft.words_at(Span { start: first.span.start, end: last.span.end }).to_owned())
}
