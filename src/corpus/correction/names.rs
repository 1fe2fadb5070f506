//! Names of people, organizations and places.

use super::pairs::{self, is_name_word, name_beginning, name_ending, past_marks};
use super::{Correction, Note};
use crate::annotate::entity_words::entity_words;
use crate::annotate::{Entity, Person};
use crate::text::fold::ascii_key;
use crate::text::{Lex, Token};

/// “It is Quist, not Qvist.”
pub(super) fn opposed(note: &Note<'_>) -> Option<Correction> {
    pairs::opposed(note.draft).into_iter().find_map(|(left, not)| {
        let draft = note.draft;
        let right = name_ending(draft, past_marks(draft, left, true))?;
        let article = draft.tokens.get(not + 1).is_some_and(|t| ["the", "a"].contains(&draft.lower(t)));
        let wrong = name_beginning(draft, past_marks(draft, not + 1 + usize::from(article), false))?;
        let located = draft.token_at(right.start).checked_sub(1).is_some_and(|before| {
            matches!(draft.lower(&draft.tokens[before]), "in" | "at" | "from" | "near" | "to" | "outside")
        });
        named(note, draft.words_at(right), draft.words_at(wrong), located)
    })
}

/// “… misspelled A’s name as B”, “… named the winner as B. Her name is A.”
pub(super) fn misspelled_as(note: &Note<'_>) -> Option<Correction> {
    let draft = note.draft;
    let verbs = ["misspelled", "misspelt", "misnamed", "misstated", "misidentified", "named", "identified", "gave"];
    let at = draft.tokens.iter().position(|t| verbs.contains(&draft.lower(t)))?;
    let sentence = draft.sentence_at(draft.tokens[at].span.start);
    let span = draft.sentences[sentence].span;
    let within = |t: &Token| t.span.end <= span.end;
    let as_at = (at..draft.tokens.len())
        .take_while(|&n| within(&draft.tokens[n]))
        .find(|&n| draft.lower(&draft.tokens[n]) == "as")?;
    let wrong = name_beginning(draft, past_marks(draft, as_at + 1, false))?;
    let wrong = draft.words_at(wrong);
    let next = draft.sentences.get(sentence + 1).and_then(|next| {
        let first = draft.token_at(next.span.start);
        let is = (first..draft.tokens.len()).find(|&n| ["is", "was"].contains(&draft.lower(&draft.tokens[n])))?;
        name_beginning(draft, past_marks(draft, is + 1, false)).map(|span| draft.words_at(span))
    });
    if let Some(right) = next {
        return named(note, right, wrong, false);
    }
    let own = |name: &str| name.trim_end_matches("’s").trim_end_matches("'s").to_owned();
    let between = (at + 1..as_at).find(|&n| is_name_word(draft, &draft.tokens[n]));
    let right = between.and_then(|first| name_beginning(draft, first)).map(|span| own(draft.words_at(span)));
    // The person the sentence is about, wherever it stands: the cellist A, her given name as B.
    let about = || {
        let people = note.annotations.people.iter().filter(|p| p.given.is_some() && !p.name.ends_with(wrong));
        let mut here = people.filter(|p| p.mentions.iter().any(|m| m.sentence as usize == sentence));
        here.next().map(|p| p.name.clone())
    };
    let right = right.or_else(about)?;
    named(note, &right, wrong, false)
}

fn named(note: &Note<'_>, right: &str, wrong: &str, located: bool) -> Option<Correction> {
    let day = |word: &str| Lex::of(&word.to_lowercase()).is(Lex::WEEKDAY | Lex::MONTH);
    if right == wrong || right.is_empty() || wrong.is_empty() || day(right) || day(wrong) {
        return None;
    }
    let last = right.rsplit(' ').next().unwrap_or(right);
    let person = note.annotations.people.iter().find(|p| p.name == right || p.surname == right || p.surname == last);
    let tail = right.contains(' ') && Lex::of(&last.to_lowercase()).is(Lex::ORGANIZATION_TAIL);
    // “She is Wendeline Marsh”: nobody says that of a college.
    let somebody = note.says(&["he", "she", "his", "her", "surname"]);
    if let Some(person) = person.filter(|_| (!tail || somebody) && !located) {
        let (right, wrong) = of_person(note, person, right, wrong);
        return Some(Correction::Name { table: "person", right, wrong });
    }
    let key = ascii_key(right);
    let is = |entities: &[Entity]| entities.iter().any(|e| ascii_key(&e.name) == key);
    let kinds: Vec<&str> = entity_words().place_kinds.iter().collect();
    let place = located || note.says(&kinds) || is(&note.annotations.places);
    let organization = tail || is(&note.annotations.organizations);
    let table = if place && !organization { "place" } else { "organization" };
    Some(Correction::Name { table, right: right.to_owned(), wrong: wrong.to_owned() })
}

/// Both forms in full: a name alone is the surname or the given name, as the note says, or as it is like one of the two.
fn of_person(note: &Note<'_>, person: &Person, right: &str, wrong: &str) -> (String, String) {
    let full = if right.contains(' ') { right.to_owned() } else { person.name.clone() };
    let Some((given, surname)) = full.rsplit_once(' ') else { return (full, wrong.to_owned()) };
    if wrong.contains(' ') {
        let wrong = wrong.to_owned();
        return (full, wrong);
    }
    let says_given = note.says(&["given", "first"]) && note.says(&["name"]);
    let says_surname = note.says(&["surname", "last", "family"]);
    let far = |a: &str| strsim::osa_distance(&ascii_key(a), &ascii_key(wrong));
    let is_given = match (says_given, says_surname) {
        (true, false) => true,
        (false, true) => false,
        _ => far(given) < far(surname),
    };
    let wrong = if is_given { format!("{wrong} {surname}") } else { format!("{given} {wrong}") };
    (full, wrong)
}
