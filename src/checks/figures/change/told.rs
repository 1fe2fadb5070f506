//! A change told before its ends: “profit rose 25 percent last year. … Profit was $140 million, up from $120 million”.

use smallvec::SmallVec;

use super::ends::{Ends, usable};
use super::{change_interval, relative, stated};
use crate::annotate::Figure;
use crate::annotate::figure::{Measure, Role, Way, lemma, way_of};
use crate::checks::Context;
use crate::checks::figures::clause::{end_with_noun, tokens};
use crate::checks::figures::lists::lists;
use crate::checks::figures::{arithmetic, place, shown, with_unit};
use crate::diagnostic::Finding;
use crate::source::BlockKind;
use crate::text::{Token, TokenKind};

/// How many paragraphs before its ends a change may be told.
const BACK: usize = 3;
/// How many words before an amount what it is of may stand.
const REACH: usize = 6;

/// What a clause measures: profit, with the word before it that may say which.
struct Subject<'d> {
    noun: String,
    kind: Option<&'d str>,
}

/// The finding where one change was told in per cent before, and its two ends give another.
pub(super) fn check(cx: &Context<'_>, figures: &[Figure], words: &[Token]) -> Option<Finding> {
    let ends = ends(cx, figures)?;
    let own = subject(cx, ends.to)?;
    let went = if ends.to.value > ends.from.value { Way::Up } else { Way::Down };
    let mut told: SmallVec<[&Figure; 2]> = SmallVec::new();
    for figure in cx.annotations.figures.iter().take_while(|f| f.span.start < ends.to.span.start) {
        let of_it = figure.measure == Measure::Percent && figure.role == Role::ChangeBy && figure.high.is_none();
        if !of_it || !is_near(cx, figure, ends.to) {
            continue;
        }
        let Some(subject) = subject(cx, figure).filter(|s| s.noun == own.noun) else { continue };
        let other_kind = subject.kind.is_some() && own.kind.is_some() && subject.kind != own.kind;
        let sentence = &cx.draft.sentences[figure.sentence as usize];
        if other_kind || periods(cx, cx.draft.sentence_tokens(sentence)) != periods(cx, words) {
            cx.kept_apart(arithmetic::CODE, ends.to.span, figure.span, || "another measure or another time".to_owned());
            continue;
        }
        told.push(figure);
    }
    let first = *told.first()?;
    let given = change_interval(ends)?;
    let fits = |f: &&Figure| {
        stated::allowed(f).is_none_or(|own| own.meets(&given) || own.open && given.low > own.high)
            || f.hedge.is_upper_bound()
    };
    if given.open || told.iter().any(fits) || way(cx, first) != Some(went) {
        return None;
    }
    let message = format!(
        "from {} to {} is {}; {} {}",
        with_unit(ends.from.value, ends.from.measure),
        with_unit(ends.to.value, ends.to.measure),
        with_unit(relative(ends.from.value, ends.to.value)?, Measure::Percent),
        shown(cx, first.amount),
        place(cx, first.block)
    );
    Some(
        Finding::new(arithmetic::CODE, ends.to.amount.cover(ends.from.amount), message)
            .here(first.amount, "the change as told")
            .why("one measure, its change told before and both its ends here")
            .likely(),
    )
}

/// “was B, up from A”: two figures and nothing else of their measure in the sentence.
fn ends<'a>(cx: &Context<'_>, figures: &'a [Figure]) -> Option<Ends<'a>> {
    let at = figures.iter().position(|f| f.role == Role::From)?;
    let (from, to) = (&figures[at], &figures[at.checked_sub(1)?]);
    let link = tokens(cx, end_with_noun(to), from.span.start);
    let up = matches!(link, [comma, way, word]
        if cx.draft.word(comma) == "," && matches!(cx.draft.lower(way), "up" | "down") && cx.draft.lower(word) == "from");
    let alone = figures.iter().filter(|f| f.measure == from.measure || f.measure == Measure::Percent).count() == 2;
    let plain = from.high.is_none() && to.high.is_none() && matches!(to.role, Role::Level | Role::To);
    (up && alone && plain && usable(from, to)).then_some(Ends { from, to, why: "" })
}

/// What an amount is of: the measured noun among the few words before it, “net profit was $140 million”.
fn subject<'d>(cx: &Context<'d>, figure: &Figure) -> Option<Subject<'d>> {
    let start = cx.draft.sentences[figure.sentence as usize].span.start;
    let before = tokens(cx, start, figure.span.start);
    let near = &before[before.len().saturating_sub(REACH)..];
    let at = near.iter().rposition(|t| lists().measured.contains(&*lemma(cx.draft.lower(t))))?;
    // No other clause between the noun and its amount.
    let clean = near[at..].iter().all(|t| t.kind == TokenKind::Word);
    let kind = at.checked_sub(1).map(|i| cx.draft.lower(&near[i])).filter(|w| lists().kinds.contains(*w));
    clean.then(|| Subject { noun: lemma(cx.draft.lower(&near[at])).into_owned(), kind })
}

/// The words of a sentence that say of what time it speaks.
fn periods<'d>(cx: &Context<'d>, words: &[Token]) -> SmallVec<[&'d str; 2]> {
    let mut found: SmallVec<[&str; 2]> = words
        .iter()
        .map(|t| cx.draft.lower(t))
        .filter(|w| {
            matches!(
                *w,
                "quarter"
                    | "month"
                    | "week"
                    | "half"
                    | "six"
                    | "nine"
                    | "first"
                    | "second"
                    | "third"
                    | "fourth"
                    | "daily"
            )
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether a change is told in display type, or not far above.
fn is_near(cx: &Context<'_>, told: &Figure, to: &Figure) -> bool {
    let kind = cx.draft.blocks[told.block as usize].kind;
    let number = |f: &Figure| cx.draft.paragraph_number(f.block as usize);
    let display = matches!(kind, BlockKind::Headline | BlockKind::Standfirst);
    let above = || Some(number(to)?.checked_sub(number(told)?)? <= BACK);
    told.sentence != to.sentence && (display || above().unwrap_or(false))
}

/// Which way a change in per cent went, by the word right before it.
fn way(cx: &Context<'_>, figure: &Figure) -> Option<Way> {
    let at = cx.draft.token_at(figure.span.start);
    cx.draft.tokens[at.saturating_sub(2)..at].iter().rev().find_map(|t| way_of(cx.draft.lower(t)))
}
