//! `figures/impossible`: shares over 100, a range reversed, “fell 200%”, “times less”.

use super::cues::{Cues, sentences};
use super::{clause, part, poll, shown};
use crate::annotate::Figure;
use crate::annotate::figure::{Hedge, Measure, Role, Way, is_change, is_change_noun, way_of};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::text::{Rational, Span, Token, TokenKind};

pub(super) const CODE: &str = "figures/impossible";

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    poll::run(cx, findings);
    for (figures, cues) in sentences(cx) {
        let sentence = &cx.draft.sentences[figures[0].sentence as usize];
        let tokens = cx.draft.sentence_tokens(sentence);
        findings.extend(shares(cx, figures, tokens));
        part::check(cx, figures, findings);
        for figure in figures {
            findings.extend(reversed(cx, figure));
            findings.extend(fell_over_hundred(cx, figure, tokens));
            if cues.has(Cues::TIMES) {
                findings.extend(times_less(cx, figure, tokens));
            }
        }
    }
}

/// Three or more percentages of one whole that make more than a hundred.
fn shares(cx: &Context<'_>, figures: &[Figure], tokens: &[Token]) -> Option<Finding> {
    if figures.len() < 3 {
        return None;
    }
    let percents: Vec<&Figure> = figures.iter().filter(|f| f.measure == Measure::Percent).collect();
    if percents.len() < 3 || percents.len() != figures.len() {
        return None;
    }
    if percents.iter().any(|p| {
        p.high.is_some() || p.role != Role::Level || !matches!(p.hedge, Hedge::None | Hedge::About | Hedge::Exactly)
    }) {
        return None;
    }
    let several = tokens.iter().any(|t| {
        t.kind == TokenKind::Word
            && matches!(
                cx.draft.lower(t),
                "multiple"
                    | "several"
                    | "more"
                    | "both"
                    | "also"
                    | "either"
                    | "respectively"
                    | "compared"
                    | "versus"
                    | "than"
                    | "rose"
                    | "fell"
                    | "while"
                    | "must"
                    | "would"
                    | "could"
                    | "if"
                    | "respondents"
                    | "followed"
                    | "from"
                    | "although"
                    | "growth"
                    | "tax"
                    | "rate"
                    | "rates"
            )
    });
    if several {
        return None;
    }
    for (i, pair) in percents.windows(2).enumerate() {
        let between = Span { start: pair[0].span.end, end: pair[1].span.start };
        let words = cx.draft.tokens_in(between);
        // Behind the second and third share: a name for the part, no other whole.
        let other_whole = i > 0
            && words.first().is_some_and(|t| {
                matches!(cx.draft.lower(t), "in" | "among" | "of" | "for" | "at" | "on" | "by" | "said")
            });
        let limit = if i == 0 { 8 } else { 5 };
        let linked = words.iter().any(|t| matches!(cx.draft.lower(t), "," | "and"));
        let broken = words.iter().any(|t| matches!(cx.draft.word(t), ";" | ":" | "(" | "—"));
        if other_whole || words.len() > limit || !linked || broken {
            return None;
        }
    }
    let last = percents.last()?;
    let after = tokens.iter().find(|t| t.span.start >= last.span.end)?;
    if matches!(cx.draft.lower(after), "in" | "among" | "of" | "for" | "at" | "on" | "by") {
        return None;
    }
    let mut total = Rational::ZERO;
    let mut slack = Rational::ZERO;
    for percent in &percents {
        total = total.add(percent.value)?;
        slack = slack.add(percent.step.mul(Rational::new(1, 2)?)?)?;
    }
    if total <= Rational::HUNDRED.add(slack)? {
        return None;
    }
    let span = percents[0].amount.cover(last.amount);
    let mut finding = Finding::new(CODE, span, format!("The shares make {total}%")).likely();
    for percent in &percents {
        finding = finding.here(percent.amount, "a share");
    }
    Some(finding)
}

/// “between 10 and 5 percent”, “8–6 weeks”.
fn reversed(cx: &Context<'_>, figure: &Figure) -> Option<Finding> {
    let high = figure.high.filter(|high| *high < figure.value)?;
    if matches!(figure.measure, Measure::Score | Measure::Count | Measure::Fraction)
        && !cx.draft.words_at(figure.span).to_lowercase().starts_with("between")
    {
        return None;
    }
    // People speak in the order in which things went: “between six and four hours, you fall off a cliff”.
    if crate::annotate::quote::innermost_at(&cx.annotations.quotes, figure.span).is_some() {
        return None;
    }
    let words = cx.draft.words_at(figure.span);
    // “the gap between 90 and 72” is no range.
    let apart = matches!(
        clause::word_before(cx, figure, figure.span.start),
        "gap" | "difference" | "spread" | "margin" | "distance"
    );
    if apart {
        return None;
    }
    // “52–48 percent” and “61 percent to 30 percent” are results, and 16-7 a season or a score.
    if words.contains(" to ") {
        return None;
    }
    let dashed = !words.contains(" and ");
    if dashed && matches!(figure.measure, Measure::Percent) || figure.value.is_zero() {
        return None;
    }
    let message = format!("{} runs from {} down to {high}", shown(cx, figure.span), figure.value);
    Some(Finding::new(CODE, figure.span, message))
}

/// A fall of more than a hundred per cent of what cannot be less than nothing.
fn fell_over_hundred(cx: &Context<'_>, figure: &Figure, tokens: &[Token]) -> Option<Finding> {
    if figure.measure != Measure::Percent || figure.value <= Rational::HUNDRED || figure.high.is_some() {
        return None;
    }
    let at = tokens.partition_point(|t| t.span.end <= figure.span.start);
    let before = &tokens[at.saturating_sub(3)..at];
    let falls = before.iter().find(|t| {
        let word = cx.draft.lower(t);
        way_of(word) == Some(Way::Down) && (is_change(word) || is_change_noun(word))
    })?;
    // What can turn negative can fall further.
    let signed = tokens.iter().any(|t| {
        matches!(
            cx.draft.lower(t),
            "profit"
                | "profits"
                | "earnings"
                | "income"
                | "margin"
                | "margins"
                | "growth"
                | "cash"
                | "return"
                | "returns"
                | "surplus"
                | "balance"
                | "from"
                | "to"
                | "result"
                | "results"
                | "ebitda"
                | "gain"
                | "gains"
                | "points"
        )
    });
    if signed {
        return None;
    }
    let message =
        format!("“{}” {}: nothing falls more than 100%", cx.draft.words_at(falls.span), shown(cx, figure.amount));
    Some(Finding::new(CODE, figure.amount, message))
}

/// “three times less”: a hint, since readers must guess what is meant.
fn times_less(cx: &Context<'_>, figure: &Figure, tokens: &[Token]) -> Option<Finding> {
    if figure.measure != Measure::Count || figure.value <= Rational::ONE {
        return None;
    }
    let at = tokens.partition_point(|t| t.span.start < figure.span.end);
    let [times, less, rest @ ..] = &tokens[at.min(tokens.len())..] else { return None };
    let lesser = matches!(
        cx.draft.lower(less),
        "less" | "fewer" | "lower" | "smaller" | "cheaper" | "slower" | "lighter" | "shorter" | "thinner" | "weaker"
    );
    let compares = rest.iter().take(4).any(|t| cx.draft.lower(t) == "than")
        || matches!(cx.draft.lower(less), "less" | "cheaper" | "smaller");
    if cx.draft.lower(times) != "times" || !lesser || !compares {
        return None;
    }
    let span = figure.span.cover(less.span);
    let part = part_of_one(figure.value);
    Some(Finding::new(CODE, span, format!("“{}”: say {part}, or how much less", shown(cx, span))).likely())
}

/// What so many times less leaves, in words: a third.
fn part_of_one(times: Rational) -> String {
    match times.as_whole() {
        Some(2) => "half".to_owned(),
        Some(3) => "a third".to_owned(),
        Some(4) => "a quarter".to_owned(),
        Some(5) => "a fifth".to_owned(),
        Some(6) => "a sixth".to_owned(),
        Some(7) => "a seventh".to_owned(),
        Some(8) => "an eighth".to_owned(),
        Some(9) => "a ninth".to_owned(),
        Some(10) => "a tenth".to_owned(),
        _ => format!("1/{times}"),
    }
}
