//! What the keepers of a draft ask not to be told of again, in its front matter or in a file beside it.

use std::path::PathBuf;

use jiff::civil::Date;
use serde_json::Value;

use super::front_matter::FrontMatter;
use crate::text::Span;
use crate::text::line_index::Place;

/// One entry of `newslint: ignore:` in front matter, or of `[[ignore]]` in a sidecar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignore {
    /// Codes, or the starts of codes: `names` and `names/spelling`.
    pub codes: Vec<String>,
    /// The words it is about; without it, the whole draft.
    pub text: Option<String>,
    pub why: Option<String>,
    /// The last day on which it counts.
    pub until: Option<Date>,
    /// Where the entry stands, if that is not the draft itself: the sidecar, with the bytes and the place of the entry in it.
    pub sidecar: Option<(PathBuf, Span, Place)>,
}

/// Reads `newslint: ignore:`: a list of codes, of “code: reason”, or of tables. What is neither is passed over, as all bad copy is.
pub fn of_front_matter(front: &FrontMatter) -> Vec<Ignore> {
    let Some(value) = front.fields.get("newslint").and_then(|n| n.get("ignore")) else { return Vec::new() };
    match value {
        Value::Array(items) => items.iter().filter_map(entry).collect(),
        item => entry(item).into_iter().collect(),
    }
}

fn entry(value: &Value) -> Option<Ignore> {
    if let Some(written) = value.as_str() {
        let (codes, why) = match written.split_once(':') {
            Some((codes, why)) => (codes, Some(why.trim()).filter(|w| !w.is_empty())),
            None => (written, None),
        };
        let codes = split_codes(codes);
        let why = why.map(str::to_owned);
        return (!codes.is_empty()).then_some(Ignore { codes, text: None, why, until: None, sidecar: None });
    }
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let until = value.get("until").and_then(date);
    // “- names/spelling: cited as filed” is a table of one in YAML.
    let table = value.as_object()?;
    if let (None, 1, Some((code, why))) = (table.get("code"), table.len(), table.iter().next()) {
        let why = why.as_str().map(str::to_owned);
        return Some(Ignore { codes: split_codes(code), text: None, why, until: None, sidecar: None });
    }
    Some(Ignore { codes: split_codes(&text("code")?), text: text("text"), why: text("why"), until, sidecar: None })
}

/// A date as YAML (text) or TOML (a table of one text) hands it on.
fn date(value: &Value) -> Option<Date> {
    let inner = value.as_object().and_then(|o| o.values().next());
    inner.unwrap_or(value).as_str()?.trim().parse().ok()
}

/// Codes between commas or spaces.
pub fn split_codes(codes: &str) -> Vec<String> {
    codes.split([',', ' ', '\t', '\n']).map(str::trim).filter(|c| !c.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_codes_reasons_and_tables() {
        let yaml = "---\nnewslint:\n  ignore:\n    - names/spelling, copy\n    - dates/weekday: as printed\n    - code: figures/conflict\n      \
                    text: 40 people\n      why: two tolls\n      until: 2026-01-31\n    - 7\n---\nBody";
        let ignores = of_front_matter(&FrontMatter::read(yaml));
        assert_eq!(ignores.len(), 3, "{ignores:?}");
        assert_eq!(ignores[0].codes, ["names/spelling", "copy"]);
        assert_eq!((ignores[1].codes[0].as_str(), ignores[1].why.as_deref()), ("dates/weekday", Some("as printed")));
        assert_eq!(ignores[2].text.as_deref(), Some("40 people"));
        assert_eq!(ignores[2].until, Some("2026-01-31".parse().unwrap()));
        let toml = "+++\n[newslint]\nignore = [{ code = \"names\", until = 2026-01-31 }]\n+++\nBody";
        assert_eq!(of_front_matter(&FrontMatter::read(toml))[0].until, Some("2026-01-31".parse().unwrap()));
    }
}
