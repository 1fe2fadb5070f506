//! The hash of the lexicon's table, shared by `build.rs`, which writes the table, and the reader.

/// FNV-1a over the word's bytes.
pub fn word_hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
