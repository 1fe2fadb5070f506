//! `newslint corpus`: the archive of earlier stories.

mod add;
mod export;
mod learn;
mod query;
mod status;
mod suggest;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};

use super::Exit;
use crate::config::{self, CommandLine, Config, Disk};
use crate::corpus::archive::sqlite::SqliteArchive;

#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Add stories: files, folders and dumps in any format that newslint reads
    Add(add::AddArguments),
    /// Add what is new or changed in what was added before
    Update(add::UpdateArguments),
    /// Remove stories for good
    Remove(add::RemoveArguments),
    /// Show what the archive holds
    Status(status::StatusArguments),
    /// Look up a name, a figure or the words of a quotation
    Query(query::Arguments),
    /// Print every story with its facts, one a line
    Export(export::ExportArguments),
    /// Propose entries for the facts file: people and organizations that many stories have
    Suggest(suggest::SuggestArguments),
    /// Propose an entry for the facts file from a published correction, and list the stories with the same error
    Learn(learn::LearnArguments),
    /// Check that the archive is whole
    Check(status::CheckArguments),
    /// Read stories and print them with their facts, one a line, without an archive
    Extract(export::ExtractArguments),
    /// Add lines that `extract` or `export` printed, in any order
    Load(export::LoadArguments),
}

/// Where the archive is.
#[derive(Args)]
struct IndexArgument {
    /// The archive, instead of the one that newslint.toml names or `.newslint/archive.db`
    #[arg(long, value_name = "FILE")]
    index: Option<PathBuf>,
}

impl IndexArgument {
    fn path(&self) -> PathBuf {
        let named = || config_here()?.archive_index().map(|index| from_here(&index));
        self.index.clone().or_else(named).unwrap_or_else(|| PathBuf::from(".newslint/archive.db"))
    }

    fn open(&self) -> anyhow::Result<SqliteArchive> {
        Ok(SqliteArchive::open(&self.path())?)
    }
}

/// The configuration of the folder that the command runs in.
pub(super) fn config_here() -> Option<Config> {
    let file = config::discover(&config::absolute(Path::new("story.md")))?;
    Some(Config::load(&file, CommandLine::default(), &Disk))
}

/// A path as seen from where the command runs, so that what is shown is short.
fn from_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().ok();
    here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned)).unwrap_or_else(|| path.to_owned())
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    Text,
    Json,
}

pub fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    match arguments.command {
        Command::Add(arguments) => add::add(&arguments),
        Command::Update(arguments) => add::update(&arguments),
        Command::Remove(arguments) => add::remove(&arguments),
        Command::Status(arguments) => status::status(&arguments),
        Command::Query(arguments) => query::run(&arguments),
        Command::Suggest(arguments) => suggest::run(&arguments),
        Command::Learn(arguments) => learn::run(&arguments),
        Command::Export(arguments) => export::export(&arguments),
        Command::Check(arguments) => status::check(&arguments),
        Command::Extract(arguments) => export::extract(&arguments),
        Command::Load(arguments) => export::load(&arguments),
    }
}

/// `1 story`, `2 stories`.
fn stories(count: u64) -> String {
    if count == 1 { "1 story".to_owned() } else { format!("{count} stories") }
}
