//! `names/spelling`: one person, two spellings in the draft.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use serde::Deserialize;
use smallvec::SmallVec;

use super::near::{self, Established, Part, Slips, is_slip};
use super::{Spelling, clip, families, is_marked_right, kin, pairs};
use crate::annotate::Person;
use crate::annotate::person::{PersonMention, TitleKind, Trust, are_given_names_of_one, given_names_agree};
use crate::annotate::quote::is_speech_verb;
use crate::checks::{Check, Context, in_speech, options};
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
    let established = near::established(cx);
    pairs::between(cx, &mut conflicts);
    let slips = Slips::new(established.iter().map(|e| &*e.key));
    orphans(cx, &established, &slips, &mut conflicts);
    let in_body = |block: usize| {
        let kind = cx.draft.blocks[block].kind;
        kind.is_body() || kind == crate::source::BlockKind::Heading
    };
    for stray in near::strays(cx, in_body) {
        strays(cx, &stray, &established, &slips, &mut conflicts);
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
        if near::is_mangled(cx, conflict.wrong[0]) || near::is_mangled(cx, conflict.right[0]) {
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

/// Surnames with a title and no full name of their own, one slip from somebody's: Mr. Bennet where Carl Bennett is told of.
fn orphans<'a>(cx: &Context, established: &[Established], slips: &Slips, conflicts: &mut Vec<Conflict<'a>>) {
    let by_block = OnceCell::new();
    let by_block = || by_block.get_or_init(|| by_block_of(established));
    for orphan in cx.annotations.people.iter().filter(|p| near::is_orphan(p) && p.trust >= Trust::Titled) {
        let key = ascii_key(&orphan.surname);
        let wrong = pairs::surnames(orphan, orphan.mentions[0].span);
        let near = |e: &Established| {
            is_slip(&e.key, &key) || near::is_short_slip(&e.key, &key) && pairs::same_office(orphan, e.person)
        };
        let may: Vec<&Established> = slips.of(&key).into_iter().map(|at| &established[at]).collect();
        if !may.iter().any(|e| e.person.id != orphan.id && near(e)) {
            forgotten(cx, orphan, &key, (established, &by_block), conflicts);
            continue;
        }
        for right in may.into_iter().filter(|e| e.person.id != orphan.id && near(e)) {
            // Introduced once in full, and by that spelling never again: then the full name is the slip.
            let introduced = right.spans.len() == 1 && right.person.first_full().is_some();
            if near::is_orphan(right.person) && right.spans.len() < 2
                || wrong.len() > 1 && right.spans.len() < 2 * wrong.len() && !introduced
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
            let confidence = if lex.is(Lex::COMMON_SURNAME)
                || pairs::is_introduced(orphan) && !pairs::same_office(orphan, right.person)
            {
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

/// A surname with Mr. or Ms. that stands once, of somebody whom the draft never introduces, and that looks like the one of whom it
/// has just introduced.
fn forgotten<'a, 'e>(
    cx: &Context,
    orphan: &Person,
    key: &str,
    (established, by_block): (&[Established], &dyn Fn() -> &'e BTreeMap<u32, Vec<usize>>),
    conflicts: &mut Vec<Conflict<'a>>,
) {
    /// How many paragraphs off the other may have been named.
    const NEAR: u32 = 12;
    let [mention] = &orphan.mentions[..] else { return };
    let by_courtesy = !is_explained(cx, mention)
        && orphan.titles.iter().all(|t| t.kind == TitleKind::Courtesy)
        && !orphan.titles.is_empty();
    // Whom everybody knows needs no introduction.
    if !by_courtesy || in_speech(cx, mention.span) || families::has_surname(key) || kin::introduces(cx, mention) {
        return;
    }
    let blocks = mention.block.saturating_sub(NEAR)..=mention.block;
    let mut nearby: Vec<usize> = by_block().range(blocks).flat_map(|(_, at)| at).copied().collect();
    nearby.sort_unstable();
    nearby.dedup();
    let alike = nearby.iter().map(|&at| &established[at]).filter(|e| {
        let person = e.person;
        let told = |m: &PersonMention| m.span.start < mention.span.start && mention.block - m.block <= NEAR;
        let same = orphan.gender.zip(person.gender).is_none_or(|(x, y)| x == y);
        e.part == Part::Surname
            && person.id != orphan.id
            && person.first_full().is_some()
            && same
            && person.mentions.iter().any(told)
            && near::is_lookalike(&e.key, key)
    });
    let mut found: Vec<&Established> = alike.collect();
    // Kin share a surname; their names are one spelling.
    found.sort_by_key(|e| std::cmp::Reverse(e.spans.len()));
    found.dedup_by(|a, b| a.key == b.key);
    // Carl Poewas asked, and then Mr. Poe: a space is missing in the name that stood first.
    let runs_on = |right: &Established| {
        right.key.strip_prefix(key).is_some_and(|rest| matches!(rest, "was" | "has" | "had" | "said" | "and" | "who"))
    };
    match found[..] {
        [right] if runs_on(right) => {
            let why = "a surname run together with the word after it";
            push_wrong(cx, conflicts, &right.spans, &[mention.span], why);
        }
        [right] => push_wrong(
            cx,
            conflicts,
            &[mention.span],
            &right.spans,
            "a surname that the draft never introduces, much like that of somebody named nearby",
        ),
        [] => {}
        _ => {
            cx.kept_apart(CODE, mention.span, found[0].spans[0], || "two: it is like two names of the draft".to_owned())
        }
    }
}

/// Whether the words after a name say who that is: Ms. Poe, her partner, said so.
fn is_explained(cx: &Context, mention: &PersonMention) -> bool {
    let at = cx.draft.token_at(mention.span.end);
    let word = |at: usize| cx.draft.tokens.get(at).map_or("", |t| cx.draft.lower(t));
    word(at) == "," && matches!(word(at + 1), "a" | "an" | "the" | "his" | "her" | "its" | "their" | "another" | "one")
}

/// Whether a stray used as often as a person's surname, or more often, can be nobody but that person: it is no word that a list has, or
/// it is a surname that stands bare though the draft has introduced nobody of that name, after one whom it has.
fn nobody_else(cx: &Context, stray: &near::Stray, right: &Established) -> bool {
    let bare = right.part == Part::Surname && stray.lex.is(Lex::SURNAME);
    let only = right.spans.len() == 1 && right.person.first_full().is_some() && right.spans[0] < stray.spans[0];
    let strange = Lex::of(&right.key).is_unknown();
    let once = stray.spans.len() == 1;
    once && stray.lex.is_unknown()
        || is_with_s(cx, right, stray)
        || only && bare && (strange || once && !stray.lex.is(Lex::COMMON_SURNAME) || is_taken_up(cx, stray, right))
}

/// Whether a bare surname takes up somebody named right before, in the same paragraph or the one above: it speaks, or it is the only
/// use and begins what is told of it.
fn is_taken_up(cx: &Context, stray: &near::Stray, right: &Established) -> bool {
    let draft = cx.draft;
    let blocks = draft.block_at(stray.spans[0].start) - draft.block_at(right.spans[0].start);
    let after = |span: Span| draft.tokens.get(draft.token_at(span.end)).map_or("", |t| draft.lower(t));
    let before = |span: Span| draft.token_at(span.start).checked_sub(1).map_or("", |b| draft.lower(&draft.tokens[b]));
    let speaks = |&span: &Span| is_speech_verb(after(span)) || is_speech_verb(before(span));
    let acts = |span: Span| {
        matches!(after(span), "was" | "had" | "has" | "is" | "did" | "would" | "will" | "who") || after(span) == ","
    };
    blocks <= 1 && (stray.spans.iter().any(speaks) || stray.spans.len() == 1 && acts(stray.spans[0]))
}

/// The spellings by the blocks in which their people are named.
fn by_block_of(established: &[Established]) -> BTreeMap<u32, Vec<usize>> {
    let mut by_block: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, one) in established.iter().enumerate() {
        for mention in &one.person.mentions {
            by_block.entry(mention.block).or_default().push(at);
        }
    }
    by_block
}

/// Whether one of two has an s that the other lacks, and is no plural: Gareth Penhallows, and then Penhallow; Vrba, and then “Vrbas has”.
fn is_with_s(cx: &Context, right: &Established, stray: &near::Stray) -> bool {
    let draft = cx.draft;
    let one = |&span: &Span| {
        let at = draft.token_at(span.start);
        let word = |at: Option<usize>| at.and_then(|at| draft.tokens.get(at)).map_or("", |t| draft.lower(t));
        word(at.checked_sub(1)) != "the" && matches!(word(Some(at + 1)), "has" | "was" | "is" | "says")
    };
    let bare = right.spans.len() == 1 && right.key.strip_suffix('s') == Some(&*stray.key);
    let singular = || stray.key.strip_suffix('s') == Some(&right.key) && stray.spans.iter().all(one);
    right.part == Part::Surname && (bare || singular())
}

/// A word with a capital that is nobody's name as found, one slip from somebody's.
fn strays<'a>(
    cx: &Context,
    stray: &near::Stray,
    established: &[Established],
    slips: &Slips,
    conflicts: &mut Vec<Conflict<'a>>,
) {
    let words =
        Lex::WORD | Lex::CITY | Lex::COUNTRY | Lex::US_STATE | Lex::DEMONYM | Lex::ORGANIZATION_TAIL | Lex::MONTH;
    let mut best: Option<&Established> = None;
    let may = slips.of(&stray.key).into_iter().map(|at| &established[at]);
    for right in may.filter(|e| is_slip(&e.key, &stray.key) || is_with_s(cx, e, stray)) {
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
        } else if stray.spans.len() >= right.spans.len() && !nobody_else(cx, stray, right) {
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
    push(
        cx,
        conflicts,
        &stray.spans,
        &right.spans,
        confidence,
        "a word with a capital, one slip from a name of the draft",
    );
}
