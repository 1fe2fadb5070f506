//! Fractions and vague numbers in words: two-thirds, half a million, one in five, dozens of.

use super::Form;
use super::cursor::Cursor;
use super::number::{self, Number};
use super::words::{self, NumberWord};
use crate::text::{Rational, TokenKind};

/// What starts at a token: a number that is multiplied on (half a million), or a share of a whole.
pub(super) enum Part {
    Number(Number),
    Share(Number),
}

fn share(n: i64, d: i64, next: usize) -> Option<Part> {
    Some(Part::Share(Number::exact(Rational::new(n.into(), d.into())?, Form::Fraction, next)))
}

/// Reads a fraction or a vague number at token `at`.
pub(super) fn read(cursor: &Cursor<'_>, at: usize) -> Option<Part> {
    match cursor.kind(at)? {
        TokenKind::Number => digits(cursor, at),
        TokenKind::Word => words_of_part(cursor, at),
        _ => None,
    }
}

/// 1/5, 4 in 10, 6 out of 10.
fn digits(cursor: &Cursor<'_>, at: usize) -> Option<Part> {
    if let Some((n, d)) = number::slashed(cursor, at) {
        return share(n, d, at + 3);
    }
    let n = number::digits(cursor.word(at)).filter(|d| !d.1)?.0.as_whole()?;
    out_of(cursor, n, at + 1)
}

fn words_of_part(cursor: &Cursor<'_>, at: usize) -> Option<Part> {
    let word = cursor.lower(at);
    match word {
        "half" => return half(cursor, at, at),
        "a" | "an" | "the" => {
            let next = cursor.lower(at + 1);
            let vague = match next {
                "couple" | "pair" if word == "a" => Some((2, 3)),
                "few" if word == "a" => Some((3, 6)),
                "handful" if word == "a" => Some((3, 6)),
                _ => None,
            };
            if let Some((low, high)) = vague {
                let after = at + 2;
                if let Some(number) = vague_scaled(cursor, low, high, after) {
                    return Some(number);
                }
                // "a few more", "a few hundred" and "a few" without a noun are left to themselves.
                let counts = cursor.lower(after) == "of" || cursor.is_plural(after) || cursor.is_end(after);
                let next = after + usize::from(cursor.lower(after) == "of" && next == "couple");
                return counts.then(|| vague_number(low, high, next));
            }
            if word == "the" {
                return None;
            }
            if next == "half" {
                return half(cursor, at, at + 1);
            }
            // a third of, by a quarter
            let (d, plural) = words::denominator_word(next)?;
            if let Some(Part::Number(number)) = share(1, d, at + 2).and_then(|part| match part {
                Part::Share(number) if cursor.lower(at + 2) == "of" => scaled(cursor, number),
                _ => None,
            }) {
                return Some(Part::Number(number));
            }
            let hyphen = cursor.word(at + 2) == "-";
            // a quarter-million people
            if hyphen && let Some(exponent) = words::scale_word(cursor.lower(at + 3)) {
                let number = Number::exact(Rational::new(1, d.into())?, Form::Words, at + 4).scaled(exponent)?;
                return Some(Part::Number(Number { step: Rational::ZERO, ..number }));
            }
            let of = cursor.lower(at + 2) == "of";
            let by =
                at > 0 && matches!(cursor.lower_before(at), "by" | "about" | "nearly" | "almost" | "than" | "roughly");
            // “a drop of a third.”
            let step = cursor.lower_before(at) == "of" && cursor.is_end(at + 2);
            // “12 of the 36, a third, were”, “12 of 36, or a third.”
            let less = matches!(cursor.lower(at + 2), "less" | "fewer" | "more" | "lower" | "higher");
            let apposed = matches!(cursor.lower_before(at), "," | "or" | "(" | "—" | "–")
                && (cursor.is_end(at + 2) || less && (cursor.is_end(at + 3) || cursor.lower(at + 3) == "than"));
            return (!plural && !hyphen && (of || by || step || apposed)).then(|| share(1, d, at + 2)).flatten();
        }
        "several" => return vague_scaled(cursor, 3, 9, at + 1),
        _ => {}
    }
    if let Some((low, high)) = words::vague_word(word) {
        return tens_of(cursor, at, low, high);
    }
    let Some(NumberWord::Small(n @ 1..=99)) = words::number_word(word) else {
        return (word == "tens" && cursor.lower(at + 1) == "of").then(|| tens_of(cursor, at, 20, 99)).flatten();
    };
    // one-third, two thirds, three quarters
    let hyphen = usize::from(cursor.word(at + 1) == "-" && cursor.touches(at) && cursor.touches(at + 1));
    if let Some((d, plural)) = words::denominator_word(cursor.lower(at + 1 + hyphen)) {
        let next = at + 2 + hyphen;
        let year = cursor.lower(next) == "of" && cursor.kind(next + 1) == Some(TokenKind::Number);
        let part_of = n == 1 && (cursor.lower(next) == "of" || cursor.is_end(next));
        let is_share = (hyphen == 1 || plural || part_of) && !year;
        // twenty-second, thirty-third
        let ordinal = hyphen == 1 && n >= 20 && !plural;
        if is_share && !ordinal && (n <= d || d == 2) {
            let fraction = share(n, d, next)?;
            return Some(match fraction {
                // three-quarters of a million, one-half million
                Part::Share(number) => scaled(cursor, number).unwrap_or(Part::Share(number)),
                other => other,
            });
        }
        return None;
    }
    out_of(cursor, n, at + 1)
}

/// “one in five”, “four in 10”, “six out of every 10”: the number `n` ends before token `at`.
fn out_of(cursor: &Cursor<'_>, n: i64, at: usize) -> Option<Part> {
    let mut next = at;
    let out = cursor.lower(next) == "out" && cursor.lower(next + 1) == "of";
    if out {
        next += 2;
    } else if cursor.lower(next) == "in" {
        next += 1;
    } else if cursor.word(next) == "-" && cursor.lower(next + 1) == "in" && cursor.word(next + 2) == "-" {
        next += 3;
    } else {
        return None;
    }
    if cursor.lower(next) == "every" {
        next += 1;
    }
    let whole = number::read(cursor, next, false)?;
    let d = whole.value.as_whole()?;
    let usual = matches!(d, 2..=10 | 12 | 20 | 25 | 50 | 100 | 1000 | 10_000 | 100_000 | 1_000_000);
    if n >= d || (!out && !usual) {
        return None;
    }
    // “three in 10 days”, “one in five years” count something else.
    let hyphen = usize::from(cursor.word(whole.next) == "-");
    let timed = cursor.tables.unit(cursor.lower(whole.next + hyphen)).is_some();
    if timed || out && !usual {
        return None;
    }
    share(n, d, whole.next)
}

/// “half a million”, “half a dozen”, “half an hour”, “half of”, “half the”. `start` is the article before half, if any.
fn half(cursor: &Cursor<'_>, start: usize, at: usize) -> Option<Part> {
    let mut next = at + 1;
    let hyphen = cursor.word(next) == "-" && cursor.touched(next);
    if hyphen {
        next += 1;
    }
    let article = usize::from(matches!(cursor.lower(next), "a" | "an"));
    let word = cursor.lower(next + article);
    let one_half = Number::exact(Rational::new(1, 2)?, Form::Words, next);
    match words::number_word(word) {
        Some(NumberWord::Scale(exponent)) => {
            return Some(Part::Number(Number {
                next: next + article + 1,
                step: Rational::ZERO,
                ..one_half.scaled(exponent)?
            }));
        }
        Some(NumberWord::Dozen) if !word.ends_with('s') => {
            return Some(Part::Number(Number::exact(Rational::whole(6), Form::Words, next + article + 1)));
        }
        _ => {}
    }
    let percent =
        matches!(word, "percent" | "percentage") || word == "per" && cursor.lower(next + article + 1) == "cent";
    let measured = percent || cursor.tables.unit(word).is_some() || cursor.tables.cents(word).is_some();
    let day = matches!(word, "hour" | "day" | "mile" | "pint" | "century" | "kilometer" | "kilometre");
    if measured && (article == 1 || hyphen || start < at || day) {
        return Some(Part::Number(Number { next: next + article, ..one_half }));
    }
    let of = !hyphen && matches!(cursor.lower(next), "of" | "the" | "its" | "their" | "his" | "her" | "all" | "that");
    let by = at > 0 && matches!(cursor.lower_before(start), "by" | "about" | "nearly" | "almost" | "than" | "roughly");
    let named =
        matches!(cursor.lower_before(at), "first" | "second" | "other" | "the" | "top" | "bottom" | "last" | "latter");
    ((of || (by && start < at)) && !named).then(|| share(1, 2, next)).flatten()
}

/// “and a half”, “and three quarters” after a whole number.
pub(super) fn and_a_half(cursor: &Cursor<'_>, at: usize) -> Option<(Rational, usize)> {
    let hyphen = cursor.word(at) == "-" && cursor.touches(at) && cursor.touched(at);
    let at = at + usize::from(hyphen);
    if cursor.lower(at) != "and" {
        return None;
    }
    let skip = |i: usize| i + usize::from(cursor.word(i) == "-" && cursor.touched(i) && cursor.touches(i));
    let first = skip(at + 1);
    let (n, next) = match words::number_word(cursor.lower(first)) {
        Some(NumberWord::Article) => (1, skip(first + 1)),
        Some(NumberWord::Small(n @ 1..=15)) => (n, skip(first + 1)),
        _ => (1, first),
    };
    let (d, plural) = words::denominator_word(cursor.lower(next))?;
    // "two and third" is no number; "one and quarter hour" and "two and two thirds" are.
    let plain = next > first || d == 4 || d == 2;
    (plain && (n == 1 || plural || d == 4) && n < d).then_some((Rational::new(n.into(), d.into())?, next + 1))
}

/// A share with a scale behind it: three-quarters of a million.
fn scaled(cursor: &Cursor<'_>, number: Number) -> Option<Part> {
    let mut at = number.next;
    if cursor.lower(at) == "of" && matches!(cursor.lower(at + 1), "a" | "an") {
        at += 2;
    }
    match words::number_word(cursor.lower(at)) {
        Some(NumberWord::Scale(exponent)) => Some(Part::Number(Number { next: at + 1, ..number.scaled(exponent)? })),
        _ => {
            // one-half mile
            let unit = super::tables::Tables::get().unit(cursor.lower(at)).is_some() && at == number.next;
            unit.then_some(Part::Number(number))
        }
    }
}

fn vague_number(low: i64, high: i64, next: usize) -> Part {
    let whole = |n: i64| Rational::new(n.into(), 1).unwrap_or(Rational::ZERO);
    Part::Number(Number { high: Some(whole(high)), ..Number::exact(whole(low), Form::Vague, next) })
}

/// “a couple of hundred”, “a few dozen”, “several million”: the scale is at token `at`, or behind an “of” there.
fn vague_scaled(cursor: &Cursor<'_>, low: i64, high: i64, at: usize) -> Option<Part> {
    let at = at + usize::from(cursor.lower(at) == "of");
    let scale = match words::number_word(cursor.lower(at)).filter(|_| !cursor.lower(at).ends_with('s'))? {
        NumberWord::Hundred => 100,
        NumberWord::Dozen => 12,
        NumberWord::Scale(exponent) => 10i64.checked_pow(exponent)?,
        _ => return None,
    };
    Some(vague_number(low.checked_mul(scale)?, high.checked_mul(scale)?, at + 1))
}

/// “dozens of”, “tens of thousands”.
fn tens_of(cursor: &Cursor<'_>, at: usize, low: i64, high: i64) -> Option<Part> {
    // “scores” is mostly a verb or a result.
    if cursor.lower(at) == "scores" && cursor.lower(at + 1) != "of" {
        return None;
    }
    if cursor.lower(at + 1) == "of"
        && let Some(exponent) = words::scale_word(cursor.lower(at + 2)).filter(|_| cursor.lower(at + 2).ends_with('s'))
    {
        let scale = 10i64.checked_pow(exponent)?;
        return Some(vague_number(low * scale, high.checked_mul(scale)?.checked_add(scale - 1)?, at + 3));
    }
    Some(vague_number(low, high, at + 1))
}
