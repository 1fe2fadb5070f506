//! The rows of new stories, table after table, each in the order of its key, so that the pages of a table are touched once in a batch.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rusqlite::{Transaction, params};

use super::pack::{Keys, pack, pack_shingles, shingles};
use super::{QUOTES, copies, first_quote};
use crate::corpus::archive::{DocumentId, FigureFact, NameFact, PersonFact, StoryRecord};
use crate::corpus::near::shortened;

/// The stories of a batch by id, each with its name.
pub(super) type Batch<'r> = BTreeMap<DocumentId, (String, &'r StoryRecord)>;

/// Adds stories that are not there, with all that is made of them.
pub(super) fn insert(transaction: &Transaction<'_>, stories: &Batch<'_>) -> rusqlite::Result<()> {
    insert_documents(transaction, stories)?;
    copies::insert_signatures(transaction, stories)?;
    insert_quotes(transaction, stories)?;
    insert_people(transaction, stories)?;
    insert_entities(transaction, stories)?;
    insert_figures(transaction, stories)
}

fn insert_documents(transaction: &Transaction<'_>, stories: &Batch<'_>) -> rusqlite::Result<()> {
    let mut document = transaction.prepare_cached(
        "INSERT INTO document (id, name, path, item, hash, intake, extractor, date, outlet, kind, thread, version, headline,
                               format, is_file, words)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )?;
    let mut standing = transaction
        .prepare_cached("INSERT INTO standing (document, copies, superseded, kind) VALUES (?1, ?1, 0, ?2)")?;
    for (id, (name, record)) in stories {
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
        standing.execute(params![id.0, record.kind.name()])?;
    }
    insert_texts(transaction, stories)
}

/// The texts, and the words that find them.
fn insert_texts(transaction: &Transaction<'_>, stories: &Batch<'_>) -> rusqlite::Result<()> {
    let records: Vec<(DocumentId, &StoryRecord)> = stories.iter().map(|(id, (_, record))| (*id, *record)).collect();
    let packed: Vec<(String, Vec<u8>)> = records
        .par_iter()
        .map(|(_, record)| {
            let terms = record.terms.join(" ");
            let body = pack(&record.text, &terms, &Keys::of(record));
            (terms, body)
        })
        .collect();
    let mut story = transaction.prepare_cached("INSERT INTO story (document, body) VALUES (?1, ?2)")?;
    let mut index = transaction.prepare_cached("INSERT INTO term_index (rowid, terms) VALUES (?1, ?2)")?;
    let mut words: BTreeMap<&str, u32> = BTreeMap::new();
    for ((id, record), (terms, body)) in records.iter().zip(packed) {
        story.execute(params![id.0, body])?;
        index.execute(params![id.0, terms])?;
        for term in &record.terms {
            *words.entry(term).or_default() += 1;
        }
    }
    count_terms(transaction, &words)
}

/// The facts of a batch that `facts` gives for each story, with their number in it, in the order of their keys.
fn by_key<'r, T>(
    stories: &Batch<'r>,
    facts: impl Fn(&'r StoryRecord) -> &'r [T],
    key: impl Fn(&'r T) -> &'r str,
) -> Vec<(&'r str, DocumentId, u32, &'r T)> {
    let mut rows = Vec::new();
    for (&id, &(_, record)) in stories {
        rows.extend(facts(record).iter().enumerate().map(|(n, fact)| (key(fact), id, n as u32, fact)));
    }
    rows.sort_unstable_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)));
    rows
}

fn insert_people(transaction: &Transaction<'_>, stories: &Batch<'_>) -> rusqlite::Result<()> {
    let mut person = transaction.prepare_cached(
        "INSERT INTO person (key, document, n, name, surname, given, mentions, first, last)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    let mut title = transaction.prepare_cached(
        "INSERT INTO title (key, document, person, n, kind, spoken, title, status, office, holders, portfolio, jurisdiction, first, last)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?;
    let rows = by_key(stories, |record| &record.people, |fact: &PersonFact| &fact.key);
    for &(key, id, n, fact) in &rows {
        let (first, last) = (fact.span.start, fact.span.end);
        person.execute(params![key, id.0, n, fact.name, fact.surname, fact.given, fact.mentions, first, last])?;
        for (at, held) in fact.titles.iter().enumerate() {
            title.execute(params![
                key,
                id.0,
                n,
                at as u32,
                held.kind,
                held.spoken,
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
    let mut surnames: BTreeMap<&str, u32> = BTreeMap::new();
    // One story counts once, however many people of one surname it has.
    for same in rows.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        *surnames.entry(same[0].0).or_default() += 1;
    }
    count_surnames(transaction, &surnames)
}

fn insert_entities(transaction: &Transaction<'_>, stories: &Batch<'_>) -> rusqlite::Result<()> {
    let mut entity = transaction.prepare_cached(
        "INSERT INTO entity (key, document, kind, n, name, first, last) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let organizations = by_key(stories, |record| &record.organizations, |fact: &NameFact| &fact.key);
    let places = by_key(stories, |record| &record.places, |fact: &NameFact| &fact.key);
    let kinds = [("organization", organizations), ("place", places)];
    let mut rows: Vec<_> =
        kinds.iter().flat_map(|(kind, rows)| rows.iter().map(move |row| (row.0, row.1, *kind, row.2, row.3))).collect();
    rows.sort_unstable_by(|a, b| (a.0, a.1, a.2, a.3).cmp(&(b.0, b.1, b.2, b.3)));
    for (key, id, kind, n, fact) in rows {
        entity.execute(params![key, id.0, kind, n, fact.name, fact.span.start, fact.span.end])?;
    }
    Ok(())
}

fn insert_figures(transaction: &Transaction<'_>, stories: &Batch<'_>) -> rusqlite::Result<()> {
    let mut figure = transaction
        .prepare_cached("INSERT INTO figure (key, document, n, value, first, last) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (key, id, n, fact) in by_key(stories, |record| &record.figures, |fact: &FigureFact| &fact.key) {
        figure.execute(params![key, id.0, n, fact.value, fact.span.start, fact.span.end])?;
    }
    Ok(())
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
            let shingles = pack_shingles(&fact.shingles);
            let parts = params![row, fact.speaker, fact.speaker_key, fact.status, fact.tier, first, last, shingles];
            quote.execute(parts)?;
            index.execute(params![row, words_of(&shingles)])?;
        }
    }
    Ok(())
}

/// Packed shingles as the words of an index entry.
pub(super) fn words_of(packed: &[u8]) -> String {
    let words: Vec<String> = shingles(packed).map(|key| format!("{key:016x}")).collect();
    words.join(" ")
}
