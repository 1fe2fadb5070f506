//! People, their mentions and their titles.

use super::Gazetteer;
use crate::source::Draft;
use crate::text::Span;

#[derive(Clone, Debug)]
pub struct Person {
    pub id: u32,
    /// The fullest form in the draft.
    pub name: String,
    pub given: Option<String>,
    pub surname: String,
    pub mentions: Vec<PersonMention>,
    pub titles: Vec<TitleMention>,
}

#[derive(Clone, Debug)]
pub struct PersonMention {
    /// The name itself, without title or possessive ending.
    pub span: Span,
    pub form: NameForm,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameForm {
    Full,
    Surname,
    Given,
    TitleSurname,
    Initials,
    Other,
}

impl NameForm {
    /// The name used in the JSON contract.
    pub fn name(self) -> &'static str {
        match self {
            NameForm::Full => "full",
            NameForm::Surname => "surname",
            NameForm::Given => "given",
            NameForm::TitleSurname => "title+surname",
            NameForm::Initials => "initials",
            NameForm::Other => "other",
        }
    }
}

/// An office, rank, honorific or kinship stated of a person.
#[derive(Clone, Debug)]
pub struct TitleMention {
    pub span: Span,
    pub status: TitleStatus,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TitleStatus {
    Current,
    Former,
    Acting,
    Elect,
    Late,
    Unknown,
}

impl TitleStatus {
    /// The name used in the JSON contract.
    pub fn name(self) -> &'static str {
        match self {
            TitleStatus::Current => "current",
            TitleStatus::Former => "former",
            TitleStatus::Acting => "acting",
            TitleStatus::Elect => "elect",
            TitleStatus::Late => "late",
            TitleStatus::Unknown => "unknown",
        }
    }
}

/// Finds the people of a draft.
pub fn read(_draft: &Draft, _gazetteer: &Gazetteer) -> Vec<Person> {
    Vec::new()
}
