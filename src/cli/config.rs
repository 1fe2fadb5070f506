//! `newslint config`: what is in force for a draft, and which line of which file decided it.

use std::path::{Path, PathBuf};

use clap::Args;

use super::configs::{ConfigArguments, Configs};
use super::drafts::{self, DraftArguments};
use super::terminal::{self, ColorChoice};
use super::{Exit, print, problems};
use crate::checks::Severities;
use crate::config::{CommandLine, Config, Decided, Origin, PackSource, Sourced, Stage};
use crate::diagnostic::Severity;
use crate::report::Shown;
use crate::report::style::{bold, code, dim};
use crate::source::Metadata;

#[derive(Args)]
pub struct Arguments {
    /// The draft to ask for; the folder you are in if left out
    file: Option<PathBuf>,
    #[command(flatten)]
    config: ConfigArguments,
    /// As in the editor rather than at the gate
    #[arg(long)]
    draft: bool,
    /// Every code and option, also those that nothing but their page decides
    #[arg(long)]
    all: bool,
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    color: ColorChoice,
}

pub fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    let stage = if arguments.draft { Stage::Draft } else { Stage::Publish };
    let configs = Configs::new(&arguments.config, CommandLine { stage, ..CommandLine::default() });
    // A draft in the folder, if no draft is named.
    let file = arguments.file.clone().unwrap_or_else(|| PathBuf::from("draft.md"));
    let config = configs.of(&file);
    let metadata = metadata(&file);
    let color = terminal::colored(arguments.color, false);
    let shown = Shown { all: arguments.all, color, width: terminal::width(), ..Shown::default() };
    problems::print(&config.errors, shown);
    print(&page(&config, &file, &metadata, stage, shown))?;
    Ok(if config.errors.is_empty() { Exit::Clean } else { Exit::Failed })
}

/// What the draft says of itself; nothing where it cannot be read.
fn metadata(file: &Path) -> Metadata {
    let arguments = DraftArguments { paths: Vec::new(), stdin_filename: None, files_from: None };
    let target = drafts::Target { shown: drafts::shown(file), path: file.to_owned() };
    drafts::read(&target, &arguments).map(|draft| draft.metadata).unwrap_or_default()
}

fn page(config: &Config, file: &Path, metadata: &Metadata, stage: Stage, shown: Shown) -> String {
    let mut page = Page { lines: Vec::new(), shown };
    let provenance = config.explain_for(file, metadata);
    page.heading(&format!("In force for {} at the {} stage", drafts::shown(file), stage.name()));
    if config.layers.is_empty() {
        page.line("files", "no newslint.toml from here up: the built-in checks as their pages set them", None);
    }
    for layer in config.layers.iter().rev() {
        page.line("file", &drafts::shown(&layer.file), None);
    }
    for over in config.overrides_for(file, metadata) {
        page.line("override", "applies", Some(&over.origin));
    }
    if let Some((locale, origin)) = &provenance.locale {
        page.line("locale", locale, Some(origin));
    }
    for layer in &config.layers {
        for entry in &layer.rules {
            page.line("rules", pack(&entry.value), Some(&entry.origin));
        }
        layer.include.iter().for_each(|glob| page.line("include", &glob.value.written, Some(&glob.origin)));
        layer.ignore.iter().for_each(|glob| page.line("ignore", &glob.value.written, Some(&glob.origin)));
        page.strings("facts", &layer.corpus.facts);
        page.strings("archive", &layer.corpus.archive);
        page.strings("index", layer.corpus.index.as_slice());
        page.strings("never-key", layer.corpus.never_key.as_slice());
    }
    for over in config.overrides_for(file, metadata) {
        over.rules.iter().for_each(|entry| page.line("rules", pack(&entry.value), Some(&entry.origin)));
    }

    page.heading("Severities");
    let mut by_default = 0;
    for (name, levels, decided) in &provenance.severities {
        if *decided == Decided::Default && !shown.all {
            by_default += 1;
            continue;
        }
        page.decided(name, &severities(*levels), decided);
    }
    page.rest(by_default, "code", "by page or rule");

    page.heading("Options");
    let mut by_default = 0;
    for (name, key, value, decided) in &provenance.options {
        if *decided == Decided::Default && !shown.all {
            by_default += 1;
            continue;
        }
        page.decided(&format!("{name} {key}"), &value.to_string(), decided);
    }
    page.rest(by_default, "option", "by page");
    page.lines.join("\n") + "\n"
}

fn pack(source: &PackSource) -> &str {
    match source {
        PackSource::Shipped(name) | PackSource::Files(name) => name,
    }
}

fn severities(levels: Severities) -> String {
    let name = |severity: Option<Severity>| severity.map_or("off", Severity::name);
    if levels.sure == levels.likely {
        name(levels.sure).to_owned()
    } else {
        format!("{}, likely {}", name(levels.sure), name(levels.likely))
    }
}

struct Page {
    lines: Vec<String>,
    shown: Shown,
}

impl Page {
    fn heading(&mut self, text: &str) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.push(bold(text, self.shown));
    }

    fn line(&mut self, name: &str, value: &str, origin: Option<&Origin>) {
        let place = origin.map(|origin| dim(&place(origin), self.shown)).unwrap_or_default();
        self.lines.push(format!("  {:<10} {:<40} {place}", name, value).trim_end().to_owned());
    }

    fn strings(&mut self, name: &str, values: &[Sourced<String>]) {
        values.iter().for_each(|entry| self.line(name, &entry.value, Some(&entry.origin)));
    }

    fn decided(&mut self, name: &str, value: &str, decided: &Decided) {
        let by = match decided {
            Decided::Default => "its page or rule".to_owned(),
            Decided::CommandLine => "the command line".to_owned(),
            Decided::At(origin) => place(origin),
        };
        let gap = " ".repeat(32_usize.saturating_sub(name.chars().count()));
        self.lines.push(format!("  {}{gap} {value:<24} {}", code(name, self.shown), dim(&by, self.shown)));
    }

    fn rest(&mut self, count: usize, noun: &str, how: &str) {
        if count > 0 {
            let what = crate::report::summary::plural(count, noun);
            self.lines.push(format!("  {what} {how} (--all)"));
        }
    }
}

fn place(origin: &Origin) -> String {
    format!("{}:{}", drafts::shown(&origin.file), origin.line)
}
