//! What starts with digits: dates with marks between, years that stand alone, decades.

use super::super::Written;
use super::super::cue::Cue;
use super::{Expression, Found, Parser};
use crate::text::{Case, Lex, Token, TokenKind};

impl Parser<'_> {
    /// What starts with digits.
    pub(super) fn number(&self, at: usize) -> Found {
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
    pub(super) fn numeric(&self, at: usize) -> Found {
        let token = self.token(at)?;
        let word = self.draft.word(token);
        if word.bytes().filter(|&b| b == b'.').count() == 2 {
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

    pub(super) fn three(&self, a: &str, b: &str, c: &str, mark: char) -> Option<Written> {
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

    /// 1990s, the ’90s.
    pub(super) fn decade(&self, at: usize) -> Found {
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
    pub(super) fn lone_year(&self, at: usize) -> Found {
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
    pub(super) fn ordinal_in_digits(&self, at: usize) -> Found {
        let (number, width) = self.digits(at)?;
        let suffix = self.token(at + 1).filter(|t| self.draft.tokens[at].touches(t))?;
        (width <= 2 && matches!(self.draft.lower(suffix), "st" | "nd" | "rd" | "th"))
            .then(|| self.ordinal(at, number, at + 2))?
    }
}
