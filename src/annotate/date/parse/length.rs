//! Spans of time and what comes back: three years, every Monday.

use super::super::cue::{Cue, Relation, Unit};
use super::{Expression, Found, Parser};
use crate::text::TokenKind;

impl Parser<'_> {
    /// What starts with a number in words.
    pub(super) fn cardinal(&self, at: usize, number: u32) -> Found {
        if number >= 18
            && let Some((year, next)) = self.year_in_words(at)
        {
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
    pub(super) fn is_counted_day(&self, at: usize) -> bool {
        matches!(self.lower(at + 1), "ago" | "earlier" | "later" | "after" | "before")
            || matches!(self.lower_before(at - 1), "in" | "for" | "just" | "only" | "than" | "least" | "within")
    }

    /// A year, a week with an article: with ago and the like, or after a word that wants a length.
    pub(super) fn single(&self, at: usize, unit: Unit) -> Found {
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
    pub(super) fn counted(&self, at: usize, count: Option<u32>) -> Found {
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

    pub(super) fn tail(&self, at: usize, count: Option<u32>, unit: Unit) -> Found {
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

    /// several years, a few weeks, many months.
    pub(super) fn several(&self, at: usize) -> Found {
        let next = at + 1 + usize::from(self.cue(at) == Some(Cue::Couple) && self.lower(at + 1) == "of");
        let count = (self.cue(at) == Some(Cue::Couple)).then_some(2);
        let hyphen = self.past_hyphen(next);
        let Some(Cue::Unit(unit, plural)) = self.cue(hyphen) else { return None };
        (plural || hyphen > next).then(|| self.tail(hyphen + 1, count, unit))?
    }

    /// A bare unit: “for years”, “months ago”, “year-end”, “year-ago”, “the year”.
    pub(super) fn unit(&self, at: usize, unit: Unit, plural: bool) -> Found {
        if plural {
            if self.lower(at + 1) == "ago" {
                return Some((Expression::Ago { count: None, unit, ahead: false, from_before: false }, at + 2));
            }
            let length = matches!(self.lower_before(at), "for" | "in" | "within" | "of" | "after" | "over");
            let ahead = matches!(self.lower(at + 1), "ahead");
            return ((length && unit >= Unit::Day && matches!(self.lower_before(at), "for" | "in")) || ahead)
                .then_some((Expression::Span { count: None, unit }, at + 1));
        }
        if let Some(found) = self.reported(at, unit) {
            return Some(found);
        }
        if unit == Unit::Year {
            let hyphen = self.past_hyphen(at + 1);
            match self.lower(hyphen) {
                "end" if hyphen > at + 1 => {
                    return Some((Expression::Unit { unit: Unit::Year, relation: Relation::This }, hyphen + 1));
                }
                "ago" | "earlier" if hyphen > at + 1 => {
                    let ago = Expression::Ago { count: Some(1), unit, ahead: false, from_before: true };
                    let after = hyphen + 1;
                    return Some(match self.cue(after) {
                        // The year-ago quarter: companies report on the one that ended, so five back from now.
                        Some(Cue::Unit(Unit::Quarter, false)) => {
                            let five = Expression::Ago {
                                count: Some(5),
                                unit: Unit::Quarter,
                                ahead: false,
                                from_before: false,
                            };
                            (five, after + 1)
                        }
                        Some(Cue::Unit(Unit::Month | Unit::Week, false)) => (ago, after + 1),
                        _ => (ago, after),
                    });
                }
                _ => {}
            }
            if self.token(at + 1).is_some_and(|t| t.kind == TokenKind::Clitic) && self.lower(at + 2) == "end" {
                return Some((Expression::Unit { unit: Unit::Year, relation: Relation::This }, at + 3));
            }
        }
        None
    }

    /// The stretch that a company reports on: the year ended March 31 is a length, the quarter ended Sept. 30 one of the calendar, the
    /// latest quarter the one before this.
    fn reported(&self, at: usize, unit: Unit) -> Found {
        let before = self.lower_before(at);
        if !matches!(before, "the" | "fiscal" | "full" | "financial" | "latest") {
            return None;
        }
        let ended = matches!(self.lower(at + 1), "ended" | "ending");
        match unit {
            Unit::Year if ended => Some((Expression::Span { count: Some(1), unit }, at + 1)),
            Unit::Quarter if ended => {
                let Some(Cue::Month(month)) = self.cue(at + 2) else { return None };
                let number = (month + 2) / 3;
                Some((Expression::Quarter { number, year: None, relation: None }, at + 1))
            }
            Unit::Quarter if before == "latest" => Some((Expression::Unit { unit, relation: Relation::Last }, at + 1)),
            _ => None,
        }
    }

    /// every Monday, each year, every two weeks.
    pub(super) fn every(&self, at: usize) -> Found {
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
    pub(super) fn half_a(&self, at: usize) -> Found {
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
