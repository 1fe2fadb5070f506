//! The quotations of a draft as wordings, for the checks that compare them.

use std::ops::Range;

use smallvec::SmallVec;

use crate::annotate::Quote;
use crate::checks::Context;
use crate::facts::wording::{Wording, shingles};
use crate::source::{BlockKind, Draft};
use crate::text::Span;

/// Labels of display type in copy without markup.
const LABELS: [&str; 7] = ["caption:", "pull quote:", "pullquote:", "photo:", "pull-quote:", "deck:", "quote:"];

/// The quotations of one paragraph that are one speech: the attribution between two parts does not part them.
pub(super) struct Speech<'a> {
    pub quotes: Vec<&'a Quote>,
    pub block: u32,
    /// Headline, standfirst, caption or pull quote: it repeats the story.
    pub display: bool,
}

impl Speech<'_> {
    /// Its words, folded.
    pub fn wording<'t>(&self, text: &'t str) -> Wording<'t> {
        let parts: Vec<Span> = self.quotes.iter().map(|q| q.span).collect();
        Wording::of(text, &parts)
    }

    /// The quotation that holds `span`.
    pub fn quote_at(&self, span: Span) -> Option<&Quote> {
        self.quotes.iter().find(|q| q.span.contains(span)).copied()
    }
}

/// So many that share words are held against each other: more are copy that repeats itself.
const CROWD: usize = 48;

/// Which speeches have a run of words in common, so that nobody holds each against all others. In most drafts none have.
pub(super) struct Runs {
    /// The keys that two speeches or more have, each with the speeches that have it; sorted.
    runs: Vec<(u64, usize)>,
    /// For each speech the ranges of `runs` with one of its keys, sorted by speech and key.
    of: Vec<(usize, Range<usize>)>,
}

impl Runs {
    pub fn new(draft: &Draft, speeches: &[Speech<'_>]) -> Runs {
        let mut runs: Vec<(u64, usize)> = Vec::new();
        if speeches.len() > 1 {
            for (at, speech) in speeches.iter().enumerate() {
                shingles(draft, speech.quotes.iter().map(|q| q.span), |key| runs.push((key, at)));
            }
            keep_repeated(&mut runs);
            runs.sort_unstable();
            runs.dedup();
        }
        let mut of = Vec::new();
        let mut start = 0;
        for run in runs.chunk_by(|a, b| a.0 == b.0) {
            let range = start..start + run.len();
            start = range.end;
            if run.len() > 1 {
                of.extend(run.iter().map(|&(_, at)| (at, range.clone())));
            }
        }
        of.sort_by_key(|(at, _)| *at);
        Runs { runs, of }
    }

    /// The speeches that share a run of words with the one at `at`, in text order. Where more than [`CROWD`] do, those that share the
    /// rarest runs; of as many that share one, those nearest before it.
    pub fn sharing(&self, at: usize) -> Vec<usize> {
        let first = self.of.partition_point(|(speech, _)| *speech < at);
        let own = self.of[first..].iter().take_while(|(speech, _)| *speech == at);
        let mut lists: SmallVec<[&[(u64, usize)]; 16]> = own.map(|(_, range)| &self.runs[range.clone()]).collect();
        lists.sort_by_key(|list| list.len());
        let mut sharing: Vec<usize> = Vec::new();
        for list in lists {
            if sharing.len() >= CROWD {
                break;
            }
            let before = list.partition_point(|run| run.1 < at);
            let from = before.saturating_sub(CROWD);
            sharing.extend(list[from..].iter().take(CROWD).map(|run| run.1));
            sharing.sort_unstable();
            sharing.dedup();
        }
        sharing
    }
}

/// Takes out the keys that surely stand once: most do, and sorting them was half the work. A key has one bit of 4,096; of a draft with so
/// much speech that all are taken nothing is taken out.
fn keep_repeated(runs: &mut Vec<(u64, usize)>) {
    const LONGS: usize = 64;
    let place = |key: u64| ((key >> 6) as usize % LONGS, 1_u64 << (key % 64));
    let (mut once, mut again) = ([0_u64; LONGS], [0_u64; LONGS]);
    for &(key, _) in runs.iter() {
        let (at, bit) = place(key);
        again[at] |= once[at] & bit;
        once[at] |= bit;
    }
    runs.retain(|&(key, _)| {
        let (at, bit) = place(key);
        again[at] & bit != 0
    });
}

/// Every quotation of at least `least` words in story or display type. Body paragraphs are one speech each; in display type every
/// quotation stands for itself.
pub(super) fn speeches<'a>(cx: &'a Context<'_>, least: u32) -> Vec<Speech<'a>> {
    let draft = cx.draft;
    let mut found: Vec<Speech<'a>> = Vec::new();
    for quote in cx.annotations.quotes.iter().filter(|q| q.parent.is_none()) {
        let block = &draft.blocks[quote.block as usize];
        let display = is_display(cx, block.kind, block.span);
        let counts = if display { quote.words >= least } else { block.kind.is_body() && quote.is_speech() };
        if !counts {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.block == quote.block && !display => last.quotes.push(quote),
            _ => found.push(Speech { quotes: vec![quote], block: quote.block, display }),
        }
    }
    found.retain(|s| s.quotes.iter().map(|q| q.words).sum::<u32>() >= least);
    found
}

fn is_display(cx: &Context<'_>, kind: BlockKind, span: Span) -> bool {
    let labeled = || {
        let line = span.of(&cx.draft.lower).trim_start();
        LABELS.iter().any(|label| line.starts_with(label))
    };
    kind.is_display() || kind == BlockKind::Quotation || labeled()
}
