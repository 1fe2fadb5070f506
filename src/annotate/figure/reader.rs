//! The walk over the tokens of a sentence, and one figure at a time.

use super::cursor::Cursor;
use super::fraction::Part;
use super::measure::Suffix;
use super::number::Number;
use super::range::Link;
use super::tables::Tables;
use super::{Figure, Form, Hedge, Measure, Noun, compound, fraction, hedge, noise, noun, number, words};
use crate::annotate::DateMention;
use crate::source::{BlockKind, Draft};
use crate::text::{Rational, Span, Token, TokenKind};

pub(super) fn read(draft: &Draft, dates: &[DateMention]) -> Vec<Figure> {
    let tables = Tables::get();
    let mut figures = Vec::new();
    for block in draft.blocks.iter().filter(|b| b.kind != BlockKind::Code) {
        let is_display = matches!(block.kind, BlockKind::Headline | BlockKind::Heading | BlockKind::Standfirst);
        for sentence in block.sentences.clone() {
            let range = &draft.sentences[sentence as usize].tokens;
            let cursor = Cursor {
                draft,
                tables,
                start: range.start as usize,
                end: range.end as usize,
                block_start: block.tokens.start as usize,
                is_display,
            };
            let first = figures.len();
            cursor.sentence(dates, &mut figures);
            if figures.len() > first {
                cursor.finish(&mut figures, first);
            }
        }
    }
    figures
}

impl Cursor<'_> {
    fn sentence(&self, dates: &[DateMention], figures: &mut Vec<Figure>) {
        let mut at = self.start;
        let starts = words::starts();
        // Most words start no figure, which their letters alone say.
        let may_start = |token: &Token| match token.kind {
            TokenKind::Word => starts.may_hold(token.hash) || is_short_capital(token),
            kind => matches!(kind, TokenKind::Number | TokenKind::Mark | TokenKind::Stop),
        };
        while let Some(skipped) = self.draft.tokens[at..self.end].iter().position(may_start) {
            at += skipped;
            let token = &self.draft.tokens[at];
            let starts = match token.kind {
                TokenKind::Word => self.word_starts_figure(token, at),
                TokenKind::Mark => self.mark_starts_figure(at),
                TokenKind::Stop => self.touches(at) && self.kind(at + 1) == Some(TokenKind::Number),
                _ => true,
            };
            if !starts {
                at += 1;
                continue;
            }
            if token.kind == TokenKind::Number
                && let Some(next) = self.in_date(at, dates)
            {
                at = next;
                continue;
            }
            match self.figure(at) {
                Ok(Some((figure, next))) => {
                    figures.push(figure);
                    at = next.max(at + 1);
                }
                Ok(None) => at += 1,
                Err(next) => at = next.max(at + 1),
            }
        }
    }

    /// If a number is part of a date that says when, the index after the date.
    fn in_date(&self, at: usize, dates: &[DateMention]) -> Option<usize> {
        let span = self.draft.tokens[at].span;
        let index = dates.partition_point(|d| d.span.end <= span.start);
        let date = dates.get(index).filter(|d| d.span.overlaps(span) && d.days.is_some())?;
        Some(self.draft.tokens.partition_point(|t| t.span.start < date.span.end).min(self.end))
    }

    /// The figure that starts at token `at`: it and the index after it; `Err` with the index after what is no figure.
    fn figure(&self, at: usize) -> Result<Option<(Figure, usize)>, usize> {
        // A sign of currency, then a minus.
        let (money, mut from) = match self.currency_before(at) {
            Some((code, next)) => (Some(code), next),
            None => (None, at),
        };
        let mut negative = false;
        if matches!(self.word(from), "-" | "−" | "–") && self.touches(from) {
            let free = money.is_some() || from == self.start || !self.touched(from) || self.word_before(from) == "(";
            if !free || self.kind(from + 1) != Some(TokenKind::Number) {
                return Ok(None);
            }
            negative = true;
            from += 1;
        } else if matches!(self.lower(from), "minus" | "negative") {
            // “plus or minus 3”: a tolerance, both ways.
            negative = !(self.lower_before(from) == "or" && from >= 2 && self.lower(from - 2) == "plus");
            from += 1;
        }
        // -$5
        let (money, from) = match (money, self.currency_before(from)) {
            (None, Some((code, next))) => (Some(code), next),
            _ => (money, from),
        };
        if let Some((number, code)) = self.glued_money(from) {
            return Ok(self.whole(at, from, number, Some(code), false, false));
        }
        if money.is_none() && self.kind(from) == Some(TokenKind::Number) {
            let joint = compound::feet_and_inches(self, from).map(|found| (found, "inch"));
            let joint = joint.or_else(|| Some((compound::hours_and_minutes(self, from)?, "minute")));
            if let Some(((value, next), unit)) = joint
                && let Some(unit) = self.tables.unit(unit)
            {
                let number = Number::exact(Rational::whole(value), Form::Digits, next);
                return Ok(Some((
                    self.figure_of(at, from, &number, Measure::Unit(unit), next, (Hedge::None, at)),
                    next,
                )));
            }
        }
        if self.kind(from) == Some(TokenKind::Number)
            && money.is_none()
            && !negative
            && let Some(next) = noise::skip(self, from)
        {
            return Err(next);
        }
        if let Some(found) = self.one_and(from) {
            return Ok(Some(found));
        }
        let part = if money.is_none() { fraction::read(self, from) } else { None };
        let (number, is_share) = match part {
            Some(Part::Number(number)) => (number, false),
            Some(Part::Share(number)) => (number, true),
            None => match number::read(self, from, money.is_some()) {
                Some(number) => (number, false),
                None => return Ok(self.ordinal(from)),
            },
        };
        let starts_in_words = self.kind(from) == Some(TokenKind::Word);
        if starts_in_words && (self.is_pronoun_one(from, &number) || self.is_name(from) || self.is_set_zero(from)) {
            return Err(number.next);
        }
        // Digits that run on into letters which are no unit: 12A, 747s.
        Ok(self.whole(at, from, number, money, negative, is_share))
    }

    /// “an hour and a half”, “a minute and 30 seconds”, “a dollar and 42 cents”: the article counts only with a part after it.
    fn one_and(&self, at: usize) -> Option<(Figure, usize)> {
        if !matches!(self.lower(at), "a" | "an") {
            return None;
        }
        // a percentage point, a full percentage point
        let full = usize::from(matches!(self.lower(at + 1), "full" | "whole" | "single"));
        if let Some((measure @ Measure::PercentagePoint, next)) = self.percent(at + 1 + full) {
            let number = Number::exact(Rational::ONE, Form::Words, at + 1);
            return Some((self.figure_of(at, at, &number, measure, next, (Hedge::None, at)), next));
        }
        let unit = self.lower(at + 1);
        let measure = match (self.tables.unit(unit), self.tables.currency(unit)) {
            (Some(unit), _) => Measure::Unit(unit),
            (None, Some(code)) => Measure::Money(code),
            (None, None) => return None,
        };
        let mut number = Number::exact(Rational::ONE, Form::Words, at + 1);
        let mut end = at + 2;
        if let Some((part, next)) = compound::trailing_half(self, end) {
            number.value = number.value.add(part)?;
            end = next;
        } else {
            let smaller = number::read(self, end + usize::from(self.lower(end) == "and"), false)?;
            let other = self.measure(smaller.next, true, end)?;
            let follows = match (measure, other.measure) {
                (Measure::Unit(a), Measure::Unit(b)) => a.dimension == b.dimension && a.factor > b.factor,
                (Measure::Money(_), Measure::Money(_)) => other.parts > 1,
                _ => false,
            };
            if !follows {
                return None;
            }
        }
        Some((self.figure_of(at, at, &number, measure, end, (Hedge::None, at)), end))
    }

    /// Everything around a number: its unit, the other end of a range, the hedge.
    fn whole(
        &self,
        start: usize,
        from: usize,
        mut number: Number,
        money: Option<&'static str>,
        negative: bool,
        is_share: bool,
    ) -> Option<(Figure, usize)> {
        if negative {
            number.value = number.value.neg();
        }
        let in_digits = self.kind(from) == Some(TokenKind::Number) || number.form == Form::Fraction;
        let mut suffix = match money {
            Some(code) => Some(Suffix::new(Measure::Money(code), self.after_money(number.next))),
            None => self.measure(number.next, in_digits, from).or_else(|| self.won(&number)),
        };
        if let Some(suffix) = &mut suffix {
            number = number.divided(suffix.parts)?;
            // 10 degrees below zero
            if suffix.measure.name().is_some_and(|unit| unit.starts_with("degree"))
                && self.lower(suffix.next) == "below"
                && self.lower(suffix.next + 1) == "zero"
                && number.value > Rational::ZERO
            {
                number.value = number.value.neg();
                suffix.next += 2;
            }
            if self.is_sterling(start, &number, suffix) {
                suffix.measure = Measure::Money("GBP");
            }
        }
        // ringgit 42, at the end of a clause
        if suffix.is_none()
            && in_digits
            && self.is_end(number.next)
            && let Some(code) = self.tables.currency(self.lower_before(from))
            && start
                .checked_sub(2)
                .is_none_or(|i| self.kind(i) != Some(TokenKind::Number) && words::number_word(self.lower(i)).is_none())
        {
            suffix = Some(Suffix::new(Measure::Money(code), number.next));
        }
        // 12A, 747s, 5b: letters that are no unit.
        if suffix.is_none() && self.touched(number.next) && self.kind(number.next) == Some(TokenKind::Word) {
            let ordinal = matches!(self.lower(number.next), "st" | "nd" | "rd" | "th");
            return (ordinal && self.kind(from) == Some(TokenKind::Number)).then(|| {
                let next = number.next + 1;
                (self.figure_of(start, from, &number, Measure::Ordinal, next, (Hedge::None, start)), next)
            });
        }
        let mut measure = suffix.map_or(if is_share { Measure::Fraction } else { Measure::Count }, |s| s.measure);
        let mut end = suffix.map_or(number.next, |s| s.next);
        // a shared hyphen: two-thirds-majority is left to the noun
        if suffix.is_some()
            && matches!(measure, Measure::Unit(_))
            && let Some((part, next)) = compound::trailing_half(self, end)
        {
            number.value = number.value.add(part)?;
            end = next;
        }
        if let Some(bound) = self.other_end(from, &number, measure, suffix.is_some(), end) {
            number = number.divided(bound.parts)?;
            if bound.link == Link::Range && !bound.number.grouped_scale(&number) {
                // 5-6 million: the left end inherits the scale.
                if let Some(scale) = bound.number.value.div(bound.number.mantissa).filter(|s| *s > Rational::ONE)
                    && let (Some(value), Some(step)) = (number.value.mul(scale), number.step.mul(scale))
                {
                    number.value = value;
                    number.step = step.min(bound.number.step);
                    number.form = Form::Scaled;
                }
            }
            let by = bound.number.value;
            number.high = if bound.link == Link::Tolerance { number.value.add(by) } else { Some(by) };
            if bound.link == Link::Tolerance {
                number.value = number.value.sub(by)?;
            }
            measure = bound.measure;
            end = bound.next;
        }
        let mut hedge_start = start;
        let (mut hedge, taken) = hedge::before(|n| start.checked_sub(n).map_or("", |i| self.lower(i)));
        if self.lower_before(start) == "between" && number.high.is_some() {
            hedge_start = start - 1;
        } else if taken > 0 && self.all_words(start - taken, start) {
            hedge_start = start - taken;
        } else {
            hedge = Hedge::None;
        }
        // 50+, 50 or more, 50-odd, an hour or so
        let (after, next) = self.hedge_after(end);
        if after != Hedge::None {
            hedge = after;
            end = next;
        }
        let mut figure = self.figure_of(start, from, &number, measure, end, (hedge, hedge_start));
        figure.per = matches!(self.lower(end), "per" | "apiece" | "each")
            || (self.word(end) == "/" && self.touched(end))
            || (self.word(end) == "-" && matches!(self.lower(end + 1), "a" | "per"))
            || (matches!(self.lower(end), "a" | "an" | "every")
                && !matches!(measure, Measure::Count)
                && self.kind(end + 1) == Some(TokenKind::Word)
                && !matches!(self.lower(end + 2), "earlier" | "before" | "ago" | "later" | "previously"));
        if figure.measure == Measure::Count && self.is_age(start, from, end) {
            figure.measure = Measure::Age(self.tables.unit("year")?);
        } else if let Measure::Unit(unit) = figure.measure
            && unit.dimension == "time"
        {
            // 61-year-old, 61 years old
            let hyphen = usize::from(self.word(end) == "-");
            if matches!(self.lower(end + hyphen), "old" | "olds")
                || (self.lower(end) == "of" && self.lower(end + 1) == "age")
            {
                figure.measure = Measure::Age(unit);
            }
        }
        Some((figure, end))
    }

    pub fn figure_of(
        &self,
        start: usize,
        from: usize,
        number: &Number,
        measure: Measure,
        end: usize,
        (hedge, hedge_start): (Hedge, usize),
    ) -> Figure {
        let last = (end.max(start + 1) - 1).min(self.end - 1);
        let number_last = (number.next.max(from + 1) - 1).min(self.end - 1);
        let token = &self.draft.tokens[from];
        Figure {
            span: Span { start: self.start_of(hedge_start), end: self.end_of(last) },
            number: Span { start: self.start_of(from), end: self.end_of(number_last) },
            amount: Span { start: self.start_of(start), end: self.end_of(last) },
            value: number.value,
            high: number.high,
            step: number.step,
            form: number.form,
            hedge,
            measure,
            per: false,
            role: self.role(hedge_start),
            noun: None,
            sentence: token.sentence,
            block: token.block,
        }
    }

    /// Whether a count is one for each day or week: 140 flights a day.
    fn is_rate(&self, noun: Noun) -> bool {
        let at = self.draft.token_at(noun.head.end);
        matches!(self.lower(at), "a" | "an" | "per" | "each" | "every")
            && self.tables.unit(self.lower(at + 1)).is_some_and(|u| u.dimension == "time")
            && !matches!(self.lower(at + 2), "ago" | "earlier" | "later" | "before" | "after")
    }

    /// Whether a figure may start at a word: decided by the word and the two tokens behind it.
    fn word_starts_figure(&self, token: &Token, at: usize) -> bool {
        if words::starts().may_hold(token.hash) && words::starts_number(self.lower(at)) && self.article_leads_on(at) {
            return true;
        }
        // A sign or code of currency, with its number behind it or inside.
        let signed = || {
            let has_digit = || self.lower(at).bytes().any(|b| b.is_ascii_digit());
            self.kind(at + 1) == Some(TokenKind::Number)
                || self.lower(at).ends_with(|c: char| c.is_ascii_digit())
                || self.touches(at) && (self.opens_number(at + 1) || self.opens_number(at + 2) || has_digit())
        };
        is_short_capital(token) && signed()
    }

    /// Unless an article stands there, true. Only a unit, a word of number or one of a few others makes a figure of “a”, the commonest of all
    /// words that may begin one.
    fn article_leads_on(&self, at: usize) -> bool {
        if !matches!(self.lower(at), "a" | "an") {
            return true;
        }
        match self.token(at + 1) {
            Some(next) if next.kind == TokenKind::Word => {
                self.tables.may_start(next) || words::may_follow_article(next)
            }
            Some(next) => next.kind != TokenKind::Quote,
            None => false,
        }
    }

    /// Whether a figure may start at a mark: a sign of currency, a minus or a fraction.
    fn mark_starts_figure(&self, at: usize) -> bool {
        match self.word(at) {
            "$" => true,
            "-" | "–" | "−" => self.touches(at) && self.kind(at + 1) == Some(TokenKind::Number),
            // No other mark of ASCII is a sign of currency.
            mark => !mark.is_ascii() && (self.tables.sign(mark).is_some() || words::fraction_sign(mark).is_some()),
        }
    }

    /// What needs the neighbors: joined amounts, nouns, shared units.
    fn finish(&self, figures: &mut Vec<Figure>, first: usize) {
        compound::join(self, figures, first);
        for figure in &mut figures[first..] {
            let next = self.draft.token_at(figure.span.end);
            if !matches!(figure.measure, Measure::Score | Measure::Age(_)) {
                figure.noun = noun::read(self, next, figure.measure, figure.form, figure.value);
                figure.per |= figure.noun.is_some_and(|noun| self.is_rate(noun));
            }
        }
        compound::share_units(self, figures, first);
        compound::share_scale(self, figures, first);
    }
}

/// Whether a word may be a sign or code of currency.
fn is_short_capital(token: &Token) -> bool {
    token.is_capital() && token.span.len() <= 8
}
