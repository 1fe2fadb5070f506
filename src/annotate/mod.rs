//! What a draft mentions: figures, dates, quotations with their speakers, people with their titles, organizations and places.
//!
//! Annotators read a [`Draft`] and judge nothing. Every span is a byte span of [`Draft::text`].

pub mod date;
pub mod entity;
pub mod entity_words;
pub mod figure;
pub mod gazetteer;
pub mod person;
pub mod quote;

pub use date::DateMention;
pub use entity::Entity;
pub use figure::Figure;
pub use gazetteer::Gazetteer;
pub use person::Person;
pub use quote::Quote;

use jiff::civil::Date;

use crate::source::Draft;

/// All that was read in one draft. Lists are in text order; `Person::id` and `Entity::id` are positions in their lists.
#[derive(Clone, Debug, Default)]
pub struct Annotations {
    pub figures: Vec<Figure>,
    pub dates: Vec<DateMention>,
    pub quotes: Vec<Quote>,
    /// Every quotation mark, with or without a partner.
    pub marks: Vec<quote::Mark>,
    pub people: Vec<Person>,
    pub organizations: Vec<Entity>,
    pub places: Vec<Entity>,
}

/// Annotates a draft. `date` is the draft's date, which relative dates need; `gazetteer` holds the names the reference knows.
pub fn annotate(draft: &Draft, date: Option<Date>, gazetteer: &Gazetteer) -> Annotations {
    let quote::Reading { mut quotes, marks } = quote::read(draft);
    let dates = date::read(draft, &quotes, date);
    let figures = figure::read(draft, &dates);
    let people = person::read(draft, gazetteer);
    let (organizations, places) = entity::read(draft, &people, gazetteer);
    quote::attribute(draft, &people, &organizations, &mut quotes);
    Annotations { figures, dates, quotes, marks, people, organizations, places }
}
