//! URIs: which document one means, and how the client spells it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use tower_lsp::lsp_types::Url;

/// The spellings of clients that differ from the one a URI is kept under here: `file:///drafts/two words.md` comes in,
/// and would go out as `file:///drafts/two%20words.md`, which such a client does not know.
#[derive(Default)]
pub(super) struct Spellings(Mutex<HashMap<String, String>>);

impl Spellings {
    pub(super) fn learn(&self, spelled: &str) {
        let Ok(uri) = Url::parse(spelled) else { return };
        let mut spellings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if uri.as_str() == spelled {
            spellings.remove(uri.as_str());
        } else {
            spellings.insert(uri.into(), spelled.to_owned());
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// Puts the client's spelling in the place of every URI of a message that it spells otherwise.
    pub(super) fn restore(&self, message: Value) -> Value {
        let spellings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if spellings.is_empty() { message } else { restore(message, &spellings) }
    }
}

fn restore(value: Value, spellings: &HashMap<String, String>) -> Value {
    match value {
        Value::String(text) => Value::String(spellings.get(&text).cloned().unwrap_or(text)),
        Value::Array(items) => items.into_iter().map(|item| restore(item, spellings)).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(key, item)| (spellings.get(&key).cloned().unwrap_or(key), restore(item, spellings)))
            .collect(),
        other => other,
    }
}

/// What a document is known by: one key for every spelling of a URI.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Key(String);

impl Key {
    /// A file is known by its path, anything else (`untitled:Untitled-1`) by its URI.
    ///
    /// Links are not followed: an editor that opens a file under two names holds two texts.
    pub(super) fn of(uri: &Url) -> Key {
        Key(path(uri).map_or_else(|| uri.to_string(), |p| p.to_string_lossy().into_owned()))
    }
}

/// The path of a `file:` URI. A drive (`/c%3A/…`, `/C:/…`) is written `C:`; elsewhere than on Windows it stays a
/// path under the root, so that such URIs are told apart and answered there too.
pub(super) fn path(uri: &Url) -> Option<PathBuf> {
    if uri.scheme() != "file" {
        return None;
    }
    let path = uri.to_file_path().ok().or_else(|| decoded_drive(uri))?;
    Some(drive_in_capitals(&path))
}

/// The path behind `/c%3A/…`, an encoded colon that `url` does not take for a drive's on Windows.
fn decoded_drive(uri: &Url) -> Option<PathBuf> {
    let decoded = uri.as_str().replacen("%3A", ":", 1).replacen("%3a", ":", 1);
    Url::parse(&decoded).ok()?.to_file_path().ok()
}

fn drive_in_capitals(path: &Path) -> PathBuf {
    let Some(text) = path.to_str() else { return path.to_owned() };
    let at = usize::from(text.starts_with('/'));
    match text.as_bytes().get(at..at + 2) {
        Some([letter, b':']) if letter.is_ascii_lowercase() => {
            let letter = letter.to_ascii_uppercase() as char;
            format!("{}{letter}{}", &text[..at], &text[at + 1..]).into()
        }
        _ => path.to_owned(),
    }
}

/// The URI of a file, for evidence that lies elsewhere.
pub(super) fn of_path(path: &Path) -> Option<Url> {
    Url::from_file_path(std::path::absolute(path).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn key(uri: &str) -> Key {
        Key::of(&Url::parse(uri).unwrap())
    }

    #[test]
    fn spellings_of_one_file_have_one_key() {
        assert_eq!(key("file:///c%3A/copy/a%20b.md"), key("file:///C:/copy/a b.md"));
        assert_eq!(key("file:///copy/caf%C3%A9.md"), key("file:///copy/café.md"));
        assert_ne!(key("file:///copy/a.md"), key("file:///copy/b.md"));
        assert_ne!(key("untitled:Untitled-1"), key("untitled:Untitled-2"));
    }

    #[test]
    fn the_client_reads_its_own_spelling() {
        let spellings = Spellings::default();
        spellings.learn("file:///copy/a b.md");
        spellings.learn("file:///copy/c.md");
        let ours =
            json!({ "uri": "file:///copy/a%20b.md", "changes": { "file:///copy/a%20b.md": ["file:///copy/c.md"] } });
        let theirs =
            json!({ "uri": "file:///copy/a b.md", "changes": { "file:///copy/a b.md": ["file:///copy/c.md"] } });
        assert_eq!(spellings.restore(ours), theirs);
    }
}
