//! The two sides of a result.

use crate::annotate::Figure;
use crate::annotate::figure::{Form, Hedge, Measure, Role};
use crate::checks::Context;
use crate::checks::figures::clause::between;
use crate::text::{Rational, Span};

/// Two sides of a result: 51 percent to 40, 9-4, 24,005 to 23,994.
pub(in crate::checks::figures) struct Result {
    pub high: Rational,
    pub low: Rational,
    pub span: Span,
    pub is_percent: bool,
    /// Index of the first figure behind it.
    pub next: usize,
}

/// The result that starts with figure `at`.
pub(in crate::checks::figures) fn result(cx: &Context<'_>, figures: &[Figure], at: usize) -> Option<Result> {
    let a = &figures[at];
    let plain = |f: &Figure| f.form == Form::Digits || f.form == Form::Words;
    let open = a.hedge != Hedge::None || !plain(a) || a.per || matches!(a.role, Role::From | Role::ChangeBy);
    if open || between(cx, a.span.start, a.span.end).starts_with("between") {
        return None;
    }
    let make = |x: Rational, y: Rational, span: Span, is_percent: bool, next: usize| Result {
        high: x.max(y),
        low: x.min(y),
        span,
        is_percent,
        next,
    };
    if let Some(other) = a.high {
        let kind = match a.measure {
            Measure::Score | Measure::Percent => true,
            // 41 to 47, and no range of things: “41 to 47 boats”
            Measure::Count => a.noun.is_none(),
            _ => false,
        };
        return kind.then(|| make(a.value, other, a.amount, a.measure == Measure::Percent, at + 1));
    }
    let b = figures.get(at + 1)?;
    let linked =
        between(cx, a.span.end, b.span.start).trim() == "to" && b.high.is_none() && plain(b) && b.hedge == Hedge::None;
    let kind = match (a.measure, b.measure) {
        (Measure::Percent, Measure::Percent) => true,
        (Measure::Percent | Measure::Count, Measure::Count) => a.noun.is_none() && b.noun.is_none(),
        _ => false,
    };
    (linked && kind).then(|| make(a.value, b.value, a.amount.cover(b.amount), a.measure == Measure::Percent, at + 2))
}
