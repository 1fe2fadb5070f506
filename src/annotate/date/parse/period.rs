//! Quarters, halves, centuries and seasons.

use super::super::cue::{Cue, QUARTERS, Relation, Season, Unit};
use super::{Expression, Found, Parser};

impl Parser<'_> {
    /// What starts with an ordinal: third quarter, first half of 2024, 20th century. `next` is the token after it.
    pub(super) fn ordinal(&self, at: usize, number: u32, next: usize) -> Found {
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
    pub(super) fn year_after(&self, at: usize) -> (Option<i16>, Option<Relation>, usize) {
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

    pub(super) fn year_before(&self, at: usize) -> Option<i16> {
        (at > self.start).then(|| self.year(at - 1)).flatten()
    }

    /// Q3, Q3 2025.
    pub(super) fn short_quarter(&self, at: usize) -> Found {
        let number = QUARTERS.iter().zip(1..).find(|(quarter, _)| **quarter == self.lower(at))?.1;
        let (year, relation, next) = self.year_after(at + 1);
        Some((Expression::Quarter { number, year, relation }, next))
    }

    pub(super) fn season(&self, at: usize, season: Season, relation: Option<Relation>) -> Found {
        let year = self.trailing_year(at + 1).filter(|_| self.lower(at + 1) != ",");
        if let Some((year, next)) = year {
            return Some((Expression::Season { season, year: Some(year), relation }, next));
        }
        relation.map(|_| (Expression::Season { season, year: None, relation }, at + 1))
    }
}
