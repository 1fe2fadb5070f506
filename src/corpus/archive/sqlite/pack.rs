//! A story's text with its index terms and the keys of its facts as one compressed value: half the size of the three as they are.

use std::collections::BTreeSet;

use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use rusqlite::types::Type;
use serde::{Deserialize, Serialize};

use crate::corpus::archive::StoryRecord;
use crate::corpus::archive::extract::unhex;

/// Deflate's level: higher ones take twice the time for a hundredth of the size.
const LEVEL: u8 = 6;
/// Much more than the longest story that is taken in: a damaged value asks for no more memory than this.
const LIMIT: usize = 256 * 1024 * 1024;

/// The keys of a story's rows, kept so that they can be found again without a second index.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Keys {
    pub people: BTreeSet<String>,
    pub entities: BTreeSet<String>,
    pub figures: BTreeSet<String>,
}

impl Keys {
    pub fn of(record: &StoryRecord) -> Keys {
        let entities = record.organizations.iter().chain(&record.places);
        Keys {
            people: record.people.iter().map(|fact| fact.key.clone()).collect(),
            entities: entities.map(|fact| fact.key.clone()).collect(),
            figures: record.figures.iter().map(|fact| fact.key.clone()).collect(),
        }
    }
}

/// What is kept of a story beside its facts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Body {
    pub text: String,
    /// Sorted, between spaces.
    pub terms: String,
    pub keys: Keys,
}

/// Length of the terms, length of the keys as JSON, terms, keys, text; compressed, with a checksum.
pub(super) fn pack(text: &str, terms: &str, keys: &Keys) -> Vec<u8> {
    let keys = serde_json::to_string(keys).unwrap_or_default();
    let mut plain = Vec::with_capacity(8 + terms.len() + keys.len() + text.len());
    for part in [terms, &keys] {
        plain.extend((part.len() as u32).to_le_bytes());
    }
    for part in [terms, &keys, text] {
        plain.extend(part.as_bytes());
    }
    compress_to_vec_zlib(&plain, LEVEL)
}

/// What [`pack`] made; an error where the bytes are not that.
pub(super) fn unpack(bytes: &[u8]) -> rusqlite::Result<Body> {
    let words = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
    read(bytes, |[terms, keys, text]| {
        Some(Body { text: words(text)?, terms: words(terms)?, keys: serde_json::from_slice(keys).ok()? })
    })
}

/// The text alone of what [`pack`] made: all that is asked for a draft.
pub(super) fn unpack_text(bytes: &[u8]) -> rusqlite::Result<String> {
    read(bytes, |[_, _, text]| String::from_utf8(text.to_vec()).ok())
}

fn read<T>(bytes: &[u8], parts: impl FnOnce([&[u8]; 3]) -> Option<T>) -> rusqlite::Result<T> {
    let plain = decompress_to_vec_zlib_with_limit(bytes, LIMIT).ok();
    plain.and_then(|plain| parts(split(&plain)?)).ok_or_else(|| {
        rusqlite::Error::FromSqlConversionFailure(0, Type::Blob, "a story that cannot be unpacked".into())
    })
}

/// Terms, keys and text.
fn split(plain: &[u8]) -> Option<[&[u8]; 3]> {
    let (terms, rest) = plain.split_first_chunk()?;
    let (keys, rest) = rest.split_first_chunk()?;
    let (terms, rest) = rest.split_at_checked(u32::from_le_bytes(*terms) as usize)?;
    let (keys, text) = rest.split_at_checked(u32::from_le_bytes(*keys) as usize)?;
    Some([terms, keys, text])
}

/// The shingles of a quotation, 16 hexadecimal digits each, as eight bytes each.
pub(super) fn pack_shingles(hex: &str) -> Vec<u8> {
    unhex(hex).unwrap_or_default()
}

/// Shingles of eight bytes each.
pub(super) fn shingles(bytes: &[u8]) -> impl Iterator<Item = u64> {
    bytes.as_chunks().0.iter().map(|chunk| u64::from_be_bytes(*chunk))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out() {
        let mut keys = Keys::default();
        keys.people.insert("quist".into());
        for text in ["", "Ørby sold the pier.", &"The pier of Halden. ".repeat(500)] {
            let packed = pack(text, "halden pier", &keys);
            let body = unpack(&packed).unwrap();
            assert_eq!((body.text.as_str(), body.terms.as_str(), &body.keys), (text, "halden pier", &keys));
            assert_eq!(unpack_text(&packed).unwrap(), text);
            for at in 0..packed.len() {
                let mut damaged = packed.clone();
                damaged[at] ^= 0x55;
                assert!(unpack(&damaged).is_err() && unpack_text(&damaged).is_err(), "byte {at}");
                assert!(unpack(&packed[..at]).is_err() && unpack_text(&packed[..at]).is_err(), "cut at {at}");
            }
        }
    }

    #[test]
    fn shingles_are_eight_bytes_each() {
        let packed = pack_shingles("0000000000000001ff00000000000002");
        assert_eq!((packed.len(), shingles(&packed).collect::<Vec<_>>()), (16, vec![1, 0xff00_0000_0000_0002]));
        assert!(pack_shingles("no digits").is_empty());
    }
}
