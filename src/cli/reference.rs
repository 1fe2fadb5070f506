//! Putting together what drafts are held against: facts files, and the sources of `--against`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::configs::{ConfigArguments, Configs};
use super::drafts::{self, DraftArguments, Target};
use crate::annotate::Gazetteer;
use crate::config::{CommandLine, Config};
use crate::config_error::ConfigError;
use crate::corpus::{Past, Reference, SourceDocument, curated, formats};
use crate::report::Skipped;

/// The references of a run: one for each configuration.
pub struct References {
    by_config: Vec<(Arc<Config>, Reference)>,
    none: Reference,
    /// Mistakes in the facts files.
    pub errors: Vec<ConfigError>,
    /// Sources that could not be read.
    pub unread: Vec<Skipped>,
}

impl References {
    /// Reads the facts of each configuration and lays the sources over them. What cannot be read is named; the rest counts.
    pub fn assemble(configs: &[Arc<Config>], against: &[PathBuf]) -> anyhow::Result<References> {
        let none = Reference::default();
        let mut references = References { by_config: Vec::new(), none, errors: Vec::new(), unread: Vec::new() };
        for config in configs {
            let mut reference = references.facts(config);
            if let Some(index) = config.archive_index() {
                match Past::open(&index) {
                    Ok(past) => reference = reference.with_past(past),
                    Err(error) => references.unread.push(unread(&index, &error.to_string())),
                }
            }
            if !against.is_empty() {
                reference = with_sources(reference, against, &mut references.unread)?;
            }
            references.by_config.push((config.clone(), reference));
        }
        references.unread.sort();
        references.unread.dedup();
        Ok(references)
    }

    fn facts(&mut self, config: &Config) -> Reference {
        let (files, errors) = config.facts_files();
        self.errors.extend(errors);
        if files.is_empty() {
            return Reference::default();
        }
        let (facts, errors) = curated::load(&files);
        self.errors.extend(errors);
        self.errors.extend(config.check_pins(&facts));
        Reference::of_facts(facts).with_never_key(config.never_key())
    }

    /// The reference for drafts under `config`, one of those that this was assembled with.
    pub fn of(&self, config: &Arc<Config>) -> &Reference {
        let found = self.by_config.iter().find(|(own, _)| Arc::ptr_eq(own, config));
        found.map_or(&self.none, |(_, reference)| reference)
    }

    /// The archives that failed while they were asked, each once: from then on drafts were checked without them.
    pub fn faults(&self) -> Vec<Skipped> {
        let mut faults: Vec<Skipped> = self
            .by_config
            .iter()
            .filter_map(|(config, reference)| {
                let fault = reference.past.as_ref()?.fault()?;
                Some(unread(&config.archive_index()?, fault))
            })
            .collect();
        faults.sort();
        faults.dedup();
        faults
    }

    /// Whether any of them holds names.
    pub fn any(&self) -> bool {
        self.by_config.iter().any(|(_, reference)| {
            reference.gazetteer.longest() > 0 || !reference.sources.is_empty() || reference.past.is_some()
        })
    }
}

/// An archive that cannot be read. The error begins with its path, which is shown as people know it.
fn unread(index: &Path, error: &str) -> Skipped {
    let named = format!("{}: ", index.display());
    let path = drafts::shown(index);
    let reason =
        error.strip_prefix(&named).or_else(|| error.strip_prefix(&format!("{path}: "))).unwrap_or(error).to_owned();
    Skipped { path, reason }
}

fn with_sources(reference: Reference, against: &[PathBuf], skipped: &mut Vec<Skipped>) -> anyhow::Result<Reference> {
    let arguments = DraftArguments { paths: against.to_vec(), stdin_filename: None, files_from: None };
    // What counts as a source in a folder is not a matter of the drafts' configuration.
    let configs = Configs::new(&ConfigArguments { isolated: true, config: None }, CommandLine::default());
    let found = drafts::find(&arguments, &configs)?;
    skipped.extend(found.skipped);
    let read: Vec<Result<Vec<SourceDocument>, Skipped>> =
        found.targets.par_iter().map(|target| documents(target, &arguments, &reference.gazetteer)).collect();
    let mut documents = Vec::new();
    for read in read {
        match read {
            Ok(read) => documents.extend(read),
            Err(reason) => skipped.push(reason),
        }
    }
    Ok(reference.with_sources(documents))
}

/// The sources in a file: one, or the stories of a wire format.
fn documents(
    target: &Target,
    arguments: &DraftArguments,
    gazetteer: &Gazetteer,
) -> Result<Vec<SourceDocument>, Skipped> {
    let ending = target.path.extension().unwrap_or_default().to_string_lossy();
    if !formats::is_wire(&ending) {
        return Ok(vec![SourceDocument::new(drafts::read(target, arguments)?, gazetteer)]);
    }
    let (text, _) = drafts::text(target)?;
    let stories =
        formats::read(&target.shown, text).map_err(|reason| Skipped { path: target.shown.clone(), reason })?;
    let read = stories.into_iter().map(|mut story| {
        let draft = story.read();
        SourceDocument::of_archive(draft, story.date, story.is_file, true, gazetteer)
    });
    Ok(read.collect())
}
