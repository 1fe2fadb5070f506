//! The tokens of one sentence, as the readers of numbers, units and nouns ask for them.

use super::noun_words;
use super::tables::Tables;
use crate::source::Draft;
use crate::text::{Span, Token, TokenKind};

/// The tokens of one sentence. Indices are those of [`Draft::tokens`]; outside the sentence every word is "".
pub(super) struct Cursor<'d> {
    pub draft: &'d Draft,
    pub tables: &'static Tables,
    pub start: usize,
    pub end: usize,
    pub block_start: usize,
    /// Headlines and headings, where capitals say nothing of names.
    pub is_display: bool,
}

impl<'d> Cursor<'d> {
    pub fn token(&self, at: usize) -> Option<&'d Token> {
        (self.start <= at && at < self.end).then(|| &self.draft.tokens[at])
    }

    pub fn kind(&self, at: usize) -> Option<TokenKind> {
        self.token(at).map(|t| t.kind)
    }

    pub fn word(&self, at: usize) -> &'d str {
        self.token(at).map_or("", |t| t.span.of(&self.draft.text))
    }

    pub fn lower(&self, at: usize) -> &'d str {
        self.token(at).map_or("", |t| t.span.of(&self.draft.lower))
    }

    pub fn word_before(&self, at: usize) -> &'d str {
        at.checked_sub(1).map_or("", |i| self.word(i))
    }

    pub fn lower_before(&self, at: usize) -> &'d str {
        at.checked_sub(1).map_or("", |i| self.lower(i))
    }

    /// Whether the next token follows with nothing between.
    pub fn touches(&self, at: usize) -> bool {
        matches!((self.token(at), self.token(at + 1)), (Some(a), Some(b)) if a.touches(b))
    }

    /// Whether the token before stands right before it.
    pub fn touched(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|i| self.touches(i))
    }

    /// Whether a word that looks like a plural stands there.
    pub fn is_plural(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Word) && noun_words::plural_form(self.lower(at))
    }

    /// Whether a thing counted or a unit stands there, so that an “m” before it means millions.
    pub fn counts_millions(&self, at: usize) -> bool {
        // the 400m hurdles
        let event =
            matches!(self.lower(at), "hurdles" | "relays" | "races" | "sprints" | "heats" | "finals" | "runners");
        !event && (self.is_plural(at) || self.measure(at, true, at).is_some())
    }

    /// Whether a straight quotation mark at token `at` closes nothing, so that it can only mean inches: none is open in the
    /// block before it.
    pub fn closes_nothing(&self, at: usize) -> bool {
        const REACH: usize = 300;
        if at - self.block_start > REACH {
            return false;
        }
        let marks = (self.block_start..at).filter(|&i| self.draft.tokens[i].span.of(&self.draft.text) == "\"");
        let open =
            marks.fold(false, |_, i| i == self.block_start || !self.draft.tokens[i - 1].touches(&self.draft.tokens[i]));
        !open
    }

    /// Whether the sentence, or a part of it, ends before this token.
    pub fn is_end(&self, at: usize) -> bool {
        self.kind(at).is_none_or(|k| k == TokenKind::Stop) || matches!(self.word(at), "," | ";" | ")")
    }

    pub fn is_block_start(&self, at: usize) -> bool {
        at == self.block_start
    }

    /// The text between two offsets, "" when they are out of order.
    pub fn between(&self, from: u32, to: u32) -> &'d str {
        if from < to { Span { start: from, end: to }.of(&self.draft.text) } else { "" }
    }

    /// Whether nothing but a stop follows in the sentence.
    pub fn rest_is_empty(&self, offset: u32) -> bool {
        let next = self.draft.token_at(offset);
        next >= self.end || (next + 1 >= self.end && self.kind(next) == Some(TokenKind::Stop))
    }

    pub fn start_of(&self, at: usize) -> u32 {
        self.draft.tokens[at].span.start
    }

    pub fn end_of(&self, at: usize) -> u32 {
        self.draft.tokens[at].span.end
    }

    /// `text[first..=last]` in one of the draft's texts, where tokens stand close together: at most a space between.
    pub fn joined(&self, text: &'d str, first: usize, last: usize) -> Option<&'d str> {
        let (a, b) = (self.token(first)?, self.token(last)?);
        Some(a.span.cover(b.span).of(text))
    }

    /// Whether all tokens of a stretch are words.
    pub fn all_words(&self, from: usize, to: usize) -> bool {
        (from..to).all(|i| self.kind(i) == Some(TokenKind::Word))
    }
}
