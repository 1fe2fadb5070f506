//! `quotes/*`: who says a quotation, whether its words are the same wherever it stands, and its marks.

mod inconsistent;
mod misattributed;
mod style;
mod unattributed;
mod unbalanced;
mod wordings;

use super::{Check, NoOptions, options};

pub const CHECKS: &[Check] = &[
    Check {
        code: "quotes/unattributed",
        page: include_str!("../../../rules/core/quotes/unattributed.toml"),
        run: unattributed::run,
        options: options::<unattributed::Options>,
    },
    Check {
        code: "quotes/inconsistent",
        page: include_str!("../../../rules/core/quotes/inconsistent.toml"),
        run: inconsistent::run,
        options: options::<inconsistent::Options>,
    },
    Check {
        code: "quotes/misattributed",
        page: include_str!("../../../rules/core/quotes/misattributed.toml"),
        run: misattributed::run,
        options: options::<NoOptions>,
    },
    Check {
        code: "quotes/unbalanced",
        page: include_str!("../../../rules/core/quotes/unbalanced.toml"),
        run: unbalanced::run,
        options: options::<NoOptions>,
    },
    Check {
        code: "quotes/style",
        page: include_str!("../../../rules/core/quotes/style.toml"),
        run: style::run,
        options: options::<style::Options>,
    },
];

/// At most `longest` characters of `words`, cut at a word with an ellipsis.
fn shorten(words: &str, longest: usize) -> String {
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= longest {
        return flat;
    }
    let cut: String = flat.chars().take(longest).collect();
    let stem = cut.rsplit_once(' ').map_or(cut.as_str(), |(stem, _)| stem);
    format!("{}…", stem.trim_end_matches([',', ';', ':', '.', ' ']))
}
