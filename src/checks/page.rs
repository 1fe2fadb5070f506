//! The page of a check: `rules/core/FAMILY/NAME.toml`.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Confidence, Severity};
use crate::rules::Example;

/// What a page holds. Every text is Markdown for people.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// What is wrong, in a few words.
    pub title: String,
    pub severity: Severities,
    /// Severities while a draft is being written, where they differ.
    pub draft: Option<Severities>,
    /// What it finds.
    pub finds: String,
    /// What it leaves alone, and why.
    pub leaves: String,
    /// What to do about it.
    pub action: String,
    /// Default values of the options.
    #[serde(default)]
    pub options: toml::Table,
    /// What each option means.
    #[serde(default)]
    pub option_help: toml::Table,
    pub examples: Vec<Example>,
}

/// What a run needs of a page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Defaults {
    pub severity: Severities,
    pub draft: Option<Severities>,
    #[serde(default)]
    pub options: toml::Table,
}

impl Defaults {
    /// Reads these alone: all pages have 115 KB, and to parse the prose and the examples at every start took a third of it.
    fn read(page: &str) -> Result<Defaults, toml::de::Error> {
        toml::from_str(&without_prose(page))
    }
}

/// The lines of a page that hold severities and options, up to the examples.
fn without_prose(page: &str) -> String {
    const KEPT: [&str; 3] = ["severity", "draft", "options"];
    let is_kept = |line: &str| {
        let name = line.trim_start_matches('[');
        KEPT.iter().any(|kept| name.strip_prefix(kept).is_some_and(|rest| rest.starts_with([' ', '=', '.', ']'])))
    };
    let mut part = String::new();
    let (mut in_text, mut in_section, mut keeps) = (false, false, false);
    for line in page.lines() {
        if !in_text && line.starts_with("[[") {
            break;
        }
        if !in_text && (!in_section || line.starts_with('[')) {
            in_section |= line.starts_with('[');
            keeps = is_kept(line);
        }
        if keeps {
            part.push_str(line);
            part.push('\n');
        }
        in_text ^= line.matches("\"\"\"").count() % 2 == 1;
    }
    part
}

/// A severity for each confidence; `None` is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Severities {
    #[serde(default, deserialize_with = "severity_or_off")]
    pub sure: Option<Severity>,
    #[serde(default, deserialize_with = "severity_or_off")]
    pub likely: Option<Severity>,
}

impl Severities {
    pub fn of(self, confidence: Confidence) -> Option<Severity> {
        match confidence {
            Confidence::Sure => self.sure,
            Confidence::Likely => self.likely,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum SeverityOrOff {
    Error,
    Warning,
    Info,
    Off,
}

fn severity_or_off<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Severity>, D::Error> {
    Ok(match SeverityOrOff::deserialize(deserializer)? {
        SeverityOrOff::Error => Some(Severity::Error),
        SeverityOrOff::Warning => Some(Severity::Warning),
        SeverityOrOff::Info => Some(Severity::Info),
        SeverityOrOff::Off => None,
    })
}

impl Check {
    /// What its page sets, read for all checks at once.
    pub fn defaults(&self) -> &'static Defaults {
        static DEFAULTS: LazyLock<FxHashMap<&'static str, Defaults>> = LazyLock::new(|| {
            let read = |check: &Check| Defaults::read(check.page).unwrap_or_else(|e| panic!("{}: {e}", check.code));
            super::all().map(|check| (check.code, read(check))).collect()
        });
        &DEFAULTS[self.code]
    }

    /// The check's page, parsed once.
    pub fn page(&self) -> &'static Page {
        static PAGES: LazyLock<Mutex<HashMap<&'static str, &'static Page>>> = LazyLock::new(Mutex::default);
        let mut pages = PAGES.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        pages.entry(self.code).or_insert_with(|| {
            let page: Page = toml::from_str(self.page).unwrap_or_else(|e| panic!("the page of {}: {e}", self.code));
            Box::leak(Box::new(page))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_gets_what_the_pages_say() {
        for check in crate::checks::all() {
            let (page, defaults) = (check.page(), check.defaults());
            assert_eq!(page.severity, defaults.severity, "{}", check.code);
            assert_eq!(page.draft, defaults.draft, "{}", check.code);
            assert_eq!(page.options, defaults.options, "{}", check.code);
        }
    }

    #[test]
    fn prose_is_left_out() {
        let page = "title = \"A\"\nfinds = \"\"\"\nOne\nseverity = 3\"\"\"\nleaves = \"b\"\n\n[severity]\nsure = \"error\"\n\n\
            [option_help]\nodd = \"\"\"c\"\"\"\n\n[options.odd]\nlist = [\n  \"d\",\n]\n\n[[examples]]\n[options]\n";
        let part = "[severity]\nsure = \"error\"\n\n[options.odd]\nlist = [\n  \"d\",\n]\n\n";
        assert_eq!(without_prose(page), part);
    }
}
