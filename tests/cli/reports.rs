//! What people see, as they see it.

use super::Desk;

const ONLY_HOUSE: [&str; 4] = ["check", "--select", "house", "talks.md"];

#[test]
fn text() {
    insta::assert_snapshot!(Desk::usual().run(&ONLY_HOUSE).out);
}

#[test]
fn text_with_hints_and_color() {
    let run = Desk::usual().run(&["check", "--select", "house/hint", "--all", "--color", "always"]);
    insta::assert_snapshot!(run.out.replace('\u{1b}', "^"));
}

#[test]
fn concise() {
    insta::assert_snapshot!(Desk::usual().run(&["check", "--select", "house", "--format", "concise"]).out);
}

#[test]
fn github() {
    insta::assert_snapshot!(Desk::usual().run(&["check", "--select", "house", "--format", "github", "--all"]).out);
}

#[test]
fn sarif() {
    let run = Desk::usual().run(&["check", "--select", "house", "--format", "sarif"]);
    let mut value = run.json();
    value["runs"][0]["tool"]["driver"]["version"] = "VERSION".into();
    value["runs"][0]["tool"]["driver"]["semanticVersion"] = "VERSION".into();
    insta::assert_snapshot!(format!("{value:#}"));
}

#[test]
fn statistics() {
    insta::assert_snapshot!(Desk::usual().run(&["check", "--select", "house", "--statistics"]).out);
}

#[test]
fn a_clean_draft_is_silent_but_for_what_was_not_checked() {
    let desk = Desk::new(&[("talks.md", "# Harbor talks\n\nThe talks go on.\n")]);
    insta::assert_snapshot!(desk.run(&["check"]).out, @r"
    Nothing found in 1 draft, 6 words.
    No facts file: names compared only within each draft. No date: weekday and tenure checks skipped.
    ");
    assert_eq!(desk.run(&["check", "--quiet"]).out, "");
}

#[test]
fn the_date_is_missed_only_where_it_is_missing() {
    let dated = "---\ndate: 2026-03-02\n---\n\nThe talks go on.\n";
    let desk = Desk::new(&[("a.md", dated), ("b.md", "The talks go on.\n")]);
    let said = |arguments: &[&str]| desk.run(arguments).out;
    assert!(said(&["check"]).contains("No date in 1 of 2 drafts: weekday and tenure checks skipped there."));
    assert!(!said(&["check", "a.md"]).contains("No date"));
    assert!(!said(&["check", "--as-of", "2026-03-02"]).contains("No date"));
}

#[test]
fn the_other_side_in_a_facts_file_is_shown() {
    let desk = Desk::usual();
    desk.write("facts.toml", b"[[person]]\nname = \"Anneliese Brandtner\"\n");
    desk.write("newslint.toml", b"rules = [\"house.toml\"]\n[corpus]\nfacts = [\"facts.toml\"]\n");
    assert!(!desk.run(&["check"]).out.contains("No facts file"));
}

#[test]
fn two_runs_print_the_same_bytes() {
    let desk = Desk::usual();
    for name in ["a", "b", "c/d", "c/e"] {
        desk.write(&format!("{name}.md"), super::DRAFT.as_bytes());
    }
    for format in ["text", "concise", "json", "jsonl", "github", "sarif"] {
        let arguments = ["check", "--all", "--format", format];
        let (first, second) = (desk.run(&arguments), desk.run(&arguments));
        assert_eq!(first.out, second.out);
        assert!(first.out.find("a.md").unwrap() < first.out.find("c/d.md").unwrap(), "{format}");
    }
}

#[test]
fn a_report_goes_to_a_file() {
    let desk = Desk::usual();
    let run = desk.run(&["check", "--format", "json", "--output", "report.json"]);
    assert_eq!(run.out, "");
    let value: serde_json::Value = serde_json::from_str(&desk.text("report.json")).unwrap();
    assert_eq!(value["files"][0]["path"], "talks.md");
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_read_enough_is_no_failure() {
    use std::process::Stdio;
    let desk = Desk::usual();
    let mut command = desk.command(&["check", "--format", "json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
