//! Runs the examples of rule files and of the pages of checks: the same marks, the same answers.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use crate::checks::{self, Severities};
use crate::corpus::{Reference, SourceDocument, curated};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Settings, lint};
use crate::rules::{Example, RuleExample, RuleSet, read_marks};
use crate::source::{Draft, Format};
use crate::text::Span;
use crate::text::decode::Encoding;
use crate::text::line_index::Place;

/// Settings under which only `code` runs, at every confidence.
pub fn only(code: &str, settings: &Settings) -> Settings {
    let every = Severities { sure: Some(Severity::Warning), likely: Some(Severity::Warning) };
    let mut settings = settings.clone();
    settings.severities = std::iter::once((Arc::from(code), every)).collect();
    settings
}

/// Runs one example of `code`. `Err` says what does not hold, one line for each mistake.
pub fn run(code: &str, example: &Example, settings: &Settings, reference: &Reference) -> Result<(), Vec<String>> {
    let (copy, marks) = match (&example.flag, &example.pass) {
        (Some(copy), None) | (None, Some(copy)) => read_marks(copy).map_err(|e| vec![e])?,
        _ => return Err(vec!["an example holds either “flag” or “pass”".to_owned()]),
    };
    let format = match example.format.as_deref().map(|name| (name, Format::from_name(name))) {
        None => Format::Plain,
        Some((_, Some(format))) => format,
        Some((name, None)) => return Err(vec![format!("“{name}” is no format: text, markdown or html")]),
    };
    if example.pass.is_some() && !marks.is_empty() {
        return Err(vec!["“pass” holds a mark; a literal bracket is doubled: [[".to_owned()]);
    }
    // A suppression needs something to silence, or that could be there to be silenced.
    let mut settings = if code.starts_with("suppression/") { settings.clone() } else { only(code, settings) };
    settings.as_of = example.date;
    if let Some(locale) = &example.locale {
        settings.locale = Some(locale.clone());
    }
    let name = match format {
        Format::Plain => "example.txt",
        Format::Markdown => "example.md",
        Format::Html => "example.html",
    };
    let draft = Draft::read(Path::new(name), format, Encoding::Utf8, copy.as_str().into());
    let own = own_reference(example)?;
    let mut found = lint(&draft, &settings, own.as_ref().unwrap_or(reference));
    found.retain(|d| *d.code == *code);

    let mut wrong = Vec::new();
    if example.flag.is_some() && marks.is_empty() && found.is_empty() {
        wrong.push(format!("nothing was flagged in “{copy}”"));
    }
    let free = example.flag.is_some() && marks.is_empty();
    for diagnostic in found.iter().filter(|d| !free && !marks.contains(&d.span)) {
        wrong.push(format!("“{}” must not be flagged, but was: {}", diagnostic.text, diagnostic.message));
    }
    for mark in marks.iter().filter(|m| found.iter().all(|d| d.span != **m)) {
        wrong.push(format!("“{}” was not flagged in “{copy}”", mark.of(&copy)));
    }
    if let Some(expected) = &example.fixed {
        let fixed = fix_all(&copy, &found);
        if fixed != *expected {
            wrong.push(format!("the fix gives “{fixed}”, not “{expected}”"));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// The reference that an example brings with it.
fn own_reference(example: &Example) -> Result<Option<Reference>, Vec<String>> {
    if example.facts.is_none() && example.against.is_none() {
        return Ok(None);
    }
    let mut reference = Reference::default();
    if let Some(facts) = &example.facts {
        let (facts, errors) = curated::read([(Path::new("facts.toml"), facts.as_str())]);
        if !errors.is_empty() {
            return Err(errors.iter().map(ToString::to_string).collect());
        }
        reference = Reference::of_facts(facts);
    }
    if let Some(source) = &example.against {
        let source = Draft::read(Path::new("source.txt"), Format::Plain, Encoding::Utf8, source.as_str().into());
        let document = SourceDocument::new(source, &reference.gazetteer);
        reference = reference.with_sources(vec![document]);
    }
    Ok(Some(reference))
}

/// `copy` after the first fix of every diagnostic; a fix that overlaps an earlier one is left out.
fn fix_all(copy: &str, found: &[Diagnostic]) -> String {
    let mut edits: Vec<(Span, &str)> = Vec::new();
    for fix in found.iter().filter_map(|d| d.fixes.first()) {
        let apart = |span: Span| edits.iter().all(|(other, _)| !other.overlaps(span) && *other != span);
        if fix.edits.iter().all(|e| apart(e.span)) {
            edits.extend(fix.edits.iter().map(|e| (e.span, e.text.as_str())));
        }
    }
    edits.sort();
    let mut fixed = copy.to_owned();
    for (span, text) in edits.into_iter().rev() {
        fixed.replace_range(span.range(), text);
    }
    fixed
}

/// Runs every example on the page of a built-in code, with the page's own options. `Err` holds a line for each mistake.
pub fn run_page(check: &checks::Check) -> Result<(), Vec<String>> {
    let settings = Settings::built_in();
    let reference = Reference::default();
    let mut wrong = Vec::new();
    for (index, example) in check.page().examples.iter().enumerate() {
        if let Err(lines) = run(check.code, example, &settings, &reference) {
            wrong.extend(lines.into_iter().map(|line| format!("{}, example {}: {line}", check.code, index + 1)));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// An example of a rule that does not hold, or a rule without one that flags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub file: Arc<str>,
    pub place: Place,
    pub code: Arc<str>,
    pub what: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}: {}", self.file, self.place.line, self.place.column, self.code, self.what)
    }
}

/// What running the examples of a rule set came to.
#[derive(Debug, Default)]
pub struct RulesReport {
    pub rules: usize,
    pub examples: usize,
    /// Examples that do not hold.
    pub failures: Vec<Failure>,
    /// Rules with no example that flags: nothing shows that they work.
    pub unproven: Vec<Failure>,
}

/// Runs the examples of every rule. Where an example sets no date or locale, its rule is in force.
pub fn run_rules(rules: &Arc<RuleSet>) -> RulesReport {
    let settings = Settings::default().with_rules(rules.clone());
    let reference = Reference::default();
    let mut report = RulesReport::default();
    for info in rules.infos() {
        report.rules += 1;
        let failure = |place, what| Failure { file: info.file.clone(), place, code: info.code.clone(), what };
        if !info.has_flag_example() {
            report.unproven.push(failure(info.place, "no example flags anything".to_owned()));
        }
        for RuleExample { example, place } in &info.examples {
            report.examples += 1;
            let mut example = example.clone();
            example.date = example.date.or(info.since).or(info.until);
            example.locale = example.locale.or(info.locales.first().cloned());
            if let Err(lines) = run(&info.code, &example, &settings, &reference) {
                report.failures.extend(lines.into_iter().map(|what| failure(*place, what)));
            }
        }
    }
    report
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagnostics(copy: &str, fixes: &[(usize, usize, &str)]) -> Vec<Diagnostic> {
        let place = crate::text::line_index::Place { line: 1, column: 1 };
        let fix = |&(start, end, text): &(usize, usize, &str)| Diagnostic {
            code: "house/x".into(),
            severity: Severity::Info,
            confidence: crate::diagnostic::Confidence::Sure,
            message: String::new(),
            span: Span::new(start, end),
            start: place,
            end: place,
            text: copy[start..end].to_owned(),
            evidence: Vec::new(),
            fixes: vec![crate::diagnostic::Fix::replace(
                Span::new(start, end),
                text,
                crate::diagnostic::Safety::Unsafe,
            )],
            why: Vec::new(),
        };
        fixes.iter().map(fix).collect()
    }

    #[test]
    fn fixes_are_applied_together_and_never_twice_at_one_place() {
        let copy = "one two three";
        assert_eq!(fix_all(copy, &diagnostics(copy, &[(0, 3, "1"), (8, 13, "3"), (8, 10, "x")])), "1 two 3");
        assert_eq!(fix_all(copy, &[]), copy);
    }

    #[test]
    fn an_example_must_be_one_thing() {
        let settings = Settings::built_in();
        let reference = Reference::default();
        let both = Example { flag: Some("a".into()), pass: Some("a".into()), ..Example::default() };
        assert!(run("copy/none", &both, &settings, &reference).is_err());
        let marked = Example { pass: Some("a [b]".into()), ..Example::default() };
        assert!(run("copy/none", &marked, &settings, &reference).is_err());
        let silent = Example { flag: Some("a [b]".into()), ..Example::default() };
        assert_eq!(
            run("copy/none", &silent, &settings, &reference),
            Err(vec!["“b” was not flagged in “a b”".to_owned()])
        );
    }

    #[test]
    fn rules_are_tested_in_force_and_failures_have_places() {
        let text = r#"name = "house"
[[rule]]
id = "dated"
kind = "substitute"
message = "Write “{replacement}”"
replace = { "alpha" = "beta" }
until = 2020-01-01
locales = ["en-GB"]
examples = [
  { flag = "An [alpha] here.", fixed = "An beta here." },
  { pass = "An alpha here.", date = 2021-01-01 },
  { flag = "An [alpha] here.", fixed = "A beta here." },
  { pass = "An alpha there." },
]
[[rule]]
id = "silent"
kind = "avoid"
message = "m"
words = ["gamma"]
"#;
        let (rules, errors) = RuleSet::load([("house.toml", text)]);
        assert!(errors.is_empty(), "{errors:?}");
        let report = run_rules(&Arc::new(rules));
        assert_eq!((report.rules, report.examples), (2, 4));
        let shown: Vec<_> = report.failures.iter().map(ToString::to_string).collect();
        assert_eq!(
            shown,
            [
                "house.toml:12:3: house/dated: the fix gives “An beta here.”, not “A beta here.”",
                "house.toml:13:3: house/dated: “alpha” must not be flagged, but was: Write “beta”",
            ]
        );
        assert_eq!(report.unproven[0].to_string(), "house.toml:15:1: house/silent: no example flags anything");
    }
}
