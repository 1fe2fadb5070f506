//! Where a draft states a listed figure: the phrases of an entry's `match`; without any, the words of its `what`.

use super::FigureEntry;
use crate::annotate::Figure;
use crate::annotate::figure::lemma;
use crate::source::Draft;
use crate::text::{Lex, Token, TokenKind};

/// Words of `what` that say only that something is counted.
const COUNTED: [&str; 10] =
    ["amount", "cost", "count", "figure", "level", "number", "percentage", "rate", "share", "total"];

/// How an entry is found in a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stated {
    /// One of its phrases stands around the figure.
    InPhrase,
    /// It has no phrases, and the sentence has the words of `what` and this one figure of the kind.
    InWords,
}

impl FigureEntry {
    /// Whether the draft's figure is the entry's, and how that is known.
    pub fn stated(&self, draft: &Draft, figures: &[Figure], figure: &Figure) -> Option<Stated> {
        if !self.patterns.is_empty() {
            return self.states(draft, figure).then_some(Stated::InPhrase);
        }
        let listed = self.figure.as_ref()?;
        let sentence = &draft.sentences[figure.sentence as usize];
        let key = |word: &str| fold(&lemma(&word.to_lowercase()));
        let wanted: Vec<String> = self
            .what
            .text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.chars().count() > 2 && !Lex::of(&w.to_lowercase()).is(Lex::FUNCTION))
            .map(key)
            .filter(|w| !COUNTED.contains(&w.as_str()))
            .collect();
        let tokens = draft.sentence_tokens(sentence);
        let stands = |word: &String| tokens.iter().any(|t| t.is_word() && key(draft.lower(t)) == *word);
        let same_kind = |f: &&Figure| f.sentence == figure.sentence && f.measure == listed.measure;
        let only = figure.measure == listed.measure && figures.iter().filter(same_kind).count() == 1;
        (only && wanted.len() >= 2 && wanted.iter().all(stands)).then_some(Stated::InWords)
    }

    /// Whether the words around `figure` are one of the entry's patterns.
    fn states(&self, draft: &Draft, figure: &Figure) -> bool {
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
