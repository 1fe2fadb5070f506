//! Times of day.

use super::super::cue::{Cue, Part};
use super::{Expression, Found, Parser};

impl Parser<'_> {
    /// The part of the day at `at`, and the token after it.
    pub(super) fn part(&self, at: usize) -> (Option<Part>, usize) {
        match self.cue(at) {
            Some(Cue::Part(part)) => (Some(part), at + 1),
            Some(Cue::Within) => match self.cue(at + 1) {
                Some(Cue::Part(part)) => (Some(part), at + 2),
                _ => (None, at),
            },
            _ => (None, at),
        }
    }

    /// 8:20 a.m., 8 p.m., 14:05, 10am, 1200 GMT.
    pub(super) fn clock(&self, at: usize) -> Found {
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
}
