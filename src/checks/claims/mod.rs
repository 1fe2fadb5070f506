//! `claims/*`: what is said to have happened, and its opposite.

mod contrary;
mod denied;
mod direction;
mod polarity;
mod stated;

use super::{Check, NoOptions, options};

pub const CHECKS: &[Check] = &[Check {
    code: "claims/polarity",
    page: include_str!("../../../rules/core/claims/polarity.toml"),
    run: polarity::run,
    options: options::<NoOptions>,
}];
