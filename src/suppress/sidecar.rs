//! `STORY.newslint.toml`, the file beside a draft that says what not to report in it.

use std::path::{Path, PathBuf};

use crate::config_error::ConfigError;
use crate::source::{Ignore, split_codes};
use crate::strict_toml::TomlFile;
use crate::text::Span;

/// Where the sidecar of a draft would be: `story.md` → `story.newslint.toml`.
pub fn sidecar_path(draft: &Path) -> PathBuf {
    draft.with_extension("newslint.toml")
}

/// Reads a sidecar. A mistake is named at its place, and the other entries count.
pub fn read_sidecar(path: &Path, text: &str) -> (Vec<Ignore>, Vec<ConfigError>) {
    let file = TomlFile::new(&path.to_string_lossy().replace('\\', "/"), text);
    let table = file.parse();
    let mut keys = file.keys(&table, 0..text.len());
    let mut ignores = Vec::new();
    for entry in keys.tables("ignore") {
        let span = entry.span();
        let mut keys = file.keys(entry.get_ref(), span.clone());
        let code = keys.string("code");
        let owned = |text: Option<toml::Spanned<&str>>| text.map(|t| t.into_inner().to_owned());
        let words = owned(keys.string("text"));
        let why = owned(keys.string("why"));
        keys.string("by");
        let until = keys.date("until").map(toml::Spanned::into_inner);
        match &code {
            None if !keys.has("code") => {
                keys.missing("code", "name what is not to be reported, such as code = \"names/spelling\"")
            }
            Some(code) if split_codes(code.get_ref()).is_empty() => file.error(code.span(), "this names no code"),
            _ => {}
        }
        keys.finish();
        let Some(code) = code else { continue };
        let error = file.places().error(span.clone(), "", None);
        let place = crate::text::line_index::Place { line: error.line, column: error.column };
        let sidecar = Some((path.to_owned(), Span::new(span.start, span.end), place));
        ignores.push(Ignore { codes: split_codes(code.get_ref()), text: words, why, until, sidecar });
    }
    keys.finish();
    (ignores, file.into_errors())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_entries_and_names_mistakes() {
        let text = "[[ignore]]\ncode = \"names/spelling\"\ntext = \"Smyth\"\nwhy = \"his own spelling\"\nby = \"night desk\"\n\
                    until = 2026-01-31\n\n[[ignore]]\ntext = \"x\"\ncodes = \"names\"\n";
        let (ignores, errors) = read_sidecar(Path::new("a/story.newslint.toml"), text);
        assert_eq!(ignores.len(), 1);
        assert_eq!(ignores[0].text.as_deref(), Some("Smyth"));
        assert_eq!(ignores[0].sidecar.as_ref().unwrap().2.line, 1);
        let shown: Vec<_> = errors.iter().map(ToString::to_string).collect();
        assert!(shown[0].starts_with("a/story.newslint.toml:8:1: “code” is missing"), "{shown:?}");
        assert!(
            shown[1].starts_with("a/story.newslint.toml:10:1: unknown key “codes”; did you mean “code”?"),
            "{shown:?}"
        );
        assert_eq!(sidecar_path(Path::new("a/story.md")), Path::new("a/story.newslint.toml"));
    }
}
