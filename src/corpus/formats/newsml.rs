//! NewsML-G2: one item or a message of many, with NITF, XHTML or plain text inside.

use super::xml::Element;
use super::{Page, date, nitf};
use crate::corpus::story::Story;
use crate::source::Format;

/// The text items of a document that may be used.
pub fn stories(root: &Element, path: &str) -> Vec<Story> {
    let items = if root.name == "newsItem" { vec![root] } else { root.all("newsItem") };
    let many = items.len() > 1;
    let stories = items.iter().enumerate().filter_map(|(at, item)| {
        let mut story = story(item, path)?;
        if many {
            story.item = Some(item.attribute("guid").map_or_else(|| (at + 1).to_string(), str::to_owned));
        }
        Some(story)
    });
    stories.collect()
}

fn story(item: &Element, path: &str) -> Option<Story> {
    let meta = item.child("itemMeta");
    let status = meta.and_then(|m| m.child("pubStatus")).and_then(|s| s.attribute("qcode")).unwrap_or("stat:usable");
    if status.ends_with(":withheld") || status.ends_with(":canceled") {
        return None;
    }
    let content = item.child("contentMeta");
    let set = item.child("contentSet")?;
    let inside = set.child("inlineXML").and_then(|x| x.elements().next());
    let mut story = match inside {
        Some(root) if root.name == "nitf" => nitf::story(root, path)?,
        _ => {
            let mut page = Page::default();
            let child = |name: &str| content.and_then(|c| c.child(name)).map(Element::text).unwrap_or_default();
            page.headline(&child("headline"));
            page.byline(&child("by"));
            match inside {
                Some(root) => root.find("body").unwrap_or(root).html(xhtml, &mut page.0),
                None => page.body(&set.child("inlineData")?.raw_text()),
            }
            Story { path: path.to_owned(), format: Some(Format::Html), text: page.finish(), ..Story::default() }
        }
    };
    let meta_text = |name: &str| meta.and_then(|m| m.child(name)).map(Element::text).filter(|t| !t.is_empty());
    let created = content.and_then(|c| c.child("contentCreated")).map(Element::text);
    let day = created.or_else(|| meta_text("firstCreated")).or_else(|| meta_text("versionCreated"));
    story.date = day.as_deref().and_then(date).or(story.date);
    story.version = item.attribute("version").map(|v| format!("{v:0>6}")).or_else(|| meta_text("versionCreated"));
    story.outlet = meta
        .and_then(|m| m.child("provider"))
        .and_then(|p| p.child("name").map(Element::text).or_else(|| p.attribute("literal").map(str::to_owned)))
        .or(story.outlet);
    // The guid stays from version to version.
    story.slug = item.attribute("guid").map(str::to_owned).or(story.slug);
    Some(story)
}

fn xhtml(element: &Element) -> Option<&str> {
    match element.name.as_str() {
        "script" | "style" | "head" => None,
        name => Some(name),
    }
}
