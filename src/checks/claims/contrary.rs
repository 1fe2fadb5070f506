//! What a summary turns round: its source says increase of the same thing, everywhere; or tells of what the summary leaves out.
//!
//! Only against primary documents: within one draft, prices rise in one month and fall in the next.

use super::polarity::{CODE, message};
use crate::annotate::Figure;
use crate::checks::Context;
use crate::corpus::SourceDocument;
use crate::diagnostic::{Confidence, Finding};
use crate::facts::turns::{Turn, family_name, same_word, turns};
use crate::source::Draft;
use crate::text::TokenKind;

/// How often a source must say the opposite of one thing for a single word to name it.
const OFTEN: usize = 2;

/// The sentences of the draft that say the opposite of what the run's sources say.
pub(super) fn against_sources(cx: &Context<'_>) -> Vec<Finding> {
    let mut sources: Vec<Source<'_>> = Vec::new();
    let mut findings = Vec::new();
    if cx.reference.sources.is_empty() {
        return findings;
    }
    for (index, sentence) in cx.draft.sentences.iter().enumerate() {
        let block = &cx.draft.blocks[sentence.block as usize];
        if !block.kind.is_copy() {
            continue;
        }
        for turn in turns(cx.draft, index, &cx.annotations.figures) {
            if cx.annotations.quotes.iter().any(|q| q.span.contains(turn.span)) {
                continue;
            }
            if sources.is_empty() {
                sources = cx.reference.sources.beside(cx.draft).filter(|d| d.primary).map(Source::read).collect();
            }
            findings.extend(turned(cx, index, &turn, &sources));
        }
    }
    findings
}

/// A source and what it says went which way, each with its sentence.
struct Source<'a> {
    document: &'a SourceDocument,
    turns: Vec<(usize, Turn)>,
}

impl<'a> Source<'a> {
    fn read(document: &'a SourceDocument) -> Source<'a> {
        let (draft, figures) = (&document.draft, &document.annotations.figures);
        let each = |i| turns(draft, i, figures).into_iter().map(move |t| (i, t));
        Source { document, turns: (0..draft.sentences.len()).flat_map(each).collect() }
    }
}

/// “The fee fell to $3” where a source says increase of the fee, or of anything that is $3, and never decrease.
fn turned(cx: &Context<'_>, sentence: usize, ours: &Turn, sources: &[Source<'_>]) -> Option<Finding> {
    let mut best: Option<(bool, usize, &Source<'_>, &Turn)> = None;
    let mut often = 0;
    for source in sources {
        let of_family = || source.turns.iter().filter(|(_, t)| t.family == ours.family);
        if of_family().any(|(i, t)| t.pole == ours.pole && says_of(ours, t, &source.document.draft, *i)) {
            cx.kept_apart(CODE, ours.span, ours.span, || "a source says so too".to_owned());
            return None;
        }
        for (i, theirs) in of_family().filter(|(_, t)| t.pole != ours.pole) {
            let shared = shared(ours, theirs);
            let least = ours.matter.len().min(theirs.matter.len()).min(2);
            let heads = ours.matter.first().zip(theirs.matter.first()).is_some_and(|(a, b)| same_word(a, b));
            if shared == 0 || !heads && shared < least || other_years(cx.draft, sentence, &source.document.draft, *i) {
                continue;
            }
            often += 1;
            let figure = same_figure(
                (&cx.annotations.figures, &ours.figures),
                (&source.document.annotations.figures, &theirs.figures),
            );
            if best.as_ref().is_none_or(|&(f, s, ..)| (f, s) < (figure, shared)) {
                best = Some((figure, shared, source, theirs));
            }
        }
    }
    let (figure, shared, source, theirs) = best?;
    let sure = figure || shared >= 2 || often >= OFTEN;
    let document = source.document;
    let name = document.path().file_name().map_or_else(|| "the source".into(), |n| n.to_string_lossy());
    let finding = message(cx, ours.span, document.draft.words_at(theirs.span), &format!("in {name}"));
    let why = match figure {
        true => format!("{shared} words and a figure beside it the same; nowhere as here"),
        false => format!("{shared} words beside it the same; nowhere as here"),
    };
    Some(
        finding
            .confidence(if sure { Confidence::Sure } else { Confidence::Likely })
            .elsewhere(document.evidence(theirs.span, "the opposite"))
            .why(format!("{}: {why}", family_name(ours.family))),
    )
}

/// How many words of what the two are said of are the same.
fn shared(ours: &Turn, theirs: &Turn) -> usize {
    ours.matter.iter().filter(|a| theirs.matter.iter().any(|b| same_word(a, b))).count()
}

/// Whether a turn of a source is said of the same thing, or may be: its sentence has all the words.
fn says_of(ours: &Turn, theirs: &Turn, draft: &Draft, sentence: usize) -> bool {
    let words: Vec<&str> = draft
        .sentence_tokens(&draft.sentences[sentence])
        .iter()
        .filter(|t| t.kind == TokenKind::Word)
        .map(|t| draft.lower(t))
        .collect();
    shared(ours, theirs) > 0 || ours.matter.iter().all(|a| words.iter().any(|b| same_word(a, b)))
}

/// Whether both sentences have a year and none in common.
fn other_years(ours: &Draft, here: usize, theirs: &Draft, there: usize) -> bool {
    let years = |draft: &Draft, sentence: usize| -> Vec<String> {
        let is_year = |w: &&str| w.len() == 4 && (w.starts_with("19") || w.starts_with("20"));
        let tokens = draft.sentence_tokens(&draft.sentences[sentence]);
        let numbers = tokens.iter().filter(|t| t.kind == TokenKind::Number).map(|t| draft.word(t));
        numbers.filter(is_year).map(str::to_owned).collect()
    };
    let (a, b) = (years(ours, here), years(theirs, there));
    !a.is_empty() && !b.is_empty() && !a.iter().any(|y| b.contains(y))
}

fn same_figure((ours, here): (&[Figure], &[usize]), (theirs, there): (&[Figure], &[usize])) -> bool {
    let one = |a: &Figure, b: &Figure| a.value == b.value && a.high == b.high && a.measure == b.measure;
    here.iter().any(|&i| there.iter().any(|&j| one(&ours[i], &theirs[j])))
}
