//! `corpus export`, `extract` and `load`: stories with their facts as JSON lines, for other machines.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;

use super::add::{self, Defaults};
use super::{Exit, IndexArgument};
use crate::cli::interrupt::Interrupt;
use crate::corpus::archive::sqlite::SqliteWriter;
use crate::corpus::archive::{ArchiveError, StoryRecord, extract as extract_one};
use crate::corpus::indexing::Done;
use crate::corpus::intake::{Base, Intake, Refused};

/// Lines that are read before they are written together.
const BATCH: usize = 768;

#[derive(Args)]
pub struct ExportArguments {
    #[command(flatten)]
    index: IndexArgument,
}

#[derive(Args)]
pub struct ExtractArguments {
    /// Files and folders; `-` reads stories as JSON lines from standard input
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    defaults: Defaults,
    /// One story a line (always so)
    #[arg(long)]
    jsonl: bool,
}

#[derive(Args)]
pub struct LoadArguments {
    /// Files of lines; `-` or nothing reads standard input
    paths: Vec<PathBuf>,
    #[command(flatten)]
    index: IndexArgument,
}

fn write_line(out: &mut impl Write, record: &StoryRecord) -> io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    out.write_all(b"\n")
}

pub fn export(arguments: &ExportArguments) -> anyhow::Result<Exit> {
    let archive = arguments.index.open()?;
    let mut out = BufWriter::new(io::stdout().lock());
    let done = archive.export(|record| write_line(&mut out, &record));
    match done {
        Err(ArchiveError::Io { source, .. }) => return Err(source.into()),
        done => done?,
    }
    out.flush()?;
    Ok(Exit::Clean)
}

pub fn extract(arguments: &ExtractArguments) -> anyhow::Result<Exit> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut exit = Exit::Clean;
    let mut refuse = |refused: Refused| {
        eprintln!("newslint: {}: {}", refused.path.display(), refused.reason);
        exit = Exit::Failed;
    };
    let (stdin, files): (Vec<PathBuf>, Vec<PathBuf>) =
        arguments.paths.iter().cloned().partition(|p| p == Path::new("-"));
    if !stdin.is_empty() {
        for (at, line) in io::stdin().lock().lines().enumerate() {
            let line = line?;
            if line.trim().is_empty() {
                continue;
            }
            match crate::corpus::formats::line(&line, "stdin", at + 1) {
                Ok(Some(story)) => {
                    write_line(&mut out, &extract_one(story.with_defaults(&arguments.defaults.story())))?;
                }
                Ok(None) => {}
                Err(reason) => refuse(Refused { path: "stdin".into(), reason }),
            }
        }
    }
    // Names are as seen from where the command runs, so that the lines of many machines can be put together.
    let (mut intake, refused) = Intake::new(&files, Base::of(Path::new("archive.db")), arguments.defaults.story());
    refused.into_iter().for_each(&mut refuse);
    while let Some(batch) = intake.next_batch() {
        let records: Vec<StoryRecord> = batch.stories.into_par_iter().map(extract_one).collect();
        for record in &records {
            write_line(&mut out, record)?;
        }
        batch.refused.into_iter().for_each(&mut refuse);
    }
    out.flush()?;
    Ok(exit)
}

pub fn load(arguments: &LoadArguments) -> anyhow::Result<Exit> {
    let mut writer = SqliteWriter::open(&arguments.index.path())?;
    let mut done = Done::default();
    let interrupt = Interrupt::listen()?;
    let dash = [PathBuf::from("-")];
    let paths = if arguments.paths.is_empty() { &dash } else { arguments.paths.as_slice() };
    for path in paths {
        let flow = if path == Path::new("-") {
            load_lines(&mut writer, Path::new("stdin"), BufReader::new(io::stdin()), &interrupt, &mut done)?
        } else {
            match File::open(path) {
                Ok(file) => load_lines(&mut writer, path, BufReader::new(file), &interrupt, &mut done)?,
                Err(error) => {
                    done.refused.push(Refused { path: path.clone(), reason: error.to_string() });
                    continue;
                }
            }
        };
        if flow.is_break() {
            return Ok(add::interrupted(done));
        }
    }
    writer.finish()?;
    Ok(add::report(done))
}

fn load_lines(
    writer: &mut SqliteWriter,
    path: &Path,
    lines: impl BufRead + Send,
    interrupt: &Interrupt,
    done: &mut Done,
) -> anyhow::Result<ControlFlow<()>> {
    let mut lines = Lines { lines, number: 0 };
    let mut ready: Vec<StoryRecord> = Vec::new();
    loop {
        // The next lines are read while the stories of those before them are written.
        let (written, next) = rayon::join(|| writer.write(&ready), || lines.next_batch());
        done.written += written?;
        let Some(parsed) = next? else { return Ok(ControlFlow::Continue(())) };
        if interrupt.step().is_break() {
            return Ok(ControlFlow::Break(()));
        }
        ready.clear();
        for record in parsed {
            match record {
                Ok(record) => ready.push(record),
                Err(reason) => done.refused.push(Refused { path: path.to_owned(), reason }),
            }
        }
    }
}

/// A file of lines in the middle of its reading.
struct Lines<R> {
    lines: R,
    number: usize,
}

impl<R: BufRead> Lines<R> {
    /// The stories of the next lines, or what is wrong with a line; `None` at the end.
    fn next_batch(&mut self) -> io::Result<Option<Vec<Result<StoryRecord, String>>>> {
        let mut batch: Vec<(usize, String)> = Vec::with_capacity(BATCH);
        while batch.len() < BATCH {
            let mut line = String::new();
            if self.lines.read_line(&mut line)? == 0 {
                break;
            }
            self.number += 1;
            if !line.trim().is_empty() {
                batch.push((self.number, line));
            }
        }
        let parse =
            |(number, line): &(usize, String)| serde_json::from_str(line).map_err(|e| format!("line {number}: {e}"));
        Ok((!batch.is_empty()).then(|| batch.par_iter().map(parse).collect()))
    }
}
