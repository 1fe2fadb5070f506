//! The rule sets that the layers name: shipped packs and the desk's own files, and which of them run on a draft.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;

use super::layer::{PackSource, Sourced};
use super::load::{plain_words, shown};
use super::resolve::Key;
use super::{Files, Layer, files};
use crate::checks::Severities;
use crate::config_error::{ConfigError, did_you_mean};
use crate::rules::{self, RuleSet};

/// A rule file: the name that people know it by, and its text.
type Source = (Arc<str>, Arc<str>);

/// Rule files in their order, and the sets made of them.
#[derive(Default)]
pub struct Packs {
    /// Every rule file, with the override that names it, by its position among all overrides; `None` for every draft.
    sources: Vec<(Option<usize>, Source)>,
    /// The rules of all files, later ones over earlier ones.
    all: Arc<RuleSet>,
    broken: BTreeSet<String>,
    /// The sets for drafts under overrides with rules of their own.
    by_key: Mutex<FxHashMap<Key, Arc<RuleSet>>>,
}

impl Packs {
    /// Reads every rule file that the layers name. What is broken is named in `errors`; `read` gets the files on disk.
    pub fn load(layers: &[Layer], disk: &dyn Files, errors: &mut Vec<ConfigError>, read: &mut Vec<PathBuf>) -> Packs {
        let mut packs = Packs::default();
        let mut overrides = 0;
        for layer in layers {
            let mut named: Vec<(Option<usize>, &Sourced<PackSource>)> =
                layer.rules.iter().map(|entry| (None, entry)).collect();
            for over in &layer.overrides {
                named.extend(over.rules.iter().map(|entry| (Some(overrides), entry)));
                overrides += 1;
            }
            for (over, entry) in named {
                let sources = sources(layer, entry, disk, errors, read);
                packs.sources.extend(sources.into_iter().map(|source| (over, source)));
            }
        }
        let (all, mistakes) = RuleSet::load(packs.sources.iter().map(|(_, (name, text))| (&**name, &**text)));
        for mistake in &mistakes {
            // The prefix of the codes of a file with mistakes: some of its rules may be missing.
            let file = packs.sources.iter().find(|(_, (name, _))| *name == mistake.file);
            packs.broken.extend(file.and_then(|(_, (_, text))| pack_name(text)));
        }
        errors.extend(mistakes);
        packs.all = Arc::new(all);
        packs
    }

    /// The rules for drafts under the overrides of `key`.
    pub fn of(&self, key: &Key) -> Arc<RuleSet> {
        if self.sources.iter().all(|(over, _)| over.is_none()) {
            return self.all.clone();
        }
        let mut sets = self.by_key.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let make = || {
            let applies = |over: &Option<usize>| over.is_none_or(|over| key.get(over).copied().unwrap_or(false));
            let sources = self.sources.iter().filter(|(over, _)| applies(over));
            let (set, _) = RuleSet::load(sources.map(|(_, (name, text))| (&**name, &**text)));
            Arc::new(set)
        };
        sets.entry(key.clone()).or_insert_with(make).clone()
    }

    /// The rules of all files.
    pub fn all(&self) -> &Arc<RuleSet> {
        &self.all
    }

    /// The severity that each rule has by itself.
    pub fn codes(&self) -> impl Iterator<Item = (&Arc<str>, Severities)> {
        self.all.infos().map(|info| (&info.code, Severities { sure: info.severity, likely: info.severity }))
    }

    /// Whether a file of this pack has mistakes, so that some of its rules may be missing.
    pub fn is_broken(&self, pack: &str) -> bool {
        self.broken.contains(pack)
    }
}

/// The value of `name`, which a broken file may still have.
fn pack_name(text: &str) -> Option<String> {
    let (table, _) = toml::de::DeTable::parse_recoverable(text);
    table.get_ref().get("name")?.get_ref().as_str().map(str::to_owned)
}

/// The rule files of one entry.
fn sources(
    layer: &Layer,
    entry: &Sourced<PackSource>,
    disk: &dyn Files,
    errors: &mut Vec<ConfigError>,
    read: &mut Vec<PathBuf>,
) -> Vec<Source> {
    let written = match &entry.value {
        PackSource::Files(written) => written,
        PackSource::Shipped(name) => {
            let Some(files) = rules::pack(name) else {
                let packs = rules::PACKS.map(|(name, _)| name);
                let help = match did_you_mean(name, packs) {
                    Some(pack) => format!("did you mean “{pack}”?"),
                    None => format!(
                        "the packs are {}; a file of your own is named by its path: \"rules/{name}.toml\"",
                        packs.join(", ")
                    ),
                };
                errors.push(entry.origin.error(format!("no rule pack is called “{name}”"), Some(help)));
                return Vec::new();
            };
            return files.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect();
        }
    };
    let paths = match files::named(layer.folder(), written) {
        Ok(paths) => paths,
        Err(error) => {
            errors.push(entry.origin.error(format!("broken glob: {}", error.kind()), None));
            return Vec::new();
        }
    };
    if paths.is_empty() {
        errors.push(entry.origin.error(format!("no file is called “{written}”"), None));
    }
    let mut sources = Vec::new();
    for path in paths {
        match disk.read(&path) {
            Ok(text) => sources.push((shown(&path).into(), text.into())),
            Err(error) => {
                let message = format!("cannot read {}: {}", shown(&path), plain_words(&error));
                errors.push(entry.origin.error(message, None));
            }
        }
        read.push(path);
    }
    sources
}
