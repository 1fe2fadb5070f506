//! `names/spelling`: one person, two spellings in the draft.

use std::collections::BTreeMap;

use serde::Deserialize;
use smallvec::SmallVec;

use super::established::{established, is_mangled};
use super::slips::{Slips, is_slip};
use super::strays::strays;
use super::{Spelling, clip, is_marked_right, orphans, pairs, stray_slips};
use crate::annotate::Person;
use crate::annotate::person::{are_given_names_of_one, given_names_agree};
use crate::checks::{Check, Context, options};
use crate::diagnostic::{Confidence, Finding, Fix, Safety};
use crate::text::{Lex, Span};

pub const CODE: &str = "names/spelling";

pub const CHECK: Check = Check {
    code: CODE,
    page: include_str!("../../../rules/core/names/spelling.toml"),
    run,
    options: options::<Options>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// Spellings that the desk accepts beside each other, as lists.
    accept: Vec<Vec<String>>,
    /// Whether marks alone make a difference: Poé and Poe.
    marks: bool,
}

/// A spelling to blame, and what it stands against.
pub struct Conflict<'a> {
    wrong: Vec<Span>,
    right: Vec<Span>,
    confidence: Confidence,
    why: &'a str,
}

fn run(cx: &Context, out: &mut Vec<Finding>) {
    let options = cx.options::<Options>();
    let mut conflicts: Vec<Conflict> = Vec::new();
    for person in &cx.annotations.people {
        within(cx, person, options.marks, &mut conflicts);
    }
    let established = established(cx);
    pairs::between(cx, &mut conflicts);
    let slips = Slips::new(established.iter().map(|e| &*e.key));
    orphans::orphans(cx, &established, &slips, &mut conflicts);
    let in_body = |block: usize| {
        let kind = cx.draft.blocks[block].kind;
        kind.is_body() || kind == crate::source::BlockKind::Heading
    };
    for stray in strays(cx, in_body, |key| slips.may_have(key)) {
        stray_slips::strays(cx, &stray, &established, &slips, &mut conflicts);
    }
    report(cx, conflicts, &options.accept, out);
}

/// One finding for each spelling to blame: two conflicts over the same words are one.
fn report(cx: &Context, conflicts: Vec<Conflict>, accept: &[Vec<String>], out: &mut Vec<Finding>) {
    let mut by_span: BTreeMap<Span, Conflict> = BTreeMap::new();
    for conflict in conflicts {
        let words = |span: Span| cx.draft.words_at(span);
        let accepted = accept.iter().any(|list| {
            let has = |span: Span| list.iter().any(|form| form == words(span));
            has(conflict.wrong[0]) && has(conflict.right[0])
        });
        if is_mangled(cx, conflict.wrong[0]) || is_mangled(cx, conflict.right[0]) {
            continue;
        }
        if accepted {
            cx.kept_apart(CODE, conflict.wrong[0], conflict.right[0], || "accept: the desk accepts both".to_owned());
            continue;
        }
        let entry = by_span.entry(conflict.wrong[0]);
        let better = |old: &Conflict| conflict.confidence > old.confidence || conflict.right.len() > old.right.len();
        match entry {
            std::collections::btree_map::Entry::Vacant(slot) => drop(slot.insert(conflict)),
            std::collections::btree_map::Entry::Occupied(mut slot) if better(slot.get()) => drop(slot.insert(conflict)),
            std::collections::btree_map::Entry::Occupied(_) => {}
        }
    }
    for (span, conflict) in by_span {
        let (wrong, right) = (cx.draft.words_at(span), cx.draft.words_at(conflict.right[0]));
        let places = match conflict.right.len() {
            1 => super::place(cx, conflict.right[0]),
            n => format!("in {n} other places"),
        };
        let message = format!("“{}” here, “{}” {places}", clip(wrong, 28), clip(right, 28));
        let mut finding = Finding::new(CODE, span, message)
            .confidence(conflict.confidence)
            .here(conflict.right[0], format!("spelled “{}”", clip(right, 40)))
            .fix(Fix::replace(span, right, Safety::Unsafe))
            .why(conflict.why);
        for &other in conflict.wrong.iter().skip(1).take(4) {
            finding = finding.here(other, "the same spelling again");
        }
        out.push(finding);
    }
}

/// The spelling to blame of two: the rarer; of two as rare, the one that no list has; else the later.
fn blame<'s>(cx: &Context, a: &'s [Span], b: &'s [Span]) -> (&'s [Span], &'s [Span]) {
    let listed = |spans: &[Span]| !Lex::of(&cx.draft.words_at(spans[0]).to_lowercase()).is_unknown();
    let a_is_wrong = match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Less => true,
        std::cmp::Ordering::Greater => false,
        std::cmp::Ordering::Equal if listed(a) != listed(b) => !listed(a),
        std::cmp::Ordering::Equal => a[0] > b[0],
    };
    if a_is_wrong { (a, b) } else { (b, a) }
}

/// Only what stands in running text is blamed here; headlines and captions have a code of their own.
fn in_body(cx: &Context, spans: &[Span]) -> Vec<Span> {
    let body = |s: &Span| !cx.draft.blocks[cx.draft.block_at(s.start)].kind.is_display();
    spans.iter().copied().filter(body).collect()
}

pub fn push<'a>(
    cx: &Context,
    conflicts: &mut Vec<Conflict<'a>>,
    a: &[Span],
    b: &[Span],
    confidence: Confidence,
    why: &'a str,
) {
    let (wrong, right) = blame(cx, a, b);
    add(cx, conflicts, wrong, right, confidence, why);
}

/// A conflict of which it is plain which side is the slip.
pub fn push_wrong<'a>(cx: &Context, conflicts: &mut Vec<Conflict<'a>>, wrong: &[Span], right: &[Span], why: &'a str) {
    add(cx, conflicts, wrong, right, Confidence::Likely, why);
}

fn add<'a>(
    cx: &Context,
    conflicts: &mut Vec<Conflict<'a>>,
    wrong: &[Span],
    right: &[Span],
    confidence: Confidence,
    why: &'a str,
) {
    let wrong = in_body(cx, wrong);
    if wrong.is_empty() || right.is_empty() || wrong.iter().any(|&s| is_marked_right(cx, s)) {
        return;
    }
    conflicts.push(Conflict { wrong, right: right.to_vec(), confidence, why });
}

/// Two spellings in the mentions that were joined as one person.
fn within<'a>(cx: &Context, person: &Person, marks: bool, conflicts: &mut Vec<Conflict<'a>>) {
    if person.mentions.len() < 2 {
        return;
    }
    let surnames = super::surname_spellings(cx, person);
    if surnames.len() > 1 {
        let most = surnames.iter().max_by_key(|s| (s.spans.len(), std::cmp::Reverse(s.spans[0])));
        let most = most.expect("more than one");
        for Spelling { key, spans } in &surnames {
            // A short form of a double surname, or one without its article, is no other spelling.
            let part = most.key.split(' ').any(|p| p == key)
                || key.split(' ').any(|p| p == most.key)
                || most.key.replace(' ', "") == key.replace(' ', "");
            if *key != most.key && !part && is_variant(key, &most.key) {
                push(
                    cx,
                    conflicts,
                    spans,
                    &most.spans,
                    Confidence::Sure,
                    "one person: the given name and a fold of the surname agree",
                );
            }
        }
    }
    let given = super::given_spellings(cx, person);
    let forms: SmallVec<[&Spelling; 4]> = given.iter().filter(|s| s.key.len() > 3).collect();
    for (i, Spelling { key: a, spans: a_spans }) in forms.iter().enumerate() {
        for Spelling { key: b, spans: b_spans } in &forms[i + 1..] {
            // Short forms are no other spelling.
            if !given_names_agree(&[a], &[b]) && is_variant(a, b) {
                push(
                    cx,
                    conflicts,
                    a_spans,
                    b_spans,
                    Confidence::Sure,
                    "one person: the surname and a fold of the given name agree",
                );
            }
        }
    }
    if marks {
        let written = |spans: &[Span]| {
            let mut forms: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
            for &span in spans {
                forms.entry(cx.draft.words_at(span)).or_default().push(span);
            }
            forms
        };
        for spans in surnames.iter().chain(&given).map(|s| &s.spans).filter(|spans| spans.len() > 1) {
            let forms: Vec<Vec<Span>> = written(spans).into_values().collect();
            if let [a, b, ..] = &forms[..]
                && cx.draft.words_at(a[0]).to_lowercase() != cx.draft.words_at(b[0]).to_lowercase()
            {
                push(cx, conflicts, a, b, Confidence::Likely, "one name but for its marks");
            }
        }
    }
}

/// Whether two keys are spellings of one name by shape: not so unlike that one must be another name.
fn is_variant(a: &str, b: &str) -> bool {
    let alike = || {
        let distance = strsim::osa_distance(a, b);
        distance <= 3 && 2 * distance < a.chars().count().max(b.chars().count())
    };
    a.chars().next() == b.chars().next() && alike()
        || is_slip(a, b)
        || crate::annotate::person::keys::slavic(a) == crate::annotate::person::keys::slavic(b)
        || are_given_names_of_one(a, b)
}
