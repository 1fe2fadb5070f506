//! “They had four children: Anna, Marco and Lucia”: a number with the things it counts named behind it.

use smallvec::SmallVec;

use super::super::clause::{end_with_noun, tokens};
use super::super::{by_sentence, shown};
use crate::annotate::Figure;
use crate::annotate::figure::{Form, Hedge, Measure};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::text::{Lex, Rational, Span, Token, TokenKind};

/// More things than this are listed elsewhere, not in a sentence.
const MOST: usize = 12;

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    for figures in by_sentence(cx) {
        findings.extend(figures.iter().filter_map(|f| check(cx, f)));
    }
}

fn check(cx: &Context<'_>, figure: &Figure) -> Option<Finding> {
    let counts = figure.measure == Measure::Count
        && figure.noun.is_some_and(|n| !n.of)
        && figure.high.is_none()
        && matches!(figure.form, Form::Words | Form::Digits)
        && matches!(figure.hedge, Hedge::None | Hedge::Exactly);
    let said =
        figure.value.as_whole().and_then(|n| usize::try_from(n).ok()).filter(|n| counts && (2..=MOST).contains(n))?;
    let sentence = &cx.draft.sentences[figure.sentence as usize];
    let behind = tokens(cx, end_with_noun(figure), sentence.span.end);
    let (mark, list) = opening(cx, behind)?;
    let items = match mark {
        Mark::Colon => with_semicolons(cx, list).or_else(|| named(cx, list, End::Sentence)).or_else(|| words(cx, list)),
        Mark::Dash => named(cx, list, End::Dash),
        Mark::Comma => named(cx, list, End::Clause),
    }?;
    let count = items.len();
    // A list of something else, or of pairs.
    if count == said || count < 2 || count.abs_diff(said) > 3 || count == 2 * said {
        return None;
    }
    let noun = figure.noun.map_or("", |n| cx.draft.words_at(n.head));
    let message = format!("{} {noun} here, {count} named", shown(cx, figure.amount));
    let (first, last) = (*items.first()?, *items.last()?);
    Some(
        Finding::new(super::CODE, figure.amount, message)
            .here(first, "the first")
            .here(last, "the last")
            .why("the things are named right behind the number"),
    )
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Colon,
    Dash,
    Comma,
}

/// Where a list ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Sentence,
    Dash,
    /// A comma, a semicolon or the end of the sentence behind the last item.
    Clause,
}

/// The mark that opens a list right behind the noun, and what follows it. A few words may stand before a colon.
fn opening<'a>(cx: &Context<'_>, behind: &'a [Token]) -> Option<(Mark, &'a [Token])> {
    let at = behind.iter().take(5).position(|t| matches!(t.kind, TokenKind::Mark | TokenKind::Stop))?;
    let mark = match cx.draft.word(&behind[at]) {
        ":" => Mark::Colon,
        "—" | "–" if at == 0 => Mark::Dash,
        "," if at == 0 => Mark::Comma,
        _ => return None,
    };
    let plain = behind[..at].iter().all(|t| t.kind == TokenKind::Word && !t.lex.is(Lex::SPEECH_VERB));
    plain.then_some((mark, &behind[at + 1..]))
}

type Items = SmallVec<[Span; 6]>;

/// Items set off by semicolons, the last with an “and”: “Anna, a nurse; Marco, who drives a bus; and Lucia”.
fn with_semicolons(cx: &Context<'_>, list: &[Token]) -> Option<Items> {
    let parts: SmallVec<[&[Token]; 6]> = list.split(|t| cx.draft.word(t) == ";").collect();
    let (last, before) = parts.split_last()?;
    let and = last.first().is_some_and(|t| cx.draft.lower(t) == "and");
    let ends = last.iter().all(|t| !matches!(cx.draft.word(t), ":" | "—" | "–"));
    // Clauses are no things: each item opens with a name or a noun.
    let things = before.iter().all(|part| part.first().is_some_and(|t| t.is_capital()))
        || before.iter().all(|part| {
            part.first().is_some_and(|t| matches!(cx.draft.lower(t), "a" | "an" | "the")) && !has_verb(cx, part)
        });
    if before.is_empty() || !and || !ends || !things {
        return None;
    }
    parts.iter().map(|part| Some(part.first()?.span.cover(part.last()?.span))).collect()
}

fn has_verb(cx: &Context<'_>, part: &[Token]) -> bool {
    part.iter()
        .any(|t| matches!(cx.draft.lower(t), "was" | "were" | "is" | "are" | "had" | "has" | "have" | "will" | "would"))
}

/// Names with commas between and an “and” before the last, each at most with its place: “Eva Roe of Dellmar”.
fn named(cx: &Context<'_>, list: &[Token], end: End) -> Option<Items> {
    let mut items = Items::new();
    let mut at = 0;
    loop {
        let (span, next) = name(cx, list, at)?;
        items.push(span);
        at = next;
        let word = |i: usize| list.get(i).map_or("", |t| cx.draft.lower(t));
        let last = match (word(at), word(at + 1)) {
            (",", "and") => {
                at += 2;
                true
            }
            ("and", _) => {
                at += 1;
                true
            }
            (",", _) => {
                at += 1;
                false
            }
            _ => return None,
        };
        if last {
            let (span, next) = name(cx, list, at)?;
            items.push(span);
            let follows = word(next);
            let done = match end {
                End::Sentence => matches!(follows, "" | "." | "!" | "?"),
                End::Dash => matches!(follows, "—" | "–"),
                End::Clause => matches!(follows, "" | "." | "," | ";"),
            };
            // “Brandt, Roe and Hale, and …” goes on.
            let more = matches!(word(next + 1), "and" | "as") && follows == ",";
            return (done && !(end == End::Clause && more && items.len() < 3)).then_some(items);
        }
    }
}

/// A name of one to four words, with a bracket or a place behind it: its span and the index after it.
fn name(cx: &Context<'_>, list: &[Token], at: usize) -> Option<(Span, usize)> {
    let is_name = |t: &Token| {
        t.kind == TokenKind::Word
            && t.is_capital()
            && !t.lex.is(Lex::US_STATE | Lex::COUNTRY | Lex::MONTH | Lex::WEEKDAY)
    };
    let run = |from: usize| list[from.min(list.len())..].iter().take(5).take_while(|t| is_name(t)).count();
    let words = run(at);
    if words == 0 || words > 4 {
        return None;
    }
    let span = list[at].span.cover(list[at + words - 1].span);
    let mut next = at + words;
    // (Jane)
    if list.get(next).is_some_and(|t| cx.draft.word(t) == "(") {
        let close = list[next..].iter().take(5).position(|t| cx.draft.word(t) == ")")?;
        next += close + 1;
    }
    if list.get(next).is_some_and(|t| matches!(cx.draft.lower(t), "of" | "in")) {
        let place = run(next + 1);
        if place == 0 || place > 3 {
            return None;
        }
        next += 1 + place;
    }
    Some((span, next))
}

/// Single words in lower case: “flour, water, salt and yeast”.
fn words(cx: &Context<'_>, list: &[Token]) -> Option<Items> {
    let mut items = Items::new();
    let mut last = false;
    for (i, token) in list.iter().enumerate() {
        let word = cx.draft.lower(token);
        let expects_item = i % 2 == 0;
        if last || !expects_item {
            let stop = matches!(word, "." | "!" | "?") && i + 1 == list.len();
            if stop {
                break;
            }
        }
        match (expects_item, word) {
            (true, _) if token.kind == TokenKind::Word && !token.is_capital() && !token.lex.is(Lex::FUNCTION) => {
                items.push(token.span)
            }
            (false, ",") if !last => {}
            (false, "and") if !last => last = true,
            _ => return None,
        }
    }
    (last && items.len() >= 2).then_some(items)
}

/// “three counts of fraud and one of obstruction … two of the five counts”: counts of a charge, added up.
pub(super) fn charges(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut told: Option<(Rational, Span, u32)> = None;
    let mut said: SmallVec<[&Figure; 2]> = SmallVec::new();
    let mut known: SmallVec<[Rational; 4]> = SmallVec::new();
    for figures in by_sentence(cx) {
        for figure in
            figures.iter().filter(|f| f.measure == Measure::Count && f.hedge == Hedge::None && f.high.is_none())
        {
            if !figure.noun.is_some_and(|n| matches!(n.head.of(&cx.draft.lower), "counts" | "charges")) {
                continue;
            }
            let of = cx
                .draft
                .tokens
                .get(cx.draft.token_at(end_with_noun(figure)))
                .is_some_and(|t| cx.draft.lower(t) == "of");
            let before = super::super::clause::word_before(cx, figure, figure.span.start);
            if matches!(before, "the" | "all" | "those") && !of {
                said.push(figure);
            } else {
                known.push(figure.value);
            }
        }
        if let Some((sum, span)) = added(cx, figures) {
            if told.is_some() {
                return;
            }
            told = Some((sum, span, figures[0].sentence));
        }
    }
    let Some((sum, span, sentence)) = told else { return };
    for figure in said {
        // Counts of an earlier trial, or of some of the charges that were told of.
        if figure.sentence <= sentence
            || figure.value == sum
            || known.contains(&figure.value)
            || is_of_another_case(cx, figure)
        {
            continue;
        }
        let noun = figure.noun.map_or("", |n| cx.draft.words_at(n.head));
        let message = format!("{} {noun} here; the charges make {sum}", shown(cx, figure.amount));
        findings
            .push(Finding::new(super::CODE, figure.amount, message).here(span, "the charges").why("they are added up"));
    }
}

/// The sum of “three counts of fraud and one of obstruction”, and where it stands.
fn added(cx: &Context<'_>, figures: &[Figure]) -> Option<(Rational, Span)> {
    let lower = |t: &Token| cx.draft.lower(t);
    let is_of = |at: u32| cx.draft.tokens.get(cx.draft.token_at(at)).is_some_and(|t| lower(t) == "of");
    let first = figures.iter().position(|f| {
        f.measure == Measure::Count
            && f.noun.is_some_and(|n| matches!(n.head.of(&cx.draft.lower), "count" | "counts"))
            && is_of(end_with_noun(f))
    })?;
    let mut sum = figures[first].value;
    let mut last = &figures[first];
    for figure in &figures[first + 1..] {
        // “six counts of fraud and two of perjury”
        let counted = figure.noun.is_none_or(|n| n.of || matches!(n.head.of(&cx.draft.lower), "count" | "counts"));
        let link = tokens(cx, last.span.end, figure.span.start);
        let joined = link.last().is_some_and(|t| matches!(lower(t), "and" | ","));
        if figure.measure != Measure::Count || !counted || !joined || link.len() > 14 || !is_of(end_with_noun(figure)) {
            return None;
        }
        sum = sum.add(figure.value)?;
        last = figure;
    }
    let end = cx.draft.sentences[last.sentence as usize].span.end;
    let behind = tokens(cx, last.span.end, end);
    // “and one of obstruction”, which is no figure; “and a count of perjury”
    let words = |i: usize| behind.get(i).map_or("", |t| lower(t));
    let more = (0..behind.len())
        .find(|&i| words(i) == "and" && matches!(words(i + 1), "one" | "a" | "an" | "another" | "other" | "several"));
    let mut span = figures[first].amount.cover(last.amount);
    let mut added = last.span != figures[first].span;
    if let Some(at) = more {
        let one = matches!(words(at + 1), "one" | "a")
            && (words(at + 2) == "of" || words(at + 2) == "count" && words(at + 3) == "of");
        if !one {
            return None;
        }
        sum = sum.add(Rational::ONE)?;
        span = span.cover(behind[at + 1].span);
        added = true;
    }
    added.then_some((sum, span))
}

fn is_of_another_case(cx: &Context<'_>, figure: &Figure) -> bool {
    let sentence = &cx.draft.sentences[figure.sentence as usize];
    cx.draft.sentence_tokens(sentence).iter().any(|t| {
        matches!(
            cx.draft.lower(t),
            "earlier"
                | "last"
                | "previous"
                | "ago"
                | "original"
                | "originally"
                | "other"
                | "first"
                | "dropped"
                | "dismissed"
        )
    })
}
