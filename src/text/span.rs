//! Byte spans.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of **byte** offsets.
///
/// Spans in annotations, findings and rules index [`Draft::text`](crate::source::Draft::text); spans in a
/// [`Diagnostic`](crate::diagnostic::Diagnostic) index the decoded file. [`SourceMap`](crate::source::SourceMap) turns
/// the first into the second, once, in `lint`.
///
/// Serialized as `[start, end]`; a reversed pair is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(into = "[u32; 2]", try_from = "[u32; 2]")]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl From<Span> for [u32; 2] {
    fn from(span: Span) -> [u32; 2] {
        [span.start, span.end]
    }
}

impl TryFrom<[u32; 2]> for Span {
    type Error = String;

    fn try_from([start, end]: [u32; 2]) -> Result<Span, String> {
        if start > end { Err(format!("span reversed: {start}..{end}")) } else { Ok(Span { start, end }) }
    }
}

impl Span {
    /// A span from byte offsets. Files are limited to well under 4 GiB before they get here.
    pub fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end, "span reversed: {start}..{end}");
        Span { start: start as u32, end: end as u32 }
    }

    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub fn contains_offset(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The words of `text` under this span.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }
}
