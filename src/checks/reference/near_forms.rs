//! Names of organizations and places that nobody listed and that are one letter, a plural or a derived word off a listed one.

use crate::annotate::gazetteer::KnownKind;
use crate::checks::Context;
use crate::checks::words::shorten;
use crate::corpus::curated::{FormRef, Phrase};
use crate::diagnostic::{Finding, Fix, Safety, Severity};
use crate::facts::forms::{Kinship, akin};
use crate::text::fold::ascii_key;
use crate::text::{Lex, Span, Token, TokenKind};

const CODE: &str = "organizations/reference";

/// A name of the draft that is near a listed one.
struct Near {
    span: Span,
    form: FormRef,
    kinship: Kinship,
    sure: bool,
}

/// Reports the near forms of a draft; `found` are the listed forms in it, in text order.
pub(super) fn check(cx: &Context<'_>, found: &[(Span, FormRef)], findings: &mut Vec<Finding>) {
    let mut told: Vec<(FormRef, String, usize)> = Vec::new();
    for block in cx.draft.blocks.iter().filter(|b| b.kind.is_copy()) {
        let tokens = cx.draft.block_tokens(block);
        for at in 0..tokens.len() {
            if tokens[at].kind != TokenKind::Word || !tokens[at].is_capital() || is_quoted(cx, tokens[at].span) {
                continue;
            }
            let Some(near) = phrase_at(cx, tokens, at).or_else(|| word_at(cx, tokens, at)) else { continue };
            // A listed name may be a part of it: Norvane, of Norvane Semiconductors.
            let part = |&(span, _): &(Span, FormRef)| near.span.contains(span) && span.len() < near.span.len();
            if found.iter().any(|known| known.0.overlaps(near.span) && !part(known)) {
                continue;
            }
            let words = cx.draft.words_at(near.span);
            let key = ascii_key(words);
            if findings.iter().any(|f| f.span.overlaps(near.span) && &*f.code == CODE) {
                continue;
            }
            match told.iter().find(|(form, known, _)| *form == near.form && *known == key) {
                Some(&(.., index)) => findings[index] = findings[index].clone().here(near.span, "also here"),
                None => {
                    told.push((near.form, key, findings.len()));
                    findings.push(report(cx, &near, words));
                }
            }
        }
    }
}

fn is_quoted(cx: &Context<'_>, span: Span) -> bool {
    cx.annotations.quotes.iter().any(|q| q.is_speech() && q.span.contains(span))
}

fn report(cx: &Context<'_>, near: &Near, words: &str) -> Finding {
    let facts = &cx.reference.facts;
    let list = if near.form.kind == KnownKind::Place { &facts.places } else { &facts.organizations };
    let entry = &list[near.form.entry as usize];
    let house = &entry.name.text;
    let message = format!("“{}” here, “{}” in the facts file", shorten(words, 30), shorten(house, 30));
    let mut finding = Finding::new(CODE, near.span, message)
        .elsewhere(entry.provenance.evidence_at(&entry.name, None))
        .fix(Fix::replace(near.span, house, Safety::Unsafe))
        .why(near.kinship.name());
    if !near.sure {
        finding = finding.likely();
    }
    if entry.provenance.proposed { finding.cap(Severity::Info) } else { finding }
}

/// The listed name of several words that one at `at` begins or ends, all but one word of it.
fn phrase_at(cx: &Context<'_>, tokens: &[Token], at: usize) -> Option<Near> {
    let names = &cx.reference.facts.names;
    let key = ascii_key(cx.draft.word(&tokens[at]));
    names.phrases_with_end(&key).find_map(|phrase| {
        let len = phrase.words.len();
        let starts = [
            (phrase.words[0] == key).then_some(at),
            (phrase.words[len - 1] == key).then(|| (at + 1).checked_sub(len)).flatten(),
        ];
        starts.into_iter().flatten().find_map(|start| same_but_one(cx, tokens, start, phrase))
    })
}

fn same_but_one(cx: &Context<'_>, tokens: &[Token], start: usize, phrase: &Phrase) -> Option<Near> {
    let run = tokens.get(start..start + phrase.words.len())?;
    let mut odd: Option<(&Token, &String)> = None;
    for (token, word) in run.iter().zip(&phrase.words) {
        if token.kind != TokenKind::Word {
            return None;
        }
        if ascii_key(cx.draft.word(token)) != *word && odd.replace((token, word)).is_some() {
            return None;
        }
    }
    let (token, word) = odd.filter(|(token, _)| token.is_capital())?;
    let ours = ascii_key(cx.draft.word(token));
    let kinship = akin(&ours, word)?;
    let span = run[0].span.cover(run[run.len() - 1].span);
    if stands_in_longer_name(cx, tokens, start, start + run.len()) || belongs_to_person(cx, span) {
        cx.kept_apart(CODE, span, span, || "longer: a part of another name".to_owned());
        return None;
    }
    let is_word = |key: &str| Lex::of(key).is(Lex::WORD | Lex::PROPER | Lex::CITY | Lex::COUNTRY | Lex::SURNAME);
    let all_words = phrase.words.iter().all(|w| is_word(w));
    let last = std::ptr::eq(token, &run[run.len() - 1]);
    let sure = match kinship {
        // “The Supreme Courts of two states”: where every word is a common one, several may be meant.
        Kinship::Plural if last && all_words && ours.len() > word.len() => {
            if names_several(cx, tokens, start, start + run.len()) {
                return None;
            }
            false
        }
        Kinship::Plural | Kinship::Derived => !all_words || run.len() > 2,
        Kinship::Slip => !is_word(&ours) || run.len() > 2,
    };
    Some(Near { span, form: phrase.form, kinship, sure })
}

/// Whether a plural stands as more than one: with no article, or with “of” or “and” beside it.
fn names_several(cx: &Context<'_>, tokens: &[Token], start: usize, end: usize) -> bool {
    let word = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map_or("", |t| cx.draft.lower(t));
    let before = word(start.checked_sub(1));
    let after = word(Some(end));
    before != "the" || matches!(after, "of" | "in" | "and" | "are" | "were" | "have" | "across")
}

/// Whether a capital beside the words makes them a part of a longer name.
fn stands_in_longer_name(cx: &Context<'_>, tokens: &[Token], start: usize, end: usize) -> bool {
    let part = |at: usize, toward: Span| {
        tokens.get(at).is_some_and(|t| {
            let gap = Span { start: t.span.end.min(toward.end), end: t.span.start.max(toward.start) };
            let beside = gap.of(&cx.draft.text).chars().all(char::is_whitespace);
            let free = t.lex.is(Lex::FUNCTION | Lex::WEEKDAY | Lex::MONTH);
            beside && t.kind == TokenKind::Word && t.is_capital() && !free
        })
    };
    let before = start.checked_sub(1).is_some_and(|at| part(at, tokens[start].span));
    before || part(end, tokens[end - 1].span)
}

fn belongs_to_person(cx: &Context<'_>, span: Span) -> bool {
    cx.annotations.people.iter().flat_map(|p| &p.mentions).any(|m| m.span.overlaps(span))
}

/// The listed name of one word that a word nobody knows is one slip away from.
fn word_at(cx: &Context<'_>, tokens: &[Token], at: usize) -> Option<Near> {
    let token = &tokens[at];
    if !token.lex.is_unknown() || stands_in_longer_name(cx, tokens, at, at + 1) || belongs_to_person(cx, token.span) {
        return None;
    }
    let form = cx.reference.facts.names.near_word(&ascii_key(cx.draft.word(token)))?;
    Some(Near { span: token.span, form, kinship: Kinship::Slip, sure: false })
}
