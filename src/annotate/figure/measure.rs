//! The unit that follows a number.

use std::borrow::Cow;

use super::cursor::Cursor;
use super::unit::{Measure, Unit};
use super::words;
use crate::text::{Lex, TokenKind};

/// A unit behind a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Suffix {
    pub measure: Measure,
    /// Index of the first token after it.
    pub next: usize,
    /// How many of what is written make one of the measure: 100 for cents of a dollar.
    pub parts: i64,
}

impl Suffix {
    pub fn new(measure: Measure, next: usize) -> Suffix {
        Suffix { measure, next, parts: 1 }
    }
}

impl Cursor<'_> {
    /// The unit that follows a number. `in_digits` allows symbols; `from` is the number's start.
    pub fn measure(&self, at: usize, in_digits: bool, from: usize) -> Option<Suffix> {
        let token = self.token(at)?;
        // “six- month” is a slip of spacing.
        let joins = || self.touches(at) || self.tables.unit(self.lower(at + 1)).is_some();
        let hyphen = usize::from(self.word(at) == "-" && self.touched(at) && joins());
        let first = at + hyphen;
        let lower = self.lower(first);
        if matches!(lower, "-" | "," | ".") {
            return None;
        }
        if let Some((measure, next)) = self.percent(first) {
            return Some(Suffix::new(measure, next));
        }
        let symbol = in_digits && self.touched(first) && hyphen == 0;
        let cents = match self.word(first) {
            "p" if symbol => Some("GBP"),
            "c" if symbol || in_digits && hyphen == 0 && self.is_end(first + 1) => Some("USD"),
            _ if token.kind == TokenKind::Word && hyphen == 0 && !self.tables.may_start(token) => None,
            _ => self.tables.cents(lower),
        };
        if let Some(code) = cents {
            return Some(Suffix { measure: Measure::Money(code), next: first + 1, parts: 100 });
        }
        if lower == "of" {
            return self.part_of_unit(first);
        }
        if let Some(suffix) = self.listed(first, in_digits, from) {
            return Some(match suffix.measure {
                Measure::Unit(unit) => {
                    let (unit, next) = match self.on_scale(unit, suffix.next) {
                        Some(named) => named,
                        None => self.made_of(unit, suffix.next, in_digits),
                    };
                    Suffix::new(Measure::Unit(unit), next)
                }
                _ => suffix,
            });
        }
        if let Some((unit, next)) = self.product_at(first, in_digits) {
            return Some(Suffix::new(Measure::Unit(unit), next));
        }
        // 2 more minutes
        if matches!(
            lower,
            "more" | "less" | "additional" | "extra" | "full" | "straight" | "consecutive" | "whole" | "fewer"
        ) && hyphen == 0
            && let Some(unit) = self.tables.unit(self.lower(first + 1)).filter(|u| u.dimension == "time")
        {
            return Some(Suffix::new(Measure::Unit(unit), first + 2));
        }
        None
    }

    /// “degrees on the Celsius scale”: the unit, and the index after it.
    fn on_scale(&self, unit: &Unit, at: usize) -> Option<(&'static Unit, usize)> {
        let named = unit.name == "degree"
            && matches!(self.lower(at), "on" | "in")
            && self.lower(at + 1) == "the"
            && self.lower(at + 3) == "scale";
        Some((self.tables.unit(self.lower(at + 2)).filter(|_| named)?, at + 4))
    }

    /// The unit or currency of the tables at token `first`, the one of most words: square miles before miles, US dollars,
    /// mile-per-hour.
    fn listed(&self, first: usize, in_digits: bool, from: usize) -> Option<Suffix> {
        let token = self.token(first)?;
        if token.kind == TokenKind::Number || token.kind == TokenKind::Word && !self.tables.may_start(token) {
            return None;
        }
        for count in (1..=5).rev() {
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
            let spaced = if lower.contains('-') { Cow::Owned(lower.replace('-', " ")) } else { Cow::Borrowed(lower) };
            let lower = spaced.as_ref();
            // mW is no MW: letters whose case was chosen are read as symbols first.
            let chosen = in_digits && lower != written;
            if chosen
                && let Some(unit) = self.tables.symbol(written)
                && self.tables.unit(lower).is_some_and(|word| word.dimension == unit.dimension)
            {
                return Some(Suffix::new(Measure::Unit(unit), last + 1));
            }
            if let Some(unit) = self.tables.unit(lower) {
                return Some(Suffix::new(Measure::Unit(unit), last + 1));
            }
            if let Some(code) = self.tables.currency(lower) {
                return Some(Suffix::new(Measure::Money(code), last + 1));
            }
            if in_digits {
                // 42 SAR, 42RM, 10$, 10 €
                let is_word = self.kind(first) == Some(TokenKind::Word);
                let signed = self.touched(first) || self.word(first).len() > 1 || !is_word;
                let code = self.tables.code(written).or_else(|| self.tables.sign(written).filter(|_| signed));
                if let Some(code) = code.filter(|_| !(self.touches(last) && self.opens_number(last + 1))) {
                    return Some(Suffix::new(Measure::Money(code), last + 1));
                }
                if let Some(unit) = self.tables.symbol(written)
                    && self.symbol_fits(written, first, last, from)
                {
                    return Some(Suffix::new(Measure::Unit(unit), last + 1));
                }
            }
        }
        None
    }

    /// Per cent and percentage points, and the index after them.
    pub fn percent(&self, first: usize) -> Option<(Measure, usize)> {
        let points = |at: usize| matches!(self.lower(at), "point" | "points" | "pt" | "pts");
        let next = match self.lower(first) {
            "%" | "percent" | "pct" | "pc" => first + 1,
            "per" if self.lower(first + 1) == "cent" => first + 2,
            "percentage" if points(first + 1) => first + 1,
            "pp" | "pps" => return Some((Measure::PercentagePoint, first + 1)),
            _ => return None,
        };
        let hyphen = usize::from(self.word(next) == "-" && self.touched(next));
        Some(if points(next + hyphen) {
            (Measure::PercentagePoint, next + hyphen + 1)
        } else {
            (Measure::Percent, next)
        })
    }

    /// “a quarter of an hour”, “three tenths of a percent”, “half of 1 percent”: the unit behind the “of” at `at`.
    fn part_of_unit(&self, at: usize) -> Option<Suffix> {
        let article = usize::from(matches!(self.lower(at + 1), "a" | "an" | "one" | "1"));
        let first = at + 1 + article;
        if article == 1
            && let Some((measure, next)) = self.percent(first)
        {
            return Some(Suffix::new(measure, next));
        }
        // eight-tenths of a second, a third of an acre; quarter of hour
        let part = match article {
            1 => words::denominator_word(self.lower(at - 1)).is_some(),
            _ => matches!(self.lower(at - 1), "quarter" | "quarters" | "half" | "third" | "thirds"),
        };
        let unit = self.tables.unit(self.lower(first)).filter(|u| article == 1 || u.dimension == "time")?;
        part.then(|| Suffix::new(Measure::Unit(unit), first + 1))
    }

    /// Whether a symbol that is also a word, or a single letter, is a unit here.
    fn symbol_fits(&self, symbol: &str, first: usize, last: usize, from: usize) -> bool {
        let touching = self.touched(first);
        let next = self.lower(last + 1);
        match symbol {
            // 2in, 5ft 2in, 2 in thick
            // not 2-in-1
            "in" if self.word_before(first) == "-" && self.word(last + 1) == "-" => false,
            "in" => {
                touching
                    || matches!(next, "thick" | "long" | "tall" | "wide" | "deep" | "high" | "by")
                    || next == "." && self.kind(last + 2).is_none()
                    || self.kind(last + 1).is_none()
            }
            "in." => true,
            "\"" | "″" => touching && self.word(from).len() <= 5 && self.closes_nothing(first),
            // 9.58 s and 10 s, not the 1990s
            "s" if !touching => self.is_end(last + 1),
            "st" => touching && self.kind(last + 1) == Some(TokenKind::Number),
            "stone" => true,
            "s" => self.word(from).contains('.'),
            // Apart from their digits and before nothing: 12A is a seat, 5 N Main Street an address.
            "N" | "A" | "K" => {
                self.word(from).contains('.') && touching
                    || !touching && (self.is_end(last + 1) || matches!(next, "of" | "and" | "to" | "at" | "(" | "or"))
            }
            "Ma" | "ka" | "Ga" => next == "ago" || self.is_end(last + 1),
            "C" | "F" if self.token(last + 1).is_none_or(|t| !t.is_capital()) => true,
            "h" | "g" | "l" | "L" | "V" | "J" | "W" | "m" | "C" | "F" | "t" => {
                touching
                    || self.is_end(last + 1)
                    // 278,000 t valued at …
                    || self.word(from).contains(',')
                    || matches!(
                        self.lower(last + 1),
                        "(" | "of"
                            | "and"
                            | "to"
                            | "in"
                            | "at"
                            | "high"
                            | "long"
                            | "wide"
                            | "deep"
                            | "tall"
                            | "thick"
                            | "below"
                            | "above"
                    )
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
                && !t.lex.is(Lex::MONTH | Lex::WEEKDAY)
                // Kenya, 104; a country’s name is a person’s behind another name alone.
                && (!t.lex.is(Lex::COUNTRY) || start >= 3 && self.token(start - 3).is_some_and(|t| t.is_capital()))
        });
        plausible && before == "," && name && (matches!(self.word(end), "," | "." | ";") || end >= self.end)
    }
}
