//! Money: the sign or code of a currency around a number.

use super::cursor::Cursor;
use super::number::{self, Number};
use super::{Form, words};
use crate::text::TokenKind;

impl Cursor<'_> {
    /// A sign or code of currency before digits.
    pub fn currency_before(&self, at: usize) -> Option<(&'static str, usize)> {
        let token = self.token(at)?;
        match token.kind {
            TokenKind::Mark => {
                let code = self.tables.sign(self.word(at))?;
                self.opens_number(at + 1).then_some((code, at + 1))
            }
            TokenKind::Word if token.span.len() <= 5 && token.is_capital() => {
                if self.touches(at)
                    && self.kind(at + 1) == Some(TokenKind::Mark)
                    && let Some(code) = self.joined(&self.draft.text, at, at + 1).and_then(|s| self.tables.sign(s))
                {
                    return self.opens_number(at + 2).then_some((code, at + 2));
                }
                let code = self.tables.sign(self.word(at))?;
                // USD$5, Rs. 5
                let next = at + 1 + usize::from(matches!(self.word(at + 1), "$" | ".") && self.touches(at));
                // One-letter signs touch their digits.
                let near = token.span.len() > 1 || self.touches(at);
                (near && self.opens_number(next)).then_some((code, next))
            }
            _ => None,
        }
    }

    pub fn opens_number(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Number)
            || (matches!(self.word(at), "-" | "−" | ".")
                && self.touches(at)
                && self.kind(at + 1) == Some(TokenKind::Number))
    }

    /// USD3.14 and RM42, where the letters and the digits are one token.
    pub fn glued_money(&self, at: usize) -> Option<(Number, &'static str)> {
        let token = self.token(at).filter(|t| t.kind == TokenKind::Word && t.is_capital())?;
        let word = self.word(at);
        let digits_at = word.find(|c: char| c.is_ascii_digit())?;
        let code = self.tables.sign(&word[..digits_at])?;
        let mut next = at + 1;
        let mut end = token.span.end;
        while self.touched(next)
            && matches!(self.word(next), "." | ",")
            && self.touches(next)
            && self.kind(next + 1) == Some(TokenKind::Number)
        {
            end = self.end_of(next + 1);
            next += 2;
        }
        let text = self.between(token.span.start + digits_at as u32, end);
        let (value, grouped) = number::digits(text)?;
        let number = Number { grouped, ..Number::exact(value, Form::Digits, next) };
        let letters = self.word(next);
        let scale =
            words::scale_word(self.lower(next)).or_else(|| words::scale_letters(letters, self.touched(next), true));
        match scale {
            Some(exponent) => Some((Number { next: next + 1, ..number.scaled(exponent)? }, code)),
            None => Some((number, code)),
        }
    }

    /// What follows an amount of money and belongs to it: US dollars after the sign, a code.
    pub fn after_money(&self, at: usize) -> usize {
        let named = self.tables.currency(self.lower(at)).is_some()
            || (self.touched(at) && self.tables.code(self.word(at)).is_some());
        if named { at + 1 } else { at }
    }
}
