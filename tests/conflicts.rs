//! Texts of several outlets on one event, with what they tell differently planted among rounding, later counts and other scopes.
//!
//! `expected.tsv` beside them: `FLAG` must be found on these words, `QUIET` must not be, by the code or by a family of codes
//! (`figures/`). `reference`: the other texts of the folder are laid beside it; `facts`: the folder's facts file is in force;
//! `all`: whatever it is held against. `LATER`: a disagreement that is not found yet.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

const FOLDERS: [&str; 3] = ["election", "fire", "transfer"];
const HEADER: &str = "verdict\tfile\twords\tcode\tneeds\tnote";

struct Row {
    verdict: String,
    file: String,
    words: String,
    code: String,
    needs: String,
}

struct Event {
    folder: PathBuf,
    rows: Vec<Row>,
    texts: Vec<PathBuf>,
    config: tempfile::TempDir,
}

impl Event {
    fn read(name: &str) -> Event {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conflicts").join(name);
        let table = std::fs::read_to_string(folder.join("expected.tsv")).unwrap();
        let mut lines = table.lines();
        assert_eq!(lines.next(), Some(HEADER));
        let rows = lines.map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [verdict, file, words, code, needs, _] = cells[..] else { panic!("{line}") };
            let [verdict, file, words, code, needs] = [verdict, file, words, code, needs].map(str::to_owned);
            Row { verdict, file, words, code, needs }
        });
        let mut texts: Vec<PathBuf> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|e| e == "txt"))
            .collect();
        texts.sort();
        let config = tempfile::tempdir().unwrap();
        let facts = folder.join("facts.toml").display().to_string().replace('\\', "/");
        std::fs::write(config.path().join("newslint.toml"), format!("[corpus]\nfacts = ['{facts}']\n")).unwrap();
        Event { rows: rows.collect(), texts, folder, config }
    }

    fn run(&self, arguments: &[&std::ffi::OsStr]) -> Value {
        let done = Command::new(env!("CARGO_BIN_EXE_newslint")).args(arguments).output().unwrap();
        serde_json::from_slice(&done.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&done.stderr)))
    }

    fn check(&self, file: &str, mode: &str) -> Vec<Value> {
        let own = self.folder.join(file);
        let config = self.config.path().join("newslint.toml");
        let mut arguments = vec!["check".as_ref(), "--format".as_ref(), "json".as_ref(), own.as_os_str()];
        match mode {
            "facts" => arguments.extend(["--config".as_ref(), config.as_os_str()]),
            _ => arguments.push("--isolated".as_ref()),
        }
        if mode == "reference" {
            arguments.push("--against".as_ref());
            arguments.extend(self.texts.iter().filter(|t| **t != own).map(|t| t.as_os_str()));
        }
        let mut report = self.run(&arguments);
        report["files"][0]["diagnostics"].as_array_mut().map(std::mem::take).unwrap_or_default()
    }

    /// Where the words of a row stand, in bytes.
    fn span(&self, row: &Row) -> (u64, u64) {
        let text = std::fs::read_to_string(self.folder.join(&row.file)).unwrap();
        let start = text.find(&row.words).unwrap_or_else(|| panic!("no “{}” in {}", row.words, row.file));
        (start as u64, (start + row.words.len()) as u64)
    }
}

fn overlaps(place: &Value, (start, end): (u64, u64)) -> bool {
    let at = |key: &str| place[key].as_u64();
    at("start").zip(at("end")).is_some_and(|(a, b)| a < end && start < b)
}

fn matches(code: &str, wanted: &str) -> bool {
    if wanted.ends_with('/') { code.starts_with(wanted) } else { code == wanted }
}

#[test]
fn each_text_is_held_against_the_others_and_against_the_facts() {
    let mut wrong = Vec::new();
    for name in FOLDERS {
        let event = Event::read(name);
        let mut runs: BTreeMap<(String, &str), Vec<Value>> = BTreeMap::new();
        for row in event.rows.iter().filter(|row| row.verdict != "LATER") {
            let span = event.span(row);
            let modes = ["draft", "reference", "facts"];
            for mode in modes.into_iter().filter(|mode| row.needs == "all" || row.needs == *mode) {
                let found = runs.entry((row.file.clone(), mode)).or_insert_with(|| event.check(&row.file, mode)).iter();
                let hit = found
                    .filter(|d| matches(d["code"].as_str().unwrap_or_default(), &row.code))
                    .find(|d| overlaps(d, span));
                let flagged = row.verdict == "FLAG";
                if hit.is_some() != flagged {
                    let said = hit.map_or(&Value::Null, |d| &d["message"]);
                    wrong.push(format!("{name}/{} “{}” {} {mode}: {said}", row.file, row.words, row.code));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn conflicts_show_the_disagreements_and_no_equivalence() {
    let mut wrong = Vec::new();
    for name in FOLDERS {
        let event = Event::read(name);
        let arguments: [&std::ffi::OsStr; 5] = [
            "conflicts".as_ref(),
            "--isolated".as_ref(),
            "--format".as_ref(),
            "json".as_ref(),
            event.folder.as_os_str(),
        ];
        let shown = event.run(&arguments);
        for row in event.rows.iter().filter(|row| matches!(row.needs.as_str(), "reference" | "all")) {
            let span = event.span(row);
            let topics = shown["topics"].as_array().unwrap().iter().filter(|topic| {
                let codes = topic["codes"].as_array().into_iter().flatten().filter_map(Value::as_str);
                codes.into_iter().any(|code| matches(code, &row.code))
            });
            let places =
                topics.flat_map(|t| t["forms"].as_array().unwrap()).flat_map(|f| f["places"].as_array().unwrap());
            let hit = places
                .filter(|place| Path::new(place["path"].as_str().unwrap()).file_name() == Some(row.file.as_ref()))
                .any(|place| overlaps(place, span));
            if row.verdict != "LATER" && hit != (row.verdict == "FLAG") {
                wrong.push(format!("{name}/{} “{}” {}", row.file, row.words, row.code));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What most stories have comes first, and copies of one story count once.
#[test]
fn forms_are_counted_by_independent_stories() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let wire = "HALDEN, May 9, 2026 - Harbor chief Mara Quistberg said on Friday that the pier would stay open through the winter. The \
        board had asked her for a plan in April, and she had sent it two weeks ago. The ferry line wants the pier for its \
        new boats. Nobody has asked the fishermen, who land their catch there every morning, whatever the weather is like.\n";
    write("1-wire.txt", &wire.replace("Quistberg", "Quistborg"));
    write("2-copy.txt", &format!("The pier stays open\n\n{}", wire.replace("Quistberg", "Quistborg")));
    write("3-post.txt", "HALDEN, May 9, 2026 - The pier in Halden stays open, harbor chief Mara Quistberg said.\n");
    write("4-echo.txt", "HALDEN, May 9, 2026 - Ferries may use the pier, according to harbor chief Mara Quistberg.\n");
    let done = Command::new(env!("CARGO_BIN_EXE_newslint"))
        .args(["conflicts", "--isolated", "--format", "json"])
        .arg(folder.path())
        .output()
        .unwrap();
    let shown: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(1));
    let forms: Vec<(&str, u64)> = shown["topics"][0]["forms"]
        .as_array()
        .unwrap()
        .iter()
        .map(|form| (form["text"].as_str().unwrap(), form["stories"].as_u64().unwrap()))
        .collect();
    assert_eq!(forms, [("Mara Quistberg", 2), ("Mara Quistborg", 1)], "{shown:#}");
}

/// Two trials of one day: only stories on one event are held against each other.
#[test]
fn stories_on_two_events_do_not_disagree() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "1.txt",
        "The court in Norvane fined Ada Quill on Monday. The clerk of the customs house was given a two-year ban from her office.\n\n\
         The customs house on Grindle Street was searched in March.\n",
    );
    write(
        "2.txt",
        "The league fined Marek Oduya of Sandholm on Monday. The striker was given a 14-year ban from the game.\n\n\
         He had hit a linesman near Ottermouth.\n",
    );
    let done = Command::new(env!("CARGO_BIN_EXE_newslint"))
        .args(["conflicts", "--isolated"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stdout));
}
