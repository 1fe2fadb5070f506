//! Which of many people a name may be one with: those that share a key with it.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::chinese;
use super::cluster::Cluster;
use super::name::Name;

/// Up to this many people each name is held against all of them: that is quicker than making keys.
const FEW: usize = 24;

/// The people of a draft by the keys under which [`reason`](super::agree::reason) can join a name with one of theirs, so that a name
/// in a long draft costs no more than one in a short draft.
#[derive(Default)]
pub struct Meetings<'a> {
    keys: FxHashMap<Key<'a>, SmallVec<[usize; 2]>>,
    known: FxHashMap<u32, usize>,
    /// How many clusters are in `keys`.
    clusters: usize,
}

/// What two names of one person have in common.
#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    Surname(Cow<'a, str>),
    Short(Cow<'a, str>),
    Given(Cow<'a, str>),
    Slavic(String),
    Arabic(String),
    /// A Chinese given name in two words, as in Wade–Giles, and in one, as in pinyin: each meets the other alone.
    TwoWords(String),
    OneWord(String),
}

impl<'a> Meetings<'a> {
    /// The clusters with which `name` may be one, in their order. Whoever is left out has no [`reason`](super::agree::reason) to be.
    pub fn of(&mut self, clusters: &[Cluster<'a>], name: &Name<'a>, known: Option<u32>) -> SmallVec<[usize; FEW]> {
        if clusters.len() <= FEW {
            return (0..clusters.len()).collect();
        }
        for (index, cluster) in clusters.iter().enumerate().skip(self.clusters) {
            self.clusters = index + 1;
            for form in &cluster.forms {
                self.add(index, &cluster.mentions[*form].name);
            }
            if let Some(id) = cluster.known {
                self.is_known(index, id);
            }
        }
        let mut found: SmallVec<[usize; FEW]> = SmallVec::new();
        let mut look = |key: Key<'a>| found.extend(self.keys.get(&key).into_iter().flatten().copied());
        look(Key::Surname(name.surname.clone()));
        look(Key::Short(name.surname.clone()));
        look(Key::Given(name.surname.clone()));
        name.short.iter().chain(name.given.first()).for_each(|short| look(Key::Surname(short.clone())));
        surname_folds(name).into_iter().for_each(&mut look);
        if let Some((key, two_words)) = chinese_key(name) {
            look(if two_words { Key::OneWord(key) } else { Key::TwoWords(key) });
        }
        found.extend(known.and_then(|id| self.known.get(&id)).copied());
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Notes that the cluster at `index` is called `name` too.
    pub fn add(&mut self, index: usize, name: &Name<'a>) {
        // What is not in yet will be put in with all its names.
        if index >= self.clusters {
            return;
        }
        let mut put = |key: Key<'a>| {
            let at = self.keys.entry(key).or_default();
            if at.last() != Some(&index) {
                at.push(index);
            }
        };
        put(Key::Surname(name.surname.clone()));
        name.short.iter().for_each(|short| put(Key::Short(short.clone())));
        name.given.first().into_iter().for_each(|given| put(Key::Given(given.clone())));
        surname_folds(name).into_iter().for_each(&mut put);
        if let Some((key, two_words)) = chinese_key(name) {
            put(if two_words { Key::TwoWords(key) } else { Key::OneWord(key) });
        }
    }

    /// Notes that the cluster at `index` is the entry `id` of the reference.
    pub fn is_known(&mut self, index: usize, id: u32) {
        let first = self.known.entry(id).or_insert(index);
        *first = index.min(*first);
    }
}

fn surname_folds<'a>(name: &Name<'a>) -> [Key<'a>; 2] {
    let (folds, surname) = (&name.surname_folds, &*name.surname);
    [Key::Slavic(folds.slavic(surname).to_owned()), Key::Arabic(folds.arabic(surname).to_owned())]
}

/// The key of a Chinese given name, and whether it is in two words.
fn chinese_key(name: &Name<'_>) -> Option<(String, bool)> {
    let given = name.given.first()?;
    Some((chinese::key(given)?, given.contains(' ')))
}
