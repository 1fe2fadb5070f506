//! `names/spelling`: one person, two spellings in the draft.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::near::{self, Established, Part, is_slip};
use super::{clip, is_marked_right};
use crate::annotate::Person;
use crate::annotate::person::{NameForm, TitleKind, Trust, given_names_agree};
use crate::checks::{Check, Context, options};
use crate::diagnostic::{Confidence, Finding, Fix, Safety};
use crate::text::fold::ascii_key;
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
struct Conflict<'a> {
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
    let established = near::established(cx);
    between(cx, &mut conflicts);
    orphans(cx, &established, &mut conflicts);
    let in_body = |block: usize| {
        let kind = cx.draft.blocks[block].kind;
        kind.is_body() || kind == crate::source::BlockKind::Heading
    };
    for stray in near::strays(cx, in_body) {
        strays(cx, &stray, &established, &mut conflicts);
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

fn push<'a>(
    cx: &Context,
    conflicts: &mut Vec<Conflict<'a>>,
    a: &[Span],
    b: &[Span],
    confidence: Confidence,
    why: &'a str,
) {
    let (wrong, right) = blame(cx, a, b);
    let wrong = in_body(cx, wrong);
    if wrong.is_empty() || wrong.iter().any(|&s| is_marked_right(cx, s)) {
        return;
    }
    conflicts.push(Conflict { wrong, right: right.to_vec(), confidence, why });
}

/// Two spellings in the mentions that were joined as one person.
fn within<'a>(cx: &Context, person: &Person, marks: bool, conflicts: &mut Vec<Conflict<'a>>) {
    let surnames = super::surname_spellings(cx, person);
    if surnames.len() > 1 {
        let forms: Vec<(&String, &Vec<Span>)> = surnames.iter().collect();
        let most =
            forms.iter().max_by_key(|(_, spans)| (spans.len(), std::cmp::Reverse(spans[0]))).expect("more than one");
        for (key, spans) in &forms {
            // A short form of a double surname, or one without its article, is no other spelling.
            let part = most.0.split(' ').any(|p| p == key.as_str())
                || key.split(' ').any(|p| p == most.0.as_str())
                || most.0.replace(' ', "") == key.replace(' ', "");
            if key != &most.0 && !part && is_variant(key, most.0) {
                push(
                    cx,
                    conflicts,
                    spans,
                    most.1,
                    Confidence::Sure,
                    "one person: the given name and a fold of the surname agree",
                );
            }
        }
    }
    let given = super::given_spellings(cx, person);
    let forms: Vec<(&String, &Vec<Span>)> = given.iter().filter(|(key, _)| key.len() > 3).collect();
    for (i, (a, a_spans)) in forms.iter().enumerate() {
        for (b, b_spans) in &forms[i + 1..] {
            // Short forms are no other spelling.
            if !given_names_agree(&[(*a).clone()], &[(*b).clone()]) && is_variant(a, b) {
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
        for spans in surnames.values().chain(given.values()) {
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
    a.chars().next() == b.chars().next() && strsim::osa_distance(a, b) <= 3
        || is_slip(a, b)
        || crate::annotate::person::keys::slavic(a) == crate::annotate::person::keys::slavic(b)
}

fn full_count(person: &Person) -> usize {
    person.mentions.iter().filter(|m| m.form == NameForm::Full).count()
}

/// Whether the draft says what this person is, beside a full mention: then it is introduced as somebody of its own.
fn is_introduced(person: &Person) -> bool {
    person.titles.iter().any(|t| t.kind != TitleKind::Courtesy)
}

/// Two people with full names of which one part is one slip apart and the other agrees.
fn between<'a>(cx: &Context, conflicts: &mut Vec<Conflict<'a>>) {
    let people: Vec<&Person> = cx.annotations.people.iter().filter(|p| p.first_full().is_some()).collect();
    for (i, a) in people.iter().enumerate() {
        for b in &people[i + 1..] {
            compare(cx, a, b, conflicts);
        }
    }
}

fn compare<'a>(cx: &Context, a: &Person, b: &Person, conflicts: &mut Vec<Conflict<'a>>) {
    let (Some(given_a), Some(given_b)) = (&a.given, &b.given) else { return };
    let (Some(full_a), Some(full_b)) = (a.first_full(), b.first_full()) else { return };
    let (given_a, given_b) = (ascii_key(given_a), ascii_key(given_b));
    let (surname_a, surname_b) = (ascii_key(&a.surname), ascii_key(&b.surname));
    let (Some(span_a), Some(span_b)) = (full_a.surname, full_b.surname) else { return };
    if a.known.is_some() && b.known.is_some() {
        cx.kept_apart(CODE, full_a.span, full_b.span, || "known: two entries of the reference".to_owned());
        return;
    }
    if surname_a != surname_b && given_a == given_b && is_slip(&surname_a, &surname_b) {
        let (rare, often) =
            if full_count(a) + a.mentions.len() <= full_count(b) + b.mentions.len() { (a, b) } else { (b, a) };
        let unlisted = Lex::of(&surname_a).is_unknown() && Lex::of(&surname_b).is_unknown();
        if full_count(rare) > 1 && full_count(often) > 1 && !unlisted {
            cx.kept_apart(CODE, full_a.span, full_b.span, || "uses: both full names stand more than once".to_owned());
            return;
        }
        if is_introduced(rare) && is_introduced(often) && !same_office(a, b) && !unlisted {
            cx.kept_apart(CODE, full_a.span, full_b.span, || "titles: each has a title of its own".to_owned());
            return;
        }
        let rare_key = if std::ptr::eq(rare, a) { &surname_a } else { &surname_b };
        let common = Lex::of(rare_key).is(Lex::COMMON_SURNAME) && Lex::of(&given_a).is(Lex::GIVEN);
        let confidence = if common && rare.mentions.len() > 1 { Confidence::Likely } else { Confidence::Sure };
        push(
            cx,
            conflicts,
            &surnames(a, span_a),
            &surnames(b, span_b),
            confidence,
            "the given names agree, the surnames are one slip apart",
        );
        return;
    }
    if surname_a != surname_b || given_a.len() < 3 || given_b.len() < 3 {
        return;
    }
    let (Some(at_a), Some(at_b)) = (full_a.given, full_b.given) else { return };
    let near = given_a.chars().next() == given_b.chars().next()
        && (strsim::osa_distance(&given_a, &given_b) == 1
            || strsim::osa_distance(&given_a, &given_b) == 2 && given_a.len().min(given_b.len()) >= 7);
    let (rare, often) =
        if full_count(a) < full_count(b) || full_count(a) == full_count(b) && a.mentions.len() <= b.mentions.len() {
            (a, b)
        } else {
            (b, a)
        };
    let opposite = a.gender.zip(b.gender).is_some_and(|(x, y)| x != y);
    if near {
        if opposite {
            cx.kept_apart(CODE, full_a.span, full_b.span, || "gender: a man’s name and a woman’s".to_owned());
            return;
        }
        if full_count(rare) > 1 && full_count(often) > 1 {
            cx.kept_apart(CODE, full_a.span, full_b.span, || "uses: both full names stand more than once".to_owned());
            return;
        }
        if given_a.contains(' ') && given_b.contains(' ') {
            cx.kept_apart(CODE, full_a.span, full_b.span, || {
                "given names of two syllables differ in one, as siblings’ do".to_owned()
            });
            return;
        }
        if is_introduced(rare) && is_introduced(often) && !same_office(a, b) {
            cx.kept_apart(CODE, full_a.span, full_b.span, || "titles: each has a title of its own".to_owned());
            return;
        }
        push(
            cx,
            conflicts,
            &givens(a, at_a),
            &givens(b, at_b),
            Confidence::Sure,
            "the surnames agree, the given names are one slip apart",
        );
        return;
    }
    if !opposite && wrong_given(cx, rare, often) {
        let why = "one full mention with another given name, of somebody whom the draft does not introduce";
        push(cx, conflicts, &givens(rare, full_a.span), &givens(often, full_b.span), Confidence::Likely, why);
        return;
    }
    // The same office and place with another given name: a wrong given name.
    if same_office(a, b) && !opposite && full_count(rare) == 1 && rare.mentions.len() == 1 {
        push(
            cx,
            conflicts,
            &givens(a, at_a),
            &givens(b, at_b),
            Confidence::Likely,
            "surname, office and country agree, the given names differ",
        );
    }
}

/// Words of kinship, and what sets two of one surname side by side on purpose.
const FAMILY: [&str; 40] = [
    "wife",
    "husband",
    "son",
    "daughter",
    "brother",
    "sister",
    "mother",
    "father",
    "family",
    "couple",
    "married",
    "widow",
    "widower",
    "cousin",
    "uncle",
    "aunt",
    "nephew",
    "niece",
    "parents",
    "siblings",
    "brothers",
    "sisters",
    "sons",
    "daughters",
    "twin",
    "twins",
    "relative",
    "relatives",
    "spouse",
    "grandson",
    "granddaughter",
    "grandfather",
    "grandmother",
    "elder",
    "younger",
    "namesake",
    "dynasty",
    "unrelated",
    "children",
    "kids",
];

/// Whether `rare` reads as a slip for `often`: named once, in full, later, with no word of who that is and no kin nearby.
fn wrong_given(cx: &Context, rare: &Person, often: &Person) -> bool {
    let (Some(slip), Some(first)) = (rare.first_full(), often.first_full()) else { return false };
    // Bare surnames after the slip go to the nearest name, which is the slip.
    let bare = rare.mentions.iter().filter(|m| m.form != NameForm::Surname).count() == 1;
    let once =
        bare && rare.mentions[0].span == slip.span && often.mentions.len() >= 2 && first.span.start < slip.span.start;
    if !once || !rare.titles.is_empty() {
        return false;
    }
    let near = slip.sentence.saturating_sub(1)..=slip.sentence + 1;
    let kin = near
        .clone()
        .filter_map(|s| cx.draft.sentences.get(s as usize))
        .any(|s| cx.draft.sentence_tokens(s).iter().any(|t| FAMILY.contains(&cx.draft.lower(t))));
    let side_by_side = often.mentions.iter().any(|m| m.sentence == slip.sentence && m.form == NameForm::Full);
    !kin && !side_by_side
}

fn surnames(person: &Person, first: Span) -> Vec<Span> {
    let mut spans: Vec<Span> = person.mentions.iter().filter_map(|m| m.surname).collect();
    if spans.is_empty() {
        spans.push(first);
    }
    spans
}

fn givens(person: &Person, first: Span) -> Vec<Span> {
    let mut spans: Vec<Span> =
        person.mentions.iter().filter(|m| m.form == NameForm::Full).filter_map(|m| m.given).collect();
    if spans.is_empty() {
        spans.push(first);
    }
    spans
}

/// Whether both have an office stated, the same one, with no two places.
fn same_office(a: &Person, b: &Person) -> bool {
    let office = |p: &Person| p.titles.iter().filter(|t| t.kind == TitleKind::Office).cloned().collect::<Vec<_>>();
    office(a).iter().any(|x| {
        office(b).iter().any(|y| {
            x.office == y.office
                && x.portfolio == y.portfolio
                && x.jurisdiction == y.jurisdiction
                && x.status == y.status
        })
    })
}

/// Surnames with a title and no full name of their own, one slip from somebody's: Mr. Bennet where Carl Bennett is told of.
fn orphans<'a>(cx: &Context, established: &[Established], conflicts: &mut Vec<Conflict<'a>>) {
    for orphan in cx.annotations.people.iter().filter(|p| near::is_orphan(p) && p.trust >= Trust::Titled) {
        let key = ascii_key(&orphan.surname);
        let wrong = surnames(orphan, orphan.mentions[0].span);
        for right in established.iter().filter(|e| e.person.id != orphan.id && is_slip(&e.key, &key)) {
            if near::is_orphan(right.person) && right.spans.len() < 2
                || wrong.len() > 1 && right.spans.len() < 2 * wrong.len()
            {
                continue;
            }
            let opposite = orphan.gender.zip(right.person.gender).is_some_and(|(x, y)| x != y);
            if opposite {
                cx.kept_apart(CODE, wrong[0], right.spans[0], || "gender: a man’s title and a woman’s".to_owned());
                continue;
            }
            let lex = Lex::of(&key);
            if right.part == Part::Given && !lex.is_unknown() {
                continue;
            }
            let confidence =
                if lex.is(Lex::COMMON_SURNAME) || is_introduced(orphan) && !same_office(orphan, right.person) {
                    Confidence::Likely
                } else {
                    Confidence::Sure
                };
            push(
                cx,
                conflicts,
                &wrong,
                &right.spans,
                confidence,
                "a surname without a full name, one slip from another",
            );
        }
    }
}

/// A word with a capital that is nobody's name as found, one slip from somebody's.
fn strays<'a>(cx: &Context, stray: &near::Stray, established: &[Established], conflicts: &mut Vec<Conflict<'a>>) {
    let words =
        Lex::WORD | Lex::CITY | Lex::COUNTRY | Lex::US_STATE | Lex::DEMONYM | Lex::ORGANIZATION_TAIL | Lex::MONTH;
    let mut best: Option<&Established> = None;
    for right in established.iter().filter(|e| is_slip(&e.key, &stray.key)) {
        let gate = |why: &'static str| cx.kept_apart(CODE, stray.spans[0], right.spans[0], || why.to_owned());
        if let Some(beside) = stray.beside {
            if right.part == Part::Given && right.person.id == beside {
                best = Some(right);
            }
            continue;
        }
        let word = stray.lex.is(words)
            && !(stray.lex.is(Lex::COMMON_SURNAME)
                && !stray.lex.is(Lex::COMMON | Lex::CITY | Lex::COUNTRY)
                && right.spans.len() > 2
                && stray.spans.len() == 1);
        if word || (stray.lex.is(Lex::PROPER) && !stray.lex.is(Lex::SURNAME)) {
            gate("word: the rarer form is a word or a place");
        } else if stray.lex.is(Lex::GIVEN) && right.part == Part::Given {
            gate("listed: the rarer form is a given name of its own");
        } else if !stray.firm {
            gate("longer: the rarer form is part of a longer name");
        } else if stray.spans.len() >= right.spans.len() && !(stray.spans.len() == 1 && stray.lex.is_unknown()) {
            gate("uses: neither form is the rarer");
        } else if stray.key.chars().count() < 5 && !stray.lex.is_unknown() {
            gate("short: a listed name of four letters");
        } else if best.is_none_or(|b| b.spans.len() < right.spans.len()) {
            best = Some(right);
        }
    }
    let Some(right) = best else { return };
    if Lex::of(&right.key).is(Lex::COMMON) && stray.lex.is(Lex::SURNAME) {
        return;
    }
    let listed = stray.lex.is(Lex::COMMON_SURNAME | Lex::GIVEN);
    let confidence = if listed && right.spans.len() < 3 { Confidence::Likely } else { Confidence::Sure };
    let wrong = in_body(cx, &stray.spans);
    if !wrong.is_empty() {
        conflicts.push(Conflict {
            wrong,
            right: right.spans.clone(),
            confidence,
            why: "a word with a capital, one slip from a name of the draft",
        });
    }
}
