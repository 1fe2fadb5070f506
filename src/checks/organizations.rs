//! `organizations/*`.

use serde::Deserialize;

use super::names::{Stray, clip, is_slip, place, strays};
use super::{Check, Context, options};
use crate::annotate::Entity;
use crate::diagnostic::{Finding, Fix, Safety};
use crate::text::fold::ascii_key;
use crate::text::{Lex, Span};

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

fn run<'a>(cx: &Context<'a>, out: &mut Vec<Finding>) {
    let accept = &cx.options::<Options>().accept;
    words(cx, accept, out);
    for entities in [&cx.annotations.organizations, &cx.annotations.places] {
        // Only names of as many words differ in one.
        let with_gaps = |entity: &'a Entity| {
            let key = ascii_key(&entity.name);
            let gaps = key.bytes().filter(|&b| b == b' ').count();
            (entity, key, gaps)
        };
        let long: Vec<(&Entity, String, usize)> =
            entities.iter().filter(|e| e.name.contains(' ')).map(with_gaps).collect();
        for (i, (a, a_key, a_gaps)) in long.iter().enumerate() {
            for (b, b_key, _) in long[i + 1..].iter().filter(|(_, _, gaps)| gaps == a_gaps) {
                let Some((a_word, b_word)) = odd_pair(a_key, b_key) else { continue };
                if !accept.iter().any(|list| list.contains(&a.name) && list.contains(&b.name)) {
                    compare(cx, (a, a_word), (b, b_word), out);
                }
            }
        }
    }
}

/// How often a word must stand for another to be held its misspelling; twice is enough for a listed place, and where the word before
/// agrees (San Malo, San Mallo).
const ESTABLISHED: usize = 3;

/// A listed place of this many letters need not stand more than once.
const LONG: usize = 6;

/// Names of one word that nobody bears: the company, the town or the ship of the story, one slip off in one place.
fn words(cx: &Context<'_>, accept: &[Vec<String>], out: &mut Vec<Finding>) {
    let all = strays(cx, |block| cx.draft.blocks[block].kind.is_copy());
    let place_like = Lex::CITY | Lex::COUNTRY | Lex::US_STATE;
    let names = |s: &Stray| {
        !s.after(cx.draft).is_empty() && s.before(cx.draft).is_empty()
            || cx.annotations.organizations.iter().any(|o| begins(o, s))
    };
    let rights: Vec<&Stray> = all
        .iter()
        .filter(|s| !s.lex.is(Lex::COMMON | Lex::WEEKDAY | Lex::MONTH))
        .filter(|s| s.spans.len() >= 2 || s.lex.is(place_like) && s.key.len() >= LONG || names(s))
        .collect();
    // A rare surname is a slip all the same where the words beside it agree.
    let own = Lex::WORD
        | Lex::PROPER
        | Lex::COMMON_SURNAME
        | Lex::GIVEN
        | Lex::CITY
        | Lex::COUNTRY
        | Lex::US_STATE
        | Lex::DEMONYM;
    for wrong in all.iter().filter(|s| s.spans.len() == 1 && !s.lex.is(own) && s.key.len() >= 5) {
        for right in rights.iter().filter(|r| is_slip(&r.key, &wrong.key)) {
            let (span, other) = (wrong.spans[0], right.spans[0]);
            let words = |span| cx.draft.words_at(span);
            // Not Lake Malin and Port Marlin.
            let same = |a: &str, b: &str| a == b && !a.is_empty();
            let led_alike = same(&wrong.before(cx.draft), &right.before(cx.draft))
                || same(&wrong.after(cx.draft), &right.after(cx.draft));
            let strange = wrong.lex.is_unknown();
            // Pelgrove where Pellgrove Insurance has been named: the short form of nothing else.
            let short = strange && names(right) && wrong.firm && wrong.spans[0] > right.spans[0];
            let alone = right.spans.len() < 2 && !right.lex.is(place_like);
            if !(short || !alone && (led_alike || strange && wrong.firm && right.alone > 0)) {
                cx.kept_apart(CODE, span, other, || "longer: parts of names that differ otherwise too".to_owned());
                continue;
            }
            if right.spans.len() < ESTABLISHED && !led_alike && !short && !right.lex.is(place_like) {
                cx.kept_apart(CODE, span, other, || "uses: neither form is the rarer".to_owned());
                continue;
            }
            let accepted = |list: &Vec<String>| [span, other].iter().all(|&s| list.iter().any(|n| n == words(s)));
            if accept.iter().any(accepted) {
                cx.kept_apart(CODE, span, other, || "accept: the desk accepts both".to_owned());
                continue;
            }
            let message =
                format!("“{}” here, “{}” {}", clip(words(span), 26), clip(words(other), 26), place(cx, other));
            out.push(
                Finding::new(CODE, span, message)
                    .here(other, format!("spelled “{}”", clip(words(other), 40)))
                    .fix(Fix::replace(span, words(other), Safety::Unsafe))
                    .why("a name of one word, one slip from one that the draft has often"),
            );
            break;
        }
    }
}

/// Whether the name of an organization, of two words or more, begins with this word.
fn begins(organization: &Entity, word: &Stray) -> bool {
    let longer = |m: &Span| word.spans.iter().any(|s| m.start == s.start && m.end > s.end);
    organization.name.contains(' ') && organization.mentions.iter().any(longer)
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
