//! Reading the TOML that people keep for newslint: every mistake in one pass, each at its place, and the good parts kept.
//!
//! A reader asks a [`Keys`] for the keys it knows; what nobody asked for is reported as unknown when the `Keys` is finished.

use std::cell::RefCell;
use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::config_error::{ConfigError, ErrorPlaces, did_you_mean};

/// One TOML file while it is read.
pub struct TomlFile<'t> {
    places: ErrorPlaces<'t>,
    errors: RefCell<Vec<ConfigError>>,
}

impl<'t> TomlFile<'t> {
    pub fn new(name: &str, text: &'t str) -> TomlFile<'t> {
        TomlFile { places: ErrorPlaces::new(name, text), errors: RefCell::default() }
    }

    /// Parses the file; what is not TOML is reported and the rest is kept.
    pub fn parse(&self) -> DeTable<'t> {
        let (table, errors) = DeTable::parse_recoverable(self.places.text());
        for error in errors {
            let range = error.span().unwrap_or(0..0);
            self.error(range, format!("this is not TOML: {}", error.message()));
        }
        table.into_inner()
    }

    pub fn places(&self) -> &ErrorPlaces<'t> {
        &self.places
    }

    pub fn error(&self, range: Range<usize>, message: impl Into<String>) {
        self.errors.borrow_mut().push(self.places.error(range, message, None));
    }

    pub fn error_with_help(&self, range: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.errors.borrow_mut().push(self.places.error(range, message, Some(help.into())));
    }

    pub fn push(&self, error: ConfigError) {
        self.errors.borrow_mut().push(error);
    }

    /// How many mistakes were reported so far.
    pub fn error_count(&self) -> usize {
        self.errors.borrow().len()
    }

    /// The mistakes, in file order.
    pub fn into_errors(self) -> Vec<ConfigError> {
        let mut errors = self.errors.into_inner();
        errors.sort();
        errors.dedup();
        errors
    }

    /// The keys of `table`, which lies at `span`.
    pub fn keys<'a>(&'a self, table: &'a DeTable<'t>, span: Range<usize>) -> Keys<'a, 't> {
        Keys { file: self, table, span, known: Vec::new() }
    }

    fn wrong_type(&self, value: &Spanned<DeValue<'_>>, key: &str, meant: &str) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(at) if at.time.is_some() => "a time",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.error(value.span(), format!("“{key}” holds {found}, {meant} was meant"));
    }

    /// `value` as a string.
    pub fn as_string<'a>(&self, value: &'a Spanned<DeValue<'t>>, key: &str) -> Option<&'a str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(value, key, "a string in quotation marks");
        }
        text
    }

    /// `value` as a list of strings; a single string is a list of one.
    pub fn as_strings<'a>(&self, value: &'a Spanned<DeValue<'t>>, key: &str) -> Vec<Spanned<&'a str>> {
        match value.get_ref() {
            DeValue::String(text) => vec![Spanned::new(value.span(), text.as_ref())],
            DeValue::Array(items) => items
                .iter()
                .filter_map(|item| self.as_string(item, key).map(|text| Spanned::new(item.span(), text)))
                .collect(),
            _ => {
                self.wrong_type(value, key, "a list of strings");
                Vec::new()
            }
        }
    }
}

/// The keys of one table.
pub struct Keys<'a, 't> {
    file: &'a TomlFile<'t>,
    table: &'a DeTable<'t>,
    span: Range<usize>,
    known: Vec<&'static str>,
}

impl<'a, 't> Keys<'a, 't> {
    pub fn file(&self) -> &'a TomlFile<'t> {
        self.file
    }

    /// Where the table is.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Whether any of the keys asked for so far, or this one, is there.
    pub fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    fn find(&self, key: &str) -> Option<(&'a Spanned<toml::de::DeString<'t>>, &'a Spanned<DeValue<'t>>)> {
        self.table.get_key_value(key).or_else(|| self.table.get_key_value(british(key)?.as_str()))
    }

    /// The value of `key`, in its American or British spelling.
    pub fn value(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'t>>> {
        self.known.push(key);
        self.find(key).map(|(_, value)| value)
    }

    /// Where `key` itself stands.
    pub fn key_span(&self, key: &str) -> Option<Range<usize>> {
        self.find(key).map(|(key, _)| key.span())
    }

    /// Reports `key` as missing.
    pub fn missing(&self, key: &str, help: &str) {
        let line_end = self.file.places.text().get(self.span.clone()).and_then(|t| t.find('\n')).unwrap_or(usize::MAX);
        let span = self.span.start..self.span.end.min(self.span.start.saturating_add(line_end));
        self.file.error_with_help(span, format!("“{key}” is missing here"), help);
    }

    pub fn string(&mut self, key: &'static str) -> Option<Spanned<&'a str>> {
        let value = self.value(key)?;
        self.file.as_string(value, key).map(|text| Spanned::new(value.span(), text))
    }

    /// A list of strings; a single string is a list of one. Empty if the key is not there.
    pub fn strings(&mut self, key: &'static str) -> Vec<Spanned<&'a str>> {
        self.value(key).map(|value| self.file.as_strings(value, key)).unwrap_or_default()
    }

    pub fn bool(&mut self, key: &'static str) -> Option<bool> {
        let value = self.value(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.file.wrong_type(value, key, "true or false");
        }
        flag
    }

    pub fn integer(&mut self, key: &'static str) -> Option<Spanned<i64>> {
        let value = self.value(key)?;
        let number = value.get_ref().as_integer().and_then(|i| {
            let digits = i.as_str().replace('_', "");
            i64::from_str_radix(&digits, i.radix()).ok()
        });
        if number.is_none() {
            self.file.wrong_type(value, key, "a whole number");
        }
        number.map(|n| Spanned::new(value.span(), n))
    }

    /// A date without a time.
    pub fn date(&mut self, key: &'static str) -> Option<Spanned<Date>> {
        let value = self.value(key)?;
        let date = match value.get_ref() {
            DeValue::Datetime(datetime) if datetime.time.is_none() => datetime.date,
            _ => None,
        };
        let date = date.and_then(|d| Date::new(d.year as i16, d.month as i8, d.day as i8).ok());
        if date.is_none() {
            // A day that no month has was reported as it was parsed.
            let reported =
                matches!(value.get_ref(), DeValue::Datetime(at) if at.time.is_none() && self.file.error_count() > 0);
            if reported {
                return None;
            }
            self.file.wrong_type(value, key, "a date without quotation marks, such as 2026-01-31,");
        }
        date.map(|d| Spanned::new(value.span(), d))
    }

    pub fn table(&mut self, key: &'static str) -> Option<Spanned<&'a DeTable<'t>>> {
        let value = self.value(key)?;
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.file.wrong_type(value, key, "a table");
        }
        table.map(|t| Spanned::new(value.span(), t))
    }

    pub fn array(&mut self, key: &'static str) -> Option<&'a [Spanned<DeValue<'t>>]> {
        let value = self.value(key)?;
        let array = value.get_ref().as_array();
        if array.is_none() {
            self.file.wrong_type(value, key, "a list");
        }
        array.map(|a| &a[..])
    }

    /// The tables of `[[key]]` or of a list of inline tables.
    pub fn tables(&mut self, key: &'static str) -> Vec<Spanned<&'a DeTable<'t>>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.file.wrong_type(value, key, &format!("a list of tables, each under [[{key}]],"));
            return Vec::new();
        };
        let tables = items.iter().filter_map(|item| {
            let table = item.get_ref().as_table();
            if table.is_none() {
                self.file.wrong_type(item, key, "a table");
            }
            table.map(|t| Spanned::new(item.span(), t))
        });
        tables.collect()
    }

    /// Every key with its value, in file order, for tables whose keys are free.
    pub fn entries(mut self) -> Vec<(Spanned<&'a str>, &'a Spanned<DeValue<'t>>)> {
        self.known.clear();
        let mut entries: Vec<_> =
            self.table.iter().map(|(k, v)| (Spanned::new(k.span(), k.get_ref().as_ref()), v)).collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        entries
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(self) {
        self.finish_with(|_| None);
    }

    /// Reports the keys that nobody asked for; `help` may know better than a guess what was meant by one.
    pub fn finish_with(self, help: impl Fn(&str) -> Option<String>) {
        for (key, _) in self.table.iter() {
            let name = key.get_ref().as_ref();
            let known = self.known.iter().any(|k| *k == name || british(k).is_some_and(|b| b == name));
            if known {
                continue;
            }
            let help = help(name).unwrap_or_else(|| match did_you_mean(name, self.known.iter().copied()) {
                Some(meant) => format!("did you mean “{meant}”?"),
                None => format!("the keys here are {}", self.known.join(", ")),
            });
            self.file.error_with_help(key.span(), format!("unknown key “{name}”"), help);
        }
    }
}

/// The British spelling of a key, where there is one.
fn british(key: &str) -> Option<String> {
    let mut spelled = key.replace("ization", "isation").replace("color", "colour").replace("favor", "favour");
    if let Some(stem) = spelled.strip_suffix("ize").filter(|s| !s.ends_with('s')) {
        spelled = format!("{stem}ise");
    }
    (spelled != key).then_some(spelled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(text: &str, read: impl Fn(&mut Keys<'_, '_>)) -> Vec<String> {
        let file = TomlFile::new("f.toml", text);
        let table = file.parse();
        let mut keys = file.keys(&table, 0..text.len());
        read(&mut keys);
        keys.finish();
        file.into_errors().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_mistake_at_its_place() {
        let text = "words = 3\nwrods = [\"a\"]\nsince = \"2019\"\n";
        let found = errors(text, |keys| {
            assert_eq!(keys.strings("words").len(), 0);
            assert!(keys.date("since").is_none());
        });
        assert_eq!(
            found,
            [
                "f.toml:1:9: “words” holds a whole number, a list of strings was meant",
                "f.toml:2:1: unknown key “wrods”; did you mean “words”?",
                "f.toml:3:9: “since” holds a string, a date without quotation marks, such as 2026-01-31, was meant",
            ]
        );
    }

    #[test]
    fn what_is_good_is_kept_beside_what_is_no_toml() {
        let file = TomlFile::new("f.toml", "a = \nb = \"kept\"\n");
        let table = file.parse();
        assert_eq!(file.keys(&table, 0..0).string("b").map(|b| b.into_inner()), Some("kept"));
        let errors = file.into_errors();
        assert_eq!((errors.len(), errors[0].line), (1, 1));
    }

    #[test]
    fn british_spellings_are_read() {
        let found = errors("[[organisation]]\n[colour]\n", |keys| {
            assert_eq!(keys.tables("organization").len(), 1);
            assert!(keys.table("color").is_some());
        });
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(british("size"), None);
    }
}
