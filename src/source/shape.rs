//! What a single line of copy looks like, without its neighbors.

use std::sync::LazyLock;

use memchr::memmem;

use super::{dateline, furniture};
use crate::text::number_words;

/// The kinds of line that show by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A date, with or without a place, and nothing else.
    Dateline,
    Byline,
    Caption,
    Furniture,
    /// Starts with a bullet or a number.
    Item,
    /// A row of a table, of results or of figures.
    Row,
    /// Short, with no stop at its end.
    Heading,
    /// Short, ends in a question mark, an exclamation mark or a quotation mark: a heading where it stands before everything else.
    Title,
    Prose,
}

/// Most characters and words that a heading has.
const HEADING_CHARACTERS: usize = 130;
const HEADING_WORDS: usize = 20;
/// Most words of a row without columns.
const ROW_WORDS: usize = 14;

pub fn of(line: &str) -> Shape {
    let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    // A long line is prose: its words need not be looked at, which keeps reading linear and quick.
    if line.len() > 4 * HEADING_CHARACTERS {
        return if is_caption(line) { Shape::Caption } else { Shape::Prose };
    }
    if furniture::recognize(line, true).is_some() {
        return Shape::Furniture;
    }
    if dateline::date_line(line).is_some() {
        return Shape::Dateline;
    }
    if is_byline(line) {
        return Shape::Byline;
    }
    if is_caption(line) {
        return Shape::Caption;
    }
    if item_marker(line).is_some() {
        return Shape::Item;
    }
    if is_row(line) {
        return Shape::Row;
    }
    let is_long = line.len() > HEADING_CHARACTERS && line.chars().count() > HEADING_CHARACTERS;
    if is_long || line.split_whitespace().nth(HEADING_WORDS).is_some() {
        return Shape::Prose;
    }
    match line.chars().next_back() {
        Some('?' | '!' | '”' | '"' | '’' | '\'' | '»') if is_title_case(line) || !has_sentence_end(line) => {
            Shape::Title
        }
        Some('?' | '!' | '”' | '"' | '’' | '\'' | '»') => Shape::Prose,
        Some('.' | '…' | ':' | ';' | ',') => {
            if is_title_case(line) {
                Shape::Title
            } else {
                Shape::Prose
            }
        }
        _ => Shape::Heading,
    }
}

/// Whether a full stop ends a sentence in the line: before its closing quotation mark, or with more after it. Such a line is copy:
/// headlines have none.
fn has_sentence_end(line: &str) -> bool {
    let closing = |c: char| matches!(c, '”' | '"' | '’' | '\'' | '»');
    if line.trim_end_matches(closing).ends_with('.') {
        return true;
    }
    let mut words = line.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let Some(stem) = word.trim_end_matches(closing).strip_suffix('.') else { continue };
        // Abbreviations are short, have a capital or stops of their own.
        let whole = stem.chars().filter(|c| c.is_alphabetic()).count() > 3
            && !stem.contains('.')
            && !stem.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase);
        let goes_on = words.peek().is_some_and(|next| {
            next.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase)
        });
        if whole && goes_on {
            return true;
        }
    }
    false
}

/// Whether nearly all longer words are capitalized, as in many headlines that end in a full stop.
fn is_title_case(line: &str) -> bool {
    let (mut long, mut capital) = (0, 0);
    for word in line.split_whitespace().filter(|w| w.chars().filter(|c| c.is_alphabetic()).nth(3).is_some()) {
        let first = word.chars().find(|c| c.is_alphanumeric());
        long += 1;
        capital += usize::from(first.is_some_and(char::is_uppercase));
    }
    long >= 4 && capital * 5 >= long * 4
}

/// The most words behind the dot or bar of a byline: a date, a paper.
const BYLINE_TAIL: usize = 8;

/// “By Jane Poe”, “By JANE POE and John Roe, Political Editor”, “Words by Jane Poe”.
fn is_byline(line: &str) -> bool {
    let starts = ["by ", "words by ", "text by ", "story by ", "report by ", "reporting by ", "written by ", "by: "];
    let begins = |start: &str| line.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
    let Some(start) = starts.iter().find(|s| begins(s)) else { return false };
    // “By Jane Poe · Aug. 30, 2025”: what stands behind a dot or a bar is no name.
    let (rest, tail) = line[start.len()..].split_once(['·', '•', '|']).unwrap_or((&line[start.len()..], ""));
    let rest = rest.trim_end();
    let words: Vec<&str> = rest.split([' ', ',', ';', '|']).filter(|w| !w.is_empty()).collect();
    let small = |w: &str| {
        matches!(
            w.to_lowercase().as_str(),
            "and"
                | "in"
                | "for"
                | "of"
                | "at"
                | "the"
                | "with"
                | "de"
                | "van"
                | "von"
                | "der"
                | "al"
                | "el"
                | "staff"
                | "writer"
                | "reporter"
                | "correspondent"
                | "editor"
                | "press"
                | "political"
                | "senior"
                | "&"
                | "sportswriter"
                | "our"
        )
    };
    let names = words.iter().filter(|w| w.starts_with(char::is_uppercase)).count();
    (1..=14).contains(&words.len())
        && names >= 1
        && words.iter().all(|w| w.starts_with(char::is_uppercase) || small(w))
        && tail.split_whitespace().count() <= BYLINE_TAIL
        && !rest.ends_with(['?', '!', '.'])
        && !rest.chars().any(|c| c.is_ascii_digit())
}

/// “Photo: …”, “Caption: …”, “Picture by …”.
fn is_caption(line: &str) -> bool {
    const LABELS: [&str; 16] = [
        "photo",
        "photos",
        "photograph",
        "photographs",
        "picture",
        "pictures",
        "image",
        "images",
        "caption",
        "credit",
        "file photo",
        "video",
        "photo credit",
        "illustration",
        "image credit",
        "graphic",
    ];
    let by_photographer =
        || line.get(..9).is_some_and(|s| s.eq_ignore_ascii_case("photo by ")) && line.split_whitespace().count() <= 8;
    // A label is short: nobody needs to look through a paragraph for its end.
    let start = &line.as_bytes()[..line.len().min(15)];
    match start.iter().position(|b| matches!(b, b':' | b'|')) {
        Some(end) => !line[end + 1..].trim().is_empty() && LABELS.contains(&line[..end].trim().to_lowercase().as_str()),
        None => by_photographer() && !line.contains([':', '|']),
    }
}

/// The length in bytes of the marker of a list item at the start of `line`: a bullet, a dash or a number, and the space after it.
pub fn item_marker(line: &str) -> Option<usize> {
    let mut chars = line.char_indices();
    let (_, first) = chars.next()?;
    let marker = if matches!(first, '•' | '◦' | '▪' | '‣' | '●' | '·' | '*' | '-' | '–' | '—') {
        first.len_utf8()
    } else if first.is_ascii_digit() {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 2 || !line[digits..].starts_with(['.', ')']) {
            return None;
        }
        digits + 1
    } else {
        return None;
    };
    let space = line[marker..].chars().next().filter(|c| c.is_whitespace())?;
    let spaces = line[marker..].len() - line[marker..].trim_start().len();
    (spaces >= space.len_utf8() && !line[marker..].trim().is_empty()).then_some(marker + spaces)
}

/// A row of columns (tabs or wide gaps between cells), or a short line of which a good part is figures and which has no stop.
fn is_row(line: &str) -> bool {
    static GAP: LazyLock<memmem::Finder<'_>> = LazyLock::new(|| memmem::Finder::new("   "));
    let columns = memchr::memchr_iter(b'\t', line.as_bytes()).count() + GAP.find_iter(line.as_bytes()).count();
    if columns >= 2 {
        return true;
    }
    if line.ends_with(['.', '?', '!', '”', '"', ':']) {
        return false;
    }
    let words: Vec<&str> = line.split_whitespace().take(ROW_WORDS + 1).collect();
    let in_digits =
        |w: &str| w.trim_start_matches(['$', '£', '€', '(', '-', '+']).starts_with(|c: char| c.is_ascii_digit());
    let figures = words.iter().filter(|w| in_digits(w)).count();
    if !(2..=ROW_WORDS).contains(&words.len()) {
        return false;
    }
    // Profit 34 cents vs six cents
    let set_against = || {
        let is_number = |w: &&str| in_digits(w) || number_words::cardinal(w).is_some();
        let vs = words.iter().position(|w| matches!(w.to_ascii_lowercase().as_str(), "vs" | "vs."));
        vs.is_some_and(|at| words[..at].iter().any(is_number) && words[at..].iter().any(is_number))
    };
    (figures >= 2 && figures * 10 >= words.len() * 3) || set_against()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for (line, shape) in [
            ("Harbor plan stalls after vote", Shape::Heading),
            ("Who will pay for the harbor?", Shape::Title),
            ("Council Rejects the Harbor Plan for Good.", Shape::Title),
            ("The council rejected the plan on Monday.", Shape::Prose),
            ("By Jane Poe and John Roe", Shape::Byline),
            ("By Jane Poe · Aug. 30, 2025", Shape::Byline),
            ("By Jane Poe | The Harlow Post", Shape::Byline),
            ("By the end of the year all was lost", Shape::Heading),
            ("Photo: The harbor at dawn", Shape::Caption),
            ("Photo: Hafen am frühen März", Shape::Caption),
            ("Photo by Jürgen Ångström é", Shape::Caption),
            ("06.12.2025", Shape::Dateline),
            ("• Two ships were lost", Shape::Item),
            ("1. The harbor", Shape::Item),
            ("Net 12.7 mln vs 14.1 mln", Shape::Row),
            ("Rovers 3 Town 1", Shape::Row),
            ("Profit a share five cents vs 29 cents", Shape::Row),
            ("Rovers vs Town 3: what we learned", Shape::Heading),
            ("5 min read", Shape::Furniture),
        ] {
            assert_eq!(of(line), shape, "{line}");
        }
    }
}
