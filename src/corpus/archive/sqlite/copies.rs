//! Copies of one another: found by their bands, joined into groups that are named by their least id.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{CachedStatement, Connection, OptionalExtension, Transaction, params};

use super::insert::Batch;
use crate::corpus::archive::extract::unhex;
use crate::corpus::archive::{DocumentId, Signature};

/// How many stories that share a band are looked at: a band of boilerplate may be in thousands.
const CANDIDATES: i64 = 64;

/// The stories in the archive that are copies of a text with this signature, sorted.
pub(super) fn copies_of(connection: &Connection, signature: &Signature) -> rusqlite::Result<Vec<DocumentId>> {
    let mut candidates = BTreeSet::new();
    for key in signature.bands() {
        candidates.extend(sharing(connection, key)?);
    }
    let mut copies = Vec::new();
    for candidate in candidates {
        if stored(connection, candidate)?.is_some_and(|stored| stored.is_copy_of(signature)) {
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

/// Stores the signatures of a batch and joins each story with its copies, in the archive or in the batch.
pub(super) fn insert_signatures(transaction: &Transaction<'_>, stories: &Batch<'_>) -> rusqlite::Result<()> {
    let mut signatures: BTreeMap<DocumentId, Signature> = BTreeMap::new();
    let mut bands: Vec<(i64, DocumentId)> = Vec::new();
    let mut row = transaction.prepare_cached("INSERT INTO signature (document, bytes) VALUES (?1, ?2)")?;
    for (&id, (_, record)) in stories {
        if let Some(signature) = unhex(&record.signature).and_then(|bytes| Signature::from_bytes(&bytes)) {
            row.execute(params![id.0, signature.to_bytes()])?;
            bands.extend(signature.bands().map(|key| (key, id)));
            signatures.insert(id, signature);
        }
    }
    // The keys are hashes: in their order, every page of the index is read and written once for the whole batch.
    bands.sort_unstable();
    let mut band = transaction.prepare_cached("INSERT OR IGNORE INTO band (key, document) VALUES (?1, ?2)")?;
    let mut pairs: Vec<(DocumentId, DocumentId)> = Vec::new();
    for (key, id) in bands {
        pairs.extend(sharing(transaction, key)?.into_iter().map(|candidate| (id, candidate)));
        band.execute(params![key, id.0])?;
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut copies: BTreeMap<DocumentId, Vec<DocumentId>> = BTreeMap::new();
    for (id, candidate) in pairs {
        let is_copy = match signatures.get(&candidate) {
            Some(other) => signatures[&id].is_copy_of(other),
            None => stored(transaction, candidate)?.is_some_and(|other| signatures[&id].is_copy_of(&other)),
        };
        if is_copy {
            copies.entry(id).or_default().push(candidate);
        }
    }
    for (id, copies) in copies {
        join(transaction, id, &copies)?;
    }
    Ok(())
}

/// The newest stories with this band.
fn sharing(connection: &Connection, key: i64) -> rusqlite::Result<Vec<DocumentId>> {
    let mut band: CachedStatement<'_> =
        connection.prepare_cached("SELECT document FROM band WHERE key = ?1 ORDER BY document DESC LIMIT ?2")?;
    let rows = band.query_map(params![key, CANDIDATES], |row| row.get(0).map(DocumentId))?;
    rows.collect()
}

/// The signature of a story in the archive.
pub(super) fn stored(connection: &Connection, id: DocumentId) -> rusqlite::Result<Option<Signature>> {
    let mut statement = connection.prepare_cached("SELECT bytes FROM signature WHERE document = ?1")?;
    let bytes = statement.query_row([id.0], |row| row.get::<_, Vec<u8>>(0)).optional()?;
    Ok(bytes.and_then(|bytes| Signature::from_bytes(&bytes)))
}
