//! Reading TOML with the place of every mistake: a wrong value is named and left out, the rest is read.

use std::path::Path;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::layer::{Origin, Sourced};
use crate::rules::{ConfigError, did_you_mean};
use crate::text::line_index::LineIndex;

/// Turns byte ranges of one TOML file into places, and collects its mistakes.
pub struct Reader<'t> {
    file: Arc<Path>,
    text: &'t str,
    lines: LineIndex,
    pub errors: Vec<ConfigError>,
}

impl<'t> Reader<'t> {
    pub fn new(file: Arc<Path>, text: &'t str) -> Reader<'t> {
        Reader { file, text, lines: LineIndex::new(text), errors: Vec::new() }
    }

    /// The root table: what could be parsed. Every syntax error is named.
    pub fn parse(&mut self) -> DeTable<'t> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            // The library's message may go on over several lines; the first says what is wrong.
            let message = error.message().lines().next().unwrap_or("this is no TOML").to_owned();
            self.error(at, message, None);
        }
        table.into_inner()
    }

    pub fn origin(&self, at: usize) -> Origin {
        // A span may end at the end of the text, never beyond it.
        let place = self.lines.place(self.text, at.min(self.text.len()) as u32);
        Origin { file: self.file.clone(), line: place.line, column: place.column }
    }

    pub fn error(&mut self, at: usize, message: impl Into<String>, help: Option<String>) {
        let origin = self.origin(at);
        self.errors.push(ConfigError {
            file: self.file.to_path_buf(),
            line: origin.line,
            column: origin.column,
            message: message.into(),
            help,
        });
    }

    /// Names every key of `table` that is not one of `known`.
    pub fn unknown_keys(&mut self, table: &DeTable<'_>, place: &str, known: &[&str]) {
        for (key, _) in table {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let inside = if place.is_empty() { String::new() } else { format!(" in {place}") };
                let help = meant(name, known);
                self.error(key.span().start, format!("Unknown key `{name}`{inside}"), Some(help));
            }
        }
    }

    fn wrong_type(&mut self, value: &Spanned<DeValue<'_>>, key: &str, wanted: &str) {
        let got = value.get_ref().type_str();
        self.error(value.span().start, format!("`{key}` takes {wanted}, not {}", with_article(got)), None);
    }

    pub fn string(&mut self, table: &DeTable<'_>, key: &str) -> Option<Sourced<String>> {
        let value = get(table, key)?;
        match value.get_ref().as_str() {
            Some(text) => Some(self.sourced(value, text.to_owned())),
            None => {
                self.wrong_type(value, key, "a string");
                None
            }
        }
    }

    /// A list of strings; a single string is a list of one.
    pub fn strings(&mut self, table: &DeTable<'_>, key: &str) -> Vec<Sourced<String>> {
        let Some(value) = get(table, key) else { return Vec::new() };
        match value.get_ref() {
            DeValue::String(text) => vec![self.sourced(value, text.clone().into_owned())],
            DeValue::Array(items) => {
                let mut strings = Vec::new();
                for item in items.iter() {
                    match item.get_ref().as_str() {
                        Some(text) => strings.push(self.sourced(item, text.to_owned())),
                        None => self.wrong_type(item, key, "strings"),
                    }
                }
                strings
            }
            _ => {
                self.wrong_type(value, key, "a list of strings");
                Vec::new()
            }
        }
    }

    /// A table of tables, `[key]`.
    pub fn table<'a, 'i>(&mut self, table: &'a DeTable<'i>, key: &str) -> Option<&'a DeTable<'i>> {
        let value = get(table, key)?;
        let found = value.get_ref().as_table();
        if found.is_none() {
            self.wrong_type(value, key, "a table");
        }
        found
    }

    /// A list of tables, `[[key]]`, each with where it starts.
    pub fn tables<'a, 'i>(&mut self, table: &'a DeTable<'i>, key: &str) -> Vec<(usize, &'a DeTable<'i>)> {
        let Some(value) = get(table, key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(value, key, &format!("`[[{key}]]` tables"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            match item.get_ref().as_table() {
                Some(table) => tables.push((item.span().start, table)),
                None => self.wrong_type(item, key, "tables"),
            }
        }
        tables
    }

    pub fn sourced<T>(&self, at: &Spanned<DeValue<'_>>, value: T) -> Sourced<T> {
        Sourced { value, origin: self.origin(at.span().start) }
    }
}

pub fn get<'a, 'i>(table: &'a DeTable<'i>, key: &str) -> Option<&'a Spanned<DeValue<'i>>> {
    table.iter().find(|(k, _)| k.get_ref() == key).map(|(_, value)| value)
}

/// The entries of a table in the order in which they were written.
pub fn in_order<'a, 'i>(
    table: &'a DeTable<'i>,
) -> Vec<(&'a Spanned<std::borrow::Cow<'i, str>>, &'a Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// What a mistaken name was meant to be, or all it can be.
pub fn meant(written: &str, known: &[&str]) -> String {
    match did_you_mean(written, known.iter().copied()) {
        Some(name) => format!("Did you mean `{name}`?"),
        None => {
            let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            format!("Known: {}", names.join(", "))
        }
    }
}

fn with_article(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {kind}")
}

/// A value of the parsed file as the plain TOML value that checks' options are parsed from.
pub fn plain(value: &DeValue<'_>) -> Option<toml::Value> {
    Some(match value {
        DeValue::String(text) => toml::Value::String(text.clone().into_owned()),
        DeValue::Integer(number) => toml::Value::Integer(i64::from_str_radix(number.as_str(), number.radix()).ok()?),
        DeValue::Float(number) => toml::Value::Float(number.as_str().parse().ok()?),
        DeValue::Boolean(value) => toml::Value::Boolean(*value),
        DeValue::Datetime(value) => toml::Value::Datetime(*value),
        DeValue::Array(items) => {
            toml::Value::Array(items.iter().map(|item| plain(item.get_ref())).collect::<Option<_>>()?)
        }
        DeValue::Table(table) => toml::Value::Table(
            table
                .iter()
                .map(|(key, value)| Some((key.get_ref().clone().into_owned(), plain(value.get_ref())?)))
                .collect::<Option<_>>()?,
        ),
    })
}
