//! Amounts in two parts, and units shared by two numbers: 5ft 2in, an hour and a half, 45 and 50 milligrams.

use super::cursor::Cursor;
use super::unit::Unit;
use super::{Figure, Form, Measure, Role};
use crate::text::Rational;

/// Joins an amount with the smaller one right behind it, in the smaller unit: 5 feet 10 inches, two years and three
/// months. `between` are the tokens between the two.
pub(super) fn join(cursor: &Cursor<'_>, figures: &mut Vec<Figure>, first: usize) {
    let mut at = first;
    while at + 1 < figures.len() {
        if let Some(end) = restated(cursor, &figures[at], &figures[at + 1]) {
            figures[at].span.end = end;
            figures[at].amount.end = end;
            figures.remove(at + 1);
            continue;
        }
        match joined(cursor, &figures[at], &figures[at + 1]) {
            Some(whole) => {
                figures[at] = whole;
                figures.remove(at + 1);
            }
            None => at += 1,
        }
    }
}

/// The end of the bracket behind `a` that says the same number in words or in digits: 45 (forty-five) days.
fn restated(cursor: &Cursor<'_>, a: &Figure, b: &Figure) -> Option<u32> {
    let forms = matches!((a.form, b.form), (Form::Digits, Form::Words) | (Form::Words, Form::Digits));
    let same = a.value == b.value && forms && a.measure == Measure::Count;
    let closed = cursor.draft.text[b.amount.end as usize..].starts_with(')');
    (same && a.measure == b.measure && closed && cursor.between(a.span.end, b.amount.start) == " (")
        .then_some(b.amount.end + 1)
}

fn joined(cursor: &Cursor<'_>, a: &Figure, b: &Figure) -> Option<Figure> {
    if a.high.is_some() || b.high.is_some() || a.hedge.is_upper_bound() || a.role != b.role {
        return None;
    }
    let between = cursor.between(a.span.end, b.amount.start);
    if !matches!(between, "" | " " | " and " | ", " | ", and " | "-" | " & ") || b.span.start < b.amount.start {
        return None;
    }
    // 2h 15m
    let minutes = |large: &Unit, small: &'static Unit| {
        let is_symbol = cursor.between(b.number.end, b.amount.end) == "m";
        let minute = large.name == "hour" && small.name == "meter" && is_symbol;
        if minute { cursor.tables.unit("minute").unwrap_or(small) } else { small }
    };
    let (value, measure, step) = match (a.measure, b.measure) {
        (Measure::Unit(large), Measure::Unit(small)) => {
            let small = minutes(large, small);
            let pairs = large.dimension == small.dimension
                && large.factor > small.factor
                && (large.dimension == "time"
                    || matches!(
                        (large.name.as_str(), small.name.as_str()),
                        ("foot", "inch") | ("stone", "pound") | ("pound", "ounce")
                    ));
            if !pairs || !a.value.is_whole() {
                return None;
            }
            let more = match (large.name.as_str(), small.name.as_str()) {
                ("year" | "decade" | "century", "month") => years_in_months(&large.name),
                _ => large.factor.div(small.factor)?,
            };
            // 90 minutes and 70 seconds are two amounts.
            if b.value >= more {
                return None;
            }
            (a.value.mul(more)?.add(b.value)?, Measure::Unit(small), b.step)
        }
        // 20 dollars and 43 cents
        (Measure::Money(_), Measure::Money(_))
            if b.value < Rational::ONE && a.value.is_whole() && b.step < Rational::ONE =>
        {
            (a.value.add(b.value)?, a.measure, b.step)
        }
        // “twenty dollars and 43”, “an hour and thirty”, at the end of a sentence
        (Measure::Money(_) | Measure::Unit(_), Measure::Count) if spoken_rest(cursor, a, b, between) => {
            let part = match a.measure {
                Measure::Unit(_) => Rational::new(1, 60)?,
                _ => Rational::new(1, 100)?,
            };
            (a.value.add(b.value.mul(part)?)?, a.measure, part)
        }
        // 6-foot-2
        (Measure::Unit(large), Measure::Count)
            if large.name == "foot" && between == "-" && b.value < Rational::whole(12) =>
        {
            let inch = super::tables::Tables::get().unit("inch")?;
            (a.value.mul(Rational::whole(12))?.add(b.value)?, Measure::Unit(inch), b.step)
        }
        _ => return None,
    };
    Some(Figure {
        span: a.span.cover(b.span),
        number: a.number.cover(b.number),
        amount: a.amount.cover(b.amount),
        value,
        step,
        measure,
        per: b.per,
        noun: b.noun,
        ..a.clone()
    })
}

/// A bare number below 60 or 100 right behind whole hours or money, with nothing after it.
fn spoken_rest(cursor: &Cursor<'_>, a: &Figure, b: &Figure, between: &str) -> bool {
    let limit = match a.measure {
        Measure::Unit(unit) if unit.name == "hour" || unit.name == "minute" => 60,
        Measure::Money(_) => 100,
        _ => return false,
    };
    let ends = cursor.rest_is_empty(b.span.end);
    matches!(between, " " | " and ")
        && ends
        && a.value.is_whole()
        && b.value.is_whole()
        && b.value < Rational::whole(limit)
        && a.form != Form::Scaled
}

fn years_in_months(unit: &str) -> Rational {
    Rational::whole(match unit {
        "decade" => 120,
        "century" => 1200,
        _ => 12,
    })
}

/// A number with neither unit nor noun takes the unit of the next one when only “and”, “or” or a comma stands between:
/// 45 and 50 milligrams, 3 or 4 percent.
pub(super) fn share_units(cursor: &Cursor<'_>, figures: &mut [Figure], first: usize) {
    for at in (first..figures.len().saturating_sub(1)).rev() {
        let (head, tail) = figures.split_at_mut(at + 1);
        let (Some(a), Some(b)) = (head.last_mut(), tail.first()) else { continue };
        let between = cursor.between(a.span.end, b.span.start);
        let by = matches!(between, " x " | " × " | " by ")
            && matches!(b.measure, Measure::Unit(unit) if unit.dimension == "length");
        // two-, three- and four-year terms
        let hung = matches!(between, "-, " | "- and " | "- or " | "- to " | "-, and ");
        let linked = (by || hung || matches!(between, " and " | " or " | ", ")) && a.role == Role::Level
            || between == " to " && a.role == Role::From && b.role == Role::To;
        if a.measure == Measure::Count
            && a.noun.is_none()
            && linked
            && (matches!(b.measure, Measure::Percent | Measure::Unit(_)) || in_whole_money(cursor, b))
            && b.hedge == super::Hedge::None
        {
            a.measure = b.measure;
        }
    }
}

/// “rose from $2.5 to $12.5 billion”: a first end without a scale takes that of the other, where the two are near each other with it.
pub(super) fn share_scale(cursor: &Cursor<'_>, figures: &mut [Figure], first: usize) {
    /// How many times the other the larger end may be.
    const NEAR: i32 = 20;
    for at in first..figures.len().saturating_sub(1) {
        let (head, tail) = figures.split_at_mut(at + 1);
        let (Some(a), Some(b)) = (head.last_mut(), tail.first()) else { continue };
        let plain = a.role == Role::From && a.form == Form::Digits && a.high.is_none() && a.noun.is_none();
        let scaled = b.role == Role::To && b.form == Form::Scaled && b.high.is_none() && a.measure == b.measure;
        if !(plain && scaled) || a.per != b.per || cursor.between(a.span.end, b.span.start) != " to " {
            continue;
        }
        let scales = [1_000_000_000, 1_000_000, 1_000].map(Rational::whole);
        let Some(scale) = scales.into_iter().find(|s| b.value >= *s) else { continue };
        let (Some(value), Some(step)) = (a.value.mul(scale), a.step.mul(scale)) else { continue };
        let near = |x: Rational, y: Rational| y.mul(Rational::whole(NEAR)).is_some_and(|most| x <= most);
        if a.value < Rational::whole(1_000) && near(value, b.value) && near(b.value, value) {
            (a.value, a.step, a.form) = (value, step.min(b.step), Form::Scaled);
        }
    }
}

/// Money in words behind its number, and no cents: six dollars.
fn in_whole_money(cursor: &Cursor<'_>, figure: &Figure) -> bool {
    let unit = cursor.between(figure.number.end, figure.amount.end).trim();
    matches!(figure.measure, Measure::Money(_))
        && figure.number.start == figure.amount.start
        && !unit.is_empty()
        && super::tables::Tables::get().cents(unit).is_none()
}

/// 1h30, 2h05m: the minutes, and the index after them. Behind “at” it is the time of day.
pub(super) fn hours_and_minutes(cursor: &Cursor<'_>, at: usize) -> Option<(i32, usize)> {
    if !cursor.touches(at) || matches!(cursor.lower_before(at), "at" | "until" | "till" | "from" | "by" | "around") {
        return None;
    }
    let hours: i32 = cursor.word(at).parse().ok().filter(|hours| (0..=99).contains(hours))?;
    let rest = cursor.lower(at + 1).strip_prefix('h')?;
    let minutes = rest.strip_suffix("min").or_else(|| rest.strip_suffix('m')).unwrap_or(rest);
    let minutes: i32 = minutes.parse().ok().filter(|m| minutes.len() == 2 && (0..60).contains(m))?;
    Some((hours * 60 + minutes, at + 2))
}

/// 6'2": feet and inches by their marks. The inches, and the index after them.
pub(super) fn feet_and_inches(cursor: &Cursor<'_>, at: usize) -> Option<(i32, usize)> {
    let mark = |i: usize, marks: &[&str]| cursor.touched(i) && marks.contains(&cursor.word(i));
    if !mark(at + 1, &["'", "’", "′"]) || !cursor.touches(at + 1) {
        return None;
    }
    let feet: i32 = cursor.word(at).parse().ok().filter(|feet| (2..=9).contains(feet))?;
    let inches: i32 = cursor.word(at + 2).parse().ok().filter(|inches| (0..12).contains(inches))?;
    let closed = mark(at + 3, &["\"", "”", "″"]);
    Some((12 * feet + inches, at + 3 + usize::from(closed)))
}

/// “an hour and a half”: what follows a unit, as the index after it.
pub(super) fn trailing_half(cursor: &Cursor<'_>, at: usize) -> Option<(Rational, usize)> {
    let (part, next) = super::fraction::and_a_half(cursor, at)?;
    if cursor.lower(at + 1) != "a" && !(cursor.lower(at + 1) == "half" && cursor.is_end(next)) {
        return None;
    }
    // “and a half-liter” is another amount.
    let another =
        cursor.word(next) == "-" && cursor.touched(next) || super::words::scale_word(cursor.lower(next)).is_some();
    (!another).then_some((part, next))
}
