//! The unit that follows a number.

use super::cursor::Cursor;
use super::unit::Measure;
use crate::text::TokenKind;

impl Cursor<'_> {
    /// The unit that follows a number, and the index after it. `in_digits` allows symbols; `from` is the number's start.
    pub fn measure(&self, at: usize, in_digits: bool, from: usize) -> Option<(Measure, usize)> {
        self.token(at)?;
        let hyphen = usize::from(self.word(at) == "-" && self.touched(at) && self.touches(at));
        let first = at + hyphen;
        let lower = self.lower(first);
        match lower {
            "%" | "percent" | "pct" | "pc" => return Some((Measure::Percent, first + 1)),
            "per" if self.lower(first + 1) == "cent" => return Some((Measure::Percent, first + 2)),
            "percentage" if matches!(self.lower(first + 1), "point" | "points") => {
                return Some((Measure::PercentagePoint, first + 2));
            }
            "cent" | "cents" | "cts" | "pence" | "pennies" => return Some((Measure::Money("cent"), first + 1)),
            "p" if in_digits && self.touched(first) => return Some((Measure::Money("cent"), first + 1)),
            "c" if in_digits && self.touched(first) && self.word(first) == "c" => {
                return Some((Measure::Money("cent"), first + 1));
            }
            "¢" => return Some((Measure::Money("cent"), first + 1)),
            "-" | "," | "." => return None,
            // one and a quarter of an hour
            "of" => {
                let article = usize::from(matches!(self.lower(first + 1), "a" | "an"));
                let part = matches!(self.lower(first - 1), "quarter" | "quarters" | "half" | "third" | "thirds");
                let unit = self.tables.unit(self.lower(first + 1 + article)).filter(|u| u.dimension == "time")?;
                return part.then_some((Measure::Unit(unit), first + 2 + article));
            }
            _ => {}
        }
        // Two or three words before one: square miles, miles per hour, US dollars.
        for count in (1..=3).rev() {
            let last = first + count - 1;
            if self.kind(last).is_none() {
                continue;
            }
            let gaps = (first..last).all(|i| {
                let gap = self.between(self.end_of(i), self.start_of(i + 1));
                gap.is_empty() || gap == " "
            });
            if !gaps {
                continue;
            }
            let (Some(lower), Some(written)) =
                (self.joined(&self.draft.lower, first, last), self.joined(&self.draft.text, first, last))
            else {
                continue;
            };
            if let Some(unit) = self.tables.unit(lower) {
                return Some((Measure::Unit(unit), last + 1));
            }
            if let Some(code) = self.tables.currency(lower) {
                return Some((Measure::Money(code), last + 1));
            }
            if in_digits {
                // 42 SAR, 42RM, 10$
                let signed =
                    self.touched(first) || self.word(first).len() > 1 && self.kind(first) == Some(TokenKind::Word);
                let code = self.tables.code(written).or_else(|| self.tables.sign(written).filter(|_| signed));
                if let Some(code) = code.filter(|_| !(self.touches(last) && self.opens_number(last + 1))) {
                    return Some((Measure::Money(code), last + 1));
                }
                if let Some(unit) = self.tables.symbol(written)
                    && self.symbol_fits(written, first, last, from)
                {
                    return Some((Measure::Unit(unit), last + 1));
                }
            }
        }
        // 2 more minutes
        if matches!(
            lower,
            "more" | "less" | "additional" | "extra" | "full" | "straight" | "consecutive" | "whole" | "fewer"
        ) && hyphen == 0
            && let Some(unit) = self.tables.unit(self.lower(first + 1)).filter(|u| u.dimension == "time")
        {
            return Some((Measure::Unit(unit), first + 2));
        }
        None
    }

    /// Whether a symbol that is also a word, or a single letter, is a unit here.
    fn symbol_fits(&self, symbol: &str, first: usize, last: usize, from: usize) -> bool {
        let touching = self.touched(first);
        let next = self.lower(last + 1);
        match symbol {
            // 2in, 5ft 2in, 2 in thick
            "in" => {
                touching
                    || matches!(next, "thick" | "long" | "tall" | "wide" | "deep" | "high" | "by")
                    || next == "." && self.kind(last + 2).is_none()
            }
            "in." => true,
            "\"" | "″" => false,
            "st" => touching && self.kind(last + 1) == Some(TokenKind::Number),
            "stone" => true,
            "s" => touching && self.word(from).contains('.'),
            "C" | "F" if self.token(last + 1).is_none_or(|t| !t.is_capital()) => true,
            "h" | "g" | "l" | "L" | "V" | "J" | "W" | "m" | "C" | "F" | "t" => {
                touching
                    || self.is_end(last + 1)
                    || matches!(self.lower(last + 1), "(" | "of" | "and" | "to" | "in" | "at")
            }
            _ => true,
        }
    }

    /// `, 61,` after a name, and “aged 61”.
    pub fn is_age(&self, start: usize, from: usize, end: usize) -> bool {
        let before = self.lower_before(start);
        if matches!(before, "aged" | "age") {
            return true;
        }
        let number = self.word(from);
        let plausible =
            end == from + 1 && number.len() <= 3 && number.parse::<u32>().is_ok_and(|n| (1..=115).contains(&n));
        let name = start.checked_sub(2).and_then(|i| self.token(i)).is_some_and(|t| {
            t.kind == TokenKind::Word
                && t.is_capital()
                && !t.lex.is(crate::text::Lex::MONTH | crate::text::Lex::WEEKDAY)
        });
        plausible && before == "," && name && (matches!(self.word(end), "," | "." | ";") || end >= self.end)
    }
}
