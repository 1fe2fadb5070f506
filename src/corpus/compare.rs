//! What a rewrite did to a text: which people, titles, figures, dates and quotations it changed, dropped or added.
//!
//! Wording is free; only facts count. A pair is “changed” where both sides speak of the same thing and say it otherwise;
//! everything else is dropped from the old text or added in the new one.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::figures;
use super::passages::{self, PassageIndex};
use super::sources::SourceDocument;
use crate::annotate::person::TitleStatus;
use crate::annotate::{Figure, Person};
use crate::facts::wording::{self, Gates, Wording};
use crate::text::Span;
use crate::text::fold::ascii_key;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    Person,
    Title,
    Figure,
    Date,
    Quotation,
}

impl Fact {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Fact::Person => "person",
            Fact::Title => "title",
            Fact::Figure => "figure",
            Fact::Date => "date",
            Fact::Quotation => "quotation",
        }
    }
}

/// What became of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    Changed,
    Dropped,
    Added,
}

impl Fate {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Fate::Changed => "changed",
            Fate::Dropped => "dropped",
            Fate::Added => "added",
        }
    }
}

/// One difference. Spans are of each side's `Draft::text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub fact: Fact,
    pub fate: Fate,
    pub old: Option<Span>,
    pub new: Option<Span>,
    /// What changed, where the words do not say it.
    pub note: String,
}

/// The differences between two texts: changed first, then dropped, then added, each in text order.
pub fn compare(old: &SourceDocument, new: &SourceDocument) -> Vec<Difference> {
    let mut found = Vec::new();
    people(old, new, &mut found);
    figures_of(old, new, &mut found);
    dates(old, new, &mut found);
    quotations(old, new, &mut found);
    found.sort_by_key(|d| (d.fate, d.new.or(d.old), d.old, d.fact));
    found.dedup();
    found
}

fn changed(fact: Fact, old: Span, new: Span, note: impl Into<String>) -> Difference {
    Difference { fact, fate: Fate::Changed, old: Some(old), new: Some(new), note: note.into() }
}

fn dropped(fact: Fact, old: Span) -> Difference {
    Difference { fact, fate: Fate::Dropped, old: Some(old), new: None, note: String::new() }
}

fn added(fact: Fact, new: Span) -> Difference {
    Difference { fact, fate: Fate::Added, old: None, new: Some(new), note: String::new() }
}

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

fn people(old: &SourceDocument, new: &SourceDocument, found: &mut Vec<Difference>) {
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
                found.extend(shown(other).map(|new| changed(Fact::Person, span, new, "name")));
            }
            None => found.push(dropped(Fact::Person, span)),
        }
    }
    let more = after.iter().filter(|p| !taken.contains(&p.id)).filter_map(shown);
    found.extend(more.map(|span| added(Fact::Person, span)));
    for (before, after) in pairs {
        titles(before, after, found);
    }
}

/// Offices of one person: another status, or another office where each text gives one.
fn titles(old: &Person, new: &Person, found: &mut Vec<Difference>) {
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
    let gone: Vec<_> = before.iter().filter(|(office, _)| !after.contains_key(*office)).collect();
    let come: Vec<_> = after.iter().filter(|(office, _)| !before.contains_key(*office)).collect();
    match (gone.as_slice(), come.as_slice()) {
        ([(_, (_, old))], [(_, (_, new))]) => found.push(changed(Fact::Title, *old, *new, "office")),
        _ => {
            found.extend(gone.iter().map(|(_, (_, span))| dropped(Fact::Title, *span)));
            found.extend(come.iter().map(|(_, (_, span))| added(Fact::Title, *span)));
        }
    }
}

/// Figures one by one: the same value of the same thing, then the same value, then another value of the same thing.
fn figures_of(old: &SourceDocument, new: &SourceDocument, found: &mut Vec<Difference>) {
    let (olds, news) = (&old.annotations.figures, &new.annotations.figures);
    let key_of = |document: &SourceDocument, figure: &Figure| figures::key(&document.draft, figure);
    let same_value = |a: &Figure, b: &Figure| a.measure.name() == b.measure.name() && a.ends() == b.ends();
    let same_key = |a: &Figure, b: &Figure| key_of(old, a) == key_of(new, b);
    // A figure said twice in one text and once in the other is no difference.
    let before: Vec<&Figure> = olds.iter().filter(|a| !news.iter().any(|b| same_value(a, b))).collect();
    let mut after: Vec<&Figure> = news.iter().filter(|b| !olds.iter().any(|a| same_value(a, b))).collect();
    // The only sum of money that went is the one that became the only one that came.
    let alone = |list: &[&Figure], figure: &Figure| {
        let name = figure.measure.name();
        name.is_some() && list.iter().filter(|f| f.measure.name() == name).count() == 1
    };
    for &a in &before {
        let only = alone(&before, a) && alone(&after, a);
        let partner = after.iter().position(|b| match only {
            true => a.measure.name() == b.measure.name(),
            false => a.noun.is_some() && same_key(a, b),
        });
        match partner {
            Some(at) => found.push(changed(Fact::Figure, a.span, after.remove(at).span, "")),
            None => found.push(dropped(Fact::Figure, a.span)),
        }
    }
    found.extend(after.into_iter().map(|b| added(Fact::Figure, b.span)));
}

/// Days of the calendar that one text names and the other does not.
fn dates(old: &SourceDocument, new: &SourceDocument, found: &mut Vec<Difference>) {
    let days = |document: &SourceDocument| {
        let mut days = BTreeMap::new();
        for mention in document.annotations.dates.iter().filter(|d| d.is_calendar()) {
            if let Some(covered) = mention.days {
                days.entry(covered).or_insert(mention.span);
            }
        }
        days
    };
    let (before, after) = (days(old), days(new));
    let within = |a: &(jiff::civil::Date, jiff::civil::Date), b: &(jiff::civil::Date, jiff::civil::Date)| {
        (a.0 >= b.0 && a.1 <= b.1) || (b.0 >= a.0 && b.1 <= a.1)
    };
    // “In December” and “on 6 December” do not contradict one another.
    let mut gone: Vec<_> = before.iter().filter(|(d, _)| !after.keys().any(|o| within(d, o))).collect();
    let mut come: Vec<_> = after.iter().filter(|(d, _)| !before.keys().any(|o| within(d, o))).collect();
    // Of several, two days of one month are one date that moved, if there are no others.
    let month = |d: &(jiff::civil::Date, jiff::civil::Date)| (d.0 == d.1).then(|| (d.0.year(), d.0.month()));
    let months: Vec<_> = gone.iter().filter_map(|(d, _)| month(d)).collect();
    for moved in months {
        let of_month = |list: &[(&(jiff::civil::Date, jiff::civil::Date), &Span)]| -> Vec<usize> {
            (0..list.len()).filter(|&at| month(list[at].0) == Some(moved)).collect()
        };
        if let ([a], [b]) = (of_month(&gone).as_slice(), of_month(&come).as_slice()) {
            found.push(changed(Fact::Date, *gone.remove(*a).1, *come.remove(*b).1, ""));
        }
    }
    match (gone.as_slice(), come.as_slice()) {
        ([(_, old)], [(_, new)]) => found.push(changed(Fact::Date, **old, **new, "")),
        _ => {
            found.extend(gone.iter().map(|(_, span)| dropped(Fact::Date, **span)));
            found.extend(come.iter().map(|(_, span)| added(Fact::Date, **span)));
        }
    }
}

/// Quotations of fewer words are not followed.
const QUOTED_WORDS: u32 = 4;

fn quotations(old: &SourceDocument, new: &SourceDocument, found: &mut Vec<Difference>) {
    let mut index = PassageIndex::default();
    index.add(&old.draft);
    let mut back = PassageIndex::default();
    back.add(&new.draft);
    let spoken = |document: &SourceDocument| -> Vec<(Span, Option<String>)> {
        let quotes = document.annotations.quotes.iter().filter(|q| q.is_speech() && q.words >= QUOTED_WORDS);
        let key = |speaker: &Option<String>| {
            let last = speaker.as_ref()?.split_whitespace().next_back()?;
            Some(ascii_key(last))
        };
        quotes.map(|q| (q.span, key(&q.speaker))).collect()
    };
    let (before, after) = (spoken(old), spoken(new));
    for (span, speaker) in &after {
        let Some(hit) = index.find(&new.draft, *span).into_iter().next().filter(|hit| hit.shared >= 2) else {
            found.push(added(Fact::Quotation, *span));
            continue;
        };
        let passage = passages::span_of(&old.draft, &hit.tokens);
        // The quotation of the old text that holds the passage; words that stood outside quotation marks count as well.
        let source = before.iter().find(|(s, _)| s.overlaps(passage));
        let whole = source.map_or(passage, |(s, _)| *s);
        let ours = Wording::new(span.of(&new.draft.text));
        let theirs = Wording::new(whole.of(&old.draft.text));
        match wording::compare(&ours, &theirs, Gates::DISPLAY) {
            Some(compared) => {
                if let Some(worst) = compared.worst().filter(|c| !c.kind.is_harmless()) {
                    let note = format!("{}: {}", worst.kind.name(), wording::diff(&ours, &theirs, worst, 3));
                    found.push(changed(Fact::Quotation, whole, *span, note));
                } else if source.is_none() {
                    found.push(changed(Fact::Quotation, whole, *span, "was no quotation"));
                }
            }
            None => found.push(changed(Fact::Quotation, whole, *span, "reworded")),
        }
        if let (Some((old, Some(said))), Some(says)) = (source, speaker)
            && said != says
        {
            found.push(changed(Fact::Quotation, *old, *span, "speaker"));
        }
    }
    for (span, _) in &before {
        let kept = back.find(&old.draft, *span).first().is_some_and(|hit| hit.shared >= 2);
        if !kept {
            found.push(dropped(Fact::Quotation, *span));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Gazetteer;
    use crate::source::Draft;

    fn document(text: &str) -> SourceDocument {
        SourceDocument::new(Draft::from_text(text), &Gazetteer::default())
    }

    fn differences(old: &str, new: &str) -> Vec<String> {
        let (old, new) = (document(old), document(new));
        let words = |document: &SourceDocument, span: Option<Span>| {
            span.map_or("-".to_owned(), |s| s.of(&document.draft.text).to_owned())
        };
        compare(&old, &new)
            .iter()
            .map(|d| {
                let (fact, fate) = (d.fact.name(), d.fate.name());
                format!("{fact} {fate}: {} | {}", words(&old, d.old), words(&new, d.new))
            })
            .collect()
    }

    const OLD: &str = "Mayor Susan Quist said 40 boats were lost on 6 December 2025. “We will rebuild the harbor before the winter is over,” \
        Quist said. Robert Tarn, a fisherman, lost 3 boats.";

    #[test]
    fn a_rewrite_that_keeps_the_facts_is_clean() {
        assert_eq!(differences(OLD, OLD), Vec::<String>::new());
        let rewritten = "On 6 December 2025 the harbor lost 40 boats, according to Mayor Susan Quist. “We will rebuild the harbor before \
            the winter is over,” Quist said. Among those hit was Robert Tarn, a fisherman with 3 boats.";
        assert_eq!(differences(OLD, rewritten), Vec::<String>::new());
    }

    #[test]
    fn changed_facts_are_paired() {
        let changed = OLD
            .replace("Susan Quist", "Susan Qvist")
            .replace("Quist said", "Qvist said")
            .replace("40 boats", "45 boats")
            .replace("6 December", "7 December")
            .replace("will rebuild the harbor", "would rebuild the harbor");
        let found = differences(OLD, &changed);
        for want in [
            "person changed: Susan Quist | Susan Qvist",
            "figure changed: 40 | 45",
            "date changed: 6 December 2025 | 7 December 2025",
        ] {
            assert!(found.iter().any(|f| f == want), "{want}\n{found:#?}");
        }
        assert!(found.iter().any(|f| f.starts_with("quotation changed: We will rebuild")), "{found:#?}");
        assert!(!found.iter().any(|f| f.contains("dropped") || f.contains("added")), "{found:#?}");
    }

    #[test]
    fn what_goes_and_comes_is_said() {
        let new = "Mayor Susan Quist said 40 boats were lost on 6 December 2025. “Nobody could have known how bad this storm would be,” \
            Quist said. Mary Poe lost a house worth $90,000.";
        let found = differences(OLD, new);
        for want in ["person dropped: Robert Tarn | -", "person added: - | Mary Poe", "figure added: - | $90,000"] {
            assert!(found.iter().any(|f| f == want), "{want}\n{found:#?}");
        }
        assert!(found.iter().any(|f| f.starts_with("quotation dropped: We will")), "{found:#?}");
        assert!(found.iter().any(|f| f.starts_with("quotation added: - | Nobody could")), "{found:#?}");
    }

    #[test]
    fn what_moved_is_paired_among_other_news() {
        let old = "The repairs cost $1.2 million and begin on June 3, 2026.";
        let new = "Repairs costing $2.1 million begin on June 5, 2026. The board meets in July 2026.";
        let found = differences(old, new);
        for want in ["figure changed: $1.2 million | $2.1 million", "date changed: June 3, 2026 | June 5, 2026"] {
            assert!(found.iter().any(|f| f == want), "{want}\n{found:#?}");
        }
        assert!(found.iter().any(|f| f == "date added: - | July 2026"), "{found:#?}");
    }

    #[test]
    fn empty_texts_compare() {
        assert!(differences("", "").is_empty());
        assert!(differences(OLD, "").iter().all(|d| d.contains("dropped")));
    }
}
