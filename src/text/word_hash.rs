//! The hash of the lexicon's table, shared by `build.rs`, which writes the table, and the reader.

/// FNV-1a over the word's bytes.
pub fn word_hash(word: &str) -> u64 {
    word.bytes().fold(START, add_byte)
}

/// The hash of nothing.
pub const START: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash with one byte more.
pub fn add_byte(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// The bits of a slot that hold the tag of a word's hash; the others hold the offset of its record.
pub const TAG: u32 = 0xff00_0000;

/// Bits of a hash that tell most words of one run of slots apart, so that their records need not be read.
pub fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32 & TAG
}
