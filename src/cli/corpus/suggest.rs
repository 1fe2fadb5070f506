//! `corpus suggest`: who and what the archive knows and the facts files do not, as entries for the desk to accept.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;

use super::{Exit, IndexArgument, config_here, stories};
use crate::cli::print;
use crate::corpus::archive::{Archive, DocumentId, PersonRow, Standing};
use crate::corpus::{Facts, curated};
use crate::text::fold::ascii_key;

#[derive(Args)]
pub struct SuggestArguments {
    #[command(flatten)]
    index: IndexArgument,
    /// Only names from at least so many independent stories
    #[arg(long, value_name = "N", default_value_t = 5)]
    min: usize,
}

/// A form of a name as the archive has it.
#[derive(Default)]
struct Seen {
    copies: BTreeSet<DocumentId>,
    /// Offices held, each with the stories that say so.
    titles: BTreeMap<String, BTreeSet<DocumentId>>,
    latest: Option<DocumentId>,
}

pub fn run(arguments: &SuggestArguments) -> anyhow::Result<Exit> {
    let archive = arguments.index.open()?;
    let facts = config_here().map(|config| curated::load(&config.facts_files().0).0).unwrap_or_default();
    let mut out = String::new();
    let mut count = 0;
    for (surname, _) in archive.surnames(arguments.min as u32)? {
        for (name, seen) in people(&archive.people(&surname, None)?, arguments.min) {
            if is_listed(&facts, &name) {
                continue;
            }
            count += 1;
            out.push_str(&entry(&archive, "person", &name, &seen)?);
        }
    }
    for key in archive.entity_keys("organization", arguments.min as u32)? {
        let rows = archive.entities(&key)?;
        let mut seen = Seen::default();
        for row in rows.iter().filter(|r| r.kind == "organization" && !r.standing.superseded) {
            seen.add(row.standing);
        }
        let Some(first) = rows.first().filter(|_| seen.copies.len() >= arguments.min) else { continue };
        // One word is as often a place, a ship or a newspaper; the desk adds those it wants.
        if first.name.contains(' ') && !is_listed(&facts, &first.name) {
            count += 1;
            out.push_str(&entry(&archive, "organization", &first.name, &seen)?);
        }
    }
    if count == 0 {
        eprintln!("nothing in {} independent stories that the facts files lack", arguments.min);
    }
    print(&out)?;
    Ok(Exit::Clean)
}

/// The full names with this surname that enough stories have, where the stories agree on the spelling.
fn people(rows: &[PersonRow], min: usize) -> Vec<(String, Seen)> {
    let mut names: BTreeMap<String, Seen> = BTreeMap::new();
    for row in rows.iter().filter(|r| !r.standing.superseded && r.given.is_some()) {
        let seen = names.entry(row.name.clone()).or_default();
        seen.add(row.standing);
        for title in row.titles.iter().filter(|t| t.status == "current" && !t.office.is_empty()) {
            seen.titles.entry(title.title.clone()).or_default().insert(row.standing.copies);
        }
    }
    names.into_iter().filter(|(_, seen)| seen.copies.len() >= min).collect()
}

impl Seen {
    fn add(&mut self, standing: Standing) {
        self.copies.insert(standing.copies);
        self.latest = self.latest.max(Some(standing.document));
    }
}

fn is_listed(facts: &Facts, name: &str) -> bool {
    !facts.names.get(&ascii_key(name)).is_empty()
}

/// One entry in TOML, with what speaks for it.
fn entry(archive: &dyn Archive, table: &str, name: &str, seen: &Seen) -> anyhow::Result<String> {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let latest = seen.latest.map(|id| archive.document(id)).transpose()?.flatten();
    let mut source = format!("{} in the archive", stories(seen.copies.len() as u64));
    if let Some(latest) = latest {
        source.push_str(&format!(", the latest {}", latest.path));
        source.extend(latest.date.map(|date| format!(" of {date}")));
    }
    let mut out = format!("[[{table}]]\nname = {}\n", quoted(name));
    if let Some((title, copies)) =
        seen.titles.iter().max_by_key(|(title, copies)| (copies.len(), std::cmp::Reverse(*title)))
        && copies.len() * 2 > seen.copies.len()
    {
        out.push_str(&format!("titles = [{{ title = {} }}]\n", quoted(title)));
    }
    out.push_str(&format!("status = \"proposed\"\nsource = {}\n\n", quoted(&source)));
    Ok(out)
}
