//! The packs that ship: `rules/newsroom` and `rules/locale`.

/// A file of a pack: the name that people know it by, and its text.
pub type PackFile = (&'static str, &'static str);

/// The packs, by the name that a configuration uses.
pub const PACKS: [(&str, &[PackFile]); 1] = [("newsroom", NEWSROOM)];

const NEWSROOM: &[PackFile] = &[];

/// The files of the pack with this name.
pub fn pack(name: &str) -> Option<&'static [PackFile]> {
    PACKS.iter().find(|(own, _)| *own == name).map(|(_, files)| *files)
}
