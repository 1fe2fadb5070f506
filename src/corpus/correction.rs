//! What a published correction says was wrong, and what is right.
//!
//! Corrections follow a few set forms: “… misspelled the name of A. It is A, not B.”, “It was 40, not 400.”, “… said 400 boats
//! sank. The correct number is 40.” Only what stands in such a form is read; anything else is for a person.

use crate::annotate::{Annotations, Figure, Gazetteer, annotate};
use crate::source::Draft;
use crate::text::fold::ascii_key;
use crate::text::{Lex, Span, Token, TokenKind};

use super::figures::key;

/// What a correction teaches.
#[derive(Clone, Debug, PartialEq)]
pub enum Correction {
    /// A person, an organization or a place was called otherwise than it is.
    Name { table: &'static str, right: String, wrong: String },
    /// Somebody holds another office than was said.
    Title { name: String, right: String, wrong: String },
    /// Somebody said other words.
    Quote { speaker: Option<String>, right: String, wrong: String },
    /// A figure was another one. `key` is that of the archive's figures.
    Figure { noun: String, key: String, right: String, wrong: String, wrong_value: f64 },
}

/// Words by which a sentence says that the figure in it was wrong.
const MISTAKES: [&str; 9] =
    ["error", "misstated", "incorrectly", "wrongly", "erroneously", "mistakenly", "earlier", "incorrect", "wrong"];

/// Reads a correction note. `None` if it has none of the forms that are known.
pub fn read(note: &str) -> Option<Correction> {
    let note = note.split_whitespace().collect::<Vec<_>>().join(" ");
    let draft = Draft::from_text(&note);
    let annotations = annotate(&draft, None, &Gazetteer::default());
    if let Some(quote) = misquoted(&draft, &annotations) {
        return Some(quote);
    }
    let opposed = opposed(&draft);
    opposed
        .iter()
        .find_map(|&(left, not)| figures_beside(&draft, &annotations, left, not))
        .or_else(|| opposed.iter().find_map(|&(left, not)| names_beside(&draft, &annotations, left, not)))
        .or_else(|| opposed.iter().find_map(|&(left, not)| titles_beside(&draft, &annotations, left, not)))
        .or_else(|| misspelled_as(&draft, &annotations))
        .or_else(|| two_figures(&draft, &annotations))
}

/// “… misquoted A. She said “…,” not “…”.”: two quotations with “not” between them.
fn misquoted(draft: &Draft, annotations: &Annotations) -> Option<Correction> {
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

/// The places of “…, not …”: the token before the comma, and the token “not”.
fn opposed(draft: &Draft) -> Vec<(usize, usize)> {
    let is = |at: usize, word: &str| draft.tokens.get(at).is_some_and(|t| draft.lower(t) == word);
    let mut found = Vec::new();
    for at in 1..draft.tokens.len() {
        if is(at, ",") && is(at + 1, "not") {
            found.push((at - 1, at + 1));
        } else if is(at, ",") && is(at + 1, "and") && is(at + 2, "not") {
            found.push((at - 1, at + 2));
        }
    }
    found
}

fn figures_beside(draft: &Draft, annotations: &Annotations, left: usize, not: usize) -> Option<Correction> {
    let (left, not) = (draft.tokens[left].span, draft.tokens[not].span);
    let sentence = draft.sentence_at(not.start) as u32;
    let here = || annotations.figures.iter().filter(|f| f.sentence == sentence);
    let end = |figure: &Figure| figure.noun.as_ref().map_or(figure.span.end, |n| n.phrase.end.max(figure.span.end));
    let right = here().rfind(|f| f.span.start < left.end && end(f) >= left.end)?;
    let wrong = here().find(|f| f.span.start >= not.end && f.span.start - not.end < 16)?;
    of_figures(draft, right, wrong)
}

/// The figure of a sentence that says it was wrong, and the only figure of the sentence after it.
fn two_figures(draft: &Draft, annotations: &Annotations) -> Option<Correction> {
    let sentences = draft.sentences.windows(2).enumerate();
    for (at, pair) in sentences {
        let says_so = draft.sentence_tokens(&pair[0]).iter().any(|t| MISTAKES.contains(&draft.lower(t)));
        let of = |sentence: usize| annotations.figures.iter().filter(move |f| f.sentence as usize == sentence);
        if says_so && of(at).count() == 1 && of(at + 1).count() == 1 {
            let (wrong, right) = (of(at).next()?, of(at + 1).next()?);
            return of_figures(draft, right, wrong);
        }
    }
    None
}

fn of_figures(draft: &Draft, right: &Figure, wrong: &Figure) -> Option<Correction> {
    if right.value == wrong.value {
        return None;
    }
    // What is counted stands beside one of them, or in “the number of …”.
    let named = [wrong, right].into_iter().find(|f| f.noun.is_some());
    let (noun, key) = match named {
        Some(figure) => (draft.words_at(figure.noun.as_ref()?.phrase).to_owned(), key(draft, figure)),
        None => {
            let at = draft.lower.find("number of ")? + "number of ".len();
            let noun: String = draft.lower[at..].chars().take_while(|c| c.is_alphabetic()).collect();
            let counted = Draft::from_text(&format!("{} {noun}", draft.words_at(wrong.amount)));
            let read = annotate(&counted, None, &Gazetteer::default());
            let key = key(&counted, read.figures.iter().find(|f| f.noun.is_some())?);
            (noun, key)
        }
    };
    Some(Correction::Figure {
        noun,
        key,
        right: draft.words_at(right.amount).to_owned(),
        wrong: draft.words_at(wrong.amount).to_owned(),
        wrong_value: wrong.value.to_f64(),
    })
}

/// The capitalized words that end with token `last`, with the small words between them.
fn name_ending(draft: &Draft, last: usize) -> Option<Span> {
    let mut first = None;
    for at in (0..=last).rev() {
        let token = &draft.tokens[at];
        if is_name_word(draft, token) {
            first = Some(at);
        } else if !(is_particle(draft, token) && first.is_some()) {
            break;
        }
    }
    Some(Span { start: draft.tokens[first?].span.start, end: draft.tokens[last].span.end })
}

/// The capitalized words that begin with token `first`.
fn name_beginning(draft: &Draft, first: usize) -> Option<Span> {
    let mut last = None;
    for at in first..draft.tokens.len() {
        let token = &draft.tokens[at];
        if is_name_word(draft, token) {
            last = Some(at);
        } else if !(is_particle(draft, token) && last.is_some()) {
            break;
        }
    }
    Some(Span { start: draft.tokens[first].span.start, end: draft.tokens[last?].span.end })
}

fn is_name_word(draft: &Draft, token: &Token) -> bool {
    let word = draft.words_at(token.span);
    token.kind == TokenKind::Word && word.chars().next().is_some_and(char::is_uppercase) && !token.lex.is(Lex::FUNCTION)
}

fn is_particle(draft: &Draft, token: &Token) -> bool {
    ["of", "de", "del", "da", "van", "von", "der", "bin", "al", "-", "’", "'", "&"].contains(&draft.lower(token))
}

/// Skips quotation marks, from `at` on or from `at` back.
fn past_marks(draft: &Draft, mut at: usize, back: bool) -> usize {
    while draft.tokens.get(at).is_some_and(|t| ["“", "”", "\"", "‘"].contains(&draft.lower(t))) {
        at = if back { at.saturating_sub(1) } else { at + 1 };
        if at == 0 {
            break;
        }
    }
    at
}

fn names_beside(draft: &Draft, annotations: &Annotations, left: usize, not: usize) -> Option<Correction> {
    let right = name_ending(draft, past_marks(draft, left, true))?;
    let article = draft.tokens.get(not + 1).is_some_and(|t| ["the", "a"].contains(&draft.lower(t)));
    let wrong = name_beginning(draft, past_marks(draft, not + 1 + usize::from(article), false))?;
    of_names(draft, annotations, draft.words_at(right), draft.words_at(wrong))
}

/// “… misspelled A’s name as B.”
fn misspelled_as(draft: &Draft, annotations: &Annotations) -> Option<Correction> {
    let at = draft.tokens.iter().position(|t| ["misspelled", "misspelt", "misnamed"].contains(&draft.lower(t)))?;
    let sentence = &draft.sentences[draft.sentence_at(draft.tokens[at].span.start)];
    let within = |t: &Token| t.span.end <= sentence.span.end;
    let as_at = (at..draft.tokens.len())
        .take_while(|&n| within(&draft.tokens[n]))
        .find(|&n| draft.lower(&draft.tokens[n]) == "as")?;
    let wrong = name_beginning(draft, past_marks(draft, as_at + 1, false))?;
    let first = (at + 1..as_at).find(|&n| is_name_word(draft, &draft.tokens[n]))?;
    let right = name_beginning(draft, first)?;
    let right = draft.words_at(right).trim_end_matches("’s").trim_end_matches("'s");
    of_names(draft, annotations, right, draft.words_at(wrong))
}

fn of_names(draft: &Draft, annotations: &Annotations, right: &str, wrong: &str) -> Option<Correction> {
    if right == wrong || right.is_empty() || wrong.is_empty() {
        return None;
    }
    let surname = right.rsplit(' ').next().unwrap_or(right);
    let person = annotations.people.iter().find(|p| p.name == right || p.surname == right || p.surname == surname);
    if let Some(person) = person {
        // “The surname is A, not B”: both forms get the given name that the note has.
        let is_given = person.given.as_deref() == Some(right);
        let given = person.given.as_deref().filter(|_| !right.contains(' ') && !is_given);
        let wrong = match (given, wrong.contains(' ')) {
            (Some(given), false) => format!("{given} {wrong}"),
            _ if !wrong.contains(' ') && right.contains(' ') => match right.rsplit_once(' ') {
                Some((given, _)) => format!("{given} {wrong}"),
                None => wrong.to_owned(),
            },
            _ if is_given => format!("{wrong} {}", person.surname),
            _ => wrong.to_owned(),
        };
        let right = if right.contains(' ') { right.to_owned() } else { person.name.clone() };
        return Some(Correction::Name { table: "person", right, wrong });
    }
    let key = ascii_key(right);
    let is = |entities: &[crate::annotate::Entity]| entities.iter().any(|e| ascii_key(&e.name) == key);
    let place =
        is(&annotations.places) || draft.lower.contains("name of the town") || draft.lower.contains("name of the city");
    let table = if is(&annotations.organizations) || !place { "organization" } else { "place" };
    Some(Correction::Name { table, right: right.to_owned(), wrong: wrong.to_owned() })
}

/// “Susan Quist is deputy mayor, not mayor”: the words after the verb, for the only person of the note.
fn titles_beside(draft: &Draft, annotations: &Annotations, left: usize, not: usize) -> Option<Correction> {
    let [person] = annotations.people.as_slice() else { return None };
    let verb = (0..=left).rev().find(|&n| ["is", "was"].contains(&draft.lower(&draft.tokens[n])))?;
    let article = |n: usize| usize::from(["the", "a", "an"].contains(&draft.lower(&draft.tokens[n])));
    let first = verb + 1 + draft.tokens.get(verb + 1).map_or(0, |_| article(verb + 1));
    let wrong_first = not + 1 + draft.tokens.get(not + 1).map_or(0, |_| article(not + 1));
    let stops = |t: &Token| t.kind != TokenKind::Word && draft.lower(t) != "-";
    let wrong_last = (wrong_first..draft.tokens.len()).take_while(|&n| !stops(&draft.tokens[n])).last()?;
    if first > left {
        return None;
    }
    let words = |a: usize, b: usize| {
        draft.words_at(Span { start: draft.tokens[a].span.start, end: draft.tokens[b].span.end }).to_owned()
    };
    let (right, wrong) = (words(first, left), words(wrong_first, wrong_last));
    let is_title = |words: &str| {
        let mut capitals = words.to_owned();
        capitals.get_mut(..1)?.make_ascii_uppercase();
        let read = Draft::from_text(&format!("{capitals} {} spoke.", person.name));
        let known = annotate(&read, None, &Gazetteer::default());
        known.people.iter().any(|p| !p.titles.is_empty()).then_some(())
    };
    is_title(&right)?;
    is_title(&wrong)?;
    Some(Correction::Title { name: person.name.clone(), right, wrong })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(table: &'static str, right: &str, wrong: &str) -> Option<Correction> {
        Some(Correction::Name { table, right: right.to_owned(), wrong: wrong.to_owned() })
    }

    #[test]
    fn names() {
        let note = "An earlier version of this story misspelled the surname of the mayor of Halden. She is Susan Quist, not Susan Qvist.";
        assert_eq!(read(note), name("person", "Susan Quist", "Susan Qvist"));
        let note = "Correction: An earlier version misspelled the surname of Susan Quist. It is Quist, not Qvist.";
        assert_eq!(read(note), name("person", "Susan Quist", "Susan Qvist"));
        let note = "An article on Monday misspelled Susan Quist’s name as Susan Kwist.";
        assert_eq!(read(note), name("person", "Susan Quist", "Susan Kwist"));
        let note = "A story on Friday gave the wrong name for a museum. It is the Halden Maritime Museum, not the Halden Marine Museum.";
        assert_eq!(read(note), name("organization", "Halden Maritime Museum", "Halden Marine Museum"));
    }

    #[test]
    fn figures() {
        let expected = |noun: &str, right: &str, wrong: &str, value: f64| {
            let key = format!("count|{}", noun.trim_end_matches('s'));
            let (noun, right, wrong) = (noun.to_owned(), right.to_owned(), wrong.to_owned());
            Some(Correction::Figure { noun, key, right, wrong, wrong_value: value })
        };
        let note = "An earlier version said that 635 drones were sold. The correct number is 653.";
        assert_eq!(read(note), expected("drones", "653", "635", 635.0));
        let note = "A report on Tuesday misstated the number of boats that sank. It was 12, not 21.";
        assert_eq!(read(note), expected("boats", "12", "21", 21.0));
    }

    #[test]
    fn titles() {
        let note = "An earlier version misstated the title of Susan Quist. She is deputy mayor, not mayor.";
        assert_eq!(
            read(note),
            Some(Correction::Title {
                name: "Susan Quist".to_owned(),
                right: "deputy mayor".to_owned(),
                wrong: "mayor".to_owned()
            })
        );
    }

    #[test]
    fn misquotations() {
        let note = "An earlier version of this article misquoted Mara Quist. She said “We will not close the pier,” not “We will close \
            the pier.”";
        let quote = Correction::Quote {
            speaker: Some("Mara Quist".to_owned()),
            right: "We will not close the pier".to_owned(),
            wrong: "We will close the pier".to_owned(),
        };
        assert_eq!(read(note), Some(quote));
    }

    #[test]
    fn other_notes_teach_nothing() {
        for note in [
            "",
            "An earlier version was published before it was ready.",
            "We removed a photograph, not a text.",
            ", not",
        ] {
            assert_eq!(read(note), None, "{note}");
        }
    }
}
