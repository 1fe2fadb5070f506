//! `corpus check` and `corpus export`: whether the file is whole, and all that it holds.

use rusqlite::{Connection, params};

use super::pack::{Body, Keys, unpack};
use super::read::title as title_fact;
use super::{SqliteArchive, first_quote, span};
use crate::corpus::archive::extract::hex;
use crate::corpus::archive::{ArchiveError, DocumentId, FigureFact, NameFact, PersonFact, QuoteFact, StoryRecord};
use crate::corpus::story::Kind;

/// How many faults of one sort are named.
const NAMED: usize = 20;

impl SqliteArchive {
    /// Looks at every page, every index and every story. Says what is wrong; nothing, if the archive is whole.
    pub fn check(&self) -> Result<Vec<String>, ArchiveError> {
        self.with(|connection| {
            let mut faults = Vec::new();
            let mut pages = connection.prepare(&format!("PRAGMA integrity_check({NAMED})"))?;
            for line in pages.query_map([], |row| row.get::<_, String>(0))? {
                faults.extend(line.into_iter().filter(|l| l != "ok"));
            }
            let mut stories = connection
                .prepare("SELECT d.name, d.hash, s.body FROM document d LEFT JOIN story s ON s.document = d.id")?;
            let mut rows = stories.query([])?;
            while let Some(row) = rows.next()? {
                let (name, hash): (String, String) = (row.get(0)?, row.get(1)?);
                let body = row.get_ref(2)?.as_blob_or_null()?.and_then(|bytes| unpack(bytes).ok());
                let whole = body.is_some_and(|body| blake3::hash(body.text.as_bytes()).to_hex().as_str() == hash);
                if !whole && faults.len() < NAMED {
                    faults.push(format!("{name}: its text is not what was stored"));
                }
            }
            for (what, sql) in [
                (
                    "stories without a standing",
                    "SELECT count(*) FROM document WHERE id NOT IN (SELECT document FROM standing)",
                ),
                (
                    "people of no story",
                    "SELECT count(*) FROM person WHERE document NOT IN (SELECT document FROM standing)",
                ),
                (
                    "quotations of no story",
                    "SELECT count(*) FROM quote WHERE id >> 12 NOT IN (SELECT document FROM standing)",
                ),
                (
                    "figures of no story",
                    "SELECT count(*) FROM figure WHERE document NOT IN (SELECT document FROM standing)",
                ),
                (
                    "stories that no term finds",
                    "SELECT (SELECT count(*) FROM story) - (SELECT count(*) FROM term_index_docsize)",
                ),
            ] {
                // The index keeps no sizes of its entries, so the last question may not be answerable.
                let count: i64 = connection.query_row(sql, [], |row| row.get(0)).unwrap_or(0);
                if count != 0 {
                    faults.push(format!("{count} {what}"));
                }
            }
            Ok(faults)
        })
    }

    /// Every story with its facts, in the order of the ids, as it was when it was added.
    pub fn export(&self, mut each: impl FnMut(StoryRecord) -> std::io::Result<()>) -> Result<(), ArchiveError> {
        let io = |source| ArchiveError::Io { path: self.path().to_owned(), source };
        let ids: Vec<i64> = self.with(|connection| {
            let mut ids = connection.prepare("SELECT id FROM document ORDER BY id")?;
            ids.query_map([], |row| row.get(0))?.collect()
        })?;
        for id in ids {
            each(self.with(|connection| record(connection, DocumentId(id)))?).map_err(io)?;
        }
        Ok(())
    }
}

fn record(connection: &Connection, id: DocumentId) -> rusqlite::Result<StoryRecord> {
    let sql = "SELECT d.extractor, d.path, d.item, d.hash, d.intake, d.date, d.outlet, d.kind, d.thread, d.version, d.headline,
                      d.format, d.is_file, d.words, s.body,
                      (SELECT bytes FROM signature WHERE document = d.id)
               FROM document d JOIN story s ON s.document = d.id WHERE d.id = ?1";
    let (mut record, keys) = connection.prepare_cached(sql)?.query_row([id.0], |row| {
        let Body { text, terms, keys } = unpack(row.get_ref(14)?.as_blob()?)?;
        let record = StoryRecord {
            extractor: row.get(0)?,
            path: row.get(1)?,
            item: row.get(2)?,
            hash: row.get(3)?,
            intake: row.get(4)?,
            date: row.get::<_, Option<String>>(5)?.and_then(|d| d.parse().ok()),
            outlet: row.get(6)?,
            kind: Kind::from_name(&row.get::<_, String>(7)?).unwrap_or_default(),
            thread: row.get(8)?,
            version: row.get(9)?,
            headline: row.get(10)?,
            format: row.get(11)?,
            is_file: row.get(12)?,
            words: row.get(13)?,
            text,
            people: Vec::new(),
            organizations: Vec::new(),
            places: Vec::new(),
            figures: Vec::new(),
            quotes: Vec::new(),
            terms: terms.split_whitespace().map(str::to_owned).collect(),
            signature: row.get::<_, Option<Vec<u8>>>(15)?.map(|bytes| hex(&bytes)).unwrap_or_default(),
        };
        Ok((record, keys))
    })?;
    record.people = people(connection, id, &keys)?;
    record.organizations = entities(connection, id, &keys, "organization")?;
    record.places = entities(connection, id, &keys, "place")?;
    record.figures = figures(connection, id, &keys)?;
    let sql = "SELECT speaker, speaker_key, status, tier, first, last, shingles FROM quote WHERE id >= ?1 AND id < ?2 ORDER BY id";
    let mut quotes = connection.prepare_cached(sql)?;
    let rows = quotes.query_map(params![first_quote(id), first_quote(DocumentId(id.0 + 1))], |row| {
        Ok(QuoteFact {
            speaker: row.get(0)?,
            speaker_key: row.get(1)?,
            status: row.get(2)?,
            tier: row.get(3)?,
            span: span(row, 4)?,
            shingles: hex(row.get_ref(6)?.as_blob()?),
        })
    })?;
    record.quotes = rows.collect::<Result<_, _>>()?;
    Ok(record)
}

fn people(connection: &Connection, id: DocumentId, keys: &Keys) -> rusqlite::Result<Vec<PersonFact>> {
    let sql = "SELECT n, key, name, surname, given, mentions, first, last FROM person WHERE key = ?1 AND document = ?2";
    let mut person = connection.prepare_cached(sql)?;
    let sql = "SELECT kind, spoken, title, status, office, holders, portfolio, jurisdiction, first, last FROM title
               WHERE key = ?1 AND document = ?2 AND person = ?3 ORDER BY n";
    let mut title = connection.prepare_cached(sql)?;
    let mut people: Vec<(u32, PersonFact)> = Vec::new();
    for key in &keys.people {
        let rows = person.query_map(params![key, id.0], |row| {
            let fact = PersonFact {
                key: row.get(1)?,
                name: row.get(2)?,
                surname: row.get(3)?,
                given: row.get(4)?,
                mentions: row.get(5)?,
                span: span(row, 6)?,
                titles: Vec::new(),
            };
            Ok((row.get(0)?, fact))
        })?;
        for row in rows {
            let (n, mut fact): (u32, PersonFact) = row?;
            let titles = title.query_map(params![key, id.0, n], |row| title_fact(row, 0))?;
            fact.titles = titles.collect::<Result<_, _>>()?;
            people.push((n, fact));
        }
    }
    people.sort_by_key(|(n, _)| *n);
    Ok(people.into_iter().map(|(_, fact)| fact).collect())
}

fn entities(connection: &Connection, id: DocumentId, keys: &Keys, kind: &str) -> rusqlite::Result<Vec<NameFact>> {
    let sql = "SELECT n, key, name, first, last FROM entity WHERE key = ?1 AND document = ?2 AND kind = ?3";
    let mut entity = connection.prepare_cached(sql)?;
    let mut entities: Vec<(u32, NameFact)> = Vec::new();
    for key in &keys.entities {
        let rows = entity.query_map(params![key, id.0, kind], |row| {
            Ok((row.get(0)?, NameFact { key: row.get(1)?, name: row.get(2)?, span: span(row, 3)? }))
        })?;
        entities.extend(rows.collect::<Result<Vec<_>, _>>()?);
    }
    entities.sort_by_key(|(n, _)| *n);
    Ok(entities.into_iter().map(|(_, fact)| fact).collect())
}

fn figures(connection: &Connection, id: DocumentId, keys: &Keys) -> rusqlite::Result<Vec<FigureFact>> {
    let sql = "SELECT n, key, value, first, last FROM figure WHERE key = ?1 AND document = ?2";
    let mut figure = connection.prepare_cached(sql)?;
    let mut figures: Vec<(u32, FigureFact)> = Vec::new();
    for key in &keys.figures {
        let rows = figure.query_map(params![key, id.0], |row| {
            Ok((row.get(0)?, FigureFact { key: row.get(1)?, value: row.get(2)?, span: span(row, 3)? }))
        })?;
        figures.extend(rows.collect::<Result<Vec<_>, _>>()?);
    }
    figures.sort_by_key(|(n, _)| *n);
    Ok(figures.into_iter().map(|(_, fact)| fact).collect())
}
