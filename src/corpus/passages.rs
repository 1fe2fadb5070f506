//! Finding the same words, or nearly the same, in other texts held in memory.

use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::shingle::{self, FoldedWord};
use crate::source::Draft;
use crate::text::Span;

/// Runs of four words of some texts, and where they stand.
#[derive(Clone, Debug, Default)]
pub struct PassageIndex {
    /// Shingle to (text, position in that text's folded words).
    shingles: FxHashMap<u64, SmallVec<[(u32, u32); 2]>>,
    words: Vec<Vec<FoldedWord>>,
}

/// Where words stand in one of the texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which text, in the order in which they were added.
    pub text: u32,
    /// The tokens from the first shared word to the last.
    pub tokens: Range<u32>,
    /// How many runs of four words are shared.
    pub shared: u32,
}

impl PassageIndex {
    /// Of all these texts, with room made for them once.
    pub fn of<'a>(drafts: impl Iterator<Item = &'a Draft> + Clone) -> PassageIndex {
        let mut index = PassageIndex::default();
        index.shingles.reserve(drafts.clone().map(|draft| draft.tokens.len()).sum());
        drafts.for_each(|draft| index.add(draft));
        index
    }

    pub fn add(&mut self, draft: &Draft) {
        let text = self.words.len() as u32;
        let words = shingle::fold(draft, &draft.tokens, 0);
        for (key, position) in shingle::shingles(&words) {
            self.shingles.entry(key).or_default().push((text, position as u32));
        }
        self.words.push(words);
    }

    /// The best passage of each text for the words of `span`, most shared runs first. Fewer than four words are not found.
    pub fn find(&self, draft: &Draft, span: Span) -> Vec<Found> {
        if self.shingles.is_empty() {
            return Vec::new();
        }
        let asked = shingle::fold_span(draft, span);
        let mut hits: FxHashMap<u32, Vec<(u32, u32)>> = FxHashMap::default();
        for (key, here) in shingle::shingles(&asked) {
            for &(text, there) in self.shingles.get(&key).into_iter().flatten() {
                hits.entry(text).or_default().push((there, here as u32));
            }
        }
        let mut passages: Vec<Found> = hits
            .into_iter()
            .map(|(text, mut runs)| {
                runs.sort_unstable();
                let (range, shared) = densest(&runs, asked.len() as u32);
                let words = &self.words[text as usize];
                let last = (range.end as usize + shingle::LENGTH - 1).min(words.len() - 1);
                Found { text, tokens: words[range.start as usize].token..words[last].token + 1, shared }
            })
            .collect();
        passages.sort_by_key(|p| (Reverse(p.shared), p.text));
        passages
    }
}

/// The words of `tokens` in the draft's text.
pub fn span_of(draft: &Draft, tokens: &Range<u32>) -> Span {
    let tokens = &draft.tokens[tokens.start as usize..tokens.end as usize];
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => first.span.cover(last.span),
        _ => Span::default(),
    }
}

/// The stretch of at most one and a half times `len` words, plus ten, that holds the most shared runs: the positions of its
/// first and last run, and how many different runs of what was asked for it holds. `runs` are (there, here), sorted.
fn densest(runs: &[(u32, u32)], len: u32) -> (Range<u32>, u32) {
    let reach = len + len / 2 + 10;
    let mut best = (runs[0].0..runs[0].0, 0);
    let mut end = 0;
    for start in 0..runs.len() {
        while end < runs.len() && runs[end].0 - runs[start].0 <= reach {
            end += 1;
        }
        let mut here: SmallVec<[u32; 32]> = runs[start..end].iter().map(|&(_, here)| here).collect();
        here.sort_unstable();
        here.dedup();
        if here.len() as u32 > best.1 {
            best = (runs[start].0..runs[end - 1].0, here.len() as u32);
        }
    }
    best
}
