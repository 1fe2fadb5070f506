//! What the format readers write into.

use super::{Block, BlockKind, SourceMap};
use crate::text::Span;

/// Collects blocks of prose from a source text, and the map back to it.
pub struct Builder<'s> {
    source: &'s str,
    text: String,
    map: SourceMap,
    blocks: Vec<Block>,
    open: Option<(BlockKind, u8, u32)>,
    breaks: Vec<usize>,
    /// Where the open block began and what it is, while a block inside it is read.
    outer: Option<(BlockKind, u8)>,
}

impl<'s> Builder<'s> {
    pub fn new(source: &'s str) -> Builder<'s> {
        let text = String::with_capacity(source.len());
        Builder {
            source,
            text,
            map: SourceMap::default(),
            blocks: Vec::new(),
            open: None,
            breaks: Vec::new(),
            outer: None,
        }
    }

    pub fn source(&self) -> &'s str {
        self.source
    }

    /// Starts a block, ending the one that is open.
    pub fn open(&mut self, kind: BlockKind, level: u8) {
        self.close();
        if !self.text.is_empty() {
            let at = self.blocks.last().map_or(0, |b| self.map.to_source(b.span).end as usize);
            self.make("\n\n", Span::new(at, at));
        }
        self.open = Some((kind, level, self.text.len() as u32));
    }

    /// Ends the open block, if any; an empty one is dropped.
    pub fn close(&mut self) {
        let Some((kind, level, start)) = self.open.take() else { return };
        let raw = &self.text[start as usize..];
        let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
        let lead = raw.len() - raw.trim_start_matches(blank).len();
        let span = Span::new(start as usize + lead, start as usize + raw.trim_end_matches(blank).len().max(lead));
        if !span.is_empty() {
            self.blocks.push(Block {
                kind,
                span,
                level,
                tokens: 0..0,
                sentences: 0..0,
                segment: 0,
                paragraphs: 0,
                label: None,
            });
        }
    }

    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Appends `source[span]` to the open block as it is.
    pub fn copy(&mut self, span: Span) {
        self.text.push_str(span.of(self.source));
        self.map.push(span.len(), span, true);
    }

    /// Appends `text`, which stands for `source[span]` (an entity, an escape, a line break).
    pub fn make(&mut self, text: &str, span: Span) {
        self.text.push_str(text);
        self.map.push(text.len(), span, false);
    }

    /// Whether the open block's text so far ends in white space, or is empty.
    pub fn ends_in_space(&self) -> bool {
        let start = self.open.map_or(self.text.len(), |(_, _, s)| s as usize);
        self.text[start..].chars().next_back().is_none_or(char::is_whitespace)
    }

    /// Starts a block in the middle of the open one, which goes on in a block of its own after [`end_detour`](Builder::end_detour).
    pub fn detour(&mut self, kind: BlockKind) {
        self.outer = self.open.map(|(kind, level, _)| (kind, level));
        self.open(kind, 0);
    }

    pub fn end_detour(&mut self) {
        self.close();
        if let Some((kind, level)) = self.outer.take() {
            self.open(kind, level);
        }
    }

    /// Notes a rule of the markup: the next block starts another part of the draft.
    pub fn rule(&mut self) {
        self.close();
        self.breaks.push(self.blocks.len());
    }

    /// The text, the map, the blocks, and the indices of the blocks that a rule stands before.
    pub fn finish(mut self) -> (String, SourceMap, Vec<Block>, Vec<usize>) {
        self.close();
        (self.text, self.map, self.blocks, self.breaks)
    }
}
