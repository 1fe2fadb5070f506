//! `names/unidentified`: a first reference with no title or description.

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::{body_mentions, clip};
use crate::annotate::Person;
use crate::annotate::person::{NameForm, PersonMention, Trust};
use crate::annotate::quote::Tier;
use crate::checks::{Check, Context, in_speech, options};
use crate::diagnostic::{Finding, Fix, Safety};
use crate::text::{Case, Lex, Span, TokenKind};

const CODE: &str = "names/unidentified";

pub const CHECK: Check = Check {
    code: CODE,
    page: include_str!("../../../rules/core/names/unidentified.toml"),
    run,
    options: options::<Options>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// Names that need no description.
    household: Vec<String>,
    /// Only people who are quoted.
    quoted: bool,
}

fn run(cx: &Context, out: &mut Vec<Finding>) {
    let options = cx.options::<Options>();
    let mut surnames: FxHashMap<&str, usize> = FxHashMap::default();
    cx.annotations.people.iter().for_each(|p| *surnames.entry(&p.surname).or_default() += 1);
    let speakers = OnceCell::new();
    for person in &cx.annotations.people {
        let Some(first) = body_mentions(cx, person).next() else { continue };
        if first.form != NameForm::Full || !person.titles.is_empty() || in_speech(cx, first.span) {
            continue;
        }
        if options.household.iter().any(|h| h == &person.name || h == &person.surname) {
            continue;
        }
        let description = describe(cx, person);
        let speaks = || speakers.get_or_init(|| speakers_of(cx)).contains(&person.id);
        let sure_name = person.trust <= Trust::Given && person.mentions.len() > 1;
        if description.is_none() && (!sure_name || person.known.is_some() || options.quoted && !speaks()) {
            continue;
        }
        if description.is_none() && super::may_be_headline(cx, first.block)
            || is_described(cx, &surnames, person, first)
        {
            continue;
        }
        let message = format!("“{}” has no title or description", clip(cx.draft.words_at(first.span), 50));
        let finding = Finding::new(CODE, first.span, message);
        out.push(match description {
            Some(words) => {
                let at = Span { start: first.span.end, end: first.span.end };
                let fix = Fix::replace(at, format!(", {words},"), Safety::Unsafe);
                finding.fix(Fix { title: format!("Add “{}”", clip(&words, 60)), ..fix })
            }
            None => finding.likely(),
        });
    }
}

/// Who says five words or more, by what stands beside them.
fn speakers_of(cx: &Context) -> FxHashSet<u32> {
    let said = cx.annotations.quotes.iter().filter(|q| q.tier == Some(Tier::A) && q.words >= 5);
    said.filter_map(|q| q.person).collect()
}

/// What the facts file says of a person when first named.
fn describe(cx: &Context, person: &Person) -> Option<String> {
    let entry = cx.reference.facts.people.get(person.known? as usize)?;
    entry.describe.clone()
}

/// Whether the sentence of the first mention or the next one says who this is: a comma and words after the name, words before it,
/// a word for what people do, a relative clause, a kinship.
///
/// `surnames` says how many people have each.
fn is_described(cx: &Context, surnames: &FxHashMap<&str, usize>, person: &Person, first: &PersonMention) -> bool {
    let draft = cx.draft;
    let next = draft.token_at(first.span.end);
    let token = |at: usize| draft.tokens.get(at).filter(|t| t.block == first.block);
    if token(next).is_some_and(|t| {
        matches!(draft.word(t), "," | "(" | "—" | "–" | "-" | ":" | "|") || t.kind == TokenKind::Clitic
    }) {
        return true;
    }
    if token(next).is_some_and(|t| {
        let word = draft.lower(t);
        matches!(word, "of" | "from" | "at" | "and" | "with" | "who" | "is" | "was" | "as" | "for")
            || WORK.contains(&word)
    }) {
        return true;
    }
    // A noun or a name right before it, with or without a comma: lawyer Ada Poe; the lawyer, Ada Poe; Acme’s Ada Poe.
    let before = draft.token_at(first.span.start).checked_sub(1).and_then(token);
    let noun_before = before.is_some_and(|t| {
        let word = t.kind == TokenKind::Word && !t.lex.is(Lex::FUNCTION | Lex::SPEECH_VERB);
        word || t.kind == TokenKind::Clitic || matches!(draft.word(t), "," | ":" | "(")
    });
    if noun_before {
        return true;
    }
    // Near Mora Tora, in Mora Tora: a place.
    if before.is_some_and(|t| matches!(draft.lower(t), "near" | "in" | "around" | "outside" | "inside" | "into")) {
        return true;
    }
    let offices = |sentence: u32| {
        let Some(sentence) = draft.sentences.get(sentence as usize).filter(|s| s.block.abs_diff(first.block) <= 1)
        else {
            return false;
        };
        draft
            .sentence_tokens(sentence)
            .iter()
            .any(|t| t.case == Case::Lower && crate::annotate::person::is_title_word(draft.lower(t)))
    };
    if offices(first.sentence) || offices(first.sentence + 1) || first.sentence.checked_sub(1).is_some_and(offices) {
        return true;
    }
    if is_taken_up(cx, person, first) {
        return true;
    }
    // A people, not a person.
    if draft.tokens_in(first.span).iter().any(|t| t.lex.is(Lex::DEMONYM)) {
        return true;
    }
    // Two of one surname, or one whom the headline names, are known from there.
    surnames.get(person.surname.as_str()).is_some_and(|&bearers| bearers > 1)
        || person.mentions.iter().any(|m| m.span.start < first.span.start)
}

/// Verbs of what people do for a living, in the third person.
const WORK: [&str; 16] = [
    "chairs",
    "coaches",
    "directs",
    "edits",
    "heads",
    "leads",
    "manages",
    "owns",
    "plays",
    "represents",
    "runs",
    "serves",
    "studies",
    "teaches",
    "trains",
    "works",
];

/// Whether the next sentence or paragraph says who it is: “The captain lost”, “His last film”, “Poe teaches law”.
fn is_taken_up(cx: &Context, person: &Person, first: &PersonMention) -> bool {
    let draft = cx.draft;
    let next_sentence = draft.sentences.get(first.sentence as usize + 1);
    let next_sentence = next_sentence.filter(|s| s.block.abs_diff(first.block) <= 1);
    let opens = next_sentence.map(|s| draft.sentence_tokens(s)).and_then(|tokens| tokens.first());
    if opens.is_some_and(|t| matches!(draft.lower(t), "his" | "her")) {
        return true;
    }
    // “The British number one”: a person by what he or she is.
    if opens.is_some_and(|t| draft.lower(t) == "the")
        && next_sentence.is_some_and(|s| draft.sentence_tokens(s).get(1).is_some_and(|t| t.lex.is(Lex::DEMONYM)))
    {
        return true;
    }
    let Some(again) = person.mentions.iter().find(|m| m.span.start > first.span.start) else { return false };
    let verb = draft.tokens.get(draft.token_at(again.span.end));
    again.block <= first.block + 2 && verb.is_some_and(|t| WORK.contains(&draft.lower(t)))
}
