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

/// The bits of a slot that hold what the lists say of its word; the others hold the word's [`tag`].
pub const FLAGS: u64 = (1 << 24) - 1;

/// The first slot that a word may be in, of so many.
pub fn slot(hash: u64, slots: usize) -> usize {
    (((hash >> 32) * slots as u64) >> 32) as usize
}

/// The lower 40 bits of a word's hash, above the [`FLAGS`]. The place of its slot says the others, so that the slot stands for
/// the word: another one that comes to it has the same tag once in 10¹² times.
pub fn tag(hash: u64) -> u64 {
    hash << 24
}
