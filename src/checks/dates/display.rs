//! `dates/conflict`, where the headline or standfirst dates something to a day that the story does not have, and the story to another.

use super::Context;
use crate::annotate::DateMention;
use crate::annotate::date::DateKind;
use crate::checks::in_marks;
use crate::checks::names::place;
use crate::checks::words::stem;
use crate::diagnostic::{Finding, Witness};
use crate::source::BlockKind;
use crate::text::{Lex, Token, TokenKind};

/// How many tokens back the words may stand that say what happens on a date, and how many words with content are asked.
const REACH: usize = 8;
const BEFORE: usize = 2;
/// Letters of the shortest word that says it.
const SHORTEST: usize = 5;

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let draft = cx.draft;
    let dates = &cx.annotations.dates;
    let kind = |date: &DateMention| draft.blocks[draft.block_at(date.span.start)].kind;
    let is_day = |date: &&DateMention| {
        let written = &date.written;
        let whole = date.kind == DateKind::Calendar && written.month.is_some() && written.day.is_some();
        whole && written.day_to.is_none() && date.open.is_none() && !in_marks(cx, date.span)
    };
    let display = dates.iter().filter(|d| matches!(kind(d), BlockKind::Headline | BlockKind::Standfirst));
    let mut found: Vec<(&DateMention, Finding)> = Vec::new();
    for ours in display.filter(is_day) {
        let body = || dates.iter().filter(|d| kind(d).is_body());
        if body().any(|theirs| may_be_one(ours, theirs)) {
            continue;
        }
        let part = |d: &DateMention| d.written.month == ours.written.month || d.written.day == ours.written.day;
        let mut rivals = body().filter(is_day).filter(|d| part(d) && tell_the_same(cx, ours, d));
        if let (Some(theirs), None) = (rivals.next(), rivals.next()) {
            // Headline and standfirst often say the same: one slip, one finding.
            let same = |(told, _): &&mut (&DateMention, Finding)| {
                (told.written.month, told.written.day) == (ours.written.month, ours.written.day)
            };
            if let Some((_, finding)) = found.iter_mut().find(same) {
                finding.witnesses.push(Witness::Here { span: ours.span, note: "the same day".to_owned() });
                continue;
            }
            let words = |date: &DateMention| draft.words_at(date.span);
            let side = |date: &DateMention| format!("{} {}", words(date), place(cx, date.span));
            let finding = Finding::new("dates/conflict", ours.span, format!("{}, {}", side(ours), side(theirs)))
                .here(theirs.span, format!("{} in the story", words(theirs)))
                .why("the words beside the two dates agree, and the story has the first date nowhere");
            found.push((ours, finding));
        }
    }
    findings.extend(found.into_iter().map(|(_, finding)| finding));
}

/// Whether two dates have a day in common, or could: a month and a day in it.
fn may_be_one(a: &DateMention, b: &DateMention) -> bool {
    let written = (a.written.month, a.written.day) == (b.written.month, b.written.day);
    let days = |(x, y): ((_, _), (_, _))| x.1 >= y.0 && y.1 >= x.0;
    written || b.is_calendar() && a.days.zip(b.days).is_some_and(days)
}

/// Whether one of the last words with content before the one date is one before the other, in their clauses.
fn tell_the_same(cx: &Context<'_>, a: &DateMention, b: &DateMention) -> bool {
    let draft = cx.draft;
    let words = |date: &DateMention| {
        let first = draft.token_at(date.span.start);
        let sentence = draft.tokens[first].sentence;
        let clause = move |t: &&Token| t.sentence == sentence && !matches!(draft.word(t), ";" | ":" | "—" | "–");
        let content = |t: &&Token| {
            let function = t.lex.is(Lex::FUNCTION | Lex::MONTH | Lex::WEEKDAY);
            t.kind == TokenKind::Word && !function && t.span.len() >= SHORTEST
        };
        let before = draft.tokens[first.saturating_sub(REACH)..first].iter().rev();
        before.take_while(clause).filter(content).take(BEFORE).map(|t| draft.lower(t))
    };
    words(a).any(|word| words(b).any(|other| stem(word) == stem(other)))
}
