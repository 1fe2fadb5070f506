//! `quotes/altered`: a quotation whose words differ from the reference.

use std::ops::{Range, RangeInclusive};

use serde::Deserialize;

use super::{file_name, witness};
use crate::annotate::Quote;
use crate::annotate::quote::Tier;
use crate::checks::Context;
use crate::checks::words::shorten;
use crate::corpus::SourceDocument;
use crate::corpus::sources::Passage;
use crate::diagnostic::{Confidence, Evidence, Finding, Fix, Safety, Severity};
use crate::facts::wording::{self, Change, Comparison, Gates, Kind, Wording};
use crate::text::fold::ascii_key;
use crate::text::{Lex, Span};

const CODE: &str = "quotes/altered";
/// The fewest words of a quotation that is looked up.
const LEAST: u32 = 4;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(rename_all = "kebab-case")]
pub struct Options {
    house_style: bool,
    contractions: bool,
    fillers: bool,
}

/// So many bytes beside a quotation of a source are looked at for words that ours has inside its marks.
const BESIDE: usize = 120;

/// One version of the words to hold a quotation against.
struct Version<'a> {
    wording: Wording<'a>,
    /// Written words count letter by letter.
    written: bool,
    /// The facts file's own, which is asked first.
    curated: bool,
    proposed: bool,
    /// Who says it there, where that is sure.
    speaker: Option<String>,
    origin: Origin<'a>,
}

enum Origin<'a> {
    Listed(&'a crate::corpus::curated::QuoteEntry),
    Source(&'a SourceDocument),
}

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    for quote in &cx.annotations.quotes {
        if quote.parent.is_some() || !quote.is_speech() || quote.words < LEAST {
            continue;
        }
        let versions = versions(cx, quote);
        if !versions.is_empty() {
            findings.extend(judge(cx, quote, &versions));
        }
    }
    findings.extend(cx.annotations.quotes.iter().filter_map(|quote| part_of_listed(cx, quote)));
}

/// A few words of a quotation have at least so many of the listed ones, and at most so many words.
const PART: RangeInclusive<u32> = 4..=6;
/// One word of few may differ, of which so many are no articles and prepositions.
const PART_GATES: Gates = Gates { min_same: 3, min_share: 60, max_changes: 1, max_words: 1 };
const PART_CONTENT: usize = 2;

/// A few words in quotation marks that are the listed words of the same speaker but for one: “built for the party” of “built for a party”.
fn part_of_listed(cx: &Context<'_>, quote: &Quote) -> Option<Finding> {
    if quote.parent.is_some() || !quote.is_speech() || !PART.contains(&quote.words) {
        return None;
    }
    let facts = &cx.reference.facts;
    if facts.quotes.is_empty() || !facts.quotations(cx.draft, quote.span).is_empty() {
        return None;
    }
    let person = quote.person.and_then(|p| cx.annotations.people.get(p as usize));
    let key = ascii_key(person.map(|p| &p.surname).or(quote.speaker.as_ref())?);
    let ours = Wording::of(&cx.draft.text, &[quote.span]);
    facts.quotes.iter().find_map(|entry| {
        let listed = ascii_key(&entry.speaker.as_ref()?.text);
        if listed.split(' ').next_back() != Some(key.as_str()) && !listed.ends_with(&format!(" {key}")) {
            return None;
        }
        let version = Version {
            wording: Wording::new(&entry.words.text),
            written: entry.written,
            curated: true,
            proposed: entry.provenance.proposed,
            speaker: None,
            origin: Origin::Listed(entry),
        };
        let comparison = wording::compare(&ours, &version.wording, PART_GATES)?;
        let change = comparison.worst()?;
        let content =
            ours.elements.iter().enumerate().filter(|(at, e)| {
                !change.ours.contains(at) && e.key().is_some_and(|key| !Lex::of(key).is(Lex::FUNCTION))
            });
        let one_word = change.ours.len() == 1 && change.theirs.len() == 1;
        if !one_word || content.count() < PART_CONTENT {
            return None;
        }
        let confidence = confidence(cx.options::<Options>(), change, version.written)?;
        Some(report(cx, quote, &ours, &version, &comparison, change, confidence))
    })
}

/// Everything in the reference that may be the same quotation, what decides first.
fn versions<'a>(cx: &'a Context<'_>, quote: &Quote) -> Vec<Version<'a>> {
    let mut versions: Vec<Version<'a>> = Vec::new();
    for hit in cx.reference.facts.quotations(cx.draft, quote.span) {
        versions.push(Version {
            wording: Wording::new(&hit.entry.words.text),
            written: hit.entry.written,
            curated: true,
            proposed: hit.entry.provenance.proposed,
            speaker: None,
            origin: Origin::Listed(hit.entry),
        });
    }
    let passages = witness::benches(cx).flat_map(|sources| sources.passages(cx.draft, quote.span));
    for passage in passages {
        let document = passage.document;
        for parts in speeches_at(&passage) {
            let speaker = parts.iter().find_map(|q| sure_speaker(document, q));
            let spans: Vec<Span> = parts.iter().map(|q| q.span).collect();
            versions.push(Version {
                wording: Wording::of(&document.draft.text, &spans),
                written: false,
                curated: false,
                proposed: false,
                speaker,
                origin: Origin::Source(document),
            });
        }
        // A source without quotation marks is the document itself: its words are the words.
        if document.annotations.quotes.iter().all(|q| !q.is_speech()) {
            versions.push(Version {
                wording: Wording::of(&document.draft.text, &[passage.span]),
                written: false,
                curated: false,
                proposed: false,
                speaker: None,
                origin: Origin::Source(document),
            });
        }
    }
    versions
}

/// The quotations of the passage's paragraphs as one speech; then all quotations of the source, in order, which a splice is joined from.
fn speeches_at<'a>(passage: &Passage<'a>) -> Vec<Vec<&'a Quote>> {
    let document = passage.document;
    let at = |offset: u32| document.draft.block_at(offset) as u32;
    let blocks = at(passage.span.start)..at(passage.span.end.saturating_sub(1)) + 1;
    let all: Vec<&Quote> = document.annotations.quotes.iter().filter(|q| q.parent.is_none() && q.is_speech()).collect();
    let near: Vec<&Quote> = all.iter().copied().filter(|q| blocks.contains(&q.block)).collect();
    if !near.iter().any(|q| q.span.overlaps(passage.span)) {
        return Vec::new();
    }
    if all.len() > near.len() { vec![near, all] } else { vec![near] }
}

/// The key of the surname of who says a quotation of a source, where a name stands beside it.
fn sure_speaker(document: &SourceDocument, quote: &Quote) -> Option<String> {
    let person = document.annotations.people.get(quote.person? as usize)?;
    (quote.tier == Some(Tier::A)).then(|| ascii_key(&person.surname))
}

fn judge(cx: &Context<'_>, quote: &Quote, versions: &[Version<'_>]) -> Option<Finding> {
    let options = cx.options::<Options>();
    let ours = Wording::of(&cx.draft.text, &[quote.span]);
    let speaker = quote
        .person
        .filter(|_| quote.tier == Some(Tier::A))
        .and_then(|p| cx.annotations.people.get(p as usize))
        .map(|p| ascii_key(&p.surname));
    let mut best: Option<(Comparison, &Version<'_>)> = None;
    for version in versions {
        let gates = if version.curated { Gates::DISPLAY } else { Gates::STRICT };
        let Some(comparison) = wording::compare(&ours, &version.wording, gates) else { continue };
        let same_words = matches!(version.origin, Origin::Source(_)) && marks_alone_differ(&ours, version, &comparison);
        if version.proposed && comparison.is_same() {
            continue;
        }
        if comparison.is_same() || same_words {
            // The words as the desk or any source has them are right, whatever another one has.
            return None;
        }
        if let (Some(a), Some(b)) = (&speaker, &version.speaker)
            && a != b
        {
            continue;
        }
        let better = best.as_ref().is_none_or(|(b, v)| (version.curated, comparison.same) > (v.curated, b.same));
        if better {
            best = Some((comparison, version));
        }
    }
    let (comparison, version) = best?;
    let change = comparison.worst()?;
    let mut confidence = confidence(options, change, version.written)?;
    if let Origin::Source(document) = version.origin {
        confidence = confidence.min(witness::weigh(Confidence::Sure, &agreeing(versions, &version.wording, document)));
    }
    Some(report(cx, quote, &ours, version, &comparison, change, confidence))
}

/// Whether the source has the very words that ours has more, right beside its quotation but outside the marks: both quote the same
/// words, and put the marks elsewhere.
fn marks_alone_differ(ours: &Wording<'_>, version: &Version<'_>, comparison: &Comparison) -> bool {
    let theirs = &version.wording;
    let keys = |wording: &Wording<'_>| -> Vec<String> {
        wording.elements.iter().filter_map(|e| e.key().map(str::to_owned)).collect()
    };
    let outside = |change: &Change| {
        let more: Vec<String> =
            ours.elements[change.ours.clone()].iter().filter_map(|e| e.key().map(str::to_owned)).collect();
        if more.is_empty() {
            return false;
        }
        // At an edge of ours, the words that the source has further off are another quotation's.
        let after_marks = change.theirs.is_empty() || change.ours.end == ours.elements.len();
        let before_marks = change.theirs.is_empty() || change.ours.start == 0;
        let beside = |gap: Range<usize>| -> Vec<String> {
            theirs.text.get(gap).map(|text| keys(&Wording::new(text))).unwrap_or_default()
        };
        let end = |at: usize| theirs.elements.get(at).map(|e| e.span().end as usize);
        let start = |at: usize| theirs.elements.get(at).map(|e| e.span().start as usize);
        let follows = after_marks
            && change.theirs.start.checked_sub(1).and_then(end).is_some_and(|from| {
                let far = theirs.text.floor_char_boundary(from.saturating_add(BESIDE));
                beside(from..start(change.theirs.start).unwrap_or(far).max(from)).starts_with(&more)
            });
        let leads = before_marks
            && start(change.theirs.end).is_some_and(|to| {
                let far = theirs.text.floor_char_boundary(to.saturating_sub(BESIDE));
                let from = change.theirs.end.checked_sub(1).and_then(end).unwrap_or(far);
                beside(from.min(to)..to).ends_with(&more)
            });
        follows || leads
    };
    comparison.changes.iter().all(|change| change.kind.is_harmless() || outside(change))
}

/// The texts that have the words just as one of them has.
fn agreeing<'a>(
    versions: &[Version<'a>],
    wording: &Wording<'_>,
    document: &'a SourceDocument,
) -> Vec<&'a SourceDocument> {
    let mut agreeing = vec![document];
    for version in versions {
        let Origin::Source(other) = version.origin else { continue };
        let same = wording::compare(&version.wording, wording, Gates::STRICT).is_some_and(|c| c.is_same());
        if same && !agreeing.iter().any(|d| d.path() == other.path()) {
            agreeing.push(other);
        }
    }
    agreeing
}

fn confidence(options: &Options, change: &Change, written: bool) -> Option<Confidence> {
    let likely = |on: bool| on.then_some(Confidence::Likely);
    match change.kind {
        Kind::Ellipsis | Kind::Bracket => None,
        Kind::HouseStyle => likely(options.house_style || written),
        Kind::Contraction => likely(options.contractions || written),
        Kind::Disfluency => likely(options.fillers || written),
        Kind::Inflection => Some(if written { Confidence::Sure } else { Confidence::Likely }),
        _ => Some(Confidence::Sure),
    }
}

fn report(
    cx: &Context<'_>,
    quote: &Quote,
    ours: &Wording<'_>,
    version: &Version<'_>,
    comparison: &Comparison,
    change: &Change,
    confidence: Confidence,
) -> Finding {
    let theirs = &version.wording;
    let here = wording::span_of(ours, &wording::with_neighbors(ours, &change.ours)).unwrap_or(quote.span);
    let there = wording::span_of(theirs, &wording::with_neighbors(theirs, &change.theirs));
    let place = match version.origin {
        Origin::Listed(_) => "in the facts file".to_owned(),
        Origin::Source(document) => format!("in {}", file_name(document.path())),
    };
    let shown_there = there.map_or(String::new(), |s| shorten(s.of(theirs.text), 24));
    let message = match change.kind {
        Kind::Context => format!("The cut leaves out “{shown_there}” {place}"),
        _ => format!("“{}” here, “{shown_there}” {place}", shorten(cx.draft.words_at(here), 24)),
    };
    let evidence = evidence(version, there, change);
    let mut finding = Finding::new(CODE, here, message)
        .confidence(confidence)
        .elsewhere(evidence)
        .why(format!("{}: {} words agree", change.kind.name(), comparison.same))
        .why(wording::diff(ours, theirs, change, 4));
    if version.proposed {
        finding = finding.cap(Severity::Info);
    }
    if let Some(there) = there
        && change.kind != Kind::Context
        && comparison.changes.len() == 1
    {
        finding = finding.fix(Fix::replace(here, there.of(theirs.text), Safety::Display));
    }
    finding
}

fn evidence(version: &Version<'_>, there: Option<Span>, change: &Change) -> Evidence {
    match version.origin {
        Origin::Listed(entry) => {
            let text = there.map_or(entry.text.text.as_str(), |s| s.of(version.wording.text));
            let mut evidence = entry.provenance.evidence(text, entry.date);
            if let Some(speaker) = &entry.speaker {
                evidence.note = format!("{}; {}", speaker.text, evidence.note);
            }
            evidence
        }
        Origin::Source(document) => {
            let span = there.or_else(|| wording::span_of(&version.wording, &change.theirs)).unwrap_or_default();
            document.evidence(span, change.kind.name())
        }
    }
}
