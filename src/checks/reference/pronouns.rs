//! A person of the facts file who is called he where the desk has she, or the other way round.

use super::people::listed_entry;
use crate::annotate::person::{Gender, PersonMention};
use crate::annotate::{Person, person};
use crate::checks::Context;
use crate::diagnostic::{Finding, Severity};
use crate::text::{Lex, Span, Token};

const CODE: &str = "names/reference";

pub(super) fn check(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    if cx.reference.facts.people.iter().all(|p| p.pronouns.is_none()) {
        return;
    }
    for person in &cx.annotations.people {
        let Some(entry) = listed_entry(cx, person) else { continue };
        let Some((listed, wanted)) = entry.pronouns.as_deref().and_then(|p| Some((p, gender(p)?))) else { continue };
        let spans: Vec<Span> = person.mentions.iter().filter_map(|m| other_pronoun(cx, person, m, wanted)).collect();
        let Some((&first, others)) = spans.split_first() else { continue };
        let message = format!("“{}” here, “{listed}” in the facts file", cx.draft.words_at(first));
        let mut finding = Finding::new(CODE, first, message)
            .elsewhere(entry.provenance.evidence(&entry.name.text, None))
            .why(format!("the sentence speaks of nobody but {}", person.name));
        for other in others.iter().filter(|s| **s != first) {
            finding = finding.here(*other, "also here");
        }
        if others.is_empty() {
            finding = finding.likely();
        }
        if entry.provenance.proposed {
            finding = finding.cap(Severity::Info);
        }
        findings.push(finding);
    }
}

/// `she`, `he/him`: what the desk lists. Anything else is for readers of the file.
fn gender(pronouns: &str) -> Option<Gender> {
    match pronouns.split(|c: char| !c.is_alphabetic()).next()?.to_lowercase().as_str() {
        "he" => Some(Gender::Male),
        "she" => Some(Gender::Female),
        _ => None,
    }
}

/// The pronoun of the other gender that can be nobody's but the person's: the mention opens its sentence, which names and speaks of
/// nobody else.
fn other_pronoun(cx: &Context<'_>, person: &Person, mention: &PersonMention, wanted: Gender) -> Option<Span> {
    let draft = cx.draft;
    let sentence = &draft.sentences[mention.sentence as usize];
    let tokens = draft.sentence_tokens(sentence);
    let titles = || person.titles.iter().map(|t| t.span);
    let opens = tokens
        .iter()
        .take_while(|t| t.span.start < mention.span.start)
        .all(|t| titles().any(|title| title.contains(t.span)) || !t.is_word() || person::is_courtesy(draft.lower(t)));
    let others = cx.annotations.people.iter().filter(|p| p.id != person.id).flat_map(|p| &p.mentions);
    if !opens || others.into_iter().any(|m| m.sentence == mention.sentence) {
        return None;
    }
    let quoted = |span: Span| cx.annotations.quotes.iter().any(|q| q.outer.overlaps(span));
    let after: Vec<&Token> = tokens.iter().filter(|t| t.is_word() && t.span.start >= mention.span.end).collect();
    for (at, token) in after.iter().enumerate() {
        let word = draft.lower(token);
        let found = match word {
            "he" | "his" | "himself" => Some(Gender::Male),
            "she" | "hers" | "herself" => Some(Gender::Female),
            // “told her” may be anybody; “her office” is hers.
            "her" if after.get(at + 1).is_some_and(|next| !next.lex.is(Lex::FUNCTION)) => Some(Gender::Female),
            "him" | "her" => return None,
            _ => None,
        };
        match found {
            Some(_) if quoted(token.span) => return None,
            Some(found) => return (found != wanted).then_some(token.span),
            // Somebody else may be meant: his wife, the officer.
            None if person::is_somebody(word) && !titles().any(|title| title.contains(token.span)) => return None,
            None => {}
        }
    }
    None
}
