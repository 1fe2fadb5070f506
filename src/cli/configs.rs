//! The configuration in force for each file of a run, each `newslint.toml` read once.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use clap::Args;

use crate::config::{self, CommandLine, Config, Disk};
use crate::config_error::ConfigError;

/// The arguments that choose the configuration.
#[derive(Args, Clone, Debug, Default)]
pub struct ConfigArguments {
    /// Leave every configuration file aside
    #[arg(long, conflicts_with = "config")]
    pub isolated: bool,
    /// The configuration file for every draft, instead of the nearest newslint.toml
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// Finds and keeps configurations. Which files share one is found folder by folder.
pub struct Configs {
    command_line: CommandLine,
    /// Set where one configuration serves every file.
    only: Option<Arc<Config>>,
    loaded: Mutex<Loaded>,
}

#[derive(Default)]
struct Loaded {
    /// The configuration of each folder that was asked for.
    by_folder: BTreeMap<PathBuf, Arc<Config>>,
    /// By the file they were read from; `None` for what is in force without any.
    by_file: BTreeMap<Option<PathBuf>, Arc<Config>>,
    /// The folder of the file that was asked for last, as it was given: mostly the next one is in it too, and to find out where a path
    /// leads costs more than to compare it.
    last: Option<(OsString, Arc<Config>)>,
}

impl Configs {
    pub fn new(arguments: &ConfigArguments, command_line: CommandLine) -> Configs {
        let only = match &arguments.config {
            Some(file) => Some(Config::load(file, command_line.clone(), &Disk)),
            None if arguments.isolated => Some(Config::built_in(command_line.clone())),
            None => None,
        };
        Configs { command_line, only: only.map(Arc::new), loaded: Mutex::default() }
    }

    /// The configuration in force for `file`, which need not exist.
    pub fn of(&self, file: &Path) -> Arc<Config> {
        if let Some(only) = &self.only {
            return only.clone();
        }
        let given = file.parent().unwrap_or(Path::new("")).as_os_str();
        let mut loaded = self.loaded.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some((_, known)) = loaded.last.as_ref().filter(|(last, _)| last == given) {
            return known.clone();
        }
        let config = self.of_folder(&mut loaded, &config::absolute(file));
        loaded.last = Some((given.to_owned(), config.clone()));
        config
    }

    /// The configuration of the folder of `absolute`.
    fn of_folder(&self, loaded: &mut Loaded, absolute: &Path) -> Arc<Config> {
        let folder = absolute.parent().unwrap_or(Path::new("")).to_owned();
        if let Some(known) = loaded.by_folder.get(&folder) {
            return known.clone();
        }
        let found = config::discover(absolute);
        let config = loaded.by_file.entry(found.clone()).or_insert_with(|| {
            Arc::new(match &found {
                Some(file) => Config::load(file, self.command_line.clone(), &Disk),
                None => Config::built_in(self.command_line.clone()),
            })
        });
        let config = config.clone();
        loaded.by_folder.insert(folder, config.clone());
        config
    }

    /// Every configuration that was used so far.
    pub fn used(&self) -> Vec<Arc<Config>> {
        let loaded = self.loaded.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        self.only.iter().chain(loaded.by_file.values()).cloned().collect()
    }

    /// Every mistake in the files read so far, each once.
    pub fn errors(&self) -> Vec<ConfigError> {
        let mut errors: Vec<ConfigError> = self.used().iter().flat_map(|config| config.errors.clone()).collect();
        errors.sort();
        errors.dedup();
        errors
    }
}
