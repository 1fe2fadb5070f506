//! The change that a sentence states, and how wide its words may be meant.

use super::ends::Ends;
use crate::annotate::Figure;
use crate::annotate::figure::{Hedge, Measure, Role, is_change_noun};
use crate::checks::Context;
use crate::checks::figures::clause::tokens;
use crate::facts::interval::{self, Interval, Widths};
use crate::text::{Rational, Token, TokenKind};

/// The one change in per cent, points or a fraction that the sentence of the second end states.
pub(super) fn find<'a>(cx: &Context<'_>, figures: &'a [Figure], ends: Ends<'_>, words: &[Token]) -> Option<&'a Figure> {
    // “B, up N% from A”: no other percentage can be meant.
    let between = figures.iter().find(|f| f.span.start > ends.to.span.end && f.span.end < ends.from.span.start);
    let adjacent = between.filter(|f| {
        f.measure == Measure::Percent
            && f.role == Role::ChangeBy
            && matches!(tokens(cx, f.span.end, ends.from.span.start), [from] if cx.draft.lower(from) == "from")
    });
    if adjacent.is_some() && is_one_clause(cx, adjacent?, ends) {
        return adjacent;
    }
    let is_end = |f: &Figure| f.span == ends.from.span || f.span == ends.to.span;
    let mut stated = figures.iter().filter(|f| {
        let change = matches!(f.measure, Measure::Percent | Measure::PercentagePoint)
            || f.measure == Measure::Fraction && (f.role == Role::ChangeBy || is_degree(cx, f) || compares(cx, f));
        change && !is_end(f) && f.high.is_none() && (changes(cx, f, words) || compares(cx, f) || is_degree(cx, f))
    });
    let change = stated.next()?;
    // Any other percentage in the sentence may be the change of something else.
    let others = figures.iter().filter(|f| f.measure == Measure::Percent && !is_end(f) && f.span != change.span);
    (stated.next().is_none() && others.count() == 0 && is_one_clause(cx, change, ends)).then_some(change)
}

/// Whether nothing between a change and its ends opens a clause with another subject.
pub(super) fn is_one_clause(cx: &Context<'_>, change: &Figure, ends: Ends<'_>) -> bool {
    let (first, last) = if ends.to.sentence != ends.from.sentence || ends.to.span.start < ends.from.span.start {
        (ends.to, ends.from)
    } else {
        (ends.from, ends.to)
    };
    let gap = if change.span.end <= first.span.start {
        tokens(cx, change.span.end, first.span.start)
    } else if last.sentence == change.sentence && last.span.end <= change.span.start {
        tokens(cx, last.span.end, change.span.start)
    } else {
        tokens(cx, first.span.end, change.span.start)
    };
    !gap.iter().any(|t| opens_clause(cx, t))
}

pub(in crate::checks::figures) fn opens_clause(cx: &Context<'_>, token: &Token) -> bool {
    // “in after-hours trading” opens none.
    let compound = cx.draft.text[token.span.end as usize..].starts_with('-');
    !compound
        && matches!(
            cx.draft.lower(token),
            ";" | "and"
                | "but"
                | "while"
                | "whereas"
                | "when"
                | "after"
                | "before"
                | "because"
                | "although"
                | "though"
                | "even"
        )
}

/// Whether the words beside a percentage make it a change: grew, up, by, a rise of, a 5 percent rise.
pub(super) fn changes(cx: &Context<'_>, figure: &Figure, words: &[Token]) -> bool {
    if figure.role == Role::ChangeBy {
        return true;
    }
    let at = words.partition_point(|t| t.span.end <= figure.span.start);
    if let [.., noun, of] = &words[..at]
        && cx.draft.lower(of) == "of"
        && is_change_noun(cx.draft.lower(noun))
    {
        return true;
    }
    let behind = words.partition_point(|t| t.span.start < figure.span.end);
    let article =
        at.checked_sub(1).is_some_and(|i| matches!(cx.draft.lower(&words[i]), "a" | "an" | "the" | "its" | "this"));
    article && words.get(behind).is_some_and(|t| t.kind == TokenKind::Word && is_change_noun(cx.draft.lower(t)))
}

/// “to 1,140 from 1,520, a quarter less.”
fn is_degree(cx: &Context<'_>, figure: &Figure) -> bool {
    let behind = tokens(cx, figure.span.end, figure.span.end + 8);
    let lower =
        behind.first().is_some_and(|t| matches!(cx.draft.lower(t), "less" | "fewer" | "lower" | "more" | "higher"));
    lower && behind.get(1).is_none_or(|t| t.kind != TokenKind::Word)
}

/// “40 percent more than”
fn compares(cx: &Context<'_>, figure: &Figure) -> bool {
    match tokens(cx, figure.span.end, figure.span.end + 16) {
        [degree, than, ..] => {
            cx.draft.lower(than) == "than"
                && matches!(
                    cx.draft.lower(degree),
                    "more" | "less" | "fewer" | "higher" | "lower" | "larger" | "smaller" | "bigger"
                )
        }
        _ => false,
    }
}

/// The changes in per cent that the words for one allow.
pub(super) fn allowed(stated: &Figure) -> Option<Interval> {
    let own = interval::of(stated, &Widths::default())?;
    if stated.measure == Measure::Fraction {
        let wide = Rational::whole(if stated.hedge == Hedge::None { 4 } else { 2 });
        let percent = |value: Rational| value.mul(Rational::HUNDRED);
        return Some(Interval { low: percent(own.low)?.sub(wide)?, high: percent(own.high)?.add(wide)?, ..own });
    }
    let slack = stated.step.min(Rational::ONE);
    Some(Interval { low: own.low.sub(slack)?, high: own.high.add(slack)?, ..own })
}
