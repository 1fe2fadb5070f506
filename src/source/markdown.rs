//! Markdown with front matter, by pulldown-cmark.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::front_matter::FrontMatter;
use super::{BlockKind, Builder};
use crate::text::Span;

pub fn read(builder: &mut Builder<'_>) -> FrontMatter {
    let source = builder.source();
    let front = FrontMatter::read(source);
    let base = front.span.end as usize;
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut kinds: Vec<BlockKind> = Vec::new();
    let mut seen_headline = false;
    for (event, range) in Parser::new_ext(&source[base..], options).into_offset_iter() {
        let span = Span::new(base + range.start, base + range.end);
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let kind =
                    if level == HeadingLevel::H1 && !seen_headline { BlockKind::Headline } else { BlockKind::Heading };
                seen_headline = true;
                builder.open(kind, level as u8);
            }
            Event::Start(Tag::Paragraph) => builder.open(kinds.last().copied().unwrap_or(BlockKind::Body), 0),
            Event::Start(Tag::BlockQuote(_)) => kinds.push(BlockKind::Quotation),
            Event::Start(Tag::Item) => {
                kinds.push(BlockKind::List);
                builder.open(BlockKind::List, 0);
            }
            Event::Start(Tag::TableCell) => builder.open(BlockKind::Table, 0),
            Event::Start(Tag::CodeBlock(_)) => builder.open(BlockKind::Code, 0),
            Event::Start(Tag::HtmlBlock) => builder.close(),
            Event::End(TagEnd::BlockQuote(_) | TagEnd::Item) => {
                kinds.pop();
                builder.close();
            }
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::TableCell | TagEnd::CodeBlock) => {
                builder.close()
            }
            Event::Text(text) if builder.is_open() => {
                if text.as_ref() == span.of(source) {
                    builder.copy(span);
                } else {
                    builder.make(&text, span);
                }
            }
            Event::Code(code) if builder.is_open() => builder.make(&code, span),
            Event::SoftBreak | Event::HardBreak if builder.is_open() => builder.make("\n", span),
            _ => {}
        }
    }
    front
}
