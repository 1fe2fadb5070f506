//! `figures/count`: “five reasons” with four given, “four children” with three named.

mod listing;

use serde::Deserialize;
use smallvec::SmallVec;

use super::{conflict, shown};
use crate::annotate::Figure;
use crate::annotate::figure::{Hedge, Measure, lemma};
use crate::checks::{Context, option_words};
use crate::diagnostic::Finding;
use crate::source::BlockKind;
use crate::text::{Rational, Span, TokenKind};

pub(super) const CODE: &str = "figures/count";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Options {
    #[serde(deserialize_with = "option_words::nouns")]
    nouns: Vec<String>,
}

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut own = Vec::new();
    listing::run(cx, &mut own);
    listing::charges(cx, &mut own);
    promised(cx, &mut own);
    // What is named says more than another number does: one contradiction, one finding.
    findings.retain(|f| &*f.code != conflict::CODE || own.iter().all(|o| !o.span.overlaps(f.span)));
    findings.append(&mut own);
}

/// Lists that a headline or a first paragraph announces.
fn promised(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let draft = cx.draft;
    let Some((items, numbered)) = items(cx) else { return };
    let headings = items.iter().all(|i| draft.blocks[draft.block_at(i.start)].kind == BlockKind::Heading);
    // A line of names and dates may stand above the first paragraph.
    let bodies = draft.blocks.iter().enumerate().filter(|(_, b)| b.kind == BlockKind::Body);
    let leads: SmallVec<[usize; 2]> = bodies.take(2).map(|(i, _)| i).collect();
    let promised = cx.annotations.figures.iter().find(|f| {
        let block = f.block as usize;
        let kind = draft.blocks[block].kind;
        let opens = kind == BlockKind::Headline || leads.contains(&block);
        let titled = headings && kind == BlockKind::Headline && is_what_it_is_about(cx, f);
        opens && is_of_a_list(cx, f) || titled
    });
    let Some(figure) = promised else { return };
    let count = Rational::new(items.len() as i128, 1).unwrap_or(Rational::ZERO);
    let off = figure.value.sub(count).map_or(Rational::ZERO, Rational::abs);
    // Further off than three, or a third, and the list is of something else.
    if off.is_zero() || off > Rational::whole(3) || items.len() < 3 {
        return;
    }
    let noun = figure.noun.map_or("", |n| draft.words_at(n.head));
    let message = format!("{} {noun} here, {} in the list", shown(cx, figure.amount), items.len());
    let (first, last) = (items[0], items[items.len() - 1]);
    let mut finding = Finding::new(CODE, figure.span, message).here(first, "the first").here(last, "the last");
    if !numbered {
        finding = finding.likely();
    }
    findings.push(finding);
}

/// Whether a figure counts what lists hold: five reasons.
fn is_of_a_list(cx: &Context<'_>, figure: &Figure) -> bool {
    let named = figure.noun.is_some_and(|n| {
        let head = lemma(n.head.of(&cx.draft.lower));
        cx.options::<Options>().nouns.iter().any(|noun| *noun == head)
    });
    named && figure.measure == Measure::Count && figure.high.is_none()
}

/// Whether a headline opens with a figure and what it counts: “7 small museums worth a detour”.
fn is_what_it_is_about(cx: &Context<'_>, figure: &Figure) -> bool {
    let opens = figure.span.start == cx.draft.blocks[figure.block as usize].span.start;
    let plural = figure.noun.is_some_and(|n| !n.of && n.head.of(&cx.draft.lower).ends_with('s'));
    opens && plural && figure.measure == Measure::Count && figure.hedge == Hedge::None && figure.high.is_none()
}

/// Whether a figure promises the list that the draft has, so that the list and not the story bears it out.
pub(super) fn promises_the_list(cx: &Context<'_>, figure: &Figure) -> bool {
    is_of_a_list(cx, figure) && items(cx).is_some()
}

/// The items of the draft's one list: numbered headings or paragraphs that run from 1, or list items in one run. The
/// flag says that they are numbered.
fn items(cx: &Context<'_>) -> Option<(Vec<Span>, bool)> {
    let draft = cx.draft;
    let mut numbered: Vec<Span> = Vec::new();
    for block in &draft.blocks {
        let tokens = draft.block_tokens(block);
        let [number, stop, ..] = tokens else { continue };
        let is_number = number.kind == TokenKind::Number
            && matches!(draft.word(stop), "." | ")")
            && number.touches(stop)
            && matches!(block.kind, BlockKind::Heading | BlockKind::Body | BlockKind::List);
        if is_number && draft.word(number).parse() == Ok(numbered.len() + 1) {
            numbered.push(number.span);
        } else if is_number {
            return None;
        }
    }
    if numbered.len() >= 3 {
        return Some((numbered, true));
    }
    let lists: Vec<usize> = (0..draft.blocks.len()).filter(|&i| draft.blocks[i].kind == BlockKind::List).collect();
    let one_run = lists.windows(2).all(|w| w[1] == w[0] + 1);
    (lists.len() >= 3 && one_run).then(|| (lists.iter().map(|&i| draft.blocks[i].span).collect(), false))
}
