//! `corpus learn`: from a published correction to an entry for the facts file, and to the stories with the same error.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use super::{Exit, IndexArgument, stories};
use crate::cli::print;
use crate::corpus::archive::sqlite::SqliteArchive;
use crate::corpus::archive::{Archive, DocumentId, Standing};
use crate::corpus::correction::{self, Correction};
use crate::corpus::intake::Base;
use crate::corpus::shingle;
use crate::source::Draft;
use crate::text::Lex;
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
    let correction = correction::read(&note)?;
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
        Correction::Speaker { right, words, .. } => {
            format!("[[quote]]\nspeaker = {}\ntext = {}\nkind = \"spoken\"\n", quoted(right), quoted(words))
        }
        Correction::Age { name, right, wrong } => {
            format!("# {right}, not {wrong}: write “born” once the day is known\n[[person]]\nname = {}\n", quoted(name))
        }
        Correction::Day { right, wrong, day: Some(day), born: Some(name), .. } => {
            format!("# {right}, not {wrong}\n[[person]]\nname = {}\nborn = {day}\n", quoted(name))
        }
        Correction::Day { right, wrong, born: Some(name), .. } => {
            format!(
                "# born {right}, not {wrong}: write “born” once the day is known\n[[person]]\nname = {}\n",
                quoted(name)
            )
        }
        Correction::Day { what, right, wrong, day: Some(day), .. } if !what.is_empty() => {
            format!(
                "# {right}, not {wrong}; let “what” name this event alone\n[[event]]\nwhat = {}\ndate = {day}\n",
                quoted(what)
            )
        }
        Correction::Day { right, wrong, .. } => {
            return format!("# {right}, not {wrong}: without the day’s year there is no entry to propose\n");
        }
        Correction::Figure { noun, counted: false, right, .. } => {
            let words = quoted(noun);
            format!(
                "# let “what” hold words that stand beside this figure alone\n[[figure]]\nwhat = {words}\nvalue = {}\n",
                quoted(right)
            )
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
    let said;
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
        Correction::Speaker { wrong, words, .. } => {
            let draft = Draft::from_text(words);
            let folded = shingle::fold(&draft, &draft.tokens, 0);
            let telling: Vec<u64> = shingle::shingles(&folded).map(|(key, _)| key).collect();
            let rows = if telling.is_empty() { Vec::new() } else { archive.quotations(&telling, None)? };
            let by_wrong = rows.iter().filter(|r| r.speaker.as_deref().is_some_and(|s| surname(s) == surname(wrong)));
            by_wrong.filter(|r| r.shared as usize == telling.len()).for_each(|r| keep(r.standing));
            wrong
        }
        Correction::Age { name, wrong, .. } => {
            let key = ascii_key(name);
            said = wrong.to_string();
            let forms =
                [format!(", {wrong},"), format!("{wrong}-year-old"), format!("aged {wrong}"), format!("age {wrong}")];
            for person in archive.people(&surname(name), None)?.iter().filter(|p| ascii_key(&p.name) == key) {
                let text = archive.text(person.standing.document)?.unwrap_or_default();
                if forms.iter().any(|form| text.contains(form)) {
                    keep(person.standing);
                }
            }
            &said
        }
        Correction::Day { wrong, born: Some(name), .. } => {
            let key = ascii_key(name);
            for person in archive.people(&surname(name), None)?.iter().filter(|p| ascii_key(&p.name) == key) {
                let text = archive.text(person.standing.document)?.unwrap_or_default();
                if text.contains(wrong.as_str()) {
                    keep(person.standing);
                }
            }
            wrong
        }
        Correction::Day { .. } => {
            return Ok("\n# the archive keeps no days: look for stories with the wrong one yourself\n".to_owned());
        }
        Correction::Figure { noun, counted: false, key, wrong, wrong_value, .. } => {
            let telling = |w: &&str| w.len() > 3 && !Lex::of(&w.to_lowercase()).is(Lex::FUNCTION);
            let words: Vec<String> =
                noun.split(|c: char| !c.is_alphanumeric()).filter(telling).map(str::to_lowercase).collect();
            for row in archive.figures(key, None)?.iter().filter(|r| r.value.total_cmp(wrong_value).is_eq()) {
                let text = archive.text(row.standing.document)?.unwrap_or_default().to_lowercase();
                if words.iter().any(|word| text.contains(word)) {
                    keep(row.standing);
                }
            }
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
