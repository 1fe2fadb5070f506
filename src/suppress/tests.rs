use super::*;
use crate::corpus::curated;
use crate::source::Format;
use crate::text::decode::Encoding;
use crate::text::line_index::{LineIndex, Place};

fn draft(source: &str) -> Draft {
    Draft::read("2026/11/story.md".as_ref(), Format::Markdown, Encoding::Utf8, source.into())
}

/// A diagnostic at each place where `words` stand in the body.
fn diagnostics(draft: &Draft, code: &str, severity: Severity, words: &str) -> Vec<Diagnostic> {
    let from = draft.metadata.front_matter.span.end as usize;
    let lines = LineIndex::new(&draft.source);
    let place = |at| -> Place { lines.place(&draft.source, at) };
    let found = draft.source[from..].match_indices(words).map(|(at, _)| Span::new(from + at, from + at + words.len()));
    found
        .map(|span| Diagnostic {
            code: code.into(),
            severity,
            confidence: Confidence::Sure,
            message: "m".to_owned(),
            span,
            start: place(span.start),
            end: place(span.end),
            text: words.to_owned(),
            evidence: Vec::new(),
            fixes: Vec::new(),
            why: Vec::new(),
        })
        .collect()
}

fn run(draft: &Draft, reference: &Reference, mut found: Vec<Diagnostic>) -> (usize, Vec<(&'static str, String)>) {
    let date = Some("2026-03-01".parse().unwrap());
    let reports = apply(draft, date, reference, |code| is_under("names/spelling", code), &mut found);
    let said = reports.into_iter().filter(|r| r.code != LEFTOVER).map(|r| (r.code, r.message));
    (found.len(), said.collect())
}

fn left(source: &str, severity: Severity) -> (usize, Vec<(&'static str, String)>) {
    let draft = draft(source);
    let found = diagnostics(&draft, "names/spelling", severity, "Smyth");
    run(&draft, &Reference::default(), found)
}

#[test]
fn a_comment_silences_its_block_only() {
    let source = "Smyth.\n\n<!-- newslint-ignore names: his own spelling -->\nSmyth and Smyth.\n\nSmyth.\n";
    assert_eq!(left(source, Severity::Warning), (2, vec![]));
    assert_eq!(
        left("<!-- newslint-ignore-file names/spelling -->\n\nSmyth.\n\nSmyth.", Severity::Warning),
        (0, vec![])
    );
}

#[test]
fn an_error_is_silenced_only_with_a_reason() {
    let (count, said) = left("Smyth. <!-- newslint-ignore names/spelling -->\n", Severity::Error);
    assert_eq!((count, said[0].0), (1, UNUSED));
    assert!(said[0].1.contains("only with a reason"), "{said:?}");
    assert_eq!(left("Smyth. <!-- newslint-ignore names/spelling: so he signs -->\n", Severity::Error), (0, vec![]));
}

#[test]
fn idle_expired_and_mistyped_ones_are_reported() {
    let (_, said) = left("Jones. <!-- newslint-ignore names/spelling: x -->\n", Severity::Warning);
    assert_eq!(said[0].1, "Nothing of “names/spelling” is found here that this would silence");
    assert_eq!(left("Jones. <!-- newslint-ignore figures/none-such-code: x -->\n", Severity::Warning).1, []);
    let (count, said) = left("Smyth. <!-- newslint-ignore names/spelling until=2026-02-28: x -->\n", Severity::Warning);
    assert_eq!((count, said[0].0), (1, EXPIRED));
    let (_, said) = left("Jones. <!-- newslint-ignore suppression/unusde: x -->\n", Severity::Warning);
    assert_eq!(said[0].1, "“suppression/unusde” is no code; did you mean “suppression/unused”?");
}

#[test]
fn marks_of_the_desk_silence_the_words_before_them() {
    assert_eq!(left("Jon Smyth [cq] came. Mr Smyth left.\n", Severity::Error).0, 0);
    assert_eq!(left("Jon Smyth [sic] came. Mr Smyth left.\n", Severity::Error).0, 1);
}

#[test]
fn front_matter_and_sidecar_silence_words() {
    let front = "---\nnewslint:\n  ignore:\n    - code: names/spelling\n      text: Smyth\n      why: so he signs\n---\nSmyth.\n";
    assert_eq!(left(front, Severity::Error), (0, vec![]));
    let mut draft = draft("Smyth.\n\nSmythe.\n");
    let text =
        "[[ignore]]\ncode = \"names/spelling\"\ntext = \"Smyth\"\n[[ignore]]\ncode = \"names\"\ntext = \"Jones\"\n";
    let (ignores, errors) = read_sidecar("2026/11/story.newslint.toml".as_ref(), text);
    assert!(errors.is_empty());
    draft.ignores = ignores;
    let found = diagnostics(&draft, "names/spelling", Severity::Warning, "Smyth.");
    let (count, said) = run(&draft, &Reference::default(), found);
    assert_eq!((count, said.len(), said[0].0), (0, 1, UNUSED));
}

#[test]
fn pins_of_the_facts_silence_quietly() {
    let facts = "[[pin]]\nform = \"Smyth\"\ncode = \"names/spelling\"\nfiles = [\"2026/11/**\"]\n";
    let (facts, errors) = curated::read([("facts.toml".as_ref(), facts)]);
    assert!(errors.is_empty(), "{errors:?}");
    let draft = draft("Smyth met Smythe.\n");
    let reference = Reference::of_facts(facts);
    assert_eq!(run(&draft, &reference, diagnostics(&draft, "names/spelling", Severity::Error, "Smyth ")), (0, vec![]));
    assert_eq!(run(&draft, &reference, diagnostics(&draft, "names/spelling", Severity::Error, "Smythe")).0, 1);
    assert_eq!(run(&draft, &reference, diagnostics(&draft, "names/title", Severity::Error, "Smyth ")).0, 1);
}
