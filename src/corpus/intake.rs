//! From files and folders to stories, a batch at a time, so that memory does not grow with the archive.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};

use super::formats;
use super::story::Story;
use crate::text::decode::{Encoding, decode};

/// How much of a batch is read before it is handed on. The rows of a batch are written in the order of the tables: the larger it is, the fewer
/// pages each story touches. With its facts a batch takes some five times its bytes of memory, and two are at hand at once.
const BATCH_STORIES: usize = 768;
const BATCH_BYTES: u64 = 4 * 1024 * 1024;

/// Where the paths of an archive start from, so that an archive can move with its stories.
#[derive(Clone, Debug)]
pub struct Base {
    /// As the archive was named: in front of every path that is shown.
    shown: PathBuf,
    canonical: Option<PathBuf>,
}

impl Base {
    /// The folder of an archive; for one in `.newslint`, the folder around that.
    pub fn of(archive: &Path) -> Base {
        let folder = archive.parent().unwrap_or(Path::new(""));
        let shown = match folder.file_name() {
            Some(name) if name == ".newslint" => folder.parent().unwrap_or(Path::new("")),
            _ => folder,
        };
        let real = if shown.as_os_str().is_empty() { Path::new(".") } else { shown };
        Base { shown: shown.to_owned(), canonical: real.canonicalize().ok() }
    }

    /// The name that a file has in the archive: from here, or in full if it lies elsewhere.
    pub fn stored(&self, path: &Path) -> String {
        let full = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let inside = self.canonical.as_ref().and_then(|base| full.strip_prefix(base).ok());
        let kept = inside.map_or(full.clone(), Path::to_owned);
        kept.to_string_lossy().replace('\\', "/")
    }

    /// The path of a stored name, as seen from where newslint runs.
    pub fn shown(&self, stored: &str) -> PathBuf {
        self.shown.join(stored)
    }
}

/// A file or story that could not be taken in, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub path: PathBuf,
    pub reason: String,
}

/// Stories of one batch.
#[derive(Debug, Default)]
pub struct Batch {
    pub stories: Vec<Story>,
    pub refused: Vec<Refused>,
    /// Bytes read for it.
    pub bytes: u64,
}

/// The files under some paths, and the stories in them.
#[derive(Debug)]
pub struct Intake {
    base: Base,
    files: VecDeque<(PathBuf, u64)>,
    open: Option<OpenLines>,
    /// What the files do not say themselves.
    defaults: Story,
    /// Bytes of all files.
    pub total: u64,
    /// The most stories of a batch.
    batch: usize,
}

/// A file of JSON lines in the middle of its reading.
#[derive(Debug)]
struct OpenLines {
    path: PathBuf,
    stored: String,
    lines: Lines<BufReader<File>>,
    number: usize,
}

impl Intake {
    /// The stories of `paths`: files as they are, folders with all files in them that may hold stories, sorted by path.
    pub fn new(paths: &[PathBuf], base: Base, defaults: Story) -> (Intake, Vec<Refused>) {
        let mut files = Vec::new();
        let mut refused = Vec::new();
        for path in paths {
            if path.is_dir() {
                for entry in ignore::WalkBuilder::new(path).hidden(true).git_ignore(false).build() {
                    match entry {
                        Ok(entry) => {
                            let known =
                                entry.path().extension().is_some_and(|e| formats::is_known(&e.to_string_lossy()));
                            if known && entry.file_type().is_some_and(|t| t.is_file()) {
                                files.push(entry.into_path());
                            }
                        }
                        Err(error) => refused.push(Refused { path: path.clone(), reason: error.to_string() }),
                    }
                }
            } else {
                files.push(path.clone());
            }
        }
        files.sort();
        files.dedup();
        let mut sized = VecDeque::new();
        for path in files {
            match path.metadata() {
                Ok(metadata) => sized.push_back((path, metadata.len())),
                Err(error) => refused.push(Refused { path, reason: error.to_string() }),
            }
        }
        let total = sized.iter().map(|(_, size)| size).sum();
        (Intake { base, files: sized, open: None, defaults, total, batch: BATCH_STORIES }, refused)
    }

    /// The same in batches of so many stories, for one who has other things to do in between.
    pub fn in_batches(mut self, stories: usize) -> Intake {
        self.batch = stories;
        self
    }

    /// How many files are left to open.
    pub fn files(&self) -> usize {
        self.files.len()
    }

    /// The next stories; `None` when all are read.
    pub fn next_batch(&mut self) -> Option<Batch> {
        if self.open.is_none() && self.files.is_empty() {
            return None;
        }
        let mut batch = Batch::default();
        while batch.stories.len() < self.batch && batch.bytes < BATCH_BYTES {
            if let Some(open) = &mut self.open {
                if !open.read_line(&mut batch) {
                    self.open = None;
                }
            } else if let Some((path, size)) = self.files.pop_front() {
                let lines = path
                    .extension()
                    .is_some_and(|e| e.eq_ignore_ascii_case("jsonl") || e.eq_ignore_ascii_case("ndjson"));
                let read = if lines { self.open_lines(&path) } else { self.read_file(&path, size, &mut batch) };
                if let Err(reason) = read {
                    batch.refused.push(Refused { path, reason });
                }
            } else {
                break;
            }
        }
        let stories = std::mem::take(&mut batch.stories).into_iter();
        batch.stories = stories.map(|story| story.with_defaults(&self.defaults)).collect();
        Some(batch)
    }

    fn open_lines(&mut self, path: &Path) -> Result<(), String> {
        let file = File::open(path).map_err(|e| e.to_string())?;
        let stored = self.base.stored(path);
        self.open = Some(OpenLines { path: path.to_owned(), stored, lines: BufReader::new(file).lines(), number: 0 });
        Ok(())
    }

    fn read_file(&self, path: &Path, size: u64, batch: &mut Batch) -> Result<(), String> {
        batch.bytes += size;
        let bytes = std::fs::read(path).map_err(|e| e.to_string())?;
        let (text, encoding) = decode(bytes).map_err(|e| e.to_string())?;
        let mut stories = formats::read(&self.base.stored(path), text)?;
        for story in &mut stories {
            // Places in a text that was decoded from something else are no places in the file.
            story.is_file &= matches!(encoding, Encoding::Utf8 | Encoding::Utf8Bom);
        }
        batch.stories.extend(stories);
        Ok(())
    }
}

impl OpenLines {
    /// Reads one line; false at the end of the file.
    fn read_line(&mut self, batch: &mut Batch) -> bool {
        let refuse = |reason: String| Refused { path: self.path.clone(), reason };
        match self.lines.next() {
            None => false,
            Some(Err(error)) => {
                batch.refused.push(refuse(format!("line {}: {error}", self.number + 1)));
                false
            }
            Some(Ok(line)) => {
                self.number += 1;
                batch.bytes += line.len() as u64 + 1;
                if !line.trim().is_empty() {
                    match formats::line(&line, &self.stored, self.number) {
                        Ok(story) => batch.stories.extend(story),
                        Err(reason) => batch.refused.push(refuse(reason)),
                    }
                }
                true
            }
        }
    }
}
