//! RSS and Atom, as dumps of feeds keep them.

use super::xml::Element;
use super::{Page, date};
use crate::corpus::story::Story;
use crate::source::Format;

/// The entries of a feed, each with its address as its name where it has one.
pub fn stories(root: &Element, path: &str) -> Vec<Story> {
    let channel = root.find("channel").unwrap_or(root);
    let outlet = channel.child("title").map(Element::text).filter(|t| !t.is_empty());
    let entries = if root.name == "feed" { root.all("entry") } else { root.all("item") };
    let stories = entries.iter().enumerate().map(|(at, entry)| {
        let text =
            |names: &[&str]| names.iter().find_map(|n| entry.child(n)).map(Element::text).filter(|t| !t.is_empty());
        let mut page = Page::default();
        // Titles may be escaped HTML themselves.
        page.headline(&strip(&text(&["title"]).unwrap_or_default()));
        page.byline(
            &entry
                .child("author")
                .map(|a| a.child("name").unwrap_or(a).text())
                .or(text(&["creator"]))
                .unwrap_or_default(),
        );
        let content = ["encoded", "content", "description", "summary"].iter().find_map(|n| entry.child(n));
        if let Some(content) = content {
            if content.elements().next().is_some() {
                content.html(|e| Some(&e.name), &mut page.0);
            } else {
                page.body(&content.raw_text());
            }
        }
        let link = entry.child("link").and_then(|l| l.attribute("href").map(str::to_owned).or(Some(l.text())));
        let link = link.filter(|l| !l.is_empty());
        Story {
            path: path.to_owned(),
            item: text(&["guid", "id"]).or_else(|| link.clone()).or(Some((at + 1).to_string())),
            date: text(&["pubDate", "published", "date", "updated"]).as_deref().and_then(date),
            outlet: outlet.clone(),
            url: link,
            version: text(&["updated", "modified"]),
            format: Some(Format::Html),
            text: page.finish(),
            ..Story::default()
        }
    });
    stories.collect()
}

/// The text without what stands between angle brackets.
fn strip(text: &str) -> String {
    let mut depth = 0_u32;
    let kept = text.chars().filter(|c| match c {
        '<' => {
            depth += 1;
            false
        }
        '>' => {
            let inside = depth > 0;
            depth = depth.saturating_sub(1);
            !inside
        }
        _ => depth == 0,
    });
    kept.collect()
}
