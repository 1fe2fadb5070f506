//! Page furniture: what a web page wraps around a story and a paste brings along. Closed lists and shapes, always a whole line or a
//! whole sentence; prose that mentions comments or newsletters is no furniture.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;
use smallvec::SmallVec;

/// The lists, from `rules/furniture.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    lines: FxHashSet<String>,
    asks: Vec<String>,
    destinations: FxHashSet<String>,
    labels: Vec<String>,
    buttons: Vec<String>,
    other_starts: Vec<String>,
}

static LISTS: LazyLock<Lists> =
    LazyLock::new(|| toml::from_str(include_str!("../../rules/furniture.toml")).expect("a test reads the lists"));

/// Why a line counts as furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Furniture {
    /// One of the known lines.
    Known,
    /// A request, a counter, a notice: by its build.
    Shape,
}

/// Whether the whole of `line` is furniture. Also used on whole sentences, with `alone` false: there single words and labels with a
/// title do not count.
pub fn recognize(line: &str, alone: bool) -> Option<Furniture> {
    let line = line.trim();
    // Longer than any furniture; keeps the work on paragraphs to nothing.
    if line.is_empty() || line.len() > 160 || !may_be(line) {
        return None;
    }
    let lower = line.to_lowercase().replace(['’', '‘'], "'");
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '('));
    let bare = bare.strip_prefix('(').unwrap_or(bare).trim();
    if bare.is_empty() {
        return None;
    }
    let one_word = !bare.contains(char::is_whitespace);
    // In running text a single word is furniture only in brackets of its own.
    if one_word && !alone && !(line.starts_with(['(', '[']) && line.ends_with([')', ']'])) {
        return None;
    }
    if LISTS.lines.contains(bare) && !(alone && line.ends_with('?')) {
        return Some(Furniture::Known);
    }
    if is_counter(bare) || is_notice(bare) {
        return Some(Furniture::Shape);
    }
    let words = || bare.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty());
    let has_more_than = |count| words().nth(count).is_some();
    if LISTS.asks.iter().any(|a| starts_with_words(bare, a))
        && !has_more_than(16)
        && words().skip(1).any(|w| LISTS.destinations.contains(w))
    {
        return Some(Furniture::Shape);
    }
    if starts_with_words(bare, "click here") && !has_more_than(8) {
        return Some(Furniture::Shape);
    }
    if alone
        && let Some((label, title)) = bare.split_once(':')
        && LISTS.labels.iter().any(|l| l == label.trim())
        && !title.trim().is_empty()
    {
        return Some(Furniture::Shape);
    }
    None
}

/// Bytes of the longest word that furniture begins with.
const LONGEST_START: usize = 14;

/// Whether `line` begins as some furniture does, or ends as a notice does: the cheap question that nearly all copy answers with no.
fn may_be(line: &str) -> bool {
    static STARTS: LazyLock<FxHashSet<&[u8]>> =
        LazyLock::new(|| starts().map(|l| &l.as_bytes()[..first_word(l.as_bytes())]).collect());
    let start = line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©').as_bytes();
    let mut word = [0; LONGEST_START];
    let len = first_word(start);
    match start.get(len) {
        // A number, a sign, a letter that lower case may turn into another.
        _ if len == 0 || start[0].is_ascii_digit() => return true,
        Some(next) if !next.is_ascii() => return true,
        _ => {}
    }
    let listed = word.get_mut(..len).is_some_and(|lower| {
        lower.copy_from_slice(&start[..len]);
        lower.make_ascii_lowercase();
        STARTS.contains(&*lower)
    });
    listed || start.get(..9).is_some_and(|begin| begin.eq_ignore_ascii_case(b"copyright")) || ends_as_notice(line)
}

/// What furniture begins with.
fn starts() -> impl Iterator<Item = &'static String> {
    LISTS.lines.iter().chain([&LISTS.asks, &LISTS.labels, &LISTS.other_starts].into_iter().flatten())
}

fn first_word(text: &[u8]) -> usize {
    text.iter().take_while(|b| b.is_ascii_alphanumeric()).count()
}

fn ends_as_notice(line: &str) -> bool {
    let end = line.trim_end_matches(|c: char| !c.is_alphanumeric()).as_bytes();
    end.len().checked_sub(8).is_some_and(|from| end[from..].eq_ignore_ascii_case(b"reserved"))
}

/// A button that stands before a headline: two or three words, the first an imperative of the web, the others capitalized or of no weight
/// (“Ask Vela”, “Join Premium now”). Only the reader of a whole draft knows that a headline follows, so this is no furniture by itself.
pub fn is_button(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (2..=3) = words.len() else { return false };
    let starts = |w: &str| w.starts_with(char::is_uppercase);
    line.len() <= 30
        && starts(words[0])
        && LISTS.buttons.contains(&words[0].to_lowercase())
        && !line.ends_with(['.', '?', '”', '"', ':', ','])
        && words[1..].iter().all(|w| starts(w) || matches!(*w, "now" | "here" | "us" | "more" | "our" | "the" | "live"))
}

/// “Reading time: 3 min”, “5 min read”, “12 comments”, “1.2K shares”, “Page 2 of 3”.
fn is_counter(line: &str) -> bool {
    /// More words than any of them has.
    const LONG: usize = 8;
    let words = line.split(|c: char| c.is_whitespace() || c == ':' || c == '-').filter(|w| !w.is_empty());
    let words: SmallVec<[&str; LONG]> = words.take(LONG).collect();
    let is_number = |w: &str| w.starts_with(|c: char| c.is_ascii_digit()) && w.len() <= 6;
    let is_minutes = |w: &str| matches!(w.trim_end_matches('.'), "min" | "mins" | "minute" | "minutes");
    match words.as_slice() {
        ["reading" | "read" | "estimated", "time", rest @ ..] => {
            rest.len() <= 4 && rest.iter().any(|w| is_number(w) || w.ends_with("min"))
        }
        ["estimated", "reading", "time", ..] => words.len() <= 6,
        [n, m, "read"] => is_number(n) && is_minutes(m),
        [n, "min", "read", "time"] => is_number(n),
        [n, "comments" | "comment" | "shares" | "share" | "likes" | "views" | "retweets" | "replies"] => is_number(n),
        ["comments" | "shares" | "views" | "likes", n] => is_number(n),
        ["view" | "see" | "read" | "show", "all", n, "comments"] => is_number(n),
        ["page", a, "of", b] => is_number(a) && is_number(b),
        _ => false,
    }
}

/// “© 2025 …”, “Copyright 2025 …”, “All rights reserved” with a little around it.
fn is_notice(line: &str) -> bool {
    let after = line
        .strip_prefix('©')
        .or_else(|| line.strip_prefix("copyright"))
        .map(|r| r.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '©' | '(' | ')' | 'c')));
    let dated = after.is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
    (dated && line.len() < 120) || (line.ends_with("all rights reserved") && line.len() < 120)
}

fn starts_with_words(line: &str, start: &str) -> bool {
    line.strip_prefix(start).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_line_passes_the_cheap_question() {
        for line in starts() {
            assert!(may_be(line) && may_be(&format!("({}", line.to_uppercase())), "{line}");
            assert!(first_word(line.as_bytes()) <= LONGEST_START, "{line}");
        }
        assert!(may_be("The harbor paper. All rights reserved.") && may_be("“Copyright2025 Harbor Post"));
        assert!(!may_be("The mayor left.") && !may_be("“Nobody knew,” she said."));
    }

    #[test]
    fn whole_lines() {
        for line in [
            "Advertisement",
            "LEAVE A COMMENT",
            "Reading time: 3 min",
            "4 min read",
            "Read more: How the pier was built",
            "Follow us on Instagram",
            "Sign up for our weekly newsletter",
            "27 Comments",
            "© 2025 Harbor Post. All rights reserved.",
            "Share this:",
        ] {
            assert!(recognize(line, true).is_some(), "{line}");
        }
        for line in [
            "Share prices fell",
            "Comments by the mayor drew anger",
            "Most read the letter twice",
            "The council will leave a comment period open",
            "He asked her to follow us on the road to the pier",
            "Related?",
            "Sign up for the army, they said",
        ] {
            assert_eq!(recognize(line, true), None, "{line}");
        }
    }

    #[test]
    fn whole_sentences() {
        assert!(recognize("Follow us on Facebook.", false).is_some());
        assert!(recognize("(Advertisement)", false).is_some());
        assert_eq!(recognize("Share.", false), None);
        assert_eq!(recognize("Related: the other story", false), None);
    }

    #[test]
    fn buttons() {
        assert!(is_button("Ask Vela") && is_button("Join Premium now"));
        assert!(!is_button("Talks stall in Geneva") && !is_button("Ask why") && !is_button("Mayor resigns"));
    }
}
