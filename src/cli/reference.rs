//! Putting together what drafts are held against: facts files, and the sources of `--against`.

use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use super::configs::{ConfigArguments, Configs};
use super::drafts::{self, DraftArguments};
use crate::config::{CommandLine, Config};
use crate::corpus::{Reference, SourceDocument};
use crate::report::Skipped;

/// The references of a run: one for each configuration.
pub struct References(Vec<(Arc<Config>, Reference)>);

impl References {
    /// Lays the sources over the facts of each configuration. A source that cannot be read is named; the others count.
    pub fn assemble(configs: &[Arc<Config>], against: &[PathBuf]) -> anyhow::Result<(References, Vec<Skipped>)> {
        let mut skipped = Vec::new();
        let mut references = Vec::new();
        for config in configs {
            let reference = config.reference().clone();
            let reference =
                if against.is_empty() { reference } else { with_sources(reference, against, &mut skipped)? };
            references.push((config.clone(), reference));
        }
        skipped.sort();
        skipped.dedup();
        Ok((References(references), skipped))
    }

    /// The reference for drafts under `config`, one of those that this was assembled with.
    pub fn of<'a>(&'a self, config: &'a Arc<Config>) -> &'a Reference {
        let found = self.0.iter().find(|(own, _)| Arc::ptr_eq(own, config));
        found.map(|(_, reference)| reference).unwrap_or_else(|| config.reference())
    }

    /// Whether any of them holds anything.
    pub fn any(&self) -> bool {
        self.0.iter().any(|(config, reference)| config.has_facts() || !reference.sources.is_empty())
    }
}

fn with_sources(reference: Reference, against: &[PathBuf], skipped: &mut Vec<Skipped>) -> anyhow::Result<Reference> {
    let arguments = DraftArguments { paths: against.to_vec(), stdin_filename: None, files_from: None };
    // What counts as a source in a folder is not a matter of the drafts' configuration.
    let configs = Configs::new(&ConfigArguments { isolated: true, config: None }, CommandLine::default());
    let found = drafts::find(&arguments, &configs)?;
    skipped.extend(found.skipped);
    let read: Vec<Result<SourceDocument, Skipped>> = found
        .targets
        .par_iter()
        .map(|target| Ok(SourceDocument::new(drafts::read(target, &arguments)?, &reference.gazetteer)))
        .collect();
    let mut documents = Vec::new();
    for document in read {
        match document {
            Ok(document) => documents.push(document),
            Err(reason) => skipped.push(reason),
        }
    }
    Ok(reference.with_sources(documents))
}
