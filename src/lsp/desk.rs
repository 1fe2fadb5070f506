//! What is in force for a draft: the configuration nearest to it, with its rules and its reference.
//!
//! A configuration that breaks while drafts are open is left aside: the last one that loaded stays in force, its
//! mistakes are shown in the files that hold them, and the user is told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::SystemTime;

use tower_lsp::lsp_types::MessageType;

use super::indexing::Indexing;
use super::mistakes::Mistakes;
use super::outbox::Outbox;
use super::position::Encoding;
use super::stories::Stories;
use crate::config::{self, CommandLine, Config, Disk, Stage};
use crate::config_error::{ConfigError, ErrorPlaces};
use crate::corpus::archive::ArchiveError;
use crate::corpus::{Past, Reference, curated};
use crate::lint::Settings;
use crate::source::{Ignore, Metadata};
use crate::suppress;

/// A configuration as it is used: never changed, only replaced.
pub(super) struct InForce {
    config: Config,
    pub(super) reference: Reference,
    /// Every mistake in the files it was loaded from.
    errors: Vec<ConfigError>,
}

impl InForce {
    fn new(config: Config, reference: Reference, mistaken: Vec<ConfigError>) -> InForce {
        let mut errors = config.errors.clone();
        errors.extend(mistaken);
        InForce { config, reference, errors }
    }

    pub(super) fn settings(&self, draft: &Path, metadata: &Metadata) -> Arc<Settings> {
        self.config.settings_for(draft, metadata)
    }

    /// The archive and its log.
    fn archive_files(&self) -> Vec<PathBuf> {
        self.config.archive_index().into_iter().flat_map(|index| [log_of(&index), index]).collect()
    }

    /// Whether the file is copy: by the configuration's globs, and where it says nothing by its name.
    pub(super) fn counts_as_copy(&self, draft: &Path) -> bool {
        self.config.includes(draft).unwrap_or_else(|| !config::is_no_copy(draft))
    }
}

pub(super) struct Desk {
    encoding: OnceLock<Encoding>,
    outbox: Outbox,
    state: Mutex<State>,
    pub(super) stories: Stories,
    pub(super) indexing: Indexing,
}

#[derive(Default)]
struct State {
    /// What was loaded, by its `newslint.toml`; what runs without any under `None`.
    loaded: BTreeMap<Option<PathBuf>, Loaded>,
    drafts: BTreeMap<PathBuf, Asked>,
    mistakes: Mistakes,
}

/// A draft that was asked for.
struct Asked {
    /// The file that configures it.
    config: Option<PathBuf>,
    /// What lies beside it, when it was last looked at.
    sidecar: Option<Stamp>,
    /// The mistakes in that.
    errors: Vec<ConfigError>,
}

struct Loaded {
    in_force: Arc<InForce>,
    /// The mistakes on disk now: those of a later version than the one in force, where that one was left aside.
    errors: Vec<ConfigError>,
    stamps: BTreeMap<PathBuf, Option<Stamp>>,
    /// The archive and its log as they were at the last look: what is still being written is not loaded yet.
    growing: Vec<Option<Stamp>>,
}

/// When a file last changed and its length in bytes.
type Stamp = (SystemTime, u64);

impl Desk {
    pub(super) fn new(outbox: Outbox) -> Desk {
        Desk {
            encoding: OnceLock::new(),
            outbox,
            state: Mutex::default(),
            stories: Stories::default(),
            indexing: Indexing::default(),
        }
    }

    /// What the client counts positions in.
    pub(super) fn counts_in(&self, encoding: Encoding) {
        // A client is initialized once.
        let _ = self.encoding.set(encoding);
    }

    /// What runs without any configuration.
    pub(super) fn built_in() -> Arc<InForce> {
        Arc::new(load(None).0)
    }

    /// What is in force for the draft at `path`; without configuration for one that lies in no folder.
    pub(super) fn in_force(&self, path: &Path) -> Arc<InForce> {
        let file = discover(path);
        let mut state = self.state();
        let errors = state.drafts.remove(path).map(|asked| asked.errors).unwrap_or_default();
        let sidecar = sidecar_stamp(path);
        state.drafts.insert(path.to_owned(), Asked { config: file.clone(), sidecar, errors });
        if let Some(loaded) = state.loaded.get(&file) {
            return Arc::clone(&loaded.in_force);
        }
        let (in_force, stamps) = load(file.as_deref());
        match (&file, in_force.errors.first()) {
            (Some(file), Some(first)) => {
                self.outbox.show(MessageType::ERROR, format!("{first}. The rest of {} is in force", file.display()));
            }
            (Some(file), None) => self.outbox.log(MessageType::INFO, format!("{} is in force", file.display())),
            (None, _) => {}
        }
        let in_force = Arc::new(in_force);
        self.take_in(&in_force.config);
        let errors = in_force.errors.clone();
        state.loaded.insert(file, Loaded { in_force: Arc::clone(&in_force), errors, stamps, growing: Vec::new() });
        self.show_mistakes(&mut state);
        in_force
    }

    /// Has the earlier stories that `config` names taken into its archive.
    fn take_in(&self, config: &Config) {
        if let Some(index) = config.archive_index() {
            self.indexing.start(index, config.archive_files().0, self.outbox.clone());
        }
    }

    /// What the draft's sidecar says is not to be reported. Its mistakes are shown in it, and the rest counts.
    pub(super) fn ignores(&self, path: &Path) -> Vec<Ignore> {
        let sidecar = suppress::sidecar_path(path);
        let text = if path.is_absolute() { std::fs::read_to_string(&sidecar).ok() } else { None };
        let (ignores, errors) = text.map(|text| suppress::read_sidecar(&sidecar, &text)).unwrap_or_default();
        let mut state = self.state();
        if let Some(asked) = state.drafts.get_mut(path).filter(|asked| asked.errors != errors) {
            asked.errors = errors;
            self.show_mistakes(&mut state);
        }
        ignores
    }

    /// A draft was closed: nobody waits for news of it.
    pub(super) fn forget(&self, path: &Path) {
        self.state().drafts.remove(path);
    }

    /// Whether something else is in force for a draft, since files changed on disk.
    pub(super) fn look_again(&self) -> bool {
        let mut state = self.state();
        let changed = state.reload(self);
        self.show_mistakes(&mut state);
        changed
    }

    fn show_mistakes(&self, state: &mut State) {
        let State { loaded, drafts, mistakes } = state;
        let encoding = self.encoding.get().copied().unwrap_or(Encoding::Utf16);
        let errors = loaded.values().flat_map(|l| &l.errors).chain(drafts.values().flat_map(|d| &d.errors));
        mistakes.show(errors, encoding, &self.outbox);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Loads again what changed on disk. Whether something else is in force for a draft.
    fn reload(&mut self, desk: &Desk) -> bool {
        let outbox = &desk.outbox;
        let mut changed = false;
        for (draft, asked) in &mut self.drafts {
            let (config, sidecar) = (discover(draft), sidecar_stamp(draft));
            if config != asked.config || sidecar != asked.sidecar {
                // The mistakes of the new sidecar are found when the draft is checked with it.
                *asked = Asked { config, sidecar, errors: Vec::new() };
                changed = true;
            }
        }
        let used: BTreeSet<_> = self.drafts.values().map(|asked| &asked.config).collect();
        self.loaded.retain(|file, _| used.contains(file));
        for (file, loaded) in &mut self.loaded {
            let Some(file) = file else { continue };
            let changes: Vec<&PathBuf> =
                loaded.stamps.iter().filter(|(path, known)| stamp(path) != **known).map(|(path, _)| path).collect();
            let archive = loaded.in_force.archive_files();
            let now: Vec<_> = archive.iter().map(|path| stamp(path)).collect();
            let grows = now != std::mem::replace(&mut loaded.growing, now.clone());
            let grew = changes.iter().all(|path| archive.contains(path));
            if changes.is_empty() || grew && grows {
                continue;
            }
            let (new, stamps) = load(Some(file));
            loaded.stamps = stamps;
            loaded.errors = new.errors.clone();
            // A version that never loaded whole is no better than the new one.
            let had_loaded = loaded.in_force.errors.is_empty();
            match new.errors.first() {
                Some(first) if had_loaded => {
                    outbox.show(MessageType::ERROR, format!("{first}. The last version that loaded stays in force"));
                    continue;
                }
                Some(first) => outbox.log(MessageType::ERROR, first.to_string()),
                None => outbox.log(MessageType::INFO, format!("{} has changed and is in force", file.display())),
            }
            if !grew {
                desk.take_in(&new.config);
            }
            loaded.in_force = Arc::new(new);
            changed = true;
        }
        changed
    }
}

fn discover(draft: &Path) -> Option<PathBuf> {
    if draft.is_absolute() { config::discover(draft) } else { None }
}

fn load(file: Option<&Path>) -> (InForce, BTreeMap<PathBuf, Option<Stamp>>) {
    let line = CommandLine { stage: Stage::Draft, ..CommandLine::default() };
    let Some(file) = file else {
        return (InForce::new(Config::built_in(line), Reference::default(), Vec::new()), BTreeMap::new());
    };
    // Stamped first: what changes during the load is seen as changed after it.
    let own = [(file.to_owned(), stamp(file))];
    let config = Config::load(file, line, &Disk);
    let (facts_files, mut errors) = config.facts_files();
    let (facts, found) = curated::load(&facts_files);
    errors.extend(found);
    errors.extend(config.check_pins(&facts));
    let mut reference = Reference::of_facts(facts).with_never_key(config.never_key());
    let archive = config.archive_index();
    if let Some(index) = &archive {
        match Past::open(index) {
            Ok(past) => reference = reference.with_past(past),
            // It is being made of the stories that the configuration names.
            Err(ArchiveError::Missing { .. }) if !config.archive_files().0.is_empty() => {}
            Err(error) => {
                let file = config::shown(file);
                errors.push(ErrorPlaces::new(&file, "").error(0..0, error.to_string(), None));
            }
        }
    }
    let mut stamps = BTreeMap::from(own);
    for path in archive.iter().flat_map(|index| [log_of(index), index.clone()]) {
        let known = stamp(&path);
        stamps.insert(path, known);
    }
    for path in config.files.iter().chain(&facts_files) {
        stamps.entry(path.clone()).or_insert_with(|| stamp(path));
        // A folder of rules or facts changes when a file comes or goes.
        if let Some(folder) = path.parent().filter(|_| path.file_name() != Some(config::FILE_NAME.as_ref())) {
            stamps.entry(folder.to_owned()).or_insert_with(|| stamp(folder));
        }
    }
    (InForce::new(config, reference, errors), stamps)
}

/// The log of an archive, where a writer puts stories first; the archive itself changes later.
fn log_of(index: &Path) -> PathBuf {
    let mut log = index.as_os_str().to_owned();
    log.push("-wal");
    log.into()
}

fn sidecar_stamp(draft: &Path) -> Option<Stamp> {
    if draft.is_absolute() { stamp(&suppress::sidecar_path(draft)) } else { None }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let data = std::fs::metadata(path).ok()?;
    Some((data.modified().ok()?, data.len()))
}
