//! `--format sarif`: SARIF 2.1.0, for code scanning and other programs that gather findings.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{FileReport, RunReport, explain, text};
use crate::checks;
use crate::diagnostic::{Diagnostic, Evidence, Fix, Severity};
use crate::text::Span;
use crate::text::line_index::LineIndex;

pub fn run(report: &RunReport) -> Value {
    let mut codes: Vec<&str> = report.diagnostics().map(|d| &*d.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let indexes: BTreeMap<&str, usize> = codes.iter().enumerate().map(|(index, code)| (*code, index)).collect();
    let mut results = Vec::new();
    for file in &report.files {
        let lines = LineIndex::new(&file.source);
        results.extend(file.diagnostics.iter().map(|d| result(file, d, &lines, indexes[&*d.code])));
    }
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "newslint",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(code)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [invocation(report)],
            "results": results,
        }],
    })
}

fn rule(code: &str) -> Value {
    let mut rule = json!({ "id": code });
    if let Some(page) = checks::by_code(code).map(|check| check.page()) {
        rule["shortDescription"] = json!({ "text": page.title });
        rule["fullDescription"] = json!({ "text": page.finds.trim() });
        let help = format!("{}\n\n{}\n\n{}", page.finds.trim(), page.leaves.trim(), page.action.trim());
        rule["help"] = json!({ "text": help, "markdown": help });
    }
    rule
}

fn invocation(report: &RunReport) -> Value {
    let mut notifications = Vec::new();
    for problem in &report.problems {
        let message = explain::mistake(problem);
        notifications.push(json!({
            "level": "error",
            "message": { "text": message },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": uri(&problem.file) },
                "region": { "startLine": problem.line, "startColumn": problem.column },
            } }],
        }));
    }
    for skipped in &report.skipped {
        notifications.push(json!({
            "level": "error",
            "message": { "text": format!("not checked: {}", skipped.reason) },
            "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&skipped.path) } } }],
        }));
    }
    json!({ "executionSuccessful": notifications.is_empty(), "toolConfigurationNotifications": notifications })
}

fn result(file: &FileReport, d: &Diagnostic, lines: &LineIndex, index: usize) -> Value {
    let level = match d.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    };
    let mut result = json!({
        "ruleId": &*d.code,
        "ruleIndex": index,
        "level": level,
        "message": { "text": text::message(d) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(&file.path) },
            "region": {
                "startLine": d.start.line,
                "startColumn": d.start.column,
                "endLine": d.end.line,
                "endColumn": d.end.column,
                "snippet": { "text": d.text },
            },
        } }],
        "properties": { "confidence": d.confidence.name() },
    });
    if !d.evidence.is_empty() {
        result["relatedLocations"] = d.evidence.iter().enumerate().map(|(id, e)| related(id, e)).collect();
    }
    if !d.fixes.is_empty() {
        result["fixes"] = d.fixes.iter().map(|fix| self::fix(file, fix, lines)).collect();
    }
    result
}

fn related(id: usize, evidence: &Evidence) -> Value {
    let mut place = json!({ "artifactLocation": { "uri": uri(&evidence.path.to_string_lossy()) } });
    if let Some((_, at)) = evidence.place {
        place["region"] = json!({
            "startLine": at.line,
            "startColumn": at.column,
            "snippet": { "text": evidence.text },
        });
    }
    json!({ "id": id + 1, "message": { "text": evidence.note }, "physicalLocation": place })
}

fn fix(file: &FileReport, fix: &Fix, lines: &LineIndex) -> Value {
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .map(
            |edit| json!({ "deletedRegion": region(file, edit.span, lines), "insertedContent": { "text": edit.text } }),
        )
        .collect();
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{ "artifactLocation": { "uri": uri(&file.path) }, "replacements": replacements }],
    })
}

fn region(file: &FileReport, span: Span, lines: &LineIndex) -> Value {
    let (start, end) = (lines.place(&file.source, span.start), lines.place(&file.source, span.end));
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

/// A path as a URI reference: relative paths stay so.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(byte as char),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("drafts/naïve talks.md"), "drafts/na%C3%AFve%20talks.md");
        assert_eq!(uri("/desk/a.md"), "file:///desk/a.md");
    }
}
