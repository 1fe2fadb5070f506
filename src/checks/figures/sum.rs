//! Totals and their parts in one sentence.

use super::clause::{closes, end_with_noun, head, is_plain_lead, tokens, written};
use super::lists::lists;
use super::{shown_inside, with_unit};
use crate::annotate::Figure;
use crate::annotate::figure::{Form, Measure, Role};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::facts::interval::{self, Interval, Widths};
use crate::text::{Lex, Rational, Span, Token, TokenKind};

/// How a sentence ties parts to a total.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tie {
    /// “N in all”, “a total of N”, a colon: the parts are all of it.
    All,
    /// “The N were a X and b Y”, “N people, a women and b men”: so they are, but the words could say something else.
    Made,
    /// “Of the N”, “N …, a of them”: the parts may leave some out.
    Some,
    /// “including”, “among them”: the parts are some of it.
    Among,
}

/// Parts and total of a sentence that do not agree.
pub(super) fn check(cx: &Context<'_>, figures: &[Figure]) -> Option<Finding> {
    if figures.len() < 3 {
        return None;
    }
    let mut counted: Vec<&Figure> = figures.iter().filter(|f| is_counted(f)).collect();
    if counted.len() < 3 {
        return None;
    }
    let sentence = cx.draft.sentences[figures[0].sentence as usize].span;
    // “17 had left and five remained, two of them in danger”: a part of the last part.
    if counted.len() > 3
        && let [.., before, last] = counted[..]
        && lower(cx, Span { start: before.span.end, end: last.span.start }).trim_end().ends_with(',')
        && is_of_them(lower(cx, Span { start: last.span.end, end: sentence.end }))
    {
        counted.pop();
    }
    let (total, parts, tie) = total_behind(cx, &counted, sentence)
        .or_else(|| total_before(cx, &counted, sentence).filter(|found| follow(figures, found.0, found.1)))
        .or_else(|| total_between(cx, &counted, sentence).filter(|found| follow(figures, found.0, found.1)))?;
    let widths = Widths::default();
    let mut sum = Interval::point(Rational::ZERO);
    let mut value = Rational::ZERO;
    for part in parts {
        sum = sum.add(&interval::of(part, &widths)?)?;
        value = value.add(part.value)?;
    }
    // $80 million, with parts in millions, was not rounded to tens of millions.
    let whole = if total.form == Form::Scaled { written(total) } else { interval::of(total, &widths) }?;
    if sum.meets(&whole) || (sum.open && sum.high < whole.low) || (whole.open && whole.high < sum.low) {
        return None;
    }
    let over = sum.low > whole.high;
    let slip = interval::relate(&Figure { value, ..total.clone() }, total, &widths).is_some_and(|r| r.is_slip());
    let near = value.sub(total.value)?.abs() <= total.value.abs().mul(Rational::new(15, 100)?)?;
    let small = total.value < Rational::whole(20) && value.sub(total.value)?.abs() <= Rational::whole(2);
    let says = match tie {
        Tie::Made => near || small || (slip && parts.len() >= 2),
        Tie::All => over || near || slip || parts.len() >= 3,
        Tie::Some => over || (parts.len() >= 3 && (near || slip)),
        Tie::Among => over,
    };
    if !says {
        return None;
    }
    let message = format!("The parts make {}, not {}", with_unit(value, total.measure), shown_inside(cx, total.amount));
    let mut finding = Finding::new(super::arithmetic::CODE, total.amount, message).why(match tie {
        Tie::All | Tie::Made => "the sentence says that the parts are all",
        Tie::Some => "the parts are of this total",
        Tie::Among => "the parts are among the total",
    });
    for part in parts {
        finding = finding.here(part.amount, "a part");
    }
    let certain =
        matches!(tie, Tie::All | Tie::Made) && (near || slip || small) || (over && near) || (tie == Tie::Some && slip);
    Some(if certain { finding } else { finding.likely() })
}

fn is_counted(figure: &Figure) -> bool {
    matches!(figure.measure, Measure::Count | Measure::Money(_))
        && figure.form != Form::Vague
        && figure.form != Form::Fraction
        && figure.high.is_none()
        && !figure.per
        && matches!(figure.role, Role::Level | Role::To)
        && figure.value > Rational::ZERO
}

/// “a X, b Y and c Z, N in all”, “…, a total of N”.
fn total_behind<'a>(
    cx: &Context<'_>,
    counted: &'a [&'a Figure],
    sentence: Span,
) -> Option<(&'a Figure, &'a [&'a Figure], Tie)> {
    let (total, parts) = counted.split_last()?;
    let before = lower(cx, Span { start: sentence.start, end: total.span.start });
    let after = lower(cx, Span { start: total.span.end, end: sentence.end });
    let before = before.trim_end();
    let marked = ["a total of", "totaling", "totalling", "for a total of", "making a total of"]
        .iter()
        .any(|m| before.ends_with(m))
        || (before.ends_with(',') && ["in all", "in total", "altogether"].iter().any(|m| after.contains(m)));
    let behind =
        parts.last().is_some_and(|p| lower(cx, Span { start: p.span.end, end: total.span.start }).contains(','));
    (marked && behind && is_list(cx, parts) && same_measure(total, parts)).then_some((*total, parts, Tie::All))
}

/// “N things: a X, b Y and c Z”, “Of the N …, a … and b …”, “N, made up of a, b and c”.
fn total_before<'a>(
    cx: &Context<'_>,
    counted: &'a [&'a Figure],
    sentence: Span,
) -> Option<(&'a Figure, &'a [&'a Figure], Tie)> {
    let (total, parts) = counted.split_first()?;
    let first = parts.first()?;
    if !same_measure(total, parts) {
        return None;
    }
    // “The budget gives schools $44 million, …”: some of it at least.
    if gives(cx, total, first) && (is_list(cx, parts) || is_named_list(cx, parts)) {
        return Some((*total, parts, Tie::Among));
    }
    if !is_list(cx, parts) {
        return None;
    }
    let before = lower(cx, Span { start: sentence.start, end: total.span.start });
    let between = lower(cx, Span { start: total.span.end, end: first.span.start });
    let behind = lower(cx, Span { start: first.span.end, end: sentence.end });
    let rest = between.trim();
    let among = ["including", "among them", "among which", "such as"].iter().any(|w| between.contains(w));
    if among {
        return between.contains(',').then_some((*total, parts, Tie::Among));
    }
    if between.contains(':') {
        // A colon right before the first part.
        return rest.ends_with(':').then_some((*total, parts, Tie::All));
    }
    let composed = ["made up of", "consisting of", "comprising", "composed of"].iter().any(|w| rest.ends_with(w));
    if composed {
        return Some((*total, parts, Tie::All));
    }
    if are_people(cx, total, parts) {
        return Some((*total, parts, Tie::All));
    }
    if is_made_of(cx, total, parts) {
        return Some((*total, parts, Tie::Made));
    }
    if are_elliptical(cx, total, parts) {
        return Some((*total, parts, Tie::Some));
    }
    let of_the = before.trim_end().ends_with("of the") && before.trim_start().len() <= 12 && between.contains(',');
    let of_them = rest.ends_with(',') && is_of_them(behind);
    let with = before.trim_end().ends_with("total of") && between.contains(", with");
    let kin = parts.iter().all(|p| head(cx, p).is_none_or(|h| head(cx, total).is_none_or(|t| t == h || t == "person")));
    (of_the && kin || of_them || with).then_some((*total, parts, Tie::Some))
}

fn is_of_them(behind: &str) -> bool {
    ["of them", "of whom", "of which"].iter().any(|w| behind.trim_start().starts_with(w))
}

/// “broke nine cases and took 212 pieces: 120 rings, …”: other figures before a total whose parts are said to be all of it.
fn total_between<'a>(
    cx: &Context<'_>,
    counted: &'a [&'a Figure],
    sentence: Span,
) -> Option<(&'a Figure, &'a [&'a Figure], Tie)> {
    let tails = (1..counted.len().saturating_sub(2)).map(|at| &counted[at..]);
    tails.filter_map(|tail| total_before(cx, tail, sentence)).find(|(.., tie)| *tie == Tie::All)
}

/// Whether no other figure stands between a total and its parts: “12 hours, three of them” is not of the figure before.
fn follow(figures: &[Figure], total: &Figure, parts: &[&Figure]) -> bool {
    let first = figures.iter().position(|f| f.span == total.span);
    first.and_then(|i| figures.get(i + 1)).is_some_and(|next| parts.first().is_some_and(|p| p.span == next.span))
}

/// “The five no votes came from the council’s three Republicans and two Democrats”, “the six victims were four women and
/// two men”.
fn is_made_of(cx: &Context<'_>, total: &Figure, parts: &[&Figure]) -> bool {
    let words = tokens(cx, end_with_noun(total), parts[0].span.start);
    let lower = |t: &Token| cx.draft.lower(t);
    let verb = words.iter().position(|t| matches!(lower(t), "came" | "were" | "are"));
    let Some(verb) = verb.filter(|at| *at <= 2) else { return false };
    let lead = match &words[verb..] {
        [came, from, rest @ ..] if lower(came) == "came" => (lower(from) == "from").then_some(rest),
        [_, rest @ ..] if total.noun.is_some() => Some(rest),
        _ => None,
    };
    let plain = words[..verb]
        .iter()
        .all(|t| t.kind == TokenKind::Word && (!t.lex.is(Lex::FUNCTION) || matches!(lower(t), "no" | "yes")));
    plain && lead.is_some_and(|words| is_plain_lead(cx, words)) && all_counted(cx, parts)
}

/// “31 people, 18 women and 15 men.”
fn are_people(cx: &Context<'_>, total: &Figure, parts: &[&Figure]) -> bool {
    let people = head(cx, total).is_some_and(|h| lists().persons.contains(&*h));
    let kinds = parts.iter().all(|p| head(cx, p).is_some_and(|h| lists().persons_by_kind.contains(&*h)));
    let words = tokens(cx, end_with_noun(total), parts[0].span.start);
    // A keyboard without a dash makes one of two hyphens.
    let (words, hyphens) = match words {
        [before @ .., a, b] if cx.draft.word(a) == "-" && cx.draft.word(b) == "-" && a.touches(b) => {
            (&words[..=before.len()], true)
        }
        words => (words, false),
    };
    // “12 people were hurt, eight men and four women”
    let comma = words.split_last().is_some_and(|(mark, verb)| {
        (hyphens || matches!(cx.draft.word(mark), "," | "—" | "–" | "--" | "(" | ":"))
            && (verb.is_empty() || verb.len() <= 3 && matches!(cx.draft.lower(&verb[0]), "were" | "are" | "died"))
            && verb.iter().all(|t| t.kind == TokenKind::Word)
    });
    people && kinds && comma && all_counted(cx, parts)
}

/// “40 finalists, 22 from the coast, 12 from the plains and 9 from the hills”.
fn are_elliptical(cx: &Context<'_>, total: &Figure, parts: &[&Figure]) -> bool {
    let comma = matches!(tokens(cx, end_with_noun(total), parts[0].span.start), [mark] if cx.draft.word(mark) == ",");
    let from = parts.iter().all(|p| {
        p.noun.is_none()
            && tokens(cx, p.span.end, p.span.end + 10)
                .first()
                .is_some_and(|t| matches!(cx.draft.lower(t), "from" | "in" | "of" | "for"))
    });
    comma && from && total.noun.is_some()
}

/// “The budget of $80 million gives schools $44 million”: a verb of sharing out in the clause between total and parts.
fn gives(cx: &Context<'_>, total: &Figure, first: &Figure) -> bool {
    let words = tokens(cx, total.span.end, first.span.start);
    let verb = words.iter().position(|t| {
        matches!(cx.draft.lower(t), "gives" | "allots" | "devotes" | "allocates" | "includes" | "earmarks" | "provides")
    });
    let near = verb.is_some_and(|at| at <= 3 && words.len() - at <= 4);
    matches!(total.measure, Measure::Money(_)) && near && words.iter().all(|t| t.kind == TokenKind::Word)
}

/// Whether every part says what it counts, and the last ends the clause.
fn all_counted(cx: &Context<'_>, parts: &[&Figure]) -> bool {
    parts.iter().all(|p| p.noun.is_some()) && parts.last().is_some_and(|p| closes(cx, end_with_noun(p)))
}

fn lower<'a>(cx: &Context<'a>, span: Span) -> &'a str {
    if span.start < span.end { span.of(&cx.draft.lower) } else { "" }
}

fn same_measure(total: &Figure, parts: &[&Figure]) -> bool {
    parts.iter().all(|p| p.measure == total.measure)
}

/// Whether the parts are one list with each item before its part: “schools $44 million, roads $26 million and parks $12 million”.
fn is_named_list(cx: &Context<'_>, parts: &[&Figure]) -> bool {
    parts.len() >= 2
        && parts.windows(2).enumerate().all(|(i, pair)| {
            let between = tokens(cx, pair[0].span.end, pair[1].span.start);
            let Some((link, item)) = between.split_first() else { return false };
            let last = i + 2 == parts.len();
            let link = cx.draft.lower(link);
            let tied = link == "," || last && link == "and";
            let item = if last && item.first().is_some_and(|t| cx.draft.lower(t) == "and") { &item[1..] } else { item };
            let named = !item.is_empty() && item.len() <= 4 && item.iter().all(|t| t.kind == TokenKind::Word);
            tied && named && !item.last().is_some_and(|t| t.lex.is(Lex::FUNCTION))
        })
}

/// Whether the parts are one list: short items with commas between and an “and” before the last.
fn is_list(cx: &Context<'_>, parts: &[&Figure]) -> bool {
    parts.len() >= 2
        && parts.windows(2).enumerate().all(|(i, pair)| {
            let between = lower(cx, Span { start: pair[0].span.end, end: pair[1].span.start });
            let short = between.split_whitespace().count() <= 8 && !between.contains([';', ':', '.', '(', '“', '"']);
            let last = i + 2 == parts.len();
            let trimmed = between.trim_end();
            short && if last { trimmed.ends_with(" and") || trimmed == "and" } else { trimmed.ends_with(',') }
        })
}
