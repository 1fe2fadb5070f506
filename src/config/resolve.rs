//! What is in force for one draft, and which line of which file decided it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::layer::{Origin, Override, SeveritySection, Sourced};
use super::load::meant_code;
use super::severity::Levels;
use super::{Config, Stage};
use crate::checks::{self, OptionSet, Severities};
use crate::config_error::ConfigError;
use crate::corpus::Facts;
use crate::diagnostic::Severity;
use crate::lint::Settings;
use crate::source::Metadata;
use crate::suppress::is_under;

/// Which overrides apply, in the order of the layers: drafts with the same ones share their settings.
pub type Key = Vec<bool>;

/// Why a value is what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decided {
    /// The check's page or the rule itself.
    Default,
    /// `--select` or `--ignore`.
    CommandLine,
    At(Origin),
}

/// What is in force for a draft, with the line that decided each value.
#[derive(Clone, Debug, Default)]
pub struct Provenance {
    pub locale: Option<(String, Origin)>,
    /// Every code, on or off, sorted.
    pub severities: Vec<(Arc<str>, Severities, Decided)>,
    /// Code, key, value.
    pub options: Vec<(String, String, toml::Value, Decided)>,
}

impl Config {
    /// Settings for `draft`, which need not exist on disk. Drafts under the same overrides share them.
    pub fn settings_for(&self, draft: &Path, metadata: &Metadata) -> Arc<Settings> {
        let key = self.key(draft, metadata);
        let mut resolved = self.resolved.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        resolved.entry(key).or_insert_with_key(|key| Arc::new(self.resolve(key).0)).clone()
    }

    /// The same, with the line that decided each value.
    pub fn explain_for(&self, draft: &Path, metadata: &Metadata) -> Provenance {
        self.resolve(&self.key(draft, metadata)).1
    }

    /// The overrides that apply to `draft`.
    pub fn overrides_for(&self, draft: &Path, metadata: &Metadata) -> Vec<&Override> {
        let key = self.key(draft, metadata);
        let all = self.layers.iter().flat_map(|layer| &layer.overrides);
        all.zip(key).filter(|(_, applies)| *applies).map(|(over, _)| over).collect()
    }

    fn key(&self, draft: &Path, metadata: &Metadata) -> Key {
        if self.layers.iter().all(|layer| layer.overrides.is_empty()) {
            return Key::new();
        }
        let absolute = super::absolute(draft);
        let mut key = Key::new();
        for layer in &self.layers {
            let relative = layer.relative(&absolute);
            key.extend(layer.overrides.iter().map(|over| over.applies(relative.as_deref(), metadata)));
        }
        key
    }

    fn resolve(&self, key: &Key) -> (Settings, Provenance) {
        let mut applies = key.iter();
        let mut severities = self.default_severities();
        let mut provenance = Provenance::default();
        let mut option_tables: FxHashMap<&str, toml::Table> = FxHashMap::default();
        let mut decided_options: FxHashMap<(&str, &str), &Origin> = FxHashMap::default();
        for layer in &self.layers {
            let overrides: Vec<&Override> =
                layer.overrides.iter().zip(&mut applies).filter(|(_, on)| **on).map(|(over, _)| over).collect();
            let sections = [&layer.severity].into_iter().chain(overrides.iter().map(|over| &over.severity));
            for section in sections {
                self.lay(section, &mut severities);
            }
            let options = layer.options.iter().chain(overrides.iter().flat_map(|over| &over.options));
            for entry in options {
                let option = &entry.value;
                let table = option_tables.entry(&option.code).or_insert_with(|| default_options(&option.code));
                table.insert(option.key.clone(), option.value.clone());
                decided_options.insert((&option.code, &option.key), &entry.origin);
            }
            let locales = layer.locale.iter().chain(overrides.iter().filter_map(|over| over.locale.as_ref()));
            if let Some(locale) = locales.last() {
                provenance.locale = Some((locale.value.clone(), locale.origin.clone()));
            }
        }
        self.select(&mut severities);

        let mut options = OptionSet::defaults();
        for check in checks::all() {
            let changed = option_tables.get(check.code);
            // Every value was laid over the defaults and parsed when the file was read.
            if let Some(parsed) = changed.and_then(|table| (check.options)(table.clone()).ok()) {
                options.insert(parsed);
            }
            for (name, value) in changed.unwrap_or(&check.defaults().options) {
                let decided = decided_options.get(&(check.code, name.as_str()));
                let decided = decided.map_or(Decided::Default, |origin| Decided::At((*origin).clone()));
                provenance.options.push((check.code.to_owned(), name.clone(), value.clone(), decided));
            }
        }
        let on = severities.iter().filter(|(_, (levels, _))| levels.sure.is_some() || levels.likely.is_some());
        let settings = Settings {
            severities: on.map(|(code, (levels, _))| (code.clone(), *levels)).collect(),
            options,
            rules: self.packs.of(key),
            locale: provenance.locale.as_ref().map(|(locale, _)| locale.clone()),
            as_of: self.command_line.as_of,
        };
        provenance.severities = severities.into_iter().map(|(code, (levels, by))| (code, levels, by)).collect();
        provenance.severities.sort_by(|a, b| a.0.cmp(&b.0));
        (settings, provenance)
    }

    fn default_severities(&self) -> FxHashMap<Arc<str>, (Severities, Decided)> {
        let stage = self.command_line.stage;
        let of_stage = |defaults: &checks::Defaults| match (stage, defaults.draft) {
            (Stage::Draft, Some(draft)) => draft,
            _ => defaults.severity,
        };
        let built_in = checks::all().map(|check| (Arc::from(check.code), of_stage(check.defaults())));
        let rules = self.packs.codes().map(|(code, severities)| (code.clone(), severities));
        built_in.chain(rules).map(|(code, severities)| (code, (severities, Decided::Default))).collect()
    }

    /// Lays one `[severity]` with its stage over what came before. The longer of two patterns wins.
    fn lay(&self, section: &SeveritySection, severities: &mut FxHashMap<Arc<str>, (Severities, Decided)>) {
        let stage = match self.command_line.stage {
            Stage::Draft => &section.draft,
            Stage::Publish => &section.publish,
        };
        for entries in [&section.always, stage] {
            let mut entries: Vec<&Sourced<(String, Levels)>> = entries.iter().collect();
            entries.sort_by_key(|entry| entry.value.0.len());
            for entry in entries {
                let (pattern, levels) = &entry.value;
                for (code, (before, decided)) in severities.iter_mut().filter(|(code, _)| is_under(code, pattern)) {
                    let after = levels.over(*before, &**code == pattern.as_str());
                    if after != *before || &**code == pattern.as_str() {
                        *before = after;
                        *decided = Decided::At(entry.origin.clone());
                    }
                }
            }
        }
    }

    /// `--select` and `--ignore`. A code that is off and selected by its own name is turned on.
    fn select(&self, severities: &mut FxHashMap<Arc<str>, (Severities, Decided)>) {
        const OFF: Severities = Severities { sure: None, likely: None };
        const ON: Severities = Severities { sure: Some(Severity::Warning), likely: Some(Severity::Info) };
        let line = &self.command_line;
        for (code, (levels, decided)) in severities.iter_mut() {
            let selected = line.select.is_empty() || line.select.iter().any(|pattern| is_under(code, pattern));
            if !selected || line.ignore.iter().any(|pattern| is_under(code, pattern)) {
                (*levels, *decided) = (OFF, Decided::CommandLine);
            } else if *levels == OFF && line.select.iter().any(|pattern| **code == **pattern) {
                (*levels, *decided) = (ON, Decided::CommandLine);
            }
        }
    }

    /// Every code that exists under this configuration.
    pub fn codes(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = checks::all().map(|check| check.code).collect();
        codes.extend(self.packs.codes().map(|(code, _)| &**code));
        codes.sort_unstable();
        codes
    }

    /// Names every pin of the facts file that no code is under.
    pub fn check_pins(&self, facts: &Facts) -> Vec<ConfigError> {
        let codes = self.codes();
        let mut errors = Vec::new();
        for pin in &facts.pins {
            let pattern = &pin.code.text;
            let in_broken_pack = self.packs.is_broken(pattern.split('/').next().unwrap_or_default());
            if !in_broken_pack && !codes.iter().any(|code| is_under(code, pattern)) {
                errors.push(ConfigError {
                    file: pin.provenance.path.to_string_lossy().replace('\\', "/").into(),
                    line: pin.code.place.line,
                    column: pin.code.place.column,
                    span: pin.code.span,
                    message: format!("no check or rule is called “{pattern}”"),
                    help: Some(meant_code(pattern, &codes)),
                });
            }
        }
        errors
    }

    /// Names every entry of `[severity]` that no code is under.
    pub(super) fn with_checked_codes(mut self) -> Config {
        let codes = self.codes();
        let mut errors = Vec::new();
        for layer in &self.layers {
            let sections = [&layer.severity].into_iter().chain(layer.overrides.iter().map(|over| &over.severity));
            for section in sections {
                for entry in section.always.iter().chain(&section.draft).chain(&section.publish) {
                    let pattern = &entry.value.0;
                    let in_broken_pack = self.packs.is_broken(pattern.split('/').next().unwrap_or_default());
                    if !in_broken_pack && !codes.iter().any(|code| is_under(code, pattern)) {
                        let help = meant_code(pattern, &codes);
                        let message = format!("no check or rule is called “{pattern}”");
                        errors.push(entry.origin.error(message, Some(help)));
                    }
                }
            }
        }
        self.errors.extend(errors);
        self
    }

    /// Whether a folder's `file` (absolute) is copy by this configuration's `include` and `ignore`: `None` where the
    /// configuration says nothing and the name decides.
    pub fn includes(&self, file: &Path) -> Option<bool> {
        let mut included = None;
        for layer in &self.layers {
            let relative: Option<PathBuf> = layer.relative(file);
            let Some(relative) = relative else { continue };
            if !layer.include.is_empty() {
                let hit = layer.include.iter().find(|glob| glob.value.matches(&relative));
                included = Some(hit.is_some_and(|glob| names_file(&glob.value.written, file) || !is_no_copy(file)));
            }
            if layer.ignore.iter().any(|glob| glob.value.matches(&relative)) {
                return Some(false);
            }
        }
        included
    }
}

fn default_options(code: &str) -> toml::Table {
    checks::by_code(code).map(|check| check.defaults().options.clone()).unwrap_or_default()
}

/// Files that stand beside copy and are none, whatever their ending.
pub fn is_no_copy(file: &Path) -> bool {
    const STEMS: [&str; 9] = [
        "readme",
        "license",
        "licence",
        "changelog",
        "contributing",
        "copying",
        "notice",
        "authors",
        "code_of_conduct",
    ];
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    STEMS.iter().any(|name| stem == *name || stem.strip_prefix(name).is_some_and(|rest| rest.starts_with(['-', '.'])))
}

/// Whether the last part of a glob names the file itself, so that `include = ["README.md"]` means it.
fn names_file(glob: &str, file: &Path) -> bool {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    glob.rsplit('/').next().is_some_and(|last| last.to_lowercase().contains(&stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_readme_is_no_copy() {
        assert!(is_no_copy(Path::new("a/README.md")) && is_no_copy(Path::new("LICENSE-MIT.txt")));
        assert!(!is_no_copy(Path::new("reading.md")));
        assert!(names_file("docs/README.md", Path::new("docs/README.md")));
        assert!(!names_file("**/*.md", Path::new("docs/README.md")));
    }
}
