//! The guide to the reference: what it shows is read without a complaint, and what it says is found is found.

use super::Desk;

/// The words of the guide's fenced block with this heading.
fn fence(heading: &str) -> &'static str {
    let guide = include_str!("../../docs/reference.md");
    let opening = format!("```{heading}\n");
    let start = guide.find(&opening).unwrap_or_else(|| panic!("the guide has no block “{heading}”")) + opening.len();
    let length = guide[start..].find("```").expect("a block ends");
    &guide[start..start + length]
}

#[test]
fn the_guide_holds() {
    let config = "[corpus]\nfacts = [\"facts/*.toml\"]\n";
    let desk = Desk::new(&[
        ("newslint.toml", config),
        ("facts/desk.toml", fence("toml facts")),
        ("draft.md", fence("text draft")),
    ]);
    let run = desk.run(&["check", "--all", "--as-of", "2026-03-10", "--format", "concise", "draft.md"]);
    assert_eq!(run.err.matches("error").count(), 0, "{}", run.err);
    for code in fence("text found").split_whitespace() {
        assert!(run.out.contains(&format!("[{code}]")), "{code} is not in\n{}{}", run.out, run.err);
    }
}

#[test]
fn the_table_in_the_guide_is_read() {
    let desk = Desk::new(&[
        ("newslint.toml", "[corpus]\nfacts = [\"facts/people.csv\"]\n"),
        ("facts/people.csv", fence("csv people.csv")),
        ("draft.md", "Mayor Anna Brandtner met Harbormaster Tobias Ekwal on the quay.\n"),
    ]);
    let run = desk.run(&["check", "--all", "--as-of", "2026-03-10", "--format", "concise", "draft.md"]);
    assert_eq!(run.out.matches("[names/reference]").count(), 2, "{}{}", run.out, run.err);
}
