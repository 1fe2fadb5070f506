//! Organizations and places, with their short forms.

use super::{Gazetteer, Person};
use crate::source::Draft;
use crate::text::Span;

#[derive(Clone, Debug)]
pub struct Entity {
    pub id: u32,
    /// The fullest form in the draft.
    pub name: String,
    pub mentions: Vec<Span>,
}

/// Finds organizations and places: (organizations, places).
pub fn read(_draft: &Draft, _people: &[Person], _gazetteer: &Gazetteer) -> (Vec<Entity>, Vec<Entity>) {
    (Vec::new(), Vec::new())
}
