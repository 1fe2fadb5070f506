//! Which words a table may hold, by their hashes: the question before a look-up.

use super::Token;

/// A set of bits for the words of a table. Most words of a draft are in no table of cues, and a look-up that finds nothing costs as much as
/// one that finds something; the bit of [`Token::hash`](super::Token::hash) says so at once.
///
/// The 4,096 bits of a filter as it comes serve a table of 400 words, which sends on one word in ten that it lacks; longer tables want more.
pub struct WordFilter<const LONGS: usize = 64>([u64; LONGS]);

impl<const LONGS: usize> WordFilter<LONGS> {
    /// The filter of a table with these words in lower case. As in tokens, the full stop of an abbreviation does not count.
    pub fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut filter = WordFilter([0; LONGS]);
        words.into_iter().for_each(|word| filter.add(word));
        filter
    }

    /// Takes in one word more.
    pub fn add(&mut self, word: &str) {
        let (at, bit) = Self::place(Token::hash_of(word));
        self.0[at] |= bit;
    }

    /// The same as [`may_hold`](Self::may_hold), of a word in lower case without its hash.
    pub fn may_hold_word(&self, word: &str) -> bool {
        self.may_hold(Token::hash_of(word))
    }

    /// Whether the table may hold the word with this hash; where not, it does not hold it.
    pub fn may_hold(&self, hash: u32) -> bool {
        let (at, bit) = Self::place(hash);
        self.0[at] & bit != 0
    }

    fn place(hash: u32) -> (usize, u64) {
        ((hash >> 6) as usize % LONGS, 1 << (hash % 64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Draft;

    #[test]
    fn holds_its_words_and_few_others() {
        let filter: WordFilter = WordFilter::new(["monday", "jan.", "o’clock", "déjà"]);
        let draft =
            Draft::from_text("On Monday, Jan. 6, and in Jan too: déjà vu at nine o’clock, they said of the pier.");
        let held: Vec<&str> =
            draft.tokens.iter().filter(|t| t.is_word() && filter.may_hold(t.hash)).map(|t| draft.word(t)).collect();
        assert_eq!(held, ["Monday", "Jan.", "Jan", "déjà", "o’clock"]);
    }
}
