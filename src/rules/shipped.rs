//! The packs that ship: `rules/newsroom` and `rules/locale`.

/// A file of a pack: the name that people know it by, and its text.
pub type PackFile = (&'static str, &'static str);

/// The packs, by the name that a configuration uses.
pub const PACKS: [(&str, &[PackFile]); 2] = [("newsroom", NEWSROOM), ("locale", LOCALE)];

const LOCALE: &[PackFile] = &[("locale/spelling.toml", include_str!("../../rules/locale/spelling.toml"))];

const NEWSROOM: &[PackFile] = &[
    ("newsroom/acronyms.toml", include_str!("../../rules/newsroom/acronyms.toml")),
    ("newsroom/cliches.toml", include_str!("../../rules/newsroom/cliches.toml")),
    ("newsroom/confused.toml", include_str!("../../rules/newsroom/confused.toml")),
    ("newsroom/courts.toml", include_str!("../../rules/newsroom/courts.toml")),
    ("newsroom/dates.toml", include_str!("../../rules/newsroom/dates.toml")),
    ("newsroom/health.toml", include_str!("../../rules/newsroom/health.toml")),
    ("newsroom/loaded.toml", include_str!("../../rules/newsroom/loaded.toml")),
    ("newsroom/measures.toml", include_str!("../../rules/newsroom/measures.toml")),
    ("newsroom/numbers.toml", include_str!("../../rules/newsroom/numbers.toml")),
    ("newsroom/places.toml", include_str!("../../rules/newsroom/places.toml")),
    ("newsroom/punctuation.toml", include_str!("../../rules/newsroom/punctuation.toml")),
    ("newsroom/quotations.toml", include_str!("../../rules/newsroom/quotations.toml")),
    ("newsroom/redundancy.toml", include_str!("../../rules/newsroom/redundancy.toml")),
    ("newsroom/spelling.toml", include_str!("../../rules/newsroom/spelling.toml")),
    ("newsroom/titles.toml", include_str!("../../rules/newsroom/titles.toml")),
    ("newsroom/wordiness.toml", include_str!("../../rules/newsroom/wordiness.toml")),
];

/// The files of the pack with this name.
pub fn pack(name: &str) -> Option<&'static [PackFile]> {
    PACKS.iter().find(|(own, _)| *own == name).map(|(_, files)| *files)
}
