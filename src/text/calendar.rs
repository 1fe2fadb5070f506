//! Names of months and weekdays, in lower case; a closing full stop is allowed.

use jiff::civil::{Date, Weekday};

/// The month that a word names, 1 to 12.
pub fn month(word: &str) -> Option<i8> {
    Some(match word.trim_end_matches('.') {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" | "mar" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

/// The weekday that a word names, plurals included.
pub fn weekday(word: &str) -> Option<Weekday> {
    Some(match word.trim_end_matches('.') {
        "monday" | "mon" | "mondays" => Weekday::Monday,
        "tuesday" | "tue" | "tues" | "tuesdays" => Weekday::Tuesday,
        "wednesday" | "wed" | "weds" | "wednesdays" => Weekday::Wednesday,
        "thursday" | "thu" | "thur" | "thurs" | "thursdays" => Weekday::Thursday,
        "friday" | "fri" | "fridays" => Weekday::Friday,
        "saturday" | "sat" | "saturdays" => Weekday::Saturday,
        "sunday" | "sun" | "sundays" => Weekday::Sunday,
        _ => return None,
    })
}

pub fn weekday_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

pub fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES[(month.clamp(1, 12) - 1) as usize]
}

/// The most days a month ever has: February has 29.
pub fn longest_month(month: i8) -> i8 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A date in a year near `near`: the one of the candidates in the years around it that is nearest in days. `None` where the
/// calendar has no such day in those years.
pub fn nearest_year(near: Date, month: i8, day: i8) -> Option<Date> {
    (near.year() - 1..=near.year() + 1)
        .filter_map(|year| Date::new(year, month, day).ok())
        .min_by_key(|date| days_between(near, *date).abs())
}

/// Days from `a` to `b`, negative if `b` is earlier.
pub fn days_between(a: Date, b: Date) -> i64 {
    i64::from((b - a).get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn words() {
        assert_eq!(month("sept."), Some(9));
        assert_eq!(weekday("tues."), Some(Weekday::Tuesday));
        assert_eq!(month("marching"), None);
    }

    #[test]
    fn the_year_is_the_nearest_that_has_the_day() {
        assert_eq!(nearest_year(date(2026, 1, 10), 12, 20), Some(date(2025, 12, 20)));
        assert_eq!(nearest_year(date(2025, 6, 1), 2, 29), Some(date(2024, 2, 29)));
        assert_eq!(nearest_year(date(2026, 6, 1), 2, 29), None);
        assert_eq!(days_between(date(2025, 12, 31), date(2026, 1, 2)), 2);
    }
}
