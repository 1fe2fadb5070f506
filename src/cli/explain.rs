//! `newslint explain`.

use std::path::Path;

use clap::{Args, ValueEnum};

use super::configs::{ConfigArguments, Configs};
use super::terminal::{self, ColorChoice};
use super::{Exit, print, problems};
use crate::checks;
use crate::config::CommandLine;
use crate::config_error::did_you_mean;
use crate::report::explain::{self, OWN_PAGES};
use crate::report::style::{bold, code};
use crate::report::{Shown, markdown};
use crate::rules::{self, RuleSet};
use crate::suppress::is_under;

#[derive(Args)]
pub struct Arguments {
    /// A code, such as names/spelling, or a prefix; without one, all codes are listed
    code: Option<String>,
    #[command(flatten)]
    config: ConfigArguments,
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    color: ColorChoice,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// Laid out for the terminal
    Text,
    Markdown,
}

pub fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    let color = terminal::colored(arguments.color, false);
    let shown = Shown { color, width: terminal::width(), ..Shown::default() };
    // The rules of the folder that the reader is in, then every pack that ships.
    let config = Configs::new(&arguments.config, CommandLine::default()).of(Path::new("newslint.toml"));
    let (shipped, _) = RuleSet::load(rules::PACKS.iter().flat_map(|(_, files)| files.iter().copied()));
    let sets = [config.rules().as_ref(), &shipped];

    let Some(wanted) = arguments.code.as_deref() else {
        print(&list(&sets[..1], "", shown))?;
        return Ok(Exit::Clean);
    };
    if let Some(page) = page(wanted, &sets) {
        let text = match arguments.format {
            OutputFormat::Text => markdown::render(&page, shown),
            OutputFormat::Markdown => format!("{}\n", page.trim_end()),
        };
        print(&text)?;
        return Ok(Exit::Clean);
    }
    let listed = list(&sets, wanted, shown);
    if !listed.is_empty() {
        print(&listed)?;
        return Ok(Exit::Clean);
    }
    let known = codes(&sets);
    let help = match did_you_mean(wanted, known.iter().map(String::as_str)) {
        Some(code) => format!("did you mean “{code}”?"),
        None => "newslint explain without a code lists all of them".to_owned(),
    };
    eprintln!("newslint: no check or rule is called “{wanted}”; {help}");
    Ok(Exit::Failed)
}

fn page(wanted: &str, sets: &[&RuleSet]) -> Option<String> {
    if let Some(check) = checks::by_code(wanted) {
        return Some(explain::check(check.code, check.page()));
    }
    let own = OWN_PAGES.iter().find(|(code, _)| *code == wanted).map(|(_, page)| (*page).to_owned());
    own.or_else(|| {
        sets.iter().find_map(|set| set.info(wanted)).map(|info| explain::rule(info, &problems::shown_file(&info.file)))
    })
}

fn codes(sets: &[&RuleSet]) -> Vec<String> {
    let rules = sets.iter().flat_map(|set| set.infos()).map(|info| info.code.to_string());
    let own = OWN_PAGES.iter().map(|(code, _)| (*code).to_owned());
    checks::all().map(|check| check.code.to_owned()).chain(own).chain(rules).collect()
}

/// Every code under `prefix` with what is wrong, by family.
fn list(sets: &[&RuleSet], prefix: &str, shown: Shown) -> String {
    let mut lines: Vec<(String, String)> =
        checks::all().map(|check| (check.code.to_owned(), check.page().title.clone())).collect();
    for (code, page) in OWN_PAGES {
        let title = page.lines().find_map(|line| line.strip_prefix("**")).unwrap_or_default();
        lines.push((code.to_owned(), title.trim_end_matches('*').to_owned()));
    }
    for info in sets.iter().flat_map(|set| set.infos()) {
        if !lines.iter().any(|(code, _)| **code == *info.code) {
            lines.push((info.code.to_string(), info.message.clone()));
        }
    }
    lines.retain(|(code, _)| prefix.is_empty() || is_under(code, prefix));
    lines.sort();
    let width = lines.iter().map(|(code, _)| code.chars().count()).max().unwrap_or(0);
    let mut out = String::new();
    let mut family = "";
    for (name, title) in &lines {
        let own = name.split('/').next().unwrap_or_default();
        if own != family {
            family = own;
            out.push_str(&format!("{}{}\n", if out.is_empty() { "" } else { "\n" }, bold(family, shown)));
        }
        let gap = " ".repeat(width - name.chars().count());
        out.push_str(&format!("  {}{gap}  {title}\n", code(name, shown)));
    }
    out
}
