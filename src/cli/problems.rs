//! Mistakes in configuration, rule and facts files, as people read them.

use crate::config_error::ConfigError;
use crate::report::{Shown, text};

use super::drafts::shown as shown_path;

/// Prints each mistake with its line, to standard error: reports on standard output stay what programs expect.
pub fn print(errors: &[ConfigError], shown: Shown) {
    let shown = Shown { color: shown.color && std::io::IsTerminal::is_terminal(&std::io::stderr()), ..shown };
    for error in errors {
        // The file is read again for its line: a mistake is rare, and its file small.
        let source = std::fs::read_to_string(&*error.file).ok();
        eprintln!("{}\n", text::problem(error, source.as_deref(), &shortened(error.clone()).file, shown));
    }
}

/// The same mistake with its file as people know it.
pub fn shortened(error: ConfigError) -> ConfigError {
    let file = if error.file.starts_with('/') || error.file.contains(":\\") || error.file.contains(":/") {
        shown_path(error.file.as_ref().as_ref()).into()
    } else {
        error.file.clone()
    };
    ConfigError { file, ..error }
}
