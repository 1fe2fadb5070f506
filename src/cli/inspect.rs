//! `newslint inspect`.

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::Value;

use super::configs::{ConfigArguments, Configs};
use super::drafts::{self, DraftArguments, Target};
use super::guard::guarded;
use super::reference::References;
use super::terminal::{self, ColorChoice};
use super::{Exit, print, problems};
use crate::annotate::annotate;
use crate::config::CommandLine;
use crate::report::{Shown, Skipped, inspect as report, inspect_text};

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    drafts: DraftArguments,
    #[command(flatten)]
    config: ConfigArguments,
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
    /// The date that counts for every draft
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    color: ColorChoice,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// A JSON object for each file, one a line
    Jsonl,
}

pub fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    let command_line = CommandLine { as_of: arguments.as_of, ..CommandLine::default() };
    let configs = Configs::new(&arguments.config, command_line);
    let found = drafts::find(&arguments.drafts, &configs)?;
    for target in &found.targets {
        configs.of(target.place(&arguments.drafts));
    }
    let references = References::assemble(&configs.used(), &[])?;
    let color = terminal::colored(arguments.color, false);
    let read: Vec<Result<Value, Skipped>> = found
        .targets
        .par_iter()
        .map(|target| {
            let failed = |reason| Skipped { path: target.shown.clone(), reason };
            guarded(|| one(&arguments, &configs, &references, target)).unwrap_or_else(|panic| Err(failed(panic)))
        })
        .collect();
    let mut failed = read.is_empty();
    let mut values = Vec::new();
    let mut skipped = found.skipped;
    for file in read {
        match file {
            Ok(value) => values.push(value),
            Err(reason) => skipped.push(reason),
        }
    }
    for Skipped { path, reason } in &skipped {
        eprintln!("newslint: {path}: {reason}");
        failed = true;
    }
    let shown = Shown { color, width: terminal::width(), ..Shown::default() };
    let mut mistakes = configs.errors();
    mistakes.extend(references.errors.iter().cloned());
    problems::print(&mistakes, shown);
    failed |= !mistakes.is_empty();
    match arguments.format {
        OutputFormat::Text => {
            print(&values.iter().map(|v| inspect_text::file(v, shown)).collect::<Vec<_>>().join("\n"))?
        }
        OutputFormat::Json => print(&format!("{:#}\n", report::run(values)))?,
        OutputFormat::Jsonl => print(&values.iter().map(|value| format!("{value}\n")).collect::<String>())?,
    }
    Ok(if failed { Exit::Failed } else { Exit::Clean })
}

fn one(arguments: &Arguments, configs: &Configs, references: &References, target: &Target) -> Result<Value, Skipped> {
    let place = target.place(&arguments.drafts);
    let config = configs.of(place);
    let draft = drafts::read(target, &arguments.drafts)?;
    let settings = config.settings_for(place, &draft.metadata);
    let date = settings.date_of(&draft);
    let annotations = annotate(&draft, date, &references.of(&config).gazetteer);
    let locale = draft.metadata.locale().or(settings.locale.as_deref());
    Ok(report::file(&target.shown, &draft, date, locale, &annotations))
}
