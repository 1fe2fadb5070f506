//! The same words as the terminal for the same text.

use std::path::{Path, PathBuf};
use std::process::Command;

use newslint::lsp::Engine;
use serde_json::{Value, json};

use super::client::{Client, able};

/// Copy with something in it for the checks and rules that run.
const DRAFT: &str = "\
# Ferry to Aldersund stops in March

The ferry to Aldersund stopped prior to Easter, and nobody has replaced it. 😀

“We walk four miles to the shop and four miles back, every day.”

The island has forty houses, and one road, TK.\r
The talks have been characterized as “frank and useful” since Monday.
";

const CONFIG: &str = "rules = [\"house.toml\"]\n";

const RULES: &str = r#"
name = "house"

[[rule]]
id = "prior-to"
kind = "substitute"
message = "Write “{replacement}”, not “{match}”"
why = "The short word says the same."
link = "https://style.example/prior-to"
severity = "warning"
replace = { "prior to" = "before" }
fix = "safe"
examples = [{ flag = "The boat left [prior to] noon.", fixed = "The boat left before noon." }]
"#;

/// Files to compare: the draft above under a configuration of its own, and the repository's specs and examples, which
/// the terminal and the server read as they are.
fn drafts(folder: &Path) -> Vec<PathBuf> {
    std::fs::write(folder.join("newslint.toml"), CONFIG).unwrap();
    std::fs::write(folder.join("house.toml"), RULES).unwrap();
    std::fs::write(folder.join("ferry.md"), DRAFT).unwrap();
    let mut all = vec![folder.join("ferry.md")];
    for start in ["tests/specs", "examples"] {
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(start)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
                let path = entry.path();
                let is_copy = path.extension().is_some_and(|e| e == "md" || e == "txt" || e == "html");
                if path.is_dir() {
                    folders.push(path);
                } else if is_copy && path.file_stem().is_some_and(|s| s != "README") {
                    all.push(path);
                }
            }
        }
    }
    all.sort();
    all
}

fn checked(paths: &[PathBuf]) -> Vec<Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_newslint"))
        .args(["check", "--stage", "draft", "--format", "json", "--fail-on", "never"])
        .args(paths)
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    report["files"].as_array().unwrap().clone()
}

/// What both say of one diagnostic, in the server's terms. Places are counted in scalar values by both.
fn in_server_terms(terminal: &Value) -> Value {
    let at = |line: &str, column: &str| {
        let from_zero = |field: &str| terminal[field].as_u64().unwrap() - 1;
        json!({ "line": from_zero(line), "character": from_zero(column) })
    };
    let severity = match terminal["severity"].as_str().unwrap() {
        "error" => 1,
        "warning" => 2,
        _ => 3,
    };
    let made = |fix: &&Value| fix["safety"] != "display";
    json!({
        "code": terminal["code"],
        "message": terminal["message"],
        "severity": severity,
        "range": { "start": at("line", "column"), "end": at("end_line", "end_column") },
        "evidence": terminal["evidence"].as_array().unwrap().len(),
        "fix": terminal["fixes"].as_array().unwrap().iter().find(made).map(|fix| &fix["title"]),
    })
}

fn of_server(shown: &Value) -> Value {
    json!({
        "code": shown["code"],
        "message": shown["message"],
        "severity": shown["severity"],
        "range": shown["range"],
        "evidence": shown.get("relatedInformation").map_or(0, |r| r.as_array().unwrap().len()),
        "fix": shown["data"].get("title"),
    })
}

#[tokio::test]
async fn the_editor_says_what_the_terminal_says() {
    let folder = tempfile::tempdir().unwrap();
    let paths = drafts(folder.path());
    let mut capabilities = able();
    capabilities["general"]["positionEncodings"] = json!(["utf-32"]);
    let (mut client, _) = Client::initialized(Engine::default(), capabilities).await;
    let mut compared = 0;
    for file in checked(&paths) {
        let path = file["path"].as_str().unwrap();
        let uri = format!("file://{}", std::path::absolute(path).unwrap().display());
        let text = std::fs::read_to_string(path).unwrap();
        client.open(&uri, "other", 1, &text).await;
        let mut editor: Vec<Value> = client.diagnostics(&uri, 1).await.iter().map(of_server).collect();
        let mut terminal: Vec<Value> = file["diagnostics"].as_array().unwrap().iter().map(in_server_terms).collect();
        // The order at one place is each side's own.
        editor.sort_by_key(Value::to_string);
        terminal.sort_by_key(Value::to_string);
        assert_eq!(editor, terminal, "{path}");
        compared += terminal.len();
        client.close(&uri).await;
    }
    assert!(compared >= 3, "{compared} diagnostics are too few to say anything");
    client.leave().await;
}

/// The page of the check and the reasons of a house rule, where they are met.
#[tokio::test]
async fn hover_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let draft = drafts(folder.path()).into_iter().find(|p| p.ends_with("ferry.md")).unwrap();
    let uri = format!("file://{}", draft.display());
    let (mut client, _) = Client::initialized(Engine::default(), able()).await;
    client.open(&uri, "markdown", 1, DRAFT).await;
    let found = client.diagnostics(&uri, 1).await;
    let rule = found.iter().find(|d| d["code"] == "house/prior-to").expect("the house rule speaks");
    assert_eq!(rule["codeDescription"]["href"], "https://style.example/prior-to");
    let check = found.iter().find(|d| d["code"] == "quotes/unattributed").expect("the check speaks");
    for (diagnostic, words) in [
        (rule, ["The short word says the same.", "https://style.example/prior-to", "house/prior-to"]),
        (check, ["Speech in quotation marks that nobody says", "Name the speaker", "quotes/unattributed"]),
    ] {
        let at = json!({ "textDocument": { "uri": uri }, "position": diagnostic["range"]["start"] });
        let answer = client.request("textDocument/hover", at).await;
        let shown = answer["result"]["contents"]["value"].as_str().unwrap_or_default().to_owned();
        for word in words {
            assert!(shown.contains(word), "“{word}” is missing in {shown}");
        }
        assert_eq!(answer["result"]["range"], diagnostic["range"]);
    }
    client.leave().await;
}

/// Our own extension shows the page of a check beside the draft.
#[tokio::test]
async fn a_client_that_shows_pages_is_given_them() {
    let folder = tempfile::tempdir().unwrap();
    let draft = drafts(folder.path()).into_iter().find(|p| p.ends_with("ferry.md")).unwrap();
    let uri = format!("file://{}", draft.display());
    let mut client = Client::start(Engine::default());
    client.initialize(json!({ "capabilities": able(), "initializationOptions": { "pages": true } })).await;
    client.open(&uri, "markdown", 1, DRAFT).await;
    let found = client.diagnostics(&uri, 1).await;
    let check = found.iter().find(|d| d["code"] == "quotes/unattributed").expect("the check speaks");
    assert_eq!(check["codeDescription"]["href"], "newslint:/quotes/unattributed.md");
    let page = client.request("newslint/page", json!({ "code": "quotes/unattributed" })).await;
    assert!(page["result"].as_str().unwrap().starts_with("# Speech in quotation marks that nobody says"));
    assert_eq!(client.request("newslint/page", json!({ "code": "no/such" })).await["result"], Value::Null);
    client.leave().await;
}
