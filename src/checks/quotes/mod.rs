//! `quotes/*`.

mod unattributed;

use super::{Check, options};

pub const CHECKS: &[Check] = &[Check {
    code: "quotes/unattributed",
    page: include_str!("../../../rules/core/quotes/unattributed.toml"),
    run: unattributed::run,
    options: options::<unattributed::Options>,
}];

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
