//! What holds of every draft, whatever its text; and plain copy as newsrooms file it.

use std::path::Path;

use proptest::prelude::*;

use super::*;

fn kinds(text: &str) -> Vec<(BlockKind, String)> {
    let draft = Draft::from_text(text);
    draft.blocks.iter().map(|b| (b.kind, b.span.of(&draft.text).to_owned())).collect()
}

fn check(text: &str, expect: &[(BlockKind, &str)]) {
    let found = kinds(text);
    assert_eq!(found.iter().map(|(k, t)| (*k, t.as_str())).collect::<Vec<_>>(), expect);
}

#[test]
fn furniture_before_a_headline_is_no_headline() {
    check(
        "Ask Vela\nHarbor plan stalls after a long night\nThe council of Eastport rejected the harbor plan on Monday after a vote that took all night.\nWhat the mayor wants\nThe mayor of Eastport wants a smaller harbor, and she wants it built by the spring of next year.",
        &[
            (BlockKind::Furniture, "Ask Vela"),
            (BlockKind::Headline, "Harbor plan stalls after a long night"),
            (
                BlockKind::Body,
                "The council of Eastport rejected the harbor plan on Monday after a vote that took all night.",
            ),
            (BlockKind::Heading, "What the mayor wants"),
            (
                BlockKind::Body,
                "The mayor of Eastport wants a smaller harbor, and she wants it built by the spring of next year.",
            ),
        ],
    );
}

#[test]
fn a_paste_from_a_page() {
    check(
        "\u{feff}06.12.2025\r\nReading time: 3 min\r\n\r\nCouncil rejects the harbor plan\r\n\r\nThe mayor says she will be back with a smaller one\r\n\r\nBy Jane Poe\r\n\r\nEASTPORT, Dec 6 (Wire) — The council of Eastport rejected the harbor plan.\r\n\r\nPhoto: The harbor at dawn\r\n\r\n• One pier\r\n• Two cranes",
        &[
            (BlockKind::Dateline, "06.12.2025"),
            (BlockKind::Furniture, "Reading time: 3 min"),
            (BlockKind::Headline, "Council rejects the harbor plan"),
            (BlockKind::Standfirst, "The mayor says she will be back with a smaller one"),
            (BlockKind::Byline, "By Jane Poe"),
            (BlockKind::Body, "EASTPORT, Dec 6 (Wire) — The council of Eastport rejected the harbor plan."),
            (BlockKind::Caption, "Photo: The harbor at dawn"),
            (BlockKind::List, "One pier"),
            (BlockKind::List, "Two cranes"),
        ],
    );
}

#[test]
fn headlines_that_ask_and_speak() {
    let body = "\n\nThe council of Eastport rejected the harbor plan on Monday after a vote that took all night long.";
    for headline in
        ["Who will pay for the harbor?", "Mayor: “We will be back”", "Council Rejects the Harbor Plan for Good."]
    {
        assert_eq!(kinds(&format!("{headline}{body}"))[0].0, BlockKind::Headline, "{headline}");
    }
    assert_eq!(kinds(&format!("The council met on Monday.{body}"))[0].0, BlockKind::Body);
    assert_eq!(kinds("A line")[0].0, BlockKind::Body);
}

#[test]
fn hard_wrapped_paragraphs_are_joined() {
    let text = "The council of Eastport rejected the harbor plan on Monday after\na vote that took all night, and the mayor left the hall without\na word.\nShe had promised a smaller harbor by the spring of next year, with\none pier and two cranes.\n";
    let found = kinds(text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[1].1.starts_with("She had"));
    // A headline wider than the copy, and a line that ends before a capital.
    let text = "Council of Eastport rejects harbor plan after a night of talks about ships and cranes\n\nThe council rejected the plan on Monday after a vote that took\nall night, and the mayor left the hall with the councilor from\nNorvik, who had promised a smaller harbor.\n";
    let found = kinds(text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(kinds("One two three four.\nFive six seven eight.").len(), 2);
    assert_eq!(kinds("One two three four.\rFive six seven eight.").len(), 2);
}

#[test]
fn running_stories_have_segments() {
    let draft = Draft::from_text(
        "The latest on the harbor\n\n8:20 a.m.\n\nThe council meets, and 300 people wait outside the hall.\n\n___\n\n7:45 a.m.\n\nThe mayor arrives at the hall, and 200 people cheer her.",
    );
    let segments: Vec<u16> = draft.blocks.iter().filter(|b| b.kind == BlockKind::Body).map(|b| b.segment).collect();
    assert_eq!(segments.len(), 2);
    assert_ne!(segments[0], segments[1]);
    assert!(draft.is_running_story());
}

#[test]
fn transcripts_have_labels() {
    let draft = Draft::from_text(
        "Q: Why a harbor, and why now of all times?\nA: Because the ships are there already.\nQ: And who pays for it in the end?\nA: Those who use it.",
    );
    assert!(draft.is_transcript());
    assert_eq!(draft.words_at(draft.blocks[1].label.unwrap()), "A");
    assert!(!Draft::from_text("Note: this is one.\nThe mayor left.\nAll was well.").is_transcript());
}

/// Text made of what trips readers up.
fn awkward() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z ,.]{1,12}",
        3 => prop::sample::select(vec![
            "\n", "\r\n", "\r", "\n\n", "---\n", "+++\n", "title: x\n", "title = \"é\\\"\n", "# ", "> ", "- ", "1. ", "```\n", "![a](b)", "[x](y)", "**", "*", "`", "\\*",
            "&amp;", "&#x27;", "&", "&nbsp", "<p>", "</p>", "<b>", "<li>", "<script>", "</script>", "<!--", "-->", "<q>", "</q>", "<img alt='é'>", "<br>", "<td>", "<h1>",
            "“", "”", "\"", "'", "’s", "—", "…", "...", "?!", "U.S. ", "Mr. ", "No. 5", "é", "Łódź", "日本", "\u{feff}", "\u{ad}", "\u{200b}", "\u{a0}", "8:20 a.m.", "06.12.2025",
            "Dec. 6", "monday", "31 June 2025", "Q: ", "A: ", "___", "By Jane Poe", "Photo: x", "\t", "   ", "2 3 4", "İ", "ß", "|a|b|\n|-|-|\n", "[^1]", "[^1]: x",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_draft_maps_back(source in awkward()) {
        for format in [Format::Plain, Format::Markdown, Format::Html] {
            let draft = Draft::read(Path::new("d"), format, Encoding::Utf8, source.as_str().into());
            prop_assert_eq!(draft.text.len(), draft.lower.len());
            let mut last = 0;
            for block in &draft.blocks {
                prop_assert!(block.span.start >= last && !block.span.is_empty());
                last = block.span.end;
                prop_assert!(draft.text.get(block.span.range()).is_some());
            }
            for token in &draft.tokens {
                let words = draft.word(token);
                prop_assert!(!words.is_empty() && draft.lower.get(token.span.range()).is_some());
                let there = draft.map.to_source(token.span);
                let found = source.get(there.range());
                prop_assert!(found.is_some(), "{:?} of {:?}", there, source);
                if draft.map.is_copied(token.span) {
                    prop_assert_eq!(found, Some(words));
                }
            }
            for sentence in &draft.sentences {
                prop_assert!(draft.text.get(sentence.span.range()).is_some() && !sentence.tokens.is_empty());
            }
        }
    }
}
