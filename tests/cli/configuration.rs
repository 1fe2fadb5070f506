//! Mistakes in the files that people keep, and what is in force.

use super::{Desk, HOUSE};

#[test]
fn mistakes_are_shown_at_their_place() {
    let desk = Desk::usual();
    desk.write(
        "newslint.toml",
        b"rules = [\"house.toml\", \"newsrom\"]\nlocal = \"en-GB\"\n\n[severity]\n\"house/quai\" = \"off\"\n",
    );
    let run = desk.run(&["check", "--select", "house/adviser"]);
    assert_eq!(run.code, 2);
    insta::assert_snapshot!(run.err);
    assert!(run.out.contains("house/adviser"), "what could be loaded runs: {}", run.out);
    assert!(run.out.contains("3 mistakes in the configuration"), "{}", run.out);
}

#[test]
fn one_broken_rule_does_not_stop_the_others() {
    let desk = Desk::usual();
    let broken = "\n[[rule]]\nid = \"broken\"\nkind = \"pattern\"\nmessage = \"No\"\nregex = \"(harbor\"\n";
    desk.write("house.toml", format!("{HOUSE}{broken}").as_bytes());
    let run = desk.run(&["check", "--select", "house"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("house.toml:41:10"), "{}", run.err);
    assert!(run.out.contains("house/adviser") && run.out.contains("house/quay"), "{}", run.out);
    let value = desk.run(&["check", "--format", "json"]).json();
    assert_eq!(value["summary"]["problems"][0]["path"], "house.toml");
}

#[test]
fn the_nearest_file_is_in_force_for_each_draft() {
    let desk = Desk::usual();
    desk.write("sport/newslint.toml", b"extends = \"../newslint.toml\"\n[severity]\n\"house/quay\" = \"off\"\n");
    desk.write("sport/match.md", super::DRAFT.as_bytes());
    desk.write("bare/newslint.toml", b"");
    desk.write("bare/story.md", super::DRAFT.as_bytes());
    let codes = |path: &str| desk.codes(&["--select", "house", path]).join(" ");
    assert!(codes("talks.md").contains("house/quay"));
    assert!(!codes("sport/match.md").contains("house/quay") && codes("sport/match.md").contains("house/adviser"));
    assert_eq!(desk.run(&["check", "bare/story.md", "--fail-on", "never"]).code, 0);
}

#[test]
fn stages_and_overrides_change_severities() {
    let desk = Desk::usual();
    desk.write(
        "newslint.toml",
        b"rules = [\"house.toml\"]\n[severity.draft]\n\"house/quay\" = \"info\"\n\
          [[override]]\nwhen = { section = \"opinion\" }\nseverity = { \"house\" = \"off\" }\n",
    );
    let quay = ["check", "--select", "house/quay", "talks.md"];
    assert_eq!(desk.run(&quay).code, 1);
    assert_eq!(desk.run(&[&quay[..], &["--stage", "draft"]].concat()).code, 0);
    desk.write("opinion.md", format!("---\nsection: Opinion\n---\n\n{}", super::DRAFT).as_bytes());
    assert_eq!(desk.codes(&["opinion.md", "--select", "house"]).join(" ").matches("house").count(), 0);
}

#[test]
fn config_says_which_line_decided() {
    let desk = Desk::usual();
    desk.write(
        "newslint.toml",
        b"locale = \"en-GB\"\nrules = [\"house.toml\"]\n\n[severity]\n\"house/quay\" = \"warning\"\n\n[[override]]\nfiles = [\"talks.md\"]\nseverity = { \"house/hint\" = \"off\" }\n",
    );
    let run = desk.run(&["config", "talks.md"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let until_options = run.out.split("Options").next().unwrap().to_owned();
    let without_counts: Vec<&str> = until_options.lines().filter(|line| !line.contains("(--all)")).collect();
    insta::assert_snapshot!(without_counts.join("\n"));
}

#[test]
fn init_writes_over_nothing() {
    let desk = Desk::new(&[("newslint.toml", "locale = \"en-IE\"\n"), ("story.md", "The advisor left.\n")]);
    let run = desk.run(&["init"]);
    insta::assert_snapshot!(run.out);
    assert_eq!(desk.text("newslint.toml"), "locale = \"en-IE\"\n");
    let fresh = Desk::new(&[("story.md", "The advisor left.\n")]);
    fresh.run(&["init"]);
    let checked = fresh.run(&["check", "--format", "concise"]);
    assert!(checked.out.contains("house/adviser"), "{}{}", checked.out, checked.err);
    assert_eq!(checked.code, 0, "{}", checked.err);
}

/// Without files, the rules that the configuration names are tested too.
#[test]
fn the_rules_of_the_configuration_are_tested() {
    let desk = Desk::usual();
    let broken = "\n[[rule]]\nid = \"spring\"\nkind = \"avoid\"\nmessage = \"No\"\nwords = [\"spring\"]\nexamples = [{ flag = \"In [autumn].\" }]\n";
    desk.write("house.toml", format!("{HOUSE}{broken}").as_bytes());
    let run = desk.run(&["rules", "test"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("house.toml:") && run.out.contains("house/spring"), "{}", run.out);
}
