//! `corpus status` and `corpus check`.

use clap::Args;

use super::{Exit, IndexArgument, OutputFormat, stories};
use crate::cli::print;
use crate::corpus::archive::{Archive, Status};

#[derive(Args)]
pub struct StatusArguments {
    #[command(flatten)]
    index: IndexArgument,
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
}

#[derive(Args)]
pub struct CheckArguments {
    #[command(flatten)]
    index: IndexArgument,
}

pub fn status(arguments: &StatusArguments) -> anyhow::Result<Exit> {
    let status = arguments.index.open()?.status()?;
    match arguments.format {
        OutputFormat::Json => print(&format!("{:#}\n", serde_json::to_value(&status)?))?,
        OutputFormat::Text => print(&text(&status))?,
    }
    Ok(Exit::Clean)
}

fn text(status: &Status) -> String {
    let mut out = stories(status.stories);
    if let (Some(first), Some(last)) = (status.first, status.last) {
        out.push_str(&format!(", {first} to {last}"));
    }
    out.push_str(&format!(
        "; {} independent of one another, {} replaced by a later version\n",
        status.independent, status.superseded
    ));
    out.push_str(&format!(
        "{} words, {} people, {} quotations, {} figures; {:.1} MB\n",
        status.words,
        status.people,
        status.quotations,
        status.figures,
        status.size as f64 / 1e6
    ));
    for (kind, outlet, count) in &status.sources {
        let outlet = if outlet.is_empty() { "no outlet" } else { outlet };
        out.push_str(&format!("  {kind}, {outlet}: {count}\n"));
    }
    if status.outdated > 0 {
        let outdated = stories(status.outdated);
        out.push_str(&format!("{outdated} read by an older newslint; `newslint corpus update` reads them again\n"));
    }
    out
}

pub fn check(arguments: &CheckArguments) -> anyhow::Result<Exit> {
    let faults = arguments.index.open()?.check()?;
    for fault in &faults {
        print(&format!("{fault}\n"))?;
    }
    if faults.is_empty() {
        print("the archive is whole\n")?;
        return Ok(Exit::Clean);
    }
    Ok(Exit::Failed)
}
