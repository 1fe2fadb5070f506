//! When something happened: the date that a clause, its sentence or its paragraph gives.

use jiff::civil::Date;

use super::{DateMention, Open};
use crate::source::{BlockKind, Draft};
use crate::text::{Span, TokenKind};

/// The date that holds for some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The first and last day; the calendar's own first or last day where it is open.
    pub days: (Date, Date),
    /// The mention that gives it, in the list that was searched.
    pub mention: usize,
    pub scope: Scope,
}

/// How near the date stands, nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    Clause,
    Sentence,
    /// The last date before, in the same paragraph.
    Paragraph,
    /// The first date of the story, for a headline.
    Story,
}

impl When {
    /// Whether both cannot be the same time: their days have none in common.
    pub fn differs(&self, other: &When) -> bool {
        self.days.1 < other.days.0 || other.days.1 < self.days.0
    }
}

/// The date that holds for the words at `span`: the nearest in their clause, else in their sentence, else the last before them in their paragraph.
/// Headline and standfirst take the first date of the story. Spans of time and what is said in quotations date nothing.
pub fn when(draft: &Draft, dates: &[DateMention], span: Span) -> Option<When> {
    let give = |index: usize, scope: Scope| {
        let (first, last) = dates[index].days?;
        let days = match dates[index].open {
            Some(Open::Since) => (first, Date::MAX),
            Some(Open::Until) => (Date::MIN, last),
            None => (first, last),
        };
        Some(When { days, mention: index, scope })
    };
    let dated = |i: &usize| dates[*i].is_calendar() && dates[*i].days.is_some();
    let block = draft.blocks.get(draft.block_at(span.start))?;
    if matches!(block.kind, BlockKind::Headline | BlockKind::Standfirst) {
        let first = (0..dates.len()).filter(dated).find(|&i| draft.kind_at(dates[i].span.start).is_body())?;
        return give(first, Scope::Story);
    }
    let from = dates.partition_point(|d| d.span.end <= block.span.start);
    let to = dates.partition_point(|d| d.span.start < block.span.end);
    let sentence = draft.sentences.get(draft.sentence_at(span.start))?.span;
    let distance = |i: &usize| {
        let at = dates[*i].span;
        if at.end <= span.start { span.start - at.end } else { at.start.saturating_sub(span.end) }
    };
    let nearest =
        |within: Span| (from..to).filter(dated).filter(|i| within.contains(dates[*i].span)).min_by_key(distance);
    if let Some(index) = nearest(clause(draft, span)) {
        return give(index, Scope::Clause);
    }
    if let Some(index) = nearest(sentence) {
        return give(index, Scope::Sentence);
    }
    let before = (from..to).filter(dated).rfind(|i| dates[*i].span.end <= sentence.start)?;
    give(before, Scope::Paragraph)
}

/// The clause around `span`: between semicolons, dashes, colons, and commas that a conjunction or a relative word follows.
pub fn clause(draft: &Draft, span: Span) -> Span {
    let Some(sentence) = draft.sentences.get(draft.sentence_at(span.start)) else { return span };
    let tokens = sentence.tokens.start as usize..sentence.tokens.end as usize;
    let breaks = |at: usize| {
        let token = &draft.tokens[at];
        if token.kind != TokenKind::Mark {
            return false;
        }
        match draft.word(token) {
            ";" | "—" | "–" | ":" => {
                !draft.tokens.get(at + 1).is_some_and(|n| token.touches(n) && n.kind == TokenKind::Number)
            }
            "," => draft.tokens.get(at + 1).is_some_and(|n| {
                matches!(
                    draft.lower(n),
                    "and"
                        | "but"
                        | "while"
                        | "which"
                        | "who"
                        | "when"
                        | "after"
                        | "before"
                        | "as"
                        | "or"
                        | "whereas"
                        | "compared"
                        | "up"
                        | "down"
                )
            }),
            _ => false,
        }
    };
    let first = draft.token_at(span.start).clamp(tokens.start, tokens.end.saturating_sub(1));
    let start = (tokens.start..first).rev().find(|&at| breaks(at)).map_or(tokens.start, |at| at + 1);
    let end =
        (first..tokens.end).find(|&at| draft.tokens[at].span.start >= span.end && breaks(at)).unwrap_or(tokens.end);
    if start >= end {
        return sentence.span;
    }
    draft.tokens[start].span.cover(draft.tokens[end - 1].span)
}
