//! The names that may stand for a person alone: surname, parts of a double one, given name.

use std::borrow::Cow;
use std::cell::OnceCell;

use rustc_hash::{FxBuildHasher, FxHashMap};
use smallvec::SmallVec;

use super::cluster::Cluster;
use super::keys;
use super::name::Name;
use crate::text::{Lex, Token, WordFilter};

/// Which clusters a name alone may stand for.
pub struct ShortForms<'a> {
    surnames: Forms<'a>,
    given: Forms<'a>,
    /// Bytes of the longest name that may stand alone.
    longest: usize,
    /// Of `surnames` and `given`: most capitalized words of a draft are neither.
    filter: WordFilter,
    /// Full names written as one word; made when one is first asked for.
    joined: OnceCell<FxHashMap<String, SmallVec<[usize; 2]>>>,
    /// The surnames that may be of a Slavic people, folded; made when one is first asked for.
    slavic: OnceCell<FxHashMap<String, SmallVec<[usize; 2]>>>,
    /// A bit for each class of first letters of those.
    slavic_starts: u32,
}

type Forms<'a> = FxHashMap<Cow<'a, str>, SmallVec<[usize; 2]>>;

impl<'a> ShortForms<'a> {
    pub fn new(clusters: &[Cluster<'a>]) -> ShortForms<'a> {
        let forms = || Forms::with_capacity_and_hasher(2 * clusters.len(), FxBuildHasher);
        let mut forms = ShortForms {
            surnames: forms(),
            given: forms(),
            longest: 0,
            filter: WordFilter::new([]),
            joined: OnceCell::new(),
            slavic: OnceCell::new(),
            slavic_starts: 0,
        };
        for (index, cluster) in clusters.iter().enumerate() {
            forms.add(index, cluster);
        }
        forms
    }

    pub fn add(&mut self, index: usize, cluster: &Cluster<'a>) {
        let (filter, longest) = (&mut self.filter, &mut self.longest);
        let mut put = |map: &mut Forms<'a>, key: Cow<'a, str>| {
            if key.len() < 2 {
                return;
            }
            filter.add(&key);
            *longest = key.len().max(*longest);
            let entry = map.entry(key).or_default();
            if entry.last() != Some(&index) {
                entry.push(index);
            }
        };
        for name in std::iter::once(&cluster.name).chain(cluster.mentions.iter().map(|m| &m.name)) {
            put(&mut self.surnames, name.surname.clone());
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
        if may_be_slavic(&cluster.name) {
            self.slavic_starts |= 1 << keys::slavic_start(&cluster.name.surname);
            if let Some(slavic) = self.slavic.get_mut() {
                put_slavic(slavic, index, &cluster.name);
            }
        }
    }

    /// Whether so many words are more than any name that may stand alone.
    pub fn is_too_long(&self, words: usize) -> bool {
        words > self.longest
    }

    /// Whether `key` may be the surname or the given name of somebody; where not, it is neither. `token` is the one whose whole
    /// word it is, not folded, if it is: then the token brings the key's hash.
    pub fn may_hold(&self, token: Option<&Token>, key: &str) -> bool {
        match token {
            Some(token) => self.filter.may_hold(token.hash),
            None => self.filter.may_hold_word(key),
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
            || self.slavic_starts & 1 << keys::slavic_start(key) == 0
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
            for (index, cluster) in clusters.iter().enumerate().filter(|(_, c)| may_be_slavic(&c.name)) {
                put_slavic(&mut slavic, index, &cluster.name);
            }
            slavic
        });
        slavic.get(&folded).map_or(&[], |s| s.as_slice())
    }

    pub fn surname(&self, key: &str) -> &[usize] {
        self.surnames.get(key).map_or(&[], |s| s.as_slice())
    }

    /// Whose full name `key`, one word, is without its space: by the names that were there when short names began to be given to people.
    pub fn joined(&self, clusters: &[Cluster], key: &str) -> &[usize] {
        let joined = self.joined.get_or_init(|| {
            let mut joined: FxHashMap<String, SmallVec<[usize; 2]>> = FxHashMap::default();
            for (index, cluster) in clusters.iter().enumerate() {
                let settled = cluster.mentions[..cluster.settled].iter().map(|m| &m.name);
                for name in std::iter::once(&cluster.name).chain(settled) {
                    let [given] = &name.given[..] else { continue };
                    let entry = joined.entry([given, &*name.surname].concat()).or_default();
                    if entry.last() != Some(&index) {
                        entry.push(index);
                    }
                }
            }
            joined
        });
        joined.get(key).map_or(&[], |s| s.as_slice())
    }

    pub fn given(&self, key: &str) -> &[usize] {
        self.given.get(key).map_or(&[], |s| s.as_slice())
    }
}

fn may_be_slavic(name: &Name<'_>) -> bool {
    !Lex::of(&name.surname).is(Lex::WORD | Lex::COMMON_SURNAME)
}

fn put_slavic(slavic: &mut FxHashMap<String, SmallVec<[usize; 2]>>, index: usize, name: &Name<'_>) {
    slavic.entry(name.surname_folds.slavic(&name.surname).to_owned()).or_default().push(index);
}
