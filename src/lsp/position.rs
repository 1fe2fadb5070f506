//! LSP positions and byte offsets: the one file that turns one into the other.

use ropey::{Rope, RopeSlice};
use tower_lsp::lsp_types::{Position, PositionEncodingKind, Range};

use crate::text::Span;

/// What the `character` of a position counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

impl Encoding {
    /// The best that the client offers for us: bytes, then scalar values, then what every client must know.
    pub(super) fn negotiate(offered: Option<&[PositionEncodingKind]>) -> Encoding {
        let offers = |kind| offered.is_some_and(|kinds| kinds.contains(&kind));
        if offers(PositionEncodingKind::UTF8) {
            Encoding::Utf8
        } else if offers(PositionEncodingKind::UTF32) {
            Encoding::Utf32
        } else {
            Encoding::Utf16
        }
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// The byte at `position`. A line past the end means the end of the text, a character past the end of its line
    /// the end of that line, and one inside a scalar value its start.
    pub(super) fn to_byte(self, rope: &Rope, position: Position) -> usize {
        let line = position.line as usize;
        if line >= rope.len_lines() {
            return rope.len_bytes();
        }
        let start = rope.line_to_byte(line);
        let text = without_break(rope.line(line));
        let wanted = position.character as usize;
        let chars = match self {
            Encoding::Utf8 => text.byte_to_char(wanted.min(text.len_bytes())),
            Encoding::Utf16 => text.utf16_cu_to_char(wanted.min(text.len_utf16_cu())),
            Encoding::Utf32 => wanted.min(text.len_chars()),
        };
        start + text.char_to_byte(chars)
    }

    /// The position of `byte`, which is held to the text.
    pub(super) fn to_position(self, rope: &Rope, byte: usize) -> Position {
        let byte = byte.min(rope.len_bytes());
        let line = rope.byte_to_line(byte);
        let start = rope.line_to_byte(line);
        let before = rope.byte_slice(start..rope.char_to_byte(rope.byte_to_char(byte)));
        let character = match self {
            Encoding::Utf8 => before.len_bytes(),
            Encoding::Utf16 => before.len_utf16_cu(),
            Encoding::Utf32 => before.len_chars(),
        };
        Position { line: line as u32, character: character as u32 }
    }

    pub(super) fn to_range(self, rope: &Rope, span: Span) -> Range {
        Range { start: self.to_position(rope, span.start as usize), end: self.to_position(rope, span.end as usize) }
    }

    /// The bytes under `range`; a range that is given backwards is turned round.
    pub(super) fn to_span(self, rope: &Rope, range: Range) -> Span {
        let (a, b) = (self.to_byte(rope, range.start), self.to_byte(rope, range.end));
        Span::new(a.min(b), a.max(b))
    }
}

/// A line without its `\n`, `\r\n` or `\r`.
fn without_break(line: RopeSlice<'_>) -> RopeSlice<'_> {
    let mut end = line.len_chars();
    if end > 0 && line.char(end - 1) == '\n' {
        end -= 1;
    }
    if end > 0 && line.char(end - 1) == '\r' {
        end -= 1;
    }
    line.slice(..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn counts_what_the_encoding_counts() {
        let rope = Rope::from_str("x\né“😀b");
        let byte = rope.len_bytes() - 1;
        assert_eq!(Encoding::Utf8.to_position(&rope, byte), at(1, 9));
        assert_eq!(Encoding::Utf16.to_position(&rope, byte), at(1, 4));
        assert_eq!(Encoding::Utf32.to_position(&rope, byte), at(1, 3));
    }

    #[test]
    fn every_boundary_goes_there_and_back() {
        let text = "a\r\nbé\rc\u{2028}d\u{b}e\n😀\u{85}“x”\n";
        let rope = Rope::from_str(text);
        assert_eq!(rope.len_lines(), 5, "only \\n, \\r\\n and \\r end a line");
        for encoding in ALL {
            for (byte, c) in text.char_indices() {
                if c == '\r' || c == '\n' {
                    continue;
                }
                assert_eq!(encoding.to_byte(&rope, encoding.to_position(&rope, byte)), byte, "{encoding:?} {c:?}");
            }
        }
    }

    #[test]
    fn what_lies_outside_is_clamped() {
        let rope = Rope::from_str("ab\r\ncd");
        for encoding in ALL {
            assert_eq!(encoding.to_byte(&rope, at(0, 99)), 2, "the end of the line, before its break");
            assert_eq!(encoding.to_byte(&rope, at(9, 0)), 6);
            assert_eq!(encoding.to_position(&rope, 99), at(1, 2));
        }
        let astral = Rope::from_str("😀");
        assert_eq!(Encoding::Utf16.to_byte(&astral, at(0, 1)), 0, "half a surrogate pair");
        assert_eq!(Encoding::Utf8.to_byte(&astral, at(0, 2)), 0, "half a scalar value");
    }

    #[test]
    fn bytes_are_preferred_and_utf_16_is_the_default() {
        let utf16 = PositionEncodingKind::UTF16;
        assert_eq!(Encoding::negotiate(None), Encoding::Utf16);
        assert_eq!(Encoding::negotiate(Some(std::slice::from_ref(&utf16))), Encoding::Utf16);
        let all = [utf16, PositionEncodingKind::UTF32, PositionEncodingKind::UTF8];
        assert_eq!(Encoding::negotiate(Some(&all)), Encoding::Utf8);
        assert_eq!(Encoding::negotiate(Some(&all[..2])), Encoding::Utf32);
    }
}
