//! Pairs of sentences, one here and one in a source, that tell of the same; and pairs of words in them that stand in the same place.

use crate::checks::Context;
use crate::corpus::likeness::Like;
use crate::corpus::{SourceDocument, Sources};
use crate::source::Draft;
use crate::text::{Span, TokenKind};

/// A sentence of a source that tells of the same as one of the draft.
#[derive(Clone, Copy)]
pub(super) struct Twin<'a> {
    pub document: &'a SourceDocument,
    /// Index of the source's sentence.
    pub sentence: u32,
    /// Content words that both have, and their share of the shorter sentence's in hundredths.
    pub shared: u16,
    pub share: u16,
}

impl Twin<'_> {
    pub fn span(&self) -> Span {
        self.document.draft.sentences[self.sentence as usize].span
    }

    /// Whether the two sentences are one with changes: enough for a difference to be a contradiction.
    pub fn is_close(&self) -> bool {
        self.shared >= 3 && self.share >= 60
    }

    /// Whether they may well tell of the same.
    pub fn is_near(&self) -> bool {
        self.shared >= 3 && self.share >= 40
    }
}

/// The sentences of `sources` that tell of the same as the draft's sentence, the likest first.
pub(super) fn of<'a>(cx: &Context<'_>, sources: &'a Sources, sentence: usize) -> Vec<Twin<'a>> {
    let mut twins = related(cx, sources, sentence);
    twins.retain(Twin::is_near);
    twins
}

/// The sentences of `sources` that share content words with the draft's sentence, the likest first.
pub(super) fn related<'a>(cx: &Context<'_>, sources: &'a Sources, sentence: usize) -> Vec<Twin<'a>> {
    let found = sources.sentences_like(cx.draft, sentence);
    let twin = |(document, like): (&'a SourceDocument, Like)| Twin {
        document,
        sentence: like.sentence,
        shared: like.shared,
        share: like.share,
    };
    found.into_iter().map(twin).collect()
}

/// How many of the words right before and right after two spans are the same, up to three on each side; a possessive ending or a comma
/// between does not count.
pub(super) fn context(ours: &Draft, here: Span, theirs: &Draft, there: Span) -> (usize, usize) {
    let words = |draft: &Draft, span: Span, before: bool| -> Vec<String> {
        let sentence = &draft.sentences[draft.sentence_at(span.start)];
        let tokens =
            draft.sentence_tokens(sentence).iter().filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number));
        if before {
            let left: Vec<_> = tokens.filter(|t| t.span.end <= span.start).collect();
            left.iter().rev().take(3).map(|t| draft.lower(t).to_owned()).collect()
        } else {
            tokens.filter(|t| t.span.start >= span.end).take(3).map(|t| draft.lower(t).to_owned()).collect()
        }
    };
    let same = |before: bool| {
        let (a, b) = (words(ours, here, before), words(theirs, there, before));
        a.iter().zip(&b).take_while(|(x, y)| x == y).count()
    };
    (same(true), same(false))
}
