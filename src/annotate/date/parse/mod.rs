//! Finds date expressions in the tokens of a sentence: this file says which reader a word leads to, the others read.

mod calendar;
mod clock;
mod digits;
mod length;
mod period;
mod relative;

use jiff::civil::Weekday;

use super::cue::{Cue, Cues, Part, Relation, Season, Unit};
use super::{Open, Written};
use crate::source::Draft;
use crate::text::{Lex, Span, Token, TokenKind};

/// An expression as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Raw {
    pub span: Span,
    /// Its tokens, in [`Draft::tokens`].
    pub first: usize,
    pub last: usize,
    pub expression: Expression,
    pub open: Option<Open>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A date with a month. `day_to` is the last day of a stretch such as Dec. 6–8.
    Calendar {
        written: Written,
        day_to: Option<u32>,
        relation: Option<Relation>,
        part: Option<Part>,
    },
    /// `separator` decides how two small numbers are read.
    Numeric {
        written: Written,
    },
    Year(i16),
    /// A season or a fiscal year over two years: 2016–17.
    Years(i16, i16),
    Decade(i16),
    /// The first year of the century.
    Century(i16),
    Quarter {
        number: i8,
        year: Option<i16>,
        relation: Option<Relation>,
    },
    Half {
        number: i8,
        year: Option<i16>,
    },
    Weekday {
        day: Weekday,
        relation: Option<Relation>,
        part: Option<Part>,
    },
    DayOffset {
        days: i8,
        part: Option<Part>,
    },
    Overnight,
    Unit {
        unit: Unit,
        relation: Relation,
    },
    Weekend(Option<Relation>),
    Season {
        season: Season,
        year: Option<i16>,
        relation: Option<Relation>,
    },
    /// Some time ago, or ahead where `ahead`; `count` is `None` for “years ago”. `from_before` counts from the date before it: a year earlier.
    Ago {
        count: Option<u32>,
        unit: Unit,
        ahead: bool,
        from_before: bool,
    },
    Span {
        count: Option<u32>,
        unit: Unit,
    },
    Set {
        count: u32,
        unit: Option<Unit>,
        day: Option<Weekday>,
    },
    Time {
        hour: u32,
        minute: u32,
    },
    Reference(&'static str),
}

/// The expressions of a sentence, in order.
pub fn expressions(draft: &Draft, sentence: usize) -> Vec<Raw> {
    let range = draft.sentences[sentence].tokens.clone();
    let parser = Parser { draft, cues: Cues::get(), end: range.end as usize, start: range.start as usize };
    let mut out = Vec::new();
    let mut at = parser.start;
    // Nine in ten tokens begin no date, and a bit says so.
    let may_begin = |token: &Token| match token.kind {
        TokenKind::Number => true,
        TokenKind::Word => parser.cues.may_hold(token),
        _ => false,
    };
    while let Some(skipped) = draft.tokens[at..parser.end].iter().position(may_begin) {
        at += skipped;
        match parser.expression(at) {
            Some((expression, next)) if next > at => {
                let first = at;
                let span = draft.tokens[first].span.cover(draft.tokens[next - 1].span);
                let open = parser.open(first);
                out.push(Raw { span, first, last: next - 1, expression, open });
                at = next;
            }
            _ => at += 1,
        }
    }
    out
}

struct Parser<'d> {
    draft: &'d Draft,
    cues: &'static Cues,
    start: usize,
    end: usize,
}

type Found = Option<(Expression, usize)>;

impl Parser<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        (at < self.end).then(|| &self.draft.tokens[at])
    }

    fn before(&self, at: usize) -> Option<&Token> {
        (at > self.start).then(|| &self.draft.tokens[at - 1])
    }

    fn lower(&self, at: usize) -> &str {
        self.token(at).map_or("", |t| self.draft.lower(t))
    }

    fn lower_before(&self, at: usize) -> &str {
        self.before(at).map_or("", |t| self.draft.lower(t))
    }

    fn cue(&self, at: usize) -> Option<Cue> {
        let token = self.token(at)?;
        token.is_word().then(|| self.cues.of(self.draft, token))?
    }

    fn is_capital(&self, at: usize) -> bool {
        self.token(at).is_some_and(Token::is_capital)
    }

    /// Past a hyphen or dash that touches on both sides.
    fn past_hyphen(&self, at: usize) -> usize {
        if self.joined(at) { at + 1 } else { at }
    }

    fn joined(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        matches!(self.draft.word(token), "-" | "–" | "‑")
            && self.before(at).is_some_and(|b| b.touches(token))
            && self.token(at + 1).is_some_and(|n| token.touches(n))
    }

    /// The open end that the words before an expression give it.
    fn open(&self, first: usize) -> Option<Open> {
        match self.lower_before(first) {
            "since" => Some(Open::Since),
            "until" | "till" => Some(Open::Until),
            _ => None,
        }
    }

    fn expression(&self, at: usize) -> Found {
        let token = self.token(at)?;
        if token.kind == TokenKind::Number {
            return self.number(at);
        }
        if !token.is_word() {
            return None;
        }
        if let Some(quarter) = self.short_quarter(at) {
            return Some(quarter);
        }
        match self.cues.of(self.draft, token)? {
            Cue::Month(month) => self.month(at, month, None, None),
            Cue::Weekday(day) => self.weekday(at, day, None),
            Cue::DayOffset(days) => {
                let (part, next) = self.part(at + 1);
                Some((Expression::DayOffset { days, part }, next))
            }
            Cue::Tonight => Some((Expression::DayOffset { days: 0, part: Some(Part::Night) }, at + 1)),
            Cue::Overnight => Some((Expression::Overnight, at + 1)),
            Cue::Relation(relation) => self.relation(at, relation),
            Cue::Past | Cue::Coming | Cue::Recent => self.touching(at),
            Cue::Within => self.within(at),
            Cue::Earlier | Cue::Later => self.earlier(at),
            Cue::Cardinal(n) => self.cardinal(at, n),
            Cue::Several | Cue::Couple => self.several(at),
            Cue::Ordinal(n) => self.ordinal(at, n, at + 1),
            Cue::Unit(unit, plural) => self.unit(at, unit, plural),
            Cue::Fortnight => None,
            Cue::Weekend => {
                let over = matches!(self.lower_before(at), "the" | "over");
                over.then_some((Expression::Weekend(None), at + 1))
            }
            Cue::Season(season) => self.season(at, season, None),
            Cue::Every => self.every(at),
            Cue::Noon => Some((Expression::Time { hour: 12, minute: 0 }, at + 1)),
            Cue::Midnight => Some((Expression::Time { hour: 0, minute: 0 }, at + 1)),
            Cue::Present => self.present(at),
            Cue::PastRef => Some((Expression::Reference("PAST_REF"), at + 1)),
            Cue::FutureRef if self.lower(at) == "future" => {
                let led = matches!(self.lower_before(at), "the" | "near");
                let ends = self.token(at + 1).is_none_or(|t| !t.is_word() || t.lex.is(Lex::FUNCTION));
                (led && ends).then_some((Expression::Reference("FUTURE_REF"), at + 1))
            }
            Cue::FutureRef => {
                let plain = !matches!(self.lower(at + 1), "after" | "as" | "enough") && self.lower_before(at) != "as";
                plain.then_some((Expression::Reference("FUTURE_REF"), at + 1))
            }
            Cue::Half => self.half_a(at),
            Cue::Part(_) | Cue::Ago => None,
        }
    }

    /// A whole number of at most four digits, without separators.
    fn digits(&self, at: usize) -> Option<(u32, usize)> {
        let token = self.token(at).filter(|t| t.kind == TokenKind::Number)?;
        let word = self.draft.word(token);
        (word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit())).then(|| (word.parse().unwrap_or(0), word.len()))
    }
}
