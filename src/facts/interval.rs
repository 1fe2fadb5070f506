//! What a figure as written allows: intervals over exact numbers, and how two values relate.

use serde::Deserialize;

use crate::annotate::Figure;
use crate::annotate::figure::{Form, Hedge, Measure};
use crate::text::Rational;

/// How far hedges reach, in hundredths of the number; `points` in percentage points. The desk's to set.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Widths {
    /// about, around, roughly: either side.
    pub about: u8,
    /// nearly, almost: below.
    pub nearly: u8,
    /// more than, at least: above.
    pub more_than: u8,
    /// about, of percentages and fractions: either side.
    pub points: u8,
}

impl Default for Widths {
    fn default() -> Widths {
        Widths { about: 5, nearly: 10, more_than: 50, points: 2 }
    }
}

/// A closed interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    pub low: Rational,
    pub high: Rational,
    /// Whether larger values fit the words too, if less well: “more than 200”.
    pub open: bool,
}

impl Interval {
    pub fn point(value: Rational) -> Interval {
        Interval { low: value, high: value, open: false }
    }

    pub fn around(value: Rational, width: Rational) -> Option<Interval> {
        Some(Interval { low: value.sub(width)?, high: value.add(width)?, open: false })
    }

    pub fn meets(&self, other: &Interval) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    pub fn contains(&self, value: Rational) -> bool {
        self.low <= value && value <= self.high
    }

    pub fn add(&self, other: &Interval) -> Option<Interval> {
        Some(Interval {
            low: self.low.add(other.low)?,
            high: self.high.add(other.high)?,
            open: self.open || other.open,
        })
    }
}

/// The values that `figure` can stand for, in its own unit.
pub fn of(figure: &Figure, widths: &Widths) -> Option<Interval> {
    let (low, high) = figure.ends();
    if figure.high.is_some() {
        return Some(Interval { low, high, open: false });
    }
    let value = figure.value;
    let size = value.abs();
    let hundredths = |n: u8| size.mul(Rational::new(n.into(), 100)?);
    let half = figure.step.mul(Rational::new(1, 2)?)?;
    let is_share = matches!(figure.measure, Measure::Percent | Measure::PercentagePoint | Measure::Fraction);
    let point = |n: u8| {
        let scale = if figure.measure == Measure::Fraction { 100 } else { 1 };
        Rational::new(n.into(), scale)
    };
    match figure.hedge {
        Hedge::None | Hedge::Exactly => Interval::around(value, rounding(figure)?),
        Hedge::About if is_share => Interval::around(value, point(widths.points)?.max(half)),
        Hedge::About if size < Rational::whole(20) => Interval::around(value, Rational::ONE.min(size)),
        Hedge::About => Interval::around(value, hundredths(widths.about)?.max(half)),
        Hedge::Nearly => {
            let below = if is_share {
                point(widths.points)?.max(hundredths(widths.nearly)?)
            } else {
                hundredths(widths.nearly)?
            };
            Some(Interval { low: value.sub(below.max(figure.step.min(size)))?, high: value, open: false })
        }
        Hedge::JustOver => {
            let above = hundredths(widths.about)?.max(figure.step.min(size));
            Some(Interval { low: value, high: value.add(above)?, open: false })
        }
        Hedge::MoreThan | Hedge::AtLeast => {
            let above = hundredths(widths.more_than)?.max(figure.step);
            Some(Interval { low: value, high: value.add(above)?, open: true })
        }
        Hedge::LessThan | Hedge::UpTo | Hedge::AtMost => {
            Some(Interval { low: Rational::ZERO.min(value), high: value, open: false })
        }
    }
}

/// How far a bare number may have been rounded: nothing for small counts, half the last place otherwise.
fn rounding(figure: &Figure) -> Option<Rational> {
    let half = figure.step.mul(Rational::new(1, 2)?)?;
    Some(match figure.measure {
        // A third is 33% and 34%.
        Measure::Fraction => Rational::new(7, 1000)?,
        Measure::Count | Measure::Ordinal | Measure::Score | Measure::Age(_)
            if figure.value.abs() < Rational::whole(1000) && figure.form != Form::Scaled =>
        {
            Rational::ZERO
        }
        Measure::Count | Measure::Ordinal | Measure::Score | Measure::Age(_) if figure.step <= Rational::ONE => {
            Rational::ZERO
        }
        // 300 meters may be 296: what is measured is rounded to the last place written.
        Measure::Money(_) | Measure::Percent | Measure::PercentagePoint
            if figure.value.abs() < Rational::whole(1000) =>
        {
            half.min(Rational::new(1, 2)?)
        }
        _ => half,
    })
}

/// How two different values of one quantity look beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Both can be the same value.
    Agrees,
    /// One may be larger than its lower bound says: no conflict, no agreement.
    Open,
    /// Two neighboring digits change places.
    Transposed,
    /// One digit of three or more.
    OneDigit,
    /// One digit of two: every fifth pair of numbers has this.
    OneOfTwo,
    /// A thousand or a million times the other.
    Magnitude,
    Far,
}

impl Relation {
    /// Whether the difference has the shape of a slip of the hand, telling or not.
    pub fn may_be_slip(self) -> bool {
        self.is_slip() || self == Relation::OneOfTwo
    }

    /// Whether the difference has the shape of a slip of the hand.
    pub fn is_slip(self) -> bool {
        matches!(self, Relation::Transposed | Relation::OneDigit | Relation::Magnitude)
    }
}

/// Compares two figures as values, units converted. `None` where their measures cannot be compared.
pub fn relate(a: &Figure, b: &Figure, widths: &Widths) -> Option<Relation> {
    let to = scale_between(a, b)?;
    // Two bounds of one kind are as exact as two bare numbers.
    let bounds = a.hedge == b.hedge && (a.hedge.is_lower_bound() || a.hedge.is_upper_bound());
    let value = to.mul(b.value)?;
    let bare = |f: &Figure| (f.hedge == Hedge::None || bounds) && f.high.is_none() && f.form != Form::Fraction;
    if bare(a) && bare(b) && to.mul(b.step) == Some(a.step) {
        // Most pairs: what they may have been rounded from is the same, and need not be worked out.
        return Some(if a.value == value { Relation::Agrees } else { shape(a.value, value) });
    }
    let range =
        |f: &Figure| if bounds && f.high.is_none() { Interval::around(f.value, rounding(f)?) } else { of(f, widths) };
    let (x, y) = (range(a)?, range(b)?);
    let convert = |r: Rational| to.mul(r);
    let (low, high) = (convert(y.low)?, convert(y.high)?);
    let y = Interval { low: low.min(high), high: low.max(high), open: y.open };
    if x.meets(&y) {
        return Some(Relation::Agrees);
    }
    if !bounds && ((x.open && x.high < y.low) || (y.open && y.high < x.low)) {
        return Some(Relation::Open);
    }
    if a.high.is_some() || b.high.is_some() {
        return Some(Relation::Far);
    }
    Some(shape(a.value, value))
}

/// What a value of `b`'s unit is multiplied by to be one of `a`'s; `None` where the measures differ in kind.
pub fn scale_between(a: &Figure, b: &Figure) -> Option<Rational> {
    match (a.measure, b.measure) {
        (Measure::Fraction, Measure::Percent) => Rational::new(1, 100),
        (Measure::Percent, Measure::Fraction) => Some(Rational::HUNDRED),
        (Measure::Unit(x), Measure::Unit(y)) if x.offset.is_none() && x.dimension == y.dimension => {
            y.factor.div(x.factor)
        }
        (x, y) => (x == y).then_some(Rational::ONE),
    }
}

/// The shape of the difference between two values.
pub fn shape(a: Rational, b: Rational) -> Relation {
    let (small, large) = (a.abs().min(b.abs()), a.abs().max(b.abs()));
    // Whole numbers of which one has two digits more, as most pairs are: no digits need be written out.
    if let (Some(s), Some(l)) = (small.as_whole(), large.as_whole())
        && s > 0
        && l / s >= 100
    {
        let magnitude = l % s == 0 && matches!(l / s, 1_000 | 1_000_000);
        return if magnitude { Relation::Magnitude } else { Relation::Far };
    }
    if let Some(ratio) = large.div(small).and_then(Rational::as_whole)
        && matches!(ratio, 1_000 | 1_000_000)
    {
        return Relation::Magnitude;
    }
    let Some((x, y)) = digits(a.abs(), b.abs()) else { return Relation::Far };
    let (mut x, mut y) = (x, y);
    // 0.42 and 4.02
    if x.len() + 1 == y.len() {
        x.insert(0, b'0');
    } else if y.len() + 1 == x.len() {
        y.insert(0, b'0');
    }
    if x.len() != y.len() || x.len() < 2 {
        return Relation::Far;
    }
    let differing: Vec<usize> = (0..x.len()).filter(|&i| x[i] != y[i]).collect();
    match differing[..] {
        // 12 and 112 are no slip: the digit put in front is one of its own.
        [i] if i == 0 && (x[0] == b'0' || y[0] == b'0') => Relation::Far,
        [_] if x.len() == 2 => Relation::OneOfTwo,
        [_] => Relation::OneDigit,
        [i, j] if j == i + 1 && x[i] == y[j] && x[j] == y[i] => Relation::Transposed,
        _ => Relation::Far,
    }
}

/// The digits of two numbers with as many decimals as both need, up to three, and without the zeros both end in.
fn digits(a: Rational, b: Rational) -> Option<(Vec<u8>, Vec<u8>)> {
    let (mut a, mut b) = (a, b);
    let ten = Rational::whole(10);
    for _ in 0..3 {
        if a.is_whole() && b.is_whole() {
            break;
        }
        (a, b) = (a.mul(ten)?, b.mul(ten)?);
    }
    let (mut x, mut y) = (a.as_whole()?.to_string().into_bytes(), b.as_whole()?.to_string().into_bytes());
    while x.len() > 1 && y.len() > 1 && x.last() == Some(&b'0') && y.last() == Some(&b'0') {
        x.pop();
        y.pop();
    }
    Some((x, y))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::annotate::figure;
    use crate::source::Draft;

    fn relation(a: &str, b: &str) -> Option<Relation> {
        let read = |text: &str| figure::read(&Draft::from_text(text), &[]).into_iter().next().unwrap();
        relate(&read(a), &read(b), &Widths::default())
    }

    #[test]
    fn values_that_agree() {
        for (a, b) in [
            ("five-hour", "almost five hours"),
            ("nearly five hours", "five-hour"),
            ("roughly one-fifth", "around 20%"),
            ("a third", "34%"),
            ("two-thirds", "66 percent"),
            ("1.2 million people", "1,234,567 people"),
            ("$1,100 million", "$1.1 billion"),
            ("nearly 16 million votes", "15.6 million votes"),
            ("more than 910,000 tons", "911,000 tons"),
            ("90 minutes", "an hour and a half"),
            ("19.8%", "20%"),
        ] {
            let (a, b) = (format!("It was {a} of it."), format!("It was {b} of it."));
            assert_eq!(relation(&a, &b), Some(Relation::Agrees), "{a} {b}");
        }
    }

    #[test]
    fn values_that_differ() {
        for (a, b, relation_of) in [
            ("653 drones", "635 drones", Relation::Transposed),
            ("51%", "52%", Relation::OneOfTwo),
            ("512 boats", "572 boats", Relation::OneDigit),
            ("1.1 million boats", "1.1 billion boats", Relation::Magnitude),
            ("12 seats", "30 seats", Relation::Far),
            ("five days", "six days", Relation::Far),
            ("more than 200 boats", "900 boats", Relation::Open),
        ] {
            assert_eq!(relation(a, b), Some(relation_of), "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn relating_is_symmetric(a in 0i64..100_000_000, b in 0i64..100_000_000, unit in "(people|percent|hours|km)") {
            let (a, b) = (format!("It had {a} {unit}."), format!("It had {b} {unit}."));
            let read = |text: &str| figure::read(&Draft::from_text(text), &[]).into_iter().next();
            if let (Some(x), Some(y)) = (read(&a), read(&b)) {
                let widths = Widths::default();
                prop_assert_eq!(relate(&x, &y, &widths), relate(&y, &x, &widths));
                prop_assert_eq!(relate(&x, &x, &widths), Some(Relation::Agrees));
            }
        }
    }
}
