//! Dates and times, resolved against the draft's date.

use jiff::civil::Date;

use super::Quote;
use crate::source::Draft;
use crate::text::Span;

#[derive(Clone, Debug)]
pub struct DateMention {
    pub span: Span,
    /// The days it covers, first and last, where they are known.
    pub days: Option<(Date, Date)>,
}

/// Reads the dates of a draft. `today` is the draft's date; without it relative dates stay unresolved, and inside
/// quotations they always do.
pub fn read(_draft: &Draft, _quotes: &[Quote], _today: Option<Date>) -> Vec<DateMention> {
    Vec::new()
}
