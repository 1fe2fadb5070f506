//! A paragraph as the attribution reads it: the words outside quotation marks, with one place for each quotation, cut into
//! sentences that what is inside the marks cannot break.

use std::ops::Range;

use super::Quote;
use super::cue::{self, Class, Cue, Form};
use crate::source::{Block, Draft};
use crate::text::{Span, Token, TokenKind};

/// Tokens in brackets that are left out: (D-Md.)
const LONGEST_ASIDE: usize = 12;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// An index of the draft's tokens.
    Word(u32),
    /// An index of the quotations.
    Quote(u32),
}

/// A word that may name a source, at its place among the items.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub at: usize,
    pub cue: Cue,
}

pub(super) struct Frame<'a> {
    pub draft: &'a Draft,
    pub quotes: &'a [Quote],
    pub block: u32,
    pub items: Vec<Item>,
    /// The places of the quotations among them, in order.
    pub places: Vec<usize>,
    /// Ranges of `items`.
    pub sentences: Vec<Range<usize>>,
    /// In order.
    pub hits: Vec<Hit>,
}

impl<'a> Frame<'a> {
    /// Frames a block. `quotes` are all quotations of the draft.
    pub fn new(draft: &'a Draft, quotes: &'a [Quote], block: u32) -> Frame<'a> {
        let Block { tokens, sentences, .. } = &draft.blocks[block as usize];
        let tokens = tokens.clone();
        let mut frame = Frame {
            draft,
            quotes,
            block,
            items: Vec::with_capacity(tokens.len()),
            places: Vec::new(),
            sentences: Vec::with_capacity(sentences.len()),
            hits: Vec::with_capacity(tokens.len() / 16),
        };
        let mut next = quotes.partition_point(|q| q.block < block);
        let mut at = tokens.start;
        let mut last_sentence = None;
        let mut start = 0;
        let of_block = |next: usize| quotes.get(next).filter(|q| q.block == block);
        let mut next_start = of_block(next).map_or(u32::MAX, |q| q.outer.start);
        while at < tokens.end {
            let token = &draft.tokens[at as usize];
            // Words before the next quotation, which most are.
            if token.span.start < next_start && token.kind != TokenKind::Mark {
                if last_sentence.is_some_and(|s| s != token.sentence) && start < frame.items.len() {
                    frame.sentences.push(start..frame.items.len());
                    start = frame.items.len();
                }
                last_sentence = Some(token.sentence);
                frame.items.push(Item::Word(at));
                at += 1;
                continue;
            }
            while of_block(next).is_some_and(|q| q.outer.end <= token.span.start) {
                next += 1;
                next_start = of_block(next).map_or(u32::MAX, |q| q.outer.start);
            }
            let quote = of_block(next).filter(|q| q.outer.start <= token.span.start);
            let (item, past) = match quote {
                Some(quote) => (Item::Quote(next as u32), draft.token_at(quote.outer.end) as u32),
                None => match frame.aside(at, tokens.end) {
                    Some(past) => {
                        at = past;
                        continue;
                    }
                    None => (Item::Word(at), at + 1),
                },
            };
            // A quotation that the tokens do not end with, such as one at the block's end, still moves on.
            let past = past.clamp(at + 1, tokens.end);
            if last_sentence.is_some_and(|s| s != token.sentence) && start < frame.items.len() {
                frame.sentences.push(start..frame.items.len());
                start = frame.items.len();
            }
            last_sentence = Some(draft.tokens[past as usize - 1].sentence);
            if quote.is_some() {
                frame.places.push(frame.items.len());
            }
            frame.items.push(item);
            at = past;
        }
        if start < frame.items.len() {
            frame.sentences.push(start..frame.items.len());
        }
        frame.find_cues();
        frame
    }

    /// The token after a short aside in brackets that opens at `at`.
    fn aside(&self, at: u32, end: u32) -> Option<u32> {
        let open = &self.draft.tokens[at as usize];
        if open.kind != TokenKind::Mark || self.draft.word(open) != "(" {
            return None;
        }
        let last = (at as usize + LONGEST_ASIDE).min(end as usize);
        let close = (at as usize + 1..last).find(|&i| self.draft.word(&self.draft.tokens[i]) == ")")?;
        Some(close as u32 + 1)
    }

    fn find_cues(&mut self) {
        let filter = cue::filter();
        for at in 0..self.items.len() {
            let Some(token) = self.token(at).filter(|t| t.is_word() && filter.may_hold(t.hash)) else { continue };
            let Some(mut cue) = cue::of(self.draft.lower(token)) else { continue };
            let first = self.sentences.binary_search_by_key(&at, |s| s.start).is_ok();
            if token.is_capital() && !first {
                continue;
            }
            let before = if first { "" } else { self.lower(at - 1) };
            let nominal = is_determiner(before) || before == "’s" || before == "'s" || is_preposition(before);
            match cue.form {
                Form::Base | Form::Third if cue.noun && nominal => cue.class = Class::Noun,
                // “the stated aim”
                Form::Past if is_determiner(before) => continue,
                Form::Base if cue.class != Class::Noun && nominal && before != "that" => continue,
                _ => {}
            }
            self.hits.push(Hit { at, cue });
        }
    }

    pub fn token(&self, at: usize) -> Option<&'a Token> {
        match self.items.get(at)? {
            Item::Word(token) => Some(&self.draft.tokens[*token as usize]),
            Item::Quote(_) => None,
        }
    }

    pub fn quote(&self, at: usize) -> Option<&'a Quote> {
        match self.items.get(at)? {
            Item::Quote(quote) => Some(&self.quotes[*quote as usize]),
            Item::Word(_) => None,
        }
    }

    /// The word at `at` in lower case; empty for a quotation and past the end.
    pub fn lower(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |t| self.draft.lower(t))
    }

    pub fn is_word(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number | TokenKind::Clitic))
    }

    /// Whether a quotation of speech stands at `at`: it ends a stretch of the writer's words.
    pub fn is_speech(&self, at: usize) -> bool {
        self.quote(at).is_some_and(|q| q.is_speech())
    }

    pub fn span(&self, at: usize) -> Span {
        match self.items[at] {
            Item::Word(token) => self.draft.tokens[token as usize].span,
            Item::Quote(quote) => self.quotes[quote as usize].outer,
        }
    }

    /// The quotations whose places lie in `range`: place, and index of the quotations.
    pub fn quotes_in(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = (usize, usize)> + Clone {
        let start = self.places.partition_point(|&at| at < range.start);
        let end = self.places.partition_point(|&at| at < range.end);
        self.places[start..end.max(start)].iter().filter_map(|&at| match self.items[at] {
            Item::Quote(quote) => Some((at, quote as usize)),
            Item::Word(_) => None,
        })
    }

    /// The hits whose places lie in `range`.
    pub fn hits_in(&self, range: Range<usize>) -> &[Hit] {
        let start = self.hits.partition_point(|h| h.at < range.start);
        let end = self.hits.partition_point(|h| h.at < range.end);
        &self.hits[start..end.max(start)]
    }
}

pub(super) fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "his"
            | "her"
            | "their"
            | "its"
            | "my"
            | "our"
            | "your"
            | "this"
            | "these"
            | "those"
            | "no"
            | "any"
            | "some"
            | "each"
            | "every"
            | "another"
            | "both"
            | "several"
            | "many"
            | "one"
            | "two"
    )
}

pub(super) fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "in" | "on"
            | "at"
            | "by"
            | "for"
            | "from"
            | "with"
            | "of"
            | "during"
            | "after"
            | "before"
            | "under"
            | "about"
            | "amid"
            | "among"
            | "despite"
            | "through"
            | "throughout"
            | "since"
            | "until"
            | "into"
            | "over"
            | "upon"
            | "within"
            | "without"
            | "against"
            | "between"
            | "like"
            | "near"
            | "outside"
            | "inside"
            | "per"
            | "via"
    )
}

pub(super) fn is_pronoun(word: &str) -> bool {
    matches!(word, "he" | "she" | "they" | "i" | "we" | "you" | "it")
}

pub(super) fn is_be(word: &str) -> bool {
    matches!(word, "is" | "was" | "are" | "were" | "be" | "been" | "being" | "isn’t" | "wasn’t" | "isn't" | "wasn't")
}

/// Auxiliaries, modals and the adverbs that stand between a subject and its verb.
pub(super) fn is_light(word: &str) -> bool {
    matches!(
        word,
        "has"
            | "had"
            | "have"
            | "would"
            | "could"
            | "should"
            | "might"
            | "may"
            | "must"
            | "will"
            | "can"
            | "did"
            | "does"
            | "do"
            | "not"
            | "also"
            | "then"
            | "later"
            | "still"
            | "once"
            | "now"
            | "often"
            | "again"
            | "just"
            | "only"
            | "never"
            | "always"
            | "ever"
            | "even"
            | "further"
            | "soon"
            | "instead"
            | "famously"
            | "himself"
            | "herself"
            | "themselves"
            | "itself"
            | "today"
            | "yesterday"
            | "afterward"
            | "afterwards"
    ) || word.ends_with("n’t")
        || word.ends_with("n't")
        || word.len() > 4 && word.ends_with("ly")
}

/// Words at which a clause begins.
pub(super) fn is_break(word: &str) -> bool {
    matches!(
        word,
        "that"
            | "which"
            | "who"
            | "whom"
            | "whose"
            | "when"
            | "while"
            | "where"
            | "because"
            | "if"
            | "as"
            | "but"
            | "although"
            | "though"
            | "whether"
            | "so"
            | "than"
            | "what"
            | "how"
            | "why"
            | "or"
            | "yet"
            | "whereas"
    )
}
