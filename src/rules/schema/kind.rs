//! The kinds of rules and the keys of each: what words, replacements, regexes and forms may be.

use rustc_hash::FxHashMap;
use toml::Spanned;
use toml::de::DeValue;

use super::{choice, inside};
use crate::config_error::did_you_mean;
use crate::rules::letters::Phrase;
use crate::rules::pattern::Pattern;
use crate::rules::rule::{FormSet, Kind};
use crate::rules::template::Template;
use crate::rules::variants::{Change, Variants};
use crate::strict_toml::{Keys, TomlFile};
use crate::text::spelling::Side;

/// The kinds of rules, with the key that each cannot do without.
const KINDS: [(&str, &str); 5] = [
    ("avoid", "words"),
    ("substitute", "replace"),
    ("pattern", "regex"),
    ("consistent", "forms"),
    ("variants", "spell"),
];

/// The name of a rule's kind and what its own keys say. Every mistake is reported; a kind without a name or with one leaves `None`.
pub(super) fn read(keys: &mut Keys<'_, '_>, match_case: bool) -> (Option<&'static str>, Option<Kind>) {
    let kind_name = name(keys);
    let kind = kind_name.and_then(|(name, _)| match name {
        "avoid" => avoid(keys, match_case),
        "substitute" => substitute(keys, match_case),
        "pattern" => pattern(keys, match_case),
        "consistent" => consistent(keys, match_case),
        _ => variants(keys),
    });
    match kind_name {
        Some((name, first)) if !keys.has(first) => {
            keys.missing(first, &format!("a rule of the kind “{name}” needs it"));
        }
        Some(_) => {}
        // Which keys belong here is not known then.
        None => ["words", "replace", "regex", "forms", "prefer", "spell", "changes", "leaning"].into_iter().for_each(
            |key| {
                keys.value(key);
            },
        ),
    }
    (kind_name.map(|(name, _)| name), kind)
}

fn name(keys: &mut Keys<'_, '_>) -> Option<(&'static str, &'static str)> {
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
        keys.file().error_with_help(kind.span(), format!("“{}” is no kind of rule", kind.get_ref()), help);
    }
    found
}

/// The help for a key that belongs to another kind of rule.
pub(super) fn of_other_kind(key: &str) -> Option<String> {
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

pub(super) fn template(file: &TomlFile<'_>, text: &Spanned<&str>, groups: Option<usize>) -> Option<Template> {
    Template::parse(text.get_ref(), groups)
        .map_err(|(words, what)| {
            let at = text.get_ref().find(&words).unwrap_or(0);
            file.error(inside(file, text, Some(at..at + words.len())), what);
        })
        .ok()
}
