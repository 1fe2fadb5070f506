//! Dates from where the story stands: this, last and next, early and late, earlier and later, ago.

use super::super::cue::{Cue, Part, Relation, Unit};
use super::{Expression, Found, Parser};
use crate::text::{Case, Lex, TokenKind};

impl Parser<'_> {
    /// Now and currently; “now that” and “by now” are something else.
    pub(super) fn present(&self, at: usize) -> Found {
        let plain =
            self.lower(at + 1) != "that" && !matches!(self.lower_before(at), "for" | "right" | "until" | "from");
        plain.then_some((Expression::Reference("PRESENT_REF"), at + 1))
    }

    /// this, last, next, previous, current and what they name.
    pub(super) fn relation(&self, at: usize, relation: Relation) -> Found {
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
    pub(super) fn named(&self, at: usize, relation: Relation) -> Found {
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
    pub(super) fn touching(&self, at: usize) -> Found {
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
                        // Recent years have no length that anybody could give.
                        Some(Cue::Unit(unit, true)) if unit >= Unit::Day && recent => {
                            Some((Expression::Reference("PAST_REF"), next + 1))
                        }
                        Some(Cue::Unit(unit, true)) if unit >= Unit::Day && self.cue(at) == Some(Cue::Coming) => {
                            Some((Expression::Reference("FUTURE_REF"), next + 1))
                        }
                        Some(Cue::Unit(unit, true)) if unit >= Unit::Day => {
                            Some((Expression::Span { count: None, unit }, next + 1))
                        }
                        Some(Cue::Unit(unit, false)) if !recent && unit >= Unit::Day => {
                            Some((Expression::Span { count: Some(1), unit }, next + 1))
                        }
                        _ if recent || self.is_the_past(at) => Some((Expression::Reference("PAST_REF"), at + 1)),
                        _ => None,
                    };
                }
            },
        };
        let Some(Cue::Unit(unit, _)) = self.cue(next) else { return None };
        // Last three-day weekend is something else; so is “last two games”.
        Some((Expression::Span { count, unit }, next + 1))
    }

    /// “In the past” and nothing that it would qualify.
    fn is_the_past(&self, at: usize) -> bool {
        let led = self.lower(at) == "past" && self.lower_before(at) == "the" && at > self.start + 1;
        let in_the = led && self.lower_before(at - 1) == "in";
        let next = self.token(at + 1);
        in_the && next.is_none_or(|t| !t.is_word() || t.lex.is(Lex::FUNCTION))
    }

    /// early March, late last year, mid-2014, the early 1990s.
    pub(super) fn within(&self, at: usize) -> Found {
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
    pub(super) fn earlier(&self, at: usize) -> Found {
        match self.cue(at + 1)? {
            Cue::Relation(relation) => self.named(at + 2, relation),
            Cue::DayOffset(_) | Cue::Tonight => self.expression(at + 1),
            Cue::Weekday(day) => self.weekday(at + 1, day, None),
            _ => None,
        }
    }

    /// ago, earlier, later, from now after a count and its unit.
    pub(super) fn ago(&self, at: usize, count: Option<u32>, unit: Unit) -> Found {
        match self.lower(at) {
            "ago" => Some((Expression::Ago { count, unit, ahead: false, from_before: false }, at + 1)),
            "earlier" => Some((Expression::Ago { count, unit, ahead: false, from_before: true }, at + 1)),
            "from" if self.lower(at + 1) == "now" => {
                Some((Expression::Ago { count, unit, ahead: true, from_before: false }, at + 2))
            }
            _ => None,
        }
    }
}
