//! Builds the lexicon: one map from a lower-case word to what `rules/lexicon/*.txt` say of it, as a hash table that the binary reads
//! in place. The order of `LISTS` is the order of the bits; `src/text/lexicon.rs` names them and reads the table.

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

#[path = "src/text/word_hash.rs"]
mod word_hash;
use word_hash::{FLAGS, slot, tag, word_hash};

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

/// The lists whose words make up most of any text: common-words, function-words, months, weekdays, speech-verbs. They are in the first
/// slots.
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

/// The table: for each slot 0, or the flags of its word with the [`tag`](word_hash::tag) of the word's hash above them, as a
/// little-endian `u64`. A word is in the first slot from its own on that was free, and its letters are nowhere: what a reader has to
/// fetch is one number. Three slots in five are taken, which keeps the runs short.
fn table(words: &BTreeMap<String, u32>) -> Vec<u8> {
    assert!(LISTS.len() <= FLAGS.count_ones() as usize, "the flags of all lists have room in a slot");
    let slots = words.len() * 5 / 3;
    let mut table = vec![0_u64; slots];
    let is_common = |flags: u32| flags & COMMON != 0;
    let common = words.iter().filter(|(_, f)| is_common(**f));
    for (word, flags) in common.chain(words.iter().filter(|(_, f)| !is_common(**f))) {
        let hash = word_hash(word);
        let mut at = slot(hash, slots);
        while table[at] != 0 {
            assert_ne!(table[at] & !FLAGS, tag(hash), "{word} looks like another word");
            at = (at + 1) % slots;
        }
        table[at] = tag(hash) | u64::from(*flags);
    }
    table.iter().flat_map(|entry| entry.to_le_bytes()).collect()
}
