//! The parts of a name as keys: given names, surname with its particles, short forms, what stands first.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::LazyLock;

use smallvec::{SmallVec, smallvec};

use super::chinese;
use super::keys;
use super::run::{Element, ElementKind};
use super::view::View;
use crate::text::{Case, Lex, WordFilter};

/// The parts of one name as keys: the draft’s own lower case, for most.
#[derive(Clone, Debug)]
pub struct Name<'a> {
    /// Given names, initials and middle names, in order.
    pub given: SmallVec<[Cow<'a, str>; 2]>,
    pub nickname: Option<&'a str>,
    pub surname: Cow<'a, str>,
    pub suffix: Option<&'a str>,
    /// Other short forms: the parts of a double surname, the given name of a family-first one.
    pub short: SmallVec<[Cow<'a, str>; 2]>,
    /// The elements of the surname and of the first given name in the candidate.
    pub surname_at: (usize, usize),
    pub given_at: Option<usize>,
    /// The folds of the surname and of the first given name, made when they are first asked for.
    pub surname_folds: Folds,
    pub given_folds: Folds,
}

/// The folds of one key.
#[derive(Clone, Debug, Default)]
pub struct Folds {
    slavic: OnceCell<String>,
    arabic: OnceCell<String>,
}

impl Folds {
    /// `key` is the same at every call.
    pub fn slavic(&self, key: &str) -> &str {
        self.slavic.get_or_init(|| keys::slavic(key))
    }

    pub fn arabic(&self, key: &str) -> &str {
        self.arabic.get_or_init(|| keys::arabic(key))
    }
}

impl Name<'_> {
    pub fn is_full(&self) -> bool {
        !self.given.is_empty()
    }

    /// Whether all parts are the same, wherever they stand.
    pub fn is_same(&self, other: &Name<'_>) -> bool {
        self.given == other.given
            && self.surname == other.surname
            && self.nickname == other.nickname
            && self.suffix == other.suffix
            && self.short == other.short
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

/// The key of some elements, without the full stop of an initial or an abbreviation.
pub fn key_of<'a>(view: View<'a>, elements: &[Element]) -> Cow<'a, str> {
    let (Some(first), Some(last)) = (elements.first(), elements.last()) else { return Cow::Borrowed("") };
    match view.draft.key_at(view.span(first.tokens.0, last.tokens.1)) {
        Cow::Borrowed(key) => Cow::Borrowed(key.strip_suffix('.').unwrap_or(key)),
        Cow::Owned(mut key) => {
            if key.ends_with('.') {
                key.pop();
            }
            Cow::Owned(key)
        }
    }
}

/// The parts of a name that [`sieve`](super::sieve) found.
pub fn parts<'a>(view: View<'a>, elements: &[Element]) -> Name<'a> {
    let suffix = elements.iter().find(|e| e.kind == ElementKind::Suffix).map(|e| view.word(e.tokens.0));
    let nickname = elements.iter().find(|e| e.kind == ElementKind::Nickname).map(|e| view.word(e.tokens.0 + 1));
    let body: SmallVec<[usize; 6]> = (0..elements.len())
        .filter(|&i| !matches!(elements[i].kind, ElementKind::Suffix | ElementKind::Nickname))
        .collect();
    let key = |i: usize| key_of(view, &elements[i..=i]);
    let words: SmallVec<[usize; 6]> = body.iter().copied().filter(|&i| elements[i].kind == ElementKind::Word).collect();
    let none = Name {
        given: smallvec![],
        nickname,
        surname: Cow::Borrowed(""),
        suffix,
        short: smallvec![],
        surname_at: (0, elements.len()),
        given_at: None,
        surname_folds: Folds::default(),
        given_folds: Folds::default(),
    };
    if body.len() < 2 || words.is_empty() || words.len() == 1 && elements[body[0]].kind == ElementKind::Particle {
        return Name { surname: key_of(view, elements), ..none };
    }
    if is_family_first(view, elements, &words) {
        let rest: Cow<str> = words[1..].iter().map(|&i| key(i)).collect::<Vec<_>>().join(" ").into();
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
    let given: SmallVec<[Cow<str>; 2]> =
        body.iter().copied().filter(|&i| i < start && elements[i].kind != ElementKind::Particle).map(key).collect();
    let mut short: SmallVec<[Cow<str>; 2]> = smallvec![];
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
    static FILTER: LazyLock<WordFilter> =
        LazyLock::new(|| WordFilter::new(FAMILY_FIRST.into_iter().chain(PINYIN_FAMILY)));
    let at = elements[words[0]].tokens.0;
    let first = view.word(at);
    let may_be_family = FILTER.may_hold(view.draft.tokens[at].hash);
    let second = elements[words[1]];
    let last_token = second.tokens.1 - 1;
    if words.len() == 2 && second.is_joined() {
        // Moon Jae-in, Tsai Ing-wen; Moon Jae-In, where the first word can be a family name and the others are no surnames.
        let family = may_be_family && (FAMILY_FIRST.contains(&first) || PINYIN_FAMILY.contains(&first));
        let mut parts = (second.tokens.0..second.tokens.1).step_by(2).filter_map(|at| view.token(at));
        let syllables = second.span(view).len() <= 12
            && parts.any(|t| t.span.len() <= 5 && !t.lex.is(Lex::COMMON_SURNAME | Lex::GIVEN_FEMALE));
        let lower = view.token(last_token).is_some_and(|t| t.case == Case::Lower);
        return lower || family && syllables && second.tokens.1 - second.tokens.0 == 3;
    }
    if words.len() == 2 {
        let given = view.word(second.tokens.0);
        return may_be_family
            && PINYIN_FAMILY.contains(&first)
            && chinese::is_pinyin(given)
            && !elements[words[0]].lex(view).is(Lex::FUNCTION);
    }
    let syllable = |i: usize| {
        let e = elements[words[i]];
        e.span(view).len() <= 6 && !e.is_joined() && !(e.lex(view).is(Lex::COMMON_SURNAME) && e.span(view).len() > 4)
    };
    may_be_family && FAMILY_FIRST.contains(&first) && syllable(1) && syllable(2)
}

/// Whether the first given name is initials alone.
pub fn only_initials(given: &[Cow<str>]) -> bool {
    given.first().is_some_and(|g| g.chars().filter(|c| c.is_alphabetic()).count() <= 1 || g.contains('.'))
}
