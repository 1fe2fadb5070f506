//! `[cq]` and `[sic]`: the marks that copy editors put after words that are right as they stand.

use crate::source::Draft;
use crate::text::Span;

/// A mark in the copy. Spans are of [`Draft::text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub span: Span,
    /// The word or figure before it.
    pub word: Span,
    /// `[cq]`, which is for the desk and must not be printed; `[sic]` is for readers.
    pub is_for_desk: bool,
}

/// The marks of a draft, in text order.
pub fn read(draft: &Draft) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (open, _) in draft.lower.match_indices('[') {
        let rest = &draft.lower[open..];
        let (length, is_for_desk) = match rest {
            r if r.starts_with("[cq]") => (4, true),
            r if r.starts_with("[sic]") => (5, false),
            _ => continue,
        };
        let before = draft.token_at(open as u32);
        let word = draft.tokens[..before]
            .iter()
            .rev()
            .take(3)
            .find(|t| t.is_word() || t.kind == crate::text::TokenKind::Number);
        if let Some(word) = word {
            marks.push(Mark { span: Span::new(open, open + length), word: word.span, is_for_desk });
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_word_before() {
        let draft = Draft::from_text("Jon Smyth’s [CQ] aunt paid 40 [cq], “a lots [sic] of it”. [x] [cqs]");
        let marks: Vec<_> = read(&draft).iter().map(|m| (draft.words_at(m.word), m.is_for_desk)).collect();
        assert_eq!(marks, [("Smyth", true), ("40", true), ("lots", false)]);
        assert!(read(&Draft::from_text("[cq]")).is_empty());
    }
}
