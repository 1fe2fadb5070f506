//! From a story to its record: a pure function of one document, so that any number of machines can do it.

use rustc_hash::FxHashSet;

use super::fingerprint::Signature;
use super::record::{EXTRACTOR, FigureFact, NameFact, PersonFact, QuoteFact, StoryRecord, TitleFact};
use crate::annotate::person::TitleStatus;
use crate::annotate::quote::QuoteStatus;
use crate::annotate::{Annotations, Entity, Gazetteer, annotate};
use crate::corpus::figures::key;
use crate::corpus::shingle;
use crate::corpus::story::{Kind, Story};
use crate::source::{BlockKind, Draft, Format};
use crate::text::fold::ascii_key;
use crate::text::{Lex, Span, TokenKind};

/// Reads a story. Nothing but the story decides what comes out: no facts file, no other story, no clock.
pub fn extract(mut story: Story) -> StoryRecord {
    let intake = story.intake();
    let draft = story.read();
    let annotations = annotate(&draft, story.date, &Gazetteer::default());
    let kind = story.kind.unwrap_or_default();
    let words = shingle::fold(&draft, &draft.tokens, 0);
    let signature = Signature::of(shingle::shingles(&words).map(|(key, _)| key));
    let headline = draft.blocks.iter().find(|b| b.kind == BlockKind::Headline);
    StoryRecord {
        extractor: EXTRACTOR,
        intake,
        hash: blake3::hash(story.text.as_bytes()).to_hex().to_string(),
        date: story.date,
        thread: story.thread(),
        headline: headline.map(|b| draft.words_at(b.span).to_owned()),
        format: story.format.unwrap_or(Format::Plain).name().to_owned(),
        is_file: story.is_file,
        words: draft.word_count() as u32,
        people: people(&draft, &annotations),
        organizations: names(&annotations.organizations),
        places: names(&annotations.places),
        figures: figures(&draft, &annotations),
        quotes: quotes(&draft, &annotations, kind),
        terms: terms(&draft),
        signature: signature.map(|s| hex(&s.to_bytes())).unwrap_or_default(),
        path: story.path,
        item: story.item,
        outlet: story.outlet,
        kind,
        version: story.version,
        text: story.text,
    }
}

fn people(draft: &Draft, annotations: &Annotations) -> Vec<PersonFact> {
    let facts = annotations.people.iter().filter_map(|person| {
        let titles = person.titles.iter().map(|title| TitleFact {
            kind: title.kind.name().to_owned(),
            spoken: annotations.quotes.iter().any(|q| q.span.contains(title.span)),
            title: draft.words_at(title.span).to_owned(),
            status: match title.status {
                TitleStatus::Then => "then".to_owned(),
                status => status.name().to_owned(),
            },
            office: title.office.clone(),
            group: title.group.clone(),
            portfolio: title.portfolio.join(" "),
            jurisdiction: title.jurisdiction.clone(),
            span: title.span,
        });
        Some(PersonFact {
            key: ascii_key(&person.surname),
            name: person.name.clone(),
            surname: person.surname.clone(),
            given: person.given.clone(),
            mentions: person.mentions.len() as u32,
            span: person.mentions.first()?.span,
            titles: titles.collect(),
        })
    });
    facts.collect()
}

fn names(entities: &[Entity]) -> Vec<NameFact> {
    let facts = entities.iter().filter_map(|entity| {
        let span = *entity.mentions.first()?;
        Some(NameFact { key: ascii_key(&entity.name), name: entity.name.clone(), span })
    });
    facts.collect()
}

/// The figures of something: counts of what is named, and amounts in a unit.
fn figures(draft: &Draft, annotations: &Annotations) -> Vec<FigureFact> {
    let of_something = annotations.figures.iter().filter(|f| f.noun.is_some() || f.measure.name().is_some());
    of_something
        .map(|figure| FigureFact { key: key(draft, figure), value: figure.value.to_f64(), span: figure.span })
        .collect()
}

/// The quotations that were said; of primary sources, every paragraph, for all of it was said or written.
fn quotes(draft: &Draft, annotations: &Annotations, kind: Kind) -> Vec<QuoteFact> {
    let shingles = |span: Span| {
        let words = shingle::fold_span(draft, span);
        let mut keys: Vec<u64> = shingle::shingles(&words).map(|(key, _)| key).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.iter().map(|key| format!("{key:016x}")).collect::<String>()
    };
    if kind.is_primary() {
        let blocks = draft.blocks.iter().filter(|b| b.kind.is_body());
        let facts = blocks.map(|block| QuoteFact {
            speaker: None,
            speaker_key: None,
            status: QuoteStatus::Unattributed.name().to_owned(),
            tier: None,
            span: block.span,
            shingles: shingles(block.span),
        });
        return facts.filter(|f| !f.shingles.is_empty()).collect();
    }
    let said = annotations.quotes.iter().filter(|q| q.status != QuoteStatus::NotSpeech);
    let facts = said.map(|quote| {
        let person = quote.person.and_then(|p| annotations.people.get(p as usize));
        QuoteFact {
            speaker: quote.speaker.clone(),
            speaker_key: person.map(|p| ascii_key(&p.surname)),
            status: quote.status.name().to_owned(),
            tier: quote.tier.map(|tier| format!("{tier:?}")),
            span: quote.span,
            shingles: shingles(quote.span),
        }
    });
    facts.filter(|f| !f.shingles.is_empty()).collect()
}

/// The words that tell what a draft is about: names, and words that are not common; in the headline, every word that means
/// something. Folded, sorted, each once.
pub fn terms(draft: &Draft) -> Vec<String> {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let mut terms = Vec::new();
    for block in draft.blocks.iter().filter(|b| b.kind.is_copy()) {
        let is_headline = block.kind == BlockKind::Headline;
        for token in draft.block_tokens(block).iter().filter(|t| t.kind == TokenKind::Word) {
            let common = if is_headline { Lex::FUNCTION } else { Lex::FUNCTION | Lex::COMMON };
            let lower = draft.lower(token).trim_end_matches('.');
            if !token.lex.is(common) && lower.len() > 2 && seen.insert(lower) {
                terms.push(ascii_key(lower).replace(|c: char| !c.is_alphanumeric(), ""));
            }
        }
    }
    terms.retain(|t| !t.is_empty());
    terms.sort_unstable();
    terms.dedup();
    terms
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

pub(super) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let value = |digit: u8| (digit as char).to_digit(16);
    digits.chunks_exact(2).map(|pair| Some((value(pair[0])? * 16 + value(pair[1])?) as u8)).collect()
}
