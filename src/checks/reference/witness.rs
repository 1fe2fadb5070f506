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
/// How sure a finding is on the word of `documents`, if a primary document would make it `alone`.
pub(super) fn weigh(alone: Confidence, documents: &[&SourceDocument]) -> Confidence {
    let enough = documents.len() >= MAJORITY || documents.iter().any(|d| d.primary);
    if enough { alone } else { Confidence::Likely }
}

/// The texts in the order in which they are asked: the sources of the run, then earlier stories. The later are asked only where the
/// earlier have nothing to say.
pub(super) fn benches<'a>(cx: &'a Context<'_>) -> impl Iterator<Item = &'a Sources> {
    let sources: &'a Sources = &cx.reference.sources;
    let earlier = std::iter::once_with(|| cx.earlier.get_or_init(|| earlier(cx)).as_ref());
    std::iter::once(sources).chain(earlier).filter(|s| !s.is_empty())
}

/// What the archive has to say, if there is one.
fn earlier(cx: &Context<'_>) -> Arc<Sources> {
    let past = cx.reference.past.as_ref();
    past.map(|past| past.beside(&past.earlier(cx.draft, cx.annotations, cx.date))).unwrap_or_default()
}
