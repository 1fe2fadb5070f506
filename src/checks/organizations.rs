//! `organizations/*`: one organization or place in two spellings.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::Deserialize;
use smallvec::SmallVec;

use super::names::{Slips, Stray, clip, is_slip, place, strays};
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
        let long: Vec<(&Entity, String)> =
            entities.iter().filter(|e| e.name.contains(' ')).map(|e| (e, ascii_key(&e.name))).collect();
        for (i, j) in alike(long.iter().map(|(_, key)| key.as_str())) {
            let ((a, a_key), (b, b_key)) = (&long[i], &long[j]);
            let accepted = accept.iter().any(|list| list.contains(&a.name) && list.contains(&b.name));
            if !accepted && let Some((a_word, b_word)) = odd_pair(a_key, b_key) {
                compare(cx, (a, a_word), (b, b_word), out);
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
    let all = strays(cx, |block| cx.draft.blocks[block].kind.is_copy(), |_| true);
    // A rare surname is a slip all the same where the words beside it agree.
    let own = Lex::WORD
        | Lex::PROPER
        | Lex::COMMON_SURNAME
        | Lex::GIVEN
        | Lex::CITY
        | Lex::COUNTRY
        | Lex::US_STATE
        | Lex::DEMONYM;
    // Tuesday-Sunday is no name.
    let is_days = |s: &Stray| cx.draft.tokens_in(s.spans[0]).iter().any(|t| t.lex.is(Lex::WEEKDAY | Lex::MONTH));
    let is_wrong = |s: &&Stray| s.spans.len() == 1 && !s.lex.is(own) && s.key.len() >= 5 && !is_days(s);
    let mut wrongs = all.iter().filter(is_wrong).peekable();
    if wrongs.peek().is_none() {
        return;
    }
    let place_like = Lex::CITY | Lex::COUNTRY | Lex::US_STATE;
    let beginning = beginnings(&cx.annotations.organizations);
    let names = |s: &Stray| {
        let begins = |word: &Span| beginning.get(&word.start).is_some_and(|&end| end > word.end);
        !s.after(cx.draft).is_empty() && s.before(cx.draft).is_empty() || s.spans.iter().any(begins)
    };
    let rights: Vec<&Stray> = all
        .iter()
        .filter(|s| !s.lex.is(Lex::COMMON | Lex::WEEKDAY | Lex::MONTH))
        .filter(|s| s.spans.len() >= 2 || s.lex.is(place_like) && s.key.len() >= LONG || names(s))
        .collect();
    let slips = Slips::new(rights.iter().map(|r| &*r.key));
    for wrong in wrongs {
        let may = slips.of(&wrong.key).into_iter().map(|at| rights[at]);
        for right in may.filter(|r| is_slip(&r.key, &wrong.key)) {
            let (span, other) = (wrong.spans[0], right.spans[0]);
            let words = |span| cx.draft.words_at(span);
            // Not Lake Malin and Port Marlin.
            let same = |a: &str, b: &str| a == b && !a.is_empty();
            let led_alike = same(&wrong.before(cx.draft), &right.before(cx.draft))
                || same(&wrong.after(cx.draft), &right.after(cx.draft));
            let strange = wrong.lex.is_unknown();
            // Pelgrove where Pellgrove Insurance has been named: the short form of nothing else.
            let short = strange && names(right) && wrong.firm && wrong.spans[0] > right.spans[0];
            // Orsava Film Festival where all else is Orsova.
            let plain = strange && right.lex.is_unknown() && !wrong.key.contains(' ') && !right.key.contains(' ');
            let begins =
                plain && wrong.before(cx.draft).is_empty() && right.spans.len() >= ESTABLISHED && right.alone >= 2;
            let alone = right.spans.len() < 2 && !right.lex.is(place_like);
            if !(short || !alone && (led_alike || begins || strange && wrong.firm && right.alone > 0)) {
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

/// Where the names of organizations that have two words or more begin, and where they end.
fn beginnings(organizations: &[Entity]) -> FxHashMap<u32, u32> {
    let long = organizations.iter().filter(|o| o.name.contains(' '));
    long.flat_map(|o| &o.mentions).map(|m| (m.start, m.end)).collect()
}

/// The pairs of names that may be alike in all words but one, each the earlier first, in order. The names are known by what is left of them
/// without one of their words: there such pairs meet.
fn alike<'k>(keys: impl Iterator<Item = &'k str>) -> Vec<(usize, usize)> {
    let mut rests: Vec<(u64, usize)> = Vec::new();
    keys.enumerate().for_each(|(at, key)| rests_of(key, |rest| rests.push((rest, at))));
    rests.sort_unstable();
    let mut pairs = Vec::new();
    for group in rests.chunk_by(|a, b| a.0 == b.0) {
        for (place, &(_, at)) in group.iter().enumerate() {
            let next = group[place + 1..].iter().map(|r| r.1).filter(|&other| other != at);
            pairs.extend(next.take(CROWD).map(|other| (at, other)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Of names that differ in one word each is held against so many that come next: more are a list.
const CROWD: usize = 200;

/// A hash for each word of `key`, of its place and of all the other words in theirs.
fn rests_of(key: &str, put: impl FnMut(u64)) {
    let word_at = |(place, word): (usize, &str)| FxBuildHasher.hash_one((place, word));
    let words: SmallVec<[u64; 8]> = key.split(' ').enumerate().map(word_at).collect();
    let all = words.iter().fold(words.len() as u64, |all, word| all.wrapping_add(*word));
    let without = |(place, word): (usize, &u64)| all.wrapping_sub(*word) ^ FxBuildHasher.hash_one(place);
    words.iter().enumerate().map(without).for_each(put);
}

/// The one pair of words in which two names differ, if it is one and the two are one slip apart.
fn odd_pair<'k>(a: &'k str, b: &'k str) -> Option<(&'k str, &'k str)> {
    // Corp. at the end of a sentence, and Corp.
    let (a, b) = (a.trim_end_matches('.'), b.trim_end_matches('.'));
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
    // The one word was told already.
    if out.iter().any(|f| &*f.code == CODE && f.span.overlaps(span)) {
        return;
    }
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
