//! The hash of the lexicon's table, shared by `build.rs`, which writes the table, and the reader.

/// The hash of a word: of eight bytes after another, the last ones filled up with zeros. A word is one or two steps of it, where a hash by
/// bytes would wait for a multiplication at every letter.
pub fn word_hash(word: &str) -> u64 {
    let (eights, rest) = word.as_bytes().as_chunks();
    let hash = eights.iter().fold(START, |hash, eight| add_eight(hash, u64::from_le_bytes(*eight)));
    if rest.is_empty() {
        return hash;
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    add_eight(hash, u64::from_le_bytes(last))
}

/// The hash of nothing.
pub const START: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash with eight bytes more, little-endian: both halves of the product, so that every bit of the hash depends on every byte.
pub fn add_eight(hash: u64, eight: u64) -> u64 {
    let product = u128::from(hash ^ eight) * 0x9e37_79b9_7f4a_7c15;
    product as u64 ^ (product >> 64) as u64
}

/// The bits of a slot that hold the tag of a word's hash; the others hold the offset of its record.
pub const TAG: u32 = 0xff00_0000;

/// Bits of a hash that tell most words of one run of slots apart, so that their records need not be read.
pub fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32 & TAG
}
