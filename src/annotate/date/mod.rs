//! Dates and times, resolved against the draft's date with civil calendar arithmetic: no clock, no zones.
//!
//! Reading is in two steps: `parse` finds expressions in the tokens of a sentence and says what is written; `resolve` gives
//! each its value and its days from the draft's date and the tense of its clause. `anchor` answers when something happened.

mod anchor;
mod cue;
mod parse;
mod resolve;
mod stretch;
mod tense;

use jiff::civil::{Date, Weekday};

use super::Quote;
use crate::source::Draft;
use crate::text::Span;

pub use anchor::{When, when};
pub use tense::is_past;

/// A date, a time or a span of time that a draft mentions.
#[derive(Clone, Debug, PartialEq)]
pub struct DateMention {
    pub span: Span,
    pub kind: DateKind,
    pub grain: Grain,
    /// ISO 8601 as far as it is known (`2025-12`, `2025-W49`, `P5D`), with TIMEX3's letters where ISO has none (`2025-W49-WE`,
    /// `2025-12-06TNI`, `PRESENT_REF`). `None` where the draft's date would be needed and is not known.
    pub value: Option<String>,
    /// The days it covers, first and last, where they are known: not for what is said in a quotation and is no full date.
    pub days: Option<(Date, Date)>,
    /// Whether it bounds an open stretch: since 2014, until May.
    pub open: Option<Open>,
    /// The parts of a calendar date as written.
    pub written: Written,
}

impl DateMention {
    /// Whether it names a place in the calendar. The others (spans of time, sets, now) have no days.
    pub fn is_calendar(&self) -> bool {
        !matches!(self.kind, DateKind::Span | DateKind::Set | DateKind::Reference)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateKind {
    /// Named by the calendar: 6 December 2025, December, 2025, the 1990s, the third quarter.
    Calendar,
    /// In digits with marks between: 06.12.2025.
    Numeric,
    Weekday,
    /// From where the story stands: yesterday, last week, three years ago.
    Relative,
    /// A time of day.
    Time,
    /// A length: three years. Its digits are a figure too.
    Span,
    /// Again and again: every Monday.
    Set,
    /// Now, recently, soon.
    Reference,
}

impl DateKind {
    /// The name used in the JSON contract.
    pub fn name(self) -> &'static str {
        match self {
            DateKind::Calendar => "calendar",
            DateKind::Numeric => "numeric",
            DateKind::Weekday => "weekday",
            DateKind::Relative => "relative",
            DateKind::Time => "time",
            DateKind::Span => "span",
            DateKind::Set => "set",
            DateKind::Reference => "reference",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    Time,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    /// Of no one length: a span, now.
    None,
}

impl Grain {
    /// The name used in the JSON contract.
    pub fn name(self) -> &'static str {
        match self {
            Grain::Time => "time",
            Grain::Day => "day",
            Grain::Week => "week",
            Grain::Month => "month",
            Grain::Quarter => "quarter",
            Grain::Year => "year",
            Grain::Decade => "decade",
            Grain::Century => "century",
            Grain::None => "none",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// From its first day on.
    Since,
    /// Up to its last day.
    Until,
}

/// The parts of a calendar date as written; `day` may be one that the month does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub weekday: Option<Weekday>,
    pub day: Option<u32>,
    /// The last day of a stretch: Dec. 6–8.
    pub day_to: Option<u32>,
    pub month: Option<i8>,
    pub year: Option<i16>,
    /// The first two numbers of a numeric date in their order, where each could be day or month and they differ.
    pub either: Option<(u32, u32)>,
}

/// Reads the dates of a draft, in text order. `today` is the draft's date; without it what depends on it stays unresolved, and inside
/// quotations it always does: the day of the utterance is not known.
pub fn read(draft: &Draft, quotes: &[Quote], today: Option<Date>) -> Vec<DateMention> {
    let mut found: Vec<DateMention> = Vec::new();
    let resolver = resolve::Resolver::new(draft, today);
    let mut quotes = quotes.iter().peekable();
    for (index, sentence) in draft.sentences.iter().enumerate() {
        if !draft.blocks[sentence.block as usize].kind.is_copy() {
            continue;
        }
        for raw in parse::expressions(draft, index) {
            while quotes.next_if(|q| q.span.end <= raw.span.start).is_some() {}
            let quoted = quotes.peek().is_some_and(|q| q.span.contains(raw.span));
            let mention = resolver.resolve(&raw, quoted, &found);
            // At 8 p.m. on Friday: the day that follows a time is its day.
            if mention.grain == Grain::Day
                && let Some(days) = mention.days
                && let Some(last) = found.last_mut()
                && last.kind == DateKind::Time
                && last.span.end + 4 >= mention.span.start
                && let Some((_, clock)) = last.value.as_deref().and_then(|v| v.split_once('T'))
            {
                last.value = Some(format!("{}T{clock}", days.0));
                last.days = Some(days);
            }
            found.push(mention);
        }
    }
    found
}

#[cfg(test)]
mod tests;
