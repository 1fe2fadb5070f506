//! One share said twice: “one in five, or 25 percent”, “12 per 1,000, or 2.4%”; and a rate with what it is of: “480 cases, 30 for every
//! 100,000 residents in a region of 1.6 million”.

use smallvec::SmallVec;

use super::clause::{between, end_with_noun, is_plain, tokens};
use super::share::{Tie, allowed, ends, is_share, is_tied};
use super::{arithmetic, shown, with_unit};
use crate::annotate::Figure;
use crate::annotate::figure::{Form, Hedge, Measure};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::facts::interval::{self, Interval, Widths};
use crate::text::{Rational, Span};

/// A share of a whole as percentages, and how it is written.
struct Share {
    percent: Interval,
    value: Rational,
    span: Span,
}

pub(super) fn check(cx: &Context<'_>, figures: &[Figure], findings: &mut Vec<Finding>) {
    for at in 0..figures.len() {
        findings.extend(twice(cx, figures, at));
        findings.extend(of_population(cx, figures, at));
    }
}

/// The share that starts with figure `at`: a fraction, a percentage, or, of two figures, a rate of so many for so many.
fn share(cx: &Context<'_>, figures: &[Figure], at: usize) -> Option<Share> {
    let figure = &figures[at];
    if is_share(figure) {
        let value = match figure.measure {
            Measure::Fraction => figure.value.mul(Rational::HUNDRED)?,
            _ => figure.value,
        };
        return Some(Share { percent: as_percent(figure)?, value, span: figure.amount });
    }
    let per = figures.get(at + 1)?;
    is_rate(cx, figure, per).then_some(())?;
    let range = interval::of(figure, &Widths::default())?;
    let percent = |value: Rational| value.div(per.value)?.mul(Rational::HUNDRED);
    // A rate of whole numbers was rounded to them.
    let half = figure.step.min(Rational::ONE).mul(Rational::new(1, 2)?)?;
    Some(Share {
        percent: Interval { low: percent(range.low.sub(half)?)?, high: percent(range.high.add(half)?)?, ..range },
        value: percent(figure.value)?,
        span: figure.amount.cover(per.amount),
    })
}

/// What the words for a share allow. A fraction is round by nature, a small one less so: a tenth is said of 9 and of 11 percent.
fn as_percent(figure: &Figure) -> Option<Interval> {
    let wide = allowed(figure)?;
    if figure.measure != Measure::Fraction {
        return Some(wide);
    }
    let value = figure.value.mul(Rational::HUNDRED)?;
    let around = Interval::around(value, value.mul(Rational::new(15, 100)?)?)?;
    Some(match figure.hedge {
        Hedge::None | Hedge::Exactly | Hedge::About => {
            Interval { low: wide.low.max(around.low), high: wide.high.min(around.high), ..wide }
        }
        _ => wide,
    })
}

/// “12 per 1,000”, “30 for every 100,000”: a number for a round number of the same.
fn is_rate(cx: &Context<'_>, figure: &Figure, per: &Figure) -> bool {
    let counts = |f: &Figure| f.measure == Measure::Count && is_plain(f);
    let round = matches!(per.value.as_whole(), Some(100 | 1_000 | 10_000 | 100_000 | 1_000_000));
    if !round || !counts(figure) || !counts(per) || figure.value >= per.value {
        return false;
    }
    let link = between(cx, figure.amount.end, per.amount.start);
    let words: SmallVec<[&str; 6]> = link.split_whitespace().collect();
    matches!(
        words[..],
        ["per"]
            | ["for" | "in" | "of", "every" | "each"]
            | ["out", "of"]
            | ["out", "of", "every"]
            | [_, "per"]
            | [_, "for", "every"]
            | [_, "in", "every"]
    )
}

/// Two shares side by side, the second the first in other words.
fn twice(cx: &Context<'_>, figures: &[Figure], at: usize) -> Option<Finding> {
    // What follows is asked first: mostly it is no share.
    let next = if is_share(&figures[at]) { at + 1 } else { at + 2 };
    let stated = figures.get(next).filter(|f| is_share(f))?;
    let first = share(cx, figures, at)?;
    let last = &figures[next - 1];
    // Two percentages, or two fractions, are two shares.
    let other = next == at + 2 || last.measure != stated.measure;
    if !other || !is_tied(cx, last, stated, Tie::Same) || !ends(cx, stated) || last.hedge.is_upper_bound() {
        return None;
    }
    let (given, own) = (first.percent, as_percent(stated)?);
    let apart = given.open && own.low > given.high || own.open && given.low > own.high;
    if given.meets(&own) || apart || stated.hedge.is_upper_bound() {
        return None;
    }
    let written = with_unit(first.value, Measure::Percent);
    let message = match (last.measure, stated.measure) {
        (Measure::Percent, _) => format!("{} is not {}", shown(cx, first.span), shown(cx, stated.span)),
        _ => format!("{} is {written}, not {}", shown(cx, first.span), shown(cx, stated.span)),
    };
    Some(
        Finding::new(arithmetic::CODE, stated.amount, message)
            .here(first.span, "the same share")
            .why("one share in two forms, side by side"),
    )
}

/// “480 people …, 30 for every 100,000 residents in a region of 1.6 million”.
fn of_population(cx: &Context<'_>, figures: &[Figure], at: usize) -> Option<Finding> {
    let [cases, rate, per, whole] = figures.get(at..at + 4)? else { return None };
    let counts = |f: &Figure| f.measure == Measure::Count && is_plain(f) && f.form != Form::Vague;
    if !counts(cases) || !counts(whole) || !is_rate(cx, rate, per) || cases.noun.is_none() {
        return None;
    }
    let link = tokens(cx, end_with_noun(cases), rate.span.start);
    let tied = link.last().is_some_and(|t| matches!(cx.draft.lower(t), "," | "or" | "(" | "—" | "–"))
        && link.iter().filter(|t| matches!(cx.draft.word(t), "," | "—" | "–" | "(")).count() == 1;
    let lead = tokens(cx, end_with_noun(per), whole.span.start);
    let place = matches!(lead, [word, .., noun, of]
        if matches!(cx.draft.lower(word), "in" | "of" | "for") && cx.draft.lower(of) == "of" && lead.len() <= 7
            && matches!(cx.draft.lower(noun), "region" | "population" | "country" | "state" | "city" | "county" | "town" | "area" | "district" | "province" | "nation"));
    if !tied || !place {
        return None;
    }
    let widths = Widths::default();
    let (n, all, own) = (interval::of(cases, &widths)?, interval::of(whole, &widths)?, interval::of(rate, &widths)?);
    let half = rate.step.min(Rational::ONE).mul(Rational::new(1, 2)?)?;
    let own = Interval { low: own.low.sub(half)?, high: own.high.add(half)?, ..own };
    let of_them = |n: Rational, all: Rational| n.mul(per.value)?.div(all);
    let given = Interval { low: of_them(n.low, all.high)?, high: of_them(n.high, all.low)?, open: n.open || all.open };
    if given.meets(&own) || given.open || own.open && given.low > own.high {
        return None;
    }
    let message = format!(
        "{} of {} is {} for every {}, not {}",
        with_unit(cases.value, cases.measure),
        with_unit(whole.value, whole.measure),
        super::tenths(of_them(cases.value, whole.value)?),
        shown(cx, per.amount),
        shown(cx, rate.amount)
    );
    Some(
        Finding::new(arithmetic::CODE, rate.amount, message)
            .here(cases.amount, "the cases")
            .here(whole.amount, "the whole")
            .why("cases, rate and whole stand in one sentence"),
    )
}
