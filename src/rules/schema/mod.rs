//! Reads one rule file: every key checked, every mistake reported at its place, one bad rule never in the way of the others.

mod futile;
mod kind;

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use toml::Spanned;
use toml::de::DeTable;

use super::letters::Phrase;
use super::rule::{Blocks, FixMode, Kind, Quotes, Rule, RuleExample, RuleInfo};
use super::{Example, read_marks};
use crate::config_error::ConfigError;
use crate::diagnostic::Severity;
use crate::source::{BlockKind, Format};
use crate::strict_toml::{Keys, TomlFile};
use crate::text::line_index::{LineIndex, Place};

/// Names that mean something else in the configuration, or begin the built-in codes.
const RESERVED: [&str; 12] = [
    "draft",
    "publish",
    "names",
    "titles",
    "organizations",
    "figures",
    "dates",
    "quotes",
    "claims",
    "copy",
    "embargo",
    "suppression",
];

/// The locales that copy is written in.
pub const LOCALES: [&str; 10] =
    ["en", "en-GB", "en-GB-oxendict", "en-US", "en-AU", "en-CA", "en-IE", "en-NZ", "en-ZA", "en-IN"];

/// Reads the rules of one file, in file order.
pub(super) fn read(name: &str, text: &str) -> (Vec<Rule>, Vec<ConfigError>) {
    let file = TomlFile::new(name, text);
    let table = file.parse();
    let mut keys = file.keys(&table, 0..text.len());
    let pack = Pack {
        file: &file,
        lines: LineIndex::new(text),
        name: keys.string("name"),
        title: keys.string("title").map(|t| Arc::from(t.into_inner())),
        locales: locales(&mut keys),
        shown: name.into(),
    };
    for key in ["source", "owner"] {
        keys.string(key);
    }
    keys.date("reviewed");
    match &pack.name {
        None if !keys.has("name") => file.error_with_help(
            0..0,
            "“name” is missing",
            "a rule file starts with name = \"house\", the prefix of its codes",
        ),
        Some(name) if RESERVED.contains(name.get_ref()) => {
            file.error(
                name.span(),
                format!("“{}” cannot be the name of a pack: it means something else", name.get_ref()),
            );
        }
        Some(name) if !is_slug(name.get_ref()) => file.error_with_help(
            name.span(),
            format!("“{}” cannot be the name of a pack", name.get_ref()),
            "use small letters, digits and hyphens",
        ),
        _ => {}
    }
    let mut rules = Vec::new();
    let mut ids: FxHashMap<&str, Range<usize>> = FxHashMap::default();
    for table in keys.tables("rule") {
        let mut keys = file.keys(table.get_ref(), table.span());
        let id = keys.string("id");
        if let Some(id) = &id {
            if let Some(first) = ids.get(id.get_ref()) {
                let line = pack.place(first.start).line;
                file.error(id.span(), format!("“{}” is the id of the rule in line {line} already", id.get_ref()));
            }
            ids.entry(id.get_ref()).or_insert(id.span());
        }
        rules.extend(pack.rule(keys, id));
    }
    keys.finish();
    drop(pack);
    (rules, file.into_errors())
}

fn is_slug(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn locales(keys: &mut Keys<'_, '_>) -> Vec<String> {
    let mut locales = Vec::new();
    for locale in keys.strings("locales") {
        let known = LOCALES.iter().find(|l| l.eq_ignore_ascii_case(locale.get_ref()));
        match known {
            Some(known) => locales.push((*known).to_owned()),
            None => {
                let help = format!("known are {}", LOCALES.join(", "));
                keys.file().error_with_help(
                    locale.span(),
                    format!("“{}” is no locale known here", locale.get_ref()),
                    help,
                );
            }
        }
    }
    locales
}

/// The value of `key`, one of a few names.
fn choice<T: Copy>(keys: &mut Keys<'_, '_>, key: &'static str, names: &[(&'static str, T)]) -> Option<T> {
    let value = keys.string(key)?;
    let found = names.iter().find(|(name, _)| name == value.get_ref()).map(|(_, choice)| *choice);
    if found.is_none() {
        let all = names.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        let message = format!("“{}” is no value of “{key}”", value.get_ref());
        keys.file().error_with_help(value.span(), message, format!("it is one of {all}"));
    }
    found
}

/// What all rules of a file share.
struct Pack<'a, 't> {
    file: &'a TomlFile<'t>,
    lines: LineIndex,
    name: Option<Spanned<&'a str>>,
    title: Option<Arc<str>>,
    locales: Vec<String>,
    shown: Arc<str>,
}

impl<'t> Pack<'_, 't> {
    fn place(&self, offset: usize) -> Place {
        self.lines.place(self.file.places().text(), offset as u32)
    }

    /// Reads one rule; `None` if it has a mistake, all of which are reported.
    fn rule(&self, mut keys: Keys<'_, 't>, id: Option<Spanned<&str>>) -> Option<Rule> {
        let file = self.file;
        let mistakes = file.error_count();
        match &id {
            None if !keys.has("id") => keys.missing("id", "give the rule a short name, such as id = \"kyiv\""),
            Some(id) if !is_slug(id.get_ref()) => file.error_with_help(
                id.span(),
                format!("“{}” cannot be an id", id.get_ref()),
                "use small letters, digits and hyphens",
            ),
            _ => {}
        }
        let match_case = keys.bool("match-case").unwrap_or(false);
        let (kind_name, kind) = kind::read(&mut keys, match_case);
        let except: Vec<_> =
            keys.strings("except").iter().map(|e| (Phrase::new(e.get_ref(), match_case), e.span())).collect();
        if let Some(kind) = &kind {
            futile::exceptions(file, kind, &except);
        }
        let groups = match &kind {
            Some(Kind::Pattern { pattern, .. }) => Some(pattern.groups),
            _ => None,
        };
        let message_text = keys.string("message");
        let message = message_text.as_ref().and_then(|m| kind::template(file, m, groups));
        if !keys.has("message") {
            keys.missing("message", "say what is wrong, in a line of at most 90 characters");
        }
        if let (Some(kind), Some(template), Some(text)) = (&kind, &message, &message_text) {
            futile::slots(file, kind, template, text);
        }
        let severity = severity(&mut keys);
        let quotes = choice(&mut keys, "quotes", &Quotes::NAMES).unwrap_or(Quotes::Skip);
        let blocks = blocks(&mut keys);
        let fix = choice(&mut keys, "fix", &FixMode::NAMES);
        let (since, until, trial) = (keys.date("since"), keys.date("until"), keys.date("trial-until"));
        if let (Some(since), Some(until)) = (&since, &until)
            && since.get_ref() > until.get_ref()
        {
            file.error(until.span(), "this rule can never be in force: “until” lies before “since”");
        }
        let own_locales = locales(&mut keys);
        let mut text = |key| keys.string(key).map(|t| t.into_inner().to_owned());
        let (why, link, owner) = (text("why"), text("link"), text("owner"));
        let examples = self.examples(&mut keys);
        let span = keys.span();
        keys.finish_with(kind::of_other_kind);
        let (Some(kind), Some(message), Some(id), Some(name)) = (kind, message, id, &self.name) else { return None };
        if file.error_count() > mistakes {
            return None;
        }
        Some(Rule {
            info: RuleInfo {
                code: format!("{}/{}", name.get_ref(), id.get_ref()).into(),
                kind: kind_name.unwrap_or_default(),
                pack_title: self.title.clone(),
                message: message_text.map(|m| m.into_inner().to_owned()).unwrap_or_default(),
                why,
                link,
                owner,
                severity,
                since: since.map(Spanned::into_inner),
                until: until.map(Spanned::into_inner),
                trial_until: trial.map(Spanned::into_inner),
                locales: if own_locales.is_empty() { self.locales.clone() } else { own_locales },
                examples,
                file: self.shown.clone(),
                place: self.place(span.start),
            },
            message,
            kind,
            except: except.into_iter().map(|(phrase, _)| phrase).collect(),
            quotes,
            blocks,
            fix: fix.unwrap_or(FixMode::Suggest),
        })
    }

    fn examples(&self, keys: &mut Keys<'_, 't>) -> Vec<RuleExample> {
        keys.tables("examples").into_iter().filter_map(|table| self.example(&table)).collect()
    }

    fn example(&self, table: &Spanned<&DeTable<'t>>) -> Option<RuleExample> {
        let file = self.file;
        let mut keys = file.keys(table.get_ref(), table.span());
        let (flag, pass) = (keys.string("flag"), keys.string("pass"));
        if flag.is_some() == pass.is_some() && keys.has("flag") == keys.has("pass") {
            file.error(table.span(), "an example holds either “flag” or “pass”");
        }
        for copy in flag.iter().chain(&pass) {
            match read_marks(copy.get_ref()) {
                Err(what) => file.error(copy.span(), what),
                Ok((_, marks)) if !marks.is_empty() && flag.is_none() => {
                    file.error(copy.span(), "a mark in copy that must pass; a literal bracket is doubled: [[");
                }
                Ok(_) => {}
            }
        }
        let formats = [Format::Plain, Format::Markdown, Format::Html].map(|f| (f.name(), f));
        let format = choice(&mut keys, "format", &formats);
        let fixed = keys.string("fixed");
        let date = keys.date("date");
        let locale = keys.string("locale");
        keys.finish();
        let owned = |text: Option<Spanned<&str>>| text.map(|t| t.into_inner().to_owned());
        let example = Example {
            flag: owned(flag),
            pass: owned(pass),
            fixed: owned(fixed),
            format: format.map(|f| f.name().to_owned()),
            date: date.map(Spanned::into_inner),
            locale: owned(locale),
            ..Example::default()
        };
        Some(RuleExample { example, place: self.place(table.span().start) })
    }
}

fn severity(keys: &mut Keys<'_, '_>) -> Option<Severity> {
    let names = [
        ("error", Some(Severity::Error)),
        ("warning", Some(Severity::Warning)),
        ("info", Some(Severity::Info)),
        ("off", None),
    ];
    choice(keys, "severity", &names).unwrap_or(Some(Severity::Warning))
}

fn blocks(keys: &mut Keys<'_, '_>) -> Blocks {
    if !keys.has("blocks") {
        keys.value("blocks");
        return Blocks::copy();
    }
    let mut blocks = Blocks::NONE;
    for name in keys.strings("blocks") {
        match BlockKind::from_name(name.get_ref()).filter(|k| k.is_copy()) {
            Some(kind) => blocks = blocks.with(kind),
            None => {
                let known = BlockKind::ALL.iter().filter(|k| k.is_copy()).map(|k| k.name());
                let help = format!("it is one of {}", known.collect::<Vec<_>>().join(", "));
                let message = format!("“{}” is no block of copy", name.get_ref());
                keys.file().error_with_help(name.span(), message, help);
            }
        }
    }
    if blocks == Blocks::NONE {
        keys.file().error(keys.key_span("blocks").unwrap_or_default(), "this rule can never fire: it names no block");
    }
    blocks
}

/// The bytes of the file behind `range` of a string value; the whole value where escapes stand between.
fn inside(file: &TomlFile<'_>, value: &Spanned<&str>, range: Option<Range<usize>>) -> Range<usize> {
    let span = value.span();
    let raw = file.places().text().get(span.clone()).unwrap_or_default();
    match (raw.find(value.get_ref()), range) {
        (Some(at), Some(range)) => span.start + at + range.start..span.start + at + range.end,
        _ => span,
    }
}
