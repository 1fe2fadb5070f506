//! `newslint explain` and `newslint why`.

use super::Desk;

#[test]
fn a_rule_explains_itself() {
    insta::assert_snapshot!(Desk::usual().run(&["explain", "house/adviser"]).out);
}

#[test]
fn every_code_has_a_page() {
    let desk = Desk::usual();
    let listed = desk.run(&["explain"]);
    assert_eq!(listed.code, 0);
    let codes: Vec<&str> =
        listed.out.lines().filter(|l| l.starts_with("  ")).filter_map(|l| l.split_whitespace().next()).collect();
    assert!(codes.contains(&"copy/unreadable") && codes.contains(&"house/quay"), "{codes:?}");
    for code in codes {
        let page = desk.run(&["explain", code]);
        assert!(page.code == 0 && page.out.starts_with(&format!("{code}\n")), "{code}: {}{}", page.out, page.err);
        assert!(page.out.lines().all(|line| line.chars().count() <= 100 || line.starts_with("  │")), "{}", page.out);
    }
}

#[test]
fn an_unknown_code_is_met_with_a_guess() {
    let run = Desk::usual().run(&["explain", "house/advisor"]);
    assert_eq!(run.code, 2);
    insta::assert_snapshot!(run.err, @"newslint: no check or rule is called “house/advisor”; did you mean “house/adviser”?");
}

#[test]
fn why_says_what_was_found_on_a_line() {
    let desk = Desk::usual();
    let run = desk.run(&["why", "talks.md:5"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("5:10 house/email “e-mail” here"), "{}", run.out);
    assert!(desk.run(&["why", "talks.md:2"]).out.starts_with("Nothing was found on line 2"));
    assert_eq!(desk.run(&["why", "talks.md"]).code, 2);
    assert_eq!(desk.run(&["why", "talks.md:99"]).code, 2);
}
