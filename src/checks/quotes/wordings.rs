//! The quotations of a draft as wordings, for the checks that compare them.

use crate::annotate::Quote;
use crate::checks::Context;
use crate::facts::wording::{Wording, shingles};
use crate::source::BlockKind;
use crate::text::Span;

/// Labels of display type in copy without markup.
const LABELS: [&str; 7] = ["caption:", "pull quote:", "pullquote:", "photo:", "pull-quote:", "deck:", "quote:"];

/// The quotations of one paragraph that are one speech: the attribution between two parts does not part them.
pub(super) struct Speech<'a> {
    /// Sorted keys.
    pub shingles: Vec<u64>,
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

/// Which speeches have a run of words, so that nobody holds each against all others.
pub(super) struct Runs(Vec<(u64, usize)>);

impl Runs {
    pub fn new(speeches: &[Speech<'_>]) -> Runs {
        let keys = speeches.iter().enumerate().flat_map(|(at, s)| s.shingles.iter().map(move |&key| (key, at)));
        let mut runs: Vec<(u64, usize)> = keys.collect();
        runs.sort_unstable();
        Runs(runs)
    }

    /// The speeches that share a run of words with the one at `at`, in text order. Where more than [`CROWD`] do, those that share the
    /// rarest runs; of as many that share one, those nearest before it.
    pub fn sharing(&self, at: usize, speech: &Speech<'_>) -> Vec<usize> {
        let holding = |&key: &u64| {
            let first = self.0.partition_point(|run| run.0 < key);
            let count = self.0[first..].partition_point(|run| run.0 == key);
            &self.0[first..first + count]
        };
        let mut lists: Vec<&[(u64, usize)]> = speech.shingles.iter().map(holding).collect();
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
            _ => found.push(Speech { shingles: Vec::new(), quotes: vec![quote], block: quote.block, display }),
        }
    }
    found.retain(|s| s.quotes.iter().map(|q| q.words).sum::<u32>() >= least);
    if found.len() > 1 {
        for speech in &mut found {
            speech.shingles = shingles(draft, speech.quotes.iter().map(|q| q.span));
        }
    }
    found
}

fn is_display(cx: &Context<'_>, kind: BlockKind, span: Span) -> bool {
    let labeled = || {
        let line = span.of(&cx.draft.lower).trim_start();
        LABELS.iter().any(|label| line.starts_with(label))
    };
    kind.is_display() || kind == BlockKind::Quotation || labeled()
}
