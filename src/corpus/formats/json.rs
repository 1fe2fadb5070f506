//! ninjs of any version, JSON Feed, and JSON lines with fields of the usual names.

use serde_json::Value;

use super::{Page, date, looks_like_html};
use crate::corpus::story::{Kind, Story};
use crate::source::Format;

/// The stories of a JSON document: one, a list, or a feed with `items`.
pub fn stories(text: &str, path: &str) -> Result<Vec<Story>, String> {
    let value: Value = serde_json::from_str(text).map_err(|e| format!("this is not JSON: {e}"))?;
    let items = match &value {
        Value::Array(items) => items.as_slice(),
        Value::Object(fields) => match fields.get("items").or_else(|| fields.get("associations")) {
            Some(Value::Array(items)) if body(&value).is_none() => items.as_slice(),
            _ => std::slice::from_ref(&value),
        },
        _ => return Err("neither a story nor a list of stories".to_owned()),
    };
    let outlet = value.get("title").and_then(Value::as_str).filter(|_| items.len() > 1);
    Ok(items.iter().enumerate().filter_map(|(at, item)| story(item, path, outlet, items.len() > 1, at)).collect())
}

/// One story on each line. A line that is no story is an error of the file: a broken export is better refused than halved.
pub fn lines(text: &str, path: &str) -> Result<Vec<Story>, String> {
    let mut stories = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        stories.extend(self::line(line, path, at + 1)?);
    }
    Ok(stories)
}

pub fn line(line: &str, path: &str, number: usize) -> Result<Option<Story>, String> {
    let value: Value = serde_json::from_str(line).map_err(|e| format!("line {number}: this is not JSON: {e}"))?;
    Ok(story(&value, path, None, true, number - 1))
}

fn first<'v>(value: &'v Value, keys: &[&str]) -> Option<&'v str> {
    keys.iter().find_map(|key| value.get(key)?.as_str()).map(str::trim).filter(|t| !t.is_empty())
}

/// The `value` of the first entry of a list such as `headlines`; one with the role `main` goes first.
fn role<'v>(value: &'v Value, list: &str, roles: &[&str]) -> Option<&'v str> {
    let entries = value.get(list)?.as_array()?;
    let has = |entry: &&Value, role: &str| entry.get("role").and_then(Value::as_str) == Some(role);
    let entry = roles.iter().find_map(|role| entries.iter().find(|e| has(e, role))).or(entries.first())?;
    entry.get("value")?.as_str()
}

/// The body: HTML if there is any, so that its paragraphs are known; else plain text.
fn body(value: &Value) -> Option<String> {
    let bodies = value.get("bodies").and_then(Value::as_array);
    let of_type =
        |html: bool| bodies?.iter().filter_map(|b| b.get("value")?.as_str()).find(|text| looks_like_html(text) == html);
    let flat = [
        "body_xhtml",
        "body_html",
        "content_html",
        "body_text",
        "content_text",
        "body",
        "text",
        "content",
        "source_text",
    ];
    of_type(true).or_else(|| of_type(false)).or_else(|| first(value, &flat)).map(str::to_owned).or_else(|| ans(value))
}

/// The body of an Arc XP story: a list of content elements.
fn ans(value: &Value) -> Option<String> {
    let mut page = Page::default();
    for element in value.get("content_elements")?.as_array()? {
        let content = element.get("content").and_then(Value::as_str).unwrap_or_default();
        let (open, close) = match element.get("type").and_then(Value::as_str) {
            Some("text") => ("<p>", "</p>"),
            Some("header") => ("<h2>", "</h2>"),
            _ => continue,
        };
        page.0.push_str(open);
        page.0.push_str(content);
        page.0.push_str(close);
    }
    Some(page.finish())
}

fn story(value: &Value, path: &str, outlet: Option<&str>, many: bool, at: usize) -> Option<Story> {
    let status = first(value, &["pubstatus", "pubStatus"]).unwrap_or("usable");
    if matches!(status, "withheld" | "canceled" | "cancelled") {
        return None;
    }
    let body = body(value)?;
    let mut page = Page::default();
    let basic = |key: &str| value.get(key).and_then(|h| h.get("basic")).and_then(Value::as_str);
    let headline = role(value, "headlines", &["main", "headline"])
        .or_else(|| basic("headlines"))
        .or_else(|| first(value, &["headline", "title", "headline_text"]));
    page.headline(headline.unwrap_or_default());
    page.standfirst(basic("subheadlines").or_else(|| first(value, &["standfirst"])).unwrap_or_default());
    page.byline(first(value, &["byline", "by", "author"]).unwrap_or_default());
    page.body(&body);
    let id = first(value, &["uri", "id", "doc_id", "guid", "_id"]);
    let dates = [
        "firstCreated",
        "firstcreated",
        "date",
        "published",
        "date_published",
        "publish_date",
        "versioncreated",
        "versionCreated",
    ];
    Some(Story {
        path: path.to_owned(),
        item: many.then(|| id.map_or_else(|| (at + 1).to_string(), str::to_owned)),
        date: dates.iter().find_map(|key| date(value.get(key)?.as_str()?)),
        outlet: first(value, &["outlet", "source", "publication", "provider"]).or(outlet).map(str::to_owned),
        kind: first(value, &["kind"]).and_then(Kind::from_name),
        slug: first(value, &["altid", "slug", "slugline", "story"]).or(id.filter(|_| !many)).map(str::to_owned),
        url: first(value, &["url", "canonical_url", "canonical", "link"]).map(str::to_owned),
        version: first(
            value,
            &["versioncreated", "versionCreated", "version", "updated", "date_modified", "last_updated_date"],
        )
        .map(str::to_owned),
        format: Some(Format::Html),
        text: page.finish(),
        ..Story::default()
    })
}
