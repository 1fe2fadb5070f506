//! One keystroke in a draft of 5,000 words: from the editor's didChange to the diagnostics that are published for it; and
//! the part of it that is the check itself.

mod copy;

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use newslint::corpus::Reference;
use newslint::lint::{Settings, lint};
use newslint::lsp::{Engine, serve};
use newslint::source::{Draft, Format};
use newslint::text::decode::Encoding;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream};

const WORDS: usize = 5000;
const URI: &str = "file:///copy/harbor.md";

struct Editor {
    to_server: DuplexStream,
    from_server: BufReader<DuplexStream>,
    version: i32,
}

impl Editor {
    async fn start(text: &str) -> Editor {
        let (to_server, input) = tokio::io::duplex(1 << 16);
        let (output, from_server) = tokio::io::duplex(1 << 16);
        tokio::spawn(async move { serve(input, output, Engine::default()).await });
        let mut editor = Editor { to_server, from_server: BufReader::new(from_server), version: 1 };
        editor
            .send(json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "capabilities": {} } }))
            .await;
        editor.read_until(|m| m["id"] == 1).await;
        editor.notify("initialized", json!({})).await;
        let document = json!({ "uri": URI, "languageId": "markdown", "version": 1, "text": text });
        editor.notify("textDocument/didOpen", json!({ "textDocument": document })).await;
        editor.published().await;
        editor
    }

    async fn send(&mut self, message: Value) {
        let body = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.to_server.write_all(frame.as_bytes()).await.expect("the server reads");
    }

    async fn notify(&mut self, method: &str, params: Value) {
        self.send(json!({ "jsonrpc": "2.0", "method": method, "params": params })).await;
    }

    async fn read_until(&mut self, is_it: impl Fn(&Value) -> bool) {
        loop {
            let mut length = 0;
            loop {
                let mut line = String::new();
                self.from_server.read_line(&mut line).await.expect("the server writes");
                match line.trim_end().strip_prefix("Content-Length: ") {
                    Some(value) => length = value.parse().expect("a length"),
                    None => break,
                }
            }
            let mut body = vec![0; length];
            self.from_server.read_exact(&mut body).await.expect("a whole message");
            if is_it(&serde_json::from_slice(&body).expect("JSON")) {
                return;
            }
        }
    }

    /// Waits for the diagnostics of the latest version.
    async fn published(&mut self) {
        let version = self.version;
        self.read_until(|m| m["params"]["version"] == version).await;
    }

    /// Types a letter in the middle of the draft, and takes it back the next time.
    async fn type_letter(&mut self) {
        self.version += 1;
        let (end, text) = if self.version % 2 == 0 { (10, "x") } else { (11, "") };
        let range = json!({ "start": { "line": 80, "character": 10 }, "end": { "line": 80, "character": end } });
        let change = json!({ "range": range, "text": text });
        let document = json!({ "uri": URI, "version": self.version });
        let params = json!({ "textDocument": document, "contentChanges": [change] });
        self.notify("textDocument/didChange", params).await;
        self.published().await;
    }
}

fn keystroke(criterion: &mut Criterion) {
    let text = copy::draft(WORDS);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let mut editor = runtime.block_on(Editor::start(&text));
    criterion.bench_function("keystroke: didChange to published, 5,000 words", |bencher| {
        bencher.iter(|| runtime.block_on(editor.type_letter()));
    });
}

fn whole_draft(criterion: &mut Criterion) {
    let text: std::sync::Arc<str> = copy::draft(WORDS).into();
    let (settings, reference) = (Settings::built_in(), Reference::default());
    criterion.bench_function("read and lint, 5,000 words", |bencher| {
        bencher.iter(|| {
            let draft = Draft::read(Path::new("harbor.md"), Format::Markdown, Encoding::Utf8, text.clone());
            black_box(lint(&draft, &settings, &reference))
        });
    });
}

criterion_group!(benches, keystroke, whole_draft);
criterion_main!(benches);
