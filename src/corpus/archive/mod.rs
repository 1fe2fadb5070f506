//! The archive of earlier stories: what it holds, and what can be asked of it.
//!
//! [`Archive`] is the whole of what checks and commands ask, so that a server can answer in place of the SQLite file. Facts are stored
//! as the stories have them and are added up when they are asked for.

pub mod extract;
mod fingerprint;
mod record;
pub mod sqlite;

use std::fmt;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use jiff::civil::Date;
use thiserror::Error;

use super::story::Kind;
use crate::text::Span;

pub use extract::extract;
pub use fingerprint::Signature;
pub use record::{EXTRACTOR, FigureFact, NameFact, PersonFact, QuoteFact, StoryRecord, TitleFact};

/// A story in an archive: its day, then a hash of its name. Sorts by day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub i64);

/// The day that ids count from. A story without a date has day 0.
const FIRST_DAY: Date = jiff::civil::date(1799, 12, 31);

impl DocumentId {
    /// The id of the story called `name` on `date`. Dates from 1800 to 2158 have a day of their own, others the first or last.
    pub fn new(date: Option<Date>, name: &str) -> DocumentId {
        let day = date.map_or(0, DocumentId::day);
        let hash = blake3::hash(name.as_bytes());
        let low = u32::from_le_bytes(hash.as_bytes()[..4].try_into().expect("four bytes"));
        DocumentId(day << 32 | i64::from(low))
    }

    fn day(date: Date) -> i64 {
        let since = (date - FIRST_DAY).get_days();
        i64::from(since).clamp(1, 0x1_ffff)
    }

    /// The day of the story; `None` if it has none.
    pub fn date(self) -> Option<Date> {
        let day = self.0 >> 32;
        if day == 0 {
            return None;
        }
        FIRST_DAY.checked_add(jiff::Span::new().days(day)).ok()
    }

    /// The ids of all stories of these days; stories without a date are not among them.
    pub fn range(days: RangeInclusive<Date>) -> RangeInclusive<i64> {
        DocumentId::day(*days.start()) << 32..=DocumentId::day(*days.end()) << 32 | 0xffff_ffff
    }
}

/// What a story counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub document: DocumentId,
    /// Copies of one another have the same: they count once.
    pub copies: DocumentId,
    /// A later version of the same story is there.
    pub superseded: bool,
    pub kind: Kind,
}

/// A person as one story has them.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonRow {
    pub standing: Standing,
    pub name: String,
    pub surname: String,
    pub given: Option<String>,
    pub mentions: u32,
    /// The first mention, in the story's `Draft::text`.
    pub span: Span,
    pub titles: Vec<TitleFact>,
}

/// A quotation, or a paragraph of a primary source.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteRow {
    pub standing: Standing,
    pub speaker: Option<String>,
    pub speaker_key: Option<String>,
    pub status: String,
    /// How far the attribution can be trusted: `A`, `B` or `C`.
    pub tier: Option<String>,
    pub span: Span,
    /// How many of the runs of four words asked for it has.
    pub shared: u32,
    /// How many runs of four words it has.
    pub runs: u32,
}

/// A figure.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureRow {
    pub standing: Standing,
    pub value: f64,
    pub span: Span,
}

/// An organization or a place.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityRow {
    pub standing: Standing,
    pub kind: String,
    pub name: String,
    pub span: Span,
}

/// What is known of a story as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentRow {
    pub standing: Standing,
    pub path: String,
    pub item: Option<String>,
    pub date: Option<Date>,
    pub outlet: Option<String>,
    pub thread: Option<String>,
    pub version: Option<String>,
    pub headline: Option<String>,
    pub format: String,
    /// Whether places in its text are places in the file at `path`.
    pub is_file: bool,
    pub words: u32,
}

/// What is known of a story, and its text as the archive keeps it: [`Archive::unpack`] makes that readable.
pub type Packed = (DocumentRow, Vec<u8>);

/// How much an archive holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Status {
    pub stories: u64,
    /// Stories that are not copies of another one.
    pub independent: u64,
    pub superseded: u64,
    /// Stories read by an older newslint: `corpus update` reads them again.
    pub outdated: u64,
    pub words: u64,
    pub people: u64,
    pub quotations: u64,
    pub figures: u64,
    /// Stories of each kind and outlet.
    pub sources: Vec<(String, String, u64)>,
    pub first: Option<Date>,
    pub last: Option<Date>,
    /// Bytes on disk.
    pub size: u64,
}

/// What can be asked of an archive. Every answer is in a fixed order and of limited length.
pub trait Archive: fmt::Debug + Send + Sync {
    /// People with this surname key, newest story first; `days` limits the stories.
    fn people(&self, surname: &str, days: Option<RangeInclusive<Date>>) -> Result<Vec<PersonRow>, ArchiveError>;
    /// How many stories have people with this surname key, versions and copies among them.
    fn surname_stories(&self, surname: &str) -> Result<u32, ArchiveError>;
    /// Surname keys one slip away from this one, each with the number of its stories.
    fn surnames_near(&self, surname: &str) -> Result<Vec<(String, u32)>, ArchiveError>;
    /// Surname keys that at least so many stories have, with their number, sorted.
    fn surnames(&self, min: u32) -> Result<Vec<(String, u32)>, ArchiveError>;
    /// Keys of this kind of entity that at least so many stories have, sorted.
    fn entity_keys(&self, kind: &str, min: u32) -> Result<Vec<String>, ArchiveError>;
    /// Organizations and places with this key, newest story first.
    fn entities(&self, key: &str) -> Result<Vec<EntityRow>, ArchiveError>;
    /// Figures with this key, newest story first; `days` limits the stories.
    fn figures(&self, key: &str, days: Option<RangeInclusive<Date>>) -> Result<Vec<FigureRow>, ArchiveError>;
    /// Quotations that share some of these runs of words ([`shingle`](crate::corpus::shingle)), in their order in a text; most shared
    /// first. `days` limits the stories.
    fn quotations(&self, shingles: &[u64], days: Option<RangeInclusive<Date>>) -> Result<Vec<QuoteRow>, ArchiveError>;
    /// Stories of these days that share more of these terms ([`extract::terms`]) than chance would have it, best first.
    fn stories_like(&self, terms: &[String], days: RangeInclusive<Date>) -> Result<Vec<(Standing, u32)>, ArchiveError>;
    /// Stories that are versions or copies of a draft with this thread and signature: no evidence against it.
    fn versions_of(&self, thread: Option<&str>, signature: Option<&Signature>)
    -> Result<Vec<DocumentId>, ArchiveError>;
    /// The stories of the file with this stored path.
    fn named(&self, path: &str) -> Result<Vec<DocumentId>, ArchiveError>;
    fn document(&self, id: DocumentId) -> Result<Option<DocumentRow>, ArchiveError>;
    /// What is known of stories, each with its text, in the order of `ids`; `None` for one that is not there.
    fn packed(&self, ids: &[DocumentId]) -> Result<Vec<Option<Packed>>, ArchiveError>;
    /// A story's text, as it was stored. The file is not asked: threads can unpack what one of them has read.
    fn unpack(&self, packed: &[u8]) -> Result<String, ArchiveError>;
    /// A story's text, as it was stored.
    fn text(&self, id: DocumentId) -> Result<Option<String>, ArchiveError> {
        let packed = self.packed(&[id])?.into_iter().next().flatten();
        packed.map(|(_, text)| self.unpack(&text)).transpose()
    }
    fn status(&self) -> Result<Status, ArchiveError>;
}

/// Why an archive cannot be used. The words are for the desk.
#[derive(Debug, Error)]
pub enum ArchiveError {
    #[error("{}: no archive here yet; `newslint corpus add PATH` makes one", path.display())]
    Missing { path: PathBuf },
    #[error("{}: this is no newslint archive ({what}); name another file, or move it away", path.display())]
    Foreign { path: PathBuf, what: &'static str },
    #[error(
        "{}: written by a newer newslint (archive version {found}, this one reads {known}); update newslint, or index into another file",
        path.display()
    )]
    Newer { path: PathBuf, found: u32, known: u32 },
    #[error(
        "{}: written by an older newslint (archive version {found}, this one reads {known}); `newslint corpus update` brings it up to date",
        path.display()
    )]
    Older { path: PathBuf, found: u32, known: u32 },
    #[error("{}: made by a newslint too old to be brought up to date (archive version {found}); index into a new file", path.display())]
    TooOld { path: PathBuf, found: u32 },
    #[error("{}: the archive is damaged ({detail}); move the file away and run `newslint corpus add` again", path.display())]
    Damaged { path: PathBuf, detail: String },
    #[error("{}: another newslint is writing to it and did not finish in {seconds} s; try again later", path.display())]
    Busy { path: PathBuf, seconds: u64 },
    #[error("{}: the disk is full; what was indexed so far is kept, free some space and run the command again", path.display())]
    Full { path: PathBuf },
    #[error("{}: cannot be written to; it can be read only", path.display())]
    ReadOnly { path: PathBuf },
    #[error("{}: cannot be opened: it, or the log that is made beside it, may not be written to here", path.display())]
    Shut { path: PathBuf },
    #[error("{}: {source}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{}: {source}", path.display())]
    Database { path: PathBuf, source: Box<dyn std::error::Error + Send + Sync> },
    #[error("line {line}: {what}")]
    Line { line: usize, what: String },
}
