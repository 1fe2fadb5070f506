//! `names/reference` against the whole archive: how earlier stories on any event spell a name.

use super::names::{Key, is_common};
use super::witness::MAJORITY;
use crate::annotate::Person;
use crate::annotate::person::{TitleKind, given_names_agree};
use crate::checks::Context;
use crate::checks::words::shorten;
use crate::corpus::Past;
use crate::corpus::archive::{DocumentId, PersonRow};
use crate::diagnostic::{Confidence, Finding, Fix, Safety};
use crate::text::fold::ascii_key;

const CODE: &str = "names/reference";

/// A spelling that the archive does not have, one slip from one that at least [`MAJORITY`] independent stories have for the same given name.
pub(super) fn check(cx: &Context<'_>, person: &Person) -> Option<Finding> {
    let past = cx.reference.past.as_ref()?;
    let mention = person.first_full()?;
    let ours = Key::of(person);
    if ours.given.is_empty() || ours.given[0].len() < 2 {
        return None;
    }
    let own = past.versions_of(cx.draft);
    // Earlier stories know the name as it is here, or somebody else of it.
    if past.knows_surname(&ours.surname, &own) {
        return None;
    }
    let near = past.surnames_near(&ours.surname);
    let (rows, name) = near.iter().filter(|(_, stories)| *stories as usize >= MAJORITY).find_map(|(key, _)| {
        let rows = independent(past.people(key, None, &own), &ours);
        let name = rows.first()?.name.clone();
        (rows.len() >= MAJORITY).then_some((rows, name))
    })?;
    let office = rows.iter().any(|row| {
        row.titles.iter().any(|t| person.titles.iter().any(|o| o.kind == TitleKind::Office && o.office == t.office))
    });
    let sure = office && !is_common(&ours.surname);
    let here = cx.draft.words_at(mention.span);
    let message = format!("“{}” here, “{}” in {} earlier stories", shorten(here, 24), shorten(&name, 24), rows.len());
    let mut finding = Finding::new(CODE, mention.span, message)
        .confidence(if sure { Confidence::Sure } else { Confidence::Likely })
        .fix(Fix::replace(mention.span, name, Safety::Display))
        .why(if office {
            "one office, spellings a letter apart"
        } else {
            "given names agree, spellings a letter apart"
        });
    for row in rows.iter().take(MAJORITY) {
        if let Some(evidence) = evidence(past, row) {
            finding = finding.elsewhere(evidence);
        }
    }
    // A finding that says two things disagree shows the other side.
    (!finding.witnesses.is_empty()).then_some(finding)
}

/// One row for each independent story whose given name agrees, newest first.
fn independent(rows: Vec<PersonRow>, ours: &Key) -> Vec<PersonRow> {
    let mut copies: Vec<DocumentId> = Vec::new();
    let mut kept = Vec::new();
    for row in rows {
        let given: Vec<String> = ascii_key(row.given.as_deref().unwrap_or_default())
            .split(' ')
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect();
        if !given.is_empty() && given_names_agree(&ours.given, &given) && !copies.contains(&row.standing.copies) {
            copies.push(row.standing.copies);
            kept.push(row);
        }
    }
    kept
}

fn evidence(past: &Past, row: &PersonRow) -> Option<crate::diagnostic::Evidence> {
    past.evidence(row.standing.document, row.span, "earlier story")
}
