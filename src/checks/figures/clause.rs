//! What stands around and between the figures of a sentence.

use std::borrow::Cow;

use crate::annotate::Figure;
use crate::annotate::figure::{Form, Hedge, Measure, lemma};
use crate::checks::Context;
use crate::facts::interval::{self, Interval, Widths};
use crate::text::{Lex, Rational, Span, Token, TokenKind};

/// The words between two offsets in lower case, "" when they are out of order.
pub(super) fn between<'a>(cx: &Context<'a>, start: u32, end: u32) -> &'a str {
    if start < end { Span { start, end }.of(&cx.draft.lower) } else { "" }
}

/// The tokens between two offsets.
pub(super) fn tokens<'a>(cx: &Context<'a>, start: u32, end: u32) -> &'a [Token] {
    if start < end { cx.draft.tokens_in(Span { start, end }) } else { &[] }
}

/// Whether a clause ends right behind `at`: a mark, or nothing more.
pub(super) fn closes(cx: &Context<'_>, at: u32) -> bool {
    let rest = cx.draft.text[at as usize..].trim_start_matches([' ', '\u{a0}']);
    rest.is_empty()
        || rest.starts_with("--")
        || rest.starts_with([',', '.', ';', ':', ')', ']', '—', '–', '\n', '?', '!', '”', '"'])
}

/// The word right before `at` in the same sentence, in lower case, or "".
pub(super) fn word_before<'a>(cx: &Context<'a>, figure: &Figure, at: u32) -> &'a str {
    let before = cx.draft.tokens.partition_point(|t| t.span.end <= at);
    let token = before.checked_sub(1).map(|i| &cx.draft.tokens[i]);
    token.filter(|t| t.sentence == figure.sentence).map_or("", |t| cx.draft.lower(t))
}

/// A count or an amount of money with one plain value.
pub(super) fn is_amount(figure: &Figure) -> bool {
    matches!(figure.measure, Measure::Count | Measure::Money(_)) && is_plain(figure) && !figure.per
}

/// One value, neither vague nor a fraction.
pub(super) fn is_plain(figure: &Figure) -> bool {
    figure.high.is_none() && !matches!(figure.form, Form::Vague | Form::Fraction)
}

/// Digits that may be a year: 1987, 2024.
pub(super) fn may_be_year(cx: &Context<'_>, figure: &Figure) -> bool {
    let digits = cx.draft.words_at(figure.number);
    figure.measure == Measure::Count && digits.len() == 4 && (digits.starts_with("20") || digits.starts_with('1'))
}

/// Where a figure and the noun it counts end.
pub(super) fn end_with_noun(figure: &Figure) -> u32 {
    figure.noun.filter(|n| !n.of).map_or(figure.span.end, |n| n.phrase.end.max(figure.span.end))
}

/// Whether the words between part and whole say “part of whole”: of, of the, out of its, of the agency’s, of those first.
pub(super) fn is_part_of(cx: &Context<'_>, part: &Figure, whole: &Figure) -> bool {
    let words = tokens(cx, part.span.end, whole.span.start);
    let words = match words {
        [out, of, rest @ ..] if cx.draft.lower(out) == "out" && cx.draft.lower(of) == "of" => rest,
        [of, rest @ ..] if cx.draft.lower(of) == "of" => rest,
        _ => return false,
    };
    is_plain_lead(cx, words) && is_whole_end(cx, whole)
}

/// Whether `words` lead to a whole without another noun that it could be of: the, its, the agency’s, the first.
pub(super) fn is_plain_lead(cx: &Context<'_>, words: &[Token]) -> bool {
    let owned = words.iter().rposition(|t| t.kind == TokenKind::Clitic);
    let rest = &words[owned.map_or(0, |i| i + 1)..];
    words.len() <= 6
        && words.iter().all(|t| matches!(t.kind, TokenKind::Word | TokenKind::Clitic))
        && rest.iter().all(|t| {
            let word = cx.draft.lower(t);
            is_determiner(word)
                || matches!(word, "last" | "first")
                || (!t.lex.is(Lex::FUNCTION) && !t.is_capital() && !word.ends_with('s'))
        })
        && words[..owned.unwrap_or(0)].iter().all(|t| {
            let word = cx.draft.lower(t);
            is_determiner(word) || !t.lex.is(Lex::FUNCTION)
        })
}

pub(super) fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the" | "its" | "their" | "his" | "her" | "our" | "my" | "your" | "those" | "these" | "all" | "a" | "an"
    )
}

/// Whether a whole ends there, and is not the first word of another noun: 12 schools’ teachers, 12-member.
fn is_whole_end(cx: &Context<'_>, whole: &Figure) -> bool {
    let joined = cx.draft.text[whole.span.end as usize..].starts_with(['-', '/', '–']);
    let end = end_with_noun(whole);
    let next = cx.draft.tokens.get(cx.draft.token_at(end));
    let owns = |t: &Token| t.kind == TokenKind::Clitic;
    !joined && !next.is_some_and(owns) && !tokens(cx, whole.span.end, end).iter().any(owns)
}

/// Whether a part can be counted against a whole: both of one measure, or “90 of his 120 days”.
pub(super) fn same_kind(part: &Figure, whole: &Figure) -> bool {
    let amount = is_amount(part) && is_plain(whole) && !whole.per;
    amount
        && (part.measure == whole.measure
            || part.measure == Measure::Count && part.noun.is_none() && whole.measure.is_time())
}

/// What a figure counts, as a lemma.
pub(super) fn head<'d>(cx: &Context<'d>, figure: &Figure) -> Option<Cow<'d, str>> {
    figure.noun.map(|n| lemma(n.head.of(&cx.draft.lower)))
}

/// Whether a figure is a number of things, in digits or words, and no bound, range or guess.
pub(super) fn is_plain_count(figure: &Figure) -> bool {
    figure.measure == Measure::Count && is_bare(figure)
}

fn is_bare(figure: &Figure) -> bool {
    figure.hedge == Hedge::None && figure.high.is_none() && matches!(figure.form, Form::Digits | Form::Words)
}

/// What a figure in a sum allows: a bare number below 10,000 is what it says, anything else may have been rounded.
pub(super) fn written(figure: &Figure) -> Option<Interval> {
    let whole = matches!(figure.measure, Measure::Count | Measure::Money(_)) && figure.value.is_whole();
    if is_bare(figure) && whole && figure.value.abs() < Rational::whole(10_000) {
        return Some(Interval::point(figure.value));
    }
    // $90 million beside $72 million was not rounded to tens of millions.
    let scales = [Rational::whole(1_000_000_000), Rational::whole(1_000_000)];
    let scale = scales.into_iter().find(|s| figure.form == Form::Scaled && figure.value.abs() >= *s);
    let step = scale.map_or(figure.step, |s| figure.step.min(s));
    interval::of(&Figure { step, ..figure.clone() }, &Widths::default())
}

/// How far two figures of one measure can be from each other.
pub(super) fn apart(a: &Figure, b: &Figure) -> Option<Interval> {
    let (x, y) = (written(a)?, written(b)?);
    let (low, high) = if a.value > b.value { (y, x) } else { (x, y) };
    let least = high.low.sub(low.high)?.max(Rational::ZERO);
    Some(Interval { low: least, high: high.high.sub(low.low)?, open: x.open || y.open })
}
