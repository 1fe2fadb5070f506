//! Wins, draws and defeats against the games played: “her 100th match: she has won 58, drawn 22 and lost 20”.

use smallvec::SmallVec;

use super::clause::{end_with_noun, is_plain, tokens};
use super::cues::{Cues, sentences};
use super::lists::lists;
use super::{arithmetic, shown};
use crate::annotate::Figure;
use crate::annotate::figure::{Hedge, Measure, lemma};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::text::{Rational, Span, Token};

/// How a game can end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Win,
    Draw,
    Loss,
}

/// So many games of one outcome.
struct Line {
    outcome: Outcome,
    value: Rational,
    span: Span,
}

/// Most tokens between two outcomes of one record: “seven wins, three of them away from home, and a draw” is none.
const GAP: usize = 6;

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut before: &[Figure] = &[];
    for (figures, cues) in sentences(cx) {
        let follows =
            before.first().is_some_and(|f| f.block == figures[0].block && f.sentence + 1 == figures[0].sentence);
        // Most sentences have no outcome, or none beside a number.
        let lines = (cues.has(Cues::OUTCOME) && figures.iter().any(|f| is_outcome(cx, f)))
            .then(|| record(cx, figures))
            .flatten();
        if let Some(lines) = lines {
            // “lost nine of their 15 matches”, too.
            let own = figures.iter().filter(|f| lines.iter().all(|l| l.span != f.amount));
            let last = if follows { before } else { &[] };
            let mut played = own.chain(last).filter(|f| is_played(cx, f));
            if let (Some(games), None) = (played.next(), played.next()) {
                findings.extend(compare(cx, games, &lines));
            }
        }
        before = figures;
    }
}

fn outcome(word: &str) -> Option<Outcome> {
    let lists = lists();
    match word {
        _ if lists.wins.contains(word) => Some(Outcome::Win),
        _ if lists.draws.contains(word) => Some(Outcome::Draw),
        _ if lists.losses.contains(word) => Some(Outcome::Loss),
        _ => None,
    }
}

/// Whether the word right before or behind a number is how a game can end.
fn is_outcome(cx: &Context<'_>, figure: &Figure) -> bool {
    let draft = cx.draft;
    let before = draft.token_at(figure.number.start).checked_sub(1).and_then(|i| draft.tokens.get(i));
    let behind = draft.tokens.get(draft.token_at(figure.number.end));
    before.into_iter().chain(behind).any(|t| outcome(draft.lower(t)).is_some())
}

/// The record of a sentence: two or three outcomes side by side, each told once.
fn record(cx: &Context<'_>, figures: &[Figure]) -> Option<SmallVec<[Line; 3]>> {
    let sentence = &cx.draft.sentences[figures[0].sentence as usize];
    let words = cx.draft.sentence_tokens(sentence);
    let mut lines: SmallVec<[Line; 3]> = SmallVec::new();
    let mut last = 0;
    for (at, token) in words.iter().enumerate() {
        let Some(outcome) = outcome(cx.draft.lower(token)) else { continue };
        let Some((value, span)) = number_beside(cx, figures, words, at) else { continue };
        if lines.iter().any(|l| l.outcome == outcome) {
            return None;
        }
        let start = words.partition_point(|t| t.span.end <= span.start).min(at);
        if !lines.is_empty() && start.saturating_sub(last + 1) > GAP {
            return None;
        }
        last = words.partition_point(|t| t.span.start < span.end).saturating_sub(1).max(at);
        lines.push(Line { outcome, value, span });
    }
    (lines.len() >= 2 && lines.iter().any(|l| l.outcome == Outcome::Win)).then_some(lines)
}

/// The number of an outcome: “won 58”, “58 wins”, “a draw”.
fn number_beside(cx: &Context<'_>, figures: &[Figure], words: &[Token], at: usize) -> Option<(Rational, Span)> {
    let token = &words[at];
    let counts = |f: &&Figure| f.measure == Measure::Count && is_plain(f) && f.hedge == Hedge::None;
    let verb = matches!(cx.draft.lower(token), "won" | "lost" | "drawn" | "drew" | "tied");
    let found = figures.iter().filter(counts).find(|f| match verb {
        true => words.get(at + 1).is_some_and(|t| t.span.start == f.number.start),
        false => at.checked_sub(1).is_some_and(|i| words[i].span.end == f.number.end),
    });
    if let Some(figure) = found {
        // “won 3 medals”: of something else.
        // and “lost nine of their 15 matches”: of games.
        let games = figure.noun.is_none_or(|n| {
            let noun = lemma(n.head.of(&cx.draft.lower));
            n.of || n.head == token.span || lists().matches.contains(&*noun)
        });
        return games.then_some((figure.value, figure.amount));
    }
    let one = at.checked_sub(1).map(|i| &words[i]).filter(|t| !verb && matches!(cx.draft.lower(t), "a" | "one"))?;
    Some((Rational::ONE, one.span.cover(token.span)))
}

/// “eight games”, “her 100th match”.
fn is_played(cx: &Context<'_>, figure: &Figure) -> bool {
    let noun = figure.noun.map(|n| lemma(n.head.of(&cx.draft.lower)));
    let behind = tokens(cx, figure.span.end, figure.span.end + 12).first().map(|t| lemma(cx.draft.lower(t)));
    let named = noun.or(behind).is_some_and(|n| lists().matches.contains(&*n));
    named
        && matches!(figure.measure, Measure::Count | Measure::Ordinal)
        && figure.high.is_none()
        && figure.hedge == Hedge::None
        && figure.value >= Rational::whole(3)
}

fn compare(cx: &Context<'_>, games: &Figure, lines: &[Line]) -> Option<Finding> {
    let sum = lines.iter().try_fold(Rational::ZERO, |sum, line| sum.add(line.value))?;
    let full = lines.len() == 3;
    let colon = tokens(cx, end_with_noun(games), lines[0].span.start);
    let colon = matches!(colon, [mark] if matches!(cx.draft.word(mark), ":" | "—"));
    // The match that is her 100th may not be counted yet.
    let before = games.value.sub(Rational::ONE)?;
    let right = sum == games.value || games.measure == Measure::Ordinal && sum == before;
    // Without the draws, a record may be short of the games.
    let says = sum > games.value || full || colon;
    if right || !says {
        return None;
    }
    let far = sum > games.value.add(games.value)?;
    if far {
        return None;
    }
    let mut finding = Finding::new(
        arithmetic::CODE,
        games.amount,
        format!("{} here; the record makes {sum}", shown(cx, games.amount)),
    )
    .why("wins, draws and defeats beside the games played");
    for line in lines {
        finding = finding.here(line.span, "so many of them");
    }
    Some(if full || colon { finding } else { finding.likely() })
}
