//! What can be asked of the file.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, params};
use rustc_hash::FxHashMap;

use super::copies::copies_of;
use super::pack::unpack_text;
use super::{SqliteArchive, explain, kind, search, span};
use crate::corpus::archive::{
    Archive, ArchiveError, DocumentId, DocumentRow, EXTRACTOR, EntityRow, FigureRow, Packed, PersonRow, QuoteRow,
    Signature, Standing, Status, TitleFact,
};
use crate::corpus::near::shortened;

/// The most rows of one answer. Newest first, they are enough to tell what is usual, and keep every lookup short.
pub(super) const ROWS: i64 = 200;
/// The standing of a story, from the columns document, copies, superseded, kind.
pub(super) fn standing(row: &Row<'_>, first: usize) -> rusqlite::Result<Standing> {
    Ok(Standing {
        document: DocumentId(row.get(first)?),
        copies: DocumentId(row.get(first + 1)?),
        superseded: row.get(first + 2)?,
        kind: kind(row, first + 3)?,
    })
}

impl Archive for SqliteArchive {
    fn people(&self, surname: &str, days: Option<RangeInclusive<Date>>) -> Result<Vec<PersonRow>, ArchiveError> {
        let ids = days.map_or(i64::MIN..=i64::MAX, DocumentId::range);
        self.with(|connection| {
            let mut titles = titles(connection, surname, &ids)?;
            let sql = "SELECT p.document, s.copies, s.superseded, s.kind, p.n, p.name, p.surname, p.given, p.mentions, p.first, p.last
                       FROM person p JOIN standing s ON s.document = p.document
                       WHERE p.key = ?1 AND p.document BETWEEN ?2 AND ?3 ORDER BY p.key DESC, p.document DESC, p.n DESC LIMIT ?4";
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map(params![surname, ids.start(), ids.end(), ROWS], |row| {
                let standing = standing(row, 0)?;
                let n: u32 = row.get(4)?;
                Ok(PersonRow {
                    standing,
                    name: row.get(5)?,
                    surname: row.get(6)?,
                    given: row.get(7)?,
                    mentions: row.get(8)?,
                    span: span(row, 9)?,
                    titles: titles.remove(&(standing.document, n)).unwrap_or_default(),
                })
            })?;
            rows.collect()
        })
    }

    fn surnames_near(&self, surname: &str) -> Result<Vec<(String, u32)>, ArchiveError> {
        self.with(|connection| {
            let sql = "SELECT n.key, s.stories FROM near n JOIN surname s ON s.key = n.key WHERE n.form = ?1 LIMIT ?2";
            let mut statement = connection.prepare_cached(sql)?;
            let mut near: BTreeMap<String, u32> = BTreeMap::new();
            for form in shortened(surname) {
                let rows = statement.query_map(params![form, ROWS], |row| Ok((row.get(0)?, row.get(1)?)))?;
                for row in rows {
                    let (key, stories): (String, u32) = row?;
                    if strsim::osa_distance(&key, surname) == 1 {
                        near.insert(key, stories);
                    }
                }
            }
            Ok(near.into_iter().collect())
        })
    }

    fn surname_stories(&self, surname: &str) -> Result<u32, ArchiveError> {
        self.with(|connection| {
            let mut statement = connection.prepare_cached("SELECT stories FROM surname WHERE key = ?1")?;
            Ok(statement.query_row([surname], |row| row.get(0)).optional()?.unwrap_or(0))
        })
    }

    fn surnames(&self, min: u32) -> Result<Vec<(String, u32)>, ArchiveError> {
        self.with(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT key, stories FROM surname WHERE stories >= ?1 ORDER BY key")?;
            let rows = statement.query_map([min], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect()
        })
    }

    fn entity_keys(&self, kind: &str, min: u32) -> Result<Vec<String>, ArchiveError> {
        self.with(|connection| {
            let sql = "SELECT key FROM entity WHERE kind = ?1 GROUP BY key HAVING count(*) >= ?2 ORDER BY key";
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map(params![kind, min], |row| row.get(0))?;
            rows.collect()
        })
    }

    fn entities(&self, key: &str) -> Result<Vec<EntityRow>, ArchiveError> {
        self.with(|connection| {
            let sql = "SELECT e.document, s.copies, s.superseded, s.kind, e.kind, e.name, e.first, e.last
                       FROM entity e JOIN standing s ON s.document = e.document
                       WHERE e.key = ?1 ORDER BY e.document DESC, e.kind, e.n LIMIT ?2";
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map(params![key, ROWS], |row| {
                Ok(EntityRow { standing: standing(row, 0)?, kind: row.get(4)?, name: row.get(5)?, span: span(row, 6)? })
            })?;
            rows.collect()
        })
    }

    fn figures(&self, key: &str, days: Option<RangeInclusive<Date>>) -> Result<Vec<FigureRow>, ArchiveError> {
        self.with(|connection| {
            let ids = days.map_or(i64::MIN..=i64::MAX, DocumentId::range);
            let sql = "SELECT f.document, s.copies, s.superseded, s.kind, f.value, f.first, f.last
                       FROM figure f JOIN standing s ON s.document = f.document
                       WHERE f.key = ?1 AND f.document BETWEEN ?2 AND ?3 ORDER BY f.document DESC, f.n LIMIT ?4";
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map(params![key, ids.start(), ids.end(), ROWS], |row| {
                Ok(FigureRow { standing: standing(row, 0)?, value: row.get(4)?, span: span(row, 5)? })
            })?;
            rows.collect()
        })
    }

    fn quotations(&self, shingles: &[u64], days: Option<RangeInclusive<Date>>) -> Result<Vec<QuoteRow>, ArchiveError> {
        let ids = days.map_or(i64::MIN..=i64::MAX, |days| {
            let ids = DocumentId::range(days);
            ids.start() << 12..=(ids.end() + 1) << 12
        });
        self.with(|connection| search::quotations(connection, shingles, &ids))
    }

    fn stories_like(&self, terms: &[String], days: RangeInclusive<Date>) -> Result<Vec<(Standing, u32)>, ArchiveError> {
        self.with(|connection| search::stories_like(connection, terms, &DocumentId::range(days)))
    }

    fn versions_of(
        &self,
        thread: Option<&str>,
        signature: Option<&Signature>,
    ) -> Result<Vec<DocumentId>, ArchiveError> {
        self.with(|connection| {
            let mut versions = Vec::new();
            if let Some(thread) = thread {
                let mut statement = connection.prepare_cached("SELECT id FROM document WHERE thread = ?1")?;
                for id in statement.query_map([thread], |row| row.get(0))? {
                    versions.push(DocumentId(id?));
                }
            }
            if let Some(signature) = signature {
                versions.extend(copies_of(connection, signature)?);
            }
            versions.sort_unstable();
            versions.dedup();
            Ok(versions)
        })
    }

    fn named(&self, path: &str) -> Result<Vec<DocumentId>, ArchiveError> {
        self.with(|connection| {
            let sql = "SELECT id FROM document WHERE name = ?1 UNION SELECT id FROM document WHERE path = ?1 AND item IS NOT NULL LIMIT ?2";
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map(params![path, ROWS], |row| row.get(0).map(DocumentId))?;
            rows.collect()
        })
    }

    fn document(&self, id: DocumentId) -> Result<Option<DocumentRow>, ArchiveError> {
        self.with(|connection| document(connection, id))
    }

    fn packed(&self, ids: &[DocumentId]) -> Result<Vec<Option<Packed>>, ArchiveError> {
        self.with(|connection| {
            let mut statement = connection.prepare_cached("SELECT body FROM story WHERE document = ?1")?;
            let mut one = |id: DocumentId| {
                let text = statement.query_row([id.0], |row| row.get::<_, Vec<u8>>(0)).optional()?;
                Ok(document(connection, id)?.zip(text))
            };
            ids.iter().map(|&id| one(id)).collect()
        })
    }

    fn unpack(&self, packed: &[u8]) -> Result<String, ArchiveError> {
        unpack_text(packed).map_err(explain(self.path()))
    }

    fn status(&self) -> Result<Status, ArchiveError> {
        let size = std::fs::metadata(self.path()).map_or(0, |m| m.len());
        self.with(|connection| {
            let one = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map(|n| n as u64);
            let date = |sql: &str| {
                connection
                    .query_row(sql, [], |row| row.get::<_, Option<String>>(0))
                    .map(|text| text.and_then(|t| t.parse().ok()))
            };
            let mut sources = connection
                .prepare("SELECT kind, coalesce(outlet, ''), count(*) FROM document GROUP BY 1, 2 ORDER BY 1, 2")?;
            let rows = sources.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)? as u64)))?;
            Ok(Status {
                stories: one("SELECT count(*) FROM standing")?,
                independent: one("SELECT count(DISTINCT copies) FROM standing")?,
                superseded: one("SELECT count(*) FROM standing WHERE superseded")?,
                outdated: one(&format!("SELECT count(*) FROM document WHERE extractor < {EXTRACTOR}"))?,
                words: one("SELECT coalesce(sum(words), 0) FROM document")?,
                people: one("SELECT count(*) FROM person")?,
                quotations: one("SELECT count(*) FROM quote")?,
                figures: one("SELECT count(*) FROM figure")?,
                sources: rows.collect::<Result<_, _>>()?,
                first: date("SELECT min(date) FROM document")?,
                last: date("SELECT max(date) FROM document")?,
                size,
            })
        })
    }
}

fn document(connection: &Connection, id: DocumentId) -> rusqlite::Result<Option<DocumentRow>> {
    let sql =
        "SELECT s.document, s.copies, s.superseded, s.kind, d.path, d.item, d.outlet, d.thread, d.version, d.headline,
                      d.format, d.is_file, d.words, d.date
               FROM document d JOIN standing s ON s.document = d.id WHERE d.id = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let row = statement.query_row([id.0], |row| {
        Ok(DocumentRow {
            standing: standing(row, 0)?,
            path: row.get(4)?,
            item: row.get(5)?,
            outlet: row.get(6)?,
            thread: row.get(7)?,
            version: row.get(8)?,
            headline: row.get(9)?,
            format: row.get(10)?,
            is_file: row.get(11)?,
            words: row.get(12)?,
            date: row.get::<_, Option<String>>(13)?.and_then(|d| d.parse().ok()),
        })
    });
    row.optional()
}

/// A title from the columns kind, spoken, title, status, office, holders, portfolio, jurisdiction, first, last.
pub(super) fn title(row: &Row<'_>, first: usize) -> rusqlite::Result<TitleFact> {
    Ok(TitleFact {
        kind: row.get(first)?,
        spoken: row.get(first + 1)?,
        title: row.get(first + 2)?,
        status: row.get(first + 3)?,
        office: row.get(first + 4)?,
        group: row.get(first + 5)?,
        portfolio: row.get(first + 6)?,
        jurisdiction: row.get(first + 7)?,
        span: span(row, first + 8)?,
    })
}

/// The titles of all people with a surname, by story and person.
fn titles(
    connection: &Connection,
    surname: &str,
    ids: &RangeInclusive<i64>,
) -> rusqlite::Result<FxHashMap<(DocumentId, u32), Vec<TitleFact>>> {
    let sql =
        "SELECT document, person, kind, spoken, title, status, office, holders, portfolio, jurisdiction, first, last
               FROM title WHERE key = ?1 AND document BETWEEN ?2 AND ?3
               ORDER BY key DESC, document DESC, person DESC, n DESC LIMIT ?4";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params![surname, ids.start(), ids.end(), ROWS * 2], |row| {
        let fact = title(row, 2)?;
        Ok(((DocumentId(row.get(0)?), row.get(1)?), fact))
    })?;
    let mut titles: FxHashMap<(DocumentId, u32), Vec<TitleFact>> = FxHashMap::default();
    for row in rows {
        let (whose, fact) = row?;
        titles.entry(whose).or_default().insert(0, fact);
    }
    Ok(titles)
}
