//! The reference: curated facts, an archive of earlier stories, and sources laid beside a draft.

use crate::annotate::Gazetteer;

/// What a draft is held against. Empty without configuration.
#[derive(Default)]
pub struct Reference {
    /// The names that facts and archive know.
    pub gazetteer: Gazetteer,
}
