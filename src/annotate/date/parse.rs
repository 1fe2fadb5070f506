//! Finds date expressions in the tokens of a sentence.

use jiff::civil::Weekday;

use super::cue::{self, Cue, Part, Relation, Season, Unit};
use super::{Open, Written};
use crate::source::Draft;
use crate::text::calendar;
use crate::text::{Case, Lex, Span, Token, TokenKind};

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
    let parser = Parser { draft, end: range.end as usize, start: range.start as usize };
    let mut out = Vec::new();
    let mut at = parser.start;
    while at < parser.end {
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
        token.is_word().then(|| cue::of(self.draft.lower(token)))?
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
        if token.kind == TokenKind::Quote || !token.is_word() {
            return None;
        }
        let word = self.draft.lower(token);
        if let Some(quarter) = self.short_quarter(at) {
            return Some(quarter);
        }
        match cue::of(word)? {
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
            Cue::FutureRef => {
                let plain = !matches!(self.lower(at + 1), "after" | "as" | "enough") && self.lower_before(at) != "as";
                plain.then_some((Expression::Reference("FUTURE_REF"), at + 1))
            }
            Cue::Half => self.half_a(at),
            Cue::Part(_) | Cue::Ago => None,
        }
    }

    /// Now and currently; “now that” and “by now” are something else.
    fn present(&self, at: usize) -> Found {
        let plain =
            self.lower(at + 1) != "that" && !matches!(self.lower_before(at), "for" | "right" | "until" | "from");
        plain.then_some((Expression::Reference("PRESENT_REF"), at + 1))
    }

    /// The part of the day at `at`, and the token after it.
    fn part(&self, at: usize) -> (Option<Part>, usize) {
        match self.cue(at) {
            Some(Cue::Part(part)) => (Some(part), at + 1),
            Some(Cue::Within) => match self.cue(at + 1) {
                Some(Cue::Part(part)) => (Some(part), at + 2),
                _ => (None, at),
            },
            _ => (None, at),
        }
    }

    /// A whole number of at most four digits, without separators.
    fn digits(&self, at: usize) -> Option<(u32, usize)> {
        let token = self.token(at).filter(|t| t.kind == TokenKind::Number)?;
        let word = self.draft.word(token);
        (word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit())).then(|| (word.parse().unwrap_or(0), word.len()))
    }

    /// A day of the month at `at`, its ending (st, nd, rd, th) with it: its number and the token after it.
    fn day(&self, at: usize) -> Option<(u32, usize)> {
        let (number, width) = self.digits(at)?;
        if width > 2 || number == 0 {
            return None;
        }
        let suffix = self.token(at + 1).filter(|t| t.is_word() && self.draft.tokens[at].touches(t));
        match suffix.map(|t| self.draft.lower(t)) {
            None => {
                // 12.5 and 14:05 and 3% are no days; nor is 3m.
                let next = self.token(at + 1);
                let glued =
                    next.is_some_and(|n| self.draft.tokens[at].touches(n) && matches!(self.draft.word(n), ":" | "%"));
                (!glued).then_some((number, at + 1))
            }
            Some("st" | "nd" | "rd" | "th") => Some((number, at + 2)),
            Some(_) => None,
        }
    }

    /// A year of four digits at `at`, on its own terms: what stands before has been read as a date.
    fn year(&self, at: usize) -> Option<i16> {
        let (number, width) = self.digits(at)?;
        let next = self.token(at + 1).filter(|t| self.draft.tokens[at].touches(t));
        let clock =
            self.token(at + 2).is_some_and(|t| t.kind == TokenKind::Number && next.is_some_and(|n| n.touches(t)));
        let glued =
            next.is_some_and(|t| t.is_word() || self.draft.word(t) == "%" || (self.draft.word(t) == ":" && clock));
        (width == 4 && (1000..2200).contains(&number) && !glued).then_some(number as i16)
    }

    /// A year after a date, with or without a comma: its value and the token after it.
    fn trailing_year(&self, at: usize) -> Option<(i16, usize)> {
        let comma = usize::from(self.lower(at) == ",");
        let of = usize::from(comma == 0 && self.lower(at) == "of");
        let year = self.year(at + comma + of)?;
        // “On December 6, 2000 people”: a count follows, unless the year is set off by a comma of its own.
        let next = at + comma + of + 1;
        let counts = self.token(next).is_some_and(|t| {
            t.is_word()
                && t.case == Case::Lower
                && year % 100 == 0
                && !t.lex.is(Lex::FUNCTION)
                && self.draft.lower(t).ends_with(['s', 'e'])
        });
        (!counts).then_some((year, next))
    }

    /// A date that starts with a month: Dec. 6, 2025; December 2025; December.
    fn month(&self, at: usize, month: i8, weekday: Option<Weekday>, relation: Option<Relation>) -> Found {
        let token = self.token(at)?;
        if !token.is_capital() {
            return None;
        }
        let mut written = Written { weekday, month: Some(month), ..Written::default() };
        let mut next = at + 1;
        let mut day_to = None;
        if let Some((day, after)) = self.day(next).filter(|(day, after)| !self.is_count(at, month, *day, *after)) {
            written.day = Some(day);
            next = after;
            if matches!(self.lower(next), "-" | "–" | "to" | "and" | "through")
                && let Some((to, after)) = self.day(next + 1)
                && to > day
                && to <= 31
                && self.year(next + 1).is_none()
            {
                day_to = Some(to);
                next = after;
            }
            if let Some((year, after)) = self.trailing_year(next) {
                written.year = Some(year);
                next = after;
            }
        } else if let Some((year, after)) = self.trailing_year(next).filter(|_| self.lower(next) != ",") {
            written.year = Some(year);
            next = after;
        } else if let Some(year) = self.year_in_words(next) {
            written.year = Some(year.0);
            next = year.1;
        } else if !self.is_month_alone(at, relation.is_some()) {
            return None;
        }
        // “Friday Oct. 13” and “Oct. 13 (Friday)” alike; a part of the day may follow.
        let (part, next) = if written.day.is_some() { self.part(next) } else { (None, next) };
        Some((Expression::Calendar { written, day_to, relation, part }, next))
    }

    /// Whether a number after a month counts what follows: “in June 31 people left”. It is asked only of days that the month does not have.
    fn is_count(&self, at: usize, month: i8, day: u32, after: usize) -> bool {
        if day <= calendar::longest_month(month) as u32 || self.trailing_year(after).is_some() {
            return false;
        }
        let counts = self.token(after).is_some_and(|t| {
            let word = self.draft.lower(t);
            t.is_word()
                && t.case == Case::Lower
                && !t.lex.is(Lex::FUNCTION)
                && (matches!(word, "people" | "men" | "women" | "children" | "percent" | "per" | "million" | "billion")
                    || word.ends_with('s'))
        });
        let dated =
            matches!(self.lower_before(at), "on" | "until" | "till" | "from" | "(" | "," | "effective" | "dated")
                || self.before(at).is_some_and(|b| b.lex.is(Lex::WEEKDAY));
        let led = matches!(self.lower_before(at), "in" | "since" | "during" | "by" | "of" | "last" | "until");
        !dated && (counts || led)
    }

    /// Whether a month's name with no number beside it is the month: several are names and words too.
    fn is_month_alone(&self, at: usize, related: bool) -> bool {
        let word = self.lower(at);
        if word.trim_end_matches('.').len() <= 3 && word != "may" {
            // A short form alone is no date, apart from “in Dec.”.
            return matches!(self.lower_before(at), "in" | "since" | "last" | "early" | "late");
        }
        if related {
            return true;
        }
        let led = matches!(
            self.lower_before(at),
            "in" | "of"
                | "since"
                | "by"
                | "until"
                | "till"
                | "from"
                | "last"
                | "next"
                | "this"
                | "early"
                | "late"
                | "mid"
                | "through"
                | "during"
                | "before"
                | "after"
                | "between"
                | "past"
                | "every"
                | "-"
                | "/"
                | "for"
                | "end"
                | "around"
                | "and"
                | "to"
        );
        let ambiguous = matches!(word, "may" | "march" | "april" | "june" | "august" | "july");
        let name_follows = self.token(at + 1).is_some_and(|t| t.is_word() && t.is_capital());
        let name_before = self.before(at).is_some_and(|t| t.is_word() && t.is_capital() && t.case != Case::Upper);
        if !ambiguous {
            return !name_before;
        }
        let joins = matches!(self.lower_before(at), "and" | "to" | "for");
        led && !(name_follows && joins) && !name_before && !(joins && word == "may")
    }

    /// nineteen ninety-six.
    fn year_in_words(&self, at: usize) -> Option<(i16, usize)> {
        let Some(Cue::Cardinal(century @ (18 | 19 | 20))) = self.cue(at) else { return None };
        let Some(Cue::Cardinal(tens @ 10..=90)) = self.cue(at + 1) else { return None };
        let mut year = century * 100 + tens;
        let mut next = at + 2;
        let units = self.past_hyphen(next);
        if tens >= 20
            && let Some(Cue::Cardinal(unit @ 1..=9)) = self.cue(units)
            && !matches!(self.lower(units), "a" | "an")
        {
            year += unit;
            next = units + 1;
        }
        Some((year as i16, next))
    }

    fn weekday(&self, at: usize, day: Weekday, relation: Option<Relation>) -> Found {
        let word = self.lower(at);
        if !self.is_capital(at) && word.len() < 6 {
            return None;
        }
        let short = word.trim_end_matches('.').len() < 6;
        let mut next = at + 1;
        if matches!(self.lower(next), "," | "(" | "the") {
            next += 1;
        }
        if let Some(Cue::Month(month)) = self.cue(next)
            && let Some((Expression::Calendar { written, day_to, part, .. }, after)) =
                self.month(next, month, Some(day), None)
            && written.day.is_some()
        {
            return Some((Expression::Calendar { written, day_to, relation: None, part }, after));
        }
        if let Some((Expression::Calendar { mut written, day_to, part, .. }, after)) = self.day_first(next) {
            written.weekday = Some(day);
            return Some((Expression::Calendar { written, day_to, relation: None, part }, after));
        }
        if short {
            return None;
        }
        // “The Friday Agreement”, “Black Friday Sales”: a name has the day inside it. “Manchester City Saturday” has not.
        let name_follows = self.token(at + 1).is_some_and(|t| {
            t.is_word()
                && t.is_capital()
                && !t.lex.is(Lex::WEEKDAY | Lex::MONTH)
                && self.draft.tokens[at].block == t.block
        });
        let in_headline = self.draft.blocks[self.draft.tokens[at].block as usize].kind.is_display();
        let article_before = matches!(self.lower_before(at), "the" | "a")
            || self.before(at).is_some_and(|b| {
                self.draft.word(b) == "Good" || self.draft.word(b) == "Black" || self.draft.word(b) == "Easter"
            });
        if name_follows && article_before && !in_headline {
            return None;
        }
        let (part, next) = self.part(at + 1);
        Some((Expression::Weekday { day, relation, part }, next))
    }

    /// A date that starts with a day: 6 December 2025, the 6th of December, 6–8 December.
    fn day_first(&self, at: usize) -> Found {
        let (day, mut next) = self.day(at)?;
        let mut day_to = None;
        if matches!(self.lower(next), "-" | "–" | "to" | "and")
            && let Some((to, after)) = self.day(next + 1)
            && to > day
            && matches!(self.cue(after), Some(Cue::Month(_)))
        {
            day_to = Some(to);
            next = after;
        }
        if self.lower(next) == "of" || self.joined(next) {
            next += 1;
        }
        let Some(Cue::Month(month)) = self.cue(next) else { return None };
        let token = self.token(next)?;
        if !token.is_capital() {
            return None;
        }
        // “4 May voters”: May and March need to stand as months after a day, which they do; a name after them says otherwise
        // only where no year follows and a count stood before.
        next += 1;
        let mut written = Written { day: Some(day), month: Some(month), ..Written::default() };
        let joined = usize::from(self.joined(next));
        if let Some((year, after)) = self.trailing_year(next + joined) {
            written.year = Some(year);
            next = after;
        } else if written.day > Some(31) && self.is_capital(next) {
            return None;
        }
        let (part, next) = self.part(next);
        Some((Expression::Calendar { written, day_to, relation: None, part }, next))
    }

    /// What starts with digits.
    fn number(&self, at: usize) -> Found {
        self.numeric(at)
            .or_else(|| self.clock(at))
            .or_else(|| self.day_first(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.lone_year(at))
            .or_else(|| self.ordinal_in_digits(at))
            .or_else(|| {
                let word = self.draft.word(self.token(at)?);
                let count = self.digits(at).map(|(n, _)| n).or_else(|| word.replace(',', "").parse().ok())?;
                self.counted(at + 1, Some(count))
            })
    }

    /// 06.12.2025 is one number token; 6/12/2025 and 2025-12-06 are five.
    fn numeric(&self, at: usize) -> Found {
        let token = self.token(at)?;
        let word = self.draft.word(token);
        if word.matches('.').count() == 2 {
            let mut parts = word.split('.');
            let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
            return self.three(a, b, c, '.').map(|written| (Expression::Numeric { written }, at + 1));
        }
        let mark = self.lower(at + 1);
        if !matches!(mark, "/" | "-") || mark != self.lower(at + 3) {
            return None;
        }
        let parts: Vec<&Token> = (at..at + 5).filter_map(|i| self.token(i)).collect();
        if parts.len() < 5 || !parts.windows(2).all(|p| p[0].touches(p[1])) {
            return None;
        }
        let [a, b, c] = [0, 2, 4].map(|i| self.draft.word(parts[i]));
        let mark = mark.chars().next()?;
        self.three(a, b, c, mark).map(|written| (Expression::Numeric { written }, at + 5))
    }

    fn three(&self, a: &str, b: &str, c: &str, mark: char) -> Option<Written> {
        let number =
            |s: &str| (s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse::<u32>().ok()).flatten();
        let (x, y, z) = (number(a)?, number(b)?, number(c)?);
        let short = |s: &str| (1..=2).contains(&s.len());
        if a.len() == 4 && short(b) && short(c) && mark != '/' {
            return ((1000..2200).contains(&x) && (1..=12).contains(&y)).then(|| Written {
                year: Some(x as i16),
                month: Some(y as i8),
                day: Some(z),
                ..Written::default()
            });
        }
        if !(short(a) && short(b) && c.len() == 4 && (1900..2200).contains(&z)) || x == 0 || y == 0 || x > 31 || y > 31
        {
            return None;
        }
        let year = Some(z as i16);
        Some(match (x, y) {
            (13.., 1..=12) => Written { year, month: Some(y as i8), day: Some(x), ..Written::default() },
            (1..=12, 13..) => Written { year, month: Some(x as i8), day: Some(y), ..Written::default() },
            (d, m) if d == m => Written { year, month: Some(m as i8), day: Some(d), ..Written::default() },
            (1..=12, 1..=12) => Written { year, either: Some((x, y)), ..Written::default() },
            _ => return None,
        })
    }

    /// 8:20 a.m., 8 p.m., 14:05, 10am, 1200 GMT.
    fn clock(&self, at: usize) -> Found {
        let token = self.token(at)?;
        // The seconds of 5:36:50.
        if self.lower_before(at) == ":" && self.before(at).is_some_and(|b| b.touches(token)) {
            return None;
        }
        let word = self.draft.word(token);
        let (mut hour, mut minute);
        let mut next = at + 1;
        let mut exact = false;
        if let Some((h, m)) = word.split_once('.').filter(|(h, m)| h.len() <= 2 && m.len() == 2) {
            (hour, minute) = (h.parse().ok()?, m.parse().ok()?);
        } else if let Some((h, width)) = self.digits(at) {
            minute = 0;
            if width == 4 {
                (hour, minute) = (h / 100, h % 100);
                exact = matches!(self.lower(next), "gmt" | "utc" | "bst" | "est" | "edt" | "cet" | "hours");
                if !exact {
                    return None;
                }
                next += 1;
            } else if width <= 2 {
                hour = h;
                if self.lower(next) == ":"
                    && let Some((m, 2)) = self.digits(next + 1)
                    && token.touches(&self.draft.tokens[next])
                {
                    minute = m;
                    next += 2;
                    exact = true;
                    // A score or a ratio, or seconds: 2:30:15.
                    if self.lower(next) == ":" {
                        return None;
                    }
                }
            } else {
                return None;
            }
        } else {
            return None;
        }
        match self.lower(next) {
            "a.m." | "am" | "a.m" => {
                hour %= 12;
                next += 1;
            }
            "p.m." | "pm" | "p.m" => {
                hour = hour % 12 + 12;
                next += 1;
            }
            "o’clock" | "o'clock" => next += 1,
            _ if exact => {}
            _ => return None,
        }
        (hour <= 24 && minute < 60).then_some((Expression::Time { hour: hour % 24, minute }, next))
    }

    /// 1990s, the ’90s.
    fn decade(&self, at: usize) -> Found {
        let (number, width) = self.digits(at)?;
        let after = self.token(at + 1).filter(|t| self.draft.tokens[at].touches(t))?;
        let plural = match self.draft.lower(after) {
            "s" => true,
            "’s" | "'s" => after.kind == TokenKind::Clitic && width == 4,
            _ => false,
        };
        if !plural || number % 10 != 0 {
            return None;
        }
        match width {
            4 if (1500..2100).contains(&number) => Some((Expression::Decade(number as i16), at + 2)),
            2 if self.before(at).is_some_and(|q| q.kind == TokenKind::Quote && q.touches(&self.draft.tokens[at])) => {
                Some((Expression::Decade(1900 + number as i16), at + 2))
            }
            _ => None,
        }
    }

    /// A year that stands alone: in 2014, the 2012 Games, (2014). Numbers that count something are none.
    fn lone_year(&self, at: usize) -> Found {
        let year = self.year(at)?;
        let token = &self.draft.tokens[at];
        let before = self.before(at);
        let money = before.is_some_and(|b| {
            b.touches(token)
                && !matches!(self.draft.word(b), "(" | "[" | "-" | "–" | "/" | "“" | "\"" | "‘" | "'" | "’" | "—")
        });
        if money || self.lower_before(at) == "no." {
            return None;
        }
        // 2016–17, 2016/17: a season; 2013–2015: two years, each its own.
        if matches!(self.lower(at + 1), "-" | "–" | "/")
            && self.token(at + 1).is_some_and(|t| token.touches(t))
            && let Some((short, 2)) = self.digits(at + 2)
            && short == ((year + 1) % 100) as u32
        {
            return Some((Expression::Years(year, year + 1), at + 3));
        }
        let led = matches!(
            self.lower_before(at),
            "in" | "since"
                | "by"
                | "until"
                | "till"
                | "from"
                | "during"
                | "before"
                | "after"
                | "of"
                | "early"
                | "late"
                | "mid"
                | "through"
                | "between"
                | "circa"
                | "year"
                | "fiscal"
                | "spring"
                | "summer"
                | "autumn"
                | "fall"
                | "winter"
                | "to"
                | "and"
                | "for"
                | "election"
        );
        let (next_is_noun, next_is_plural) = match self.token(at + 1) {
            Some(t) if t.is_word() && t.case == Case::Lower && !t.lex.is(Lex::FUNCTION) => {
                let word = self.draft.lower(t);
                (
                    true,
                    (word.ends_with('s') && !word.ends_with("ss"))
                        || matches!(
                            word,
                            "people"
                                | "men"
                                | "women"
                                | "children"
                                | "percent"
                                | "per"
                                | "million"
                                | "billion"
                                | "square"
                                | "feet"
                        ),
                )
            }
            _ => (false, false),
        };
        let likely = (1900..=2050).contains(&year);
        let accepted = if matches!(self.lower_before(at), "in" | "since" | "during" | "until" | "till" | "circa") {
            !(next_is_plural && year % 100 == 0)
        } else if led {
            likely && !next_is_plural
        } else {
            likely && !(next_is_plural && year % 10 == 0) && !(next_is_noun && year % 100 == 0)
        };
        // The 1988 third quarter.
        if likely
            && let Some(Cue::Ordinal(number @ 1..=4)) = self.cue(at + 1)
            && let Some((Expression::Quarter { number, relation, .. }, next)) = self.ordinal(at + 1, number, at + 2)
        {
            return Some((Expression::Quarter { number, year: Some(year), relation }, next));
        }
        accepted.then_some((Expression::Year(year), at + 1))
    }

    /// 20th century, 3rd quarter.
    fn ordinal_in_digits(&self, at: usize) -> Found {
        let (number, width) = self.digits(at)?;
        let suffix = self.token(at + 1).filter(|t| self.draft.tokens[at].touches(t))?;
        (width <= 2 && matches!(self.draft.lower(suffix), "st" | "nd" | "rd" | "th"))
            .then(|| self.ordinal(at, number, at + 2))?
    }

    /// What starts with an ordinal: third quarter, first half of 2024, 20th century. `next` is the token after it.
    fn ordinal(&self, at: usize, number: u32, next: usize) -> Found {
        let next = self.past_hyphen(next);
        match self.cue(next)? {
            Cue::Unit(Unit::Quarter, false) if (1..=4).contains(&number) => {
                let (year, relation, after) = self.year_after(next + 1);
                let year = year.or_else(|| self.year_before(at));
                Some((Expression::Quarter { number: number as i8, year, relation }, after))
            }
            Cue::Half if number <= 2 => {
                let (year, _, after) = self.year_after(next + 1);
                // A half with no year is as often a half of a match.
                year.map(|_| (Expression::Half { number: number as i8, year }, after))
            }
            Cue::Unit(Unit::Century, _) if (10..=21).contains(&number) => {
                Some((Expression::Century((number as i16 - 1) * 100), next + 1))
            }
            Cue::Cardinal(count) => {
                // The first nine months.
                let Some(Cue::Unit(unit, true)) = self.cue(next + 1) else { return None };
                Some((Expression::Span { count: Some(count), unit }, next + 2))
            }
            _ => None,
        }
    }

    /// “of 2024”, “of last year”, “2024” after a quarter or a half.
    fn year_after(&self, at: usize) -> (Option<i16>, Option<Relation>, usize) {
        let of = usize::from(matches!(self.lower(at), "of" | "in"));
        if let Some(year) = self.year(at + of) {
            return (Some(year), None, at + of + 1);
        }
        if of == 1
            && let Some(Cue::Relation(relation)) = self.cue(at + 1)
            && matches!(self.cue(at + 2), Some(Cue::Unit(Unit::Year, false)))
        {
            return (None, Some(relation), at + 3);
        }
        (None, None, at)
    }

    fn year_before(&self, at: usize) -> Option<i16> {
        (at > self.start).then(|| self.year(at - 1)).flatten()
    }

    /// Q3, Q3 2025.
    fn short_quarter(&self, at: usize) -> Found {
        let number = match self.lower(at) {
            "q1" => 1,
            "q2" => 2,
            "q3" => 3,
            "q4" => 4,
            _ => return None,
        };
        let (year, relation, next) = self.year_after(at + 1);
        Some((Expression::Quarter { number, year, relation }, next))
    }

    /// this, last, next, previous, current and what they name.
    fn relation(&self, at: usize, relation: Relation) -> Found {
        let mut next = at + 1;
        if self.cue(next) == Some(Cue::Past) && relation == Relation::This {
            return self.named(next + 1, Relation::Last);
        }
        if matches!(self.cue(next), Some(Cue::Coming)) {
            return self.named(next + 1, Relation::Next);
        }
        // This early morning; last few years.
        if self.cue(next) == Some(Cue::Within) {
            next += 1;
        }
        if self.lower(at) == "current" && !matches!(self.cue(next), Some(Cue::Unit(..))) {
            let adjective = self.token(at).is_some_and(|t| t.case == Case::Lower);
            return adjective.then_some((Expression::Reference("PRESENT_REF"), at + 1));
        }
        self.named(next, relation).or_else(|| self.touching(at))
    }

    /// The unit, day, month, season or part of a day at `at`, which `relation` picks out.
    fn named(&self, at: usize, relation: Relation) -> Found {
        match self.cue(at)? {
            Cue::Unit(Unit::Year, false) if self.token(at + 1).is_some_and(|t| t.kind == TokenKind::Clitic) => {
                // Next year’s first quarter.
                if let Some(Cue::Ordinal(number @ 1..=4)) = self.cue(at + 2)
                    && let Some((Expression::Quarter { .. }, after)) = self.ordinal(at + 2, number, at + 3)
                {
                    return Some((
                        Expression::Quarter { number: number as i8, year: None, relation: Some(relation) },
                        after,
                    ));
                }
                Some((Expression::Unit { unit: Unit::Year, relation }, at + 1))
            }
            // The last quarter of 2024.
            Cue::Unit(Unit::Quarter, false) if relation == Relation::Last && self.year_after(at + 1).0.is_some() => {
                let (year, _, next) = self.year_after(at + 1);
                Some((Expression::Quarter { number: 4, year, relation: None }, next))
            }
            Cue::Unit(unit, false) if unit >= Unit::Week => Some((Expression::Unit { unit, relation }, at + 1)),
            Cue::Weekend => Some((Expression::Weekend(Some(relation)), at + 1)),
            Cue::Weekday(day) => self.weekday(at, day, Some(relation)),
            Cue::Month(month) => self.month(at, month, None, Some(relation)),
            Cue::Season(season) => self.season(at, season, Some(relation)),
            Cue::Part(part) => match relation {
                Relation::This => Some((Expression::DayOffset { days: 0, part: Some(part) }, at + 1)),
                Relation::Last if part == Part::Night || part == Part::Evening => {
                    Some((Expression::DayOffset { days: -1, part: Some(part) }, at + 1))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The past three months, the last few years, the coming weeks, recent months: a span that touches now.
    fn touching(&self, at: usize) -> Found {
        let recent = self.cue(at) == Some(Cue::Recent);
        let mut next = at + 1;
        let count = match self.cue(next) {
            Some(Cue::Cardinal(n)) if !matches!(self.lower(next), "a" | "an") => {
                next += 1;
                Some(n)
            }
            Some(Cue::Several) => {
                next += 1;
                None
            }
            Some(Cue::Couple) => {
                next += 1 + usize::from(self.lower(next + 1) == "of");
                Some(2)
            }
            _ => match self.digits(next) {
                Some((n, _)) => {
                    next += 1;
                    Some(n)
                }
                None => {
                    // The past year, recent years, the coming weeks.
                    return match self.cue(next) {
                        Some(Cue::Unit(unit, true)) if unit >= Unit::Day => {
                            Some((Expression::Span { count: None, unit }, next + 1))
                        }
                        Some(Cue::Unit(unit, false)) if !recent && unit >= Unit::Day => {
                            Some((Expression::Span { count: Some(1), unit }, next + 1))
                        }
                        _ if recent => Some((Expression::Reference("PAST_REF"), at + 1)),
                        _ => None,
                    };
                }
            },
        };
        let Some(Cue::Unit(unit, _)) = self.cue(next) else { return None };
        // Last three-day weekend is something else; so is “last two games”.
        Some((Expression::Span { count, unit }, next + 1))
    }

    /// early March, late last year, mid-2014, the early 1990s.
    fn within(&self, at: usize) -> Found {
        let next = self.past_hyphen(at + 1);
        match self.cue(next) {
            Some(Cue::Month(month)) => self.month(next, month, None, None),
            Some(Cue::Relation(relation)) => self.named(next + 1, relation),
            Some(Cue::Weekday(day)) => self.weekday(next, day, None),
            Some(Cue::Season(season)) => self.season(next, season, None),
            Some(Cue::DayOffset(_)) => self.expression(next),
            None if self.token(next).is_some_and(|t| t.kind == TokenKind::Number) => self.decade(next).or_else(|| {
                let year = self.year(next)?;
                Some((Expression::Year(year), next + 1))
            }),
            _ => None,
        }
    }

    /// earlier this week, later yesterday.
    fn earlier(&self, at: usize) -> Found {
        match self.cue(at + 1)? {
            Cue::Relation(relation) => self.named(at + 2, relation),
            Cue::DayOffset(_) | Cue::Tonight => self.expression(at + 1),
            Cue::Weekday(day) => self.weekday(at + 1, day, None),
            _ => None,
        }
    }

    /// What starts with a number in words.
    fn cardinal(&self, at: usize, number: u32) -> Found {
        if let Some((year, next)) = self.year_in_words(at) {
            return Some((Expression::Year(year), next));
        }
        let word = self.lower(at);
        let mut next = at + 1;
        let mut count = number;
        if matches!(word, "a" | "an") {
            match self.cue(next) {
                Some(Cue::Couple) => {
                    let after = next + 1 + usize::from(self.lower(next + 1) == "of");
                    return self.counted(after, Some(2)).or_else(|| self.counted(after, None));
                }
                Some(Cue::Several) => return self.counted(next + 1, None),
                Some(Cue::Unit(unit, false)) => return self.single(next, unit),
                Some(Cue::Fortnight) => return self.tail(next + 1, Some(2), Unit::Week),
                _ => {}
            }
            return None;
        }
        if count >= 20 {
            let units = self.past_hyphen(next);
            if let Some(Cue::Cardinal(unit @ 1..=9)) = self.cue(units)
                && !matches!(self.lower(units), "a" | "an")
            {
                count += unit;
                next = units + 1;
            }
        }
        if count == 1 && matches!(self.cue(next), Some(Cue::Unit(Unit::Day, false))) && !self.is_counted_day(next) {
            return None;
        }
        self.counted(next, Some(count))
    }

    /// Whether “one day” is a length here and not some day.
    fn is_counted_day(&self, at: usize) -> bool {
        matches!(self.lower(at + 1), "ago" | "earlier" | "later" | "after" | "before")
            || matches!(self.lower_before(at - 1), "in" | "for" | "just" | "only" | "than" | "least" | "within")
    }

    /// A year, a week with an article: with ago and the like, or after a word that wants a length.
    fn single(&self, at: usize, unit: Unit) -> Found {
        if let Some(found) = self.ago(at + 1, Some(1), unit) {
            return Some(found);
        }
        let article = at - 1;
        let length = matches!(
            self.lower_before(article),
            "for"
                | "in"
                | "within"
                | "than"
                | "least"
                | "about"
                | "nearly"
                | "almost"
                | "after"
                | "over"
                | "under"
                | "half"
                | "of"
                | "up"
        );
        // “A day” after a price or a count says how often.
        (length && unit >= Unit::Day && unit != Unit::Quarter)
            .then_some((Expression::Span { count: Some(1), unit }, at + 1))
    }

    /// A unit at `at` after a count: a span, or with what follows some time ago.
    fn counted(&self, at: usize, count: Option<u32>) -> Found {
        let hyphen = self.joined(at);
        let unit_at = self.past_hyphen(at);
        let (unit, plural) = match self.cue(unit_at)? {
            Cue::Unit(unit, plural) => (unit, plural),
            Cue::Ordinal(2) if hyphen => (Unit::Second, false),
            Cue::Fortnight => (Unit::Week, true),
            _ => return None,
        };
        if !hyphen && !plural && count.is_some_and(|n| n != 1) && unit == Unit::Quarter {
            return None;
        }
        self.tail(unit_at + 1, count, unit)
    }

    fn tail(&self, at: usize, count: Option<u32>, unit: Unit) -> Found {
        // An age is a figure: 12-year-old, 12 years old, aged 12 years.
        let old = self.past_hyphen(at);
        if matches!(self.lower(old), "old" | "olds") {
            return None;
        }
        if let Some(found) = self.ago(at, count, unit) {
            return Some(found);
        }
        // 200 days 5 hours; 2 years 295 days: the first says enough.
        Some((Expression::Span { count, unit }, at))
    }

    /// ago, earlier, later, from now after a count and its unit.
    fn ago(&self, at: usize, count: Option<u32>, unit: Unit) -> Found {
        match self.lower(at) {
            "ago" => Some((Expression::Ago { count, unit, ahead: false, from_before: false }, at + 1)),
            "earlier" => Some((Expression::Ago { count, unit, ahead: false, from_before: true }, at + 1)),
            "from" if self.lower(at + 1) == "now" => {
                Some((Expression::Ago { count, unit, ahead: true, from_before: false }, at + 2))
            }
            _ => None,
        }
    }

    /// several years, a few weeks, many months.
    fn several(&self, at: usize) -> Found {
        let next = at + 1 + usize::from(self.cue(at) == Some(Cue::Couple) && self.lower(at + 1) == "of");
        let count = (self.cue(at) == Some(Cue::Couple)).then_some(2);
        let hyphen = self.past_hyphen(next);
        let Some(Cue::Unit(unit, plural)) = self.cue(hyphen) else { return None };
        (plural || hyphen > next).then(|| self.tail(hyphen + 1, count, unit))?
    }

    /// A bare unit: “for years”, “months ago”, “year-end”, “year-ago”, “the year”.
    fn unit(&self, at: usize, unit: Unit, plural: bool) -> Found {
        if plural {
            if self.lower(at + 1) == "ago" {
                return Some((Expression::Ago { count: None, unit, ahead: false, from_before: false }, at + 2));
            }
            let length = matches!(self.lower_before(at), "for" | "in" | "within" | "of" | "after" | "over");
            let ahead = matches!(self.lower(at + 1), "ahead");
            return ((length && unit >= Unit::Day && matches!(self.lower_before(at), "for" | "in")) || ahead)
                .then_some((Expression::Span { count: None, unit }, at + 1));
        }
        if unit == Unit::Year {
            let hyphen = self.past_hyphen(at + 1);
            match self.lower(hyphen) {
                "end" if hyphen > at + 1 => {
                    return Some((Expression::Unit { unit: Unit::Year, relation: Relation::This }, hyphen + 1));
                }
                "ago" | "earlier" if hyphen > at + 1 => {
                    let ago = Expression::Ago { count: Some(1), unit, ahead: false, from_before: true };
                    // The year-ago quarter.
                    let after = hyphen + 1;
                    let quarter =
                        matches!(self.cue(after), Some(Cue::Unit(Unit::Quarter | Unit::Month | Unit::Week, false)));
                    return Some((ago, after + usize::from(quarter)));
                }
                _ => {}
            }
            if self.token(at + 1).is_some_and(|t| t.kind == TokenKind::Clitic) && self.lower(at + 2) == "end" {
                return Some((Expression::Unit { unit: Unit::Year, relation: Relation::This }, at + 3));
            }
        }
        None
    }

    fn season(&self, at: usize, season: Season, relation: Option<Relation>) -> Found {
        let year = self.trailing_year(at + 1).filter(|_| self.lower(at + 1) != ",");
        if let Some((year, next)) = year {
            return Some((Expression::Season { season, year: Some(year), relation }, next));
        }
        relation.map(|_| (Expression::Season { season, year: None, relation }, at + 1))
    }

    /// every Monday, each year, every two weeks.
    fn every(&self, at: usize) -> Found {
        let (unit, next, count) = match self.cue(at + 1)? {
            Cue::Cardinal(count) => match self.cue(at + 2)? {
                Cue::Unit(unit, true) => (unit, at + 3, count),
                _ => return None,
            },
            Cue::Unit(unit, false) if unit >= Unit::Day => (unit, at + 2, 1),
            Cue::Part(_) => (Unit::Day, at + 2, 1),
            Cue::Weekday(day) => return Some((Expression::Set { count: 1, unit: None, day: Some(day) }, at + 2)),
            _ => return None,
        };
        Some((Expression::Set { count, unit: Some(unit), day: None }, next))
    }

    /// half a year, half an hour.
    fn half_a(&self, at: usize) -> Found {
        if !matches!(self.lower(at + 1), "a" | "an") {
            return None;
        }
        match self.cue(at + 2)? {
            Cue::Unit(Unit::Year, false) => Some((Expression::Span { count: Some(6), unit: Unit::Month }, at + 3)),
            Cue::Unit(Unit::Hour, false) => Some((Expression::Span { count: Some(30), unit: Unit::Minute }, at + 3)),
            Cue::Unit(Unit::Century, false) => Some((Expression::Span { count: Some(50), unit: Unit::Year }, at + 3)),
            Cue::Unit(Unit::Decade, false) => Some((Expression::Span { count: Some(5), unit: Unit::Year }, at + 3)),
            _ => None,
        }
    }
}
