//! `copy/*`: what should not be in the copy at all.

mod assistant;
mod characters;
mod duplicate;
mod furniture;
mod locale;
mod placeholder;

use super::{Check, Context, NoOptions, options};

pub const CHECKS: &[Check] = &[
    Check {
        code: "copy/placeholder",
        page: include_str!("../../../rules/core/copy/placeholder.toml"),
        run: placeholder::run,
        options: options::<placeholder::Options>,
    },
    Check {
        code: "copy/furniture",
        page: include_str!("../../../rules/core/copy/furniture.toml"),
        run: furniture::run,
        options: options::<furniture::Options>,
    },
    Check {
        code: "copy/duplicate",
        page: include_str!("../../../rules/core/copy/duplicate.toml"),
        run: duplicate::run,
        options: options::<duplicate::Options>,
    },
    Check {
        code: "copy/locale",
        page: include_str!("../../../rules/core/copy/locale.toml"),
        run: locale::run,
        options: options::<locale::Options>,
    },
    Check {
        code: "copy/characters",
        page: include_str!("../../../rules/core/copy/characters.toml"),
        run: characters::run,
        options: options::<NoOptions>,
    },
];

/// `words`, cut to fit a message.
fn shorten(words: &str, longest: usize) -> String {
    match words.char_indices().nth(longest) {
        None => words.to_owned(),
        Some((at, _)) => format!("{}…", words[..at].trim_end()),
    }
}
