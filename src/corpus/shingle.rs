//! Words folded for comparison, and the keys of runs of four of them: how the same words are found again in another text.
//!
//! The hashes are stored in archives, so they must never change: FNV-1a over the folded word, mixed in order.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::source::Draft;
use crate::text::{Lex, Span, Token, TokenKind};

/// How many words a shingle has.
pub const LENGTH: usize = 4;

/// A word of a draft, folded: case, accents, full stops of abbreviations and separators in numbers do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoldedWord {
    pub hash: u64,
    /// Index in [`Draft::tokens`].
    pub token: u32,
    /// Articles, prepositions and the like, which prove nothing alone.
    pub is_function: bool,
}

/// The words and numbers of `tokens`, which start at index `first` of the draft; possessive endings and marks are left out.
pub fn fold(draft: &Draft, tokens: &[Token], first: usize) -> Vec<FoldedWord> {
    tokens
        .iter()
        .enumerate()
        .filter(|(_, t)| matches!(t.kind, TokenKind::Word | TokenKind::Number))
        .map(|(at, t)| FoldedWord {
            hash: hash_word(draft.lower(t)),
            token: (first + at) as u32,
            is_function: t.lex.is(Lex::FUNCTION),
        })
        .collect()
}

/// The words of `span` of the draft's text, folded.
pub fn fold_span(draft: &Draft, span: Span) -> Vec<FoldedWord> {
    fold(draft, draft.tokens_in(span), draft.token_at(span.start))
}

/// FNV-1a of a lower-case word, folded.
pub fn hash_word(lower: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    if lower.is_ascii() {
        lower.bytes().filter(|b| !matches!(b, b'.' | b',' | b'\'')).for_each(&mut take);
    } else {
        let mut buffer = [0; 4];
        for c in
            lower.nfkd().filter(|c| !is_combining_mark(*c) && !matches!(c, '.' | ',' | '\'' | '’' | '‘' | '\u{ad}'))
        {
            c.encode_utf8(&mut buffer).bytes().for_each(&mut take);
        }
    }
    hash
}

/// The shingles of a run of words, each with the index of its first word. A run of function words alone has none.
pub fn shingles(words: &[FoldedWord]) -> impl Iterator<Item = (u64, usize)> {
    words
        .windows(LENGTH)
        .enumerate()
        .filter(|(_, run)| run.iter().any(|w| !w.is_function))
        .map(|(at, run)| (key(run), at))
}

fn key(run: &[FoldedWord]) -> u64 {
    run.iter().fold(0x9e37_79b9_7f4a_7c15, |key: u64, word| {
        // splitmix64: the order of the words counts.
        let mut mixed = key.wrapping_mul(31).wrapping_add(word.hash);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<u64> {
        let draft = Draft::from_text(text);
        shingles(&fold(&draft, &draft.tokens, 0)).map(|(key, _)| key).collect()
    }

    #[test]
    fn spelling_of_marks_and_numbers_does_not_count() {
        assert_eq!(keys("The pier’s 1,200 visitors don’t pay."), keys("“The Pier 1200 visitors don't pay”"));
        assert_eq!(keys("The U.S. fleet left Örby"), keys("the us fleet left orby"));
        assert_ne!(keys("they sold the pier"), keys("the pier they sold"));
        assert!(keys("it was to be of the").is_empty(), "function words alone");
    }

    /// Archives on disk hold these hashes: a change here makes every archive silent.
    #[test]
    fn hashes_never_change() {
        assert_eq!(hash_word("pier"), 13_771_960_440_641_061_317);
        assert_eq!(keys("they sold the pier"), [15_252_029_634_661_052_558]);
    }
}
