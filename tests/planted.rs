//! Plants slips in clean stories: `planted/stories` must be silent, and each change of `planted/changes.toml` must be caught where it
//! stands or, where it names no code, must not be.
//!
//! The stories are written for this and cover what desks print: news, courts, sport, markets, obituaries, opinion, a live page.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use newslint::corpus::Reference;
use newslint::diagnostic::Diagnostic;
use newslint::lint::{Settings, lint};
use newslint::source::{Draft, Format};
use newslint::text::decode::Encoding;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Planted {
    change: Vec<Change>,
}

/// One change to a story.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    story: String,
    /// Words that stand in the story once.
    was: String,
    is: String,
    /// The code that catches it; without one the change is harmless, and nothing may be said.
    code: Option<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/planted")
}

fn check(name: &str, text: &str) -> Vec<Diagnostic> {
    let path = Path::new(name);
    let draft = Draft::read(path, Format::of(path), Encoding::Utf8, text.into());
    lint(&draft, &Settings::built_in(), &Reference::default())
}

fn said(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|d| format!("\n    {} {}: {}", d.code, d.start.line, d.message)).collect()
}

#[test]
fn clean_stories_are_silent() {
    let mut count = 0;
    for entry in std::fs::read_dir(folder().join("stories")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let found = check(&name, &std::fs::read_to_string(&path).unwrap());
        assert!(found.is_empty(), "{name}:{}", said(&found));
        count += 1;
    }
    assert!(count >= 16);
}

#[test]
fn planted_slips_are_caught() {
    let planted: Planted = toml::from_str(&std::fs::read_to_string(folder().join("changes.toml")).unwrap()).unwrap();
    let mut failures = String::new();
    for change in &planted.change {
        let story = std::fs::read_to_string(folder().join("stories").join(&change.story)).unwrap();
        assert_eq!(story.matches(&change.was).count(), 1, "{}: “{}” stands there once", change.story, change.was);
        let found = check(&change.story, &story.replace(&change.was, &change.is));
        let good = match &change.code {
            Some(code) => found.iter().any(|d| *d.code == **code),
            None => found.is_empty(),
        };
        if !good {
            let wanted = change.code.as_deref().unwrap_or("nothing");
            writeln!(failures, "  {}: “{}” wants {wanted}, got:{}", change.story, change.is, said(&found)).unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}
