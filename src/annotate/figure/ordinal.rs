//! Ordinals, and the “one” that is a pronoun.

use super::cursor::Cursor;
use super::number::Number;
use super::{Figure, Form, Hedge, Measure, hedge, words};
use crate::text::{Lex, Rational, TokenKind};

impl Cursor<'_> {
    /// 7th, third, twenty-first: kept apart from numbers, since they rank.
    pub fn ordinal(&self, at: usize) -> Option<(Figure, usize)> {
        let mut tens = 0;
        let mut last = at;
        if let Some(words::NumberWord::Small(n @ (20 | 30 | 40 | 50 | 60 | 70 | 80 | 90))) =
            words::number_word(self.lower(at))
        {
            tens = n;
            last = at + 1 + usize::from(self.word(at + 1) == "-");
        }
        let value = words::ordinal_word(self.lower(last))?;
        if value < 3 && tens == 0 || self.kind(last) != Some(TokenKind::Word) {
            return None;
        }
        let number = Number::exact(Rational::new((tens + value).into(), 1)?, Form::Words, last + 1);
        Some((self.figure_of(at, at, &number, Measure::Ordinal, last + 1, (Hedge::None, at)), last + 1))
    }

    /// “one” that is no number: no one, one of the, the one, one another.
    pub fn is_pronoun_one(&self, at: usize, number: &Number) -> bool {
        if number.next != at + 1 || self.lower(at) != "one" {
            return false;
        }
        let alone = at == self.start && self.is_end(at + 1);
        let before = self.lower_before(at);
        let after = self.lower(at + 1);
        let measured = self.tables.unit(after).is_some()
            || self.tables.currency(after).is_some()
            || matches!(after, "percent" | "per" | "percentage" | "%" | "-" | "-man");
        let set = matches!(
            before,
            "no" | "any"
                | "every"
                | "each"
                | "this"
                | "that"
                | "the"
                | "another"
                | "some"
                | "which"
                | "day"
                | "loved"
                | "on"
        );
        let time = matches!(after, "day" | "time" | "night" | "thing" | "way");
        let counted = self
            .token(at + 1)
            .is_some_and(|t| t.kind == TokenKind::Word && !t.lex.is(Lex::FUNCTION) && !t.is_capital());
        let hedged = hedge::before(|n| at.checked_sub(n).map_or("", |i| self.lower(i))).1 > 0;
        !(alone || (measured && !set && !time) || hedged || (counted && !set && !time && at > self.start))
    }
}
