//! `titles/reference`: an office that the reference says a person does not hold.

use jiff::civil::Date;

use super::{file_name, people::listed_entry, people::same_person};
use crate::annotate::person::{TitleKind, TitleMention, TitleStatus};
use crate::annotate::{Gazetteer, Person, person};
use crate::checks::Context;
use crate::checks::words::shorten;
use crate::corpus::curated::{PersonEntry, Tenure};
use crate::diagnostic::{Confidence, Finding, Severity};
use crate::source::Draft;
use crate::text::Span;

const CODE: &str = "titles/reference";

/// Verbs and nouns that say an office changes hands: the news may be newer than the facts file. A source laid beside the draft tells the
/// same news.
const CHANGES: [&str; 33] = [
    "appointed",
    "appoints",
    "appoint",
    "appointment",
    "named",
    "nominated",
    "nominates",
    "elected",
    "elects",
    "sworn",
    "succeed",
    "succeeds",
    "succeeded",
    "replace",
    "replaces",
    "replaced",
    "resign",
    "resigns",
    "resigned",
    "resignation",
    "quit",
    "sacked",
    "fired",
    "ousted",
    "removed",
    "dismissed",
    "retired",
    "retires",
    "promoted",
    "inaugurated",
    "stepped",
    "became",
    "becomes",
];

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    for person in &cx.annotations.people {
        let titles: Vec<&TitleMention> =
            person.titles.iter().filter(|t| t.kind == TitleKind::Office && !in_speech(cx, t.span)).collect();
        if titles.is_empty() {
            continue;
        }
        match listed_entry(cx, person).filter(|entry| !entry.titles.is_empty()) {
            Some(entry) => findings.extend(against_facts(cx, person, &titles, entry)),
            None => findings.extend(against_sources(cx, person, &titles)),
        }
    }
}

fn in_speech(cx: &Context<'_>, span: Span) -> bool {
    cx.annotations.quotes.iter().any(|q| q.span.contains(span))
}

/// Whether the sentence tells of an office that changes hands.
fn changes_hands(cx: &Context<'_>, span: Span) -> bool {
    let sentence = &cx.draft.sentences[cx.draft.sentence_at(span.start)];
    cx.draft.sentence_tokens(sentence).iter().any(|t| CHANGES.contains(&cx.draft.lower(t)))
}

/// How two titles of one person stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Compatible,
    /// One holds the office, or held it: former and not.
    Status(Confidence),
    /// Two offices of which one person holds one.
    Office(Confidence),
    Incomparable,
}

fn compare(ours: &TitleMention, theirs: &TitleMention) -> Verdict {
    use TitleStatus::{Acting, Current, Elect, Former, Late, Then, Unknown};
    let places = places_agree(ours, theirs);
    let fields = ours.portfolio.is_empty() || theirs.portfolio.is_empty() || ours.portfolio == theirs.portfolio;
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

fn against_sources(cx: &Context<'_>, person: &Person, titles: &[&TitleMention]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut reported: Vec<(&str, TitleStatus)> = Vec::new();
    for &ours in titles {
        if reported.contains(&(ours.office.as_str(), ours.status)) {
            continue;
        }
        let mut worst: Option<(Verdict, Finding)> = None;
        let mut agreed = false;
        for document in cx.reference.sources.beside(cx.draft) {
            for theirs in document.annotations.people.iter().filter(|p| same_person(person, p, &document.annotations)) {
                let spoken = |span: Span| document.annotations.quotes.iter().any(|q| q.span.contains(span));
                for title in theirs.titles.iter().filter(|t| t.kind == TitleKind::Office && !spoken(t.span)) {
                    let verdict = compare(ours, title);
                    let confidence = match verdict {
                        Verdict::Compatible => {
                            agreed = true;
                            continue;
                        }
                        Verdict::Status(confidence) | Verdict::Office(confidence) => confidence,
                        Verdict::Incomparable => continue,
                    };
                    let evidence = document.evidence(title.span, format!("{} there", theirs.name));
                    worst = match worst.take() {
                        Some((verdict, finding)) => Some((verdict, finding.elsewhere(evidence))),
                        None => {
                            let message = format!(
                                "“{}” here, “{}” in {}",
                                shorten(cx.draft.words_at(ours.span), 28),
                                shorten(document.draft.words_at(title.span), 28),
                                file_name(document.path()),
                            );
                            let finding = Finding::new(CODE, ours.span, message)
                                .confidence(confidence)
                                .elsewhere(evidence)
                                .why(format!("one person: {}", theirs.name));
                            Some((verdict, finding))
                        }
                    };
                }
            }
        }
        match worst {
            Some((_, finding)) if !agreed => {
                reported.push((ours.office.as_str(), ours.status));
                findings.push(finding);
            }
            Some(_) => cx.kept_apart(CODE, ours.span, ours.span, || "another source has it as here".to_owned()),
            None => {}
        }
    }
    findings
}

/// The offices of an entry as an annotator reads them, each with its tenure.
fn listed_offices(entry: &PersonEntry) -> Vec<(TitleMention, &Tenure)> {
    let mut offices = Vec::new();
    for tenure in &entry.titles {
        for title in std::iter::once(&tenure.title).chain(&tenure.short) {
            let sentence = format!("{}, the {}, spoke.", entry.name.text, title.text);
            let people = person::read(&Draft::from_text(&sentence), &Gazetteer::default());
            let read = people.into_iter().flat_map(|p| p.titles).find(|t| t.kind == TitleKind::Office);
            offices.extend(read.map(|t| (t, tenure)));
        }
    }
    offices
}

fn against_facts(cx: &Context<'_>, person: &Person, titles: &[&TitleMention], entry: &PersonEntry) -> Option<Finding> {
    let date = cx.date?;
    let offices = listed_offices(entry);
    titles.iter().filter(|t| !changes_hands(cx, t.span)).find_map(|ours| {
        let same: Vec<&Tenure> = offices
            .iter()
            .filter(|(listed, _)| listed.office == ours.office && places_agree(listed, ours))
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
                let (_, tenure) = offices.iter().find(|(listed, tenure)| {
                    tenure.holds_on(date) && matches!(compare(ours, listed), Verdict::Office(_))
                })?;
                let listed = shorten(&tenure.title.text, 34);
                (format!("“{said}” here, “{listed}” in the facts file"), *tenure, Confidence::Likely)
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

fn places_agree(a: &TitleMention, b: &TitleMention) -> bool {
    match (&a.jurisdiction, &b.jurisdiction) {
        (Some(a), Some(b)) => same_place(a, b),
        _ => true,
    }
}

/// Whether two words for a country or state are of one: Ukraine and Ukrainian, U.S. and American.
fn same_place(a: &str, b: &str) -> bool {
    const SYNONYMS: [&[&str]; 3] = [
        &["us", "u.s.", "usa", "america", "american", "united states"],
        &["uk", "u.k.", "britain", "british", "united kingdom"],
        &["eu", "european", "european union"],
    ];
    let start = |x: &str| x.chars().take(4).collect::<String>();
    a == b
        || SYNONYMS.iter().any(|list| list.contains(&a) && list.contains(&b))
        || a.len() >= 4 && b.len() >= 4 && start(a) == start(b)
}

/// The tenure whose end or beginning is nearest to `date`.
fn nearest<'a>(tenures: &[&'a Tenure], date: Date) -> Option<&'a Tenure> {
    let distance = |t: &&&Tenure| {
        let days = |d: Option<Date>| d.map_or(i32::MAX, |d| (d - date).get_days().abs());
        days(t.from).min(days(t.to))
    };
    tenures.iter().min_by_key(distance).copied()
}
