//! The rooms of the house: each may use those above it, and only some may touch LSP types or the disk.

use std::fs;
use std::path::{Path, PathBuf};

const SRC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src");

/// The rooms as `lib.rs` lists them, in the order in which the data walks through them.
fn rooms() -> Vec<String> {
    let lib = fs::read_to_string(Path::new(SRC).join("lib.rs")).unwrap();
    lib.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';')).map(str::to_owned).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The room of a source file; `None` for `lib.rs` and `main.rs`.
fn room(path: &Path) -> Option<String> {
    let inside = path.strip_prefix(SRC).unwrap();
    let first = inside.components().next()?.as_os_str().to_str()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    (!matches!(name, "lib" | "main")).then(|| name.to_owned())
}

/// The code of a file without its unit tests, which may use what they like.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.split("#[cfg(test)]").next().unwrap_or_default().to_owned()
}

#[test]
fn no_room_uses_one_below_it() {
    let rooms = rooms();
    assert!(rooms.len() > 10, "lib.rs lists the rooms as `pub mod`");
    let rank = |room: &str| rooms.iter().position(|r| r == room).unwrap_or_else(|| panic!("{room} is not in lib.rs"));
    let mut wrong = Vec::new();
    for path in files(Path::new(SRC)) {
        let Some(own) = room(&path) else { continue };
        for (number, line) in code(&path).lines().enumerate() {
            // Links in doc comments may point anywhere.
            if line.trim_start().starts_with("//") {
                continue;
            }
            for used in line.split("crate::").skip(1) {
                let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if rooms.contains(&used) && rank(&used) > rank(&own) && used != "diagnostic" {
                    wrong.push(format!("{}:{}: {own} uses {used}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_outer_rooms_know_editors_and_disks() {
    let mut wrong = Vec::new();
    for path in files(Path::new(SRC)) {
        let own = room(&path).unwrap_or_default();
        let code = code(&path);
        let mentions = |words: &[&str]| words.iter().any(|w| code.contains(w));
        if own != "lsp" && mentions(&["lsp_types", "tower_lsp"]) {
            wrong.push(format!("{}: only lsp/ may know LSP types", path.display()));
        }
        let disk = matches!(own.as_str(), "cli" | "config" | "corpus" | "lsp");
        if !disk && mentions(&["std::fs", "File::open", "fs::read"]) {
            wrong.push(format!("{}: only cli/, config/, corpus/ and lsp/ touch the disk", path.display()));
        }
        if mentions(&["SystemTime::now", "Zoned::now", "Timestamp::now"]) && own != "lsp" {
            wrong.push(format!("{}: no clock inside", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
