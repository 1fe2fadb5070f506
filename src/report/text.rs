//! `--format text`: what a person reads in a terminal. Both sides of a contradiction are shown at their words.

use std::collections::BTreeSet;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use super::excerpt::{Mark, excerpt};
use super::{FileReport, RunReport, Shown, summary};
use crate::config_error::ConfigError;
use crate::diagnostic::{Diagnostic, Evidence, Safety, Severity};
use crate::text::Span;
use crate::text::line_index::LineIndex;

/// Columns that line numbers and the rule beside them take.
const MARGIN: usize = 8;
/// Fewer columns than this are not worth shortening for.
const LEAST: usize = 40;
/// Evidence beyond this is counted.
const EVIDENCE: usize = 4;

/// All of a run.
pub fn run(report: &RunReport, shown: Shown) -> String {
    let mut out = String::new();
    if shown.statistics {
        out.push_str(&statistics(report));
    } else {
        let mut explained = BTreeSet::new();
        for file in &report.files {
            let mut diagnostics = file.diagnostics.iter().filter(|d| shown.shows(d)).peekable();
            if diagnostics.peek().is_none() {
                continue;
            }
            let lines = LineIndex::new(&file.source);
            for diagnostic in diagnostics {
                // One pointer to a code's page is enough.
                let with_help = explained.insert(diagnostic.code.clone());
                out.push_str(&self::diagnostic(file, &lines, diagnostic, with_help, shown));
                out.push_str("\n\n");
            }
        }
    }
    if !shown.quiet {
        for line in summary::lines(report, shown) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}

/// Counts by code.
pub fn statistics(report: &RunReport) -> String {
    let mut out = String::new();
    for (code, count) in report.by_code() {
        let title = crate::checks::by_code(code).map(|check| check.page().title.as_str()).unwrap_or_default();
        out.push_str(format!("{count:>6}  {code:<28}  {title}").trim_end());
        out.push('\n');
    }
    out
}

/// The message of a diagnostic, the same words in the terminal and in an editor.
pub fn message(diagnostic: &Diagnostic) -> &str {
    &diagnostic.message
}

fn diagnostic(file: &FileReport, lines: &LineIndex, diagnostic: &Diagnostic, with_help: bool, shown: Shown) -> String {
    let (own, other): (Vec<&Evidence>, Vec<&Evidence>) =
        diagnostic.evidence.iter().partition(|e| e.path == Path::new(&file.path));
    let mut places = Places::default();
    let mut elements: Vec<Element<'_>> = Vec::new();
    if file.source.is_empty() {
        elements.push(Origin::path(&file.path).into());
    } else {
        let mut marks = vec![mark(diagnostic.span, String::new(), true)];
        for evidence in own.iter().take(EVIDENCE) {
            marks.extend(evidence.place.map(|(span, _)| mark(span, evidence.note.clone(), false)));
        }
        let place = format!("{}:{}:{}", file.path, diagnostic.start.line, diagnostic.start.column);
        elements.push(places.snippet((&file.source, lines), 1, marks, place, shown));
    }
    for evidence in other.iter().take(EVIDENCE) {
        elements.push(other_side(evidence, &mut places, shown));
    }
    let hidden = own.len().saturating_sub(EVIDENCE) + other.len().saturating_sub(EVIDENCE);
    if hidden > 0 {
        elements.push(Level::NOTE.message(format!("{} more like these", summary::plural(hidden, "place"))).into());
    }
    for fix in &diagnostic.fixes {
        let how = if fix.safety == Safety::Safe { " (--fix)" } else { "" };
        elements.push(Level::HELP.with_name("fix").message(format!("{}{how}", fix.title)).into());
    }
    if with_help {
        elements.push(Level::HELP.message(format!("newslint explain {}", diagnostic.code)).into());
    }
    let title = level(diagnostic.severity).primary_title(message(diagnostic)).id(&*diagnostic.code);
    places.put(renderer(shown).render(&[title.elements(elements)]))
}

/// The other side of a contradiction in another file: its words, which the evidence carries.
fn other_side<'e>(evidence: &'e Evidence, places: &mut Places, shown: Shown) -> Element<'e> {
    let path = evidence.path.to_string_lossy().replace('\\', "/");
    let Some((_, place)) = evidence.place else {
        return Level::NOTE.message(format!("{path}: {}", evidence.note)).into();
    };
    let note = match evidence.date {
        Some(date) => format!("{} ({date})", evidence.note),
        None => evidence.note.clone(),
    };
    let marks = vec![Mark { range: 0..evidence.text.len(), label: note, primary: false }];
    places.snippet(
        (&evidence.text, &LineIndex::new(&evidence.text)),
        place.line as usize,
        marks,
        format!("{path}:{}:{}", place.line, place.column),
        shown,
    )
}

fn mark(span: Span, label: String, primary: bool) -> Mark {
    Mark { range: span.range(), label, primary }
}

/// Where snippets come from. The renderer counts columns in the shortened lines that it sees, so it is given signs, and the
/// true places are put in their stead.
#[derive(Default)]
struct Places(Vec<String>);

/// A private-use character: no path holds it.
const SIGN: char = '\u{f8ff}';

impl Places {
    fn snippet<'s>(
        &mut self,
        (source, lines): (&str, &LineIndex),
        first_line: usize,
        marks: Vec<Mark>,
        place: String,
        shown: Shown,
    ) -> Element<'s> {
        let short = excerpt(source, lines, marks, shown.width.saturating_sub(MARGIN).max(LEAST));
        let mut snippet = Snippet::source(short.text)
            .line_start(first_line + short.first_line - 1)
            .path(format!("{SIGN}{}{SIGN}", self.0.len()));
        for mark in short.marks {
            let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let label = (!mark.label.is_empty()).then_some(mark.label);
            snippet = snippet.annotation(kind.span(mark.range).label(label));
        }
        self.0.push(place);
        snippet.into()
    }

    /// Puts the places in: each sign stands with the line and column that the renderer counted.
    fn put(&self, rendered: String) -> String {
        let mut out = String::with_capacity(rendered.len());
        let mut parts = rendered.split(SIGN);
        out.push_str(parts.next().unwrap_or_default());
        while let (Some(index), Some(after)) = (parts.next(), parts.next()) {
            if let Some(place) = index.parse().ok().and_then(|index: usize| self.0.get(index)) {
                out.push_str(place);
            }
            out.push_str(after.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
        }
        out
    }
}

/// A mistake in a configuration file, with its line where the file can be read.
pub fn problem(error: &ConfigError, source: Option<&str>, path: &str, shown: Shown) -> String {
    let mut places = Places::default();
    let mut elements: Vec<Element<'_>> = Vec::new();
    match source.filter(|text| error.span.end as usize <= text.len() && !text.is_empty()) {
        Some(text) => {
            let place = format!("{path}:{}:{}", error.line, error.column);
            elements.push(places.snippet(
                (text, &LineIndex::new(text)),
                1,
                vec![mark(error.span, String::new(), true)],
                place,
                shown,
            ));
        }
        None => elements.push(Origin::path(path.to_owned()).line(error.line as usize).into()),
    }
    if let Some(help) = &error.help {
        elements.push(Level::HELP.message(help.as_str()).into());
    }
    let title = Level::ERROR.primary_title(error.message.as_str()).id("configuration");
    places.put(renderer(shown).render(&[title.elements(elements)]))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    }
}

fn renderer(shown: Shown) -> Renderer {
    // Lines are shortened before they get here; the renderer's own shortening would cut marked words.
    let renderer = if shown.color { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(10_000)
}
