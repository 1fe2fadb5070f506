//! Short closed lists of words, as the files in `rules/` give them.

use serde::Deserialize;

use super::{Token, WordFilter};

/// A list of words in lower case, in the order of its file. Few enough to be read through; a token is asked for its bit first.
#[derive(Deserialize)]
#[serde(from = "Vec<String>")]
pub struct WordList {
    words: Vec<String>,
    filter: WordFilter<4>,
}

impl WordList {
    pub fn contains(&self, lower: &str) -> bool {
        self.words.iter().any(|w| w == lower)
    }

    /// Where in the list `token` stands, whose word in lower case is `lower`.
    pub fn position(&self, token: &Token, lower: &str) -> Option<usize> {
        let at = || self.words.iter().position(|w| w == lower);
        self.filter.may_hold(token.hash).then(at).flatten()
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }
}

impl From<Vec<String>> for WordList {
    fn from(words: Vec<String>) -> Self {
        let filter = WordFilter::new(words.iter().map(String::as_str));
        WordList { words, filter }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Draft;

    #[test]
    fn a_word_has_its_place_in_the_list() {
        let list = WordList::from(["later", "since", "ago"].map(str::to_owned).to_vec());
        let draft = Draft::from_text("Years ago the pier was sold; it has been closed since and may open later.");
        let found: Vec<_> = draft.tokens.iter().filter_map(|t| list.position(t, draft.lower(t))).collect();
        assert_eq!(found, [2, 1, 0]);
        assert!(list.contains("ago") && !list.contains("Ago") && list.iter().count() == 3);
    }
}
