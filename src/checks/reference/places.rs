//! Words for one country: Ukraine and Ukrainian, U.S. and American.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Words that a stem does not join, by the line of `rules/lexicon/country-words.txt` that has them.
fn table() -> &'static FxHashMap<String, usize> {
    static TABLE: LazyLock<FxHashMap<String, usize>> = LazyLock::new(|| {
        include_str!("../../../rules/lexicon/country-words.txt")
            .lines()
            .enumerate()
            .flat_map(|(country, line)| line.split(' ').map(move |word| (word.replace('-', " "), country)))
            .collect()
    });
    &TABLE
}

/// Whether two words for a country or state, in lower case, are of one.
pub fn are_one(a: &str, b: &str) -> bool {
    let country = |word: &str| table().get(word).copied();
    a == b || country(a).is_some_and(|found| country(b) == Some(found)) || stems_agree(a, b)
}

/// Whether the last words begin alike, and the words before them agree: South Korea and South Korean, not South Africa.
fn stems_agree(a: &str, b: &str) -> bool {
    let (head_a, last_a) = a.rsplit_once(' ').unwrap_or(("", a));
    let (head_b, last_b) = b.rsplit_once(' ').unwrap_or(("", b));
    let stem = |word: &str| word.chars().take(4).collect::<String>();
    head_a == head_b && last_a.chars().count() >= 4 && last_b.chars().count() >= 4 && stem(last_a) == stem(last_b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_country_in_two_words() {
        for (a, b) in
            [("u.s.", "american"), ("france", "french"), ("ukraine", "ukrainian"), ("south korea", "south korean")]
        {
            assert!(are_one(a, b) && are_one(b, a), "{a} {b}");
        }
        for (a, b) in
            [("south korea", "south africa"), ("korea", "south korea"), ("french", "british"), ("mali", "malian x")]
        {
            assert!(!are_one(a, b) && !are_one(b, a), "{a} {b}");
        }
    }

    #[test]
    fn no_word_stands_for_two_countries() {
        let words = include_str!("../../../rules/lexicon/country-words.txt").split_whitespace().count();
        assert_eq!(words, table().len());
    }
}
