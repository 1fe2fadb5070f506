//! Builds the lexicon: one map from a lower-case word to what `rules/lexicon/*.txt` say of it, as a hash table that the binary reads
//! in place. The order of `LISTS` is the order of the bits; `src/text/lexicon.rs` names them and reads the table.

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

#[path = "src/text/word_hash.rs"]
mod word_hash;
use word_hash::{TAG, tag, word_hash};

const LISTS: [&str; 20] = [
    "words",
    "common-words",
    "proper-words",
    "given-male",
    "given-female",
    "surnames",
    "common-surnames",
    "cities",
    "countries",
    "us-states",
    "demonyms",
    "function-words",
    "months",
    "weekdays",
    "speech-verbs",
    "organization-tails",
    "given-world-male",
    "given-world-female",
    "given-world",
    "surnames-world",
];

/// The lists whose words make up most of any text: common-words, function-words, months, weekdays, speech-verbs. Their records stand
/// together, so that those in use stay in the processor's cache, and in the first slots.
const COMMON: u32 = 1 << 1 | 1 << 11 | 1 << 12 | 1 << 13 | 1 << 14;

fn main() {
    println!("cargo::rerun-if-changed=rules/lexicon");
    let mut words: BTreeMap<String, u32> = BTreeMap::new();
    for (bit, list) in LISTS.iter().enumerate() {
        let path = Path::new("rules/lexicon").join(format!("{list}.txt"));
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        for word in text.lines().map(str::trim).filter(|w| !w.is_empty() && !w.starts_with('#')) {
            *words.entry(word.to_owned()).or_default() |= 1 << bit;
        }
    }
    let out = Path::new(&env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("lexicon.table");
    fs::write(out, table(&words)).expect("OUT_DIR can be written");
}

/// The table, all numbers little-endian `u32`: the number of slots (a power of two); for each slot 0, or the offset of its
/// record with the [`tag`](word_hash::tag) of its word's hash in the upper byte; then the records: flags, one byte of length, the
/// word. Eight bytes of nothing end it, so that a reader may take eight bytes of any word at once. A word is in the first slot from
/// its hash on that was free.
fn table(words: &BTreeMap<String, u32>) -> Vec<u8> {
    assert!(LISTS.len() <= 32, "the flags are 32 bits");
    let slots = (words.len() * 5 / 4).next_power_of_two();
    let mut offsets = vec![0_u32; slots];
    let mut records = Vec::new();
    let is_common = |flags: u32| flags & COMMON != 0;
    let common = words.iter().filter(|(_, f)| is_common(**f));
    for (word, flags) in common.chain(words.iter().filter(|(_, f)| !is_common(**f))) {
        let hash = word_hash(word);
        let mut slot = hash as usize & (slots - 1);
        while offsets[slot] != 0 {
            slot = (slot + 1) & (slots - 1);
        }
        let offset = (4 + 4 * slots + records.len()) as u32;
        assert_eq!(offset & TAG, 0, "the table has at most 16 MB");
        offsets[slot] = offset | tag(hash);
        records.extend(flags.to_le_bytes());
        records.push(u8::try_from(word.len()).expect("words are short"));
        records.extend(word.as_bytes());
    }
    let header = [slots as u32];
    let numbers = header.iter().chain(&offsets).flat_map(|n| n.to_le_bytes());
    numbers.chain(records).chain([0; 8]).collect()
}
