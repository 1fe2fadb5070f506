//! Digits that say when: clock times, days, years.

use super::cursor::Cursor;
use super::words;
use crate::text::{Case, Lex, TokenKind};

/// 8:20, 8 p.m., 10 o’clock, 5pm; the minutes go with it.
pub(super) fn clock(cursor: &Cursor<'_>, at: usize) -> Option<usize> {
    let mut next = at + 1;
    let colon = cursor.word(next) == ":"
        && cursor.touches(at)
        && cursor.touches(next)
        && cursor.kind(next + 1) == Some(TokenKind::Number);
    if colon {
        next += 2;
        while cursor.word(next) == ":" && cursor.touches(next) && cursor.kind(next + 1) == Some(TokenKind::Number) {
            next += 2;
        }
    }
    let word = cursor.lower(next);
    let names_hours = matches!(word, "a.m." | "p.m." | "a.m" | "p.m" | "am" | "pm" | "o'clock" | "o’clock")
        || matches!(word, "gmt" | "bst" | "hrs" | "noon" | "midnight");
    if !colon && !names_hours {
        return None;
    }
    let value: f64 = cursor.word(at).parse().ok()?;
    let hour = (0.0..=24.0).contains(&value);
    let marked = matches!(word, "a.m." | "p.m." | "a.m" | "p.m" | "o'clock" | "o’clock" | "gmt" | "bst" | "hrs" | "noon" | "midnight")
        || (matches!(word, "am" | "pm") && cursor.word(at).len() <= 5 && !cursor.word(at).contains('.'))
        || (matches!(word, "am" | "pm") && cursor.touched(next) && value <= 12.6)
        // 7.30 pm
        || (matches!(word, "am" | "pm") && value < 13.0 && written_minutes(cursor.word(at)));
    if word == "hrs" && !colon {
        return None;
    }
    (colon || (hour && marked)).then(|| next + usize::from(marked))
}

/// Two digits below 60 behind a full stop.
fn written_minutes(time: &str) -> bool {
    time.split_once('.').is_some_and(|(_, m)| m.len() == 2 && m.parse::<u32>().is_ok_and(|m| m < 60))
}

/// January 6, 6 January, the 6th of January.
pub(super) fn date(cursor: &Cursor<'_>, at: usize) -> Option<usize> {
    let day: u32 = cursor.word(at).parse().ok()?;
    let month = |i: usize| {
        cursor.token(i).is_some_and(|t| t.lex.is(Lex::MONTH) && t.is_capital())
            && cursor.kind(i) == Some(TokenKind::Word)
    };
    if (1..=31).contains(&day) {
        let suffix = usize::from(cursor.touches(at) && matches!(cursor.lower(at + 1), "st" | "nd" | "rd" | "th"));
        if at > 0 && month(at - 1) {
            // Jan. 6, 2021
            let mut next = at + 1 + suffix;
            if cursor.word(next) == "," && is_year(cursor.word(next + 1)) {
                next += 2;
            }
            // March 6-8, May 3–5, June 3 to 9
            let dashed = cursor.touched(next) && matches!(cursor.word(next), "-" | "–");
            let spelled = matches!(cursor.lower(next), "to" | "and")
                && cursor.token(next + 2).is_none_or(|t| t.kind != TokenKind::Word || t.lex.is(Lex::FUNCTION));
            if (dashed || spelled) && cursor.word(next + 1).parse::<u32>().is_ok_and(|d| (1..=31).contains(&d)) {
                next += 2;
            }
            return Some(next);
        }
        let mut next = at + 1 + suffix;
        if cursor.lower(next) == "of" {
            next += 1;
        }
        // May and march are also words; may before a year or a comma, or with a capital in the sentence, is the month.
        if month(next) && !(cursor.lower(next) == "may" && cursor.kind(next + 1) == Some(TokenKind::Word)) {
            next += 1;
            if is_year(cursor.word(next)) {
                next += 1;
            }
            return Some(next);
        }
        // 6-8 January
        if cursor.touches(at)
            && matches!(cursor.word(at + 1), "-" | "–")
            && cursor.kind(at + 2) == Some(TokenKind::Number)
            && month(at + 3)
        {
            return Some(at + 4);
        }
        // 3 to 9 January, 3 and 4 May
        if matches!(cursor.lower(at + 1), "to" | "and")
            && cursor.word(at + 2).parse::<u32>().is_ok_and(|d| (1..=31).contains(&d))
            && month(at + 3)
        {
            return Some(at + 4);
        }
    }
    (at > 0 && month(at - 1) && is_year(cursor.word(at))).then_some(at + 1)
}

/// A year without anything that makes it an amount: in 2012, the 1980s.
pub(super) fn year(cursor: &Cursor<'_>, at: usize) -> Option<usize> {
    let touching_s = cursor.touches(at) && cursor.lower(at + 1) == "s";
    let digits = cursor.word(at);
    if touching_s && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Some(at + 2);
    }
    if !is_year(digits) {
        return None;
    }
    let next = cursor.token(at + 1);
    let before = cursor.lower_before(at);
    if matches!(before, "$" | "£" | "€" | "¥" | "₹" | "than" | "least" | "about" | "roughly" | "nearly" | "almost")
    {
        return (before == "than" && !cursor.is_plural(at + 1)).then_some(at + 1);
    }
    let Some(next) = next.filter(|_| at + 1 < cursor.end) else { return (at > cursor.start).then_some(at + 1) };
    let lower = cursor.lower(at + 1);
    let measured = words::scale_word(lower).is_some()
        || super::tables::Tables::get().unit(lower).is_some()
        || super::tables::Tables::get().currency(lower).is_some()
        || matches!(lower, "percent" | "%" | "per");
    if measured && !matches!(before, "in" | "since" | "of") {
        return None;
    }
    let counts = next.kind == TokenKind::Word
        && next.case == Case::Lower
        && cursor.is_plural(at + 1)
        && !matches!(before, "in" | "since" | "the" | "of" | "its" | "his" | "her" | "their" | "by" | "from" | "after");
    (!counts).then_some(at + 1)
}

/// Four digits from 1500 to 2100 without separators.
pub(super) fn is_year(digits: &str) -> bool {
    digits.len() == 4 && digits.parse::<u32>().is_ok_and(|y| (1500..=2100).contains(&y))
}
