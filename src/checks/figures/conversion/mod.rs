//! `figures/conversion`: a conversion that is wrong, or absurdly precise.

mod currency;
mod joint;
mod scale;

use joint::Joint;
use scale::Scales;

use super::{by_sentence, shown, with_unit};
use crate::annotate::Figure;
use crate::annotate::figure::{Hedge, Measure, Role};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::facts::interval::{self, Interval};
use crate::text::Rational;

pub(super) const CODE: &str = "figures/conversion";

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    for figures in by_sentence(cx) {
        for pair in figures.windows(2) {
            findings.extend(check(cx, &pair[0], &pair[1]));
        }
    }
    currency::run(cx, findings);
}

fn check(cx: &Context<'_>, ours: &Figure, theirs: &Figure) -> Option<Finding> {
    let (Measure::Unit(from), Measure::Unit(to)) = (ours.measure, theirs.measure) else { return None };
    let scales = Scales::between(from, to).filter(|_| ours.per == theirs.per)?;
    let joint = joint::between(cx, ours, theirs)?;
    if ours.high.is_some() != theirs.high.is_some() || (joint != Joint::Bracket && !scales.cross_systems()) {
        return None;
    }
    let (a, b) = (ours.ends(), theirs.ends());
    let is_temperature = theirs.measure.unit().is_some_and(|u| u.offset.is_some());
    let is_step = is_temperature && is_difference(cx, ours);
    let fits = |stated: Rational, value: Rational, step: bool| {
        scales.convert(value, step).iter().any(|converted| near(ours, theirs, stated, *converted))
    };
    let all_fit = |step: bool| fits(b.0, a.0, step) && (ours.high.is_none() || fits(b.1, a.1, step));
    // A limit of 1.5C (2.7F) is a difference without saying so; a rise by 1.5C never is a reading.
    let right = if is_step {
        all_fit(true)
    } else {
        all_fit(false) || (is_temperature && speaks_of_steps(cx, ours) && all_fit(true))
    };
    let span = ours.span.cover(theirs.span);
    let expected = *scales.convert(a.0, is_step).first()?;
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
    let bounded = |f: &Figure| f.hedge.is_lower_bound() || f.hedge.is_upper_bound();
    // “or more than 2 miles” is true of much more, if odd.
    let open = bounded(theirs) && {
        let over = theirs.hedge.is_lower_bound() && expected > theirs.value;
        let under = theirs.hedge.is_upper_bound() && expected < theirs.value;
        over || under
    };
    if open || (bounded(ours) && !bounded(theirs) && theirs.hedge != Hedge::None) {
        return None;
    }
    let slip = is_slip(ours, theirs, &scales, expected);
    if matches!(joint, Joint::Bare | Joint::Loose) && !slip {
        return None;
    }
    let wanted = match ours.high {
        Some(_) => {
            let high = *scales.convert(a.1, is_step).first()?;
            format!("{} to {}", rounded(expected), with_unit(rounded(high), theirs.measure))
        }
        None => with_unit(expected, theirs.measure),
    };
    let difference = if is_step { "A difference of " } else { "" };
    let message = format!("{difference}{} is {wanted}, not {}", shown(cx, ours.amount), shown(cx, theirs.amount));
    let finding = Finding::new(CODE, span, message).here(ours.amount, "what is converted").why(match joint {
        Joint::Bracket => "one dimension, in brackets",
        Joint::Or => "one dimension, said to be the same",
        Joint::Bare | Joint::Loose => "one dimension, side by side, and a slip away from the right value",
    });
    Some(if joint == Joint::Loose { finding.likely() } else { finding })
}

/// Whether a wrong conversion looks like one: divided for multiplied, a power of ten, a digit off.
fn is_slip(ours: &Figure, theirs: &Figure, scales: &Scales<'_>, expected: Rational) -> bool {
    let stated = theirs.value;
    let inverse = scales.inverse(ours.value).is_some_and(|value| near(ours, theirs, stated, value));
    let tens = [(10, 1), (100, 1), (1, 10), (1, 100)].into_iter().any(|(n, d)| {
        Rational::new(n, d).and_then(|r| expected.mul(r)).is_some_and(|value| near(ours, theirs, stated, value))
    });
    let step = theirs.step.max(Rational::new(1, 10).unwrap_or(Rational::ONE));
    let written = expected.div(step).and_then(|v| Rational::new(v.to_f64().round() as i128, 1)?.mul(step));
    inverse || tens || written.is_some_and(|w| interval::shape(w, stated).may_be_slip() || is_digit_added(w, stated))
}

/// 7 and 17, 131 and 31: a digit put in front, or left out.
fn is_digit_added(a: Rational, b: Rational) -> bool {
    let (Some(a @ 1..), Some(b @ 1..)) = (a.as_whole(), b.as_whole()) else { return false };
    let (a, b) = (a.to_string(), b.to_string());
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    long.len() == short.len() + 1 && (long.ends_with(&short) || long.starts_with(&short))
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
        let floor =
            if theirs.measure.unit()?.offset.is_some() { Rational::ONE.min(theirs.step) } else { Rational::ZERO };
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
    let near = &tokens[at.saturating_sub(5)..at];
    // “limit warming to 1.5C” is above what it was.
    let warming = near.iter().any(|t| cx.draft.lower(t) == "warming");
    warming && figure.value <= Rational::whole(10) || near.iter().rev().take(3).any(|t| cx.draft.lower(t) == "by")
}
