//! Every built-in code has a page, its options parse, and its examples hold.

use std::sync::Arc;

use newslint::checks::{self, OptionSet};
use newslint::examples;
use newslint::rules::{PACKS, RuleSet};

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

#[test]
fn the_packs_that_ship_load_and_their_examples_hold() {
    for (pack, files) in PACKS {
        let (rules, errors) = RuleSet::load(files.iter().copied());
        let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
        assert!(errors.is_empty(), "\n{}", errors.join("\n"));
        for info in rules.infos() {
            assert!(info.code.starts_with(&format!("{pack}/")), "{} is in the pack {pack}", info.code);
            assert!(info.message.chars().count() <= 90, "the message of {} is over 90 characters", info.code);
            assert!(info.why.is_some(), "{} does not say why", info.code);
            let passes = info.examples.iter().filter(|e| e.example.pass.is_some()).count();
            assert!(passes > 0, "{} has no example that passes", info.code);
        }
        let report = examples::run_rules(&Arc::new(rules));
        let wrong: Vec<_> = report.failures.iter().chain(&report.unproven).map(ToString::to_string).collect();
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }
}
