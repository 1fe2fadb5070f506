//! Mistakes in configuration, rule and facts files, as people read them.

use std::path::Path;

use crate::config_error::ConfigError;
use crate::report::{Shown, text};

use super::drafts::shown as shown_path;

/// Prints each mistake with its line, to standard error: reports on standard output stay what programs expect.
pub fn print(errors: &[ConfigError], shown: Shown) {
    let shown = Shown { color: shown.color && std::io::IsTerminal::is_terminal(&std::io::stderr()), ..shown };
    for error in errors {
        // The file is read again for its line: a mistake is rare, and its file small.
        let source = std::fs::read_to_string(&*error.file).ok();
        let source = source.as_deref().map(|text| text.strip_prefix('\u{feff}').unwrap_or(text));
        eprintln!("{}\n", text::problem(error, source, &shortened(error.clone()).file, shown));
    }
}

/// The same mistake with its file as people know it.
pub fn shortened(error: ConfigError) -> ConfigError {
    let file = shown_file(&error.file).into();
    ConfigError { file, ..error }
}

/// A configuration file as people know it: those on disk are kept by their full paths, those that ship by a name.
pub fn shown_file(file: &str) -> String {
    if Path::new(file).is_absolute() { shown_path(Path::new(file)) } else { file.to_owned() }
}
