//! `newslint compare`: what a rewrite did to a text.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::configs::{ConfigArguments, Configs};
use super::drafts::{self, DraftArguments};
use super::{Exit, print};
use crate::annotate::Gazetteer;
use crate::config::CommandLine;
use crate::corpus::SourceDocument;
use crate::corpus::compare::{Difference, Fate, compare};
use crate::report::side_by_side;
use crate::text::Span;

#[derive(Args)]
pub struct Arguments {
    /// The text as it was
    old: PathBuf,
    /// The text as it is now
    new: PathBuf,
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    Text,
    Json,
    /// A page with both texts side by side
    Html,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let old = read(&arguments.old)?;
    let new = read(&arguments.new)?;
    let differences = compare(&old, &new);
    match arguments.format {
        OutputFormat::Text => print(&text(&old, &new, &differences))?,
        OutputFormat::Json => print(&format!("{:#}\n", document(&old, &new, &differences)))?,
        OutputFormat::Html => print(&side_by_side::page(&old, &new, &differences))?,
    }
    let broken = differences.iter().any(|d| d.fate == Fate::Changed);
    Ok(if broken { Exit::Found } else { Exit::Clean })
}

fn read(path: &Path) -> anyhow::Result<SourceDocument> {
    let arguments = DraftArguments { paths: vec![path.to_owned()], stdin_filename: None, files_from: None };
    let configs = Configs::new(&ConfigArguments { isolated: true, config: None }, CommandLine::default());
    let found = drafts::find(&arguments, &configs)?;
    let target = found.targets.first().ok_or_else(|| anyhow::anyhow!("{}: no file to read", path.display()))?;
    let draft = drafts::read(target, &arguments).map_err(|e| anyhow::anyhow!("{}: {}", e.path, e.reason))?;
    Ok(SourceDocument::new(draft, &Gazetteer::default()))
}

/// `3:14 “635 drones”`.
fn place(document: &SourceDocument, span: Option<Span>) -> Option<String> {
    let evidence = document.evidence(span?, "");
    let (_, place) = evidence.place?;
    let words = evidence.text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(format!("{}:{} “{words}”", place.line, place.column))
}

fn text(old: &SourceDocument, new: &SourceDocument, differences: &[Difference]) -> String {
    let mut out = String::new();
    for difference in differences {
        let sides = [place(old, difference.old), place(new, difference.new)];
        let sides = sides.into_iter().flatten().collect::<Vec<_>>().join(" → ");
        out.push_str(&format!("{} {}: {sides}", difference.fact.name(), difference.fate.name()));
        if !difference.note.is_empty() {
            out.push_str(&format!(" ({})", difference.note));
        }
        out.push('\n');
    }
    let count = |fate: Fate| differences.iter().filter(|d| d.fate == fate).count();
    let (changed, dropped, added) = (count(Fate::Changed), count(Fate::Dropped), count(Fate::Added));
    out.push_str(&format!("{changed} changed, {dropped} dropped, {added} added\n"));
    out
}

fn document(old: &SourceDocument, new: &SourceDocument, differences: &[Difference]) -> Value {
    let side = |document: &SourceDocument, span: Option<Span>| {
        let evidence = document.evidence(span?, "");
        let (source, place) = evidence.place?;
        Some(json!({
            "text": evidence.text, "start": source.start, "end": source.end, "line": place.line, "column": place.column,
        }))
    };
    let changes: Vec<Value> = differences
        .iter()
        .map(|d| {
            json!({
                "fact": d.fact.name(),
                "change": d.fate.name(),
                "old": side(old, d.old),
                "new": side(new, d.new),
                "note": d.note,
            })
        })
        .collect();
    json!({
        "version": 1,
        "old": drafts::shown(old.path()),
        "new": drafts::shown(new.path()),
        "changes": changes,
    })
}
