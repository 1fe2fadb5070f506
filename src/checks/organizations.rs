//! `organizations/*`.

use serde::Deserialize;

use super::names::{clip, is_slip, place};
use super::{Check, Context, options};
use crate::annotate::Entity;
use crate::diagnostic::{Finding, Fix, Safety};
use crate::text::Lex;
use crate::text::fold::ascii_key;

const CODE: &str = "organizations/spelling";

pub const CHECKS: &[Check] = &[Check {
    code: CODE,
    page: include_str!("../../rules/core/organizations/spelling.toml"),
    run,
    options: options::<Options>,
}];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// Names that may stand beside each other, as lists.
    accept: Vec<Vec<String>>,
}

fn run(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let accept = &cx.options::<Options>().accept;
    for entities in [&cx.annotations.organizations, &cx.annotations.places] {
        let long: Vec<(&Entity, String)> =
            entities.iter().filter(|e| e.name.contains(' ')).map(|e| (e, ascii_key(&e.name))).collect();
        for (i, (a, a_key)) in long.iter().enumerate() {
            for (b, b_key) in &long[i + 1..] {
                let accepted = accept.iter().any(|list| list.contains(&a.name) && list.contains(&b.name));
                if !accepted && let Some((a_word, b_word)) = odd_pair(a_key, b_key) {
                    compare(cx, (a, a_word), (b, b_word), out);
                }
            }
        }
    }
}

/// The one pair of words in which two names differ, if it is one and the two are one slip apart.
fn odd_pair<'k>(a: &'k str, b: &'k str) -> Option<(&'k str, &'k str)> {
    if a == b || a.split(' ').count() != b.split(' ').count() {
        return None;
    }
    let mut unlike = a.split(' ').zip(b.split(' ')).filter(|(x, y)| x != y);
    let pair = unlike.next()?;
    (unlike.next().is_none() && is_slip(pair.0, pair.1)).then_some(pair)
}

fn compare(cx: &Context<'_>, a: (&Entity, &str), b: (&Entity, &str), out: &mut Vec<Finding>) {
    let listed = |word: &str| {
        Lex::of(word).is(Lex::WORD
            | Lex::PROPER
            | Lex::CITY
            | Lex::COUNTRY
            | Lex::US_STATE
            | Lex::GIVEN
            | Lex::COMMON_SURNAME)
    };
    // The rarer form is blamed; of two as rare, the one that no list has; else the later.
    let rank = |(e, word): (&Entity, &str)| (e.mentions.len(), listed(word), std::cmp::Reverse(e.mentions[0]));
    let (wrong, right) = if rank(a) < rank(b) { (a, b) } else { (b, a) };
    let (span, other) = (wrong.0.mentions[0], right.0.mentions[0]);
    if listed(wrong.1) {
        cx.kept_apart(CODE, span, other, || "word: the rarer form is a word or a name of its own".to_owned());
        return;
    }
    if wrong.0.mentions.len() > 1 && right.0.mentions.len() < 3 {
        cx.kept_apart(CODE, span, other, || "uses: neither form is the rarer".to_owned());
        return;
    }
    let name = &right.0.name;
    let message = format!("“{}” here, “{}” {}", clip(cx.draft.words_at(span), 26), clip(name, 26), place(cx, other));
    out.push(
        Finding::new(CODE, span, message)
            .here(other, format!("spelled “{}”", clip(name, 40)))
            .fix(Fix::replace(span, cx.draft.words_at(other), Safety::Unsafe))
            .why("the other words agree, one word is one slip off"),
    );
}
