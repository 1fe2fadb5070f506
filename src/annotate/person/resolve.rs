//! Who is who: joins the names of a draft that are one person's, and keeps why.

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::{SmallVec, smallvec};

use super::find::Found;
use super::keys::{self, Fold};
use super::nicknames;
use super::offices::TitleKind;
use super::run::{Element, ElementKind};
use super::sieve::{Candidate, Trust};
use super::title::{self, RawTitle};
use super::view::View;
use super::{Gender, Link, NameForm, Person, PersonMention, Reason, TitleMention};
use crate::text::fold::ascii_key;
use crate::text::{Case, Lex, Span};

/// The parts of one name as keys.
#[derive(Clone, Debug)]
struct Name {
    /// Given names, initials and middle names, in order.
    given: SmallVec<[String; 2]>,
    nickname: Option<String>,
    surname: String,
    suffix: Option<String>,
    /// Other short forms: the parts of a double surname, the given name of a family-first one.
    short: SmallVec<[String; 2]>,
    /// The elements of the surname and of the first given name in the candidate.
    surname_at: (usize, usize),
    given_at: Option<usize>,
}

impl Name {
    fn is_full(&self) -> bool {
        !self.given.is_empty()
    }
}

/// Family names that stand first in Korean and Vietnamese names written in three words.
const FAMILY_FIRST: [&str; 34] = [
    "kim", "lee", "park", "choi", "jung", "jeong", "kang", "cho", "yoon", "jang", "lim", "han", "seo", "shin", "kwon",
    "hwang", "ahn", "yoo", "hong", "moon", "bae", "roh", "nguyen", "tran", "pham", "hoang", "phan", "vu", "vo", "dang",
    "bui", "ngo", "ly", "duong",
];

/// Common family names of China in pinyin.
const PINYIN_FAMILY: [&str; 60] = [
    "wang", "li", "zhang", "liu", "chen", "yang", "huang", "zhao", "wu", "zhou", "xu", "sun", "ma", "zhu", "hu", "guo",
    "he", "lin", "gao", "luo", "zheng", "liang", "xie", "song", "tang", "xi", "deng", "feng", "cao", "peng", "zeng",
    "xiao", "tian", "dong", "pan", "yuan", "cai", "jiang", "yu", "du", "ye", "cheng", "wei", "su", "lu", "ding", "ren",
    "yao", "shen", "zhong", "cui", "qin", "wen", "hua", "mao", "qian", "dai", "bo", "qiu", "meng",
];

fn key_of(view: View, elements: &[Element]) -> String {
    let (Some(first), Some(last)) = (elements.first(), elements.last()) else { return String::new() };
    let text = view.span(first.tokens.0, last.tokens.1).of(&view.draft.text);
    let mut key = ascii_key(text);
    if key.ends_with('.') {
        key.pop();
    }
    key
}

fn parts(view: View, elements: &[Element]) -> Name {
    let suffix = elements.iter().find(|e| e.kind == ElementKind::Suffix).map(|e| view.word(e.tokens.0).to_owned());
    let nickname =
        elements.iter().find(|e| e.kind == ElementKind::Nickname).map(|e| view.word(e.tokens.0 + 1).to_owned());
    let body: SmallVec<[usize; 6]> = (0..elements.len())
        .filter(|&i| !matches!(elements[i].kind, ElementKind::Suffix | ElementKind::Nickname))
        .collect();
    let key = |i: usize| key_of(view, &elements[i..=i]);
    let words: SmallVec<[usize; 6]> = body.iter().copied().filter(|&i| elements[i].kind == ElementKind::Word).collect();
    let none = Name {
        given: smallvec![],
        nickname: nickname.clone(),
        surname: String::new(),
        suffix: suffix.clone(),
        short: smallvec![],
        surname_at: (0, elements.len()),
        given_at: None,
    };
    if body.len() < 2 || words.is_empty() || words.len() == 1 && elements[body[0]].kind == ElementKind::Particle {
        return Name { surname: key_of(view, elements), ..none };
    }
    if is_family_first(view, elements, &words) {
        let rest = words[1..].iter().map(|&i| key(i)).collect::<Vec<_>>().join(" ");
        return Name {
            surname: key(words[0]),
            short: smallvec![rest.clone()],
            given: smallvec![rest],
            surname_at: (words[0], words[0] + 1),
            given_at: Some(words[1]),
            ..none
        };
    }
    let last = *words.last().expect("words is not empty");
    // The surname begins at its first particle; “y” and “e” tie the surname before them.
    let particle = body.iter().copied().find(|&i| i > 0 && elements[i].kind == ElementKind::Particle);
    let tie = particle.filter(|&i| matches!(view.word(elements[i].tokens.0), "y" | "e") && i >= 2);
    let start = tie.map_or(particle, |t| Some(t - 1)).filter(|&p| p <= last && p > 0).unwrap_or(last);
    let end = last + 1;
    let given: SmallVec<[String; 2]> =
        body.iter().copied().filter(|&i| i < start && elements[i].kind != ElementKind::Particle).map(key).collect();
    let mut short: SmallVec<[String; 2]> = smallvec![];
    if start < last {
        short.push(key(last));
        short.push(key_of(view, &elements[start + 1..end]));
        if tie.is_some() {
            short.push(key(start));
        }
    }
    let middle: SmallVec<[usize; 4]> = words.iter().copied().filter(|&i| i > body[0] && i < start).collect();
    if let Some(&second) = middle.last() {
        let lex = elements[second].lex(view);
        // García of Ana García Poe: a surname by the lists, or no English given name.
        if lex.is(Lex::SURNAME) || !lex.is(Lex::GIVEN) {
            short.push(key(second));
            short.push(key_of(view, &elements[second..end]));
        }
    }
    let given_at = body.iter().copied().find(|&i| i < start);
    Name { given, surname: key_of(view, &elements[start..end]), short, surname_at: (start, end), given_at, ..none }
}

/// Whether a run reads as a family name and a given name after it: Moon Jae-in, Xu Jianguo.
pub fn reads_family_first(view: View, elements: &[Element]) -> bool {
    let words: SmallVec<[usize; 6]> = (0..elements.len()).filter(|&i| elements[i].kind == ElementKind::Word).collect();
    is_family_first(view, elements, &words)
}

fn is_family_first(view: View, elements: &[Element], words: &[usize]) -> bool {
    if words.len() != elements.len() || !(2..=3).contains(&words.len()) || elements[words[0]].is_joined() {
        return false;
    }
    let first = view.word(elements[words[0]].tokens.0);
    let second = elements[words[1]];
    let last_token = second.tokens.1 - 1;
    if words.len() == 2 && second.is_joined() {
        // Moon Jae-in, Tsai Ing-wen
        return view.token(last_token).is_some_and(|t| t.case == Case::Lower);
    }
    if words.len() == 2 {
        let given = view.word(second.tokens.0);
        return PINYIN_FAMILY.contains(&first)
            && keys::is_pinyin(given)
            && !elements[words[0]].lex(view).is(Lex::FUNCTION);
    }
    let syllable = |i: usize| {
        let e = elements[words[i]];
        e.span(view).len() <= 6 && !e.is_joined() && !(e.lex(view).is(Lex::COMMON_SURNAME) && e.span(view).len() > 4)
    };
    FAMILY_FIRST.contains(&first) && syllable(1) && syllable(2)
}

/// Whether two lists of given names, as keys, may be one person's, and by more than equality: short forms, initials, a middle name
/// left out.
pub fn given_names_agree(a: &[String], b: &[String]) -> bool {
    let (Some(first_a), Some(first_b)) = (a.first(), b.first()) else { return true };
    let agree =
        |x: &str, y: &str| x == y || is_initial_of(x, y) || is_initial_of(y, x) || nicknames::are_forms_of_one(x, y);
    let middle_agrees = |x: Option<&String>, y: Option<&String>| match (x, y) {
        (Some(x), Some(y)) => agree(x, y),
        _ => true,
    };
    if agree(first_a, first_b) {
        return middle_agrees(a.get(1), b.get(1));
    }
    // J. Edgar Poe and Edgar Poe
    a[1..].contains(first_b) && b.len() == 1 || b[1..].contains(first_a) && a.len() == 1
}

/// Whether `initials` (J., J.R., JR) stand for a name that begins so.
fn is_initial_of(initials: &str, name: &str) -> bool {
    let letters: SmallVec<[char; 3]> = initials.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() <= 2
        && (letters.len() == 1 || initials.contains('.'))
        && letters.first() == name.chars().next().as_ref()
        && !letters.is_empty()
}

fn only_initials(given: &[String]) -> bool {
    given.first().is_some_and(|g| g.chars().filter(|c| c.is_alphabetic()).count() <= 1 || g.contains('.'))
}

/// Consonants and vowels in turn, runs as one: tells Mohamad from Mahmoud.
fn shape(key: &str) -> String {
    let mut out = String::new();
    let mut last = ' ';
    for c in key.chars() {
        let class = if matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y') { 'v' } else { 'c' };
        if class == 'v' && out.ends_with('v') || c == last {
            continue;
        }
        out.push(class);
        last = c;
    }
    out
}

/// The reason for which two full names are one person's, if they are.
fn reason(a: &Name, b: &Name) -> Option<Reason> {
    if a.suffix.is_some() && b.suffix.is_some() && a.suffix != b.suffix {
        return None;
    }
    let given = given_names_agree(&a.given, &b.given)
        || a.nickname.as_ref().is_some_and(|n| b.given.first() == Some(n))
        || b.nickname.as_ref().is_some_and(|n| a.given.first() == Some(n));
    if a.surname == b.surname {
        if given {
            return Some(if a.given == b.given { Reason::SameName } else { Reason::GivenForms });
        }
        return given_fold(a, b).map(Reason::Fold);
    }
    let first = a.given.first() == b.given.first();
    if first
        && (a.short.contains(&b.surname) || b.short.contains(&a.surname))
        && a.given.first().is_some_and(|g| g.len() > 2)
    {
        return Some(Reason::GivenForms);
    }
    surname_fold(a, b, given)
}

/// Same surname: are the first given names one under a fold?
fn given_fold(a: &Name, b: &Name) -> Option<Fold> {
    let (x, y) = (a.given.first()?, b.given.first()?);
    if x.len() < 4 || y.len() < 4 || a.given.len() != b.given.len() {
        return None;
    }
    if keys::slavic(x) == keys::slavic(y) && slavic_mark(x, y) {
        return Some(Fold::Slavic);
    }
    (keys::arabic(x) == keys::arabic(y) && keys::arabic(x).len() >= 3 && shape(x) == shape(y) && arabic_mark(x, y))
        .then_some(Fold::Arabic)
}

/// Other surnames: one under a fold, where the given names agree too.
fn surname_fold(a: &Name, b: &Name, given: bool) -> Option<Reason> {
    if a.surname.len() < 4 || b.surname.len() < 4 {
        return None;
    }
    let (x, y) = (a.given.first()?, b.given.first()?);
    if x.len() < 3 || y.len() < 3 {
        return None;
    }
    let common = |s: &str| Lex::of(s).is(Lex::COMMON_SURNAME | Lex::WORD);
    let given_slavic = given || keys::slavic(x) == keys::slavic(y);
    if given_slavic
        && keys::slavic(&a.surname) == keys::slavic(&b.surname)
        && !(common(&a.surname) && common(&b.surname))
    {
        return Some(Reason::Fold(Fold::Slavic));
    }
    let given_arabic = given || keys::arabic(x) == keys::arabic(y) && shape(x) == shape(y);
    (given_arabic
        && keys::arabic(&a.surname) == keys::arabic(&b.surname)
        && keys::arabic(&a.surname).len() >= 3
        && shape(&a.surname) == shape(&b.surname)
        && !common(&a.surname)
        && !common(&b.surname))
    .then_some(Reason::Fold(Fold::Arabic))
}

/// What makes a pair of spellings Slavic: an ending or letters that its romanizations write in several ways.
fn slavic_mark(x: &str, y: &str) -> bool {
    let ending = |s: &str| ["iy", "ii", "yi", "ey", "ei", "iya", "ia", "y", "i"].iter().any(|e| s.ends_with(e));
    !Lex::of(x).is(Lex::WORD) && !Lex::of(y).is(Lex::WORD) && ending(x) && ending(y)
}

fn arabic_mark(x: &str, y: &str) -> bool {
    !Lex::of(x).is(Lex::WORD) && !Lex::of(y).is(Lex::WORD)
}

/// People under construction.
struct Cluster {
    name: Name,
    known: Option<u32>,
    trust: Trust,
    /// The gender that its courtesy titles say.
    gender: Option<Gender>,
    mentions: Vec<Mention>,
    links: Vec<(Span, Span, Reason)>,
}

struct Mention {
    elements: Vec<Element>,
    form: NameForm,
    name: Name,
    block: u32,
    title: Option<RawTitle>,
    ambiguous: bool,
}

/// Joins what was found into people, in the order of their first mentions.
pub fn resolve(view: View, found: Found) -> Vec<Person> {
    let Found { names, rest } = found;
    let mut singles: Vec<(Candidate, Name)> = Vec::new();
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut initials: Vec<(Candidate, Name)> = Vec::new();
    for candidate in names {
        let name = parts(view, &candidate.elements);
        if !name.is_full() && candidate.known.is_none() {
            singles.push((candidate, name));
        } else if only_initials(&name.given) {
            initials.push((candidate, name));
        } else {
            join(view, &mut clusters, candidate, name);
        }
    }
    for (candidate, name) in initials {
        join_initials(view, &mut clusters, candidate, name);
    }
    let rest = promote(view, &mut clusters, rest);
    lone_givens(view, &mut clusters, &rest);
    let mut short = ShortForms::new(&clusters);
    // Singles and rests in text order, since the nearest mention decides between two of one surname.
    let mut pending: Vec<Pending> = singles.into_iter().map(|(c, n)| Pending::Titled(c, n)).collect();
    pending.extend(rest.into_iter().map(|(elements, block)| Pending::Rest(elements, block)));
    pending.sort_by_key(Pending::start);
    for item in pending {
        match item {
            Pending::Titled(candidate, name) => titled_single(view, &mut clusters, &mut short, candidate, name),
            Pending::Rest(elements, block) => bare(view, &mut clusters, &short, &elements, block),
        }
    }
    finish(view, clusters)
}

/// Runs that end in the surname of somebody in the draft, after words that no list has, are names too: an unlisted given name, or a
/// given name misspelt. Returns the other runs.
fn promote(view: View, clusters: &mut Vec<Cluster>, rest: Vec<(Vec<Element>, u32)>) -> Vec<(Vec<Element>, u32)> {
    let surnames: FxHashSet<String> = clusters.iter().map(|c| c.name.surname.clone()).collect();
    let mut kept = Vec::with_capacity(rest.len());
    for (elements, block) in rest {
        let fits = (2..=3).contains(&elements.len())
            && elements[..elements.len() - 1].iter().all(|e| {
                let lex = e.lex(view);
                e.kind == ElementKind::Word && (lex.is_unknown() || lex.is(Lex::GIVEN) && !lex.is(Lex::WORD))
            })
            && surnames.contains(&key_of(view, &elements[elements.len() - 1..]));
        if fits {
            let name = parts(view, &elements);
            let candidate = Candidate { elements, block, title: None, trust: Trust::Context, known: None };
            join(view, clusters, candidate, name);
        } else {
            kept.push((elements, block));
        }
    }
    kept
}

enum Pending {
    Titled(Candidate, Name),
    Rest(Vec<Element>, u32),
}

impl Pending {
    fn start(&self) -> usize {
        match self {
            Pending::Titled(c, _) => c.elements.first().map_or(0, |e| e.tokens.0),
            Pending::Rest(e, _) => e.first().map_or(0, |e| e.tokens.0),
        }
    }
}

fn title_gender(view: View, title: Option<&RawTitle>) -> Option<Gender> {
    title.and_then(|t| t.office(view).gender)
}

fn mention(candidate: Candidate, name: Name, form: NameForm) -> Mention {
    Mention {
        elements: candidate.elements,
        form,
        name,
        block: candidate.block,
        title: candidate.title,
        ambiguous: false,
    }
}

/// Adds a full name to the cluster it belongs to, or to a new one.
fn join(view: View, clusters: &mut Vec<Cluster>, candidate: Candidate, name: Name) {
    let gender = title_gender(view, candidate.title.as_ref());
    let mut best: Option<(usize, Reason)> = None;
    for (index, cluster) in clusters.iter().enumerate() {
        if candidate.known.is_some() && candidate.known == cluster.known {
            best = Some((index, Reason::Known));
            break;
        }
        if candidate.known.is_some() && cluster.known.is_some() {
            continue;
        }
        if gender.is_some() && cluster.gender.is_some() && gender != cluster.gender {
            continue;
        }
        let found = cluster.mentions.iter().filter_map(|m| reason(&m.name, &name)).min();
        if let Some(found) = found.filter(|f| best.is_none_or(|(_, b)| *f < b)) {
            best = Some((index, found));
        }
    }
    let form = if name.is_full() { NameForm::Full } else { NameForm::Surname };
    add(view, clusters, best, candidate, name, form, gender);
}

fn add(
    view: View,
    clusters: &mut Vec<Cluster>,
    place: Option<(usize, Reason)>,
    candidate: Candidate,
    name: Name,
    form: NameForm,
    gender: Option<Gender>,
) {
    let (known, trust) = (candidate.known, candidate.trust);
    let new = mention(candidate, name.clone(), form);
    match place {
        Some((index, reason)) => {
            let cluster = &mut clusters[index];
            let differs = cluster.mentions.iter().all(|m| m.name.given != name.given || m.name.surname != name.surname);
            if differs && let Some(first) = cluster.mentions.first() {
                cluster.links.push((span_of(view, &first.elements), span_of(view, &new.elements), reason));
            }
            cluster.known = cluster.known.or(known);
            cluster.trust = cluster.trust.min(trust);
            cluster.gender = cluster.gender.or(gender);
            cluster.mentions.push(new);
        }
        None => clusters.push(Cluster { name, known, trust, gender, mentions: vec![new], links: Vec::new() }),
    }
}

/// A name with initials alone joins only where one person fits.
fn join_initials(view: View, clusters: &mut Vec<Cluster>, candidate: Candidate, name: Name) {
    let gender = title_gender(view, candidate.title.as_ref());
    let mut fits: SmallVec<[usize; 4]> = (0..clusters.len())
        .filter(|&i| clusters[i].mentions.iter().any(|m| reason(&m.name, &name).is_some()))
        .collect();
    if fits.len() > 1 {
        fits.retain(|i| clusters[*i].mentions.iter().any(|m| m.name.given == name.given));
    }
    let place = (fits.len() == 1).then(|| (fits[0], Reason::GivenForms));
    add(view, clusters, place, candidate, name, NameForm::Initials, gender);
}

/// Given names that stand alone and speak: people by themselves.
fn lone_givens(view: View, clusters: &mut Vec<Cluster>, rest: &[(Vec<Element>, u32)]) {
    for (elements, block) in rest {
        let [element] = elements[..] else { continue };
        let lex = element.lex(view);
        let place =
            Lex::CITY | Lex::COUNTRY | Lex::US_STATE | Lex::DEMONYM | Lex::COMMON | Lex::ORGANIZATION_TAIL | Lex::MONTH;
        if element.kind != ElementKind::Word || !lex.is(Lex::GIVEN) || lex.is(place) {
            continue;
        }
        let (first, end) = element.tokens;
        let before = first.checked_sub(1).filter(|&b| view.in_block(b, *block).is_some());
        let cue = |at: usize| {
            view.is_cue(at)
                && matches!(
                    view.word(at),
                    "said" | "says" | "told" | "added" | "adds" | "explained" | "recalled" | "asked"
                )
        };
        if !(cue(end) || before.is_some_and(cue)) {
            continue;
        }
        let name = parts(view, elements);
        let taken = |c: &Cluster| {
            c.name.surname == name.surname
                || c.mentions
                    .iter()
                    .any(|m| m.name.given.contains(&name.surname) || m.name.short.contains(&name.surname))
        };
        if !clusters.iter().any(taken) {
            clusters.push(Cluster {
                name,
                known: None,
                trust: Trust::Context,
                gender: None,
                mentions: Vec::new(),
                links: Vec::new(),
            });
        }
    }
}

/// Which clusters a name alone may stand for.
struct ShortForms {
    surnames: FxHashMap<String, SmallVec<[usize; 2]>>,
    given: FxHashMap<String, SmallVec<[usize; 2]>>,
}

impl ShortForms {
    fn new(clusters: &[Cluster]) -> ShortForms {
        let mut forms = ShortForms { surnames: FxHashMap::default(), given: FxHashMap::default() };
        for index in 0..clusters.len() {
            forms.add(index, &clusters[index]);
        }
        forms
    }

    fn add(&mut self, index: usize, cluster: &Cluster) {
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
            // El-Sisi is al-Sisi and Sisi.
            if let Some((article, rest)) = name.surname.split_once(' ') {
                if article.len() <= 3 {
                    put(&mut self.surnames, rest);
                    if matches!(article, "al" | "el") {
                        put(&mut self.surnames, &format!("{} {rest}", if article == "al" { "el" } else { "al" }));
                    }
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

    fn surname(&self, key: &str) -> &[usize] {
        self.surnames.get(key).map_or(&[], |s| s.as_slice())
    }

    fn given(&self, key: &str) -> &[usize] {
        self.given.get(key).map_or(&[], |s| s.as_slice())
    }
}

fn span_of(view: View, elements: &[Element]) -> Span {
    view.span(elements[0].tokens.0, elements[elements.len() - 1].tokens.1)
}

/// Picks one of several people with a name: the one named last in the same paragraph before `at`; else the one named last, and
/// the mention is ambiguous.
fn pick(clusters: &[Cluster], fits: &[usize], at: usize, block: u32, gender: Option<Gender>) -> Option<(usize, bool)> {
    let mut fits: SmallVec<[usize; 4]> = fits.iter().copied().collect();
    if gender.is_some() && fits.len() > 1 {
        let by_gender: SmallVec<[usize; 4]> = fits.iter().copied().filter(|&i| clusters[i].gender == gender).collect();
        if by_gender.len() == 1 {
            return Some((by_gender[0], false));
        }
        fits.retain(|i| clusters[*i].gender.is_none_or(|g| Some(g) == gender));
    }
    if fits.len() < 2 {
        return fits.first().map(|&i| (i, false));
    }
    let last_before = |i: usize, same_block: bool| {
        let mentions = clusters[i].mentions.iter().filter(|m| !same_block || m.block == block);
        mentions.map(|m| m.elements[0].tokens.0).filter(|&t| t < at).max()
    };
    let near: SmallVec<[(usize, usize); 4]> = fits.iter().filter_map(|&i| Some((last_before(i, true)?, i))).collect();
    if let [(_, only)] = near[..] {
        return Some((only, false));
    }
    let nearest = fits.iter().filter_map(|&i| Some((last_before(i, false)?, i))).max();
    Some((nearest.map_or(fits[0], |(_, i)| i), true))
}

fn titled_single(view: View, clusters: &mut Vec<Cluster>, short: &mut ShortForms, candidate: Candidate, name: Name) {
    let gender = title_gender(view, candidate.title.as_ref());
    let at = candidate.elements[0].tokens.0;
    let kind = candidate.title.as_ref().map(|t| t.office(view).kind);
    let mut fits: SmallVec<[usize; 4]> = short.surname(&name.surname).iter().copied().collect();
    fits.retain(|i| gender.is_none() || clusters[*i].gender.is_none() || clusters[*i].gender == gender);
    if fits.is_empty() {
        fits.extend(folded(clusters, &name.surname));
    }
    let mut form = NameForm::TitleSurname;
    if fits.is_empty() {
        fits.extend(short.given(&name.surname).iter().copied());
        if !fits.is_empty() {
            form = NameForm::Given;
        }
    }
    match pick(clusters, &fits, at, candidate.block, gender) {
        Some((index, ambiguous)) => {
            let mut new = mention(candidate, name, form);
            new.ambiguous = ambiguous;
            clusters[index].gender = clusters[index].gender.or(gender);
            clusters[index].mentions.push(new);
        }
        None => {
            let form = if matches!(kind, Some(TitleKind::Role | TitleKind::Kin)) {
                NameForm::Other
            } else {
                NameForm::TitleSurname
            };
            let new = mention(candidate, name.clone(), form);
            clusters.push(Cluster {
                name,
                known: None,
                trust: Trust::Titled,
                gender,
                mentions: vec![new],
                links: Vec::new(),
            });
            short.add(clusters.len() - 1, &clusters[clusters.len() - 1]);
        }
    }
}

/// People whose surname is `key` under a fold: only a surname that no English list has, of some length.
fn folded(clusters: &[Cluster], key: &str) -> SmallVec<[usize; 2]> {
    if key.len() < 5 || Lex::of(key).is(Lex::WORD | Lex::COMMON_SURNAME | Lex::GIVEN) {
        return smallvec![];
    }
    let slavic = keys::slavic(key);
    let slavic_like =
        |s: &str| ["ski", "ov", "ev", "ko", "in", "uk", "ic", "enko", "ii"].iter().any(|e| s.ends_with(e));
    if !slavic_like(&slavic) {
        return smallvec![];
    }
    let fits = |c: &Cluster| {
        !Lex::of(&c.name.surname).is(Lex::WORD | Lex::COMMON_SURNAME) && keys::slavic(&c.name.surname) == slavic
    };
    (0..clusters.len()).filter(|&i| fits(&clusters[i])).collect()
}

/// A run that is no name by itself: the surname of somebody in the draft, or the given name.
fn bare(view: View, clusters: &mut [Cluster], short: &ShortForms, elements: &[Element], block: u32) {
    let mut from = 0;
    while from < elements.len() {
        let part = &elements[from..];
        if part[0].kind == ElementKind::Suffix {
            return;
        }
        // Leading words may be no part of the name: Republican Poe.
        if from > 0 {
            let before = elements[from - 1];
            let lex = before.lex(view);
            let plain = before.kind == ElementKind::Word
                && (lex.is(Lex::WORD | Lex::DEMONYM | Lex::COUNTRY) && !lex.is(Lex::GIVEN)
                    || short.surname(view.word(before.tokens.0)).is_empty() && lex.is(Lex::WORD));
            if !plain {
                return;
            }
        }
        let key = key_of(view, part);
        if short.surname(&key).is_empty() && short.given(&key).is_empty() {
            if part.len() > 1 || from > 0 {
                from += 1;
                continue;
            }
        }
        let single = part.len() == 1;
        let lex = part[0].lex(view);
        let (first, end) = (part[0].tokens.0, part[part.len() - 1].tokens.1);
        if single && lex.is(Lex::COMMON) && view.starts(first) && !supports_name(view, end, block) {
            return;
        }
        // What ends as an organization does is none of a person's: Poe & Sons.
        if view.is_mark(end, "&") {
            return;
        }
        let mut form = NameForm::Surname;
        let mut fits: SmallVec<[usize; 4]> = short.surname(&key).iter().copied().collect();
        if fits.is_empty() {
            fits.extend(folded(clusters, &key));
        }
        if fits.is_empty() {
            form = NameForm::Given;
            let place = lex.is(Lex::CITY | Lex::COUNTRY | Lex::US_STATE | Lex::DEMONYM | Lex::COMMON);
            if !place {
                fits.extend(short.given(&key).iter().copied());
            }
        }
        if let Some((index, ambiguous)) = pick(clusters, &fits, first, block, None) {
            let name = parts(view, part);
            clusters[index].mentions.push(Mention {
                elements: part.to_vec(),
                form,
                name,
                block,
                title: None,
                ambiguous,
            });
            return;
        }
        from += 1;
    }
}

/// Whether what follows speaks for a name at the start of a sentence: a verb, a possessive ending.
fn supports_name(view: View, end: usize, block: u32) -> bool {
    view.in_block(end, block).is_some_and(|t| {
        t.kind == crate::text::TokenKind::Clitic
            || view.is_cue(end)
            || view.word(end).ends_with("ed")
            || matches!(view.word(end), "is" | "was" | "has" | "had" | "will" | "also" | "did" | "could" | "would")
    })
}

fn finish(view: View, clusters: Vec<Cluster>) -> Vec<Person> {
    let mut clusters: Vec<Cluster> = clusters.into_iter().filter(|c| !c.mentions.is_empty()).collect();
    for cluster in &mut clusters {
        cluster.mentions.sort_by_key(|m| m.elements[0].tokens.0);
    }
    clusters.sort_by_key(|c| c.mentions[0].elements[0].tokens.0);
    clusters.into_iter().enumerate().map(|(id, cluster)| person(view, id as u32, cluster)).collect()
}

fn person(view: View, id: u32, cluster: Cluster) -> Person {
    let text = |elements: &[Element]| span_of(view, elements).of(&view.draft.text);
    // The fullest form: most parts, then most uses, then the first.
    let mut best: Option<(&Mention, (usize, usize))> = None;
    for m in &cluster.mentions {
        let uses = cluster.mentions.iter().filter(|o| text(&o.elements) == text(&m.elements)).count();
        let parts = if m.form == NameForm::Full { m.elements.len() + 10 } else { m.elements.len() };
        if best.is_none_or(|(_, b)| (parts, uses) > b) {
            best = Some((m, (parts, uses)));
        }
    }
    let (fullest, _) = best.expect("a cluster without mentions was left out");
    let part = |m: &Mention, at: (usize, usize)| {
        let elements = &m.elements[at.0..at.1.min(m.elements.len())];
        (!elements.is_empty()).then(|| span_of(view, elements))
    };
    let words = |span: Option<Span>| span.map(|s| s.of(&view.draft.text).to_owned());
    let is_full = fullest.name.is_full();
    let given = words(if is_full { fullest.name.given_at.and_then(|g| part(fullest, (g, g + 1))) } else { None });
    let surname = words(part(fullest, fullest.name.surname_at)).unwrap_or_default();
    let name = text(&fullest.elements).to_owned();
    let mut titles = Vec::new();
    let mut mentions = Vec::with_capacity(cluster.mentions.len());
    for (index, m) in cluster.mentions.iter().enumerate() {
        let (first, end) = (m.elements[0].tokens.0, m.elements[m.elements.len() - 1].tokens.1);
        let stated = m.title.clone().into_iter().chain(title::after(view, end, m.block));
        titles.extend(stated.map(|raw| {
            let office = raw.office(view);
            TitleMention {
                span: raw.span(view),
                status: raw.status,
                kind: office.kind,
                office: office.name.clone(),
                group: office.group.clone(),
                portfolio: raw.portfolio.clone(),
                jurisdiction: raw.jurisdiction.clone(),
                shape: raw.shape,
                mention: index as u32,
            }
        }));
        let full = m.name.is_full();
        mentions.push(PersonMention {
            span: span_of(view, &m.elements),
            form: m.form,
            surname: match m.form {
                NameForm::Given => None,
                _ => part(m, m.name.surname_at),
            },
            given: match m.form {
                NameForm::Given => Some(span_of(view, &m.elements)),
                _ if full => m.name.given_at.and_then(|g| part(m, (g, g + 1))),
                _ => None,
            },
            block: m.block,
            sentence: view.draft.tokens[first].sentence,
            ambiguous: m.ambiguous,
        });
    }
    titles.sort_by_key(|t| t.span);
    let at = |span: Span| mentions.iter().position(|m| m.span == span).unwrap_or(0) as u32;
    let links = cluster.links.iter().map(|&(a, b, reason)| Link { mentions: (at(a), at(b)), reason }).collect();
    Person {
        id,
        name,
        given,
        surname,
        gender: cluster.gender,
        known: cluster.known,
        trust: cluster.trust,
        mentions,
        titles,
        links,
    }
}
