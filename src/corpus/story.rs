//! A story as it comes into the archive: its text with what is known of it, before anything is read in it.

use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::source::{Draft, Format};
use crate::text::decode::Encoding;

/// What a story is worth as evidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The house's own stories.
    #[default]
    Archive,
    /// An agency's.
    Wire,
    /// What was said, word by word.
    Transcript,
    /// An official text.
    Statement,
    /// Another outlet's.
    Partner,
}

impl Kind {
    pub const ALL: [Kind; 5] = [Kind::Archive, Kind::Wire, Kind::Transcript, Kind::Statement, Kind::Partner];

    /// The name used in front matter, flags and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Archive => "archive",
            Kind::Wire => "wire",
            Kind::Transcript => "transcript",
            Kind::Statement => "statement",
            Kind::Partner => "partner",
        }
    }

    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|k| k.name().eq_ignore_ascii_case(name.trim()))
    }

    /// The words of those who spoke or decided, not somebody's report of them.
    pub fn is_primary(self) -> bool {
        matches!(self, Kind::Transcript | Kind::Statement)
    }
}

/// A story before it is read. Readers of formats fill in what the file says; flags and configuration fill in the rest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// The file, `/` between its parts.
    pub path: String,
    /// Which one, in a file that holds several: an id, or its number from 1.
    pub item: Option<String>,
    pub date: Option<Date>,
    pub outlet: Option<String>,
    pub kind: Option<Kind>,
    /// The name a story keeps from draft to draft.
    pub slug: Option<String>,
    /// The address it was published at.
    pub url: Option<String>,
    /// What all versions of the story share, where it is known already; else it is made of address or slug.
    pub thread: Option<String>,
    /// When this version was made, as the file writes it: later versions sort after earlier ones.
    pub version: Option<String>,
    /// How `text` is to be read.
    pub format: Option<Format>,
    pub text: String,
    /// Whether `text` is the file itself, so that places in it are places in the file.
    pub is_file: bool,
}

impl Story {
    /// The file as it is, in a format that drafts are written in.
    pub fn of_file(path: &str, text: String) -> Story {
        let format = Some(Format::of(Path::new(path)));
        Story { path: path.to_owned(), format, text, is_file: true, ..Story::default() }
    }

    /// Fills in what is not known yet.
    pub fn with_defaults(mut self, defaults: &Story) -> Story {
        self.date = self.date.or(defaults.date);
        self.outlet = self.outlet.or_else(|| defaults.outlet.clone());
        self.kind = self.kind.or(defaults.kind);
        self
    }

    /// The path, and which story in it: unique in an archive.
    pub fn name(&self) -> String {
        match &self.item {
            Some(item) => format!("{}#{item}", self.path),
            None => self.path.clone(),
        }
    }

    /// A hash of the text and of all that is said of it.
    pub fn intake(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        let date = self.date.map(|d| d.to_string());
        let said = [&date, &self.outlet, &self.slug, &self.url, &self.version];
        for part in said.into_iter().map(|p| p.as_deref()).chain([
            self.kind.map(Kind::name),
            self.format.map(Format::name),
            Some(if self.is_file { "file" } else { "item" }),
            Some(&self.text),
        ]) {
            // Lengths keep the parts apart.
            hasher.update(&part.map_or(u64::MAX, |p| p.len() as u64).to_le_bytes());
            hasher.update(part.unwrap_or_default().as_bytes());
        }
        hasher.finalize().to_hex().as_str()[..32].to_owned()
    }

    /// Reads the text, and takes from its front matter what is not known otherwise.
    pub fn read(&mut self) -> Draft {
        let format = self.format.unwrap_or(Format::Plain);
        let draft = Draft::read(Path::new(&self.path), format, Encoding::Utf8, self.text.as_str().into());
        let field = |keys: &[&str]| keys.iter().find_map(|k| draft.metadata.field(k)).map(str::to_owned);
        let first = |known: &mut Option<String>, keys: &[&str]| {
            if known.is_none() {
                *known = field(keys);
            }
        };
        first(&mut self.outlet, &["outlet", "publication"]);
        first(&mut self.slug, &["slug", "story"]);
        first(&mut self.url, &["canonical", "url", "canonicalURL"]);
        first(&mut self.version, &["updated", "lastmod", "corrected", "version"]);
        self.kind = self.kind.or_else(|| field(&["kind"]).and_then(|k| Kind::from_name(&k)));
        self.date = self.date.or(draft.metadata.date.map(|(date, _)| date));
        draft
    }

    /// What all versions of the story share, if the file says so: its address, else its slug with the outlet.
    pub fn thread(&self) -> Option<String> {
        if self.thread.is_some() {
            return self.thread.clone();
        }
        let url = self.url.as_deref().map(|url| {
            let url = url.split(['?', '#']).next().unwrap_or(url).trim_end_matches('/');
            url.split_once("://").map_or(url, |(_, rest)| rest).to_lowercase()
        });
        let slug = self.slug.as_ref().map(|s| format!("{}|{}", self.outlet.as_deref().unwrap_or(""), s.to_lowercase()));
        url.or(slug)
    }
}
