//! `names/first-reference`: a surname before any full name, or a full name where house style wants the surname.

use serde::Deserialize;

use super::{body_mentions, clip};
use crate::annotate::Person;
use crate::annotate::person::{NameForm, TitleKind, Trust};
use crate::checks::{Check, Context, in_speech, options};
use crate::diagnostic::Finding;
use crate::source::BlockKind;

const CODE: &str = "names/first-reference";

pub const CHECK: Check = Check {
    code: CODE,
    page: include_str!("../../../rules/core/names/first-reference.toml"),
    run,
    options: options::<Options>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// Surnames that need no given name.
    household: Vec<String>,
    /// How many paragraphs the full name may come after the surname.
    grace: u32,
    /// Whether to report full names after the first.
    repeated: bool,
}

fn run(cx: &Context, out: &mut Vec<Finding>) {
    let options = cx.options::<Options>();
    for person in &cx.annotations.people {
        if options.household.iter().any(|h| h == &person.surname || h == &person.name) || person.known.is_some() {
            continue;
        }
        if options.repeated {
            repeated(cx, person, out);
        }
        match person.first_full() {
            Some(_) => late(cx, person, options.grace, out),
            None => never(cx, person, out),
        }
    }
}

/// The full name comes paragraphs after the surname.
fn late(cx: &Context, person: &Person, grace: u32, out: &mut Vec<Finding>) {
    let mut body = body_mentions(cx, person);
    let Some(first) = body.next() else { return };
    let Some(full) =
        person.mentions.iter().find(|m| m.form == NameForm::Full && cx.draft.blocks[m.block as usize].kind.is_body())
    else {
        return;
    };
    if first.form != NameForm::Surname || first.ambiguous || full.block < first.block + grace {
        return;
    }
    let gate = |why: &'static str| cx.kept_apart(CODE, first.span, full.span, || why.to_owned());
    // The headline or standfirst has the full name, or the surname is part of the name of something.
    let shown =
        |m: &&crate::annotate::person::PersonMention| m.form == NameForm::Full && m.span.start < first.span.start;
    if person.mentions.iter().any(|m| shown(&m)) {
        gate("display: the headline gives the full name");
    } else if in_speech(cx, first.span) {
        gate("speech: a speaker may say the surname alone");
    } else if super::is_attributive(cx, first.span) {
        gate("name: the surname names something");
    } else if cx.annotations.people.iter().any(|p| p.id != person.id && p.surname == person.surname) {
        gate("shared: another person of that surname");
    } else if person.trust > Trust::Given {
        gate("trust: the full name is none for sure");
    } else {
        let message = format!("“{}” before the full name, {}", clip(&person.surname, 30), super::place(cx, full.span));
        out.push(Finding::new(CODE, first.span, message).likely().here(full.span, "the full name"));
    }
}

/// Nobody of that surname is ever named in full, and the person speaks.
fn never(cx: &Context, person: &Person, out: &mut Vec<Finding>) {
    let Some(first) = body_mentions(cx, person).next() else { return };
    let speaks = cx.annotations.quotes.iter().any(|q| q.person == Some(person.id) && q.words >= 5 && q.is_speech());
    let titled = |kind: TitleKind| person.titles.iter().any(|t| t.kind == kind);
    // An office says who speaks; a courtesy title or a rank does not. Clergy and royalty go by one name.
    let nameless = titled(TitleKind::Courtesy)
        && !titled(TitleKind::Office)
        && person.titles.iter().all(|t| matches!(t.office.as_str(), "mr" | "mrs"));
    if !speaks || !nameless || first.form != NameForm::TitleSurname || in_speech(cx, first.span) {
        return;
    }
    let elsewhere = cx.draft.blocks.iter().any(|b| b.kind == BlockKind::Byline || b.kind == BlockKind::Caption);
    if !elsewhere {
        let message = format!("“{}” speaks and is never named in full", clip(&person.surname, 40));
        out.push(Finding::new(CODE, first.span, message).likely());
    }
}

fn repeated(cx: &Context, person: &Person, out: &mut Vec<Finding>) {
    let mut full = body_mentions(cx, person).filter(|m| m.form == NameForm::Full);
    let Some(first) = full.next() else { return };
    let shared = cx.annotations.people.iter().any(|p| p.id != person.id && p.surname == person.surname);
    for again in full.filter(|m| !shared && !in_speech(cx, m.span)) {
        let message = format!("full name again: “{}”", clip(cx.draft.words_at(again.span), 40));
        out.push(Finding::new(CODE, again.span, message).likely().here(first.span, "first reference"));
    }
}
