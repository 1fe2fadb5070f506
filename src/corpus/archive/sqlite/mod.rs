//! The archive as one SQLite file: many readers and one writer at once, whole after a crash, readable by its owner only.

mod copies;
mod insert;
mod integrity;
mod migrate;
mod open;
mod pack;
mod read;
mod remove;
mod search;
mod write;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rusqlite::Connection;
use rusqlite::types::Type;

use super::{ArchiveError, DocumentId};
use crate::corpus::story::Kind;
use crate::text::Span;

pub use write::Written;

/// Marks the file as ours: “NLAR”.
const APPLICATION_ID: u32 = 0x4e4c_4152;
/// Raised with every change of the tables.
const SCHEMA: u32 = 3;

/// An archive open for reading. Threads take a connection each from a pool.
#[derive(Debug)]
pub struct SqliteArchive {
    path: PathBuf,
    /// Opened without locks, because the folder cannot be written to.
    immutable: bool,
    pool: Mutex<Vec<Connection>>,
}

/// An archive open for writing.
#[derive(Debug)]
pub struct SqliteWriter {
    path: PathBuf,
    connection: Connection,
    /// Stories written since the indexes were last merged.
    written: u64,
}

/// Turns SQLite's errors into words, for the file at `path`.
fn explain(path: &Path) -> impl Fn(rusqlite::Error) -> ArchiveError + '_ {
    use rusqlite::ErrorCode;
    move |error| {
        let path = path.to_path_buf();
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => ArchiveError::Full { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                ArchiveError::Busy { path, seconds: open::PATIENCE.as_secs() }
            }
            Some(ErrorCode::DatabaseCorrupt) => ArchiveError::Damaged { path, detail: error.to_string() },
            Some(ErrorCode::NotADatabase) => ArchiveError::Foreign { path, what: "not a database" },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => ArchiveError::ReadOnly { path },
            Some(ErrorCode::CannotOpen) => ArchiveError::Shut { path },
            // Out of space while the log or its index grows shows as an I/O error.
            Some(ErrorCode::SystemIoFailure) if is_full(&error) => ArchiveError::Full { path },
            _ if matches!(error, rusqlite::Error::FromSqlConversionFailure(..)) => {
                ArchiveError::Damaged { path, detail: error.to_string() }
            }
            _ => ArchiveError::Database { path, source: Box::new(error) },
        }
    }
}

fn is_full(error: &rusqlite::Error) -> bool {
    let extended = error.sqlite_error().map_or(0, |e| e.extended_code);
    matches!(
        extended,
        rusqlite::ffi::SQLITE_IOERR_SHMSIZE | rusqlite::ffi::SQLITE_IOERR_WRITE | rusqlite::ffi::SQLITE_IOERR_TRUNCATE
    )
}

/// Two integer columns as a span.
fn span(row: &rusqlite::Row<'_>, first: usize) -> rusqlite::Result<Span> {
    let (start, end): (u32, u32) = (row.get(first)?, row.get(first + 1)?);
    if start > end {
        let what = format!("span {start}..{end}").into();
        return Err(rusqlite::Error::FromSqlConversionFailure(first, Type::Integer, what));
    }
    Ok(Span { start, end })
}

fn kind(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Kind> {
    let name: String = row.get(column)?;
    Kind::from_name(&name)
        .ok_or_else(|| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, format!("kind {name}").into()))
}

/// The ids of the quotations of a story start here.
fn first_quote(document: DocumentId) -> i64 {
    document.0 << 12
}

/// The most quotations of one story that are kept.
const QUOTES: usize = 1 << 12;

#[cfg(test)]
mod tests;
