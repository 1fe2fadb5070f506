//! Digits that are no figures: years, dates, clock times, telephone and part numbers, addresses, labels, innings.

use super::cursor::Cursor;
use super::{label, power, when, words};
use crate::annotate::entity_words::entity_words;
use crate::text::{Case, TokenKind};

/// If the digits at token `at` are no figure, the index of the first token after them.
pub(super) fn skip(cursor: &Cursor<'_>, at: usize) -> Option<usize> {
    power::beyond(cursor, at)
        .or_else(|| joined(cursor, at))
        .or_else(|| when::clock(cursor, at))
        .or_else(|| when::date(cursor, at))
        .or_else(|| label::read(cursor, at).map(|next| label::rest(cursor, at, next)))
        .or_else(|| when::year(cursor, at))
        .or_else(|| address(cursor, at))
        .or_else(|| innings(cursor, at))
}

/// Numbers that letters, slashes or several hyphens join to something else: 737-800, 9/11, F-16, 555-0147-2, 12A, #5.
fn joined(cursor: &Cursor<'_>, at: usize) -> Option<usize> {
    let before = if cursor.touched(at) { cursor.word_before(at) } else { "" };
    match before {
        // in ’12
        "’" | "'" | "‘" if cursor.word(at).len() == 2 => return Some(at + 1),
        "/" | "@" | "#" | "_" | "=" | "&" | "\\" | "~" => return Some(at + 1),
        // Covid-19, mid-20s, under-18; five-15 is rare enough.
        "-" | "–"
            if at >= 2
                && cursor.touched(at - 1)
                && cursor.kind(at - 2) == Some(TokenKind::Word)
                && words::number_word(cursor.lower(at - 2)).is_none() =>
        {
            // ten-to-12, a 6-foot-3 center, a magnitude-6.1 quake
            let to = matches!(cursor.lower(at - 2), "to" | "and" | "foot" | "magnitude");
            if !to {
                return Some(at + 1);
            }
        }
        // h2o is one word; 5:30 is handled as a clock time.
        ":" if at >= 2 && cursor.kind(at - 2) == Some(TokenKind::Number) => return Some(at + 1),
        _ => {}
    }
    // 7-1/8
    if cursor.word(at + 1) == "-"
        && cursor.touches(at)
        && cursor.touches(at + 1)
        && super::number::slashed(cursor, at + 2).is_some()
    {
        return None;
    }
    // 202-555-0147, 9/11/2001, 1.2.3.4, 5:30, 978-3-16
    let chain = |from: usize| {
        let mut last = from;
        let mut links = 0;
        while cursor.touches(last)
            && matches!(cursor.word(last + 1), "-" | "/" | "–" | ".")
            && cursor.touches(last + 1)
            && cursor.kind(last + 2) == Some(TokenKind::Number)
        {
            last += 2;
            links += 1;
        }
        (last + 1, links)
    };
    let (end, links) = chain(at);
    if links >= 2 {
        return Some(end);
    }
    if links == 1 && cursor.word(at + 1) == "/" && super::number::slashed(cursor, at).is_none() {
        return Some(end);
    }
    // 555-1234
    if links == 1
        && cursor.word(at + 1) == "-"
        && cursor.word(at).len() == 3
        && cursor.word(at + 2).len() == 4
        && !cursor.word(at + 2).contains(',')
    {
        return Some(end);
    }
    // 2013-14, 1998–2004
    if links == 1 && when::is_year(cursor.word(at)) && matches!(cursor.word(at + 2).len(), 1 | 2 | 4) {
        return Some(end);
    }
    super::number::digits(cursor.word(at)).is_none().then_some(at + 1)
}

/// Wickets and runs of an innings that goes on: they were at 4 for 112.
fn innings(cursor: &Cursor<'_>, at: usize) -> Option<usize> {
    let count = |at: usize, most: usize| {
        let digits = cursor.word(at);
        cursor.kind(at) == Some(TokenKind::Number) && digits.parse().is_ok_and(|n: usize| n <= most)
    };
    let stands = matches!(cursor.lower_before(at), "at" | "on" | "to" | "was" | "were" | "is" | "are" | "reached");
    let goes_on = || {
        cursor.kind(at + 3) != Some(TokenKind::Word)
            || matches!(
                cursor.lower(at + 3),
                "after" | "at" | "before" | "from" | "in" | "off" | "when" | "with" | "and"
            )
    };
    let score = stands && cursor.lower(at + 1) == "for" && count(at, 10) && count(at + 2, 999) && goes_on();
    score.then_some(at + 3)
}

/// 1600 Ford Avenue: a street's tail within the next few capitalized words.
fn address(cursor: &Cursor<'_>, at: usize) -> Option<usize> {
    for next in at + 1..at + 5 {
        let token = cursor.token(next).filter(|t| t.kind == TokenKind::Word && t.is_capital())?;
        let tail = next > at + 1 || token.case == Case::Upper;
        if tail && entity_words().street_tails.contains(cursor.lower(next).trim_end_matches('.')) {
            return Some(next + 1);
        }
    }
    None
}
