//! What a draft says of itself: its date, locale, desk and kind.

use std::path::Path;

use jiff::civil::Date;

use super::dateline::{self, WrittenDate};
use super::front_matter::FrontMatter;
use super::{Block, BlockKind};
use crate::text::calendar;

/// Where a draft's date was found. Later ones in this list give way to earlier ones; `--as-of` wins over all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateSource {
    FrontMatter,
    Dateline,
    FileName,
}

#[derive(Clone, Debug, Default)]
pub struct Metadata {
    pub date: Option<(Date, DateSource)>,
    pub front_matter: FrontMatter,
}

impl Metadata {
    /// Puts together what front matter, a dateline and the file name say. A dateline without a year takes the one that the file name gives.
    pub(super) fn gather(front_matter: FrontMatter, path: &Path, text: &str, blocks: &[Block]) -> Metadata {
        let named = date_in_name(path);
        let date = date_in_front_matter(&front_matter)
            .map(|d| (d, DateSource::FrontMatter))
            .or_else(|| date_in_dateline(text, blocks, named).map(|d| (d, DateSource::Dateline)))
            .or_else(|| named.map(|d| (d, DateSource::FileName)));
        Metadata { date, front_matter }
    }

    /// The locale that the front matter or the page gives: `en-GB`, or a language alone.
    pub fn locale(&self) -> Option<&str> {
        ["locale", "lang", "language"].iter().find_map(|key| self.field(key))
    }

    /// The value of a text field of the front matter: `story`, `section`, `embargo` and what else a house writes there.
    pub fn field(&self, key: &str) -> Option<&str> {
        self.front_matter.text(key)
    }
}

fn date_in_front_matter(front: &FrontMatter) -> Option<Date> {
    let keys =
        ["date", "published", "publishDate", "publish_date", "pubDate", "pubdate", "datePublished", "published_at"];
    keys.iter().find_map(|key| {
        let value = front.text(key)?.trim();
        parse_iso(value).or_else(|| dateline::date_line(value).and_then(WrittenDate::full))
    })
}

/// `2025-12-06` at the start of `text`, whatever follows (a time, a zone, a slug).
fn parse_iso(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

/// The date of the first line that is one, or of the dateline in the first paragraph.
fn date_in_dateline(text: &str, blocks: &[Block], named: Option<Date>) -> Option<Date> {
    let full = |written: WrittenDate| match (written.year, written.month, written.day) {
        (None, Some(month), Some(day)) => calendar::nearest_year(named?, month, day),
        _ => written.full(),
    };
    let line = blocks
        .iter()
        .filter(|b| b.kind == BlockKind::Dateline)
        .find_map(|b| dateline::date_line(b.span.of(text)).and_then(full));
    line.or_else(|| {
        let first = blocks.iter().find(|b| b.kind == BlockKind::Body)?;
        dateline::read(first.span.of(text))?.date.and_then(full)
    })
}

/// A date in the file's name or in the names of its folders: `2025-12-06-talks.md`, `20251206_talks.txt`, `2025/12/06/talks.md`.
fn date_in_name(path: &Path) -> Option<Date> {
    let stem = path.file_stem()?.to_str()?;
    let whole = path.to_str().unwrap_or(stem);
    let days = digits_of(stem).or_else(|| digits_of(whole))?;
    (1900..2200).contains(&days.year()).then_some(days)
}

/// The first date that `text` holds as year, month and day, run together or with one mark between.
fn digits_of(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let digits = |from: usize, count: usize| -> Option<i16> {
        let slice = bytes.get(from..from + count)?;
        slice.iter().all(u8::is_ascii_digit).then(|| slice.iter().fold(0, |n, b| n * 10 + i16::from(b - b'0')))
    };
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (0..bytes.len()).filter(|&i| i == 0 || !is_digit(i - 1)).find_map(|i| {
        let year = digits(i, 4)?;
        let gap = usize::from(matches!(bytes.get(i + 4), Some(b'-' | b'_' | b'.' | b'/' | b'\\')));
        let (month, day) = (i + 4 + gap, i + 6 + 2 * gap);
        if gap == 1 && bytes.get(i + 7) != bytes.get(i + 4) || is_digit(day + 2) {
            return None;
        }
        Date::new(year, digits(month, 2)? as i8, digits(day, 2)? as i8).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for name in ["2025-12-06-talks.md", "talks_20251206.txt", "a/2025/12/06/talks.txt", "talks.2025.12.06.txt"] {
            assert_eq!(date_in_name(Path::new(name)).map(|d| d.to_string()).as_deref(), Some("2025-12-06"), "{name}");
        }
        for name in ["talks.txt", "000_118d5b296d3f29c1.txt", "12345678901.txt", "2025-13-06.txt"] {
            assert_eq!(date_in_name(Path::new(name)), None, "{name}");
        }
    }
}
