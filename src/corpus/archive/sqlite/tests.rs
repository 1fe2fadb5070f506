use std::fs;
use std::path::Path;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::corpus::archive::{Archive, StoryRecord, extract};
use crate::corpus::shingle;
use crate::corpus::story::{Kind, Story};
use crate::source::{Draft, Format};

fn story(name: &str, day: Date, text: &str) -> StoryRecord {
    let format = Some(Format::Plain);
    let story =
        Story { path: name.into(), date: Some(day), format, text: text.into(), is_file: true, ..Story::default() };
    extract(story)
}

fn archive(folder: &TempDir, records: &[StoryRecord]) -> SqliteArchive {
    let path = folder.path().join("archive.db");
    let mut writer = SqliteWriter::open(&path).unwrap();
    writer.write(records).unwrap();
    writer.finish().unwrap();
    drop(writer);
    SqliteArchive::open(&path).unwrap()
}

fn shingles(text: &str) -> Vec<u64> {
    let draft = Draft::from_text(text);
    shingle::shingles(&shingle::fold(&draft, &draft.tokens, 0)).map(|(key, _)| key).collect()
}

fn exported(archive: &SqliteArchive) -> Vec<StoryRecord> {
    let mut records = Vec::new();
    archive
        .export(|record| {
            records.push(record);
            Ok(())
        })
        .unwrap();
    records
}

const PIER: &str = "Council keeps pier open\n\nThe council of Halden voted on Monday to keep the old pier open to visitors of the town.\n\n\
     “We will not sell the pier to anybody while I am mayor of this town,” said Mayor Ana Quist.\n\n\
     The Grindle report had proposed a sale of the pier and the Ottermouth lighthouse.";

const STORM: &str = "Storm closes harbor\n\nA storm closed the harbor of Ottermouth on Tuesday, the harbor office said.\n\n\
     “Nobody was hurt, and the boats are all in,” said harbor master Bo Tarn. The Grindle ferry stays in port.";

#[test]
fn what_goes_in_comes_out() {
    let folder = TempDir::new().unwrap();
    let records = [story("pier.txt", date(2026, 3, 1), PIER), story("storm.txt", date(2026, 3, 2), STORM)];
    let archive = archive(&folder, &records);
    assert_eq!(exported(&archive), records);
    assert_eq!(archive.check().unwrap(), Vec::<String>::new());
    let status = archive.status().unwrap();
    assert_eq!((status.stories, status.independent, status.outdated), (2, 2, 0));
    assert_eq!((status.first, status.last), (Some(date(2026, 3, 1)), Some(date(2026, 3, 2))));
}

#[test]
fn altered_words_find_the_quotation() {
    let folder = TempDir::new().unwrap();
    let archive = archive(&folder, &[story("pier.txt", date(2026, 3, 1), PIER)]);
    let asked = shingles("We will not sell the pier to anyone while I am mayor of this town");
    let found = archive.quotations(&asked, None).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((asked.len(), found[0].shared, found[0].runs), (10, 8, 12));
    let text = archive.text(found[0].standing.document).unwrap().unwrap();
    let words = found[0].span.of(&Draft::from_text(&text).text).to_owned();
    assert_eq!(words, "We will not sell the pier to anybody while I am mayor of this town,");
    let days = date(2026, 2, 20)..=date(2026, 3, 1);
    assert_eq!(archive.quotations(&asked, Some(days)).unwrap().len(), 1);
    let days = date(2026, 3, 2)..=date(2026, 3, 20);
    assert!(archive.quotations(&asked, Some(days)).unwrap().is_empty());
}

#[test]
fn stories_on_the_same_event_are_found_by_their_rare_words() {
    let folder = TempDir::new().unwrap();
    let records = [story("pier.txt", date(2026, 3, 1), PIER), story("storm.txt", date(2026, 3, 2), STORM)];
    let archive = archive(&folder, &records);
    let draft = Draft::from_text(
        "Pier stays open\n\nHalden keeps its pier, says the Grindle report on the Ottermouth lighthouse.",
    );
    let terms = crate::corpus::archive::extract::terms(&draft);
    let days = date(2026, 2, 1)..=date(2026, 4, 1);
    let found = archive.stories_like(&terms, days).unwrap();
    let first = archive.document(found[0].0.document).unwrap().unwrap();
    assert_eq!(first.path, "pier.txt");
    assert_eq!(first.headline.as_deref(), Some("Council keeps pier open"));
    assert!(archive.stories_like(&terms, date(2027, 1, 1)..=date(2027, 2, 1)).unwrap().is_empty());
}

#[test]
fn the_same_story_again_changes_nothing_and_a_new_text_replaces_the_old() {
    let folder = TempDir::new().unwrap();
    let first = story("pier.txt", date(2026, 3, 1), PIER);
    let archive = archive(&folder, std::slice::from_ref(&first));
    let mut writer = SqliteWriter::open(archive.path()).unwrap();
    assert_eq!(writer.write(std::slice::from_ref(&first)).unwrap(), Written { unchanged: 1, ..Written::default() });
    assert!(writer.is_current("pier.txt", &first.intake, first.extractor).unwrap());
    let second = story("pier.txt", date(2026, 3, 4), STORM);
    assert_eq!(writer.write(std::slice::from_ref(&second)).unwrap(), Written { replaced: 1, ..Written::default() });
    assert_eq!(exported(&archive), [second]);
    assert!(archive.quotations(&shingles("We will not sell the pier to anybody"), None).unwrap().is_empty());
    assert_eq!(archive.check().unwrap(), Vec::<String>::new());
}

/// A text of `words` made-up words that differ with `seed`.
fn copy(seed: usize, words: usize) -> String {
    (0..words).map(|n| format!("w{}", (n * 7919 + seed * 104_729) % 5003)).collect::<Vec<_>>().join(" ")
}

#[test]
fn any_order_gives_the_same_archive() {
    let wire = copy(1, 300);
    let mut records = [
        story("a/wire.txt", date(2026, 3, 2), &wire),
        // Each is a copy of the one before, the last none of the first.
        story("b/wire.txt", date(2026, 3, 1), &format!("{wire} {}", copy(2, 120))),
        story("c/wire.txt", date(2026, 3, 3), &format!("{wire} {}", copy(2, 240))),
        story("pier.txt", date(2026, 3, 1), PIER),
        story("storm.txt", date(2026, 3, 2), STORM),
    ];
    records[3].thread = Some("halden|pier".into());
    records[4].thread = Some("halden|pier".into());
    let mut seen = Vec::new();
    for turn in 0..records.len() {
        records.rotate_left(1);
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("archive.db");
        let mut writer = SqliteWriter::open(&path).unwrap();
        for batch in records.chunks(1 + turn % 3) {
            writer.write(batch).unwrap();
        }
        let archive = SqliteArchive::open(&path).unwrap();
        let standings: Vec<_> = exported(&archive)
            .iter()
            .map(|r| archive.document(DocumentId::new(r.date, &r.name())).unwrap().unwrap().standing)
            .collect();
        seen.push((exported(&archive), standings));
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]));
    let standings = &seen[0].1;
    let groups: std::collections::BTreeSet<_> = standings.iter().map(|s| s.copies).collect();
    assert_eq!(groups.len(), 3, "three copies of one wire story count once");
    assert_eq!(standings.iter().filter(|s| s.superseded).count(), 1);
}

/// Eight stories: three copies, two versions, a quotation, a statement, and one with nothing in it.
fn mixed_stories() -> Vec<StoryRecord> {
    let wire = copy(1, 300);
    let mut records = vec![
        story("a/wire.txt", date(2026, 3, 2), &wire),
        story("b/wire.txt", date(2026, 3, 1), &format!("{wire} {}", copy(2, 120))),
        story("c/wire.txt", date(2026, 3, 3), &format!("{wire} {}", copy(2, 240))),
        story("pier.txt", date(2026, 3, 1), PIER),
        story("pier-2.txt", date(2026, 3, 4), &PIER.replace("Monday", "Tuesday")),
        story("storm.txt", date(2026, 3, 2), STORM),
        extract(Story {
            path: "statement.txt".into(),
            kind: Some(Kind::Statement),
            text: STORM.into(),
            ..Story::default()
        }),
        extract(Story { path: "empty.txt".into(), ..Story::default() }),
    ];
    for record in &mut records[3..5] {
        record.thread = Some("halden|pier".into());
    }
    records
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Lines of many machines may come in any order, in batches of any size, and more than once.
    #[test]
    fn merging_in_any_order_gives_the_same_archive(
        order in Just(mixed_stories()).prop_shuffle(),
        sizes in proptest::collection::vec(1_usize..5, 8),
        again in 0_usize..8,
    ) {
        let known = mixed_stories();
        let written = |records: &[StoryRecord], sizes: &[usize]| {
            let folder = TempDir::new().unwrap();
            let path = folder.path().join("archive.db");
            let mut writer = SqliteWriter::open(&path).unwrap();
            let mut rest = records;
            for size in sizes {
                let (batch, left) = rest.split_at((*size).min(rest.len()));
                writer.write(batch).unwrap();
                rest = left;
            }
            writer.write(rest).unwrap();
            writer.write(&records[again..=again]).unwrap();
            let archive = SqliteArchive::open(&path).unwrap();
            let lines: Vec<String> = exported(&archive).iter().map(|r| serde_json::to_string(r).unwrap()).collect();
            let standings: Vec<_> = known
                .iter()
                .map(|r| archive.document(DocumentId::new(r.date, &r.name())).unwrap().unwrap().standing)
                .collect();
            (lines, standings, archive.status().unwrap().independent, archive.check().unwrap())
        };
        let (lines, standings, independent, faults) = written(&order, &sizes);
        prop_assert!(faults.is_empty(), "{faults:?}");
        prop_assert_eq!((lines, standings, independent, faults), written(&known, &[8]));
    }
}

#[test]
fn copies_part_when_what_joined_them_goes() {
    let folder = TempDir::new().unwrap();
    let wire = copy(1, 300);
    let records = [
        story("a.txt", date(2026, 3, 1), &wire),
        story("b.txt", date(2026, 3, 2), &format!("{wire} {}", copy(2, 150))),
        story("c.txt", date(2026, 3, 3), &format!("{wire} {}", copy(2, 300))),
    ];
    let archive = archive(&folder, &records);
    assert_eq!(archive.status().unwrap().independent, 1);
    let mut writer = SqliteWriter::open(archive.path()).unwrap();
    assert_eq!(writer.remove(&["b.txt".into()]).unwrap(), 1);
    assert_eq!(archive.status().unwrap().independent, 2);
}

#[test]
fn people_are_found_by_surname_and_near_it() {
    let folder = TempDir::new().unwrap();
    let mut record = story("pier.txt", date(2026, 3, 1), PIER);
    record.people = vec![crate::corpus::archive::PersonFact {
        key: "quist".into(),
        name: "Ana Quist".into(),
        surname: "Quist".into(),
        given: Some("Ana".into()),
        mentions: 2,
        span: Span { start: 5, end: 9 },
        titles: vec![crate::corpus::archive::TitleFact {
            kind: "office".into(),
            spoken: false,
            title: "Mayor".into(),
            status: "current".into(),
            office: "mayor".into(),
            group: None,
            portfolio: String::new(),
            jurisdiction: None,
            span: Span { start: 0, end: 4 },
        }],
    }];
    let archive = archive(&folder, &[record]);
    let people = archive.people("quist", None).unwrap();
    assert_eq!((people[0].name.as_str(), people[0].titles[0].title.as_str()), ("Ana Quist", "Mayor"));
    assert_eq!(people[0].standing.document.date(), Some(date(2026, 3, 1)));
    assert_eq!(archive.surnames_near("qiust").unwrap(), [("quist".to_owned(), 1)]);
    assert!(archive.surnames_near("quist").unwrap().is_empty());
    let mut writer = SqliteWriter::open(archive.path()).unwrap();
    writer.remove(&["pier.txt".into()]).unwrap();
    assert!(archive.people("quist", None).unwrap().is_empty() && archive.surnames_near("qiust").unwrap().is_empty());
}

/// Whether any file in the folder holds these bytes.
fn holds_bytes(folder: &Path, needle: &[u8]) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        memchr::memmem::find(&bytes, needle).is_some()
    })
}

/// Whether any file in the folder holds these words, in either case.
fn holds(folder: &Path, needle: &str) -> bool {
    let needle = needle.to_lowercase().into_bytes();
    fs::read_dir(folder).unwrap().any(|entry| {
        let bytes = fs::read(entry.unwrap().path()).unwrap().to_ascii_lowercase();
        bytes.windows(needle.len()).any(|window| window == needle)
    })
}

#[test]
fn removing_leaves_no_word_behind() {
    let folder = TempDir::new().unwrap();
    let mut records: Vec<StoryRecord> =
        (0..40).map(|n| story(&format!("wire/{n}.txt"), date(2026, 3, 1), &copy(n, 200))).collect();
    records.push(story("secret/pier.txt", date(2026, 3, 1), &PIER.replace("Grindle", "Zyxxograv")));
    let archive = archive(&folder, &records);
    for word in ["zyxxograv", "secret/pier"] {
        assert!(holds(folder.path(), word), "{word}");
    }
    let key = format!("{:016x}", shingles("We will not sell the pier to anybody")[0]);
    assert!(holds(folder.path(), &key));
    let body = pack::pack(&records[40].text, &records[40].terms.join(" "), &pack::Keys::of(&records[40]));
    assert!(holds_bytes(folder.path(), &body));
    let mut writer = SqliteWriter::open(archive.path()).unwrap();
    assert_eq!(writer.remove(&["secret".into()]).unwrap(), 1);
    for word in ["zyxxograv", "ottermouth", "secret/pier", &key] {
        assert!(!holds(folder.path(), word), "{word} is still there");
    }
    for part in body.chunks_exact(24) {
        assert!(!holds_bytes(folder.path(), part), "some of its packed text is still there");
    }
    assert_eq!(archive.status().unwrap().stories, 40);
    assert_eq!(archive.check().unwrap(), Vec::<String>::new());
}

#[test]
fn files_that_are_no_archive_are_told_apart() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    let said = |path: &Path| SqliteArchive::open(path).unwrap_err().to_string();
    assert!(said(&path("none.db")).contains("no archive here yet"));
    fs::write(path("story.txt"), "A story, and no archive.").unwrap();
    assert!(said(&path("story.txt")).contains("no newslint archive (not a database)"));
    fs::write(path("empty.db"), "").unwrap();
    assert!(said(&path("empty.db")).contains("an empty file"));
    assert!(said(folder.path()).contains("a folder"));
    let other = Connection::open(path("other.db")).unwrap();
    other.execute_batch("CREATE TABLE cats (name TEXT)").unwrap();
    assert!(said(&path("other.db")).contains("a database of another program"));
    let written = SqliteWriter::open(&path("other.db")).unwrap_err().to_string();
    assert!(written.contains("a database of another program"), "{written}");
    let tables: i64 = other.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0)).unwrap();
    assert_eq!(tables, 1, "a foreign database is left as it was");
}

#[test]
fn a_newer_archive_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let archive = archive(&folder, &[story("pier.txt", date(2026, 3, 1), PIER)]);
    let path = archive.path().to_owned();
    drop(archive);
    Connection::open(&path).unwrap().pragma_update(None, "user_version", SCHEMA + 3).unwrap();
    for error in [SqliteArchive::open(&path).unwrap_err(), SqliteWriter::open(&path).unwrap_err()] {
        assert!(
            error.to_string().contains("written by a newer newslint (archive version 6, this one reads 3)"),
            "{error}"
        );
    }
}

#[test]
fn damage_is_said_and_never_a_panic() {
    let folder = TempDir::new().unwrap();
    let records: Vec<StoryRecord> =
        (0..60).map(|n| story(&format!("{n}.txt"), date(2026, 3, 1), &copy(n, 300))).collect();
    let archive = archive(&folder, &records);
    let path = archive.path().to_owned();
    let records = exported(&archive);
    drop(archive);
    // Damage in pages that hold nothing is none.
    Connection::open(&path).unwrap().execute_batch("VACUUM").unwrap();
    let whole = fs::read(&path).unwrap();
    for at in (0..whole.len()).step_by(whole.len() / 25) {
        let mut bytes = whole.clone();
        let end = (at + 3000).min(bytes.len());
        bytes[at..end].fill(0xa5);
        fs::write(&path, &bytes).unwrap();
        let Ok(archive) = SqliteArchive::open(&path) else { continue };
        let noticed = archive.check().map_or(true, |faults| !faults.is_empty());
        // Bytes between the rows of a page that is not full hold nothing.
        assert!(noticed || exported(&archive) == records, "damage at {at} goes unnoticed");
        archive.status().ok();
        archive.people("quist", None).ok();
        archive.export(|_| Ok(())).ok();
    }
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let cut = SqliteArchive::open(&path).and_then(|a| a.check());
    assert!(cut.as_ref().map_or(true, |faults| !faults.is_empty()), "{cut:?}");
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(".newslint/archive.db");
    let mut writer = SqliteWriter::open(&path).unwrap();
    writer.write(&[story("pier.txt", date(2026, 3, 1), PIER)]).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let inside: Vec<_> = fs::read_dir(path.parent().unwrap()).unwrap().map(|e| e.unwrap().path()).collect();
    assert!(inside.len() >= 3, "archive, log and .gitignore: {inside:?}");
    for file in inside.iter().filter(|f| !f.ends_with(".gitignore")) {
        assert_eq!(mode(file), 0o600, "{}", file.display());
    }
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    drop(writer);
    SqliteWriter::open(&path).unwrap();
    assert_eq!(mode(&path), 0o600);
}

#[test]
fn readers_see_whole_batches_while_a_writer_works() {
    let folder = TempDir::new().unwrap();
    let archive = archive(&folder, &[story("pier.txt", date(2026, 3, 1), PIER)]);
    std::thread::scope(|scope| {
        for writer in 0..2 {
            let path = archive.path().to_owned();
            scope.spawn(move || {
                let mut open = SqliteWriter::open(&path).unwrap();
                for batch in 0..10 {
                    let records: Vec<StoryRecord> =
                        (0..10).map(|n| story(&format!("{writer}/{batch}/{n}.txt"), date(2026, 3, 1), STORM)).collect();
                    open.write(&records).unwrap();
                }
            });
        }
        for _ in 0..50 {
            assert_eq!(archive.status().unwrap().stories % 10, 1);
        }
    });
    assert_eq!(archive.status().unwrap().stories, 201);
    assert_eq!(archive.check().unwrap(), Vec::<String>::new());
}

#[test]
fn every_paragraph_of_a_statement_can_be_quoted() {
    let folder = TempDir::new().unwrap();
    let text = "Both towns agreed that the ferry between them needs a new and safer boat.";
    let record = extract(Story {
        path: "statement.txt".into(),
        kind: Some(Kind::Statement),
        text: text.into(),
        ..Story::default()
    });
    let archive = archive(&folder, &[record]);
    let found = archive.quotations(&shingles("the ferry between them needs a new boat"), None).unwrap();
    assert_eq!((found.len(), found[0].standing.kind), (1, Kind::Statement));
    assert_eq!(found[0].standing.document.date(), None);
}
