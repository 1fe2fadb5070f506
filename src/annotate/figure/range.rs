//! The other end of a range, or of a score.

use super::change::is_change;
use super::cursor::Cursor;
use super::measure::Suffix;
use super::number::{self, Number};
use super::{Form, Measure};
use crate::text::TokenKind;

/// What follows a number and bounds it: the second number of a range or a score, or a tolerance.
#[derive(Clone, Copy, Debug)]
pub(super) struct OtherEnd {
    pub number: Number,
    pub measure: Measure,
    pub link: Link,
    /// How many of what is written make one of the measure, where the first number has no unit of its own.
    pub parts: i64,
    /// Index of the first token after it.
    pub next: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    Range,
    Score,
    /// The second number goes off the first both ways: 45 ± 2.
    Tolerance,
}

impl Cursor<'_> {
    /// What bounds the number that starts at token `from` and ends, with its unit, before `end`.
    pub fn other_end(
        &self,
        from: usize,
        number: &Number,
        measure: Measure,
        measured: bool,
        end: usize,
    ) -> Option<OtherEnd> {
        let tolerance = self.tolerance_sign(end);
        let before = self.lower_before(from);
        let before = if self.kind(from.wrapping_sub(1)) == Some(TokenKind::Mark) && from >= 2 {
            self.lower(from - 2)
        } else {
            before
        };
        let dash = matches!(self.word(end), "-" | "–" | "—") && self.touched(end) && self.touches(end);
        let word = match self.lower(end) {
            "to" if before != "from" || self.is_spread(from) => true,
            "and" if before == "between" => true,
            _ => false,
        };
        // 10 - 12 days
        let apart = matches!(self.word(end), "-" | "–")
            && !measured
            && !self.touched(end)
            && !self.touches(end)
            && self.kind(end + 1) == Some(TokenKind::Number);
        let mut next = tolerance.unwrap_or(end + 1);
        // 10-to-15-year, 52-to-48
        let hyphens = dash && matches!(self.lower(next), "to") && self.word(next + 1) == "-";
        if hyphens {
            next += 2;
        }
        if !(dash || word || apart || tolerance.is_some()) {
            return None;
        }
        let (code, start) = match self.currency_before(next) {
            Some((code, start)) => (Some(code), start),
            None => (None, next),
        };
        if self.kind(start) == Some(TokenKind::Word) && matches!(self.lower(start), "a" | "an") {
            return None;
        }
        let is_money = matches!(measure, Measure::Money(_));
        let other = number::read(self, start, code.is_some() || (is_money && dash))?;
        let in_digits = self.kind(start) == Some(TokenKind::Number);
        // In words only a plain range is read with a dash: five-six is no range, twenty-one is one number.
        if dash && !hyphens && !in_digits {
            return None;
        }
        let suffix = match code {
            Some(code) => Some(Suffix::new(Measure::Money(code), self.after_money(other.next))),
            None => self.measure(other.next, in_digits, start),
        };
        let other_measure = suffix.map_or(Measure::Count, |s| s.measure);
        let after = suffix.map_or(other.next, |s| s.next);
        let parts = suffix.map_or(1, |s| s.parts);
        if apart && (!matches!(other_measure, Measure::Unit(_) | Measure::Percent) || other.value <= number.value) {
            return None;
        }
        let other = other.divided(parts)?;
        let bound = |measure, link| {
            Some(OtherEnd { number: other, measure, link, parts: if measured { 1 } else { parts }, next: after })
        };
        if suffix.is_none() && self.touched(other.next) && self.kind(other.next) == Some(TokenKind::Word) {
            return None;
        }
        let agreed = match (measured, suffix.is_some()) {
            (false, false) => Measure::Count,
            (false, true) => other_measure,
            // $5-6: the sign holds for both; “30% to 40” does not.
            (true, false) if is_money && dash => measure,
            (true, false) => return None,
            (true, true) if measure == other_measure => measure,
            (true, true) => return None,
        };
        if tolerance.is_some() {
            return bound(agreed, Link::Tolerance);
        }
        let plain = !measured && suffix.is_none();
        if plain && (dash || word) {
            let small = number.value.is_whole() && other.value.is_whole();
            let counted = self.kind(after) == Some(TokenKind::Word) && self.is_plural(after) || self.word(after) == "-";
            // Without a unit a pair in falling order, or with no noun behind it, is a score or a vote.
            if small
                && dash
                && (other.value <= number.value || !counted && !matches!(before, "between" | "from" | "of"))
            {
                return bound(Measure::Score, Link::Score);
            }
            if word && self.lower(end) == "to" && other.value <= number.value {
                return None;
            }
        }
        // “rose 5 percent to 10 percent”, “cut it by 3 million to 5 million”: two figures.
        let changes = (1..=3).any(|n| from.checked_sub(n).is_some_and(|i| is_change(self.lower(i))));
        if self.lower(end) == "to" && (changes || matches!(before, "by")) {
            return None;
        }
        bound(agreed, Link::Range)
    }

    /// The index after “±”, “+/-” or “plus or minus”.
    fn tolerance_sign(&self, at: usize) -> Option<usize> {
        match self.word(at) {
            "±" => Some(at + 1),
            "+" if self.word(at + 1) == "/" && matches!(self.word(at + 2), "-" | "–" | "−") => Some(at + 3),
            _ => (self.lower(at) == "plus" && self.lower(at + 1) == "or" && self.lower(at + 2) == "minus")
                .then_some(at + 3),
        }
    }

    /// Whether the “from” before token `from` opens a range and no change: ranging from, anywhere from.
    fn is_spread(&self, from: usize) -> bool {
        let currency = usize::from(self.kind(from.wrapping_sub(1)) == Some(TokenKind::Mark));
        let before = from.checked_sub(2 + currency).map_or("", |i| self.lower(i));
        matches!(
            before,
            "range"
                | "ranges"
                | "ranged"
                | "ranging"
                | "anywhere"
                | "varies"
                | "vary"
                | "varied"
                | "varying"
                | "aged"
                | "ages"
                | "anything"
        )
    }
}

impl Number {
    /// Whether the left end of a range keeps its own scale: it has one, or separators, or is the larger number.
    pub fn grouped_scale(&self, left: &Number) -> bool {
        left.form == Form::Scaled || left.grouped || left.mantissa > self.mantissa || left.value != left.mantissa
    }
}
