//! Which files a command works on, and reading them.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use crate::report::Skipped;
use crate::source::{Draft, Format};
use crate::text::decode::decode;

/// The arguments that name drafts.
#[derive(Args)]
pub struct DraftArguments {
    /// Files and folders; `-` reads standard input
    pub paths: Vec<PathBuf>,
    /// The name that standard input is checked under
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,
}

/// The files to read, sorted by path, each once.
pub fn find(arguments: &DraftArguments) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in &arguments.paths {
        if path.is_dir() {
            for entry in ignore::WalkBuilder::new(path).build() {
                let entry = entry?;
                let is_file = entry.file_type().is_some_and(|t| t.is_file());
                if is_file && is_copy(entry.path()) {
                    files.push(entry.into_path());
                }
            }
        } else {
            files.push(path.clone());
        }
    }
    files.sort();
    files.dedup();
    Ok(files)
}

/// What counts as copy in a folder, by its name.
fn is_copy(path: &Path) -> bool {
    let name = path.file_stem().and_then(|n| n.to_str()).unwrap_or_default();
    let upper = ["README", "LICENSE", "LICENCE", "CHANGELOG", "CONTRIBUTING", "COPYING", "NOTICE"].contains(&name);
    let copy = path
        .extension()
        .and_then(|e| e.to_str())
        .is_some_and(|e| matches!(e, "txt" | "md" | "markdown" | "html" | "htm"));
    copy && !upper
}

/// Reads one draft, from disk or standard input.
pub fn read(path: &Path, arguments: &DraftArguments) -> Result<Draft, Skipped> {
    let (bytes, name) = if path == Path::new("-") {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().read_to_end(&mut bytes).context("standard input").map(|_| bytes);
        (read, arguments.stdin_filename.as_deref().unwrap_or(Path::new("stdin.txt")))
    } else {
        (std::fs::read(path).map_err(anyhow::Error::from), path)
    };
    let skipped = |reason: String| Skipped { path: shown(name), reason };
    let bytes = bytes.map_err(|e| skipped(e.to_string()))?;
    let (text, encoding) = decode(bytes).map_err(|e| skipped(e.to_string()))?;
    Ok(Draft::read(name, Format::of(name), encoding, text.into()))
}

/// A path as reports show it: `/` between its parts.
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
