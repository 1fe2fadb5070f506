//! `…/reference`, `quotes/altered`: a draft against what the desk keeps, and against the texts laid beside it.
//!
//! Facts files decide. A source laid beside the draft is a primary document: what it says is shown with its place, and is never called
//! right by itself. Findings here are capped below error: a tenure or a figure in a file may be older than the news.

mod ages;
mod altered;
mod dates;
mod embargo;
mod events;
mod figures;
pub(super) mod misattributed;
mod names;
mod near_forms;
mod near_texts;
mod organizations;
mod past_names;
mod past_titles;
mod people;
mod places;
mod pronouns;
mod titles;
mod twins;
mod witness;

use std::path::Path;

use super::{Check, NoOptions, options};

pub const CHECKS: &[Check] = &[
    Check {
        code: "names/reference",
        page: include_str!("../../../rules/core/names/reference.toml"),
        run: names::run,
        options: options::<names::Options>,
    },
    Check {
        code: "titles/reference",
        page: include_str!("../../../rules/core/titles/reference.toml"),
        run: titles::run,
        options: options::<NoOptions>,
    },
    Check {
        code: "organizations/reference",
        page: include_str!("../../../rules/core/organizations/reference.toml"),
        run: organizations::run,
        options: options::<organizations::Options>,
    },
    Check {
        code: "dates/reference",
        page: include_str!("../../../rules/core/dates/reference.toml"),
        run: dates::run,
        options: options::<NoOptions>,
    },
    Check {
        code: "figures/reference",
        page: include_str!("../../../rules/core/figures/reference.toml"),
        run: figures::run,
        options: options::<figures::Options>,
    },
    Check {
        code: "embargo/active",
        page: include_str!("../../../rules/core/embargo/active.toml"),
        run: embargo::run,
        options: options::<NoOptions>,
    },
    Check {
        code: "quotes/altered",
        page: include_str!("../../../rules/core/quotes/altered.toml"),
        run: altered::run,
        options: options::<altered::Options>,
    },
];

/// A file's name as messages give it, at most 24 characters.
fn file_name(path: &Path) -> String {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    super::words::shorten(&name, 24)
}
