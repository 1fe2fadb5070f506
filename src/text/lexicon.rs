//! What the word lists in `rules/lexicon` say of a word.

use std::ops::BitOr;

use super::word_hash::{TAG, tag, word_hash};

/// The lists that hold a word, as a set of flags; `build.rs` assigns the bits in the same order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lex(u32);

impl Lex {
    /// An English word in lower case, of any spelling (SCOWL to size 70).
    pub const WORD: Lex = Lex(1);
    /// One of the commoner English words (SCOWL to size 35).
    pub const COMMON: Lex = Lex(1 << 1);
    /// Written with a capital in dictionaries.
    pub const PROPER: Lex = Lex(1 << 2);
    /// Given to men: by the US census of 1990, or in one of some fifty countries.
    pub const GIVEN_MALE: Lex = Lex(1 << 3 | 1 << 16);
    /// Given to women: by the US census of 1990, or in one of some fifty countries.
    pub const GIVEN_FEMALE: Lex = Lex(1 << 4 | 1 << 17);
    /// Given to men in the United States.
    pub const GIVEN_MALE_US: Lex = Lex(1 << 3);
    /// Given to women in the United States.
    pub const GIVEN_FEMALE_US: Lex = Lex(1 << 4);
    /// A surname of the US census of 1990, or of one of some fifty countries.
    pub const SURNAME: Lex = Lex(1 << 5 | 1 << 19);
    /// Borne by at least 2 in 100,000 people of the US census of 1990.
    pub const COMMON_SURNAME: Lex = Lex(1 << 6);
    pub const CITY: Lex = Lex(1 << 7);
    pub const COUNTRY: Lex = Lex(1 << 8);
    pub const US_STATE: Lex = Lex(1 << 9);
    pub const DEMONYM: Lex = Lex(1 << 10);
    /// Closed-class words: articles, prepositions, pronouns, conjunctions, auxiliaries and the commonest adverbs.
    pub const FUNCTION: Lex = Lex(1 << 11);
    pub const MONTH: Lex = Lex(1 << 12);
    pub const WEEKDAY: Lex = Lex(1 << 13);
    pub const SPEECH_VERB: Lex = Lex(1 << 14);
    /// The last word of many names of organizations and places: University, Street, River.
    pub const ORGANIZATION_TAIL: Lex = Lex(1 << 15);

    pub const GIVEN: Lex = Lex(Lex::GIVEN_MALE.0 | Lex::GIVEN_FEMALE.0 | 1 << 18);

    /// What the lists say of `word`, which must be in lower case.
    pub fn of(word: &str) -> Lex {
        Lex::of_hashed(word, word_hash(word))
    }

    /// The same, for those who have the word's hash.
    pub(super) fn of_hashed(word: &str, hash: u64) -> Lex {
        find(word, hash).unwrap_or_default()
    }

    /// Whether any of the flags of `other` is set.
    pub fn is(self, other: Lex) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether no list holds the word.
    pub fn is_unknown(self) -> bool {
        self.0 == 0
    }
}

impl BitOr for Lex {
    type Output = Lex;

    fn bitor(self, other: Lex) -> Lex {
        Lex(self.0 | other.0)
    }
}

/// The table that `build.rs` wrote and describes. Read in place: nothing is loaded at the start, and a word costs one or two
/// cache misses.
static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.table"));

fn find(word: &str, hash: u64) -> Option<Lex> {
    let number = |at: usize| Some(u32::from_le_bytes(TABLE.get(at..at + 4)?.try_into().ok()?));
    let slots = number(0)? as usize;
    let mut slot = hash as usize & (slots - 1);
    loop {
        let found = number(4 + 4 * slot)?;
        if found == 0 {
            return None;
        }
        if found & TAG == tag(hash) {
            let record = (found & !TAG) as usize;
            let len = usize::from(*TABLE.get(record + 4)?);
            if len == word.len() && TABLE.get(record + 5..record + 5 + len)? == word.as_bytes() {
                return number(record).map(Lex);
            }
        }
        slot = (slot + 1) & (slots - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_stand_for_their_lists() {
        assert!(Lex::of("table").is(Lex::WORD));
        assert!(Lex::of("susan").is(Lex::GIVEN_FEMALE) && !Lex::of("susan").is(Lex::GIVEN_MALE));
        assert!(Lex::of("smith").is(Lex::COMMON_SURNAME));
        assert!(Lex::of("ukraine").is(Lex::COUNTRY) && Lex::of("ukrainian").is(Lex::DEMONYM));
        assert!(Lex::of("whereas").is(Lex::FUNCTION));
        assert!(Lex::of("october").is(Lex::MONTH) && Lex::of("tuesday").is(Lex::WEEKDAY));
        assert!(Lex::of("said").is(Lex::SPEECH_VERB) && Lex::of("river").is(Lex::ORGANIZATION_TAIL));
        assert!(Lex::of("harrowek").is_unknown() && Lex::of("").is_unknown());
    }
}
