//! The names that may stand for a person alone: surname, parts of a double one, given name.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::resolve::Cluster;

/// Which clusters a name alone may stand for.
pub struct ShortForms {
    surnames: FxHashMap<String, SmallVec<[usize; 2]>>,
    given: FxHashMap<String, SmallVec<[usize; 2]>>,
    /// Full names written as one word.
    joined: FxHashMap<String, SmallVec<[usize; 2]>>,
}

impl ShortForms {
    pub fn new(clusters: &[Cluster]) -> ShortForms {
        let mut forms =
            ShortForms { surnames: FxHashMap::default(), given: FxHashMap::default(), joined: FxHashMap::default() };
        for (index, cluster) in clusters.iter().enumerate() {
            forms.add(index, cluster);
        }
        forms
    }

    pub fn add(&mut self, index: usize, cluster: &Cluster) {
        let put = |map: &mut FxHashMap<String, SmallVec<[usize; 2]>>, key: &str| {
            if key.len() < 2 {
                return;
            }
            let entry = map.entry(key.to_owned()).or_default();
            if !entry.contains(&index) {
                entry.push(index);
            }
        };
        for name in std::iter::once(&cluster.name).chain(cluster.mentions.iter().map(|m| &m.name)) {
            put(&mut self.surnames, &name.surname);
            if let [given] = &name.given[..] {
                put(&mut self.joined, &[given.as_str(), &name.surname].concat());
            }
            // El-Sisi is al-Sisi and Sisi.
            if let Some((article, rest)) = name.surname.split_once(' ')
                && article.len() <= 3
            {
                put(&mut self.surnames, rest);
                if matches!(article, "al" | "el") {
                    put(&mut self.surnames, &format!("{} {rest}", if article == "al" { "el" } else { "al" }));
                }
            }
            for short in &name.short {
                put(&mut self.surnames, short);
            }
            if let Some(given) = name.given.first() {
                put(&mut self.given, given);
                if name.given.len() > 1 {
                    put(&mut self.given, &name.given.join(" "));
                }
            }
            if let Some(nickname) = &name.nickname {
                put(&mut self.given, nickname);
            }
        }
    }

    pub fn surname(&self, key: &str) -> &[usize] {
        self.surnames.get(key).map_or(&[], |s| s.as_slice())
    }

    /// Whose full name `key`, one word, is without its space.
    pub fn joined(&self, key: &str) -> &[usize] {
        self.joined.get(key).map_or(&[], |s| s.as_slice())
    }

    pub fn given(&self, key: &str) -> &[usize] {
        self.given.get(key).map_or(&[], |s| s.as_slice())
    }
}
