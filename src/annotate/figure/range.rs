//! The other end of a range, or of a score.

use super::change::is_change;
use super::cursor::Cursor;
use super::number::{self, Number};
use super::{Form, Measure};
use crate::text::TokenKind;

impl Cursor<'_> {
    /// The other end of a range or a score: its number, its measure, whether it is a score; and the index after it.
    pub fn other_end(
        &self,
        from: usize,
        number: &Number,
        measure: Measure,
        measured: bool,
        end: usize,
    ) -> (Option<(Number, Measure, bool)>, usize) {
        let none = (None, end);
        let before = self.lower_before(from);
        let before = if self.kind(from.wrapping_sub(1)) == Some(TokenKind::Mark) && from >= 2 {
            self.lower(from - 2)
        } else {
            before
        };
        let dash = matches!(self.word(end), "-" | "–" | "—") && self.touched(end) && self.touches(end);
        let word = match self.lower(end) {
            "to" if before != "from" => true,
            "and" if before == "between" => true,
            _ => false,
        };
        let mut next = end + 1;
        // 10-to-15-year, 52-to-48
        let hyphens = dash && matches!(self.lower(next), "to") && self.word(next + 1) == "-";
        if hyphens {
            next += 2;
        }
        if !(dash || word) {
            return none;
        }
        let (code, start) = match self.currency_before(next) {
            Some((code, start)) => (Some(code), start),
            None => (None, next),
        };
        if self.kind(start) == Some(TokenKind::Word) && matches!(self.lower(start), "a" | "an") {
            return none;
        }
        let is_money = matches!(measure, Measure::Money(_));
        let Some(other) = number::read(self, start, code.is_some() || (is_money && dash)) else { return none };
        let in_digits = self.kind(start) == Some(TokenKind::Number);
        // In words only a plain range is read with a dash: five-six is no range, twenty-one is one number.
        if dash && !hyphens && !in_digits {
            return none;
        }
        let suffix = match code {
            Some(code) => Some((Measure::Money(code), self.after_money(other.next))),
            None => self.measure(other.next, in_digits, start),
        };
        let other_measure = suffix.map_or(Measure::Count, |s| s.0);
        let after = suffix.map_or(other.next, |s| s.1);
        if suffix.is_none() && self.touched(other.next) && self.kind(other.next) == Some(TokenKind::Word) {
            return none;
        }
        let agreed = match (measured, suffix.is_some()) {
            (false, false) => Measure::Count,
            (false, true) => other_measure,
            // $5-6: the sign holds for both; “30% to 40” does not.
            (true, false) if is_money && dash => measure,
            (true, false) => return none,
            (true, true) if measure == other_measure => measure,
            (true, true) => return none,
        };
        let plain = !measured && suffix.is_none();
        if plain && (dash || word) {
            let small = number.value.is_whole() && other.value.is_whole();
            let counted = self.kind(after) == Some(TokenKind::Word) && self.is_plural(after) || self.word(after) == "-";
            // Without a unit a pair in falling order, or with no noun behind it, is a score or a vote.
            if small
                && dash
                && (other.value <= number.value || !counted && !matches!(before, "between" | "from" | "of"))
            {
                return (Some((other, Measure::Score, true)), after);
            }
            if word && self.lower(end) == "to" && other.value <= number.value {
                return none;
            }
        }
        // “rose 5 percent to 10 percent”, “cut it by 3 million to 5 million”: two figures.
        let changes = (1..=3).any(|n| from.checked_sub(n).is_some_and(|i| is_change(self.lower(i))));
        if self.lower(end) == "to" && (changes || matches!(before, "by")) {
            return none;
        }
        (Some((other, agreed, false)), after)
    }
}

impl Number {
    /// Whether the left end of a range keeps its own scale: it has one, or separators, or is the larger number.
    pub fn grouped_scale(&self, left: &Number) -> bool {
        left.form == Form::Scaled || left.grouped || left.mantissa > self.mantissa || left.value != left.mantissa
    }
}
