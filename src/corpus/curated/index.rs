//! Where each form of a listed name leads.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::{Facts, Listed, NamedEntry, PersonEntry};
use crate::annotate::gazetteer::{Gazetteer, Known, KnownKind};
use crate::annotate::person::keys;
use crate::corpus::near::NearIndex;
use crate::text::fold::ascii_key;

/// What the desk says of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FormKind {
    /// The house form, or a short form of it.
    House,
    Short,
    /// Right elsewhere.
    Variant,
    /// Never right.
    Wrong,
}

/// A form of a listed name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormRef {
    pub kind: KnownKind,
    /// Index of the entry in its list of [`Facts`].
    pub entry: u32,
    pub form: FormKind,
}

/// Forms and surnames of all listed names, by [`ascii_key`].
#[derive(Clone, Debug, Default)]
pub struct NameIndex {
    forms: FxHashMap<String, SmallVec<[FormRef; 2]>>,
    surnames: FxHashMap<String, SmallVec<[u32; 2]>>,
    near: NearIndex,
    /// People by what romanizations of one surname share.
    folds: FxHashMap<String, SmallVec<[u32; 2]>>,
    /// Names of organizations and places in more than one word, as keys, and where those with this first or last word stand among them.
    phrases: Vec<Phrase>,
    by_end: FxHashMap<String, SmallVec<[u32; 2]>>,
    /// Those of one word, for their near-misspellings.
    single: FxHashMap<String, FormRef>,
    near_single: NearIndex,
    longest: usize,
}

/// A name of organization or place in several words.
#[derive(Clone, Debug)]
pub struct Phrase {
    pub form: FormRef,
    /// The [`ascii_key`] of each word.
    pub words: Vec<String>,
}

/// A name of one word has this many letters before one like it is called its misspelling.
const LEAST: usize = 6;

impl NameIndex {
    pub(super) fn build(facts: &Facts) -> NameIndex {
        let mut index = NameIndex::default();
        for (entry, person) in facts.people.iter().enumerate() {
            for (form, kind) in person_forms(person) {
                index.add(&form, FormRef { kind: KnownKind::Person, entry: entry as u32, form: kind });
            }
            let key = ascii_key(person.surname());
            index.near.add(&key);
            for fold in folds(&key) {
                let people = index.folds.entry(fold).or_default();
                if people.last() != Some(&(entry as u32)) {
                    people.push(entry as u32);
                }
            }
            index.surnames.entry(key).or_default().push(entry as u32);
        }
        for (kind, list) in [(KnownKind::Organization, &facts.organizations), (KnownKind::Place, &facts.places)] {
            for (entry, named) in list.iter().enumerate() {
                for (listed, form) in named.forms() {
                    let form = FormRef { kind, entry: entry as u32, form };
                    index.add(&listed.text, form);
                    if form.form <= FormKind::Short && listed.text.starts_with(char::is_uppercase) {
                        index.add_for_near(&listed.text, form);
                    }
                }
            }
        }
        index
    }

    fn add(&mut self, form: &str, found: FormRef) {
        let key = ascii_key(form);
        self.longest = self.longest.max(key.split(' ').count());
        let list = self.forms.entry(key).or_default();
        // The house form and a variant may share a key and differ in a hyphen or an accent: both stay.
        if !list.contains(&found) {
            list.push(found);
            list.sort_by_key(|f| (f.form, f.entry));
        }
    }

    fn add_for_near(&mut self, listed: &str, form: FormRef) {
        let key = ascii_key(listed);
        let words: Vec<String> = key.split(' ').map(str::to_owned).collect();
        if let [only] = &words[..] {
            if only.len() >= LEAST {
                self.near_single.add(only);
                self.single.entry(key).or_insert(form);
            }
            return;
        }
        let position = self.phrases.len() as u32;
        for end in [&words[0], &words[words.len() - 1]] {
            let list = self.by_end.entry(end.clone()).or_default();
            if !list.contains(&position) {
                list.push(position);
            }
        }
        self.phrases.push(Phrase { form, words });
    }

    /// The names of organizations and places in several words that begin or end with the word of this key.
    pub fn phrases_with_end(&self, key: &str) -> impl Iterator<Item = &Phrase> {
        self.by_end.get(key).into_iter().flatten().map(|&at| &self.phrases[at as usize])
    }

    /// The name of organization or place in one word that is one slip away from `key`.
    pub fn near_word(&self, key: &str) -> Option<FormRef> {
        if key.len() < LEAST {
            return None;
        }
        self.near_single.near(key).first().and_then(|near| self.single.get(*near)).copied()
    }

    /// The entries one of whose forms has this [`ascii_key`], house forms first.
    pub fn get(&self, key: &str) -> &[FormRef] {
        self.forms.get(key).map_or(&[], |list| list.as_slice())
    }

    /// The number of words of the longest form.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// The people (indexes of [`Facts::people`]) whose house surname has this [`ascii_key`].
    pub fn people_with_surname(&self, key: &str) -> &[u32] {
        self.surnames.get(key).map_or(&[], |list| list.as_slice())
    }

    /// The people whose house surname is one slip away from `key` (a letter more, less or other, or two exchanged), or another
    /// romanization of it. In list order.
    pub fn near_surname(&self, key: &str) -> Vec<u32> {
        let mut near: Vec<u32> =
            self.near.near(key).into_iter().flat_map(|k| self.people_with_surname(k)).copied().collect();
        near.extend(folds(key).filter_map(|fold| self.folds.get(&fold)).flatten());
        near.sort_unstable();
        near.dedup();
        near.retain(|at| !self.people_with_surname(key).contains(at));
        near
    }
}

/// What the spellings of one Slavic or Arabic surname share, under a letter that keeps the two apart; none where too little is left to
/// tell names apart, which behind an Arabic article is less.
fn folds(key: &str) -> impl Iterator<Item = String> {
    let article = ["al ", "el "].iter().any(|a| key.starts_with(a));
    let least = if article { 3 } else { 4 };
    let both = [('s', keys::slavic(key)), ('a', keys::arabic(key))];
    both.into_iter().filter(move |(_, fold)| fold.len() >= least).map(|(kind, fold)| format!("{kind}{fold}"))
}

/// Every form that names a person: as listed, and a listed surname with the given names of the house form.
fn person_forms(person: &PersonEntry) -> Vec<(String, FormKind)> {
    let mut forms = vec![(person.name.text.clone(), FormKind::House)];
    let lists = [(&person.variants, FormKind::Variant), (&person.wrong, FormKind::Wrong)];
    for (list, kind) in lists {
        for listed in list.iter() {
            forms.push((listed.text.clone(), kind));
            if !listed.text.contains(char::is_whitespace) && !person.given().is_empty() {
                let (given, surname) = (person.given(), &listed.text);
                let full =
                    if person.family_first { format!("{surname} {given}") } else { format!("{given} {surname}") };
                forms.push((full, kind));
            }
        }
    }
    forms
}

impl NamedEntry {
    /// Every listed form with what the desk says of it.
    pub fn forms(&self) -> impl Iterator<Item = (&Listed, FormKind)> {
        let short = self.short.iter().map(|l| (l, FormKind::Short));
        let variants = self.variants.iter().map(|l| (l, FormKind::Variant));
        let wrong = self.wrong.iter().map(|l| (l, FormKind::Wrong));
        std::iter::once((&self.name, FormKind::House)).chain(short).chain(variants).chain(wrong)
    }
}

impl Facts {
    /// The names the annotators should know: every form of every entry, with the entry's index as its id.
    pub fn fill(&self, gazetteer: &mut Gazetteer) {
        for (entry, person) in self.people.iter().enumerate() {
            for (form, _) in person_forms(person) {
                let name = person.name.text.clone();
                gazetteer.add(&form, Known { name, id: entry as u32, kind: KnownKind::Person });
            }
        }
        for (kind, list) in [(KnownKind::Organization, &self.organizations), (KnownKind::Place, &self.places)] {
            for (entry, named) in list.iter().enumerate() {
                for (listed, _) in named.forms() {
                    let name = named.name.text.clone();
                    gazetteer.add(&listed.text, Known { name, id: entry as u32, kind });
                }
            }
        }
    }
}
