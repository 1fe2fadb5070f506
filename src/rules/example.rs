//! Examples: copy with marks for what must be flagged, in rule files and on the pages of checks.

use jiff::civil::Date;
use serde::Deserialize;

/// One example. Exactly one of `flag` and `pass` is set.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Copy in which square brackets mark what must be flagged; with none, something must be. A literal bracket is doubled.
    pub flag: Option<String>,
    /// Copy that must pass.
    pub pass: Option<String>,
    /// The copy after the first fix.
    pub fixed: Option<String>,
    /// `text` (the default), `markdown` or `html`.
    pub format: Option<String>,
    #[serde(default, deserialize_with = "toml_date")]
    pub date: Option<Date>,
    pub locale: Option<String>,
}

/// Reads a TOML local date as a civil date.
fn toml_date<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let datetime = toml::value::Datetime::deserialize(deserializer)?;
    let date = datetime.date.ok_or_else(|| serde::de::Error::custom("a date, such as 2026-01-31, was meant"))?;
    Date::new(date.year as i16, date.month as i8, date.day as i8).map(Some).map_err(serde::de::Error::custom)
}
