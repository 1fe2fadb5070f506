//! When two full names are one person's: by short forms, initials, middle names, and by licensed folds.

use smallvec::SmallVec;

use super::Reason;
use super::keys::{self, Fold};
use super::name::Name;
use super::nicknames;
use super::{chinese, equivalents};
use crate::text::Lex;

/// Whether two lists of given names, as keys, may be one person's, and by more than equality: short forms, initials, a middle name
/// left out.
pub fn given_names_agree(a: &[impl AsRef<str>], b: &[impl AsRef<str>]) -> bool {
    let (Some(first_a), Some(first_b)) = (a.first().map(AsRef::as_ref), b.first().map(AsRef::as_ref)) else {
        return true;
    };
    let agree =
        |x: &str, y: &str| x == y || is_initial_of(x, y) || is_initial_of(y, x) || nicknames::are_forms_of_one(x, y);
    if agree(first_a, first_b) {
        return match (a.get(1), b.get(1)) {
            (Some(x), Some(y)) => agree(x.as_ref(), y.as_ref()),
            _ => true,
        };
    }
    // J. Edgar Poe and Edgar Poe
    b.len() == 1 && a[1..].iter().any(|x| x.as_ref() == first_b)
        || a.len() == 1 && b[1..].iter().any(|y| y.as_ref() == first_a)
}

/// Whether `initials` (J., J.R., JR) stand for a name that begins so.
fn is_initial_of(initials: &str, name: &str) -> bool {
    let letters: SmallVec<[char; 3]> = initials.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() <= 2
        && (letters.len() == 1 || initials.contains('.'))
        && letters.first() == name.chars().next().as_ref()
        && !letters.is_empty()
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
pub fn reason(a: &Name<'_>, b: &Name<'_>) -> Option<Reason> {
    if a.suffix.is_some() && b.suffix.is_some() && a.suffix != b.suffix {
        return None;
    }
    let given = || {
        given_names_agree(&a.given, &b.given)
            || a.nickname.is_some_and(|n| b.given.first().is_some_and(|g| g == n))
            || b.nickname.is_some_and(|n| a.given.first().is_some_and(|g| g == n))
    };
    if a.surname == b.surname {
        if given() {
            return Some(if a.given == b.given { Reason::SameName } else { Reason::GivenForms });
        }
        return given_fold(a, b).map(Reason::Fold);
    }
    let short = a.short.contains(&b.surname) || b.short.contains(&a.surname);
    if short && a.given.first() == b.given.first() && a.given.first().is_some_and(|g| g.len() > 2) {
        return Some(Reason::GivenForms);
    }
    // Karl Boris de Quill Tarrow and Boris Tarrow
    let longer = |long: &Name, brief: &Name| {
        let [only] = &brief.given[..] else { return false };
        long.given.len() > 1 && only.len() > 2 && long.given.contains(only) && long.short.contains(&brief.surname)
    };
    if short && (longer(a, b) || longer(b, a)) {
        return Some(Reason::GivenForms);
    }
    if is_reversed(a, b) || is_reversed(b, a) {
        return Some(Reason::Order);
    }
    may_fold(&a.surname, &b.surname).then(|| surname_fold(a, b, given)).flatten()
}

/// Whether `a` has the names of `b` in the other order: Orsolya Kemeny and Kemeny Orsolya. Not where both words are given names and
/// surnames, as in James Thomas.
fn is_reversed(a: &Name, b: &Name) -> bool {
    let ([of_a], [of_b]) = (&a.given[..], &b.given[..]) else { return false };
    let either = |key: &str| Lex::of(key).is(Lex::GIVEN) && Lex::of(key).is(Lex::COMMON_SURNAME);
    *of_b == a.surname
        && (*of_a == b.surname || b.short.contains(of_a))
        && of_a.len() > 2
        && of_b.len() > 2
        && !(either(of_a) && either(of_b))
}

/// Same surname: are the first given names one under a fold, or one name in two languages?
fn given_fold(a: &Name, b: &Name) -> Option<Fold> {
    let (x, y) = (a.given.first()?, b.given.first()?);
    // A patronymic more or less, and nothing else.
    if x == y || x.len() < 4 || y.len() < 4 || a.given.len() > 1 && b.given.len() > 1 && a.given[1] != b.given[1] {
        return None;
    }
    if equivalents::are_one(x, y) && !Lex::of(&a.surname).is(Lex::COMMON_SURNAME) {
        return Some(Fold::Slavic);
    }
    if x.contains(' ') != y.contains(' ') && chinese::is_one(x, y) {
        return Some(Fold::Chinese);
    }
    if slavic_mark(x, y) && a.given_folds.slavic(x) == b.given_folds.slavic(y) {
        return Some(Fold::Slavic);
    }
    let key = a.given_folds.arabic(x);
    (key == b.given_folds.arabic(y) && key.len() >= 3 && shape(x) == shape(y) && arabic_mark(x, y))
        .then_some(Fold::Arabic)
}

/// Whether two keys begin as spellings of one name may: the cheap question before the folds.
fn may_fold(a: &str, b: &str) -> bool {
    let class = |key: &str| match key.as_bytes().first() {
        Some(b'y' | b'j' | b'e' | b'i' | b'o') => b'y',
        Some(b'q' | b'k' | b'g' | b'h') => b'k',
        Some(b'w' | b'v') => b'v',
        Some(b'c' | b'z' | b't' | b'd' | b's' | b'x') => b'c',
        Some(b'p' | b'b') => b'p',
        Some(b'u' | b'a') => b'u',
        Some(&first) => first,
        None => 0,
    };
    class(a) == class(b) || a.starts_with("al ") != b.starts_with("al ") || a.starts_with("el ") != b.starts_with("el ")
}

/// Other surnames: one under a fold, where the given names agree too.
fn surname_fold(a: &Name, b: &Name, given: impl Fn() -> bool) -> Option<Reason> {
    let (x, y) = (a.given.first()?, b.given.first()?);
    if x.contains(' ') != y.contains(' ') && chinese::is_one(x, y) && chinese::is_one_surname(&a.surname, &b.surname) {
        return Some(Reason::Fold(Fold::Chinese));
    }
    if a.surname.len() < 4 || b.surname.len() < 4 || x.len() < 3 || y.len() < 3 {
        return None;
    }
    // The lists first: they are asked sooner than a fold is made.
    let common = |s: &str| Lex::of(s).is(Lex::COMMON_SURNAME | Lex::WORD);
    let (a_common, b_common) = (common(&a.surname), common(&b.surname));
    if a_common && b_common {
        return None;
    }
    // Abd al-Aziz and Abdulaziz: the given names as one word.
    let whole =
        || a.given.len() + b.given.len() > 2 && keys::arabic(&a.given.join("")) == keys::arabic(&b.given.join(""));
    let given_folds = (&a.given_folds, &b.given_folds);
    if a.surname_folds.slavic(&a.surname) == b.surname_folds.slavic(&b.surname)
        && (given() || given_folds.0.slavic(x) == given_folds.1.slavic(y) || equivalents::are_one(x, y))
    {
        return Some(Reason::Fold(Fold::Slavic));
    }
    if a_common || b_common {
        return None;
    }
    let key = a.surname_folds.arabic(&a.surname);
    (key == b.surname_folds.arabic(&b.surname)
        && key.len() >= 3
        && (given() || given_folds.0.arabic(x) == given_folds.1.arabic(y) && shape(x) == shape(y) || whole())
        && shape(bare_surname(&a.surname)) == shape(bare_surname(&b.surname)))
    .then_some(Reason::Fold(Fold::Arabic))
}

/// An Arabic surname without its article.
fn bare_surname(key: &str) -> &str {
    key.strip_prefix("al ").or_else(|| key.strip_prefix("el ")).unwrap_or(key)
}

/// What makes a pair of spellings Slavic: an ending or letters that its romanizations write in several ways.
fn slavic_mark(x: &str, y: &str) -> bool {
    let ending = |s: &str| ["iy", "ii", "yi", "ey", "ei", "iya", "ia", "y", "i"].iter().any(|e| s.ends_with(e));
    !Lex::of(x).is(Lex::WORD) && !Lex::of(y).is(Lex::WORD) && ending(x) && ending(y)
}

fn arabic_mark(x: &str, y: &str) -> bool {
    !Lex::of(x).is(Lex::WORD) && !Lex::of(y).is(Lex::WORD)
}
