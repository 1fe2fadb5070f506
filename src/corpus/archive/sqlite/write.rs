//! Adding stories: one transaction for each batch, in the order of the ids, so that the pages of an index are touched once.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::insert::{Batch, insert};
use super::{SqliteWriter, explain, pack, remove};
use crate::corpus::archive::{ArchiveError, DocumentId, EXTRACTOR, StoryRecord};
use crate::corpus::story::{Kind, Story};
use crate::source::Format;

/// What became of the stories of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub added: u64,
    pub replaced: u64,
    /// Already there, letter by letter.
    pub unchanged: u64,
}

impl std::ops::AddAssign for Written {
    fn add_assign(&mut self, other: Written) {
        self.added += other.added;
        self.replaced += other.replaced;
        self.unchanged += other.unchanged;
    }
}

impl SqliteWriter {
    /// Whether the story called `name` is stored as it would be read now.
    pub fn is_current(&self, name: &str, intake: &str, extractor: u32) -> Result<bool, ArchiveError> {
        let sql = "SELECT 1 FROM document WHERE name = ?1 AND intake = ?2 AND extractor = ?3";
        let found = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_row(params![name, intake, extractor], |_| Ok(())).optional());
        Ok(found.map_err(explain(&self.path))?.is_some())
    }

    /// Adds stories, in place of those with the same names. All of them or, on an error, none.
    pub fn write(&mut self, records: &[StoryRecord]) -> Result<Written, ArchiveError> {
        if records.is_empty() {
            return Ok(Written::default());
        }
        let written = write_batch(&mut self.connection, records).map_err(explain(&self.path))?;
        self.written += written.added + written.replaced;
        Ok(written)
    }

    /// Remembers what was added, for [`roots`](SqliteWriter::roots).
    pub fn remember(&mut self, path: &str, defaults: &Story) -> Result<(), ArchiveError> {
        let sql = "INSERT OR REPLACE INTO root (path, date, outlet, kind) VALUES (?1, ?2, ?3, ?4)";
        let date = defaults.date.map(|d| d.to_string());
        let kind = defaults.kind.map(Kind::name);
        let done = self.connection.execute(sql, params![path, date, defaults.outlet, kind]);
        done.map(drop).map_err(explain(&self.path))
    }

    /// The files and folders that were added, each with what was said of its stories.
    pub fn roots(&self) -> Result<Vec<(String, Story)>, ArchiveError> {
        let sql = "SELECT path, date, outlet, kind FROM root ORDER BY path";
        let roots = self.connection.prepare_cached(sql).and_then(|mut statement| {
            let rows = statement.query_map([], |row| {
                let defaults = Story {
                    date: row.get::<_, Option<String>>(1)?.and_then(|d| d.parse().ok()),
                    outlet: row.get(2)?,
                    kind: row.get::<_, Option<String>>(3)?.and_then(|k| Kind::from_name(&k)),
                    ..Story::default()
                };
                Ok((row.get(0)?, defaults))
            })?;
            rows.collect()
        });
        roots.map_err(explain(&self.path))
    }

    /// Stories that an older newslint read, at most `limit`, as they came in.
    pub fn outdated(&self, limit: u32) -> Result<Vec<Story>, ArchiveError> {
        let sql = "SELECT d.path, d.item, d.date, d.outlet, d.kind, d.thread, d.version, d.format, d.is_file, s.body
                   FROM document d JOIN story s ON s.document = d.id WHERE d.extractor < ?1 ORDER BY d.id LIMIT ?2";
        let stories = self.connection.prepare_cached(sql).and_then(|mut statement| {
            let rows = statement.query_map(params![EXTRACTOR, limit], |row| {
                Ok(Story {
                    path: row.get(0)?,
                    item: row.get(1)?,
                    date: row.get::<_, Option<String>>(2)?.and_then(|d| d.parse().ok()),
                    outlet: row.get(3)?,
                    kind: Kind::from_name(&row.get::<_, String>(4)?),
                    thread: row.get(5)?,
                    version: row.get(6)?,
                    format: Format::from_name(&row.get::<_, String>(7)?),
                    is_file: row.get(8)?,
                    text: pack::unpack(row.get_ref(9)?.as_blob()?)?.text,
                    ..Story::default()
                })
            })?;
            rows.collect()
        });
        stories.map_err(explain(&self.path))
    }

    /// Every path of a story in the archive.
    pub fn paths(&self) -> Result<Vec<String>, ArchiveError> {
        let paths =
            self.connection.prepare_cached("SELECT DISTINCT path FROM document ORDER BY path").and_then(|mut s| {
                let rows = s.query_map([], |row| row.get(0))?;
                rows.collect()
            });
        paths.map_err(explain(&self.path))
    }

    /// Merges what many batches left in the indexes and gives the log back, so that readers are fast at once. A run that wrote a good
    /// part of the archive merges the indexes whole, a small one only some pages of them: its cost stays in keeping with what it wrote.
    pub fn finish(&mut self) -> Result<(), ArchiveError> {
        let done = merge(&self.connection, self.written).and_then(|()| checkpoint(&self.connection));
        self.written = 0;
        done.map_err(explain(&self.path))
    }
}

/// A run that wrote this part of the stories, or more, merges the indexes whole.
const LARGE_PART: u64 = 8;

fn merge(connection: &Connection, written: u64) -> rusqlite::Result<()> {
    let stories: i64 = connection.query_row("SELECT count(*) FROM standing", [], |row| row.get(0))?;
    connection.execute_batch(if written > 0 && written.saturating_mul(LARGE_PART) >= stories as u64 {
        "INSERT INTO term_index (term_index) VALUES ('optimize');
         INSERT INTO shingle_index (shingle_index) VALUES ('optimize');"
    } else {
        "INSERT INTO term_index (term_index, rank) VALUES ('merge', 2000);
         INSERT INTO shingle_index (shingle_index, rank) VALUES ('merge', 2000);"
    })?;
    connection.execute_batch("PRAGMA optimize")
}

/// Moves the log into the file and cuts it to nothing.
pub(super) fn checkpoint(connection: &Connection) -> rusqlite::Result<()> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
}

fn write_batch(connection: &mut Connection, records: &[StoryRecord]) -> rusqlite::Result<Written> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut written = Written::default();
    // The last of a name wins; then by id.
    let mut stories: Batch<'_> = BTreeMap::new();
    let mut by_name: BTreeMap<String, &StoryRecord> = BTreeMap::new();
    for record in records {
        by_name.insert(record.name(), record);
    }
    let mut gone = Vec::new();
    for (name, record) in by_name {
        let sql = "SELECT id, intake, extractor, hash FROM document WHERE name = ?1";
        let known = transaction.prepare_cached(sql)?.query_row([&name], |row| {
            Ok((DocumentId(row.get(0)?), row.get::<_, String>(1)?, row.get::<_, u32>(2)?, row.get::<_, String>(3)?))
        });
        let id = match known.optional()? {
            Some((_, intake, extractor, hash))
                if intake == record.intake && extractor == record.extractor && hash == record.hash =>
            {
                written.unchanged += 1;
                continue;
            }
            Some((old, ..)) => {
                written.replaced += 1;
                gone.push(old);
                free_id(&transaction, &stories, DocumentId::new(record.date, &name), Some(old))?
            }
            None => {
                written.added += 1;
                free_id(&transaction, &stories, DocumentId::new(record.date, &name), None)?
            }
        };
        stories.insert(id, (name, record));
    }
    remove::delete(&transaction, &gone)?;
    insert(&transaction, &stories)?;
    let threads: BTreeSet<&str> = stories.values().filter_map(|(_, r)| r.thread.as_deref()).collect();
    for thread in threads {
        supersede(&transaction, thread)?;
    }
    transaction.commit()?;
    Ok(written)
}

/// `id`, or the next one that no other story has: two names of one day may have one hash.
fn free_id(
    transaction: &Transaction<'_>,
    batch: &Batch<'_>,
    id: DocumentId,
    own: Option<DocumentId>,
) -> rusqlite::Result<DocumentId> {
    let mut taken = transaction.prepare_cached("SELECT 1 FROM document WHERE id = ?1")?;
    let mut id = id;
    while batch.contains_key(&id) || Some(id) != own && taken.query_row([id.0], |_| Ok(())).optional()?.is_some() {
        id.0 += 1;
    }
    Ok(id)
}

/// Marks all but the last version of a story as superseded.
pub(super) fn supersede(transaction: &Transaction<'_>, thread: &str) -> rusqlite::Result<()> {
    // Without a version of its own, a story's version is its date.
    let sql = "SELECT id FROM document WHERE thread = ?1
               ORDER BY coalesce(version, date, '') DESC, id DESC";
    let mut versions = transaction.prepare_cached(sql)?;
    let ids = versions.query_map([thread], |row| row.get::<_, i64>(0))?.collect::<Result<Vec<_>, _>>()?;
    let mut mark =
        transaction.prepare_cached("UPDATE standing SET superseded = ?2 WHERE document = ?1 AND superseded <> ?2")?;
    for (at, id) in ids.iter().enumerate() {
        mark.execute(params![id, at > 0])?;
    }
    Ok(())
}
