//! `names/reference`: a name that the reference has otherwise.

use serde::Deserialize;

use super::{file_name, past_names, pronouns, twins, witness};
use crate::annotate::gazetteer::KnownKind;
use crate::annotate::person::{NameForm, PersonMention, TitleKind, given_names_agree, keys};
use crate::annotate::{Annotations, Person};
use crate::checks::Context;
use crate::checks::words::shorten;
use crate::corpus::curated::{FormKind, PersonEntry};
use crate::corpus::{SourceDocument, Sources};
use crate::diagnostic::{Confidence, Finding, Fix, Safety, Severity};
use crate::source::Draft;
use crate::text::Lex;
use crate::text::fold::ascii_key;

const CODE: &str = "names/reference";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    variants: bool,
}

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    for person in &cx.annotations.people {
        let listed = against_facts(cx, person);
        if listed.is_empty() && !is_listed(cx, person) {
            let found = witness::benches(cx).find_map(|sources| against_texts(cx, person, sources));
            findings.extend(found.or_else(|| past_names::check(cx, person)));
        } else {
            findings.extend(listed);
        }
    }
    pronouns::check(cx, findings);
}

/// Whether the desk lists this very name, so that no source is asked.
fn is_listed(cx: &Context<'_>, person: &Person) -> bool {
    let forms = cx.reference.facts.names.get(&ascii_key(&person.name));
    let accepted = |at: u32| !cx.reference.facts.people[at as usize].provenance.proposed;
    forms.iter().any(|f| f.kind == KnownKind::Person && f.form <= FormKind::Short && accepted(f.entry))
}

/// A name, told apart by its parts' keys.
pub(super) struct Key {
    pub given: Vec<String>,
    pub surname: String,
}

impl Key {
    pub fn of(person: &Person) -> Key {
        Key { given: words(person.given.as_deref().unwrap_or_default()), surname: ascii_key(&person.surname) }
    }

    /// The name as one whose first word is the surname.
    fn family_first(person: &Person) -> Key {
        let mut given = words(&person.name);
        let surname = if given.is_empty() { String::new() } else { given.remove(0) };
        Key { given, surname }
    }

    fn of_entry(entry: &PersonEntry) -> Key {
        Key { given: words(entry.given()), surname: ascii_key(entry.surname()) }
    }
}

fn words(name: &str) -> Vec<String> {
    ascii_key(name).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// How two names are near one another without being one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Near {
    /// One surname in two spellings, and given names that agree.
    Surname,
    /// One surname, and two given names.
    Given,
}

/// Whether two full names are likely one person's: `None` where they agree or are far apart.
fn near(ours: &Key, theirs: &Key) -> Option<Near> {
    if ours.given.is_empty() || theirs.given.is_empty() {
        return None;
    }
    if ours.surname == theirs.surname {
        return (!given_names_agree(&ours.given, &theirs.given)).then_some(Near::Given);
    }
    let given = given_names_agree(&ours.given, &theirs.given) && ours.given[0].len() > 1 && theirs.given[0].len() > 1;
    let one = |fold: fn(&str) -> String| fold(&ours.surname) == fold(&theirs.surname);
    let spelled = is_slip(&ours.surname, &theirs.surname)
        || one(keys::slavic)
        || one(keys::arabic) && ours.surname.len().min(theirs.surname.len()) >= 6;
    (given && spelled).then_some(Near::Surname)
}

/// Whether two keys are one letter apart, or two in long names that start alike.
fn is_slip(a: &str, b: &str) -> bool {
    let shorter = a.chars().count().min(b.chars().count());
    let distance = strsim::osa_distance(a, b);
    let start = a.chars().next() == b.chars().next();
    distance == 1 && shorter >= 4 || distance == 2 && shorter >= 6 && start
}

fn against_facts(cx: &Context<'_>, person: &Person) -> Vec<Finding> {
    let facts = &cx.reference.facts;
    if facts.people.is_empty() {
        return Vec::new();
    }
    let mut findings: Vec<Finding> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for mention in &person.mentions {
        let text = cx.draft.words_at(mention.span);
        let key = ascii_key(text);
        if seen.contains(&key) {
            continue;
        }
        let forms = facts.names.get(&key).iter().filter(|f| f.kind == KnownKind::Person);
        let Some(best) = forms.min_by_key(|f| f.form) else { continue };
        let entry = &facts.people[best.entry as usize];
        let house = house_form(entry, mention);
        let message = format!("“{}” here, “{}” in the facts file", shorten(text, 30), shorten(&house, 30));
        let confidence = match best.form {
            FormKind::Wrong => Confidence::Sure,
            FormKind::Variant if cx.options::<Options>().variants => Confidence::Sure,
            _ => continue,
        };
        seen.push(key.clone());
        let finding = Finding::new(CODE, mention.span, message).confidence(confidence);
        findings.push(decided(cx, person, mention, finding, entry, &house, &key));
    }
    if !findings.is_empty() || is_listed(cx, person) {
        return findings;
    }
    // No form is listed: a near-misspelling of a listed name, or another given name in the same office.
    let Some(mention) = person.first_full() else { return findings };
    let ours = Key::of(person);
    let candidates = facts.names.people_with_surname(&ours.surname).to_vec();
    let candidates = candidates.into_iter().chain(facts.names.near_surname(&ours.surname));
    let family_first = Key::family_first(person);
    let named_first = facts.names.people_with_surname(&family_first.surname).iter().copied();
    let candidates = candidates.chain(named_first.filter(|&at| facts.people[at as usize].family_first));
    for entry in candidates.map(|at| &facts.people[at as usize]) {
        let ours = if entry.family_first { &family_first } else { &ours };
        let confidence = match near(ours, &Key::of_entry(entry)) {
            Some(Near::Surname) if !is_common(&ours.surname) => Confidence::Sure,
            Some(Near::Surname) => Confidence::Likely,
            Some(Near::Given) if holds_listed_office(person, entry) => Confidence::Sure,
            Some(Near::Given) if one_slip(ours, &Key::of_entry(entry)) => Confidence::Likely,
            _ => continue,
        };
        let text = cx.draft.words_at(mention.span);
        let message = format!("“{}” here, “{}” in the facts file", shorten(text, 30), shorten(&entry.name.text, 30));
        let finding = Finding::new(CODE, mention.span, message).confidence(confidence);
        findings.push(decided(cx, person, mention, finding, entry, &entry.name.text.clone(), &ascii_key(text)));
        break;
    }
    findings
}

/// Whether given names are one letter apart, so that one may be a slip.
fn one_slip(ours: &Key, theirs: &Key) -> bool {
    let first = strsim::osa_distance(&ours.given[0], &theirs.given[0]);
    let all = (ours.given.join(" "), theirs.given.join(" "));
    first == 1 && ours.given[0].len() >= 4
        || first == 0 && strsim::osa_distance(&all.0, &all.1) == 1 && all.0.len() >= 6
}

pub(super) fn is_common(surname: &str) -> bool {
    Lex::of(surname).is(Lex::COMMON_SURNAME)
}

/// The form of the house name that answers a mention: the surname alone for a surname.
fn house_form(entry: &PersonEntry, mention: &PersonMention) -> String {
    match mention.form {
        NameForm::Surname | NameForm::TitleSurname => entry.surname().to_owned(),
        _ => entry.name.text.clone(),
    }
}

fn decided(
    cx: &Context<'_>,
    person: &Person,
    mention: &PersonMention,
    finding: Finding,
    entry: &PersonEntry,
    house: &str,
    key: &str,
) -> Finding {
    let mut finding = finding
        .elsewhere(entry.provenance.evidence_at(&entry.name, None))
        .fix(Fix::replace(mention.span, house, Safety::Unsafe))
        .why("the facts file decides");
    for other in person.mentions.iter().filter(|m| m.span != mention.span) {
        if ascii_key(cx.draft.words_at(other.span)) == key {
            finding = finding.here(other.span, "also here");
        }
    }
    if entry.provenance.proposed { finding.cap(Severity::Info) } else { finding }
}

/// Whether a title of the person here is one of the entry's offices.
fn holds_listed_office(person: &Person, entry: &PersonEntry) -> bool {
    let has = |title: &str, office: &str| {
        let title = title.to_lowercase();
        office.split(' ').all(|word| title.split(|c: char| !c.is_alphanumeric()).any(|w| w == word))
    };
    let mut titles = entry.titles.iter().flat_map(|t| std::iter::once(&t.title).chain(&t.short));
    person
        .titles
        .iter()
        .filter(|t| t.kind == TitleKind::Office)
        .any(|ours| titles.any(|listed| has(&listed.text, &ours.office)))
}

/// A person of a source who may be the one here under another name.
struct Match<'a> {
    document: &'a SourceDocument,
    person: &'a Person,
    near: Near,
    sure: bool,
}

fn against_texts(cx: &Context<'_>, person: &Person, sources: &Sources) -> Option<Finding> {
    let mention = person.first_full()?;
    let ours = Key::of(person);
    let mut matches: Vec<Match<'_>> = Vec::new();
    for document in sources.beside(cx.draft) {
        for theirs in &document.annotations.people {
            let key = Key::of(theirs);
            if key.surname == ours.surname && given_names_agree(&ours.given, &key.given) {
                // Some source has the name as it is here; a surname alone proves nothing.
                if key.given.is_empty() {
                    continue;
                }
                return None;
            }
            let Some(near) = near(&ours, &key) else { continue };
            let sure = match near {
                _ if in_one_place(cx, sources, mention, document, theirs) => true,
                Near::Surname => surname_is_slip(document, &ours, &key),
                Near::Given => {
                    same_office(person, theirs) || one_slip(&ours, &key) && only_one(&document.annotations, &key)
                }
            };
            if sure || near == Near::Given && given_of_one_family(&ours, &key) && same_role(person, theirs) {
                matches.push(Match { document, person: theirs, near, sure });
            } else {
                cx.kept_apart(CODE, mention.span, mention.span, || {
                    format!("no shared office with “{}” in {}", theirs.name, file_name(document.path()))
                });
            }
        }
    }
    // The same people in the draft under the source's name: two people after all.
    matches.retain(|m| {
        let name = ascii_key(&m.person.name);
        !cx.annotations.people.iter().any(|p| p.id != person.id && ascii_key(&p.name) == name)
    });
    let best = matches.iter().max_by_key(|m| m.sure)?;
    let theirs = best.person.first_full().or(best.person.mentions.first())?;
    let (here, there) = (cx.draft.words_at(mention.span), best.document.draft.words_at(theirs.span));
    // One name, taken apart in two ways.
    if ascii_key(here) == ascii_key(there) {
        return None;
    }
    let agreeing: Vec<&SourceDocument> = matches
        .iter()
        .filter(|m| ascii_key(&m.person.name) == ascii_key(&best.person.name))
        .map(|m| m.document)
        .collect();
    let place = match agreeing.len() {
        0 | 1 => file_name(best.document.path()),
        n if best.document.primary => format!("{n} sources"),
        n => format!("{n} earlier stories"),
    };
    let alone = if best.sure { Confidence::Sure } else { Confidence::Likely };
    let message = format!("“{}” here, “{}” in {place}", shorten(here, 28), shorten(there, 28));
    let mut finding = Finding::new(CODE, mention.span, message)
        .confidence(witness::weigh(alone, &agreeing))
        .fix(Fix::replace(mention.span, there, Safety::Display))
        .why(match best.near {
            Near::Surname => "one surname in two spellings, given names agree",
            Near::Given => "one surname and office, two given names",
        });
    for m in &matches {
        if let Some(span) = m.person.first_full().or(m.person.mentions.first()).map(|m| m.span) {
            finding = finding.elsewhere(m.document.evidence(span, "the name there"));
        }
    }
    Some(finding)
}

/// Whether the two names stand in the same place of two sentences that are one but for changes.
fn in_one_place(
    cx: &Context<'_>,
    sources: &Sources,
    mention: &PersonMention,
    document: &SourceDocument,
    theirs: &Person,
) -> bool {
    let there: Vec<_> = theirs.mentions.iter().filter(|m| m.form == NameForm::Full).collect();
    let twins = twins::of(cx, sources, mention.sentence as usize);
    let close = twins.iter().filter(|t| t.is_close() && t.document.path() == document.path());
    close.flat_map(|t| there.iter().filter(|m| m.sentence == t.sentence)).any(|m| {
        let (before, after) = twins::context(cx.draft, mention.span, &document.draft, m.span);
        before + after >= 2
    })
}

/// Whether the spelling here is nobody else's: the word stands in no list of common names that the other is not in, and the source
/// has it nowhere.
fn surname_is_slip(document: &SourceDocument, ours: &Key, theirs: &Key) -> bool {
    let stands = |draft: &Draft, key: &str| {
        let mut tokens = draft.tokens.iter().filter(|t| t.is_word() && t.is_capital());
        tokens.any(|t| ascii_key(draft.word(t)) == key)
    };
    let both_common = is_common(&ours.surname) && is_common(&theirs.surname);
    !both_common && !stands(&document.draft, &ours.surname)
}

/// Whether the source has one person of that surname.
fn only_one(annotations: &Annotations, key: &Key) -> bool {
    annotations.people.iter().filter(|p| ascii_key(&p.surname) == key.surname).count() == 1
}

/// Whether both hold one office that few hold.
fn same_office(ours: &Person, theirs: &Person) -> bool {
    let offices = |p: &'_ Person| -> Vec<(String, Vec<String>, Option<String>)> {
        p.titles
            .iter()
            .filter(|t| t.kind == TitleKind::Office)
            .map(|t| (t.office.clone(), t.portfolio.clone(), t.jurisdiction.clone()))
            .collect()
    };
    let theirs = offices(theirs);
    offices(ours).iter().any(|(office, field, place)| {
        theirs.iter().any(|(other, other_field, other_place)| {
            office == other
                && field == other_field
                && (place == other_place || place.is_none() || other_place.is_none())
        })
    })
}

/// Given names that are one name in two languages, or a letter apart.
fn given_of_one_family(ours: &Key, theirs: &Key) -> bool {
    keys::slavic(&ours.given[0]) == keys::slavic(&theirs.given[0]) || one_slip(ours, theirs)
}

/// Whether nothing that is said of both says that they are two.
fn same_role(ours: &Person, theirs: &Person) -> bool {
    ours.gender.is_none() || theirs.gender.is_none() || ours.gender == theirs.gender
}
