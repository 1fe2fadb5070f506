//! How the members of a body vote, side by side, against how many they are: “Six of the nine have said how they will vote: four for the
//! plan, three against”, “The council has 15 members. Nine voted for it, five against and two abstained.”

use smallvec::SmallVec;

use super::clause::{end_with_noun, is_plain_count, tokens};
use super::vote::is_body;
use super::{arithmetic, by_sentence, shown_inside};
use crate::annotate::Figure;
use crate::annotate::figure::lemma;
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::text::{Rational, Token, TokenKind};

/// What a number of members do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    For,
    Against,
    Neither,
}

type Sides<'a> = SmallVec<[(&'a Figure, Side); 4]>;

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut before: &[Figure] = &[];
    for figures in by_sentence(cx) {
        let follows =
            before.first().is_some_and(|f| f.block == figures[0].block && f.sentence + 1 == figures[0].sentence);
        let sides = sides(cx, figures);
        if is_tally(&sides) {
            let whole = announced(cx, figures, &sides);
            let size = || if follows { before.iter().find(|f| is_size(cx, f)) } else { None };
            let exact = whole.is_some();
            findings.extend(whole.or_else(size).and_then(|whole| check(cx, &sides, whole, exact)));
        }
        before = figures;
    }
}

/// Both sides, each once.
fn is_tally(sides: &Sides<'_>) -> bool {
    let count = |side: Side| sides.iter().filter(|(_, s)| *s == side).count();
    count(Side::For) == 1 && count(Side::Against) == 1 && count(Side::Neither) <= 1
}

fn sides<'a>(cx: &Context<'_>, figures: &'a [Figure]) -> Sides<'a> {
    if figures.len() < 2 {
        return Sides::new();
    }
    figures.iter().filter(|f| is_plain_count(f)).filter_map(|f| Some((f, side(cx, f)?))).collect()
}

/// “nine voted for”, “five against”, “two abstained”.
fn side(cx: &Context<'_>, figure: &Figure) -> Option<Side> {
    let behind = tokens(cx, figure.span.end, figure.span.end + 40);
    let word = |at: usize| behind.get(at).filter(|t| t.kind == TokenKind::Word).map_or("", |t| cx.draft.lower(t));
    let skip = usize::from(matches!(word(0), "members" | "votes" | "councilors" | "senators" | "commissioners"));
    match (word(skip), word(skip + 1), word(skip + 2)) {
        ("for" | "yes", ..) | ("in", "favor", _) | ("voted" | "voting" | "were", "for" | "yes", _) => Some(Side::For),
        ("voted" | "voting" | "were", "in", "favor") => Some(Side::For),
        ("against" | "opposed", ..) | ("voted" | "voting" | "were", "against" | "no" | "opposed", _) => {
            Some(Side::Against)
        }
        ("abstained" | "abstaining" | "undecided", ..) | ("were", "absent" | "undecided", _) => Some(Side::Neither),
        _ => None,
    }
}

/// The number before a colon that the sides are said to make, in one sentence with them. Of “six of its nine” the six.
fn announced<'a>(cx: &Context<'_>, figures: &'a [Figure], sides: &Sides<'_>) -> Option<&'a Figure> {
    let first = sides.first()?.0;
    let whole = figures.first().filter(|f| f.span.end < first.span.start && is_plain_count(f))?;
    let lead = tokens(cx, whole.span.end, first.span.start);
    let colon = lead.last().is_some_and(|t| matches!(cx.draft.word(t), ":" | "—" | "–"));
    let of = |t: &Token| cx.draft.lower(t) == "of";
    let between = figures.iter().filter(|f| f.span.start > whole.span.start && f.span.end < first.span.start).count();
    let partitive = lead.first().is_some_and(of) && between == 1;
    let has_vote = lead.iter().any(|t| matches!(cx.draft.lower(t), "vote" | "voted" | "votes" | "split" | "divided"));
    (colon && has_vote && (between == 0 || partitive)).then_some(whole)
}

/// “The council has 15 members”, “the 15-member council”.
fn is_size(cx: &Context<'_>, figure: &Figure) -> bool {
    if !is_plain_count(figure) {
        return false;
    }
    let head = figure.noun.filter(|n| !n.of).map(|n| lemma(n.head.of(&cx.draft.lower)));
    let start = cx.draft.sentences[figure.sentence as usize].span.start;
    let before = tokens(cx, start, figure.span.start);
    let behind = tokens(cx, figure.span.end, figure.span.end + 40);
    let member = |t: &Token| matches!(cx.draft.lower(t), "member" | "seat");
    match (before, behind) {
        (_, [_, m, body, ..]) if member(m) && is_body(cx.draft.lower(body)) => true,
        ([.., body, has], _) => {
            let sized = matches!(cx.draft.lower(has), "has" | "had") && is_body(cx.draft.lower(body));
            sized && head.is_some_and(|h| matches!(&*h, "member" | "seat")) && closes(cx, figure)
        }
        _ => false,
    }
}

fn closes(cx: &Context<'_>, figure: &Figure) -> bool {
    super::clause::closes(cx, end_with_noun(figure))
}

/// Votes that are more than the members, or, where the sides are said to be all, not as many.
fn check(cx: &Context<'_>, sides: &Sides<'_>, whole: &Figure, exact: bool) -> Option<Finding> {
    let sum = sides.iter().try_fold(Rational::ZERO, |sum, (f, _)| sum.add(f.value))?;
    let off = sum.sub(whole.value)?;
    // Far off, and they are not the members of that body.
    if off.is_zero() || (!exact && off < Rational::ZERO) || off.abs() > whole.value {
        return None;
    }
    let message = format!("The votes make {sum}, not {}", shown_inside(cx, whole.amount));
    let blamed = sides.last()?.0;
    let mut finding = Finding::new(arithmetic::CODE, blamed.amount, message)
        .here(whole.amount, "how many they are")
        .why("the sides of one vote against the number of those who vote");
    for (figure, _) in sides.iter().filter(|(f, _)| f.span != blamed.span) {
        finding = finding.here(figure.amount, "a side");
    }
    Some(finding)
}
