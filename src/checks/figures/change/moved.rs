//! “rose 62 points, or 0.3 percent, to 24,768”: a step, the same step in per cent, and what it came to.

use super::stated;
use crate::annotate::Figure;
use crate::annotate::figure::{Hedge, Measure, Way, lemma, way_of};
use crate::checks::Context;
use crate::checks::figures::clause::{end_with_noun, head, is_amount, tokens};
use crate::checks::figures::{arithmetic, shown, with_unit};
use crate::diagnostic::Finding;
use crate::facts::interval::{self, Interval, Widths};
use crate::text::{Rational, TokenKind};

/// Three figures that follow each other, where the percentage is not what step and level give.
pub(super) fn check(cx: &Context<'_>, three: &[Figure]) -> Option<Finding> {
    let [a, b, c] = three else { return None };
    let percent = |f: &Figure| f.measure == Measure::Percent && f.high.is_none();
    let (step, share, level, lead) = match (percent(a), percent(b), percent(c)) {
        // rose 62 points, or 0.3 percent, to 24,768
        (false, true, false) if is_or(cx, a, b) && leads_to(cx, b, c) => (a, b, c, a),
        // rose 0.3 percent, or 62 points, to 24,768
        (true, false, false) if is_or(cx, a, b) && leads_to(cx, b, c) => (b, a, c, a),
        // closed at 24,768, up 62 points, or 0.3 percent
        (false, false, true) if is_or(cx, b, c) && follows(cx, a, b) => (b, c, a, b),
        _ => return None,
    };
    let points =
        step.measure == Measure::Count && step.noun.is_some_and(|n| lemma(n.head.of(&cx.draft.lower)) == "point");
    let bare = step.measure == Measure::Count && step.noun.is_none();
    let kind = is_amount(step)
        && is_amount(level)
        && step.measure == level.measure
        && (step.measure != Measure::Count || points || bare || same_noun(cx, step, level));
    if !kind || step.value >= level.value || step.hedge != Hedge::None || level.hedge != Hedge::None {
        return None;
    }
    let way = way(cx, lead)?;
    // A step of whole points was rounded to them.
    let step_range = Interval::around(
        step.value,
        step.step.min(Rational::ONE.max(step.value.div(Rational::HUNDRED)?)).mul(Rational::new(1, 2)?)?,
    )?;
    let level_range = interval::of(level, &Widths::default())?;
    let before = |level: Rational, step: Rational| match way {
        Way::Up => level.sub(step),
        Way::Down => level.add(step),
    };
    let ratio = |step: Rational, level: Rational| step.div(before(level, step)?)?.mul(Rational::HUNDRED);
    let (low, high) = (ratio(step_range.low, level_range.high)?, ratio(step_range.high, level_range.low)?);
    let given = Interval { low: low.min(high), high: low.max(high), open: level_range.open };
    let allowed = stated::allowed(share)?;
    // Of the new level instead of the old: wrong, but near enough to pass where it is.
    if given.open || given.meets(&allowed) || share.hedge.is_upper_bound() || allowed.open && given.low > allowed.high {
        return None;
    }
    let message = format!(
        "{} of {} is {}, not {}",
        shown(cx, step.amount),
        with_unit(before(level.value, step.value)?, level.measure),
        with_unit(ratio(step.value, level.value)?, Measure::Percent),
        shown(cx, share.amount)
    );
    Some(
        Finding::new(arithmetic::CODE, share.amount, message)
            .here(step.amount, "the step")
            .here(level.amount, "what it came to")
            .why("step, percentage and level stand together"),
    )
}

fn same_noun(cx: &Context<'_>, step: &Figure, level: &Figure) -> bool {
    head(cx, level).is_none() || head(cx, step) == head(cx, level)
}

/// “, or”, “(”, between a step and the same in other words.
fn is_or(cx: &Context<'_>, a: &Figure, b: &Figure) -> bool {
    let link = tokens(cx, end_with_noun(a), b.span.start);
    matches!(
        link.iter().map(|t| cx.draft.lower(t)).collect::<Vec<_>>()[..],
        [",", "or"] | ["or"] | ["("] | [",", "or", "about"]
    )
}

/// “, to 24,768”, “to close at 24,768”.
fn leads_to(cx: &Context<'_>, a: &Figure, level: &Figure) -> bool {
    let link = tokens(cx, end_with_noun(a), level.span.start);
    let words: Vec<&str> = link.iter().map(|t| cx.draft.lower(t)).filter(|w| !matches!(*w, "," | ")")).collect();
    matches!(
        words[..],
        ["to"]
            | ["to", "close" | "end" | "finish" | "settle" | "trade", "at"]
            | ["and", "closed" | "ended" | "finished", "at"]
    )
}

/// “closed at 24,768, up 62 points”.
fn follows(cx: &Context<'_>, level: &Figure, step: &Figure) -> bool {
    let link = tokens(cx, end_with_noun(level), step.span.start);
    matches!(link, [comma, way] if cx.draft.word(comma) == "," && matches!(cx.draft.lower(way), "up" | "down"))
}

/// Which way the verb before a step goes.
fn way(cx: &Context<'_>, step: &Figure) -> Option<Way> {
    let start = cx.draft.sentences[step.sentence as usize].span.start;
    let before = tokens(cx, start, step.span.start);
    before.iter().rev().take(4).filter(|t| t.kind == TokenKind::Word).find_map(|t| way_of(cx.draft.lower(t)))
}
