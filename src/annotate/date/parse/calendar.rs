//! Days, months and weekdays.

use jiff::civil::Weekday;

use super::super::Written;
use super::super::cue::{Cue, Relation};
use super::{Expression, Found, Parser};
use crate::text::calendar;
use crate::text::{Case, Lex, TokenKind};

impl Parser<'_> {
    /// A day of the month at `at`, its ending (st, nd, rd, th) with it: its number and the token after it.
    pub(super) fn day(&self, at: usize) -> Option<(u32, usize)> {
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
    pub(super) fn year(&self, at: usize) -> Option<i16> {
        let (number, width) = self.digits(at)?;
        let next = self.token(at + 1).filter(|t| self.draft.tokens[at].touches(t));
        let clock =
            self.token(at + 2).is_some_and(|t| t.kind == TokenKind::Number && next.is_some_and(|n| n.touches(t)));
        let glued =
            next.is_some_and(|t| t.is_word() || self.draft.word(t) == "%" || (self.draft.word(t) == ":" && clock));
        (width == 4 && (1000..2200).contains(&number) && !glued).then_some(number as i16)
    }

    /// A year after a date, with or without a comma: its value and the token after it.
    pub(super) fn trailing_year(&self, at: usize) -> Option<(i16, usize)> {
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
    pub(super) fn month(&self, at: usize, month: i8, weekday: Option<Weekday>, relation: Option<Relation>) -> Found {
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
    pub(super) fn is_count(&self, at: usize, month: i8, day: u32, after: usize) -> bool {
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
    pub(super) fn is_month_alone(&self, at: usize, related: bool) -> bool {
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
        let two_names = joins && (name_follows || word == "may");
        led && !name_before && !two_names
    }

    /// nineteen ninety-six.
    pub(super) fn year_in_words(&self, at: usize) -> Option<(i16, usize)> {
        let Some(Cue::Cardinal(century @ 18..=20)) = self.cue(at) else { return None };
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

    pub(super) fn weekday(&self, at: usize, day: Weekday, relation: Option<Relation>) -> Found {
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
    pub(super) fn day_first(&self, at: usize) -> Found {
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
}
