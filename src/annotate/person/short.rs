//! The names that may stand for a person alone: surname, parts of a double one, given name.

use std::borrow::Cow;
use std::cell::OnceCell;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::cluster::Cluster;
use super::keys;
use super::name::Name;
use crate::text::Lex;

/// Which clusters a name alone may stand for.
pub struct ShortForms<'a> {
    surnames: Forms<'a>,
    given: Forms<'a>,
    /// Full names written as one word.
    joined: Forms<'a>,
    /// The surnames that may be of a Slavic people, folded; made when one is first asked for.
    slavic: OnceCell<FxHashMap<String, SmallVec<[usize; 2]>>>,
}

type Forms<'a> = FxHashMap<Cow<'a, str>, SmallVec<[usize; 2]>>;

impl<'a> ShortForms<'a> {
    pub fn new(clusters: &[Cluster<'a>]) -> ShortForms<'a> {
        let mut forms = ShortForms {
            surnames: FxHashMap::default(),
            given: FxHashMap::default(),
            joined: FxHashMap::default(),
            slavic: OnceCell::new(),
        };
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
            if entry.last() != Some(&index) {
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
        if let Some(slavic) = self.slavic.get_mut() {
            put_slavic(slavic, index, &cluster.name);
        }
    }

    /// People whose surname is `key` under a fold: only a surname that no English list has, of some length.
    pub fn folded(&self, clusters: &[Cluster<'a>], key: &str) -> &[usize] {
        // What no Slavic surname ends in, whatever its spelling: most keys need no fold.
        let may_end = |last: u8| {
            matches!(last, b'i' | b'y' | b'j' | b'v' | b'w' | b'f' | b's' | b'z' | b'o' | b'n' | b'k' | b'c' | b'h')
        };
        if key.len() < 5
            || !key.bytes().last().is_some_and(may_end)
            || Lex::of(key).is(Lex::WORD | Lex::COMMON_SURNAME | Lex::GIVEN)
        {
            return &[];
        }
        let folded = keys::slavic(key);
        if !["ski", "ov", "ev", "ko", "in", "uk", "ic", "enko", "ii"].iter().any(|end| folded.ends_with(end)) {
            return &[];
        }
        let slavic = self.slavic.get_or_init(|| {
            let mut slavic = FxHashMap::default();
            clusters.iter().enumerate().for_each(|(index, cluster)| put_slavic(&mut slavic, index, &cluster.name));
            slavic
        });
        slavic.get(&folded).map_or(&[], |s| s.as_slice())
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

fn put_slavic(slavic: &mut FxHashMap<String, SmallVec<[usize; 2]>>, index: usize, name: &Name<'_>) {
    if !Lex::of(&name.surname).is(Lex::WORD | Lex::COMMON_SURNAME) {
        slavic.entry(name.surname_folds.slavic(&name.surname).to_owned()).or_default().push(index);
    }
}
