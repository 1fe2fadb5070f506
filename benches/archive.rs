//! The archive: what indexing takes for each story, and what a draft's lookups take, without and with what was asked before.
//!
//! *Cold* is an archive just opened, as a new process opens it: no page, no statement and no answer is at hand, but the
//! operating system has the file's pages in memory. Each is measured five times and the least counts, so that other work on the machine does not.
//!
//! `NEWSLINT_STORIES` says how many stories are made up (2,000), `NEWSLINT_DUMP` names a dump (JSONL) to take in place of them,
//! `NEWSLINT_INDEX` an archive that is kept, and taken as it is where it is there already.

mod copy;

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::{Date, date};
use newslint::annotate::{Annotations, Gazetteer, annotate};
use newslint::corpus::Past;
use newslint::corpus::archive::Archive;
use newslint::corpus::archive::sqlite::{SqliteArchive, SqliteWriter};
use newslint::corpus::formats;
use newslint::corpus::indexing::{Done, Step, take_in};
use newslint::corpus::intake::{Base, Intake};
use newslint::corpus::story::Story;
use newslint::source::Draft;

/// How many stories, spread over the dump, are looked up as drafts.
const DRAFTS: usize = 60;

/// How often each look-up is measured.
const TIMES: usize = 5;

fn main() {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let dump = std::env::var_os("NEWSLINT_DUMP").map(PathBuf::from).unwrap_or_else(|| made_up(folder.path()));
    let kept = std::env::var_os("NEWSLINT_INDEX").map(PathBuf::from);
    let path = kept.unwrap_or_else(|| folder.path().join("archive.db"));
    let stories = if path.exists() { stories(&path) } else { build(&path, &dump) };
    let drafts = drafts(&dump, stories);

    let mut cold: [Vec<Duration>; QUESTIONS.len()] = Default::default();
    let (mut first, mut again, mut edited) = (Vec::new(), Vec::new(), Vec::new());
    for (draft, annotations, day) in &drafts {
        let changed = Draft::from_text(&format!("{}\n\nWhat Grindlewick added stands here.", draft.text));
        let new = annotate(&changed, Some(*day), &Gazetteer::default());
        let mut opened = Duration::MAX;
        let mut least = [[Duration::MAX; QUESTIONS.len()]; 3];
        for _ in 0..TIMES {
            let mut past = None;
            let opening = timed(|| past = Past::open(&path).ok());
            let past = past.expect("the archive was just made");
            opened = opened.min(opening);
            for (least, (draft, annotations)) in
                least.iter_mut().zip([(draft, annotations), (draft, annotations), (&changed, &new)])
            {
                for (least, time) in least.iter_mut().zip(look_up(&past, draft, annotations, *day)) {
                    *least = time.min(*least);
                }
            }
            assert_eq!(past.fault(), None);
        }
        for (all, time) in cold.iter_mut().zip(least[0]) {
            all.push(time);
        }
        least[0][0] += opened;
        for (all, parts) in [&mut first, &mut again, &mut edited].into_iter().zip(least) {
            all.push(parts.iter().sum());
        }
    }
    print("first look-up", &mut first);
    for (what, times) in QUESTIONS.iter().zip(&mut cold) {
        print(&format!("  {what}"), times);
    }
    print("the same again", &mut again);
    print("with a changed paragraph", &mut edited);
}

fn print(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    println!("{what}: median {:?}, 95th percentile {:?}, most {:?}", at(50), at(95), at(100));
}

fn stories(index: &Path) -> usize {
    SqliteArchive::open(index).and_then(|archive| archive.status()).expect("an archive").stories as usize
}

/// Indexes the dump as `corpus add` does. Says how many stories it has.
fn build(path: &Path, dump: &Path) -> usize {
    let start = Instant::now();
    let mut writer = SqliteWriter::open(path).expect("the folder can be written to");
    let (intake, refused) = Intake::new(&[dump.to_owned()], Base::of(path), Story::default());
    assert!(refused.is_empty());
    let mut step = Step::default();
    let (mut last, mut part) = (0, Instant::now());
    take_in(&mut writer, intake, &mut Done::default(), |now| {
        step = now;
        if last / 10_000 != step.stories / 10_000 {
            let each = part.elapsed() / (step.stories - last) as u32;
            println!("{} stories, the last ones at {each:?} each", step.stories);
            (last, part) = (step.stories, Instant::now());
        }
        ControlFlow::Continue(())
    })
    .expect("there is room");
    let written = start.elapsed();
    writer.finish().expect("there is room");
    let bytes = std::fs::metadata(path).map_or(0, |m| m.len());
    let stories = step.stories.max(1);
    println!(
        "{stories} stories: {:?} each, {:?} of it to merge the indexes, {:.1} MB, {} bytes each",
        start.elapsed() / stories as u32,
        (start.elapsed() - written) / stories as u32,
        bytes as f64 / 1e6,
        bytes / stories
    );
    stories as usize
}

/// What is asked for a draft, in the order in which checks ask it.
const QUESTIONS: [&str; 4] =
    ["opening it, and its own versions", "names", "earlier stories, those on the event read", "beside the draft"];

/// All that checks ask of the archive for a draft, and how long each question takes.
fn look_up(past: &Past, draft: &Draft, annotations: &Annotations, day: Date) -> [Duration; QUESTIONS.len()] {
    let mut own = Arc::default();
    let versions = timed(|| own = past.versions_of(draft));
    let names = timed(|| {
        for person in &annotations.people {
            let key = newslint::text::fold::ascii_key(&person.surname);
            if !past.knows_surname(&key, &own) {
                std::hint::black_box(past.surnames_near(&key));
            }
        }
    });
    let mut found = Vec::new();
    let earlier = timed(|| found = past.earlier(draft, annotations, Some(day)));
    let read = timed(|| past.beside(&found));
    [versions, names, earlier, read]
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}

fn drafts(dump: &Path, stories: usize) -> Vec<(Draft, Annotations, Date)> {
    let lines = BufReader::new(File::open(dump).expect("the dump is there")).lines();
    let spread = lines.step_by((stories / DRAFTS).max(1)).map_while(Result::ok);
    let read = spread.enumerate().flat_map(|(n, line)| formats::line(&line, "dump.jsonl", n + 1).unwrap_or_default());
    read.map(|story| {
        let day = story.date.unwrap_or(date(2026, 3, 3));
        let draft = Draft::from_text(&story.text);
        let annotations = annotate(&draft, Some(day), &Gazetteer::default());
        (draft, annotations, day)
    })
    .collect()
}

/// Stories of our own making, over five years.
fn made_up(folder: &Path) -> PathBuf {
    let count: usize = std::env::var("NEWSLINT_STORIES").ok().and_then(|n| n.parse().ok()).unwrap_or(2000);
    let path = folder.join("stories.jsonl");
    let mut out = BufWriter::new(File::create(&path).expect("the folder can be written to"));
    let long = copy::draft(6000);
    let paragraphs: Vec<&str> = long.split("\n\n").collect();
    for n in 0..count {
        let day = date(2021, 1, 1).saturating_add(jiff::Span::new().days((n * 7919 % 1826) as i64));
        // Names and numbers of its own, some shared with the stories before and after it.
        // Paragraphs in another order each time: these are no copies of one another.
        let text: Vec<&str> = (0..8).map(|k| paragraphs[(n * 7 + k * (n / 100 + 1)) % paragraphs.len()]).collect();
        let text = text
            .join("\n\n")
            .replace("Lindqvist", &format!("Lind{}", word(n / 3)))
            .replace("Okafor", &format!("Oka{}", word(n)))
            .replace("Aldersund", &format!("{}sund", word(n / 50)))
            .replace("breakwater", &format!("{} breakwater", word(n * 31 % 5000)));
        let line = serde_json::json!({ "id": n, "title": format!("Story {}", word(n)), "date": day.to_string(), "text": text });
        writeln!(out, "{line}").expect("there is room");
    }
    out.flush().expect("there is room");
    path
}

/// A word that tells `n` from other numbers.
fn word(mut n: usize) -> String {
    let mut word = String::from("B");
    for _ in 0..4 {
        word.push_str(["ar", "el", "im", "os", "und", "yr", "ek", "av", "ith", "orn"][n % 10]);
        n /= 10;
    }
    word
}
