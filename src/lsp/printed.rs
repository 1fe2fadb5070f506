//! What was printed before of the name, the figure or the quotation at a place: the facts file first, then the archive.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};

use crate::annotate::{Annotations, Entity, Figure, Person, Quote, annotate};
use crate::checks::words::shorten;
use crate::corpus::archive::{DocumentId, Standing};
use crate::corpus::curated::{FormKind, Provenance};
use crate::corpus::{Past, Reference, figures};
use crate::lint::Settings;
use crate::source::Draft;
use crate::text::Span;
use crate::text::fold::ascii_key;

/// The most forms, values, offices or quotations that are told.
const SHOWN: usize = 3;
/// The most characters of a quotation.
const QUOTED: usize = 160;
/// Figures are told from this many days before the draft, unless a story on the same event has them.
const FIGURE_DAYS: i32 = 90;
/// Quotations of fewer words are not looked up.
const QUOTED_WORDS: u32 = 4;

/// What is known, for people to read.
pub(super) struct Printed {
    /// The words that it is of, in bytes of the file.
    pub(super) span: Span,
    /// A few short lines.
    pub(super) lines: Vec<String>,
}

/// What the reference has on the words at byte `offset` of the draft's file. `None` where nothing is.
pub(super) fn printed(draft: &Draft, settings: &Settings, reference: &Reference, offset: u32) -> Option<Printed> {
    let date = settings.date_of(draft);
    let annotations = annotate(draft, date, &reference.gazetteer);
    let desk = Teller { draft, annotations: &annotations, date, reference };
    let (span, mut lines) = desk.at(offset)?;
    lines.retain(|line| !desk.is_secret(line));
    (!lines.is_empty()).then(|| Printed { span: draft.map.to_source(span), lines })
}

struct Teller<'a> {
    draft: &'a Draft,
    annotations: &'a Annotations,
    date: Option<Date>,
    reference: &'a Reference,
}

/// Stories that have something: each group of copies once, and the latest of them.
#[derive(Default)]
struct Seen {
    copies: BTreeSet<DocumentId>,
    latest: Option<DocumentId>,
}

impl Seen {
    fn add(&mut self, standing: Standing) {
        self.copies.insert(standing.copies);
        self.latest = self.latest.max(Some(standing.document));
    }
}

impl<'a> Teller<'a> {
    /// The shortest thing at the place that something is known of.
    fn at(&self, offset: u32) -> Option<(Span, Vec<String>)> {
        let here = |span: Span| {
            let span = self.draft.map.to_source(span);
            span.start <= offset && offset <= span.end
        };
        let told = |span: Span, lines: Vec<String>| (!lines.is_empty()).then_some((span, lines));
        let people = self.annotations.people.iter();
        let person = people.flat_map(|p| p.mentions.iter().map(move |m| (p, m.span))).find(|(_, span)| here(*span));
        let name = person.and_then(|(person, span)| told(span, self.person(person)));
        let named = || {
            let all = self.annotations.organizations.iter().chain(&self.annotations.places);
            let (entity, span) = all.flat_map(|e| e.mentions.iter().map(move |m| (e, *m))).find(|(_, s)| here(*s))?;
            told(span, self.entity(entity))
        };
        let figure = || {
            let words = |f: &Figure| f.noun.as_ref().map_or(f.span, |noun| f.span.cover(noun.phrase));
            let figure = self.annotations.figures.iter().find(|f| here(words(f)))?;
            told(figure.span, self.figure(figure))
        };
        let quotation = || {
            let speech = self.annotations.quotes.iter().filter(|q| q.is_speech() && q.words >= QUOTED_WORDS);
            let quote = speech.filter(|q| here(q.span)).min_by_key(|q| q.span.len())?;
            told(quote.span, self.quotation(quote))
        };
        name.or_else(named).or_else(figure).or_else(quotation)
    }

    /// The archive, with the draft's own versions in it.
    fn past(&self) -> Option<(&'a Past, std::sync::Arc<Vec<DocumentId>>)> {
        let past = self.reference.past.as_deref()?;
        Some((past, past.versions_of(self.draft)))
    }

    /// Whether a story came out before the draft, as far as is known.
    fn is_before(&self, standing: Standing) -> bool {
        match (standing.document.date(), self.date) {
            (Some(story), Some(draft)) => story <= draft,
            _ => true,
        }
    }

    fn person(&self, person: &Person) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(entry) = person.known.and_then(|id| self.reference.facts.people.get(id as usize)) {
            let mut line = format!("Facts file: “{}”", entry.name.text);
            let office = match self.date {
                Some(date) => entry.titles_on(date).last(),
                None => entry.titles.last(),
            };
            if let Some(tenure) = office {
                line.push_str(&format!(", {}", tenure.title.text));
                let dates = tenure.dates();
                if !dates.is_empty() {
                    line.push_str(&format!(" ({dates})"));
                }
            } else if let Some(describe) = &entry.describe {
                line.push_str(&format!(", {describe}"));
            }
            let forms = |list: &[crate::corpus::curated::Listed]| {
                list.iter().map(|l| format!("“{}”", l.text)).collect::<Vec<_>>().join(", ")
            };
            if !entry.variants.is_empty() {
                line.push_str(&format!("; not {} here", forms(&entry.variants)));
            }
            if !entry.wrong.is_empty() {
                line.push_str(&format!("; never {}", forms(&entry.wrong)));
            }
            lines.push(line + &kept(&entry.provenance));
        }
        let Some((past, own)) = self.past() else { return lines };
        let given = person.given.as_deref().map(ascii_key).unwrap_or_default();
        let (mut names, mut titles) = (BTreeMap::<String, Seen>::new(), BTreeMap::<String, Seen>::new());
        for row in past.people(&ascii_key(&person.surname), None, &own).iter().filter(|r| self.is_before(r.standing)) {
            let theirs = row.given.as_deref().map(ascii_key).unwrap_or_default();
            // Somebody else of that surname; one letter tells a Jon from a John, and is what the desk looks for.
            if !given.is_empty() && !theirs.is_empty() && given.chars().next() != theirs.chars().next() {
                continue;
            }
            if !theirs.is_empty() || given.is_empty() {
                names.entry(row.name.clone()).or_default().add(row.standing);
            }
            for title in row.titles.iter().filter(|t| !t.office.is_empty()) {
                titles.entry(title.title.clone()).or_default().add(row.standing);
            }
        }
        self.add_names(past, &names, &mut lines);
        if let Some((line, _)) = listing(&titles) {
            lines.push(format!("Called {line}"));
        }
        lines
    }

    fn entity(&self, entity: &Entity) -> Vec<String> {
        let facts = &self.reference.facts;
        let mut lines = Vec::new();
        let key = ascii_key(&entity.name);
        for found in facts.names.get(&key).iter().take(1) {
            let list = match found.kind {
                crate::annotate::gazetteer::KnownKind::Organization => &facts.organizations,
                crate::annotate::gazetteer::KnownKind::Place => &facts.places,
                crate::annotate::gazetteer::KnownKind::Person => continue,
            };
            let entry = &list[found.entry as usize];
            let of = entry.of.as_ref().map(|of| format!(" ({of})")).unwrap_or_default();
            let other: Vec<String> = entry
                .forms()
                .filter(|(_, form)| matches!(form, FormKind::Variant | FormKind::Wrong))
                .map(|(listed, _)| format!("“{}”", listed.text))
                .collect();
            let other = if other.is_empty() { String::new() } else { format!("; not {}", other.join(", ")) };
            lines.push(format!("Facts file: “{}”{of}{other}{}", entry.name.text, kept(&entry.provenance)));
        }
        let Some((past, own)) = self.past() else { return lines };
        let mut names = BTreeMap::<String, Seen>::new();
        for row in past.entities(&key, &own).iter().filter(|r| self.is_before(r.standing)) {
            names.entry(row.name.clone()).or_default().add(row.standing);
        }
        self.add_names(past, &names, &mut lines);
        lines
    }

    fn add_names(&self, past: &Past, names: &BTreeMap<String, Seen>, lines: &mut Vec<String>) {
        if let Some((line, latest)) = listing(names) {
            let latest = latest.and_then(|id| story(past, id)).map(|story| format!(" (latest: {story})"));
            lines.push(format!("Printed before as {line}{}", latest.unwrap_or_default()));
        }
    }

    fn figure(&self, figure: &Figure) -> Vec<String> {
        let facts = &self.reference.facts;
        let mut lines = Vec::new();
        for entry in
            facts.figures.iter().filter(|e| e.stated(self.draft, &self.annotations.figures, figure).is_some()).take(1)
        {
            let within = entry.tolerance.as_ref().map(|(t, _)| format!(", within {}", t.text)).unwrap_or_default();
            let as_of = entry.as_of.map(|d| format!(" (as of {d})")).unwrap_or_default();
            let (what, value) = (&entry.what.text, &entry.value.text);
            lines.push(format!("Facts file: {what}, {value}{within}{as_of}{}", kept(&entry.provenance)));
        }
        // A bare number is asked of nobody.
        if figure.noun.is_none() {
            return lines;
        }
        let Some((past, own)) = self.past() else { return lines };
        let last = self.date.unwrap_or(date(9999, 12, 31));
        let first = match self.date {
            Some(date) => date.saturating_sub(jiff::Span::new().days(FIGURE_DAYS)),
            None => date(1800, 1, 1),
        };
        let mut rows = past.figures(&figures::key(self.draft, figure), first..=last, &own);
        if let Some(date) = self.date {
            let event: Vec<DocumentId> =
                past.related(self.draft, date, &own).iter().map(|r| r.standing.copies).collect();
            if rows.iter().any(|r| event.contains(&r.standing.copies)) {
                rows.retain(|r| event.contains(&r.standing.copies));
            }
        }
        let mut values: Vec<(f64, Span, Seen)> = Vec::new();
        for row in &rows {
            match values.iter_mut().find(|(value, ..)| value.total_cmp(&row.value).is_eq()) {
                Some((.., seen)) => seen.add(row.standing),
                None => {
                    let mut seen = Seen::default();
                    seen.add(row.standing);
                    values.push((row.value, row.span, seen));
                }
            }
        }
        // The newest first, as the archive gives them: counts grow.
        for (_, span, seen) in values.iter().take(SHOWN) {
            let Some(latest) = seen.latest else { continue };
            let Some(told) = past.story(latest) else { continue };
            let words = around(&told.draft, *span);
            lines.push(format!("Printed before: “{words}” ({})", source(past, seen)));
        }
        lines
    }

    fn quotation(&self, quote: &Quote) -> Vec<String> {
        let mut lines = Vec::new();
        for hit in self.reference.facts.quotations(self.draft, quote.span).iter().filter(|h| h.shared > 0).take(1) {
            let who = hit.entry.speaker.as_ref().map(|s| format!("{}: ", s.text)).unwrap_or_default();
            let when = hit.entry.date.map(|d| format!(" ({d})")).unwrap_or_default();
            let words = shorten(&hit.entry.text.text, QUOTED);
            lines.push(format!("Facts file: {who}“{words}”{when}{}", kept(&hit.entry.provenance)));
        }
        let Some((past, own)) = self.past() else { return lines };
        let mut told: Vec<(String, Option<String>, Seen)> = Vec::new();
        for row in past.quotations(self.draft, quote.span, None, &own).iter().filter(|r| self.is_before(r.standing)) {
            let Some(story) = past.story(row.standing.document) else { continue };
            let words = shorten(story.draft.text.get(row.span.range()).unwrap_or_default(), QUOTED);
            match told.iter_mut().find(|(known, by, _)| *known == words && *by == row.speaker) {
                Some((.., seen)) => seen.add(row.standing),
                None => {
                    let mut seen = Seen::default();
                    seen.add(row.standing);
                    told.push((words, row.speaker.clone(), seen));
                }
            }
        }
        for (words, speaker, seen) in told.iter().take(SHOWN) {
            let who = speaker.as_ref().map(|s| format!("{s}: ")).unwrap_or_default();
            let words = words.trim_end_matches(',');
            lines.push(format!("Printed before: {who}“{words}” ({})", source(past, seen)));
        }
        lines
    }

    /// Whether a line holds a name that must not be published.
    fn is_secret(&self, line: &str) -> bool {
        let (facts, key) = (&self.reference.facts, self.reference.never_key.as_ref());
        if facts.never.is_empty() {
            return false;
        }
        let words = Draft::from_text(line);
        let tokens = &words.tokens;
        (0..tokens.len()).any(|at| {
            (at..tokens.len().min(at + 5)).any(|last| {
                let name = ascii_key(words.words_at(tokens[at].span.cover(tokens[last].span)));
                facts.forbids(&name, key).next().is_some()
            })
        })
    }
}

/// Where an entry stands, and that the desk has not accepted it yet.
fn kept(provenance: &Provenance) -> String {
    let file = provenance.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let proposed = if provenance.proposed { ", only proposed" } else { "" };
    format!(" [{file}:{}{proposed}]", provenance.place.line)
}

/// `“Ana Quist” in 12 stories, “Anna Quist” in 1`, most first; and the latest story of all.
fn listing(forms: &BTreeMap<String, Seen>) -> Option<(String, Option<DocumentId>)> {
    let mut sorted: Vec<(&String, &Seen)> = forms.iter().collect();
    sorted.sort_by_key(|(form, seen)| (std::cmp::Reverse(seen.copies.len()), form.as_str()));
    let listed: Vec<String> =
        sorted.iter().take(SHOWN).map(|(f, seen)| format!("“{f}” in {}", stories(seen.copies.len()))).collect();
    let latest = forms.values().filter_map(|seen| seen.latest).max();
    (!listed.is_empty()).then(|| (listed.join(", "), latest))
}

fn stories(count: usize) -> String {
    if count == 1 { "1 story".to_owned() } else { format!("{count} stories") }
}

/// The one story, or how many there are with the latest.
fn source(past: &Past, seen: &Seen) -> String {
    let latest = seen.latest.and_then(|id| story(past, id)).unwrap_or_default();
    match seen.copies.len() {
        1 => latest,
        n => format!("{}, latest: {latest}", stories(n)),
    }
}

/// Outlet, day and headline of a story.
fn story(past: &Past, id: DocumentId) -> Option<String> {
    let row = past.document(id)?;
    let name = || row.path.rsplit('/').next().map(str::to_owned);
    let headline = row.headline.as_deref().map(|h| format!("“{}”", shorten(h, 60))).or_else(name);
    let day = row.date.map(|d| d.to_string());
    let parts: Vec<String> = row.outlet.into_iter().chain(day).chain(headline).collect();
    Some(parts.join(", "))
}

/// The figure with the words after it, which say what is counted.
fn around(draft: &Draft, span: Span) -> String {
    let rest = draft.text.get(span.range().end..).unwrap_or_default();
    let rest = rest.split("\n\n").next().unwrap_or_default();
    let after = rest.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    let sentence = after.split(['.', ';', ',']).next().unwrap_or_default();
    let gap = if rest.starts_with(char::is_whitespace) { " " } else { "" };
    let figure = draft.text.get(span.range()).unwrap_or_default();
    shorten(&format!("{figure}{gap}{sentence}"), 60)
}
