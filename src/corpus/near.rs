//! Keys one slip apart: a letter more, less or other, or two exchanged.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// Finds the listed keys near another key without comparing it to all of them: two keys one edit apart share one of their
/// forms with a letter left out.
#[derive(Clone, Debug, Default)]
pub struct NearIndex {
    keys: Vec<String>,
    positions: FxHashMap<String, u32>,
    shorter: FxHashMap<String, SmallVec<[u32; 2]>>,
}

impl NearIndex {
    pub fn add(&mut self, key: &str) {
        if self.positions.contains_key(key) {
            return;
        }
        let position = self.keys.len() as u32;
        self.keys.push(key.to_owned());
        self.positions.insert(key.to_owned(), position);
        for form in shortened(key) {
            self.shorter.entry(form).or_default().push(position);
        }
    }

    /// The listed keys at distance one from `key`, sorted.
    pub fn near(&self, key: &str) -> Vec<&str> {
        let mut near: Vec<&str> = shortened(key)
            .iter()
            .filter_map(|form| self.shorter.get(form))
            .flatten()
            .map(|&position| self.keys[position as usize].as_str())
            .filter(|listed| strsim::osa_distance(listed, key) == 1)
            .collect();
        near.sort_unstable();
        near.dedup();
        near
    }
}

/// The key, and the key without each of its letters.
pub fn shortened(key: &str) -> Vec<String> {
    let mut all = vec![key.to_owned()];
    for (at, c) in key.char_indices() {
        let mut shorter = key.to_owned();
        shorter.replace_range(at..at + c.len_utf8(), "");
        all.push(shorter);
    }
    all.dedup();
    all
}
