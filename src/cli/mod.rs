//! The command line: one file for each subcommand.

mod check;
mod compare;
mod config;
mod configs;
mod conflicts;
mod corpus;
mod drafts;
mod explain;
mod facts;
mod fixing;
mod guard;
mod init;
mod inspect;
mod interrupt;
mod lsp;
mod problems;
mod progress;
mod reference;
mod rules;
mod terminal;
mod why;
mod write;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// House style and fact consistency for newsroom copy.
#[derive(Parser)]
#[command(name = "newslint", version, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check drafts
    Check(check::Arguments),
    /// Show what newslint reads in drafts, with no judgment
    Inspect(inspect::Arguments),
    /// Show what a rewrite changed, dropped and added: people, titles, figures, dates, quotations
    Compare(compare::Arguments),
    /// Show where stories on one event disagree, and who says what
    Conflicts(conflicts::Arguments),
    /// Keep and ask the archive of earlier stories
    Corpus(corpus::Arguments),
    /// Help with writing facts files
    Facts(facts::Arguments),
    /// Work on rule files
    Rules(rules::Arguments),
    /// Explain a code, or list all of them
    Explain(explain::Arguments),
    /// Show what is in force for a draft, and which line of which file decided it
    Config(config::Arguments),
    /// Show what was found and compared on a line of a draft, and why
    Why(why::Arguments),
    /// Begin: write a commented newslint.toml, a rule file and a facts file
    Init(init::Arguments),
    /// Serve an editor, over standard input and output
    Lsp(lsp::Arguments),
}

/// The exit codes of every subcommand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Nothing to report.
    Clean = 0,
    /// Something at or above `--fail-on`.
    Found = 1,
    /// Not all of the work could be done.
    Failed = 2,
    /// Ctrl-C ended it; what was done by then stays.
    Interrupted = 130,
}

/// Runs the command line of the process.
pub fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Check(arguments) => check::run(arguments),
        Command::Inspect(arguments) => inspect::run(arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Conflicts(arguments) => conflicts::run(&arguments),
        Command::Corpus(arguments) => corpus::run(arguments),
        Command::Facts(arguments) => facts::run(&arguments),
        Command::Rules(arguments) => rules::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Config(arguments) => config::run(arguments),
        Command::Why(arguments) => why::run(arguments),
        Command::Init(arguments) => init::run(arguments),
        Command::Lsp(arguments) => lsp::run(arguments),
    };
    match done {
        Ok(exit) => ExitCode::from(exit as u8),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("newslint: {error:#}");
            ExitCode::from(Exit::Failed as u8)
        }
    }
}

/// A reader that closes the pipe (`newslint check | head`) has read enough.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == ErrorKind::BrokenPipe)
}

fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}
