//! Markdown with front matter, by pulldown-cmark.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::front_matter::FrontMatter;
use super::{BlockKind, Builder, html};
use crate::text::Span;

pub fn read(builder: &mut Builder<'_>) -> FrontMatter {
    let source = builder.source();
    let front = FrontMatter::read(source);
    front.zones(builder);
    let mut base = front.span.end as usize;
    if base == 0 && source.starts_with('\u{feff}') {
        base = '\u{feff}'.len_utf8();
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut reader = Reader {
        source,
        builder,
        containers: Vec::new(),
        headline: false,
        paragraph: Span::default(),
        hidden: 0,
        block: false,
    };
    for (event, range) in Parser::new_ext(&source[base..], options).into_offset_iter() {
        reader.event(event, Span::new(base + range.start, base + range.end));
    }
    front
}

struct Reader<'b, 's> {
    source: &'s str,
    builder: &'b mut Builder<'s>,
    /// The kinds of the block quotations, lists and footnotes that are open, outermost first.
    containers: Vec<BlockKind>,
    headline: bool,
    /// The paragraph that was opened last.
    paragraph: Span,
    /// How many open elements hide their text: raw script and style.
    hidden: usize,
    /// Inside a block of HTML, which was read when it started.
    block: bool,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(Tag::HtmlBlock) => {
                self.block = true;
                html::read_fragment(self.builder, span);
            }
            Event::End(TagEnd::HtmlBlock) => self.block = false,
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, span),
            // The words of inline code are kept as a placeholder, so that a sentence stays whole and its code is not read as words.
            Event::Code(_) if self.builder.is_open() => self.builder.make("…", span),
            Event::SoftBreak | Event::HardBreak if self.builder.is_open() => self.builder.make("\n", span),
            Event::Rule => self.builder.rule(),
            Event::InlineHtml(markup) => self.markup(&markup, span),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Heading { level, .. } => {
                let first = level == HeadingLevel::H1 && !self.headline;
                self.headline |= first;
                self.builder.open(if first { BlockKind::Headline } else { BlockKind::Heading }, level as u8);
            }
            Tag::Paragraph => {
                self.paragraph = span;
                self.builder.open(self.kind(), 0);
            }
            Tag::Emphasis | Tag::Strong if self.is_all_of_paragraph(span) => self.builder.emphasize(),
            Tag::BlockQuote(_) => {
                self.builder.close();
                self.containers.push(BlockKind::Quotation);
            }
            Tag::Item => {
                self.containers.push(BlockKind::List);
                self.builder.open(BlockKind::List, 0);
            }
            Tag::FootnoteDefinition(_) => {
                self.builder.close();
                self.containers.push(BlockKind::Body);
            }
            Tag::TableCell => self.builder.open(BlockKind::Table, 0),
            Tag::CodeBlock(_) => self.builder.open(BlockKind::Code, 0),
            // A picture's text stands in for it: a caption of its own, apart from the paragraph around it.
            Tag::Image { .. } => self.builder.detour(BlockKind::Caption),
            _ => {}
        }
    }

    fn is_all_of_paragraph(&self, span: Span) -> bool {
        let rest = self.source.get(span.end as usize..self.paragraph.end as usize);
        span.start == self.paragraph.start && rest.is_some_and(|rest| rest.trim().is_empty())
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.builder.close();
                self.containers.pop();
            }
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::TableCell | TagEnd::CodeBlock => {
                self.builder.close();
            }
            TagEnd::Image => self.builder.end_detour(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        if self.hidden > 0 || self.block {
            return;
        }
        if !self.builder.is_open() {
            // The text of a tight list item after a nested list, and the like.
            if text.trim().is_empty() {
                return;
            }
            self.builder.open(self.kind(), 0);
        }
        if text == span.of(self.source) {
            self.builder.copy(span);
        } else {
            self.builder.make(text, span);
        }
    }

    fn kind(&self) -> BlockKind {
        self.containers.last().copied().unwrap_or(BlockKind::Body)
    }

    /// A tag inside a paragraph. The words between tags come as text; those of scripts are not read.
    fn markup(&mut self, markup: &str, span: Span) {
        match html::tag_name(markup) {
            "script" | "style" if markup.starts_with("</") => self.hidden = self.hidden.saturating_sub(1),
            "script" | "style" => self.hidden += 1,
            "br" if self.builder.is_open() && self.hidden == 0 => self.builder.make("\n", span),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::source::{BlockKind, Draft, Format};
    use std::path::Path;

    fn blocks(source: &str) -> Vec<(BlockKind, String)> {
        let draft =
            Draft::read(Path::new("a.md"), Format::Markdown, crate::text::decode::Encoding::Utf8, source.into());
        draft.blocks.iter().map(|b| (b.kind, b.span.of(&draft.text).to_owned())).collect()
    }

    #[test]
    fn front_matter_fields_are_blocks() {
        let source = "---\ntitle: \"The \\\"new\\\" harbor\"\ndescription: >\n  It opens\n  in May.\nimage:\n  caption: The harbor # x\n---\n\nIt is open.\n";
        let found = blocks(source);
        assert_eq!(found[0], (BlockKind::Headline, "The \"new\" harbor".into()));
        assert_eq!(found[1], (BlockKind::Standfirst, "It opens in May.".into()));
        assert_eq!(found[2], (BlockKind::Caption, "The harbor".into()));
        assert_eq!(found[3], (BlockKind::Body, "It is open.".into()));
    }

    #[test]
    fn what_stands_under_the_headline_is_a_standfirst() {
        let body = "\n\nThe harbor of Eastport opened on Monday after two years of work on its piers.\n\n## Next\n\nMore piers.\n";
        let deck = "Two piers and a crane cost more than was planned";
        for under in [&format!("*{deck}.*"), &format!("**{deck}**"), deck, &format!("*By Jane Poe*\n\n### {deck}")] {
            let found = blocks(&format!("# Harbor opens\n\n{under}{body}"));
            let kinds: Vec<BlockKind> = found.iter().map(|(kind, _)| *kind).collect();
            assert!(kinds.contains(&BlockKind::Standfirst), "{under}: {found:?}");
            assert_eq!(kinds[kinds.len() - 3..], [BlockKind::Body, BlockKind::Heading, BlockKind::Body], "{under}");
        }
        for under in [
            "*By Jane Poe*",
            "*Updated*",
            "## Where the new piers will stand",
            "*Two piers*, one crane and no more money for it.",
        ] {
            let found = blocks(&format!("# Harbor opens\n\n{under}{body}"));
            assert!(found.iter().all(|(kind, _)| *kind != BlockKind::Standfirst), "{under}: {found:?}");
        }
    }

    #[test]
    fn blocks_by_markup() {
        let source = "# Harbor opens\n\n> “It is big.”\n\n- one\n  - two\n\n![The pier](pier.jpg)\n\n```\ncode\n```\n\nUse `x` now \\* &amp; then.[^1]\n\n<div>Raw <b>words</b></div>\n\n[^1]: A note.\n";
        let kinds: Vec<_> = blocks(source);
        let expect = [
            (BlockKind::Headline, "Harbor opens"),
            (BlockKind::Quotation, "“It is big.”"),
            (BlockKind::List, "one"),
            (BlockKind::List, "two"),
            (BlockKind::Caption, "The pier"),
            (BlockKind::Code, "code"),
            (BlockKind::Body, "Use … now * & then."),
            (BlockKind::Body, "Raw words"),
            (BlockKind::Body, "A note."),
        ];
        assert_eq!(kinds.iter().map(|(k, t)| (*k, t.as_str())).collect::<Vec<_>>(), expect);
    }
}
