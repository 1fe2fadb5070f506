//! `newslint check`.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use rayon::prelude::*;

use super::configs::{ConfigArguments, Configs};
use super::drafts::{self, DraftArguments, Target};
use super::fixing::{self, FixMode};
use super::guard::guarded;
use super::progress::Progress;
use super::reference::References;
use super::terminal::{self, ColorChoice};
use super::{Exit, print, problems, write};
use crate::config::{self, CommandLine, Stage, plain_words};
use crate::config_error::{ConfigError, did_you_mean};
use crate::corpus::Reference;
use crate::diagnostic::{Diagnostic, Evidence, Severity, masked_source};
use crate::lint;
use crate::report::{self, FileReport, RunReport, Shown, Skipped};
use crate::suppress::is_under;

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    drafts: DraftArguments,
    #[command(flatten)]
    config: ConfigArguments,
    /// How to report
    #[arg(long, value_enum, default_value_t = OutputFormat::Text, value_name = "FORMAT")]
    format: OutputFormat,
    /// Write the report to FILE
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only these codes, or codes under these prefixes
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    select: Vec<String>,
    /// Not these codes, nor codes under these prefixes
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// The least severity that makes the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// Apply safe fixes to the files
    #[arg(long)]
    fix: bool,
    /// With --fix or --diff: also fixes that change what is said
    #[arg(long)]
    unsafe_fixes: bool,
    /// Print what --fix would change, and change nothing
    #[arg(long, conflicts_with = "fix")]
    diff: bool,
    /// Files that serve as the reference for this run
    #[arg(long, value_name = "PATH", num_args = 1..)]
    against: Vec<PathBuf>,
    /// The date that counts for every draft
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Where in its life the copy is: which severities of the configuration hold
    #[arg(long, value_enum, default_value_t = StageArgument::Publish)]
    stage: StageArgument,
    /// Exit 0 where there is nothing to check
    #[arg(long)]
    allow_empty: bool,
    /// Show hints too
    #[arg(long)]
    all: bool,
    /// Findings only: no closing lines, no progress bar
    #[arg(long, short)]
    quiet: bool,
    /// Counts by code in place of the findings
    #[arg(long)]
    statistics: bool,
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    color: ColorChoice,
    /// How many files to check at once; as many as there are processors if left out
    #[arg(long, short, value_name = "N")]
    jobs: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// For people: the words, both sides of a contradiction
    Text,
    /// A line for each finding
    Concise,
    /// One JSON object
    Json,
    /// A JSON object for each file, one a line
    Jsonl,
    /// GitHub Actions annotations
    Github,
    /// SARIF 2.1.0
    Sarif,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StageArgument {
    Draft,
    Publish,
}

impl From<StageArgument> for Stage {
    fn from(stage: StageArgument) -> Stage {
        match stage {
            StageArgument::Draft => Stage::Draft,
            StageArgument::Publish => Stage::Publish,
        }
    }
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

pub fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    let command_line = CommandLine {
        stage: arguments.stage.into(),
        as_of: arguments.as_of,
        select: arguments.select.clone(),
        ignore: arguments.ignore.clone(),
    };
    let configs = Configs::new(&arguments.config, command_line);
    let found = drafts::find(&arguments.drafts, &configs)?;
    for target in &found.targets {
        configs.of(target.place(&arguments.drafts));
    }
    reject_unknown_codes(&arguments, &configs)?;

    let desk = Desk::new(&arguments, &configs)?;
    let mut report = RunReport { skipped: found.skipped, ..RunReport::default() };
    report.skipped.extend(desk.references.unread.iter().cloned());
    let mut diffs = String::new();
    let mut mistakes = Vec::new();
    for checked in desk.check_all(&found.targets)? {
        report.skipped.extend(checked.skipped);
        diffs.push_str(&checked.diff);
        mistakes.extend(checked.mistakes);
        report.files.push(checked.report);
    }
    mistakes.splice(0..0, configs.errors().into_iter().chain(desk.references.errors.iter().cloned()));
    report.problems = mistakes.iter().cloned().map(problems::shortened).collect();
    // Findings that lean on the archive may be missing, so the run is no clean one.
    let faults = desk.references.faults();
    for unread in desk.references.unread.iter().chain(&faults) {
        eprintln!("newslint: {}: {}", unread.path, unread.reason);
    }
    report.skipped.extend(faults);
    report.has_reference = desk.references.any();

    let shown = Shown {
        all: arguments.all,
        quiet: arguments.quiet,
        color: terminal::colored(arguments.color, arguments.output.is_some()),
        width: terminal::width(),
        statistics: arguments.statistics,
    };
    problems::print(&mistakes, shown);
    if report.files.is_empty() && report.skipped.is_empty() && !arguments.allow_empty {
        eprintln!("newslint: {}", nothing_found(&arguments));
    }
    emit(&arguments, &report, &diffs, shown)?;
    Ok(verdict(&arguments, &report))
}

fn verdict(arguments: &Arguments, report: &RunReport) -> Exit {
    let empty = report.files.is_empty() && !arguments.allow_empty;
    if empty || !report.skipped.is_empty() || !report.problems.is_empty() {
        return Exit::Failed;
    }
    let least = arguments.fail_on.severity();
    let fails = least.is_some_and(|least| report.diagnostics().any(|d| d.severity >= least));
    if fails { Exit::Found } else { Exit::Clean }
}

fn nothing_found(arguments: &Arguments) -> String {
    let places: Vec<String> = arguments.drafts.paths.iter().map(|path| drafts::shown(path)).collect();
    let place = if places.is_empty() { "this folder".to_owned() } else { places.join(", ") };
    format!(
        "nothing to check in {place}: `include` in newslint.toml says what is copy; --allow-empty makes this no error"
    )
}

/// Where the report goes: the diff or the fixed text takes standard output where one is asked for.
fn emit(arguments: &Arguments, report: &RunReport, diffs: &str, shown: Shown) -> anyhow::Result<()> {
    if arguments.diff {
        print(diffs)?;
        if !shown.quiet {
            report::summary::lines(report, shown).iter().for_each(|line| eprintln!("{line}"));
        }
        return Ok(());
    }
    let text = match arguments.format {
        OutputFormat::Text => report::text::run(report, shown),
        OutputFormat::Concise => report::concise::run(report, shown),
        OutputFormat::Json => format!("{:#}\n", report::json::run(report)),
        OutputFormat::Jsonl => report.files.iter().map(|file| format!("{}\n", report::json::file(file))).collect(),
        OutputFormat::Github => report::github::run(report, shown),
        OutputFormat::Sarif => format!("{:#}\n", report::sarif::run(report)),
    };
    match &arguments.output {
        Some(file) => write::atomically(file, text.as_bytes())
            .map_err(|error| anyhow::anyhow!("cannot write {}: {}", drafts::shown(file), plain_words(&error)))?,
        None if arguments.fix && reads_stdin(arguments) => eprint!("{text}"),
        None => print(&text)?,
    }
    Ok(())
}

fn reads_stdin(arguments: &Arguments) -> bool {
    arguments.drafts.paths.iter().any(|path| path.as_os_str() == "-")
}

/// A mistyped code on the command line would check less than was asked for, in silence.
fn reject_unknown_codes(arguments: &Arguments, configs: &Configs) -> anyhow::Result<()> {
    let used = configs.used();
    let built_in;
    let configs: &[Arc<config::Config>] = if used.is_empty() {
        built_in = [Arc::new(config::Config::built_in(CommandLine::default()))];
        &built_in
    } else {
        &used
    };
    let mut codes: Vec<&str> = configs.iter().flat_map(|config| config.codes()).collect();
    codes.extend([report::UNREADABLE, report::FAILED]);
    codes.sort_unstable();
    codes.dedup();
    for (option, patterns) in [("--select", &arguments.select), ("--ignore", &arguments.ignore)] {
        for pattern in patterns {
            if codes.iter().any(|code| is_under(code, pattern)) {
                continue;
            }
            let families = codes.iter().filter_map(|code| code.split('/').next());
            let known = codes.iter().copied().chain(families);
            let help = match did_you_mean(pattern, known) {
                Some(code) => format!("did you mean “{code}”?"),
                None => "newslint explain lists every code".to_owned(),
            };
            anyhow::bail!("{option}: no check or rule is called “{pattern}”; {help}");
        }
    }
    Ok(())
}

/// Facts files are known by their full paths; reports show them as they show drafts.
fn as_people_know_it(evidence: &mut Evidence) {
    if evidence.path.is_absolute() {
        evidence.path = drafts::shown(&evidence.path).into();
    }
}

/// What one target came to.
struct Checked {
    report: FileReport,
    skipped: Option<Skipped>,
    diff: String,
    /// Mistakes in the file beside the draft.
    mistakes: Vec<ConfigError>,
}

/// All that the files of a run are checked with.
struct Desk<'a> {
    arguments: &'a Arguments,
    configs: &'a Configs,
    references: References,
    fixes: FixMode,
}

impl<'a> Desk<'a> {
    fn new(arguments: &'a Arguments, configs: &'a Configs) -> anyhow::Result<Desk<'a>> {
        let references = References::assemble(&configs.used(), &arguments.against)?;
        let fixes = match (arguments.fix, arguments.diff) {
            (_, true) => FixMode::Diff { unsafe_too: arguments.unsafe_fixes },
            (true, _) => FixMode::Write { unsafe_too: arguments.unsafe_fixes },
            _ => FixMode::Off,
        };
        Ok(Desk { arguments, configs, references, fixes })
    }

    /// In the order of `targets`, whatever the order in which they are done.
    fn check_all(&self, targets: &[Target]) -> anyhow::Result<Vec<Checked>> {
        let progress = Progress::new(targets.len(), !self.arguments.quiet);
        let one = |target| {
            let checked = self.check(target);
            progress.advance();
            checked
        };
        // One file is not worth waking other threads for.
        if targets.len() < 2 || self.arguments.jobs == Some(1) {
            return Ok(targets.iter().map(one).collect());
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.arguments.jobs.unwrap_or(0)).build()?;
        Ok(pool.install(|| targets.par_iter().map(one).collect()))
    }

    fn check(&self, target: &Target) -> Checked {
        let failed = |code: &str, reason: String| Checked {
            report: FileReport::of_failure(&target.shown, code, &reason),
            skipped: Some(Skipped { path: target.shown.clone(), reason }),
            diff: String::new(),
            mistakes: Vec::new(),
        };
        match guarded(|| self.check_unguarded(target)) {
            Ok(Ok(mut checked)) => {
                if checked.report.diagnostics.iter().any(Diagnostic::is_masked) {
                    let shown = masked_source(&checked.report.source, &checked.report.diagnostics);
                    checked.report.source = shown.into();
                }
                checked.report.diagnostics.iter_mut().flat_map(|d| &mut d.evidence).for_each(as_people_know_it);
                checked
            }
            Ok(Err(skipped)) => failed(report::UNREADABLE, skipped.reason),
            Err(panic) => failed(report::FAILED, format!("newslint failed on this file, please report it: {panic}")),
        }
    }

    fn check_unguarded(&self, target: &Target) -> Result<Checked, Skipped> {
        let place = target.place(&self.arguments.drafts);
        let config = self.configs.of(place);
        let reference: &Reference = self.references.of(&config);
        let (draft, mistakes) = drafts::read_with_sidecar(target, &self.arguments.drafts)?;
        let settings = config.settings_for(place, &draft.metadata);
        let mut report = FileReport {
            path: target.shown.clone(),
            format: draft.format,
            encoding: draft.encoding,
            words: draft.word_count(),
            source: draft.source.clone(),
            dated: settings.date_of(&draft).is_some(),
            diagnostics: Vec::new(),
            fixed: Default::default(),
        };
        if self.fixes == FixMode::Off {
            report.diagnostics = lint::lint(&draft, &settings, reference);
            return Ok(Checked { report, skipped: None, diff: String::new(), mistakes });
        }
        let relint =
            |draft: &crate::source::Draft| lint::lint(draft, &config.settings_for(place, &draft.metadata), reference);
        let done = fixing::fix(target, &draft, self.fixes, relint);
        report.source = done.text;
        report.diagnostics = done.diagnostics;
        report.fixed = done.fixed;
        Ok(Checked { report, skipped: done.failed, diff: done.diff, mistakes })
    }
}
