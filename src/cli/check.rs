//! `newslint check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use rayon::prelude::*;

use super::drafts::{self, DraftArguments};
use super::{Exit, print, reference};
use crate::corpus::Facts;
use crate::diagnostic::Severity;
use crate::lint::{self, Settings};
use crate::report::{FileReport, RunReport, json};

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    drafts: DraftArguments,
    #[arg(long, value_enum, default_value_t = OutputFormat::Json)]
    format: OutputFormat,
    /// Leave every configuration file aside
    #[arg(long)]
    isolated: bool,
    /// The configuration file to use
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Only these codes, or codes that start so
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    select: Vec<String>,
    /// Not these codes, nor codes that start so
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Files that serve as the reference for this run
    #[arg(long, value_name = "PATH", num_args = 1..)]
    against: Vec<PathBuf>,
    /// The least severity that makes the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    fail_on: FailOn,
    /// The date that counts for every draft
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    Json,
    Jsonl,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    fn severity(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Info => Some(Severity::Info),
            FailOn::Never => None,
        }
    }
}

/// Whether `code` is `pattern`, or lies under it: `names` and `names/` both hold `names/spelling`.
fn matches(code: &str, pattern: &str) -> bool {
    let prefix = pattern.trim_end_matches('/');
    code.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

pub fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    let mut settings = Settings::built_in();
    settings.as_of = arguments.as_of;
    settings.severities.retain(|code, _| {
        let selected = arguments.select.is_empty() || arguments.select.iter().any(|p| matches(code, p));
        selected && !arguments.ignore.iter().any(|p| matches(code, p))
    });
    let (reference, unread) = reference::assemble(Facts::default(), &arguments.against)?;
    let files = drafts::find(&arguments.drafts)?;
    let read: Vec<_> = files
        .par_iter()
        .map(|path| {
            let draft = drafts::read(path, &arguments.drafts)?;
            Ok(FileReport {
                path: drafts::shown(&draft.path),
                format: draft.format,
                encoding: draft.encoding,
                words: draft.word_count(),
                diagnostics: lint::lint(&draft, &settings, &reference),
            })
        })
        .collect();
    let mut report = RunReport { skipped: unread, ..RunReport::default() };
    for file in read {
        match file {
            Ok(file) => report.files.push(file),
            Err(skipped) => report.skipped.push(skipped),
        }
    }
    match arguments.format {
        OutputFormat::Json => print(&format!("{:#}\n", json::run(&report)))?,
        OutputFormat::Jsonl => {
            for file in &report.files {
                print(&format!("{}\n", json::file(file)))?;
            }
        }
    }
    if !report.skipped.is_empty() || report.files.is_empty() {
        return Ok(Exit::Failed);
    }
    let found = arguments
        .fail_on
        .severity()
        .is_some_and(|least| report.files.iter().flat_map(|f| &f.diagnostics).any(|d| d.severity >= least));
    Ok(if found { Exit::Found } else { Exit::Clean })
}
