//! Word lists of which each line is a key and what belongs to it, with spaces between: nicknames, families.

use rustc_hash::FxHashMap;

/// The lines of such a list by their first words.
pub fn keyed_lines(list: &'static str) -> FxHashMap<&'static str, Vec<&'static str>> {
    let entry = |line: &'static str| {
        let mut words = line.split(' ');
        Some((words.next()?, words.collect()))
    };
    list.lines().filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_of_a_line_is_its_key() {
        let table = keyed_lines("poe ada carl\nquill\n");
        assert_eq!(table["poe"], ["ada", "carl"]);
        assert!(table["quill"].is_empty() && table.len() == 2);
    }
}
