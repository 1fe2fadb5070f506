//! Reads one rule file: every key checked, every mistake reported at its place, one bad rule never in the way of the others.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::letters::Phrase;
use super::pattern::Pattern;
use super::rule::{Blocks, FixMode, FormSet, Kind, Quotes, Rule, RuleExample, RuleInfo};
use super::template::{Slot, Template};
use super::variants::{Change, Variants};
use super::{Example, read_marks};
use crate::config_error::{ConfigError, did_you_mean};
use crate::diagnostic::Severity;
use crate::source::{BlockKind, Format};
use crate::strict_toml::{Keys, TomlFile};
use crate::text::line_index::{LineIndex, Place};
use crate::text::spelling::Side;

/// The kinds of rules, with the key that each cannot do without.
const KINDS: [(&str, &str); 5] = [
    ("avoid", "words"),
    ("substitute", "replace"),
    ("pattern", "regex"),
    ("consistent", "forms"),
    ("variants", "spell"),
];

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
        let kind_name = self.kind_name(&mut keys);
        let kind = kind_name.and_then(|(name, _)| match name {
            "avoid" => avoid(&mut keys, match_case),
            "substitute" => substitute(&mut keys, match_case),
            "pattern" => pattern(&mut keys, match_case),
            "consistent" => consistent(&mut keys, match_case),
            _ => variants(&mut keys),
        });
        match kind_name {
            Some((name, first)) if !keys.has(first) => {
                keys.missing(first, &format!("a rule of the kind “{name}” needs it"));
            }
            Some(_) => {}
            // Which keys belong here is not known then.
            None => ["words", "replace", "regex", "forms", "prefer", "spell", "changes", "leaning"]
                .into_iter()
                .for_each(|key| {
                    keys.value(key);
                }),
        }
        let except: Vec<_> =
            keys.strings("except").iter().map(|e| (Phrase::new(e.get_ref(), match_case), e.span())).collect();
        if let Some(kind) = &kind {
            check_exceptions(file, kind, &except);
        }
        let groups = match &kind {
            Some(Kind::Pattern { pattern, .. }) => Some(pattern.groups),
            _ => None,
        };
        let message_text = keys.string("message");
        let message = message_text.as_ref().and_then(|m| template(file, m, groups));
        if !keys.has("message") {
            keys.missing("message", "say what is wrong, in a line of at most 90 characters");
        }
        if let (Some(kind), Some(template), Some(text)) = (&kind, &message, &message_text) {
            check_slots(file, kind, template, text);
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
        keys.finish_with(other_kind);
        let (Some(kind), Some(message), Some(id), Some(name)) = (kind, message, id, &self.name) else { return None };
        if file.error_count() > mistakes {
            return None;
        }
        Some(Rule {
            info: RuleInfo {
                code: format!("{}/{}", name.get_ref(), id.get_ref()).into(),
                kind: kind_name.map_or("", |(name, _)| name),
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

    fn kind_name(&self, keys: &mut Keys<'_, 't>) -> Option<(&'static str, &'static str)> {
        let all = || KINDS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        let Some(kind) = keys.string("kind") else {
            if !keys.has("kind") {
                keys.missing("kind", &format!("it is one of {}", all()));
            }
            return None;
        };
        let found = KINDS.into_iter().find(|(name, _)| name == kind.get_ref());
        if found.is_none() {
            let help = match did_you_mean(kind.get_ref(), KINDS.iter().map(|(name, _)| *name)) {
                Some(meant) => format!("did you mean “{meant}”?"),
                None => format!("there are {}", all()),
            };
            self.file.error_with_help(kind.span(), format!("“{}” is no kind of rule", kind.get_ref()), help);
        }
        found
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

/// The help for a key that belongs to another kind of rule.
fn other_kind(key: &str) -> Option<String> {
    let kind = match key {
        "words" => "avoid",
        "replace" => "substitute or pattern",
        "regex" => "pattern",
        "forms" | "prefer" => "consistent",
        "spell" | "changes" | "leaning" => "variants",
        _ => return None,
    };
    Some(format!("“{key}” belongs to the kind {kind}"))
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

/// A phrase of a rule; one that no draft can hold is reported.
fn phrase(file: &TomlFile<'_>, written: &Spanned<&str>, match_case: bool) -> Option<Phrase> {
    let phrase = Phrase::new(written.get_ref(), match_case);
    if phrase.folded.is_empty() {
        file.error(written.span(), "this can never be found: there are no words in it");
        return None;
    }
    Some(phrase)
}

fn avoid(keys: &mut Keys<'_, '_>, match_case: bool) -> Option<Kind> {
    let words = keys.strings("words");
    if words.is_empty()
        && let Some(span) = keys.key_span("words")
    {
        keys.file().error(span, "this rule can never fire: it lists no words");
    }
    let phrases = words.iter().filter_map(|w| phrase(keys.file(), w, match_case)).collect();
    Some(Kind::Avoid(phrases))
}

fn substitute(keys: &mut Keys<'_, '_>, match_case: bool) -> Option<Kind> {
    let file = keys.file();
    let table = keys.table("replace")?;
    let mut pairs = Vec::new();
    let mut seen: FxHashMap<String, &str> = FxHashMap::default();
    let entries = file.keys(table.get_ref(), table.span()).entries();
    if entries.is_empty() {
        file.error(table.span(), "this rule can never fire: it replaces nothing");
    }
    for (written, value) in entries {
        let replacements = file.as_strings(value, written.get_ref());
        let Some(phrase) = phrase(file, &written, match_case) else { continue };
        if replacements.is_empty() {
            if matches!(value.get_ref(), DeValue::Array(_)) {
                file.error(value.span(), format!("no replacement is given for “{}”", written.get_ref()));
            }
            continue;
        }
        if let Some(same) = replacements.iter().find(|r| **r.get_ref() == phrase.written) {
            file.error(same.span(), format!("“{}” would be replaced by itself", written.get_ref()));
        }
        if let Some(first) = seen.insert(phrase.folded.clone(), written.get_ref()) {
            file.error(written.span(), format!("“{}” is replaced twice, here and as “{first}”", written.get_ref()));
        }
        pairs.push((phrase, replacements.iter().map(|r| (*r.get_ref()).to_owned()).collect()));
    }
    Some(Kind::Substitute(pairs))
}

fn pattern(keys: &mut Keys<'_, '_>, match_case: bool) -> Option<Kind> {
    let file = keys.file();
    let regex = keys.string("regex");
    let replace = keys.strings("replace");
    let regex = regex?;
    let pattern = match Pattern::new(regex.get_ref(), match_case) {
        Ok(pattern) => pattern,
        Err(error) => {
            file.error(inside(file, &regex, error.range), error.message);
            return None;
        }
    };
    let templates: Vec<_> = replace.iter().filter_map(|r| template(file, r, Some(pattern.groups))).collect();
    let needs_groups = templates.iter().any(Template::uses_groups);
    Some(Kind::Pattern { pattern, replace: templates, needs_groups })
}

fn consistent(keys: &mut Keys<'_, '_>, match_case: bool) -> Option<Kind> {
    let file = keys.file();
    let prefer = keys.strings("prefer");
    let mut used = vec![false; prefer.len()];
    let mut sets = Vec::new();
    let mut seen: FxHashMap<String, ()> = FxHashMap::default();
    for value in keys.array("forms")? {
        let Some(forms) = value.get_ref().as_array() else {
            file.error_with_help(
                value.span(),
                "a list of forms was meant",
                "forms = [[\"email\", \"e-mail\"]] is a list of lists",
            );
            continue;
        };
        let written: Vec<_> =
            forms.iter().filter_map(|f| file.as_string(f, "forms").map(|text| Spanned::new(f.span(), text))).collect();
        if written.len() < 2 {
            file.error(value.span(), "this can never fire: two forms at least are needed");
        }
        let phrases: Vec<Phrase> = written.iter().filter_map(|w| phrase(file, w, match_case)).collect();
        for (index, form) in phrases.iter().enumerate() {
            let key = if match_case { &form.folded } else { &form.lower };
            if seen.insert(key.clone(), ()).is_some() {
                let span = written.get(index).map(Spanned::span).unwrap_or_default();
                let message =
                    format!("“{}” stands here twice, or differs from another form in capitals only", form.written);
                file.error_with_help(span, message, "capitals count with match-case = true");
            }
        }
        let preferred = prefer.iter().position(|p| phrases.iter().any(|f| f.written == *p.get_ref()));
        if let Some(index) = preferred {
            used[index] = true;
        }
        let prefer = preferred.and_then(|p| phrases.iter().position(|f| f.written == *prefer[p].get_ref()));
        sets.push(FormSet { forms: phrases, prefer });
    }
    for (name, _) in prefer.iter().zip(used).filter(|(_, used)| !used) {
        file.error(
            name.span(),
            format!("“{}” is preferred, but stands in no list of forms of its own", name.get_ref()),
        );
    }
    Some(Kind::Consistent(sets))
}

fn variants(keys: &mut Keys<'_, '_>) -> Option<Kind> {
    let file = keys.file();
    let side = choice(keys, "spell", &[("british", Side::British), ("american", Side::American)]);
    let leaning = keys.bool("leaning").unwrap_or(false);
    let mut changes: Vec<Change> = Vec::new();
    for name in keys.strings("changes") {
        match Change::NAMES.iter().find(|(own, _)| own == name.get_ref()) {
            Some((_, change)) => changes.push(*change),
            None => {
                let known = Change::NAMES.iter().map(|(own, _)| *own).collect::<Vec<_>>().join(", ");
                let message = format!("“{}” is no kind of change", name.get_ref());
                file.error_with_help(name.span(), message, format!("it is one of {known}"));
            }
        }
    }
    if changes.is_empty() {
        changes = Change::NAMES.iter().map(|(_, change)| *change).collect();
    }
    Some(Kind::Variants(Variants { side: side?, changes, leaning }))
}

fn template(file: &TomlFile<'_>, text: &Spanned<&str>, groups: Option<usize>) -> Option<Template> {
    Template::parse(text.get_ref(), groups)
        .map_err(|(words, what)| {
            let at = text.get_ref().find(&words).unwrap_or(0);
            file.error(inside(file, text, Some(at..at + words.len())), what);
        })
        .ok()
}

/// A message may only use what its kind can fill.
fn check_slots(file: &TomlFile<'_>, kind: &Kind, message: &Template, text: &Spanned<&str>) {
    let replaces = match kind {
        Kind::Avoid(_) => false,
        Kind::Substitute(_) | Kind::Variants(_) => true,
        Kind::Pattern { replace, .. } => !replace.is_empty(),
        Kind::Consistent(sets) => sets.iter().all(|s| s.prefer.is_some()),
    };
    let consistent = matches!(kind, Kind::Consistent(_));
    for (name, slot) in Slot::ALL {
        let filled = match slot {
            Slot::Match => true,
            Slot::Replacement => replaces,
            Slot::Other | Slot::Count => consistent,
        };
        if !filled && message.uses(slot) {
            let word = format!("{{{name}}}");
            let at = text.get_ref().find(&word).unwrap_or(0);
            let message = format!("“{word}” has nothing to stand for in this rule");
            file.error(inside(file, text, Some(at..at + word.len())), message);
        }
    }
}

/// Exceptions that swallow a word whole make it silent for ever.
fn check_exceptions(file: &TomlFile<'_>, kind: &Kind, except: &[(Phrase, Range<usize>)]) {
    let words: Vec<&Phrase> = match kind {
        Kind::Avoid(words) => words.iter().collect(),
        Kind::Substitute(pairs) => pairs.iter().map(|(phrase, _)| phrase).collect(),
        Kind::Pattern { .. } | Kind::Variants(_) => return,
        Kind::Consistent(sets) => sets.iter().flat_map(|s| &s.forms).collect(),
    };
    for (exception, span) in except {
        if let Some(word) = words.iter().find(|w| exception.takes(&w.folded) && w.lower == exception.lower) {
            file.error(span.clone(), format!("“{}” can never be found: it is an exception too", word.written));
        } else if !words.iter().any(|w| exception.lower.contains(&w.lower)) {
            file.error(span.clone(), format!("“{}” excepts nothing: no word of this rule is in it", exception.written));
        }
    }
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
