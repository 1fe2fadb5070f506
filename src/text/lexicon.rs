//! What the word lists in `rules/lexicon` say of a word.

use std::ops::BitOr;

use super::word_hash::{FLAGS, slot, tag, word_hash};

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
        Lex::of_hashed(word_hash(word))
    }

    /// The same, for those who have the word's hash.
    pub(super) fn of_hashed(hash: u64) -> Lex {
        let mut at = slot(hash, SLOTS);
        loop {
            let found = TABLE.0[8 * at..].first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
            // An empty slot has no flags.
            if found & !FLAGS == tag(hash) || found == 0 {
                return Lex((found & FLAGS) as u32);
            }
            at = if at + 1 < SLOTS { at + 1 } else { 0 };
        }
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

/// The table that `build.rs` wrote and describes. Read in place: nothing is loaded at the start, and a word costs one cache miss, which
/// is most of what reading it costs.
static TABLE: &Aligned<[u8; 8 * SLOTS]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.table")));

/// The number of slots. Known to the compiler, which need not check that a slot is in the table.
const SLOTS: usize = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.table")).len() / 8;

/// No slot lies across two lines of the cache.
#[repr(align(64))]
struct Aligned<T>(T);

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
        assert!(Lex::of("circumstances").is(Lex::WORD) && Lex::of("harrowekshire").is_unknown());
    }
}
