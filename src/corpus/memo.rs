//! Answers of the archive that are kept.

use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard};

use rustc_hash::FxHashMap;

/// Answers that were given already. It is emptied when it is full: a run asks the same things again and again, or never.
#[derive(Debug)]
pub(super) struct Memo<K, V> {
    answers: Mutex<FxHashMap<K, Arc<V>>>,
    most: usize,
}

/// How many answers are remembered, where each is small.
const REMEMBERED: usize = 2048;
impl<K, V> Default for Memo<K, V> {
    fn default() -> Memo<K, V> {
        Memo::of(REMEMBERED)
    }
}

impl<K, V> Memo<K, V> {
    pub fn of(most: usize) -> Memo<K, V> {
        Memo { answers: Mutex::default(), most }
    }
}

impl<K: Eq + Hash, V> Memo<K, V> {
    fn lock(&self) -> MutexGuard<'_, FxHashMap<K, Arc<V>>> {
        self.answers.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// The answer, if it was given already.
    pub fn known(&self, key: &K) -> Option<Arc<V>> {
        self.lock().get(key).cloned()
    }

    pub fn get(&self, key: K, ask: impl FnOnce(&K) -> V) -> Arc<V> {
        if let Some(known) = self.known(&key) {
            return known;
        }
        // Asked without the lock: two threads may ask the same, and get the same.
        let value = Arc::new(ask(&key));
        let mut map = self.lock();
        if map.len() >= self.most {
            map.clear();
        }
        map.insert(key, value.clone());
        value
    }
}
