//! Steps and states: whether a figure is what something became, or by how much it moved; and the words of more and less that say so, from
//! `rules/changes.toml`.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::Role;
use super::cursor::Cursor;
use crate::text::inflect::forms;

/// Which way something went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    more: Side,
    less: Side,
    either: Either,
}

/// The words of one way, as the data gives them: verbs with their irregular forms behind them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Side {
    pub verbs: Vec<String>,
    /// Nouns and adjectives that say the same of things: growth, higher.
    pub others: Vec<String>,
    pub adverbs: Vec<String>,
    of_figures: Vec<String>,
    of_steps: Vec<String>,
    nouns: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Either {
    words: Vec<String>,
}

struct Table {
    lists: Lists,
    /// Words before “by” or right before an amount that make it a step.
    changes: FxHashSet<String>,
    ways: FxHashMap<String, Way>,
    nouns: FxHashSet<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let lists: Lists = toml::from_str(include_str!("../../../rules/changes.toml")).expect("a test reads the table");
    let mut table =
        Table { changes: FxHashSet::default(), ways: FxHashMap::default(), nouns: FxHashSet::default(), lists };
    let expand = |words: &[String]| words.iter().flat_map(|w| forms(w)).map(|(form, _)| form).collect::<Vec<_>>();
    table.changes.extend(expand(&table.lists.either.words));
    for (way, side) in [(Way::Up, &table.lists.more), (Way::Down, &table.lists.less)] {
        for words in [&side.verbs, &side.of_figures] {
            table.changes.extend(expand(words));
        }
        table.changes.extend(side.adverbs.iter().cloned());
        table.nouns.extend(side.nouns.iter().cloned());
        let verbs = [&side.verbs, &side.of_figures, &side.of_steps].into_iter().flat_map(|words| expand(words));
        table.ways.extend(verbs.chain(side.adverbs.iter().chain(&side.others).cloned()).map(|word| (word, way)));
    }
    table
});

/// Verbs and nouns of change, before “by” or right before an amount.
pub fn is_change(lower: &str) -> bool {
    TABLE.changes.contains(lower)
}

/// A rise, a cut: “a rise of 5 percent”, “a 5 percent cut”.
pub fn is_change_noun(lower: &str) -> bool {
    TABLE.nouns.contains(lower)
}

/// Which way a word says that a figure went.
pub fn way_of(lower: &str) -> Option<Way> {
    TABLE.ways.get(lower).copied()
}

/// The words that say of anything that it became more, and those that say less.
pub fn sides() -> [&'static Side; 2] {
    [&TABLE.lists.more, &TABLE.lists.less]
}

impl Cursor<'_> {
    /// Whether the words before say that it is a step, or one end of one.
    pub fn role(&self, start: usize) -> Role {
        let before = self.lower_before(start);
        match before {
            "from" => Role::From,
            "by" => Role::ChangeBy,
            "to" => Role::To,
            "another" | "additional" | "further" => Role::ChangeBy,
            "a" | "an" if start >= 2 && is_change(self.lower(start - 2)) => Role::ChangeBy,
            // “make up 44%”, “made up of 265”
            "up" if start >= 2 && matches!(self.lower(start - 2), "make" | "makes" | "made" | "making") => Role::Level,
            _ if is_change(before) => Role::ChangeBy,
            "of" if start >= 2 && self.lower(start - 2) != "up" && is_change(self.lower(start - 2)) => Role::ChangeBy,
            _ => Role::Level,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_change() {
        for (word, change, way) in [
            ("rose", true, Some(Way::Up)),
            ("doubling", true, Some(Way::Up)),
            ("fell", true, Some(Way::Down)),
            ("slid", true, Some(Way::Down)),
            ("went", true, None),
            ("lost", false, Some(Way::Down)),
            ("added", false, Some(Way::Up)),
            ("said", false, None),
        ] {
            assert_eq!((is_change(word), way_of(word)), (change, way), "{word}");
        }
        assert!(is_change_noun("reduction") && !is_change_noun("rose"));
    }
}
