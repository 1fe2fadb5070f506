//! Code actions: a quick fix for each diagnostic that has one, and all safe fixes of a document at once.

use std::collections::HashMap;

use tower_lsp::lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit, Url, WorkspaceEdit,
};

use super::client::Abilities;
use super::lint::Linted;
use super::to_proto;
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety};

/// What editors run on save, when told to.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.newslint");

pub(super) fn answer(
    params: &CodeActionParams,
    uri: &Url,
    linted: &Linted,
    client: &Abilities,
) -> Vec<CodeActionOrCommand> {
    if !client.code_actions {
        return Vec::new();
    }
    let wanted = |kind: &CodeActionKind| {
        params.context.only.as_ref().is_none_or(|only| only.iter().any(|asked| is_under(kind, asked)))
    };
    let mut actions = Vec::new();
    if wanted(&CodeActionKind::QUICKFIX) {
        let asked = client.encoding.to_span(&linted.rope, params.range);
        let touched = |d: &Diagnostic| d.span.start <= asked.end && asked.start <= d.span.end;
        for (diagnostic, shown) in linted.diagnostics.iter().zip(&linted.published) {
            if touched(diagnostic) {
                let fixes: Vec<&Fix> = to_proto::fixes(diagnostic).collect();
                let only_safe = fixes.iter().filter(|f| f.safety == Safety::Safe).count() == 1;
                for fix in fixes {
                    actions.push(CodeAction {
                        title: fix.title.clone(),
                        kind: Some(CodeActionKind::QUICKFIX),
                        diagnostics: Some(vec![shown.clone()]),
                        edit: Some(edit(to_proto::edits(fix, &linted.rope, client.encoding), uri, linted, client)),
                        is_preferred: (client.preferred && only_safe && fix.safety == Safety::Safe).then_some(true),
                        ..CodeAction::default()
                    });
                }
            }
        }
    }
    if wanted(&FIX_ALL) {
        let edits = safe_edits(&linted.diagnostics);
        if !edits.is_empty() {
            let all = Fix { title: String::new(), safety: Safety::Safe, edits };
            actions.push(CodeAction {
                title: "newslint: make all safe fixes".to_owned(),
                kind: Some(FIX_ALL),
                edit: Some(edit(to_proto::edits(&all, &linted.rope, client.encoding), uri, linted, client)),
                ..CodeAction::default()
            });
        }
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// `source.fixAll.newslint` is under `source.fixAll` and `source`, but not under `source.fix`.
fn is_under(kind: &CodeActionKind, asked: &CodeActionKind) -> bool {
    let rest = kind.as_str().strip_prefix(asked.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) || asked.as_str().is_empty()
}

/// The edits of every diagnostic's one safe fix, in order. Of two that overlap the first is made; the next round
/// finds what is left.
fn safe_edits(diagnostics: &[Diagnostic]) -> Vec<Edit> {
    let mut made: Vec<Edit> = Vec::new();
    for diagnostic in diagnostics {
        let mut safe = diagnostic.fixes.iter().filter(|f| f.safety == Safety::Safe);
        let (Some(fix), None) = (safe.next(), safe.next()) else { continue };
        // Two insertions at one place would depend on their order, so touching counts as overlapping for them.
        let clash = |edit: &Edit| {
            made.iter().any(|m| m.span.overlaps(edit.span) || (m.span.start == edit.span.start && m.span != edit.span))
        };
        if fix.edits.iter().any(|edit| clash(edit) && !made.contains(edit)) {
            continue;
        }
        let new: Vec<Edit> = fix.edits.iter().filter(|edit| !made.contains(edit)).cloned().collect();
        made.extend(new);
    }
    made.sort_by_key(|edit| edit.span);
    made
}

fn edit(edits: Vec<TextEdit>, uri: &Url, linted: &Linted, client: &Abilities) -> WorkspaceEdit {
    if client.document_changes {
        let text_document = OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version: Some(linted.version) };
        let edits = edits.into_iter().map(OneOf::Left).collect();
        let changes = DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }]);
        WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
    } else {
        WorkspaceEdit { changes: Some(HashMap::from([(uri.clone(), edits)])), ..WorkspaceEdit::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Confidence, Severity};
    use crate::text::Span;
    use crate::text::line_index::Place;

    fn diagnostic(edits: &[(usize, usize, &str)], safety: Safety) -> Diagnostic {
        let place = Place { line: 1, column: 1 };
        let edits = edits.iter().map(|&(a, b, text)| Edit { span: Span::new(a, b), text: text.into() }).collect();
        Diagnostic {
            code: "test/any".into(),
            severity: Severity::Warning,
            confidence: Confidence::Sure,
            message: String::new(),
            span: Span::new(0, 1),
            start: place,
            end: place,
            text: String::new(),
            evidence: Vec::new(),
            fixes: vec![Fix { title: "Change".into(), safety, edits }],
            why: Vec::new(),
        }
    }

    #[test]
    fn fix_all_makes_safe_fixes_once_and_never_two_on_the_same_words() {
        let all = [
            diagnostic(&[(10, 12, "a")], Safety::Safe),
            diagnostic(&[(0, 2, "b"), (11, 13, "c")], Safety::Safe),
            diagnostic(&[(4, 6, "d")], Safety::Unsafe),
            diagnostic(&[(5, 5, "e")], Safety::Safe),
            diagnostic(&[(10, 12, "a")], Safety::Safe),
        ];
        let spans: Vec<_> = safe_edits(&all).into_iter().map(|e| (e.span.start, e.text)).collect();
        assert_eq!(spans, [(5, "e".to_owned()), (10, "a".to_owned())]);
    }

    #[test]
    fn kinds_are_asked_for_by_whole_parts() {
        let asked = |kind| is_under(&FIX_ALL, &CodeActionKind::new(kind));
        assert!(asked("source.fixAll.newslint") && asked("source.fixAll") && asked("source") && asked(""));
        assert!(!asked("source.fix") && !asked("source.fixAll.other") && !asked("quickfix"));
    }
}
