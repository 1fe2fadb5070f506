//! From the tables of an older newslint to those of this one: in one transaction, so that a run that is killed leaves the old ones.

use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::SCHEMA;
use super::pack::{Keys, pack, pack_shingles};

/// The oldest archive that can be brought up to date.
pub(super) const OLDEST: u32 = 2;

/// Brings the tables up to date. Facts that this newslint would read otherwise are read again by `corpus update`.
pub(super) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another writer may have done it meanwhile.
    if transaction.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0))? == 2 {
        from_2(&transaction)?;
    }
    transaction.pragma_update(None, "user_version", SCHEMA)?;
    transaction.commit()
}

/// Texts and shingles are packed; titles say their kind, and whether they were spoken.
fn from_2(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch(
        "ALTER TABLE story RENAME TO story_2;
         CREATE TABLE story (document INTEGER PRIMARY KEY, body BLOB NOT NULL);
         ALTER TABLE title ADD COLUMN kind TEXT NOT NULL DEFAULT '';
         ALTER TABLE title ADD COLUMN spoken INTEGER NOT NULL DEFAULT 0;",
    )?;
    let mut old = transaction.prepare("SELECT document, text, terms, keys FROM story_2 ORDER BY document")?;
    let mut new = transaction.prepare("INSERT INTO story (document, body) VALUES (?1, ?2)")?;
    let mut rows = old.query([])?;
    while let Some(row) = rows.next()? {
        let text = |column| row.get_ref(column).and_then(|value| Ok(value.as_str()?));
        let keys: Keys = serde_json::from_str(text(3)?).unwrap_or_default();
        new.execute(params![row.get::<_, i64>(0)?, pack(text(1)?, text(2)?, &keys)])?;
    }
    transaction.execute_batch("DROP TABLE story_2")?;
    // Rows of a table are rewritten in place, in steps, for a cursor must not meet its own changes.
    let mut some = transaction.prepare("SELECT id, shingles FROM quote WHERE id > ?1 ORDER BY id LIMIT 1000")?;
    let mut packed = transaction.prepare("UPDATE quote SET shingles = ?2 WHERE id = ?1")?;
    let mut last = i64::MIN;
    loop {
        let rows: Vec<(i64, String)> =
            some.query_map([last], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        let Some(&(id, _)) = rows.last() else { return Ok(()) };
        last = id;
        for (id, shingles) in rows {
            packed.execute(params![id, pack_shingles(&shingles)])?;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use jiff::civil::date;
    use rusqlite::{Connection, params};
    use tempfile::TempDir;

    use super::super::{APPLICATION_ID, SqliteArchive, SqliteWriter, first_quote};
    use super::*;
    use crate::corpus::archive::{Archive, ArchiveError, DocumentId, StoryRecord, extract};
    use crate::corpus::story::Story;

    fn story(n: i8) -> StoryRecord {
        let text = format!(
            "Council keeps pier {n}\n\nThe council of Halden kept pier Grindle{n} open on Monday.\n\n\
             “We will not sell pier number {n} to anybody while I am here,” said Mayor Susan Quist."
        );
        let mut record =
            extract(Story { date: Some(date(2026, 3, n)), text, path: format!("{n}.txt"), ..Story::default() });
        record.extractor = 1;
        record.people.iter_mut().flat_map(|p| &mut p.titles).for_each(|t| t.kind.clear());
        record
    }

    /// An archive as the newslint before this one wrote it: its tables, its columns, and what they held.
    fn written_by_2(path: &Path, records: &[StoryRecord]) {
        // What did not change is taken from an archive of today.
        let today = path.with_extension("today");
        let mut writer = SqliteWriter::open(&today).unwrap();
        writer.write(records).unwrap();
        drop(writer);
        let mut connection = Connection::open(path).unwrap();
        connection.pragma_update(None, "secure_delete", true).unwrap();
        connection.pragma_update(None, "auto_vacuum", "INCREMENTAL").unwrap();
        connection.pragma_update(None, "journal_mode", "WAL").unwrap();
        connection.execute("ATTACH ?1 AS today", [today.to_str().unwrap()]).unwrap();
        let old = connection.transaction().unwrap();
        old.execute_batch(include_str!("schema_2.sql")).unwrap();
        for table in
            ["document", "standing", "signature", "band", "person", "surname", "near", "entity", "figure", "term"]
        {
            old.execute_batch(&format!("INSERT INTO main.{table} SELECT * FROM today.{table}")).unwrap();
        }
        old.execute_batch(
            "INSERT INTO main.title SELECT key, document, person, n, title, status, office, holders, portfolio, jurisdiction,
             first, last FROM today.title",
        )
        .unwrap();
        for record in records {
            let id = DocumentId::new(record.date, &record.name());
            let terms = record.terms.join(" ");
            let keys = serde_json::to_string(&Keys::of(record)).unwrap();
            old.execute("INSERT INTO main.story VALUES (?1, ?2, ?3, ?4)", params![id.0, record.text, terms, keys])
                .unwrap();
            old.execute("INSERT INTO main.term_index (rowid, terms) VALUES (?1, ?2)", params![id.0, terms]).unwrap();
            for (n, quote) in record.quotes.iter().enumerate() {
                let row = first_quote(id) + n as i64;
                old.execute(
                    "INSERT INTO main.quote SELECT id, speaker, speaker_key, status, tier, first, last, ?2 FROM today.quote WHERE id = ?1",
                    params![row, quote.shingles],
                )
                .unwrap();
                let words: Vec<&str> =
                    (0..quote.shingles.len() / 16).map(|at| &quote.shingles[at * 16..][..16]).collect();
                old.execute(
                    "INSERT INTO main.shingle_index (rowid, shingles) VALUES (?1, ?2)",
                    params![row, words.join(" ")],
                )
                .unwrap();
            }
        }
        old.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        old.pragma_update(None, "user_version", 2).unwrap();
        old.commit().unwrap();
        drop(connection);
        fs::remove_file(today).unwrap();
    }

    #[test]
    fn an_older_archive_is_brought_up_to_date_by_the_next_that_writes() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("archive.db");
        let records: Vec<StoryRecord> = (1..=20).map(story).collect();
        written_by_2(&path, &records);
        let refused = SqliteArchive::open(&path).unwrap_err();
        assert!(matches!(refused, ArchiveError::Older { found: 2, .. }), "{refused}");
        assert!(refused.to_string().contains("`newslint corpus update` brings it up to date"), "{refused}");

        let mut writer = SqliteWriter::open(&path).unwrap();
        let archive = SqliteArchive::open(&path).unwrap();
        assert_eq!(archive.check().unwrap(), Vec::<String>::new());
        let mut exported = Vec::new();
        archive
            .export(|record| {
                exported.push(record);
                Ok(())
            })
            .unwrap();
        assert_eq!(exported, records);
        assert_eq!(archive.status().unwrap().outdated, 20, "titles are read again for their kind");
        assert_eq!(writer.remove(&["7.txt".into()]).unwrap(), 1);
        assert_eq!(archive.check().unwrap(), Vec::<String>::new());
        let bytes = fs::read(&path).unwrap();
        assert!(memchr::memmem::find(&bytes, b"grindle7").is_none(), "what is removed after the move is gone");
        assert!(memchr::memmem::find(&bytes, b"We will not sell pier").is_none(), "no unpacked text stays behind");
    }

    #[test]
    fn a_move_that_is_broken_off_leaves_the_old_tables() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("archive.db");
        let records: Vec<StoryRecord> = (1..=20).map(story).collect();
        written_by_2(&path, &records);
        let mut connection = Connection::open(&path).unwrap();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
        from_2(&transaction).unwrap();
        drop(transaction);
        drop(connection);
        assert!(matches!(SqliteArchive::open(&path).unwrap_err(), ArchiveError::Older { found: 2, .. }));
        SqliteWriter::open(&path).unwrap();
        assert_eq!(SqliteArchive::open(&path).unwrap().status().unwrap().stories, 20);
    }

    #[test]
    fn an_archive_from_before_all_that_is_refused() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("archive.db");
        written_by_2(&path, &[story(1)]);
        Connection::open(&path).unwrap().pragma_update(None, "user_version", 1).unwrap();
        for error in [SqliteArchive::open(&path).unwrap_err(), SqliteWriter::open(&path).unwrap_err()] {
            assert!(error.to_string().contains("index into a new file"), "{error}");
        }
    }
}
