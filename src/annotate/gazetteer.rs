//! The names that the reference knows, for the annotators: a listed name is found wherever it stands.

use rustc_hash::FxHashMap;

use crate::text::fold::ascii_key;

/// A person, organization or place that the reference lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The house form of its name.
    pub name: String,
    /// Which entry of the reference it is: equal ids are one person.
    pub id: u32,
    pub kind: KnownKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KnownKind {
    Person,
    Organization,
    Place,
}

/// Names by their [`ascii_key`]. Built from facts files and archive, and the same for every draft of a run.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    forms: FxHashMap<String, Vec<Known>>,
    /// The longest form, in words.
    longest: usize,
}

impl Gazetteer {
    /// Adds one form (house form, variant or wrong form) of a known name.
    pub fn add(&mut self, form: &str, known: Known) {
        let key = ascii_key(form);
        self.longest = self.longest.max(key.split(' ').count());
        let entry = self.forms.entry(key).or_default();
        if !entry.contains(&known) {
            entry.push(known);
        }
    }

    /// Who or what bears the name whose [`ascii_key`] is `key`.
    pub fn get(&self, key: &str) -> &[Known] {
        self.forms.get(key).map_or(&[], Vec::as_slice)
    }

    /// The number of words of the longest form; 0 when nothing is known.
    pub fn longest(&self) -> usize {
        self.longest
    }
}
