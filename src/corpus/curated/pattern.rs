//! Where a draft states a listed figure: the phrases of an entry's `match`.

use super::FigureEntry;
use crate::annotate::Figure;
use crate::source::Draft;
use crate::text::{Token, TokenKind};

impl FigureEntry {
    /// Whether the words around `figure` are one of the entry's patterns.
    pub fn states(&self, draft: &Draft, figure: &Figure) -> bool {
        let sentence = &draft.sentences[figure.sentence as usize];
        let tokens = draft.sentence_tokens(sentence);
        let is_word = |t: &&Token| matches!(t.kind, TokenKind::Word | TokenKind::Number | TokenKind::Clitic);
        let before: Vec<&Token> = tokens.iter().filter(|t| t.span.end <= figure.span.start).filter(is_word).collect();
        let after: Vec<&Token> = tokens.iter().filter(|t| t.span.start >= figure.span.end).filter(is_word).collect();
        self.patterns.iter().any(|pattern| {
            let Some((left, right)) = pattern.text.split_once("{figure}") else { return false };
            let (left, right) = (words(left), words(right));
            let ends = before.len() >= left.len()
                && before[before.len() - left.len()..].iter().zip(&left).all(|(t, w)| fold(draft.lower(t)) == *w);
            ends && after.len() >= right.len() && after.iter().zip(&right).all(|(t, w)| fold(draft.lower(t)) == *w)
        })
    }
}

/// The words of a part of a pattern, a possessive ending for itself as tokens have it.
fn words(part: &str) -> Vec<String> {
    let plain = Draft::from_text(&format!("{part} x"));
    let tokens =
        plain.tokens.iter().filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number | TokenKind::Clitic));
    let mut words: Vec<String> = tokens.map(|t| fold(plain.lower(t))).collect();
    words.pop();
    words
}

fn fold(lower: &str) -> String {
    lower.replace('’', "'")
}
