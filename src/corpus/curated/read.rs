//! From files to [`Facts`].

use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::DeTable;

use super::{Facts, NameIndex, csv, entry};
use crate::config_error::{ConfigError, did_you_mean};
use crate::strict_toml::TomlFile;
use crate::text::decode::decode;

/// The tables of a facts file.
pub(super) const TABLES: [&str; 8] = ["person", "organization", "place", "figure", "quote", "event", "pin", "never"];

/// Reads facts files from disk, in the order given. What is broken is named and the rest is kept.
pub fn load(paths: &[PathBuf]) -> (Facts, Vec<ConfigError>) {
    let mut texts = Vec::new();
    let mut errors = Vec::new();
    for path in paths {
        let read = std::fs::read(path).map_err(|e| e.to_string());
        match read.and_then(|bytes| decode(bytes).map_err(|e| e.to_string())) {
            Ok((text, _)) => texts.push((path.clone(), text)),
            Err(reason) => errors.push(TomlFile::new(&shown(path), "").places().error(0..0, reason, None)),
        }
    }
    let (facts, found) = read(texts.iter().map(|(path, text)| (path.as_path(), text.as_str())));
    errors.extend(found);
    (facts, errors)
}

/// Reads the texts of facts files, each with its path: CSV by its name, anything else as TOML.
pub fn read<'t>(files: impl IntoIterator<Item = (&'t Path, &'t str)>) -> (Facts, Vec<ConfigError>) {
    let mut facts = Facts::default();
    let mut errors = Vec::new();
    for (path, text) in files {
        let file = TomlFile::new(&shown(path), text.strip_prefix('\u{feff}').unwrap_or(text));
        let is_csv = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv"));
        let document = if is_csv { csv::document(&file, path) } else { file.parse() };
        read_document(&file, path, &document, &mut facts);
        errors.extend(file.into_errors());
    }
    facts.names = NameIndex::build(&facts);
    facts.quotes.iter().for_each(|quote| facts.passages.add(&quote.words));
    (facts, errors)
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn read_document(file: &TomlFile<'_>, path: &Path, document: &DeTable<'_>, facts: &mut Facts) {
    report_unknown_tables(file, document);
    let path = path.into();
    let mut reader = entry::Reader { file, path: &path, facts };
    let mut keys = file.keys(document, 0..file.places().text().len());
    let mut entries: Vec<(Spanned<&DeTable<'_>>, &str)> = Vec::new();
    for table in TABLES {
        if keys.value(table).is_some_and(|v| v.get_ref().is_table()) {
            let span = keys.key_span(table).unwrap_or_default();
            file.error_with_help(
                span,
                format!("[{table}] is a single table"),
                format!("write [[{table}]] for each entry"),
            );
            continue;
        }
        entries.extend(keys.tables(table).into_iter().map(|t| (t, table)));
    }
    entries.sort_by_key(|(entry, _)| entry.span().start);
    for (entry, table) in entries {
        reader.read(table, entry);
    }
}

fn report_unknown_tables(file: &TomlFile<'_>, document: &DeTable<'_>) {
    for (key, _) in document.iter() {
        let name = key.get_ref().as_ref();
        if TABLES.contains(&name) || name == "organisation" {
            continue;
        }
        let meant = match name.to_lowercase().as_str() {
            "people" | "persons" => Some("person"),
            "orgs" | "org" | "organisations" | "organizations" => Some("organization"),
            _ => did_you_mean(name, TABLES),
        };
        let help = match meant {
            Some(table) => format!("did you mean [[{table}]]?"),
            None => format!("the tables here are {}", TABLES.join(", ")),
        };
        file.error_with_help(key.span(), format!("[[{name}]] is no table of a facts file"), help);
    }
}
