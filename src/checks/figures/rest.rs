//! What is left of a whole: “11 of the 14 districts …, and the other three”, “Of the 96 teachers, 72 … . The other 24 are retiring.”

use super::clause::{end_with_noun, head, is_amount, is_part_of, may_be_year, same_kind, tokens, word_before};
use super::cues::{Cues, sentences};
use super::part::is_fronted;
use super::{arithmetic, share, shown, with_unit};
use crate::annotate::Figure;
use crate::annotate::figure::{Hedge, Role, lemma};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::text::{Rational, Token, TokenKind};

/// A part and its whole, and how many parts the sentence tells of.
struct Split<'a> {
    part: &'a Figure,
    whole: &'a Figure,
    parts: usize,
    sum: Rational,
}

/// What is left, and words for so many that are.
pub(super) const LEFT: [&str; 3] = ["rest", "remainder", "balance"];
pub(super) const OTHER: [&str; 2] = ["other", "remaining"];

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut before: &[Figure] = &[];
    for (figures, cues) in sentences(cx) {
        let follows =
            before.first().is_some_and(|f| f.block == figures[0].block && f.sentence + 1 == figures[0].sentence);
        for (at, rest) in figures.iter().enumerate() {
            if !cues.has(Cues::REST) || !is_rest(cx, rest) {
                continue;
            }
            let own = split(cx, &figures[..at], rest.span.start);
            let split = own.or_else(|| (follows && at == 0).then(|| split(cx, before, rest.span.start)).flatten());
            findings.extend(split.and_then(|split| report(cx, &split, rest)));
        }
        findings.extend(share::of_that(cx, if follows { before } else { &[] }, figures));
        findings.extend(if follows { share::share_of_that(cx, before, figures) } else { None });
        before = figures;
    }
}

/// “the other three”, “the remaining 28”, “the rest, $21,000,”.
fn is_rest(cx: &Context<'_>, figure: &Figure) -> bool {
    let start = cx.draft.sentences[figure.sentence as usize].span.start;
    let the = |t: &Token| matches!(cx.draft.lower(t), "the" | "its" | "their");
    let before = tokens(cx, start, figure.span.start);
    let other = match before {
        [.., first, rest, comma] if cx.draft.word(comma) == "," => the(first) && LEFT.contains(&cx.draft.lower(rest)),
        [.., first, other] => the(first) && OTHER.contains(&cx.draft.lower(other)),
        _ => false,
    };
    other && is_exact(figure)
}

fn is_exact(figure: &Figure) -> bool {
    is_amount(figure) && matches!(figure.hedge, Hedge::None | Hedge::Exactly)
}

/// The one part and whole of a stretch of figures: “11 of the 14 districts”, “Of the 96 teachers, 72”.
fn split<'a>(cx: &Context<'a>, figures: &'a [Figure], rest: u32) -> Option<Split<'a>> {
    let partitive = |i: &usize| {
        let (part, whole) = (&figures[*i], &figures[*i + 1]);
        is_exact(part) && is_exact(whole) && same_kind(part, whole) && is_part_of(cx, part, whole)
    };
    let mut pairs = (0..figures.len().saturating_sub(1)).filter(partitive).map(|i| (i, i + 1));
    let fronted = || {
        let whole = figures.first().filter(|w| is_exact(w) && is_fronted(cx, w))?;
        let part = (1..figures.len())
            .find(|&i| is_exact(&figures[i]) && head(cx, &figures[i]).is_none_or(|h| Some(h) == head(cx, whole)))?;
        Some((part, 0)).filter(|_| whole.value > figures[part].value)
    };
    let (part, whole) = match (pairs.next(), pairs.next()) {
        (Some(pair), None) => pair,
        (None, _) => fronted()?,
        _ => return None,
    };
    let (part, whole) = (&figures[part], &figures[whole]);
    let in_it = |f: &&Figure| {
        f.span.start > part.span.start.min(whole.span.start)
            && f.span != whole.span
            && f.measure == whole.measure
            && !matches!(f.role, Role::From | Role::ChangeBy)
            && (head(cx, f).is_none_or(|h| &*h == "person" || Some(h) == head(cx, whole))
                // “380 are nurses and 30 doctors”
                || matches!(word_before(cx, f, f.span.start), "and" | ","))
    };
    let others = figures.iter().filter(in_it).filter(|f| f.span != part.span);
    let mut parts = 1;
    let mut sum = part.value;
    for other in others {
        parts += 1;
        sum = sum.add(other.value)?;
    }
    // One more, in words that are no figure: “and another”.
    let end = cx.draft.sentences[part.sentence as usize].span.end.min(rest);
    let more = tokens(cx, part.span.end, end).iter().any(|t| {
        t.kind == TokenKind::Word && matches!(cx.draft.lower(t), "another" | "one" | "several" | "some" | "many")
    });
    (!more && !may_be_year(cx, whole) && part.role == Role::Level && part.value < whole.value).then_some(Split {
        part,
        whole,
        parts,
        sum,
    })
}

fn report(cx: &Context<'_>, split: &Split<'_>, rest: &Figure) -> Option<Finding> {
    let head = |f: &Figure| f.noun.filter(|n| n.head.start > f.span.start).map(|n| lemma(n.head.of(&cx.draft.lower)));
    let same = head(rest).is_none_or(|h| Some(&h) == head(split.whole).as_ref() || &*h == "person");
    let left = split.whole.value.sub(split.part.value)?;
    let after_all = split.whole.value.sub(split.sum)?;
    if split.parts > 1 || rest.measure != split.whole.measure || rest.value == left || rest.value == after_all || !same
    {
        return None;
    }
    // “the other two sides of the story” is of something else.
    let next = cx.draft.tokens.get(cx.draft.token_at(end_with_noun(rest)))?;
    if cx.draft.lower(next) == "of" || cx.draft.word(next) == "-" {
        return None;
    }
    let message = format!(
        "{} of {} leaves {}, not {}",
        with_unit(split.part.value, split.part.measure),
        with_unit(split.whole.value, split.whole.measure),
        with_unit(left, split.whole.measure),
        shown(cx, rest.amount)
    );
    Some(
        Finding::new(arithmetic::CODE, rest.amount, message)
            .here(split.part.amount, "the part")
            .here(split.whole.amount, "the whole")
            .why("what is left of a whole, with its one other part"),
    )
}
