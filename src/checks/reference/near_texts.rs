//! Names of organizations and places that a text laid beside the draft spells otherwise: two words with capitals, one of them a letter off.

use rustc_hash::FxHashMap;

use super::{file_name, witness};
use crate::annotate::Annotations;
use crate::checks::Context;
use crate::checks::words::shorten;
use crate::corpus::SourceDocument;
use crate::diagnostic::{Confidence, Finding, Fix, Safety};
use crate::facts::forms::{Kinship, akin};
use crate::source::Draft;
use crate::text::fold::ascii_key;
use crate::text::{Lex, Span, Token, TokenKind, spelling};

const CODE: &str = "organizations/reference";

/// Two words with capitals side by side, as keys.
#[derive(Clone)]
struct Pair {
    words: [String; 2],
    span: Span,
}

/// The pairs of a text's body outside the names of people.
fn pairs(draft: &Draft, annotations: &Annotations) -> Vec<Pair> {
    let mut people: Vec<Span> = annotations.people.iter().flat_map(|p| &p.mentions).map(|m| m.span).collect();
    people.sort_unstable();
    let is_person = |span: Span| {
        let next = people.partition_point(|m| m.end <= span.start);
        people.get(next).is_some_and(|m| m.overlaps(span))
    };
    let part = |t: &Token| {
        let free = t.lex.is(Lex::FUNCTION | Lex::WEEKDAY | Lex::MONTH);
        t.kind == TokenKind::Word && t.is_capital() && !free
    };
    let mut found = Vec::new();
    for block in draft.blocks.iter().filter(|b| b.kind.is_body()) {
        for pair in draft.block_tokens(block).windows(2) {
            let [a, b] = pair else { continue };
            let span = a.span.cover(b.span);
            // A dictionary word that is nobody's surname ends no person's name: Brandt Ceramics.
            let is_person = is_person(span) && (b.lex.is(Lex::SURNAME) || !b.lex.is(Lex::WORD));
            if part(a) && part(b) && b.span.start - a.span.end == 1 && !is_person {
                found.push(Pair { words: [ascii_key(draft.word(a)), ascii_key(draft.word(b))], span });
            }
        }
    }
    found
}

pub(super) fn check(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let sources = &cx.reference.sources;
    if sources.is_empty() {
        return;
    }
    let ours = pairs(cx.draft, cx.annotations);
    if ours.is_empty() {
        return;
    }
    // Each pair of the other texts under its first word, and under its last.
    let mut theirs: FxHashMap<(usize, String), Vec<(&SourceDocument, Pair)>> = FxHashMap::default();
    for document in sources.beside(cx.draft) {
        for pair in pairs(&document.draft, &document.annotations) {
            for side in [0, 1] {
                theirs.entry((side, pair.words[side].clone())).or_default().push((document, pair.clone()));
            }
        }
    }
    let mut told: Vec<[String; 2]> = Vec::new();
    for pair in &ours {
        let known = theirs.get(&(0, pair.words[0].clone())).into_iter().flatten();
        if told.contains(&pair.words) || known.clone().any(|(_, other)| other.words == pair.words) {
            continue;
        }
        let found = [0, 1].into_iter().find_map(|same| otherwise(cx, pair, same, &theirs));
        if let Some(finding) = found {
            told.push(pair.words.clone());
            findings.push(finding);
        }
    }
}

/// The finding where other texts have the pair with the word at `same`, and the other word a letter off.
fn otherwise(
    cx: &Context<'_>,
    pair: &Pair,
    same: usize,
    theirs: &FxHashMap<(usize, String), Vec<(&SourceDocument, Pair)>>,
) -> Option<Finding> {
    let odd = 1 - same;
    let word = &pair.words[odd];
    let all = theirs.get(&(same, pair.words[same].clone()))?;
    // Labour Party and Labor Party, Defence and Defense: a house's spelling.
    let spelled_alike = |other: &str| spelling::mark(word).is_some_and(|mark| mark.other == other);
    let is_slip = |other: &str| akin(word, other) == Some(Kinship::Slip) && !spelled_alike(other);
    let (_, first) = all.iter().find(|(_, other)| is_slip(&other.words[odd]))?;
    let right = &first.words[odd];
    let having: Vec<&(&SourceDocument, Pair)> = all.iter().filter(|(_, other)| other.words[odd] == *right).collect();
    // Both spellings in one text are two names.
    if stands(cx.draft, right) || theirs.values().flatten().any(|(document, _)| stands(&document.draft, word)) {
        cx.kept_apart(CODE, pair.span, pair.span, || "one text has both words".to_owned());
        return None;
    }
    let mut agreeing: Vec<&SourceDocument> = Vec::new();
    for (document, _) in &having {
        if !agreeing.iter().any(|d| d.path() == document.path()) {
            agreeing.push(document);
        }
    }
    let (document, there) = having.first()?;
    let is_name = |key: &str| !Lex::of(key).is(Lex::WORD | Lex::COMMON);
    let alone = if is_name(word) || is_name(right) { Confidence::Sure } else { Confidence::Likely };
    let (here, said) = (cx.draft.words_at(pair.span), document.draft.words_at(there.span));
    let message = format!("“{}” here, “{}” in {}", shorten(here, 28), shorten(said, 28), file_name(document.path()));
    let mut finding = Finding::new(CODE, pair.span, message)
        .confidence(witness::weigh(alone, &agreeing))
        .fix(Fix::replace(pair.span, said, Safety::Display))
        .why(Kinship::Slip.name());
    for document in agreeing {
        let there = having.iter().find(|(d, _)| d.path() == document.path()).map(|(_, pair)| pair.span);
        finding = finding.elsewhere(document.evidence(there.unwrap_or_default(), "the name there"));
    }
    Some(finding)
}

/// Whether a text has a word of this key with a capital.
fn stands(draft: &Draft, key: &str) -> bool {
    draft.tokens.iter().any(|t| t.is_word() && t.is_capital() && ascii_key(draft.word(t)) == key)
}
