//! Names that must not be published, as keyed hashes: the file does not spread what it forbids.

use super::{Facts, NeverEntry, Secret};
use crate::text::fold::ascii_key;

/// The key of the hashes, from the environment variable that the configuration names.
#[derive(Clone)]
pub struct NeverKey([u8; 32]);

impl std::fmt::Debug for NeverKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NeverKey(…)")
    }
}

impl NeverKey {
    /// A key from a secret of any length.
    pub fn new(secret: &str) -> NeverKey {
        NeverKey(blake3::derive_key("newslint never-publish names 1", secret.as_bytes()))
    }

    /// The hash of a name, the same for every spelling that has one [`ascii_key`].
    pub fn hash(&self, name: &str) -> [u8; 32] {
        self.hash_key(&ascii_key(name))
    }

    fn hash_key(&self, key: &str) -> [u8; 32] {
        blake3::keyed_hash(&self.0, key.as_bytes()).into()
    }
}

impl Facts {
    /// The `[[never]]` entries that forbid the name whose [`ascii_key`] is `name`. Entries that hold a hash need the key.
    pub fn forbids(&self, name: &str, key: Option<&NeverKey>) -> impl Iterator<Item = &NeverEntry> {
        let hash = key.filter(|_| !self.never.is_empty()).map(|k| k.hash_key(name));
        self.never.iter().filter(move |entry| match &entry.secret {
            Secret::Hash(listed) => hash.is_some_and(|h| h == *listed),
            Secret::Name(listed) => listed == name,
        })
    }
}
