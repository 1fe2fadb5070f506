//! `names/first-reference`: a surname before any full name, or a full name where house style wants the surname.

use serde::Deserialize;

use super::{body_mentions, clip};
use crate::annotate::Person;
use crate::annotate::person::{NameForm, TitleKind, Trust, is_title_word};
use crate::checks::{Check, Context, in_speech, options};
use crate::diagnostic::Finding;
use crate::source::BlockKind;
use crate::text::{Lex, Span};

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
    } else if super::is_attributive(cx, first.span) || is_group(cx, first.span) {
        gate("name: the surname names something");
    } else if super::may_be_headline(cx, first.block) {
        gate("display: the first line may be the headline");
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
    if !elsewhere && !has_longer_form(cx, person, first.span) {
        let message = format!("“{}” speaks and is never named in full", clip(&person.surname, 40));
        out.push(Finding::new(CODE, first.span, message).likely());
    }
}

/// Words for groups and firms: what follows them is their name.
const GROUPS: [&str; 22] = [
    "band",
    "brand",
    "chain",
    "club",
    "company",
    "duo",
    "firm",
    "foursome",
    "group",
    "label",
    "maker",
    "manufacturer",
    "outfit",
    "quartet",
    "quintet",
    "retailer",
    "rockers",
    "side",
    "team",
    "trio",
    "village",
    "yacht",
];

/// Whether a word for a group stands right before the name: the band Quill.
fn is_group(cx: &Context, name: Span) -> bool {
    let before = cx.draft.token_at(name.start).checked_sub(1).map(|b| &cx.draft.tokens[b]);
    before.is_some_and(|t| GROUPS.contains(&cx.draft.lower(t)))
}

/// Whether the surname stands anywhere after another name or before a place, read as a person’s full name or not: “said the
/// board’s Ilka Quill”, “Lord Quill of Salem”.
fn has_longer_form(cx: &Context, person: &Person, first: Span) -> bool {
    let draft = cx.draft;
    let surname = person.surname.to_lowercase();
    let of = draft.token_at(first.end);
    let is_of = draft.tokens.get(of).is_some_and(|t| draft.lower(t) == "of");
    if is_of && draft.tokens.get(of + 1).is_some_and(|t| t.is_capital()) {
        return true;
    }
    draft.tokens.windows(2).any(|pair| {
        let [before, name] = pair else { return false };
        let longer = before.is_capital() && before.block == name.block && before.sentence == name.sentence;
        longer
            && name.is_capital()
            && draft.lower(name) == surname
            && !before.lex.is(Lex::FUNCTION)
            && !is_title_word(draft.lower(before).trim_end_matches('.'))
    })
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
