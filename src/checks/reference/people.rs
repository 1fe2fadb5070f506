//! Whether a person of a draft and one of the reference are the same.

use crate::annotate::gazetteer::KnownKind;
use crate::annotate::person::given_names_agree;
use crate::annotate::{Annotations, Person};
use crate::checks::Context;
use crate::corpus::curated::{FormKind, PersonEntry};
use crate::text::fold::ascii_key;

pub(super) fn words(name: &str) -> Vec<String> {
    ascii_key(name).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Whether a person of the draft is `theirs`, of a text with `annotations`: one surname, and given names that agree; a surname alone is
/// enough only where that text has nobody else of it.
pub(super) fn same_person(ours: &Person, theirs: &Person, annotations: &Annotations) -> bool {
    let key = ascii_key(&ours.surname);
    if key.is_empty() || key != ascii_key(&theirs.surname) {
        return false;
    }
    match (&ours.given, &theirs.given) {
        (Some(a), Some(b)) => given_names_agree(&words(a), &words(b)),
        _ => annotations.people.iter().filter(|p| ascii_key(&p.surname) == key).count() == 1,
    }
}

/// The entry of the facts file for a person of the draft: by the annotator's own lookup, by a listed form of the full name, or by a surname that
/// one listed person alone has.
pub(super) fn listed_entry<'a>(cx: &Context<'a>, person: &Person) -> Option<&'a PersonEntry> {
    let facts = &cx.reference.facts;
    if let Some(entry) = person.known.and_then(|known| facts.people.get(known as usize)) {
        return Some(entry);
    }
    let forms = facts.names.get(&ascii_key(&person.name)).iter();
    let form = forms.filter(|f| f.kind == KnownKind::Person).min_by_key(|f| (f.form, f.entry));
    if let Some(form) = form.filter(|f| f.form <= FormKind::Wrong) {
        return facts.people.get(form.entry as usize);
    }
    match facts.names.people_with_surname(&ascii_key(&person.surname)) {
        [only] if person.given.is_none() => facts.people.get(*only as usize),
        _ => None,
    }
}
