//! From `newslint.toml` to layers, rule sets and mistakes.

use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::layer::{Glob, OptionEntry, Origin, Override, PackSource, SeveritySection, Sourced};
use super::packs::Packs;
use super::severity::{self, Levels};
use super::{CommandLine, Config, Files, Layer, option_error};
use crate::checks;
use crate::config_error::{ConfigError, did_you_mean};
use crate::diagnostic::Severity;
use crate::rules::LOCALES;
use crate::strict_toml::{Keys, TomlFile};
use crate::text::Span;

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
        let mut next = Some((super::absolute(file), None));
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
                    errors.push(extends.origin.error("extends comes back to a file that extends this one", None));
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
        let packs = Packs::load(&layers, disk, &mut errors, &mut files);
        let config = Config { layers, errors, files, command_line, packs, resolved: Mutex::default() };
        config.with_checked_codes()
    }
}

/// A file that cannot be read is a mistake of the file that names it, or has no place of its own.
fn unreadable(path: &Path, error: &std::io::Error, wanted_by: Option<Sourced<String>>) -> ConfigError {
    let message = format!("cannot read {}: {}", shown(path), plain_words(error));
    match wanted_by {
        Some(wanted) => wanted.origin.error(message, None),
        None => {
            let file = shown(path).into();
            ConfigError { file, line: 1, column: 1, span: Span::default(), message, help: None }
        }
    }
}

/// What the system says, without its error number.
pub fn plain_words(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}

/// A path as people write it, `/` between its parts.
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// `path` without `.` and `..`, as far as its own words tell.
pub fn clean(path: &Path) -> PathBuf {
    // Nearly every path is clean already, and thousands are asked for in a folder.
    let bytes = path.as_os_str().as_encoded_bytes();
    let is_end = |b: &u8| matches!(b, b'/' | b'\\');
    if path.is_absolute()
        && !bytes.windows(2).any(|w| is_end(&w[0]) && (is_end(&w[1]) || w[1] == b'.'))
        && !bytes.last().is_some_and(is_end)
    {
        return path.to_owned();
    }
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
    let file = TomlFile::new(&shown(path), text);
    let root = file.parse();
    let reader = Reader { file: &file, path: layer.file.clone() };
    let mut keys = file.keys(&root, 0..text.len());
    let extends = keys.string("extends").map(|s| reader.sourced(s));
    layer.locale = reader.locale(&mut keys);
    layer.rules = reader.packs(&mut keys);
    layer.include = reader.globs(&mut keys, "include");
    layer.ignore = reader.globs(&mut keys, "ignore");
    if let Some(table) = keys.table("corpus") {
        let mut corpus = file.keys(table.get_ref(), table.span());
        layer.corpus.never_key = corpus.string("never-key").map(|s| reader.sourced(s));
        layer.corpus.facts = reader.strings(&mut corpus, "facts");
        layer.corpus.archive = reader.strings(&mut corpus, "archive");
        layer.corpus.index = corpus.string("index").map(|s| reader.sourced(s));
        corpus.finish();
    }
    layer.severity = reader.severities(&mut keys);
    layer.options = reader.options(&mut keys);
    for table in keys.tables("override") {
        layer.overrides.push(reader.read_override(file.keys(table.get_ref(), table.span())));
    }
    keys.finish();
    (layer, extends, file.into_errors())
}

/// Reads the parts of one `newslint.toml`.
struct Reader<'a, 't> {
    file: &'a TomlFile<'t>,
    path: Arc<Path>,
}

impl<'a, 't> Reader<'a, 't> {
    fn origin(&self, at: std::ops::Range<usize>) -> Origin {
        let place = self.file.places().error(at, "", None);
        Origin { file: self.path.clone(), line: place.line, column: place.column, span: place.span }
    }

    fn sourced(&self, text: Spanned<&str>) -> Sourced<String> {
        Sourced { origin: self.origin(text.span()), value: text.into_inner().to_owned() }
    }

    fn strings(&self, keys: &mut Keys<'a, 't>, key: &'static str) -> Vec<Sourced<String>> {
        keys.strings(key).into_iter().map(|s| self.sourced(s)).collect()
    }

    fn read_override(&self, mut keys: Keys<'a, 't>) -> Override {
        let says_which = keys.has("files") || keys.has("when");
        if !says_which {
            let help = "add files = [\"opinion/**\"] or when = { section = \"opinion\" }";
            let start = keys.span().start;
            self.file.error_with_help(start..start + 1, "an [[override]] says for which drafts it is", help);
        }
        let origin = self.origin(keys.span());
        let files: Vec<Glob> = self.globs(&mut keys, "files").into_iter().map(|glob| glob.value).collect();
        let mut when = Vec::new();
        if let Some(table) = keys.table("when") {
            for (field, value) in self.file.keys(table.get_ref(), table.span()).entries() {
                let wanted = match value.get_ref() {
                    DeValue::Boolean(wanted) => Some(wanted.to_string()),
                    DeValue::Integer(number) => Some(number.as_str().to_owned()),
                    _ => self.file.as_string(value, field.get_ref()).map(str::to_owned),
                };
                when.extend(wanted.map(|wanted| (field.get_ref().to_string(), wanted)));
            }
        }
        // A condition that could not be read must not turn into one that always holds.
        let never = files.is_empty() && when.is_empty();
        let over = Override {
            origin,
            files,
            when,
            never,
            locale: self.locale(&mut keys),
            severity: self.severities(&mut keys),
            options: self.options(&mut keys),
            rules: self.packs(&mut keys),
        };
        keys.finish();
        over
    }

    fn locale(&self, keys: &mut Keys<'a, 't>) -> Option<Sourced<String>> {
        let locale = keys.string("locale")?;
        if LOCALES.contains(locale.get_ref()) {
            return Some(self.sourced(locale));
        }
        // The country code of the United Kingdom is not the one people expect.
        let help = meant(&locale.get_ref().replace("UK", "GB"), &LOCALES);
        self.file.error_with_help(locale.span(), format!("unknown locale “{}”", locale.get_ref()), help);
        None
    }

    fn packs(&self, keys: &mut Keys<'a, 't>) -> Vec<Sourced<PackSource>> {
        let named = self.strings(keys, "rules").into_iter();
        let sources = named.map(|entry| {
            let is_file = entry.value.contains(['/', '\\', '*']) || entry.value.ends_with(".toml");
            let value = if is_file { PackSource::Files(entry.value) } else { PackSource::Shipped(entry.value) };
            Sourced { value, origin: entry.origin }
        });
        sources.collect()
    }

    fn globs(&self, keys: &mut Keys<'a, 't>, key: &'static str) -> Vec<Sourced<Glob>> {
        let mut globs = Vec::new();
        for written in keys.strings(key) {
            match Glob::new(written.get_ref()) {
                Ok(glob) => globs.push(Sourced { value: glob, origin: self.origin(written.span()) }),
                Err(error) => self.file.error(written.span(), format!("broken glob: {}", error.kind())),
            }
        }
        globs
    }

    fn severities(&self, keys: &mut Keys<'a, 't>) -> SeveritySection {
        let mut section = SeveritySection::default();
        let Some(table) = keys.table("severity") else { return section };
        for (code, value) in self.file.keys(table.get_ref(), table.span()).entries() {
            let stage = match *code.get_ref() {
                "draft" => &mut section.draft,
                "publish" => &mut section.publish,
                _ => {
                    section.always.extend(self.severity_entry(code, value));
                    continue;
                }
            };
            let Some(entries) = value.get_ref().as_table() else {
                self.file.error(value.span(), format!("[severity.{}] is a table of codes", code.get_ref()));
                continue;
            };
            let entries = self.file.keys(entries, value.span()).entries();
            stage.extend(entries.into_iter().filter_map(|(code, value)| self.severity_entry(code, value)));
        }
        section
    }

    fn severity_entry(
        &self,
        code: Spanned<&str>,
        value: &'a Spanned<DeValue<'t>>,
    ) -> Option<Sourced<(String, Levels)>> {
        let levels = match value.get_ref() {
            DeValue::Table(table) => {
                let mut keys = self.file.keys(table, value.span());
                let sure = keys.value("sure").and_then(|v| self.level(v));
                let likely = keys.value("likely").and_then(|v| self.level(v));
                keys.finish();
                Levels::Each { sure, likely }
            }
            _ => Levels::Plain(self.level(value)?),
        };
        let origin = self.origin(code.span());
        Some(Sourced { value: (code.into_inner().to_owned(), levels), origin })
    }

    fn level(&self, value: &'a Spanned<DeValue<'t>>) -> Option<Option<Severity>> {
        let name = self.file.as_string(value, "severity")?;
        let level = severity::by_name(name);
        if level.is_none() {
            let help = meant(name, &severity::NAMES);
            self.file.error_with_help(value.span(), format!("unknown severity “{name}”"), help);
        }
        level
    }

    /// Every key of every `[options."code"]` whose code and key exist and whose value the check takes.
    fn options(&self, keys: &mut Keys<'a, 't>) -> Vec<Sourced<OptionEntry>> {
        let mut entries = Vec::new();
        let Some(table) = keys.table("options") else { return entries };
        for (code, options) in self.file.keys(table.get_ref(), table.span()).entries() {
            let Some(check) = checks::by_code(code.get_ref()) else {
                let help = meant_code(code.get_ref(), &checks::all().map(|c| c.code).collect::<Vec<_>>());
                let message = format!("no built-in check is called “{}”", code.get_ref());
                self.file.error_with_help(code.span(), message, help);
                continue;
            };
            let Some(table) = options.get_ref().as_table() else {
                self.file.error(options.span(), format!("the options of {} are a table", check.code));
                continue;
            };
            for (key, value) in self.file.keys(table, options.span()).entries() {
                match self.option(check, &key, value) {
                    Ok(value) => entries.push(Sourced { value, origin: self.origin(key.span()) }),
                    Err(error) => self.file.push(error),
                }
            }
        }
        entries
    }

    /// One option, tried over the check's defaults: alone, so that a mistake has its place.
    fn option(
        &self,
        check: &checks::Check,
        key: &Spanned<&str>,
        value: &Spanned<DeValue<'t>>,
    ) -> Result<OptionEntry, ConfigError> {
        let (code, name) = (check.code, *key.get_ref());
        let defaults = &check.defaults().options;
        let Some(name) = spelled(name, defaults) else {
            let help = match defaults.is_empty() {
                true => format!("{code} has no options"),
                false => meant(name, &defaults.keys().map(String::as_str).collect::<Vec<_>>()),
            };
            return Err(self.file.places().error(key.span(), format!("unknown option “{name}” of {code}"), Some(help)));
        };
        let wrong = |at: Range<usize>, why: &str| {
            self.file.places().error(at, format!("option “{name}” of {code}: {why}"), None)
        };
        let given = plain(value.get_ref()).ok_or_else(|| wrong(value.span(), "the number is out of range"))?;
        let tried = |value: toml::Value| {
            let mut table = defaults.clone();
            table.insert(name.to_owned(), value);
            (check.options)(table).map_err(|e| option_error::in_words(e.message().lines().next().unwrap_or_default()))
        };
        match tried(given.clone()) {
            Ok(_) => Ok(OptionEntry { code: code.to_owned(), key: name.to_owned(), value: given }),
            Err(why) => {
                let at = part_to_blame(value.get_ref(), |part| tried(part).is_err());
                Err(wrong(at.unwrap_or_else(|| value.span()), &why))
            }
        }
    }
}

/// The option of a check that `name` means: as its page has it, or with `-` for `_` or the other way round.
fn spelled<'n>(name: &'n str, known: &'n toml::Table) -> Option<&'n str> {
    let plain = |c: char| if c == '-' { '_' } else { c };
    let same = |k: &&String| k.chars().map(plain).eq(name.chars().map(plain));
    if known.contains_key(name) { Some(name) } else { known.keys().find(same).map(String::as_str) }
}

/// Where the first item of a list, or key of a table, stands that alone `is_wrong` already.
fn part_to_blame(value: &DeValue<'_>, is_wrong: impl Fn(toml::Value) -> bool) -> Option<Range<usize>> {
    match value {
        DeValue::Array(items) => {
            let alone = |item: &DeValue<'_>| plain(item).map(|v| toml::Value::Array(vec![v]));
            items.iter().find(|item| alone(item.get_ref()).is_some_and(&is_wrong)).map(Spanned::span)
        }
        DeValue::Table(table) => {
            let alone = |key: &str, item: &DeValue<'_>| {
                plain(item).map(|v| toml::Value::Table(toml::Table::from_iter([(key.to_owned(), v)])))
            };
            let wrong = table.iter().find(|(k, v)| alone(k.get_ref(), v.get_ref()).is_some_and(&is_wrong))?;
            Some(wrong.0.span().start..wrong.1.span().end)
        }
        _ => None,
    }
}

/// A value of the parsed file as the plain TOML value that checks' options are parsed from.
fn plain(value: &DeValue<'_>) -> Option<toml::Value> {
    Some(match value {
        DeValue::String(text) => toml::Value::String(text.clone().into_owned()),
        DeValue::Integer(number) => {
            toml::Value::Integer(i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok()?)
        }
        DeValue::Float(number) => toml::Value::Float(number.as_str().replace('_', "").parse().ok()?),
        DeValue::Boolean(value) => toml::Value::Boolean(*value),
        DeValue::Datetime(value) => toml::Value::Datetime(*value),
        DeValue::Array(items) => toml::Value::Array(items.iter().map(|i| plain(i.get_ref())).collect::<Option<_>>()?),
        DeValue::Table(table) => toml::Value::Table(plain_table(table)?),
    })
}

fn plain_table(table: &DeTable<'_>) -> Option<toml::Table> {
    table.iter().map(|(key, value)| Some((key.get_ref().to_string(), plain(value.get_ref())?))).collect()
}

/// What a mistaken name was meant to be, or all it can be.
fn meant(written: &str, known: &[&str]) -> String {
    match did_you_mean(written, known.iter().copied()) {
        Some(name) => format!("did you mean “{name}”?"),
        None => format!("known are {}", known.join(", ")),
    }
}

/// What a mistaken code was meant to be.
pub fn meant_code(written: &str, known: &[&str]) -> String {
    match did_you_mean(written, known.iter().copied()) {
        Some(code) => format!("did you mean “{code}”?"),
        None => "newslint explain lists every code".to_owned(),
    }
}
