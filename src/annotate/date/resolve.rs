//! Gives an expression its value and its days.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::cue::{Part, Relation, Season, Unit};
use super::parse::{Expression, Raw};
use super::stretch::{day, grain_of, holding, monday, shifted, stretch, value};
use super::tense::{self, Tense};
use super::{DateKind, DateMention, Grain, Open, Written};
use crate::source::Draft;
use crate::text::calendar;
use crate::text::spelling::Side;

pub struct Resolver<'d> {
    draft: &'d Draft,
    today: Option<Date>,
    /// Whether 6/12 is 12 June here; `None` where the draft does not say.
    month_first: Option<bool>,
}

/// A value with its grain and days.
struct Resolved {
    kind: DateKind,
    grain: Grain,
    value: Option<String>,
    days: Option<(Date, Date)>,
}

impl Resolved {
    fn new(kind: DateKind, grain: Grain, value: Option<String>, days: Option<(Date, Date)>) -> Resolved {
        Resolved { kind, grain, value, days }
    }

    /// A stretch of the calendar, with the value that its grain gives it.
    fn of(kind: DateKind, grain: Grain, days: Option<(Date, Date)>) -> Resolved {
        Resolved { kind, grain, value: days.map(|d| value(grain, d.0)), days }
    }
}

impl Relation {
    fn step(self) -> i64 {
        match self {
            Relation::Last => -1,
            Relation::This => 0,
            Relation::Next => 1,
        }
    }
}

impl<'d> Resolver<'d> {
    pub fn new(draft: &'d Draft, today: Option<Date>) -> Resolver<'d> {
        let locale = draft.metadata.locale();
        let month_first = locale.and_then(Side::of_locale).map(|side| side == Side::American);
        Resolver { draft, today, month_first }
    }

    /// `before` are the mentions before this one.
    pub fn resolve(&self, raw: &Raw, quoted: bool, before: &[DateMention]) -> DateMention {
        let mut written = Written::default();
        let resolved = self.expression(raw, before, &mut written);
        // What somebody says is dated by when it was said. In news that is the draft’s day as a rule, so the value stands; but it is not
        // known, so no check may count with the days. A date with its year says it all.
        let explicit = written.year.is_some()
            || matches!(raw.expression, Expression::Year(_) | Expression::Decade(_) | Expression::Century(_));
        let unresolved =
            quoted && !explicit && !matches!(resolved.kind, DateKind::Span | DateKind::Set | DateKind::Reference);
        DateMention {
            span: raw.span,
            kind: resolved.kind,
            grain: resolved.grain,
            value: resolved.value,
            days: resolved.days.filter(|_| !unresolved),
            open: raw.open,
            written,
        }
    }

    fn expression(&self, raw: &Raw, before: &[DateMention], written: &mut Written) -> Resolved {
        use DateKind::{Calendar, Reference, Relative, Set, Span};
        match &raw.expression {
            Expression::Calendar { written: w, day_to, relation, part } => {
                *written = Written { day_to: *day_to, ..*w };
                self.calendar(raw, *w, *day_to, *relation, *part)
            }
            Expression::Numeric { written: w } => {
                *written = *w;
                self.numeric(w)
            }
            Expression::Year(year) => {
                written.year = Some(*year);
                Resolved::of(Calendar, Grain::Year, stretch(Date::new(*year, 1, 1).ok(), 1.year()))
            }
            Expression::Years(first, last) => {
                let days = Date::new(*first, 1, 1).ok().zip(Date::new(*last, 12, 31).ok());
                Resolved::new(Calendar, Grain::Year, Some(format!("{first:04}/{last:04}")), days)
            }
            Expression::Decade(year) => {
                Resolved::of(Calendar, Grain::Decade, stretch(Date::new(*year, 1, 1).ok(), 10.years()))
            }
            Expression::Century(year) => {
                Resolved::of(Calendar, Grain::Century, stretch(Date::new(*year, 1, 1).ok(), 100.years()))
            }
            Expression::Quarter { number, year, relation } => {
                let year = year.or_else(|| self.quarter_year(*number, *relation));
                let first = year.and_then(|y| Date::new(y, number * 3 - 2, 1).ok());
                Resolved::of(Calendar, Grain::Quarter, stretch(first, 3.months()))
            }
            Expression::Half { number, year } => {
                let first = year.and_then(|y| Date::new(y, number * 6 - 5, 1).ok());
                let value = year.map(|y| format!("{y:04}-H{number}"));
                Resolved::new(Calendar, Grain::Quarter, value, stretch(first, 6.months()))
            }
            Expression::Weekday { day: weekday, relation, part } => {
                written.weekday = Some(*weekday);
                let date = self.today.and_then(|today| self.weekday(raw, today, *weekday, *relation));
                self.day_with(DateKind::Weekday, date, *part)
            }
            Expression::DayOffset { days, part } => {
                let date = self.today.and_then(|t| shifted(t, Unit::Day, i64::from(*days)));
                self.day_with(Relative, date, *part)
            }
            Expression::Overnight => {
                let days = self.today.and_then(|t| Some((t.yesterday().ok()?, t)));
                Resolved::new(Relative, Grain::Time, days.map(|d| format!("{}TNI", d.0)), days)
            }
            Expression::Unit { unit, relation } => {
                let base = self.today.map(|t| {
                    if matches!(unit, Unit::Month | Unit::Quarter | Unit::Year) { t.first_of_month() } else { t }
                });
                let date = base.and_then(|b| shifted(b, *unit, relation.step()));
                match date.map(|d| holding(*unit, d)) {
                    Some((grain, days)) => Resolved::of(Relative, grain, days),
                    None => Resolved::new(Relative, grain_of(*unit), None, None),
                }
            }
            Expression::Weekend(relation) => self.weekend(raw, *relation),
            Expression::Season { season, year, relation } => self.season(*season, *year, *relation),
            Expression::Ago { count, unit, ahead, from_before } => {
                self.ago(*count, *unit, *ahead, *from_before, before, raw)
            }
            Expression::Span { count, unit } => {
                let value = unit.period(&count.map_or("X".to_owned(), |n| n.to_string()));
                Resolved::new(Span, Grain::None, Some(value), None)
            }
            Expression::Set { count, unit, day } => {
                let value = match (unit, day) {
                    (Some(unit), _) => unit.period(&count.to_string()),
                    (_, Some(day)) => format!("XXXX-WXX-{}", day.to_monday_one_offset()),
                    _ => "XXXX".to_owned(),
                };
                Resolved::new(Set, Grain::None, Some(value), None)
            }
            Expression::Time { hour, minute } => {
                let sentence = self.draft.tokens[raw.first].sentence;
                let near = before.last().filter(|m| {
                    m.grain == Grain::Day
                        && m.days.is_some()
                        && self.draft.sentence_at(m.span.start) == sentence as usize
                });
                let date = near.and_then(|m| m.days).map(|d| d.0).or(self.today);
                Resolved::new(
                    DateKind::Time,
                    Grain::Time,
                    date.map(|d| format!("{d}T{hour:02}:{minute:02}")),
                    day(date),
                )
            }
            Expression::Reference(value) => Resolved::new(Reference, Grain::None, Some((*value).to_owned()), None),
        }
    }

    fn day_with(&self, kind: DateKind, date: Option<Date>, part: Option<Part>) -> Resolved {
        match part {
            None => Resolved::of(kind, Grain::Day, day(date)),
            Some(part) => Resolved::new(kind, Grain::Time, date.map(|d| format!("{d}T{}", part.letters())), day(date)),
        }
    }

    fn calendar(
        &self,
        raw: &Raw,
        w: Written,
        day_to: Option<u32>,
        relation: Option<Relation>,
        part: Option<Part>,
    ) -> Resolved {
        let Some(month) = w.month else { return Resolved::new(DateKind::Calendar, Grain::None, None, None) };
        let Some(number) = w.day else {
            let first = match w.year {
                Some(year) => Date::new(year, month, 1).ok(),
                None => self.today.and_then(|today| self.bare_month(raw, today, month, relation)),
            };
            return Resolved::of(DateKind::Calendar, Grain::Month, stretch(first, 1.month()));
        };
        let Ok(number) = i8::try_from(number) else { return Resolved::new(DateKind::Calendar, Grain::Day, None, None) };
        let date = match w.year {
            Some(year) => Date::new(year, month, number).ok(),
            None => self.today.and_then(|today| self.without_year(raw, today, month, number, w.weekday, relation)),
        };
        let to = day_to.and_then(|d| Date::new(date?.year(), month, i8::try_from(d).ok()?).ok());
        match (date, to) {
            (Some(from), Some(to)) => {
                Resolved::new(DateKind::Calendar, Grain::Day, Some(format!("{from}/{to}")), Some((from, to)))
            }
            _ => self.day_with(DateKind::Calendar, date, part),
        }
    }

    /// A day without a year: by its weekday, else by the tense of its clause, else the nearest.
    fn without_year(
        &self,
        raw: &Raw,
        today: Date,
        month: i8,
        number: i8,
        weekday: Option<Weekday>,
        relation: Option<Relation>,
    ) -> Option<Date> {
        let candidates = || (today.year() - 1..=today.year() + 1).filter_map(|y| Date::new(y, month, number).ok());
        let distance = |d: &Date| calendar::days_between(today, *d);
        if let Some(weekday) = weekday
            && let Some(found) = candidates()
                .filter(|d| d.weekday() == weekday && distance(d).abs() <= 200)
                .min_by_key(|d| distance(d).abs())
        {
            return Some(found);
        }
        let tense = match relation {
            Some(Relation::Last) => Tense::Past,
            Some(Relation::Next) => Tense::Future,
            _ => tense::around(self.draft, raw),
        };
        let nearest = calendar::nearest_year(today, month, number)?;
        match tense {
            Tense::Past if distance(&nearest) > 100 => {
                candidates().filter(|d| distance(d) <= 0).max().or(Some(nearest))
            }
            Tense::Future if distance(&nearest) < -100 => {
                candidates().filter(|d| distance(d) >= 0).min().or(Some(nearest))
            }
            _ => Some(nearest),
        }
    }

    fn bare_month(&self, raw: &Raw, today: Date, month: i8, relation: Option<Relation>) -> Option<Date> {
        let this = today.first_of_month();
        let candidates = || (today.year() - 1..=today.year() + 1).filter_map(|y| Date::new(y, month, 1).ok());
        let past = || candidates().filter(|d| *d < this).max();
        let future = || candidates().filter(|d| *d > this).min();
        match relation {
            // The month just gone is “last month”; its name with “last” is the year before.
            Some(Relation::Last) => {
                return past().and_then(|p| {
                    if calendar::days_between(p, this) <= 31 { shifted(p, Unit::Year, -1) } else { Some(p) }
                });
            }
            Some(Relation::Next) => return future(),
            Some(Relation::This) => return Date::new(today.year(), month, 1).ok(),
            None => {}
        }
        if this.month() == month {
            return Some(this);
        }
        let nearest = candidates().min_by_key(|d| calendar::days_between(this, *d).abs())?;
        // Past tense does not speak of what is still to come; a plan may speak of either.
        match tense::around(self.draft, raw) {
            Tense::Past => past(),
            Tense::Future if raw.open != Some(Open::Since) => {
                future().filter(|f| calendar::days_between(this, *f) <= 240).or(Some(nearest))
            }
            _ => Some(nearest),
        }
    }

    fn numeric(&self, w: &Written) -> Resolved {
        let (month, number) = match w.either {
            None => (w.month, w.day),
            Some((a, b)) => match self.month_first {
                Some(true) => (i8::try_from(a).ok(), Some(b)),
                Some(false) => (i8::try_from(b).ok(), Some(a)),
                None => (None, None),
            },
        };
        let date = match (w.year, month, number.and_then(|d| i8::try_from(d).ok())) {
            (Some(year), Some(month), Some(number)) => Date::new(year, month, number).ok(),
            _ => None,
        };
        Resolved::of(DateKind::Numeric, Grain::Day, day(date))
    }

    fn quarter_year(&self, number: i8, relation: Option<Relation>) -> Option<i16> {
        let today = self.today?;
        if let Some(relation) = relation {
            return Some(today.year() + relation.step() as i16);
        }
        // Companies report on the quarter that ended; the latest that has begun is meant.
        let begun = number * 3 - 2 <= today.month();
        Some(if begun { today.year() } else { today.year() - 1 })
    }

    fn weekday(&self, raw: &Raw, today: Date, weekday: Weekday, relation: Option<Relation>) -> Option<Date> {
        let back = i64::from((today.weekday().to_monday_zero_offset() - weekday.to_monday_zero_offset()).rem_euclid(7));
        let ahead = (7 - back) % 7;
        let days = match relation {
            Some(Relation::Last) => -(if back == 0 { 7 } else { back }),
            Some(Relation::Next) => {
                if ahead == 0 {
                    7
                } else {
                    ahead
                }
            }
            Some(Relation::This) if tense::around(self.draft, raw) != Tense::Past => ahead,
            _ if tense::around(self.draft, raw) == Tense::Future => ahead,
            _ => -back,
        };
        shifted(today, Unit::Day, days)
    }

    fn weekend(&self, raw: &Raw, relation: Option<Relation>) -> Resolved {
        let saturday = self.today.and_then(|today| {
            let this = shifted(monday(today)?, Unit::Day, 5)?;
            let weeks = match relation {
                Some(Relation::This) => 0,
                Some(relation) => relation.step(),
                None if this <= today || tense::around(self.draft, raw) == Tense::Future => 0,
                None => -1,
            };
            shifted(this, Unit::Week, weeks)
        });
        let value = saturday.map(|s| format!("{}-WE", value(Grain::Week, s)));
        Resolved::new(DateKind::Relative, Grain::Day, value, stretch(saturday, 2.days()))
    }

    /// Seasons have a year and no days: the other half of the world has them at other times.
    fn season(&self, season: Season, year: Option<i16>, relation: Option<Relation>) -> Resolved {
        let (letters, month) = match season {
            Season::Spring => ("SP", 3),
            Season::Summer => ("SU", 6),
            Season::Autumn => ("FA", 9),
            Season::Winter => ("WI", 12),
        };
        let year = year.or_else(|| {
            let today = self.today?;
            Some(match relation {
                Some(Relation::Last) if month >= today.month() - 1 => today.year() - 1,
                Some(Relation::Next) if month <= today.month() => today.year() + 1,
                _ => today.year(),
            })
        });
        Resolved::new(DateKind::Relative, Grain::Quarter, year.map(|y| format!("{y:04}-{letters}")), None)
    }

    fn ago(
        &self,
        count: Option<u32>,
        unit: Unit,
        ahead: bool,
        from_before: bool,
        before: &[DateMention],
        raw: &Raw,
    ) -> Resolved {
        let Some(count) = count else {
            return Resolved::new(DateKind::Relative, grain_of(unit), Some(unit.period("X")), None);
        };
        let block = self.draft.block_at(raw.span.start);
        let in_block = || {
            before.iter().rev().filter(|m| m.is_calendar()).take_while(|m| self.draft.block_at(m.span.start) == block)
        };
        // Reports compare a quarter with the same one a year earlier.
        let quarter = || in_block().find(|m| m.grain == Grain::Quarter && m.days.is_some() && unit == Unit::Year);
        let anchor = from_before
            .then(|| quarter().or_else(|| in_block().next()))
            .flatten()
            .and_then(|m| m.days.map(|d| (m.grain, d.0)));
        let signed = if ahead { i64::from(count) } else { -i64::from(count) };
        if let Some((Grain::Quarter, first)) = anchor
            && unit == Unit::Year
        {
            let first = shifted(first, unit, signed);
            return Resolved::of(DateKind::Relative, Grain::Quarter, stretch(first, 3.months()));
        }
        let base = anchor.map(|(_, first)| first).or(self.today);
        match base.and_then(|b| shifted(b, unit, signed)).map(|d| holding(unit, d)) {
            Some((grain, days)) if unit < Unit::Decade => Resolved::of(DateKind::Relative, grain, days),
            // “Two decades ago” is no ten years of the calendar.
            Some(_) => Resolved::new(DateKind::Relative, grain_of(unit), Some(unit.period(&count.to_string())), None),
            None => Resolved::new(DateKind::Relative, grain_of(unit), None, None),
        }
    }
}
