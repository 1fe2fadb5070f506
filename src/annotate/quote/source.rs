//! What the sieve found for a quotation: who says it, where that stands, and how far to trust it.

use super::cue::Class;
use super::frame::{Frame, Hit};
use super::subject::Phrase;
use super::{Reach, Tier};
use crate::text::Span;

/// What the sieve found for a quotation.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    pub tier: Tier,
    pub reach: Reach,
    pub cue: Option<Span>,
    /// The words that say who speaks, and their block.
    pub who: Option<Span>,
}

impl Source {
    /// A source in the quotation’s own sentence, by the cue at `cue`.
    pub fn in_sentence(frame: &Frame<'_>, tier: Tier, cue: usize, who: Option<Phrase>) -> Source {
        Source { tier, reach: Reach::Sentence, cue: Some(frame.span(cue)), who: who.map(|p| span_of(frame, p)) }
    }
}

pub fn span_of(frame: &Frame<'_>, phrase: Phrase) -> Span {
    frame.span(phrase.from).cover(frame.span(phrase.to))
}

/// Whether a cue is a verb that may have a quotation as its object.
pub fn speaks(hit: &Hit) -> bool {
    matches!(hit.cue.class, Class::Speech | Class::Beside | Class::Judgment)
}
