//! Quotations, and who says them.

use super::{Entity, Person};
use crate::source::Draft;
use crate::text::Span;

#[derive(Clone, Debug)]
pub struct Quote {
    /// The words inside the marks.
    pub span: Span,
    /// The same with the marks.
    pub outer: Span,
    pub kind: QuoteKind,
    pub status: QuoteStatus,
    /// Who says it, as resolved: a name, or the words of the draft where no name is known.
    pub speaker: Option<String>,
    /// The person, where the speaker is one, as an index of [`Annotations::people`](super::Annotations::people).
    pub person: Option<u32>,
    /// The words beside the cue that say who speaks.
    pub speaker_span: Option<Span>,
    /// The verb or noun of saying.
    pub cue: Option<Span>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    Direct,
    Partial,
    Scare,
    /// The title of a work.
    Title,
    Term,
}

impl QuoteKind {
    /// The name used in the JSON contract.
    pub fn name(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Partial => "partial",
            QuoteKind::Scare => "scare",
            QuoteKind::Title => "title",
            QuoteKind::Term => "term",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteStatus {
    Attributed,
    Unattributed,
    NotSpeech,
}

impl QuoteStatus {
    /// The name used in the JSON contract.
    pub fn name(self) -> &'static str {
        match self {
            QuoteStatus::Attributed => "attributed",
            QuoteStatus::Unattributed => "unattributed",
            QuoteStatus::NotSpeech => "not-speech",
        }
    }
}

/// Finds the quotations of a draft; nobody is named as their speaker yet.
pub fn read(_draft: &Draft) -> Vec<Quote> {
    Vec::new()
}

/// Names the speakers.
pub fn attribute(_draft: &Draft, _people: &[Person], _organizations: &[Entity], _quotes: &mut [Quote]) {}
