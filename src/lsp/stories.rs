//! Stories of the archive as files that any editor can open.
//!
//! A link to a story leads to its own file where that still has the words. Where it does not (the file is gone, was changed, or
//! is a dump of many stories) its prose, as the archive keeps it, is written to a folder that only its owner can read and that
//! goes with the server. Files, and not a scheme of our own, because every editor opens a file, and a link in a
//! diagnostic is opened without the server being asked.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;
use tempfile::TempDir;

use super::parent;
use crate::corpus::Past;
use crate::corpus::archive::DocumentId;

/// In front of the name of every such folder; the server's process id follows.
const PREFIX: &str = "newslint-stories-";

/// The longest name of a file, in characters.
const NAME: usize = 60;

#[derive(Default)]
pub(super) struct Stories(Mutex<State>);

#[derive(Default)]
struct State {
    folder: Option<TempDir>,
    /// What was written, by the archive's path and the story; `None` where it could not be.
    written: FxHashMap<(PathBuf, i64), Option<PathBuf>>,
}

impl Stories {
    /// The file that shows a story, and its text, which is that of the story's `Draft::text`. `None` where the archive does not have it or the disk refuses.
    pub(super) fn file(&self, past: &Past, document: i64) -> Option<(PathBuf, String)> {
        let story = past.story(DocumentId(document))?;
        let text = story.draft.text.clone();
        let mut state = self.state();
        let key = (past.path().to_owned(), document);
        if let Some(known) = state.written.get(&key) {
            return known.clone().map(|path| (path, text));
        }
        let name = name(past, document, story.path());
        let path = state.write(document, &name, &text).inspect_err(|error| {
            tracing::warn!("a story of the archive cannot be shown: {error}");
        });
        let path = path.ok();
        state.written.insert(key, path.clone());
        path.map(|path| (path, text))
    }

    /// Whether a document is a story that was written here: no copy to be checked.
    pub(super) fn holds(&self, path: &Path) -> bool {
        self.state().folder.as_ref().is_some_and(|folder| path.starts_with(folder.path()))
    }

    /// Takes everything away again.
    pub(super) fn clear(&self) {
        *self.state() = State::default();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn write(&mut self, document: i64, name: &str, text: &str) -> std::io::Result<PathBuf> {
        let folder = match &self.folder {
            Some(folder) => folder.path().to_owned(),
            None => self.folder.insert(make_folder()?).path().to_owned(),
        };
        // A folder for each story: names may be alike.
        let folder = folder.join(format!("{document:x}"));
        fs::create_dir_all(&folder)?;
        let path = folder.join(name);
        fs::write(&path, text)?;
        let mut rights = fs::metadata(&path)?.permissions();
        rights.set_readonly(true);
        fs::set_permissions(&path, rights)?;
        Ok(path)
    }
}

/// The day, the headline and the outlet, so that a tab says what it shows.
fn name(past: &Past, document: i64, path: &Path) -> String {
    let row = past.document(DocumentId(document));
    let row = row.as_ref();
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let headline = row.and_then(|r| r.headline.clone()).or(stem).unwrap_or_default();
    let plain: String = headline.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { ' ' }).collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut name: String = words.chars().take(NAME).collect();
    if let Some(date) = row.and_then(|r| r.date) {
        name = format!("{date} {name}");
    }
    format!("{}.txt", name.trim())
}

/// A folder for this server. Those of servers that were killed go now.
fn make_folder() -> std::io::Result<TempDir> {
    let base = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|folder| folder.is_dir());
    let base = base.unwrap_or_else(std::env::temp_dir);
    for left in fs::read_dir(&base).into_iter().flatten().flatten() {
        let name = left.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(PREFIX)?.split('-').next()?.parse().ok());
        if process.is_some_and(|process| !parent::lives(process)) {
            // Somebody else’s stays.
            let _ = fs::remove_dir_all(left.path());
        }
    }
    let prefix = format!("{PREFIX}{}-", std::process::id());
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir_in(base)
}
