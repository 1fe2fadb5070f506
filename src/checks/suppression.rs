//! `suppression/*`: found where suppressions are applied, in [`suppress`](crate::suppress); here are their codes and pages.

use super::{Check, NoOptions, options};

pub const CHECKS: &[Check] = &[
    Check {
        code: "suppression/unused",
        page: include_str!("../../rules/core/suppression/unused.toml"),
        run: |_, _| (),
        options: options::<NoOptions>,
    },
    Check {
        code: "suppression/expired",
        page: include_str!("../../rules/core/suppression/expired.toml"),
        run: |_, _| (),
        options: options::<NoOptions>,
    },
    Check {
        code: "suppression/leftover",
        page: include_str!("../../rules/core/suppression/leftover.toml"),
        run: |_, _| (),
        options: options::<NoOptions>,
    },
];
