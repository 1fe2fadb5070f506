//! Builds the lexicon: one map from a lower-case word to what `rules/lexicon/*.txt` say of it, as a finite-state transducer that
//! the binary reads in place. The order of `LISTS` is the order of the bits; `src/text/lexicon.rs` names them.

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

const LISTS: [&str; 16] = [
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
];

fn main() {
    println!("cargo::rerun-if-changed=rules/lexicon");
    let mut words: BTreeMap<String, u64> = BTreeMap::new();
    for (bit, list) in LISTS.iter().enumerate() {
        let path = Path::new("rules/lexicon").join(format!("{list}.txt"));
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        for word in text.lines().map(str::trim).filter(|w| !w.is_empty() && !w.starts_with('#')) {
            *words.entry(word.to_owned()).or_default() |= 1 << bit;
        }
    }
    let map = fst::Map::from_iter(words).expect("a BTreeMap iterates in order");
    let out = Path::new(&env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("lexicon.fst");
    fs::write(out, map.as_fst().as_bytes()).expect("OUT_DIR can be written");
}
