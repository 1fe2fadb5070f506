//! `dates/*`: days that no calendar has, weekdays of other days, one event on two days, years counted wrongly.

mod ahead;
mod ambiguous;
mod conflict;
mod display;
mod elapsed;
mod impossible;
mod reversed;
mod scheduled;
mod weekday;

use super::{Check, Context, NoOptions, options};

pub const CHECKS: &[Check] = &[
    Check {
        code: "dates/weekday",
        page: include_str!("../../../rules/core/dates/weekday.toml"),
        run: weekday::run,
        options: options::<weekday::Options>,
    },
    Check {
        code: "dates/impossible",
        page: include_str!("../../../rules/core/dates/impossible.toml"),
        run: impossible::run,
        options: options::<NoOptions>,
    },
    Check {
        code: "dates/ambiguous",
        page: include_str!("../../../rules/core/dates/ambiguous.toml"),
        run: ambiguous::run,
        options: options::<NoOptions>,
    },
    Check {
        code: "dates/conflict",
        page: include_str!("../../../rules/core/dates/conflict.toml"),
        run: conflict::run,
        options: options::<NoOptions>,
    },
    Check {
        code: "dates/elapsed",
        page: include_str!("../../../rules/core/dates/elapsed.toml"),
        run: elapsed::run,
        options: options::<elapsed::Options>,
    },
];
