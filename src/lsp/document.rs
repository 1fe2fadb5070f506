//! An open document: the client's text, in a rope, and what is known of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use ropey::Rope;
use tower_lsp::lsp_types::{TextDocumentContentChangeEvent, Url};

use super::lint::Linted;
use super::position::Encoding;
use super::session::Question;
use super::uri;
use crate::source::Format;

pub(super) struct Document {
    pub(super) uri: Url,
    /// The draft's path. One that was never saved is taken to lie in the client's folder.
    pub(super) path: PathBuf,
    pub(super) is_file: bool,
    pub(super) format: Format,
    pub(super) version: i32,
    pub(super) rope: Rope,
    /// Raised by whatever makes an earlier result stale; never the same for two states of any document.
    pub(super) generation: u64,
    /// The run under way, of which there is one at most.
    pub(super) running: Option<Running>,
    /// The latest result, perhaps of an earlier generation.
    pub(super) linted: Option<Arc<Linted>>,
    /// What was asked about this version before its result was there.
    pub(super) waiting: Vec<Question>,
}

pub(super) struct Running {
    pub(super) generation: u64,
    pub(super) cancel: Arc<AtomicBool>,
}

impl Document {
    pub(super) fn new(uri: Url, language: &str, version: i32, text: &str, root: Option<&Path>) -> Document {
        let file = uri::path(&uri);
        let is_file = file.is_some();
        let path = file.unwrap_or_else(|| root.unwrap_or(Path::new("")).join(uri.path().trim_start_matches('/')));
        let format = format_of(language).unwrap_or_else(|| Format::of(&path));
        let rope = Rope::from_str(text);
        Document {
            uri,
            path,
            is_file,
            format,
            version,
            rope,
            generation: 0,
            running: None,
            linted: None,
            waiting: Vec::new(),
        }
    }

    /// Makes `changes` in their order: each counts in the text that the one before it left.
    pub(super) fn change(&mut self, version: i32, changes: &[TextDocumentContentChangeEvent], encoding: Encoding) {
        self.version = version;
        for change in changes {
            match change.range {
                None => self.rope = Rope::from_str(&change.text),
                Some(range) => {
                    let span = encoding.to_span(&self.rope, range);
                    let start = self.rope.byte_to_char(span.start as usize);
                    self.rope.remove(start..self.rope.byte_to_char(span.end as usize));
                    self.rope.insert(start, &change.text);
                }
            }
        }
    }

    /// The result for the text and the settings as they are now.
    pub(super) fn current(&self) -> Option<&Arc<Linted>> {
        self.linted.as_ref().filter(|linted| linted.generation == self.generation)
    }
}

/// What the client's name for the language says of the format; for other names the file's ending decides.
fn format_of(language: &str) -> Option<Format> {
    match language {
        "markdown" => Some(Format::Markdown),
        "html" => Some(Format::Html),
        "plaintext" | "text" => Some(Format::Plain),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tower_lsp::lsp_types::{Position, Range};

    use super::*;

    fn document(text: &str) -> Document {
        Document::new(Url::parse("file:///copy/a.md").unwrap(), "markdown", 1, text, None)
    }

    #[test]
    fn the_language_decides_the_format_and_the_name_where_it_does_not() {
        let format = |uri: &str, language| Document::new(Url::parse(uri).unwrap(), language, 1, "", None).format;
        assert_eq!(format("file:///copy/a.txt", "markdown"), Format::Markdown);
        assert_eq!(format("file:///copy/a.html", "rst"), Format::Html);
        assert_eq!(format("untitled:Untitled-1", "plaintext"), Format::Plain);
    }

    #[test]
    fn changes_are_made_in_order() {
        let mut document = document("one\n");
        let at = |character| Some(Range::new(Position::new(0, character), Position::new(0, character)));
        let insert = |character, text: &str| TextDocumentContentChangeEvent {
            range: at(character),
            range_length: None,
            text: text.into(),
        };
        document.change(7, &[insert(3, "😀"), insert(5, "!"), insert(0, "“")], Encoding::Utf16);
        assert_eq!(document.rope.to_string(), "“one😀!\n");
        assert_eq!(document.version, 7);
    }

    /// One edit: two byte offsets, taken modulo the text's length, and what comes in their place.
    fn edits() -> impl Strategy<Value = Vec<(usize, usize, String)>> {
        prop::collection::vec((any::<usize>(), any::<usize>(), "[a-c é“”😀\r\n\u{2028}]{0,6}"), 1..12)
    }

    /// The LSP position of a byte offset, counted the slow way.
    fn counted(text: &str, offset: usize, encoding: Encoding) -> Position {
        let before = text[..offset].replace("\r\n", "\n").replace('\r', "\n");
        let line = before.matches('\n').count();
        let last = before.rsplit('\n').next().unwrap_or_default();
        let character = match encoding {
            Encoding::Utf8 => last.len(),
            Encoding::Utf16 => last.encode_utf16().count(),
            Encoding::Utf32 => last.chars().count(),
        };
        Position::new(line as u32, character as u32)
    }

    /// The boundary at or before `offset` that a position can name: not inside a scalar value, nor inside `\r\n`.
    fn boundary(text: &str, offset: usize) -> usize {
        let mut at = offset % (text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let splits_break = text[..at].ends_with('\r') && text[at..].starts_with('\n');
        at - usize::from(splits_break)
    }

    proptest! {
        #[test]
        fn edits_give_what_a_string_gives(start in "[a-c é“”😀\r\n]{0,40}", edits in edits(), which in 0usize..3) {
            let encoding = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32][which];
            let (mut text, mut document) = (start.clone(), document(&start));
            for (a, b, new) in edits {
                let (a, b) = (boundary(&text, a), boundary(&text, b));
                let (a, b) = (a.min(b), a.max(b));
                let range = Range::new(counted(&text, a, encoding), counted(&text, b, encoding));
                text.replace_range(a..b, &new);
                let change = TextDocumentContentChangeEvent { range: Some(range), range_length: None, text: new };
                document.change(2, &[change], encoding);
                prop_assert_eq!(document.rope.to_string(), text.as_str());
            }
        }

        #[test]
        fn no_position_is_too_wild(text in "\\PC{0,40}", a in any::<(u32, u32)>(), b in any::<(u32, u32)>()) {
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let mut document = document(&text);
                let range = Range::new(Position::new(a.0 % 4, a.1), Position::new(b.0, b.1 % 50));
                let change = TextDocumentContentChangeEvent { range: Some(range), range_length: None, text: "é".into() };
                document.change(2, &[change], encoding);
                prop_assert!(document.rope.len_bytes() >= 2);
            }
        }
    }
}
