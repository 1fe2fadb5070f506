//! The drafts of the README's first command.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

fn newslint(arguments: &[&str]) -> (i32, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_newslint")).current_dir(root).args(arguments).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn they_show_what_newslint_finds() {
    let (code, out) = newslint(&["check", "examples", "--format", "json", "--fail-on", "never"]);
    assert_eq!(code, 0);
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    let mut codes = BTreeSet::new();
    for file in value["files"].as_array().unwrap() {
        let found = file["diagnostics"].as_array().unwrap();
        let grave = found.iter().filter(|d| d["severity"] != "info").map(|d| d["code"].as_str().unwrap());
        let grave: Vec<&str> = grave.collect();
        let clean =
            matches!(file["path"].as_str().unwrap(), "examples/drafts/library.md" | "examples/opinion/harbour-view.md");
        assert!(!clean || grave.is_empty(), "{}: {grave:?}", file["path"]);
        codes.extend(grave.into_iter().map(str::to_owned));
    }
    assert!(codes.contains("house/adviser") && codes.contains("house/kickoff-time"), "{codes:?}");
}

#[test]
fn the_examples_of_their_rules_hold() {
    let (code, out) = newslint(&["rules", "test", "examples/rules/house.toml"]);
    assert_eq!(code, 0, "{out}");
}
