//! What a summary leaves out or denies, and its source has: “excluding the ferry fund”, “no delays”, “unlicensed boats”.

use super::polarity::message;
use crate::checks::Context;
use crate::corpus::SourceDocument;
use crate::diagnostic::Finding;
use crate::facts::turns::{phrase_after, same_word};
use crate::source::Draft;
use crate::text::{Lex, Span, Token, TokenKind};

/// Words after a “no” that can be what is denied and what goes with it.
const REACH: usize = 10;
/// The shortest word that a prefix turns.
const TURNED: usize = 5;

pub(super) fn read(cx: &Context<'_>, sentence: usize, documents: &[&SourceDocument]) -> impl Iterator<Item = Finding> {
    let tokens = cx.draft.sentence_tokens(&cx.draft.sentences[sentence]);
    let found = (0..tokens.len()).filter_map(|at| {
        left_out(cx, sentence, at, documents)
            .or_else(|| none_of(cx, tokens, at, documents))
            .or_else(|| prefixed(cx, tokens, at, documents))
    });
    found.collect::<Vec<_>>().into_iter()
}

/// “Excluding the new pier” where a source has the new pier in what it says, and leaves it out nowhere.
fn left_out(cx: &Context<'_>, sentence: usize, at: usize, documents: &[&SourceDocument]) -> Option<Finding> {
    let tokens = cx.draft.sentence_tokens(&cx.draft.sentences[sentence]);
    let word = cx.draft.lower(&tokens[at]);
    let not_including = matches!(word, "including" | "include") && at > 0 && cx.draft.lower(&tokens[at - 1]) == "not";
    if !not_including && !matches!(word, "excluding" | "excludes" | "excluded") {
        return None;
    }
    let wanted = phrase_after(cx.draft, sentence, at);
    let first = if not_including { at - 1 } else { at };
    let span = tokens[first].span.cover(tokens[at].span);
    (wanted.len() >= 2).then(|| has_all(cx, span, &wanted, documents)).flatten()
}

/// “No delays because of the storm” where a source tells of delays because of the storm.
fn none_of(cx: &Context<'_>, tokens: &[Token], at: usize, documents: &[&SourceDocument]) -> Option<Finding> {
    let next = tokens.get(at + 1).map(|t| cx.draft.lower(t))?;
    // “No longer” and “no more than” deny no thing.
    if cx.draft.lower(&tokens[at]) != "no" || matches!(next, "longer" | "more" | "less" | "later" | "one" | "matter") {
        return None;
    }
    let words =
        tokens[at + 1..].iter().take(REACH).take_while(|t| !matches!(t.kind, TokenKind::Stop | TokenKind::Quote));
    let wanted: Vec<String> = words.filter(|t| is_content(cx.draft, t)).map(|t| cx.draft.lower(t).to_owned()).collect();
    let noun = tokens[at + 1..].iter().find(|t| is_content(cx.draft, t))?;
    let span = tokens[at].span.cover(noun.span);
    (wanted.len() >= 3 && span.len() < 40).then(|| has_all(cx, span, &wanted, documents)).flatten()
}

/// A sentence of a source with all of `wanted` and no negation, where none that has the first of them is negated.
fn has_all(cx: &Context<'_>, span: Span, wanted: &[String], documents: &[&SourceDocument]) -> Option<Finding> {
    let mut found: Option<(&SourceDocument, Span)> = None;
    for &document in documents {
        let draft = &document.draft;
        for sentence in &draft.sentences {
            let tokens = draft.sentence_tokens(sentence);
            let place = |w: &String| tokens.iter().find(|t| t.kind == TokenKind::Word && alike(w, draft.lower(t)));
            let Some(first) = place(&wanted[0]) else { continue };
            if tokens.iter().any(|t| denies(draft.lower(t))) {
                return None;
            }
            let places: Option<Vec<Span>> = wanted.iter().map(|w| place(w).map(|t| t.span)).collect();
            if let (None, Some(places)) = (&found, places) {
                found = Some((document, places.into_iter().fold(first.span, |a, b| a.cover(b))));
            }
        }
    }
    let (document, there) = found?;
    let why = format!("{} words the same, and no “not” beside them there", wanted.len());
    Some(differ(cx, span, document, there, why))
}

/// “Unlicensed boats” where a source has licensed boats, and unlicensed ones nowhere.
fn prefixed(cx: &Context<'_>, tokens: &[Token], at: usize, documents: &[&SourceDocument]) -> Option<Finding> {
    let word = cx.draft.lower(&tokens[at]);
    let base = word.strip_prefix("un").filter(|base| base.len() >= TURNED)?;
    let next = cx.draft.lower(tokens.get(at + 1).filter(|t| is_content(cx.draft, t))?);
    let mut found = None;
    for &document in documents {
        let draft = &document.draft;
        if draft.tokens.iter().any(|t| draft.lower(t) == word) {
            return None;
        }
        // One more word may stand between: “adjusted diluted earnings”.
        let follows = |i: usize| draft.tokens.iter().skip(i + 1).take(2).find(|t| alike(next, draft.lower(t)));
        let pair = || {
            draft
                .tokens
                .iter()
                .enumerate()
                .filter(|(_, t)| draft.lower(t) == base)
                .find_map(|(i, t)| Some(t.span.cover(follows(i)?.span)))
        };
        found = found.or_else(|| pair().map(|span| (document, span)));
    }
    let (document, there) = found?;
    let span = tokens[at].span.cover(tokens[at + 1].span);
    Some(differ(cx, span, document, there, "the same word without its prefix; nowhere with it".to_owned()))
}

fn differ(cx: &Context<'_>, span: Span, document: &SourceDocument, there: Span, why: String) -> Finding {
    let name = document.path().file_name().map_or_else(|| "the source".into(), |n| n.to_string_lossy());
    message(cx, span, document.draft.words_at(there), &format!("in {name}"))
        .elsewhere(document.evidence(there, "the opposite"))
        .why(why)
}

fn is_content(draft: &Draft, token: &Token) -> bool {
    token.kind == TokenKind::Word && !token.lex.is(Lex::FUNCTION) && !matches!(draft.lower(token), "due" | "because")
}

fn denies(word: &str) -> bool {
    matches!(word, "no" | "not" | "never" | "without" | "except" | "before" | "cannot" | "nor" | "neither" | "none")
        || word.starts_with("exclu")
        || word.ends_with("n't")
        || word.ends_with("n’t")
}

/// Whether two words are forms of one: “uncertain” and “uncertainties”, “pier” and “piers”.
fn alike(a: &str, b: &str) -> bool {
    let stem = |w: &str| w.strip_suffix('s').unwrap_or(w).to_owned();
    same_word(&stem(a), &stem(b))
}
