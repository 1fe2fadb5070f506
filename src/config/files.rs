//! From the paths and globs that a configuration names to files on disk.

use crate::corpus::NeverKey;
use std::path::{Path, PathBuf};

use super::layer::Glob;
use super::{Config, load};
use crate::config_error::ConfigError;

impl Config {
    /// The facts files that `[corpus]` names, in the order of the layers and of the entries, those of one glob sorted,
    /// each once. A file named without a glob is among them whether or not it is there.
    pub fn facts_files(&self) -> (Vec<PathBuf>, Vec<ConfigError>) {
        let mut files: Vec<PathBuf> = Vec::new();
        let mut errors: Vec<ConfigError> = Vec::new();
        for layer in &self.layers {
            for entry in &layer.corpus.facts {
                match named(layer.folder(), &entry.value) {
                    Ok(found) if found.is_empty() => {
                        errors.push(entry.origin.error(format!("no file is called “{}”", entry.value), None));
                    }
                    Ok(found) => {
                        for file in found {
                            if !files.contains(&file) {
                                files.push(file);
                            }
                        }
                    }
                    Err(error) => errors.push(entry.origin.error(format!("broken glob: {}", error.kind()), None)),
                }
            }
        }
        (files, errors)
    }

    /// The desk's own rule files that were read, in the order in which they were named.
    pub fn rule_files(&self) -> Vec<PathBuf> {
        let is_layer = |file: &Path| self.layers.iter().any(|layer| &*layer.file == file);
        self.files.iter().filter(|file| !is_layer(file)).cloned().collect()
    }

    /// The archive that `[corpus]` names, the last layer deciding; `.newslint/archive.db` beside a configuration that names earlier
    /// stories and no archive. It need not exist.
    pub fn archive_index(&self) -> Option<PathBuf> {
        let named = self.layers.iter().rev().find_map(|layer| {
            let index = layer.corpus.index.as_ref()?;
            Some(load::clean(&layer.folder().join(&index.value)))
        });
        named.or_else(|| {
            let layer = self.layers.iter().rev().find(|layer| !layer.corpus.archive.is_empty())?;
            Some(load::clean(&layer.folder().join(".newslint/archive.db")))
        })
    }

    /// The environment variable that `never-key` names, the last layer deciding.
    pub fn never_key_variable(&self) -> Option<&str> {
        let variable = self.layers.iter().rev().find_map(|layer| layer.corpus.never_key.as_ref())?;
        Some(&variable.value)
    }

    /// The key of the names that must not be published, if the environment variable that `never-key` names holds one.
    pub fn never_key(&self) -> Option<NeverKey> {
        std::env::var(self.never_key_variable()?)
            .ok()
            .filter(|secret| !secret.is_empty())
            .map(|secret| NeverKey::new(&secret))
    }

    /// The earlier stories that `[corpus]` names: files, sorted, each once.
    pub fn archive_files(&self) -> (Vec<PathBuf>, Vec<ConfigError>) {
        let mut files: Vec<PathBuf> = Vec::new();
        let mut errors = Vec::new();
        for layer in &self.layers {
            for entry in &layer.corpus.archive {
                match named(layer.folder(), &entry.value) {
                    Ok(found) => files.extend(found),
                    Err(error) => errors.push(entry.origin.error(format!("broken glob: {}", error.kind()), None)),
                }
            }
        }
        files.sort();
        files.dedup();
        (files, errors)
    }
}

/// The files that `written` means, a path or a glob relative to `folder`: sorted, and empty where a glob meets nothing.
pub fn named(folder: &Path, written: &str) -> Result<Vec<PathBuf>, globset::Error> {
    let mut parts: Vec<&str> = written.split('/').collect();
    let Some(first) = parts.iter().position(|part| part.contains(['*', '?', '[', '{'])) else {
        return Ok(vec![load::clean(&folder.join(written))]);
    };
    let glob = Glob::new(&parts.split_off(first).join("/"))?;
    let literal = if parts == [""] { "/".to_owned() } else { parts.join("/") };
    let base = load::clean(&folder.join(literal));
    // Hidden and ignored files are meant too: somebody named them.
    let walk = ignore::WalkBuilder::new(&base).standard_filters(false).build();
    let files = walk.filter_map(Result::ok).filter(|entry| entry.file_type().is_some_and(|t| t.is_file()));
    let mut found: Vec<PathBuf> = files
        .map(ignore::DirEntry::into_path)
        .filter(|path| path.strip_prefix(&base).is_ok_and(|relative| glob.matches(relative)))
        .collect();
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_start_at_the_folder_that_names_them() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        std::fs::create_dir_all(at("desk/facts/old")).unwrap();
        for name in ["desk/facts/b.toml", "desk/facts/a.toml", "desk/facts/old/c.toml", "desk/facts/d.txt"] {
            std::fs::write(at(name), "").unwrap();
        }
        let named = |folder: &str, written| named(&at(folder), written).unwrap();
        assert_eq!(named("desk", "facts/*.toml"), [at("desk/facts/a.toml"), at("desk/facts/b.toml")]);
        assert_eq!(named("desk/facts", "../**/c.toml"), [at("desk/facts/old/c.toml")]);
        assert_eq!(named("desk", "./facts/none.toml"), [at("desk/facts/none.toml")], "to be missed when it is read");
        assert!(named("desk", "none/*.toml").is_empty());
        assert!(super::named(root.path(), "facts/[").is_err());
    }
}
