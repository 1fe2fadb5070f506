//! Which texts a draft is held against, and what their word is worth.
//!
//! A source laid beside the draft is a primary document: one is enough. Earlier stories are other people's drafts: one of them is
//! a hint, and three that agree, copies of one another counted once, are as good as sure. A primary document in the archive (a transcript, a statement)
//! counts as a source.

use std::sync::Arc;

use crate::checks::Context;
use crate::corpus::{SourceDocument, Sources};
use crate::diagnostic::Confidence;

/// How many earlier stories must agree for their word to be sure.
pub(super) const MAJORITY: usize = 3;
/// The fewest words of a quotation that is looked up in earlier stories on any event.
const LEAST_QUOTED: u32 = 6;

/// How sure a finding is on the word of `documents`, if a primary document would make it `alone`.
pub(super) fn weigh(alone: Confidence, documents: &[&SourceDocument]) -> Confidence {
    let enough = documents.len() >= MAJORITY || documents.iter().any(|d| d.primary);
    if enough { alone } else { Confidence::Likely }
}

/// The texts in the order in which they are asked: the sources of the run, then earlier stories. The later are asked only where the
/// earlier have nothing to say.
pub(super) fn benches<'a>(cx: &'a Context<'_>) -> impl Iterator<Item = &'a Sources> {
    let sources: &'a Sources = &cx.reference.sources;
    let earlier = std::iter::once_with(|| cx.earlier.get_or_init(|| earlier(cx)));
    std::iter::once(sources).chain(earlier).filter(|s| !s.is_empty())
}

/// Stories on the same event, and stories that quote the same words, without the draft's own versions.
fn earlier(cx: &Context<'_>) -> Sources {
    let Some(past) = &cx.reference.past else { return Sources::default() };
    let own = past.versions_of(cx.draft);
    let mut documents: Vec<Arc<SourceDocument>> = Vec::new();
    let mut copies = Vec::new();
    if let Some(date) = cx.date {
        for related in past.related(cx.draft, date, &own) {
            copies.push(related.standing.copies);
            documents.push(related.document);
        }
    }
    for quote in cx.annotations.quotes.iter().filter(|q| q.is_speech() && q.words >= LEAST_QUOTED && q.parent.is_none())
    {
        for row in past.quotations(cx.draft, quote.span, None, &own).into_iter().take(MAJORITY) {
            if !copies.contains(&row.standing.copies) {
                copies.push(row.standing.copies);
                documents.extend(past.story(row.standing.document));
            }
        }
    }
    Sources::of(documents)
}
