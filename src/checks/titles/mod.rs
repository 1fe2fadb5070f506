//! `titles/*`.

pub(super) mod changes;
mod conflict;
mod style;

use super::Check;

pub const CHECKS: &[Check] = &[conflict::CHECK, style::CHECK];
