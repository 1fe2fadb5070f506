//! Changes in per cent with both their ends in one sentence: what the numbers give against what the words say.

use super::{by_sentence, shown, with_unit};
use crate::annotate::Figure;
use crate::annotate::figure::{Form, Hedge, Measure, Role};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::facts::interval::{self, Interval, Widths};
use crate::text::{Rational, Span, Token, TokenKind};

pub(super) const POINTS_CODE: &str = "figures/percentage-points";

/// A change with its ends: from `from` to `to`.
#[derive(Clone, Copy)]
struct Ends<'a> {
    from: &'a Figure,
    to: &'a Figure,
}

/// Changes that the numbers do not give, for `figures/arithmetic`.
pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    for figures in by_sentence(cx) {
        let tokens = tokens(cx, figures);
        let Some(ends) = ends(cx, figures, tokens) else { continue };
        if let Some(stated) = stated(cx, figures, ends, tokens) {
            if !is_points_for_percent(stated, ends) {
                findings.extend(percent(cx, stated, ends));
            }
        } else {
            findings.extend(times(cx, ends, tokens));
        }
    }
}

/// Per cent where the ends differ by that many percentage points.
pub(super) fn run_points(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    for figures in by_sentence(cx) {
        let tokens = tokens(cx, figures);
        let Some(ends) = ends(cx, figures, tokens) else { continue };
        let Some(stated) = stated(cx, figures, ends, tokens) else { continue };
        if !is_points_for_percent(stated, ends) {
            continue;
        }
        let Some(change) = relative(ends.from.value, ends.to.value) else { continue };
        let message = format!(
            "{} here; from {} to {} is {} percentage points, or {}",
            shown(cx, stated.amount),
            with_unit(ends.from.value, ends.from.measure),
            with_unit(ends.to.value, ends.to.measure),
            stated.value,
            with_unit(change, Measure::Percent)
        );
        findings.push(
            Finding::new(POINTS_CODE, stated.amount, message)
                .here(ends.from.amount, "from")
                .here(ends.to.amount, "to")
                .why("both ends and the change stand in one sentence"),
        );
    }
}

fn tokens<'a>(cx: &Context<'a>, figures: &[Figure]) -> &'a [Token] {
    cx.draft.sentence_tokens(&cx.draft.sentences[figures[0].sentence as usize])
}

/// The one pair of ends in a sentence: “from A to B” in any order, “was B, down N% from A”.
fn ends<'a>(cx: &Context<'_>, figures: &'a [Figure], tokens: &[Token]) -> Option<Ends<'a>> {
    let mut froms = figures.iter().filter(|f| f.role == Role::From && f.high.is_none());
    let from = froms.next().filter(|_| figures.len() >= 2)?;
    if froms.next().is_some() || blocked(cx, tokens) {
        return None;
    }
    let same = |f: &&Figure| f.measure == from.measure && f.span != from.span && f.high.is_none() && f.per == from.per;
    let mut tos = figures.iter().filter(same).filter(|f| f.role == Role::To);
    let to = match (tos.next(), tos.next()) {
        (Some(to), None) => to,
        (Some(_), Some(_)) => return None,
        // was B last year, down N% from A
        (None, _) if from.measure != Measure::Percent => {
            let mut levels =
                figures.iter().filter(same).filter(|f| f.role == Role::Level && f.span.end <= from.span.start);
            let level = levels.next()?;
            let nearby = figures.iter().any(|f| {
                f.measure == Measure::Percent
                    && f.role == Role::ChangeBy
                    && f.span.end <= from.span.start
                    && level.span.end <= f.span.start
            });
            if levels.next().is_some() || !nearby {
                return None;
            }
            level
        }
        (None, _) => return None,
    };
    let plain = |f: &Figure| f.form != Form::Vague && !f.value.is_zero() && f.value > Rational::ZERO;
    let counted = matches!(from.measure, Measure::Count | Measure::Money(_) | Measure::Percent)
        || matches!(from.measure, Measure::Unit(unit) if unit.offset.is_none() && unit.dimension != "time");
    (counted && plain(from) && plain(to)).then_some(Ends { from, to })
}

/// Sentences that set more than one change beside each other, or whose numbers are of another kind.
fn blocked(cx: &Context<'_>, tokens: &[Token]) -> bool {
    tokens.iter().any(|t| {
        t.kind == TokenKind::Word
            && matches!(
                cx.draft.lower(t),
                "respectively"
                    | "margin"
                    | "versus"
                    | "compared"
                    | "annualized"
                    | "average"
                    | "inflation"
                    | "adjusted"
                    | "each"
            )
    })
}

/// The one change in per cent or points that the sentence states.
fn stated<'a>(cx: &Context<'_>, figures: &'a [Figure], ends: Ends<'_>, tokens: &[Token]) -> Option<&'a Figure> {
    let mut changes = figures.iter().filter(|f| {
        matches!(f.measure, Measure::Percent | Measure::PercentagePoint)
            && f.span != ends.from.span
            && f.span != ends.to.span
            && f.high.is_none()
            && changes(cx, f, tokens)
    });
    let change = changes.next()?;
    // Any other percentage in the sentence may be the change of something else.
    let others = figures.iter().filter(|f| {
        f.measure == Measure::Percent && f.span != ends.from.span && f.span != ends.to.span && f.span != change.span
    });
    (changes.next().is_none() && others.count() == 0).then_some(change)
}

/// Whether the words right before a percentage make it a change: grew, up, by, a rise of.
fn changes(cx: &Context<'_>, figure: &Figure, tokens: &[Token]) -> bool {
    if figure.role == Role::ChangeBy {
        return true;
    }
    let at = tokens.partition_point(|t| t.span.end <= figure.span.start);
    let before: Vec<&str> = tokens[at.saturating_sub(3)..at].iter().map(|t| cx.draft.lower(t)).collect();
    matches!(
        before[..],
        [
            ..,
            "rise"
                | "increase"
                | "drop"
                | "fall"
                | "decline"
                | "decrease"
                | "jump"
                | "gain"
                | "reduction"
                | "growth"
                | "cut"
                | "surge",
            "of"
        ]
    )
}

/// The change from `a` to `b` in per cent of `a`, without its sign.
fn relative(a: Rational, b: Rational) -> Option<Rational> {
    b.sub(a)?.abs().div(a)?.mul(Rational::HUNDRED)
}

/// The changes that all values of both ends can give.
fn change_interval(ends: Ends<'_>) -> Option<Interval> {
    let widths = Widths::default();
    let (a, b) = (interval::of(ends.from, &widths)?, interval::of(ends.to, &widths)?);
    if a.low <= Rational::ZERO {
        return None;
    }
    // What each may have been rounded from matters only in the last digit written.
    let corners = [(a.low, b.low), (a.low, b.high), (a.high, b.low), (a.high, b.high)];
    let values: Option<Vec<Rational>> = corners.iter().map(|&(x, y)| relative(x, y)).collect();
    let values = values?;
    Some(Interval { low: *values.iter().min()?, high: *values.iter().max()?, open: a.open || b.open })
}

fn is_points_for_percent(stated: &Figure, ends: Ends<'_>) -> bool {
    let check = || {
        let points = ends.to.value.sub(ends.from.value)?.abs();
        let change = change_interval(ends)?;
        let allowed = Interval::around(stated.value, Rational::ONE)?;
        Some(
            ends.from.measure == Measure::Percent
                && stated.measure == Measure::Percent
                && stated.value == points
                && !change.meets(&allowed),
        )
    };
    check().unwrap_or(false)
}

fn percent(cx: &Context<'_>, stated: &Figure, ends: Ends<'_>) -> Option<Finding> {
    let widths = Widths::default();
    let allowed = interval::of(stated, &widths)?;
    let (from, to) = (with_unit(ends.from.value, ends.from.measure), with_unit(ends.to.value, ends.to.measure));
    let (agrees, given) = if stated.measure == Measure::PercentagePoint {
        if ends.from.measure != Measure::Percent {
            return None;
        }
        let points = ends.to.value.sub(ends.from.value)?.abs();
        let slack = ends.from.step.max(ends.to.step);
        (Interval::around(points, slack)?.meets(&allowed), with_unit(points, Measure::PercentagePoint))
    } else {
        let change = change_interval(ends)?;
        let slack = stated.step.min(Rational::ONE);
        let wide = Interval { low: allowed.low.sub(slack)?, high: allowed.high.add(slack)?, ..allowed };
        (change.meets(&wide) || change.open, with_unit(relative(ends.from.value, ends.to.value)?, Measure::Percent))
    };
    // “more than 20%” is right, if odd, for 90%.
    let given_value = relative(ends.from.value, ends.to.value)?;
    if agrees || (stated.hedge.is_lower_bound() && given_value > stated.value) || stated.hedge.is_upper_bound() {
        return None;
    }
    let message = format!("from {from} to {to} is {given}, not {}", shown(cx, stated.amount));
    let mut finding = Finding::new(super::arithmetic::CODE, stated.amount, message)
        .here(ends.from.amount, "from")
        .here(ends.to.amount, "to")
        .why("both ends and the change stand in one sentence");
    let other_base = relative(ends.to.value, ends.from.value)?;
    if Interval::around(other_base, Rational::ONE)?.contains(stated.value) {
        finding = finding.why("it fits the new value as base");
    }
    Some(finding)
}

/// “doubled from A to B”.
fn times(cx: &Context<'_>, ends: Ends<'_>, tokens: &[Token]) -> Option<Finding> {
    let draft = cx.draft;
    let first = ends.from.span.start.min(ends.to.span.start);
    let at = tokens.partition_point(|t| t.span.start < first);
    // The verb within the last few words before the ends, with nothing but an object or a comma between.
    let index = (at.saturating_sub(6)..at).rev().find(|&i| factor(draft.lower(&tokens[i])).is_some())?;
    let factor = factor(draft.lower(&tokens[index]))?;
    if tokens[index].is_capital() {
        return None;
    }
    let hedge = match index.checked_sub(1).map_or("", |i| draft.lower(&tokens[i])) {
        "nearly" | "almost" => Hedge::Nearly,
        "than" => Hedge::MoreThan,
        "about" | "roughly" => Hedge::About,
        _ => Hedge::None,
    };
    let ratio = ends.to.value.div(ends.from.value)?;
    let times = |n: i128, d: i128| factor.mul(Rational::new(n, d)?);
    let halved = factor < Rational::ONE;
    let right = match (hedge, halved) {
        (Hedge::Nearly, false) => times(8, 10)? <= ratio && ratio <= times(105, 100)?,
        (Hedge::Nearly, true) => times(95, 100)? <= ratio && ratio <= times(125, 100)?,
        (Hedge::MoreThan, false) => ratio >= times(99, 100)?,
        (Hedge::MoreThan, true) => ratio <= times(101, 100)?,
        _ => times(78, 100)? <= ratio && ratio <= times(125, 100)?,
    };
    if right {
        return None;
    }
    let span: Span = tokens[index].span;
    let message = format!(
        "from {} to {} is {} times, not {}",
        with_unit(ends.from.value, ends.from.measure),
        with_unit(ends.to.value, ends.to.measure),
        ratio,
        draft.words_at(span)
    );
    Some(
        Finding::new(super::arithmetic::CODE, span, message)
            .here(ends.from.amount, "from")
            .here(ends.to.amount, "to")
            .why("both ends stand beside the verb"),
    )
}

fn factor(verb: &str) -> Option<Rational> {
    match verb {
        "doubled" | "doubling" | "doubles" => Some(Rational::whole(2)),
        "tripled" | "trebled" | "tripling" | "trebling" | "triples" => Some(Rational::whole(3)),
        "quadrupled" | "quadrupling" => Some(Rational::whole(4)),
        "halved" | "halving" => Rational::new(1, 2),
        _ => None,
    }
}
