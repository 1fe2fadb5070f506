//! Numbers in words: six hundred and fifty-three, two and a half million, one point five.

use super::cursor::Cursor;
use super::number::{self, Number};
use super::words::{self, NumberWord};
use super::{Form, fraction};
use crate::text::{Rational, TokenKind};

/// A number in words: six hundred and fifty-three, a dozen, two and a half million, minus two point five.
pub(super) fn read(cursor: &Cursor<'_>, start: usize) -> Option<Number> {
    if cursor.lower(start) == "point" {
        return decimals_alone(cursor, start);
    }
    let mut at = start;
    let (mut total, mut current): (i64, Option<i64>) = (0, None);
    let mut ceiling = u32::MAX;
    let mut last_scale = 1i64;
    // After which token the number could end: an “and” or a hyphen is only taken with the number word behind it.
    let mut end = start;
    loop {
        let word = (cursor.kind(at) == Some(TokenKind::Word)).then(|| words::number_word(cursor.lower(at))).flatten();
        match (word, current) {
            (Some(NumberWord::Article), None) if at == start => {
                let follower = words::number_word(cursor.lower(at + 1));
                let opens = matches!(follower, Some(NumberWord::Hundred | NumberWord::Scale(_) | NumberWord::Dozen))
                    && !cursor.lower(at + 1).ends_with('s');
                if !opens {
                    return None;
                }
                current = Some(1);
                at += 1;
                continue;
            }
            // hundred fifteen
            (Some(NumberWord::Hundred | NumberWord::Scale(_)), None)
                if at == start
                    && !cursor.lower(at).ends_with('s')
                    && words::number_word(cursor.lower(at + 1)).is_some() =>
            {
                current = Some(1);
                continue;
            }
            (Some(NumberWord::Small(n)), None) => current = Some(n),
            (Some(NumberWord::Small(n)), Some(c))
                if (n < 10 && n > 0 && c % 100 >= 20 && c % 10 == 0) || (n > 0 && c >= 100 && c % 100 == 0) =>
            {
                current = Some(c + n);
            }
            (Some(NumberWord::Hundred), Some(c)) if (1..100).contains(&c) => {
                current = Some(c * 100);
                last_scale = 100;
            }
            (Some(NumberWord::Dozen), Some(c)) => {
                current = Some(c * 12);
                end = at + 1;
                break;
            }
            (Some(NumberWord::Scale(exponent)), Some(c)) if exponent < ceiling => {
                last_scale = 10i64.checked_pow(exponent)?;
                total = total.checked_add(c.checked_mul(last_scale)?)?;
                current = None;
                ceiling = exponent;
            }
            // three thousand million
            (Some(NumberWord::Scale(exponent)), None) if total > 0 && exponent > ceiling => {
                total = total.checked_mul(10i64.checked_pow(exponent)?)?;
                last_scale = last_scale.checked_mul(10i64.checked_pow(exponent)?)?;
            }
            _ => break,
        }
        end = at + 1;
        at = end;
        let joined = cursor.word(at) == "-" && cursor.touches(at) && cursor.touched(at);
        let and = matches!(cursor.lower(at), "and" | "&") && current.is_none_or(|c| c >= 100 && c % 100 == 0);
        if joined || and || current.is_none() && goes_on(cursor, start, at, ceiling) {
            at += 1;
        }
    }
    if end == start {
        return None;
    }
    // twenty-second, twenty first
    if current.is_some_and(|c| c % 10 == 0 && c % 100 >= 20) {
        let hyphen = usize::from(cursor.word(end) == "-" && cursor.touched(end));
        if words::ordinal_word(cursor.lower(end + hyphen)).is_some_and(|n| n < 10) {
            return None;
        }
    }
    let whole = total.checked_add(current.unwrap_or(0))?;
    let mut value = Rational::new(whole.into(), 1)?;
    let mut next = end;
    let mut form = Form::Words;
    if let Some((decimals, after)) = spoken_decimals(cursor, next) {
        value = value.add(decimals)?;
        next = after;
        if let Some(NumberWord::Scale(exponent)) = words::number_word(cursor.lower(next)) {
            value = value.mul(Rational::power_of_ten(exponent as i32)?)?;
            next += 1;
        }
    } else if let Some((part, after)) = fraction::and_a_half(cursor, next) {
        // a million and a half
        let scaled = last_scale >= 1000 && current.is_none();
        value = value.add(if scaled { part.mul(Rational::new(last_scale.into(), 1)?)? } else { part })?;
        next = after;
        form = Form::Words;
        if let Some(NumberWord::Scale(exponent)) = words::number_word(cursor.lower(next)) {
            value = value.mul(Rational::power_of_ten(exponent as i32)?)?;
            next += 1;
        }
    }
    let step = if last_scale > 1 && current.unwrap_or(0) % 100 == 0 && value.is_whole() {
        Rational::new(last_scale.into(), 1)?
    } else {
        Rational::ONE
    };
    let mut number = Number { value, high: None, step, form, next, mantissa: value, grouped: false };
    // three hundred crore
    if cursor.kind(next) == Some(TokenKind::Word)
        && let Some(exponent @ (5 | 7)) = words::scale_letters(cursor.word(next), false, false)
    {
        number = number::with_smaller(cursor, Number { next: next + 1, ..number.scaled(exponent)? }, exponent);
    }
    Some(number)
}

/// Whether a comma at token `at` stands inside a number: three million, two hundred and forty thousand. `exponent` is the
/// scale before it.
fn goes_on(cursor: &Cursor<'_>, start: usize, at: usize, exponent: u32) -> bool {
    if cursor.word(at) != "," || !cursor.touched(at) || cursor.touches(at) || cursor.lower_before(start) == "of" {
        return false;
    }
    let mut hundreds = false;
    for i in at + 1..at + 8 {
        match words::number_word(cursor.lower(i)) {
            Some(NumberWord::Scale(lower)) => return lower < exponent && i > at + 1,
            Some(NumberWord::Hundred) => hundreds = true,
            Some(NumberWord::Small(_)) => {}
            None if i > at + 1 && matches!(cursor.lower(i), "and" | "&" | "-") => {}
            // three thousand, two hundred and forty
            _ => return hundreds && (exponent == 3 || i > at + 4),
        }
    }
    false
}

/// “point five” without a whole number: where a sentence begins or behind a word of measuring, and before a unit or the end.
fn decimals_alone(cursor: &Cursor<'_>, at: usize) -> Option<Number> {
    let opens = at == cursor.start
        || matches!(cursor.lower_before(at), "by" | "about" | "nearly" | "around" | "only" | "minus" | "negative");
    let digits = cursor.word(at + 1);
    let (value, next) = if digits.bytes().all(|b| b.is_ascii_digit()) && (1..=6).contains(&digits.len()) {
        (Rational::parse(&format!("0.{digits}"))?, at + 2)
    } else {
        spoken_decimals(cursor, at)?
    };
    let measured = cursor.is_end(next) || cursor.measure(next, true, at).is_some();
    (opens && measured).then(|| Number::exact(value, Form::Words, next))
}

/// “point five” after a whole number in words.
fn spoken_decimals(cursor: &Cursor<'_>, at: usize) -> Option<(Rational, usize)> {
    if cursor.lower(at) != "point" {
        return None;
    }
    let (mut digits, mut next) = (String::new(), at + 1);
    loop {
        let n = match words::number_word(cursor.lower(next)) {
            Some(NumberWord::Small(n)) => n,
            // point oh five
            None if matches!(cursor.lower(next), "o" | "oh")
                && words::number_word(cursor.lower(next + 1)).is_some() =>
            {
                0
            }
            _ => break,
        };
        next += 1;
        let hyphen = usize::from(cursor.word(next) == "-" && cursor.touched(next));
        match words::number_word(cursor.lower(next + hyphen)) {
            // ninety-nine
            Some(NumberWord::Small(unit @ 1..=9)) if n >= 20 => {
                digits.push_str(&(n + unit).to_string());
                next += 1 + hyphen;
            }
            _ => digits.push_str(&n.to_string()),
        }
        if digits.len() > 6 {
            return None;
        }
    }
    Some((Rational::parse(&format!("0.{}", (!digits.is_empty()).then_some(digits)?))?, next))
}
