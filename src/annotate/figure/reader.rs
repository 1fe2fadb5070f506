//! The walk over the tokens of a sentence, and one figure at a time.

use super::fraction::Part;
use super::number::Number;
use super::unit::Tables;
use super::{Figure, Form, Hedge, Measure, Role, compound, fraction, hedge, noise, noun, number, words};
use crate::annotate::DateMention;
use crate::source::{BlockKind, Draft};
use crate::text::{Rational, Span, Token, TokenKind};

/// The tokens of one sentence. Indices are those of [`Draft::tokens`]; outside the sentence every word is "".
pub(super) struct Cursor<'d> {
    draft: &'d Draft,
    tables: &'static Tables,
    pub start: usize,
    pub end: usize,
    block_start: usize,
    /// Headlines and headings, where capitals say nothing of names.
    pub is_display: bool,
}

impl<'d> Cursor<'d> {
    pub fn token(&self, at: usize) -> Option<&'d Token> {
        (self.start <= at && at < self.end).then(|| &self.draft.tokens[at])
    }

    pub fn kind(&self, at: usize) -> Option<TokenKind> {
        self.token(at).map(|t| t.kind)
    }

    pub fn word(&self, at: usize) -> &'d str {
        self.token(at).map_or("", |t| t.span.of(&self.draft.text))
    }

    pub fn lower(&self, at: usize) -> &'d str {
        self.token(at).map_or("", |t| t.span.of(&self.draft.lower))
    }

    pub fn word_before(&self, at: usize) -> &'d str {
        at.checked_sub(1).map_or("", |i| self.word(i))
    }

    pub fn lower_before(&self, at: usize) -> &'d str {
        at.checked_sub(1).map_or("", |i| self.lower(i))
    }

    /// Whether the next token follows with nothing between.
    pub fn touches(&self, at: usize) -> bool {
        matches!((self.token(at), self.token(at + 1)), (Some(a), Some(b)) if a.touches(b))
    }

    /// Whether the token before stands right before it.
    pub fn touched(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|i| self.touches(i))
    }

    /// Whether a word that looks like a plural stands there.
    pub fn is_plural(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Word) && noun::plural_form(self.lower(at))
    }

    /// Whether the sentence, or a part of it, ends before this token.
    pub fn is_end(&self, at: usize) -> bool {
        self.kind(at).is_none_or(|k| k == TokenKind::Stop) || matches!(self.word(at), "," | ";" | ")")
    }

    pub fn is_block_start(&self, at: usize) -> bool {
        at == self.block_start
    }

    /// The text between two offsets, "" when they are out of order.
    pub fn between(&self, from: u32, to: u32) -> &'d str {
        if from < to { Span { start: from, end: to }.of(&self.draft.text) } else { "" }
    }

    /// Whether nothing but a stop follows in the sentence.
    pub fn rest_is_empty(&self, offset: u32) -> bool {
        let next = self.draft.token_at(offset);
        next >= self.end || (next + 1 >= self.end && self.kind(next) == Some(TokenKind::Stop))
    }

    fn start_of(&self, at: usize) -> u32 {
        self.draft.tokens[at].span.start
    }

    fn end_of(&self, at: usize) -> u32 {
        self.draft.tokens[at].span.end
    }

    /// `text[first..=last]` in one of the draft's texts, where tokens stand close together: at most a space between.
    fn joined(&self, text: &'d str, first: usize, last: usize) -> Option<&'d str> {
        let (a, b) = (self.token(first)?, self.token(last)?);
        Some(a.span.cover(b.span).of(text))
    }
}

/// Verbs and nouns of change, before “by” or right before an amount.
pub(super) fn is_change(lower: &str) -> bool {
    matches!(
        lower,
        "rise"
            | "rises"
            | "rose"
            | "risen"
            | "rising"
            | "increase"
            | "increases"
            | "increased"
            | "increasing"
            | "grow"
            | "grows"
            | "grew"
            | "grown"
            | "growing"
            | "climb"
            | "climbs"
            | "climbed"
            | "climbing"
            | "jump"
            | "jumps"
            | "jumped"
            | "jumping"
            | "gain"
            | "gains"
            | "gained"
            | "gaining"
            | "surge"
            | "surges"
            | "surged"
            | "surging"
            | "soar"
            | "soars"
            | "soared"
            | "soaring"
            | "swell"
            | "swelled"
            | "advance"
            | "advanced"
            | "expand"
            | "expanded"
            | "fall"
            | "falls"
            | "fell"
            | "fallen"
            | "falling"
            | "drop"
            | "drops"
            | "dropped"
            | "dropping"
            | "decline"
            | "declines"
            | "declined"
            | "declining"
            | "decrease"
            | "decreases"
            | "decreased"
            | "decreasing"
            | "slip"
            | "slips"
            | "slipped"
            | "slide"
            | "slid"
            | "sink"
            | "sank"
            | "plunge"
            | "plunges"
            | "plunged"
            | "plunging"
            | "tumble"
            | "tumbled"
            | "tumbling"
            | "shrink"
            | "shrank"
            | "shrunk"
            | "shrinking"
            | "ease"
            | "eased"
            | "dip"
            | "dipped"
            | "cut"
            | "cuts"
            | "cutting"
            | "reduce"
            | "reduces"
            | "reduced"
            | "reducing"
            | "raise"
            | "raises"
            | "raised"
            | "raising"
            | "lower"
            | "lowers"
            | "lowered"
            | "lowering"
            | "up"
            | "down"
            | "moved"
            | "move"
            | "went"
            | "go"
            | "goes"
            | "gone"
            | "changed"
            | "change"
            | "expanding"
            | "dwindled"
            | "slumped"
            | "slump"
            | "slumps"
            | "rocketed"
            | "doubled"
            | "tripled"
            | "trebled"
            | "halved"
            | "quadrupled"
            | "widened"
            | "narrowed"
            | "edged"
            | "extended"
            | "improved"
            | "boosted"
            | "shot"
            | "slashed"
            | "trimmed"
            | "upgraded"
            | "downgraded"
            | "revised"
            | "spiked"
    )
}

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
        while at < self.end {
            let token = &self.draft.tokens[at];
            let may_start = match token.kind {
                TokenKind::Number => true,
                TokenKind::Word => starts_figure(self.lower(at), token, self, at),
                TokenKind::Mark | TokenKind::Stop => token.span.len() > 1 || self.touches(at) || self.word(at) == "$",
                _ => false,
            };
            if !may_start {
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
            negative = true;
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
        if starts_in_words && self.is_pronoun_one(from, &number) {
            return Ok(None);
        }
        // Digits that run on into letters which are no unit: 12A, 747s.
        Ok(self.whole(at, from, number, money, negative, is_share))
    }

    /// “one” that is no number: no one, one of the, the one, one another.
    fn is_pronoun_one(&self, at: usize, number: &Number) -> bool {
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
            .is_some_and(|t| t.kind == TokenKind::Word && !t.lex.is(crate::text::Lex::FUNCTION) && !t.is_capital());
        let hedged = hedge::before(|n| at.checked_sub(n).map_or("", |i| self.lower(i))).1 > 0;
        !(alone || (measured && !set && !time) || hedged || (counted && !set && !time && at > self.start))
    }

    /// “an hour and a half”, “a minute and 30 seconds”, “a dollar and 42 cents”: the article counts only with a part after it.
    fn one_and(&self, at: usize) -> Option<(Figure, usize)> {
        if !matches!(self.lower(at), "a" | "an") {
            return None;
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
            let (other, _) = self.measure(smaller.next, true, end)?;
            let follows = match (measure, other) {
                (Measure::Unit(a), Measure::Unit(b)) => a.dimension == b.dimension && a.factor > b.factor,
                (Measure::Money(_), Measure::Money(code)) => code == "cent",
                _ => false,
            };
            if !follows {
                return None;
            }
        }
        Some((self.figure_of(at, at, &number, measure, end, (Hedge::None, at)), end))
    }

    /// 7th, third, twenty-first: kept apart from numbers, since they rank.
    fn ordinal(&self, at: usize) -> Option<(Figure, usize)> {
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

    /// A sign or code of currency before digits.
    fn currency_before(&self, at: usize) -> Option<(&'static str, usize)> {
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

    fn opens_number(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Number)
            || (matches!(self.word(at), "-" | "−" | ".")
                && self.touches(at)
                && self.kind(at + 1) == Some(TokenKind::Number))
    }

    /// USD3.14 and RM42, where the letters and the digits are one token.
    fn glued_money(&self, at: usize) -> Option<(Number, &'static str)> {
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
            Some(code) => Some((Measure::Money(code), self.after_money(number.next))),
            None => self.measure(number.next, in_digits, from),
        };
        if let Some((Measure::Money("cent"), next)) = suffix {
            let hundredth = Rational::new(1, 100)?;
            let code = if matches!(self.lower(next - 1), "pence" | "p") { "GBP" } else { "USD" };
            number.value = number.value.mul(hundredth)?;
            number.step = number.step.mul(hundredth)?;
            suffix = Some((Measure::Money(code), next));
        }
        // ringgit 42, at the end of a clause
        if suffix.is_none()
            && in_digits
            && self.is_end(number.next)
            && let Some(code) = self.tables.currency(self.lower_before(from))
            && start.checked_sub(2).and_then(|i| self.kind(i)) != Some(TokenKind::Number)
        {
            suffix = Some((Measure::Money(code), number.next));
        }
        // 12A, 747s, 5b: letters that are no unit.
        if suffix.is_none() && self.touched(number.next) && self.kind(number.next) == Some(TokenKind::Word) {
            let ordinal = matches!(self.lower(number.next), "st" | "nd" | "rd" | "th");
            return (ordinal && self.kind(from) == Some(TokenKind::Number)).then(|| {
                let next = number.next + 1;
                (self.figure_of(start, from, &number, Measure::Ordinal, next, (Hedge::None, start)), next)
            });
        }
        let mut measure = suffix.map_or(if is_share { Measure::Fraction } else { Measure::Count }, |s| s.0);
        let mut end = suffix.map_or(number.next, |s| s.1);
        // a shared hyphen: two-thirds-majority is left to the noun
        if suffix.is_some()
            && matches!(measure, Measure::Unit(_))
            && let Some((part, next)) = compound::trailing_half(self, end)
        {
            number.value = number.value.add(part)?;
            end = next;
        }
        let (range, range_end) = self.other_end(from, &number, measure, suffix.is_some(), end);
        if let Some((other, other_measure, score)) = range {
            if !score && !other.grouped_scale(&number) {
                // 5-6 million: the left end inherits the scale.
                if let Some(scale) = other.value.div(other.mantissa).filter(|s| *s > Rational::ONE)
                    && let (Some(value), Some(step)) = (number.value.mul(scale), number.step.mul(scale))
                {
                    number.value = value;
                    number.step = step.min(other.step);
                    number.form = Form::Scaled;
                }
            }
            number.high = Some(other.value);
            measure = if score { Measure::Score } else { other_measure };
            end = range_end;
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

    fn all_words(&self, from: usize, to: usize) -> bool {
        (from..to).all(|i| self.kind(i) == Some(TokenKind::Word))
    }

    fn hedge_after(&self, at: usize) -> (Hedge, usize) {
        if self.word(at) == "+" && self.touched(at) || self.lower(at) == "plus" && self.touched(at) {
            return (Hedge::AtLeast, at + 1);
        }
        match (self.lower(at), self.lower(at + 1)) {
            ("or", "so") => (Hedge::About, at + 2),
            ("or", "more") => (Hedge::AtLeast, at + 2),
            ("or", "less" | "fewer") => (Hedge::AtMost, at + 2),
            ("-", "odd" | "ish" | "something") if self.touched(at) => (Hedge::About, at + 2),
            _ => (Hedge::None, at),
        }
    }

    /// `, 61,` after a name, and “aged 61”.
    fn is_age(&self, start: usize, from: usize, end: usize) -> bool {
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

    /// What follows an amount of money and belongs to it: US dollars after the sign, a code.
    fn after_money(&self, at: usize) -> usize {
        let named = self.tables.currency(self.lower(at)).is_some()
            || (self.touched(at) && self.tables.code(self.word(at)).is_some());
        if named { at + 1 } else { at }
    }

    /// The unit that follows a number, and the index after it. `in_digits` allows symbols; `from` is the number's start.
    fn measure(&self, at: usize, in_digits: bool, from: usize) -> Option<(Measure, usize)> {
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

    /// The other end of a range or a score: its number, its measure, whether it is a score; and the index after it.
    fn other_end(
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

    fn figure_of(
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

    /// Whether the words before say that it is a step, or one end of one.
    fn role(&self, start: usize) -> Role {
        let before = self.lower_before(start);
        match before {
            "from" => Role::From,
            "by" => Role::ChangeBy,
            "to" => Role::To,
            "another" | "additional" | "further" => Role::ChangeBy,
            "a" | "an" if start >= 2 && is_change(self.lower(start - 2)) => Role::ChangeBy,
            // “make up 44%”, “made up of 265”
            "up" if start >= 2 && matches!(self.lower(start - 2), "make" | "makes" | "made" | "making") => Role::Level,
            _ if is_change(before) => Role::ChangeBy,
            "of" if start >= 2 && self.lower(start - 2) != "up" && is_change(self.lower(start - 2)) => Role::ChangeBy,
            _ => Role::Level,
        }
    }

    /// What needs the neighbors: joined amounts, nouns, shared units.
    fn finish(&self, figures: &mut Vec<Figure>, first: usize) {
        compound::join(self, figures, first);
        for figure in &mut figures[first..] {
            let next = self.draft.token_at(figure.span.end);
            if !matches!(figure.measure, Measure::Score | Measure::Age(_)) {
                figure.noun = noun::read(self, next, figure.measure, figure.form, figure.value);
            }
        }
        compound::share_units(self, figures, first);
    }
}

impl Number {
    /// Whether the left end of a range keeps its own scale: it has one, or separators, or is the larger number.
    fn grouped_scale(&self, left: &Number) -> bool {
        left.form == Form::Scaled || left.grouped || left.mantissa > self.mantissa || left.value != left.mantissa
    }
}

/// Whether a figure may start at a word: decided by its letters alone, since most words start none.
fn starts_figure(lower: &str, token: &Token, cursor: &Cursor<'_>, at: usize) -> bool {
    if lower.len() > 11 {
        return false;
    }
    words::number_word(lower).is_some()
        || matches!(lower, "half" | "minus" | "negative" | "tens")
        || words::vague_word(lower).is_some()
        || words::ordinal_word(lower).is_some()
        || token.is_capital()
            && lower.len() <= 8
            && (cursor.touches(at)
                || cursor.kind(at + 1) == Some(TokenKind::Number)
                || lower.ends_with(|c: char| c.is_ascii_digit()))
}
