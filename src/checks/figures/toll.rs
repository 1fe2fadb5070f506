//! The dead of a disaster, place by place, against the toll.

use smallvec::SmallVec;

use super::clause::{between, is_amount, tokens};
use super::cues::{Cues, sentences};
use super::{arithmetic, shown};
use crate::annotate::Figure;
use crate::annotate::figure::{Hedge, Measure};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::text::{Lex, Rational, Token, TokenKind};

/// Words before the number of the dead, and behind it.
pub(super) const LEADING: [&str; 4] = ["killed", "killing", "kills", "killings"];
pub(super) const FOLLOWING: [&str; 5] = ["died", "killed", "dead", "perished", "deaths"];

/// Where the dead of several places are more than all the dead.
pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut total: Option<&Figure> = None;
    let mut parts: SmallVec<[&Figure; 4]> = SmallVec::new();
    let mut block = u32::MAX;
    for (figures, cues) in sentences(cx) {
        if figures[0].block != block {
            findings.extend(total.and_then(|t| compare(cx, t, &parts)));
            parts.clear();
            block = figures[0].block;
        }
        if !cues.has(Cues::DEATH) || is_of_another_time(cx, figures) {
            continue;
        }
        let mut dying = false;
        for figure in figures.iter().filter(|f| f.measure == Measure::Count && is_amount(f)) {
            let dead = counts_dead(cx, figure);
            let goes_on =
                dying && figure.noun.is_none() && between(cx, figure.span.end, figure.span.end + 4).starts_with(" in ");
            if (dead || goes_on) && has_place(cx, figure, figures) {
                parts.push(figure);
                dying = true;
            } else if dead && parts.is_empty() {
                total = Some(figure);
            }
        }
    }
    findings.extend(total.and_then(|t| compare(cx, t, &parts)));
}

fn compare(cx: &Context<'_>, total: &Figure, parts: &[&Figure]) -> Option<Finding> {
    if parts.len() < 2 || parts.iter().any(|p| p.hedge != Hedge::None || p.span.start < total.span.start) {
        return None;
    }
    let sum = parts.iter().try_fold(Rational::ZERO, |sum, p| sum.add(p.value))?;
    // Fewer may be all that is known of; an estimate may be below.
    let loose = matches!(total.hedge, Hedge::About | Hedge::UpTo | Hedge::Nearly | Hedge::AtMost | Hedge::LessThan);
    let close = sum.sub(total.value)?.abs() <= total.value;
    // “more than 40” is right for 41.
    let limit = match total.hedge {
        Hedge::MoreThan | Hedge::JustOver => total.value.mul(Rational::new(6, 5)?)?,
        _ => total.value,
    };
    if sum <= limit || loose || !close || parts.iter().any(|p| p.value >= total.value) {
        return None;
    }
    let message = format!("{} here; the places make {sum}", shown(cx, total.span));
    let mut finding =
        Finding::new(arithmetic::CODE, total.amount, message).why("the dead of each place are more than the toll");
    for part in parts {
        finding = finding.here(part.amount, "in one place");
    }
    Some(if parts.len() >= 3 { finding } else { finding.likely() })
}

/// “39 died”, “killing at least 41 people”, “of the dead, 39,”.
fn counts_dead(cx: &Context<'_>, figure: &Figure) -> bool {
    let start = cx.draft.sentences[figure.sentence as usize].span.start;
    let lower = |t: &Token| cx.draft.lower(t);
    let before = tokens(cx, start, figure.span.start);
    let led = match before {
        [.., verb] if LEADING.contains(&lower(verb)) => true,
        [.., dead, comma] => lower(dead) == "dead" && cx.draft.word(comma) == ",",
        _ => false,
    };
    let end = cx.draft.sentences[figure.sentence as usize].span.end;
    let behind = tokens(cx, figure.span.end, end);
    let verb = behind
        .iter()
        .take(4)
        .find(|t| !matches!(lower(t), "people" | "persons" | "were" | "was" | "had" | "have" | "residents" | "of"));
    led || verb.is_some_and(|t| FOLLOWING.contains(&lower(t)))
}

/// “in Orley” between this figure and the next.
fn has_place(cx: &Context<'_>, figure: &Figure, figures: &[Figure]) -> bool {
    let next = figures.iter().find(|f| f.span.start > figure.span.end).map_or(u32::MAX, |f| f.span.start);
    let end = cx.draft.sentences[figure.sentence as usize].span.end.min(next);
    let words = tokens(cx, figure.span.end, end);
    words.windows(2).take(6).any(|w| {
        matches!(cx.draft.lower(&w[0]), "in" | "at" | "near")
            && w[1].is_capital()
            && !w[1].lex.is(Lex::MONTH | Lex::WEEKDAY)
            || cx.draft.lower(&w[0]) == "in"
                && matches!(cx.draft.lower(&w[1]), "the")
                && words.iter().any(|t| {
                    matches!(cx.draft.lower(t), "village" | "town" | "city" | "province" | "district" | "county")
                })
    })
}

/// A sentence of an earlier disaster.
fn is_of_another_time(cx: &Context<'_>, figures: &[Figure]) -> bool {
    let sentence = &cx.draft.sentences[figures[0].sentence as usize];
    cx.draft.sentence_tokens(sentence).iter().any(|t| {
        let word = cx.draft.lower(t);
        matches!(word, "earlier" | "previous" | "ago" | "last" | "since" | "history")
            || t.kind == TokenKind::Number && word.len() == 4 && (word.starts_with("19") || word.starts_with("20"))
    })
}
