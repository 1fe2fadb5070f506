//! The page of a check: `rules/core/FAMILY/NAME.toml`.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

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
