//! The key under which figures are kept: what is counted, and in which unit.

use crate::annotate::Figure;
use crate::annotate::figure::lemma;
use crate::source::Draft;
use crate::text::fold::ascii_key;

/// `percent|territory`, `count|drone`, `USD|`: figures with another key never measure the same thing.
pub fn key(draft: &Draft, figure: &Figure) -> String {
    let measure = figure.measure.name().unwrap_or("count");
    let noun = figure.noun.as_ref().map(|noun| ascii_key(&lemma(noun.head.of(&draft.lower)))).unwrap_or_default();
    format!("{measure}|{noun}")
}
