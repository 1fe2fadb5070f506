//! Facts files in CSV: a header row with the keys of the TOML, and a row for each entry.
//!
//! Cells are parted by commas, or by the semicolons or tabs that spreadsheets write in some countries: the header row shows which. Which
//! table the rows belong to is said by a column `table`, by the file's name (`people.csv`, `places-2026.csv`), or by the keys. A cell
//! with semicolons is a list. A person's row may have the keys of one tenure (`title`, `short`, `from`, `to`); rows with the same
//! name add their tenures to the first.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use csv::{ReaderBuilder, StringRecord};
use toml::Spanned;
use toml::de::{DeArray, DeString, DeTable, DeValue};

use super::read::TABLES;
use crate::strict_toml::TomlFile;

/// Keys whose cells are lists.
const LISTS: [&str; 5] = ["variants", "wrong", "short", "match", "files"];
/// Keys whose cells are dates.
const DATES: [&str; 7] = ["born", "from", "to", "date", "as-of", "reviewed", "until"];
/// Keys of a person's tenure.
const TENURE: [&str; 4] = ["title", "short", "from", "to"];

type Value<'t> = Spanned<DeValue<'t>>;

/// The document that the same entries in TOML would give, with the places of the CSV file.
pub fn document<'t>(file: &TomlFile<'t>, path: &Path) -> DeTable<'t> {
    let text = file.places().text();
    let delimiter = delimiter(text);
    let mut reader =
        ReaderBuilder::new().flexible(true).has_headers(false).delimiter(delimiter).from_reader(text.as_bytes());
    let mut header: Option<Vec<(String, Range<usize>)>> = None;
    let mut tables: Vec<(&'static str, Vec<Value<'t>>)> = TABLES.iter().map(|t| (*t, Vec::new())).collect();
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let at = error.position().map_or(0, |p| p.byte() as usize);
                file.error(at..at, format!("this is not CSV: {error}"));
                break;
            }
        }
        let start = record.position().map_or(0, |p| p.byte() as usize);
        let end = (reader.position().byte() as usize).min(text.len());
        let (cells, open) = cells(text, start..end, delimiter);
        if let Some(open) = open {
            file.error_with_help(open, "a quotation mark that nothing closes", "close it at the end of the cell");
            break;
        }
        let Some(keys) = &header else {
            let key = |key: &str| key.trim().to_lowercase().replace([' ', '_'], "-");
            header = Some(record.iter().map(key).zip(cells).collect());
            continue;
        };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if record.len() > keys.len() {
            let extra = cells.get(keys.len()).cloned().unwrap_or(start..end);
            let help = "put a cell with a comma in quotation marks";
            file.error_with_help(extra, format!("{} cells under {} keys", record.len(), keys.len()), help);
        }
        let mut row: Vec<Cell<'_>> = keys
            .iter()
            .zip(&record)
            .zip(&cells)
            .map(|(((key, key_span), cell), span)| Cell {
                key,
                key_span: key_span.clone(),
                text: cell.trim(),
                span: span.clone(),
            })
            .filter(|cell| !cell.text.is_empty())
            .collect();
        let Some(table) = table_of(file, path, keys, &mut row) else { continue };
        row.retain(|cell| cell.is_date(file));
        let entry = entry(table, &row);
        let entries = &mut tables.iter_mut().find(|(t, _)| *t == table).expect("every table has its list").1;
        match entries.iter_mut().find(|e| table == "person" && is_same_name(e.get_ref(), &entry)) {
            Some(first) => add_tenures(first.get_mut(), entry),
            None => entries.push(Spanned::new(start..end.max(start), DeValue::Table(entry))),
        }
    }
    let mut document = DeTable::new();
    for (table, entries) in tables.into_iter().filter(|(_, e)| !e.is_empty()) {
        let mut array = DeArray::default();
        let span = entries[0].span();
        entries.into_iter().for_each(|entry| array.push(entry));
        document.insert(Spanned::new(span.clone(), Cow::Borrowed(table)), Spanned::new(span, DeValue::Array(array)));
    }
    document
}

/// A cell that holds something, under its key.
struct Cell<'a> {
    key: &'a str,
    key_span: Range<usize>,
    text: &'a str,
    span: Range<usize>,
}

impl Cell<'_> {
    /// Reports a cell that should be a date and is none.
    fn is_date(&self, file: &TomlFile<'_>) -> bool {
        let wrong = DATES.contains(&self.key) && self.text.parse::<toml::value::Datetime>().is_err();
        if wrong {
            let message = format!("“{}” is no date that can be read", self.text);
            file.error_with_help(self.span.clone(), message, "write year, month and day: 2026-01-31");
        }
        !wrong
    }
}

/// What parts the cells: the comma, unless the header row has more semicolons or tabs.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |byte: u8| header.bytes().filter(|b| *b == byte).count();
    let others = [b';', b'\t'].into_iter().max_by_key(|b| count(*b)).unwrap_or(b',');
    if count(others) > count(b',') { others } else { b',' }
}

/// Where each cell of the row at `row` stands, without its quotation marks; and the quotation mark that nothing closes.
fn cells(text: &str, row: Range<usize>, delimiter: u8) -> (Vec<Range<usize>>, Option<Range<usize>>) {
    let line = text[row.clone()].trim_end_matches(['\n', '\r']);
    // The reader's position of a record may be before the line ends that separate it from the one before.
    let skipped = line.len() - line.trim_start_matches(['\n', '\r']).len();
    let (mut cells, mut start, mut quoted, mut opened) = (Vec::new(), skipped, false, skipped);
    let bytes = line.as_bytes();
    for at in skipped..=bytes.len() {
        match bytes.get(at) {
            // Within a cell that does not begin with one, a quotation mark is a letter like others.
            Some(b'"') if quoted || at == start => (quoted, opened) = (!quoted, at),
            Some(byte) if *byte == delimiter && !quoted => {}
            None => {}
            _ => continue,
        }
        if bytes.get(at) == Some(&b'"') {
            continue;
        }
        let cell = &line[start..at];
        let inner = cell.trim().trim_matches('"');
        let lead = cell.find(inner).unwrap_or(0);
        cells.push(row.start + start + lead..row.start + start + lead + inner.len());
        start = at + 1;
    }
    let open = row.start + opened;
    (cells, quoted.then_some(open..open + 1))
}

/// Which table a row belongs to; takes the cell that says so out of the row.
fn table_of(
    file: &TomlFile<'_>,
    path: &Path,
    keys: &[(String, Range<usize>)],
    row: &mut Vec<Cell<'_>>,
) -> Option<&'static str> {
    if let Some(at) = row.iter().position(|cell| cell.key == "table") {
        let Cell { text: name, span, .. } = row.remove(at);
        let found = named_table(name);
        if found.is_none() {
            file.error_with_help(span, format!("“{name}” is no table"), format!("one of {}", TABLES.join(", ")));
        }
        return found;
    }
    let stem = path.file_stem().map(|s| s.to_string_lossy().to_lowercase()).unwrap_or_default();
    let by_name = stem.split(|c: char| !c.is_alphabetic()).find_map(named_table);
    let has = |key: &str| keys.iter().any(|(k, _)| k == key);
    let by_keys = if has("titles") || has("title") || has("born") || has("pronouns") || has("describe") {
        Some("person")
    } else if has("value") {
        Some("figure")
    } else if has("text") {
        Some("quote")
    } else if has("form") {
        Some("pin")
    } else if has("hash") {
        Some("never")
    } else if has("what") {
        Some("event")
    } else {
        None
    };
    let found = by_name.or(by_keys);
    if found.is_none() && file.error_count() == 0 {
        let help = "add a column “table”, or name the file people.csv, places.csv or the like";
        file.error_with_help(0..0, "what these rows list cannot be told", help);
    }
    found
}

fn named_table(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let singular = match name.as_str() {
        "people" => "person",
        "organisation" | "organisations" => "organization",
        other => other.strip_suffix('s').unwrap_or(other),
    };
    TABLES.into_iter().find(|t| *t == singular)
}

fn entry<'t>(table: &str, row: &[Cell<'_>]) -> DeTable<'t> {
    let mut entry = DeTable::new();
    let mut tenure = DeTable::new();
    let mut tenure_span: Option<Range<usize>> = None;
    for Cell { key, key_span, text, span } in row {
        let into_tenure = table == "person" && TENURE.contains(key);
        let value = Spanned::new(span.clone(), value(key, text, span));
        let key: Spanned<DeString<'t>> = Spanned::new(key_span.clone(), Cow::Owned((*key).to_owned()));
        if into_tenure {
            let all = tenure_span.get_or_insert(span.clone());
            all.end = all.end.max(span.end);
            tenure.insert(key, value);
        } else {
            entry.insert(key, value);
        }
    }
    if let Some(span) = tenure_span {
        let mut tenures = DeArray::default();
        tenures.push(Spanned::new(span.clone(), DeValue::Table(tenure)));
        entry.insert(Spanned::new(span.clone(), "titles".into()), Spanned::new(span, DeValue::Array(tenures)));
    }
    entry
}

fn value<'t>(key: &str, cell: &str, span: &Range<usize>) -> DeValue<'t> {
    if LISTS.contains(&key) {
        let mut list = DeArray::default();
        let mut at = 0;
        for item in cell.split(';') {
            let start = span.start + at + (item.len() - item.trim_start().len());
            at += item.len() + 1;
            let text = item.trim();
            if !text.is_empty() {
                let place = start..start + text.len();
                list.push(Spanned::new(place, DeValue::String(Cow::Owned(text.to_owned()))));
            }
        }
        return DeValue::Array(list);
    }
    if DATES.contains(&key)
        && let Ok(date) = cell.parse::<toml::value::Datetime>()
    {
        return DeValue::Datetime(date);
    }
    DeValue::String(Cow::Owned(cell.to_owned()))
}

fn is_same_name(entry: &DeValue<'_>, other: &DeTable<'_>) -> bool {
    let name = |table: &DeTable<'_>| table.get("name").and_then(|v| v.get_ref().as_str().map(str::to_owned));
    let only_tenures = other.keys().all(|k| matches!(k.get_ref().as_ref(), "name" | "titles"));
    only_tenures && entry.as_table().and_then(name).is_some_and(|n| Some(n) == name(other))
}

fn add_tenures<'t>(first: &mut DeValue<'t>, mut other: DeTable<'t>) {
    let DeValue::Table(first) = first else { return };
    let Some(more) = other.remove("titles") else { return };
    match first.get_mut("titles").map(Spanned::get_mut) {
        Some(DeValue::Array(list)) => {
            if let DeValue::Array(more) = more.into_inner() {
                more.into_iter().for_each(|tenure| list.push(tenure));
            }
        }
        _ => {
            first.insert(Spanned::new(more.span(), "titles".into()), more);
        }
    }
}
