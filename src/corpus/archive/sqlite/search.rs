//! Stories on the same event, and quotations of the same words: what the full-text indexes answer.

use std::cmp::Reverse;
use std::ops::RangeInclusive;

use rusqlite::{CachedStatement, Connection, OptionalExtension, params};
use rustc_hash::{FxHashMap, FxHashSet};

use super::pack;
use super::read::{ROWS, standing};
use super::span;
use crate::corpus::archive::{QuoteRow, Standing};

/// The most runs of words of one quotation that are looked for, spread over it.
const RUNS: usize = 8;
/// The most quotations of one answer.
const QUOTATIONS: usize = 50;

/// A term that more stories of the days have does not tell one event from another.
const HITS: usize = 256;
/// How many of the best stories on an event are given.
const STORIES: usize = 20;
/// How many of a draft's terms find stories: the rarest that stories of the days have.
const TERMS: usize = 12;
/// How many are looked for at most: the rarest of all are often those of old stories.
const ASKED: usize = 40;
/// Up to so many stories of the days are few enough for chance not to matter.
const FEW: i64 = 64;
/// Counting stories of the days ends here.
const MANY: i64 = 1 << 14;
/// Bits by which the terms that a story shares must be rarer than one in all stories of the days: there are 66 pairs of [`TERMS`] terms, so
/// that among thousands of stories some share a pair that is fairly rare.
const BITS: u32 = 8;

/// Quotations with one of these ids that share some of `shingles`, most shared first.
pub(super) fn quotations(
    connection: &Connection,
    shingles: &[u64],
    ids: &RangeInclusive<i64>,
) -> rusqlite::Result<Vec<QuoteRow>> {
    if shingles.is_empty() {
        return Ok(Vec::new());
    }
    // The first, the last and what lies between at equal steps: an alteration spoils four runs at most.
    let step = shingles.len().div_ceil(RUNS);
    let words: Vec<String> = shingles.iter().step_by(step).map(|key| format!("\"{key:016x}\"")).collect();
    let sql = "SELECT rowid FROM shingle_index WHERE shingle_index MATCH ?1 AND rowid BETWEEN ?2 AND ?3
               ORDER BY rowid DESC LIMIT ?4";
    let mut find = connection.prepare_cached(sql)?;
    let mut found = matching(&mut find, &words.join(" OR "), ids, ROWS)?;
    if found.len() as i64 == ROWS {
        // A run that everybody says would hide the others: those that have the most of the runs are taken.
        let mut hits: FxHashMap<i64, u32> = FxHashMap::default();
        for word in &words {
            for id in matching(&mut find, word, ids, ROWS)? {
                *hits.entry(id).or_default() += 1;
            }
        }
        let mut best: Vec<(u32, i64)> = hits.into_iter().map(|(id, hits)| (hits, id)).collect();
        best.sort_unstable_by_key(|&hit| Reverse(hit));
        found = best.into_iter().take(QUOTATIONS).map(|(_, id)| id).collect();
    }
    let asked: FxHashSet<u64> = shingles.iter().copied().collect();
    let sql = "SELECT s.document, s.copies, s.superseded, s.kind, q.speaker, q.speaker_key, q.status, q.tier, q.first, q.last, q.shingles
               FROM quote q JOIN standing s ON s.document = q.id >> 12 WHERE q.id = ?1";
    let mut quote = connection.prepare_cached(sql)?;
    let mut quotes = Vec::with_capacity(found.len());
    for id in found {
        let row = quote.query_row([id], |row| {
            let stored = row.get_ref(10)?.as_blob()?;
            let row = QuoteRow {
                standing: standing(row, 0)?,
                speaker: row.get(4)?,
                speaker_key: row.get(5)?,
                status: row.get(6)?,
                tier: row.get(7)?,
                span: span(row, 8)?,
                shared: pack::shingles(stored).filter(|key| asked.contains(key)).count() as u32,
                runs: pack::shingles(stored).count() as u32,
            };
            Ok((Reverse((row.shared, id)), row))
        });
        quotes.extend(row.optional()?);
    }
    quotes.sort_by_key(|(order, _)| *order);
    quotes.truncate(QUOTATIONS);
    Ok(quotes.into_iter().map(|(_, row)| row).collect())
}

/// The ids of the entries that match.
fn matching(
    find: &mut CachedStatement<'_>,
    words: &str,
    ids: &RangeInclusive<i64>,
    limit: i64,
) -> rusqlite::Result<Vec<i64>> {
    find.query_map(params![words, ids.start(), ids.end(), limit], |row| row.get(0))?.collect()
}

/// A story that shares terms with a draft.
#[derive(Default)]
struct Like {
    terms: u32,
    /// How rare they are together, as a power of two: the stories of the days for each that has them all by chance.
    bits: u32,
}

/// Stories with one of these ids that share more of `terms` than chance would have it, best first, each with their number.
pub(super) fn stories_like(
    connection: &Connection,
    terms: &[String],
    ids: &RangeInclusive<i64>,
) -> rusqlite::Result<Vec<(Standing, u32)>> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM standing WHERE document BETWEEN ?1 AND ?2 LIMIT ?3)";
    let stories: i64 =
        connection.prepare_cached(sql)?.query_row(params![ids.start(), ids.end(), MANY], |row| row.get(0))?;
    let mut shared: FxHashMap<i64, Like> = FxHashMap::default();
    for list in telling(connection, terms, ids)? {
        let rarity = (stories as u32 / list.len() as u32).max(1).ilog2();
        for id in list {
            let like = shared.entry(id).or_default();
            like.terms += 1;
            like.bits += rarity;
        }
    }
    let needed = if stories < FEW { 0 } else { (stories as u32).ilog2() + BITS };
    let mut best: Vec<(i64, Like)> =
        shared.into_iter().filter(|(_, like)| like.terms >= 2 && like.bits >= needed).collect();
    best.sort_by_key(|(id, like)| Reverse((like.terms, like.bits, *id)));
    best.truncate(STORIES);
    let mut statement =
        connection.prepare_cached("SELECT document, copies, superseded, kind FROM standing WHERE document = ?1")?;
    let mut found = Vec::new();
    for (id, like) in best {
        found.extend(statement.query_row([id], |row| standing(row, 0)).optional()?.map(|s| (s, like.terms)));
    }
    Ok(found)
}

/// For each of the rarest terms that stories with these ids have: which have it.
fn telling(connection: &Connection, terms: &[String], ids: &RangeInclusive<i64>) -> rusqlite::Result<Vec<Vec<i64>>> {
    // One question for all of them: a statement for each takes three times as long.
    let sql = "SELECT stories, word FROM term WHERE word IN (SELECT value FROM json_each(?1))";
    let mut count = connection.prepare_cached(sql)?;
    let asked = serde_json::to_string(terms).unwrap_or_default();
    let known = count.query_map([asked], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut known: Vec<(u32, String)> = known.collect::<Result<_, _>>()?;
    known.sort_unstable();
    // In the order of the index, which need not be turned round: how many there are matters, not which.
    let sql = "SELECT rowid FROM term_index WHERE term_index MATCH ?1 AND rowid BETWEEN ?2 AND ?3 LIMIT ?4";
    let mut find = connection.prepare_cached(sql)?;
    let mut lists = Vec::new();
    for (_, term) in known.into_iter().take(ASKED) {
        let list = matching(&mut find, &format!("\"{}\"", term.replace('"', "")), ids, HITS as i64)?;
        if !list.is_empty() && list.len() < HITS {
            lists.push(list);
            if lists.len() == TERMS {
                break;
            }
        }
    }
    Ok(lists)
}
