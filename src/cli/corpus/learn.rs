//! `corpus learn`: from a published correction to an entry for the facts file, and to the stories with the same error.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;

use super::{Exit, IndexArgument, stories};
use crate::cli::print;
use crate::corpus::archive::sqlite::SqliteArchive;
use crate::corpus::archive::{Archive, DocumentId, Standing};
use crate::corpus::correction::{self, Correction};
use crate::corpus::intake::Base;
use crate::corpus::shingle;
use crate::source::Draft;
use crate::text::fold::ascii_key;

#[derive(Args)]
pub struct LearnArguments {
    /// A file with one published correction, or - for standard input
    correction: PathBuf,
    #[command(flatten)]
    index: IndexArgument,
}

/// The most stories that are named.
const SHOWN: usize = 50;

pub fn run(arguments: &LearnArguments) -> anyhow::Result<Exit> {
    let path = &arguments.correction;
    let note = if path.as_os_str() == "-" {
        let mut note = String::new();
        std::io::stdin().read_to_string(&mut note).context("cannot read the correction from standard input")?;
        note
    } else {
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?
    };
    let Some(correction) = correction::read(&note) else {
        bail!(
            "no name, title or figure is corrected here in a form that newslint reads, such as “It is Quist, not Qvist.”"
        )
    };
    let mut out = entry(&correction, &note);
    let index = arguments.index.path();
    if index.exists() {
        let archive = arguments.index.open()?;
        out.push_str(&carriers(&archive, &Base::of(&index), &correction)?);
    } else {
        eprintln!("newslint: no archive at {}: no stories were looked at", index.display());
    }
    print(&out)?;
    Ok(Exit::Clean)
}

/// The entry in TOML.
fn entry(correction: &Correction, note: &str) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let note = note.split_whitespace().collect::<Vec<_>>().join(" ");
    let facts = match correction {
        Correction::Name { table, right, wrong } => {
            format!("[[{table}]]\nname = {}\nwrong = [{}]\n", quoted(right), quoted(wrong))
        }
        Correction::Title { name, right, .. } => {
            format!("[[person]]\nname = {}\ntitles = [{{ title = {} }}]\n", quoted(name), quoted(right))
        }
        Correction::Quote { speaker, right, .. } => {
            let speaker = speaker.as_ref().map(|name| format!("speaker = {}\n", quoted(name))).unwrap_or_default();
            format!("[[quote]]\n{speaker}text = {}\nkind = \"spoken\"\n", quoted(right))
        }
        Correction::Figure { noun, right, .. } => {
            let pattern = quoted(&format!("{{figure}} {noun}"));
            format!(
                "# let “match” hold words of this story alone before the entry is accepted\n[[figure]]\nwhat = {}\nmatch = [{pattern}]\nvalue = {}\n",
                quoted(noun),
                quoted(right)
            )
        }
    };
    format!("{facts}status = \"proposed\"\nsource = {}\n", quoted(&note))
}

/// The stories that have what was wrong, as comments, newest first.
fn carriers(archive: &SqliteArchive, base: &Base, correction: &Correction) -> anyhow::Result<String> {
    let mut found: BTreeSet<DocumentId> = BTreeSet::new();
    let mut keep = |standing: Standing| {
        if !standing.superseded {
            found.insert(standing.document);
        }
    };
    let surname = |name: &str| {
        let key = ascii_key(name);
        key.rsplit(' ').next().unwrap_or(&key).to_owned()
    };
    let wrong = match correction {
        Correction::Name { table: "person", wrong, .. } => {
            let key = ascii_key(wrong);
            archive
                .people(&surname(wrong), None)?
                .iter()
                .filter(|p| ascii_key(&p.name) == key)
                .for_each(|p| keep(p.standing));
            wrong
        }
        Correction::Name { wrong, .. } => {
            archive.entities(&ascii_key(wrong))?.iter().for_each(|e| keep(e.standing));
            wrong
        }
        Correction::Title { name, wrong, .. } => {
            let (key, title) = (ascii_key(name), wrong.to_lowercase());
            let people = archive.people(&surname(name), None)?;
            let called = people.iter().filter(|p| ascii_key(&p.name) == key);
            called.filter(|p| p.titles.iter().any(|t| t.title.to_lowercase() == title)).for_each(|p| keep(p.standing));
            wrong
        }
        Correction::Quote { right, wrong, .. } => {
            // Runs of four words that only the wrong wording has.
            let runs = |text: &str| {
                let draft = Draft::from_text(text);
                let words = shingle::fold(&draft, &draft.tokens, 0);
                shingle::shingles(&words).map(|(key, _)| key).collect::<BTreeSet<u64>>()
            };
            let telling: Vec<u64> = runs(wrong).difference(&runs(right)).copied().collect();
            let rows = if telling.is_empty() { Vec::new() } else { archive.quotations(&telling, None)? };
            rows.iter().filter(|r| r.shared as usize == telling.len()).for_each(|r| keep(r.standing));
            wrong
        }
        Correction::Figure { key, wrong, wrong_value, .. } => {
            let rows = archive.figures(key, None)?;
            rows.iter().filter(|r| r.value.total_cmp(wrong_value).is_eq()).for_each(|r| keep(r.standing));
            wrong
        }
    };
    let mut out = format!("\n# {} in the archive with “{wrong}”\n", stories(found.len() as u64));
    for id in found.iter().rev().take(SHOWN) {
        let Some(document) = archive.document(*id)? else { continue };
        let date = document.date.map(|d| format!(" {d}")).unwrap_or_default();
        let item = document.item.map(|i| format!("#{i}")).unwrap_or_default();
        out.push_str(&format!("# {}{item}{date}\n", base.shown(&document.path).display()));
    }
    if found.len() > SHOWN {
        out.push_str(&format!("# and {} older\n", found.len() - SHOWN));
    }
    Ok(out)
}
