//! Rates: so many for each of others, and one rate by two lengths of time.

use smallvec::SmallVec;

use super::{Each, Product, check, each, head, is_count, is_money, is_part, is_tied, range};
use crate::annotate::Figure;
use crate::annotate::figure::{Hedge, Measure, lemma};
use crate::checks::Context;
use crate::checks::figures::clause::{end_with_noun, tokens};
use crate::checks::figures::{arithmetic, shown, tenths, with_unit};
use crate::diagnostic::Finding;
use crate::facts::interval::Interval;
use crate::text::{Rational, TokenKind};

/// How many sentences away a number of things may stand that an amount is for each of.
const NEAR: u32 = 2;

/// What two figures of a sentence in a row say wrong of a rate.
pub(super) fn of_pair(cx: &Context<'_>, pair: &[Figure]) -> Option<Finding> {
    elsewhere(cx, pair).or_else(|| by_time(cx, pair))
}

/// “160 pupils and 10 teachers, or 16 pupils for each teacher”.
pub(super) fn ratio(cx: &Context<'_>, three: &[Figure]) -> Option<Finding> {
    let [first, second, stated] = three else { return None };
    let counts = [first, second, stated].iter().all(|f| is_part(f) && f.measure == Measure::Count);
    if !counts || first.value < Rational::whole(2) || second.value < Rational::whole(2) {
        return None;
    }
    let of = each(cx, stated).filter(|of| matches!(of, Each::Of(_)))?;
    let (many, few) = if of.fits(cx, second) { (first, second) } else { (second, first) };
    let same = head(cx, stated).is_none_or(|noun| Some(noun) == head(cx, many));
    let link = tokens(cx, end_with_noun(first), second.span.start);
    let listed = matches!(link, [link] if matches!(cx.draft.lower(link), "and" | "for" | "to"));
    let behind = tokens(cx, end_with_noun(second), stated.span.start);
    // “560 crew” and the like stand without a plural.
    let bare = usize::from(second.noun.is_none() && behind.first().is_some_and(|t| t.kind == TokenKind::Word));
    let tied = is_tied(cx, &behind[bare..]);
    if !of.fits(cx, few) || of.fits(cx, many) || !same || !listed || !tied {
        return None;
    }
    let (a, b, own) = (range(many)?, range(few)?, range(stated)?);
    let half = Rational::new(1, 2)?;
    let own = Interval { low: own.low.sub(half)?, high: own.high.add(half)?, ..own };
    let given = Interval { low: a.low.div(b.high)?, high: a.high.div(b.low)?, open: a.open || b.open };
    if given.open || given.meets(&own) || own.open && given.low > own.high {
        return None;
    }
    let message = format!(
        "{} by {} is {}, not {}",
        with_unit(many.value, many.measure),
        with_unit(few.value, few.measure),
        tenths(many.value.div(few.value)?),
        shown(cx, stated.amount)
    );
    Some(
        Finding::new(arithmetic::CODE, stated.amount, message)
            .here(many.amount, "how many there are")
            .here(few.amount, "for how many")
            .why("both numbers and what there is for each stand together"),
    )
}

/// “$1.35 million, or $3,000 a well”, “448 points, or 28 a match”, where the draft counts the wells and matches nearby, and none of their
/// numbers gives it.
fn elsewhere(cx: &Context<'_>, pair: &[Figure]) -> Option<Finding> {
    let [total, unit] = pair else { return None };
    let kind =
        is_money(total) || is_count(cx, total) && head(cx, unit).is_none_or(|noun| Some(noun) == head(cx, total));
    if !kind || !is_part(unit) || total.measure != unit.measure || unit.value >= total.value {
        return None;
    }
    if !is_tied(cx, tokens(cx, end_with_noun(total), unit.span.start)) || unit.hedge.is_lower_bound() {
        return None;
    }
    let Some(Each::Of(words)) = each(cx, unit).or_else(|| an_each(cx, unit)) else { return None };
    let counts =
        cx.annotations.figures.iter().filter(|f| {
            is_part(f) && f.measure == Measure::Count && head(cx, f).is_some_and(|noun| words.contains(&noun))
        });
    let counts: SmallVec<[&Figure; 4]> = counts.collect();
    let nearest = *counts.iter().min_by_key(|f| f.sentence.abs_diff(unit.sentence))?;
    if nearest.sentence.abs_diff(unit.sentence) > NEAR || nearest.hedge != Hedge::None {
        return None;
    }
    let off = |count: &Figure| check(cx, &Product { count, each: unit, total });
    let all_off = counts.iter().all(|count| rounded(unit, count, total).is_none_or(|fits| !fits));
    all_off.then(|| off(nearest).map(Finding::likely)).flatten()
}

/// Whether an amount for each is what total and number give, rounded as it is written.
fn rounded(unit: &Figure, count: &Figure, total: &Figure) -> Option<bool> {
    let half = unit.step.max(Rational::new(1, 10)?).mul(Rational::new(1, 2)?)?;
    let given = total.value.div(count.value)?;
    let near = given.sub(unit.value)?.abs() <= half;
    let (n, one, all) = (range(count)?, range(unit)?, range(total)?);
    let given = Interval { low: n.low.mul(one.low)?, high: n.high.mul(one.high)?, open: n.open || one.open };
    Some(near || given.meets(&all) || given.open || all.open)
}

/// “28 a match”: of a count, where it stands for “28 for each match”.
fn an_each<'d>(cx: &Context<'d>, figure: &Figure) -> Option<Each<'d>> {
    let behind = tokens(cx, figure.span.end, figure.span.end + 24);
    let [article, noun, rest @ ..] = behind else { return None };
    let ends = rest.first().is_none_or(|t| t.kind != TokenKind::Word);
    let named = matches!(cx.draft.lower(article), "a" | "an") && noun.kind == TokenKind::Word && ends;
    named.then(|| Each::Of(SmallVec::from_iter([lemma(cx.draft.lower(noun))])))
}

/// “nine times a day, 63 times a week”, “$1,260 a month, or $15,120 a year”: one rate by two lengths of time.
fn by_time(cx: &Context<'_>, pair: &[Figure]) -> Option<Finding> {
    let [first, second] = pair else { return None };
    let kind = is_part(first) && is_part(second) && first.measure == second.measure;
    let head = |f: &Figure| head(cx, f);
    if !kind || head(first).is_some() && head(second).is_some() && head(first) != head(second) {
        return None;
    }
    let (short, long) = (time(cx, first)?, time(cx, second)?);
    // By the working week or the whole one, a year of 52 weeks or of working days.
    let factors: &[i32] = match (short.1, long.1) {
        ("day", "week") => &[5, 6, 7],
        ("week", "month") => &[4],
        ("week", "year") => &[50, 52],
        ("month", "year") => &[12],
        ("day", "year") => &[365],
        _ => return None,
    };
    let link = tokens(cx, short.0, second.span.start);
    let comma = matches!(link, [mark] if cx.draft.word(mark) == ",") && head(first).is_some();
    if !(is_tied(cx, link) || comma) || first.hedge.is_lower_bound() || second.hedge.is_lower_bound() {
        return None;
    }
    let (a, b) = (range(first)?, range(second)?);
    let half = second.step.min(second.value.div(Rational::whole(20))?);
    let wide = Interval { low: b.low.sub(half)?, high: b.high.add(half)?, ..b };
    let fits = |factor: &i32| {
        let given = |value: Rational| value.mul(Rational::whole(*factor));
        Some(Interval { low: given(a.low)?, high: given(a.high)?, ..a }.meets(&wide))
    };
    if factors.iter().any(|f| fits(f).unwrap_or(true)) {
        return None;
    }
    let message = format!(
        "{} a {} is {} a {}, not {}",
        with_unit(first.value, first.measure),
        short.1,
        with_unit(first.value.mul(Rational::whole(*factors.last()?))?, first.measure),
        long.1,
        shown(cx, second.amount)
    );
    Some(
        Finding::new(arithmetic::CODE, second.amount, message)
            .here(first.amount, "the same rate")
            .why("one rate by two lengths of time, side by side"),
    )
}

/// “a month”, “times a day”: where the length of time behind an amount ends, and its name.
fn time<'d>(cx: &Context<'d>, figure: &Figure) -> Option<(u32, &'d str)> {
    let behind = tokens(cx, end_with_noun(figure), end_with_noun(figure) + 12);
    let [article, unit, ..] = behind else { return None };
    let a = matches!(cx.draft.lower(article), "a" | "an" | "per");
    let name = cx.draft.lower(unit);
    (a && matches!(name, "day" | "week" | "month" | "year")).then_some((unit.span.end, name))
}
