//! Digits that are no figures: years, dates, clock times, telephone and part numbers, addresses, labels.

use super::cursor::Cursor;
use super::words;
use crate::text::{Case, Lex, TokenKind};

/// If the digits at token `at` are no figure, the index of the first token after them.
pub(super) fn skip(cursor: &Cursor<'_>, at: usize) -> Option<usize> {
    super::power::beyond(cursor, at)
        .or_else(|| joined(cursor, at))
        .or_else(|| clock(cursor, at))
        .or_else(|| date(cursor, at))
        .or_else(|| label(cursor, at).map(|next| rest_of_label(cursor, at, next)))
        .or_else(|| year(cursor, at))
        .or_else(|| address(cursor, at))
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
            // ten-to-12, a 6-foot-3 center
            let to = matches!(cursor.lower(at - 2), "to" | "and" | "foot");
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
    if links == 1 && is_year(cursor.word(at)) && matches!(cursor.word(at + 2).len(), 1 | 2 | 4) {
        return Some(end);
    }
    super::number::digits(cursor.word(at)).is_none().then_some(at + 1)
}

/// 8:20, 8 p.m., 10 o’clock, 5pm; the minutes go with it.
fn clock(cursor: &Cursor<'_>, at: usize) -> Option<usize> {
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
    let value: f64 = cursor.word(at).parse().ok()?;
    let hour = (0.0..=24.0).contains(&value);
    let word = cursor.lower(next);
    let marked = matches!(word, "a.m." | "p.m." | "a.m" | "p.m" | "o'clock" | "o’clock" | "gmt" | "bst" | "hrs")
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
fn date(cursor: &Cursor<'_>, at: usize) -> Option<usize> {
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

/// A number that names: No. 10, Flight 370, Article 50, Apollo 11, Boeing 737, Windows 10.
fn label(cursor: &Cursor<'_>, at: usize) -> Option<usize> {
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
    const NAMES: [&str; 50] = [
        "no.",
        "no",
        "nos.",
        "nos",
        "number",
        "#",
        "№",
        "flight",
        "route",
        "highway",
        "interstate",
        "section",
        "article",
        "chapter",
        "page",
        "pages",
        "channel",
        "district",
        "ward",
        "room",
        "suite",
        "apt.",
        "apartment",
        "building",
        "form",
        "volume",
        "vol.",
        "grade",
        "class",
        "type",
        "level",
        "phase",
        "stage",
        "group",
        "platform",
        "gate",
        "version",
        "bus",
        "formula",
        "part",
        "title",
        "code",
        "articles",
        "sections",
        "chapters",
        "routes",
        "flights",
        "lines",
        "rooms",
        "radio",
    ];
    if NAMES.contains(&before) && !cursor.touched(at) {
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
fn rest_of_label(cursor: &Cursor<'_>, at: usize, mut next: usize) -> usize {
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

/// A year without anything that makes it an amount: in 2012, the 1980s.
fn year(cursor: &Cursor<'_>, at: usize) -> Option<usize> {
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
fn is_year(digits: &str) -> bool {
    digits.len() == 4 && digits.parse::<u32>().is_ok_and(|y| (1500..=2100).contains(&y))
}

/// 1600 Ford Avenue: a street's tail within the next few capitalized words.
fn address(cursor: &Cursor<'_>, at: usize) -> Option<usize> {
    for next in at + 1..at + 5 {
        let token = cursor.token(next).filter(|t| t.kind == TokenKind::Word && t.is_capital())?;
        if next > at + 1 || token.case == Case::Upper {
            let street = matches!(
                cursor.lower(next).trim_end_matches('.'),
                "street"
                    | "st"
                    | "avenue"
                    | "ave"
                    | "road"
                    | "rd"
                    | "boulevard"
                    | "blvd"
                    | "lane"
                    | "drive"
                    | "square"
                    | "court"
                    | "terrace"
                    | "highway"
                    | "parkway"
            );
            if street {
                return Some(next + 1);
            }
        }
    }
    None
}
