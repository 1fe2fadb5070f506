//! `newslint inspect`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use rayon::prelude::*;

use super::drafts::{self, DraftArguments};
use super::{Exit, print};
use crate::annotate::{Gazetteer, annotate};
use crate::report::inspect as report;

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
    /// The date that counts for every draft
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    Json,
    Jsonl,
}

pub fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    let gazetteer = Gazetteer::default();
    let files = drafts::find(&arguments.drafts)?;
    let read: Vec<_> = files
        .par_iter()
        .map(|path| {
            let draft = drafts::read(path, &arguments.drafts)?;
            let date = arguments.as_of.or(draft.metadata.date.map(|(date, _)| date));
            let annotations = annotate(&draft, date, &gazetteer);
            let locale = draft.metadata.field("locale");
            Ok(report::file(&drafts::shown(&draft.path), &draft, date, locale, &annotations))
        })
        .collect();
    let mut exit = if read.is_empty() { Exit::Failed } else { Exit::Clean };
    let mut values = Vec::new();
    for file in read {
        match file {
            Ok(value) => values.push(value),
            Err(skipped) => {
                let skipped: crate::report::Skipped = skipped;
                eprintln!("newslint: {}: {}", skipped.path, skipped.reason);
                exit = Exit::Failed;
            }
        }
    }
    match arguments.format {
        OutputFormat::Json => print(&format!("{:#}\n", report::run(values)))?,
        OutputFormat::Jsonl => {
            for value in values {
                print(&format!("{value}\n"))?;
            }
        }
    }
    Ok(exit)
}
