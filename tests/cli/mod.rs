//! The command line from outside: the binary, run in folders made for it.

mod configuration;
mod contract;
mod examples;
mod fixes;
mod folders;
mod pages;
mod reference;
mod reports;

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// A house rule of each sort that reports show differently: with a safe fix, with choices, with the other place.
const HOUSE: &str = r#"
name = "house"
title = "House style"

[[rule]]
id = "adviser"
kind = "substitute"
message = "Write “{replacement}”, not “{match}”"
why = "One spelling for one word."
fix = "safe"
replace = { "advisor" = "adviser" }
examples = [{ flag = "The [advisor] left.", fixed = "The adviser left." }, { pass = "The adviser left." }]

[[rule]]
id = "quay"
kind = "avoid"
message = "“{match}” is no word for readers inland"
severity = "error"
words = ["quayside"]
examples = [{ flag = "They met at the [quayside]." }, { pass = "They met at the harbor." }]

[[rule]]
id = "email"
kind = "consistent"
message = "“{match}” here, “{other}” elsewhere"
forms = [["email", "e-mail"]]
examples = [{ flag = "An email came. The [e-mail] was short. One more email." }, { pass = "An email came." }]

[[rule]]
id = "hint"
kind = "avoid"
message = "“{match}” says little"
severity = "info"
words = ["meaningful"]
examples = [{ flag = "A [meaningful] pause." }, { pass = "A pause." }]
"#;

const CONFIG: &str = "rules = [\"house.toml\"]\n";

const DRAFT: &str = "# Harbor talks stall\n\n\
The mayor’s advisor left the quayside before the talks with the harbor authority had begun, and sent an email to the \
port captain, who read it to the crews of nineteen barges at dawn.\n\n\
A second e-mail, more meaningful, came at noon. The last email came at night.\n";

/// A folder to run in.
struct Desk {
    folder: tempfile::TempDir,
}

struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Desk {
    fn new(files: &[(&str, &str)]) -> Desk {
        let desk = Desk { folder: tempfile::tempdir().unwrap() };
        files.iter().for_each(|(name, text)| desk.write(name, text.as_bytes()));
        desk
    }

    /// With the house rules and a draft that they find much in.
    fn usual() -> Desk {
        Desk::new(&[("newslint.toml", CONFIG), ("house.toml", HOUSE), ("talks.md", DRAFT)])
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_newslint"));
        command.current_dir(self.folder.path()).args(arguments).env_remove("NO_COLOR").env_remove("RUST_BACKTRACE");
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).stdin(Stdio::null()).output().unwrap())
    }

    fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Run::of(child.wait_with_output().unwrap())
    }

    /// The codes found, each with its line.
    fn codes(&self, arguments: &[&str]) -> Vec<String> {
        let mut all = vec!["check", "--format", "json"];
        all.extend(arguments);
        let value = self.run(&all).json();
        let files = value["files"].as_array().unwrap().iter();
        files
            .flat_map(|file| file["diagnostics"].as_array().unwrap())
            .map(|d| format!("{}:{}", d["line"], d["code"].as_str().unwrap()))
            .collect()
    }
}

impl Run {
    fn of(output: Output) -> Run {
        Run {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}{}", self.out, self.err))
    }
}
