//! Two people with full names that may be one: a part agrees, and the other is one slip off or a wrong given name.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::hash::Hash;
use std::ops::RangeInclusive;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::slips::{Slips, is_slip};
use super::spelling::{CODE, Conflict, push, push_wrong};
use super::{given, kin};
use crate::annotate::Person;
use crate::annotate::person::{NameForm, PersonMention, TitleKind};
use crate::checks::Context;
use crate::diagnostic::Confidence;
use crate::text::fold::ascii_key;
use crate::text::{Lex, Span};

/// Whether the draft says what this person is, beside a full mention: then it is introduced as somebody of its own.
pub fn is_introduced(person: &Person) -> bool {
    person.titles.iter().any(|t| t.kind != TitleKind::Courtesy)
}

/// A person with a full name in the draft, with the keys of its parts.
pub struct Named<'a> {
    pub person: &'a Person,
    pub full: &'a PersonMention,
    pub given: String,
    pub surname: String,
}

impl Named<'_> {
    /// The full mentions.
    pub fn uses(&self) -> usize {
        self.person.mentions.iter().filter(|m| m.form == NameForm::Full).count()
    }
}

/// People with full names of which one part agrees, and the other is one slip apart or a wrong given name. Only people who share
/// a surname or a given name are compared.
pub fn between<'a>(cx: &Context, conflicts: &mut Vec<Conflict<'a>>) {
    // Most drafts name one person in full, or none.
    if cx.annotations.people.iter().filter(|p| p.first_full().is_some()).nth(1).is_none() {
        return;
    }
    let named: Vec<Named> = cx
        .annotations
        .people
        .iter()
        .filter_map(|person| {
            let full = person.first_full()?;
            let (given, surname) = (ascii_key(person.given.as_ref()?), ascii_key(&person.surname));
            full.surname.and(full.given).map(|_| Named { person, full, given, surname })
        })
        .collect();
    if named.len() < 2 {
        return;
    }
    let all = All::new(&named);
    // Those who share a name stand together, in the order in which they are named.
    let mut order: Vec<usize> = (0..named.len()).collect();
    order.sort_by_key(|&at| (&named[at].given, at));
    for members in order.chunk_by(|&a, &b| named[a].given == named[b].given).filter(|members| members.len() > 1) {
        let slips = Slips::new(members.iter().map(|&m| named[m].surname.as_str()));
        for (i, &a) in members.iter().enumerate() {
            let later = slips.of(&named[a].surname).into_iter().filter(|&other| other > i);
            for b in later.map(|other| members[other]).filter(|&b| named[a].surname != named[b].surname) {
                same_given(cx, &named[a], &named[b], conflicts);
            }
        }
    }
    order.sort_by_key(|&at| (&named[at].surname, at));
    for members in order.chunk_by(|&a, &b| named[a].surname == named[b].surname) {
        for (i, &a) in members.iter().enumerate() {
            for &b in members[i + 1..].iter().take(FAMILY) {
                same_surname(cx, &all, &named[a], &named[b], conflicts);
            }
        }
    }
    family_slips(cx, &named, conflicts);
    kin_slips(cx, &all, conflicts);
    given::family_first(cx, &all, conflicts);
}

/// People of one surname are held against so many of that surname named next: a longer list of them is no family.
const FAMILY: usize = 48;

/// The people of a draft with full names, and where to look for some of them.
pub struct All<'n, 'a> {
    pub named: &'n [Named<'a>],
    // Each made when it is first asked for.
    by_given: OnceCell<FxHashMap<&'n str, Vec<usize>>>,
    mentioned: OnceCell<FxHashMap<&'n str, Vec<(u32, usize)>>>,
    by_surname: OnceCell<FxHashMap<&'n str, usize>>,
    by_sentence: OnceCell<FxHashMap<u32, usize>>,
    slips: OnceCell<Slips>,
    alone: OnceCell<FxHashMap<u32, SmallVec<[u32; 2]>>>,
    kin_in_headline: OnceCell<bool>,
}

impl<'n, 'a> All<'n, 'a> {
    fn new(named: &'n [Named<'a>]) -> All<'n, 'a> {
        All {
            named,
            by_given: OnceCell::new(),
            mentioned: OnceCell::new(),
            by_surname: OnceCell::new(),
            by_sentence: OnceCell::new(),
            slips: OnceCell::new(),
            alone: OnceCell::new(),
            kin_in_headline: OnceCell::new(),
        }
    }

    /// Those of that given name, in the order in which they are named.
    pub fn called(&self, given: &str) -> impl Iterator<Item = &'n Named<'a>> {
        let named = self.named;
        let by_given = self.by_given.get_or_init(|| {
            let mut by_given: FxHashMap<&'n str, Vec<usize>> = FxHashMap::default();
            named.iter().enumerate().for_each(|(at, one)| by_given.entry(&one.given).or_default().push(at));
            by_given
        });
        by_given.get(given).into_iter().flatten().map(move |&at| &named[at])
    }

    /// How many have that surname.
    fn bearers(&self, surname: &str) -> usize {
        let by_surname = self.by_surname.get_or_init(|| counted(self.named.iter().map(|n| n.surname.as_str())));
        by_surname.get(surname).copied().unwrap_or(0)
    }

    /// Those whose surname may be a slip from this one, in the order in which they are named.
    fn with_a_slip(&self, surname: &str) -> impl Iterator<Item = &'n Named<'a>> {
        let named = self.named;
        let slips = self.slips.get_or_init(|| Slips::new(named.iter().map(|n| n.surname.as_str())));
        slips.of(surname).into_iter().map(move |at| &named[at])
    }

    /// Those of that given name who are mentioned in these blocks.
    pub fn called_in(&self, given: &str, blocks: RangeInclusive<u32>) -> impl Iterator<Item = &'n Named<'a>> {
        let named = self.named;
        let mentioned = self.mentioned.get_or_init(|| {
            let mut mentioned: FxHashMap<&'n str, Vec<(u32, usize)>> = FxHashMap::default();
            for (at, one) in named.iter().enumerate() {
                let blocks = one.person.mentions.iter().map(|m| (m.block, at));
                mentioned.entry(&one.given).or_default().extend(blocks);
            }
            mentioned.values_mut().for_each(|blocks| blocks.sort_unstable());
            mentioned
        });
        let all = mentioned.get(given).map_or(&[][..], |all| all.as_slice());
        let all = &all[all.partition_point(|(block, _)| block < blocks.start())..];
        all.iter().take_while(move |(block, _)| block <= blocks.end()).map(move |&(_, at)| &named[at])
    }

    /// Whether the draft has the capitalized word at `name` elsewhere, without a capital after it.
    pub fn stands_alone(&self, cx: &Context, name: Span) -> bool {
        let draft = cx.draft;
        let alone = self.alone.get_or_init(|| {
            let mut alone: FxHashMap<u32, SmallVec<[u32; 2]>> = FxHashMap::default();
            for (at, pair) in draft.tokens.windows(2).enumerate().filter(|(_, pair)| pair[0].is_capital()) {
                if !pair[1].is_capital() {
                    alone.entry(pair[0].hash).or_default().push(at as u32);
                }
            }
            alone
        });
        let words = draft.words_at(name);
        let uses = alone.get(&draft.tokens[draft.token_at(name.start)].hash);
        let mut uses = uses.into_iter().flatten().map(|&at| &draft.tokens[at as usize]);
        uses.any(|t| t.span != name && draft.word(t) == words)
    }

    /// Whether headline or standfirst tells of relatives.
    pub fn kin_in_headline(&self, cx: &Context) -> bool {
        *self.kin_in_headline.get_or_init(|| kin::is_in_headline(cx))
    }

    /// How many are first named in that sentence.
    pub fn named_in(&self, sentence: u32) -> usize {
        let by_sentence = self.by_sentence.get_or_init(|| counted(self.named.iter().map(|n| n.full.sentence)));
        by_sentence.get(&sentence).copied().unwrap_or(0)
    }
}

fn counted<K: Eq + Hash>(keys: impl Iterator<Item = K>) -> FxHashMap<K, usize> {
    let mut counts = FxHashMap::default();
    keys.for_each(|key| *counts.entry(key).or_default() += 1);
    counts
}

/// Whether two people are known to be two; says so to who asks why.
fn are_known(cx: &Context, a: &Named, b: &Named) -> bool {
    let known = a.person.known.is_some() && b.person.known.is_some();
    if known {
        cx.kept_apart(CODE, a.full.span, b.full.span, || "known: two entries of the reference".to_owned());
    }
    known
}

/// The given names agree: are the surnames one slip apart?
fn same_given<'a>(cx: &Context, a: &Named, b: &Named, conflicts: &mut Vec<Conflict<'a>>) {
    if !is_slip(&a.surname, &b.surname) || are_known(cx, a, b) {
        return;
    }
    let gate = |why: &'static str| cx.kept_apart(CODE, a.full.span, b.full.span, || why.to_owned());
    let weight = |n: &Named| n.uses() + n.person.mentions.len();
    let (rare, often) = if weight(a) <= weight(b) { (a, b) } else { (b, a) };
    let unlisted = Lex::of(&a.surname).is_unknown() && Lex::of(&b.surname).is_unknown();
    if rare.uses() > 1 && often.uses() > 1 && !unlisted {
        return gate("uses: both full names stand more than once");
    }
    if is_introduced(rare.person) && is_introduced(often.person) && !same_office(a.person, b.person) && !unlisted {
        return gate("titles: each has a title of its own");
    }
    let common = Lex::of(&rare.surname).is(Lex::COMMON_SURNAME) && Lex::of(&a.given).is(Lex::GIVEN);
    let confidence = if common && rare.person.mentions.len() > 1 { Confidence::Likely } else { Confidence::Sure };
    let (of_a, of_b) = (surnames(a.person, a.full.span), surnames(b.person, b.full.span));
    push(cx, conflicts, &of_a, &of_b, confidence, "the given names agree, the surnames are one slip apart");
}

/// The surnames agree: are the given names one slip apart, or is one of them a wrong one?
fn same_surname<'a>(cx: &Context, all: &All, a: &Named, b: &Named, conflicts: &mut Vec<Conflict<'a>>) {
    if a.given.len() < 3 || b.given.len() < 3 || are_known(cx, a, b) {
        return;
    }
    let gate = |why: &'static str| cx.kept_apart(CODE, a.full.span, b.full.span, || why.to_owned());
    // Of two that stand as often the later is the rare one: bare surnames after a slip went to the slip.
    let (rare, often) = if (a.uses(), b.full.span) < (b.uses(), a.full.span) { (a, b) } else { (b, a) };
    let opposite = a.person.gender.zip(b.person.gender).is_some_and(|(x, y)| x != y);
    let (of_a, of_b) = (givens(a.person, a.full.span), givens(b.person, b.full.span));
    if is_near(&a.given, &b.given) {
        if opposite {
            return gate("gender: a man’s name and a woman’s");
        }
        if rare.uses() > 1 && often.uses() > 1 {
            return gate("uses: both full names stand more than once");
        }
        if a.given.contains(' ') && b.given.contains(' ') {
            return gate("given names of two syllables differ in one, as siblings’ do");
        }
        if is_introduced(rare.person) && is_introduced(often.person) && !same_office(a.person, b.person) {
            return gate("titles: each has a title of its own");
        }
        let why = "the surnames agree, the given names are one slip apart";
        return push(cx, conflicts, &of_a, &of_b, Confidence::Sure, why);
    }
    match given::wrong(cx, all, rare, often, opposite) {
        Ok(why) => {
            let (wrong, right) = (givens(rare.person, rare.full.span), givens(often.person, often.full.span));
            push_wrong(cx, conflicts, &wrong, &right, why);
        }
        Err(why) => gate(why),
    }
}

/// Pairs of rare surnames of one initial, one letter apart, with two given names.
fn family_slips<'a>(cx: &Context, named: &[Named], conflicts: &mut Vec<Conflict<'a>>) {
    /// Fewest letters of such a surname.
    const LONG: usize = 8;
    let own = Lex::WORD | Lex::COMMON_SURNAME | Lex::GIVEN | Lex::CITY;
    let mut rare: BTreeMap<char, Vec<&Named>> = BTreeMap::new();
    for one in named.iter().filter(|n| n.surname.len() >= LONG && !Lex::of(&n.surname).is(own)) {
        rare.entry(one.surname.chars().next().unwrap_or_default()).or_default().push(one);
    }
    for group in rare.values() {
        let slips = Slips::new(group.iter().map(|n| n.surname.as_str()));
        for (i, a) in group.iter().enumerate() {
            for b in slips.of(&a.surname).into_iter().filter(|&other| other > i).map(|other| group[other]) {
                if a.given != b.given && a.surname != b.surname && is_family_slip(cx, a, b) {
                    let why = "two given names, and two rare surnames one letter apart";
                    let (of_a, of_b) = (surnames(a.person, a.full.span), surnames(b.person, b.full.span));
                    push(cx, conflicts, &of_a, &of_b, Confidence::Likely, why);
                }
            }
        }
    }
}

/// Somebody introduced as kin of another, whose surname is one letter off the other's: his wife, Pamela Craft, where all else is Croft.
fn kin_slips<'a>(cx: &Context, all: &All, conflicts: &mut Vec<Conflict<'a>>) {
    for rare in all.named.iter().filter(|n| n.person.mentions.len() == 1 && kin::introduces(cx, n.full)) {
        let mut near: Vec<&Named> = all.with_a_slip(&rare.surname).collect();
        near.sort_by_key(|n| n.full.block);
        let near = near.into_iter().filter(|n| {
            n.full.block.abs_diff(rare.full.block) <= 2
                && n.person.id != rare.person.id
                && n.person.mentions.len() > 1
                && is_slip(&n.surname, &rare.surname)
                && strsim::osa_distance(&n.surname, &rare.surname) == 1
                && !differs_by_gender(&n.surname, &rare.surname)
                && !are_known(cx, n, rare)
        });
        let borne_by_others = all.bearers(&rare.surname) > 1;
        if let Some(often) = near.min_by_key(|n| n.full.block.abs_diff(rare.full.block)).filter(|_| !borne_by_others) {
            let wrong = surnames(rare.person, rare.full.span);
            let why = "kin by the draft's own words, the surnames are one letter apart";
            push(cx, conflicts, &wrong, &surnames(often.person, often.full.span), Confidence::Sure, why);
        }
    }
}

/// Surnames of man and wife in languages that bend them: Kowalski and Kowalska.
fn differs_by_gender(a: &str, b: &str) -> bool {
    let stem = |key: &str| key.strip_suffix(|c: char| "aeiouys".contains(c)).unwrap_or(key).to_owned();
    stem(a) == stem(b)
}

/// Whether two people seem to bear one rare surname that is misspelt for one of them: one letter apart, in no list but one of
/// surnames, and one of the two named so but once.
fn is_family_slip(cx: &Context, a: &Named, b: &Named) -> bool {
    if !is_slip(&a.surname, &b.surname) || strsim::osa_distance(&a.surname, &b.surname) > 1 || are_known(cx, a, b) {
        return false;
    }
    let named = |n: &Named| n.person.mentions.iter().filter(|m| m.surname.is_some()).count();
    let gate = |why: &str| cx.kept_apart(CODE, a.full.span, b.full.span, || why.to_owned());
    if !(Lex::of(&a.surname).is_unknown() || Lex::of(&b.surname).is_unknown()) {
        gate("listed: a surname of its own, and another given name");
        return false;
    }
    if named(a).min(named(b)) > 1 {
        gate("uses: both surnames stand more than once, with two given names");
        return false;
    }
    true
}

/// Whether two given names are one slip apart.
fn is_near(a: &str, b: &str) -> bool {
    let distance = strsim::osa_distance(a, b);
    a.chars().next() == b.chars().next() && (distance == 1 || distance == 2 && a.len().min(b.len()) >= 7)
}

pub fn surnames(person: &Person, first: Span) -> Vec<Span> {
    let mut spans: Vec<Span> = person.mentions.iter().filter_map(|m| m.surname).collect();
    if spans.is_empty() {
        spans.push(first);
    }
    spans
}

pub fn givens(person: &Person, first: Span) -> Vec<Span> {
    let mut spans: Vec<Span> =
        person.mentions.iter().filter(|m| m.form == NameForm::Full).filter_map(|m| m.given).collect();
    if spans.is_empty() {
        spans.push(first);
    }
    spans
}

/// Whether both have an office stated, the same one, with no two places.
pub fn same_office(a: &Person, b: &Person) -> bool {
    let office = |p: &Person| p.titles.iter().filter(|t| t.kind == TitleKind::Office).cloned().collect::<Vec<_>>();
    office(a).iter().any(|x| {
        office(b).iter().any(|y| {
            x.office == y.office
                && x.portfolio == y.portfolio
                && x.jurisdiction == y.jurisdiction
                && x.status == y.status
        })
    })
}
