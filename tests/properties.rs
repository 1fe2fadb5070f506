//! What must hold for every text: no panic, spans in bounds, one answer, both sides shown.

use std::path::Path;

use newslint::corpus::Reference;
use newslint::lint::{Settings, lint};
use newslint::source::{Draft, Format};
use newslint::text::decode::Encoding;
use proptest::prelude::*;

/// Pieces that copy is made of, so that random text reaches the grammars and not only their first characters.
fn copy() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z]{1,9} ",
        2 => "[A-Z][a-z]{2,9} ",
        1 => "[A-Z][a-z]{2,6} [A-Z][a-z]{3,8},? ",
        2 => "[0-9]{1,6}(,[0-9]{3})?(\\.[0-9])? ?(%|percent|million|km|years|people|drones)? ",
        1 => "\\$[0-9]{1,4}(\\.[0-9])?(m|bn| million)? ",
        1 => prop::sample::select(vec![
            "said ", "according to ", "President ", "former ", "Mr. ", "rose from ", "to ", "of the ", "between ", "half a ",
            "one-fifth ", "nearly ", "Saturday ", "31 June ", "Dec. 6, 2025 ", "06.12.2025 ", "aged 61 ", "who ", "’s ", "not ",
        ]).prop_map(str::to_owned),
        2 => prop::sample::select(vec!["“", "”", "\"", "‘", "’", "'", "«", "»", "(", ")", "[", "]", "…", "? ", "! ", ". ", ", ", " — ", ": "])
            .prop_map(str::to_owned),
        1 => prop::sample::select(vec!["\n", "\n\n", "\r\n", "\r", "# ", "* ", "> ", "<p>", "</p>", "&amp;", "<!-- ", " -->", "---\n", "`", "|"])
            .prop_map(str::to_owned),
        1 => "\\PC{1,4}",
    ];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

fn format() -> impl Strategy<Value = Format> {
    prop::sample::select(vec![Format::Plain, Format::Markdown, Format::Html])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_draft_is_linted_within_its_bounds(text in copy(), format in format()) {
        let draft = Draft::read(Path::new("2026-03-14-draft"), format, Encoding::Utf8, text.as_str().into());
        for token in &draft.tokens {
            prop_assert!(draft.text.get(token.span.range()).is_some());
        }
        for block in &draft.blocks {
            prop_assert!(draft.text.get(block.span.range()).is_some());
            prop_assert!(text.get(draft.map.to_source(block.span).range()).is_some());
        }
        let settings = Settings::built_in();
        let found = lint(&draft, &settings, &Reference::default());
        for diagnostic in &found {
            prop_assert_eq!(text.get(diagnostic.span.range()), Some(diagnostic.text.as_str()));
            prop_assert!(diagnostic.message.chars().count() <= 90, "{}", diagnostic.message);
            for evidence in &diagnostic.evidence {
                let (span, _) = evidence.place.expect("evidence in the draft has its place");
                prop_assert_eq!(text.get(span.range()), Some(evidence.text.as_str()));
            }
            for edit in diagnostic.fixes.iter().flat_map(|f| &f.edits) {
                prop_assert!(text.get(edit.span.range()).is_some());
            }
        }
        prop_assert_eq!(found, lint(&draft, &settings, &Reference::default()));
    }
}
