//! People, by name, and their offices.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::{Difference, Fact, added, changed, dropped};
use crate::annotate::Person;
use crate::annotate::person::TitleStatus;
use crate::corpus::sources::SourceDocument;
use crate::text::fold::ascii_key;
use crate::text::{Lex, Span};

/// The place that shows a person best: the first mention by the full name.
fn shown(person: &Person) -> Option<Span> {
    person.first_full().or(person.mentions.first()).map(|m| m.span)
}

/// How two people agree: 2 for one name, 1 for one person by surname alone, 0 for others.
fn likeness(old: &Person, new: &Person) -> u8 {
    let key = |person: &Person| ascii_key(&person.surname);
    let given = |person: &Person| person.given.as_deref().map(ascii_key);
    match (key(old) == key(new), given(old), given(new)) {
        (true, Some(a), Some(b)) if a == b => 2,
        (true, Some(a), Some(b)) => u8::from(a.starts_with(&b) || b.starts_with(&a)),
        (true, None, None) => 2,
        (true, ..) => 1,
        _ => 0,
    }
}

/// Whether two unmatched people are one, spelled otherwise: a slip in the surname, or another given name.
fn respelled(old: &Person, new: &Person) -> bool {
    let (old_key, new_key) = (ascii_key(&old.surname), ascii_key(&new.surname));
    let given = |person: &Person| person.given.as_deref().map(ascii_key).unwrap_or_default();
    let near = old_key.len() > 3 && strsim::osa_distance(&old_key, &new_key) <= 2;
    (near && (given(old) == given(new) || given(old).is_empty() || given(new).is_empty())) || old_key == new_key
}

/// Surnames that are spelled otherwise in the new text: the keys of both.
pub(super) type Renamed = Vec<(String, String)>;

pub(super) fn compare(old: &SourceDocument, new: &SourceDocument, found: &mut Vec<Difference>) -> Renamed {
    let mut renamed = Renamed::new();
    let (before, after) = (&old.annotations.people, &new.annotations.people);
    let mut pairs = Vec::new();
    let mut taken = FxHashSet::default();
    let mut left = Vec::new();
    for person in before {
        let best = after
            .iter()
            .filter(|p| !taken.contains(&p.id))
            .max_by_key(|p| (likeness(person, p), std::cmp::Reverse(p.id)));
        match best.filter(|p| likeness(person, p) > 0) {
            Some(same) => {
                taken.insert(same.id);
                pairs.push((person, same));
            }
            None => left.push(person),
        }
    }
    for person in left {
        let Some(span) = shown(person) else { continue };
        match after.iter().find(|p| !taken.contains(&p.id) && respelled(person, p)) {
            Some(other) => {
                taken.insert(other.id);
                pairs.push((person, other));
                renamed.push((ascii_key(&person.surname), ascii_key(&other.surname)));
                found.extend(shown(other).map(|new| changed(Fact::Person, span, new, "name")));
            }
            None => found.push(dropped(Fact::Person, span)),
        }
    }
    let more = after.iter().filter(|p| !taken.contains(&p.id)).filter_map(shown);
    found.extend(more.map(|span| added(Fact::Person, span)));
    for (before, after) in pairs {
        titles((old, before), (new, after), found);
    }
    renamed
}

/// Offices of one person: another status, or another office where each text gives one.
fn titles(
    (old_text, old): (&SourceDocument, &Person),
    (new_text, new): (&SourceDocument, &Person),
    found: &mut Vec<Difference>,
) {
    let offices = |person: &Person| {
        let mut offices: BTreeMap<String, (TitleStatus, Span)> = BTreeMap::new();
        for title in person.titles.iter().filter(|t| !t.office.is_empty()) {
            let name = format!("{} {}", title.office, title.portfolio.join(" ")).trim().to_owned();
            offices.entry(name).or_insert((title.status, title.span));
        }
        offices
    };
    let (before, after) = (offices(old), offices(new));
    for (office, (status, span)) in &before {
        if let Some((now, new)) = after.get(office)
            && now != status
        {
            found.push(changed(Fact::Title, *span, *new, format!("{}, now {}", status.name(), now.name())));
        }
    }
    let gone = before.iter().filter(|(office, _)| !after.contains_key(*office));
    let come = after.iter().filter(|(office, _)| !before.contains_key(*office));
    let gone: Vec<_> = gone.filter(|(_, (_, span))| !stands_beside(old_text, *span, new_text, new)).collect();
    let come: Vec<_> = come.filter(|(_, (_, span))| !stands_beside(new_text, *span, old_text, old)).collect();
    match (gone.as_slice(), come.as_slice()) {
        ([(_, (_, old))], [(_, (_, new))]) => found.push(changed(Fact::Title, *old, *new, "office")),
        _ => {
            found.extend(gone.iter().map(|(_, (_, span))| dropped(Fact::Title, *span)));
            found.extend(come.iter().map(|(_, (_, span))| added(Fact::Title, *span)));
        }
    }
}

/// Whether a sentence of the other text that names the person has the words of the title, wherever they stand in it: “its chief executive,
/// Ada Poe”.
fn stands_beside(text: &SourceDocument, title: Span, other: &SourceDocument, person: &Person) -> bool {
    let content = |t: &&crate::text::Token| t.is_word() && !t.lex.is(Lex::FUNCTION);
    let words: Vec<&str> =
        text.draft.tokens_in(title).iter().filter(content).map(|t| text.draft.lower(t)).take(2).collect();
    let has = |sentence: u32| {
        let tokens = other.draft.sentence_tokens(&other.draft.sentences[sentence as usize]);
        words.iter().all(|word| tokens.iter().any(|t| other.draft.lower(t) == *word))
    };
    !words.is_empty() && person.mentions.iter().any(|m| has(m.sentence))
}
