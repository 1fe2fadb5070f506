//! Quotations: their words, and who says them.

use super::people::Renamed;
use super::{Difference, Fact, added, changed, dropped};
use crate::annotate::Quote;
use crate::corpus::passages::{self, PassageIndex};
use crate::corpus::sources::SourceDocument;
use crate::facts::wording::{self, Gates, Wording};
use crate::text::Span;
use crate::text::fold::ascii_key;

/// Quotations of fewer words are not followed.
const QUOTED_WORDS: u32 = 4;
/// So many runs of four words make two quotations one.
const SHARED: u32 = 2;

/// A quotation that is followed.
struct Said<'a> {
    span: Span,
    words: u32,
    block: u32,
    /// The key of the surname; none for “she”, who may be anybody.
    speaker: Option<String>,
    document: &'a SourceDocument,
}

fn said(document: &SourceDocument) -> Vec<Said<'_>> {
    let speaker = |quote: &Quote| {
        let person = quote.person.and_then(|id| document.annotations.people.get(id as usize));
        let named = quote.speaker.as_deref().filter(|name| name.starts_with(char::is_uppercase));
        let last = || named?.split_whitespace().next_back().filter(|_| named.is_some_and(|n| !is_pronoun(n)));
        person.map(|p| ascii_key(&p.surname)).or_else(|| last().map(ascii_key))
    };
    let quotes = document.annotations.quotes.iter().filter(|q| q.is_speech() && q.words >= QUOTED_WORDS);
    quotes.map(|q| Said { span: q.span, words: q.words, block: q.block, speaker: speaker(q), document }).collect()
}

fn is_pronoun(name: &str) -> bool {
    matches!(name.to_lowercase().as_str(), "he" | "she" | "they" | "it" | "we" | "i")
}

pub(super) fn compare(old: &SourceDocument, new: &SourceDocument, renamed: &Renamed, found: &mut Vec<Difference>) {
    let mut index = PassageIndex::default();
    index.add(&old.draft);
    let mut back = PassageIndex::default();
    back.add(&new.draft);
    let (before, after) = (said(old), said(new));
    // Where the words of each old quotation stand in the new text.
    let places: Vec<Option<Span>> = before
        .iter()
        .map(|quote| {
            let hit = back.find(&old.draft, quote.span).into_iter().next().filter(|hit| hit.shared >= SHARED)?;
            Some(passages::span_of(&new.draft, &hit.tokens))
        })
        .collect();
    let same_name = |old: &str, new: &str| old == new || renamed.iter().any(|(a, b)| a == old && b == new);
    for quote in &after {
        let sources: Vec<&Said<'_>> = before
            .iter()
            .zip(&places)
            .filter(|(_, place)| place.is_some_and(|place| place.overlaps(quote.span)))
            .map(|(said, _)| said)
            .collect();
        if let Some(other) = joined(&sources) {
            found.push(changed(Fact::Quotation, other.span, quote.span, "joined with another quotation"));
        }
        let hit = index.find(&new.draft, quote.span).into_iter().next().filter(|hit| hit.shared >= SHARED);
        let Some(hit) = hit else {
            if !is_part(quote, &before) {
                found.push(added(Fact::Quotation, quote.span));
            }
            continue;
        };
        let passage = passages::span_of(&old.draft, &hit.tokens);
        // The quotation of the old text that holds the passage; words that stood outside quotation marks count as well.
        let source = before.iter().find(|s| s.span.overlaps(passage));
        let whole = source.map_or(passage, |s| s.span);
        let wholes: Vec<Span> = if sources.len() > 1 { sources.iter().map(|s| s.span).collect() } else { vec![whole] };
        let ours = Wording::new(quote.span.of(&new.draft.text));
        let theirs = Wording::of(&old.draft.text, &wholes);
        match wording::compare(&ours, &theirs, Gates::DISPLAY) {
            Some(compared) => {
                if let Some(worst) = compared.worst().filter(|c| !c.kind.is_harmless()) {
                    let note = format!("{}: {}", worst.kind.name(), wording::diff(&ours, &theirs, worst, 3));
                    found.push(changed(Fact::Quotation, whole, quote.span, note));
                } else if source.is_none() {
                    found.push(changed(Fact::Quotation, whole, quote.span, "was no quotation"));
                }
            }
            None => found.push(changed(Fact::Quotation, whole, quote.span, "reworded")),
        }
        if let (Some(Said { span, speaker: Some(said), .. }), Some(says)) = (source, &quote.speaker)
            && !same_name(said, says)
        {
            found.push(changed(Fact::Quotation, *span, quote.span, "speaker"));
        }
    }
    for (quote, place) in before.iter().zip(&places) {
        if place.is_none() && !is_part(quote, &after) {
            found.push(dropped(Fact::Quotation, quote.span));
        }
    }
}

/// The second of two quotations of two speakers, or of two paragraphs, that have become one.
fn joined<'a>(sources: &[&'a Said<'a>]) -> Option<&'a Said<'a>> {
    let first = sources.first()?;
    let other_speaker = |s: &&&Said<'_>| matches!((&first.speaker, &s.speaker), (Some(a), Some(b)) if a != b);
    sources.iter().skip(1).find(|s| other_speaker(s) || s.block != first.block).copied()
}

/// Whether a short quotation stands word for word inside one of the other text, too short to be found by its runs of words.
fn is_part(quote: &Said<'_>, after: &[Said<'_>]) -> bool {
    let keys = |said: &Said<'_>| -> Vec<String> {
        let wording = Wording::new(said.span.of(&said.document.draft.text));
        wording.elements.iter().filter_map(|e| e.key().map(str::to_owned)).collect()
    };
    let ours = keys(quote);
    quote.words < 2 * QUOTED_WORDS
        && !ours.is_empty()
        && after.iter().any(|other| keys(other).windows(ours.len()).any(|window| window == ours))
}
