//! Dates as copy writes them.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::annotate::quote;

/// A Saturday.
const TODAY: Date = date(2025, 12, 6);

fn read_text(text: &str, today: Option<Date>) -> (Draft, Vec<DateMention>) {
    let draft = Draft::from_text(text);
    let quotes = quote::read(&draft).quotes;
    let dates = read(&draft, &quotes, today);
    (draft, dates)
}

fn values(text: &str) -> Vec<(String, String)> {
    let (draft, dates) = read_text(text, Some(TODAY));
    dates.iter().map(|d| (draft.words_at(d.span).to_owned(), d.value.clone().unwrap_or_default())).collect()
}

#[track_caller]
fn check(text: &str, expect: &[(&str, &str)]) {
    let found = values(text);
    let found: Vec<_> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(found, expect, "{text}");
}

#[test]
fn calendar_dates() {
    check("It closed on Dec. 4, 2024, and reopened.", &[("Dec. 4, 2024", "2024-12-04")]);
    check("It closed on Wednesday, 4 December 2024.", &[("Wednesday, 4 December 2024", "2024-12-04")]);
    check("It closed on the 4th of December last year.", &[("4th of December", "2025-12-04"), ("last year", "2024")]);
    check("It opened in May 2019 and closed in 2021.", &[("May 2019", "2019-05"), ("2021", "2021")]);
    check("The fair runs from Dec. 12-14.", &[("Dec. 12-14", "2025-12-12/2025-12-14")]);
    check("The town was quiet in the early 1990s.", &[("early 1990s", "199X")]);
    check("It fell in the third quarter of 2024.", &[("third quarter of 2024", "2024-Q3")]);
    check("It was built in the 19th century.", &[("19th century", "18XX")]);
    check("The 2016–17 season began.", &[("2016–17", "2016/2017")]);
}

#[test]
fn the_year_that_is_not_said() {
    check("The mayor resigned on Nov. 30.", &[("Nov. 30", "2025-11-30")]);
    check("The council will meet on Jan. 9.", &[("Jan. 9", "2026-01-09")]);
    check("The bridge closed in October.", &[("October", "2025-10")]);
    check("The bridge will open in February.", &[("February", "2026-02")]);
}

#[test]
fn weekdays_by_tense() {
    check("The council met on Thursday.", &[("Thursday", "2025-12-04")]);
    check("The council will meet on Tuesday.", &[("Tuesday", "2025-12-09")]);
    check("She spoke on Saturday.", &[("Saturday", "2025-12-06")]);
    check("She spoke last Saturday.", &[("last Saturday", "2025-11-29")]);
    check("She spoke late Friday night.", &[("late Friday night", "2025-12-05TNI")]);
}

#[test]
fn from_where_the_story_stands() {
    check("It rained today and yesterday.", &[("today", "2025-12-06"), ("yesterday", "2025-12-05")]);
    check("Ships were hit overnight.", &[("overnight", "2025-12-05TNI")]);
    check("It closed earlier this week.", &[("earlier this week", "2025-W49")]);
    check("It closed last month, not last year.", &[("last month", "2025-11"), ("last year", "2024")]);
    check("It closed three years ago.", &[("three years ago", "2022")]);
    check("It closed two weeks ago.", &[("two weeks ago", "2025-W47")]);
}

#[test]
fn spans_times_and_sets() {
    check("The war lasted three years.", &[("three years", "P3Y")]);
    check("A five-hour meeting followed.", &[("five-hour", "PT5H")]);
    check("He lived there for several months.", &[("several months", "PXM")]);
    check("Doors will open at 8:30 p.m. on Tuesday.", &[("8:30 p.m.", "2025-12-09T20:30"), ("Tuesday", "2025-12-09")]);
    check("It meets every Monday.", &[("every Monday", "XXXX-WXX-1")]);
}

#[test]
fn what_is_no_date() {
    for text in [
        "About 2000 people came.",
        "She may march in the sun.",
        "Mrs May left with April Poe.",
        "The 12-year-old won 3-1.",
        "They raised $2,014 and £1999.",
        "He sat on the second bench.",
        "It was 12.5 percent.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn numeric_dates() {
    let (_, dates) = read_text("It is dated 06.12.2025 and 25/12/2025.", None);
    assert_eq!(dates[0].written.either, Some((6, 12)));
    assert_eq!(dates[0].value, None);
    assert_eq!(dates[1].value.as_deref(), Some("2025-12-25"));
}

#[test]
fn quotations_and_missing_dates_stay_open() {
    let (_, dates) = read_text("“We will win on Tuesday,” Poe said.", Some(TODAY));
    assert_eq!((dates.len(), dates[0].days), (1, None));
    let (_, dates) = read_text("It closed last year.", None);
    assert_eq!(dates[0].value, None);
}

#[test]
fn the_date_of_a_clause() {
    let text = "In 2014 the port shipped 300 tons; in 2019 it shipped 500 tons.\n\nOn Friday it opened late. Some 40 ships waited. Since 2020 all 90 wait.";
    let (draft, dates) = read_text(text, Some(TODAY));
    let year = |words: &str| {
        let at = draft.text.find(words).unwrap();
        let when = when(&draft, &dates, Span::new(at, at + words.len())).unwrap();
        (when.days.0.year(), when.scope)
    };
    assert_eq!(year("300 tons"), (2014, anchor::Scope::Clause));
    assert_eq!(year("500 tons"), (2019, anchor::Scope::Clause));
    assert_eq!(year("40 ships"), (2025, anchor::Scope::Paragraph));
    let at = draft.text.find("90 wait").unwrap();
    assert_eq!(when(&draft, &dates, Span::new(at, at + 2)).unwrap().days.1, Date::MAX);
}

proptest! {
    #[test]
    fn spans_lie_in_the_text(words in prop::collection::vec(prop::sample::select(vec![
        "Dec.", "6", ",", "2025", "May", "31", "June", "last", "week", "ago", "three", "-", "year", "the", "1990", "s", "at", "8", ":", "20", "a.m.", "Monday", "“", "”", "99999", "0",
        "quarter", "third", "of", "every", "nineteen", "ninety", "this", "earlier", "9999", "century", "5000", "years", "a", "half", "/", "12", ".", "\n", "Q3", "tonight", "recent",
    ]), 0..25), glue in prop::sample::select(vec![" ", ""])) {
        let text = words.join(glue);
        let (draft, dates) = read_text(&text, Some(TODAY));
        let mut last = 0;
        for d in &dates {
            prop_assert!(d.span.start >= last && draft.text.get(d.span.range()).is_some());
            prop_assert!(d.days.is_none_or(|(a, b)| a <= b));
            last = d.span.end;
            when(&draft, &dates, d.span);
        }
    }
}
