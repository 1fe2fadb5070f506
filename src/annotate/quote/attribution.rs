//! The sieve that finds who says a quotation: from the words that touch it outwards, the first hit counts, and its tier says
//! how far to trust it.

use super::agentless;
use super::beside::beside;
use super::frame::Frame;
use super::reporting::{introduced_by, reported_by, spoken_by};
use super::source::{Source, span_of};
use super::speaker::Speakers;
use super::subject;
use super::{Quote, QuoteKind, QuoteStatus, Reach, Tier};
use crate::annotate::Person;
use crate::source::{BlockKind, Draft};
use crate::text::Span;

/// Words and marks of a signature.
const LONGEST_SIGNATURE: usize = 16;
/// Sentences of the same paragraph that may name the source.
const NEAR_SENTENCES: usize = 2;

pub(super) fn run(draft: &Draft, people: &[Person], quotes: &mut [Quote]) {
    if quotes.is_empty() {
        return;
    }
    let (found, agentless) = {
        let read: &[Quote] = quotes;
        Sieve::new(draft, read).run()
    };
    for (quote, frame) in quotes.iter_mut().zip(agentless) {
        quote.agentless = frame;
    }
    let mut speakers = Speakers::new(draft, people);
    for (quote, source) in quotes.iter_mut().zip(found) {
        let Some(source) = source else { continue };
        quote.reach = source.reach;
        quote.cue = source.cue;
        if let Some(who) = source.who {
            let speaker = speakers.resolve(who, quote.block);
            quote.tier = Some(source.tier);
            quote.speaker_span = Some(who);
            quote.speaker = Some(speaker.name);
            quote.person = speaker.person;
        }
    }
    for at in 0..quotes.len() {
        quotes[at].status = status(quotes, at);
    }
}

fn status(quotes: &[Quote], at: usize) -> QuoteStatus {
    let quote = &quotes[at];
    if let Some(parent) = quote.parent {
        let parent = &quotes[parent as usize];
        return if quote.is_speech() && parent.is_speech() { QuoteStatus::Attributed } else { QuoteStatus::NotSpeech };
    }
    match quote.kind {
        QuoteKind::Term => QuoteStatus::NotSpeech,
        QuoteKind::Scare | QuoteKind::Title if quote.tier == Some(Tier::A) => QuoteStatus::Attributed,
        QuoteKind::Scare | QuoteKind::Title => QuoteStatus::NotSpeech,
        _ if quote.reach < Reach::Neighbor => QuoteStatus::Attributed,
        _ => QuoteStatus::Unattributed,
    }
}

struct Sieve<'a> {
    draft: &'a Draft,
    quotes: &'a [Quote],
    /// By block; only those with quotations and their neighbors.
    frames: Vec<Option<Frame<'a>>>,
    found: Vec<Option<Source>>,
    /// The words that attribute a quotation to nobody.
    agentless: Vec<Option<Span>>,
}

impl<'a> Sieve<'a> {
    fn new(draft: &'a Draft, quotes: &'a [Quote]) -> Sieve<'a> {
        let mut frames: Vec<Option<Frame<'a>>> = (0..draft.blocks.len()).map(|_| None).collect();
        for quote in quotes {
            let block = quote.block as usize;
            let first = block.saturating_sub(1);
            for (at, frame) in frames.iter_mut().enumerate().take(block + 2).skip(first) {
                frame.get_or_insert_with(|| Frame::new(draft, quotes, at as u32));
            }
        }
        Sieve { draft, quotes, frames, found: vec![None; quotes.len()], agentless: vec![None; quotes.len()] }
    }

    fn run(mut self) -> (Vec<Option<Source>>, Vec<Option<Span>>) {
        for block in 0..self.frames.len() {
            let Some(frame) = self.frames[block].take() else { continue };
            self.in_sentences(&frame);
            self.in_paragraph(&frame);
            self.frames[block] = Some(frame);
        }
        self.name_from_continuations();
        (self.found, self.agentless)
    }

    /// Speech over several paragraphs may name its speaker in the last one.
    fn name_from_continuations(&mut self) {
        for quote in (1..self.quotes.len()).rev().filter(|&q| self.quotes[q].continues) {
            let Some(source) = self.found[quote].filter(|s| s.who.is_some() && s.reach <= Reach::Open) else {
                continue;
            };
            let before = (0..quote).rev().find(|&q| self.quotes[q].parent.is_none());
            let weak = |q: &usize| self.found[*q].is_none_or(|s| s.reach >= Reach::Voice);
            if let Some(before) = before.filter(weak) {
                self.found[before] = Some(Source { tier: source.tier.max(Tier::B), reach: Reach::Open, ..source });
            }
        }
    }

    /// Fills what the sentences of a block say of their own quotations.
    fn in_sentences(&mut self, frame: &Frame<'_>) {
        for sentence in &frame.sentences {
            let quotes = frame.quotes_in(sentence.clone());
            for (at, quote) in quotes.clone() {
                self.found[quote] = beside(frame, sentence, at);
                self.agentless[quote] = agentless::frame_of(frame, sentence, at);
            }
            // “a mess” and “a shame”: one source for both.
            let mut last: Option<Source> = None;
            for (_, quote) in quotes.clone().chain(quotes.rev()) {
                let source = &mut self.found[quote];
                match source {
                    Some(source) if source.who.is_some() => last = Some(*source),
                    _ if last.is_some() => {
                        *source = last.map(|s| Source { tier: Tier::B, reach: Reach::Sentence, ..s });
                    }
                    _ => {}
                }
            }
        }
    }

    /// Fills from further off what no sentence says of itself.
    fn in_paragraph(&mut self, frame: &Frame<'_>) {
        let block = &self.draft.blocks[frame.block as usize];
        let label = block.label;
        for (index, sentence) in frame.sentences.iter().enumerate() {
            for (at, quote) in frame.quotes_in(sentence.clone()) {
                if self.found[quote].is_some_and(|s| s.who.is_some()) {
                    continue;
                }
                if !self.quotes[quote].is_speech() {
                    continue;
                }
                let own = self.found[quote];
                let source = self
                    .labeled(label)
                    .or_else(|| self.continued(quote))
                    .or_else(|| self.same_paragraph(frame, index, quote))
                    .or_else(|| self.signed_below(frame, at))
                    .or_else(|| (own.is_none() && index == 0).then(|| self.after_colon(frame)).flatten())
                    .or_else(|| own.is_none().then(|| self.neighbors(frame)).flatten());
                self.found[quote] = match (own, source) {
                    // A source without a name keeps its reach; the name may come from further off.
                    (Some(own), Some(far)) => Some(Source { who: far.who, tier: far.tier.max(Tier::B), ..own }),
                    (own, far) => own.or(far),
                };
            }
        }
    }

    fn labeled(&self, label: Option<Span>) -> Option<Source> {
        label.map(|who| Source { tier: Tier::A, reach: Reach::Open, cue: None, who: Some(who) })
    }

    fn continued(&self, quote: usize) -> Option<Source> {
        if !self.quotes[quote].continues {
            return None;
        }
        let before = self.found[..quote].iter().zip(self.quotes).rev().find(|(_, q)| q.parent.is_none())?.0.as_ref();
        Some(match before {
            Some(source) => Source { reach: Reach::Open, ..*source },
            None => Source { tier: Tier::B, reach: Reach::Open, cue: None, who: None },
        })
    }

    /// A paragraph of its own below the quotation that is a signature: “— Jane Poe, Leeds”.
    fn signed_below(&self, frame: &Frame<'_>, at: usize) -> Option<Source> {
        if at + 1 != frame.items.len() {
            return None;
        }
        let below = self.neighbor(frame.block + 1)?;
        let dash = matches!(below.lower(0), "—" | "–" | "―" | "-" | "--");
        if !dash || below.items.len() > LONGEST_SIGNATURE || !below.token(1)?.is_capital() {
            return None;
        }
        let who = subject::right_of(below, 1, below.items.len())?;
        Some(Source { tier: Tier::A, reach: Reach::Open, cue: None, who: Some(span_of(below, who)) })
    }

    /// Another quotation of the paragraph that has a speaker, or a sentence near by with a cue.
    fn same_paragraph(&self, frame: &Frame<'_>, index: usize, quote: usize) -> Option<Source> {
        let of_block = |at: &usize| self.quotes[*at].block == frame.block && self.quotes[*at].is_speech();
        let named = |at: &usize| self.found[*at].is_some_and(|s| s.who.is_some() && s.reach <= Reach::Open);
        let before =
            (0..quote).rev().take_while(|at| self.quotes[*at].block == frame.block).filter(of_block).find(named);
        let after = || {
            (quote + 1..self.quotes.len())
                .take_while(|at| self.quotes[*at].block == frame.block)
                .filter(of_block)
                .find(named)
        };
        let from_quote = before.or_else(after);
        let sentences = &frame.sentences;
        let near = |other: usize| other != index && other.abs_diff(index) <= NEAR_SENTENCES;
        let from_sentence = || {
            (0..index)
                .rev()
                .chain(index + 1..sentences.len())
                .filter(|&s| near(s))
                .find_map(|s| spoken_by(frame, &sentences[s]))
        };
        match from_quote.and_then(|at| self.found[at]) {
            Some(source) => Some(Source { tier: Tier::B, reach: Reach::Paragraph, ..source }),
            None => from_sentence()
                .or_else(|| index.checked_sub(1).and_then(|before| introduced_by(frame, &sentences[before])))
                .map(|s| Source { reach: Reach::Paragraph, ..s }),
        }
    }

    /// The paragraph before ends in a colon.
    fn after_colon(&self, frame: &Frame<'_>) -> Option<Source> {
        let before = self.neighbor(frame.block.checked_sub(1)?)?;
        let last = before.sentences.last()?;
        if before.lower(last.end - 1) != ":" {
            return None;
        }
        let spoken = spoken_by(before, last);
        let who = spoken
            .and_then(|s| s.who)
            .or_else(|| subject::leading(before, last.start, last.end).map(|p| span_of(before, p)));
        Some(Source { tier: Tier::B, reach: Reach::Open, cue: spoken.and_then(|s| s.cue), who })
    }

    /// A cue at the near end of a paragraph beside this one, or quotations in the one before.
    fn neighbors(&self, frame: &Frame<'_>) -> Option<Source> {
        let before = frame.block.checked_sub(1).and_then(|b| self.neighbor(b));
        let carried = self.last_speaker(frame.block);
        let last = before.and_then(|b| b.sentences.last().map(|s| (b, s)));
        if let Some((before, sentence)) = last {
            let quoted = before
                .quotes_in(sentence.clone())
                .any(|(_, quote)| self.quotes[quote].is_speech() && self.found[quote].is_some());
            if let Some(source) = carried.filter(|_| quoted).or_else(|| reported_by(before, sentence)) {
                return Some(Source { tier: Tier::C, reach: Reach::Voice, ..source });
            }
        }
        if let Some(weak) = last.and_then(|(before, sentence)| spoken_by(before, sentence)) {
            let who = carried.and_then(|c| c.who).or(weak.who);
            return Some(Source { tier: Tier::C, reach: Reach::Neighbor, who, ..weak });
        }
        let after = self.neighbor(frame.block + 1);
        let spoken = after.and_then(|a| a.sentences.first().and_then(|s| reported_by(a, s)));
        match (carried, spoken) {
            (Some(carried), Some(_)) => Some(Source { tier: Tier::C, reach: Reach::Neighbor, ..carried }),
            (Some(carried), None) => Some(Source { tier: Tier::C, reach: Reach::Carry, ..carried }),
            (None, spoken) => spoken.map(|s| Source { tier: Tier::C, reach: Reach::Neighbor, ..s }),
        }
    }

    /// The source of the last quotation of the block before `block` that has one.
    fn last_speaker(&self, block: u32) -> Option<Source> {
        let end = self.quotes.partition_point(|q| q.block < block);
        (0..end)
            .rev()
            .take_while(|&at| self.quotes[at].block + 1 == block)
            .find_map(|at| self.found[at].filter(|s| s.who.is_some() && self.quotes[at].is_speech()))
    }

    /// The frame of a block, built where nobody needed it before.
    fn neighbor(&self, block: u32) -> Option<&Frame<'a>> {
        let kind = self.draft.blocks.get(block as usize)?.kind;
        if !matches!(kind, BlockKind::Body | BlockKind::List | BlockKind::Quotation | BlockKind::Heading) {
            return None;
        }
        self.frames[block as usize].as_ref()
    }
}
