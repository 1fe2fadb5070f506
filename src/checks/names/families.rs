//! People of public life who share a surname: another given name with such a surname is no slip by itself.

use std::sync::LazyLock;

use crate::annotate::Person;
use crate::annotate::person::given_names_agree;
use crate::text::KeyedLines;
use crate::text::fold::ascii_key;

static TABLE: LazyLock<KeyedLines> =
    LazyLock::new(|| KeyedLines::new(include_str!("../../../rules/lexicon/families.txt")));

/// Whether somebody of public life has this name. Keys are [`ascii_key`]s.
pub fn has(surname: &str, given: &str) -> bool {
    let surname = surname.replace(' ', "-");
    TABLE.of(&surname).any(|known| known == given || given_names_agree(&[known], &[given]))
}

/// Whether people of public life share this surname, a key.
pub fn has_surname(surname: &str) -> bool {
    TABLE.has(&surname.replace(' ', "-"))
}

/// Whether a person of the draft is one of those of public life who share a surname.
pub fn has_person(person: &Person) -> bool {
    person.given.as_deref().is_some_and(|given| has(&ascii_key(&person.surname), &ascii_key(given)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_one_surname_are_known_and_strangers_are_not() {
        assert!(has("wright", "wilbur") && has("wright", "orville"));
        assert!(!has("wright", "ferdinand") && !has("quillfeather", "orville"));
    }
}
