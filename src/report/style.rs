//! Bold, dim and the like, where a terminal shows them.

use annotate_snippets::renderer::{AnsiColor, Effects, Style};

use super::Shown;

fn styled(text: &str, style: Style, shown: Shown) -> String {
    if shown.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
}

pub fn bold(text: &str, shown: Shown) -> String {
    styled(text, Style::new().effects(Effects::BOLD), shown)
}

pub fn dim(text: &str, shown: Shown) -> String {
    styled(text, Style::new().effects(Effects::DIMMED), shown)
}

/// Names to type: codes, options, keys.
pub fn code(text: &str, shown: Shown) -> String {
    styled(text, AnsiColor::Cyan.on_default(), shown)
}
