//! Capitals: how the words of a rule are held against a draft, and how a replacement takes over the case of the original.

use super::folded::fold_phrase;
use crate::text::fold::lower_in_place;

/// A word or phrase of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// As the rule has it.
    pub written: String,
    /// As drafts are folded.
    pub folded: String,
    /// The same in lower case: what the automaton looks for.
    pub lower: String,
    capitals: Capitals,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Capitals {
    /// The phrase has none: any case of the draft will do.
    Any,
    /// The phrase has some: the draft must have them too. Text in capitals throughout has them.
    Kept,
    /// Letter for letter.
    Exact,
}

impl Phrase {
    pub fn new(written: &str, match_case: bool) -> Phrase {
        let folded = fold_phrase(written);
        let lower = lower_in_place(&folded);
        let capitals = match () {
            () if match_case => Capitals::Exact,
            () if folded == lower => Capitals::Any,
            () => Capitals::Kept,
        };
        Phrase { written: written.trim().to_owned(), folded, lower, capitals }
    }

    /// Whether `found`, folded words whose lower case is that of the phrase, have the capitals that it asks for.
    pub fn takes(&self, found: &str) -> bool {
        match self.capitals {
            Capitals::Any => true,
            Capitals::Exact => found == self.folded,
            Capitals::Kept => {
                let all_capitals = is_all_capitals(found);
                let mut letters = self.folded.chars().zip(found.chars()).enumerate();
                letters.all(|(at, (own, other))| own == other || (other.is_uppercase() && (all_capitals || at == 0)))
            }
        }
    }
}

/// Two or more letters, and none of them lower case.
fn is_all_capitals(text: &str) -> bool {
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    capitals > 1 && !text.chars().any(char::is_lowercase)
}

/// `replacement` for `found`, which the rule calls `own`, with the case of `found`: kiev → kyiv, Kiev → Kyiv, KIEV → KYIV. Where
/// the rule's own case was found, the replacement is taken as written.
pub fn keep_case(own: &str, found: &str, replacement: &str) -> String {
    if own == found {
        return replacement.to_owned();
    }
    if is_all_capitals(found) && !is_all_capitals(own) {
        return replacement.to_uppercase();
    }
    let starts_capital = |text: &str| text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    if starts_capital(found) && !starts_capital(own) { capitalize(replacement) } else { replacement.to_owned() }
}

/// `text` with its first letter as a capital.
fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_in_the_rule_is_a_capital_in_the_draft() {
        let takes = |phrase: &str, found: &str| Phrase::new(phrase, false).takes(found);
        assert!(takes("kiev", "Kiev") && takes("kiev", "KIEV") && takes("kiev", "kiev"));
        assert!(takes("Kiev", "Kiev") && takes("Kiev", "KIEV") && !takes("Kiev", "kiev"));
        assert!(takes("US", "US") && !takes("US", "us") && !takes("US", "Us"));
        assert!(takes("in Kiev", "In Kiev") && takes("in Kiev", "IN KIEV") && !takes("in Kiev", "in kiev"));
        assert!(!Phrase::new("Aids", true).takes("AIDS"));
    }

    #[test]
    fn replacements_keep_the_case_of_the_original() {
        assert_eq!(keep_case("kiev", "kiev", "kyiv"), "kyiv");
        assert_eq!(keep_case("Kiev", "KIEV", "Kyiv"), "KYIV");
        assert_eq!(keep_case("prior to", "Prior to", "before"), "Before");
        assert_eq!(keep_case("NATO", "NATO", "Nato"), "Nato");
        assert_eq!(keep_case("email", "Email", "message"), "Message");
        assert_eq!(keep_case("école", "École", "éa"), "Éa");
    }
}
