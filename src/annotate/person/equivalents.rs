//! Given names that are one name in Ukrainian, Russian and Belarusian: Volodymyr and Vladimir.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::keys::slavic;

/// The sets by the Slavic folds of their names: however a name is romanized, it is found.
fn table() -> &'static FxHashMap<String, usize> {
    static TABLE: LazyLock<FxHashMap<String, usize>> = LazyLock::new(|| {
        include_str!("../../../rules/lexicon/given-equivalents.txt")
            .lines()
            .enumerate()
            .flat_map(|(set, line)| line.split(' ').map(move |name| (slavic(name), set)))
            .collect()
    });
    &TABLE
}

/// Whether two given names, as keys, are one name in two languages. It says nothing of two people: only beside one surname is it a reason to
/// compare.
pub fn are_one(a: &str, b: &str) -> bool {
    let set = |name: &str| table().get(&slavic(name)).copied();
    a != b && set(a).is_some_and(|found| set(b) == Some(found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_set_are_one() {
        for (a, b) in [
            ("volodymyr", "vladimir"),
            ("mykola", "nikolay"),
            ("oleksandr", "alexander"),
            ("serhii", "sergey"),
            ("olena", "yelena"),
        ] {
            assert!(are_one(a, b) && are_one(b, a), "{a} {b}");
        }
        assert!(!are_one("vladimir", "nikolai") && !are_one("vladimir", "vladimir") && !are_one("carl", "karl"));
    }

    #[test]
    fn no_name_stands_in_two_sets() {
        let mut seen = FxHashMap::default();
        for (set, line) in include_str!("../../../rules/lexicon/given-equivalents.txt").lines().enumerate() {
            for name in line.split(' ') {
                let other = *seen.entry(slavic(name)).or_insert(set);
                assert_eq!(other, set, "{name} stands in two sets");
            }
        }
    }
}
