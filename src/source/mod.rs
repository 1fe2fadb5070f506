//! From a file's text to a draft: blocks of prose by kind, one running text, and the map back to the file's bytes.
//!
//! Bad text is never an error here: every reader returns what it could read.

mod builder;
mod classify;
pub mod dateline;
mod front_matter;
pub mod furniture;
mod html;
mod ignore;
mod markdown;
mod metadata;
mod plain;
mod shape;
mod source_map;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::text::decode::Encoding;
use crate::text::sentence::{self, Sentence};
use crate::text::token::{self, Token, TokenKind};
use crate::text::{Span, fold};

pub use builder::{Builder, Built};
pub use ignore::{Ignore, split_codes};
pub use metadata::{DateSource, Metadata};
pub use source_map::SourceMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Plain,
    Markdown,
    Html,
}

impl Format {
    /// By the file name's ending; anything unknown is plain text.
    pub fn of(path: &Path) -> Format {
        match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
            Some("md" | "markdown" | "mdown" | "mkd") => Format::Markdown,
            Some("html" | "htm" | "xhtml") => Format::Html,
            _ => Format::Plain,
        }
    }

    /// The name used in the JSON contract and in rule examples.
    pub fn name(self) -> &'static str {
        match self {
            Format::Plain => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
        }
    }

    pub fn from_name(name: &str) -> Option<Format> {
        [Format::Plain, Format::Markdown, Format::Html].into_iter().find(|f| f.name() == name)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    Headline,
    /// The summary under the headline.
    Standfirst,
    Byline,
    /// A line that holds only place and date.
    Dateline,
    /// A heading inside the story.
    Heading,
    Body,
    List,
    /// A block quotation or pull quote.
    Quotation,
    Caption,
    /// Rows of a table, of results or of accounts. They are no sentences: only the figures in them can be asked for.
    Table,
    /// What a page wraps around a story: "Leave a comment".
    Furniture,
    /// Front matter that is no copy.
    Metadata,
    Code,
}

impl BlockKind {
    pub const ALL: [BlockKind; 13] = [
        BlockKind::Headline,
        BlockKind::Standfirst,
        BlockKind::Byline,
        BlockKind::Dateline,
        BlockKind::Heading,
        BlockKind::Body,
        BlockKind::List,
        BlockKind::Quotation,
        BlockKind::Caption,
        BlockKind::Table,
        BlockKind::Furniture,
        BlockKind::Metadata,
        BlockKind::Code,
    ];

    pub fn name(self) -> &'static str {
        match self {
            BlockKind::Headline => "headline",
            BlockKind::Standfirst => "standfirst",
            BlockKind::Byline => "byline",
            BlockKind::Dateline => "dateline",
            BlockKind::Heading => "heading",
            BlockKind::Body => "body",
            BlockKind::List => "list",
            BlockKind::Quotation => "quotation",
            BlockKind::Caption => "caption",
            BlockKind::Table => "table",
            BlockKind::Furniture => "furniture",
            BlockKind::Metadata => "metadata",
            BlockKind::Code => "code",
        }
    }

    pub fn from_name(name: &str) -> Option<BlockKind> {
        BlockKind::ALL.into_iter().find(|k| k.name() == name)
    }

    /// Running text of the story: where facts are stated.
    pub fn is_body(self) -> bool {
        matches!(self, BlockKind::Body | BlockKind::List | BlockKind::Quotation)
    }

    /// Display type that must agree with the body.
    pub fn is_display(self) -> bool {
        matches!(self, BlockKind::Headline | BlockKind::Standfirst | BlockKind::Caption)
    }

    /// Words that readers are meant to read; furniture, metadata and code are not.
    pub fn is_copy(self) -> bool {
        !matches!(self, BlockKind::Furniture | BlockKind::Metadata | BlockKind::Code)
    }
}

/// A block of prose: a paragraph, a heading, a list item.
#[derive(Clone, Debug)]
pub struct Block {
    pub kind: BlockKind,
    /// Its prose in [`Draft::text`].
    pub span: Span,
    /// 1 to 6 for headings, 0 otherwise.
    pub level: u8,
    pub tokens: Range<u32>,
    pub sentences: Range<u32>,
    /// Which part of a running story it is in: a live blog's entries are like separate articles in time order. 0 in any other.
    pub segment: u16,
    /// How many paragraphs of body there are up to the end of this block.
    pub paragraphs: u32,
    /// The speaker's label that a paragraph of a transcript or interview starts with, without its colon, in [`Draft::text`].
    pub label: Option<Span>,
}

/// A file as newslint reads it. Everything downstream works on [`text`](Draft::text) and its spans.
#[derive(Clone, Debug)]
pub struct Draft {
    pub path: PathBuf,
    pub format: Format,
    pub encoding: Encoding,
    /// The decoded file.
    pub source: Arc<str>,
    /// The prose of all blocks in order, an empty line between two.
    pub text: String,
    /// `text` lower-cased in place: the same offsets.
    pub lower: String,
    pub map: SourceMap,
    pub blocks: Vec<Block>,
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
    pub metadata: Metadata,
    /// From the front matter; whoever reads the sidecar adds what it says.
    pub ignores: Vec<Ignore>,
}

impl Draft {
    /// Reads `source` as a draft in `format`. `path` is a name only: nothing is read from disk.
    pub fn read(path: &Path, format: Format, encoding: Encoding, source: Arc<str>) -> Draft {
        let mut builder = Builder::new(&source);
        let front = match format {
            Format::Plain => plain::read(&mut builder),
            Format::Markdown => markdown::read(&mut builder),
            Format::Html => html::read(&mut builder),
        };
        let Built { text, map, mut blocks, breaks, emphasized } = builder.finish();
        classify::classify(&text, &mut blocks, &emphasized, format != Format::Plain);
        classify::segment(&text, &mut blocks, &breaks);
        classify::label(&text, &mut blocks);
        let lower = fold::lower_in_place(&text);
        // Copy has about a token for every five bytes.
        let mut tokens = Vec::with_capacity(text.len() / 5);
        let mut sentences = Vec::with_capacity(text.len() / 100);
        let (mut paragraphs, mut ends) = (0, Vec::new());
        for (index, block) in blocks.iter_mut().enumerate() {
            paragraphs += u32::from(block.kind.is_body());
            block.paragraphs = paragraphs;
            if block.kind == BlockKind::Code {
                continue;
            }
            let (first_token, first_sentence) = (tokens.len(), sentences.len());
            ends.clear();
            token::tokenize(&text, &lower, block.span, index as u32, &mut tokens, &mut ends);
            let range = first_token..tokens.len();
            sentence::split(&text, &lower, &mut tokens, range, &ends, index as u32, &mut sentences);
            block.tokens = first_token as u32..tokens.len() as u32;
            block.sentences = first_sentence as u32..sentences.len() as u32;
        }
        let ignores = ignore::of_front_matter(&front);
        let metadata = Metadata::gather(front, path, &text, &blocks);
        Draft {
            path: path.to_owned(),
            format,
            encoding,
            source,
            text,
            lower,
            map,
            blocks,
            tokens,
            sentences,
            metadata,
            ignores,
        }
    }

    /// A plain-text draft from a string, for tests and examples.
    pub fn from_text(text: &str) -> Draft {
        Draft::read(Path::new("draft.txt"), Format::Plain, Encoding::Utf8, text.into())
    }

    /// The words under `span`.
    pub fn words_at(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// The [`ascii_key`](fold::ascii_key) of the words under `span`: the draft's own lower case, where that is the same.
    pub fn key_at(&self, span: Span) -> Cow<'_, str> {
        let words = self.words_at(span);
        if fold::is_plain(words) { Cow::Borrowed(span.of(&self.lower)) } else { Cow::Owned(fold::ascii_key(words)) }
    }

    /// The words of a token, as written.
    pub fn word(&self, token: &Token) -> &str {
        token.span.of(&self.text)
    }

    /// The words of a token, in lower case.
    pub fn lower(&self, token: &Token) -> &str {
        token.span.of(&self.lower)
    }

    pub fn block_tokens(&self, block: &Block) -> &[Token] {
        &self.tokens[block.tokens.start as usize..block.tokens.end as usize]
    }

    pub fn sentence_tokens(&self, sentence: &Sentence) -> &[Token] {
        &self.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize]
    }

    /// The index of the first token that ends after `offset`: the token there, or the next one.
    pub fn token_at(&self, offset: u32) -> usize {
        self.tokens.partition_point(|t| t.span.end <= offset)
    }

    /// The tokens that lie wholly or partly in `span`.
    pub fn tokens_in(&self, span: Span) -> &[Token] {
        let start = self.token_at(span.start);
        let end = self.tokens.partition_point(|t| t.span.start < span.end);
        &self.tokens[start..end.max(start)]
    }

    /// The block that holds `offset`, or the one before it.
    pub fn block_at(&self, offset: u32) -> usize {
        self.blocks.partition_point(|b| b.span.start <= offset).saturating_sub(1)
    }

    /// The sentence that holds `offset`, or the one before it.
    pub fn sentence_at(&self, offset: u32) -> usize {
        self.sentences.partition_point(|s| s.span.start <= offset).saturating_sub(1)
    }

    /// The part of a running story that `offset` is in; see [`Block::segment`].
    pub fn segment_at(&self, offset: u32) -> u16 {
        self.blocks.get(self.block_at(offset)).map_or(0, |b| b.segment)
    }

    /// The kind of the block that holds `offset`.
    pub fn kind_at(&self, offset: u32) -> BlockKind {
        self.blocks.get(self.block_at(offset)).map_or(BlockKind::Body, |b| b.kind)
    }

    /// Whether the draft is a transcript or an interview, whose labels say who speaks.
    pub fn is_transcript(&self) -> bool {
        self.blocks.iter().any(|b| b.label.is_some())
    }

    /// Whether the draft is a running story of several parts.
    pub fn is_running_story(&self) -> bool {
        self.blocks.last().is_some_and(|b| b.segment > 0)
    }

    /// The dateline in the story's first paragraph, and the block it opens.
    pub fn dateline(&self) -> Option<(usize, dateline::Dateline)> {
        let first = self.blocks.iter().position(|b| b.kind == BlockKind::Body)?;
        dateline::read(self.words_at(self.blocks[first].span)).map(|d| (first, d))
    }

    /// How many words of copy there are: words and numbers outside furniture, metadata and code.
    pub fn word_count(&self) -> usize {
        let copy = self.blocks.iter().filter(|b| b.kind.is_copy());
        copy.flat_map(|b| self.block_tokens(b))
            .filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number))
            .count()
    }

    /// The number people give a paragraph: body blocks counted from 1. `None` for a block that is no body.
    pub fn paragraph_number(&self, block: usize) -> Option<usize> {
        let block = &self.blocks[block];
        block.kind.is_body().then_some(block.paragraphs as usize)
    }
}
