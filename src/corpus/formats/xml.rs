//! A small tree of an XML document. External entities are never read, and entities of a DTD are left as they are written.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Elements nested deeper than this are no story.
const DEPTH: usize = 256;

#[derive(Debug, Default)]
pub struct Element {
    /// Without its prefix.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

#[derive(Debug)]
pub enum Node {
    Element(Element),
    Text(String),
}

/// The root element of a document.
pub fn parse(text: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    // Feeds in the wild close what they never opened.
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut open = vec![Element::default()];
    loop {
        let at = reader.buffer_position();
        let event = reader.read_event().map_err(|e| format!("this is not XML at byte {at}: {e}"))?;
        match event {
            Event::Start(start) => {
                if open.len() > DEPTH {
                    return Err(format!("elements nested over {DEPTH} deep"));
                }
                open.push(element(&start));
            }
            Event::Empty(start) => {
                let element = element(&start);
                push(&mut open, Node::Element(element));
            }
            Event::End(_) if open.len() > 1 => close(&mut open),
            Event::Text(text) => push(&mut open, Node::Text(text.into_inner().into_owned())),
            Event::CData(data) => push(&mut open, Node::Text(data.into_inner().into_owned())),
            Event::GeneralRef(name) => {
                let resolved = match name.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    _ => entity(&name.into_inner()),
                };
                push(&mut open, Node::Text(resolved));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    let root = open.pop().unwrap_or_default();
    root.children
        .into_iter()
        .find_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
        .ok_or_else(|| "there is no element in it".to_owned())
}

fn push(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn close(open: &mut Vec<Element>) {
    if let Some(closed) = open.pop() {
        push(open, Node::Element(closed));
    }
}

fn element(start: &BytesStart<'_>) -> Element {
    let name = start.local_name().as_ref().to_owned();
    let attributes = start.attributes().flatten().map(|attribute| {
        let key = attribute.key.local_name().as_ref().to_owned();
        let value = attribute.value.into_owned();
        (key, unescape(&value))
    });
    Element { name, attributes: attributes.collect(), children: Vec::new() }
}

fn unescape(text: &str) -> String {
    quick_xml::escape::unescape_with(text, |name| Some(known(name).unwrap_or("\u{fffd}")))
        .map_or_else(|_| text.to_owned(), |t| t.into_owned())
}

/// The text of `&name;`; as it is written if it is not known.
fn entity(name: &str) -> String {
    known(name).map_or_else(|| format!("&{name};"), str::to_owned)
}

/// The entities of XML, and those of HTML that wires use without saying so.
fn known(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{a0}",
        "ndash" => "–",
        "mdash" => "—",
        "lsquo" => "‘",
        "rsquo" => "’",
        "ldquo" => "“",
        "rdquo" => "”",
        "hellip" => "…",
        "eacute" => "é",
        "pound" => "£",
        "euro" => "€",
        _ => return None,
    })
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child with this name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|e| e.name == name)
    }

    /// The first element with this name, at any depth.
    pub fn find(&self, name: &str) -> Option<&Element> {
        self.all(name).into_iter().next()
    }

    /// Every element with this name, at any depth, in order.
    pub fn all(&self, name: &str) -> Vec<&Element> {
        let mut found = Vec::new();
        for element in self.elements() {
            if element.name == name {
                found.push(element);
            }
            found.extend(element.all(name));
        }
        found
    }

    /// Its text, with that of all elements in it.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.collect(&mut out);
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn collect(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => element.collect(out),
            }
        }
    }

    /// Its content as it would be written, with text not unfolded: what a feed carries as escaped HTML comes out as HTML.
    pub fn raw_text(&self) -> String {
        let mut out = String::new();
        self.collect(&mut out);
        out
    }

    /// Its content as HTML; `rename` says what becomes of each element: another name, or `None` to leave it out with all in it.
    pub fn html(&self, rename: fn(&Element) -> Option<&str>, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(text) => super::escape(text, out),
                Node::Element(element) => {
                    let Some(name) = rename(element) else { continue };
                    if name.is_empty() {
                        element.html(rename, out);
                        continue;
                    }
                    out.push('<');
                    out.push_str(name);
                    out.push('>');
                    element.html(rename, out);
                    out.push_str("</");
                    out.push_str(name);
                    out.push('>');
                }
            }
        }
    }
}
