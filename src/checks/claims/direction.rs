//! `claims/polarity`, a headline that turns a change round: “profit rises 22%” over a lead in which it fell 22 percent.

use super::polarity::message;
use crate::annotate::Figure;
use crate::annotate::figure::{Form, Measure, lemma};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::facts::polarity::Pole;
use crate::facts::turns::pole_of;
use crate::source::BlockKind;
use crate::text::{Lex, Span, TokenKind};

/// Paragraphs of the body that a headline sums up.
const LEAD: usize = 3;
/// How many tokens before a change, and after it, the word may stand that says which way it went.
const BEFORE: usize = 5;
const AFTER: usize = 2;

/// A change with the word that says which way.
struct Change<'a> {
    figure: &'a Figure,
    word: Span,
    family: u16,
    pole: Pole,
}

pub(super) fn run(cx: &Context<'_>) -> Vec<Finding> {
    let draft = cx.draft;
    let kind = |f: &Figure| draft.blocks[f.block as usize].kind;
    let changes = |f: &&Figure| {
        matches!(f.measure, Measure::Percent | Measure::PercentagePoint | Measure::Money(_)) && f.form != Form::Vague
    };
    let all = || cx.annotations.figures.iter().filter(changes);
    let display = |f: &&Figure| matches!(kind(f), BlockKind::Headline | BlockKind::Standfirst);
    if !all().any(|f| display(&f)) {
        return Vec::new();
    }
    let quoted = |f: &Figure| crate::annotate::quote::innermost_at(&cx.annotations.quotes, f.span).is_some();
    let lead: Vec<Change<'_>> = all()
        .filter(|f| draft.paragraph_number(f.block as usize).is_some_and(|n| n <= LEAD) && !quoted(f))
        .filter_map(|f| read(cx, f))
        .collect();
    let headlines = all().filter(display).filter_map(|f| read(cx, f));
    headlines.filter_map(|ours| turned(cx, &ours, &lead)).collect()
}

/// The lead's change that is the headline's but for the way it went, where none goes the same way.
fn turned(cx: &Context<'_>, ours: &Change<'_>, lead: &[Change<'_>]) -> Option<Finding> {
    let same = |c: &&Change<'_>| {
        c.family == ours.family && c.figure.value == ours.figure.value && c.figure.measure == ours.figure.measure
    };
    if lead.iter().filter(same).any(|c| c.pole == ours.pole) {
        return None;
    }
    let theirs = lead.iter().filter(same).find(|c| shares_matter(cx, ours.figure, c.figure))?;
    let place = format!("in paragraph {}", cx.draft.paragraph_number(theirs.figure.block as usize)?);
    Some(
        message(cx, ours.word, cx.draft.words_at(theirs.word), &place)
            .here(theirs.word.cover(theirs.figure.amount), "the same change the other way")
            .why("one change, by its figure and what went which way"),
    )
}

/// A change by the nearest word before it, else right after it, that says which way; not where “no” or “not” is about.
fn read<'a>(cx: &Context<'_>, figure: &'a Figure) -> Option<Change<'a>> {
    let draft = cx.draft;
    let tokens = &draft.sentences[figure.sentence as usize].tokens;
    let (start, end) = (tokens.start as usize, tokens.end as usize);
    let first = draft.token_at(figure.span.start);
    let last = draft.token_at(figure.span.end.saturating_sub(1));
    let window = first.saturating_sub(BEFORE).max(start);
    if (window..first).any(|at| {
        matches!(draft.lower(&draft.tokens[at]), "no" | "not" | "n’t" | "n't" | "without" | "loss" | "losses")
    }) {
        return None;
    }
    // Another number between belongs to another change.
    let before = (window..first).rev().take_while(|&at| draft.tokens[at].kind != TokenKind::Number);
    let after = last + 1..(last + 1 + AFTER).min(end);
    before.chain(after).find_map(|at| {
        let token = &draft.tokens[at];
        let (family, pole) = pole_of(draft.lower(token))?;
        Some(Change { figure, word: token.span, family, pole })
    })
}

/// Whether the sentences of two figures share a word of content.
fn shares_matter(cx: &Context<'_>, a: &Figure, b: &Figure) -> bool {
    let draft = cx.draft;
    let words = |f: &Figure| -> Vec<String> {
        let tokens = draft.sentence_tokens(&draft.sentences[f.sentence as usize]);
        let content =
            tokens.iter().filter(|t| t.kind == TokenKind::Word && !t.lex.is(Lex::FUNCTION) && t.span.len() > 2);
        content.map(|t| draft.lower(t)).filter(|w| pole_of(w).is_none()).map(|w| lemma(w).into_owned()).collect()
    };
    let theirs = words(b);
    words(a).iter().any(|w| theirs.contains(w))
}
