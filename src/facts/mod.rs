//! Values that can be compared, and how: exact numbers, intervals, and the three answers conflict, compatible, incomparable.

pub mod forms;
pub mod interval;
pub mod polarity;
pub mod quantity;
pub mod turns;
pub mod wording;
