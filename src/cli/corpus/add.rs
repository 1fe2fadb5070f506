//! `corpus add`, `update` and `remove`.

use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use rayon::prelude::*;

use super::{Exit, IndexArgument, config_here, stories};
use crate::cli::interrupt::Interrupt;
use crate::corpus::archive::sqlite::{SqliteWriter, Written};
use crate::corpus::archive::{ArchiveError, StoryRecord, extract};
use crate::corpus::indexing::{self, Done};
use crate::corpus::intake::{Base, Intake};
use crate::corpus::story::{Kind, Story};

#[derive(Args)]
pub struct AddArguments {
    /// Files and folders
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    index: IndexArgument,
    #[command(flatten)]
    defaults: Defaults,
    /// Show no progress
    #[arg(long)]
    quiet: bool,
}

/// What counts for stories that do not say it themselves.
#[derive(Args)]
pub struct Defaults {
    /// The outlet of stories that name none
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// What stories are that do not say it: archive, wire, transcript, statement or partner
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Option<Kind>,
    /// The date of stories that have none
    #[arg(long, value_name = "DATE")]
    date: Option<Date>,
}

fn kind(name: &str) -> Result<Kind, String> {
    Kind::from_name(name).ok_or_else(|| format!("one of {} was meant", Kind::ALL.map(Kind::name).join(", ")))
}

impl Defaults {
    pub fn story(&self) -> Story {
        Story { outlet: self.outlet.clone(), kind: self.kind, date: self.date, ..Story::default() }
    }
}

#[derive(Args)]
pub struct UpdateArguments {
    #[command(flatten)]
    index: IndexArgument,
    /// Remove stories whose files are gone
    #[arg(long)]
    prune: bool,
    /// Show no progress
    #[arg(long)]
    quiet: bool,
}

#[derive(Args)]
pub struct RemoveArguments {
    /// Stories, files or folders, as `query` and `status` name them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    index: IndexArgument,
}

pub fn add(arguments: &AddArguments) -> anyhow::Result<Exit> {
    let index = arguments.index.path();
    let mut writer = SqliteWriter::open(&index)?;
    let base = Base::of(&index);
    let defaults = arguments.defaults.story();
    let (intake, refused) = Intake::new(&arguments.paths, base.clone(), defaults.clone());
    for path in arguments.paths.iter().filter(|p| p.exists()) {
        writer.remember(&base.stored(path), &defaults)?;
    }
    let mut done = Done { refused, ..Done::default() };
    let interrupt = Interrupt::listen()?;
    if take_in(&mut writer, intake, arguments.quiet, &interrupt, &mut done)?.is_break() {
        return Ok(interrupted(done));
    }
    writer.finish()?;
    Ok(report(done))
}

pub fn update(arguments: &UpdateArguments) -> anyhow::Result<Exit> {
    let index = arguments.index.path();
    let mut writer = SqliteWriter::open(&index)?;
    let base = Base::of(&index);
    let mut done = Done::default();
    let interrupt = Interrupt::listen()?;
    for (root, defaults) in writer.roots()? {
        let path = base.shown(&root);
        if !path.exists() {
            continue;
        }
        let (intake, refused) = Intake::new(&[path], base.clone(), defaults);
        done.refused.extend(refused);
        if take_in(&mut writer, intake, arguments.quiet, &interrupt, &mut done)?.is_break() {
            return Ok(interrupted(done));
        }
    }
    if let Some(config) = config_here() {
        let (files, errors) = config.archive_files();
        for error in errors {
            eprintln!("newslint: {error}");
        }
        let (intake, refused) = Intake::new(&files, base.clone(), Story::default());
        done.refused.extend(refused);
        if take_in(&mut writer, intake, arguments.quiet, &interrupt, &mut done)?.is_break() {
            return Ok(interrupted(done));
        }
    }
    loop {
        // What an older newslint read, and what no file gives any more, is read again from the archive itself.
        let outdated = writer.outdated(512)?;
        if outdated.is_empty() {
            break;
        }
        if interrupt.step().is_break() {
            return Ok(interrupted(done));
        }
        let records: Vec<StoryRecord> = outdated.into_par_iter().map(extract).collect();
        done.written += writer.write(&records)?;
    }
    let gone: Vec<String> = writer.paths()?.into_iter().filter(|p| !base.shown(p).exists()).collect();
    if arguments.prune && !gone.is_empty() {
        println!("{} removed", stories(writer.remove(&gone)?));
    } else if !gone.is_empty() {
        println!("{} stay although their files are gone; --prune removes them", stories(gone.len() as u64));
    }
    writer.finish()?;
    Ok(report(done))
}

pub fn remove(arguments: &RemoveArguments) -> anyhow::Result<Exit> {
    let index = arguments.index.path();
    // Opened for reading first: nothing is made where there is no archive.
    match arguments.index.open() {
        Ok(_) => {}
        Err(error) if matches!(error.downcast_ref(), Some(ArchiveError::Older { .. })) => {}
        Err(error) => return Err(error),
    }
    let mut writer = SqliteWriter::open(&index)?;
    let base = Base::of(&index);
    let mut names = Vec::new();
    for path in &arguments.paths {
        names.push(path.to_string_lossy().replace('\\', "/"));
        names.push(base.stored(path));
    }
    let removed = writer.remove(&names)?;
    println!("{} removed", stories(removed));
    Ok(if removed == 0 { Exit::Failed } else { Exit::Clean })
}

/// Says what was done and what was not.
pub(super) fn report(done: Done) -> Exit {
    refuse(&done);
    let Written { added, replaced, unchanged } = done.written;
    println!("{added} added, {replaced} replaced, {unchanged} unchanged");
    if done.refused.is_empty() { Exit::Clean } else { Exit::Failed }
}

/// Says what was done before Ctrl-C. The indexes are left as the batches made them: the run that ends the work merges them.
pub(super) fn interrupted(done: Done) -> Exit {
    refuse(&done);
    let Written { added, replaced, unchanged } = done.written;
    let count = stories(added + replaced + unchanged);
    let verb = if added + replaced + unchanged == 1 { "is" } else { "are" };
    eprintln!("newslint: interrupted: {count} {verb} in; the same command goes on with the rest");
    Exit::Interrupted
}

fn refuse(done: &Done) {
    for refused in &done.refused {
        eprintln!("newslint: {}: {}", refused.path.display(), refused.reason);
    }
}

/// Takes stories in under a progress bar, until they end or somebody presses Ctrl-C.
fn take_in(
    writer: &mut SqliteWriter,
    intake: Intake,
    quiet: bool,
    interrupt: &Interrupt,
    done: &mut Done,
) -> anyhow::Result<ControlFlow<()>> {
    let bar = progress(intake.total, quiet);
    let mut flow = ControlFlow::Continue(());
    indexing::take_in(writer, intake, done, |step| {
        bar.set_position(step.bytes);
        let seconds = bar.elapsed().as_secs_f64().max(0.001);
        bar.set_message(format!("{}, {:.0} a second", stories(step.stories), step.stories as f64 / seconds));
        flow = interrupt.step();
        flow
    })?;
    bar.finish_and_clear();
    Ok(flow)
}

/// A bar with what is done, how fast, and how long it will take; nothing where nobody looks.
pub(super) fn progress(bytes: u64, quiet: bool) -> ProgressBar {
    if quiet {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes}  {msg}  {eta} left");
    let bar = ProgressBar::new(bytes);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
