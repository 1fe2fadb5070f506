//! Where speech ends, or begins, when its other mark is missing.

use super::lexer::previous_paragraph;
use super::mark::{Level, Mark, Pair, Role};
use crate::source::{Block, Draft};
use crate::text::{Lex, Span, Token, TokenKind};

/// Turns the marks of a block that were left open into quotations where the speech can be told, and notes for the rest
/// where the partner belongs. Speech that goes on in the next paragraph is no error.
pub(super) fn run(draft: &Draft, index: usize, level: Level, marks: &mut [Mark], pairs: &mut Vec<Pair>) {
    let block = &draft.blocks[index];
    for at in 0..marks.len() {
        let mark = marks[at];
        if mark.level != level {
            continue;
        }
        match mark.role {
            Role::LoneOpen => {
                let stop = marks.get(at + 1).map_or(block.span.end, |next| next.span.start);
                let is_last = !marks[at + 1..].iter().any(|m| m.level == level);
                let mut pair = Pair {
                    inner: Span { start: mark.span.end, end: stop },
                    outer: Span { start: mark.span.start, end: stop },
                    level,
                    block: index as u32,
                    continues: false,
                    closed: false,
                };
                if is_last && continues_after(draft, index, mark) {
                    marks[at].role = Role::Open;
                } else if let Some(end) = speech_end(draft, block, mark.span.end, stop) {
                    marks[at].partner = Some(end);
                    pair.closed = true;
                    pair.inner.end = end;
                    pair.outer.end = end;
                } else {
                    marks[at].partner = sentence_end(draft, mark.span.end, stop);
                    if !starts_speech(draft, block, mark.span.start) {
                        continue;
                    }
                    pair.closed = true;
                    let end = marks[at].partner.unwrap_or(stop);
                    pair.inner.end = end;
                    pair.outer.end = end;
                }
                if pair.inner.start < pair.inner.end {
                    pairs.push(pair);
                }
            }
            Role::LoneClose => {
                let from = at.checked_sub(1).map_or(block.span.start, |before| marks[before].span.end);
                let sentence = &draft.sentences[draft.sentence_at(mark.span.start.saturating_sub(1))];
                marks[at].partner = Some(sentence.span.start.max(from));
            }
            Role::Open | Role::Close => {}
        }
    }
}

/// Whether the next paragraph begins with an opening mark like `mark`.
fn continues_after(draft: &Draft, index: usize, mark: Mark) -> bool {
    let next = index + 1;
    if next >= draft.blocks.len() || previous_paragraph(draft, next).is_none() {
        return false;
    }
    let opening = draft.words_at(mark.span);
    let rest = draft.blocks[next].span.of(&draft.text);
    rest.strip_prefix(opening).is_some_and(|r| r.starts_with(|c: char| !c.is_whitespace() && !",.;:)".contains(c)))
}

/// The offset after the comma, question mark or exclamation mark before “he said”, between `from` and `stop`.
pub(super) fn speech_end(draft: &Draft, block: &Block, from: u32, stop: u32) -> Option<u32> {
    let tokens = draft.block_tokens(block);
    let first = tokens.partition_point(|t| t.span.start < from);
    let last = tokens.partition_point(|t| t.span.start < stop);
    let tokens = &tokens[first..last];
    let ends = |t: &Token| matches!(draft.word(t), "," | "?" | "!");
    (1..tokens.len()).find(|&at| ends(&tokens[at]) && names_speaker(&tokens[at + 1..])).map(|at| tokens[at].span.end)
}

/// Whether the next few words are a verb of saying with its subject on either side.
fn names_speaker(tokens: &[Token]) -> bool {
    let is_verb = |t: &Token| t.lex.is(Lex::SPEECH_VERB) && !t.is_capital();
    let is_name = |t: &Token| t.is_capital() || t.lex.is(Lex::FUNCTION);
    match tokens {
        [verb, who, ..] if is_verb(verb) => who.kind == TokenKind::Word && is_name(who),
        [who, verb, ..] if is_name(who) && is_verb(verb) => true,
        [first, second, verb, ..] if first.is_capital() && second.is_capital() => is_verb(verb),
        _ => false,
    }
}

/// Whether an opening mark at `start` begins the paragraph or follows a comma or colon.
fn starts_speech(draft: &Draft, block: &Block, start: u32) -> bool {
    let before = draft.text[block.span.start as usize..start as usize].trim_end();
    before.is_empty() || before.ends_with([',', ':'])
}

/// The end of the last sentence that lies before `stop`.
fn sentence_end(draft: &Draft, from: u32, stop: u32) -> Option<u32> {
    let sentence = &draft.sentences[draft.sentence_at(stop.saturating_sub(1))];
    let end = sentence.span.end.min(stop);
    (end > from).then_some(end)
}
