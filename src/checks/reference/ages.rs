//! The age of a person that other texts have otherwise.

use jiff::civil::Date;

use super::people::same_person;
use super::{file_name, witness};
use crate::annotate::figure::Measure;
use crate::annotate::{Annotations, Figure, Person, quote};
use crate::checks::Context;
use crate::checks::figures::age::{belongs, beside};
use crate::corpus::{SourceDocument, Sources};
use crate::diagnostic::{Confidence, Finding};
use crate::source::Draft;

const CODE: &str = "figures/reference";
/// Texts so many days apart may stand on two sides of a birthday.
const BIRTHDAY: i32 = 3;

pub(super) fn check(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    if !cx.annotations.figures.iter().any(is_age) {
        return;
    }
    for person in cx.annotations.people.iter().filter(|p| p.given.is_some()) {
        if let Some(figure) = age_of(cx.draft, cx.annotations, person) {
            findings.extend(witness::benches(cx).find_map(|sources| otherwise(cx, person, figure, sources)));
        }
    }
}

fn is_age(figure: &Figure) -> bool {
    matches!(figure.measure, Measure::Age(unit) if unit.name == "year") && figure.high.is_none()
}

/// The age that stands beside the name, outside quotation marks.
fn age_of<'a>(draft: &Draft, annotations: &'a Annotations, person: &Person) -> Option<&'a Figure> {
    person.mentions.iter().filter(|m| !m.ambiguous).find_map(|mention| {
        beside(&annotations.figures, mention, |f| f.span).iter().find(|f| {
            is_age(f)
                && f.block == mention.block
                && belongs(draft, mention, f)
                && quote::innermost_at(&annotations.quotes, f.number).is_none()
        })
    })
}

/// Whether two ages are one person's, read on two days: in the days between there may be birthdays.
fn fit(ours: &Figure, theirs: &Figure, days: Option<i32>) -> bool {
    let apart = (ours.value.to_f64() - theirs.value.to_f64()).abs();
    let days = days.unwrap_or(0).abs();
    let years = f64::from(days) / 365.25;
    apart >= years.floor() && apart <= years.ceil() && (apart == 0.0 || days > BIRTHDAY)
}

fn otherwise(cx: &Context<'_>, person: &Person, ours: &Figure, sources: &Sources) -> Option<Finding> {
    let mut found: Option<(&SourceDocument, &Figure)> = None;
    let mut agreeing: Vec<&SourceDocument> = Vec::new();
    for document in sources.beside(cx.draft) {
        for theirs in document.annotations.people.iter().filter(|p| p.given.is_some()) {
            if !same_person(person, theirs, &document.annotations) {
                continue;
            }
            let Some(age) = age_of(&document.draft, &document.annotations, theirs) else { continue };
            let days = |a: Date, b: Date| (a - b).get_days();
            if fit(ours, age, cx.date.zip(document.date).map(|(a, b)| days(a, b))) {
                cx.kept_apart(CODE, ours.span, ours.span, || "another text has the age as here".to_owned());
                return None;
            }
            if found.is_none_or(|(_, known)| known.value == age.value) {
                found = found.or(Some((document, age)));
                agreeing.push(document);
            }
        }
    }
    let (document, theirs) = found?;
    let message = format!("{} here, {} in {}", ours.value, theirs.value, file_name(document.path()));
    let mut finding = Finding::new(CODE, ours.span, message)
        .confidence(witness::weigh(Confidence::Sure, &agreeing))
        .why(format!("the age of {}", person.name));
    for other in agreeing.iter().take(witness::MAJORITY) {
        let people = other.annotations.people.iter().filter(|p| same_person(person, p, &other.annotations));
        let age = people.filter_map(|p| age_of(&other.draft, &other.annotations, p)).next();
        if let Some(age) = age.filter(|age| age.value == theirs.value) {
            finding = finding.elsewhere(other.evidence(age.span, format!("the age of {} there", person.name)));
        }
    }
    Some(finding)
}
