use std::path::Path;

use super::*;
use crate::source::{Draft, Format};
use crate::text::decode::Encoding;

fn draft(name: &str, text: &str) -> Draft {
    Draft::read(Path::new(name), Format::of(Path::new(name)), Encoding::Utf8, text.into())
}

fn sources(texts: &[(&str, &str)]) -> Sources {
    let gazetteer = Gazetteer::default();
    Sources::new(texts.iter().map(|(name, text)| SourceDocument::new(draft(name, text), &gazetteer)).collect())
}

fn span_of(draft: &Draft, words: &str) -> Span {
    let at = draft.text.find(words).expect("the words are in the draft");
    Span::new(at, at + words.len())
}

const STATEMENT: &str = "The board met on Monday.\n\n“We will keep the old pier open to all the visitors of Halden,” the mayor said. \
     Nobody will have to pay at the gate.";

#[test]
fn altered_words_lead_to_the_passage_in_the_source() {
    let sources =
        sources(&[("b.txt", STATEMENT), ("a.txt", "The old pier open to all was a film of 1950, said the curator.")]);
    let draft = draft("draft.txt", "She said: “We will keep the old pier open to all visitors of the town of Halden.”");
    let passages = sources
        .passages(&draft, span_of(&draft, "We will keep the old pier open to all visitors of the town of Halden"));
    assert_eq!(passages.len(), 2);
    assert_eq!(passages[0].document.path(), Path::new("b.txt"));
    let words = passages[0].span.of(&passages[0].document.draft.text);
    assert_eq!(words, "We will keep the old pier open to all");
    assert!(passages[0].shared > passages[1].shared);
}

#[test]
fn a_passage_is_no_longer_than_what_was_asked_for() {
    let far = "They sold the old pier. ".to_owned()
        + &"Other words stand here between them. ".repeat(30)
        + "They sold the old pier again.";
    let sources = sources(&[("a.txt", &far)]);
    let draft = draft("draft.txt", "“They sold the old pier again,” he said.");
    let passages = sources.passages(&draft, span_of(&draft, "They sold the old pier again"));
    assert_eq!(passages[0].span.of(&passages[0].document.draft.text), "They sold the old pier again");
}

#[test]
fn a_draft_is_no_source_for_itself() {
    let sources = sources(&[("a.txt", STATEMENT), ("copy/a.txt", STATEMENT)]);
    let own = draft("a.txt", STATEMENT);
    assert!(sources.passages(&own, span_of(&own, "keep the old pier open")).is_empty());
    assert_eq!(sources.beside(&own).count(), 0);
    assert_eq!(sources.beside(&draft("c.txt", "Other words.")).count(), 2);
}

#[test]
fn evidence_has_the_place_in_the_file() {
    let sources = sources(&[("2026-03-01-board.md", "# Pier\n\nThe board &amp; the *mayor* met.\n")]);
    let document = &sources.documents[0];
    let evidence = document.evidence(span_of(&document.draft, "mayor"), "source");
    let (span, place) = evidence.place.unwrap();
    assert_eq!((evidence.text.as_str(), place.line, place.column), ("mayor", 3, 22));
    assert_eq!(span.of(&document.draft.source), "mayor");
    assert_eq!(evidence.date, Some("2026-03-01".parse().unwrap()));
}

#[test]
fn odd_requests_find_nothing() {
    let sources = sources(&[("a.txt", STATEMENT), ("empty.txt", "")]);
    let draft = draft("d.txt", "a b");
    assert!(sources.passages(&draft, Span::new(0, 3)).is_empty());
    assert!(sources.passages(&draft, Span::new(0, 0)).is_empty());
}
