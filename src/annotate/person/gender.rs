//! Whether a person is spoken of as he or as she: by title, by pronoun, by given name.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::view::View;
use super::{Gender, NameForm, Person};
use crate::source::Draft;
use crate::text::{Lex, Token};

/// Fills in what the titles left open. Pronouns go before lists of names, which know one country better than another.
pub fn add(view: View, people: &mut [Person]) {
    let mentioned = Mentioned::of(people);
    for person in people.iter_mut() {
        if person.gender.is_some() {
            continue;
        }
        let titled = person
            .titles
            .iter()
            .find_map(|t| view.offices.find(&last_words(view, t.span)).and_then(|o| view.offices.office(o).gender));
        person.gender =
            titled.or_else(|| mentioned.gender_by_pronouns(view.draft, person)).or_else(|| by_given_name(person));
    }
}

/// Sentence, place and person of every mention of a draft, in text order.
pub struct Mentioned(Vec<(u32, u32, u32)>);

impl Mentioned {
    pub fn of(people: &[Person]) -> Mentioned {
        let mut all: Vec<_> =
            people.iter().flat_map(|p| p.mentions.iter().map(|m| (m.sentence, m.span.start, p.id))).collect();
        all.sort_unstable();
        Mentioned(all)
    }

    /// What the pronouns beside a person's mentions say, whatever the titles say.
    pub fn gender_by_pronouns(&self, draft: &Draft, person: &Person) -> Option<Gender> {
        by_pronoun(draft, person, &self.0)
    }
}

fn last_words(view: View, span: crate::text::Span) -> String {
    let words = span.of(&view.draft.lower);
    words.rsplit(' ').next().unwrap_or_default().trim_end_matches('.').to_owned()
}

/// Counts he and she in the sentences after mentions in which nobody else is named.
fn by_pronoun(draft: &Draft, person: &Person, mentioned: &[(u32, u32, u32)]) -> Option<Gender> {
    let (mut he, mut she) = (0, 0);
    for mention in person.mentions.iter().take(6) {
        for sentence in mention.sentence..=mention.sentence + 1 {
            let Some(found) = draft.sentences.get(sentence as usize).filter(|s| s.block == mention.block) else {
                break;
            };
            let others = mentioned.partition_point(|m| m.0 < sentence);
            if mentioned[others..].iter().take_while(|m| m.0 == sentence).any(|m| m.2 != person.id) {
                break;
            }
            // The judge told him: an object in the clause is somebody else.
            let own = sentence == mention.sentence;
            let after = |t: &&Token| t.span.start >= mention.span.end && !(own && draft.lower(t) == "him");
            if let Some(pronoun) =
                draft.sentence_tokens(found).iter().filter(after).find_map(|t| pronoun(draft.lower(t)))
            {
                match pronoun {
                    Gender::Male => he += 1,
                    Gender::Female => she += 1,
                }
                break;
            }
        }
    }
    match (he, she) {
        (h, 0) if h > 0 => Some(Gender::Male),
        (0, s) if s > 0 => Some(Gender::Female),
        (h, s) if h >= 3 * s && h > 0 => Some(Gender::Male),
        (h, s) if s >= 3 * h && s > 0 => Some(Gender::Female),
        _ => None,
    }
}

fn pronoun(word: &str) -> Option<Gender> {
    match word {
        "he" | "his" | "him" | "himself" => Some(Gender::Male),
        "she" | "her" | "hers" | "herself" => Some(Gender::Female),
        _ => None,
    }
}

fn by_given_name(person: &Person) -> Option<Gender> {
    let alone = person.mentions.iter().any(|m| m.form == NameForm::Full || m.form == NameForm::Given);
    let given = person.given.as_deref().or_else(|| alone.then_some(person.name.as_str()))?;
    of_given_name(given)
}

/// The gender of a given name that the lists have for one alone.
pub fn of_given_name(given: &str) -> Option<Gender> {
    let lex = Lex::of(&given.to_lowercase());
    match (lex.is(Lex::GIVEN_MALE), lex.is(Lex::GIVEN_FEMALE)) {
        (true, false) => Some(Gender::Male),
        (false, true) => Some(Gender::Female),
        _ => None,
    }
}

/// The same of a name that is evidence by itself: one of the census, whose counts show which gender bears it, and none that both bear
/// in this country or that. The lists of other countries have Akira and Tunde for women.
pub fn of_telling_name(given: &str) -> Option<Gender> {
    /// Shorter names are of many languages.
    const SHORTEST: usize = 4;
    static BOTH: LazyLock<FxHashSet<&'static str>> =
        LazyLock::new(|| include_str!("../../../rules/lexicon/given-both.txt").lines().collect());
    let lower = given.to_lowercase();
    let telling = lower.len() >= SHORTEST
        && Lex::of(&lower).is(Lex::GIVEN_MALE_US | Lex::GIVEN_FEMALE_US)
        && !BOTH.contains(&*lower);
    of_given_name(given).filter(|_| telling)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_both_bear_tells_nothing() {
        assert_eq!(of_telling_name("Susan"), Some(Gender::Female));
        assert_eq!(of_telling_name("Hector"), Some(Gender::Male));
        for both in ["Robin", "Drew", "Kit", "Laurie", "Akira", "Tunde", "Ming", "Zzyzx", ""] {
            assert_eq!(of_telling_name(both), None, "{both}");
        }
    }
}
