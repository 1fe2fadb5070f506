//! The fields before a draft: YAML between `---`, TOML between `+++`.

use std::collections::BTreeMap;

use serde_json::Value;

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
}

fn parse(inner: &str, fence: &str) -> BTreeMap<String, Value> {
    let parsed = if fence == "---" {
        serde_saphyr::from_str::<BTreeMap<String, Value>>(inner).ok()
    } else {
        toml::from_str::<toml::Table>(inner).ok().and_then(|t| serde_json::to_value(t).ok()).and_then(|v| match v {
            Value::Object(map) => Some(map.into_iter().collect()),
            _ => None,
        })
    };
    parsed.unwrap_or_default()
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
