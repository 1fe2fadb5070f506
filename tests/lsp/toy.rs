//! A linter of a few lines, so that the server is tested for what it does with diagnostics, whatever the checks find.

use newslint::corpus::Reference;
use newslint::diagnostic::{Confidence, Diagnostic, Edit, Evidence, Fix, Safety, Severity};
use newslint::lint::Settings;
use newslint::lsp::Engine;
use newslint::source::Draft;
use newslint::text::Span;
use newslint::text::line_index::LineIndex;

/// Finds these words in the file's text:
/// - `teh`: an error, with one safe fix;
/// - `quay`: a warning, with two unsafe fixes;
/// - `seven` where `nine` stands before it: an info that names the other side;
/// - `PANIC`: panics;
/// - `slowly`: takes 300 ms.
pub fn engine() -> Engine {
    Engine::new(lint)
}

pub fn lint(draft: &Draft, _: &Settings, _: &Reference) -> Vec<Diagnostic> {
    let source = &*draft.source;
    assert!(!source.contains("PANIC"), "the draft says so");
    if source.contains("slowly") {
        std::thread::sleep(std::time::Duration::from_millis(300));
    }
    let lines = LineIndex::new(source);
    let found = |word: &str, code: &str, severity, message: &str| -> Vec<Diagnostic> {
        let hits = source.match_indices(word).map(|(at, word)| {
            let span = Span::new(at, at + word.len());
            Diagnostic {
                code: code.into(),
                severity,
                confidence: Confidence::Sure,
                message: message.to_owned(),
                span,
                start: lines.place(source, span.start),
                end: lines.place(source, span.end),
                text: word.to_owned(),
                evidence: Vec::new(),
                fixes: Vec::new(),
                why: Vec::new(),
            }
        });
        hits.collect()
    };
    let fix = |span, text: &str, safety| Fix::replace(span, text, safety);
    let mut all = found("teh", "toy/typo", Severity::Error, "“teh” is no word");
    for diagnostic in &mut all {
        diagnostic.fixes.push(fix(diagnostic.span, "the", Safety::Safe));
    }
    let mut quays = found("quay", "toy/quay", Severity::Warning, "Which quay?");
    for diagnostic in &mut quays {
        diagnostic.fixes.push(fix(diagnostic.span, "east quay", Safety::Unsafe));
        diagnostic.fixes.push(fix(diagnostic.span, "west quay", Safety::Unsafe));
        let shown = Edit { span: diagnostic.span, text: "pier".to_owned() };
        diagnostic.fixes.push(Fix { title: "Only to look at".to_owned(), safety: Safety::Display, edits: vec![shown] });
    }
    all.extend(quays);
    if let Some(nine) = source.find("nine") {
        let other = Span::new(nine, nine + 4);
        let mut sevens = found("seven", "toy/figure", Severity::Info, "Seven here, nine before");
        for diagnostic in &mut sevens {
            diagnostic.evidence.push(Evidence {
                path: draft.path.clone(),
                place: Some((other, lines.place(source, other.start))),
                text: "nine".to_owned(),
                date: None,
                note: "first figure".to_owned(),
                archived: None,
            });
        }
        all.extend(sevens);
    }
    all.sort_by_key(|d| d.span);
    all
}
