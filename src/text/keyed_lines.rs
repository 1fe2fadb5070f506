//! Word lists of which each line is a key and what belongs to it, with spaces between: nicknames, families.

use rustc_hash::FxHashMap;

/// The lines of such a list by their first words.
pub struct KeyedLines(FxHashMap<&'static str, &'static str>);

impl KeyedLines {
    pub fn new(list: &'static str) -> KeyedLines {
        KeyedLines(list.lines().map(|line| line.split_once(' ').unwrap_or((line, ""))).collect())
    }

    pub fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// What belongs to `key`.
    pub fn of(&self, key: &str) -> impl Iterator<Item = &'static str> {
        self.0.get(key).into_iter().flat_map(|words| words.split(' ')).filter(|word| !word.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_of_a_line_is_its_key() {
        let table = KeyedLines::new("poe ada carl\nquill\n");
        assert!(table.of("poe").eq(["ada", "carl"]));
        assert!(table.has("quill") && table.of("quill").next().is_none() && !table.has("ada"));
    }
}
