//! `--format json` and `jsonl`: the contract that scripts read.

use serde::Serialize;
use serde_json::{Value, json};

use super::{FileReport, RunReport, summary};
use crate::config_error::ConfigError;
use crate::diagnostic::{Diagnostic, Evidence, Severity};
use crate::text::Span;
use crate::text::line_index::Place;

/// Raised when a field is renamed or removed.
pub const VERSION: u32 = 1;

/// One object for the whole run.
pub fn run(report: &RunReport) -> Value {
    let files: Vec<Value> = report.files.iter().map(file).collect();
    let problems: Vec<Value> = report.problems.iter().map(problem).collect();
    let skipped: Vec<Value> = report.skipped.iter().map(|s| json!({ "path": s.path, "reason": s.reason })).collect();
    json!({
        "version": VERSION,
        "newslint": env!("CARGO_PKG_VERSION"),
        "files": files,
        "summary": {
            "files": report.files.len(),
            "words": report.words(),
            "errors": report.count(Severity::Error),
            "warnings": report.count(Severity::Warning),
            "infos": report.count(Severity::Info),
            "skipped": skipped,
            "problems": problems,
            "notes": summary::notes(report),
        },
    })
}

/// A mistake in the configuration, which left something unchecked.
fn problem(error: &ConfigError) -> Value {
    json!({
        "path": &*error.file,
        "line": error.line,
        "column": error.column,
        "message": error.message,
        "help": error.help,
    })
}

/// One entry of `files`, and one line of `jsonl`.
pub fn file(file: &FileReport) -> Value {
    let diagnostics: Vec<Value> = file.diagnostics.iter().map(diagnostic).collect();
    let mut value = json!({
        "path": file.path,
        "format": file.format.name(),
        "words": file.words,
        "diagnostics": diagnostics,
    });
    if let Some(encoding) = file.encoding.label() {
        value["encoding"] = json!(encoding);
    }
    value
}

#[derive(Serialize)]
struct At {
    start: u32,
    end: u32,
    line: u32,
    column: u32,
}

fn at(span: Span, place: Place) -> At {
    At { start: span.start, end: span.end, line: place.line, column: place.column }
}

fn diagnostic(d: &Diagnostic) -> Value {
    let fixes: Vec<Value> = d
        .fixes
        .iter()
        .map(|fix| {
            let edits: Vec<Value> =
                fix.edits.iter().map(|e| json!({ "start": e.span.start, "end": e.span.end, "text": e.text })).collect();
            json!({ "title": fix.title, "safety": fix.safety.name(), "edits": edits })
        })
        .collect();
    json!({
        "code": &*d.code,
        "severity": d.severity.name(),
        "confidence": d.confidence.name(),
        "message": d.message,
        "start": d.span.start,
        "end": d.span.end,
        "line": d.start.line,
        "column": d.start.column,
        "end_line": d.end.line,
        "end_column": d.end.column,
        "text": d.text,
        "evidence": d.evidence.iter().map(evidence).collect::<Vec<_>>(),
        "fixes": fixes,
        "help": format!("newslint explain {}", d.code),
    })
}

fn evidence(e: &Evidence) -> Value {
    let mut value = json!({
        "path": e.path.to_string_lossy(),
        "text": e.text,
        "date": e.date.map(|d| d.to_string()),
        "note": e.note,
    });
    if let Some((span, place)) = e.place {
        let at = at(span, place);
        value["start"] = json!(at.start);
        value["end"] = json!(at.end);
        value["line"] = json!(at.line);
        value["column"] = json!(at.column);
    }
    if let Some(outlet) = e.archived.as_ref().and_then(|a| a.outlet.as_ref()) {
        value["outlet"] = json!(outlet);
    }
    value
}
