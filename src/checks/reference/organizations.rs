//! `organizations/reference`: a name of an organization or place that the desk has otherwise.

use serde::Deserialize;

use super::{near_forms, near_texts};
use crate::annotate::gazetteer::KnownKind;
use crate::checks::Context;
use crate::checks::words::shorten;
use crate::corpus::curated::{FormKind, FormRef};
use crate::diagnostic::{Finding, Fix, Safety, Severity};
use crate::text::fold::ascii_key;
use crate::text::{Span, TokenKind};

const CODE: &str = "organizations/reference";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    variants: bool,
}

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    near_texts::check(cx, findings);
    let facts = &cx.reference.facts;
    if facts.organizations.is_empty() && facts.places.is_empty() {
        return;
    }
    let mut found: Vec<(Span, FormRef)> = Vec::new();
    for block in cx.draft.blocks.iter().filter(|b| b.kind.is_copy()) {
        let tokens = cx.draft.block_tokens(block);
        let mut at = 0;
        while at < tokens.len() {
            // The longest form that starts here.
            let hit = (tokens[at].kind == TokenKind::Word)
                .then(|| (1..=2 * facts.names.longest()).rev().find_map(|len| form_at(cx, tokens.get(at..at + len)?)))
                .flatten();
            match hit {
                Some((span, form)) => {
                    found.push((span, form));
                    at += tokens[at..].iter().take_while(|t| t.span.start < span.end).count();
                }
                None => at += 1,
            }
        }
    }
    near_forms::check(cx, &found, findings);
    let mut seen: Vec<(FormRef, String)> = Vec::new();
    for (index, &(span, form)) in found.iter().enumerate() {
        let wanted = form.form == FormKind::Wrong || form.form == FormKind::Variant && cx.options::<Options>().variants;
        let key = (form, ascii_key(cx.draft.words_at(span)));
        if !wanted || seen.contains(&key) {
            continue;
        }
        let list = if form.kind == KnownKind::Place { &facts.places } else { &facts.organizations };
        let entry = &list[form.entry as usize];
        let (text, house) = (cx.draft.words_at(span), &entry.name.text);
        let message = format!("“{}” here, “{}” in the facts file", shorten(text, 30), shorten(house, 30));
        let mut finding = Finding::new(CODE, span, message)
            .elsewhere(entry.provenance.evidence_at(&entry.name, None))
            .fix(Fix::replace(span, house, Safety::Unsafe))
            .why("the facts file decides");
        for &(other, _) in
            found[index + 1..].iter().filter(|(s, f)| *f == form && ascii_key(cx.draft.words_at(*s)) == key.1)
        {
            finding = finding.here(other, "also here");
        }
        if entry.provenance.proposed {
            finding = finding.cap(Severity::Info);
        }
        findings.push(finding);
        seen.push(key);
    }
}

/// The listed form that `tokens` are, if they hold a capital as names do.
fn form_at(cx: &Context<'_>, tokens: &[crate::text::Token]) -> Option<(Span, FormRef)> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    if last.kind != TokenKind::Word || !tokens.iter().any(|t| t.is_capital()) {
        return None;
    }
    let span = first.span.cover(last.span);
    let key = ascii_key(cx.draft.words_at(span));
    let forms = cx.reference.facts.names.get(&key).iter();
    forms.filter(|f| f.kind != KnownKind::Person).min_by_key(|f| f.form).map(|f| (span, *f))
}
