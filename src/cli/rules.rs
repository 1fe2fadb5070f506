//! `newslint rules`.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::corpus::config_here;
use super::{Exit, drafts, print};
use crate::examples::{self, RulesReport};
use crate::rules::{self, RuleSet};

#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the examples of rule files
    Test(TestArguments),
}

#[derive(Args)]
struct TestArguments {
    /// Rule files; without any, those that newslint.toml names, and the packs that ship
    files: Vec<PathBuf>,
    /// A rule with no example that flags is a failure too
    #[arg(long)]
    strict: bool,
}

pub fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    match arguments.command {
        Command::Test(arguments) => test(&arguments),
    }
}

fn test(arguments: &TestArguments) -> anyhow::Result<Exit> {
    let mut exit = Exit::Clean;
    let mut total = RulesReport::default();
    let mut files = arguments.files.clone();
    if files.is_empty()
        && let Some(config) = config_here()
    {
        files.extend(config.rule_files());
    }
    for path in &files {
        let name = drafts::shown(path);
        match std::fs::read_to_string(path) {
            Ok(text) => exit = exit.max(test_file(&name, &text, arguments.strict, &mut total)?),
            Err(error) => {
                eprintln!("newslint: {name}: {error}");
                exit = Exit::Failed;
            }
        }
    }
    if arguments.files.is_empty() {
        for (name, text) in rules::PACKS.iter().flat_map(|(_, files)| *files) {
            exit = exit.max(test_file(name, text, arguments.strict, &mut total)?);
        }
    }
    print(&format!("{}\n", summary(&total)))?;
    Ok(exit)
}

/// Tests one file by itself, as its keeper sees it, and prints what does not hold.
fn test_file(name: &str, text: &str, strict: bool, total: &mut RulesReport) -> anyhow::Result<Exit> {
    let (rules, errors) = RuleSet::load([(name, text)]);
    let mut exit = Exit::Clean;
    for error in &errors {
        print(&format!("{error}\n"))?;
        exit = Exit::Failed;
    }
    let report = examples::run_rules(&Arc::new(rules));
    for failure in &report.failures {
        print(&format!("{failure}\n"))?;
        exit = exit.max(Exit::Found);
    }
    for unproven in &report.unproven {
        print(&format!("{unproven}\n"))?;
        if strict {
            exit = exit.max(Exit::Found);
        }
    }
    total.rules += report.rules;
    total.examples += report.examples;
    total.failures.extend(report.failures);
    total.unproven.extend(report.unproven);
    Ok(exit)
}

fn summary(total: &RulesReport) -> String {
    let count = |n: usize, what: &str| if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") };
    let held = match total.failures.len() {
        0 => "all hold".to_owned(),
        failures => format!("{} not hold", if failures == 1 { "1 does".to_owned() } else { format!("{failures} do") }),
    };
    let mut summary = format!("{}, {}: {held}", count(total.rules, "rule"), count(total.examples, "example"));
    if !total.unproven.is_empty() {
        summary.push_str(&format!("; {} without an example that flags", count(total.unproven.len(), "rule")));
    }
    summary
}
