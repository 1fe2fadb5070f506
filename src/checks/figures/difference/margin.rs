//! A lead right beside the result that it is taken from: “ahead by 12 points, 51 percent to 38”.

use super::{Result, result};
use crate::annotate::Figure;
use crate::annotate::figure::{Form, Measure, lemma};
use crate::checks::Context;
use crate::checks::figures::clause::{closes, end_with_noun, tokens, written};
use crate::checks::figures::{arithmetic, change, shown, with_unit};
use crate::diagnostic::Finding;
use crate::facts::interval::Interval;
use crate::text::{Rational, Span, Token, TokenKind};

/// A lead right beside the result that it is taken from.
pub(super) fn lead(cx: &Context<'_>, figures: &[Figure]) -> Option<Finding> {
    (0..figures.len()).find_map(|i| {
        let result = result(cx, figures, i)?;
        let before = i.checked_sub(1).map(|i| &figures[i]).filter(|f| {
            closes(cx, result.span.end)
                && is_tied(cx, tokens(cx, end_with_noun(f), result.span.start))
                && is_lead(cx, f, &result)
        });
        let stated = before.or_else(|| {
            figures
                .get(result.next)
                .filter(|f| is_lead(cx, f, &result) && is_tied(cx, tokens(cx, result.span.end, f.span.start)))
        })?;
        let gap = result.high.sub(result.low)?;
        let own = written(stated)?;
        if stated.measure == Measure::Percent {
            return points_for_percent(cx, stated, &result, gap);
        }
        if own.contains(gap) || own.open && gap > own.high {
            return None;
        }
        let unit = if result.is_percent { Measure::PercentagePoint } else { Measure::Count };
        let message =
            format!("{} here; {} is {}", shown(cx, with_noun(stated)), shown(cx, result.span), with_unit(gap, unit));
        let finding = Finding::new(arithmetic::CODE, stated.amount, message)
            .here(result.span, "the result")
            .why("the lead stands beside the result");
        // Both sides of a poll are rounded, and a lead is mostly worked out from what is printed; some stories say it is not.
        let close = result.is_percent && gap.sub(stated.value)?.abs() <= Rational::ONE;
        let rounded = close && ["rounding", "rounded"].iter().any(|w| cx.draft.lower.contains(w));
        Some(if rounded { finding.likely() } else { finding })
    })
}

/// A figure with its noun: “12 points”.
fn with_noun(figure: &Figure) -> Span {
    Span { start: figure.amount.start, end: end_with_noun(figure) }
}

fn points_for_percent(cx: &Context<'_>, stated: &Figure, result: &Result, gap: Rational) -> Option<Finding> {
    if !result.is_percent {
        return None;
    }
    let relative = gap.div(result.low)?.mul(Rational::HUNDRED)?;
    if Interval::around(relative, Rational::whole(2))?.contains(stated.value) {
        return None;
    }
    let code = if gap == stated.value { change::POINTS_CODE } else { arithmetic::CODE };
    let message = format!("{} here; {} is {gap} percentage points", shown(cx, stated.amount), shown(cx, result.span));
    Some(
        Finding::new(code, stated.amount, message)
            .here(result.span, "the result")
            .why("the lead stands beside the result"),
    )
}

/// Whether a figure is said to be a lead, and of what the result counts.
fn is_lead(cx: &Context<'_>, figure: &Figure, result: &Result) -> bool {
    if figure.high.is_some() || figure.per || figure.form == Form::Vague || figure.hedge.is_upper_bound() {
        return false;
    }
    let noun = figure.noun.map(|n| lemma(n.head.of(&cx.draft.lower)));
    let counted = match figure.measure {
        Measure::PercentagePoint => true,
        Measure::Percent => result.is_percent,
        Measure::Count => noun.as_deref().is_some_and(|n| match n {
            "point" => true,
            // “a 12-point lead”: the head of the phrase is the lead.
            "lead" | "margin" | "advantage" | "edge" | "gap" => true,
            "vote" | "goal" | "run" | "seat" | "game" | "try" | "set" => !result.is_percent,
            _ => false,
        }),
        _ => false,
    };
    if !counted {
        return false;
    }
    let sentence = &cx.draft.sentences[figure.sentence as usize];
    let words = tokens(cx, sentence.span.start, figure.span.start);
    let lower = |t: &Token| cx.draft.lower(t);
    let near = &words[words.len().saturating_sub(9)..];
    let behind = tokens(cx, figure.span.end, end_with_noun(figure) + 12);
    let named = behind.iter().any(|t| is_lead_noun(lower(t)));
    match near.last().map(lower) {
        Some("by") => true,
        Some("of" | "is" | "was") => near.iter().any(|t| is_lead_noun(lower(t)) || lower(t) == "gap"),
        Some("a" | "an" | "the" | "his" | "her" | "its" | "their") => named,
        _ => false,
    }
}

fn is_lead_noun(word: &str) -> bool {
    matches!(word, "lead" | "margin" | "advantage" | "edge" | "gap" | "difference" | "majority")
}

/// Whether nothing but a comma and the like stands between a lead and its result.
fn is_tied(cx: &Context<'_>, words: &[Token]) -> bool {
    let marked = words.iter().any(|t| t.kind == TokenKind::Mark);
    marked
        && words.len() <= 7
        && words.iter().all(|t| {
            matches!(
                cx.draft.lower(t),
                "," | "("
                    | "—"
                    | "–"
                    | ":"
                    | "by"
                    | "with"
                    | "a"
                    | "the"
                    | "vote"
                    | "score"
                    | "result"
                    | "of"
                    | "or"
                    | "is"
                    | "was"
                    | "final"
                    | "margin"
                    | "lead"
                    | "gap"
                    | "advantage"
            )
        })
}
