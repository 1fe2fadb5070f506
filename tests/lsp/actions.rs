//! What a diagnostic carries, and what can be done about it.

use serde_json::{Value, json};

use super::client::{Client, able};
use super::toy;

const URI: &str = "file:///copy/harbor.md";
const TEXT: &str = "Nobody: nine boats\r\n“At teh quay”, teh seven 😀 teh\n";

fn all() -> Value {
    json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } })
}

async fn actions(client: &mut Client, range: Value, only: Value) -> Vec<Value> {
    let mut context = json!({ "diagnostics": [] });
    if !only.is_null() {
        context["only"] = only;
    }
    let params = json!({ "textDocument": { "uri": URI }, "range": range, "context": context });
    let answer = client.request("textDocument/codeAction", params).await;
    answer["result"].as_array().cloned().unwrap_or_default()
}

/// Applies text edits as a client does: positions of the text as it was, counted in UTF-16.
fn applied(text: &str, edits: &Value) -> String {
    let offset = |position: &Value| {
        let line: usize = position["line"].as_u64().unwrap() as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut units = position["character"].as_u64().unwrap() as usize;
        let chars = text[start..].chars().take_while(|c| {
            let before = units > 0;
            units = units.saturating_sub(c.len_utf16());
            before
        });
        start + chars.map(char::len_utf8).sum::<usize>()
    };
    let mut edits: Vec<(usize, usize, &str)> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|e| (offset(&e["range"]["start"]), offset(&e["range"]["end"]), e["newText"].as_str().unwrap()))
        .collect();
    edits.sort_unstable();
    let mut text = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, new);
    }
    text
}

#[tokio::test]
async fn a_diagnostic_says_who_what_where_and_what_else() {
    let (mut client, _) = Client::initialized(toy::engine(), able()).await;
    client.open(URI, "markdown", 3, TEXT).await;
    let found = client.diagnostics(URI, 3).await;
    let seven = found.iter().find(|d| d["code"] == "toy/figure").unwrap();
    assert_eq!(
        *seven,
        json!({
            "range": { "start": { "line": 1, "character": 19 }, "end": { "line": 1, "character": 24 } },
            "severity": 3,
            "code": "toy/figure",
            "source": "newslint",
            "message": "Seven here, nine before",
            "relatedInformation": [{
                "location": { "uri": URI, "range": {
                    "start": { "line": 0, "character": 8 }, "end": { "line": 0, "character": 12 } } },
                "message": "first figure: “nine”"
            }],
            "data": { "rule": "toy/figure" }
        })
    );
    let typo = &found[0];
    assert_eq!((&typo["severity"], &typo["code"]), (&json!(1), &json!("toy/typo")));
    assert_eq!(typo["data"]["title"], "Change to “the”");
    assert_eq!(typo["data"]["edits"][0]["newText"], "the");
    client.leave().await;
}

#[tokio::test]
async fn a_client_that_shows_only_messages_reads_the_other_side_there() {
    let (mut client, _) = Client::initialized(toy::engine(), json!({})).await;
    client.open(URI, "markdown", 3, TEXT).await;
    let found = client.diagnostics(URI, 3).await;
    let seven = found.iter().find(|d| d["code"] == "toy/figure").unwrap();
    assert_eq!(seven["message"], "Seven here, nine before\nfirst figure: “nine”, line 1");
    assert_eq!((seven.get("relatedInformation"), seven.get("data")), (None, None));
    client.leave().await;
}

#[tokio::test]
async fn a_quick_fix_changes_what_it_says() {
    let (mut client, _) = Client::initialized(toy::engine(), able()).await;
    client.open(URI, "markdown", 3, TEXT).await;
    client.diagnostics(URI, 3).await;
    // The cursor stands in the first “teh”.
    let cursor = json!({ "start": { "line": 1, "character": 5 }, "end": { "line": 1, "character": 5 } });
    let offered = actions(&mut client, cursor, json!(["quickfix"])).await;
    assert_eq!(offered.len(), 1, "{offered:?}");
    let fix = &offered[0];
    assert_eq!((&fix["title"], &fix["kind"]), (&json!("Change to “the”"), &json!("quickfix")));
    assert_eq!(fix["isPreferred"], true, "safe, and the only one");
    assert_eq!(fix["diagnostics"][0]["code"], "toy/typo");
    let change = &fix["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": URI, "version": 3 }));
    assert_eq!(applied(TEXT, &change["edits"]), TEXT.replacen("teh", "the", 1));

    let quay = json!({ "start": { "line": 1, "character": 9 }, "end": { "line": 1, "character": 10 } });
    let offered = actions(&mut client, quay, json!(["quickfix"])).await;
    let titles: Vec<&str> = offered.iter().map(|a| a["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Change to “east quay”", "Change to “west quay”"], "what can only be shown is no action");
    assert!(offered.iter().all(|a| a.get("isPreferred").is_none()));
    client.leave().await;
}

#[tokio::test]
async fn fix_all_makes_the_safe_fixes_and_no_others() {
    let (mut client, result) = Client::initialized(toy::engine(), able()).await;
    let kinds = &result["capabilities"]["codeActionProvider"]["codeActionKinds"];
    assert_eq!(*kinds, json!(["quickfix", "source.fixAll.newslint"]));
    client.open(URI, "markdown", 3, TEXT).await;
    client.diagnostics(URI, 3).await;
    for only in ["source.fixAll.newslint", "source.fixAll", "source"] {
        let offered = actions(&mut client, all(), json!([only])).await;
        assert_eq!(offered.len(), 1, "{only}: {offered:?}");
        let edits = &offered[0]["edit"]["documentChanges"][0]["edits"];
        assert_eq!(applied(TEXT, edits), TEXT.replace("teh", "the"));
    }
    assert!(actions(&mut client, all(), json!(["refactor"])).await.is_empty());
    assert!(actions(&mut client, all(), json!(["source.fixAll.other"])).await.is_empty());
    client.leave().await;
}

#[tokio::test]
async fn edits_for_a_client_without_versions_are_plain() {
    let mut capabilities = able();
    capabilities["workspace"] = json!({});
    let (mut client, _) = Client::initialized(toy::engine(), capabilities).await;
    client.open(URI, "markdown", 3, TEXT).await;
    client.diagnostics(URI, 3).await;
    let offered = actions(&mut client, all(), json!(["source.fixAll"])).await;
    assert_eq!(applied(TEXT, &offered[0]["edit"]["changes"][URI]), TEXT.replace("teh", "the"));
    client.leave().await;
}

/// A question that comes before the check is done is answered from the version it was asked about.
#[tokio::test]
async fn a_question_waits_for_the_version_it_is_about() {
    let (mut client, _) = Client::initialized(toy::engine(), able()).await;
    client.open(URI, "markdown", 1, "fine\n").await;
    client.diagnostics(URI, 1).await;
    client.change(URI, 2, json!([{ "text": "teh slowly\n" }])).await;
    let offered = actions(&mut client, all(), json!(["quickfix"])).await;
    assert_eq!(offered[0]["edit"]["documentChanges"][0]["textDocument"]["version"], 2);
    client.diagnostics(URI, 2).await;
    client.leave().await;
}

#[tokio::test]
async fn hover_is_silent_where_nothing_was_found() {
    let (mut client, _) = Client::initialized(toy::engine(), able()).await;
    client.open(URI, "markdown", 3, TEXT).await;
    client.diagnostics(URI, 3).await;
    let at = json!({ "textDocument": { "uri": URI }, "position": { "line": 0, "character": 2 } });
    assert_eq!(client.request("textDocument/hover", at).await["result"], Value::Null);
    client.leave().await;
}
