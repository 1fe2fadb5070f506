//! Putting together what drafts are held against: facts files, and the sources of `--against`.

use std::path::PathBuf;

use rayon::prelude::*;

use super::drafts::{self, DraftArguments};
use crate::corpus::{Facts, Reference, SourceDocument};
use crate::report::Skipped;

/// The reference of a run. A source that cannot be read is named; the others count.
pub fn assemble(facts: Facts, against: &[PathBuf]) -> anyhow::Result<(Reference, Vec<Skipped>)> {
    let reference = Reference::of_facts(facts);
    let arguments = DraftArguments { paths: against.to_vec(), stdin_filename: None };
    let read: Vec<Result<SourceDocument, Skipped>> = drafts::find(&arguments)?
        .par_iter()
        .map(|path| Ok(SourceDocument::new(drafts::read(path, &arguments)?, &reference.gazetteer)))
        .collect();
    let mut documents = Vec::new();
    let mut skipped = Vec::new();
    for document in read {
        match document {
            Ok(document) => documents.push(document),
            Err(reason) => skipped.push(reason),
        }
    }
    Ok((reference.with_sources(documents), skipped))
}
