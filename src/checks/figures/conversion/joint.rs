//! The words that make one amount the conversion of the one before it.

use crate::annotate::Figure;
use crate::checks::Context;
use crate::checks::figures::clause::{closes, tokens};
use crate::text::{Lex, Token, TokenKind};

/// How copy ties a conversion to what it converts, the firmest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// 90 kilometers (56 miles)
    Bracket,
    /// “, or about 56 miles,” “, the equivalent of 56 miles”
    Or,
    /// “, about 56 miles,” “— 56 miles —”: lists look like it.
    Bare,
    /// “90 kilometers or 56 miles”: so does a choice.
    Loose,
}

/// The joint between two amounts that follow each other in a sentence.
pub(super) fn between(cx: &Context<'_>, ours: &Figure, theirs: &Figure) -> Option<Joint> {
    let words = tokens(cx, ours.span.end, theirs.span.start);
    if words.len() > 7 {
        return None;
    }
    let lower = |t: &Token| cx.draft.lower(t);
    let is_joint = |t: &Token| {
        matches!(lower(t), "," | "(" | "[" | "—" | "–" | "or" | "equal" | "equals" | "equivalent" | "is" | "the")
            || (lower(t) == "-" && !touches_word(cx, t))
    };
    let at = words.iter().position(is_joint)?;
    let (noun, link) = words.split_at(at);
    if !is_noun(cx, noun) {
        return None;
    }
    let link: Vec<&str> = link.iter().map(lower).collect();
    let joint = match link[..] {
        ["(" | "["]
        | ["(" | "[", "or" | "i.e." | "ie"]
        | ["(" | "[", "that", "is"]
        | ["(" | "[", "equal" | "equivalent", "to"] => Joint::Bracket,
        [",", "or"]
        | ["—" | "–" | "-", "or"]
        | ["equals"]
        | ["the" | ",", "equivalent", "of" | "to"]
        | [",", "the", "equivalent", "of"]
        | ["equivalent" | "equal", "to"]
        | [",", "equal", "to"]
        | ["or", "the", "equivalent", "of"]
        | [",", "or", "the", "equivalent", "of"]
        | ["is", "equal" | "equivalent", "to"]
        | ["is", "the", "equivalent", "of"] => Joint::Or,
        [","] | ["—" | "–" | "-"] | ["is"] => Joint::Bare,
        ["or"] => Joint::Loose,
        _ => return None,
    };
    let rest = &cx.draft.text[theirs.span.end as usize..];
    let shut = match joint {
        Joint::Bracket => rest.trim_start().starts_with([')', ']', ',', ';']),
        Joint::Or => closes(cx, theirs.span.end) || measures(cx, theirs.span.end),
        Joint::Bare | Joint::Loose => closes(cx, theirs.span.end),
    };
    shut.then_some(joint)
}

/// “deep”, “of land”, “marathon course”: what may stand between an amount and the joint.
fn is_noun(cx: &Context<'_>, words: &[Token]) -> bool {
    words.len() <= 3
        && words.iter().enumerate().all(|(i, t)| {
            let word = cx.draft.lower(t);
            t.kind == TokenKind::Word && (word == "of" && i == 0 || !t.lex.is(Lex::FUNCTION))
                || is_dimension(word)
                || (word == "-" && touches_word(cx, t))
        })
}

fn is_dimension(word: &str) -> bool {
    matches!(
        word,
        "deep"
            | "high"
            | "tall"
            | "long"
            | "wide"
            | "thick"
            | "away"
            | "across"
            | "above"
            | "below"
            | "square"
            | "apart"
    )
}

/// Whether a word of dimension follows: “or about 17 miles deep”.
fn measures(cx: &Context<'_>, at: u32) -> bool {
    cx.draft.tokens.get(cx.draft.token_at(at)).is_some_and(|t| is_dimension(cx.draft.lower(t)))
}

fn touches_word(cx: &Context<'_>, token: &Token) -> bool {
    let before = cx.draft.text[..token.span.start as usize].chars().next_back();
    before.is_some_and(|c| !c.is_whitespace())
}
