//! `copy/duplicate`: a paragraph or a headline twice.

use std::collections::hash_map::Entry;
use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};
use serde::Deserialize;

use super::{Context, shorten};
use crate::diagnostic::{Finding, Fix, Safety};
use crate::source::{Block, BlockKind, Draft};
use crate::text::{Token, TokenKind};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// The fewest words of a paragraph that is looked at.
    min_words: usize,
}

/// The fewest words of a headline that is looked at.
const HEADLINE_WORDS: usize = 3;

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let min_words = cx.options::<Options>().min_words;
    let draft = cx.draft;
    let mut seen = Seen::default();
    // A story pasted twice is one finding: the run of repeated paragraphs that is open, by the last of it and the last of what it repeats.
    let mut run: Option<Run> = None;
    for (index, block) in draft.blocks.iter().enumerate() {
        let headline = block.kind == BlockKind::Headline;
        let looked_at = headline
            || matches!(block.kind, BlockKind::Body | BlockKind::Standfirst | BlockKind::Heading | BlockKind::List);
        // Cheap first: no block of fewer tokens than words has enough words.
        if !looked_at || block.tokens.len() < HEADLINE_WORDS {
            continue;
        }
        let least = if headline { HEADLINE_WORDS.min(min_words) } else { min_words };
        let Some(first) = seen.before(draft, index, least) else { continue };
        let other = &draft.blocks[first];
        let of_headline = headline || other.kind == BlockKind::Headline;
        if !of_headline && counted(draft, block).count() < min_words {
            continue;
        }
        // The title in the front matter and the one in the copy are one headline, kept in two places.
        let front = draft.metadata.front_matter.span;
        let in_front = |b: &Block| draft.map.to_source(b.span).start < front.end;
        if in_front(other) && !in_front(block) {
            cx.kept_apart("copy/duplicate", block.span, other.span, || {
                "the first is a field of the front matter".into()
            });
            continue;
        }
        if let Some(open) = &mut run
            && !of_headline
            && open.goes_on(draft, first, index)
        {
            (open.first, open.last, open.count) = (first, index, open.count + 1);
            continue;
        }
        findings
            .extend(run.replace(Run { start: (first, index), first, last: index, count: 1 }).map(|r| r.finding(draft)));
    }
    findings.extend(run.map(|r| r.finding(draft)));
}

/// The blocks of enough words, each the first of its words.
#[derive(Default)]
struct Seen {
    /// By [`brief`] keys. Most blocks share theirs with no other, and are read no further.
    brief: FxHashMap<u64, Brief>,
    /// By [`key`]s: those that share a brief key.
    whole: FxHashMap<u64, usize>,
}

enum Brief {
    /// The only block so far, and the words that it needs to count.
    One(usize, usize),
    Several,
}

impl Seen {
    /// The first block before the one at `index` with the same words; without one, that block is noted if it has `least` words.
    fn before(&mut self, draft: &Draft, index: usize, least: usize) -> Option<usize> {
        match self.brief.entry(brief(draft, &draft.blocks[index])) {
            Entry::Vacant(slot) => {
                slot.insert(Brief::One(index, least));
                return None;
            }
            Entry::Occupied(mut slot) => {
                if let Brief::One(first, least) = *slot.get() {
                    note(&mut self.whole, draft, first, least);
                    slot.insert(Brief::Several);
                }
            }
        }
        note(&mut self.whole, draft, index, least)
    }
}

/// The block of `seen` with the words of the one at `index`; without one, that block is put there if it has `least` words.
fn note(seen: &mut FxHashMap<u64, usize>, draft: &Draft, index: usize, least: usize) -> Option<usize> {
    let block = &draft.blocks[index];
    let (key, count) = key(draft, block);
    let same = |&first: &usize| words(draft, &draft.blocks[first]).eq(words(draft, block));
    let found = seen.get(&key).copied().filter(same);
    if found.is_none() && count >= least {
        seen.entry(key).or_insert(index);
    }
    found
}

/// Blocks that repeat earlier ones, one after the other.
struct Run {
    /// The first block that is repeated and the block that repeats it.
    start: (usize, usize),
    first: usize,
    last: usize,
    count: usize,
}

impl Run {
    /// Whether the pair (`first`, `index`) is the next one: nothing but short blocks between.
    fn goes_on(&self, draft: &Draft, first: usize, index: usize) -> bool {
        let only_short = |from: usize, to: usize| (from + 1..to).all(|i| draft.blocks[i].tokens.len() < 20);
        self.first < first && self.last < index && only_short(self.first, first) && only_short(self.last, index)
    }

    fn finding(&self, draft: &Draft) -> Finding {
        let (other, block) = (&draft.blocks[self.start.0], &draft.blocks[self.start.1]);
        let of_headline = [other, block].iter().any(|b| b.kind == BlockKind::Headline);
        let place = draft.paragraph_number(self.start.0).map_or("above".to_owned(), |n| format!("as paragraph {n}"));
        let words = shorten(draft.words_at(block.span), 30);
        let message = match (of_headline, self.count) {
            (true, _) => format!("This headline stands {place} too: “{words}”"),
            (_, 1) => format!("This paragraph stands {place} too: “{words}”"),
            (_, count) => format!("{count} paragraphs from here on stand above too: “{words}”"),
        };
        let finding = Finding::new("copy/duplicate", block.span, message).here(other.span, "the same words");
        // Entries of a running story repeat their background.
        let finding = if block.segment != other.segment { finding.likely() } else { finding };
        finding.fix(Fix::replace(block.span, "", Safety::Unsafe))
    }
}

/// The words and numbers of a block, in lower case: marks do not tell two paragraphs apart.
fn words<'d>(draft: &'d Draft, block: &Block) -> impl Iterator<Item = &'d str> {
    counted(draft, block).map(|t| draft.lower(t))
}

fn counted<'d>(draft: &'d Draft, block: &Block) -> impl Iterator<Item = &'d Token> {
    draft.block_tokens(block).iter().filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number))
}

/// What blocks of the same words have in common too: their first words.
fn brief(draft: &Draft, block: &Block) -> u64 {
    /// So many words are seldom those of another paragraph.
    const WORDS: usize = 6;
    hash(draft, counted(draft, block).take(WORDS)).0
}

fn key(draft: &Draft, block: &Block) -> (u64, usize) {
    hash(draft, counted(draft, block))
}

fn hash<'d>(draft: &'d Draft, tokens: impl Iterator<Item = &'d Token>) -> (u64, usize) {
    let mut hasher = FxHasher::default();
    let mut count = 0;
    for token in tokens {
        // Words bring a hash of their own, but for the full stop of an abbreviation.
        match token.kind {
            TokenKind::Word => hasher.write_u64((token.span.len() as u64) << 32 | u64::from(token.hash)),
            _ => hasher.write(draft.lower(token).as_bytes()),
        }
        count += 1;
    }
    (hasher.finish(), count)
}
