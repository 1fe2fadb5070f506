//! Gaps with both their sides: “the difference between A and B, or C”, “spent A and took in B, leaving a deficit of C”.

use smallvec::SmallVec;

use crate::annotate::Figure;
use crate::annotate::figure::{Measure, Role};
use crate::checks::Context;
use crate::checks::figures::clause::{apart, end_with_noun, is_amount, tokens, written};
use crate::checks::figures::lists::lists;
use crate::checks::figures::{arithmetic, shown, with_unit};
use crate::diagnostic::Finding;
use crate::text::{Token, TokenKind};

/// “spent $8 million and took in $5 million, leaving a deficit of $4 million”.
pub(super) fn left_over(cx: &Context<'_>, figures: &[Figure]) -> Option<Finding> {
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

/// “1,012 points, 12 more than the 1,000 that his father made”.
pub(super) fn more_than(cx: &Context<'_>, three: &[Figure]) -> Option<Finding> {
    let [a, stated, b] = three else { return None };
    let level = |f: &Figure| is_amount(f) && f.role != Role::From;
    let same = a.measure == b.measure && (stated.measure == a.measure) && stated.value < a.value.max(b.value);
    let lead = tokens(cx, end_with_noun(a), stated.span.start);
    let tied = matches!(lead, [mark] if matches!(cx.draft.word(mark), "," | "—" | "–"));
    let link: SmallVec<[&str; 5]> =
        tokens(cx, stated.span.end, b.amount.start).iter().map(|t| cx.draft.lower(t)).collect();
    let more = match link[..] {
        ["more" | "higher" | "above", "than", "the" | "its" | "his" | "her" | "their"] | ["above", "the"] => true,
        ["less" | "fewer" | "lower", "than", "the" | "its" | "his" | "her" | "their"]
        | ["below" | "short", "the" | "of", ..] => false,
        _ => return None,
    };
    let way = if more { a.value > b.value } else { a.value < b.value };
    if !level(a) || !level(b) || !level(stated) || !same || !tied || !way {
        return None;
    }
    disagree(cx, a, b, stated, stated, "both sides and how far they are apart stand in one sentence")
}

/// “had 1,304,211 votes and her rival 1,204,198, a margin of 100,013”.
pub(super) fn margin_of(cx: &Context<'_>, figures: &[Figure]) -> Option<Finding> {
    let at = (2..figures.len()).find(|&i| {
        let link = tokens(cx, end_with_noun(&figures[i - 1]), figures[i].span.start);
        matches!(link, [mark, article, noun, of]
            if matches!(cx.draft.word(mark), "," | "—" | "–") && matches!(cx.draft.lower(article), "a" | "an")
                && matches!(cx.draft.lower(noun), "margin" | "difference" | "gap" | "lead" | "majority")
                && cx.draft.lower(of) == "of")
    })?;
    let (a, b, stated) = (&figures[at - 2], &figures[at - 1], &figures[at]);
    let level = |f: &Figure| is_amount(f) && matches!(f.role, Role::Level | Role::To);
    let same = a.measure == b.measure && b.measure == stated.measure && stated.role == Role::Level;
    let lead = tokens(cx, end_with_noun(a), b.span.start);
    let paired = lead.len() <= 8 && lead.iter().any(|t| matches!(cx.draft.lower(t), "and" | "to" | "against"));
    let alone = figures[..at - 2].iter().all(|f| f.measure != a.measure || f.noun.is_some());
    if !level(a) || !level(b) || !same || !paired || !alone {
        return None;
    }
    disagree(cx, a, b, stated, stated, "both sides and the margin stand in one sentence")
}

fn is_rest(word: &str) -> bool {
    lists().leftovers.contains(word)
}

fn is_spending(word: &str) -> bool {
    lists().spending.contains(word)
}

fn is_income(word: &str) -> bool {
    lists().income.contains(word)
}

/// What is “between A and B”.
pub(in crate::checks::figures) const GAPS: [&str; 4] = ["difference", "gap", "spread", "shortfall"];

/// “the difference between A and B, or C”; where C is not said there, the gap that the draft gives elsewhere.
pub(super) fn explicit(cx: &Context<'_>, figures: &[Figure]) -> Option<Finding> {
    let sentence = &cx.draft.sentences[figures[0].sentence as usize];
    let words = cx.draft.sentence_tokens(sentence);
    let at =
        words.windows(2).position(|w| GAPS.contains(&cx.draft.lower(&w[0])) && cx.draft.lower(&w[1]) == "between")?;
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
