//! Tokens: words, numbers and marks, with what the lexicon says of each word.

use std::sync::LazyLock;

use super::eight::{self, Eight};
use super::fold::is_apostrophe;
use super::{Lex, Span, WordFilter, word_hash};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A run of letters, with inner apostrophes (don’t, O’Brien), or an abbreviation with its full stops (U.S., Mr., J.).
    /// A hyphen ends a word: `five-hour` is three tokens that touch.
    Word,
    /// Digits with their separators: 1,237 and 0.5 and 10. Letters that follow (10th, 1.2bn) are a word that touches.
    Number,
    /// A possessive ending: ’s, or the apostrophe alone after an s when a word follows.
    Clitic,
    /// A quotation mark or an apostrophe that is none of the above.
    Quote,
    /// A full stop, question mark, exclamation mark or ellipsis.
    Stop,
    /// Any other single mark or symbol.
    Mark,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// No letters.
    None,
    Lower,
    /// The first letter only: Moscow. A single capital letter counts as this.
    Capitalized,
    /// Every letter, two or more: NATO, U.S.
    Upper,
    /// Any other: McDonald, iPhone.
    Mixed,
}

#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub span: Span,
    pub kind: TokenKind,
    pub case: Case,
    pub lex: Lex,
    /// Of a word: its hash in lower case (`text/word_hash.rs`), without the full stop of an abbreviation, for
    /// [`WordFilter`].
    pub hash: u32,
    /// Index of its sentence in [`Draft::sentences`](crate::source::Draft::sentences).
    pub sentence: u32,
    /// Index of its block in [`Draft::blocks`](crate::source::Draft::blocks).
    pub block: u32,
}

impl Token {
    /// The [`hash`](Token::hash) of a word in lower case.
    pub fn hash_of(word: &str) -> u32 {
        word_hash::word_hash(word.trim_end_matches('.')) as u32
    }

    /// Whether it starts with a capital letter.
    pub fn is_capital(&self) -> bool {
        matches!(self.case, Case::Capitalized | Case::Upper | Case::Mixed)
    }

    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// Whether `next` follows with nothing between.
    pub fn touches(&self, next: &Token) -> bool {
        self.span.end == next.span.start
    }
}

/// Abbreviations that keep their full stop and do not end a sentence before a capital letter.
const TITLES: [&str; 49] = [
    "mr", "mrs", "ms", "dr", "prof", "rev", "hon", "gen", "sen", "rep", "gov", "lt", "col", "sgt", "capt", "cmdr",
    "adm", "messrs", "mme", "mlle", "sens", "reps", "govs", "gens", "brig", "cdr", "pfc", "spc", "ald", "fig", "vol",
    "maj", "pvt", "cpl", "det", "insp", "st", "mt", "ft", "pres", "supt", "amb", "atty", "fr", "sr", "vs", "no", "nos",
    "rs",
];

/// Abbreviations that keep their full stop and may end a sentence.
const OTHERS: [&str; 37] = [
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "inc", "corp", "co", "ltd",
    "jr", "etc", "ave", "blvd", "rd", "dept", "univ", "est", "approx", "bros", "mass", "calif", "fla", "pa", "va",
    "ill", "conn", "tenn", "ariz", "tues", "thurs",
];

/// Bytes of the longest of both, without its full stop.
const LONGEST_ABBREVIATION: usize = 6;

/// Both lists.
static ABBREVIATIONS: LazyLock<WordFilter<16>> = LazyLock::new(|| WordFilter::new(TITLES.into_iter().chain(OTHERS)));

/// How a full stop after an abbreviation behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// A title, an initial: what follows belongs to it.
    Leads,
    /// May stand at the end of a sentence.
    MayEnd,
}

/// What kind of abbreviation a word token with its full stop is; `None` for a word without one.
pub(super) fn abbreviation(lower: &str) -> Option<Abbreviation> {
    let stem = lower.strip_suffix('.')?;
    if TITLES.contains(&stem) || stem.chars().count() == 1 {
        Some(Abbreviation::Leads)
    } else {
        Some(Abbreviation::MayEnd)
    }
}

/// Appends the tokens of one block, `text[span]`, to `tokens`, and to `ends` the indices of those that may end a sentence: stops, and
/// abbreviations with theirs. `lower` is `text` lower-cased in place.
pub fn tokenize(text: &str, lower: &str, span: Span, block: u32, tokens: &mut Vec<Token>, ends: &mut Vec<u32>) {
    let end = span.end as usize;
    let bytes = &text.as_bytes()[..end];
    let mut at = span.start as usize;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphabetic() {
            at = match plain_word(text, at, end) {
                // Behind nearly every word stands one space.
                Some(word) => {
                    let next = word.push(at, block, tokens);
                    next + usize::from(bytes.get(next) == Some(&b' '))
                }
                None => push_any_word(text, lower, at, end, block, tokens, ends),
            };
            continue;
        }
        let (kind, stop) = match byte {
            b' ' | b'\t'..=b'\r' => {
                at += 1;
                continue;
            }
            b'0'..=b'9' => (TokenKind::Number, number_end(text, at, end)),
            b'.' => (TokenKind::Stop, at + bytes[at..].iter().take_while(|&&b| b == b'.').count()),
            b'?' | b'!' => (TokenKind::Stop, at + 1),
            b'"' => (TokenKind::Quote, at + 1),
            // Apostrophes of ASCII and what is beyond it.
            b'\'' | b'`' | 0x80.. => {
                let Some(c) = text[at..end].chars().next() else { break };
                let width = c.len_utf8();
                if is_apostrophe(c) && !c.is_alphabetic() {
                    match clitic_end(text, at, end, tokens.last(), c) {
                        Some(stop) => (TokenKind::Clitic, stop),
                        None => (TokenKind::Quote, at + width),
                    }
                } else if matches!(c, '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›') {
                    (TokenKind::Quote, at + width)
                } else if c.is_whitespace() || c == '\u{feff}' {
                    at += width;
                    continue;
                } else if c.is_alphabetic() {
                    at = push_any_word(text, lower, at, end, block, tokens, ends);
                    continue;
                } else {
                    (if c == '…' { TokenKind::Stop } else { TokenKind::Mark }, at + width)
                }
            }
            _ => (TokenKind::Mark, at + 1),
        };
        if kind == TokenKind::Stop {
            ends.push(tokens.len() as u32);
        }
        let span = Span::new(at, stop);
        tokens.push(Token { span, kind, case: Case::None, lex: Lex::default(), hash: 0, sentence: 0, block });
        at = stop;
    }
}

/// A word as read.
struct Word {
    end: usize,
    case: Case,
    lex: Lex,
    hash: u64,
}

impl Word {
    /// Appends the token, and gives the place after it.
    fn push(self, start: usize, block: u32, tokens: &mut Vec<Token>) -> usize {
        let span = Span::new(start, self.end);
        let (kind, hash) = (TokenKind::Word, self.hash as u32);
        tokens.push(Token { span, kind, case: self.case, lex: self.lex, hash, sentence: 0, block });
        self.end
    }
}

/// The word at `start`, if it is letters of ASCII to its end, as most are: read, classed and hashed eight bytes at once, which for most
/// words is all of them. Against a loop over the bytes that saves a wrong guess of the processor at the end of nearly every word.
fn plain_word(text: &str, start: usize, end: usize) -> Option<Word> {
    let eight = Eight::at(text, start)?;
    let letters = eight.letters();
    let kept = eight::leading(letters);
    if kept == u64::MAX {
        return long_word(text, start, end);
    }
    let len = eight::count(kept);
    let (at, follower) = (start + len, eight.byte(len));
    if at > end || !matches!(follower, b' ' | b',') && !surely_ends(&text.as_bytes()[at..end]) {
        return None;
    }
    let capitals = eight.capitals(letters) & kept;
    let word = (eight.0 & kept) | eight::small(capitals);
    let hash = word_hash::add_eight(word_hash::START, word);
    if follower == b'.' && may_be_abbreviation(len, hash) {
        return None;
    }
    let case = match capitals {
        0 => Case::Lower,
        FIRST => Case::Capitalized,
        _ => case_of_letters(capitals & FIRST != 0, capitals == letters & kept),
    };
    Some(Word { end: at, case, lex: Lex::of_hashed(hash), hash })
}

/// The first of a set of eight bytes.
const FIRST: u64 = 0x80;

/// The same for a word that begins with eight letters.
fn long_word(text: &str, start: usize, end: usize) -> Option<Word> {
    let (mut at, mut hash) = (start, word_hash::START);
    // Capitals behind the first letter, and small letters.
    let (mut inner, mut small) = (0, 0);
    loop {
        let eight = Eight::at(text, at)?;
        let letters = eight.letters();
        let kept = eight::leading(letters);
        let capitals = eight.capitals(letters) & kept;
        inner |= if at == start { capitals & !FIRST } else { capitals };
        small |= letters & kept & !capitals;
        if kept != 0 {
            hash = word_hash::add_eight(hash, (eight.0 & kept) | eight::small(capitals));
        }
        at += eight::count(kept);
        if kept != u64::MAX {
            break;
        }
    }
    if at > end || !surely_ends(&text.as_bytes()[at..end]) {
        return None;
    }
    let case = match (text.as_bytes()[start].is_ascii_uppercase(), inner) {
        (false, 0) => Case::Lower,
        (true, 0) => Case::Capitalized,
        (leads, _) => case_of_letters(leads, small == 0),
    };
    Some(Word { end: at, case, lex: Lex::of_hashed(hash), hash })
}

/// The case of two letters or more with a capital that is not the first, or not alone.
fn case_of_letters(leads: bool, all: bool) -> Case {
    if leads && all { Case::Upper } else { Case::Mixed }
}

/// Whether a word of ASCII letters ends before `rest`, as far as a few bytes tell. They do for nearly all words; what else may go
/// on with one, the full stop of an abbreviation apart, is for the reader of any word.
fn surely_ends(rest: &[u8]) -> bool {
    match *rest {
        // A possessive ending: ’s and no letter after it.
        [b'\'', b's' | b'S', next, ..] | [0xe2, 0x80, 0x99, b's' | b'S', next, ..] => {
            next.is_ascii() && !next.is_ascii_alphanumeric()
        }
        [b'\'' | b'`' | b'0'..=b'9', ..] => false,
        // – — “ ” …
        [0xe2, 0x80, 0x93 | 0x94 | 0x9c | 0x9d | 0xa6, ..] => true,
        [byte, ..] => byte.is_ascii(),
        [] => true,
    }
}

/// Whether a full stop behind so many letters with this hash may belong to them.
fn may_be_abbreviation(len: usize, hash: u64) -> bool {
    len == 1 || len <= LONGEST_ABBREVIATION && ABBREVIATIONS.may_hold(hash as u32)
}

/// Appends the token of the word at `start`, whatever it is made of, and gives the place after it.
fn push_any_word(
    text: &str,
    lower: &str,
    start: usize,
    end: usize,
    block: u32,
    tokens: &mut Vec<Token>,
    ends: &mut Vec<u32>,
) -> usize {
    let word = any_word(text, lower, start, end);
    if lower.as_bytes()[word.end - 1] == b'.' {
        ends.push(tokens.len() as u32);
    }
    word.push(start, block, tokens)
}

/// The word at `start`, with its apostrophes, full stops and letters of any script.
fn any_word(text: &str, lower: &str, start: usize, end: usize) -> Word {
    let end = word_end(text, lower, start, end);
    let bare = lower[start..end].trim_end_matches('.');
    let hash = word_hash::word_hash(bare);
    Word { end, case: case_of(&text[start..end]), lex: Lex::of_hashed(hash), hash }
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}')
}

fn word_end(text: &str, lower: &str, start: usize, end: usize) -> usize {
    let mut at = start + text.as_bytes()[start..end].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    let mut chars = text[at..end].chars().peekable();
    while let Some(&c) = chars.peek() {
        if is_letter(c) || c.is_ascii_digit() {
            at += c.len_utf8();
            chars.next();
        } else if is_apostrophe(c) {
            // An apostrophe belongs to the word between letters, unless it opens a possessive ending.
            let after = &text[at + c.len_utf8()..end];
            let mut rest = after.chars();
            let Some(next) = rest.next().filter(|n| n.is_alphabetic()) else { break };
            let ends = rest.next().is_none_or(|n| !n.is_alphanumeric());
            if matches!(next, 's' | 'S') && ends {
                break;
            }
            at += c.len_utf8();
            chars.next();
        } else {
            break;
        }
    }
    if text[at..end].starts_with('.') { with_full_stops(text, lower, start, at, end) } else { at }
}

/// Takes the full stop of an abbreviation, and the letters of U.S. and a.m., into the word `text[start..at]`.
fn with_full_stops(text: &str, lower: &str, start: usize, at: usize, end: usize) -> usize {
    let word = &lower[start..at];
    let mut letters = word.chars();
    let single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    if single {
        let mut stop = at + 1;
        loop {
            let mut chars = text[stop..end].chars();
            match (chars.next(), chars.next()) {
                (Some(c), Some('.')) if c.is_alphabetic() => stop += c.len_utf8() + 1,
                _ => break,
            }
        }
        let dotted = stop > at + 1;
        // $60M. Then: the letter scales the number, and the sentence ends.
        let scales = text[..start].ends_with(|c: char| c.is_ascii_digit());
        let initial = !scales
            && text[start..at].chars().all(char::is_uppercase)
            && text[stop..end].trim_start().chars().next().is_some_and(|c| c.is_uppercase() || c == ',');
        return if dotted || initial { stop } else { at };
    }
    if word.len() > LONGEST_ABBREVIATION {
        return at;
    }
    if TITLES.contains(&word) {
        // "No." and "St." name something only before what they name; "no." at the end of a sentence is a word.
        let followed =
            text[at + 1..end].trim_start().chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
        let needs_number = matches!(word, "no" | "nos" | "fig" | "vol");
        let number = text[at + 1..end].trim_start().starts_with(|c: char| c.is_ascii_digit());
        return if (needs_number && number) || (!needs_number && (followed || word == "vs")) { at + 1 } else { at };
    }
    let capital = text[start..].starts_with(char::is_uppercase);
    if OTHERS.contains(&word) && (capital || word == "etc" || word == "approx") { at + 1 } else { at }
}

fn number_end(text: &str, start: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while at < end {
        let digit = |i: usize| i < end && bytes[i].is_ascii_digit();
        if digit(at) || (matches!(bytes[at], b',' | b'.') && digit(at + 1)) {
            at += 1;
        } else {
            break;
        }
    }
    at
}

fn clitic_end(text: &str, start: usize, end: usize, before: Option<&Token>, c: char) -> Option<usize> {
    let before =
        before.filter(|t| t.span.end as usize == start && matches!(t.kind, TokenKind::Word | TokenKind::Number))?;
    if !is_apostrophe(c) || c == '‘' || c == '`' {
        return None;
    }
    let mut rest = text[start + c.len_utf8()..end].chars();
    let ends_in_s = before.span.of(text).ends_with(['s', 'S', 'z', 'x']);
    match rest.next() {
        Some('s' | 'S') if rest.next().is_none_or(|n| !n.is_alphanumeric()) => Some(start + c.len_utf8() + 1),
        // The possessive of a plural: a word follows, and no single mark was opened that this could close.
        Some(' ') if ends_in_s && rest.next().is_some_and(char::is_alphanumeric) && c != '\'' => {
            Some(start + c.len_utf8())
        }
        Some(' ') if ends_in_s && rest.next().is_some_and(char::is_lowercase) => Some(start + c.len_utf8()),
        _ => None,
    }
}

fn case_of(word: &str) -> Case {
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Case::Lower;
    }
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Case::None };
    let (mut upper, mut lower) = (0, 0);
    for c in letters {
        if c.is_uppercase() { upper += 1 } else { lower += 1 }
    }
    match (first.is_uppercase(), upper, lower) {
        (true, 0, _) => Case::Capitalized,
        (true, _, 0) => Case::Upper,
        (false, 0, _) => Case::Lower,
        _ => Case::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::fold::lower_in_place;

    fn tokens(text: &str) -> Vec<(&str, TokenKind)> {
        let mut out = Vec::new();
        tokenize(text, &lower_in_place(text), Span::new(0, text.len()), 0, &mut out, &mut Vec::new());
        out.iter().map(|t| (t.span.of(text), t.kind)).collect()
    }

    fn words(text: &str) -> Vec<&str> {
        tokens(text).into_iter().map(|(w, _)| w).collect()
    }

    #[test]
    fn abbreviations_keep_their_stops() {
        assert_eq!(words("Mr. J. Smith of the U.S. left."), ["Mr.", "J.", "Smith", "of", "the", "U.S.", "left", "."]);
        assert_eq!(words("at 8:20 a.m. on Jan. 6"), ["at", "8", ":", "20", "a.m.", "on", "Jan.", "6"]);
        assert_eq!(words("He said no. Then he left"), ["He", "said", "no", ".", "Then", "he", "left"]);
    }

    #[test]
    fn possessive_endings_stand_alone() {
        assert_eq!(words("Okonkwo’s five-hour talk"), ["Okonkwo", "’s", "five", "-", "hour", "talk"]);
        assert_eq!(tokens("the readers’ letters")[2], ("’", TokenKind::Clitic));
        assert_eq!(words("don’t O’Brien"), ["don’t", "O’Brien"]);
    }

    #[test]
    fn numbers_keep_their_separators() {
        assert_eq!(words("worth $60M. Then"), ["worth", "$", "60", "M", ".", "Then"]);
        assert_eq!(words("$1.2bn, 1,237 and 10th."), ["$", "1.2", "bn", ",", "1,237", "and", "10", "th", "."]);
    }

    #[test]
    fn the_longest_abbreviation_is_known() {
        assert_eq!(TITLES.iter().chain(&OTHERS).map(|w| w.len()).max(), Some(LONGEST_ABBREVIATION));
    }

    proptest! {
        /// The quick reader of plain words says what the reader of all words says.
        #[test]
        fn plain_words_are_words(text in "[a-zA-Z]{1,20}[ ,.’'é”—0-]?[a-zA-Z0-9]{0,3}[ .]{0,8}") {
            let lower = lower_in_place(&text);
            if let Some(plain) = plain_word(&text, 0, text.len()) {
                let any = any_word(&text, &lower, 0, text.len());
                prop_assert_eq!((plain.end, plain.case, plain.lex, plain.hash), (any.end, any.case, any.lex, any.hash));
            }
        }
    }

    #[test]
    fn cases() {
        for (word, case) in
            [("NATO", Case::Upper), ("Nato", Case::Capitalized), ("McKay", Case::Mixed), ("a", Case::Lower)]
        {
            assert_eq!(case_of(word), case, "{word}");
        }
    }
}
