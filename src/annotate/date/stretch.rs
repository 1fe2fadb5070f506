//! Stretches of the calendar: the week, month or quarter that holds a day, and their ISO values.

use jiff::civil::Date;
use jiff::{Span as Length, ToSpan};

use super::Grain;
use super::cue::Unit;

/// The ISO value of the stretch of this grain that starts on `first`.
pub fn value(grain: Grain, first: Date) -> String {
    match grain {
        Grain::Time | Grain::Day | Grain::None => first.to_string(),
        Grain::Week => {
            let week = first.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
        Grain::Month => format!("{:04}-{:02}", first.year(), first.month()),
        Grain::Quarter => format!("{:04}-Q{}", first.year(), (first.month() + 2) / 3),
        Grain::Year => format!("{:04}", first.year()),
        Grain::Decade => format!("{:03}X", first.year() / 10),
        Grain::Century => format!("{:02}XX", first.year() / 100),
    }
}

/// The days from `first`, for `length`.
pub fn stretch(first: Option<Date>, length: Length) -> Option<(Date, Date)> {
    let first = first?;
    let last = first.checked_add(length).ok()?.yesterday().ok()?;
    Some((first, last))
}

/// A single day, where it is known.
pub fn day(date: Option<Date>) -> Option<(Date, Date)> {
    date.map(|d| (d, d))
}

/// The Monday of the date's week.
pub fn monday(date: Date) -> Option<Date> {
    let back = i32::from(date.weekday().to_monday_zero_offset());
    date.checked_sub(back.days()).ok()
}

/// The stretch of `unit` that holds `date`.
pub fn holding(unit: Unit, date: Date) -> (Grain, Option<(Date, Date)>) {
    let year = date.year();
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => (Grain::Day, day(Some(date))),
        Unit::Week => (Grain::Week, stretch(monday(date), 7.days())),
        Unit::Month => (Grain::Month, stretch(Some(date.first_of_month()), 1.month())),
        Unit::Quarter => (Grain::Quarter, stretch(Date::new(year, (date.month() - 1) / 3 * 3 + 1, 1).ok(), 3.months())),
        Unit::Year => (Grain::Year, stretch(Some(date.first_of_year()), 1.year())),
        Unit::Decade => (Grain::Decade, stretch(Date::new(year / 10 * 10, 1, 1).ok(), 10.years())),
        Unit::Century => (Grain::Century, stretch(Date::new(year / 100 * 100, 1, 1).ok(), 100.years())),
    }
}

/// `date` moved by `count` units.
pub fn shifted(date: Date, unit: Unit, count: i64) -> Option<Date> {
    // No newsroom counts further than this; it keeps the arithmetic inside the calendar.
    if count.abs() > 5000 {
        return None;
    }
    let years = |count: i64| jiff::Span::new().try_years(count).ok();
    let length = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => return Some(date),
        Unit::Day => count.days(),
        Unit::Week => count.weeks(),
        Unit::Month => count.months(),
        Unit::Quarter => (count * 3).months(),
        Unit::Year => years(count)?,
        Unit::Decade => years(count * 10)?,
        Unit::Century => years(count * 100)?,
    };
    date.checked_add(length).ok()
}

/// The grain of a unit.
pub fn grain_of(unit: Unit) -> Grain {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Grain::Time,
        Unit::Day => Grain::Day,
        Unit::Week => Grain::Week,
        Unit::Month => Grain::Month,
        Unit::Quarter => Grain::Quarter,
        Unit::Year => Grain::Year,
        Unit::Decade => Grain::Decade,
        Unit::Century => Grain::Century,
    }
}
