//! `newslint conflicts`: stories on one event that disagree, topic by topic, with who says what.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::{Value, json};

use super::configs::{ConfigArguments, Configs};
use super::drafts::{self, DraftArguments};
use super::reference::References;
use super::{Exit, print};
use crate::config::CommandLine;
use crate::diagnostic::{Diagnostic, Evidence, Severity};
use crate::lint::{self, Settings};
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
}

/// Words of one story, or of a facts file, that others contradict.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    /// The story it stands in: files with one `story:` in their front matter are one.
    story: String,
    path: String,
    start: u32,
    end: u32,
    place: Place,
    words: String,
}

/// Something that stories tell differently.
#[derive(Debug)]
struct Topic {
    codes: BTreeSet<String>,
    /// The gravest of its findings.
    severity: Severity,
    /// The first message stands for all.
    message: String,
    /// Each form with where it stands: what the desk settled first, then by how many stories have it.
    forms: Vec<Form>,
}

#[derive(Debug)]
struct Form {
    words: String,
    curated: bool,
    places: Vec<Said>,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let drafts = DraftArguments { paths: arguments.paths.clone(), stdin_filename: None, files_from: None };
    let configs = Configs::new(&arguments.config, CommandLine { as_of: arguments.as_of, ..CommandLine::default() });
    let found = drafts::find(&drafts, &configs)?;
    let config = configs.of(arguments.paths.first().map_or("story.md".as_ref(), PathBuf::as_path));
    let references = References::assemble(std::slice::from_ref(&config), &arguments.paths)?;
    let reference = references.of(&config);
    let mut settings = Settings::built_in();
    settings.as_of = arguments.as_of;

    let linted: Vec<Linted> = found
        .targets
        .par_iter()
        .map(|target| {
            let path = target.shown.clone();
            // A story that cannot be read is named below, as a source.
            let Ok(draft) = drafts::read(target, &drafts) else {
                return Linted { story: path.clone(), path, diagnostics: Vec::new() };
            };
            let story = draft.metadata.field("story").map(|s| s.trim().to_lowercase()).filter(|s| !s.is_empty());
            let diagnostics = lint::lint(&draft, &settings, reference);
            Linted { story: story.unwrap_or_else(|| path.clone()), path, diagnostics }
        })
        .collect();
    let topics = topics(&linted);
    match arguments.format {
        OutputFormat::Text => print(&text(&topics))?,
        OutputFormat::Json => print(&format!("{:#}\n", document(&topics)))?,
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

/// A file with what was found in it.
struct Linted {
    path: String,
    story: String,
    diagnostics: Vec<Diagnostic>,
}

/// Puts findings about the same words, from either side, into one topic.
fn topics(linted: &[Linted]) -> Vec<Topic> {
    let stories: BTreeMap<&str, &str> = linted.iter().map(|l| (l.path.as_str(), l.story.as_str())).collect();
    let mut said: Vec<Said> = Vec::new();
    let mut pairs: Vec<(usize, usize, &Diagnostic)> = Vec::new();
    for file in linted {
        for diagnostic in &file.diagnostics {
            let elsewhere = diagnostic.evidence.iter().map(|e| of_evidence(e, &stories));
            let elsewhere: Vec<Said> = elsewhere.filter(|e| e.story != file.story).collect();
            if elsewhere.is_empty() {
                continue;
            }
            let own = Said {
                story: file.story.clone(),
                path: file.path.clone(),
                start: diagnostic.span.start,
                end: diagnostic.span.end,
                place: diagnostic.start,
                words: one_line(&diagnostic.text),
            };
            let here = node(&mut said, own);
            for evidence in elsewhere {
                let there = node(&mut said, evidence);
                pairs.push((here, there, diagnostic));
            }
        }
    }
    let mut group: Vec<usize> = (0..said.len()).collect();
    for &(a, b, _) in &pairs {
        let (a, b) = (root(&group, a), root(&group, b));
        group[a.max(b)] = a.min(b);
    }
    // Words of one story that overlap are one: a name alone, and the name with its title.
    let mut by_path: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, words) in said.iter().enumerate() {
        by_path.entry(&words.path).or_default().push(at);
    }
    for nodes in by_path.values_mut() {
        nodes.sort_by_key(|&n| (said[n].start, said[n].end));
        for pair in nodes.windows(2) {
            if said[pair[1]].start < said[pair[0]].end {
                let (a, b) = (root(&group, pair[0]), root(&group, pair[1]));
                group[a.max(b)] = a.min(b);
            }
        }
    }
    let mut topics: BTreeMap<usize, Topic> = BTreeMap::new();
    for &(here, there, diagnostic) in &pairs {
        let topic = topics.entry(root(&group, here)).or_insert_with(|| Topic {
            codes: BTreeSet::new(),
            severity: diagnostic.severity,
            message: diagnostic.message.clone(),
            forms: Vec::new(),
        });
        topic.codes.insert(diagnostic.code.to_string());
        topic.severity = topic.severity.max(diagnostic.severity);
        for node in [here, there] {
            add(&mut topic.forms, &said[node], !stories.contains_key(said[node].path.as_str()));
        }
    }
    let mut topics: Vec<Topic> = topics.into_values().collect();
    for topic in &mut topics {
        for form in &mut topic.forms {
            form.places.sort();
            form.places.dedup();
        }
        topic.forms.sort_by(|a, b| {
            (!a.curated, std::cmp::Reverse(a.stories()), &a.words).cmp(&(
                !b.curated,
                std::cmp::Reverse(b.stories()),
                &b.words,
            ))
        });
    }
    // What is sure first.
    let rank = |topic: &Topic| std::cmp::Reverse(topic.severity);
    topics.sort_by(|a, b| (rank(a), &a.codes, &a.message).cmp(&(rank(b), &b.codes, &b.message)));
    topics
}

impl Form {
    fn stories(&self) -> usize {
        self.places.iter().map(|p| &p.story).collect::<BTreeSet<_>>().len()
    }
}

fn node(said: &mut Vec<Said>, words: Said) -> usize {
    if let Some(at) = said.iter().position(|s| (&s.path, s.start, s.end) == (&words.path, words.start, words.end)) {
        return at;
    }
    said.push(words);
    said.len() - 1
}

fn root(group: &[usize], mut at: usize) -> usize {
    while group[at] != at {
        at = group[at];
    }
    at
}

fn of_evidence(evidence: &Evidence, stories: &BTreeMap<&str, &str>) -> Said {
    let (span, place) = evidence.place.unwrap_or((Default::default(), Place { line: 1, column: 1 }));
    let path = drafts::shown(&evidence.path);
    Said {
        story: stories.get(path.as_str()).map_or_else(|| path.clone(), |s| (*s).to_owned()),
        path,
        start: span.start,
        end: span.end,
        place,
        words: one_line(&evidence.text),
    }
}

fn add(forms: &mut Vec<Form>, said: &Said, curated: bool) {
    match forms.iter_mut().find(|f| f.words == said.words && f.curated == curated) {
        Some(form) => form.places.push(said.clone()),
        None => forms.push(Form { words: said.words.clone(), curated, places: vec![said.clone()] }),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text(topics: &[Topic]) -> String {
    let mut out = String::new();
    for topic in topics {
        let codes = topic.codes.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        let hint = if topic.severity == Severity::Info { ", a hint" } else { "" };
        out.push_str(&format!("{} ({codes}{hint})\n", topic.message));
        for form in &topic.forms {
            let places: Vec<String> =
                form.places.iter().map(|p| format!("{}:{}:{}", p.path, p.place.line, p.place.column)).collect();
            let who = if form.curated {
                "settled by the desk".to_owned()
            } else {
                match form.stories() {
                    1 => "1 story".to_owned(),
                    n => format!("{n} stories"),
                }
            };
            out.push_str(&format!("  “{}”: {who}\n    {}\n", form.words, places.join("\n    ")));
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
                                "line": p.place.line, "column": p.place.column,
                            })
                        })
                        .collect();
                    json!({ "text": form.words, "curated": form.curated, "stories": form.stories(), "places": places })
                })
                .collect();
            json!({ "codes": topic.codes, "severity": topic.severity.name(), "message": topic.message, "forms": forms })
        })
        .collect();
    json!({ "version": 1, "topics": topics })
}
