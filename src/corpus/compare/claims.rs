//! Sentences of both texts that tell of the same: whether the new one says the opposite, says for sure what was a maybe, or no longer says who
//! says so.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::{Difference, Fact, changed};
use crate::annotate::quote::{self, is_speech_verb};
use crate::corpus::likeness::SentenceIndex;
use crate::corpus::sources::SourceDocument;
use crate::facts::polarity;
use crate::text::{Lex, Span, Token};

/// Two sentences tell of the same where they share so many content words, and such a part of the shorter one's.
const SHARED: u16 = 3;
const SHARE: u16 = 50;

/// Words that leave open whether something is so.
static HEDGES: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| include_str!("../../../rules/lexicon/hedges.txt").lines().collect());

/// The words of a sentence outside quotation marks.
struct Sentence<'a> {
    span: Span,
    tokens: Vec<&'a Token>,
    words: Vec<&'a str>,
    quotes: bool,
}

fn read<'a>(document: &'a SourceDocument, index: usize) -> Sentence<'a> {
    let draft = &document.draft;
    let sentence = &draft.sentences[index];
    let quotes = &document.annotations.quotes;
    let outside = |t: &&Token| t.is_word() && quote::speech_at(quotes, t.span).is_none();
    let tokens: Vec<&Token> = draft.sentence_tokens(sentence).iter().filter(outside).collect();
    let words = tokens.iter().map(|t| draft.lower(t)).collect();
    Sentence { span: sentence.span, words, tokens, quotes: quotes.iter().any(|q| q.outer.overlaps(sentence.span)) }
}

pub(super) fn compare(old: &SourceDocument, new: &SourceDocument, found: &mut Vec<Difference>) {
    let mut index = SentenceIndex::default();
    index.add(&new.draft);
    for (at, sentence) in old.draft.sentences.iter().enumerate() {
        if !old.draft.blocks[sentence.block as usize].kind.is_body() {
            continue;
        }
        let like = index.find(&old.draft, sentence).into_iter().find(|l| {
            let block = new.draft.sentences[l.sentence as usize].block;
            new.draft.blocks[block as usize].kind.is_body()
        });
        let Some(twin) = like.filter(|l| l.shared >= SHARED && l.share >= SHARE) else { continue };
        let (before, after) = (read(old, at), read(new, twin.sentence as usize));
        if let Some(((old, new), note)) = turned(&before, &after) {
            found.push(changed(Fact::Claim, old, new, note));
        }
        let hedge = |s: &Sentence<'_>| s.words.iter().position(|w| HEDGES.contains(w)).map(|at| s.tokens[at].span);
        match (hedge(&before), hedge(&after)) {
            (Some(span), None) => found.push(changed(Fact::Claim, span, after.span, "hedge dropped")),
            (None, Some(span)) => found.push(changed(Fact::Claim, before.span, span, "hedge added")),
            _ => {}
        }
        if let Some(cue) = reports(&before).filter(|_| !before.quotes && !after.quotes)
            && reports(&after).is_none()
            && !is_reported_beside(new, twin.sentence as usize)
        {
            found.push(changed(Fact::Claim, before.tokens[cue].span, after.span, "no longer says who says so"));
        }
    }
}

/// The word by which a sentence reports what somebody says; “the protest” is none.
fn reports(sentence: &Sentence<'_>) -> Option<usize> {
    let words = &sentence.words;
    (0..words.len()).find(|&at| {
        let noun = at.checked_sub(1).is_some_and(|before| {
            matches!(words[before], "the" | "a" | "an" | "this" | "its" | "his" | "her" | "their" | "of" | "in" | "no")
        });
        words[at] == "according" || is_speech_verb(words[at]) && !noun
    })
}

/// Whether the sentence before or after is somebody's words or report, so that the reader knows who speaks.
fn is_reported_beside(document: &SourceDocument, at: usize) -> bool {
    let block = document.draft.sentences[at].block;
    let same = |other: usize| document.draft.sentences.get(other).is_some_and(|s| s.block == block);
    let beside = [at.checked_sub(1), Some(at + 1)];
    beside.into_iter().flatten().filter(|&other| same(other)).any(|other| {
        let sentence = read(document, other);
        sentence.quotes || reports(&sentence).is_some()
    })
}

/// What turns a sentence round: a verb with its opposite, “for” and “against” after one verb, or a negation more or less.
fn turned(before: &Sentence<'_>, after: &Sentence<'_>) -> Option<((Span, Span), &'static str)> {
    let (ours, theirs) = (polarity::hits(&before.words), polarity::hits(&after.words));
    let opposed = ours.iter().find_map(|a| theirs.iter().find(|b| a.opposes(b).is_some()).map(|b| (a.at, b.at)));
    if let Some((a, b)) = opposed {
        return Some(((before.tokens[a].span, after.tokens[b].span), "the opposite"));
    }
    let side = |s: &Sentence<'_>| {
        let at = s.words.windows(2).position(|w| w[0].starts_with("vot") && matches!(w[1], "for" | "against"))?;
        Some((s.words[at + 1].to_owned(), s.tokens[at + 1].span))
    };
    if let (Some((a, old)), Some((b, new))) = (side(before), side(after))
        && a != b
    {
        return Some(((old, new), "the opposite"));
    }
    let (no, yes) = (negation(before, after), negation(after, before));
    match (no, yes) {
        (Some(at), None) => Some(((before.tokens[at].span, after.span), "negation dropped")),
        (None, Some(at)) => Some(((before.span, after.tokens[at].span), "negation added")),
        _ => None,
    }
}

/// The word that denies: not, nobody; “undecided” where the other sentence has the verb without the prefix.
fn negation(sentence: &Sentence<'_>, other: &Sentence<'_>) -> Option<usize> {
    let denies = |word: &str| {
        let plain = matches!(
            word,
            "not"
                | "no"
                | "never"
                | "nobody"
                | "none"
                | "nothing"
                | "neither"
                | "nor"
                | "without"
                | "cannot"
                | "failed"
        );
        let stem = |prefix: &str| {
            let rest = word.strip_prefix(prefix).filter(|rest| rest.len() >= 5)?;
            let stem = rest.get(..5)?;
            other.words.iter().any(|w| w.starts_with(stem)).then_some(())
        };
        plain || word.ends_with("n't") || word.ends_with("n’t") || stem("un").is_some()
    };
    sentence.words.iter().zip(&sentence.tokens).position(|(word, token)| {
        denies(word) && !(token.lex.is(Lex::FUNCTION) && *word == "no" && sentence.words.contains(&"longer"))
    })
}
