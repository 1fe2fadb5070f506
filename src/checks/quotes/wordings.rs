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

    pub fn shares_words(&self, other: &Speech<'_>) -> bool {
        let (mut a, mut b) = (self.shingles.iter().peekable(), other.shingles.iter().peekable());
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => return true,
            }
        }
        false
    }

    /// The quotation that holds `span`.
    pub fn quote_at(&self, span: Span) -> Option<&Quote> {
        self.quotes.iter().find(|q| q.span.contains(span)).copied()
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
