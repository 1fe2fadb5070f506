//! A set of words in 64 bits, to tell two sets apart before their words are compared.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// One bit for each word, which several words may share. A bit that one set has and another lacks is a word the other lacks.
pub fn word_bits(words: &[&str]) -> u64 {
    words.iter().fold(0, |bits, word| {
        let mut hasher = FxHasher::default();
        hasher.write(word.as_bytes());
        bits | 1 << (hasher.finish() & 63)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_has_no_bit_of_its_own() {
        let all = ["the", "pier", "was", "closed", "in", "march"];
        assert_eq!(word_bits(&all[1..4]) & !word_bits(&all), 0);
        assert_eq!(word_bits(&[]), 0);
        assert_ne!(word_bits(&["pier"]), word_bits(&["harbor"]));
    }
}
