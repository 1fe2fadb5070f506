//! Documents as the client edits them: order, versions, encodings, spellings of URIs.

use newslint::lsp::Engine;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::client::{Client, able, edit};
use super::toy;

const URI: &str = "file:///copy/harbor.md";

/// An engine that reports the whole text, so that a test sees what the server holds.
fn mirror() -> Engine {
    Engine::new(|draft, settings, reference| {
        let mut all = toy::lint(draft, settings, reference);
        all.truncate(0);
        let mut whole = toy::lint(&newslint::source::Draft::from_text("teh"), settings, reference);
        whole[0].message = draft.source.to_string();
        whole[0].span = newslint::text::Span::new(0, draft.source.len());
        whole
    })
}

#[tokio::test]
async fn a_thousand_changes_are_made_in_their_order() {
    let (mut client, _) = Client::initialized(mirror(), able()).await;
    client.open(URI, "markdown", 0, "").await;
    let mut expected = String::new();
    for version in 1..=1000 {
        let letter = char::from(b'a' + (version % 26) as u8);
        client
            .change(URI, version, json!([edit((0, version as u32 - 1), (0, version as u32 - 1), &letter.to_string())]))
            .await;
        expected.push(letter);
    }
    let held = client.diagnostics(URI, 1000).await;
    assert_eq!(held[0]["message"], expected.as_str());
    client.leave().await;
}

#[tokio::test]
async fn the_version_is_always_the_one_that_was_checked() {
    let (mut client, _) = Client::initialized(toy::engine(), able()).await;
    client.open(URI, "markdown", 1, "teh slowly\n").await;
    // While version 1 is under way: it is stale, and what is published next is the latest alone.
    client.change(URI, 2, json!([edit((0, 0), (0, 0), "teh ")])).await;
    client.change(URI, 7, json!([edit((0, 0), (0, 0), "teh ")])).await;
    loop {
        let params = client.published(URI).await;
        let version = params["version"].as_i64().unwrap();
        let count = params["diagnostics"].as_array().unwrap().len();
        assert_eq!(
            count,
            match version {
                1 => 1,
                2 => 2,
                7 => 3,
                other => panic!("version {other}"),
            }
        );
        if version == 7 {
            break;
        }
    }
    client.leave().await;
}

#[tokio::test]
async fn every_version_is_published_also_when_nothing_is_new() {
    let (mut client, _) = Client::initialized(toy::engine(), able()).await;
    client.open(URI, "markdown", 1, "fine\n").await;
    assert!(client.diagnostics(URI, 1).await.is_empty());
    for version in 2..5 {
        client.change(URI, version, json!([edit((0, 0), (0, 0), "so ")])).await;
        assert!(client.diagnostics(URI, version).await.is_empty());
    }
    client.leave().await;
}

#[tokio::test]
async fn closing_takes_everything_back_and_opening_starts_anew() {
    let (mut client, _) = Client::initialized(toy::engine(), able()).await;
    client.open(URI, "markdown", 9, "teh\n").await;
    assert_eq!(client.diagnostics(URI, 9).await.len(), 1);
    client.close(URI).await;
    client.open(URI, "markdown", 1, "teh teh\n").await;
    assert_eq!(client.diagnostics(URI, 1).await.len(), 2, "a lower version of a new life");
    // Closed while it is checked: nothing comes after the end.
    client.change(URI, 2, json!([{ "text": "teh slowly" }])).await;
    client.close(URI).await;
    client.leave().await;
}

#[tokio::test]
async fn a_uri_comes_back_in_the_spelling_it_came_in() {
    let uris = [
        "file:///c%3A/copy/harbor.md",
        "untitled:Untitled-1",
        "file:///copy/two words.md",
        "file:///copy/caf%C3%A9.md",
    ];
    let (mut client, _) = Client::initialized(toy::engine(), able()).await;
    for uri in uris {
        client.open(uri, "markdown", 1, "teh\n").await;
        assert_eq!(client.diagnostics(uri, 1).await.len(), 1, "{uri}");
        let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 1, "character": 0 } });
        let params = json!({ "textDocument": { "uri": uri }, "range": whole, "context": { "diagnostics": [] } });
        let answer = client.request("textDocument/codeAction", params).await;
        assert_eq!(answer["result"][0]["edit"]["documentChanges"][0]["textDocument"]["uri"], uri);
    }
    // Another spelling of the first means the same document.
    client.change("file:///C:/copy/harbor.md", 2, json!([{ "text": "fine" }])).await;
    assert!(client.diagnostics(uris[0], 2).await.is_empty());
    client.leave().await;
}

#[tokio::test]
async fn a_readme_is_no_copy_and_an_unsaved_draft_is() {
    let (mut client, _) = Client::initialized(toy::engine(), able()).await;
    client.open("file:///copy/README.md", "markdown", 1, "teh\n").await;
    assert!(client.diagnostics("file:///copy/README.md", 1).await.is_empty());
    client.open("untitled:README", "plaintext", 1, "teh\n").await;
    assert_eq!(client.diagnostics("untitled:README", 1).await.len(), 1);
    client.leave().await;
}

#[tokio::test]
async fn a_document_over_the_limit_says_so() {
    let mut client = Client::start(toy::engine());
    client.initialize(json!({ "capabilities": able(), "initializationOptions": { "maxFileBytes": 1000 } })).await;
    client.open(URI, "markdown", 1, &"teh ".repeat(300)).await;
    let notes = client.diagnostics(URI, 1).await;
    assert_eq!(notes.len(), 1);
    assert!(notes[0]["message"].as_str().unwrap().starts_with("Not checked"), "{notes:?}");
    client.change(URI, 2, json!([{ "text": "teh" }])).await;
    assert_eq!(client.diagnostics(URI, 2).await[0]["code"], "toy/typo");
    client.leave().await;
}

/// The position of a byte offset, counted the slow way.
fn position(text: &str, offset: usize, encoding: &str) -> (u32, u32) {
    let before = &text[..offset];
    let line = before.matches('\n').count();
    let last = before.rsplit('\n').next().unwrap_or_default();
    let character = match encoding {
        "utf-8" => last.len(),
        "utf-16" => last.encode_utf16().count(),
        _ => last.chars().count(),
    };
    (line as u32, character as u32)
}

fn boundary(text: &str, offset: usize) -> usize {
    (0..=offset % (text.len() + 1)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// After any edits, in any encoding, the server says what it says of the same text opened afresh.
    #[test]
    fn edited_is_as_good_as_opened(
        start in "(teh|quay|é“”|😀| |\n){0,12}",
        edits in prop::collection::vec((any::<usize>(), any::<usize>(), "(teh|qu|ay|é|“|😀| |\n){0,3}"), 1..8),
        encoding in prop::sample::select(vec!["utf-8", "utf-16", "utf-32"]),
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(async {
            let mut capabilities = able();
            capabilities["general"]["positionEncodings"] = json!([encoding]);
            // A client has to offer UTF-16 too, but one that does not is not misunderstood.
            let (mut client, _) = Client::initialized(toy::engine(), capabilities).await;
            client.open(URI, "markdown", 0, &start).await;
            let mut text = start.clone();
            let mut version = 0;
            for (a, b, new) in &edits {
                let (a, b) = (boundary(&text, *a), boundary(&text, *b));
                let (a, b) = (a.min(b), a.max(b));
                let change = edit(position(&text, a, encoding), position(&text, b, encoding), new);
                text.replace_range(a..b, new);
                version += 1;
                client.change(URI, version, json!([change])).await;
            }
            let edited: Vec<Value> = client.diagnostics(URI, version).await;
            let afresh = "file:///copy/afresh.md";
            client.open(afresh, "markdown", 1, &text).await;
            assert_eq!(edited, client.diagnostics(afresh, 1).await);
            client.leave().await;
        });
    }
}
