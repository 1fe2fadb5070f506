//! Leads, margins and gaps: “ahead by 12 points, 51 percent to 38”, “the gap between A and B, or C”.

use smallvec::SmallVec;

use super::clause::{apart, between, closes, end_with_noun, is_amount, tokens, written};
use super::{arithmetic, by_sentence, change, shown, with_unit};
use crate::annotate::Figure;
use crate::annotate::figure::{Form, Hedge, Measure, Role, lemma};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::facts::interval::Interval;
use crate::text::{Rational, Span, Token, TokenKind};

/// Two sides of a result: 51 percent to 40, 9-4, 24,005 to 23,994.
pub(super) struct Result {
    pub high: Rational,
    pub low: Rational,
    pub span: Span,
    pub is_percent: bool,
    /// Index of the first figure behind it.
    next: usize,
}

/// What leads and gaps are said to be, and what their numbers give.
pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    for figures in by_sentence(cx).filter(|f| f.len() >= 2) {
        findings.extend(lead(cx, figures).filter(|f| &*f.code == arithmetic::CODE));
        findings.extend(left_over(cx, figures));
    }
    for figures in by_sentence(cx) {
        findings.extend(explicit(cx, figures));
    }
}

/// Leads in per cent that are points.
pub(super) fn run_points(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    for figures in by_sentence(cx).filter(|f| f.len() >= 2) {
        findings.extend(lead(cx, figures).filter(|f| &*f.code == change::POINTS_CODE));
    }
}

/// A lead right beside the result that it is taken from.
fn lead(cx: &Context<'_>, figures: &[Figure]) -> Option<Finding> {
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

/// The result that starts with figure `at`.
pub(super) fn result(cx: &Context<'_>, figures: &[Figure], at: usize) -> Option<Result> {
    let a = &figures[at];
    let plain = |f: &Figure| f.form == Form::Digits || f.form == Form::Words;
    let open = a.hedge != Hedge::None || !plain(a) || a.per || matches!(a.role, Role::From | Role::ChangeBy);
    if open || between(cx, a.span.start, a.span.end).starts_with("between") {
        return None;
    }
    let make = |x: Rational, y: Rational, span: Span, is_percent: bool, next: usize| Result {
        high: x.max(y),
        low: x.min(y),
        span,
        is_percent,
        next,
    };
    if let Some(other) = a.high {
        let kind = match a.measure {
            Measure::Score | Measure::Percent => true,
            // 41 to 47, and no range of things: “41 to 47 boats”
            Measure::Count => a.noun.is_none(),
            _ => false,
        };
        return kind.then(|| make(a.value, other, a.amount, a.measure == Measure::Percent, at + 1));
    }
    let b = figures.get(at + 1)?;
    let linked =
        between(cx, a.span.end, b.span.start).trim() == "to" && b.high.is_none() && plain(b) && b.hedge == Hedge::None;
    let kind = match (a.measure, b.measure) {
        (Measure::Percent, Measure::Percent) => true,
        (Measure::Percent | Measure::Count, Measure::Count) => a.noun.is_none() && b.noun.is_none(),
        _ => false,
    };
    (linked && kind).then(|| make(a.value, b.value, a.amount.cover(b.amount), a.measure == Measure::Percent, at + 2))
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

/// “spent $8 million and took in $5 million, leaving a deficit of $4 million”.
fn left_over(cx: &Context<'_>, figures: &[Figure]) -> Option<Finding> {
    let amounts: SmallVec<[&Figure; 4]> = figures.iter().filter(|f| matches!(f.measure, Measure::Money(_))).collect();
    let [a, b, rest] = amounts[..] else { return None };
    let same = a.measure == b.measure && b.measure == rest.measure;
    let level = |f: &Figure| is_amount(f) && f.role == Role::Level;
    if !same || !level(a) || !level(b) || !is_amount(rest) {
        return None;
    }
    let sentence = &cx.draft.sentences[a.sentence as usize];
    let link = tokens(cx, b.span.end, rest.span.start);
    let lower = |t: &Token| cx.draft.lower(t);
    let named = link.iter().rev().take(3).any(|t| is_rest(lower(t)));
    let comma = link.iter().rposition(|t| matches!(cx.draft.word(t), "," | "—" | "–"));
    let joined = comma
        .is_some_and(|i| link.len() - i <= 7 && !link[i..].iter().any(|t| matches!(lower(t), "and" | "but" | "while")));
    let side = |f: &Figure, start: u32| {
        let before = tokens(cx, start, f.span.start);
        let near = before[before.len().saturating_sub(6)..].iter();
        // “in planned spending”
        let behind = match tokens(cx, f.span.end, f.span.end + 30) {
            [into, rest @ ..] if matches!(lower(into), "in" | "of") => &rest[..rest.len().min(2)],
            _ => tokens(cx, f.span.end, end_with_noun(f)),
        };
        near.chain(behind)
            .fold((false, false), |(out, income), t| (out || is_spending(lower(t)), income || is_income(lower(t))))
    };
    let (first, second) = (side(a, sentence.span.start), side(b, a.span.end));
    let opposed = first.0 && second.1 && !first.1 || first.1 && second.0 && !first.0;
    if !named || !joined || !opposed {
        return None;
    }
    disagree(cx, a, b, rest, rest, "both sides and what is left stand in one sentence")
}

fn is_rest(word: &str) -> bool {
    matches!(word, "gap" | "deficit" | "shortfall" | "surplus" | "difference" | "hole" | "loss" | "profit")
}

fn is_spending(word: &str) -> bool {
    matches!(
        word,
        "spend"
            | "spends"
            | "spent"
            | "spending"
            | "expenses"
            | "expenditures"
            | "expenditure"
            | "costs"
            | "cost"
            | "outlays"
            | "imports"
            | "imported"
    )
}

fn is_income(word: &str) -> bool {
    matches!(
        word,
        "revenue"
            | "revenues"
            | "income"
            | "collect"
            | "collects"
            | "collected"
            | "took"
            | "take"
            | "takes"
            | "receipts"
            | "earn"
            | "earned"
            | "earns"
            | "exports"
            | "exported"
            | "receive"
            | "received"
            | "raise"
            | "raised"
    )
}

/// “the difference between A and B, or C”; where C is not said there, the gap that the draft gives elsewhere.
fn explicit(cx: &Context<'_>, figures: &[Figure]) -> Option<Finding> {
    let sentence = &cx.draft.sentences[figures[0].sentence as usize];
    let words = cx.draft.sentence_tokens(sentence);
    let at = words.windows(2).position(|w| {
        matches!(cx.draft.lower(&w[0]), "difference" | "gap" | "spread" | "shortfall")
            && cx.draft.lower(&w[1]) == "between"
    })?;
    let open = words[at + 1].span;
    let first = figures.iter().position(|f| f.amount.start >= open.end)?;
    let a = &figures[first];
    if tokens(cx, open.end, a.amount.start).len() > 4 {
        return None;
    }
    let (a, b, next) = match a.high {
        Some(high) => (Figure { high: None, ..a.clone() }, Figure { value: high, high: None, ..a.clone() }, first + 1),
        None => {
            let b = figures.get(first + 1)?;
            let link = tokens(cx, a.span.end, b.span.start);
            let and = link.last().is_some_and(|t| cx.draft.lower(t) == "and");
            if !and || link.len() > 7 || link.iter().any(|t| t.kind != TokenKind::Word) {
                return None;
            }
            (a.clone(), b.clone(), first + 2)
        }
    };
    if a.measure != b.measure || !is_amount(&a) || !is_amount(&b) {
        return None;
    }
    if let Some(stated) = figures.get(next).filter(|f| f.measure == a.measure) {
        let link: SmallVec<[&str; 8]> = tokens(cx, end_with_noun(&figures[next - 1]), stated.span.start)
            .iter()
            .map(|t| cx.draft.lower(t))
            .collect();
        let tied = match link[..] {
            [.., ",", "or"] | [.., "—" | "–", "or"] => link.len() <= 6,
            [.., "("] => link.len() <= 5,
            ["is" | "was" | "of" | ":"] => true,
            _ => false,
        };
        return tied.then(|| disagree(cx, &a, &b, stated, stated, "the difference is named")).flatten();
    }
    elsewhere(cx, words, at, &a, &b)
}

/// “The gap is the difference between A and B”: against the one gap that the draft gives in figures.
fn elsewhere(cx: &Context<'_>, words: &[Token], at: usize, a: &Figure, b: &Figure) -> Option<Finding> {
    let noun = words[..at].iter().map(|t| cx.draft.lower(t)).find(|w| is_rest(w))?;
    let gaps: SmallVec<[&Figure; 2]> = cx
        .annotations
        .figures
        .iter()
        .filter(|f| f.measure == a.measure && f.sentence != a.sentence && is_amount(f) && names(cx, f, noun))
        .collect();
    let (first, rest) = gaps.split_first()?;
    if rest.iter().any(|f| f.value != first.value) {
        return None;
    }
    disagree(cx, a, b, first, a, "the sentence says what the gap is made of")
}

/// “a $38 million gap”, “a gap of $38 million”.
fn names(cx: &Context<'_>, figure: &Figure, noun: &str) -> bool {
    let after = figure.noun.is_some_and(|n| n.head.of(&cx.draft.lower) == noun);
    let sentence = &cx.draft.sentences[figure.sentence as usize];
    let before = tokens(cx, sentence.span.start, figure.span.start);
    let of = matches!(before, [.., word, of] if cx.draft.lower(word) == noun && cx.draft.lower(of) == "of");
    after || of
}

/// The finding where two amounts are not as far apart as stated; shown at `place`.
fn disagree(cx: &Context<'_>, a: &Figure, b: &Figure, stated: &Figure, place: &Figure, why: &str) -> Option<Finding> {
    let given = apart(a, b)?;
    let own = written(stated)?;
    let off = given.open || given.meets(&own) || own.open && given.low > own.high;
    if off || stated.hedge.is_upper_bound() {
        return None;
    }
    let message = format!(
        "{} less {} is {}, not {}",
        with_unit(a.value.max(b.value), a.measure),
        with_unit(a.value.min(b.value), a.measure),
        with_unit(a.value.sub(b.value)?.abs(), a.measure),
        shown(cx, stated.amount)
    );
    let finding = Finding::new(arithmetic::CODE, place.amount, message).why(why);
    let finding = if place.span == stated.span {
        finding.here(a.amount, "one side").here(b.amount, "the other side")
    } else {
        finding.here(stated.amount, "the gap as stated").here(b.amount, "the other side")
    };
    Some(finding)
}
