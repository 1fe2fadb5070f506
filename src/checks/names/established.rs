//! The spellings of names that a draft uses.

use std::borrow::Cow;

use smallvec::SmallVec;

use crate::annotate::Person;
use crate::annotate::person::NameForm;
use crate::checks::Context;
use crate::text::Span;

/// A spelling that the draft uses for a person, with its places in text order.
pub struct Established<'a> {
    pub key: Cow<'a, str>,
    pub spans: SmallVec<[Span; 4]>,
    pub person: &'a Person,
    pub part: Part,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Surname,
    Given,
}

/// Spellings below this many letters are too like each other to be compared by shape.
const SHORTEST: usize = 3;

/// The surnames, and the given names of people who are called by them, that the draft uses.
pub fn established<'d>(cx: &Context<'d>) -> Vec<Established<'d>> {
    let mut all = Vec::with_capacity(2 * cx.annotations.people.len());
    for person in &cx.annotations.people {
        let mut put = |spellings: super::Spellings<'d>, part| {
            for super::Spelling { key, spans } in spellings {
                if key.chars().count() >= SHORTEST {
                    all.push(Established { key, spans, person, part });
                }
            }
        };
        put(super::surname_spellings(cx, person), Part::Surname);
        put(super::given_spellings(cx, person), Part::Given);
    }
    all
}

/// Words run together from several, as pages read wrongly have them: ShareReplyAnna, 9PMCarl; or the rest of an address: /p/4Anna.
pub fn is_mangled(cx: &Context, name: Span) -> bool {
    let before = cx.draft.text[..name.start as usize].chars().next_back();
    let glued = before.is_some_and(|c| c.is_ascii_digit() || c == '/');
    glued
        || cx.draft.tokens_in(name).iter().any(|t| {
            let word = cx.draft.word(t).as_bytes();
            let humps = word.windows(2).filter(|w| w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase()).count();
            let acronym =
                word.len() > 4 && word[..3].iter().all(u8::is_ascii_uppercase) && word[3].is_ascii_lowercase();
            humps > 1 || word.len() > 24 || acronym
        })
}

/// Whether the mention stands alone, without a full name of its own in the draft.
pub fn is_orphan(person: &Person) -> bool {
    person.mentions.iter().all(|m| !matches!(m.form, NameForm::Full | NameForm::Initials))
}
