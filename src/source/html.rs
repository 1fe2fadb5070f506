//! HTML, by html5gum: the text of the elements that hold copy, with the words of inline elements joined. What a page wraps around a story
//! (navigation, footers, forms, scripts) is not read.

use std::convert::Infallible;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use serde_json::Value;

use super::front_matter::FrontMatter;
use super::{BlockKind, Builder};
use crate::text::Span;

/// Elements nested deeper than this are read as if they were not there.
const DEEPEST: usize = 200;

/// Reads a page or a fragment. What its head says of date and language comes back as fields.
pub fn read(builder: &mut Builder<'_>) -> FrontMatter {
    let source = builder.source();
    let front = FrontMatter::read(source);
    front.zones(builder);
    let start = front.span.end as usize;
    let mut fields = front.fields;
    // The title in a page's head repeats its headline, with the name of the site: it counts only where there is no other.
    let has_headline = contains_tag(source, "h1");
    run(builder, Span::new(start, source.len()), !has_headline, &mut fields);
    FrontMatter { fields, span: front.span }
}

/// Reads a piece of HTML inside another format.
pub fn read_fragment(builder: &mut Builder<'_>, span: Span) {
    run(builder, span, false, &mut Default::default());
    builder.close();
}

/// The name of the tag that `markup` starts with: `p` of `<p>` and `</p>`.
pub fn tag_name(markup: &str) -> &str {
    let rest = markup.strip_prefix('<').unwrap_or(markup);
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let len = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    &rest[..len]
}

fn contains_tag(source: &str, name: &str) -> bool {
    memchr::memchr_iter(b'<', source.as_bytes()).any(|at| {
        let rest = &source.as_bytes()[at + 1..];
        rest.len() > name.len()
            && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes())
            && !rest[name.len()].is_ascii_alphanumeric()
    })
}

type Fields = std::collections::BTreeMap<String, Value>;

fn run(builder: &mut Builder<'_>, span: Span, read_title: bool, fields: &mut Fields) {
    let source = builder.source();
    let mut reader = Reader {
        source,
        base: span.start as usize,
        builder,
        fields,
        read_title,
        headline: false,
        stack: Vec::new(),
        tag: Tag::default(),
    };
    let mut emitter =
        CallbackEmitter::new(|event: CallbackEvent<'_>, at: html5gum::Span<usize>| -> Option<Infallible> {
            reader.event(event, at);
            None
        });
    emitter.naively_switch_states(true);
    // The reader of a string never fails, and no event yields a token.
    for _ in Tokenizer::new_with_emitter(span.of(source), emitter) {}
}

/// What an open element makes of the text in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Text of the given kind and heading level.
    Kind(BlockKind, u8),
    /// A block that says nothing of its text.
    Block,
    /// Not read.
    Hidden,
    /// Inside a line.
    Inline,
    /// Inline code: a placeholder is read.
    Code,
}

/// A start tag as it is read.
#[derive(Default)]
struct Tag {
    name: String,
    attribute: String,
    class: String,
    /// `name` or `property` of a meta element.
    about: String,
    content: String,
    datetime: String,
    lang: String,
    alt: Option<(String, Span)>,
}

struct Reader<'b, 's> {
    source: &'s str,
    base: usize,
    builder: &'b mut Builder<'s>,
    fields: &'b mut Fields,
    read_title: bool,
    headline: bool,
    stack: Vec<(String, Role)>,
    tag: Tag,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: CallbackEvent<'_>, at: html5gum::Span<usize>) {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match event {
            CallbackEvent::OpenStartTag { name } => self.tag = Tag { name: text(name), ..Tag::default() },
            CallbackEvent::AttributeName { name } => self.tag.attribute = text(name),
            CallbackEvent::AttributeValue { value } => {
                let value = text(value);
                match self.tag.attribute.as_str() {
                    "class" | "itemprop" => self.tag.class = value.to_lowercase(),
                    "name" | "property" => self.tag.about = value.to_lowercase(),
                    "content" => self.tag.content = value,
                    "datetime" => self.tag.datetime = value,
                    "lang" => self.tag.lang = value,
                    "alt" => {
                        let span = self.place(at);
                        self.tag.alt = span.map(|span| (value, span));
                    }
                    _ => {}
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                let tag = std::mem::take(&mut self.tag);
                self.start(tag, self_closing, at);
            }
            CallbackEvent::EndTag { name } => self.end(&text(name), at),
            CallbackEvent::String { .. } => {
                if let Some(span) = self.place(at) {
                    self.text(span);
                }
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    /// A span of the tokenizer as a span of the source; `None` if it does not lie on whole characters.
    fn place(&self, at: html5gum::Span<usize>) -> Option<Span> {
        let (start, end) = (self.base + at.start, self.base + at.end);
        (start <= end && self.source.get(start..end).is_some()).then(|| Span::new(start, end))
    }

    fn start(&mut self, tag: Tag, self_closing: bool, at: html5gum::Span<usize>) {
        let name = tag.name.as_str();
        self.note(&tag);
        match name {
            "br" if self.builder.is_open() => {
                if let Some(span) = self.place(at) {
                    self.builder.make("\n", span);
                }
                return;
            }
            "hr" => return self.builder.rule(),
            "img" => return self.picture(tag.alt),
            "br" | "meta" | "link" | "input" | "source" | "wbr" | "area" | "base" | "col" | "embed" | "track" => return,
            _ => {}
        }
        let role = self.role(name, &tag.class);
        if !matches!(role, Role::Inline | Role::Code) {
            self.builder.close();
            // A paragraph or list item ends where the next block starts.
            let ends_by_itself =
                |n: &str| n == "p" || (n == name && matches!(name, "li" | "dt" | "dd" | "td" | "th" | "tr"));
            if self.stack.last().is_some_and(|(n, _)| ends_by_itself(n)) {
                self.stack.pop();
            }
        }
        if name == "q" && !self.is_hidden() {
            self.mark("“", at);
        }
        if self.stack.len() < DEEPEST && !self_closing {
            self.stack.push((tag.name, role));
        }
    }

    fn end(&mut self, name: &str, at: html5gum::Span<usize>) {
        let Some(index) = self.stack.iter().rposition(|(n, _)| n == name) else { return };
        if name == "q" && !self.is_hidden() {
            self.mark("”", at);
        }
        let inline = self.stack[index..].iter().all(|(_, r)| matches!(r, Role::Inline | Role::Code));
        if !inline {
            self.builder.close();
        }
        self.stack.truncate(index);
    }

    /// A quotation mark that a browser shows for a tag.
    fn mark(&mut self, mark: &str, at: html5gum::Span<usize>) {
        if let Some(span) = self.place(at) {
            self.open();
            self.builder.make(mark, span);
        }
    }

    /// What the head of a page and its first time element say of the story.
    fn note(&mut self, tag: &Tag) {
        let mut set = |key: &str, value: &str| {
            if !value.is_empty() {
                self.fields.entry(key.to_owned()).or_insert_with(|| Value::String(value.to_owned()));
            }
        };
        match tag.name.as_str() {
            "html" => set("lang", &tag.lang),
            "time" => set("date", &tag.datetime),
            "meta" if matches!(tag.about.as_str(), "article:published_time" | "date" | "pubdate" | "datepublished") => {
                set("date", &tag.content);
            }
            "meta" if tag.about == "article:section" => set("section", &tag.content),
            _ => {}
        }
    }

    fn role(&mut self, name: &str, class: &str) -> Role {
        let inside = |names: &[&str]| self.stack.iter().any(|(n, _)| names.contains(&n.as_str()));
        let has = |words: &[&str]| class.split(|c: char| !c.is_alphanumeric()).any(|w| words.contains(&w));
        match name {
            "script" | "style" | "noscript" | "template" | "svg" | "math" | "iframe" | "object" | "select"
            | "textarea" | "button" | "nav" | "footer" | "form" | "dialog" | "menu" | "canvas" | "video" | "audio" => {
                Role::Hidden
            }
            "header" if !inside(&["article", "main"]) && self.is_hidden() => Role::Hidden,
            "title" if self.read_title && !inside(&["svg"]) => Role::Kind(BlockKind::Headline, 1),
            "title" => Role::Hidden,
            "h1" if !self.headline => {
                self.headline = true;
                Role::Kind(BlockKind::Headline, 1)
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
                if has(&["standfirst", "subtitle", "dek", "deck", "subheadline"]) =>
            {
                Role::Kind(BlockKind::Standfirst, 0)
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Role::Kind(BlockKind::Heading, name.as_bytes()[1] - b'0'),
            "li" | "dt" | "dd" => Role::Kind(BlockKind::List, 0),
            "blockquote" => Role::Kind(BlockKind::Quotation, 0),
            "figcaption" | "caption" => Role::Kind(BlockKind::Caption, 0),
            "td" | "th" => Role::Kind(BlockKind::Table, 0),
            "pre" => Role::Kind(BlockKind::Code, 0),
            "code" | "kbd" | "samp" => Role::Code,
            "p" | "div" | "span" | "address" | "section" if has(&["byline"]) => Role::Kind(BlockKind::Byline, 0),
            "p" | "div" | "section" if has(&["standfirst", "subtitle", "dek", "deck", "subheadline"]) => {
                Role::Kind(BlockKind::Standfirst, 0)
            }
            "p" | "div" | "figure" if has(&["pullquote"]) => Role::Kind(BlockKind::Quotation, 0),
            "p" | "div" | "span" if has(&["caption"]) => Role::Kind(BlockKind::Caption, 0),
            "p" | "div" | "section" | "article" | "main" | "body" | "html" | "head" | "header" | "aside" | "ul"
            | "ol" | "dl" | "table" | "thead" | "tbody" | "tfoot" | "tr" | "figure" | "address" | "details"
            | "summary" | "hgroup" | "center" | "fieldset" => Role::Block,
            _ => Role::Inline,
        }
    }

    fn is_hidden(&self) -> bool {
        self.stack.iter().any(|(_, r)| *r == Role::Hidden)
    }

    /// Opens a block of the kind that the open elements give, unless one is open.
    fn open(&mut self) {
        if self.builder.is_open() {
            return;
        }
        let kind = self.stack.iter().rev().find_map(|(_, r)| match r {
            Role::Kind(kind, level) => Some((*kind, *level)),
            _ => None,
        });
        let (kind, level) = kind.unwrap_or((BlockKind::Body, 0));
        self.builder.open(kind, level);
    }

    fn picture(&mut self, alt: Option<(String, Span)>) {
        let Some((words, span)) = alt.filter(|(words, _)| !words.trim().is_empty() && !self.is_hidden()) else {
            return;
        };
        let was_open = self.builder.is_open();
        if was_open {
            self.builder.detour(BlockKind::Caption);
        } else {
            self.builder.open(BlockKind::Caption, 0);
        }
        if span.of(self.source) == words {
            self.builder.copy(span);
        } else {
            self.builder.make(&words, span);
        }
        if was_open { self.builder.end_detour() } else { self.builder.close() }
    }

    /// Text between tags: copied but for its entities.
    fn text(&mut self, span: Span) {
        let raw = span.of(self.source);
        if self.is_hidden() || (raw.trim().is_empty() && !self.builder.is_open()) {
            return;
        }
        self.open();
        if self.stack.last().is_some_and(|(_, r)| *r == Role::Code) {
            return self.builder.make("…", span);
        }
        let start = span.start as usize;
        let mut at = 0;
        while at < raw.len() {
            let amp = memchr::memchr(b'&', &raw.as_bytes()[at..]).map_or(raw.len(), |i| at + i);
            if at < amp {
                self.builder.copy(Span::new(start + at, start + amp));
            }
            if amp == raw.len() {
                break;
            }
            let len = entity_len(&raw[amp..]);
            let entity = Span::new(start + amp, start + amp + len);
            let decoded = decode(&raw[amp..amp + len]);
            if decoded == raw[amp..amp + len] {
                self.builder.copy(entity);
            } else {
                self.builder.make(&decoded, entity);
            }
            at = amp + len;
        }
    }
}

/// The length of the character reference that `text` starts with, its semicolon included; of the ampersand alone if it is none.
fn entity_len(text: &str) -> usize {
    let name = text[1..].bytes().take(32).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    1 + name + usize::from(text[1 + name..].starts_with(';'))
}

fn decode(entity: &str) -> String {
    let common = match entity {
        "&amp;" => "&",
        "&nbsp;" => "\u{a0}",
        "&quot;" => "\"",
        "&rsquo;" => "’",
        "&lsquo;" => "‘",
        "&ldquo;" => "“",
        "&rdquo;" => "”",
        "&mdash;" => "—",
        "&ndash;" => "–",
        "&#39;" | "&apos;" => "'",
        "&lt;" => "<",
        "&gt;" => ">",
        _ => {
            let mut out = String::new();
            let emitter =
                CallbackEmitter::new(|event: CallbackEvent<'_>, _: html5gum::Span<()>| -> Option<Infallible> {
                    if let CallbackEvent::String { value } = event {
                        out.push_str(&String::from_utf8_lossy(value));
                    }
                    None
                });
            for _ in Tokenizer::new_with_emitter(entity, emitter) {}
            return if out.is_empty() { entity.to_owned() } else { out };
        }
    };
    common.to_owned()
}

#[cfg(test)]
mod tests {
    use crate::source::{BlockKind, Draft, Format};
    use crate::text::Span;
    use crate::text::decode::Encoding;
    use std::path::Path;

    fn draft(source: &str) -> Draft {
        Draft::read(Path::new("a.html"), Format::Html, Encoding::Utf8, source.into())
    }

    fn blocks(source: &str) -> Vec<(BlockKind, String)> {
        let draft = draft(source);
        draft.blocks.iter().map(|b| (b.kind, b.span.of(&draft.text).to_owned())).collect()
    }

    #[test]
    fn a_page() {
        let page = "<!DOCTYPE html><html lang=en-GB><head><title>Harbor opens | Post</title><script>var x = '<p>no</p>';</script></head>\
            <body><nav><ul><li>Home</ul></nav><article><h1>Harbor <em>opens</em></h1><p class=\"byline\">By Jane Poe</p>\
            <time datetime=\"2025-12-06T10:00Z\">Saturday</time><p>Fish &amp; chips&nbsp;sold <a href=x>quick</a>ly.<p>She said <q>yes</q>.\
            <!-- a note --><blockquote><p>“It is big.”</p></blockquote><ul><li>One<li>Two</ul><figure><img alt=\"The pier\" src=p.jpg>\
            <figcaption>The pier at dawn</figcaption></figure><table><tr><td>A<td>1</table></article><footer>© Post</footer></body></html>";
        let expect = [
            (BlockKind::Headline, "Harbor opens"),
            (BlockKind::Byline, "By Jane Poe"),
            (BlockKind::Body, "Saturday"),
            (BlockKind::Body, "Fish & chips\u{a0}sold quickly."),
            (BlockKind::Body, "She said “yes”."),
            (BlockKind::Quotation, "“It is big.”"),
            (BlockKind::List, "One"),
            (BlockKind::List, "Two"),
            (BlockKind::Caption, "The pier"),
            (BlockKind::Caption, "The pier at dawn"),
            (BlockKind::Table, "A"),
            (BlockKind::Table, "1"),
        ];
        assert_eq!(blocks(page).iter().map(|(k, t)| (*k, t.as_str())).collect::<Vec<_>>(), expect);
        let draft = draft(page);
        assert_eq!(draft.metadata.field("lang"), Some("en-GB"));
        assert_eq!(draft.metadata.date.unwrap().0.to_string(), "2025-12-06");
    }

    #[test]
    fn entities_map_to_what_they_stand_for() {
        let source = "<p>Fish &amp; ch&eacute;ps &bogus; &</p>";
        let draft = draft(source);
        assert_eq!(draft.text.trim(), "Fish & chéps &bogus; &");
        let at = draft.text.find("chéps").unwrap();
        let span = draft.map.to_source(Span::new(at, at + "chéps".len()));
        assert_eq!(span.of(source), "ch&eacute;ps");
    }

    #[test]
    fn without_a_headline_the_title_is_one() {
        let found = blocks("<title>Harbor opens</title><p>It did.");
        assert_eq!(found[0], (BlockKind::Headline, "Harbor opens".into()));
    }
}
