//! Parts that are larger than their whole: 71 of those 60, and more than all of the voters.

use super::clause::{
    closes, end_with_noun, head, is_amount, is_determiner, is_part_of, is_plain_lead, may_be_year, same_kind, tokens,
    word_before,
};
use super::lists::lists;
use super::{impossible, shown};
use crate::annotate::Figure;
use crate::annotate::figure::{Form, Measure, Role, lemma};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::facts::interval::{self, Widths};
use crate::text::{Rational, TokenKind};

/// What a sentence says is part of what, and cannot be.
pub(super) fn check(cx: &Context<'_>, figures: &[Figure], findings: &mut Vec<Finding>) {
    for (i, part) in figures.iter().enumerate() {
        if part.measure == Measure::Percent {
            findings.extend(more_than_all(cx, part));
        } else if is_amount(part) {
            let whole = of_whole(cx, figures, i)
                .or_else(|| fronted_whole(cx, figures, i))
                .or_else(|| of_them(cx, &figures[..i], part));
            findings.extend(
                whole.filter(|whole| exceeds(part, whole) && !is_label(cx, part)).map(|whole| report(cx, part, whole)),
            );
        }
    }
}

fn report(cx: &Context<'_>, part: &Figure, whole: &Figure) -> Finding {
    let message =
        format!("{} of {}: the part is larger than the whole", shown(cx, part.amount), shown(cx, whole.amount));
    Finding::new(impossible::CODE, part.amount, message)
        .here(whole.amount, "the whole")
        .why("the sentence makes one part of the other")
}

/// Whether no reading of the two lets the part fit into the whole.
fn exceeds(part: &Figure, whole: &Figure) -> bool {
    let widths = Widths::default();
    let (Some(a), Some(b)) = (interval::of(part, &widths), interval::of(whole, &widths)) else { return false };
    same_kind(part, whole) && whole.value > Rational::ZERO && !b.open && a.low > b.high
}

/// Numbers that name and do not count: at 88, page 12, Game 7, the years.
fn is_label(cx: &Context<'_>, figure: &Figure) -> bool {
    let before = cx.draft.token_at(figure.span.start).checked_sub(1).map(|i| &cx.draft.tokens[i]);
    let opens = figure.span.start == cx.draft.sentences[figure.sentence as usize].span.start;
    let named = before.is_some_and(|t| {
        t.kind == TokenKind::Word
            && t.is_capital()
            && t.span.start > cx.draft.sentences[figure.sentence as usize].span.start
    });
    let word = word_before(cx, figure, figure.span.start);
    let label = lists().labels.contains(word);
    !opens && (named || label) || may_be_year(cx, figure)
}

/// “71 of those 60”.
fn of_whole<'a>(cx: &Context<'_>, figures: &'a [Figure], part: usize) -> Option<&'a Figure> {
    let (part, whole) = (&figures[part], figures.get(part + 1)?);
    let linked = same_kind(part, whole) && is_part_of(cx, part, whole) && !may_be_year(cx, whole);
    // “$3 million of $1 million homes” counts homes.
    let direct = tokens(cx, part.span.end, whole.span.start).len() < 2;
    let bare = direct && !closes(cx, whole.span.end);
    // “the death at 88 of two of its founders”
    let aged = direct && word_before(cx, part, part.span.start) == "at";
    (linked && !aged && !(bare && matches!(whole.measure, Measure::Money(_)))).then_some(whole)
}

/// “Of its 88 clinics, 97 have no doctor”.
fn fronted_whole<'a>(cx: &Context<'_>, figures: &'a [Figure], part: usize) -> Option<&'a Figure> {
    let whole = figures.get(part.checked_sub(1)?)?;
    let part = &figures[part];
    if !is_amount(whole) || !is_fronted(cx, whole) {
        return None;
    }
    let between = tokens(cx, whole.span.end, part.span.start);
    let comma = between.last().is_some_and(|t| cx.draft.word(t) == ",");
    let one_clause = between.iter().filter(|t| matches!(t.kind, TokenKind::Mark)).count() == 1;
    let same = head(cx, part).is_none_or(|h| Some(h) == head(cx, whole));
    (comma && one_clause && same && between.len() <= 12).then_some(whole)
}

/// Whether a sentence opens with “Of the N”.
pub(super) fn is_fronted(cx: &Context<'_>, whole: &Figure) -> bool {
    let start = cx.draft.sentences[whole.sentence as usize].span.start;
    match tokens(cx, start, whole.span.start) {
        [of, rest @ ..] => cx.draft.lower(of) == "of" && is_plain_lead(cx, rest),
        [] => false,
    }
}

/// “12 bodies, 15 of them children”: the nearest figure before must be what “them” are.
fn of_them<'a>(cx: &Context<'_>, before: &'a [Figure], part: &Figure) -> Option<&'a Figure> {
    let whole = before.last().filter(|w| is_amount(w) && w.noun.is_some())?;
    let behind = tokens(cx, part.span.end, part.span.end + 16);
    let [of, them, ..] = behind else { return None };
    if cx.draft.lower(of) != "of" || !matches!(cx.draft.lower(them), "them" | "whom" | "which" | "those") {
        return None;
    }
    let between = tokens(cx, end_with_noun(whole), part.span.start);
    let right_behind = matches!(between, [comma] if matches!(cx.draft.word(comma), "," | ";" | "—"));
    // “refugees from 12 countries, 300 of them women”: them may be what stands before the preposition.
    let own = !matches!(
        word_before(cx, whole, whole.span.start),
        "from"
            | "in"
            | "at"
            | "across"
            | "of"
            | "on"
            | "by"
            | "to"
            | "with"
            | "for"
            | "into"
            | "over"
            | "among"
            | "between"
            | "and"
            | "than"
            | "through"
            | "within"
            | "around"
            | "near"
            | "after"
            | "before"
            | "during"
            | "or"
            | ","
    );
    let largest = before.iter().all(|f| f.value <= whole.value || f.measure != Measure::Count);
    (right_behind && own && largest).then_some(whole)
}

/// “more than 100 percent of voters”: no more than all of them can.
fn more_than_all(cx: &Context<'_>, share: &Figure) -> Option<Finding> {
    let over = share.value > Rational::HUNDRED || share.value == Rational::HUNDRED && share.hedge.is_lower_bound();
    let at_least = share.value == Rational::HUNDRED && share.hedge == crate::annotate::figure::Hedge::AtLeast;
    if !over
        || at_least
        || share.high.is_some()
        || share.form == Form::Vague
        || share.role != Role::Level
        || share.hedge.is_upper_bound()
    {
        return None;
    }
    let behind = tokens(cx, share.span.end, cx.draft.sentences[share.sentence as usize].span.end);
    let [of, rest @ ..] = behind else { return None };
    if cx.draft.lower(of) != "of" {
        return None;
    }
    // Of a group of people, with a verb right behind: a share of them, and no measure set against them.
    let people = rest.iter().take(5).position(|t| is_people(&lemma(cx.draft.lower(t))))?;
    let plain = rest[..people].iter().all(|t| {
        t.kind == TokenKind::Word && (is_determiner(cx.draft.lower(t)) || !t.lex.is(crate::text::Lex::FUNCTION))
    });
    let verb = rest.get(people + 1).map_or("", |t| cx.draft.lower(t));
    if !plain || !acts(verb) {
        return None;
    }
    let group = cx.draft.word(&rest[people]);
    let message = format!("{} of {group}: a share cannot be more than 100%", shown(cx, share.span));
    Some(Finding::new(impossible::CODE, share.amount, message).here(rest[people].span, "the whole"))
}

fn is_people(word: &str) -> bool {
    lists().people.contains(word)
}

fn acts(verb: &str) -> bool {
    lists().acts.contains(verb)
}
