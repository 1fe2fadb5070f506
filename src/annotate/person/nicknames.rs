//! Given names and their short forms: Bill for William.

use std::sync::LazyLock;

use crate::text::KeyedLines;

static TABLE: LazyLock<KeyedLines> =
    LazyLock::new(|| KeyedLines::new(include_str!("../../../rules/lexicon/nicknames.txt")));

/// Whether one of two keys is a short form of the other, or both are of a third. One letter more, less or other makes no short
/// form, whatever the table says: it is as often a slip.
pub fn are_forms_of_one(a: &str, b: &str) -> bool {
    if strsim::osa_distance(a, b) <= 1 && !(a.starts_with(b) || b.starts_with(a)) {
        return false;
    }
    let short = |full: &str, form: &str| TABLE.of(full).any(|known| known == form);
    // A clipped form: Don for Donald, Alex for Alexander.
    let clipped = |full: &str, form: &str| form.len() >= 3 && full.len() >= form.len() + 2 && full.starts_with(form);
    short(a, b) || short(b, a) || clipped(a, b) || clipped(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_known_and_slips_are_not() {
        assert!(are_forms_of_one("william", "bill") && are_forms_of_one("liz", "elizabeth"));
        assert!(are_forms_of_one("don", "donald") && are_forms_of_one("bernard", "bernie"));
        assert!(!are_forms_of_one("hilary", "hillary") && !are_forms_of_one("mario", "marco"));
        assert!(!are_forms_of_one("vladimir", "volodymyr"));
    }
}
