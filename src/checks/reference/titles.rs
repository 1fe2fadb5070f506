//! `titles/reference`: an office that the reference says a person does not hold.

use jiff::civil::Date;

use super::people::{listed_entry, same_person};
use super::{file_name, past_titles, places, witness};
use crate::annotate::person::{TitleKind, TitleMention, TitleShape, TitleStatus};
use crate::annotate::{Gazetteer, Person, person};
use crate::checks::titles::changes::changes_hands;
use crate::checks::words::shorten;
use crate::checks::{Context, in_marks};
use crate::corpus::curated::{PersonEntry, Tenure};
use crate::corpus::{SourceDocument, Sources};
use crate::diagnostic::{Confidence, Finding, Severity};
use crate::source::Draft;
use crate::text::Span;

const CODE: &str = "titles/reference";

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    for person in &cx.annotations.people {
        let titles: Vec<&TitleMention> =
            person.titles.iter().filter(|t| t.kind == TitleKind::Office && !in_marks(cx, t.span)).collect();
        if titles.is_empty() {
            continue;
        }
        match listed_entry(cx, person).filter(|entry| !entry.titles.is_empty()) {
            Some(entry) => findings.extend(against_facts(cx, person, &titles, entry)),
            None => {
                let mut found = witness::benches(cx).map(|sources| against_texts(cx, person, &titles, sources));
                match found.find(|f| !f.is_empty()) {
                    Some(found) => findings.extend(found),
                    None => findings.extend(past_titles::check(cx, person, &titles)),
                }
            }
        }
    }
}

/// How two titles of one person stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Compatible,
    /// One holds the office, or held it: former and not.
    Status(Confidence),
    /// Two offices of which one person holds one.
    Office(Confidence),
    Incomparable,
}

pub(super) fn compare(ours: &TitleMention, theirs: &TitleMention) -> Verdict {
    use TitleStatus::{Acting, Current, Elect, Former, Late, Then, Unknown};
    let places = places_agree(ours, theirs);
    let fields = fields_agree(ours, theirs);
    if ours.office == theirs.office {
        if !(places && fields) {
            return Verdict::Incomparable;
        }
        return match (ours.status, theirs.status) {
            (Current, Former) | (Former, Current) => Verdict::Status(Confidence::Sure),
            (Current, Acting) | (Acting, Current) | (Elect, Current) | (Current, Elect) => {
                Verdict::Status(Confidence::Likely)
            }
            (Late | Then | Unknown, _) | (_, Late | Then | Unknown) => Verdict::Compatible,
            _ => Verdict::Compatible,
        };
    }
    let both_current = matches!((ours.status, theirs.status), (Current, Current));
    // “Vice president” and “president”: one rank apart is another office, whatever the list says of groups.
    let deputy = ours.office.ends_with(theirs.office.as_str()) || theirs.office.ends_with(ours.office.as_str());
    let exclusive = ours.group.is_some() && ours.group == theirs.group;
    if both_current && places && fields && (exclusive || deputy) {
        return Verdict::Office(Confidence::Sure);
    }
    Verdict::Incomparable
}

/// What one text says of an office otherwise.
struct Difference<'a> {
    confidence: Confidence,
    document: &'a SourceDocument,
    person: &'a Person,
    title: &'a TitleMention,
}

fn against_texts(cx: &Context<'_>, person: &Person, titles: &[&TitleMention], sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut reported: Vec<(&str, TitleStatus)> = Vec::new();
    for &ours in titles {
        if reported.contains(&(ours.office.as_str(), ours.status)) {
            continue;
        }
        let Some(differences) = differences(cx, person, ours, sources) else {
            cx.kept_apart(CODE, ours.span, ours.span, || "another text has it as here".to_owned());
            continue;
        };
        let Some(best) = differences.iter().max_by_key(|d| d.confidence) else { continue };
        let mut agreeing: Vec<&SourceDocument> = Vec::new();
        for other in &differences {
            if !agreeing.iter().any(|d| d.path() == other.document.path()) {
                agreeing.push(other.document);
            }
        }
        let message = format!(
            "“{}” here, “{}” in {}",
            shorten(cx.draft.words_at(ours.span), 28),
            shorten(best.document.draft.words_at(best.title.span), 28),
            file_name(best.document.path()),
        );
        let mut finding = Finding::new(CODE, ours.span, message)
            .confidence(witness::weigh(best.confidence, &agreeing))
            .why(format!("one person: {}", best.person.name));
        for d in &differences {
            finding = finding.elsewhere(d.document.evidence(d.title.span, format!("{} there", d.person.name)));
        }
        reported.push((ours.office.as_str(), ours.status));
        findings.push(finding);
    }
    findings
}

/// Every title of the person in `sources` that cannot hold beside `ours`; `None` where any text has it as here.
fn differences<'a>(
    cx: &Context<'a>,
    person: &Person,
    ours: &TitleMention,
    sources: &'a Sources,
) -> Option<Vec<Difference<'a>>> {
    let mut differences = Vec::new();
    for document in sources.beside(cx.draft) {
        let spoken = |span: Span| crate::annotate::quote::innermost_at(&document.annotations.quotes, span).is_some();
        for theirs in document.annotations.people.iter().filter(|p| same_person(person, p, &document.annotations)) {
            for title in theirs.titles.iter().filter(|t| t.kind == TitleKind::Office && !spoken(t.span)) {
                match compare(ours, title) {
                    Verdict::Compatible => return None,
                    Verdict::Incomparable => {}
                    Verdict::Status(confidence) | Verdict::Office(confidence) => {
                        differences.push(Difference { confidence, document, person: theirs, title });
                    }
                }
            }
        }
    }
    Some(differences)
}

/// The offices of an entry as an annotator reads them, each with its tenure.
fn listed_offices(entry: &PersonEntry) -> Vec<(TitleMention, &Tenure)> {
    let mut offices = Vec::new();
    for tenure in &entry.titles {
        for title in std::iter::once(&tenure.title).chain(&tenure.short) {
            offices.extend(read_office(&entry.name.text, &title.text).map(|office| (office, tenure)));
        }
    }
    offices
}

/// A listed title as copy would have it: before the name, or after it with the office in lower case (the president of Ruritania).
fn read_office(name: &str, title: &str) -> Option<TitleMention> {
    let cut = [" of ", " for "].iter().filter_map(|word| title.find(word)).min().unwrap_or(title.len());
    let plain = format!("{}{}", title[..cut].to_lowercase(), &title[cut..]);
    let sentences = [format!("{name}, the {plain}, spoke."), format!("On Monday {title} {name} spoke.")];
    sentences.iter().find_map(|sentence| {
        let people = person::read(&Draft::from_text(sentence), &Gazetteer::default());
        people.into_iter().flat_map(|p| p.titles).find(|t| t.kind == TitleKind::Office)
    })
}

fn against_facts(cx: &Context<'_>, person: &Person, titles: &[&TitleMention], entry: &PersonEntry) -> Option<Finding> {
    let date = cx.date?;
    let offices = listed_offices(entry);
    // In 2023, Health Minister Poe: the office of then.
    let of_another_year = |span: Span| {
        let sentence = cx.draft.sentences[cx.draft.sentence_at(span.start)].span;
        let dates = cx.annotations.dates.iter().filter(|d| sentence.contains(d.span));
        dates.filter_map(|d| d.written.year).any(|year| year != date.year())
    };
    let now = |t: &&&TitleMention| !changes_hands(cx.draft, t.span.start) && !of_another_year(t.span);
    titles.iter().filter(now).find_map(|ours| {
        let same: Vec<&Tenure> = offices
            .iter()
            .filter(|(listed, _)| {
                listed.office == ours.office && places_agree(listed, ours) && fields_agree(listed, ours)
            })
            .map(|(_, tenure)| *tenure)
            .collect();
        let held = same.iter().any(|t| t.holds_on(date));
        let said = shorten(cx.draft.words_at(ours.span), 28);
        let (message, tenure, confidence) = match ours.status {
            TitleStatus::Former if held => {
                let tenure = same.iter().find(|t| t.holds_on(date))?;
                let since = tenure.from.map_or(String::new(), |from| format!(" since {from}"));
                (format!("“{said}” here, in office{since} in the facts file"), *tenure, Confidence::Sure)
            }
            TitleStatus::Current | TitleStatus::Acting if !same.is_empty() && !held => {
                let tenure = nearest(&same, date)?;
                let (message, confidence) = match (tenure.from, tenure.to) {
                    (Some(from), _) if date < from => {
                        (format!("“{said}” here, not before {from} in the facts file"), Confidence::Sure)
                    }
                    (_, Some(to)) => (format!("“{said}” here, until {to} in the facts file"), Confidence::Sure),
                    _ => return None,
                };
                (message, tenure, confidence)
            }
            TitleStatus::Current if same.is_empty() => {
                let plain = is_plain(cx.draft, ours);
                let (listed, tenure) = offices.iter().find(|(listed, tenure)| {
                    let apart = || plain && person::are_apart(&ours.office, &listed.office);
                    tenure.holds_on(date) && (matches!(compare(ours, listed), Verdict::Office(_)) || apart())
                })?;
                let both_known = ours.shape == TitleShape::Prefix && person::are_apart(&ours.office, &listed.office);
                let confidence = if both_known { Confidence::Sure } else { Confidence::Likely };
                let listed = shorten(&tenure.title.text, 34);
                (format!("“{said}” here, “{listed}” in the facts file"), *tenure, confidence)
            }
            _ => return None,
        };
        let mut finding = Finding::new(CODE, ours.span, message)
            .confidence(confidence)
            .elsewhere(entry.provenance.evidence_at(&tenure.title, tenure.from))
            .why(format!("{} in the facts file: {}", person.name, tenure.dates()));
        if entry.provenance.proposed {
            finding = finding.cap(Severity::Info);
        }
        Some(finding)
    })
}

/// Whether nothing says what the office is of: the president, not the president of a club.
fn is_plain(draft: &Draft, title: &TitleMention) -> bool {
    let next = draft.token_at(title.span.end);
    let words = title.span.of(&draft.lower);
    let of = |word: &str| matches!(word, "of" | "at" | "for");
    !words.split(' ').any(of) && draft.tokens.get(next).is_none_or(|t| !of(draft.lower(t)))
}

/// Whether two offices may be of one field: the health minister and the minister, not the interior minister.
fn fields_agree(a: &TitleMention, b: &TitleMention) -> bool {
    a.portfolio.is_empty() || b.portfolio.is_empty() || a.portfolio == b.portfolio
}

fn places_agree(a: &TitleMention, b: &TitleMention) -> bool {
    match (&a.jurisdiction, &b.jurisdiction) {
        (Some(a), Some(b)) => places::are_one(a, b),
        _ => true,
    }
}

/// The tenure whose end or beginning is nearest to `date`.
fn nearest<'a>(tenures: &[&'a Tenure], date: Date) -> Option<&'a Tenure> {
    let distance = |t: &&&Tenure| {
        let days = |d: Option<Date>| d.map_or(i32::MAX, |d| (d - date).get_days().abs());
        days(t.from).min(days(t.to))
    };
    tenures.iter().min_by_key(distance).copied()
}
