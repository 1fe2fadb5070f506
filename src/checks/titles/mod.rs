//! `titles/*`: one person with two offices, and titles as the house writes them.

pub(super) mod changes;
mod conflict;
mod courtesy;
mod style;

use super::Check;

pub const CHECKS: &[Check] = &[conflict::CHECK, style::CHECK];
