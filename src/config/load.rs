//! From `newslint.toml` to layers, rule sets and mistakes.

use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::layer::{Glob, OptionEntry, Override, PackSource, SeveritySection, Sourced};
use super::reader::{Reader, in_order, meant, plain};
use super::severity::{self, Levels};
use super::{CommandLine, Config, Files, Layer};
use crate::checks;
use crate::diagnostic::Severity;
use crate::rules::ConfigError;

/// The locales that spelling and style know.
const LOCALES: [&str; 9] = ["en-GB", "en-GB-oxendict", "en-US", "en-AU", "en-CA", "en-IE", "en-NZ", "en-ZA", "en-IN"];

const ROOT_KEYS: [&str; 9] =
    ["extends", "locale", "rules", "include", "ignore", "corpus", "severity", "options", "override"];

impl Config {
    /// What is in force without any file.
    pub fn built_in(command_line: CommandLine) -> Config {
        Config::of_layers(Vec::new(), Vec::new(), Vec::new(), command_line, &super::Disk)
    }

    /// Reads `file` and what it extends. What is broken is named in [`Config::errors`]; the rest is in force.
    pub fn load(file: &Path, command_line: CommandLine, files: &dyn Files) -> Config {
        let mut layers = Vec::new();
        let mut errors = Vec::new();
        let mut read = Vec::new();
        let mut next = Some((clean(&std::path::absolute(file).unwrap_or_else(|_| file.to_owned())), None));
        while let Some((path, wanted_by)) = next.take() {
            let text = match files.read(&path) {
                Ok(text) => text,
                Err(error) => {
                    errors.push(unreadable(&path, &error, wanted_by));
                    break;
                }
            };
            read.push(path.clone());
            let (layer, extends, found) = read_layer(&path, &text);
            errors.extend(found);
            layers.push(layer);
            if let Some(extends) = extends {
                let parent = clean(&path.parent().unwrap_or(Path::new("")).join(&extends.value));
                if read.contains(&parent) {
                    errors.push(at(&extends, "`extends` comes back to a file that extends this one", None));
                } else {
                    next = Some((parent, Some(extends)));
                }
            }
        }
        layers.reverse();
        Config::of_layers(layers, errors, read, command_line, files)
    }

    fn of_layers(
        layers: Vec<Layer>,
        mut errors: Vec<ConfigError>,
        mut files: Vec<PathBuf>,
        command_line: CommandLine,
        disk: &dyn Files,
    ) -> Config {
        let rules = Rules::load(&layers, disk, &mut errors, &mut files);
        let config = Config { layers, errors, files, command_line, rules, resolved: Mutex::default() };
        config.with_checked_codes()
    }
}

/// A file that cannot be read is a mistake of the file that names it, or has no place of its own.
fn unreadable(path: &Path, error: &std::io::Error, wanted_by: Option<Sourced<String>>) -> ConfigError {
    let message = format!("Cannot read {}: {}", path.display(), plain_words(error));
    match wanted_by {
        Some(wanted) => at(&wanted, message, None),
        None => ConfigError { file: path.to_owned(), line: 1, column: 1, message, help: None },
    }
}

/// What the system says, without its error number.
pub fn plain_words(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}

pub fn at<T>(place: &Sourced<T>, message: impl Into<String>, help: Option<String>) -> ConfigError {
    ConfigError {
        file: place.origin.file.to_path_buf(),
        line: place.origin.line,
        column: place.origin.column,
        message: message.into(),
        help,
    }
}

/// `path` without `.` and `..`, as far as its own words tell.
pub fn clean(path: &Path) -> PathBuf {
    let mut cleaned = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                cleaned.pop();
            }
            part => cleaned.push(part),
        }
    }
    cleaned
}

/// One file's layer, what it extends, and its mistakes.
fn read_layer(path: &Path, text: &str) -> (Layer, Option<Sourced<String>>, Vec<ConfigError>) {
    let mut layer = Layer::empty(path);
    let mut reader = Reader::new(layer.file.clone(), text);
    let root = reader.parse();
    reader.unknown_keys(&root, "", &ROOT_KEYS);
    let extends = reader.string(&root, "extends");
    layer.locale = locale(&mut reader, &root);
    layer.rules = packs(&mut reader, &root);
    layer.include = globs(&mut reader, &root, "include");
    layer.ignore = globs(&mut reader, &root, "ignore");
    if let Some(corpus) = reader.table(&root, "corpus") {
        reader.unknown_keys(corpus, "`[corpus]`", &["never-key", "facts", "archive", "index"]);
        layer.corpus.never_key = reader.string(corpus, "never-key");
        layer.corpus.facts = reader.strings(corpus, "facts");
        layer.corpus.archive = reader.strings(corpus, "archive");
        layer.corpus.index = reader.string(corpus, "index");
    }
    layer.severity = severities(&mut reader, &root);
    layer.options = options(&mut reader, &root);
    for (start, table) in reader.tables(&root, "override") {
        layer.overrides.push(read_override(&mut reader, start, table));
    }
    reader.errors.sort_by_key(|e| (e.line, e.column));
    (layer, extends, reader.errors)
}

fn read_override(reader: &mut Reader, start: usize, table: &DeTable<'_>) -> Override {
    let known = ["files", "when", "locale", "severity", "options", "rules"];
    reader.unknown_keys(table, "`[[override]]`", &known);
    let mut when = Vec::new();
    if let Some(fields) = reader.table(table, "when") {
        for (key, value) in in_order(fields) {
            match value.get_ref() {
                DeValue::String(text) => when.push((key.get_ref().to_string(), text.to_string())),
                DeValue::Boolean(value) => when.push((key.get_ref().to_string(), value.to_string())),
                DeValue::Integer(number) => when.push((key.get_ref().to_string(), number.as_str().to_owned())),
                _ => {
                    reader.error(value.span().start, "`when` compares a field of the front matter with a string", None)
                }
            }
        }
    }
    let files: Vec<Glob> = globs(reader, table, "files").into_iter().map(|glob| glob.value).collect();
    let empty = files.is_empty() && when.is_empty();
    if empty && !table.iter().any(|(key, _)| matches!(key.get_ref().as_ref(), "files" | "when")) {
        let help = "Add `files = [\"opinion/**\"]` or `when = { section = \"opinion\" }`".to_owned();
        reader.error(start, "An `[[override]]` says for which drafts it is", Some(help));
    }
    Override {
        origin: reader.origin(start),
        files,
        when,
        locale: locale(reader, table),
        severity: severities(reader, table),
        options: options(reader, table),
        rules: packs(reader, table),
    }
}

fn locale(reader: &mut Reader, table: &DeTable<'_>) -> Option<Sourced<String>> {
    let locale = reader.string(table, "locale")?;
    if LOCALES.contains(&locale.value.as_str()) {
        return Some(locale);
    }
    // The country code of the United Kingdom is not the one people expect.
    let written = locale.value.replace("UK", "GB");
    let help = meant(&written, &LOCALES);
    reader.errors.push(at(&locale, format!("Unknown locale `{}`", locale.value), Some(help)));
    None
}

fn packs(reader: &mut Reader, table: &DeTable<'_>) -> Vec<Sourced<PackSource>> {
    let named = reader.strings(table, "rules");
    named
        .into_iter()
        .map(|entry| {
            let is_file = entry.value.contains(['/', '\\', '*']) || entry.value.ends_with(".toml");
            let value = if is_file { PackSource::Files(entry.value) } else { PackSource::Shipped(entry.value) };
            Sourced { value, origin: entry.origin }
        })
        .collect()
}

fn globs(reader: &mut Reader, table: &DeTable<'_>, key: &str) -> Vec<Sourced<Glob>> {
    let mut globs = Vec::new();
    for entry in reader.strings(table, key) {
        match Glob::new(&entry.value) {
            Ok(glob) => globs.push(Sourced { value: glob, origin: entry.origin }),
            Err(error) => reader.errors.push(at(&entry, format!("Broken glob: {}", error.kind()), None)),
        }
    }
    globs
}

fn severities(reader: &mut Reader, table: &DeTable<'_>) -> SeveritySection {
    let mut section = SeveritySection::default();
    let Some(entries) = reader.table(table, "severity") else { return section };
    for (key, value) in in_order(entries) {
        let stage = match key.get_ref().as_ref() {
            "draft" => &mut section.draft,
            "publish" => &mut section.publish,
            code => {
                if let Some(levels) = levels(reader, code, value) {
                    section
                        .always
                        .push(Sourced { value: (code.to_owned(), levels), origin: reader.origin(key.span().start) });
                }
                continue;
            }
        };
        let name = key.get_ref().as_ref();
        let Some(table) = reader.table(entries, name) else { continue };
        for (key, value) in in_order(table) {
            let code = key.get_ref().as_ref();
            if let Some(levels) = levels(reader, code, value) {
                stage.push(Sourced { value: (code.to_owned(), levels), origin: reader.origin(key.span().start) });
            }
        }
    }
    section
}

fn levels(reader: &mut Reader, code: &str, value: &Spanned<DeValue<'_>>) -> Option<Levels> {
    match value.get_ref() {
        DeValue::String(_) => level(reader, value).map(Levels::Plain),
        DeValue::Table(table) => {
            reader.unknown_keys(table, &format!("the severity of `{code}`"), &["sure", "likely"]);
            let sure = super::reader::get(table, "sure").and_then(|v| level(reader, v));
            let likely = super::reader::get(table, "likely").and_then(|v| level(reader, v));
            Some(Levels::Each { sure, likely })
        }
        _ => {
            reader.error(value.span().start, "A severity is one of `error`, `warning`, `info`, `off`", None);
            None
        }
    }
}

fn level(reader: &mut Reader, value: &Spanned<DeValue<'_>>) -> Option<Option<Severity>> {
    let name = value.get_ref().as_str();
    let level = name.and_then(severity::by_name);
    if level.is_none() {
        let written = name.unwrap_or(value.get_ref().type_str());
        let help = meant(written, &severity::NAMES);
        reader.error(value.span().start, format!("Unknown severity `{written}`"), Some(help));
    }
    level
}

/// Every key of every `[options."code"]` whose code and key exist and whose value the check takes.
fn options(reader: &mut Reader, table: &DeTable<'_>) -> Vec<Sourced<OptionEntry>> {
    let mut entries = Vec::new();
    let Some(codes) = reader.table(table, "options") else { return entries };
    for (code_key, _) in in_order(codes) {
        let code = code_key.get_ref().as_ref();
        let Some(check) = checks::by_code(code) else {
            let help = meant_code(code, &checks::all().map(|c| c.code).collect::<Vec<_>>());
            reader.error(code_key.span().start, format!("No built-in check is called `{code}`"), Some(help));
            continue;
        };
        let Some(table) = reader.table(codes, code) else { continue };
        let defaults = &check.page().options;
        for (key, value) in in_order(table) {
            let name = key.get_ref().as_ref();
            if !defaults.contains_key(name) {
                let help = match defaults.is_empty() {
                    true => format!("`{code}` has no options"),
                    false => meant(name, &defaults.keys().map(String::as_str).collect::<Vec<_>>()),
                };
                reader.error(key.span().start, format!("Unknown option `{name}` of `{code}`"), Some(help));
                continue;
            }
            let start = value.span().start;
            let Some(value) = plain(value.get_ref()) else {
                reader.error(start, format!("The number of `{name}` is out of range"), None);
                continue;
            };
            let mut table = defaults.clone();
            table.insert(name.to_owned(), value.clone());
            if let Err(error) = (check.options)(table) {
                let why = error.message().lines().next().unwrap_or_default().to_owned();
                reader.error(start, format!("`{name}` of `{code}`: {why}"), None);
                continue;
            }
            let value = OptionEntry { code: code.to_owned(), key: name.to_owned(), value };
            entries.push(Sourced { value, origin: reader.origin(key.span().start) });
        }
    }
    entries
}

/// What a mistaken code was meant to be.
pub fn meant_code(written: &str, known: &[&str]) -> String {
    match crate::rules::did_you_mean(written, known.iter().copied()) {
        Some(code) => format!("Did you mean `{code}`?"),
        None => "`newslint explain` lists every code".to_owned(),
    }
}

/// The rule sets that the layers name.
#[derive(Default)]
pub struct Rules {
    all: Arc<crate::rules::RuleSet>,
}

impl Rules {
    fn load(layers: &[Layer], _disk: &dyn Files, errors: &mut Vec<ConfigError>, _files: &mut [PathBuf]) -> Rules {
        for entry in layers.iter().flat_map(|l| &l.rules) {
            if let PackSource::Shipped(name) = &entry.value {
                errors.push(at(entry, format!("No rule pack is called `{name}`"), None));
            }
        }
        Rules::default()
    }

    pub fn for_overrides(&self, _key: &super::resolve::Key) -> Arc<crate::rules::RuleSet> {
        self.all.clone()
    }

    pub fn codes(&self) -> impl Iterator<Item = (&Arc<str>, checks::Severities)> {
        [].into_iter()
    }

    pub fn is_broken(&self, _pack: &str) -> bool {
        false
    }
}
