//! The words that name a source of speech, from `rules/cues.toml`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

pub use crate::text::inflect::Form;
use crate::text::inflect::{forms, third};
use crate::text::{WordFilter, WordList};

/// What a cue says of the words it stands beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    Speech,
    /// Speech, but only where it touches the quotation.
    Beside,
    Judgment,
    /// A source, but no speaker: “sought”, “outlined”.
    Quasi,
    /// A statement, a letter, a sign.
    Noun,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    pub class: Class,
    pub form: Form,
    /// Whether the same word is a noun of speech too: claims, notes, comments.
    pub noun: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    verbs: Verbs,
    nouns: Nouns,
    naming: Naming,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verbs {
    speech: Vec<String>,
    beside: Vec<String>,
    judgment: Vec<String>,
    quasi: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nouns {
    speech: Vec<String>,
    taking_up: WordList,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Naming {
    words: WordList,
}

static LISTS: LazyLock<Lists> =
    LazyLock::new(|| toml::from_str(include_str!("../../../rules/cues.toml")).expect("a test parses it"));

static CUES: LazyLock<FxHashMap<String, Cue>> = LazyLock::new(|| table(&LISTS));

/// The cue that `word` is, in lower case.
pub fn of(word: &str) -> Option<Cue> {
    CUES.get(word).copied()
}

/// Which words of a draft may be cues: the cheap question before [`of`].
pub fn filter() -> &'static WordFilter<256> {
    // Some 2,000 words.
    static FILTER: LazyLock<WordFilter<256>> = LazyLock::new(|| WordFilter::new(CUES.keys().map(String::as_str)));
    &FILTER
}

/// Whether a noun takes up what somebody said before: the assertion, the claim.
pub fn takes_up_a_claim(lower: &str) -> bool {
    LISTS.nouns.taking_up.contains(lower)
}

/// Whether the words in marks right behind this one are a name or a motto, and nobody’s speech.
pub fn names_what_follows(lower: &str) -> bool {
    LISTS.naming.words.contains(lower)
}

fn table(lists: &Lists) -> FxHashMap<String, Cue> {
    let mut cues = FxHashMap::default();
    let classes = [
        (Class::Speech, &lists.verbs.speech),
        (Class::Beside, &lists.verbs.beside),
        (Class::Judgment, &lists.verbs.judgment),
        (Class::Quasi, &lists.verbs.quasi),
    ];
    for (class, verbs) in classes {
        for verb in verbs {
            for (word, form) in forms(verb) {
                cues.entry(word).or_insert(Cue { class, form, noun: false });
            }
        }
    }
    for noun in &lists.nouns.speech {
        for word in [noun.clone(), third(noun)] {
            let cue = Cue { class: Class::Noun, form: Form::Base, noun: true };
            cues.entry(word).and_modify(|c| c.noun = true).or_insert(cue);
        }
    }
    cues
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected() {
        for (word, class, form) in [
            ("said", Class::Speech, Form::Past),
            ("says", Class::Speech, Form::Third),
            ("replied", Class::Speech, Form::Past),
            ("begged", Class::Speech, Form::Past),
            ("arguing", Class::Speech, Form::Ing),
            ("dubbed", Class::Judgment, Form::Past),
            ("seen", Class::Judgment, Form::Past),
            ("statements", Class::Noun, Form::Base),
        ] {
            let cue = of(word).expect(word);
            assert_eq!((cue.class, cue.form), (class, form), "{word}");
        }
        assert!(of("claims").is_some_and(|c| c.noun) && of("pier").is_none());
    }
}
