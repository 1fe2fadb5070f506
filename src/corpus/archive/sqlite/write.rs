//! Adding stories: one transaction for each batch, in the order of the ids, so that the pages of an index are touched once.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{CachedStatement, Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use super::{QUOTES, SqliteWriter, explain, first_quote, remove};
use crate::corpus::archive::extract::unhex;
use crate::corpus::archive::{ArchiveError, DocumentId, EXTRACTOR, Signature, StoryRecord};
use crate::corpus::near::shortened;
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

/// The keys of a story's rows, kept so that they can be found again without a second index.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Keys {
    pub people: BTreeSet<String>,
    pub entities: BTreeSet<String>,
    pub figures: BTreeSet<String>,
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
        let sql = "SELECT d.path, d.item, d.date, d.outlet, d.kind, d.thread, d.version, d.format, d.is_file, s.text
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
                    text: row.get(9)?,
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

/// The stories of a batch by id, each with its name.
type Batch<'r> = BTreeMap<DocumentId, (String, &'r StoryRecord)>;

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

fn insert(transaction: &Transaction<'_>, stories: &Batch<'_>) -> rusqlite::Result<()> {
    let mut people = Vec::new();
    let mut entities = Vec::new();
    let mut figures = Vec::new();
    let mut surnames: BTreeMap<&str, u32> = BTreeMap::new();
    let mut words: BTreeMap<&str, u32> = BTreeMap::new();
    let mut document = transaction.prepare_cached(
        "INSERT INTO document (id, name, path, item, hash, intake, extractor, date, outlet, kind, thread, version, headline,
                               format, is_file, words)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )?;
    let mut story =
        transaction.prepare_cached("INSERT INTO story (document, text, terms, keys) VALUES (?1, ?2, ?3, ?4)")?;
    let mut terms = transaction.prepare_cached("INSERT INTO term_index (rowid, terms) VALUES (?1, ?2)")?;
    let mut standing = transaction
        .prepare_cached("INSERT INTO standing (document, copies, superseded, kind) VALUES (?1, ?1, 0, ?2)")?;
    for (&id, (name, record)) in stories {
        document.execute(params![
            id.0,
            name,
            record.path,
            record.item,
            record.hash,
            record.intake,
            record.extractor,
            record.date.map(|d| d.to_string()),
            record.outlet,
            record.kind.name(),
            record.thread,
            record.version,
            record.headline,
            record.format,
            record.is_file,
            record.words,
        ])?;
        let mut keys = Keys::default();
        for (n, person) in record.people.iter().enumerate() {
            if keys.people.insert(person.key.clone()) {
                *surnames.entry(&person.key).or_default() += 1;
            }
            people.push((&person.key, id, n as i64, person));
        }
        let named = [("organization", &record.organizations), ("place", &record.places)];
        for (kind, list) in named {
            for (n, entity) in list.iter().enumerate() {
                keys.entities.insert(entity.key.clone());
                entities.push((&entity.key, id, kind, n as i64, entity));
            }
        }
        for (n, figure) in record.figures.iter().enumerate() {
            keys.figures.insert(figure.key.clone());
            figures.push((&figure.key, id, n as i64, figure));
        }
        for term in &record.terms {
            *words.entry(term).or_default() += 1;
        }
        let joined = record.terms.join(" ");
        let keys = serde_json::to_string(&keys).unwrap_or_default();
        story.execute(params![id.0, record.text, joined, keys])?;
        terms.execute(params![id.0, joined])?;
        standing.execute(params![id.0, record.kind.name()])?;
        insert_signature(transaction, id, record)?;
    }
    insert_quotes(transaction, stories)?;

    people.sort_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)));
    let mut person = transaction.prepare_cached(
        "INSERT INTO person (key, document, n, name, surname, given, mentions, first, last)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    let mut title = transaction.prepare_cached(
        "INSERT INTO title (key, document, person, n, title, status, office, holders, portfolio, jurisdiction, first, last)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    for (key, id, n, fact) in people {
        let (first, last) = (fact.span.start, fact.span.end);
        person.execute(params![key, id.0, n, fact.name, fact.surname, fact.given, fact.mentions, first, last])?;
        for (at, held) in fact.titles.iter().enumerate() {
            title.execute(params![
                key,
                id.0,
                n,
                at as i64,
                held.title,
                held.status,
                held.office,
                held.group,
                held.portfolio,
                held.jurisdiction,
                held.span.start,
                held.span.end
            ])?;
        }
    }
    entities.sort_by(|a, b| (a.0, a.1, a.2, a.3).cmp(&(b.0, b.1, b.2, b.3)));
    let mut entity = transaction.prepare_cached(
        "INSERT INTO entity (key, document, kind, n, name, first, last) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (key, id, kind, n, fact) in entities {
        entity.execute(params![key, id.0, kind, n, fact.name, fact.span.start, fact.span.end])?;
    }
    figures.sort_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)));
    let mut figure = transaction
        .prepare_cached("INSERT INTO figure (key, document, n, value, first, last) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (key, id, n, fact) in figures {
        figure.execute(params![key, id.0, n, fact.value, fact.span.start, fact.span.end])?;
    }
    count_terms(transaction, &words)?;
    count_surnames(transaction, &surnames)
}

fn count_terms(transaction: &Transaction<'_>, words: &BTreeMap<&str, u32>) -> rusqlite::Result<()> {
    let mut count = transaction.prepare_cached(
        "INSERT INTO term (word, stories) VALUES (?1, ?2) ON CONFLICT (word) DO UPDATE SET stories = stories + excluded.stories",
    )?;
    for (word, stories) in words {
        count.execute(params![word, stories])?;
    }
    Ok(())
}

fn count_surnames(transaction: &Transaction<'_>, surnames: &BTreeMap<&str, u32>) -> rusqlite::Result<()> {
    let mut more = transaction.prepare_cached("UPDATE surname SET stories = stories + ?2 WHERE key = ?1")?;
    let mut new = transaction.prepare_cached("INSERT INTO surname (key, stories) VALUES (?1, ?2)")?;
    let mut near = transaction.prepare_cached("INSERT OR IGNORE INTO near (form, key) VALUES (?1, ?2)")?;
    for (key, stories) in surnames {
        if more.execute(params![key, stories])? == 0 {
            new.execute(params![key, stories])?;
            for form in shortened(key) {
                near.execute(params![form, key])?;
            }
        }
    }
    Ok(())
}

fn insert_quotes(transaction: &Transaction<'_>, stories: &Batch<'_>) -> rusqlite::Result<()> {
    let mut quote = transaction.prepare_cached(
        "INSERT INTO quote (id, speaker, speaker_key, status, tier, first, last, shingles)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let mut index = transaction.prepare_cached("INSERT INTO shingle_index (rowid, shingles) VALUES (?1, ?2)")?;
    for (&id, (_, record)) in stories {
        for (n, fact) in record.quotes.iter().take(QUOTES).enumerate() {
            let row = first_quote(id) + n as i64;
            let (first, last) = (fact.span.start, fact.span.end);
            let parts =
                params![row, fact.speaker, fact.speaker_key, fact.status, fact.tier, first, last, fact.shingles];
            quote.execute(parts)?;
            index.execute(params![row, words_of(&fact.shingles)])?;
        }
    }
    Ok(())
}

/// The shingles as the words of an index entry.
pub(super) fn words_of(shingles: &str) -> String {
    let mut words = String::with_capacity(shingles.len() * 17 / 16);
    for (at, digit) in shingles.chars().enumerate() {
        if at > 0 && at % 16 == 0 {
            words.push(' ');
        }
        words.push(digit);
    }
    words
}

/// Stores a story's signature and joins it with the copies that are there already.
fn insert_signature(transaction: &Transaction<'_>, id: DocumentId, record: &StoryRecord) -> rusqlite::Result<()> {
    let Some(signature) = unhex(&record.signature).and_then(|bytes| Signature::from_bytes(&bytes)) else {
        return Ok(());
    };
    let copies = copies_of(transaction, &signature)?;
    let mut row = transaction.prepare_cached("INSERT INTO signature (document, bytes) VALUES (?1, ?2)")?;
    row.execute(params![id.0, signature.to_bytes()])?;
    let mut band = transaction.prepare_cached("INSERT OR IGNORE INTO band (key, document) VALUES (?1, ?2)")?;
    for key in signature.bands() {
        band.execute(params![key, id.0])?;
    }
    join(transaction, id, &copies)
}

/// How many stories that share a band are looked at: a band of boilerplate may be in thousands.
const CANDIDATES: i64 = 64;

/// The stories in the archive that are copies of a text with this signature, sorted.
pub(super) fn copies_of(connection: &Connection, signature: &Signature) -> rusqlite::Result<Vec<DocumentId>> {
    let mut band: CachedStatement<'_> =
        connection.prepare_cached("SELECT document FROM band WHERE key = ?1 ORDER BY document DESC LIMIT ?2")?;
    let mut candidates = BTreeSet::new();
    for key in signature.bands() {
        let rows = band.query_map(params![key, CANDIDATES], |row| row.get(0))?;
        for row in rows {
            candidates.insert(DocumentId(row?));
        }
    }
    let mut bytes = connection.prepare_cached("SELECT bytes FROM signature WHERE document = ?1")?;
    let mut copies = Vec::new();
    for candidate in candidates {
        let stored = bytes.query_row([candidate.0], |row| row.get::<_, Vec<u8>>(0)).optional()?;
        let stored = stored.and_then(|bytes| Signature::from_bytes(&bytes));
        if stored.is_some_and(|stored| stored.is_copy_of(signature)) {
            copies.push(candidate);
        }
    }
    Ok(copies)
}

/// Puts `id` and its copies, with all of theirs, into one group, named by its least id.
pub(super) fn join(transaction: &Transaction<'_>, id: DocumentId, copies: &[DocumentId]) -> rusqlite::Result<()> {
    if copies.is_empty() {
        return Ok(());
    }
    let mut group = transaction.prepare_cached("SELECT copies FROM standing WHERE document = ?1")?;
    let mut groups = BTreeSet::from([id.0]);
    for copy in copies.iter().chain([&id]) {
        groups.extend(group.query_row([copy.0], |row| row.get::<_, i64>(0)).optional()?);
    }
    let Some(&least) = groups.first() else { return Ok(()) };
    let mut rename =
        transaction.prepare_cached("UPDATE standing SET copies = ?1 WHERE copies = ?2 AND copies <> ?1")?;
    for other in &groups {
        rename.execute([least, *other])?;
    }
    Ok(())
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
