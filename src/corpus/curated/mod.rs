//! Facts files: what the desk itself keeps. They decide.
//!
//! CSV rows are turned into the tables that TOML gives, so that both have the same keys and the same messages. Every entry
//! knows where it stands.

mod csv;
mod entry;
mod index;
mod never;
mod pattern;
mod read;

use std::path::Path;
use std::sync::Arc;

use globset::GlobSet;
use jiff::civil::Date;

use super::passages::{self, PassageIndex};
use crate::annotate::Figure;
use crate::diagnostic::Evidence;
use crate::source::Draft;
use crate::text::Span;
use crate::text::line_index::Place;

pub use index::{FormKind, FormRef, NameIndex, Phrase};
pub use never::NeverKey;
pub use pattern::Stated;
pub use read::{load, read};

/// All entries of all facts files, in file order, then in the order of the entries.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub people: Vec<PersonEntry>,
    pub organizations: Vec<NamedEntry>,
    pub places: Vec<NamedEntry>,
    pub figures: Vec<FigureEntry>,
    pub quotes: Vec<QuoteEntry>,
    pub events: Vec<EventEntry>,
    pub pins: Vec<PinEntry>,
    pub never: Vec<NeverEntry>,
    /// Where each form of a name leads.
    pub names: NameIndex,
    passages: PassageIndex,
}

/// A listed quotation that shares words with a draft.
#[derive(Clone, Copy, Debug)]
pub struct QuoteHit<'a> {
    pub entry: &'a QuoteEntry,
    /// From the first shared word to the last, in the text of [`QuoteEntry::words`].
    pub span: Span,
    /// How many runs of four words are shared.
    pub shared: u32,
}

impl Facts {
    /// Whether nothing is listed that stories could have otherwise.
    pub fn is_empty(&self) -> bool {
        let names = self.people.is_empty() && self.organizations.is_empty() && self.places.is_empty();
        names && self.figures.is_empty() && self.quotes.is_empty() && self.events.is_empty()
    }

    /// The listed quotations that have the words of `span` of the draft's text, or nearly the same, most shared words first.
    pub fn quotations(&self, draft: &Draft, span: Span) -> Vec<QuoteHit<'_>> {
        let found = self.passages.find(draft, span).into_iter();
        found
            .map(|f| {
                let entry = &self.quotes[f.text as usize];
                QuoteHit { entry, span: passages::span_of(&entry.words, &f.tokens), shared: f.shared }
            })
            .collect()
    }
}

/// Words of a facts file, with their place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub text: String,
    /// Bytes of the facts file.
    pub span: Span,
    pub place: Place,
}

/// What every entry has.
#[derive(Clone, Debug)]
pub struct Provenance {
    /// The file, as the configuration names it.
    pub path: Arc<Path>,
    /// The whole entry, in bytes of the file.
    pub entry: Span,
    /// Where the entry's own words stand: a name, a quotation, a figure's description.
    pub span: Span,
    pub place: Place,
    /// `status = "proposed"`: decides nothing above info until the desk accepts it.
    pub proposed: bool,
    /// When the desk last looked at it.
    pub reviewed: Option<Date>,
    /// Where the desk has it from.
    pub source: Option<String>,
}

impl Provenance {
    /// The entry as the other side of a contradiction; `text` are its words, `date` the day it holds for, if it has one.
    pub fn evidence(&self, text: &str, date: Option<Date>) -> Evidence {
        let mut note = if self.proposed { "proposed in the facts file" } else { "facts file" }.to_owned();
        if let Some(source) = &self.source {
            note.push_str(": ");
            note.push_str(source);
        }
        if let Some(reviewed) = self.reviewed {
            note.push_str(&format!(" (reviewed {reviewed})"));
        }
        Evidence {
            path: self.path.to_path_buf(),
            place: Some((self.span, self.place)),
            text: text.to_owned(),
            date,
            note,
            archived: None,
        }
    }

    /// The same, pointing at one of the entry's other words: a variant, a tenure.
    pub fn evidence_at(&self, listed: &Listed, date: Option<Date>) -> Evidence {
        Evidence { place: Some((listed.span, listed.place)), ..self.evidence(&listed.text, date) }
    }
}

/// A person: the house form of the name, other forms, offices by date.
#[derive(Clone, Debug)]
pub struct PersonEntry {
    pub name: Listed,
    /// Right elsewhere, not in this house.
    pub variants: Vec<Listed>,
    /// Never right.
    pub wrong: Vec<Listed>,
    pub titles: Vec<Tenure>,
    /// What to call them at first reference.
    pub describe: Option<String>,
    pub pronouns: Option<String>,
    pub born: Option<Date>,
    /// `order = "family-first"`: the first word of the name is the surname.
    pub family_first: bool,
    pub provenance: Provenance,
}

impl PersonEntry {
    /// The surname as written in the house form: the last word, with a particle such as van or al- before it left out.
    pub fn surname(&self) -> &str {
        let mut words = self.name.text.split_whitespace();
        let surname = if self.family_first { words.next() } else { words.next_back() };
        surname.unwrap_or(&self.name.text)
    }

    /// The given names as written; empty for a person of one name.
    pub fn given(&self) -> &str {
        let name = self.name.text.trim();
        let split = if self.family_first {
            name.split_once(char::is_whitespace).map(|(_, given)| given)
        } else {
            name.rsplit_once(char::is_whitespace).map(|(given, _)| given)
        };
        split.unwrap_or("").trim()
    }

    /// The tenures that hold on `date`.
    pub fn titles_on(&self, date: Date) -> impl Iterator<Item = &Tenure> {
        self.titles.iter().filter(move |t| t.holds_on(date))
    }
}

/// An office and when it was held.
#[derive(Clone, Debug)]
pub struct Tenure {
    pub title: Listed,
    /// A shorter form that is right too.
    pub short: Vec<Listed>,
    /// The first day; open if not given.
    pub from: Option<Date>,
    /// The last day; a tenure without one runs on.
    pub to: Option<Date>,
}

impl Tenure {
    /// Whether the office was held on `date`. Both ends count: on the day of a handover either form is right.
    pub fn holds_on(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }

    /// `since 2019-05-20`, `2017-01-20 to 2021-01-20`, as messages say it.
    pub fn dates(&self) -> String {
        match (self.from, self.to) {
            (Some(from), Some(to)) => format!("{from} to {to}"),
            (Some(from), None) => format!("since {from}"),
            (None, Some(to)) => format!("until {to}"),
            (None, None) => String::new(),
        }
    }
}

/// An organization or a place.
#[derive(Clone, Debug)]
pub struct NamedEntry {
    pub name: Listed,
    /// Short forms that are right after the full one.
    pub short: Vec<Listed>,
    pub variants: Vec<Listed>,
    pub wrong: Vec<Listed>,
    /// The country or body it belongs to.
    pub of: Option<String>,
    pub provenance: Provenance,
}

/// A figure that the desk has settled.
#[derive(Clone, Debug)]
pub struct FigureEntry {
    pub what: Listed,
    /// Phrases that state it, each with one `{figure}`.
    pub patterns: Vec<Listed>,
    /// The value as written, and as read.
    pub value: Listed,
    pub figure: Option<Figure>,
    /// How far a figure may be off, as written and as read; `None` where the figure must be the same.
    pub tolerance: Option<(Listed, Option<Figure>)>,
    pub as_of: Option<Date>,
    pub provenance: Provenance,
}

/// Words as they were said or written.
#[derive(Clone, Debug)]
pub struct QuoteEntry {
    pub text: Listed,
    /// The words as a draft, to be compared token by token.
    pub words: Draft,
    pub speaker: Option<Listed>,
    pub date: Option<Date>,
    /// Written words are compared letter by letter; speech may be put in house spelling.
    pub written: bool,
    pub provenance: Provenance,
}

/// Something that happens on a day, or over several.
#[derive(Clone, Debug)]
pub struct EventEntry {
    pub what: Listed,
    pub date: Date,
    /// The last day, for what lasts longer.
    pub to: Option<Date>,
    pub provenance: Provenance,
}

/// A form that the desk has checked: right where it stands, not to be reported.
#[derive(Clone, Debug)]
pub struct PinEntry {
    pub form: Listed,
    /// The code it silences, or all under it: `names` and `names/spelling`.
    pub code: Listed,
    /// Where it holds; everywhere without.
    pub files: Option<GlobSet>,
    pub who: Option<String>,
    pub provenance: Provenance,
}

impl PinEntry {
    /// Whether it silences `code` in the file at `path`.
    pub fn covers(&self, code: &str, path: &Path) -> bool {
        let under = code.strip_prefix(self.code.text.trim_end_matches('/'));
        !self.provenance.proposed
            && under.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            && self.files.as_ref().is_none_or(|files| files.is_match(path))
    }
}

/// A name that must not be published.
#[derive(Clone, Debug)]
pub struct NeverEntry {
    pub secret: Secret,
    pub why: String,
    /// The last day it is in force; for ever without.
    pub until: Option<Date>,
    pub provenance: Provenance,
}

/// What a `[[never]]` entry holds. `Debug` shows no name.
#[derive(Clone)]
pub enum Secret {
    /// The keyed hash of the name's key.
    Hash([u8; 32]),
    /// The name's key, from a file kept out of version control.
    Name(String),
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Secret::Hash(_) => "Hash(…)",
            Secret::Name(_) => "Name(…)",
        })
    }
}

#[cfg(test)]
mod tests;
