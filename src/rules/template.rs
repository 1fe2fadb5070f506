//! Messages and replacements with places to fill: `{match}`, `{replacement}`, `{other}`, `{count}`, `{limit}`, `$1`.

use std::fmt::Write as _;

/// A text with places to fill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Slot(Slot),
    Group(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    Match,
    Replacement,
    Other,
    Count,
}

impl Slot {
    pub const ALL: [(&'static str, Slot); 4] =
        [("match", Slot::Match), ("replacement", Slot::Replacement), ("other", Slot::Other), ("count", Slot::Count)];
}

/// What fills a template.
#[derive(Default)]
pub struct Values<'v> {
    pub matched: &'v str,
    pub replacement: &'v str,
    pub other: &'v str,
    pub count: usize,
    /// The groups of a pattern; group 0 is the whole.
    pub groups: &'v [&'v str],
}

impl Template {
    /// Reads a template. `groups` is the number of groups of the rule's pattern, where there is one: without it, `$` is a
    /// character like any other. `Err` holds the words at fault and what is wrong with them.
    pub fn parse(text: &str, groups: Option<usize>) -> Result<Template, (String, String)> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}', '$']) {
            plain.push_str(&rest[..at]);
            rest = &rest[at..];
            let (part, used) = match rest.as_bytes() {
                [b'{', b'{', ..] | [b'}', b'}', ..] => (Part::Text(rest[..1].to_owned()), 2),
                [b'{', ..] => slot(rest)?,
                [b'$', b'$', ..] if groups.is_some() => (Part::Text("$".to_owned()), 2),
                [b'$', digit, ..] if groups.is_some() && digit.is_ascii_digit() => {
                    let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
                    let words = &rest[..1 + digits];
                    let most = groups.unwrap_or(0);
                    let group =
                        words[1..].parse().ok().filter(|g| *g <= most).ok_or_else(|| {
                            (words.to_owned(), format!("“{words}” is no group: the pattern has {most}"))
                        })?;
                    (Part::Group(group), 1 + digits)
                }
                _ => (Part::Text(rest[..1].to_owned()), 1),
            };
            match part {
                Part::Text(text) => plain.push_str(&text),
                part => {
                    if !plain.is_empty() {
                        parts.push(Part::Text(std::mem::take(&mut plain)));
                    }
                    parts.push(part);
                }
            }
            rest = &rest[used..];
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Ok(Template(parts))
    }

    pub fn uses(&self, slot: Slot) -> bool {
        self.0.contains(&Part::Slot(slot))
    }

    /// Whether it holds a group of the pattern.
    pub fn uses_groups(&self) -> bool {
        self.0.iter().any(|p| matches!(p, Part::Group(_)))
    }

    pub fn fill(&self, values: &Values<'_>) -> String {
        let mut out = String::new();
        for part in &self.0 {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Slot(Slot::Match) => out.push_str(values.matched),
                Part::Slot(Slot::Replacement) => out.push_str(values.replacement),
                Part::Slot(Slot::Other) => out.push_str(values.other),
                Part::Slot(Slot::Count) => {
                    write!(out, "{}", values.count).unwrap_or_else(|_| unreachable!("strings take all that is written"))
                }
                Part::Group(group) => out.push_str(values.groups.get(*group).copied().unwrap_or_default()),
            }
        }
        out
    }
}

/// Reads `{name}` at the start of `rest`.
fn slot(rest: &str) -> Result<(Part, usize), (String, String)> {
    let known = || Slot::ALL.iter().map(|(name, _)| *name);
    let Some(end) = rest.find('}') else {
        return Err((rest.to_owned(), "a brace is not closed; a literal brace is doubled: {{".to_owned()));
    };
    let name = &rest[1..end];
    match Slot::ALL.iter().find(|(known, _)| *known == name) {
        Some((_, slot)) => Ok((Part::Slot(*slot), end + 1)),
        None => {
            let meant = match crate::config_error::did_you_mean(name, known()) {
                Some(meant) => format!("did you mean “{{{meant}}}”?"),
                None => format!("known are {}", known().map(|k| format!("{{{k}}}")).collect::<Vec<_>>().join(", ")),
            };
            Err((rest[..=end].to_owned(), format!("“{{{name}}}” is nothing that can be filled in; {meant}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_slots_and_groups() {
        let template = Template::parse("“{match}” in {{braces}}: $2pm, $$5", Some(2)).unwrap();
        let values = Values { matched: "5 pm", groups: &["5 pm", "5", "9"], ..Values::default() };
        assert_eq!(template.fill(&values), "“5 pm” in {braces}: 9pm, $5");
        let plain = Template::parse("Write “{replacement}”, about $5", None).unwrap();
        assert_eq!(plain.fill(&Values { replacement: "x", ..Values::default() }), "Write “x”, about $5");
    }

    #[test]
    fn says_what_cannot_be_filled() {
        let (words, what) = Template::parse("Use {replacment}", None).unwrap_err();
        assert_eq!(words, "{replacment}");
        assert!(what.contains("did you mean “{replacement}”"), "{what}");
        assert!(Template::parse("$3", Some(2)).is_err());
        assert!(Template::parse("{match", None).is_err());
    }
}
