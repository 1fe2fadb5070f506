//! Configuration on disk, changed while drafts are open.

use std::fs;

use newslint::corpus::Reference;
use newslint::diagnostic::Diagnostic;
use newslint::lint::Settings;
use newslint::lsp::Engine;
use newslint::source::Draft;
use serde_json::{Value, json};

use super::client::{Client, able};
use super::toy;

/// The toy linter, which says the locale that is in force instead of what it found.
fn locale() -> Engine {
    Engine::new(|draft: &Draft, settings: &Settings, reference: &Reference| -> Vec<Diagnostic> {
        let mut found = toy::lint(draft, settings, reference);
        for diagnostic in &mut found {
            diagnostic.message = settings.locale.clone().unwrap_or_else(|| "none".to_owned());
        }
        found
    })
}

struct Folder {
    root: tempfile::TempDir,
}

impl Folder {
    fn new() -> Folder {
        Folder { root: tempfile::tempdir().unwrap() }
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}", self.root.path().join(name).display())
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.root.path().join(name), text).unwrap();
    }
}

async fn start(folder: &Folder) -> Client {
    let mut capabilities = able();
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
    let mut client = Client::start(locale());
    let root = folder.uri("");
    client
        .initialize(json!({ "capabilities": capabilities, "workspaceFolders": [{ "uri": root, "name": "copy" }] }))
        .await;
    client
}

async fn touched(client: &mut Client, uri: &str) {
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": 2 }] })).await;
}

fn messages(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().filter_map(|d| d["message"].as_str()).collect()
}

#[tokio::test]
async fn a_change_on_disk_is_seen_in_open_drafts() {
    let folder = Folder::new();
    let (draft, config) = (folder.uri("harbor.md"), folder.uri("newslint.toml"));
    let mut client = start(&folder).await;
    client.open(&draft, "markdown", 4, "teh\n").await;
    assert_eq!(messages(&client.diagnostics(&draft, 4).await), ["none"]);

    folder.write("newslint.toml", "locale = \"en-GB\"\n");
    touched(&mut client, &config).await;
    assert_eq!(messages(&client.diagnostics(&draft, 4).await), ["en-GB"], "a file that came");

    folder.write("newslint.toml", "locale = \"en-AU\" # changed\n");
    touched(&mut client, &config).await;
    assert_eq!(messages(&client.diagnostics(&draft, 4).await), ["en-AU"], "a file that changed");

    fs::remove_file(folder.root.path().join("newslint.toml")).unwrap();
    touched(&mut client, &config).await;
    assert_eq!(messages(&client.diagnostics(&draft, 4).await), ["none"], "a file that went");
    client.leave().await;
}

/// Not every client watches files, and none watches a folder that it has not open.
#[tokio::test]
async fn a_change_is_seen_without_the_client_too() {
    let folder = Folder::new();
    folder.write("newslint.toml", "locale = \"en-GB\"\n");
    let draft = folder.uri("harbor.md");
    let (mut client, _) = Client::initialized(locale(), able()).await;
    client.open(&draft, "markdown", 1, "teh\n").await;
    assert_eq!(messages(&client.diagnostics(&draft, 1).await), ["en-GB"]);
    folder.write("newslint.toml", "locale = \"en-US\" # changed\n");
    assert_eq!(messages(&client.diagnostics(&draft, 1).await), ["en-US"]);
    client.leave().await;
}

#[tokio::test]
async fn the_last_configuration_that_loaded_is_kept_and_the_user_told() {
    let folder = Folder::new();
    let (draft, config) = (folder.uri("harbor.md"), folder.uri("newslint.toml"));
    folder.write("newslint.toml", "locale = \"en-GB\"\n");
    let mut client = start(&folder).await;
    client.open(&draft, "markdown", 1, "teh\n").await;
    assert_eq!(messages(&client.diagnostics(&draft, 1).await), ["en-GB"]);

    folder.write("newslint.toml", "locale = \"en-US\"\nlocal = 3\n");
    touched(&mut client, &config).await;
    let told = client.shown().await;
    assert!(told.contains("newslint.toml:2:1") && told.contains("stays in force"), "{told}");
    let mistakes = client.published(&config).await;
    assert_eq!(mistakes["diagnostics"][0]["range"]["start"], json!({ "line": 1, "character": 0 }));
    client.change(&draft, 2, json!([{ "text": "teh teh" }])).await;
    assert_eq!(messages(&client.diagnostics(&draft, 2).await), ["en-GB", "en-GB"]);

    folder.write("newslint.toml", "locale = \"en-NZ\"\n");
    touched(&mut client, &config).await;
    assert_eq!(client.published(&config).await["diagnostics"], json!([]), "mended, and taken back");
    assert_eq!(messages(&client.diagnostics(&draft, 2).await), ["en-NZ", "en-NZ"]);
    client.leave().await;
}

#[tokio::test]
async fn what_is_sound_of_a_broken_configuration_is_in_force() {
    let folder = Folder::new();
    let (draft, config) = (folder.uri("harbor.md"), folder.uri("newslint.toml"));
    folder.write("newslint.toml", "locale = \"en-GB\"\nlocal = 3\n");
    let mut client = start(&folder).await;
    client.open(&draft, "markdown", 1, "teh\n").await;
    assert_eq!(messages(&client.diagnostics(&draft, 1).await), ["en-GB"]);
    assert!(client.shown().await.contains("newslint.toml:2:1"));
    assert_eq!(client.published(&config).await["diagnostics"].as_array().unwrap().len(), 1);
    client.leave().await;
}

#[tokio::test]
async fn settings_of_the_editor_are_asked_for_again_when_they_change() {
    let mut capabilities = able();
    capabilities["workspace"]["configuration"] = json!(true);
    let (mut client, _) = Client::initialized(toy::engine(), capabilities).await;
    let uri = "file:///copy/harbor.md";
    client.open(uri, "markdown", 1, "teh\n").await;
    assert_eq!(client.diagnostics(uri, 1).await[0]["code"], "toy/typo");
    client.settings = json!({ "maxFileBytes": 2 });
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null })).await;
    let notes = client.diagnostics(uri, 1).await;
    assert!(messages(&notes)[0].starts_with("Not checked"), "{notes:?}");
    client.leave().await;
}

/// What lies beside a draft says what not to report in it, as it does in the terminal.
#[tokio::test]
async fn a_sidecar_is_read_and_watched() {
    let folder = Folder::new();
    let (draft, sidecar) = (folder.uri("harbor.md"), folder.uri("harbor.newslint.toml"));
    let speech =
        "Nobody came.\n\n“We walk four miles to the shop and four miles back, every day.”\n\nThe road is long.\n";
    let (mut client, _) = Client::initialized(Engine::default(), able()).await;
    client.open(&draft, "markdown", 1, speech).await;
    assert_eq!(client.diagnostics(&draft, 1).await.len(), 1);

    folder.write("harbor.newslint.toml", "[[ignore]]\ncode = \"quotes/unattributed\"\nwhy = \"a chorus\"\n");
    touched(&mut client, &sidecar).await;
    assert!(client.diagnostics(&draft, 1).await.is_empty());

    folder.write("harbor.newslint.toml", "[[ignore]]\ncoda = \"quotes/unattributed\"\n");
    touched(&mut client, &sidecar).await;
    assert_eq!(client.diagnostics(&draft, 1).await.len(), 1);
    let mistakes = client.published(&sidecar).await;
    assert!(!mistakes["diagnostics"].as_array().unwrap().is_empty(), "its mistake is shown in it");
    fs::remove_file(folder.root.path().join("harbor.newslint.toml")).unwrap();
    touched(&mut client, &sidecar).await;
    assert_eq!(client.published(&sidecar).await["diagnostics"], json!([]));
    assert_eq!(client.diagnostics(&draft, 1).await.len(), 1);
    client.leave().await;
}
