//! Numbers that name: No. 10, Flight 370, Boeing 737-800.

use super::cursor::Cursor;
use super::words;
use crate::text::{Case, Lex, TokenKind};

/// A number that names: No. 10, Flight 370, Article 50, Apollo 11, Boeing 737, Windows 10.
pub(super) fn read(cursor: &Cursor<'_>, at: usize) -> Option<usize> {
    let before = cursor.lower_before(at);
    // At the start of a block: an item's number.
    if cursor.is_block_start(at)
        && matches!(cursor.word(at + 1), "." | ")")
        && cursor.touches(at)
        && cursor.kind(at + 2).is_some()
        && !cursor.touches(at + 1)
        && cursor.word(at).len() <= 2
    {
        return Some(at + 1);
    }
    if before == "(" && at >= 2 && matches!(cursor.lower(at - 2), "no." | "no" | "nos." | "number") {
        return Some(at + 1);
    }
    if is_named_by_number(before) && !cursor.touched(at) {
        // “had no 5 percent …” and “of class 5 students” are figures of their own.
        let measured = matches!(cursor.lower(at + 1), "percent" | "%" | "per");
        let counted = before == "no" && cursor.is_plural(at + 1);
        if !measured && !counted {
            return Some(at + 1);
        }
    }
    // No.1, where the full stop and the digits are not apart.
    if before == "." && cursor.touched(at) && at >= 2 && cursor.lower(at - 2) == "no" {
        return Some(at + 1);
    }
    // A capitalized name in running text with the number right behind it.
    let name = at.checked_sub(1).filter(|&i| i >= cursor.start).and_then(|i| cursor.token(i))?;
    if name.kind != TokenKind::Word || !matches!(name.case, Case::Capitalized | Case::Mixed | Case::Upper) {
        return None;
    }
    if cursor.is_display || cursor.touched(at) {
        return None;
    }
    let first = at - 1 == cursor.start || matches!(cursor.kind(at - 2), Some(TokenKind::Quote));
    let common = name.lex.is(Lex::COMMON) || name.lex.is(Lex::FUNCTION) || name.lex.is(Lex::SPEECH_VERB);
    let scaled = cursor.kind(at + 1) == Some(TokenKind::Word)
        && (words::scale_word(cursor.lower(at + 1)).is_some() || matches!(cursor.lower(at + 1), "percent" | "per"));
    let tables = super::tables::Tables::get();
    let sign = tables.sign(cursor.word(at - 1)).is_some() || tables.currency(cursor.lower(at - 1)).is_some();
    let sign_after = matches!(cursor.kind(at + 1), Some(TokenKind::Mark | TokenKind::Quote))
        && tables.symbol(cursor.word(at + 1)).is_some();
    let measured = sign_after || cursor.measure(at + 1, true, at).is_some() || cursor.lower(at + 1) == "times";
    if first && common
        || scaled
        || sign
        || measured
        || matches!(cursor.word(at + 1), "%" | "°")
        || cursor.word(at).contains(',')
    {
        return None;
    }
    // Beat Salem 104-98: a result, where 737-800 is a name.
    let paired = cursor.touches(at)
        && matches!(cursor.word(at + 1), "-" | "–")
        && cursor.kind(at + 2) == Some(TokenKind::Number);
    if paired
        && (at.saturating_sub(RESULT_REACH).max(cursor.start)..at).any(|i| RESULT_VERBS.contains(&cursor.lower(i)))
    {
        return None;
    }
    // Weekdays and months stand before figures of their own: “on Monday 5 people”.
    if name.lex.is(Lex::WEEKDAY) || name.lex.is(Lex::MONTH) {
        return None;
    }
    Some(at + 1)
}

/// Whether what stands behind `word` in digits is a name: No. 10, Flight 370.
fn is_named_by_number(word: &str) -> bool {
    matches!(
        word,
        "no."
            | "no"
            | "nos."
            | "nos"
            | "number"
            | "#"
            | "№"
            | "flight"
            | "route"
            | "highway"
            | "interstate"
            | "section"
            | "article"
            | "chapter"
            | "page"
            | "pages"
            | "channel"
            | "district"
            | "ward"
            | "room"
            | "suite"
            | "apt."
            | "apartment"
            | "building"
            | "form"
            | "volume"
            | "vol."
            | "grade"
            | "class"
            | "type"
            | "level"
            | "phase"
            | "stage"
            | "group"
            | "platform"
            | "gate"
            | "version"
            | "bus"
            | "formula"
            | "part"
            | "title"
            | "code"
            | "articles"
            | "sections"
            | "chapters"
            | "routes"
            | "flights"
            | "lines"
            | "rooms"
            | "radio"
    )
}

/// How far before a result the verb may stand, in tokens, and the verbs.
const RESULT_REACH: usize = 6;
const RESULT_VERBS: [&str; 18] = [
    "beat",
    "beats",
    "beating",
    "beaten",
    "defeat",
    "defeated",
    "defeats",
    "defeating",
    "edged",
    "topped",
    "downed",
    "routed",
    "thrashed",
    "over",
    "past",
    "lost",
    "drew",
    "held",
];

/// What goes with the number of a name: 737-800, Nos. 10 and 11, Articles 4, 7 and 9.
pub(super) fn rest(cursor: &Cursor<'_>, at: usize, mut next: usize) -> usize {
    if cursor.touches(at)
        && matches!(cursor.word(next), "-" | "–" | "/")
        && cursor.kind(next + 1) == Some(TokenKind::Number)
    {
        return next + 2;
    }
    let several = matches!(
        cursor.lower_before(at),
        "nos" | "nos." | "pages" | "articles" | "sections" | "chapters" | "routes" | "flights" | "lines" | "rooms"
    );
    while several
        && matches!(cursor.lower(next), "and" | "," | "to" | "or" | "&")
        && cursor.kind(next + 1) == Some(TokenKind::Number)
        && !cursor.is_plural(next + 2)
    {
        next += 2;
    }
    next
}
