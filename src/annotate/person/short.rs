//! The names that may stand for a person alone: surname, parts of a double one, given name.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::resolve::Cluster;

/// Which clusters a name alone may stand for.
pub struct ShortForms<'a> {
    surnames: Forms<'a>,
    given: Forms<'a>,
    /// Full names written as one word.
    joined: Forms<'a>,
}

type Forms<'a> = FxHashMap<Cow<'a, str>, SmallVec<[usize; 2]>>;

impl<'a> ShortForms<'a> {
    pub fn new(clusters: &[Cluster<'a>]) -> ShortForms<'a> {
        let mut forms =
            ShortForms { surnames: FxHashMap::default(), given: FxHashMap::default(), joined: FxHashMap::default() };
        for (index, cluster) in clusters.iter().enumerate() {
            forms.add(index, cluster);
        }
        forms
    }

    pub fn add(&mut self, index: usize, cluster: &Cluster<'a>) {
        let put = |map: &mut Forms<'a>, key: Cow<'a, str>| {
            if key.len() < 2 {
                return;
            }
            let entry = map.entry(key).or_default();
            if !entry.contains(&index) {
                entry.push(index);
            }
        };
        for name in std::iter::once(&cluster.name).chain(cluster.mentions.iter().map(|m| &m.name)) {
            put(&mut self.surnames, name.surname.clone());
            if let [given] = &name.given[..] {
                put(&mut self.joined, [given, &*name.surname].concat().into());
            }
            // El-Sisi is al-Sisi and Sisi.
            if let Some((article, rest)) = name.surname.split_once(' ')
                && article.len() <= 3
            {
                put(&mut self.surnames, rest.to_owned().into());
                if matches!(article, "al" | "el") {
                    put(&mut self.surnames, format!("{} {rest}", if article == "al" { "el" } else { "al" }).into());
                }
            }
            for short in &name.short {
                put(&mut self.surnames, short.clone());
            }
            if let Some(given) = name.given.first() {
                put(&mut self.given, given.clone());
                if name.given.len() > 1 {
                    put(&mut self.given, name.given.join(" ").into());
                }
            }
            if let Some(nickname) = name.nickname {
                put(&mut self.given, nickname.into());
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
