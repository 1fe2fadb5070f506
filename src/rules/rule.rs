//! A rule as it was read: what people are told of it, where it counts, and what it looks for.

use std::sync::Arc;

use jiff::civil::Date;

use super::Example;
use super::letters::Phrase;
use super::pattern::Pattern;
use super::template::Template;
use super::variants::Variants;
use crate::diagnostic::Severity;
use crate::source::BlockKind;
use crate::text::line_index::Place;

/// What people are told of a rule: in `newslint explain`, in hovers, in reports.
#[derive(Clone, Debug)]
pub struct RuleInfo {
    /// The pack's name and the rule's id: `newsroom/prior-to`.
    pub code: Arc<str>,
    pub kind: &'static str,
    /// The title of its pack.
    pub pack_title: Option<Arc<str>>,
    /// The message as written, with its slots.
    pub message: String,
    pub why: Option<String>,
    pub link: Option<String>,
    /// Who keeps it.
    pub owner: Option<String>,
    /// `None` is off until the configuration turns it on.
    pub severity: Option<Severity>,
    pub since: Option<Date>,
    pub until: Option<Date>,
    /// On trial, and so no graver than info, up to and with this day.
    pub trial_until: Option<Date>,
    /// Empty: every locale.
    pub locales: Vec<String>,
    pub examples: Vec<RuleExample>,
    /// The file it is in, and where its table starts.
    pub file: Arc<str>,
    pub place: Place,
}

/// An example and where it stands in its file.
#[derive(Clone, Debug)]
pub struct RuleExample {
    pub example: Example,
    pub place: Place,
}

impl RuleInfo {
    /// Whether it is in force on `date`; without a date, it is.
    pub fn is_in_force(&self, date: Option<Date>) -> bool {
        date.is_none_or(|date| {
            self.since.is_none_or(|since| since <= date) && self.until.is_none_or(|until| date <= until)
        })
    }

    pub fn is_on_trial(&self, date: Option<Date>) -> bool {
        self.trial_until.is_some_and(|until| date.is_none_or(|date| date <= until))
    }

    /// Whether it counts in `locale`: its locales hold it, or the language alone (`en`).
    pub fn is_for(&self, locale: Option<&str>) -> bool {
        let holds = |own: &String| {
            locale.is_some_and(|l| {
                l.get(..own.len()).is_some_and(|start| start.eq_ignore_ascii_case(own))
                    && (l.len() == own.len() || (!own.contains('-') && l[own.len()..].starts_with('-')))
            })
        };
        self.locales.is_empty() || self.locales.iter().any(holds)
    }

    /// Whether one of its examples says what it finds.
    pub fn has_flag_example(&self) -> bool {
        self.examples.iter().any(|e| e.example.flag.is_some())
    }
}

#[derive(Debug)]
pub(super) struct Rule {
    pub info: RuleInfo,
    pub message: Template,
    pub kind: Kind,
    pub except: Vec<Phrase>,
    pub quotes: Quotes,
    pub blocks: Blocks,
    pub fix: FixMode,
}

#[derive(Debug)]
pub(super) enum Kind {
    Avoid(Vec<Phrase>),
    Substitute(Vec<(Phrase, Vec<String>)>),
    Pattern { pattern: Pattern, replace: Vec<Template>, needs_groups: bool },
    Consistent(Vec<FormSet>),
    Variants(Variants),
}

/// Forms of which a draft should use one.
#[derive(Debug)]
pub(super) struct FormSet {
    pub forms: Vec<Phrase>,
    /// The position of the preferred form.
    pub prefer: Option<usize>,
}

/// Whether the words of direct speech are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    Skip,
    Include,
    Only,
}

impl Quotes {
    pub const NAMES: [(&'static str, Quotes); 3] =
        [("skip", Quotes::Skip), ("include", Quotes::Include), ("only", Quotes::Only)];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FixMode {
    None,
    Suggest,
    Safe,
}

impl FixMode {
    pub const NAMES: [(&'static str, FixMode); 3] =
        [("none", FixMode::None), ("suggest", FixMode::Suggest), ("safe", FixMode::Safe)];
}

/// A set of block kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Blocks(u16);

impl Blocks {
    pub const NONE: Blocks = Blocks(0);

    /// All that readers are meant to read.
    pub fn copy() -> Blocks {
        BlockKind::ALL.into_iter().filter(|k| k.is_copy()).fold(Blocks::NONE, Blocks::with)
    }

    pub fn with(self, kind: BlockKind) -> Blocks {
        Blocks(self.0 | 1 << kind as u16)
    }

    pub fn has(self, kind: BlockKind) -> bool {
        self.0 & (1 << kind as u16) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub fn info() -> RuleInfo {
        RuleInfo {
            code: "house/x".into(),
            kind: "avoid",
            pack_title: None,
            message: String::new(),
            why: None,
            link: None,
            owner: None,
            severity: None,
            since: None,
            until: None,
            trial_until: None,
            locales: Vec::new(),
            examples: Vec::new(),
            file: "house.toml".into(),
            place: Place { line: 1, column: 1 },
        }
    }

    #[test]
    fn in_force_from_since_to_until_with_both_days() {
        let day = |d: &str| Some(d.parse::<Date>().unwrap());
        let rule = RuleInfo { since: day("2019-08-14"), until: day("2020-01-01"), ..info() };
        for (date, there) in [("2019-08-13", false), ("2019-08-14", true), ("2020-01-01", true), ("2020-01-02", false)]
        {
            assert_eq!(rule.is_in_force(day(date)), there, "{date}");
        }
        assert!(rule.is_in_force(None));
        let trial = RuleInfo { trial_until: day("2020-01-01"), ..info() };
        assert!(
            trial.is_on_trial(day("2019-12-31")) && !trial.is_on_trial(day("2020-01-02")) && trial.is_on_trial(None)
        );
    }

    #[test]
    fn locales_hold_by_name_or_by_language() {
        let rule = |locale: &str| RuleInfo { locales: vec![locale.to_owned()], ..info() };
        assert!(rule("en-GB").is_for(Some("en-gb")) && !rule("en-GB").is_for(Some("en-GB-oxendict")));
        assert!(rule("en").is_for(Some("en-GB")) && !rule("en").is_for(Some("eng")) && !rule("en-GB").is_for(None));
        assert!(info().is_for(None) && info().is_for(Some("en-US")));
    }
}
