//! Two words of names that may be one word in two forms: misspelled, in the plural, or derived.

use crate::text::Lex;

/// How two words are akin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// A letter more, less or other, or two exchanged.
    Slip,
    /// Authority and Authorities.
    Plural,
    /// Seismology and Seismological.
    Derived,
}

impl Kinship {
    /// What tells the two apart, for a reader.
    pub fn name(self) -> &'static str {
        match self {
            Kinship::Slip => "one word is one letter off",
            Kinship::Plural => "one word is in the plural",
            Kinship::Derived => "one word is derived from the other",
        }
    }
}

/// What words derived from one stem end in.
const ENDINGS: &str = include_str!("../../rules/lexicon/derived-endings.txt");
/// The letters that a stem must have, and a misspelled word.
const LEAST: usize = 5;

/// How two words in lower case, with no accents, are akin; `None` where they are two words, or one.
pub fn akin(a: &str, b: &str) -> Option<Kinship> {
    if a == b {
        return None;
    }
    let shorter = a.chars().count().min(b.chars().count());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let plural = [("", "s"), ("", "es"), ("y", "ies")].iter().any(|(one, many)| {
        short.strip_suffix(one).zip(long.strip_suffix(many)).is_some_and(|(x, y)| x == y && x.len() >= 3)
    });
    if plural {
        return Some(Kinship::Plural);
    }
    let common: usize = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(c, _)| c.len_utf8()).sum();
    let listed = |ending: &str| ending.is_empty() || ENDINGS.lines().any(|line| line == ending);
    let words = || Lex::of(a).is(Lex::WORD | Lex::PROPER) && Lex::of(b).is(Lex::WORD | Lex::PROPER);
    if common >= LEAST && listed(&a[common..]) && listed(&b[common..]) && words() {
        return Some(Kinship::Derived);
    }
    (shorter >= LEAST && strsim::osa_distance(a, b) == 1).then_some(Kinship::Slip)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_and_other_words() {
        for (a, b, kinship) in [
            ("authority", "authorities", Kinship::Plural),
            ("tower", "towers", Kinship::Plural),
            ("seismology", "seismological", Kinship::Derived),
            ("finance", "financial", Kinship::Derived),
            ("education", "educational", Kinship::Derived),
            ("authority", "autority", Kinship::Slip),
            ("tessaly", "tesasly", Kinship::Slip),
        ] {
            assert_eq!((akin(a, b), akin(b, a)), (Some(kinship), Some(kinship)), "{a} {b}");
        }
        for (a, b) in [("iran", "iraq"), ("north", "south"), ("communist", "community"), ("bank", "bank"), ("x", "")] {
            assert_eq!(akin(a, b), None, "{a} {b}");
        }
    }
}
