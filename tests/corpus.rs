//! The archive from outside: what happens to it when processes die, meet or run out of room.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;

const STORIES: usize = 1500;

fn newslint(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_newslint")).current_dir(folder).args(arguments).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// A dump of made-up stories; those with another `seed` have other words and other names.
fn dump(folder: &Path, name: &str, seed: usize, count: usize) -> PathBuf {
    let mut lines = String::new();
    for n in 0..count {
        let words: Vec<String> = (0..120).map(|w| format!("w{}", (w * 7919 + (n + seed) * 104_729) % 4001)).collect();
        let text = words.join(" ");
        let day = 1 + n % 28;
        lines.push_str(&format!(
            "{{\"id\": \"{seed}-{n}\", \"title\": \"Story {n}\", \"date\": \"2026-03-{day:02}\", \"text\": \"{text}. “Boat {n} is in the harbor of Halden now,” said Bo Tarn.\"}}\n"
        ));
    }
    let path = folder.join(name);
    fs::write(&path, lines).unwrap();
    path
}

fn stories(folder: &Path) -> u64 {
    let status = newslint(folder, &["corpus", "status", "--format", "json"]);
    let value: serde_json::Value =
        serde_json::from_slice(&status.stdout).unwrap_or_else(|_| panic!("{}", out(&status)));
    value["stories"].as_u64().unwrap()
}

fn is_whole(folder: &Path) {
    let check = newslint(folder, &["corpus", "check"]);
    assert!(check.status.success(), "{}", out(&check));
}

fn slow() -> bool {
    std::env::var_os("NEWSLINT_SLOW_TESTS").is_some()
}

#[test]
fn stories_are_added_asked_for_and_removed() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::create_dir(path.join("archive")).unwrap();
    fs::write(
        path.join("archive/2026-03-01-pier.md"),
        "---\noutlet: Halden Post\n---\n\n# Council keeps pier\n\nThe council met on Monday.\n\n\
         “We will not sell the pier to anybody while I am mayor,” said Mayor Ana Quist.\n",
    )
    .unwrap();
    fs::write(path.join("archive/broken.xml"), "<html></html>").unwrap();
    let added = newslint(path, &["corpus", "add", "archive", "--kind", "archive"]);
    assert_eq!(added.status.code(), Some(2), "a file that cannot be read is said: {}", out(&added));
    assert!(out(&added).contains("1 added, 0 replaced, 0 unchanged"), "{}", out(&added));
    assert!(out(&added).contains("broken.xml: <html> is none of"), "{}", out(&added));
    fs::remove_file(path.join("archive/broken.xml")).unwrap();
    let again = newslint(path, &["corpus", "update"]);
    assert!(out(&again).contains("0 added, 0 replaced, 1 unchanged"), "{}", out(&again));

    let asked = newslint(path, &["corpus", "query", "we will not sell the pier to anyone while I am mayor"]);
    assert!(out(&asked).contains("archive/2026-03-01-pier.md 2026-03-01 Halden Post"), "{}", out(&asked));
    let name = newslint(path, &["corpus", "query", "Ana Quist"]);
    assert!(out(&name).contains("Ana Quist: 1 story, 2026-03-01"), "{}", out(&name));
    assert!(out(&name).contains("Mayor (current)"), "{}", out(&name));

    let removed = newslint(path, &["corpus", "remove", "archive"]);
    assert!(out(&removed).contains("1 story removed"), "{}", out(&removed));
    let bytes = fs::read(path.join(".newslint/archive.db")).unwrap();
    let holds = |word: &str| bytes.windows(word.len()).any(|w| w.eq_ignore_ascii_case(word.as_bytes()));
    assert!(!holds("Quist") && !holds("the pier to anybody"), "removed words are still in the file");
}

#[test]
fn lines_load_in_any_order_to_the_same_archive() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    dump(path, "a.jsonl", 0, 40);
    let lines = out(&newslint(path, &["corpus", "extract", "--jsonl", "a.jsonl"]));
    assert_eq!(lines.lines().count(), 40);
    let mut reversed: Vec<&str> = lines.lines().collect();
    reversed.reverse();
    fs::write(path.join("facts.jsonl"), &lines).unwrap();
    fs::write(path.join("reversed.jsonl"), reversed.join("\n")).unwrap();
    let export = |file: &str, index: &str| {
        let loaded = newslint(path, &["corpus", "load", file, "--index", index]);
        assert!(loaded.status.success(), "{}", out(&loaded));
        out(&newslint(path, &["corpus", "export", "--index", index]))
    };
    let one = export("facts.jsonl", "one.db");
    assert_eq!(one, export("reversed.jsonl", "two.db"));
    let added = newslint(path, &["corpus", "add", "a.jsonl", "--index", "three.db"]);
    assert!(added.status.success(), "{}", out(&added));
    assert_eq!(one, out(&newslint(path, &["corpus", "export", "--index", "three.db"])), "add is extract and load");
}

#[test]
fn slow_killed_at_any_moment_it_opens_again_and_continues() {
    if !slow() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    dump(path, "all.jsonl", 0, STORIES);
    let mut last = 0;
    let mut cut = 0;
    for turn in 0..100_u64 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_newslint"))
            .current_dir(path)
            .args(["corpus", "add", "all.jsonl", "--quiet"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(5 + turn * 37 % 1500));
        child.kill().unwrap();
        cut += u64::from(!child.wait().unwrap().success());
        if !path.join(".newslint/archive.db").exists() {
            continue;
        }
        // What a killed process left is brought in by the next one that writes.
        let opened = newslint(path, &["corpus", "remove", "nothing"]);
        if out(&opened).contains("no newslint archive") {
            // Killed before the tables were made: there is nothing to lose yet.
            assert_eq!(last, 0);
            continue;
        }
        let now = stories(path);
        assert!(now >= last, "{last} stories, then {now}");
        if now != last || turn % 10 == 0 {
            is_whole(path);
        }
        last = now;
        if now == STORIES as u64 && turn >= 20 {
            fs::remove_dir_all(path.join(".newslint")).unwrap();
            last = 0;
        }
    }
    assert!(cut > 30, "only {cut} runs were cut");
    let done = newslint(path, &["corpus", "add", "all.jsonl", "--quiet"]);
    assert!(done.status.success(), "{}", out(&done));
    assert_eq!(stories(path), STORIES as u64);
    is_whole(path);
}

/// Runs `corpus` with `arguments` and sends Ctrl-C as soon as the archive holds a story.
#[cfg(unix)]
fn interrupted(folder: &Path, arguments: &[&str]) -> Output {
    let child = Command::new(env!("CARGO_BIN_EXE_newslint"))
        .current_dir(folder)
        .arg("corpus")
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let holds_some = || {
        let status = newslint(folder, &["corpus", "status", "--format", "json"]);
        let value: Option<serde_json::Value> = serde_json::from_slice(&status.stdout).ok();
        value.is_some_and(|v| v["stories"].as_u64() > Some(0))
    };
    for _ in 0..3000 {
        if holds_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success(), "the run was over before it was interrupted");
    child.wait_with_output().unwrap()
}

#[cfg(unix)]
#[test]
fn slow_interrupted_it_finishes_the_batch_and_the_same_command_goes_on() {
    if !slow() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    dump(path, "all.jsonl", 0, 3 * STORIES);
    let facts = out(&newslint(path, &["corpus", "extract", "--jsonl", "all.jsonl"]));
    fs::write(path.join("facts.jsonl"), facts).unwrap();
    for arguments in [["add", "all.jsonl", "--quiet"].as_slice(), &["load", "facts.jsonl"]] {
        let cut = interrupted(path, arguments);
        assert_eq!(cut.status.code(), Some(130), "{arguments:?}: {}", out(&cut));
        let held = stories(path);
        assert!(0 < held && held < 3 * STORIES as u64, "{held} stories");
        let said = format!("newslint: interrupted: {held} stories are in; the same command goes on with the rest\n");
        assert_eq!(out(&cut), said);
        is_whole(path);
        let done = newslint(path, &[&["corpus"], arguments].concat());
        assert!(done.status.success(), "{}", out(&done));
        let rest = 3 * STORIES as u64 - held;
        assert!(out(&done).contains(&format!("{rest} added, 0 replaced, {held} unchanged")), "{}", out(&done));
        fs::remove_dir_all(path.join(".newslint")).unwrap();
    }
    // What `update` takes in is what `add` was given before.
    interrupted(path, &["add", "all.jsonl", "--quiet"]);
    let before = stories(path);
    let updated = newslint(path, &["corpus", "update", "--quiet"]);
    assert!(updated.status.success() && before < stories(path), "{}", out(&updated));
    assert_eq!(stories(path), 3 * STORIES as u64);
}

#[test]
fn slow_two_writers_take_turns() {
    if !slow() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let children: Vec<_> = (0..2)
        .map(|n| {
            let name = format!("{n}.jsonl");
            dump(path, &name, n * 5000, STORIES);
            Command::new(env!("CARGO_BIN_EXE_newslint"))
                .current_dir(path)
                .args(["corpus", "add", &name, "--quiet"])
                .stdout(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(stories(path), 2 * STORIES as u64);
    is_whole(path);
}

/// A limit on the size of files stands for a full disk, which needs rights that a test has not.
#[cfg(unix)]
#[test]
fn slow_without_room_what_is_in_stays_and_the_words_are_clear() {
    if !slow() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    dump(path, "all.jsonl", 0, STORIES);
    let full = Command::new("sh")
        .current_dir(path)
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 4000; exec \"$0\" corpus add all.jsonl --quiet",
            env!("CARGO_BIN_EXE_newslint"),
        ])
        .output()
        .unwrap();
    assert_eq!(full.status.code(), Some(2), "{}", out(&full));
    assert!(out(&full).contains("the disk is full"), "{}", out(&full));
    let done = newslint(path, &["corpus", "add", "all.jsonl", "--quiet"]);
    assert!(done.status.success(), "{}", out(&done));
    assert_eq!(stories(path), STORIES as u64);
    is_whole(path);
}

/// A file system of its own for a test, gone at its end.
#[cfg(target_os = "linux")]
struct Disk(PathBuf);

#[cfg(target_os = "linux")]
impl Disk {
    /// `None`, with the reason on standard error, where this system does not let the test mount one.
    fn mount(folder: &Path, size: &str) -> Option<Disk> {
        let point = folder.join("disk");
        fs::create_dir(&point).unwrap();
        let options = format!("size={size}");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "newslint"]).arg(&point).output();
        match mounted {
            Ok(done) if done.status.success() => Some(Disk(point)),
            Ok(done) => {
                eprintln!("skipped: no file system may be mounted here: {}", out(&done).trim());
                None
            }
            Err(error) => {
                eprintln!("skipped: `mount` does not run here: {error}");
                None
            }
        }
    }

    fn remount(&self, options: &str) {
        let done = Command::new("mount").args(["-o", &format!("remount,{options}")]).arg(&self.0).output().unwrap();
        assert!(done.status.success(), "{}", out(&done));
    }
}

#[cfg(target_os = "linux")]
impl Drop for Disk {
    fn drop(&mut self) {
        Command::new("umount").arg("-l").arg(&self.0).status().ok();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_what_is_in_stays_and_the_words_are_clear() {
    let folder = TempDir::new().unwrap();
    let Some(disk) = Disk::mount(folder.path(), "3m") else { return };
    let path = folder.path();
    dump(path, "first.jsonl", 0, 60);
    dump(path, "all.jsonl", 100, 2000);
    let on_disk = ["--index", "disk/archive.db"];
    let run = |arguments: &[&str]| newslint(path, &[arguments, &on_disk].concat());
    let first = run(&["corpus", "add", "first.jsonl", "--quiet"]);
    assert!(first.status.success(), "{}", out(&first));
    let full = run(&["corpus", "add", "all.jsonl", "--quiet"]);
    assert_eq!(full.status.code(), Some(2), "{}", out(&full));
    assert!(
        out(&full).contains("disk/archive.db: the disk is full; what was indexed so far is kept"),
        "{}",
        out(&full)
    );
    let count = || {
        let status = run(&["corpus", "status", "--format", "json"]);
        let value: serde_json::Value =
            serde_json::from_slice(&status.stdout).unwrap_or_else(|_| panic!("{}", out(&status)));
        value["stories"].as_u64().unwrap()
    };
    // What was there, and whole batches of what came.
    let kept = count();
    assert!((60..2060).contains(&kept), "{kept} stories");
    let whole = run(&["corpus", "check"]);
    assert!(whole.status.success(), "{}", out(&whole));
    disk.remount("size=64m");
    let done = run(&["corpus", "add", "all.jsonl", "--quiet"]);
    assert!(done.status.success(), "{}", out(&done));
    assert_eq!(count(), 2060);
    let whole = run(&["corpus", "check"]);
    assert!(whole.status.success(), "{}", out(&whole));
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_disk_that_is_read_only_the_archive_answers() {
    let folder = TempDir::new().unwrap();
    let Some(disk) = Disk::mount(folder.path(), "8m") else { return };
    let path = folder.path();
    dump(path, "all.jsonl", 0, 60);
    dump(path, "more.jsonl", 900, 5);
    let run = |arguments: &[&str]| newslint(path, &[arguments, &["--index", "disk/archive.db"]].concat());
    assert!(run(&["corpus", "add", "all.jsonl", "--quiet"]).status.success());
    disk.remount("ro");
    only_answers(&run);
}

/// Reads go on, writes are refused in words.
#[cfg(target_os = "linux")]
fn only_answers(run: &dyn Fn(&[&str]) -> Output) {
    let asked = run(&["corpus", "query", "Bo Tarn"]);
    assert!(out(&asked).contains(" stories, 2026-03-01 to 2026-03-28"), "{}", out(&asked));
    let whole = run(&["corpus", "check"]);
    assert!(whole.status.success(), "{}", out(&whole));
    let refused = run(&["corpus", "add", "more.jsonl", "--quiet"]);
    assert_eq!(refused.status.code(), Some(2), "{}", out(&refused));
    let said = out(&refused);
    assert!(said.contains("archive.db: cannot be ") && !said.contains("SQLite"), "{said}");
    assert!(out(&run(&["corpus", "query", "Bo Tarn"])).contains(" stories, 2026-03-01 to 2026-03-28"));
}

/// Runs as somebody without rights of their own, where the test has those of everybody.
#[cfg(target_os = "linux")]
#[test]
fn a_read_only_archive_and_a_read_only_folder_answer() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65534;
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let root = fs::metadata("/proc/self").unwrap().uid() == 0;
    let program = path.join("newslint");
    // The program may lie where others cannot reach it.
    fs::copy(env!("CARGO_BIN_EXE_newslint"), &program).unwrap();
    dump(path, "all.jsonl", 0, 60);
    dump(path, "more.jsonl", 900, 5);
    let kept = path.join("kept");
    fs::create_dir(&kept).unwrap();
    let archive = kept.join("archive.db");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        command.current_dir(path).args(arguments).args(["--index", "kept/archive.db"]);
        if root {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.output().unwrap()
    };
    let mode = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    mode(path, 0o755);
    if root {
        chown(&kept, Some(NOBODY), Some(NOBODY)).unwrap();
    }
    let added = run(&["corpus", "add", "all.jsonl", "--quiet"]);
    assert!(added.status.success(), "{}", out(&added));
    mode(&archive, 0o400);
    only_answers(&run);
    assert_eq!(fs::metadata(&archive).unwrap().mode() & 0o777, 0o400, "what its owner set stays");
    mode(&archive, 0o600);
    // With the logs that a reader left there one could write.
    for log in ["archive.db-wal", "archive.db-shm"] {
        fs::remove_file(kept.join(log)).ok();
    }
    mode(&kept, 0o500);
    only_answers(&run);
    mode(&kept, 0o700);
    let done = run(&["corpus", "add", "more.jsonl", "--quiet"]);
    assert!(out(&done).contains("5 added"), "{}", out(&done));
}

#[test]
fn a_source_may_be_in_any_format_that_the_archive_takes() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::write(
        path.join("draft.md"),
        "“We will never sell the old ferry of this town to strangers,” said Susan Quist.\n",
    )
    .unwrap();
    let said = "We will never sell the old pier of this town to strangers";
    let nitf = format!(
        "<nitf><body><body.head><hedline><hl1>Pier stays</hl1></hedline></body.head><body.content>\
         <p>\u{201c}{said},\u{201d} said Susan Quist.</p></body.content></body></nitf>"
    );
    let newsml = format!(
        "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"x\" version=\"1\"><contentMeta><headline>Pier stays</headline></contentMeta>\
         <contentSet><inlineXML><html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>\u{201c}{said},\u{201d} said Susan Quist.</p></body></html></inlineXML></contentSet></newsItem>"
    );
    let text = format!("\u{201c}{said},\u{201d} said Susan Quist.");
    let ninjs = serde_json::json!({ "uri": "x", "headline": "Pier stays", "body_text": text }).to_string();
    let line = serde_json::json!({ "id": "x", "title": "Pier stays", "text": text }).to_string();
    for (name, content) in [("a.xml", nitf), ("b.xml", newsml), ("c.json", ninjs), ("d.jsonl", line + "\n")] {
        fs::write(path.join(name), content).unwrap();
        let checked = newslint(path, &["check", "draft.md", "--against", name]);
        assert!(
            out(&checked).contains("quotes/altered") && out(&checked).contains("pier"),
            "{name}: {}",
            out(&checked)
        );
    }
    fs::write(path.join("e.xml"), "<html></html>").unwrap();
    let refused = newslint(path, &["check", "draft.md", "--against", "e.xml"]);
    assert_eq!(refused.status.code(), Some(2), "{}", out(&refused));
    assert!(out(&refused).contains("e.xml: <html> is none of"), "{}", out(&refused));
}

#[test]
fn a_rewrite_is_laid_beside_its_source() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::write(path.join("old.md"), "Mayor Susan Quist said 40 boats were lost & none was found.\n").unwrap();
    fs::write(path.join("new.md"), "Mayor Susan Quist said 45 boats were lost & none was found.\n").unwrap();
    let text = newslint(path, &["compare", "old.md", "new.md"]);
    assert_eq!(text.status.code(), Some(1), "{}", out(&text));
    assert!(
        out(&text).contains("figure changed: 1:24 “40” → 1:24 “45”\n1 changed, 0 dropped, 0 added"),
        "{}",
        out(&text)
    );
    let json = newslint(path, &["compare", "old.md", "new.md", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(value["changes"][0]["new"]["start"], 23);
    let html = out(&newslint(path, &["compare", "old.md", "new.md", "--format", "html"]));
    assert!(html.contains("<mark class=\"changed\" id=\"n0\">45</mark> boats were lost &amp; none"), "{html}");
    assert!(!html.contains("<script") && !html.contains("http"), "the page needs nothing from elsewhere");
    let same = newslint(path, &["compare", "old.md", "old.md"]);
    assert_eq!(same.status.code(), Some(0), "{}", out(&same));
}

#[test]
fn stories_that_disagree_are_shown_topic_by_topic() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let story = |name: &str, words: &str| {
        let text = format!(
            "The council of Halden met on Monday to talk of the old pier and its keepers.\n\n“{words},” said Mayor Susan Quist.\n"
        );
        fs::write(path.join(name), text).unwrap();
    };
    story("2026-03-01-a.md", "We will never sell the old pier of this town to anybody from outside");
    story("2026-03-01-b.md", "We will never sell the old pier of this town to anybody from outside");
    story("2026-03-01-c.md", "We will gladly sell the old pier of this town to anybody from outside");
    let text = newslint(path, &["conflicts", ".", "--isolated"]);
    assert_eq!(text.status.code(), Some(1), "{}", out(&text));
    assert!(out(&text).contains("2 stories\n") && out(&text).contains("1 story\n"), "{}", out(&text));
    let json = newslint(path, &["conflicts", ".", "--isolated", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(value["topics"][0]["forms"][0]["stories"], 2, "{value:#}");
    fs::remove_file(path.join("2026-03-01-c.md")).unwrap();
    let agreed = newslint(path, &["conflicts", ".", "--isolated"]);
    assert_eq!(agreed.status.code(), Some(0), "{}", out(&agreed));
}

#[test]
fn who_is_in_many_stories_is_proposed_for_the_facts_file() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::create_dir(path.join("archive")).unwrap();
    for n in 1..=6 {
        let words: Vec<String> = (0..60).map(|w| format!("w{}", (w * 7919 + n * 104_729) % 4001)).collect();
        let text = format!("Mayor Susan Quist said so on day {n}: {}. Mary Poe agreed.\n", words.join(" "));
        let other = if n > 2 { text.replace("Mary Poe", "Robert Tarn") } else { text };
        fs::write(path.join(format!("archive/2026-03-0{n}.md")), other).unwrap();
    }
    fs::write(path.join("facts.toml"), "[[person]]\nname = \"Robert Tarn\"\n").unwrap();
    fs::write(path.join("newslint.toml"), "[corpus]\nfacts = [\"facts.toml\"]\narchive = [\"archive/*.md\"]\n")
        .unwrap();
    let updated = newslint(path, &["corpus", "update"]);
    assert!(out(&updated).contains("6 added"), "{}", out(&updated));
    let proposed = out(&newslint(path, &["corpus", "suggest", "--min", "4"]));
    assert!(
        proposed
            .contains("[[person]]\nname = \"Susan Quist\"\ntitles = [{ title = \"Mayor\" }]\nstatus = \"proposed\"\n"),
        "{proposed}"
    );
    assert!(
        proposed.contains("6 stories in the archive") && proposed.contains("# archive/2026-03-06.md of 2026-03-06"),
        "{proposed}"
    );
    assert!(!proposed.contains("Tarn") && !proposed.contains("Poe"), "{proposed}");
}

#[test]
fn a_damaged_archive_is_said_and_the_run_is_no_clean_one() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    dump(path, "all.jsonl", 0, 60);
    fs::write(path.join("newslint.toml"), "[corpus]\narchive = [\"all.jsonl\"]\n").unwrap();
    assert!(newslint(path, &["corpus", "update"]).status.success());
    fs::write(path.join("draft.md"), "Mayor Susan Quist spoke on Monday about the harbor of Halden.\n").unwrap();
    let sound = newslint(path, &["check", "draft.md"]);
    assert_eq!(sound.status.code(), Some(0), "{}", out(&sound));
    let archive = path.join(".newslint/archive.db");
    let mut bytes = fs::read(&archive).unwrap();
    bytes[200..].fill(0x5a);
    fs::write(&archive, bytes).unwrap();
    let damaged = newslint(path, &["check", "draft.md"]);
    assert_eq!(damaged.status.code(), Some(2), "{}", out(&damaged));
    assert!(out(&damaged).contains("newslint: .newslint/archive.db: the archive is damaged"), "{}", out(&damaged));
    // What says how to go on is no command that only says the same.
    let checked = newslint(path, &["corpus", "check"]);
    assert_eq!(checked.status.code(), Some(2), "{}", out(&checked));
    assert!(out(&checked).contains("move the file away and run `newslint corpus add` again"), "{}", out(&checked));
    fs::rename(&archive, path.join("damaged.db")).unwrap();
    assert!(newslint(path, &["corpus", "add", "all.jsonl"]).status.success());
    assert_eq!(stories(path), 60);
}

#[test]
fn a_correction_becomes_an_entry_and_names_the_stories_with_its_error() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::create_dir(path.join("archive")).unwrap();
    let story = |name: &str, words: &str| fs::write(path.join("archive").join(name), words).unwrap();
    story("2026-03-01-a.md", "Mayor Susan Qvist said on Monday that 635 lamps were sold in Halden.\n");
    story("2026-03-02-b.md", "The town of Halden sold 653 lamps, Mayor Susan Quist said, and forty boats.\n");
    assert!(newslint(path, &["corpus", "add", "archive"]).status.success());

    let figure = out(&newslint(path, &["corpus", "query", "653 lamps"]));
    let (asked, other) = (figure.find("“653 lamps").unwrap(), figure.find("“635 lamps").unwrap());
    assert!(asked < other && figure.contains("1 story, 2026-03-02\n  archive/2026-03-02-b.md"), "{figure}");

    let learn = |note: &str| {
        fs::write(path.join("note.txt"), note).unwrap();
        let learned = newslint(path, &["corpus", "learn", "note.txt"]);
        (learned.status.code(), out(&learned))
    };
    let (code, name) = learn("An earlier version misspelled the surname of Susan Quist. It is Quist, not Qvist.\n");
    assert_eq!(code, Some(0), "{name}");
    assert!(
        name.starts_with("[[person]]\nname = \"Susan Quist\"\nwrong = [\"Susan Qvist\"]\nstatus = \"proposed\"\n"),
        "{name}"
    );
    assert!(
        name.contains("# 1 story in the archive with “Susan Qvist”\n# archive/2026-03-01-a.md 2026-03-01"),
        "{name}"
    );
    let (_, figure) = learn("A report on Tuesday misstated the number of lamps that were sold. It was 653, not 635.");
    assert!(figure.contains("match = [\"{figure} lamps\"]\nvalue = \"653\"\n"), "{figure}");
    assert!(figure.contains("# archive/2026-03-01-a.md 2026-03-01"), "{figure}");
    assert!(!figure.contains("2026-03-02-b"), "{figure}");
    let (code, words) = learn("A photograph was removed.");
    assert_eq!(code, Some(2), "{words}");

    // What is learned is a facts file as it stands.
    fs::write(path.join("facts.toml"), &name).unwrap();
    fs::write(path.join("newslint.toml"), "[corpus]\nfacts = [\"facts.toml\"]\n").unwrap();
    fs::write(path.join("draft.md"), "Mayor Susan Qvist opened the lamp fair on Monday.\n").unwrap();
    let checked = out(&newslint(path, &["check", "draft.md", "--all"]));
    assert!(checked.contains("Quist") && !checked.contains("newslint.toml:"), "{checked}");
}

#[test]
fn a_name_is_hidden_with_the_key_of_the_configuration() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let hide = |key: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_newslint"));
        command.current_dir(path).args(["facts", "hide", "Bo Tarn", "--why", "court order", "--until", "2027-01-01"]);
        command.env_remove("HALDEN_KEY");
        if let Some(key) = key {
            command.env("HALDEN_KEY", key);
        }
        command.output().unwrap()
    };
    let unnamed = hide(Some("secret"));
    assert_eq!(unnamed.status.code(), Some(2));
    assert!(out(&unnamed).contains("write never-key = "), "{}", out(&unnamed));
    fs::write(path.join("newslint.toml"), "[corpus]\nfacts = [\"facts.toml\"]\nnever-key = \"HALDEN_KEY\"\n").unwrap();
    let unset = hide(None);
    assert!(out(&unset).contains("HALDEN_KEY, which never-key names, is not set"), "{}", out(&unset));
    let hidden = hide(Some("secret"));
    let entry = out(&hidden);
    assert!(entry.starts_with("[[never]]\nhash = \"") && !entry.contains("Tarn"), "{entry}");
    assert_ne!(entry, out(&hide(Some("another"))));

    fs::write(path.join("facts.toml"), &entry).unwrap();
    fs::write(path.join("draft.md"), "Police questioned Bo Tarn on Monday.\n").unwrap();
    let checked = Command::new(env!("CARGO_BIN_EXE_newslint"))
        .current_dir(path)
        .args(["check", "draft.md", "--as-of", "2026-03-01"])
        .env("HALDEN_KEY", "secret")
        .output()
        .unwrap();
    assert!(out(&checked).contains("embargo/active") && !out(&checked).contains("Tarn"), "{}", out(&checked));
}

#[test]
fn files_with_one_story_in_their_front_matter_count_once() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let story = |name: &str, story: &str, words: &str| {
        let text = format!(
            "---\nstory: {story}\n---\n\nThe council of Halden met on Monday to talk of the old pier and its keepers.\n\n“{words},” said Mayor Susan Quist.\n"
        );
        fs::write(path.join(name), text).unwrap();
    };
    let (never, gladly) = (
        "We will never sell the old pier of this town to anybody from outside",
        "We will gladly sell the old pier of this town to anybody from outside",
    );
    story("main.md", "pier", never);
    story("sidebar.md", "Pier", gladly);
    let one = newslint(path, &["conflicts", ".", "--isolated"]);
    assert_eq!(one.status.code(), Some(0), "a story does not disagree with itself: {}", out(&one));
    story("other.md", "harbor", gladly);
    let two = newslint(path, &["conflicts", ".", "--isolated", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&two.stdout).unwrap();
    let stories: Vec<_> = value["topics"][0]["forms"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (f["text"].as_str().unwrap().contains("never"), f["stories"].as_u64()))
        .collect();
    assert!(stories.contains(&(true, Some(1))), "{value:#}");
}

#[test]
fn marks_set_elsewhere_around_the_same_words_alter_nothing() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let source = "The two towns “agreed on a plan for the ferry” after a long day and weighed “a second harbor to shelter the smaller boats,” \
                  they said.\n";
    fs::write(path.join("source.md"), source).unwrap();
    let check = |words: &str| {
        let text = format!(
            "They “agreed on a plan for the ferry” and “{words} a second harbor to shelter the smaller boats,” they said.\n"
        );
        fs::write(path.join("draft.md"), text).unwrap();
        out(&newslint(path, &["check", "draft.md", "--isolated", "--against", "source.md", "--all"]))
    };
    let same = check("weighed");
    assert!(!same.contains("quotes/altered"), "{same}");
    let other = check("rejected");
    assert!(other.contains("quotes/altered"), "{other}");
}
