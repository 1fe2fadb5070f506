//! Facts files and the archive as somebody at the editor meets them: links, hovers, and what changes on disk.

use std::fs;
use std::path::PathBuf;

use newslint::lsp::Engine;
use serde_json::{Value, json};

use super::client::{Client, able};

const FACTS: &str = "[[person]]\nname = \"Marta Oyelaran\"\nwrong = [\"Martha Oyelaran\"]\ntitles = [{ title = \"mayor of \
    Brackwater\", from = 2022-05-10 }]\n\n[[figure]]\nwhat = \"people at the mill\"\nmatch = [\"{figure} workers\"]\n\
    value = \"412\"\n";

const MILL: &str = "Mill fire leaves 412 workers idle\n\nA fire destroyed the spinning hall of the Tarn Street mill in \
    Brackwater on Tuesday, the fire service said.\n\n“We will not let this mill close while there is a single order on its \
    books,” Mayor Marta Oyelaran said. Fire chief Dennis Kolb said 37 people were treated for smoke.\n";

const WIRE: &str = r#"{"headline":"Kolb: it began in the boiler room","text":"Fire chief Dennis Kolb said the fire at the Tarn Street mill in Brackwater began in the boiler room.\n\n“Nobody could have reached that valve in time, and nobody should be asked to,” Kolb said.","date":"2026-02-04","outlet":"Tarn Valley Echo","id":"k1"}"#;

const DRAFT: &str = "---\ndate: 2026-02-05\n---\n\nThe owner of the Tarn Street mill in Brackwater said all 421 workers would \
    stay after the fire. Fire chief Dennis Kolb said 37 people were treated for smoke.\n\n“Nobody could have reached that \
    valve in time, and nobody should have been asked to,” Kolb said.\n\n“We will not let this mill close while there is one \
    order on its books,” Mayor Marta Oyelaran said.\n";

/// A folder with facts, two earlier stories and a draft.
struct Desk {
    root: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk { root: tempfile::tempdir().unwrap() };
        fs::create_dir(desk.path("archive")).unwrap();
        desk.write("newslint.toml", "[corpus]\nfacts = [\"facts.*\"]\narchive = [\"archive/*\"]\n");
        desk.write("facts.toml", FACTS);
        desk.write("archive/2026-02-03-mill.txt", MILL);
        desk.write("archive/2026-02-04.jsonl", WIRE);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}", self.path(name).display())
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// What another program does: `newslint corpus …`.
    fn corpus(&self, arguments: &[&str]) {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_newslint"));
        let done = command.arg("corpus").args(arguments).current_dir(self.root.path()).output().unwrap();
        assert!(done.status.success(), "{done:?}");
    }

    async fn open(&self, text: &str) -> (Client, String) {
        let (mut client, _) = Client::initialized(Engine::default(), able()).await;
        let uri = self.uri("draft.md");
        client.open(&uri, "markdown", 1, text).await;
        (client, uri)
    }
}

fn with_code<'a>(diagnostics: &'a [Value], code: &str) -> Vec<&'a Value> {
    diagnostics.iter().filter(|d| d["code"] == code).collect()
}

/// The file that a link leads to, and the words it leads to there.
fn followed(diagnostic: &Value) -> (PathBuf, String) {
    let location = &diagnostic["relatedInformation"][0]["location"];
    let uri = tower_lsp::lsp_types::Url::parse(location["uri"].as_str().unwrap()).unwrap();
    let path = uri.to_file_path().unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let at = |end: &str, of: &str| location["range"][end][of].as_u64().unwrap() as usize;
    let line = text.lines().nth(at("start", "line")).unwrap();
    let units: Vec<u16> = line.encode_utf16().collect();
    let words = String::from_utf16(&units[at("start", "character")..at("end", "character")]).unwrap();
    (path, words)
}

async fn hover(client: &mut Client, uri: &str, text: &str, words: &str) -> Option<String> {
    let at = text.find(words).unwrap() + 1;
    let line = text[..at].matches('\n').count();
    let column = text[..at].rsplit('\n').next().unwrap().encode_utf16().count();
    let position = json!({ "line": line, "character": column });
    let params = json!({ "textDocument": { "uri": uri }, "position": position });
    let answer = client.request("textDocument/hover", params).await;
    answer["result"]["contents"]["value"].as_str().map(str::to_owned)
}

/// A link opens the story's own file at the words; where the file has lost them, the story as the archive keeps it.
#[tokio::test]
async fn links_open_the_story_at_the_words() {
    let desk = Desk::new();
    desk.corpus(&["update", "--quiet"]);
    let (mut client, uri) = desk.open(DRAFT).await;
    let diagnostics = client.diagnostics(&uri, 1).await;
    let altered = with_code(&diagnostics, "quotes/altered");
    let [valve, order] = altered.as_slice() else { panic!("{diagnostics:#?}") };

    let (path, words) = followed(order);
    assert_eq!((path, words.as_str()), (desk.path("archive/2026-02-03-mill.txt"), "is a single order"));

    let (path, words) = followed(valve);
    assert_eq!(words, "should be asked");
    let name = path.file_name().unwrap().to_str().unwrap();
    assert_eq!(name, "2026-02-04 Kolb it began in the boiler room.txt");
    let message = valve["relatedInformation"][0]["message"].as_str().unwrap();
    assert!(message.ends_with("(Tarn Valley Echo, 2026-02-04)"), "{message}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(path.parent().unwrap().parent().unwrap()), 0o700, "only its owner comes in");
        assert_eq!(mode(&path) & 0o222, 0, "nobody writes it");
    }
    // Opened, it is no copy to be checked.
    let shown = format!("file://{}", path.display()).replace(' ', "%20");
    client.open(&shown, "plaintext", 1, &fs::read_to_string(&path).unwrap()).await;
    assert_eq!(client.diagnostics(&shown, 1).await, Vec::<Value>::new());

    // A paragraph came before the words; then the story was rewritten; then its file went.
    let story = desk.path("archive/2026-02-03-mill.txt");
    let mut version = 1;
    for (text, expected) in [
        (Some(format!("Corrected on Friday.\n\n{MILL}")), true),
        (Some("The story was taken back.\n".to_owned()), false),
        (None, false),
    ] {
        match text {
            Some(text) => fs::write(&story, text).unwrap(),
            None => fs::remove_file(&story).unwrap(),
        }
        version += 1;
        client.change(&uri, version, json!([{ "text": DRAFT }])).await;
        let diagnostics = client.diagnostics(&uri, version).await;
        let (path, words) = followed(with_code(&diagnostics, "quotes/altered")[1]);
        assert_eq!((path == story, words.as_str()), (expected, "is a single order"));
    }
    client.leave().await;
    assert!(!path.exists(), "the copies go with the server");
}

#[tokio::test]
async fn a_hover_says_what_was_printed_before() {
    let desk = Desk::new();
    desk.corpus(&["update", "--quiet"]);
    let (mut client, uri) = desk.open(DRAFT).await;
    client.diagnostics(&uri, 1).await;
    let mut at = async |words: &str| hover(&mut client, &uri, DRAFT, words).await.unwrap_or_default();

    let mayor = at("Marta").await;
    assert!(mayor.starts_with("Facts file: “Marta Oyelaran”, mayor of Brackwater (since 2022-05-10)"), "{mayor}");
    assert!(
        mayor.contains("never “Martha Oyelaran”") && mayor.contains("Printed before as “Marta Oyelaran” in 1 story")
    );

    let chief = at("Dennis Kolb").await;
    let known = "Printed before as “Dennis Kolb” in 2 stories (latest: Tarn Valley Echo, 2026-02-04, “Kolb: it began in the boiler room”)";
    assert_eq!(chief, format!("{known}\n\nCalled “Fire chief” in 2 stories"));

    assert!(at("421").await.starts_with("Facts file: people at the mill, 412"));
    assert_eq!(
        at("37 people").await,
        "Printed before: “37 people were treated” (2026-02-03, “Mill fire leaves 412 workers idle”)"
    );

    let words = at("Nobody could").await;
    assert!(words.starts_with("Printed before: Dennis Kolb: “Nobody could have reached that valve in time"), "{words}");
    assert_eq!(at("The owner").await, "", "of which nothing is known");
    client.leave().await;
}

/// A name that must not be published is told by no hover either.
#[tokio::test]
async fn a_hover_keeps_secrets() {
    let desk = Desk::new();
    desk.corpus(&["update", "--quiet"]);
    desk.write("facts.toml", "[[never]]\nname = \"Dennis Kolb\"\nwhy = \"court order\"\n");
    let (mut client, uri) = desk.open(DRAFT).await;
    client.diagnostics(&uri, 1).await;
    for words in ["Dennis Kolb", "Nobody could"] {
        let told = hover(&mut client, &uri, DRAFT, words).await.unwrap_or_default();
        assert!(!told.contains("Dennis Kolb"), "{told}");
    }
    client.leave().await;
}

/// A facts file that is saved, in TOML or CSV, and an archive that another program writes to.
#[tokio::test]
async fn what_changes_on_disk_is_checked_against_at_once() {
    let desk = Desk::new();
    desk.corpus(&["update", "--quiet"]);
    let text = "---\ndate: 2026-02-05\n---\n\nUnion leader Tess Volan spoke on Tuesday about the fire at the mill.\n";
    let (mut client, uri) = desk.open(text).await;
    assert_eq!(client.diagnostics(&uri, 1).await, Vec::<Value>::new());

    desk.write("facts.csv", "table,name,wrong\nperson,Tess Vollan,Tess Volan\n");
    let found = client.diagnostics(&uri, 1).await;
    assert_eq!(with_code(&found, "names/reference").len(), 1, "a facts file that came: {found:#?}");
    let (path, words) = followed(&found[0]);
    assert_eq!((path, words.as_str()), (desk.path("facts.csv"), "Tess Vollan"));

    desk.write("facts.csv", "table,name,wrong\nperson,Tess Volan,Tess Vollan\n");
    assert_eq!(client.diagnostics(&uri, 1).await, Vec::<Value>::new(), "a facts file that changed");

    fs::remove_file(desk.path("facts.csv")).unwrap();
    client.diagnostics(&uri, 1).await;
    desk.write("more.txt", "DERRY — Union leader Tess Volan said on Friday that 14 engines were sent to the mill.\n");
    desk.corpus(&["add", "more.txt", "--date", "2026-02-04", "--quiet"]);
    client.diagnostics(&uri, 1).await;
    let told = hover(&mut client, &uri, text, "Tess Volan").await.unwrap();
    assert!(told.contains("“Tess Volan” in 1 story"), "a story that another program added: {told}");
    client.leave().await;
}

/// The stories that the configuration names are taken in while the draft is open; the client sees how far it is.
#[tokio::test]
async fn earlier_stories_are_taken_in_beside_the_typing() {
    let desk = Desk::new();
    for n in 0..1500 {
        let name = format!("archive/2025-{:02}-{:02}-{n}.txt", n % 12 + 1, n % 28 + 1);
        desk.write(&name, &MILL.replace("37", &(n + 40).to_string()));
    }
    let mut capabilities = able();
    capabilities["window"] = json!({ "workDoneProgress": true });
    let (mut client, _) = Client::initialized(Engine::default(), capabilities).await;
    let uri = desk.uri("draft.md");
    client.open(&uri, "markdown", 1, DRAFT).await;
    client.diagnostics(&uri, 1).await;
    let shown =
        |kind: &'static str| move |m: &Value| m["method"] == "$/progress" && m["params"]["value"]["kind"] == kind;
    let begun = client.wait_for(shown("begin")).await;
    assert!(begun["params"]["token"].is_string(), "some clients know no other tokens");
    client.change(&uri, 2, json!([{ "text": DRAFT }])).await;
    client.diagnostics(&uri, 2).await;
    let ended = loop {
        let told = client.wait_for(|m| m["method"] == "$/progress").await;
        match told["params"]["value"]["kind"].as_str() {
            Some("end") => break told,
            kind => assert_eq!(kind, Some("report")),
        }
    };
    assert_eq!(ended["params"]["value"]["message"], "1502 stories taken in");
    // Then it counts.
    while with_code(&client.diagnostics(&uri, 2).await, "quotes/altered").len() < 2 {}
    client.leave().await;
}
