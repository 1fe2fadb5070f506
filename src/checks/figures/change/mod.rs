//! Changes with both their ends: what the numbers give against what the words say.

mod ends;
mod moved;
mod stated;
mod times;
mod told;

use ends::Ends;
pub(super) use stated::opens_clause;
pub(super) use times::TIMES;

use super::clause::{apart, written};
use super::cues::{Cues, sentences};
use super::{arithmetic, shown, with_unit};
use crate::annotate::Figure;
use crate::annotate::figure::{Form, Measure, Role, lemma};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::facts::interval::{self, Interval, Widths};
use crate::text::{Rational, Token};

pub(super) const POINTS_CODE: &str = "figures/percentage-points";

/// Changes that the numbers do not give, for `figures/arithmetic`.
pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    for_each(cx, |figures, next, tokens, cues| {
        if cues.has(Cues::TIMES) {
            let three = |i: usize| &figures[i..figures.len().min(i + 3)];
            findings.extend((0..figures.len()).filter_map(|i| times::as_many(cx, three(i))));
        }
        findings.extend(figures.windows(3).filter_map(|three| moved::check(cx, three)));
        let found = ends::find(cx, figures, tokens).or_else(|| ends::across(cx, figures, next));
        let Some(ends) = found else {
            findings.extend(told::check(cx, figures, tokens));
            return;
        };
        if let Some(stated) = stated::find(cx, figures, ends, tokens) {
            if !is_points_for_percent(stated, ends) {
                findings.extend(percent(cx, stated, ends));
            }
        } else if let Some(finding) = absolute(cx, figures, ends) {
            findings.push(finding);
        } else {
            findings.extend(times::check(cx, ends, tokens));
        }
    });
}

/// Per cent where the ends differ by that many percentage points.
pub(super) fn run_points(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    for_each(cx, |figures, _, tokens, _| {
        let Some(ends) = ends::find(cx, figures, tokens).filter(|e| e.from.measure == Measure::Percent) else { return };
        let Some(stated) = stated::find(cx, figures, ends, tokens) else { return };
        if !is_points_for_percent(stated, ends) {
            return;
        }
        let Some(change) = relative(ends.from.value, ends.to.value) else { return };
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
                .why(ends.why),
        );
    });
}

/// Calls `each` with the figures of every sentence, those of the sentence right behind it in the same block, its tokens and its cues.
fn for_each<'a>(cx: &Context<'a>, mut each: impl FnMut(&'a [Figure], &'a [Figure], &'a [Token], Cues)) {
    let mut groups = sentences(cx).peekable();
    while let Some((figures, cues)) = groups.next() {
        let (sentence, block) = (figures[0].sentence, figures[0].block);
        let follows = |next: &&[Figure]| next[0].sentence == sentence + 1 && next[0].block == block;
        let next = groups.peek().map(|(next, _)| *next).filter(follows).unwrap_or_default();
        each(figures, next, cx.draft.sentence_tokens(&cx.draft.sentences[sentence as usize]), cues);
    }
}

/// The change from `a` to `b` in per cent of `a`, without its sign.
fn relative(a: Rational, b: Rational) -> Option<Rational> {
    b.sub(a)?.abs().div(a)?.mul(Rational::HUNDRED)
}

/// The changes that all values of both ends can give.
fn change_interval(ends: Ends<'_>) -> Option<Interval> {
    let widths = Widths::default();
    // $3 beside $3.30 is $3.00, and $140 million beside $120 million was not rounded to tens of millions.
    let money = matches!(ends.from.measure, Measure::Money(_)) && ends.from.form == ends.to.form;
    let step = ends.from.step.min(ends.to.step);
    let range = |figure: &Figure| match money && figure.value < Rational::whole(1000) && step < Rational::ONE {
        true => interval::of(&Figure { step, ..figure.clone() }, &widths),
        false if figure.form == Form::Scaled => written(figure),
        false => interval::of(figure, &widths),
    };
    let (a, b) = (range(ends.from)?, range(ends.to)?);
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
        let change = relative(ends.from.value, ends.to.value)?;
        Some(
            ends.from.measure == Measure::Percent
                && stated.measure == Measure::Percent
                && stated.value == points
                && !Interval::around(stated.value, Rational::ONE)?.contains(change),
        )
    };
    check().unwrap_or(false)
}

fn percent(cx: &Context<'_>, stated: &Figure, ends: Ends<'_>) -> Option<Finding> {
    let widths = Widths::default();
    let (from, to) = (with_unit(ends.from.value, ends.from.measure), with_unit(ends.to.value, ends.to.measure));
    let (agrees, given) = if stated.measure == Measure::PercentagePoint {
        if ends.from.measure != Measure::Percent {
            return None;
        }
        let points = ends.to.value.sub(ends.from.value)?.abs();
        let slack = ends.from.step.max(ends.to.step).min(Rational::ONE);
        let allowed = interval::of(stated, &widths)?;
        (Interval::around(points, slack)?.meets(&allowed), with_unit(points, Measure::PercentagePoint))
    } else {
        let change = change_interval(ends)?;
        let allowed = stated::allowed(stated)?;
        (change.meets(&allowed) || change.open, with_unit(relative(ends.from.value, ends.to.value)?, Measure::Percent))
    };
    // “more than 20%” is right, if odd, for 90%.
    let given_value = relative(ends.from.value, ends.to.value)?;
    if agrees || (stated.hedge.is_lower_bound() && given_value > stated.value) || stated.hedge.is_upper_bound() {
        return None;
    }
    let message = format!("from {from} to {to} is {given}, not {}", shown(cx, stated.amount));
    let mut finding = Finding::new(arithmetic::CODE, stated.amount, message)
        .here(ends.from.amount, "from")
        .here(ends.to.amount, "to")
        .why(ends.why);
    let other_base = relative(ends.to.value, ends.from.value)?;
    if Interval::around(other_base, Rational::ONE)?.contains(stated.value) {
        finding = finding.why("it fits the new value as base");
    }
    Some(finding)
}

/// “rose by $300, to $1,500 from $1,100”, “from 12 to 15, an increase of two”.
fn absolute(cx: &Context<'_>, figures: &[Figure], ends: Ends<'_>) -> Option<Finding> {
    let is_points = |f: &Figure| {
        ends.from.measure == Measure::Percent
            && (f.measure == Measure::PercentagePoint
                || f.measure == Measure::Count && f.noun.is_some_and(|n| lemma(n.head.of(&cx.draft.lower)) == "point"))
    };
    // A five-fold rise is no rise by five.
    let times = |f: &Figure| cx.draft.lower[f.number.end as usize..].trim_start_matches('-').starts_with("fold");
    let mut steps = figures.iter().filter(|f| !times(f)).filter(|f| {
        let kind = f.measure == ends.from.measure && f.measure != Measure::Percent || is_points(f);
        kind && !f.per
            && f.high.is_none()
            && f.span != ends.from.span
            && f.span != ends.to.span
            && (f.role == Role::ChangeBy || is_degree(cx, f))
    });
    let step = steps.next()?;
    if steps.next().is_some() || !stated::is_one_clause(cx, step, ends) {
        return None;
    }
    // Percentages were rounded each: 53 and 48 are four to six points apart.
    let slack = ends.from.step.max(ends.to.step).min(Rational::ONE);
    let given = match ends.from.measure {
        Measure::Percent => Interval::around(ends.to.value.sub(ends.from.value)?.abs(), slack)?,
        _ => apart(ends.from, ends.to)?,
    };
    let own = written(step)?;
    if given.open || given.meets(&own) || own.open && given.low > own.high {
        return None;
    }
    let measure = if ends.from.measure == Measure::Percent { Measure::PercentagePoint } else { ends.from.measure };
    let message = format!(
        "from {} to {} is {}, not {}",
        with_unit(ends.from.value, ends.from.measure),
        with_unit(ends.to.value, ends.to.measure),
        with_unit(ends.to.value.sub(ends.from.value)?.abs(), measure),
        shown(cx, step.amount)
    );
    Some(
        Finding::new(arithmetic::CODE, step.amount, message)
            .here(ends.from.amount, "from")
            .here(ends.to.amount, "to")
            .why(ends.why),
    )
}

/// “two fewer than before”, “12 more,”.
fn is_degree(cx: &Context<'_>, figure: &Figure) -> bool {
    let behind = super::clause::tokens(cx, figure.span.end, figure.span.end + 16);
    let degree = |t: &Token| matches!(cx.draft.lower(t), "more" | "fewer" | "less" | "higher" | "lower");
    match behind {
        [first, second, ..] => degree(first) && matches!(cx.draft.lower(second), "than" | "," | "." | ";"),
        [first] => degree(first),
        [] => false,
    }
}
