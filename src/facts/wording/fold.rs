//! A wording as elements that can be compared: folded words, and ellipses.

use std::borrow::Cow;
use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use crate::source::Draft;
use crate::text::fold::is_apostrophe;
use crate::text::{Lex, Span, TokenKind};

/// Words a shingle has.
const SHINGLE: usize = 3;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element<'t> {
    Word {
        /// Of the text that was read.
        span: Span,
        /// Lower case, one kind of apostrophe, no full stops.
        key: Cow<'t, str>,
        /// Whether it stands in brackets.
        bracketed: bool,
        /// Whether it begins with a capital and does not open a sentence.
        name: bool,
    },
    Ellipsis {
        span: Span,
    },
}

impl Element<'_> {
    pub fn span(&self) -> Span {
        match self {
            Element::Word { span, .. } | Element::Ellipsis { span } => *span,
        }
    }

    pub fn key(&self) -> Option<&str> {
        match self {
            Element::Word { key, .. } => Some(key),
            Element::Ellipsis { .. } => None,
        }
    }

    pub fn is_bracketed(&self) -> bool {
        matches!(self, Element::Word { bracketed: true, .. })
    }

    pub fn is_name(&self) -> bool {
        matches!(self, Element::Word { name: true, .. })
    }
}

/// The words of a quotation. Spans are of the text it was read from.
#[derive(Clone, Debug)]
pub struct Wording<'t> {
    pub text: &'t str,
    pub elements: Vec<Element<'t>>,
}

impl<'t> Wording<'t> {
    /// All of `text`.
    pub fn new(text: &'t str) -> Wording<'t> {
        Wording::of(text, &[Span::new(0, text.len())])
    }

    /// Some passages of `text`, as one: the parts of a quotation that an attribution interrupts.
    pub fn of(text: &'t str, parts: &[Span]) -> Wording<'t> {
        let mut wording = Wording { text, elements: Vec::new() };
        for &part in parts {
            wording.read(part);
        }
        wording
    }

    /// How many words there are.
    pub fn words(&self) -> usize {
        self.elements.iter().filter(|e| matches!(e, Element::Word { .. })).count()
    }

    fn read(&mut self, part: Span) {
        let end = part.end as usize;
        let mut at = part.start as usize;
        let mut brackets = 0_u32;
        let mut opens_sentence = true;
        while let Some(c) = self.text[at..end].chars().next() {
            if let Some(width) = ellipsis(&self.text[at..end]) {
                let span = Span::new(at, at + width);
                if !matches!(self.elements.last(), Some(Element::Ellipsis { .. })) {
                    self.elements.push(Element::Ellipsis { span });
                }
                at += width;
                opens_sentence = true;
            } else if c.is_alphanumeric() || c == '[' && letter_in_brackets(&self.text[at..end]).is_some() {
                let stop = word_end(self.text, at, end);
                let word = &self.text[at..stop];
                let name = !opens_sentence && c.is_uppercase() && word.chars().count() > 1;
                let (span, key) = (Span::new(at, stop), key_of(word));
                self.elements.push(Element::Word { span, key, bracketed: brackets > 0, name });
                at = stop;
                opens_sentence = false;
            } else {
                match c {
                    '[' | '(' => brackets += 1,
                    ']' | ')' => brackets = brackets.saturating_sub(1),
                    '.' | '!' | '?' | ':' | '“' | '‘' | '"' => opens_sentence = true,
                    '%' => self.elements.push(Element::Word {
                        span: Span::new(at, at + 1),
                        key: Cow::Borrowed("percent"),
                        bracketed: brackets > 0,
                        name: false,
                    }),
                    _ => {}
                }
                at += c.len_utf8();
            }
        }
    }
}

/// The length of an ellipsis at the start of `rest`, in its brackets: … ... [...] [ … ] . . .
fn ellipsis(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix(['[', '(']);
    let body = inside.unwrap_or(rest);
    let trimmed = if inside.is_some() { body.trim_start() } else { body };
    let width = if trimmed.starts_with('…') {
        '…'.len_utf8()
    } else {
        let dots = trimmed.bytes().take_while(|b| matches!(b, b'.' | b' ')).count();
        let run = trimmed[..dots].trim_end();
        let count = run.bytes().filter(|&b| b == b'.').count();
        if count < 3 && !(inside.is_some() && count > 0) {
            return None;
        }
        run.len()
    };
    let after = &trimmed[width..];
    match inside {
        Some(_) => {
            let close = after.trim_start();
            close.starts_with([']', ')']).then(|| rest.len() - close.len() + 1)
        }
        None => Some(width),
    }
}

/// “\[t\]he”: the letter in the brackets and the rest of the word after them.
fn letter_in_brackets(rest: &str) -> Option<(&str, usize)> {
    let inner = rest.strip_prefix('[')?;
    let close = inner.find(']')?;
    let letter = &inner[..close];
    let one = letter.chars().count() == 1 && letter.chars().all(char::is_alphabetic);
    let glued = inner[close + 1..].starts_with(char::is_alphabetic);
    (one && glued).then_some((letter, close + 2))
}

fn word_end(text: &str, start: usize, end: usize) -> usize {
    let mut at = start + letter_in_brackets(&text[start..end]).map_or(0, |(_, width)| width);
    while let Some(c) = text[at..end].chars().next() {
        let next = text[at + c.len_utf8()..end].chars().next();
        let inner = is_apostrophe(c) || matches!(c, '.' | ',');
        let joins = inner
            && at > start
            && next.is_some_and(|n| {
                let before = text[start..at].chars().next_back();
                if is_apostrophe(c) {
                    n.is_alphabetic()
                } else if c == ',' {
                    n.is_ascii_digit() && before.is_some_and(|b| b.is_ascii_digit())
                } else {
                    n.is_ascii_digit() && before.is_some_and(|b| b.is_ascii_digit()) || is_initials(&text[start..at], n)
                }
            });
        if !(c.is_alphanumeric() || joins) {
            break;
        }
        at += c.len_utf8();
    }
    at
}

/// Whether letters and full stops so far, with `next`, are an abbreviation such as U.S.
fn is_initials(so_far: &str, next: char) -> bool {
    next.is_uppercase()
        && so_far.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase))
}

fn key_of(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    let mut key = String::with_capacity(word.len());
    for c in word.chars() {
        if is_apostrophe(c) {
            key.push('\'');
        } else if c == '.' && key.ends_with(|b: char| b.is_ascii_digit()) {
            key.push('.');
        } else if c.is_alphanumeric() {
            key.extend(c.to_lowercase());
        }
    }
    Cow::Owned(key)
}

/// Puts out the keys of the runs of three words of some passages of a draft, for finding candidates without folding them all; runs of
/// function words alone have none. Passages of fewer words have one key for all of them.
pub fn shingles(draft: &Draft, parts: impl Iterator<Item = Span>, mut put: impl FnMut(u64)) {
    let mut run = [(0_u64, true); SHINGLE];
    let key = |run: &[(u64, bool)]| run.iter().fold(0_u64, |key, (word, _)| key.rotate_left(21) ^ word);
    let mut words = 0;
    for token in parts.flat_map(|part| draft.tokens_in(part)) {
        let hash = match token.kind {
            TokenKind::Word => u64::from(token.hash),
            TokenKind::Number => FxBuildHasher.hash_one(draft.lower(token)),
            _ => continue,
        };
        run.rotate_left(1);
        run[SHINGLE - 1] = (hash, token.lex.is(Lex::FUNCTION));
        words += 1;
        if words >= SHINGLE && !run.iter().all(|(_, function)| *function) {
            put(key(&run));
        }
    }
    if (1..SHINGLE).contains(&words) {
        put(key(&run[SHINGLE - words..]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        let wording = Wording::new(text);
        wording.elements.iter().map(|e| e.key().unwrap_or("…").to_owned()).collect()
    }

    #[test]
    fn elements() {
        assert_eq!(keys("[T]he U.S. fleet’s 1,200 boats"), ["the", "us", "fleet's", "1200", "boats"]);
        assert_eq!(keys("five-hour talk, 2.5% more"), ["five", "hour", "talk", "2.5", "percent", "more"]);
        for text in ["we … go", "we ... go", "we [...] go", "we [ … ] go", "we . . . go", "we …. go"] {
            assert_eq!(keys(text), ["we", "…", "go"], "{text}");
        }
        assert_eq!(keys("we go. Then we stay."), ["we", "go", "then", "we", "stay"]);
    }

    #[test]
    fn brackets_and_names() {
        let wording = Wording::new("We met [the mayor] in Tarn. She left.");
        let bracketed = wording.elements.iter().filter(|e| e.is_bracketed()).count();
        let names: Vec<_> = wording.elements.iter().filter(|e| e.is_name()).filter_map(|e| e.key()).collect();
        assert_eq!((bracketed, names), (2, vec!["tarn"]));
    }
}
