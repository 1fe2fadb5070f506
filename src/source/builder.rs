//! What the format readers write into.

use super::{Block, BlockKind, SourceMap};
use crate::text::Span;

/// Collects blocks of prose from a source text, and the map back to it.
pub struct Builder<'s> {
    source: &'s str,
    text: String,
    map: SourceMap,
    blocks: Vec<Block>,
    open: Option<Open>,
    breaks: Vec<usize>,
    emphasized: Vec<usize>,
    /// What the open block is, while a block inside it is read.
    outer: Option<(BlockKind, u8)>,
}

struct Open {
    kind: BlockKind,
    level: u8,
    /// Where it starts in the text.
    start: u32,
    emphasized: bool,
}

/// What a format reader has read.
pub struct Built {
    pub text: String,
    pub map: SourceMap,
    pub blocks: Vec<Block>,
    /// The indices of the blocks that a rule stands before.
    pub breaks: Vec<usize>,
    /// The indices of the blocks that are in italics or in bold from end to end.
    pub emphasized: Vec<usize>,
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
            emphasized: Vec::new(),
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
        self.open = Some(Open { kind, level, start: self.text.len() as u32, emphasized: false });
    }

    /// Notes that all of the open block is in italics or in bold.
    pub fn emphasize(&mut self) {
        if let Some(open) = &mut self.open {
            open.emphasized = true;
        }
    }

    /// Ends the open block, if any; an empty one is dropped.
    pub fn close(&mut self) {
        let Some(Open { kind, level, start, emphasized }) = self.open.take() else { return };
        let raw = &self.text[start as usize..];
        let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
        let lead = raw.len() - raw.trim_start_matches(blank).len();
        let span = Span::new(start as usize + lead, start as usize + raw.trim_end_matches(blank).len().max(lead));
        if !span.is_empty() {
            if emphasized {
                self.emphasized.push(self.blocks.len());
            }
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
        let start = self.open.as_ref().map_or(self.text.len(), |open| open.start as usize);
        self.text[start..].chars().next_back().is_none_or(char::is_whitespace)
    }

    /// Starts a block in the middle of the open one, which goes on in a block of its own after [`end_detour`](Builder::end_detour).
    pub fn detour(&mut self, kind: BlockKind) {
        self.outer = self.open.as_ref().map(|open| (open.kind, open.level));
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

    pub fn finish(mut self) -> Built {
        self.close();
        let Builder { text, map, blocks, breaks, emphasized, .. } = self;
        Built { text, map, blocks, breaks, emphasized }
    }
}
