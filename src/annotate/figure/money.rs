//! Money: the sign or code of a currency around a number.

use super::cursor::Cursor;
use super::measure::Suffix;
use super::number::{self, Number};
use super::{Form, Measure, words};
use crate::text::{Rational, TokenKind};

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
        // N95, R22 and COP27 are names: such a sign needs a number that only money has.
        let sign = &word[..digits_at];
        let names = sign.len() < 3 && !matches!(sign, "RM" | "Rs" | "Rp" | "Tk") || sign == "COP";
        if scale.is_none() && !number.grouped && names {
            return None;
        }
        match scale {
            Some(exponent) => Some((Number { next: next + 1, ..number.scaled(exponent)? }, code)),
            None => Some((number, code)),
        }
    }

    /// “900,000 won”, where the word is no verb: behind thousands or more, with nothing after it that was won.
    pub fn won(&self, number: &Number) -> Option<Suffix> {
        let at = number.next;
        if self.lower(at) != "won" || number.value < Rational::whole(1000) {
            return None;
        }
        let ends = self.is_end(at + 1)
            || self.word(at + 1) == "("
            || matches!(
                self.lower(at + 1),
                "for" | "to" | "in" | "from" | "on" | "per" | "and" | "or" | "each" | "worth"
            );
        ends.then(|| Suffix::new(Measure::Money("KRW"), at + 1))
    }

    /// Whether pounds are money and no weight: in millions, or with a word of buying and paying before the number, which
    /// starts at token `start`; and not pounds of something.
    pub fn is_sterling(&self, start: usize, number: &Number, suffix: &Suffix) -> bool {
        let pound = matches!(suffix.measure, Measure::Unit(unit) if unit.name == "pound");
        if !pound || !self.lower(suffix.next - 1).starts_with("pound") || self.lower(suffix.next) == "of" {
            return false;
        }
        let cued = || {
            let near = (1..=5).filter_map(|n| start.checked_sub(n));
            near.take_while(|&i| !matches!(self.lower(i), "and" | "," | "" | "but" | ";" | "that")).any(|i| {
                matches!(
                    self.lower(i),
                    "cost"
                        | "costs"
                        | "costing"
                        | "paid"
                        | "pay"
                        | "pays"
                        | "paying"
                        | "worth"
                        | "fined"
                        | "fine"
                        | "spent"
                        | "spend"
                        | "spending"
                        | "raised"
                        | "raise"
                        | "earned"
                        | "earn"
                        | "earns"
                        | "sold"
                        | "bought"
                        | "price"
                        | "priced"
                        | "profit"
                        | "profits"
                        | "loss"
                        | "losses"
                        | "revenue"
                        | "sales"
                        | "budget"
                        | "salary"
                        | "debt"
                        | "debts"
                        | "owed"
                        | "stole"
                        | "donated"
                        | "invest"
                        | "invested"
                        | "charged"
                        | "saved"
                )
            })
        };
        number.value >= Rational::whole(1_000_000) || cued()
    }

    /// What follows an amount of money and belongs to it: US dollars after the sign, a code.
    pub fn after_money(&self, at: usize) -> usize {
        let named = self.tables.currency(self.lower(at)).is_some()
            || (self.touched(at) && self.tables.code(self.word(at)).is_some());
        if named { at + 1 } else { at }
    }
}
