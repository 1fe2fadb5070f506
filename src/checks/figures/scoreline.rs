//! `figures/conflict` in match reports: the line of the result, “Dunmore 3–2 Castlebrae”, and another score in the report.

use super::conflict::CODE;
use super::lead::is_final;
use super::{place, shown};
use crate::annotate::Figure;
use crate::annotate::figure::Measure;
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::text::{Lex, Span, Token};

/// A line of more tokens than this is a sentence.
const LINE: usize = 12;
/// The report tells the result in its first paragraphs.
const OPENING: u32 = 3;

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let scores = || cx.annotations.figures.iter().filter(|f| f.measure == Measure::Score && f.high.is_some());
    let mut lines = scores().filter(|f| is_line(cx, f));
    // A round-up has many.
    let (Some(line), None) = (lines.next(), lines.next()) else { return };
    let names = names(cx, cx.draft.blocks[line.block as usize].span);
    let told = scores().find(|f| {
        let sentence = &cx.draft.sentences[f.sentence as usize];
        let near = f.block > line.block && f.block - line.block <= OPENING;
        let shares = || cx.draft.sentence_tokens(sentence).iter().any(|t| names.contains(&cx.draft.word(t)));
        near && is_final(cx, f)
            && shares()
            && crate::annotate::quote::innermost_at(&cx.annotations.quotes, f.span).is_none()
    });
    let Some(told) = told else { return };
    let (a, b) = (line.ends(), told.ends());
    if a == b {
        return;
    }
    let message = format!("{} here, {} {}", shown(cx, told.span), shown(cx, line.span), place(cx, line.block));
    findings.push(
        Finding::new(CODE, told.span, message)
            .here(line.span, "the line of the result")
            .why("the report tells how the match of the line above it ended"),
    );
}

/// Whether a score stands between two names on a line of their own.
fn is_line(cx: &Context<'_>, score: &Figure) -> bool {
    let block = &cx.draft.blocks[score.block as usize];
    let tokens = cx.draft.block_tokens(block);
    let sides =
        [Span { start: block.span.start, end: score.span.start }, Span { start: score.span.end, end: block.span.end }];
    let named = |side: Span| {
        let tokens = cx.draft.tokens_in(side);
        !tokens.is_empty() && tokens.iter().all(|t| t.is_word() && t.is_capital())
    };
    block.kind.is_copy() && tokens.len() <= LINE && sides.into_iter().all(named)
}

/// The words of the names on a line that tell one side from another.
fn names<'d>(cx: &Context<'d>, line: Span) -> Vec<&'d str> {
    let tells = |t: &&Token| t.is_capital() && !t.lex.is(Lex::FUNCTION);
    cx.draft.tokens_in(line).iter().filter(tells).map(|t| cx.draft.word(t)).collect()
}
