//! `figures/conflict`: one quantity, two values in the body of a draft.

use std::borrow::Cow;
use std::collections::{BTreeSet, VecDeque};

use rustc_hash::FxHashMap;
use serde::Deserialize;
use smallvec::SmallVec;

use super::{definite, place, scoreline, shown};
use crate::annotate::figure::Measure;
use crate::annotate::{Figure, figure};
use crate::checks::{Context, option_words};
use crate::diagnostic::Finding;
use crate::facts::interval::{self, Relation, Widths};
use crate::facts::quantity::{self, Quantity, Rules, Strength, Verdict};
use crate::source::BlockKind;
use crate::text::{Rational, Span, TokenKind};

pub(super) const CODE: &str = "figures/conflict";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Options {
    hedges: Widths,
    #[serde(deserialize_with = "option_words::groups_of_nouns")]
    same_head: Vec<Vec<String>>,
    #[serde(deserialize_with = "option_words::nouns")]
    skip_heads: Vec<String>,
    gates_off: Vec<quantity::Gate>,
}

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    between(cx, findings);
    scoreline::run(cx, findings);
    if !is_live(cx) {
        let taken: Vec<Span> = findings.iter().filter(|f| &*f.code == CODE).map(|f| f.span).collect();
        findings.extend(definite::read(cx).into_iter().filter(|f| !taken.contains(&f.span)));
    }
}

/// Any two figures of the body that are one quantity.
fn between(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let options = cx.options::<Options>();
    let rules = Rules { widths: options.hedges, same_heads: &options.same_head, gates_off: &options.gates_off };
    let candidates = candidates(cx, &options.same_head).into_iter();
    let all = candidates.map(|f| Quantity::new(cx.draft, cx.annotations, f));
    let is_skipped = |q: &Quantity<'_>| q.head.as_ref().is_some_and(|h| options.skip_heads.iter().any(|s| s == h));
    let (skipped, quantities): (Vec<Quantity<'_>>, Vec<Quantity<'_>>) = all.partition(is_skipped);
    say_skipped(cx, &skipped);
    if quantities.len() < 2 || is_live(cx) {
        return;
    }
    let classes = Classes::new(&quantities, &options.same_head);
    let mut edges: Vec<Edge> = Vec::new();
    for later in 1..quantities.len() {
        for earlier in classes.before(later) {
            let (a, b) = (&quantities[earlier], &quantities[later]);
            // Which gate keeps two of one noun apart is for those who ask why.
            let asked = cx.trace.is_some() && may_be_asked(a, b);
            if !asked && quantity::are_apart(a, b, &rules) {
                continue;
            }
            match quantity::compare(a, b, &rules) {
                Verdict::Conflict(relation, strength) => edges.push(Edge { earlier, later, relation, strength }),
                Verdict::Incomparable(gate) if asked => {
                    cx.kept_apart(CODE, b.figure.span, a.figure.span, || gate.name().to_owned());
                }
                _ => {}
            }
        }
    }
    // One finding for each contradiction, however often either side is told.
    for edges in contradictions(quantities.len(), edges) {
        findings.push(report(cx, &quantities, &classes, edges, &rules));
    }
}

/// Whether somebody may ask what keeps two figures apart: they count the same, or are amounts a slip apart of which one does not say what
/// it is.
fn may_be_asked(a: &Quantity<'_>, b: &Quantity<'_>) -> bool {
    let slip = || interval::shape(a.figure.value, b.figure.value).is_slip();
    a.head.is_some() && a.head == b.head || (a.head.is_none() || b.head.is_none()) && slip()
}

/// Tells those who ask why that the desk does not compare figures of a noun.
fn say_skipped(cx: &Context<'_>, skipped: &[Quantity<'_>]) {
    for (at, later) in skipped.iter().enumerate().filter(|_| cx.trace.is_some()) {
        if let Some(earlier) = skipped[..at].iter().rev().find(|q| q.head == later.head) {
            let noun = later.head.as_deref().unwrap_or_default();
            let gate = || format!("skip_heads: figures of “{noun}” are not compared");
            cx.kept_apart(CODE, later.figure.span, earlier.figure.span, gate);
        }
    }
}

/// Two quantities that contradict each other, and how.
#[derive(Clone, Copy)]
struct Edge {
    earlier: usize,
    later: usize,
    relation: Relation,
    strength: Strength,
}

/// The edges of each contradiction: all that hang together, those nearest to its first quantity first.
fn contradictions(quantities: usize, edges: Vec<Edge>) -> Vec<Vec<Edge>> {
    let mut beside: Vec<Vec<usize>> = vec![Vec::new(); if edges.is_empty() { 0 } else { quantities }];
    for edge in &edges {
        beside[edge.earlier].push(edge.later);
        beside[edge.later].push(edge.earlier);
    }
    // Which contradiction a quantity is in, and how many steps from the first of it.
    let mut found: Vec<Option<(usize, usize)>> = vec![None; beside.len()];
    let mut all: Vec<Vec<Edge>> = Vec::new();
    for edge in edges {
        if found[edge.earlier].is_none() {
            let mut next = VecDeque::from([edge.earlier]);
            found[edge.earlier] = Some((all.len(), 0));
            while let Some((at, (of, steps))) = next.pop_front().and_then(|at| Some((at, found[at]?))) {
                for &other in &beside[at] {
                    if found[other].is_none() {
                        found[other] = Some((of, steps + 1));
                        next.push_back(other);
                    }
                }
            }
            all.push(Vec::new());
        }
        if let Some((of, _)) = found[edge.earlier] {
            all[of].push(edge);
        }
    }
    let steps = |edge: &Edge| found[edge.earlier].min(found[edge.later]);
    all.iter_mut().for_each(|edges| edges.sort_by_key(steps));
    all
}

/// A draft with more figures than this has many that share what they count with another: no need to look which.
const MANY: usize = 200;

/// Body figures that can be compared and share what they count with any of another sentence: most drafts have none.
fn candidates<'a>(cx: &Context<'a>, same_head: &[Vec<String>]) -> Vec<&'a Figure> {
    let draft = cx.draft;
    let body: Vec<&Figure> = cx
        .annotations
        .figures
        .iter()
        .filter(|f| matches!(draft.blocks[f.block as usize].kind, BlockKind::Body | BlockKind::Quotation))
        .collect();
    if body.len() > MANY {
        return body.into_iter().filter(|f| quantity::is_comparable(f)).collect();
    }
    let nouns: Vec<Option<Cow<'_, str>>> =
        body.iter().map(|f| f.noun.map(|n| figure::lemma(n.head.of(&draft.lower)))).collect();
    let heads = Heads::new(nouns.iter().map(Option::as_deref), same_head);
    let kin = |i: usize, j: usize| {
        let (a, b) = (body[i], body[j]);
        a.sentence != b.sentence
            && heads.may_be_one(i, j)
            && (a.value != b.value || a.measure != b.measure)
            && interval::scale_between(a, b).is_some()
    };
    let has_kin = |&i: &usize| quantity::is_comparable(body[i]) && (0..body.len()).any(|j| kin(i, j));
    (0..body.len()).filter(has_kin).map(|i| body[i]).collect()
}

/// The heads of a list of figures, as numbers that are quick to compare, and a bit for each group of heads that holds one.
struct Heads(Vec<Option<(usize, u64)>>);

impl Heads {
    fn new<'h>(heads: impl Iterator<Item = Option<&'h str>>, same_head: &[Vec<String>]) -> Heads {
        let mut numbers: FxHashMap<&str, (usize, u64)> = FxHashMap::default();
        let mut number = |head: &'h str| {
            let next = numbers.len();
            let groups = || {
                let holding = same_head.iter().enumerate().filter(|(_, group)| group.iter().any(|w| w == head));
                holding.fold(0, |bits, (at, _)| bits | 1 << (at % 64))
            };
            *numbers.entry(head).or_insert_with(|| (next, groups()))
        };
        Heads(heads.map(|head| head.map(&mut number)).collect())
    }

    /// Whether two figures count the same thing, or at least one of them does not say what.
    fn may_be_one(&self, i: usize, j: usize) -> bool {
        match (self.0[i], self.0[j]) {
            (Some((a, x)), Some((b, y))) => a == b || x & y != 0,
            _ => true,
        }
    }
}

/// So many of one kind are held against each other, those that stand nearest: more are a table, or copy that repeats itself.
const CROWD: usize = 96;

/// The quantities by what they may be one in: the kind of measure, and the noun. Nouns that the desk counts as one are one.
struct Classes<'q> {
    of: Vec<Class<'q>>,
    /// For a draft with more than a [`CROWD`] of quantities.
    lists: Option<Lists<'q>>,
}

/// What a quantity is measured in, and its noun.
type Class<'q> = (Kind, Option<&'q str>);

/// The quantities of each class and of each kind, in order.
#[derive(Default)]
struct Lists<'q> {
    members: FxHashMap<Class<'q>, Vec<usize>>,
    kinds: FxHashMap<Kind, Vec<usize>>,
}

/// Measures of one kind can be converted into each other.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Count,
    Share,
    Money(&'static str),
    /// By the dimension.
    Unit(&'static str),
    Other,
}

impl<'q> Classes<'q> {
    fn new(quantities: &'q [Quantity<'_>], same_head: &'q [Vec<String>]) -> Classes<'q> {
        let first_of_group = |noun: &'q str| {
            let group = same_head.iter().find(|group| group.iter().any(|w| w == noun));
            group.and_then(|g| g.first()).map_or(noun, String::as_str)
        };
        let class = |quantity: &'q Quantity<'_>| {
            let kind = match quantity.figure.measure {
                Measure::Count => Kind::Count,
                Measure::Percent | Measure::Fraction => Kind::Share,
                Measure::Money(currency) => Kind::Money(currency),
                Measure::Unit(unit) => Kind::Unit(&unit.dimension),
                _ => Kind::Other,
            };
            (kind, quantity.head.as_deref().map(first_of_group))
        };
        let of: Vec<Class<'q>> = quantities.iter().map(class).collect();
        let lists = (of.len() > CROWD).then(|| {
            let mut lists = Lists::default();
            for (at, class) in of.iter().enumerate() {
                lists.members.entry(*class).or_default().push(at);
                lists.kinds.entry(class.0).or_default().push(at);
            }
            lists
        });
        Classes { of, lists }
    }

    /// The quantities before the one at `later` that may be one with it, in order.
    fn before(&self, later: usize) -> SmallVec<[usize; 8]> {
        let (kind, noun) = self.of[later];
        let Some(lists) = &self.lists else {
            let may_be_one = |q: &usize| {
                let (of, other) = self.of[*q];
                of == kind && (noun.is_none() || other.is_none() || noun == other)
            };
            return (0..later).filter(may_be_one).collect();
        };
        let near = |list: &'_ [usize]| {
            let end = list.partition_point(|&q| q < later);
            end.saturating_sub(CROWD)..end
        };
        let Some(noun) = noun else {
            let all = &lists.kinds[&kind];
            return all[near(all)].into();
        };
        let members = [Some(noun), None].map(|noun| lists.members.get(&(kind, noun)));
        let members = members.into_iter().flatten();
        let mut found: SmallVec<[usize; 8]> = members.flat_map(|list| &list[near(list)]).copied().collect();
        found.sort_unstable();
        found
    }

    /// Those of the class of the one at `at` that stand near it, itself included.
    fn around(&self, at: usize) -> SmallVec<[usize; 8]> {
        let class = self.of[at];
        let Some(lists) = &self.lists else {
            return (0..self.of.len()).filter(|&q| self.of[q] == class).collect();
        };
        let list = &lists.members[&class];
        let place = list.partition_point(|&q| q < at);
        list[place.saturating_sub(CROWD)..list.len().min(place + CROWD)].into()
    }
}

/// How many quantities have this one's noun and value.
fn agreeing(quantities: &[Quantity<'_>], classes: &Classes<'_>, one: usize, rules: &Rules<'_>) -> usize {
    let own = &quantities[one];
    let near = classes.around(one).into_iter().map(|q| &quantities[q]);
    near.filter(|q| q.head == own.head && quantity::compare(own, q, rules) == Verdict::Compatible).count()
}

/// A running story: three or more paragraphs that open with a clock time or an hour's heading.
fn is_live(cx: &Context<'_>) -> bool {
    let draft = cx.draft;
    let timed = draft.blocks.iter().filter(|b| {
        let tokens = draft.block_tokens(b);
        tokens.len() > 2
            && tokens[0].kind == TokenKind::Number
            && (draft.word(&tokens[1]) == ":" || matches!(draft.lower(&tokens[1]), "a.m." | "p.m." | "am" | "pm"))
    });
    timed.count() >= 3
}

/// The members of one contradiction, told apart by value: those of the value to blame, and the others. To blame is the value that fewer
/// figures have; of two that are told as often, the one that comes later.
fn sides(
    quantities: &[Quantity<'_>],
    classes: &Classes<'_>,
    members: &[usize],
    rules: &Rules<'_>,
) -> (Vec<usize>, Vec<usize>) {
    let mut values: SmallVec<[Vec<usize>; 3]> = SmallVec::new();
    for &member in members {
        let agrees = |group: &&mut Vec<usize>| {
            let (a, b) = (quantities[group[0]].figure, quantities[member].figure);
            interval::relate(a, b, &rules.widths) == Some(Relation::Agrees)
        };
        match values.iter_mut().find(agrees) {
            Some(group) => group.push(member),
            None => values.push(vec![member]),
        }
    }
    let told = |group: &[usize]| group.iter().map(|&m| agreeing(quantities, classes, m, rules)).max().unwrap_or(0);
    let guilty = (0..values.len())
        .min_by_key(|&i| (told(&values[i]).max(values[i].len()), std::cmp::Reverse(values[i][0])))
        .map_or_else(Vec::new, |i| values.swap_remove(i));
    let mut others: Vec<usize> = values.into_iter().flatten().collect();
    others.sort_unstable();
    (guilty, others)
}

/// Whether a value has one digit that is not zero: $3 million and $3 billion are often two things, $3.2 million and $3.2 billion are not.
fn is_round(value: Rational) -> bool {
    let digits = value.as_whole().map_or(0, |n| n.to_string().trim_end_matches('0').len());
    digits == 1
}

fn report(
    cx: &Context<'_>,
    quantities: &[Quantity<'_>],
    classes: &Classes<'_>,
    mut edges: Vec<Edge>,
    rules: &Rules<'_>,
) -> Finding {
    let mut members: BTreeSet<usize> = BTreeSet::new();
    for edge in &edges {
        if members.len() < CROWD {
            members.extend([edge.earlier, edge.later]);
        }
    }
    edges.retain(|e| members.contains(&e.earlier) && members.contains(&e.later));
    let members: Vec<usize> = members.into_iter().collect();
    let (guilty, others) = sides(quantities, classes, &members, rules);
    // The strongest tie between the two sides says how sure it is, and which pair the message names.
    let between = |e: &&Edge| {
        guilty.contains(&e.earlier) && others.contains(&e.later)
            || guilty.contains(&e.later) && others.contains(&e.earlier)
    };
    let best = edges.iter().filter(between).max_by_key(|e| (e.strength, std::cmp::Reverse(e.earlier)));
    let Edge { earlier, later, relation, strength } = *best.unwrap_or(&edges[0]);
    let (own, other) = if guilty.contains(&later) { (later, earlier) } else { (earlier, later) };
    let (ours, theirs) = (quantities[own].figure, quantities[other].figure);
    let noun = ours.noun.map_or("", |n| cx.draft.words_at(n.head));
    let space = if noun.is_empty() { "" } else { " " };
    let message =
        format!("{}{space}{noun} here, {} {}", shown(cx, ours.span), shown(cx, theirs.span), place(cx, theirs.block));
    // Two values far apart are mostly two quantities, however much the sentences share.
    let sure = (relation.is_slip() && strength >= Strength::Words)
        || (relation == Relation::Magnitude && !is_round(ours.value))
        || (relation.may_be_slip() && strength >= Strength::Sentence);
    let mut finding = Finding::new(CODE, ours.span, message).why(match strength {
        Strength::Noun => "same noun",
        Strength::Words => "same noun, two words of the sentences agree",
        Strength::Summary => "one sentence sums the other up",
        Strength::Sentence => "same noun, the sentences agree in most words",
        Strength::Event => "same noun, verb and name",
    });
    if !sure {
        finding = finding.likely();
    }
    if let Some(how) = match relation {
        Relation::Transposed => Some("two digits change places"),
        Relation::OneDigit | Relation::OneOfTwo => Some("one digit differs"),
        Relation::Magnitude => Some("a thousand or a million times the other"),
        _ => None,
    } {
        finding = finding.why(how);
    }
    let again = guilty.iter().filter(|&&m| m != own).map(|&m| (m, "again"));
    for (member, note) in others.iter().map(|&m| (m, "the other value")).chain(again) {
        finding = finding.here(quantities[member].figure.span, note);
    }
    finding
}
