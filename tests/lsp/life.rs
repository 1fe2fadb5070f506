//! From `initialize` to the end of the server, with clients as they are.

use serde_json::{Value, json};

use super::client::{Client, able, edit};
use super::toy;

const URI: &str = "file:///copy/harbor.md";

#[tokio::test]
async fn exit_ends_the_server_although_its_input_stays_open() {
    let (mut client, _) = Client::initialized(toy::engine(), able()).await;
    client.request("shutdown", json!(null)).await;
    client.notify("exit", json!(null)).await;
    assert!(client.ended().await, "after shutdown it is a proper end");

    let (mut client, _) = Client::initialized(toy::engine(), able()).await;
    client.send(json!({ "jsonrpc": "2.0", "method": "exit" })).await;
    assert!(!client.ended().await, "without shutdown it is not");
}

#[tokio::test]
async fn shutdown_takes_null_parameters_and_none() {
    for shutdown in [
        json!({ "jsonrpc": "2.0", "id": 9, "method": "shutdown", "params": null }),
        json!({ "jsonrpc": "2.0", "id": 9, "method": "shutdown" }),
    ] {
        let (mut client, _) = Client::initialized(toy::engine(), able()).await;
        client.send(shutdown).await;
        let answer = client.answer(9).await;
        assert_eq!((answer.get("error"), &answer["result"]), (None, &Value::Null));
        client.notify("exit", json!(null)).await;
        assert!(client.ended().await);
    }
}

#[tokio::test]
async fn the_best_encoding_that_is_offered_is_taken() {
    for (offered, taken) in [
        (json!(["utf-16"]), "utf-16"),
        (json!(["utf-16", "utf-32"]), "utf-32"),
        (json!(["utf-8", "utf-16", "utf-32"]), "utf-8"),
        (json!(null), "utf-16"),
    ] {
        let mut capabilities = able();
        capabilities["general"]["positionEncodings"] = offered;
        let (client, result) = Client::initialized(toy::engine(), capabilities).await;
        assert_eq!(result["capabilities"]["positionEncoding"], taken);
        assert_eq!(result["capabilities"]["textDocumentSync"], json!({ "openClose": true, "change": 2 }));
        assert_eq!(result["serverInfo"]["name"], "newslint");
        client.leave().await;
    }
}

#[tokio::test]
async fn a_panic_in_a_check_costs_one_version() {
    let (mut client, _) = Client::initialized(toy::engine(), able()).await;
    client.open(URI, "markdown", 1, "PANIC on teh pier\n").await;
    let notes = client.diagnostics(URI, 1).await;
    assert_eq!(notes.len(), 1);
    assert!(notes[0]["message"].as_str().unwrap().contains("newslint failed"), "{notes:?}");
    assert!(client.shown().await.contains("newslint failed"), "the user is told");

    client.change(URI, 2, json!([edit((0, 0), (0, 5), "Calm")])).await;
    let found = client.diagnostics(URI, 2).await;
    assert_eq!(found[0]["code"], "toy/typo");
    client.leave().await;
}

#[tokio::test]
async fn a_request_for_a_document_that_is_not_open_is_answered() {
    let (mut client, _) = Client::initialized(toy::engine(), able()).await;
    let at = json!({ "textDocument": { "uri": URI }, "position": { "line": 3, "character": 7 } });
    assert_eq!(client.request("textDocument/hover", at).await["result"], Value::Null);
    client.change(URI, 2, json!([{ "text": "lost" }])).await;
    let nonsense = client.request("textDocument/hover", json!({ "position": 1 })).await;
    assert_eq!(nonsense["error"]["code"], -32602);
    client.leave().await;
}

/// A server whose handlers wait for the client's answer stops reading when enough of them wait.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_answers_late_is_waited_for_by_nobody() {
    let mut client = Client::start_deaf(toy::engine());
    let mut capabilities = able();
    capabilities["workspace"]["configuration"] = json!(true);
    client.ask("initialize", json!({ "capabilities": capabilities })).await;
    // tower-lsp refuses what comes before its answer to `initialize`.
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    client.notify("initialized", json!({})).await;
    client.open(URI, "markdown", 0, "").await;
    for version in 1..=400 {
        client.notify("workspace/didChangeConfiguration", json!({ "settings": {} })).await;
        client.change(URI, version, json!([edit((0, 0), (0, 0), "teh ")])).await;
    }
    client.listen();
    client.answer(1).await;
    assert_eq!(client.diagnostics(URI, 400).await.len(), 400);
    assert!(client.asked.iter().all(|m| m["method"] == "workspace/configuration"));
    client.leave().await;
}

/// The shapes of two editors' `initialize`, with what they send beside what is needed.
#[tokio::test]
async fn editors_initialize_as_they_do() {
    let code = json!({
        "processId": std::process::id(),
        "clientInfo": { "name": "Visual Studio Code", "version": "1.100.3" },
        "locale": "en",
        "rootPath": "/copy",
        "rootUri": "file:///copy",
        "capabilities": {
            "workspace": {
                "applyEdit": true,
                "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create", "rename", "delete"],
                    "failureHandling": "textOnlyTransactional", "normalizesLineEndings": true,
                    "changeAnnotationSupport": { "groupsOnLabel": true } },
                "configuration": true,
                "didChangeWatchedFiles": { "dynamicRegistration": true, "relativePatternSupport": true },
                "didChangeConfiguration": { "dynamicRegistration": true },
                "workspaceFolders": true,
                "diagnostics": { "refreshSupport": true },
                "semanticTokens": { "refreshSupport": true }
            },
            "textDocument": {
                "publishDiagnostics": { "relatedInformation": true, "versionSupport": false,
                    "tagSupport": { "valueSet": [1, 2] }, "codeDescriptionSupport": true, "dataSupport": true },
                "synchronization": { "dynamicRegistration": true, "willSave": true, "willSaveWaitUntil": true, "didSave": true },
                "hover": { "dynamicRegistration": true, "contentFormat": ["markdown", "plaintext"] },
                "codeAction": { "dynamicRegistration": true, "isPreferredSupport": true, "disabledSupport": true,
                    "dataSupport": true, "resolveSupport": { "properties": ["edit"] },
                    "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["", "quickfix", "source", "source.fixAll"] } },
                    "honorsChangeAnnotations": true },
                "diagnostic": { "dynamicRegistration": true, "relatedDocumentSupport": false }
            },
            "window": { "showMessage": { "messageActionItem": { "additionalPropertiesSupport": true } },
                "showDocument": { "support": true }, "workDoneProgress": true },
            "general": { "staleRequestSupport": { "cancel": true, "retryOnContentModified": [] },
                "regularExpressions": { "engine": "ECMAScript", "version": "ES2020" },
                "markdown": { "parser": "marked", "version": "1.1.0" }, "positionEncodings": ["utf-16"] },
            "notebookDocument": { "synchronization": { "dynamicRegistration": true, "executionSummarySupport": true } }
        },
        "initializationOptions": { "maxFileBytes": 1000000 },
        "trace": "off",
        "workspaceFolders": [{ "uri": "file:///copy", "name": "copy" }]
    });
    let neovim = json!({
        "processId": null,
        "clientInfo": { "name": "Neovim", "version": "0.7.2" },
        "rootPath": null,
        "rootUri": null,
        "capabilities": {
            "workspace": { "workspaceFolders": true, "applyEdit": true, "configuration": true,
                "workspaceEdit": { "resourceOperations": ["rename", "create", "delete"] } },
            "textDocument": {
                "publishDiagnostics": { "relatedInformation": true, "tagSupport": { "valueSet": [1, 2] } },
                "synchronization": { "dynamicRegistration": false, "willSave": false, "willSaveWaitUntil": false, "didSave": true },
                "hover": { "dynamicRegistration": false, "contentFormat": ["markdown", "plaintext"] },
                "codeAction": { "dynamicRegistration": false, "dataSupport": true,
                    "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["", "quickfix", "source"] } } }
            },
            "window": { "showMessage": { "messageActionItem": { "additionalPropertiesSupport": false } }, "workDoneProgress": true },
            "callHierarchy": { "dynamicRegistration": false }
        },
        "trace": "off",
        "workspaceFolders": null
    });
    for params in [code, neovim] {
        let mut client = Client::start(toy::engine());
        let watches = params.pointer("/capabilities/workspace/didChangeWatchedFiles").is_some();
        client.initialize(params).await;
        client.open(URI, "markdown", 5, "At teh quay\n").await;
        assert_eq!(client.diagnostics(URI, 5).await.len(), 2);
        let asked: Vec<&str> = client.asked.iter().filter_map(|m| m["method"].as_str()).collect();
        assert_eq!(asked.contains(&"client/registerCapability"), watches, "{asked:?}");
        client.leave().await;
    }
}
