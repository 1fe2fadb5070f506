//! Word lists of the checks of figures, from `rules/figures/words.toml`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

pub(super) type Words = FxHashSet<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lists {
    pub groups: Words,
    pub wins: Words,
    pub draws: Words,
    pub losses: Words,
    pub matches: Words,
    pub measured: Words,
    pub kinds: Words,
    pub dead: Words,
    pub hurt: Words,
    pub held: Words,
    pub missing: Words,
    pub people: Words,
    pub acts: Words,
    pub labels: Words,
    pub bodies: Words,
    pub leftovers: Words,
    pub spending: Words,
    pub income: Words,
    pub persons: Words,
    pub persons_by_kind: Words,
    pub results: Words,
    pub ended: Words,
    pub loose: Words,
    pub singling: Words,
}

/// The lists, read once.
pub(super) fn lists() -> &'static Lists {
    static LISTS: LazyLock<Lists> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../rules/figures/words.toml")).expect("a test reads the lists")
    });
    &LISTS
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_lists_are_read() {
        assert!(super::lists().wins.contains("won"));
    }
}
