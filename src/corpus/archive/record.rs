//! A story with all facts read in it: what `corpus extract` prints, `corpus load` takes and an archive stores.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::corpus::story::Kind;
use crate::text::Span;

/// Raised whenever the same story would yield other facts. Stories read by an older one are read again by `corpus update`.
pub const EXTRACTOR: u32 = 4;

/// One story. Spans are of the text that reading `text` in `format` gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoryRecord {
    pub extractor: u32,
    pub path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// BLAKE3 of `text`, in hexadecimal.
    pub hash: String,
    /// A hash of the story as it came in, its text and all that was said of it: the same intake need not be read again.
    pub intake: String,
    pub date: Option<Date>,
    pub outlet: Option<String>,
    pub kind: Kind,
    /// What all versions of the story share.
    pub thread: Option<String>,
    pub version: Option<String>,
    pub headline: Option<String>,
    pub format: String,
    /// Whether `text` is the file itself.
    pub is_file: bool,
    pub words: u32,
    pub text: String,
    pub people: Vec<PersonFact>,
    pub organizations: Vec<NameFact>,
    pub places: Vec<NameFact>,
    pub figures: Vec<FigureFact>,
    pub quotes: Vec<QuoteFact>,
    /// The words that tell what the story is about, sorted.
    pub terms: Vec<String>,
    /// Its MinHash signature, in hexadecimal; empty for a text too short to compare.
    pub signature: String,
}

impl StoryRecord {
    /// The path, and which story in it: unique in an archive.
    pub fn name(&self) -> String {
        match &self.item {
            Some(item) => format!("{}#{item}", self.path),
            None => self.path.clone(),
        }
    }
}

/// A person as one story has them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonFact {
    /// The surname's [`ascii_key`](crate::text::fold::ascii_key).
    pub key: String,
    /// The fullest form.
    pub name: String,
    pub surname: String,
    pub given: Option<String>,
    pub mentions: u32,
    /// The first mention.
    pub span: Span,
    pub titles: Vec<TitleFact>,
}

/// An office or description given to a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TitleFact {
    /// `office`, `rank`, `courtesy`, `role` or `kin`; empty where an older newslint read the story.
    #[serde(default)]
    pub kind: String,
    /// Inside quotation marks.
    #[serde(default)]
    pub spoken: bool,
    pub title: String,
    /// `current`, `former` and so on, as in `inspect`; `then` for what somebody was at the time that is told of.
    pub status: String,
    /// What it is called whatever its form.
    pub office: String,
    /// One person holds at most one office of a group at a time.
    pub group: Option<String>,
    /// Fields of work, sorted, between spaces.
    pub portfolio: String,
    pub jurisdiction: Option<String>,
    pub span: Span,
}

/// An organization or a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NameFact {
    pub key: String,
    pub name: String,
    pub span: Span,
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureFact {
    /// What is counted, and in which unit: figures with another key are never compared.
    pub key: String,
    pub value: f64,
    pub span: Span,
}

/// A quotation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteFact {
    pub speaker: Option<String>,
    /// The speaker's surname key, where the speaker is a person.
    pub speaker_key: Option<String>,
    /// `attributed` or `unattributed`.
    pub status: String,
    /// How far the attribution can be trusted: `A`, `B` or `C`.
    pub tier: Option<String>,
    /// The words inside the marks.
    pub span: Span,
    /// The keys of its runs of four words, sorted, as 16 hexadecimal digits each.
    pub shingles: String,
}
