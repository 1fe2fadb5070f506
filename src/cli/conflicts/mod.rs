//! `newslint conflicts`: stories on one event that disagree, topic by topic, with who says what.

mod page;
mod topics;

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::{Value, json};

use self::topics::{Linted, Topic, topics};
use super::configs::{ConfigArguments, Configs};
use super::drafts::{self, DraftArguments};
use super::reference::References;
use super::{Exit, print};
use crate::config::CommandLine;
use crate::corpus::archive::Signature;
use crate::corpus::{SourceDocument, event, shingle};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{self, Settings};
use crate::source::Draft;
use crate::text::line_index::Place;

#[derive(Args)]
pub struct Arguments {
    /// Files and folders: stories that should agree
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
    /// The date that counts for every story
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    #[command(flatten)]
    config: ConfigArguments,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    Text,
    Json,
    /// A page that a browser shows
    Html,
}

/// Codes that are asked of each two stories alone, too.
const SPLIT: [&str; 1] = ["names/reference"];

pub fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let drafts = DraftArguments { paths: arguments.paths.clone(), stdin_filename: None, files_from: None };
    let configs = Configs::new(&arguments.config, CommandLine { as_of: arguments.as_of, ..CommandLine::default() });
    let found = drafts::find(&drafts, &configs)?;
    let config = configs.of(arguments.paths.first().map_or("story.md".as_ref(), PathBuf::as_path));
    let references = References::assemble(std::slice::from_ref(&config), &arguments.paths)?;
    let reference = references.of(&config);
    let texts: Vec<&Draft> = reference.sources.documents.iter().map(|document| &document.draft).collect();
    let related = event::related(&texts);
    let mut settings = Settings::built_in();
    settings.as_of = arguments.as_of;

    let mut split = settings.clone();
    split.severities.retain(|code, _| SPLIT.contains(&&**code));
    let linted: Vec<Linted> = found
        .targets
        .par_iter()
        .map(|target| {
            let path = target.shown.clone();
            // A story that cannot be read is named below, as a source.
            let Ok(draft) = drafts::read(target, &drafts) else {
                return Linted::unread(path);
            };
            let story = draft.metadata.field("story").map(|s| s.trim().to_lowercase()).filter(|s| !s.is_empty());
            let own = reference.sources.documents.iter().position(|document| document.is(&draft));
            let beside: Vec<Arc<SourceDocument>> = own
                .into_iter()
                .flat_map(|own| &related[own])
                .map(|&other| reference.sources.documents[other].clone())
                .collect();
            let mut diagnostics = lint::lint(&draft, &settings, &reference.clone().beside(beside.clone()));
            // A name that two stories have one way and two another is silent against all of them: somebody always has it as here.
            let alone = beside.iter().map(|one| reference.clone().without_facts().beside(vec![one.clone()]));
            for diagnostic in alone.flat_map(|one| lint::lint(&draft, &split, &one)) {
                let told = |d: &Diagnostic| d.span.overlaps(diagnostic.span) && d.code == diagnostic.code;
                if !diagnostics.iter().any(told) {
                    diagnostics.push(diagnostic);
                }
            }
            // What the stories say without what the desk settled.
            let bare = reference.clone().without_facts().beside(beside);
            let without_facts =
                if reference.facts.is_empty() { Vec::new() } else { lint::lint(&draft, &settings, &bare) };
            let words = shingle::fold(&draft, &draft.tokens, 0);
            Linted {
                story: story.unwrap_or_else(|| path.clone()),
                path,
                signature: Signature::of(shingle::shingles(&words).map(|(key, _)| key)),
                diagnostics,
                without_facts,
                source: draft.source.to_string().into(),
            }
        })
        .collect();
    let topics = topics(&linted);
    match arguments.format {
        OutputFormat::Text => print(&text(&topics))?,
        OutputFormat::Json => print(&format!("{:#}\n", document(&topics)))?,
        OutputFormat::Html => print(&page::page(&topics, linted.len()))?,
    }
    for error in &references.errors {
        eprintln!("newslint: {error}");
    }
    for skipped in &references.unread {
        eprintln!("newslint: {}: {}", skipped.path, skipped.reason);
    }
    let failed = !references.errors.is_empty() || !references.unread.is_empty() || linted.is_empty();
    Ok(match (failed, topics.is_empty()) {
        (true, _) => Exit::Failed,
        (false, true) => Exit::Clean,
        (false, false) => Exit::Found,
    })
}

fn text(topics: &[Topic]) -> String {
    let mut out = String::new();
    for topic in topics {
        let codes = topic.codes.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        let hint = if topic.severity == Severity::Info { ", a hint" } else { "" };
        out.push_str(&format!("{} ({codes}{hint})\n", topic.kind()));
        for form in &topic.forms {
            out.push_str(&format!("  “{}”, {}\n", form.words, form.who()));
            for place in &form.places {
                let Place { line, column } = place.place;
                out.push_str(format!("    {}:{line}:{column}  {}", place.path, place.excerpt).trim_end());
                out.push('\n');
            }
        }
        out.push('\n');
    }
    match topics.len() {
        0 => out.push_str("no two stories disagree\n"),
        1 => out.push_str("1 disagreement\n"),
        n => out.push_str(&format!("{n} disagreements\n")),
    }
    out
}

fn document(topics: &[Topic]) -> Value {
    let topics: Vec<Value> = topics
        .iter()
        .map(|topic| {
            let forms: Vec<Value> = topic
                .forms
                .iter()
                .map(|form| {
                    let places: Vec<Value> = form
                        .places
                        .iter()
                        .map(|p| {
                            json!({
                                "path": p.path, "start": p.start, "end": p.end,
                                "line": p.place.line, "column": p.place.column, "excerpt": p.excerpt,
                            })
                        })
                        .collect();
                    json!({ "text": form.words, "curated": form.curated, "stories": form.stories(), "places": places })
                })
                .collect();
            json!({ "kind": topic.kind(), "codes": topic.codes, "severity": topic.severity.name(), "message": topic.message, "forms": forms })
        })
        .collect();
    json!({ "version": 1, "topics": topics })
}
