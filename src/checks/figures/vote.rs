//! Votes: more of them than members, and no votes that the result does not have.

use smallvec::SmallVec;

use super::clause::tokens;
use super::cues::{Cues, with_cue};
use super::difference::{Result, result};
use super::lists::lists;
use super::{arithmetic, by_sentence, shown};
use crate::annotate::Figure;
use crate::annotate::figure::{Hedge, Measure};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::text::{Rational, Span, Token};

/// A result said to be one of a vote.
struct Vote {
    result: Result,
    sentence: u32,
}

/// The size of a body: “the 12-member council”.
struct Size {
    members: Rational,
    span: Span,
    body: Span,
    sentence: u32,
}

/// Words before a result that make it one of a vote, and behind it.
pub(super) const VOTED: [&str; 13] = [
    "vote", "votes", "voted", "voting", "ruled", "ruling", "decision", "approved", "rejected", "passed", "split",
    "adopted", "divided",
];
pub(super) const NAMED: [&str; 5] = ["vote", "decision", "ruling", "opinion", "split"];

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let votes: SmallVec<[Vote; 2]> = with_cue(cx, Cues::VOTE).flat_map(|figures| results(cx, figures)).collect();
    if votes.is_empty() {
        return;
    }
    let sizes: SmallVec<[Size; 2]> = by_sentence(cx).flatten().filter_map(|f| size(cx, f)).collect();
    findings.extend(votes.iter().filter_map(|vote| too_many(cx, vote, &sizes)));
    for figure in by_sentence(cx).flatten() {
        findings.extend(side(cx, figure, &votes));
    }
}

/// The results of a sentence that says how a vote went.
fn results(cx: &Context<'_>, figures: &[Figure]) -> SmallVec<[Vote; 2]> {
    let cast = figures.iter().any(|f| is_cast(cx, f));
    let results = (0..figures.len()).filter(|_| cast).filter_map(|i| result(cx, figures, i)).filter(|r| !r.is_percent);
    let sentence = figures[0].sentence;
    results.map(|result| Vote { result, sentence }).collect()
}

/// “voted 9 to 4”, “by a vote of 9 to 4”, “in a 6-3 ruling”.
fn is_cast(cx: &Context<'_>, figure: &Figure) -> bool {
    let start = cx.draft.sentences[figure.sentence as usize].span.start;
    let before = tokens(cx, start, figure.span.start);
    let lower = |t: &Token| cx.draft.lower(t);
    let near = &before[before.len().saturating_sub(4)..];
    let voted = near.iter().any(|t| VOTED.contains(&lower(t)));
    let behind = tokens(cx, figure.span.end, figure.span.end + 12);
    let named = behind.first().is_some_and(|t| NAMED.contains(&lower(t)));
    voted || named
}

fn size(cx: &Context<'_>, figure: &Figure) -> Option<Size> {
    if figure.measure != Measure::Count || figure.high.is_some() || figure.hedge != Hedge::None {
        return None;
    }
    let [hyphen, member, body, ..] = tokens(cx, figure.span.end, figure.span.end + 40) else { return None };
    let lower = |t: &Token| cx.draft.lower(t);
    let is = lower(hyphen) == "-" && matches!(lower(member), "member" | "seat" | "person" | "judge" | "justice");
    (is && is_body(lower(body))).then_some(Size {
        members: figure.value,
        span: figure.amount.cover(member.span),
        body: body.span,
        sentence: figure.sentence,
    })
}

pub(super) fn is_body(word: &str) -> bool {
    lists().bodies.contains(word)
}

/// More votes than the body has members; fewer may have been away.
fn too_many(cx: &Context<'_>, vote: &Vote, sizes: &[Size]) -> Option<Finding> {
    let start = cx.draft.sentences[vote.sentence as usize].span.start;
    let before = tokens(cx, start, vote.result.span.start);
    let body = before.iter().rev().map(|t| cx.draft.lower(t)).find(|w| is_body(w))?;
    let mut same = sizes.iter().filter(|s| s.body.of(&cx.draft.lower) == body);
    let size = same.next()?;
    let cast = vote.result.high.add(vote.result.low)?;
    if same.any(|s| s.members != size.members) || cast <= size.members {
        return None;
    }
    let message = format!("{} is {cast} votes; the {body} has {} members", shown(cx, vote.result.span), size.members);
    let finding = Finding::new(arithmetic::CODE, vote.result.span, message)
        .here(size.span, "how many members")
        .why("the body votes and its size is given");
    Some(if size.sentence == vote.sentence { finding } else { finding.likely() })
}

/// “the five no votes” after “9 to 4”.
fn side(cx: &Context<'_>, figure: &Figure, votes: &[Vote]) -> Option<Finding> {
    if figure.measure != Measure::Count || figure.high.is_some() || figure.hedge != Hedge::None {
        return None;
    }
    let sentence = &cx.draft.sentences[figure.sentence as usize];
    let lower = |t: &Token| cx.draft.lower(t);
    let before = tokens(cx, sentence.span.start, figure.span.start);
    let definite = before.last().is_some_and(|t| matches!(lower(t), "the" | "those" | "all" | "its"));
    if !definite || !is_side(cx, tokens(cx, figure.span.end, figure.span.end + 48)) {
        return None;
    }
    // Another vote, at another time.
    let dated = cx.draft.sentence_tokens(sentence).iter().any(|t| {
        matches!(lower(t), "earlier" | "previous" | "ago" | "last" | "then" | "previously")
            || t.span.len() == 4 && cx.draft.word(t).bytes().all(|b| b.is_ascii_digit())
    });
    let told = votes.iter().rev().find(|v| v.sentence <= figure.sentence && v.result.span != figure.amount)?;
    let known = votes.iter().any(|v| v.result.high == figure.value || v.result.low == figure.value);
    if dated || known {
        return None;
    }
    let words = side_words(cx, figure);
    let message = format!("{} here; the vote was {}", shown(cx, words), shown(cx, told.result.span));
    let finding = Finding::new(arithmetic::CODE, figure.amount, message)
        .here(told.result.span, "the vote")
        .why("one side of a vote, with another number than the vote has");
    Some(if votes.len() == 1 { finding } else { finding.likely() })
}

fn side_words(cx: &Context<'_>, figure: &Figure) -> Span {
    let behind = tokens(cx, figure.span.end, figure.span.end + 48);
    let last = behind
        .iter()
        .take(3)
        .find(|t| matches!(cx.draft.lower(t), "votes" | "dissenters" | "dissents" | "justices" | "members"));
    last.map_or(figure.amount, |t| figure.amount.cover(t.span))
}

/// Words behind a number that make it one side of a vote.
fn is_side(cx: &Context<'_>, behind: &[Token]) -> bool {
    let words: SmallVec<[&str; 8]> = behind
        .iter()
        .map(|t| cx.draft.lower(t))
        .filter(|w| !matches!(*w, "“" | "”" | "\"" | "'" | "‘" | "’"))
        .take(7)
        .collect();
    match &words[..] {
        [
            "no" | "nay" | "yes" | "aye" | "dissenting" | "opposing" | "negative" | "affirmative",
            "votes" | "vote",
            ..,
        ]
        | ["votes", "against" | "for", ..]
        | ["votes", "in", "favor", ..]
        | ["dissenters" | "dissents" | "nays" | "ayes" | "yeas", ..]
        | ["dissenting", "justices" | "judges" | "members" | "commissioners", ..] => true,
        rest => rest.windows(3).take(3).any(|w| {
            matches!(
                w,
                ["who", "voted", "against" | "no" | "for" | "yes" | "in"]
                    | ["who", "dissented", _]
                    | ["voting", "against" | "no", _]
            )
        }),
    }
}
