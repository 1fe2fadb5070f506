//! `newslint lsp` as a process.

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Runs the server with these messages, standard input left open; its exit code and what it wrote.
fn run(arguments: &[&str], messages: &[Value]) -> (Option<i32>, Vec<Value>) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_newslint"))
        .arg("lsp")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = server.stdin.take().unwrap();
    let mut output = server.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut all = Vec::new();
        output.read_to_end(&mut all).unwrap();
        all
    });
    for message in messages {
        let body = message.to_string();
        write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        input.flush().unwrap();
        // tower-lsp refuses what comes before its answer to `initialize`.
        std::thread::sleep(Duration::from_millis(if message["method"] == "initialize" { 300 } else { 0 }));
    }
    let start = Instant::now();
    let code = loop {
        if let Some(status) = server.try_wait().unwrap() {
            break status.code();
        }
        if start.elapsed() > Duration::from_secs(10) {
            server.kill().unwrap();
            panic!("the server does not end");
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    drop(input);
    (code, frames(&reader.join().unwrap()))
}

/// Standard output is the protocol's alone: every byte of it belongs to a message.
fn frames(mut bytes: &[u8]) -> Vec<Value> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        let head = bytes.windows(4).position(|w| w == b"\r\n\r\n").expect("a head");
        let fields = std::str::from_utf8(&bytes[..head]).unwrap();
        let length: usize = fields.strip_prefix("Content-Length: ").expect("a length").parse().unwrap();
        all.push(serde_json::from_slice(&bytes[head + 4..head + 4 + length]).unwrap());
        bytes = &bytes[head + 4 + length..];
    }
    all
}

fn initialize() -> Value {
    json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "capabilities": {} } })
}

#[test]
fn the_exit_code_tells_whether_the_client_shut_it_down() {
    let shutdown = json!({ "jsonrpc": "2.0", "id": 2, "method": "shutdown", "params": null });
    let exit = json!({ "jsonrpc": "2.0", "method": "exit" });
    let (code, written) = run(&["--stdio"], &[initialize(), shutdown, exit.clone()]);
    assert_eq!(code, Some(0));
    assert_eq!(written.last().map(|m| &m["id"]), Some(&json!(2)), "the answer to shutdown arrives before the end");
    assert_eq!(run(&[], &[initialize(), exit]).0, Some(1));
}

#[test]
fn a_recording_holds_both_sides() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("talk.jsonl");
    let exit = json!({ "jsonrpc": "2.0", "method": "exit" });
    run(&["--record", file.to_str().unwrap()], &[initialize(), exit]);
    let lines: Vec<Value> =
        std::fs::read_to_string(&file).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let has =
        |from: &str, field: &str, value: Value| lines.iter().any(|l| l["from"] == from && l["message"][field] == value);
    assert!(has("client", "method", json!("initialize")) && has("client", "method", json!("exit")));
    assert!(has("server", "id", json!(1)));
}
