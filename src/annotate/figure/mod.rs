//! Figures: numbers as copy writes them, in digits and words, with unit, hedge and what they count.
//!
//! Left to right over the tokens of each sentence: what is no figure is passed over (`noise`), a number is read
//! (`number`, `fraction`), then its unit (`unit`), a second number that makes it a range, and the hedge before it
//! (`hedge`). What it counts (`noun`) is read last, when the figures around it are known.

mod change;
mod compound;
mod cursor;
mod derived;
mod fraction;
mod hedge;
mod label;
mod measure;
mod money;
mod noise;
mod noun;
mod noun_words;
mod number;
mod ordinal;
mod power;
mod range;
mod reader;
mod spelled;
mod tables;
mod unit;
mod when;
mod words;

use super::DateMention;
use crate::source::Draft;
use crate::text::{Rational, Span};

pub use change::{Side, Way, is_change, is_change_noun, sides as sides_of_change, way_of};
pub use hedge::Hedge;
pub use noun::Noun;
pub use noun_words::lemma;
pub use unit::{Measure, Unit};

#[derive(Clone, Debug)]
pub struct Figure {
    /// Hedge, number and unit, as written.
    pub span: Span,
    /// The number alone.
    pub number: Span,
    /// Number and unit without the hedge.
    pub amount: Span,
    /// The value as meant, in its unit; the first of a range. Percentages count in hundredths, fractions in wholes.
    pub value: Rational,
    /// The other end of a range or of a vague number, as written: a range may be reversed.
    pub high: Option<Rational>,
    /// The place of the last digit that was written to be read: 1,000 in 6,000; 0.1 million in 1.2 million.
    pub step: Rational,
    pub form: Form,
    pub hedge: Hedge,
    pub measure: Measure,
    /// An amount for each of something: $350 per kilo, 20 cents a share.
    pub per: bool,
    pub role: Role,
    /// What it counts or measures, where the words after it say so.
    pub noun: Option<Noun>,
    /// Index of its sentence in [`Draft::sentences`].
    pub sentence: u32,
    /// Index of its block in [`Draft::blocks`].
    pub block: u32,
}

/// How the number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Digits,
    /// Digits with a word or letter of scale: 1.2 million, $3bn.
    Scaled,
    Words,
    /// two-thirds, 1/2, one in five
    Fraction,
    /// dozens, a few
    Vague,
}

/// What a figure is of: a state, or a step between states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Level,
    /// rose by 5, up 5%
    ChangeBy,
    From,
    To,
}

impl Figure {
    /// The number in the number of its ends: reversed ranges in order.
    pub fn ends(&self) -> (Rational, Rational) {
        let high = self.high.unwrap_or(self.value);
        (self.value.min(high), self.value.max(high))
    }
}

/// Reads the figures of a draft; the digits inside `dates` are no figures.
pub fn read(draft: &Draft, dates: &[DateMention]) -> Vec<Figure> {
    reader::read(draft, dates)
}

#[cfg(test)]
mod tests;
