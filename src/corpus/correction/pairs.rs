//! “A, not B”, and the names and phrases beside the words of a correction.

use crate::source::Draft;
use crate::text::{Lex, Span, Token, TokenKind};

/// The places of “…, not …”: the token before the comma, and the token “not”.
pub(super) fn opposed(draft: &Draft) -> Vec<(usize, usize)> {
    let is = |at: usize, word: &str| draft.tokens.get(at).is_some_and(|t| draft.lower(t) == word);
    let mut found = Vec::new();
    for at in 1..draft.tokens.len() {
        if is(at, ",") && is(at + 1, "not") {
            found.push((at - 1, at + 1));
        } else if is(at, ",") && is(at + 1, "and") && is(at + 2, "not") {
            found.push((at - 1, at + 2));
        }
    }
    found
}

/// The capitalized words that end with token `last`, with the small words between them.
pub(super) fn name_ending(draft: &Draft, last: usize) -> Option<Span> {
    let mut first = None;
    for at in (0..=last).rev() {
        let token = &draft.tokens[at];
        if is_name_word(draft, token) {
            first = Some(at);
        } else if !(is_particle(draft, token) && first.is_some()) {
            break;
        }
    }
    Some(Span { start: draft.tokens[first?].span.start, end: draft.tokens[last].span.end })
}

/// The capitalized words that begin with token `first`.
pub(super) fn name_beginning(draft: &Draft, first: usize) -> Option<Span> {
    let mut last = None;
    for at in first..draft.tokens.len() {
        let token = &draft.tokens[at];
        if is_name_word(draft, token) {
            last = Some(at);
        } else if !(is_particle(draft, token) && last.is_some()) {
            break;
        }
    }
    Some(Span { start: draft.tokens[first].span.start, end: draft.tokens[last?].span.end })
}

pub(super) fn is_name_word(draft: &Draft, token: &Token) -> bool {
    let word = draft.words_at(token.span);
    token.kind == TokenKind::Word && word.chars().next().is_some_and(char::is_uppercase) && !token.lex.is(Lex::FUNCTION)
}

fn is_particle(draft: &Draft, token: &Token) -> bool {
    ["of", "de", "del", "da", "van", "von", "der", "bin", "al", "-", "’", "'", "&"].contains(&draft.lower(token))
}

/// Skips quotation marks, from `at` on or from `at` back.
pub(super) fn past_marks(draft: &Draft, mut at: usize, back: bool) -> usize {
    while draft.tokens.get(at).is_some_and(|t| ["“", "”", "\"", "‘"].contains(&draft.lower(t))) {
        at = if back { at.saturating_sub(1) } else { at + 1 };
        if at == 0 {
            break;
        }
    }
    at
}
