//! The sentences of a draft that take a side: verbs with opposites, and what they are said of.

use crate::annotate::Quote;
use crate::annotate::entity_words::entity_words;
use crate::annotate::quote::{self, is_speech_verb};
use crate::facts::polarity::{self, Hit};
use crate::source::Draft;
use crate::text::{Lex, Span, Token, TokenKind, word_bits};

/// Words after a verb that may be its object.
const OBJECT_WORDS: usize = 8;
/// Words before a verb among which a verb of saying reports it.
const REPORT_WORDS: usize = 8;

/// A sentence with verbs that have opposites.
pub(super) struct Stated<'a> {
    pub sentence: usize,
    pub tokens: Vec<&'a Token>,
    pub words: Vec<&'a str>,
    /// The hashes of the words, in their order: quicker to look through than the words.
    pub hashes: Vec<u32>,
    /// The [`word_bits`] of the words.
    pub bits: u64,
    pub hits: Vec<Hit>,
}

/// What a verb is said of.
pub(super) struct Object<'a> {
    names: Vec<&'a str>,
    nouns: Vec<&'a str>,
    /// “the city”: it may be any that was named.
    definite: bool,
}

/// The sentences of `draft` in story and display type, outside quotation marks, that take a side.
pub(super) fn read<'a>(draft: &'a Draft, quotes: &[Quote]) -> Vec<Stated<'a>> {
    let mut found = Vec::new();
    // Most sentences take no side: what is read of them goes into the same memory again.
    let (mut tokens, mut words): (Vec<&Token>, Vec<&str>) = (Vec::new(), Vec::new());
    for (at, sentence) in draft.sentences.iter().enumerate() {
        let kind = draft.blocks[sentence.block as usize].kind;
        if !(kind.is_body() || kind.is_display()) {
            continue;
        }
        let all = draft.sentence_tokens(sentence);
        if !all
            .iter()
            .any(|t| t.kind == TokenKind::Word && !t.lex.is(Lex::FUNCTION) && polarity::is_candidate(draft, t))
        {
            continue;
        }
        tokens.clear();
        tokens.extend(all.iter().filter(|t| t.kind == TokenKind::Word));
        words.clear();
        words.extend(tokens.iter().map(|t| draft.lower(t)));
        let candidates = (0..words.len()).filter(|&at| polarity::is_candidate(draft, tokens[at]));
        let mut hits: Vec<Hit> = candidates.filter_map(|at| polarity::hit_at(&words, at)).collect();
        hits.retain(|hit| is_verb(&words, hit) && quote::speech_at(quotes, tokens[hit.at].span).is_none());
        if !hits.is_empty() {
            let hashes = tokens.iter().map(|t| t.hash).collect();
            let (tokens, words) = (std::mem::take(&mut tokens), std::mem::take(&mut words));
            found.push(Stated { sentence: at, bits: word_bits(&words), tokens, words, hashes, hits });
        }
    }
    found
}

/// Whether a word with a stance is a verb here: “the increase”, “its support” and “a loss” are none.
fn is_verb(words: &[&str], hit: &Hit) -> bool {
    let before = hit.at.checked_sub(1).map_or("", |b| words[b]);
    !matches!(
        before,
        "the" | "a" | "an" | "its" | "his" | "her" | "their" | "this" | "no" | "any" | "of" | "in" | "for" | "with"
    )
}

impl<'a> Stated<'a> {
    pub fn span(&self, hit: &Hit) -> Span {
        let last = (hit.at + hit.len - 1).min(self.tokens.len() - 1);
        self.tokens[hit.at].span.cover(self.tokens[last].span)
    }

    /// Whether somebody is reported to say what `hit` says.
    pub fn is_reported(&self, hit: &Hit) -> bool {
        self.words[hit.at.saturating_sub(REPORT_WORDS)..hit.at].iter().any(|w| is_speech_verb(w))
    }

    /// Words with content before the verb.
    pub fn subject(&self, hit: &Hit) -> Vec<&'a str> {
        self.content(0..hit.at)
    }

    /// Words with content after it.
    pub fn rest(&self, hit: &Hit) -> Vec<&'a str> {
        self.content(hit.at + hit.len..self.words.len())
    }

    fn content(&self, range: std::ops::Range<usize>) -> Vec<&'a str> {
        range
            .filter(|&i| !self.tokens[i].lex.is(Lex::FUNCTION) && self.words[i].len() > 2)
            .map(|i| self.words[i])
            .collect()
    }

    pub fn object(&self, hit: &Hit) -> Object<'a> {
        let mut object = Object { names: Vec::new(), nouns: Vec::new(), definite: false };
        let start = hit.at + hit.len;
        for at in start..self.words.len().min(start + OBJECT_WORDS) {
            // A mark between two words ends the phrase.
            if at > start && self.tokens[at].span.start - self.tokens[at - 1].span.end > 1 {
                break;
            }
            let (token, word) = (self.tokens[at], self.words[at]);
            if token.is_capital() {
                object.names.push(word);
            } else if word == "the" && object.nouns.is_empty() {
                object.definite = true;
            } else if !token.lex.is(Lex::FUNCTION) && word != "control" {
                object.nouns.push(word);
            } else if matches!(
                word,
                "that" | "which" | "who" | "after" | "before" | "when" | "while" | "but" | "as" | "by"
            ) {
                break;
            }
        }
        object
    }
}

impl Object<'_> {
    /// Whether both have one name.
    pub fn names_the_same(&self, other: &Object<'_>) -> bool {
        self.names.iter().any(|x| other.names.iter().any(|y| same(x, y)))
    }

    /// Whether both begin with one noun and have no name: arson, the talks.
    pub fn begins_the_same(&self, other: &Object<'_>) -> bool {
        let first = self.nouns.first().zip(other.nouns.first());
        let days_alone = |o: &Object<'_>| o.names.iter().all(|n| Lex::of(n).is(Lex::WEEKDAY | Lex::MONTH));
        days_alone(self) && days_alone(other) && first.is_some_and(|(x, y)| same(x, y))
    }

    /// Whether both can be one thing.
    pub fn may_be(&self, other: &Object<'_>) -> bool {
        let shares = |a: &[&str], b: &[&str]| a.iter().any(|x| b.iter().any(|y| same(x, y)));
        let takes_up = |a: &Object<'_>, b: &Object<'_>| {
            a.definite
                && a.names.is_empty()
                && a.nouns.iter().any(|n| entity_words().taken_up.contains(n))
                && !b.names.is_empty()
        };
        shares(&self.names, &other.names)
            || self.names.is_empty() && other.names.is_empty() && shares(&self.nouns, &other.nouns)
            || takes_up(self, other)
            || takes_up(other, self)
    }
}

/// Whether two words are one, or one and its plural.
pub(super) fn same(x: &str, y: &str) -> bool {
    let stem = |w: &str| w.strip_suffix("es").or_else(|| w.strip_suffix('s')).unwrap_or(w).len();
    x == y || (x.len() > 3 && y.len() > 3 && x.get(..stem(x)) == y.get(..stem(y)))
}
