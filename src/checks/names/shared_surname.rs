//! `names/shared-surname`: a bare surname that fits two people.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::clip;
use crate::annotate::Person;
use crate::annotate::person::NameForm;
use crate::checks::{Check, Context, in_speech, options};
use crate::diagnostic::Finding;
use crate::text::fold::ascii_key;

const CODE: &str = "names/shared-surname";

pub const CHECK: Check = Check {
    code: CODE,
    page: include_str!("../../../rules/core/names/shared-surname.toml"),
    run,
    options: options::<Options>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// Surname to the full name it means when it stands alone.
    default: BTreeMap<String, String>,
    /// One of the two is named so many times as often that readers take the surname for that one; 0 is never.
    dominance: usize,
}

fn run(cx: &Context, out: &mut Vec<Finding>) {
    let options = cx.options::<Options>();
    let mut groups: BTreeMap<String, Vec<&Person>> = BTreeMap::new();
    for person in cx.annotations.people.iter().filter(|p| p.first_full().is_some()) {
        groups.entry(ascii_key(&person.surname)).or_default().push(person);
    }
    for people in groups.values().filter(|people| people.len() > 1) {
        if options.default.contains_key(&people[0].surname) {
            continue;
        }
        let bare = people.iter().flat_map(|p| p.mentions.iter().map(move |m| (*p, m))).filter(|(_, m)| {
            let body = cx.draft.blocks[m.block as usize].kind.is_body();
            m.ambiguous && m.form == NameForm::Surname && body && !super::is_attributive(cx, m.span)
        });
        let Some((_, first)) = bare.min_by_key(|(_, m)| m.span) else { continue };
        let (a, b) = (people[0], people[1]);
        let (Some(full_a), Some(full_b)) = (a.first_full(), b.first_full()) else { continue };
        if in_speech(cx, first.span) {
            cx.kept_apart(CODE, first.span, full_a.span, || "speech: the speaker knows who is meant".to_owned());
            continue;
        }
        let full = |p: &Person| p.mentions.iter().filter(|m| m.form == NameForm::Full).count();
        let counts = (full(a).max(a.mentions.len() / 2), full(b).max(b.mentions.len() / 2));
        let (less, more) = (counts.0.min(counts.1), counts.0.max(counts.1));
        if people.len() == 2 && options.dominance > 0 && more >= options.dominance * less.max(1) {
            cx.kept_apart(CODE, first.span, full_a.span, || "dominance: the story is about one of them".to_owned());
            continue;
        }
        let message = format!(
            "“{}” alone may be {} or {}",
            clip(cx.draft.words_at(first.span), 20),
            clip(&a.name, 24),
            clip(&b.name, 24)
        );
        out.push(
            Finding::new(CODE, first.span, message)
                .likely()
                .here(full_a.span, "one of that surname")
                .here(full_b.span, "the other"),
        );
    }
}
