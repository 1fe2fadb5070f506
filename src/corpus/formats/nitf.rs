//! NITF, the agencies' format of the 2000s and of many archives.

use super::xml::Element;
use super::{Page, date};
use crate::corpus::story::Story;
use crate::source::Format;

/// The story of a NITF document; none if it was killed or withheld.
pub fn stories(root: &Element, path: &str) -> Vec<Story> {
    story(root, path).into_iter().collect()
}

pub(super) fn story(root: &Element, path: &str) -> Option<Story> {
    let data = root.find("docdata");
    let status =
        root.attribute("management-status").or_else(|| data?.attribute("management-status")).unwrap_or("usable");
    if matches!(status, "withheld" | "canceled" | "cancelled" | "killed") {
        return None;
    }
    let norm = |name: &str| data.and_then(|d| d.find(name)).and_then(|e| e.attribute("norm").map(str::to_owned));
    let body = root.find("body").unwrap_or(root);
    let mut page = Page::default();
    if let Some(head) = body.find("body.head") {
        if let Some(headline) = head.find("hl1") {
            page.headline(&headline.text());
        }
        head.find("hl2").into_iter().for_each(|hl2| page.standfirst(&hl2.text()));
        head.find("byline").into_iter().for_each(|byline| page.byline(&byline.text()));
        head.find("abstract").into_iter().for_each(|summary| page.standfirst(&summary.text()));
    }
    body.find("body.content").unwrap_or(body).html(rename, &mut page.0);
    let dateline = body.find("story.date").and_then(|d| d.attribute("norm").map(str::to_owned).or(Some(d.text())));
    let written = norm("date.issue").or_else(|| norm("date.release")).or(dateline);
    let id = data.and_then(|d| d.find("doc-id")).and_then(|e| e.attribute("id-string"));
    Some(Story {
        path: path.to_owned(),
        date: written.as_deref().and_then(date),
        outlet: data.and_then(|d| d.find("doc.copyright")).and_then(|c| c.attribute("holder")).map(str::to_owned),
        slug: data.and_then(|d| d.find("du-key")).and_then(|k| k.attribute("key")).or(id).map(str::to_owned),
        version: data.and_then(|d| d.find("du-key")).and_then(|k| k.attribute("version")).map(str::to_owned),
        format: Some(Format::Html),
        text: page.finish(),
        ..Story::default()
    })
}

/// NITF's elements of the body in HTML's names. What describes a name or figure in the text is left out around its words.
pub(super) fn rename(element: &Element) -> Option<&str> {
    Some(match element.name.as_str() {
        "p" => "p",
        "hl2" | "hl1" => "h2",
        "bq" => "blockquote",
        "ol" => "ol",
        "ul" => "ul",
        "li" => "li",
        "table" | "tr" | "td" | "th" => element.name.as_str(),
        "media-caption" => "figcaption",
        "media-producer" | "media-metadata" | "media-object" | "media-reference" | "note" => return None,
        "br" => "br",
        "body.head" | "head" => return None,
        _ => "",
    })
}
