//! From offsets in a draft's text back to offsets in its file.

use crate::text::Span;

#[derive(Clone, Copy, Debug)]
struct Segment {
    text: u32,
    source: Span,
    /// Copied as is, byte for byte; otherwise made from `source` (an entity, an escape, a line break).
    copied: bool,
}

/// Segments in text order. A text offset inside a copied segment maps exactly; inside a made one, to the whole of what it was
/// made from.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    segments: Vec<Segment>,
    text_len: u32,
}

impl SourceMap {
    /// Adds the next `len` bytes of text. Segments that continue one another are joined.
    pub fn push(&mut self, len: usize, source: Span, copied: bool) {
        debug_assert!(!copied || source.len() == len);
        let text = self.text_len;
        self.text_len += len as u32;
        if let Some(last) = self.segments.last_mut()
            && copied
            && last.copied
            && last.source.end == source.start
        {
            last.source.end = source.end;
            return;
        }
        self.segments.push(Segment { text, source, copied });
    }

    fn segment(&self, offset: u32) -> Option<&Segment> {
        let index = self.segments.partition_point(|s| s.text <= offset);
        self.segments[..index].last()
    }

    /// The bytes of the file behind `span` of the text.
    pub fn to_source(&self, span: Span) -> Span {
        let Some(first) = self.segment(span.start) else { return Span::default() };
        let start = if first.copied { first.source.start + (span.start - first.text) } else { first.source.start };
        if span.is_empty() {
            return Span { start, end: start };
        }
        let last = self.segment(span.end - 1).unwrap_or(first);
        let end = if last.copied { last.source.start + (span.end - last.text) } else { last.source.end };
        Span { start, end: end.max(start) }
    }

    /// Whether the whole of `span` was copied from the file without a gap, so that an edit of the file there is an edit of
    /// these words and of nothing else.
    pub fn is_copied(&self, span: Span) -> bool {
        let Some(first) = self.segment(span.start) else { return false };
        let len = first.source.len() as u32;
        first.copied && span.end <= first.text + len
    }

    /// The offset in the text for the byte `offset` of the file: exact where copied, else the nearest place after it.
    pub fn to_text(&self, offset: u32) -> u32 {
        // Blocks come in file order, with the odd exception of reordered metadata, so this is a scan; it is only used for
        // editor requests, never for linting.
        let mut best = self.text_len;
        for segment in &self.segments {
            if segment.copied && segment.source.start <= offset && offset <= segment.source.end {
                return segment.text + (offset - segment.source.start);
            }
            if segment.source.start >= offset {
                best = best.min(segment.text);
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_copied_and_made_text() {
        // Source "a &amp; b" read as "a & b".
        let mut map = SourceMap::default();
        map.push(2, Span::new(0, 2), true);
        map.push(1, Span::new(2, 7), false);
        map.push(2, Span::new(7, 9), true);
        assert_eq!(map.to_source(Span::new(0, 5)), Span::new(0, 9));
        assert_eq!(map.to_source(Span::new(2, 3)), Span::new(2, 7));
        assert_eq!(map.to_source(Span::new(4, 5)), Span::new(8, 9));
        assert!(map.is_copied(Span::new(3, 5)) && !map.is_copied(Span::new(1, 3)));
        assert_eq!(map.to_text(8), 4);
    }
}
