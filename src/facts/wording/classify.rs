//! What each difference between two wordings is.

use std::ops::Range;

use super::align::{Alignment, Step};
use super::fold::{Element, Wording};
use super::{Change, Kind};
use crate::text::{number_words, spelling};

/// Words left out at one place beyond which two passages were run together.
const LONGEST_OMISSION: usize = 3;

/// Words right before a cut that turn the sense of what follows.
const TURNS_BEFORE: [&str; 9] = ["not", "never", "no", "without", "hardly", "if", "unless", "cannot", "nor"];
/// Words right after a cut that take back what stands before.
const TURNS_AFTER: [&str; 3] = ["but", "unless", "if"];

const NEGATIONS: [&str; 11] =
    ["not", "never", "no", "without", "hardly", "cannot", "nor", "none", "nobody", "nothing", "neither"];
const MODALS: [&str; 10] = ["will", "would", "can", "could", "shall", "should", "may", "might", "must", "ought"];
const FILLERS: [&str; 14] =
    ["um", "uh", "er", "erm", "ah", "well", "like", "so", "know", "you", "mean", "i", "look", "okay"];

/// The differences of an alignment in order, as seen from the first wording; `swapped` says that it is the outer one.
pub(super) fn changes(inner: &Wording<'_>, outer: &Wording<'_>, alignment: &Alignment, swapped: bool) -> Vec<Change> {
    let mut changes = Vec::new();
    if let Some(change) = cut(inner, outer, alignment) {
        changes.push(change);
    }
    let mut at = 0;
    let steps = &alignment.steps;
    while at < steps.len() {
        let start = at;
        while at < steps.len() && !matches!(steps[at], Step::Same(..)) {
            at += 1;
        }
        if start < at {
            let (i, j) = ranges(&steps[start..at]);
            let covered = steps[start..at].iter().any(|s| matches!(s, Step::InnerFree(..) | Step::OuterFree(..)));
            let kind = kind_of(inner, outer, &i, &j, covered, &steps[start..at], swapped);
            changes.push(Change { kind, ours: i, theirs: j });
        } else {
            at += 1;
        }
    }
    if swapped {
        for change in &mut changes {
            std::mem::swap(&mut change.ours, &mut change.theirs);
        }
    }
    changes
}

/// The elements of both wordings that some steps take.
fn ranges(steps: &[Step]) -> (Range<usize>, Range<usize>) {
    let mut ranges: Option<(Range<usize>, Range<usize>)> = None;
    for step in steps {
        let ((i, takes_inner), (j, takes_outer)) = match *step {
            Step::Same(i, j) | Step::Other(i, j) => ((i, true), (j, true)),
            Step::Inner(i, j) | Step::InnerFree(i, j) => ((i, true), (j, false)),
            Step::Outer(i, j) | Step::OuterFree(i, j) => ((i, false), (j, true)),
        };
        let (inner, outer) = ranges.get_or_insert((i..i, j..j));
        inner.end = inner.end.max(i + usize::from(takes_inner));
        outer.end = outer.end.max(j + usize::from(takes_outer));
    }
    ranges.unwrap_or_default()
}

/// A cut at an end of the inner wording that changes what it says.
fn cut(inner: &Wording<'_>, outer: &Wording<'_>, alignment: &Alignment) -> Option<Change> {
    let key = |at: usize| outer.elements.get(at).and_then(Element::key).unwrap_or_default();
    let starts_open = matches!(inner.elements.first(), Some(Element::Ellipsis { .. }));
    if let Some(before) = alignment.outer.start.checked_sub(1)
        && !starts_open
        && (TURNS_BEFORE.contains(&key(before)) || key(before).ends_with("n't"))
    {
        return Some(Change { kind: Kind::Context, ours: 0..0, theirs: before..before + 1 });
    }
    let after = alignment.outer.end;
    let ends_open = matches!(inner.elements.last(), Some(Element::Ellipsis { .. }));
    let same_sentence = outer.elements.get(after).is_some_and(|next| {
        let last = after.checked_sub(1).map_or(0, |l| outer.elements[l].span().end as usize);
        let gap = outer.text.get(last..next.span().start as usize);
        !gap.is_none_or(|g| g.contains(['.', '!', '?', '"', '”', '’']))
    });
    if same_sentence && !ends_open && TURNS_AFTER.contains(&key(after)) {
        let end = inner.elements.len();
        return Some(Change { kind: Kind::Context, ours: end..end, theirs: after..after + 1 });
    }
    None
}

fn keys<'w>(wording: &'w Wording<'_>, range: &Range<usize>) -> Vec<&'w str> {
    wording.elements[range.clone()].iter().filter_map(Element::key).collect()
}

fn kind_of(
    inner: &Wording<'_>,
    outer: &Wording<'_>,
    i: &Range<usize>,
    j: &Range<usize>,
    covered: bool,
    steps: &[Step],
    swapped: bool,
) -> Kind {
    let (a, b) = (keys(inner, i), keys(outer, j));
    let uncovered = steps.iter().any(|s| matches!(s, Step::Other(..) | Step::Inner(..) | Step::Outer(..)));
    if covered && !uncovered {
        return Kind::Ellipsis;
    }
    let bracketed = |w: &Wording<'_>, r: &Range<usize>| {
        !r.is_empty() && w.elements[r.clone()].iter().all(|e| e.is_bracketed() || e.key().is_none())
    };
    if bracketed(inner, i) || bracketed(outer, j) || any_bracketed(inner, i) && !a.is_empty() {
        return Kind::Bracket;
    }
    if styled(&a) == styled(&b) {
        return Kind::HouseStyle;
    }
    let (long_a, long_b) = (expanded(&a), expanded(&b));
    if long_a == long_b || is_split_contraction(inner, outer, i, j) {
        return Kind::Contraction;
    }
    if count(&long_a, &NEGATIONS) != count(&long_b, &NEGATIONS) {
        return Kind::Negation;
    }
    let missing = if a.is_empty() { Some(&b) } else { b.is_empty().then_some(&a) };
    if let Some(missing) = missing {
        let next = outer.elements.get(j.end).and_then(Element::key);
        let before = j.start.checked_sub(1).and_then(|l| outer.elements[l].key());
        let repeats = missing.len() == 1 && (next == Some(missing[0]) || before == Some(missing[0]));
        if repeats || missing.iter().all(|w| FILLERS.contains(w)) && is_filler(missing) {
            return Kind::Disfluency;
        }
        let ours_lacks = a.is_empty() != swapped;
        return match (ours_lacks, missing.len() > LONGEST_OMISSION) {
            (_, true) => Kind::Splice,
            (true, false) => Kind::Omission,
            (false, false) => Kind::Insertion,
        };
    }
    let modals =
        |words: &[String]| -> Vec<String> { words.iter().filter(|w| MODALS.contains(&w.as_str())).cloned().collect() };
    if modals(&long_a) != modals(&long_b) {
        return Kind::Modal;
    }
    let numbers = |words: &[&str]| words.iter().any(|w| number_of(w).is_some());
    if numbers(&a) || numbers(&b) {
        return Kind::Number;
    }
    let names = |w: &Wording<'_>, r: &Range<usize>| w.elements[r.clone()].iter().any(Element::is_name);
    if names(inner, i) && names(outer, j) {
        return Kind::Name;
    }
    if let ([x], [y]) = (&a[..], &b[..])
        && same_stem(x, y)
    {
        return Kind::Inflection;
    }
    Kind::Substitution
}

/// Whether two passages are one with the word before one of them: at the start of a quotation “It is” loses its “It” to the open end.
fn is_split_contraction(inner: &Wording<'_>, outer: &Wording<'_>, i: &Range<usize>, j: &Range<usize>) -> bool {
    let with_last = |r: &Range<usize>| r.start.checked_sub(1).map(|start| start..r.end);
    let long = |w: &Wording<'_>, r: &Range<usize>| expanded(&keys(w, r));
    let both = |i: &Range<usize>, j: &Range<usize>| long(inner, i) == long(outer, j);
    with_last(i).is_some_and(|i| both(&i, j)) || with_last(j).is_some_and(|j| both(i, &j))
}

fn any_bracketed(wording: &Wording<'_>, range: &Range<usize>) -> bool {
    wording.elements[range.clone()].iter().any(Element::is_bracketed)
}

fn is_filler(words: &[&str]) -> bool {
    matches!(words, ["you", "know"] | ["i", "mean"] | ["like"] | ["well"] | ["so"] | ["look"] | ["okay"])
        || words.iter().all(|w| matches!(*w, "um" | "uh" | "er" | "erm" | "ah"))
}

fn count(words: &[String], of: &[&str]) -> usize {
    words.iter().filter(|w| of.contains(&w.as_str())).count()
}

/// Words in one style: American spelling, numerals, joined compounds, plain abbreviations.
fn styled(words: &[&str]) -> String {
    let mut out = String::new();
    let mut words = words.iter().peekable();
    while let Some(&word) = words.next() {
        let word = match (word, words.peek()) {
            ("per", Some(&&"cent")) => {
                words.next();
                "percent"
            }
            ("ok", _) => "okay",
            ("pct", _) => "percent",
            ("&", _) => "and",
            _ => word,
        };
        if let Some(number) = number_of(word) {
            out.push_str(&number.to_string());
            continue;
        }
        match spelling::mark(word) {
            Some(mark) if mark.side == spelling::Side::British => out.push_str(mark.other),
            _ => out.push_str(word),
        }
    }
    out
}

/// The value of a number in digits or of a plain number word.
fn number_of(word: &str) -> Option<u64> {
    word.parse().ok().or_else(|| number_words::cardinal(word).map(u64::from))
}

/// Contractions written out; “’s” and “’d” stand for several words and stay apart as “is” and “would”.
fn expanded(words: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(words.len() + 1);
    for word in words {
        let (stem, rest) = match *word {
            "won't" => ("will", Some("not")),
            "can't" | "cannot" => ("can", Some("not")),
            "shan't" => ("shall", Some("not")),
            "gonna" => ("going", Some("to")),
            "wanna" => ("want", Some("to")),
            "gotta" => ("got", Some("to")),
            "let's" => ("let", Some("us")),
            "'cause" | "cause" | "cos" => ("because", None),
            "ya" => ("you", None),
            word => [
                ("n't", "not"),
                ("'re", "are"),
                ("'ve", "have"),
                ("'ll", "will"),
                ("'m", "am"),
                ("'s", "is"),
                ("'d", "would"),
            ]
            .into_iter()
            .find_map(|(ending, full)| Some((word.strip_suffix(ending)?, Some(full))))
            .unwrap_or((word, None)),
        };
        out.push(if stem == "has" && out.is_empty() { "is".to_owned() } else { stem.to_owned() });
        out.extend(rest.map(str::to_owned));
    }
    out
}

/// Whether two words look like two forms of one: liberate, liberating.
fn same_stem(x: &str, y: &str) -> bool {
    let shared = x.bytes().zip(y.bytes()).take_while(|(a, b)| a == b).count();
    let ending = |word: &str| {
        word.get(shared..).is_some_and(|rest| {
            matches!(
                rest,
                "" | "s"
                    | "es"
                    | "d"
                    | "ed"
                    | "e"
                    | "ing"
                    | "y"
                    | "ies"
                    | "ied"
                    | "er"
                    | "ly"
                    | "ting"
                    | "ning"
                    | "ted"
                    | "ned"
            )
        })
    };
    shared >= 4 && ending(x) && ending(y)
}
