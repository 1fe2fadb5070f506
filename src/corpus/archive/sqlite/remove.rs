//! Taking stories out, so that not a word of them stays in the file.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

use super::copies::{copies_of, join, stored};
use super::insert::words_of;
use super::pack::{Body, Keys, unpack};
use super::write::{checkpoint, supersede};
use super::{SqliteWriter, explain, first_quote};
use crate::corpus::archive::{ArchiveError, DocumentId};
use crate::corpus::near::shortened;

/// How many stories are taken out at once.
const BATCH: usize = 500;

impl SqliteWriter {
    /// Removes the stories called so, or in files and folders called so: their texts, facts and index entries are overwritten. Says
    /// how many there were.
    pub fn remove(&mut self, names: &[String]) -> Result<u64, ArchiveError> {
        let sql = "SELECT id FROM document WHERE name = ?1 OR path = ?1 OR substr(path, 1, length(?1) + 1) = ?1 || '/'";
        let mut ids = BTreeSet::new();
        let found = self.connection.prepare_cached(sql).and_then(|mut statement| {
            for name in names {
                for id in statement.query_map([name.trim_end_matches('/')], |row| row.get(0))? {
                    ids.insert(DocumentId(id?));
                }
            }
            Ok(())
        });
        found.map_err(explain(&self.path))?;
        let ids: Vec<DocumentId> = ids.into_iter().collect();
        for batch in ids.chunks(BATCH) {
            let removed = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).and_then(|t| {
                delete(&t, batch)?;
                t.commit()
            });
            removed.map_err(explain(&self.path))?;
        }
        self.forget().map_err(explain(&self.path))?;
        Ok(ids.len() as u64)
    }

    /// Gives free pages back and empties the log, which holds pages as they were.
    fn forget(&self) -> rusqlite::Result<()> {
        checkpoint(&self.connection)?;
        let mut free = self.connection.prepare("PRAGMA incremental_vacuum")?;
        let mut rows = free.query([])?;
        while rows.next()?.is_some() {}
        checkpoint(&self.connection)
    }
}

/// Deletes stories with all that was made of them.
pub(super) fn delete(transaction: &Transaction<'_>, ids: &[DocumentId]) -> rusqlite::Result<()> {
    let mut threads = BTreeSet::new();
    let mut orphans = BTreeSet::new();
    for &id in ids {
        let thread: Option<Option<String>> = transaction
            .prepare_cached("SELECT thread FROM document WHERE id = ?1")?
            .query_row([id.0], |row| row.get(0))
            .optional()?;
        threads.extend(thread.flatten());
        let body: Option<Body> = transaction
            .prepare_cached("SELECT body FROM story WHERE document = ?1")?
            .query_row([id.0], |row| unpack(row.get_ref(0)?.as_blob()?))
            .optional()?;
        if let Some(body) = body {
            delete_index_entries(transaction, id, &body.terms)?;
            delete_facts(transaction, id, &body.keys)?;
        }
        orphans.extend(leave_copies(transaction, id)?);
        for sql in [
            "DELETE FROM document WHERE id = ?1",
            "DELETE FROM standing WHERE document = ?1",
            "DELETE FROM story WHERE document = ?1",
            "DELETE FROM signature WHERE document = ?1",
        ] {
            transaction.prepare_cached(sql)?.execute([id.0])?;
        }
    }
    for thread in threads {
        supersede(transaction, &thread)?;
    }
    let ids: BTreeSet<DocumentId> = ids.iter().copied().collect();
    for orphan in orphans.difference(&ids) {
        rejoin(transaction, *orphan)?;
    }
    Ok(())
}

fn delete_index_entries(transaction: &Transaction<'_>, id: DocumentId, terms: &str) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("INSERT INTO term_index (term_index, rowid, terms) VALUES ('delete', ?1, ?2)")?
        .execute(params![id.0, terms])?;
    let mut fewer = transaction.prepare_cached("UPDATE term SET stories = stories - 1 WHERE word = ?1")?;
    let mut last = transaction.prepare_cached("DELETE FROM term WHERE word = ?1 AND stories <= 0")?;
    for term in terms.split_whitespace() {
        fewer.execute([term])?;
        last.execute([term])?;
    }
    let range = params![first_quote(id), first_quote(DocumentId(id.0 + 1))];
    let mut quotes = transaction.prepare_cached("SELECT id, shingles FROM quote WHERE id >= ?1 AND id < ?2")?;
    let rows: Vec<(i64, String)> = quotes
        .query_map(range, |row| Ok((row.get(0)?, words_of(row.get_ref(1)?.as_blob()?))))?
        .collect::<Result<_, _>>()?;
    let mut index = transaction
        .prepare_cached("INSERT INTO shingle_index (shingle_index, rowid, shingles) VALUES ('delete', ?1, ?2)")?;
    for (row, words) in rows {
        index.execute(params![row, words])?;
    }
    transaction.prepare_cached("DELETE FROM quote WHERE id >= ?1 AND id < ?2")?.execute(range)?;
    Ok(())
}

fn delete_facts(transaction: &Transaction<'_>, id: DocumentId, keys: &Keys) -> rusqlite::Result<()> {
    let each = |sql: &str, keys: &BTreeSet<String>| -> rusqlite::Result<()> {
        let mut statement = transaction.prepare_cached(sql)?;
        for key in keys {
            statement.execute(params![key, id.0])?;
        }
        Ok(())
    };
    each("DELETE FROM person WHERE key = ?1 AND document = ?2", &keys.people)?;
    each("DELETE FROM title WHERE key = ?1 AND document = ?2", &keys.people)?;
    each("DELETE FROM entity WHERE key = ?1 AND document = ?2", &keys.entities)?;
    each("DELETE FROM figure WHERE key = ?1 AND document = ?2", &keys.figures)?;
    let mut fewer = transaction.prepare_cached("UPDATE surname SET stories = stories - 1 WHERE key = ?1")?;
    let mut last = transaction.prepare_cached("DELETE FROM surname WHERE key = ?1 AND stories <= 0")?;
    let mut near = transaction.prepare_cached("DELETE FROM near WHERE form = ?1 AND key = ?2")?;
    for key in &keys.people {
        fewer.execute([key])?;
        if last.execute([key])? > 0 {
            for form in shortened(key) {
                near.execute(params![form, key])?;
            }
        }
    }
    Ok(())
}

/// Takes a story out of its group of copies. Says who was in it: they may not be copies of one another without it.
fn leave_copies(transaction: &Transaction<'_>, id: DocumentId) -> rusqlite::Result<Vec<DocumentId>> {
    if let Some(signature) = stored(transaction, id)? {
        let mut band = transaction.prepare_cached("DELETE FROM band WHERE key = ?1 AND document = ?2")?;
        for key in signature.bands() {
            band.execute(params![key, id.0])?;
        }
    }
    let sql = "SELECT document FROM standing WHERE document <> ?1
               AND copies = (SELECT copies FROM standing WHERE document = ?1)";
    let others: Vec<DocumentId> = transaction
        .prepare_cached(sql)?
        .query_map([id.0], |row| row.get(0).map(DocumentId))?
        .collect::<Result<_, _>>()?;
    let mut alone = transaction.prepare_cached("UPDATE standing SET copies = document WHERE document = ?1")?;
    for other in &others {
        alone.execute([other.0])?;
    }
    Ok(others)
}

/// Joins a story with its copies again.
fn rejoin(transaction: &Transaction<'_>, id: DocumentId) -> rusqlite::Result<()> {
    match stored(transaction, id)? {
        Some(signature) => {
            let copies = copies_of(transaction, &signature)?;
            join(transaction, id, &copies)
        }
        None => Ok(()),
    }
}
