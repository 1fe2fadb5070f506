//! Which files a command works on, and reading them.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;

use super::configs::Configs;
use crate::config::{self, is_no_copy, plain_words};
use crate::config_error::ConfigError;
use crate::report::Skipped;
use crate::source::{Draft, Format};
use crate::suppress::{read_sidecar, sidecar_path};
use crate::text::decode::{Encoding, SIZE_LIMIT, Unreadable, decode};

/// The arguments that name drafts.
#[derive(Args)]
pub struct DraftArguments {
    /// Files and folders; `-` reads standard input, and nothing means the folder you are in
    pub paths: Vec<PathBuf>,
    /// The name that standard input is checked under
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,
    /// A file that lists the files to work on, one a line; `-` reads the list from standard input
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,
}

/// A file to work on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// As reports show it: relative where it lies under the folder you are in, `/` between its parts.
    pub shown: String,
    /// `-` for standard input.
    pub path: PathBuf,
}

impl Target {
    fn of(path: PathBuf, arguments: &DraftArguments) -> Target {
        let name = if is_stdin(&path) { arguments.name_of_stdin() } else { &path };
        Target { shown: shown(name), path }
    }

    pub fn is_stdin(&self) -> bool {
        is_stdin(&self.path)
    }

    /// The path that configuration goes by.
    pub fn place<'a>(&'a self, arguments: &'a DraftArguments) -> &'a Path {
        if self.is_stdin() { arguments.name_of_stdin() } else { &self.path }
    }
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

impl DraftArguments {
    fn name_of_stdin(&self) -> &Path {
        self.stdin_filename.as_deref().unwrap_or(Path::new("stdin.txt"))
    }
}

/// What [`find`] found: files in the order of their shown paths, each once, and what could not be walked.
pub struct Found {
    pub targets: Vec<Target>,
    pub skipped: Vec<Skipped>,
}

/// The files to work on. A file that is named is taken as it is; in folders, configuration and names say what is copy.
pub fn find(arguments: &DraftArguments, configs: &Configs) -> anyhow::Result<Found> {
    let mut paths = arguments.paths.clone();
    if let Some(list) = &arguments.files_from {
        paths.extend(listed(list)?);
    } else if paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    let mut found = Found { targets: Vec::new(), skipped: Vec::new() };
    let here = Here::new();
    let mut folder = Folder::default();
    for path in paths {
        if is_stdin(&path) || !path.is_dir() {
            found.targets.push(Target::of(path, arguments));
            continue;
        }
        for entry in ignore::WalkBuilder::new(&path).build() {
            match entry {
                Ok(entry) if !entry.file_type().is_some_and(|kind| kind.is_file()) => {}
                Ok(entry) => {
                    if is_copy(&folder.absolute(entry.path()), configs) {
                        let shown = folder.shown(entry.path(), &here);
                        found.targets.push(Target { shown, path: entry.into_path() });
                    }
                }
                Err(error) => {
                    let reason = error.io_error().map_or_else(|| error.to_string(), plain_words);
                    let path = folder_of(&error).unwrap_or(&path);
                    found.skipped.push(Skipped { path: shown(path), reason });
                }
            }
        }
    }
    found.targets.sort();
    found.targets.dedup_by(|a, b| a.shown == b.shown);
    Ok(found)
}

/// The folder of the files that a walk meets one after another: what it is called otherwise is found out once, not for each of them.
#[derive(Default)]
struct Folder {
    given: OsString,
    absolute: PathBuf,
    shown: Option<String>,
}

impl Folder {
    /// The absolute form of a file’s path.
    fn absolute(&mut self, file: &Path) -> PathBuf {
        let (Some(parent), Some(name)) = (file.parent(), file.file_name()) else { return config::absolute(file) };
        if self.absolute.as_os_str().is_empty() || self.given != parent.as_os_str() {
            self.given = parent.as_os_str().to_owned();
            self.absolute = config::absolute(if self.given.is_empty() { Path::new(".") } else { parent });
            self.shown = None;
        }
        self.absolute.join(name)
    }

    /// How reports show the file that [`Folder::absolute`] was asked for last.
    fn shown(&mut self, file: &Path, here: &Here) -> String {
        let Some(name) = file.file_name().filter(|_| !self.absolute.as_os_str().is_empty()) else {
            return here.shown(file, &config::absolute(file));
        };
        let folder = self.shown.get_or_insert_with(|| here.shown(Path::new(&self.given), &self.absolute));
        let name = config::shown(Path::new(name));
        match folder.as_str() {
            "." => name,
            folder if folder.ends_with('/') => format!("{folder}{name}"),
            folder => format!("{folder}/{name}"),
        }
    }
}

fn folder_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => folder_of(err),
        _ => None,
    }
}

/// The paths in a list: one a line, or ended by zero bytes, as `git diff --name-only -z` writes them.
fn listed(list: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let text = if is_stdin(list) {
        io::read_to_string(io::stdin().lock())?
    } else {
        std::fs::read_to_string(list)
            .map_err(|error| anyhow::anyhow!("cannot read {}: {}", shown(list), plain_words(&error)))?
    };
    let end = if text.contains('\0') { '\0' } else { '\n' };
    let paths = text.split(end).map(|line| line.trim_end_matches('\r')).filter(|line| !line.is_empty());
    Ok(paths.map(PathBuf::from).collect())
}

/// What counts as copy in a folder: what configuration includes, else by its name. `path` is absolute.
fn is_copy(path: &Path, configs: &Configs) -> bool {
    configs.of(path).includes(path).unwrap_or_else(|| has_ending_of_copy(path) && !is_no_copy(path))
}

fn has_ending_of_copy(path: &Path) -> bool {
    const ENDINGS: [&str; 8] = ["txt", "md", "markdown", "mdown", "mkd", "html", "htm", "xhtml"];
    path.extension().is_some_and(|ending| ENDINGS.iter().any(|e| ending.eq_ignore_ascii_case(e)))
}

/// Reads one draft, from disk or standard input.
pub fn read(target: &Target, arguments: &DraftArguments) -> Result<Draft, Skipped> {
    let (text, encoding) = text(target)?;
    let format = Format::of(target.place(arguments));
    Ok(Draft::read(Path::new(&target.shown), format, encoding, text.into()))
}

/// The text of one file, from disk or standard input.
pub fn text(target: &Target) -> Result<(String, Encoding), Skipped> {
    let skipped = |reason: String| Skipped { path: target.shown.clone(), reason };
    let bytes = bytes_of(target).map_err(|error| skipped(plain_words(&error)))?;
    decode(bytes).map_err(|error| skipped(error.to_string()))
}

/// A draft with what the file beside it says not to report, and the mistakes in that file.
pub fn read_with_sidecar(target: &Target, arguments: &DraftArguments) -> Result<(Draft, Vec<ConfigError>), Skipped> {
    let mut draft = read(target, arguments)?;
    let path = sidecar_path(target.place(arguments));
    let Ok(text) = std::fs::read_to_string(&path) else { return Ok((draft, Vec::new())) };
    let (ignores, mistakes) = read_sidecar(Path::new(&shown(&path)), &text);
    draft.ignores.extend(ignores);
    Ok((draft, mistakes))
}

/// The bytes of a file, none of one that is over the limit.
fn bytes_of(target: &Target) -> io::Result<Vec<u8>> {
    // One byte more than allowed is enough to know that a file is too large.
    let most = SIZE_LIMIT as u64 + 1;
    let mut bytes = Vec::new();
    if target.is_stdin() {
        io::stdin().lock().take(most).read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    let file = std::fs::File::open(&target.path)?;
    let size = file.metadata()?.len();
    if size > SIZE_LIMIT as u64 {
        return Err(io::Error::other(Unreadable::TooLarge { size: size as usize }));
    }
    bytes.reserve(size as usize);
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A path as reports show it.
pub fn shown(path: &Path) -> String {
    Here::new().shown(path, &config::absolute(path))
}

/// The folder that paths are shown from: asked for once for all the files of a folder.
struct Here(Option<PathBuf>);

impl Here {
    fn new() -> Here {
        Here(std::env::current_dir().ok())
    }

    /// `path`, whose absolute form is `absolute`, as reports show it.
    fn shown(&self, path: &Path, absolute: &Path) -> String {
        match self.0.as_ref().and_then(|here| absolute.strip_prefix(here).ok()) {
            Some(relative) if relative.as_os_str().is_empty() => ".".to_owned(),
            Some(relative) => config::shown(relative),
            None => config::shown(path),
        }
    }
}
