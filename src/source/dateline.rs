//! Dates that stand by themselves, and datelines: where and when a story was filed.

use jiff::civil::{Date, Weekday};

use crate::text::calendar;

/// A date as written, with the parts that are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WrittenDate {
    pub weekday: Option<Weekday>,
    pub year: Option<i16>,
    pub month: Option<i8>,
    pub day: Option<i8>,
}

impl WrittenDate {
    /// The day, where year, month and day are given and exist.
    pub fn full(self) -> Option<Date> {
        Date::new(self.year?, self.month?, self.day?).ok()
    }
}

/// Words that may stand before or after the date on a line of its own.
const AROUND: [&str; 22] = [
    "published",
    "updated",
    "posted",
    "last",
    "first",
    "modified",
    "on",
    "at",
    "date",
    "am",
    "pm",
    "gmt",
    "utc",
    "bst",
    "est",
    "edt",
    "cet",
    "et",
    "ist",
    "created",
    "filed",
    "of",
];

/// Reads a line that holds a date and nothing else that matters: `06.12.2025`, `Saturday, 6 December 2025`, `Updated Dec. 6, 2025 at
/// 10:30 GMT`. Numeric dates are read day first with full stops, and otherwise only where one reading exists.
pub fn date_line(line: &str) -> Option<WrittenDate> {
    if line.len() > 80 || !line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let line = line.trim_matches(|c: char| {
        c.is_whitespace() || c == '\u{feff}' || matches!(c, '|' | '•' | '(' | ')' | '-' | '–' | '—')
    });
    if let Some(date) = numeric(line) {
        return Some(date);
    }
    let lower = line.to_lowercase();
    let mut date = WrittenDate::default();
    for word in
        lower.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')' | '•')).filter(|w| !w.is_empty())
    {
        let word = word.trim_end_matches(':');
        let is_time = word.contains([':', '.']) && word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 8;
        if AROUND.contains(&word) || matches!(word, "a.m." | "p.m." | "–" | "-" | "—" | "") {
            continue;
        }
        if let Some(d) = numeric(word) {
            date = WrittenDate { weekday: date.weekday, ..d };
        } else if is_time {
            continue;
        } else if !date.take(word) {
            return None;
        }
    }
    (date.month.is_some() && (date.day.is_some() || date.year.is_some())).then_some(date)
}

impl WrittenDate {
    /// Takes one word of a date in words into its place; whether it could.
    fn take(&mut self, word: &str) -> bool {
        if self.weekday.is_none()
            && let Some(day) = calendar::weekday(word)
        {
            self.weekday = Some(day);
            return true;
        }
        if self.month.is_none()
            && let Some(month) = calendar::month(word)
        {
            self.month = Some(month);
            return true;
        }
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &word[digits.len()..];
        let Ok(number) = digits.parse::<i16>() else { return false };
        if digits.len() == 4 && suffix.is_empty() && self.year.is_none() && (1500..2200).contains(&number) {
            self.year = Some(number);
            return true;
        }
        if digits.len() <= 2
            && (1..=31).contains(&number)
            && self.day.is_none()
            && matches!(suffix, "" | "st" | "nd" | "rd" | "th")
        {
            self.day = Some(number as i8);
            return true;
        }
        false
    }
}

/// `2025-12-06`, `06.12.2025`, `6/12/2025`: three numbers.
fn numeric(text: &str) -> Option<WrittenDate> {
    let text = text.trim_end_matches('.');
    let mark = text.chars().find(|c| matches!(c, '.' | '/' | '-'))?;
    let mut parts = text.split(mark);
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    let short = |s: &str| (1..=2).contains(&s.len());
    if parts.next().is_some() {
        return None;
    }
    // What follows a date of the ISO form: T10:30:00Z.
    let c = if mark == '-' { c.split(['T', 't']).next()? } else { c };
    let number = |s: &str| s.bytes().all(|b| b.is_ascii_digit()).then(|| s.parse::<i16>().ok()).flatten();
    let (x, y, z) = (number(a)?, number(b)?, number(c)?);
    let (year, month, day) = if a.len() == 4 && short(b) && short(c) {
        (x, y, z)
    } else if short(a) && short(b) && (c.len() == 4 || (c.len() == 2 && mark == '.')) {
        let year = if c.len() == 2 { 2000 + z } else { z };
        match (x, y) {
            _ if mark == '.' => (year, y, x),
            (13..=31, 1..=12) => (year, y, x),
            (1..=12, 13..=31) => (year, x, y),
            (d, m) if d == m => (year, m, d),
            // Two readings: a date, but not one to build on.
            _ => return Some(WrittenDate { year: Some(year), ..WrittenDate::default() }),
        }
    } else {
        return None;
    };
    let in_range = (1..=12).contains(&month) && (1..=31).contains(&day);
    in_range.then_some(WrittenDate { weekday: None, year: Some(year), month: Some(month as i8), day: Some(day as i8) })
}

/// The dateline at the start of a paragraph: `LONDON, Dec 6 (Agency) - `.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// Bytes from the start of the paragraph to the first word of the story.
    pub len: usize,
    /// Bytes of the place's name at the start.
    pub place: usize,
    pub date: Option<WrittenDate>,
}

/// How far into a paragraph a dateline may reach, in bytes.
const REACH: usize = 110;

/// Reads the dateline at the start of `paragraph`: a place in capitals, or a place with a date or an agency in brackets, then a dash.
pub fn read(paragraph: &str) -> Option<Dateline> {
    let mut window = paragraph.len().min(REACH);
    while !paragraph.is_char_boundary(window) {
        window -= 1;
    }
    let head = &paragraph[..window];
    // A hyphen or the first byte of a longer dash: one look, before one for each dash.
    let may_have_dash = memchr::memchr2(b'-', "—".as_bytes()[0], head.as_bytes()).is_some();
    if !may_have_dash || !head.starts_with(char::is_uppercase) {
        return None;
    }
    let (end, len) = ["—", "–", "--", " - ", "―"]
        .iter()
        .filter_map(|dash| head.find(dash).map(|at| (at, at + dash.len())))
        .filter(|(at, _)| *at > 1)
        .min()?;
    let line = head[..end].trim_end();
    let len = len + paragraph[len..].len() - paragraph[len..].trim_start().len();
    let (before, agency) = match (line.find('('), line.ends_with(')')) {
        (Some(open), true) => (line[..open].trim_end(), true),
        _ => (line, false),
    };
    let before = before.trim_end_matches(',');
    // The place is what comes before the first part that is a date.
    let mut place = 0;
    let mut date = WrittenDate::default();
    let mut dated = false;
    for word in before.split_inclusive([' ', ',']) {
        let bare = word.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ':'));
        if bare.is_empty() {
            if !dated {
                place += word.len();
            }
            continue;
        }
        if date.take(&bare.to_lowercase()) {
            dated = true;
        } else if dated {
            return None;
        } else {
            place += word.len();
        }
    }
    let name = before[..place].trim_end_matches([' ', ',']);
    let words = name.split([' ', '/', ',']).filter(|w| !w.is_empty());
    let count = words.clone().count();
    let capitals =
        words.clone().next()?.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) && name.chars().count() > 2;
    let names = words.clone().all(|w| {
        w.starts_with(char::is_uppercase)
            || matches!(w, "&" | "and" | "de" | "of" | "del" | "la" | "al" | "el" | "the" | "on" | "upon")
    });
    let has_date = dated && (date.day.is_some() || date.month.is_some() || date.weekday.is_some());
    if count == 0 || count > 6 || !names || !(capitals || agency || (has_date && date.day.is_some())) {
        return None;
    }
    Some(Dateline { len, place: name.len(), date: has_date.then_some(date) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full(line: &str) -> Option<(i16, i8, i8)> {
        date_line(line).and_then(WrittenDate::full).map(|d| (d.year(), d.month(), d.day()))
    }

    #[test]
    fn lines_that_are_dates() {
        for line in [
            "06.12.2025",
            "2025-12-06",
            "Saturday, 6 December 2025",
            "Dec. 6, 2025",
            "Updated December 6th, 2025 at 10:30 GMT",
            "Published: 6 Dec 2025 | 14:05",
        ] {
            assert_eq!(full(line), Some((2025, 12, 6)), "{line}");
        }
        assert_eq!(full("13/12/2025"), Some((2025, 12, 13)));
        assert!(date_line("06/12/2025").is_some() && full("06/12/2025").is_none());
        for line in ["May", "12 March the army", "10.5", "2025", "1.2.3", "Saturday night", "March 2025 was dry"] {
            assert_eq!(date_line(line), None, "{line}");
        }
    }

    #[test]
    fn datelines() {
        let line = "LONDON, Dec 6 (Wire) - The mayor left.";
        let read_line = read(line).unwrap();
        assert_eq!(&line[read_line.len..], "The mayor left.");
        assert_eq!(&line[..read_line.place], "LONDON");
        assert_eq!(read_line.date.unwrap().day, Some(6));
        let line = "GENEVA/NICE — The mayor left.";
        assert_eq!(&line[read(line).unwrap().len..], "The mayor left.");
        assert!(read("Lyon, March 3, 2024 (Wire) -- The").unwrap().date.unwrap().full().is_some());
        assert!(read("NEW YORK, Tuesday, Nov. 19 (Wire) — Former").is_some());
        for prose in
            ["The mayor — who left — is back.", "Talks – at last – began.", "Jane Poe - the mayor - left.", "NATO"]
        {
            assert_eq!(read(prose), None, "{prose}");
        }
    }
}
