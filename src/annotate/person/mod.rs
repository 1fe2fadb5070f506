//! People, their mentions and their titles.
//!
//! `run` cuts a draft's capitals into runs, `sieve` says which runs are names, `resolve` says whose they are, `title` reads
//! what stands around them. Method: a sieve of lists and cues, strongest first, with no model; the reasons that join two names are kept.

mod agree;
mod alone;
mod build;
mod chinese;
mod cluster;
mod equivalents;
mod find;
mod gender;
pub mod keys;
mod meetings;
mod name;
pub mod nicknames;
mod offices;
mod resolve;
mod run;
mod short;
mod sieve;
mod title;
mod view;

use serde::Deserialize;

use super::Gazetteer;
use crate::source::Draft;
use crate::text::Span;

pub use agree::given_names_agree;
pub use chinese::is_pinyin;
pub use equivalents::are_one as are_given_names_of_one;
pub use gender::{Mentioned, of_given_name as gender_of_given_name, of_telling_name as gender_of_telling_name};
pub use offices::TitleKind;
pub use sieve::Trust;

#[derive(Clone, Debug)]
pub struct Person {
    pub id: u32,
    /// The fullest form in the draft.
    pub name: String,
    pub given: Option<String>,
    pub surname: String,
    /// By courtesy title, pronoun or given name, where these say so.
    pub gender: Option<Gender>,
    /// The entry of the reference, where the draft uses one of its listed names.
    pub known: Option<u32>,
    /// The strongest evidence that this is a name at all.
    pub trust: Trust,
    /// In text order.
    pub mentions: Vec<PersonMention>,
    pub titles: Vec<TitleMention>,
    /// Why mentions with unlike names are held to be one person.
    pub links: Vec<Link>,
}

impl Person {
    /// The first mention by the full name.
    pub fn first_full(&self) -> Option<&PersonMention> {
        self.mentions.iter().find(|m| m.form == NameForm::Full)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    Male,
    Female,
}

#[derive(Clone, Debug)]
pub struct PersonMention {
    /// The name itself, without title or possessive ending.
    pub span: Span,
    pub form: NameForm,
    /// The surname's part of a full name, particles included; the whole of a surname alone.
    pub surname: Option<Span>,
    /// The first given name's part.
    pub given: Option<Span>,
    /// Its block and sentence in the draft.
    pub block: u32,
    pub sentence: u32,
    /// Whether the name fits two people of the draft, so that no comparison may use it.
    pub ambiguous: bool,
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

/// An office, rank, courtesy title, occupation or kinship stated of a person.
#[derive(Clone, Debug)]
pub struct TitleMention {
    /// The title with its status, country and field: former Ukrainian foreign minister.
    pub span: Span,
    pub status: TitleStatus,
    pub kind: TitleKind,
    /// What it is called whatever its form: `prime minister` for PM and premier.
    pub office: String,
    /// One person holds at most one office of a group at a time.
    pub group: Option<String>,
    /// Fields of work, sorted: `finance`, `trade`. Empty where none is said.
    pub portfolio: Vec<String>,
    /// Demonym, country or state, lower case, where one is said beside it.
    pub jurisdiction: Option<String>,
    pub shape: TitleShape,
    /// The mention it is stated with, an index of [`Person::mentions`].
    pub mention: u32,
}

/// How a title stands by a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TitleShape {
    /// President Ada Poe
    Prefix,
    /// Ada Poe, the president
    Appositive,
    /// Ada Poe, who was president; Ada Poe is president
    Copula,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TitleStatus {
    Current,
    Former,
    /// then-President: right for the time that is told of.
    Then,
    Acting,
    Elect,
    Late,
    Unknown,
}

impl TitleStatus {
    /// The name used in the JSON contract, which has none for `Then`.
    pub fn name(self) -> &'static str {
        match self {
            TitleStatus::Current => "current",
            TitleStatus::Former => "former",
            TitleStatus::Acting => "acting",
            TitleStatus::Elect => "elect",
            TitleStatus::Late => "late",
            TitleStatus::Then | TitleStatus::Unknown => "unknown",
        }
    }
}

/// Two forms of one person's name, and why they were joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Indexes of [`Person::mentions`].
    pub mentions: (u32, u32),
    pub reason: Reason,
}

/// Why two names are one person's, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// One entry of the reference.
    Known,
    SameName,
    /// A short form, an initial, a middle name more or less.
    GivenForms,
    /// The only person of that surname, or the nearest.
    SurnameAlone,
    GivenAlone,
    /// One spelling under a licensed fold.
    Fold(keys::Fold),
    /// Family name first here, last there.
    Order,
    /// Written as one word.
    Joined,
}

impl Reason {
    /// In words, for people.
    pub fn describe(self) -> &'static str {
        match self {
            Reason::Known => "one entry of the reference",
            Reason::SameName => "same name",
            Reason::GivenForms => "same surname, forms of one given name",
            Reason::SurnameAlone => "surname of one person in the draft",
            Reason::GivenAlone => "given name of one person in the draft",
            Reason::Fold(keys::Fold::Slavic) => "romanizations of one Slavic name",
            Reason::Fold(keys::Fold::Arabic) => "romanizations of one Arabic name",
            Reason::Fold(keys::Fold::Chinese) => "Wade–Giles and pinyin of one Chinese name",
            Reason::Order => "the same names in another order",
            Reason::Joined => "the same name without its space",
        }
    }
}

/// Whether a word, in lower case, is a title of some kind or ends one: minister, lawyer, brother.
pub fn is_title_word(word: &str) -> bool {
    offices::Offices::get().find(word).is_some()
}

/// Whether a word, in lower case, says that an office changes hands: appointed, resigned.
pub fn is_change_of_office(word: &str) -> bool {
    offices::Offices::get().is_change(word)
}

/// Whether a word, in lower case, is a courtesy title: Mr., Dr.
pub fn is_courtesy(word: &str) -> bool {
    kind_of_word(word) == Some(TitleKind::Courtesy)
}

/// Whether a word, in lower case, speaks of a person without a name: a minister, a wife, a man.
pub fn is_somebody(word: &str) -> bool {
    matches!(word, "man" | "woman" | "boy" | "girl" | "child" | "person" | "one" | "someone" | "anyone")
        || kind_of_word(word).is_some_and(|kind| kind != TitleKind::Courtesy)
}

fn kind_of_word(word: &str) -> Option<TitleKind> {
    let offices = offices::Offices::get();
    offices.find(word.trim_end_matches('.')).map(|index| offices.office(index).kind)
}

/// Whether nobody holds the two offices ([`TitleMention::office`]) at a time.
pub fn are_apart(a: &str, b: &str) -> bool {
    offices::Offices::get().are_apart(a, b)
}

/// Finds the people of a draft, in the order of their first mentions.
pub fn read(draft: &Draft, gazetteer: &Gazetteer) -> Vec<Person> {
    let view = view::View::new(draft);
    let found = find::find(view, gazetteer);
    let mut people = resolve::resolve(view, found);
    gender::add(view, &mut people);
    people
}

#[cfg(test)]
mod tests;
