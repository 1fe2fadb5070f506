//! The sentences of a draft that take a side: verbs with opposites, and what they are said of.

use std::cell::OnceCell;

use smallvec::SmallVec;

use crate::annotate::Quote;
use crate::annotate::entity_words::entity_words;
use crate::annotate::quote::{self, is_speech_verb};
use crate::facts::polarity::{Hit, Verbs};
use crate::source::Draft;
use crate::text::{Lex, Span, Token};

/// Words after a verb that may be its object.
const OBJECT_WORDS: usize = 8;
/// Words before a verb among which a verb of saying reports it.
const REPORT_WORDS: usize = 8;

/// A sentence with verbs that have opposites.
pub(super) struct Stated<'a> {
    pub sentence: usize,
    pub hits: SmallVec<[Hit; 2]>,
    draft: &'a Draft,
    words: OnceCell<Words<'a>>,
}

/// The words of a sentence, without its marks and numbers. Of most sentences that take a side nobody asks for them.
pub(super) struct Words<'a> {
    pub tokens: Vec<&'a Token>,
    /// In lower case.
    pub lower: Vec<&'a str>,
    /// One bit for each word, which several may share: a bit that one sentence has and another lacks is a word the other lacks.
    pub bits: u64,
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
    let verbs = Verbs::get();
    let mut found: Vec<Stated<'a>> = Vec::new();
    for (at, sentence) in draft.sentences.iter().enumerate() {
        let kind = draft.blocks[sentence.block as usize].kind;
        if !(kind.is_body() || kind.is_display()) {
            continue;
        }
        let all = draft.sentence_tokens(sentence);
        let mut hits: SmallVec<[Hit; 2]> = SmallVec::new();
        for (place, token) in all.iter().enumerate().filter(|(_, token)| verbs.may_begin_with(token)) {
            let (before, after) = (words_of(draft, &all[..place]), words_of(draft, &all[place + 1..]));
            if !before.clone().next_back().is_some_and(is_before_noun)
                && let Some(mut hit) = verbs.hit(draft.lower(token), before.clone().rev(), after)
                // Rebel-held, half-open.
                && !draft.text[..token.span.start as usize].ends_with('-')
                && quote::speech_at(quotes, token.span).is_none()
            {
                hit.at = before.count();
                hits.push(hit);
            }
        }
        if !hits.is_empty() {
            found.push(Stated { sentence: at, hits, draft, words: OnceCell::new() });
        }
    }
    found
}

fn words_of<'a>(draft: &'a Draft, tokens: &'a [Token]) -> impl DoubleEndedIterator<Item = &'a str> + Clone {
    tokens.iter().filter(|t| t.is_word()).map(|t| draft.lower(t))
}

/// Whether what follows a word is no verb: “the increase”, “its support” and “a loss” are none.
fn is_before_noun(word: &str) -> bool {
    matches!(
        word,
        "the" | "a" | "an" | "its" | "his" | "her" | "their" | "this" | "no" | "any" | "of" | "in" | "for" | "with"
    )
}

impl<'a> Stated<'a> {
    pub fn words(&self) -> &Words<'a> {
        self.words.get_or_init(|| {
            let all = self.draft.sentence_tokens(&self.draft.sentences[self.sentence]);
            let tokens: Vec<&Token> = all.iter().filter(|t| t.is_word()).collect();
            let lower = tokens.iter().map(|t| self.draft.lower(t)).collect();
            let bits = tokens.iter().fold(0, |bits, t| bits | 1 << (t.hash & 63));
            Words { tokens, lower, bits }
        })
    }

    pub fn span(&self, hit: &Hit) -> Span {
        let tokens = &self.words().tokens;
        let last = (hit.at + hit.len - 1).min(tokens.len() - 1);
        tokens[hit.at].span.cover(tokens[last].span)
    }

    /// Whether somebody is reported to say what `hit` says.
    pub fn is_reported(&self, hit: &Hit) -> bool {
        self.words().lower[hit.at.saturating_sub(REPORT_WORDS)..hit.at].iter().any(|w| is_speech_verb(w))
    }

    /// Words with content before the verb.
    pub fn subject(&self, hit: &Hit) -> Vec<&'a str> {
        self.content(0..hit.at)
    }

    /// Words with content after it.
    pub fn rest(&self, hit: &Hit) -> Vec<&'a str> {
        self.content(hit.at + hit.len..self.words().lower.len())
    }

    fn content(&self, range: std::ops::Range<usize>) -> Vec<&'a str> {
        let words = self.words();
        let content = range.filter(|&i| !words.tokens[i].lex.is(Lex::FUNCTION) && words.lower[i].len() > 2);
        content.map(|i| words.lower[i]).collect()
    }

    pub fn object(&self, hit: &Hit) -> Object<'a> {
        let mut object = Object { names: Vec::new(), nouns: Vec::new(), definite: false };
        let Words { tokens, lower, .. } = self.words();
        let start = hit.at + hit.len;
        for at in start..lower.len().min(start + OBJECT_WORDS) {
            // A mark between two words ends the phrase.
            if at > start && tokens[at].span.start - tokens[at - 1].span.end > 1 {
                break;
            }
            let (token, word) = (tokens[at], lower[at]);
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
