//! Ordinals, and the “one” that is a pronoun.

use super::cursor::Cursor;
use super::number::Number;
use super::{Figure, Form, Hedge, Measure, hedge, words};
use crate::text::{Case, Lex, Rational, TokenKind};

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

    /// A number word that names: Six Nations, the Big Four, number seven in the world.
    pub fn is_name(&self, at: usize) -> bool {
        let number = self.lower_before(at) == "number" && !matches!(self.lower(at.saturating_sub(2)), "a" | "the");
        // Capital letters say something only in running text, and not where a sentence or a quotation begins.
        let opens =
            at == self.start || matches!(self.kind(at - 1), Some(TokenKind::Quote | TokenKind::Stop | TokenKind::Mark));
        let all_capitals = self.token(at + 1).is_some_and(|t| t.case == Case::Upper);
        number
            || !self.is_display
                && !opens
                && !all_capitals
                && self.token(at).is_some_and(|t| matches!(t.case, Case::Capitalized | Case::Mixed))
    }

    /// “zero” in a set phrase: ground zero, zero tolerance, two degrees below zero.
    pub fn is_set_zero(&self, at: usize) -> bool {
        self.lower(at) == "zero"
            && (matches!(
                self.lower_before(at),
                "ground" | "net" | "absolute" | "patient" | "year" | "day" | "hour" | "sub" | "below" | "above" | "to"
            ) || matches!(self.lower(at + 1), "tolerance" | "hour" | "in" | "sum" | "emissions")
                || self.word(at + 1) == "-"
                    && matches!(self.lower(at + 2), "sum" | "tolerance" | "emission" | "emissions" | "covid"))
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
            || matches!(after, "percent" | "per" | "percentage" | "%" | "-" | "-man")
            // one to two years, one or two people; not one to one
            || matches!(after, "to" | "or")
                && matches!(words::number_word(self.lower(at + 2)), Some(words::NumberWord::Small(n)) if n > 1);
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
