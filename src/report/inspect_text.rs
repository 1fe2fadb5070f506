//! `newslint inspect` for people: the JSON of [`inspect`](super::inspect) laid out, so that both show the same.

use serde_json::Value;

use super::Shown;
use super::style::{bold, dim};
use super::summary::plural;

/// Lays one item of a list out in a line.
type Line = fn(&Value) -> String;

/// One file's entry.
pub fn file(value: &Value, shown: Shown) -> String {
    let text = |key: &str| value[key].as_str().unwrap_or("unknown").to_owned();
    let words = value["words"].as_u64().unwrap_or(0) as usize;
    let mut out = format!(
        "{}  {}\n",
        bold(&text("path"), shown),
        dim(
            &format!("{}, {}, date {}, locale {}", text("format"), plural(words, "word"), text("date"), text("locale")),
            shown
        )
    );
    out.push_str(&blocks(value, shown));
    let sections: [(&str, Line); 6] = [
        ("people", person),
        ("organizations", entity),
        ("places", entity),
        ("figures", figure),
        ("dates", date),
        ("quotes", quote),
    ];
    for (key, line) in sections {
        let items = value[key].as_array().map(Vec::as_slice).unwrap_or_default();
        if items.is_empty() {
            continue;
        }
        out.push_str(&format!("\n{} ({})\n", bold(key, shown), items.len()));
        for item in items {
            out.push_str(&format!("  {}\n", line(item)));
        }
    }
    out
}

/// How many blocks there are of each kind, in the order in which the kinds first come.
fn blocks(value: &Value, shown: Shown) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for block in value["blocks"].as_array().map(Vec::as_slice).unwrap_or_default() {
        let kind = block["kind"].as_str().unwrap_or_default();
        match counts.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => counts.push((kind, 1)),
        }
    }
    let counts: Vec<String> = counts.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    format!("{}  {}\n", bold("blocks", shown), counts.join(", "))
}

fn words(value: &Value) -> String {
    value["text"].as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn listed(value: &Value, one: impl Fn(&Value) -> String) -> String {
    value.as_array().map(Vec::as_slice).unwrap_or_default().iter().map(one).collect::<Vec<_>>().join(", ")
}

/// The different forms under which something is mentioned, in the order of the draft, each with how often.
fn mentions(value: &Value) -> String {
    let mut forms: Vec<(String, usize)> = Vec::new();
    for mention in value["mentions"].as_array().map(Vec::as_slice).unwrap_or_default() {
        let form = words(mention);
        match forms.iter_mut().find(|(known, _)| *known == form) {
            Some((_, count)) => *count += 1,
            None => forms.push((form, 1)),
        }
    }
    let forms = forms.into_iter().map(|(form, count)| if count > 1 { format!("{form} ×{count}") } else { form });
    forms.collect::<Vec<_>>().join(", ")
}

fn person(value: &Value) -> String {
    let name = value["name"].as_str().unwrap_or_default();
    let titles = listed(&value["titles"], |title| match title["status"].as_str() {
        Some("current" | "unknown") | None => words(title),
        Some(status) => format!("{} ({status})", words(title)),
    });
    let titles = if titles.is_empty() { titles } else { format!("  [{titles}]") };
    format!("{name}{titles}  as {}", mentions(value))
}

fn entity(value: &Value) -> String {
    format!("{}  as {}", value["name"].as_str().unwrap_or_default(), mentions(value))
}

fn figure(value: &Value) -> String {
    let mut parts = vec![format!("“{}”", words(value))];
    let number = |key: &str| value[key].as_f64().map(|n| n.to_string());
    match (number("value"), number("low"), number("high")) {
        (Some(exact), ..) => parts.push(format!("= {exact}")),
        (None, low, high) if low.is_some() || high.is_some() => {
            let end = |bound: Option<String>| bound.unwrap_or_default();
            parts.push(format!("= {}..{}", end(low), end(high)));
        }
        _ => {}
    }
    for key in ["unit", "hedge", "phrase"] {
        parts.extend(value[key].as_str().map(|text| match key {
            "phrase" => format!("of {text}"),
            _ => text.to_owned(),
        }));
    }
    parts.join("  ")
}

fn date(value: &Value) -> String {
    let mut parts = vec![format!("“{}”", words(value))];
    parts.extend(value["value"].as_str().map(|text| format!("= {text}")));
    parts.extend(value["kind"].as_str().map(str::to_owned));
    parts.join("  ")
}

fn quote(value: &Value) -> String {
    let kind = value["kind"].as_str().unwrap_or_default();
    let who = match (value["speaker"].as_str(), value["cue"].as_str()) {
        (Some(speaker), Some(cue)) => format!("{speaker} ({cue})"),
        (Some(speaker), None) => speaker.to_owned(),
        _ => value["status"].as_str().unwrap_or_default().to_owned(),
    };
    format!("{kind}  “{}”  {who}", words(value))
}
