//! Words that Britain and America spell otherwise, from `rules/locale/pairs.tsv`.

use std::sync::LazyLock;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{Token, WordFilter};

/// A side of the Atlantic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    American,
    British,
}

impl Side {
    pub fn name(self) -> &'static str {
        match self {
            Side::American => "American",
            Side::British => "British",
        }
    }

    pub fn other(self) -> Side {
        match self {
            Side::American => Side::British,
            Side::British => Side::American,
        }
    }

    /// The side that a locale such as `en-GB` spells like; `None` for one that is no English or says no country. Only the United States
    /// and the Philippines, Liberia and Puerto Rico spell as America does; Canada does neither.
    pub fn of_locale(locale: &str) -> Option<Side> {
        let (language, region) = locale.split_once(['-', '_'])?;
        if !language.eq_ignore_ascii_case("en") {
            return None;
        }
        match region.to_ascii_uppercase().as_str() {
            "US" | "PH" | "LR" | "PR" => Some(Side::American),
            "CA" => None,
            _ => Some(Side::British),
        }
    }
}

/// What a spelling says of its writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub side: Side,
    /// A mark on its own. The others (organize, towards) are words on both sides.
    pub strong: bool,
    /// The word as the other side spells it.
    pub other: &'static str,
}

/// One line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    pub american: &'static str,
    pub british: &'static str,
    pub american_strong: bool,
    pub british_strong: bool,
}

/// All pairs, in the order of the list.
pub fn pairs() -> impl Iterator<Item = Pair> {
    include_str!("../../rules/locale/pairs.tsv").lines().filter(|l| !l.starts_with('#')).filter_map(|line| {
        let mut columns = line.split('\t');
        let (american, british, marks) = (columns.next()?, columns.next()?, columns.next()?);
        Some(Pair { american, british, american_strong: marks == "both", british_strong: marks != "weak" })
    })
}

/// What `word`, in lower case, marks; `None` for a word with one spelling.
pub fn mark(word: &str) -> Option<Mark> {
    MARKS.get(word).copied()
}

/// Whether the word of a token may have a mark: the cheap question before [`mark`].
pub fn may_mark(token: &Token) -> bool {
    // Some 5,000 words.
    static FILTER: LazyLock<WordFilter<1024>> = LazyLock::new(|| WordFilter::new(MARKS.keys().copied()));
    FILTER.may_hold(token.hash)
}

static MARKS: LazyLock<FxHashMap<&'static str, Mark>> = LazyLock::new(|| {
    // Some 5,000 words: none of them is moved while the others come in.
    let mut marks = FxHashMap::with_capacity_and_hasher(6000, FxBuildHasher);
    for pair in pairs() {
        let american = Mark { side: Side::American, strong: pair.american_strong, other: pair.british };
        let british = Mark { side: Side::British, strong: pair.british_strong, other: pair.american };
        marks.entry(pair.american).or_insert(american);
        marks.entry(pair.british).or_insert(british);
    }
    marks
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks() {
        assert_eq!(mark("colour"), Some(Mark { side: Side::British, strong: true, other: "color" }));
        assert_eq!(mark("organize").map(|m| m.strong), Some(false));
        assert_eq!(mark("organised").map(|m| (m.strong, m.other)), Some((true, "organized")));
        assert_eq!(mark("towards").map(|m| m.strong), Some(false));
        for word in ["compromise", "seized", "raised", "revised", "exercise", "advise", "prized", "house"] {
            assert_eq!(mark(word), None, "{word}");
        }
    }

    #[test]
    fn every_line_is_a_pair() {
        let lines = include_str!("../../rules/locale/pairs.tsv").lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(pairs().count(), lines);
        assert!(pairs().all(|p| p.american != p.british));
    }

    #[test]
    fn locales() {
        assert_eq!(Side::of_locale("en-GB"), Some(Side::British));
        assert_eq!(Side::of_locale("en_us"), Some(Side::American));
        assert_eq!(Side::of_locale("en"), None);
        assert_eq!(Side::of_locale("de-DE"), None);
    }
}
