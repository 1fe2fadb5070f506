//! Examples: copy with marks for what must be flagged, in rule files and on the pages of checks.

use jiff::civil::Date;
use serde::Deserialize;

use crate::text::Span;

/// One example. Exactly one of `flag` and `pass` is set.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Copy in which square brackets mark what must be flagged; with none, something must be. A literal bracket is doubled.
    pub flag: Option<String>,
    /// Copy that must pass. A literal bracket is doubled here too.
    pub pass: Option<String>,
    /// The copy after the first fix of everything that was flagged, as it is: no marks, no doubling.
    pub fixed: Option<String>,
    /// `text` (the default), `markdown` or `html`.
    pub format: Option<String>,
    #[serde(default, deserialize_with = "toml_date")]
    pub date: Option<Date>,
    pub locale: Option<String>,
    /// A facts file that the copy is held against (pages of checks only).
    pub facts: Option<String>,
    /// A source laid beside the copy, plain text (pages of checks only).
    pub against: Option<String>,
}

/// Reads a TOML local date as a civil date.
fn toml_date<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let datetime = toml::value::Datetime::deserialize(deserializer)?;
    let date = datetime.date.ok_or_else(|| serde::de::Error::custom("a date, such as 2026-01-31, was meant"))?;
    Date::new(date.year as i16, date.month as i8, date.day as i8).map(Some).map_err(serde::de::Error::custom)
}

/// The copy of an example without its marks, and the marked spans in bytes of it.
///
/// Of an odd run of brackets, the one on the outside is the mark and the rest are doubled literals: `[[[TK]]]` marks `[TK]`.
pub fn read_marks(marked: &str) -> Result<(String, Vec<Span>), String> {
    let mut copy = String::with_capacity(marked.len());
    let mut marks = Vec::new();
    let mut open = None;
    let mut rest = marked;
    while let Some(at) = rest.find(['[', ']']) {
        copy.push_str(&rest[..at]);
        rest = &rest[at..];
        let bracket = rest.as_bytes()[0];
        let run = rest.bytes().take_while(|&b| b == bracket).count();
        let literals = run / 2;
        let is_mark = run % 2 == 1;
        if bracket == b'[' {
            if is_mark && open.replace(copy.len()).is_some() {
                return Err("a mark opens inside another; a literal bracket is doubled: [[".to_owned());
            }
            copy.extend(std::iter::repeat_n('[', literals));
        } else {
            copy.extend(std::iter::repeat_n(']', literals));
            if is_mark {
                let start = open.take().ok_or("a mark closes that was not opened; a literal bracket is doubled: ]]")?;
                marks.push(Span::new(start, copy.len()));
            }
        }
        rest = &rest[run..];
    }
    if open.is_some() {
        return Err("a mark is not closed; a literal bracket is doubled: [[".to_owned());
    }
    copy.push_str(rest);
    Ok((copy, marks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_mark_and_doubled_ones_stand_for_themselves() {
        let words = |marked: &str| {
            let (copy, marks) = read_marks(marked).unwrap();
            let words: Vec<_> = marks.iter().map(|m| m.of(&copy).to_owned()).collect();
            (copy, words)
        };
        assert_eq!(words("A [b] and [c]."), ("A b and c.".into(), vec!["b".into(), "c".into()]));
        assert_eq!(words("See [[1]]."), ("See [1].".into(), vec![]));
        assert_eq!(words("Ask [[[name]]] again"), ("Ask [name] again".into(), vec!["[name]".into()]));
        for wrong in ["a [b", "a b]", "[a [b] c]"] {
            assert!(read_marks(wrong).is_err(), "{wrong}");
        }
    }
}
