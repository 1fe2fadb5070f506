//! `newslint.toml`: finding it, reading it with the place of every mistake, layering, and saying what is in force for a draft.
//!
//! [`discover`] walks up from a draft to its `newslint.toml`; [`Config::load`] reads it with what it extends, and never fails:
//! what is broken is named in [`Config::errors`], and the rest is in force. [`Config::settings_for`] then resolves everything
//! for one draft.

pub mod files;
mod layer;
mod load;
mod option_error;
mod packs;
mod resolve;
mod severity;
#[cfg(test)]
mod tests;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use rustc_hash::FxHashMap;

pub use layer::{Layer, Origin, PackSource, Sourced};
pub use load::{plain_words, shown};
pub use resolve::{Decided, Provenance, is_no_copy};
pub use severity::Stage;

use crate::config_error::ConfigError;
use crate::lint::Settings;
use crate::rules::RuleSet;
use crate::text::decode::decode;

/// The file that configures a folder and all below it.
pub const FILE_NAME: &str = "newslint.toml";

/// The `newslint.toml` in force for `draft`: the nearest one, walking up from the folder that holds it.
pub fn discover(draft: &Path) -> Option<PathBuf> {
    absolute(draft).ancestors().skip(1).map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file())
}

/// `path` from the root on, without `.` and `..`. Nothing is asked of the disk.
pub fn absolute(path: &Path) -> PathBuf {
    load::clean(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}

/// How configuration files are read. The editor lays unsaved files over the disk.
pub trait Files {
    fn read(&self, path: &Path) -> io::Result<String>;
}

/// The files as they are on disk.
pub struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path) -> io::Result<String> {
        let (text, _) = decode(std::fs::read(path)?).map_err(io::Error::other)?;
        Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }
}

/// What the command line lays over every file.
#[derive(Clone, Debug, Default)]
pub struct CommandLine {
    pub stage: Stage,
    pub as_of: Option<Date>,
    /// Only codes under one of these, if there are any.
    pub select: Vec<String>,
    /// No codes under any of these.
    pub ignore: Vec<String>,
}

/// One `newslint.toml` with all it extends, ready to say what is in force for a draft.
pub struct Config {
    /// The files it was read from, the nearest last: later ones win.
    pub layers: Vec<Layer>,
    /// Every mistake found while loading, in the order of the files.
    pub errors: Vec<ConfigError>,
    /// Every file that was read: what to watch for changes.
    pub files: Vec<PathBuf>,
    command_line: CommandLine,
    packs: packs::Packs,
    resolved: Mutex<FxHashMap<resolve::Key, Arc<Settings>>>,
}

impl Config {
    /// The rules of every file that it names, those of overrides included.
    pub fn rules(&self) -> &Arc<RuleSet> {
        self.packs.all()
    }
}
