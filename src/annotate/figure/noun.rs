//! What a figure counts: the head of the noun phrase after it.

use super::cursor::Cursor;
use super::noun_words::{is_dimension, is_verb, plural_form};
use super::{Form, Measure, words};
use crate::text::{Lex, Rational, Span, TokenKind};

/// The noun phrase after a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noun {
    /// The head word.
    pub head: Span,
    /// From the first modifier to the head.
    pub phrase: Span,
    /// Whether the phrase follows an “of”: a share of the phrase, not a count of it.
    pub of: bool,
}

/// How far after the number the head may be.
const REACH: usize = 6;

/// Reads the noun phrase that starts at token `at`. `measure` and `value` say what to expect: a count of more than
/// one has a plural head.
pub(super) fn read(cursor: &Cursor<'_>, mut at: usize, measure: Measure, form: Form, value: Rational) -> Option<Noun> {
    let mut of = false;
    // “half the voters” is a share like “half of the voters”.
    let bare_share =
        measure == Measure::Fraction && matches!(cursor.lower(at), "the" | "its" | "their" | "his" | "her" | "all");
    if cursor.lower(at) == "of" || bare_share {
        of = true;
        at += usize::from(!bare_share);
        for _ in 0..2 {
            at += usize::from(matches!(
                cursor.lower(at),
                "the"
                    | "all"
                    | "its"
                    | "their"
                    | "his"
                    | "her"
                    | "our"
                    | "a"
                    | "an"
                    | "those"
                    | "these"
                    | "this"
                    | "that"
            ));
        }
    }
    let hyphen = cursor.word(at) == "-" && cursor.touched(at) && cursor.touches(at);
    at += usize::from(hyphen);
    let counts = matches!(measure, Measure::Count)
        && !hyphen
        && !of
        && value.is_whole()
        && (value != Rational::ONE || form == Form::Vague);
    // The parties of six-party talks are counted, not the talks; a 40-strong crew is.
    if hyphen && measure == Measure::Count && cursor.kind(at) == Some(TokenKind::Word) && cursor.lower(at) != "strong" {
        let token = cursor.token(at).filter(|t| !t.lex.is(Lex::FUNCTION))?;
        let head = token.span;
        return Some(Noun { head, phrase: head, of });
    }
    at += usize::from(hyphen && cursor.lower(at) == "strong");
    let first = at;
    let mut words: [usize; REACH] = [0; REACH];
    let mut len = 0;
    let mut plural: Option<usize> = None;
    while len < REACH {
        match cursor.kind(at) {
            Some(TokenKind::Word) => {
                let token = cursor.token(at)?;
                let lower = cursor.lower(at);
                let linking = matches!(lower, "more" | "other" | "such" | "of" | "own" | "same" | "few");
                if token.lex.is(Lex::FUNCTION) && !linking || (lower == "of") || is_verb(lower) {
                    break;
                }
                // 5 feet tall, 90 meters high; “thirty-two of the forty-one” counts no forty.
                if len == 0 && !matches!(measure, Measure::Count | Measure::Fraction) && !hyphen && is_dimension(lower)
                    || of && words::number_word(lower).is_some()
                {
                    return None;
                }
                let is_plural =
                    plural_form(lower) && !(token.is_capital() && cursor.kind(at + 1) == Some(TokenKind::Clitic));
                if plural.is_some() && !is_plural {
                    break;
                }
                // A past participle after a noun begins the verb, and right behind a measure: 500 acres burned.
                let behind = len > 0 || matches!(measure, Measure::Unit(_) | Measure::Money(_)) && !hyphen && !of;
                if plural.is_none() && !counts && behind && lower.len() > 4 && lower.ends_with("ed") {
                    break;
                }
                words[len] = at;
                len += 1;
                if is_plural && (counts || of || (measure == Measure::Fraction && !hyphen)) {
                    plural = Some(at);
                }
                at += 1;
            }
            Some(TokenKind::Clitic) if len > 0 => at += 1,
            Some(TokenKind::Mark) if cursor.word(at) == "-" && cursor.touched(at) && cursor.touches(at) => at += 1,
            _ => break,
        }
    }
    let head = match plural {
        Some(head) => head,
        None if counts => return None,
        None => words[..len].iter().rev().copied().find(|&w| {
            let lower = cursor.lower(w);
            !matches!(lower, "more" | "other" | "such" | "own" | "same" | "few") && !lower.ends_with("ly")
        })?,
    };
    // A bare number with one adjective behind it, or a verb in -ing, has no noun.
    let head_token = cursor.token(head)?;
    let start = cursor.token(first)?.span.start;
    let phrase = Span { start, end: head_token.span.end };
    (start < phrase.end).then_some(Noun { head: head_token.span, phrase, of })
}
