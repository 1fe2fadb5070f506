//! A client that knows what it expects: a message that no test read fails the test.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use newslint::lsp::{Engine, serve};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Longer than anything takes on a machine that does other things too.
const PATIENCE: Duration = Duration::from_secs(20);

/// Small enough that both sides come to wait for each other if they can.
const PIPE: usize = 4096;

pub struct Client {
    to_server: DuplexStream,
    from_server: Option<DuplexStream>,
    inbox: mpsc::UnboundedReceiver<Value>,
    arrived: mpsc::UnboundedSender<Value>,
    /// Messages that came while another was waited for.
    unread: VecDeque<Value>,
    server: Option<JoinHandle<anyhow::Result<bool>>>,
    last_id: i64,
    open: BTreeSet<String>,
    /// What `workspace/configuration` is answered with.
    pub settings: Value,
    /// The server's requests, all of which are answered.
    pub asked: Vec<Value>,
    /// What the server wrote to its log.
    pub log: Vec<String>,
}

/// Abilities that most editors have.
pub fn able() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "workspace": { "workspaceEdit": { "documentChanges": true } },
        "textDocument": {
            "publishDiagnostics": {
                "relatedInformation": true, "codeDescriptionSupport": true, "dataSupport": true, "versionSupport": true
            },
            "codeAction": {
                "isPreferredSupport": true,
                "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "source.fixAll"] } }
            },
            "hover": { "contentFormat": ["markdown", "plaintext"] }
        }
    })
}

impl Client {
    /// A server that runs, with nothing said yet.
    pub fn start(engine: Engine) -> Client {
        let mut client = Client::start_deaf(engine);
        client.listen();
        client
    }

    /// The same, for a client that does not read until it [`listen`](Client::listen)s.
    pub fn start_deaf(engine: Engine) -> Client {
        let (to_server, input) = tokio::io::duplex(PIPE);
        let (output, from_server) = tokio::io::duplex(PIPE);
        let server = tokio::spawn(async move { serve(input, output, engine).await });
        let (arrived, inbox) = mpsc::unbounded_channel();
        Client {
            to_server,
            from_server: Some(from_server),
            inbox,
            arrived,
            unread: VecDeque::new(),
            server: Some(server),
            last_id: 0,
            open: BTreeSet::new(),
            settings: json!({}),
            asked: Vec::new(),
            log: Vec::new(),
        }
    }

    /// A server that was initialized by a client with these abilities; its answer.
    pub async fn initialized(engine: Engine, capabilities: Value) -> (Client, Value) {
        let mut client = Client::start(engine);
        let result = client.initialize(json!({ "capabilities": capabilities })).await;
        (client, result)
    }

    pub async fn initialize(&mut self, params: Value) -> Value {
        let answer = self.request("initialize", params).await;
        self.notify("initialized", json!({})).await;
        answer["result"].clone()
    }

    /// Starts to read what the server writes.
    pub fn listen(&mut self) {
        let mut reader = BufReader::new(self.from_server.take().expect("a client listens once"));
        let arrived = self.arrived.clone();
        tokio::spawn(async move {
            while let Some(message) = read(&mut reader).await {
                if arrived.send(message).is_err() {
                    break;
                }
            }
        });
    }

    pub async fn send(&mut self, message: Value) {
        let body = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        let written = tokio::time::timeout(PATIENCE, self.to_server.write_all(frame.as_bytes())).await;
        written.expect("the server does not read").expect("the server is gone");
    }

    pub async fn notify(&mut self, method: &str, params: Value) {
        self.send(json!({ "jsonrpc": "2.0", "method": method, "params": params })).await;
    }

    /// Sends a request and does not wait; its id.
    pub async fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        let id = self.last_id;
        self.send(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })).await;
        id
    }

    pub async fn answer(&mut self, id: i64) -> Value {
        self.wait_for(|m| m["id"] == id && m.get("method").is_none()).await
    }

    pub async fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params).await;
        self.answer(id).await
    }

    pub async fn open(&mut self, uri: &str, language: &str, version: i32, text: &str) {
        self.open.insert(uri.to_owned());
        let document = json!({ "uri": uri, "languageId": language, "version": version, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document })).await;
    }

    pub async fn change(&mut self, uri: &str, version: i32, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes })).await;
    }

    /// Closes a document; the server takes back what it said of it.
    pub async fn close(&mut self, uri: &str) {
        self.open.remove(uri);
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } })).await;
        let taken_back = self.published(uri).await;
        assert_eq!(taken_back["diagnostics"], json!([]), "left behind at {uri}");
    }

    /// The next diagnostics that are published for `uri`.
    pub async fn published(&mut self, uri: &str) -> Value {
        let is_it = |m: &Value| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == uri;
        self.wait_for(is_it).await["params"].take()
    }

    /// The diagnostics for `version` of `uri`; those of earlier versions are skipped, later ones are a failure.
    pub async fn diagnostics(&mut self, uri: &str, version: i32) -> Vec<Value> {
        loop {
            let mut params = self.published(uri).await;
            let published = params["version"].as_i64().expect("a version with the diagnostics");
            assert!(published <= i64::from(version), "version {published} was never sent");
            if published == i64::from(version) {
                let Value::Array(diagnostics) = params["diagnostics"].take() else { panic!("no list: {params}") };
                return diagnostics;
            }
        }
    }

    /// What the server shows to the user.
    pub async fn shown(&mut self) -> String {
        let message = self.wait_for(|m| m["method"] == "window/showMessage").await;
        message["params"]["message"].as_str().unwrap_or_default().to_owned()
    }

    pub async fn wait_for(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.unread.iter().position(&is_it) {
            return self.unread.remove(at).expect("it was found there");
        }
        loop {
            let message = tokio::time::timeout(PATIENCE, self.inbox.recv()).await;
            let message = message.expect("the server says nothing").expect("this client holds a sender");
            if is_it(&message) {
                return message;
            }
            self.keep(message).await;
        }
    }

    /// Answers requests, files log lines, and keeps the rest for whoever waits for it.
    async fn keep(&mut self, message: Value) {
        let method = message["method"].as_str();
        match (method, message.get("id")) {
            (Some("window/logMessage"), _) => {
                self.log.push(message["params"]["message"].as_str().unwrap_or_default().to_owned());
            }
            (Some(method), Some(id)) => {
                let result = match method {
                    "workspace/configuration" => json!([self.settings]),
                    _ => Value::Null,
                };
                let answer = json!({ "jsonrpc": "2.0", "id": id, "result": result });
                self.asked.push(message);
                Box::pin(self.send(answer)).await;
            }
            _ => self.unread.push_back(message),
        }
    }

    /// Leaves as the protocol says: everything that was shown is taken back, and nothing is left unread.
    pub async fn leave(mut self) {
        let answer = self.request("shutdown", Value::Null).await;
        assert_eq!(answer.get("error"), None);
        for uri in std::mem::take(&mut self.open) {
            while self.published(&uri).await["diagnostics"] != json!([]) {}
        }
        self.notify("exit", Value::Null).await;
        assert!(self.ended().await, "it ended as after no shutdown");
    }

    /// Waits for the server's end. Whether it was shut down before.
    pub async fn ended(&mut self) -> bool {
        let server = self.server.take().expect("a server ends once");
        let ended = tokio::time::timeout(Duration::from_secs(2), server).await;
        ended.expect("the server does not end").expect("the server panicked").expect("the server failed")
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        while let Ok(message) = self.inbox.try_recv() {
            self.unread.push_back(message);
        }
        self.unread.retain(|m| m["method"] != "window/logMessage");
        assert!(self.unread.is_empty(), "nobody read {:#?}", self.unread);
    }
}

async fn read(reader: &mut BufReader<DuplexStream>) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.parse().ok(),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length?];
    reader.read_exact(&mut body).await.ok()?;
    Some(serde_json::from_slice(&body).expect("the server writes JSON"))
}

/// A change of the words between two places.
pub fn edit(from: (u32, u32), to: (u32, u32), text: &str) -> Value {
    let at = |(line, character)| json!({ "line": line, "character": character });
    json!({ "range": { "start": at(from), "end": at(to) }, "text": text })
}
