//! `newslint facts`: help with writing facts files.

use std::io::Read;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::{Exit, corpus::config_here, print};

#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print the entry for a name that must not be published, with a keyed hash in place of the name
    Hide(HideArguments),
}

#[derive(Args)]
struct HideArguments {
    /// The name, or - to read it from standard input, where no history of commands keeps it
    name: String,
    /// Why it must not be published
    #[arg(long, value_name = "REASON", default_value = "must not be published")]
    why: String,
    /// The last day of the ban
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    match &arguments.command {
        Command::Hide(arguments) => hide(arguments),
    }
}

fn hide(arguments: &HideArguments) -> anyhow::Result<Exit> {
    let config = config_here();
    let Some(variable) = config.as_ref().and_then(|config| config.never_key_variable()) else {
        bail!(
            "no key: write never-key = \"NAME\" under [corpus] in newslint.toml, the environment variable that holds it"
        )
    };
    let Some(key) = config.as_ref().and_then(|config| config.never_key()) else {
        bail!("no key: the environment variable {variable}, which never-key names, is not set")
    };
    let mut name = arguments.name.clone();
    if name == "-" {
        name.clear();
        std::io::stdin().read_to_string(&mut name).context("cannot read the name from standard input")?;
    }
    if name.trim().is_empty() {
        bail!("no name to hide");
    }
    let hash = blake3::Hash::from(key.hash(name.trim())).to_hex();
    let why = toml::Value::String(arguments.why.clone());
    let until = arguments.until.map(|date| format!("until = {date}\n")).unwrap_or_default();
    print(&format!("[[never]]\nhash = \"{hash}\"\nwhy = {why}\n{until}"))?;
    Ok(Exit::Clean)
}
