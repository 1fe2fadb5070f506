//! `figures/conversion`: a conversion in brackets that is wrong, or absurdly precise.

use super::{by_sentence, shown, with_unit};
use crate::annotate::Figure;
use crate::annotate::figure::{Hedge, Measure, Role, Unit};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::facts::interval::Interval;
use crate::text::Rational;

pub(super) const CODE: &str = "figures/conversion";

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    for figures in by_sentence(cx) {
        for pair in figures.windows(2) {
            findings.extend(check(cx, &pair[0], &pair[1]));
        }
    }
}

fn check(cx: &Context<'_>, ours: &Figure, theirs: &Figure) -> Option<Finding> {
    let (Measure::Unit(from), Measure::Unit(to)) = (ours.measure, theirs.measure) else { return None };
    if from.dimension != to.dimension || from == to || ours.per != theirs.per || !in_brackets(cx, ours, theirs) {
        return None;
    }
    let (a, b) = (ours.ends(), theirs.ends());
    if ours.high.is_some() != theirs.high.is_some() {
        return None;
    }
    let reading = convert(from, to, a.0, false)?;
    let difference = convert(from, to, a.0, true)?;
    let is_temperature = from.offset.is_some();
    let is_step = is_temperature && is_difference(cx, ours);
    let fits = |value: Rational, converted: Rational| near(ours, theirs, value, converted);
    let all_fit = |as_difference: bool| {
        Some(
            fits(b.0, convert(from, to, a.0, as_difference)?)
                && (ours.high.is_none() || fits(b.1, convert(from, to, a.1, as_difference)?)),
        )
    };
    // A limit of 1.5C (2.7F) is a difference without saying so; a rise by 1.5C never is a reading.
    let right = if is_step {
        all_fit(true)?
    } else {
        all_fit(false)? || (is_temperature && speaks_of_steps(cx, ours) && all_fit(true)?)
    };
    let span = ours.span.cover(theirs.span);
    let expected = if is_step { difference } else { reading };
    if right {
        return too_precise(ours, theirs).then(|| {
            let message = format!(
                "{} from {}: more exact than what it converts",
                shown(cx, theirs.amount),
                shown(cx, ours.amount)
            );
            Finding::new(CODE, span, message)
                .here(ours.amount, format!("about {}", with_unit(rounded(expected), theirs.measure)))
                .likely()
        });
    }
    if ours.high.is_some()
        || ours.hedge.is_lower_bound() != theirs.hedge.is_lower_bound() && theirs.hedge != Hedge::None
    {
        return None;
    }
    let mut message = format!(
        "{} is {}, not {}",
        shown(cx, ours.amount),
        with_unit(expected, theirs.measure),
        shown(cx, theirs.amount)
    );
    if is_step {
        message = format!("A difference of {message}");
    }
    Some(Finding::new(CODE, span, message).here(ours.amount, "what is converted").why("one dimension, in brackets"))
}

/// “90 kilometers (56 miles)”: nothing but the bracket and a hedge between, and the bracket closes after.
fn in_brackets(cx: &Context<'_>, ours: &Figure, theirs: &Figure) -> bool {
    let text = &cx.draft.text;
    let between = text.get(ours.span.end as usize..theirs.span.start as usize).unwrap_or("");
    let opens = matches!(between.trim(), "(" | "[" | "(or" | "(i.e." | "(that is");
    opens && text[theirs.span.end as usize..].trim_start().starts_with([')', ']', ',', ';'])
}

fn convert(from: &Unit, to: &Unit, value: Rational, difference: bool) -> Option<Rational> {
    if difference { value.mul(from.factor)?.div(to.factor) } else { to.from_base(from.to_base(value)?) }
}

/// Whether a stated value is what the conversion gives, as precisely as both are written.
fn near(ours: &Figure, theirs: &Figure, stated: Rational, converted: Rational) -> bool {
    let tolerance = || {
        let part = |n: i128, value: Rational| value.abs().mul(Rational::new(n, 100)?);
        let half = |f: &Figure| f.step.mul(Rational::new(1, 2)?);
        // A round number on either side was rounded: up to one part in twenty.
        let own = half(theirs)?.min(part(5, stated)?).max(part(1, converted)?);
        let rounding = half(ours)?.div(ours.value.abs())?.mul(converted.abs())?.min(part(5, converted)?);
        let loose =
            matches!(theirs.hedge, Hedge::About | Hedge::Nearly | Hedge::JustOver | Hedge::MoreThan | Hedge::LessThan);
        let hedged = if loose { part(10, converted)? } else { Rational::ZERO };
        let floor = if ours.measure.unit()?.offset.is_some() { Rational::ONE.min(theirs.step) } else { Rational::ZERO };
        own.add(rounding)?.add(hedged)?.add(floor)
    };
    tolerance().and_then(|t| Interval::around(converted, t)).is_none_or(|i| i.contains(stated))
}

/// Two decimals and three digits more than the number it converts.
fn too_precise(ours: &Figure, theirs: &Figure) -> bool {
    let decimals = theirs.step < Rational::new(1, 10).unwrap_or(Rational::ONE);
    let digits = |f: &Figure| f.value.div(f.step).and_then(Rational::as_whole).map_or(0, |n| n.abs().to_string().len());
    decimals
        && ours.value.is_whole()
        && !ours.step.is_zero()
        && !theirs.step.is_zero()
        && digits(theirs) >= digits(ours) + 2
}

fn rounded(value: Rational) -> Rational {
    if value.abs() < Rational::whole(10) {
        super::tenths(value)
    } else {
        Rational::new(value.to_f64().round() as i128, 1).unwrap_or(value)
    }
}

/// Whether a sentence is about warming, limits or differences, where a temperature may be a step.
fn speaks_of_steps(cx: &Context<'_>, figure: &Figure) -> bool {
    let sentence = &cx.draft.sentences[figure.sentence as usize];
    cx.draft.sentence_tokens(sentence).iter().any(|t| {
        matches!(
            cx.draft.lower(t),
            "warming"
                | "warmed"
                | "warmer"
                | "hotter"
                | "cooler"
                | "colder"
                | "rise"
                | "rises"
                | "rose"
                | "risen"
                | "rising"
                | "increase"
                | "increases"
                | "increased"
                | "limit"
                | "limited"
                | "limiting"
                | "difference"
                | "above"
                | "below"
                | "target"
                | "drop"
                | "dropped"
                | "fall"
                | "fell"
        )
    })
}

/// Whether a temperature is a step: “have risen by 1.5C”, “1.5C warmer”.
fn is_difference(cx: &Context<'_>, figure: &Figure) -> bool {
    if figure.role == Role::ChangeBy {
        return true;
    }
    let sentence = &cx.draft.sentences[figure.sentence as usize];
    let tokens = cx.draft.sentence_tokens(sentence);
    let at = tokens.partition_point(|t| t.span.end <= figure.span.start);
    tokens[at.saturating_sub(3)..at].iter().any(|t| cx.draft.lower(t) == "by")
}
