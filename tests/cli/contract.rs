//! Exit codes, selection, and the JSON that scripts read.

use super::{Desk, HOUSE};

#[test]
fn exit_codes() {
    let desk = Desk::usual();
    let code = |arguments: &[&str]| desk.run(arguments).code;
    assert_eq!(code(&["check", "--select", "house"]), 1, "an error");
    assert_eq!(code(&["check", "--select", "house/adviser"]), 0, "a warning is below the default");
    assert_eq!(code(&["check", "--select", "house/adviser", "--fail-on", "warning"]), 1);
    assert_eq!(code(&["check", "--select", "house/hint", "--fail-on", "warning"]), 0);
    assert_eq!(code(&["check", "--select", "house/hint", "--fail-on", "info"]), 1);
    assert_eq!(code(&["check", "--select", "house", "--fail-on", "never"]), 0);
    assert_eq!(code(&["check", "none.md"]), 2, "not all could be done");
    assert_eq!(code(&["check", "--no-such-option"]), 2);
}

#[test]
fn codes_are_selected_by_name_and_prefix() {
    let desk = Desk::usual();
    assert_eq!(desk.codes(&["--select", "house/quay,house/email"]), ["3:house/quay", "5:house/email"]);
    assert_eq!(desk.codes(&["--select", "house/", "--ignore", "house/quay", "--ignore", "house/hint"]).len(), 2);
}

#[test]
fn an_unknown_code_stops_the_run() {
    let run = Desk::usual().run(&["check", "--select", "house/advisor"]);
    assert_eq!(run.code, 2);
    assert_eq!(run.out, "");
    insta::assert_snapshot!(run.err, @"newslint: --select: no check or rule is called “house/advisor”; did you mean “house/adviser”?");
}

#[test]
fn json_has_every_field_of_the_contract() {
    let desk = Desk::usual();
    let value = desk.run(&["check", "--select", "house/email", "--format", "json"]).json();
    assert_eq!(value["version"], 1);
    let file = &value["files"][0];
    let d = &file["diagnostics"][0];
    let draft = desk.text("talks.md");
    let words = |v: &serde_json::Value| {
        draft[v["start"].as_u64().unwrap() as usize..v["end"].as_u64().unwrap() as usize].to_owned()
    };
    assert_eq!((file["path"].as_str(), file["format"].as_str()), (Some("talks.md"), Some("markdown")));
    assert_eq!((words(d), d["text"].as_str()), ("e-mail".to_owned(), Some("e-mail")));
    assert_eq!((d["line"].as_u64(), d["column"].as_u64()), (Some(5), Some(10)));
    assert_eq!((d["severity"].as_str(), d["confidence"].as_str()), (Some("warning"), Some("sure")));
    assert_eq!(d["help"], "newslint explain house/email");
    let evidence = &d["evidence"][0];
    assert_eq!((words(evidence), evidence["path"].as_str()), ("email".to_owned(), Some("talks.md")));
    assert_eq!(value["summary"]["warnings"], 1);
    assert_eq!(value["summary"]["skipped"], serde_json::json!([]));
    let lines = desk.run(&["check", "--select", "house/email", "--format", "jsonl"]).out;
    assert_eq!(serde_json::from_str::<serde_json::Value>(&lines).unwrap(), *file);
}

#[test]
fn standard_input_is_checked_under_a_name() {
    let desk = Desk::new(&[("newslint.toml", "rules = [\"house.toml\"]\n"), ("house.toml", HOUSE)]);
    let run = desk.run_with_input(
        &["check", "-", "--stdin-filename", "sport/match.md", "--format", "concise", "--quiet"],
        "# A\n\nThe advisor left.\n".as_bytes(),
    );
    assert_eq!(run.out, "sport/match.md:3:5: warning[house/adviser] Write “adviser”, not “advisor”\n");
}

#[test]
fn isolated_leaves_configuration_aside() {
    let desk = Desk::usual();
    assert!(desk.codes(&["--isolated"]).iter().all(|code| !code.contains("house/")));
}

#[test]
fn jobs_change_nothing() {
    let desk = Desk::usual();
    for name in 0..8 {
        desk.write(&format!("{name}.md"), super::DRAFT.as_bytes());
    }
    assert_eq!(desk.run(&["check", "--jobs", "1"]).out, desk.run(&["check", "--jobs", "4"]).out);
}
