//! Which files are read, and those that cannot be.

use super::{DRAFT, Desk};

fn shown_paths(desk: &Desk, arguments: &[&str]) -> Vec<String> {
    let mut all = vec!["check", "--format", "json"];
    all.extend(arguments);
    let value = desk.run(&all).json();
    value["files"].as_array().unwrap().iter().map(|f| f["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn copy_is_found_and_what_is_none_is_left() {
    let desk = Desk::new(&[
        ("news/b.md", DRAFT),
        ("news/a.txt", DRAFT),
        ("page.html", "<p>The talks go on.</p>"),
        ("README.md", DRAFT),
        ("LICENSE-MIT.txt", DRAFT),
        ("script.py", "print()"),
        (".hidden/c.md", DRAFT),
    ]);
    assert_eq!(shown_paths(&desk, &[]), ["news/a.txt", "news/b.md", "page.html"]);
    assert_eq!(shown_paths(&desk, &["./news", "news/a.txt"]), ["news/a.txt", "news/b.md"]);
    assert_eq!(shown_paths(&desk, &["README.md"]), ["README.md"], "what is named is checked");
    let absolute = desk.path("news").to_string_lossy().into_owned();
    assert_eq!(shown_paths(&desk, &[&absolute]).len(), 2);
}

#[test]
fn configuration_says_what_is_copy() {
    let desk = Desk::new(&[
        ("newslint.toml", "include = [\"**/*.copy\", \"README.md\"]\nignore = [\"old/**\"]\n"),
        ("a.copy", DRAFT),
        ("old/b.copy", DRAFT),
        ("c.md", DRAFT),
        ("README.md", DRAFT),
    ]);
    assert_eq!(shown_paths(&desk, &[]), ["README.md", "a.copy"]);
}

#[test]
fn a_list_of_files_is_read() {
    let desk = Desk::new(&[("a.md", DRAFT), ("b.md", DRAFT), ("c.md", DRAFT), ("list", "a.md\r\nc.md\n\n")]);
    assert_eq!(shown_paths(&desk, &["--files-from", "list"]), ["a.md", "c.md"]);
    let run = desk.run_with_input(&["check", "--files-from", "-", "--format", "concise"], b"b.md\0");
    assert!(run.out.contains("1 draft"), "{}", run.out);
}

#[test]
fn nothing_to_check_is_said() {
    let desk = Desk::new(&[("README.md", DRAFT)]);
    let run = desk.run(&["check"]);
    assert_eq!(run.code, 2);
    assert!(run.err.starts_with("newslint: nothing to check in this folder"), "{}", run.err);
    assert_eq!(desk.run(&["check", "--allow-empty"]).code, 0);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_checked() {
    let desk = Desk::usual();
    desk.write("picture.txt", b"\x89PNG\r\n\x1a\n\0\0");
    desk.write("latin.txt", b"caf\xe9\n");
    desk.write("huge.txt", &vec![b'a'; 16 * 1024 * 1024 + 1]);
    let run = desk.run(&["check", "--select", "house/adviser,copy/unreadable", ".", "gone.md"]);
    assert_eq!(run.code, 2);
    insta::assert_snapshot!(run.out);
    let value = desk.run(&["check", "--format", "json", ".", "gone.md"]).json();
    let skipped: Vec<_> =
        value["summary"]["skipped"].as_array().unwrap().iter().map(|s| s["path"].as_str().unwrap()).collect();
    assert_eq!(skipped, ["gone.md", "huge.txt", "latin.txt", "picture.txt"]);
    assert_eq!(value["files"][0]["diagnostics"][0]["code"], "copy/unreadable");
}

#[test]
fn empty_files_and_windows_line_ends_are_copy() {
    let desk = Desk::new(&[("empty.md", ""), ("crlf.md", &DRAFT.replace('\n', "\r\n"))]);
    let run = desk.run(&["check", "--format", "json"]);
    assert_ne!(run.code, 2, "{}", run.err);
    assert_eq!(run.json()["summary"]["files"], 2);
}
