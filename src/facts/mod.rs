//! Values that can be compared, and how: exact numbers, intervals, and the three answers conflict, compatible, incomparable.

pub mod polarity;
pub mod wording;
