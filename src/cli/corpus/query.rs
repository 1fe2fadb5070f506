//! `corpus query`: what the archive has on a name, a figure or the words of a quotation.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use clap::Args;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{Exit, IndexArgument, OutputFormat, stories};
use crate::annotate::{Gazetteer, annotate};
use crate::cli::print;
use crate::corpus::archive::{Archive, DocumentId, DocumentRow, Standing};
use crate::corpus::figures::key;
use crate::corpus::intake::Base;
use crate::corpus::shingle;
use crate::source::{Draft, Format};
use crate::text::Span;
use crate::text::decode::Encoding;
use crate::text::fold::ascii_key;

#[derive(Args)]
pub struct Arguments {
    /// A name, a figure with what it counts (`40 boats`), or at least four words of a quotation
    query: String,
    #[command(flatten)]
    index: IndexArgument,
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
}

/// The most quotations that are shown.
const SHOWN: usize = 10;

pub fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let archive = arguments.index.open()?;
    let base = Base::of(&arguments.index.path());
    let asked = arguments.query.trim().trim_matches(['"', '“', '”']);
    let draft = Draft::from_text(asked);
    let words = shingle::fold(&draft, &draft.tokens, 0);
    let name = name(&archive, asked)?;
    let answer = if let Some(figures) = figures(&archive, &base, &draft)? {
        figures
    } else if name["forms"].as_array().is_some_and(|f| !f.is_empty()) || words.len() < shingle::LENGTH {
        name
    } else {
        let shingles: Vec<u64> = shingle::shingles(&words).map(|(key, _)| key).collect();
        quotations(&archive, &base, &shingles)?
    };
    let found =
        ["forms", "quotations", "figures", "near"].iter().any(|k| answer[*k].as_array().is_some_and(|a| !a.is_empty()));
    match arguments.format {
        OutputFormat::Json => print(&format!("{answer:#}\n"))?,
        OutputFormat::Text if !found => print("nothing\n")?,
        OutputFormat::Text => print(&text(&answer))?,
    }
    Ok(if found { Exit::Clean } else { Exit::Found })
}

/// Stories that count, each group of copies once, with the first and last day.
#[derive(Default)]
struct Seen {
    copies: BTreeSet<DocumentId>,
    first: Option<Date>,
    last: Option<Date>,
}

impl Seen {
    fn add(&mut self, standing: Standing) {
        self.copies.insert(standing.copies);
        if let Some(date) = standing.document.date() {
            self.first = Some(self.first.map_or(date, |first| first.min(date)));
            self.last = Some(self.last.map_or(date, |last| last.max(date)));
        }
    }

    fn json(&self, key: &str, what: &str) -> Value {
        let date = |date: Option<Date>| date.map(|d| d.to_string());
        json!({ key: what, "stories": self.copies.len(), "first": date(self.first), "last": date(self.last) })
    }
}

/// The forms of a name with how often and when, the offices given to it, and surnames near it.
fn name(archive: &dyn Archive, asked: &str) -> anyhow::Result<Value> {
    let key = ascii_key(asked);
    let surname = key.rsplit(' ').next().unwrap_or(&key);
    let mut forms: BTreeMap<String, Seen> = BTreeMap::new();
    let mut titles: BTreeMap<(String, String), Seen> = BTreeMap::new();
    for person in archive.people(surname, None)?.iter().filter(|p| !p.standing.superseded) {
        let given = person.given.as_deref().map(ascii_key).unwrap_or_default();
        let full = ascii_key(&person.name);
        // A bare surname asks for all who bear it; a full name for that person, and for those known by surname alone.
        if key != surname && !given.is_empty() && full != key {
            continue;
        }
        forms.entry(person.name.clone()).or_default().add(person.standing);
        for title in &person.titles {
            titles.entry((title.title.clone(), title.status.clone())).or_default().add(person.standing);
        }
    }
    for entity in archive.entities(&key)?.iter().filter(|e| !e.standing.superseded) {
        forms.entry(entity.name.clone()).or_default().add(entity.standing);
    }
    let near: Vec<Value> = archive
        .surnames_near(surname)?
        .into_iter()
        .map(|(key, stories)| json!({ "surname": key, "stories": stories }))
        .collect();
    let titles: Vec<Value> = titles
        .iter()
        .map(|((title, status), seen)| {
            let mut value = seen.json("title", title);
            value["status"] = json!(status);
            value
        })
        .collect();
    let forms: Vec<Value> = forms.iter().map(|(form, seen)| seen.json("form", form)).collect();
    Ok(json!({ "forms": forms, "titles": titles, "near": near }))
}

/// How stories give the figure that the query is: the value asked for first, then what most stories have. `None` if it is no figure
/// of something.
fn figures(archive: &dyn Archive, base: &Base, asked: &Draft) -> anyhow::Result<Option<Value>> {
    // “14 engine” asks of engines.
    let plural = Draft::from_text(&format!("{}s", asked.text.trim()));
    let is_of_something = |draft: &Draft| {
        let read = annotate(draft, None, &Gazetteer::default());
        read.figures.iter().any(|f| f.noun.is_some() || f.measure.name().is_some())
    };
    let asked = if is_of_something(asked) { asked } else { &plural };
    let annotations = annotate(asked, None, &Gazetteer::default());
    let Some(figure) = annotations.figures.iter().find(|f| f.noun.is_some() || f.measure.name().is_some()) else {
        return Ok(None);
    };
    let value = figure.value.to_f64();
    let mut values: Vec<(f64, Seen, DocumentId, Span)> = Vec::new();
    for row in archive.figures(&key(asked, figure), None)?.iter().filter(|r| !r.standing.superseded) {
        match values.iter_mut().find(|(known, ..)| known.total_cmp(&row.value).is_eq()) {
            Some((_, seen, ..)) => seen.add(row.standing),
            None => {
                let mut seen = Seen::default();
                seen.add(row.standing);
                values.push((row.value, seen, row.standing.document, row.span));
            }
        }
    }
    values.sort_by(|a, b| {
        let rank = |v: &(f64, Seen, DocumentId, Span)| (v.0 != value, std::cmp::Reverse(v.1.copies.len()));
        rank(a).cmp(&rank(b)).then(a.0.total_cmp(&b.0))
    });
    let mut found = Vec::new();
    for (value, seen, latest, span) in values.iter().take(SHOWN) {
        let Some(document) = archive.document(*latest)? else { continue };
        let words = archive.text(*latest)?.map(|text| around(&document, &text, *span)).unwrap_or_default();
        let mut entry = seen.json("text", &words);
        entry["value"] = json!(value);
        entry["path"] = json!(base.shown(&document.path).to_string_lossy());
        entry["item"] = json!(document.item);
        found.push(entry);
    }
    Ok(Some(json!({ "figures": found })))
}

fn quotations(archive: &dyn Archive, base: &Base, shingles: &[u64]) -> anyhow::Result<Value> {
    let mut found = Vec::new();
    for row in archive.quotations(shingles, None)?.into_iter().take(SHOWN) {
        let Some(document) = archive.document(row.standing.document)? else { continue };
        let words = archive.text(row.standing.document)?.map(|text| words(&document, &text, row.span));
        found.push(json!({
            "text": words,
            "speaker": row.speaker,
            "path": base.shown(&document.path).to_string_lossy(),
            "item": document.item,
            "date": document.date.map(|d| d.to_string()),
            "outlet": document.outlet,
            "kind": document.standing.kind.name(),
            "shared": row.shared,
        }));
    }
    Ok(json!({ "quotations": found }))
}

/// The words at `span` of a stored story with the words after them, which say what is counted.
fn around(document: &DocumentRow, text: &str, span: Span) -> String {
    let format = Format::from_name(&document.format).unwrap_or(Format::Plain);
    let draft = Draft::read(Path::new(&document.path), format, Encoding::Utf8, text.into());
    let rest = draft.text.get(span.range().start..).unwrap_or_default();
    let figure = draft.text.get(span.range()).unwrap_or_default();
    let after = rest.get(figure.len()..).unwrap_or_default().split_whitespace().take(4);
    std::iter::once(figure).chain(after).collect::<Vec<_>>().join(" ")
}

/// The words at `span` of a stored story.
fn words(document: &DocumentRow, text: &str, span: Span) -> String {
    let format = Format::from_name(&document.format).unwrap_or(Format::Plain);
    let draft = Draft::read(Path::new(&document.path), format, Encoding::Utf8, text.into());
    draft.text.get(span.range()).unwrap_or_default().to_owned()
}

fn text(answer: &Value) -> String {
    let mut out = String::new();
    let list = |key: &str| answer[key].as_array().cloned().unwrap_or_default();
    let days = |value: &Value| match (value["first"].as_str(), value["last"].as_str()) {
        (Some(first), Some(last)) if first == last => format!(", {first}"),
        (Some(first), Some(last)) => format!(", {first} to {last}"),
        _ => String::new(),
    };
    let count = |value: &Value| stories(value["stories"].as_u64().unwrap_or(0));
    for form in list("forms") {
        out.push_str(&format!("{}: {}{}\n", form["form"].as_str().unwrap_or(""), count(&form), days(&form)));
    }
    for title in list("titles") {
        let status = title["status"].as_str().unwrap_or("");
        let words = title["title"].as_str().unwrap_or("");
        out.push_str(&format!("  {words} ({status}): {}{}\n", count(&title), days(&title)));
    }
    for near in list("near") {
        out.push_str(&format!("near it: {}, {}\n", near["surname"].as_str().unwrap_or(""), count(&near)));
    }
    for figure in list("figures") {
        let part = |key: &str| figure[key].as_str().unwrap_or("").to_owned();
        let item = figure["item"].as_str().map(|i| format!("#{i}")).unwrap_or_default();
        out.push_str(&format!("“{} …”: {}{}\n  {}{item}\n", part("text"), count(&figure), days(&figure), part("path")));
    }
    for quote in list("quotations") {
        let part = |key: &str| quote[key].as_str().unwrap_or("").to_owned();
        let speaker = quote["speaker"].as_str().map(|s| format!(" {s},")).unwrap_or_default();
        let item = quote["item"].as_str().map(|i| format!("#{i}")).unwrap_or_default();
        out.push_str(&format!(
            "“{}”\n  {speaker} {}{item} {} {}\n",
            part("text"),
            part("path"),
            part("date"),
            part("outlet")
        ));
    }
    out
}
