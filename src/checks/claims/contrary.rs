//! What a summary turns round: its source says increase of the same thing, everywhere; or tells of what the summary leaves out.
//!
//! Only against primary documents: within one draft, prices rise in one month and fall in the next.

use super::denied;
use super::polarity::{CODE, message};
use crate::annotate::Figure;
use crate::annotate::figure::lemma;
use crate::checks::Context;
use crate::corpus::SourceDocument;
use crate::diagnostic::{Confidence, Finding};
use crate::facts::turns::{Turn, family_name, is_bound, same_word, turns};
use crate::source::Draft;
use crate::text::{Span, TokenKind};

/// How often a source must say the opposite of one thing for a single word to name it.
const OFTEN: usize = 2;

/// The sentences of the draft that say the opposite of what the run's sources say.
pub(super) fn against_sources(cx: &Context<'_>) -> Vec<Finding> {
    let mut sources: Vec<Source<'_>> = Vec::new();
    let mut findings = Vec::new();
    // Which way things went is told of what the reports are about; each is also about matters of its own.
    if cx.reference.sources.is_empty() || cx.reference.sources.are_reports {
        return findings;
    }
    let primary = || cx.reference.sources.beside(cx.draft).filter(|d| d.primary);
    let quoted = |span: Span| crate::annotate::quote::innermost_at(&cx.annotations.quotes, span).is_some();
    for (index, sentence) in cx.draft.sentences.iter().enumerate() {
        let block = &cx.draft.blocks[sentence.block as usize];
        if !block.kind.is_copy() {
            continue;
        }
        for turn in turns(cx.draft, index, &cx.annotations.figures) {
            if quoted(turn.span) {
                continue;
            }
            if sources.is_empty() {
                sources = primary().map(Source::read).collect();
            }
            findings.extend(turned(cx, index, &turn, &sources));
        }
        let documents: Vec<&SourceDocument> = primary().collect();
        findings.extend(denied::read(cx, index, &documents).filter(|f| !quoted(f.span)));
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
    let mut named: Vec<&String> = Vec::new();
    for source in sources {
        let of_family = || source.turns.iter().filter(|(_, t)| t.family == ours.family);
        let opposed = |i: usize| of_family().any(|(j, t)| *j == i && t.pole != ours.pole && shared(ours, t) > 0);
        let says_so =
            |i: usize, t: &Turn| shared(ours, t) > 0 || !opposed(i) && names_all(ours, &source.document.draft, i);
        if of_family().any(|(i, t)| t.pole == ours.pole && says_so(*i, t)) {
            cx.kept_apart(CODE, ours.span, ours.span, || "a source says so too".to_owned());
            return None;
        }
        for (i, theirs) in of_family().filter(|(_, t)| t.pole != ours.pole) {
            let shared = shared(ours, theirs);
            let least = ours.matter.len().min(theirs.matter.len()).min(2);
            let heads = has(theirs, ours.matter.first()) || has(ours, theirs.matter.first());
            if shared == 0 || !heads && shared < least || other_years(cx.draft, sentence, &source.document.draft, *i) {
                continue;
            }
            let figure = same_figure(
                (&cx.annotations.figures, &ours.figures),
                (&source.document.annotations.figures, &theirs.figures),
            );
            // “Above” and “below” speak of one figure or of nothing.
            if is_bound(ours.family) && !figure {
                continue;
            }
            often += 1;
            named.extend(ours.matter.iter().filter(|w| has(theirs, Some(w))));
            if best.as_ref().is_none_or(|&(f, s, ..)| (f, s) < (figure, shared)) {
                best = Some((figure, shared, source, theirs));
            }
        }
    }
    let (figure, shared, source, theirs) = best?;
    named.sort_unstable();
    named.dedup();
    let sure = figure || named.len() >= 2 || often >= OFTEN;
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

fn has(turn: &Turn, word: Option<&String>) -> bool {
    word.is_some_and(|w| turn.matter.iter().any(|m| same_word(m, w)))
}

/// How many words of what the two are said of are the same.
fn shared(ours: &Turn, theirs: &Turn) -> usize {
    ours.matter.iter().filter(|a| theirs.matter.iter().any(|b| same_word(a, b))).count()
}

/// Whether a sentence of a source has all the words that a turn is said of.
fn names_all(ours: &Turn, draft: &Draft, sentence: usize) -> bool {
    let tokens = draft.sentence_tokens(&draft.sentences[sentence]);
    let has =
        |word: &String| tokens.iter().any(|t| t.kind == TokenKind::Word && same_word(word, &lemma(draft.lower(t))));
    ours.matter.iter().all(has)
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
