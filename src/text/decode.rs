//! Bytes to text.

use thiserror::Error;

/// The largest file that is read, in bytes. A larger one is refused out loud, never cut.
pub const SIZE_LIMIT: usize = 16 * 1024 * 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf8Bom,
    Utf16Le,
    Utf16Be,
}

impl Encoding {
    /// The name used in the JSON contract; `None` for plain UTF-8, where offsets are the file's own.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Encoding::Utf8 | Encoding::Utf8Bom => None,
            Encoding::Utf16Le => Some("utf-16le"),
            Encoding::Utf16Be => Some("utf-16be"),
        }
    }
}

/// Why a file is no copy that can be read. The message is for the person who sent the file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unreadable {
    #[error("the file is {size} bytes, over the limit of {SIZE_LIMIT}; split it to have it checked")]
    TooLarge { size: usize },
    #[error("this is no text (a zero byte at offset {at}); leave the file out with `ignore`")]
    Binary { at: usize },
    #[error("not UTF-8 at byte {at}; save the file as UTF-8 to have it checked")]
    NotUtf8 { at: usize },
    #[error("broken UTF-16; save the file as UTF-8 to have it checked")]
    NotUtf16,
}

/// Decodes a file: UTF-8 with or without a byte order mark, UTF-16 with one.
///
/// A UTF-8 byte order mark stays in the text, so that offsets are the file's own.
pub fn decode(bytes: Vec<u8>) -> Result<(String, Encoding), Unreadable> {
    if bytes.len() > SIZE_LIMIT {
        return Err(Unreadable::TooLarge { size: bytes.len() });
    }
    match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes).map(|t| (t, Encoding::Utf16Le)),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes).map(|t| (t, Encoding::Utf16Be)),
        _ => {
            if let Some(at) = memchr::memchr(0, &bytes) {
                return Err(Unreadable::Binary { at });
            }
            let encoding = if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) { Encoding::Utf8Bom } else { Encoding::Utf8 };
            match String::from_utf8(bytes) {
                Ok(text) => Ok((text, encoding)),
                Err(e) => Err(Unreadable::NotUtf8 { at: e.utf8_error().valid_up_to() }),
            }
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Unreadable> {
    if !bytes.len().is_multiple_of(2) {
        return Err(Unreadable::NotUtf16);
    }
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).collect::<Result<String, _>>().map_err(|_| Unreadable::NotUtf16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_editors_write() {
        assert_eq!(decode("naïve".into()).unwrap(), ("naïve".into(), Encoding::Utf8));
        assert_eq!(decode(b"\xEF\xBB\xBFa".to_vec()).unwrap(), ("\u{feff}a".into(), Encoding::Utf8Bom));
        assert_eq!(decode(b"\xFF\xFEa\0\xE9\0".to_vec()).unwrap(), ("aé".into(), Encoding::Utf16Le));
        assert_eq!(decode(b"\xFE\xFF\0a".to_vec()).unwrap(), ("a".into(), Encoding::Utf16Be));
    }

    #[test]
    fn says_why_it_cannot() {
        assert_eq!(decode(b"caf\xe9".to_vec()), Err(Unreadable::NotUtf8 { at: 3 }));
        assert_eq!(decode(b"\x89PNG\0".to_vec()), Err(Unreadable::Binary { at: 4 }));
        assert_eq!(decode(b"\xFF\xFEa".to_vec()), Err(Unreadable::NotUtf16));
        assert!(matches!(decode(vec![b'a'; SIZE_LIMIT + 1]), Err(Unreadable::TooLarge { .. })));
    }
}
