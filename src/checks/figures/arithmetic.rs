//! `figures/arithmetic`: a change, share or total that its own numbers do not give.

use super::{by_sentence, change, shown, sum, with_unit};
use crate::annotate::Figure;
use crate::annotate::figure::{Form, Measure};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::facts::interval::{self, Interval, Widths};
use crate::text::Rational;

pub(super) const CODE: &str = "figures/arithmetic";

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    change::run(cx, findings);
    for figures in by_sentence(cx) {
        for three in figures.windows(3) {
            findings.extend(share(cx, &three[0], &three[1], &three[2]));
        }
        findings.extend(sum::check(cx, figures));
    }
}

/// “A of B (C%)”, “A out of B, or C%”.
fn share(cx: &Context<'_>, part: &Figure, whole: &Figure, stated: &Figure) -> Option<Finding> {
    let counted = |f: &Figure| {
        matches!(f.measure, Measure::Count | Measure::Money(_)) && f.high.is_none() && f.form != Form::Vague
    };
    if stated.measure != Measure::Percent
        || stated.high.is_some()
        || !counted(part)
        || !counted(whole)
        || part.measure != whole.measure
    {
        return None;
    }
    let text = &cx.draft.text;
    let between = text.get(part.span.end as usize..whole.span.start as usize)?.trim();
    let links = matches!(between, "of" | "of the" | "out of" | "out of the" | "of its" | "of their");
    let tail = text.get(whole.span.end as usize..stated.span.start as usize)?;
    // After the whole: its noun at most, and a bracket or “or”.
    let (noun, joint) = tail.rsplit_once([',', '(', '—', '–'])?;
    let plain = noun.split_whitespace().count() <= 3 && !noun.contains([',', '.', ';', ':', '(']);
    let joint = matches!(joint.trim(), "" | "or" | "some" | "about");
    if !links || !plain || !joint || part.value > whole.value || whole.value.is_zero() {
        return None;
    }
    let (a, b) = (interval::of(part, &Widths::default())?, interval::of(whole, &Widths::default())?);
    if a.low < Rational::ZERO || b.low <= Rational::ZERO {
        return None;
    }
    let percent = |x: Rational, y: Rational| x.div(y)?.mul(Rational::HUNDRED);
    let given = Interval { low: percent(a.low, b.high)?, high: percent(a.high, b.low)?, open: a.open || b.open };
    let allowed = interval::of(stated, &Widths::default())?;
    let slack = stated.step.min(Rational::ONE);
    let wide = Interval { low: allowed.low.sub(slack)?, high: allowed.high.add(slack)?, ..allowed };
    if given.open || given.meets(&wide) {
        return None;
    }
    let message = format!(
        "{} of {} is {}, not {}",
        with_unit(part.value, part.measure),
        with_unit(whole.value, whole.measure),
        with_unit(percent(part.value, whole.value)?, Measure::Percent),
        shown(cx, stated.amount)
    );
    Some(
        Finding::new(CODE, stated.amount, message)
            .here(part.amount, "the part")
            .here(whole.amount, "the whole")
            .why("part, whole and share stand together"),
    )
}
