//! What is known of the terminal.

use std::env;
use std::io::IsTerminal;

use clap::ValueEnum;

/// Columns where nothing says how wide the terminal is.
const USUAL_WIDTH: usize = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    Auto,
    Always,
    Never,
}

/// Whether to color standard output. `NO_COLOR` and `TERM=dumb` are heard unless `--color` says otherwise.
pub fn colored(choice: ColorChoice, to_file: bool) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            let unwanted = env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
            let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
            !to_file && !unwanted && !dumb && std::io::stdout().is_terminal()
        }
    }
}

/// How many columns there are. Where nobody looks the answer is always the same, so that two runs print the same bytes.
pub fn width() -> usize {
    if !std::io::stdout().is_terminal() {
        return USUAL_WIDTH;
    }
    let (_, columns) = console::Term::stdout().size();
    usize::from(columns).clamp(40, 160)
}
