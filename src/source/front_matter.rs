//! The fields before a draft: YAML between `---`, TOML between `+++`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{BlockKind, Builder};
use crate::text::Span;

/// The fields, and where the block of front matter ends (bytes of the source).
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    pub fields: BTreeMap<String, Value>,
    /// The whole block with its fences; empty if there is none.
    pub span: Span,
}

impl FrontMatter {
    /// Reads front matter at the start of `source`. What cannot be parsed yields no fields: bad copy is no error.
    pub fn read(source: &str) -> FrontMatter {
        let body = source.strip_prefix('\u{feff}').unwrap_or(source);
        let skipped = source.len() - body.len();
        let fence = match body.lines().next().map(str::trim_end) {
            Some(fence @ ("---" | "+++")) => fence,
            _ => return FrontMatter::default(),
        };
        let start = body.find('\n').map_or(body.len(), |at| at + 1);
        let mut at = start;
        for line in body[start..].split_inclusive('\n') {
            if line.trim_end() == fence {
                let inner = &body[start..at];
                let end = at + line.len();
                return FrontMatter { fields: parse(inner, fence), span: Span::new(0, skipped + end) };
            }
            at += line.len();
        }
        FrontMatter::default()
    }

    pub fn text(&self, key: &str) -> Option<&str> {
        self.fields.get(key).and_then(Value::as_str)
    }

    /// Writes the fields that readers will see as blocks: title, summary, captions. A value that stands in the source as it is read is
    /// copied, so that its words can be pointed at and fixed.
    pub fn zones(&self, builder: &mut Builder<'_>) {
        let source = builder.source();
        if self.fields.is_empty() || self.span.len() > LARGEST_ZONED {
            return;
        }
        for field in Fields::new(source, self.span) {
            let Some(kind) = zone(field.key) else { continue };
            let Some(value) = find(&self.fields, field.key, &field.read()) else { continue };
            if value.trim().is_empty() {
                continue;
            }
            builder.open(kind, 0);
            if same_words(&field.read(), value) {
                for piece in &field.pieces {
                    match &piece.made {
                        Some(made) => builder.make(made, piece.span),
                        None => builder.copy(piece.span),
                    }
                }
            } else {
                builder.make(value, field.whole());
            }
        }
        builder.close();
    }
}

/// Front matter over this many bytes is data, not the fields of a story.
const LARGEST_ZONED: usize = 64 * 1024;

/// The kind of copy that a field of this name holds.
fn zone(key: &str) -> Option<BlockKind> {
    Some(match key.to_ascii_lowercase().replace('-', "_").as_str() {
        "title" | "headline" | "hed" => BlockKind::Headline,
        "description" | "standfirst" | "dek" | "deck" | "summary" | "subtitle" | "excerpt" | "subhead"
        | "subheadline" | "sell" => BlockKind::Standfirst,
        "caption" | "image_caption" | "photo_caption" | "cutline" | "alt" | "image_alt" => BlockKind::Caption,
        "byline" => BlockKind::Byline,
        _ => return None,
    })
}

/// The value of `key` anywhere in `fields`: the one with the words `read`, else the first.
fn find<'v>(fields: &'v BTreeMap<String, Value>, key: &str, read: &str) -> Option<&'v str> {
    let mut found = Vec::new();
    let mut open: Vec<&Value> = Vec::new();
    for (name, value) in fields {
        if name == key {
            found.extend(value.as_str());
        }
        open.push(value);
    }
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => {
                for (name, inner) in map {
                    if name == key {
                        found.extend(inner.as_str());
                    }
                    open.push(inner);
                }
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found.iter().find(|v| same_words(v, read)).or(found.first()).copied()
}

fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

/// A part of a value: copied from the source, or made from it.
struct Piece {
    span: Span,
    made: Option<String>,
}

/// A field with a text value, as written.
struct Field<'s> {
    source: &'s str,
    key: &'s str,
    pieces: Vec<Piece>,
}

impl Field<'_> {
    fn read(&self) -> String {
        self.pieces.iter().map(|p| p.made.as_deref().unwrap_or(p.span.of(self.source))).collect()
    }

    fn whole(&self) -> Span {
        match (self.pieces.first(), self.pieces.last()) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        }
    }
}

/// Walks the lines of a block of front matter and yields its text fields: YAML `key: value` and TOML `key = "value"`, block scalars and
/// multi-line strings included.
struct Fields<'s> {
    source: &'s str,
    at: usize,
    end: usize,
}

impl<'s> Fields<'s> {
    fn new(source: &'s str, span: Span) -> Fields<'s> {
        Fields { source, at: span.start as usize, end: span.end as usize }
    }

    /// The next line, without its end, and its offset.
    fn line(&mut self) -> Option<(usize, &'s str)> {
        if self.at >= self.end {
            return None;
        }
        let start = self.at;
        let rest = &self.source[start..self.end];
        let len = rest.find('\n').map_or(rest.len(), |i| i + 1);
        self.at += len;
        Some((start, rest[..len].trim_end_matches(['\n', '\r'])))
    }

    /// The lines of a block scalar or of a plain scalar that goes on: deeper than `indent`, or empty.
    fn deeper(&mut self, indent: usize, glue: &str, pieces: &mut Vec<Piece>) {
        loop {
            let before = self.at;
            let Some((start, line)) = self.line() else { return };
            let bare = line.trim();
            let depth = line.len() - line.trim_start().len();
            if bare.is_empty() {
                continue;
            }
            if depth <= indent {
                self.at = before;
                return;
            }
            let start = start + depth;
            if let Some(last) = pieces.last() {
                let gap = Span::new(last.span.end as usize, start);
                pieces.push(Piece { span: gap, made: Some(glue.to_owned()) });
            }
            pieces.push(Piece { span: Span::new(start, start + bare.len()), made: None });
        }
    }

    /// A string between `fence`s that starts at `start`, through line ends if need be.
    fn quoted(&mut self, start: usize, fence: &str, pieces: &mut Vec<Piece>) {
        let open = start + fence.len();
        let mut at = open;
        let mut copied = open;
        let rest = |at: usize| &self.source[at..self.end];
        while at < self.end {
            let here = rest(at);
            let escape = match fence {
                "\"" | "\"\"\"" if here.starts_with("\\\"") => Some((2, "\"")),
                "\"" | "\"\"\"" if here.starts_with("\\\\") => Some((2, "\\")),
                "'" if here.starts_with("''") => Some((2, "'")),
                _ => None,
            };
            if let Some((len, text)) = escape {
                if copied < at {
                    pieces.push(Piece { span: Span::new(copied, at), made: None });
                }
                pieces.push(Piece { span: Span::new(at, at + len), made: Some(text.to_owned()) });
                at += len;
                copied = at;
            } else if here.starts_with(fence) {
                break;
            } else {
                at += here.chars().next().map_or(1, char::len_utf8);
            }
        }
        if copied < at {
            pieces.push(Piece { span: Span::new(copied, at), made: None });
        }
        // On to the line after the closing fence.
        let tail = rest(at);
        self.at = self.at.max(at + tail.find('\n').map_or(tail.len(), |i| i + 1));
    }
}

impl<'s> Iterator for Fields<'s> {
    type Item = Field<'s>;

    fn next(&mut self) -> Option<Field<'s>> {
        loop {
            let (start, line) = self.line()?;
            let lead = line.len() - line.trim_start_matches([' ', '-', '\u{feff}']).len();
            let rest = &line[lead..];
            let key_len = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
            let after = rest[key_len..].trim_start();
            if key_len == 0 || !after.starts_with([':', '=']) {
                continue;
            }
            let key = &rest[..key_len];
            let value = after[1..].trim_start();
            let offset = start + line.len() - value.len();
            let mut pieces = Vec::new();
            let fence = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|f| value.starts_with(*f));
            // In YAML two quotation marks are an empty string, and three never open one.
            let fence = fence.map(|f| if after.starts_with(':') { &f[..1] } else { f });
            if let Some(fence) = fence {
                self.quoted(offset, fence, &mut pieces);
            } else if after.starts_with(':') && value.starts_with(['|', '>']) {
                self.deeper(lead, if value.starts_with('|') { "\n" } else { " " }, &mut pieces);
            } else if after.starts_with(':') && !value.is_empty() && !value.starts_with(['[', '{', '#', '&', '*']) {
                let bare = value.find(" #").map_or(value, |i| &value[..i]).trim_end();
                pieces.push(Piece { span: Span::new(offset, offset + bare.len()), made: None });
                self.deeper(lead, " ", &mut pieces);
            }
            if !pieces.is_empty() {
                return Some(Field { source: self.source, key, pieces });
            }
        }
    }
}

fn parse(inner: &str, fence: &str) -> BTreeMap<String, Value> {
    let parsed = if fence == "---" {
        serde_saphyr::from_str::<BTreeMap<String, Value>>(inner).ok()
    } else {
        toml::from_str::<toml::Table>(inner).ok().map(|t| t.into_iter().map(|(k, v)| (k, json(v))).collect())
    };
    parsed.unwrap_or_default()
}

/// A TOML value with its dates as text.
fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(datetime) => Value::String(datetime.to_string()),
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Array(items) => items.into_iter().map(json).collect(),
        toml::Value::Table(table) => Value::Object(table.into_iter().map(|(k, v)| (k, json(v))).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_yaml_and_toml() {
        let yaml = FrontMatter::read("---\ntitle: Talks stall\ndate: 2025-12-06\n---\nBody");
        assert_eq!(yaml.text("title"), Some("Talks stall"));
        assert_eq!(yaml.text("date"), Some("2025-12-06"));
        assert_eq!(yaml.span.end as usize, "---\ntitle: Talks stall\ndate: 2025-12-06\n---\n".len());
        let toml = FrontMatter::read("+++\r\ntitle = \"Talks stall\"\r\n+++\r\nBody");
        assert_eq!(toml.text("title"), Some("Talks stall"));
        assert!(FrontMatter::read("Body\n---\n").fields.is_empty());
        assert!(FrontMatter::read("---\nnever closed").span.is_empty());
    }
}
