//! `--fix` and `--diff`.

use super::{CONFIG, Desk, HOUSE};

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn safe_fixes_are_made_and_the_rest_is_reported() {
    let desk = Desk::usual();
    let run = desk.run(&["check", "--select", "house", "--fix"]);
    assert!(desk.text("talks.md").contains("The mayor’s adviser left the quayside"));
    assert!(run.out.contains("1 fix made in 1 draft."), "{}", run.out);
    assert!(run.out.contains("house/quay") && !run.out.contains("house/adviser"), "{}", run.out);
    assert_eq!(desk.run(&["check", "--select", "house/adviser"]).code, 0);
}

#[test]
fn a_diff_changes_nothing() {
    let desk = Desk::usual();
    let before = desk.text("talks.md");
    let run = desk.run(&["check", "--select", "house/adviser", "--diff"]);
    assert_eq!(desk.text("talks.md"), before);
    assert!(run.out.starts_with("--- a/talks.md\n+++ b/talks.md\n@@ -1,5 +1,5 @@\n"), "{}", run.out);
    assert!(run.out.contains("+The mayor’s adviser"), "{}", run.out);
}

#[test]
fn a_file_keeps_its_line_ends_and_encoding() {
    let desk = Desk::new(&[("newslint.toml", CONFIG), ("house.toml", HOUSE)]);
    let (before, after) = ("Talks\r\n\r\nThe advisor’s note.\r\n", "Talks\r\n\r\nThe adviser’s note.\r\n");
    desk.write("crlf.txt", before.as_bytes());
    desk.write("bom.txt", format!("\u{feff}{before}").as_bytes());
    desk.write("wide.txt", &utf16(before));
    let run = desk.run(&["check", "--select", "house", "--fix"]);
    assert!(run.out.contains("3 fixes made in 3 drafts."), "{}{}", run.out, run.err);
    assert_eq!(desk.text("crlf.txt"), after);
    assert_eq!(desk.text("bom.txt"), format!("\u{feff}{after}"));
    assert_eq!(desk.read("wide.txt"), utf16(after));
}

#[test]
fn what_has_no_fix_is_not_written() {
    let desk = Desk::usual();
    let modified = || std::fs::metadata(desk.path("talks.md")).unwrap().modified().unwrap();
    let before = modified();
    desk.run(&["check", "--select", "house/quay", "--fix"]);
    assert_eq!(modified(), before);
}

#[test]
fn standard_input_comes_back_fixed() {
    let desk = Desk::usual();
    let run = desk.run_with_input(&["check", "-", "--select", "house/adviser", "--fix"], b"The advisor left.\n");
    assert_eq!(run.out, "The adviser left.\n");
    assert!(run.err.contains("1 fix made in 1 draft."), "{}", run.err);
}

#[test]
fn unsafe_fixes_wait_to_be_asked_for() {
    let desk = Desk::usual();
    desk.write("house.toml", HOUSE.replace("fix = \"safe\"", "fix = \"suggest\"").as_bytes());
    desk.run(&["check", "--select", "house/adviser", "--fix"]);
    assert!(desk.text("talks.md").contains("advisor"));
    desk.run(&["check", "--select", "house/adviser", "--fix", "--unsafe-fixes"]);
    assert!(!desk.text("talks.md").contains("advisor"));
}
