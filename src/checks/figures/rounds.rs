//! `figures/arithmetic` in lists of results: rounds of golf and what they make, “67-70-68-69—274”.

use smallvec::SmallVec;

use super::arithmetic;
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::text::{Span, Token, TokenKind};

/// Strokes of a round.
const STROKES: std::ops::RangeInclusive<u32> = 55..=95;

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let tokens = &cx.draft.tokens;
    let mut at = 0;
    while at + 3 < tokens.len() {
        match rounds(cx, &tokens[at..]) {
            Some((read, finding)) => {
                findings.extend(finding);
                at += read;
            }
            None => at += 1,
        }
    }
}

/// The rounds that `tokens` begin with and their total: how many tokens they take, and what is wrong with them.
fn rounds(cx: &Context<'_>, tokens: &[Token]) -> Option<(usize, Option<Finding>)> {
    let number = |t: &Token| (t.kind == TokenKind::Number).then(|| cx.draft.word(t).parse::<u32>().ok()).flatten();
    let strokes = |t: &Token| number(t).filter(|n| STROKES.contains(n));
    let mut read: SmallVec<[u32; 4]> = SmallVec::new();
    read.push(strokes(tokens.first()?)?);
    let mut at = 1;
    while let [hyphen, round, ..] = &tokens[at..]
        && matches!(cx.draft.word(hyphen), "-" | "–")
        && tokens[at - 1].touches(hyphen)
        && hyphen.touches(round)
        && let Some(n) = strokes(round)
    {
        read.push(n);
        at += 2;
    }
    // Two numbers with a hyphen are a score.
    let [dash, total, ..] = &tokens[at..] else { return None };
    let tied = matches!(cx.draft.word(dash), "—" | "–" | "-" | "=");
    let stated = number(total).filter(|_| read.len() >= 3 && tied)?;
    let sum: u32 = read.iter().sum();
    // A number that is no total of so many rounds is something else.
    let off = stated.abs_diff(sum);
    let wrong = off > 0 && off <= 20;
    let span = Span { start: tokens[0].span.start, end: tokens[at - 1].span.end };
    let finding = wrong.then(|| {
        Finding::new(arithmetic::CODE, total.span, format!("{} is {sum}, not {stated}", cx.draft.words_at(span)))
            .here(span, "the rounds")
            .why("rounds of golf and their total")
    });
    Some((at + 2, finding))
}
