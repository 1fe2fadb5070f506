//! The words numbers are made of.

use std::sync::LazyLock;

use crate::text::{Token, WordFilter, number_words};

/// What a word is worth inside a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberWord {
    /// zero to ninety
    Small(i64),
    Hundred,
    /// A power of ten: thousand, million.
    Scale(u32),
    Dozen,
    /// a, an: one before hundred, million, dozen.
    Article,
}

/// The words that a number may start with, beside cardinals and ordinals.
const OTHER_STARTS: [&str; 28] = [
    "a",
    "an",
    "hundred",
    "hundreds",
    "dozen",
    "dozens",
    "thousand",
    "thousands",
    "lakh",
    "lakhs",
    "lac",
    "lacs",
    "million",
    "millions",
    "crore",
    "crores",
    "billion",
    "billions",
    "trillion",
    "trillions",
    "quadrillion",
    "scores",
    "half",
    "minus",
    "negative",
    "tens",
    "several",
    "point",
];

/// The words that a number may start with: the cheap question before the words are compared.
pub(super) fn starts() -> &'static WordFilter {
    static FILTER: LazyLock<WordFilter> = LazyLock::new(|| {
        let listed = number_words::CARDINALS.iter().chain(number_words::ORDINALS).map(|(word, _)| *word);
        WordFilter::new(listed.chain(OTHER_STARTS))
    });
    &FILTER
}

/// What makes a figure of an article before it, beside units, currencies and what number words begin with.
const AFTER_ARTICLE: [&str; 36] = [
    "full",
    "whole",
    "single",
    "percent",
    "pct",
    "pc",
    "per",
    "percentage",
    "pp",
    "pps",
    "couple",
    "pair",
    "few",
    "handful",
    "quadrillion",
    "halves",
    "quarter",
    "quarters",
    "thirds",
    "fourths",
    "fifths",
    "sixths",
    "sevenths",
    "eighths",
    "ninths",
    "tenths",
    "twelfths",
    "sixteenth",
    "sixteenths",
    "twentieths",
    "hundredths",
    "twelfth",
    "third",
    "half",
    "twentieth",
    "hundredth",
];

/// Whether an article may begin a figure before this word of a draft, as far as its words of number go.
pub(super) fn may_follow_article(token: &Token) -> bool {
    static FILTER: LazyLock<WordFilter<16>> = LazyLock::new(|| WordFilter::new(AFTER_ARTICLE));
    starts().may_hold(token.hash) || FILTER.may_hold(token.hash)
}

/// Whether a number may start with `word`, in lower case.
pub(super) fn starts_number(word: &str) -> bool {
    number_word(word).is_some()
        || matches!(word, "half" | "minus" | "negative" | "tens" | "several" | "point")
        || vague_word(word).is_some()
        || ordinal_word(word).is_some()
}

/// What `word`, in lower case, is worth.
pub(super) fn number_word(word: &str) -> Option<NumberWord> {
    use NumberWord::{Article, Dozen, Hundred, Scale, Small};
    if word.len() > 9 {
        return (word == "quadrillion").then_some(Scale(15));
    }
    Some(match word {
        "a" | "an" => Article,
        "hundred" | "hundreds" => Hundred,
        "dozen" | "dozens" => Dozen,
        _ => {
            let small = number_words::cardinal(word).map(|n| Small(n.into()));
            return small.or_else(|| scale_word(word).map(Scale));
        }
    })
}

/// The exponent of a word of scale from a thousand up.
pub(super) fn scale_word(word: &str) -> Option<u32> {
    Some(match word {
        "thousand" | "thousands" => 3,
        "lakh" | "lakhs" | "lac" | "lacs" => 5,
        "million" | "millions" => 6,
        "crore" | "crores" => 7,
        "billion" | "billions" => 9,
        "trillion" | "trillions" => 12,
        _ => return None,
    })
}

/// The exponent of a shortened scale after digits. `touching`: written without a space; `money`: after a sign of
/// currency. `word` is as written.
pub(super) fn scale_letters(word: &str, touching: bool, money: bool) -> Option<u32> {
    Some(match word.strip_suffix('.').unwrap_or(word) {
        "bn" | "Bn" | "BN" | "bln" | "Mrd" | "mrd" => 9,
        "mn" | "mln" | "mio" | "Mio" => 6,
        "tn" | "trn" => 12,
        "k" | "K" if touching => 3,
        "M" if touching => 6,
        "m" | "mill" | "mil" if money => 6,
        "B" | "b" if money && touching => 9,
        "T" | "t" | "tr" if money && touching => 12,
        "cr" | "Cr" => 7,
        "lkh" | "lkhs" => 5,
        _ => return None,
    })
}

/// The value of an ordinal word: third → 3.
pub(super) fn ordinal_word(word: &str) -> Option<i64> {
    number_words::ordinal(word).map(i64::from)
}

/// The denominator a word names, and whether it is a plural: thirds → (3, true).
pub(super) fn denominator_word(word: &str) -> Option<(i64, bool)> {
    Some(match word {
        "half" => (2, false),
        "halves" => (2, true),
        "quarter" => (4, false),
        "quarters" => (4, true),
        "third" | "fourth" | "fifth" | "sixth" | "seventh" | "eighth" | "ninth" | "tenth" | "twelfth" | "sixteenth"
        | "twentieth" | "hundredth" => (ordinal_word(word)?, false),
        "thirds" | "fourths" | "fifths" | "sixths" | "sevenths" | "eighths" | "ninths" | "tenths" | "twelfths"
        | "sixteenths" | "twentieths" | "hundredths" => (ordinal_word(word.strip_suffix('s')?)?, true),
        _ => return None,
    })
}

/// A fraction written as one sign: ½.
pub(super) fn fraction_sign(sign: &str) -> Option<(i64, i64)> {
    Some(match sign {
        "½" => (1, 2),
        "⅓" => (1, 3),
        "⅔" => (2, 3),
        "¼" => (1, 4),
        "¾" => (3, 4),
        "⅕" => (1, 5),
        "⅖" => (2, 5),
        "⅗" => (3, 5),
        "⅘" => (4, 5),
        "⅙" => (1, 6),
        "⅚" => (5, 6),
        "⅛" => (1, 8),
        "⅜" => (3, 8),
        "⅝" => (5, 8),
        "⅞" => (7, 8),
        _ => return None,
    })
}

/// Words for a number that is left vague: its lowest and highest value.
pub(super) fn vague_word(word: &str) -> Option<(i64, i64)> {
    Some(match word {
        "dozens" => (24, 99),
        "scores" => (40, 199),
        "hundreds" => (200, 999),
        "thousands" => (2_000, 9_999),
        "millions" => (2_000_000, 9_999_999),
        "billions" => (2_000_000_000, 9_999_999_999),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Draft;

    #[test]
    fn every_word_that_starts_a_number_passes_the_cheap_question() {
        let draft = Draft::from_text(include_str!("../../../rules/lexicon/words.txt"));
        let started: Vec<_> = draft.tokens.iter().filter(|t| starts_number(draft.lower(t))).collect();
        assert!(started.len() > 60 && started.iter().all(|t| starts().may_hold(t.hash)));
    }
}
