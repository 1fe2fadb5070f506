//! Units made of others: miles per hour, km/s², kilowatt-hours per square meter, N·m, J/(kg K), m s-2.

use smallvec::SmallVec;

use super::cursor::Cursor;
use super::unit::Unit;
use crate::text::{Lex, TokenKind};

/// One unit of a product and its power, below zero behind “per”.
type Factor = (&'static Unit, i8);

/// More factors than any unit has that people write.
const MOST_FACTORS: usize = 4;

/// What stands between two factors.
enum Link {
    Times,
    Per,
    /// Everything up to the closing bracket divides.
    PerGroup,
}

impl Cursor<'_> {
    /// What a unit read before token `at` becomes with the exponents and units behind it: the unit and the index after it.
    pub fn made_of(&self, unit: &'static Unit, at: usize, in_digits: bool) -> (&'static Unit, usize) {
        let (power, next) = self.power(at, in_digits, false).unwrap_or((1, at));
        let Some((factors, next)) = self.product((unit, power), next, in_digits) else { return (unit, at) };
        match self.tables.composed(&factors) {
            Some(unit) => (unit, next),
            None => (unit, at),
        }
    }

    /// A product that starts with what is no unit alone: square millimeters, dm^3, A·h.
    pub fn product_at(&self, at: usize, in_digits: bool) -> Option<(&'static Unit, usize)> {
        let (first, next) = self.factor(at, in_digits, in_digits)?;
        let (factors, next) = self.product(first, next, in_digits)?;
        if factors.len() == 1 && first.1 == 1 {
            return None;
        }
        Some((self.tables.composed(&factors)?, next))
    }

    /// The factors from `first` on, whose last token stands before `next`.
    fn product(
        &self,
        first: Factor,
        mut next: usize,
        in_digits: bool,
    ) -> Option<(SmallVec<[Factor; MOST_FACTORS]>, usize)> {
        let mut factors: SmallVec<[Factor; MOST_FACTORS]> = SmallVec::new();
        factors.push(first);
        let mut in_group = false;
        while factors.len() < MOST_FACTORS {
            let Some((link, at)) = self.link(&factors, next, in_digits) else { break };
            let Some(((unit, power), after)) = self.factor(at, in_digits, true) else { break };
            let below = in_group || !matches!(link, Link::Times);
            if matches!(link, Link::Times) && at == next && !(in_group || is_product(&factors, unit) || power < 0) {
                break;
            }
            in_group |= matches!(link, Link::PerGroup);
            factors.push((unit, if below { -power } else { power }));
            next = after;
            if in_group && self.word(next) == ")" {
                next += 1;
                break;
            }
        }
        Some((factors, next))
    }

    /// What joins a factor that ends before token `at` to the next one, and where that starts.
    fn link(&self, factors: &[Factor], at: usize, in_digits: bool) -> Option<(Link, usize)> {
        let close = self.touched(at) && self.touches(at);
        let has_below = factors.iter().any(|(_, power)| *power < 0);
        match self.lower(at) {
            "/" if close && self.word(at + 1) == "(" && self.touches(at + 1) => Some((Link::PerGroup, at + 2)),
            "/" if close => Some((Link::Per, at + 1)),
            "per" => Some((Link::Per, at + 1)),
            "-" if close && self.lower(at + 1) == "per" => {
                Some((Link::Per, at + 2 + usize::from(self.word(at + 2) == "-")))
            }
            "·" | "⋅" | "∙" | "•" | "*" => Some((Link::Times, at + 1)),
            // newton-meter
            "-" if close && !has_below => {
                let (unit, _) = self.factor(at + 1, in_digits, true)?.0;
                is_product(factors, unit).then_some((Link::Times, at + 1))
            }
            // a mile a minute, gallons an hour; not three days a week, nor 20 miles a day earlier
            "a" | "an" if !has_below && !factors.iter().any(|(unit, _)| unit.dimension == "time") => {
                let timed = self.tables.unit(self.lower(at + 1)).is_some_and(|unit| unit.dimension == "time");
                let when = matches!(
                    self.lower(at + 2),
                    "ago" | "earlier" | "before" | "later" | "previously" | "after" | "old" | "from"
                );
                (timed && !when).then_some((Link::Per, at + 1))
            }
            _ if has_below && !in_digits => None,
            _ => (self.kind(at) == Some(TokenKind::Word)).then_some((Link::Times, at)),
        }
    }

    /// One unit with its power. `inside` allows symbols that are no unit alone.
    fn factor(&self, at: usize, in_digits: bool, inside: bool) -> Option<(Factor, usize)> {
        let token = self.token(at)?;
        let word = self.word(at);
        let ends_in_power = in_digits && word.len() > 1 && word.ends_with(['2', '3']);
        if token.kind == TokenKind::Word && !ends_in_power && !self.tables.may_start(token) {
            return None;
        }
        let power = match self.lower(at) {
            "square" | "sq" | "sq." => 2,
            "cubic" | "cu" | "cu." => 3,
            _ => 1,
        };
        if power > 1 {
            let (unit, next) = self.named(at + 1, in_digits, false)?;
            return (unit.dimension == "length").then_some(((unit, power), next));
        }
        // s2
        if ends_in_power && self.tables.symbol(word).is_none() {
            let (symbol, digit) = word.split_at(word.len() - 1);
            let unit = self.tables.inner(symbol)?;
            return Some(((unit, if digit == "2" { 2 } else { 3 }), at + 1));
        }
        let (unit, next) = self.named(at, in_digits, inside)?;
        let (power, next) = self.power(next, in_digits, inside).unwrap_or((1, next));
        Some(((unit, power), next))
    }

    /// A unit by a name of up to two words, or after digits by a symbol.
    fn named(&self, at: usize, in_digits: bool, inside: bool) -> Option<(&'static Unit, usize)> {
        for last in [at + 1, at] {
            let (Some(lower), Some(written)) =
                (self.joined(&self.draft.lower, at, last), self.joined(&self.draft.text, at, last))
            else {
                continue;
            };
            let unit = self.tables.unit(lower).or_else(|| match (in_digits, inside) {
                (false, _) => None,
                _ if self.token(at).is_some_and(|t| t.lex.is(Lex::FUNCTION)) => None,
                (true, false) => self.tables.symbol(written),
                (true, true) => self.tables.inner(written),
            });
            if let Some(unit) = unit {
                return Some((unit, last + 1));
            }
        }
        None
    }

    /// An exponent: squared, ², ^3, and after another factor ⁻¹ and -2.
    fn power(&self, at: usize, in_digits: bool, inside: bool) -> Option<(i8, usize)> {
        match self.lower(at) {
            "squared" => return Some((2, at + 1)),
            "cubed" => return Some((3, at + 1)),
            _ if !(in_digits && self.touched(at)) => return None,
            _ => {}
        }
        let raised = |i: usize| match self.word(i) {
            "¹" => Some(1),
            "²" => Some(2),
            "³" => Some(3),
            _ => None,
        };
        let digit = |i: usize| match self.word(i) {
            "1" => Some(1),
            "2" => Some(2),
            "3" => Some(3),
            _ => None,
        };
        let minus = |i: usize| matches!(self.word(i), "-" | "−" | "–") && self.touches(i);
        match self.word(at) {
            "⁻" if self.touches(at) => Some((-raised(at + 1)?, at + 2)),
            "^" if self.touches(at) && minus(at + 1) => Some((-digit(at + 2)?, at + 3)),
            "^" if self.touches(at) => Some((digit(at + 1)?, at + 2)),
            _ if inside && minus(at) => Some((-digit(at + 1)?, at + 2)),
            _ => Some((raised(at)?, at + 1)),
        }
    }
}

/// Whether a unit right behind others makes a product with them: watt hours, newton meters, pound-feet.
fn is_product(factors: &[Factor], unit: &Unit) -> bool {
    let Some((last, _)) = factors.last() else { return false };
    match last.dimension.as_str() {
        "force" | "power" | "energy" | "current" | "pressure" | "voltage" | "luminous intensity" | "charge" => {
            matches!(unit.dimension.as_str(), "time" | "length")
        }
        "mass" | "ton" => unit.dimension == "length",
        _ => false,
    }
}
