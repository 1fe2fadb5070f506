//! What a rule says in vain: a slot of its message that nothing fills, an exception that excepts nothing or everything.

use std::ops::Range;

use toml::Spanned;

use super::inside;
use crate::rules::letters::Phrase;
use crate::rules::rule::Kind;
use crate::rules::template::{Slot, Template};
use crate::strict_toml::TomlFile;

/// A message may only use what its kind can fill.
pub(super) fn slots(file: &TomlFile<'_>, kind: &Kind, message: &Template, text: &Spanned<&str>) {
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
pub(super) fn exceptions(file: &TomlFile<'_>, kind: &Kind, except: &[(Phrase, Range<usize>)]) {
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
