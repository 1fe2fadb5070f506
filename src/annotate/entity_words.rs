//! Words that say what a name is the name of, from `rules/entities.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::WordList;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntityWords {
    pub place_tails: WordList,
    /// Phrases.
    pub landmarks: WordList,
    pub no_surnames: WordList,
    /// Short forms too: ave, blvd.
    pub street_tails: WordList,
    pub place_kinds: WordList,
    pub taken_up: WordList,
    pub company_ends: WordList,
    pub bare_capitals: WordList,
}

/// The lists, read once.
pub fn entity_words() -> &'static EntityWords {
    static WORDS: LazyLock<EntityWords> =
        LazyLock::new(|| toml::from_str(include_str!("../../rules/entities.toml")).expect("a test reads the lists"));
    &WORDS
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_lists_are_read() {
        assert!(super::entity_words().place_tails.contains("river"));
    }
}
