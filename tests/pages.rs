//! Every built-in code has a page, its options parse, and its examples hold.

use newslint::checks::{self, OptionSet};
use newslint::examples;

#[test]
fn every_page_parses_with_its_options() {
    let mut codes: Vec<_> = checks::all().map(|c| c.code).collect();
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count, "a code is registered twice");
    OptionSet::defaults();
}

#[test]
fn the_examples_on_every_page_hold() {
    let mut wrong = Vec::new();
    for check in checks::all() {
        let page = check.page();
        let flags = page.examples.iter().filter(|e| e.flag.is_some()).count();
        let passes = page.examples.len() - flags;
        if flags < 3 || passes < 3 {
            wrong.push(format!("{}: a page needs at least 3 examples that flag and 3 that pass", check.code));
        }
        wrong.extend(examples::run_page(check).err().unwrap_or_default());
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_option_is_explained() {
    for check in checks::all() {
        let page = check.page();
        let options: Vec<_> = page.options.keys().collect();
        let explained: Vec<_> = page.option_help.keys().collect();
        assert_eq!(options, explained, "the options of {} and what its page says of them", check.code);
    }
}
