//! Powers: 5.97 × 10^24, 2.4×10−5, 6.02×10²³, 1e-3, 8 × 2^10, 10⁶.

use super::Form;
use super::cursor::Cursor;
use super::number::{self, Number};
use crate::text::{Rational, TokenKind};

/// What a number is multiplied by, or raised to.
struct Power {
    base: i64,
    exponent: i32,
    /// Whether the number is the base itself: 10^6.
    is_base: bool,
    /// Index of the first token after it.
    next: usize,
}

/// The number whose digits, worth `value`, stand at token `at` and have a power behind them.
pub(super) fn read(cursor: &Cursor<'_>, value: Rational, at: usize) -> Option<Number> {
    if !may_follow(cursor, at) {
        return None;
    }
    let power = find(cursor, value, at)?;
    let step = power.factor()?;
    let value = if power.is_base { step } else { value.mul(step)? };
    Some(Number { step, ..Number::exact(value, Form::Digits, power.next) })
}

/// The index after a number at token `at` that its power takes beyond exact numbers: 1.6 × 10^-19.
pub(super) fn beyond(cursor: &Cursor<'_>, at: usize) -> Option<usize> {
    if !may_follow(cursor, at) {
        return None;
    }
    let (value, _) = number::digits(cursor.word(at))?;
    let power = find(cursor, value, at)?;
    read(cursor, value, at).is_none().then_some(power.next)
}

/// Whether a sign of a power may stand behind the number at token `at`: the cheap question before [`find`].
fn may_follow(cursor: &Cursor<'_>, at: usize) -> bool {
    match cursor.kind(at + 1) {
        Some(TokenKind::Word) => {
            cursor.touches(at) && cursor.word(at + 1).starts_with(['e', 'E', 'x'])
                || matches!(cursor.word(at + 1), "x" | "X")
        }
        Some(TokenKind::Mark) => !matches!(cursor.word(at + 1), "," | "%" | "-" | ")"),
        _ => false,
    }
}

impl Power {
    fn factor(&self) -> Option<Rational> {
        if self.base == 10 {
            return Rational::power_of_ten(self.exponent);
        }
        let power = i128::from(self.base).checked_pow(self.exponent.unsigned_abs())?;
        if self.exponent < 0 { Rational::new(1, power) } else { Rational::new(power, 1) }
    }
}

fn find(cursor: &Cursor<'_>, value: Rational, at: usize) -> Option<Power> {
    let times = |base, (exponent, next): (i32, usize)| Power { base, exponent, is_base: false, next };
    match cursor.word(at + 1) {
        "×" | "x" | "X" | "*" | "·" | "⋅" if cursor.kind(at + 2) == Some(TokenKind::Number) => {
            let base = cursor.word(at + 2).parse().ok().filter(|base| (2..=1000).contains(base))?;
            // 3 × 10 alone is a product.
            Some(times(base, exponent(cursor, at + 3, base == 10)?))
        }
        "^" | "⁰" | "¹" | "²" | "³" | "⁴" | "⁵" | "⁶" | "⁷" | "⁸" | "⁹" | "⁻" => {
            let base = value.as_whole().filter(|base| (2..=1000).contains(base))?;
            // 45² may be a note’s mark.
            if base != 10 && cursor.word(at + 1) != "^" {
                return None;
            }
            let (exponent, next) = exponent(cursor, at + 1, false)?;
            Some(Power { base, exponent, is_base: true, next })
        }
        word if cursor.touches(at) => {
            if let Some(base) = word.strip_prefix('x').and_then(|base| base.parse().ok())
                && (2..=1000).contains(&base)
                && let Some(raised) = exponent(cursor, at + 2, base == 10)
            {
                return Some(times(base, raised));
            }
            match word.strip_prefix(['e', 'E']).or_else(|| word.strip_prefix("x10"))? {
                "" => Some(times(10, signed(cursor, at + 2)?)),
                digits => Some(times(10, (digits.parse().ok()?, at + 2))),
            }
        }
        _ => None,
    }
}

/// The exponent at token `at`, which touches its base, and the index after it. `bare`: a sign alone may open it, ×10−5.
fn exponent(cursor: &Cursor<'_>, at: usize, bare: bool) -> Option<(i32, usize)> {
    if !cursor.touched(at) {
        return None;
    }
    match cursor.word(at) {
        "^" if cursor.touches(at) => signed(cursor, at + 1)
            .or_else(|| Some((cursor.word(at + 1).parse().ok()?, at + 2)))
            .filter(|_| cursor.word(at + 1) != "+"),
        _ if raised(cursor.word(at)).is_some() => {
            let (mut digits, mut next) = (String::new(), at);
            while let Some(sign) = raised(cursor.word(next)).filter(|_| cursor.touched(next)) {
                digits.push(sign);
                next += 1;
            }
            Some((digits.parse().ok()?, next))
        }
        _ if bare => signed(cursor, at),
        _ => None,
    }
}

/// A sign and a whole number, with nothing between and nothing before.
fn signed(cursor: &Cursor<'_>, at: usize) -> Option<(i32, usize)> {
    let negative = match cursor.word(at) {
        "-" | "−" | "–" => true,
        "+" => false,
        _ => return None,
    };
    let exponent: i32 = cursor.word(at + 1).parse().ok().filter(|_| cursor.touched(at) && cursor.touches(at))?;
    Some((if negative { -exponent } else { exponent }, at + 2))
}

/// The character of the line that a raised one stands for.
fn raised(word: &str) -> Option<char> {
    Some(match word {
        "⁰" => '0',
        "¹" => '1',
        "²" => '2',
        "³" => '3',
        "⁴" => '4',
        "⁵" => '5',
        "⁶" => '6',
        "⁷" => '7',
        "⁸" => '8',
        "⁹" => '9',
        "⁻" => '-',
        _ => return None,
    })
}
