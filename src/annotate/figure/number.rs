//! Numbers in digits, with their scale.

use super::Form;
use super::cursor::Cursor;
use super::words::{self, NumberWord};
use super::{power, spelled};
use crate::text::{Rational, TokenKind};

/// A number without its unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    pub value: Rational,
    pub high: Option<Rational>,
    pub step: Rational,
    pub form: Form,
    /// Index of the first token after it.
    pub next: usize,
    /// The digits as written before any scale, and whether they are grouped: what a range's left end may inherit by.
    pub mantissa: Rational,
    pub grouped: bool,
}

impl Number {
    pub fn exact(value: Rational, form: Form, next: usize) -> Number {
        let step = if value.is_whole() { Rational::ONE } else { Rational::ZERO };
        Number { value, high: None, step, form, next, mantissa: value, grouped: false }
    }

    /// The number of wholes, when what is written counts parts of one.
    pub fn divided(mut self, parts: i64) -> Option<Number> {
        if parts > 1 {
            let part = Rational::new(1, parts.into())?;
            self.value = self.value.mul(part)?;
            self.step = self.step.mul(part)?;
            self.high = self.high.and_then(|high| high.mul(part));
        }
        Some(self)
    }

    pub fn scaled(mut self, exponent: u32) -> Option<Number> {
        let scale = Rational::power_of_ten(exponent as i32)?;
        self.value = self.value.mul(scale)?;
        self.step = self.step.mul(scale)?;
        if let Some(high) = self.high {
            self.high = Some(high.mul(scale)?);
        }
        if self.form == Form::Digits {
            self.form = Form::Scaled;
        }
        Some(self)
    }
}

/// Reads the number that starts at token `at`, in digits or words, with its scale. `money` says that a sign of
/// currency stands before it.
pub(super) fn read(cursor: &Cursor<'_>, at: usize, money: bool) -> Option<Number> {
    let number = match cursor.kind(at)? {
        TokenKind::Number => {
            let (value, grouped) = digits(cursor.word(at))?;
            // 1 point 1
            if cursor.lower(at + 1) == "point"
                && cursor.kind(at + 2) == Some(TokenKind::Number)
                && let Some(value) = Rational::parse(&format!("{}.{}", cursor.word(at), cursor.word(at + 2)))
            {
                let step = Rational::power_of_ten(-(cursor.word(at + 2).len() as i32))?;
                return Some(Number { step, ..Number::exact(value, Form::Digits, at + 3) });
            }
            if let Some(number) = spaced_groups(cursor, at).or_else(|| power::read(cursor, value, at)) {
                number
            } else {
                with_tail(cursor, written(value, cursor.word(at), grouped, at + 1)?)?
            }
        }
        // .5
        TokenKind::Stop if cursor.word(at) == "." && cursor.touches(at) && !cursor.touched(at) => {
            let digits = cursor.word(at + 1);
            if cursor.kind(at + 1) != Some(TokenKind::Number) || digits.contains([',', '.']) {
                return None;
            }
            let value = Rational::parse(digits)?.mul(Rational::power_of_ten(-(digits.len() as i32))?)?;
            let step = Rational::power_of_ten(-(digits.len() as i32))?;
            Number { step, ..Number::exact(value, Form::Digits, at + 2) }
        }
        TokenKind::Mark => {
            let (n, d) = words::fraction_sign(cursor.word(at))?;
            Number::exact(Rational::new(n.into(), d.into())?, Form::Fraction, at + 1)
        }
        TokenKind::Word => return spelled::read(cursor, at),
        _ => return None,
    };
    scale(cursor, number, money)
}

/// Digits as written: 1,237 and 12,34,567 are grouped; 92,2 has a decimal comma. `None` for what is no number: 2.4.1.
pub(super) fn digits(written: &str) -> Option<(Rational, bool)> {
    // Most numbers are a few digits, and are asked for several times.
    if written.len() <= 9 && written.bytes().all(|b| b.is_ascii_digit()) {
        return Some((Rational::whole(written.parse().ok()?), false));
    }
    let stops = written.bytes().filter(|&b| b == b'.').count();
    let commas = written.bytes().filter(|&b| b == b',').count();
    let in_groups = |text: &str, by: char| {
        let groups: Vec<&str> = text.split(by).collect();
        let (first, rest) = groups.split_first().expect("split gives at least one");
        (1..=3).contains(&first.len())
            && rest.last().is_some_and(|g| g.len() == 3)
            && rest.iter().all(|g| g.len() == 3 || (by == ',' && g.len() == 2))
    };
    match (commas, stops) {
        (0, 0 | 1) => Some((Rational::parse(written)?, false)),
        (_, 0) if in_groups(written, ',') => Some((Rational::parse(&written.replace(',', ""))?, true)),
        (1, 0) => {
            let (_, decimals) = written.split_once(',')?;
            (decimals.len() <= 2).then_some((Rational::parse(&written.replace(',', "."))?, false))
        }
        (_, 1) => {
            let (whole, _) = written.split_once('.')?;
            if in_groups(whole, ',') {
                return Some((Rational::parse(&written.replace(',', ""))?, true));
            }
            european(written)
        }
        (1, _) if written.find(',') > written.rfind('.') => european(written),
        (0, _) if in_groups(written, '.') => Some((Rational::parse(&written.replace('.', ""))?, true)),
        _ => None,
    }
}

/// 1.500,50: groups by full stops, then a decimal comma.
fn european(written: &str) -> Option<(Rational, bool)> {
    let (whole, decimals) = written.split_once(',')?;
    let mut groups = whole.split('.');
    let grouped = groups.next().is_some_and(|first| (1..=3).contains(&first.len())) && groups.all(|g| g.len() == 3);
    let plain = grouped && (1..=2).contains(&decimals.len());
    Some((Rational::parse(&format!("{}.{decimals}", whole.replace('.', "")))?, true)).filter(|_| plain)
}

fn written(value: Rational, digits: &str, grouped: bool, next: usize) -> Option<Number> {
    let step = if value.is_whole() && (grouped || !digits.contains(['.', ','])) {
        value.round_step()
    } else {
        let decimals = digits.rsplit(['.', ',']).next().map_or(0, str::len);
        Rational::power_of_ten(-(decimals as i32))?
    };
    Some(Number { value, high: None, step, form: Form::Digits, next, mantissa: value, grouped })
}

/// 10 000: groups of three digits with a space between. A no-break or thin space says so; after a plain one the amount must
/// have a unit or something counted behind it.
fn spaced_groups(cursor: &Cursor<'_>, at: usize) -> Option<Number> {
    let plain = |i: usize, len: std::ops::RangeInclusive<usize>| {
        let word = cursor.word(i);
        cursor.kind(i) == Some(TokenKind::Number)
            && len.contains(&word.len())
            && word.bytes().all(|b| b.is_ascii_digit())
    };
    if !plain(at, 1..=3) || cursor.word(at).starts_with('0') || at > 0 && cursor.kind(at - 1) == Some(TokenKind::Number)
    {
        return None;
    }
    let mut written = cursor.word(at).to_owned();
    let (mut next, mut sure) = (at + 1, true);
    // 12'500, as the Swiss write it.
    while matches!(cursor.word(next), "'" | "’")
        && cursor.touched(next)
        && cursor.touches(next)
        && plain(next + 1, 3..=3)
    {
        written.push_str(cursor.word(next + 1));
        next += 2;
    }
    while plain(next, 3..=3) {
        let gap = cursor.between(cursor.end_of(next - 1), cursor.start_of(next));
        match gap {
            "\u{a0}" | "\u{202f}" | "\u{2009}" => {}
            " " => sure = false,
            _ => break,
        }
        written.push_str(cursor.word(next));
        next += 1;
    }
    let counted = || {
        cursor.is_plural(next)
            || cursor.measure(next, true, at).is_some()
            || words::scale_word(cursor.lower(next)).is_some()
            || at > 0
                && cursor.kind(at - 1) == Some(TokenKind::Mark)
                && words::fraction_sign(cursor.word(at - 1)).is_none()
    };
    if next == at + 1 || cursor.touched(next) || !(sure || counted()) {
        return None;
    }
    let value = Rational::parse(&written)?;
    Some(Number { grouped: true, step: value.round_step(), ..Number::exact(value, Form::Digits, next) })
}

/// 2½ and 2 1/2.
fn with_tail(cursor: &Cursor<'_>, number: Number) -> Option<Number> {
    let at = number.next;
    let (fraction, next) = match cursor.kind(at) {
        // 7-1/8
        Some(TokenKind::Mark)
            if cursor.word(at) == "-"
                && cursor.touched(at)
                && cursor.touches(at)
                && slashed(cursor, at + 1).is_some() =>
        {
            (slashed(cursor, at + 1)?, at + 4)
        }
        Some(TokenKind::Mark) => match words::fraction_sign(cursor.word(at)) {
            Some(parts) => (parts, at + 1),
            None => return Some(number),
        },
        Some(TokenKind::Number) if !cursor.touched(at) && number.value.is_whole() => match slashed(cursor, at) {
            Some(parts) => (parts, at + 3),
            None => return Some(number),
        },
        // 4 and 1/2
        Some(TokenKind::Word)
            if cursor.lower(at) == "and" && number.value.is_whole() && slashed(cursor, at + 1).is_some() =>
        {
            (slashed(cursor, at + 1)?, at + 4)
        }
        // 5 and a half minutes
        Some(TokenKind::Word) if number.value.is_whole() && cursor.lower(at) == "and" => {
            return Some(match super::fraction::and_a_half(cursor, at) {
                Some((part, next)) => Number { value: number.value.add(part)?, step: Rational::ZERO, next, ..number },
                None => number,
            });
        }
        _ => return Some(number),
    };
    let part = Rational::new(fraction.0.into(), fraction.1.into())?;
    Some(Number { value: number.value.add(part)?, step: Rational::ZERO, next, ..number })
}

/// A fraction of small whole numbers with a slash between: 1/2, 20/100. Not 9/11, 24/7, 1/2/2020.
pub(super) fn slashed(cursor: &Cursor<'_>, at: usize) -> Option<(i64, i64)> {
    let joined = cursor.kind(at + 2) == Some(TokenKind::Number)
        && cursor.word(at + 1) == "/"
        && cursor.touches(at)
        && cursor.touches(at + 1);
    // A date and a part number go on; 2 1/2-year does not.
    let goes_on = cursor.touches(at + 2)
        && (cursor.word(at + 3) == "/" || cursor.word(at + 3) == "-" && cursor.kind(at + 4) != Some(TokenKind::Word));
    if !joined || goes_on {
        return None;
    }
    let part = |i: usize| digits(cursor.word(i)).filter(|d| !d.1)?.0.as_whole();
    let (n, d) = (part(at)?, part(at + 2)?);
    let usual = matches!(d, 2..=10 | 12 | 16 | 20 | 32 | 64 | 100 | 1000);
    // 1/40 of the wavelength
    let part_of = n == 1 && cursor.lower(at + 3) == "of" && !matches!(cursor.lower(at + 4), "january" | "may");
    (n > 0 && n < d && (usual || part_of)).then_some((n, d))
}

fn scale(cursor: &Cursor<'_>, mut number: Number, money: bool) -> Option<Number> {
    loop {
        let at = number.next;
        let touching = cursor.touched(at);
        // 1.2-million
        let hyphen = usize::from(touching && cursor.word(at) == "-" && cursor.touches(at));
        if cursor.kind(at + hyphen) != Some(TokenKind::Word) {
            return Some(number);
        }
        let lower = cursor.lower(at + hyphen);
        let exponent = match words::number_word(lower) {
            Some(NumberWord::Scale(exponent)) if !lower.ends_with('s') || cursor.lower(at + hyphen + 1) != "of" => {
                exponent
            }
            Some(NumberWord::Hundred) if number.value < Rational::HUNDRED => 2,
            Some(NumberWord::Dozen) => {
                let value = number.value.mul(Rational::whole(12))?;
                return Some(Number { value, next: at + hyphen + 1, ..number });
            }
            _ if hyphen == 0 => match words::scale_letters(cursor.word(at), touching, money) {
                // 293.15K is a temperature, 1.25K followers are not.
                Some(3) if !money && number.step <= Rational::new(1, 100)? && number.value >= Rational::HUNDRED => {
                    return Some(number);
                }
                Some(exponent) => exponent,
                // 1.2m people, 1.2m sq ft; 1.2m tall and 1.2m alone are meters.
                None if lower == "m" && touching && cursor.counts_millions(at + 1) => 6,
                None => return Some(number),
            },
            _ => return Some(number),
        };
        number = Number { next: at + hyphen + 1, ..number.scaled(exponent)? };
        if exponent > 3 && hyphen == 0 {
            number = with_smaller(cursor, number, exponent);
        }
    }
}

/// 6 million three hundred thousand, 3 crore 12 lakh: a number scaled by `exponent`, and what stands behind it with a
/// smaller scale of its own.
pub(super) fn with_smaller(cursor: &Cursor<'_>, number: Number, exponent: u32) -> Number {
    let at = number.next;
    let opens = match cursor.kind(at) {
        Some(TokenKind::Number) => cursor.kind(at + 1) == Some(TokenKind::Word),
        Some(TokenKind::Word) => matches!(words::number_word(cursor.lower(at)), Some(NumberWord::Small(_))),
        _ => false,
    };
    if !opens || cursor.touched(at) || !number.value.is_whole() {
        return number;
    }
    let rest = read(cursor, at, false).filter(|rest| rest.value >= Rational::whole(1000) && rest.value.is_whole());
    let Some(rest) = rest.filter(|rest| {
        let scaled = (at..rest.next).any(|i| {
            words::scale_word(cursor.lower(i)).or_else(|| words::scale_letters(cursor.word(i), false, false)).is_some()
        });
        scaled && Rational::power_of_ten(exponent as i32).is_some_and(|scale| rest.value < scale)
    }) else {
        return number;
    };
    match number.value.add(rest.value) {
        Some(value) => Number { value, step: rest.step, next: rest.next, ..number },
        None => number,
    }
}
