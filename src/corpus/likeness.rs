//! Which sentences of other texts tell of the same as a sentence of a draft: those that share its content words.
//!
//! Measured by the share of the shorter sentence's content words that both have; function words, numbers and dates do not count, since they
//! prove nothing and may be what differs.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::shingle::hash_word;
use crate::source::Draft;
use crate::text::sentence::Sentence;
use crate::text::{Lex, TokenKind};

/// A sentence of one of the texts, and how like the sentence asked for it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Like {
    /// Which text, in the order in which they were added.
    pub text: u32,
    /// Index of [`Draft::sentences`] of that text.
    pub sentence: u32,
    /// Different content words that both have.
    pub shared: u16,
    /// The same in hundredths of the shorter sentence's content words.
    pub share: u16,
}

/// Content words of the sentences of some texts.
#[derive(Clone, Debug, Default)]
pub struct SentenceIndex {
    postings: FxHashMap<u64, SmallVec<[(u32, u32); 2]>>,
    /// How many different content words each sentence has.
    sizes: Vec<Vec<u16>>,
}

/// Like sentences with fewer shared words than this are not worth looking at.
const LEAST: u16 = 2;
/// The most sentences returned for one.
const MOST: usize = 12;

impl SentenceIndex {
    /// Of all these texts, with room made for them once: about every third token is a word of its own.
    pub fn of<'a>(drafts: impl Iterator<Item = &'a Draft> + Clone) -> SentenceIndex {
        let mut index = SentenceIndex::default();
        index.postings.reserve(drafts.clone().map(|draft| draft.tokens.len() / 3).sum());
        drafts.for_each(|draft| index.add(draft));
        index
    }

    pub fn add(&mut self, draft: &Draft) {
        let text = self.sizes.len() as u32;
        let mut sizes = Vec::with_capacity(draft.sentences.len());
        for (index, sentence) in draft.sentences.iter().enumerate() {
            let words = content_words(draft, sentence);
            sizes.push(words.len() as u16);
            if draft.blocks[sentence.block as usize].kind.is_copy() {
                for word in words {
                    self.postings.entry(word).or_default().push((text, index as u32));
                }
            }
        }
        self.sizes.push(sizes);
    }

    /// The sentences most like `sentence` of `draft`, the likest first.
    pub fn find(&self, draft: &Draft, sentence: &Sentence) -> Vec<Like> {
        if self.postings.is_empty() {
            return Vec::new();
        }
        let words = content_words(draft, sentence);
        let mut shared: FxHashMap<(u32, u32), u16> = FxHashMap::default();
        for word in &words {
            for &place in self.postings.get(word).into_iter().flatten() {
                *shared.entry(place).or_default() += 1;
            }
        }
        let mut found: Vec<Like> = shared
            .into_iter()
            .filter(|&(_, shared)| shared >= LEAST)
            .map(|((text, sentence), shared)| {
                let size = self.sizes[text as usize][sentence as usize].min(words.len() as u16).max(1);
                Like { text, sentence, shared, share: shared * 100 / size }
            })
            .collect();
        found.sort_by_key(|l| (Reverse(u32::from(l.shared) * u32::from(l.share)), l.text, l.sentence));
        found.truncate(MOST);
        found
    }
}

/// The different content words of a sentence, by the hash of their stems.
fn content_words(draft: &Draft, sentence: &Sentence) -> Vec<u64> {
    let mut words: Vec<u64> = draft
        .sentence_tokens(sentence)
        .iter()
        .filter(|t| t.kind == TokenKind::Word && !t.lex.is(Lex::FUNCTION | Lex::MONTH | Lex::WEEKDAY))
        .map(|t| hash_word(stem(draft.lower(t))))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// A word without its commonest endings: enough to join “attacks” and “attacked”, not to be shown.
fn stem(lower: &str) -> &str {
    for ending in ["ings", "ing", "ied", "ies", "ed", "es", "s"] {
        if let Some(stem) = lower.strip_suffix(ending)
            && stem.len() >= 4
        {
            return stem;
        }
    }
    lower.strip_suffix('e').filter(|s| s.len() >= 4).unwrap_or(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likest_sentence_comes_first() {
        let source = Draft::from_text(
            "The harbor board closed the old pier on Monday. The ferry crossed the bay in heavy weather. Nobody was hurt.",
        );
        let mut index = SentenceIndex::default();
        index.add(&source);
        let draft = Draft::from_text("On Tuesday the board was closing its old harbor pier.");
        let found = index.find(&draft, &draft.sentences[0]);
        assert_eq!(found.first().map(|l| (l.sentence, l.shared, l.share)), Some((0, 5, 100)));
        let other = Draft::from_text("Rain is expected in the north.");
        assert_eq!(index.find(&other, &other.sentences[0]), []);
    }
}
