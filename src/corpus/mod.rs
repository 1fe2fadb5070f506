//! The reference: curated facts, an archive of earlier stories, and sources laid beside a draft.

pub mod archive;
pub mod compare;
pub mod correction;
pub mod curated;
pub mod event;
pub mod figures;
pub mod formats;
pub mod indexing;
pub mod intake;
pub mod likeness;
mod memo;
mod near;
mod passages;
pub mod past;
pub mod shingle;
pub mod sources;
pub mod story;

use std::sync::Arc;

use crate::annotate::Gazetteer;

pub use curated::{Facts, NeverKey};
pub use past::Past;
pub use sources::{SourceDocument, Sources};

/// What a draft is held against. Empty without configuration; the same for a whole run, and cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Reference {
    /// The names that facts and archive know.
    pub gazetteer: Arc<Gazetteer>,
    /// What the desk keeps. It decides.
    pub facts: Arc<Facts>,
    /// Primary sources for this run.
    pub sources: Arc<Sources>,
    /// Earlier stories.
    pub past: Option<Arc<Past>>,
    /// The key of the names that must not be published, where the environment holds it.
    pub never_key: Option<NeverKey>,
}

impl Reference {
    /// A reference of facts files alone.
    pub fn of_facts(facts: Facts) -> Reference {
        let mut gazetteer = Gazetteer::default();
        facts.fill(&mut gazetteer);
        Reference { gazetteer: Arc::new(gazetteer), facts: Arc::new(facts), ..Reference::default() }
    }

    /// The same as if the desk kept nothing.
    pub fn without_facts(mut self) -> Reference {
        self.facts = Arc::default();
        self.gazetteer = Arc::default();
        self
    }

    /// The same with the archive that this is.
    pub fn with_past(mut self, past: Past) -> Reference {
        self.past = Some(Arc::new(past));
        self
    }

    /// The same with the key of the names that must not be published.
    pub fn with_never_key(mut self, key: Option<NeverKey>) -> Reference {
        self.never_key = key;
        self
    }

    /// The same with these reports on one event as the only sources.
    pub fn beside(mut self, reports: Vec<Arc<SourceDocument>>) -> Reference {
        self.sources = Arc::new(Sources::of_reports(reports));
        self
    }

    /// The same with these sources, read with what the facts know.
    pub fn with_sources(mut self, documents: Vec<SourceDocument>) -> Reference {
        self.sources = Arc::new(Sources::new(documents));
        self
    }
}
