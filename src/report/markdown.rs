//! Markdown laid out for a terminal: the pages of codes and rules.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::Shown;
use super::style::{bold, code};

/// Lays `markdown` out in lines of at most `shown.width` columns. Headings, paragraphs, lists, quotations and code are known;
/// anything else is text.
pub fn render(markdown: &str, shown: Shown) -> String {
    let mut page = Page { out: String::new(), words: Vec::new(), indents: Vec::new(), bullet: None, shown };
    let mut strong = false;
    let mut verbatim = false;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Strong | Tag::Emphasis | Tag::Heading { .. }) => strong = true,
            Event::End(TagEnd::Strong | TagEnd::Emphasis) => strong = false,
            Event::End(TagEnd::Heading(_)) => {
                strong = false;
                page.flush(1);
            }
            Event::End(TagEnd::Paragraph) => page.flush(if page.indents.is_empty() { 2 } else { 1 }),
            Event::Start(Tag::Item) => {
                page.flush(1);
                page.indents.push("  ");
                page.bullet = Some("• ");
            }
            Event::End(TagEnd::Item) => {
                page.flush(1);
                page.indents.pop();
            }
            Event::End(TagEnd::List(_)) => page.end_block(),
            Event::Start(Tag::BlockQuote(_)) => page.indents.push("  │ "),
            Event::End(TagEnd::BlockQuote(_)) => {
                page.indents.pop();
                page.end_block();
            }
            Event::Start(Tag::CodeBlock(_)) => verbatim = true,
            Event::End(TagEnd::CodeBlock) => {
                verbatim = false;
                page.end_block();
            }
            Event::Text(text) if verbatim => page.verbatim(&text),
            Event::Text(text) => page.text(&text, |word| if strong { bold(word, shown) } else { word.to_owned() }),
            Event::Code(text) => page.text(&text, |word| code(word, shown)),
            Event::SoftBreak => page.space(),
            Event::HardBreak => page.flush(1),
            _ => {}
        }
    }
    page.flush(1);
    page.out.trim_end().to_owned() + "\n"
}

/// A word as it is printed, and its width without colors. A piece with no space before it belongs to the word before.
struct Piece {
    text: String,
    width: usize,
    after_space: bool,
}

struct Page<'s> {
    out: String,
    words: Vec<Piece>,
    indents: Vec<&'s str>,
    bullet: Option<&'s str>,
    shown: Shown,
}

impl Page<'_> {
    fn text(&mut self, text: &str, style: impl Fn(&str) -> String) {
        for (index, word) in text.split(' ').enumerate() {
            if index > 0 {
                self.space();
            }
            if !word.is_empty() {
                self.push(style(word), word.chars().count());
            }
        }
    }

    /// What follows is a new word.
    fn space(&mut self) {
        self.words.push(Piece { text: String::new(), width: 0, after_space: true });
    }

    fn push(&mut self, text: String, width: usize) {
        match self.words.last_mut() {
            Some(last) if last.text.is_empty() => (last.text, last.width) = (text, width),
            Some(_) => self.words.push(Piece { text, width, after_space: false }),
            None => self.words.push(Piece { text, width, after_space: true }),
        }
    }

    /// Prints the words gathered so far, and ends the line `ends` times.
    fn flush(&mut self, ends: usize) {
        if self.words.iter().all(|piece| piece.text.is_empty()) {
            self.words.clear();
            return;
        }
        let bullet = self.bullet.take();
        let indent: String = match bullet {
            Some(_) => self.indents[..self.indents.len().saturating_sub(1)].concat(),
            None => self.indents.concat(),
        };
        let rest: String = self.indents.concat();
        let mut line = indent + bullet.unwrap_or_default();
        let mut column = line.chars().count();
        let mut at_start = true;
        // Words are kept whole: pieces without a space between them wrap together.
        let mut pieces = std::mem::take(&mut self.words).into_iter().peekable();
        while let Some(first) = pieces.next() {
            let (mut text, mut width) = (first.text, first.width);
            while let Some(next) = pieces.next_if(|next| !next.after_space) {
                text.push_str(&next.text);
                width += next.width;
            }
            if width == 0 {
                continue;
            }
            if !at_start && column + 1 + width > self.shown.width {
                self.out.push_str(line.trim_end());
                self.out.push('\n');
                line = rest.clone();
                column = line.chars().count();
                at_start = true;
            }
            if !at_start {
                line.push(' ');
                column += 1;
            }
            line.push_str(&text);
            column += width;
            at_start = false;
        }
        self.out.push_str(&line);
        self.out.push_str(&"\n".repeat(ends));
    }

    fn verbatim(&mut self, text: &str) {
        let indent = self.indents.concat();
        for line in text.lines() {
            self.out.push_str(format!("  │ {indent}{line}").trim_end());
            self.out.push('\n');
        }
    }

    /// An empty line, where none is yet.
    fn end_block(&mut self) {
        self.flush(1);
        if self.indents.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_words_and_keeps_code_whole() {
        let shown = Shown { width: 24, ..Shown::default() };
        let markdown = "# Names\n\nOne person, **two** spellings in `the draft`, as filed.\n\n- `known`: names\n  that stand\n- more\n\n```\nas is\n```\n";
        let text = render(markdown, shown);
        assert_eq!(
            text,
            "Names\nOne person, two\nspellings in the draft,\nas filed.\n\n• known: names that\n  stand\n• more\n\n  │ as is\n"
        );
    }
}
