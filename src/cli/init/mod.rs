//! `newslint init`: a first configuration to edit. It asks nothing and writes over nothing.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Exit, drafts, print, write};
use crate::config::{FILE_NAME, plain_words};

/// What is written, by path.
const FILES: [(&str, &str); 3] = [
    (FILE_NAME, include_str!("newslint.toml")),
    ("rules/house.toml", include_str!("house.toml")),
    ("facts/people.toml", include_str!("people.toml")),
];

/// The folder of the archive's index, which holds copy that may be unpublished.
const PRIVATE: &str = ".newslint/";

#[derive(Args)]
pub struct Arguments {
    /// Where to begin; the folder you are in if left out
    folder: Option<PathBuf>,
}

pub fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    let folder = arguments.folder.unwrap_or_else(|| PathBuf::from("."));
    let mut lines = Vec::new();
    for (name, text) in FILES {
        let path = folder.join(name);
        let wrote = write_new(&path, text).map_err(|error| failed(&path, &error))?;
        let what = if wrote { "wrote" } else { "kept " };
        lines.push(format!("{what}  {}", drafts::shown(&path)));
    }
    let path = folder.join(".gitignore");
    let added = ignore_private(&path).map_err(|error| failed(&path, &error))?;
    let what = if added { "wrote" } else { "kept " };
    lines.push(format!("{what}  {} ({PRIVATE} stays out of version control)", drafts::shown(&path)));
    lines.push("Next: newslint check, or newslint config to see what is in force.".to_owned());
    print(&(lines.join("\n") + "\n"))?;
    Ok(Exit::Clean)
}

fn failed(path: &Path, error: &io::Error) -> anyhow::Error {
    anyhow::anyhow!("cannot write {}: {}", drafts::shown(path), plain_words(error))
}

/// Writes a file that is not there yet, and says whether it did.
fn write_new(path: &Path, text: &str) -> io::Result<bool> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    match std::fs::OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => io::Write::write_all(&mut file, text.as_bytes()).map(|()| true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

/// Adds a line to `.gitignore`, and says whether it was missing.
fn ignore_private(path: &Path) -> io::Result<bool> {
    let before = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error),
    };
    if before.lines().any(|line| line.trim().trim_matches('/') == PRIVATE.trim_matches('/')) {
        return Ok(false);
    }
    let gap = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    write::atomically(path, format!("{before}{gap}{PRIVATE}\n").as_bytes())?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config::{CommandLine, Config, Disk};
    use crate::examples;
    use crate::rules::RuleSet;

    #[test]
    fn what_is_written_is_in_force_without_a_mistake() {
        let folder = tempfile::tempdir().unwrap();
        for _ in 0..2 {
            run(Arguments { folder: Some(folder.path().to_owned()) }).unwrap();
        }
        let config = Config::load(&folder.path().join(FILE_NAME), CommandLine::default(), &Disk);
        assert!(config.errors.is_empty(), "{:?}", config.errors);
        assert!(config.rules().info("house/adviser").is_some());
        let (files, errors) = config.facts_files();
        assert!(files.len() == 1 && errors.is_empty());
        assert_eq!(std::fs::read_to_string(folder.path().join(".gitignore")).unwrap(), ".newslint/\n");
    }

    #[test]
    fn the_examples_of_the_house_rules_hold() {
        let (rules, errors) = RuleSet::load([("rules/house.toml", include_str!("house.toml"))]);
        assert!(errors.is_empty(), "{errors:?}");
        let report = examples::run_rules(&Arc::new(rules));
        assert!(report.failures.is_empty() && report.unproven.is_empty());
    }

    #[test]
    fn the_comments_of_the_facts_file_are_facts() {
        let text: String =
            include_str!("people.toml").lines().skip(2).map(|l| l.trim_start_matches("# ").to_owned() + "\n").collect();
        let (facts, errors) = crate::corpus::curated::read([(Path::new("people.toml"), text.as_str())]);
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!((facts.people.len(), facts.organizations.len(), facts.places.len()), (1, 1, 1));
    }
}
