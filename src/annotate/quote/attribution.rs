//! The sieve that finds who says a quotation: from the words that touch it outwards, the first hit counts, and its tier says
//! how far to trust it.

use std::ops::Range;

use super::agentless;
use super::cue::{Class, Form};
use super::frame::{Frame, Hit, Item, is_be, is_light, is_preposition, is_pronoun};
use super::speaker::Speakers;
use super::subject::{self, Left, Phrase};
use super::{Quote, QuoteKind, QuoteStatus, Reach, Tier};
use crate::annotate::Person;
use crate::source::{BlockKind, Draft};
use crate::text::{Span, TokenKind};

/// Words between “told” and the quotation, where a comma or colon leads in.
const LEAD_IN_WORDS: usize = 10;
/// Words and marks of a signature.
const LONGEST_SIGNATURE: usize = 16;
/// Sentences of the same paragraph that may name the source.
const NEAR_SENTENCES: usize = 2;

/// What the sieve found for a quotation.
#[derive(Clone, Copy, Debug)]
struct Source {
    tier: Tier,
    reach: Reach,
    cue: Option<Span>,
    /// The words that say who speaks, and their block.
    who: Option<Span>,
}

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
        (self.found, self.agentless)
    }

    /// Fills what the sentences of a block say of their own quotations.
    fn in_sentences(&mut self, frame: &Frame<'_>) {
        for sentence in &frame.sentences {
            for at in sentence.clone() {
                if let Item::Quote(quote) = frame.items[at] {
                    self.found[quote as usize] = beside(frame, sentence, at);
                    self.agentless[quote as usize] = agentless::frame_of(frame, sentence, at);
                }
            }
            // “a mess” and “a shame”: one source for both.
            let mut last: Option<Source> = None;
            for at in sentence.clone().chain(sentence.clone().rev()) {
                let Item::Quote(quote) = frame.items[at] else { continue };
                let source = &mut self.found[quote as usize];
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
            for at in sentence.clone() {
                let Item::Quote(quote) = frame.items[at] else { continue };
                let quote = quote as usize;
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
            let quoted = sentence.clone().any(|at| match before.items[at] {
                Item::Quote(quote) => self.quotes[quote as usize].is_speech() && self.found[quote as usize].is_some(),
                Item::Word(_) => false,
            });
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

fn span_of(frame: &Frame<'_>, phrase: Phrase) -> Span {
    frame.span(phrase.from).cover(frame.span(phrase.to))
}

/// The source that a sentence's own words name for the quotation at `at`.
fn beside(frame: &Frame<'_>, sentence: &Range<usize>, at: usize) -> Option<Source> {
    let quote = frame.quote(at)?;
    if quote.kind == QuoteKind::Term {
        return None;
    }
    let from = (sentence.start..at).rev().find(|&i| frame.is_speech(i)).map_or(sentence.start, |i| i + 1);
    let to = (at + 1..sentence.end).find(|&i| frame.is_speech(i)).unwrap_or(sentence.end);
    right(frame, sentence, at, to).or_else(|| left(frame, sentence, from, at)).or_else(|| anywhere(frame, sentence, at))
}

fn source(frame: &Frame<'_>, tier: Tier, cue: usize, who: Option<Phrase>) -> Source {
    Source { tier, reach: Reach::Sentence, cue: Some(frame.span(cue)), who: who.map(|p| span_of(frame, p)) }
}

fn speaks(hit: &Hit) -> bool {
    matches!(hit.cue.class, Class::Speech | Class::Beside | Class::Judgment)
}

/// `Q,` said S; `Q,` S said; `Q,` according to S; Q — S.
fn right(frame: &Frame<'_>, sentence: &Range<usize>, at: usize, to: usize) -> Option<Source> {
    let mut first = at + 1;
    let mut dash = false;
    while first < to && !frame.is_word(first) && frame.quote(first).is_none() {
        dash |= matches!(frame.lower(first), "—" | "–" | "―" | "-" | "--");
        if frame.token(first).is_some_and(|t| t.kind == TokenKind::Stop) {
            return None;
        }
        first += 1;
    }
    let word = frame.lower(first);
    if word == "according" && frame.lower(first + 1) == "to" {
        return Some(source(frame, Tier::A, first, subject::right_of(frame, first + 2, to)));
    }
    if word == "in" && frame.lower(first + 1) == "the" && frame.lower(first + 2) == "words" {
        return Some(source(frame, Tier::A, first + 2, subject::right_of(frame, first + 4, to)));
    }
    let inner = frame.quote(at).map_or("", |q| frame.draft.words_at(q.span));
    let leads_out = inner.ends_with([',', '?', '!', '—', '–', '…', '-', '.']) || first > at + 1;
    let tier = if leads_out { Tier::A } else { Tier::B };
    for hit in frame.hits_in(first..to).iter().filter(|h| speaks(h)) {
        if matches!(hit.cue.form, Form::Ing) {
            continue;
        }
        let adverbs = (first..hit.at).all(|i| is_light(frame.lower(i)));
        if adverbs && hit.cue.form != Form::Base {
            if let Some(who) = subject::right_of(frame, hit.at + 1, to) {
                return Some(source(frame, tier, hit.at, Some(who)));
            }
            continue;
        }
        if hit.cue.class != Class::Speech && !leads_out {
            break;
        }
        match subject::left_of(frame, first, hit.at, hit.cue.form == Form::Past) {
            Left::Subject(who) if who.from <= first + 1 => return Some(source(frame, tier, hit.at, Some(who))),
            _ => {}
        }
        // Only the first verb of saying can have the quotation as its object.
        break;
    }
    let signed = dash && frame.token(first).is_some_and(|t| t.is_capital()) && to == sentence.end && to - first <= 8;
    if signed && frame.hits_in(first..to).is_empty() {
        let who = Phrase { from: first, to: last_word(frame, first, to)? };
        return Some(Source { tier: Tier::A, reach: Reach::Sentence, cue: None, who: Some(span_of(frame, who)) });
    }
    None
}

fn last_word(frame: &Frame<'_>, from: usize, to: usize) -> Option<usize> {
    (from..to).rev().find(|&i| frame.is_word(i))
}

/// S said, Q; S said that Q; S told X: Q; according to S, Q.
fn left(frame: &Frame<'_>, sentence: &Range<usize>, from: usize, at: usize) -> Option<Source> {
    let mut end = at;
    let mut lead_in = false;
    while end > from && (!frame.is_word(end - 1) && frame.quote(end - 1).is_none() || frame.lower(end - 1) == "that") {
        lead_in |= matches!(frame.lower(end - 1), "," | ":" | "that");
        end -= 1;
    }
    let colon = at > from && frame.lower(at - 1) == ":";
    let mut weak: Option<Source> = None;
    for hit in frame.hits_in(from..end).iter().rev() {
        let gap = end - hit.at - 1;
        let adjacent = gap == 0 || lead_in && gap <= LEAD_IN_WORDS;
        if hit.cue.class == Class::Beside && !adjacent {
            continue;
        }
        let tier =
            if adjacent && speaks(hit) || gap <= 2 && hit.cue.class == Class::Judgment { Tier::A } else { Tier::B };
        if hit.cue.class == Class::Noun {
            let who =
                owner(frame, sentence.start, hit.at, end).or_else(|| subject::leading(frame, sentence.start, hit.at));
            weak = weak.or_else(|| Some(source(frame, Tier::B, hit.at, who)));
            continue;
        }
        let who = subject_of(frame, sentence, hit, end);
        match who {
            Who::Named(who) => {
                // “Poe said she believes “it is over””: what she believes is what Poe says.
                let outer = outer_verb(frame, from, who).map(|h| (h, subject_of(frame, sentence, h, end)));
                if let Some((outer, Who::Named(speaker))) = outer {
                    return Some(source(frame, tier, outer.at, Some(speaker)));
                }
                return Some(source(frame, tier, hit.at, Some(who)));
            }
            Who::Passive => {
                weak = weak.or_else(|| Some(source(frame, Tier::B, hit.at, None)));
            }
            Who::Nobody => {
                let who = subject::leading(frame, sentence.start, hit.at);
                weak = weak.or_else(|| Some(source(frame, Tier::B, hit.at, who)));
            }
        }
    }
    if let Some(according) = according_to(frame, from..end) {
        return Some(source(frame, Tier::A, according, subject::right_of(frame, according + 2, at)));
    }
    if colon && weak.is_none_or(|w| w.who.is_none()) {
        let who = subject::leading(frame, from, end);
        let cue = weak.and_then(|w| w.cue);
        return Some(Source { tier: Tier::B, reach: Reach::Sentence, cue, who: who.map(|p| span_of(frame, p)) });
    }
    weak
}

/// The verb of saying right before a pronoun: “said she”, “said that she”.
fn outer_verb<'f>(frame: &'f Frame<'_>, from: usize, pronoun: Phrase) -> Option<&'f Hit> {
    if !is_pronoun(frame.lower(pronoun.from)) {
        return None;
    }
    let end =
        if pronoun.from > from && frame.lower(pronoun.from - 1) == "that" { pronoun.from - 1 } else { pronoun.from };
    let hit = frame.hits_in(end.checked_sub(1).filter(|&e| e >= from)?..end).first()?;
    (hit.cue.class == Class::Speech).then_some(hit)
}

fn according_to(frame: &Frame<'_>, range: Range<usize>) -> Option<usize> {
    range.rev().find(|&i| frame.lower(i) == "according" && frame.lower(i + 1) == "to")
}

enum Who {
    Named(Phrase),
    Passive,
    Nobody,
}

/// The subject of a verb before a quotation that begins at `end`.
fn subject_of(frame: &Frame<'_>, sentence: &Range<usize>, hit: &Hit, end: usize) -> Who {
    // Said Poe: Q
    if hit.at == sentence.start
        && hit.cue.form == Form::Past
        && let Some(who) = subject::right_of(frame, hit.at + 1, end)
    {
        return Who::Named(who);
    }
    // , explained Poe, Q
    let opens_clause = hit.at > sentence.start && (frame.lower(hit.at - 1) == "," || frame.is_speech(hit.at - 1));
    if opens_clause
        && hit.cue.form == Form::Past
        && frame.lower(end) == ","
        && let Some(who) = subject::right_of(frame, hit.at + 1, end).filter(|who| who.to + 1 == end)
    {
        return Who::Named(who);
    }
    if hit.cue.form == Form::Ing {
        // “with Poe yelling”
        if hit.at > sentence.start
            && let Left::Subject(who) = subject::left_of(frame, sentence.start, hit.at, false)
            && frame.token(who.to).is_some_and(|t| t.is_capital() && who.to + 2 >= hit.at)
        {
            return Who::Named(who);
        }
        let before = frame.hits_in(sentence.start..hit.at).iter().rev().find(|h| speaks(h) && h.cue.form != Form::Ing);
        let matrix = before.and_then(|h| match subject::left_of(frame, sentence.start, h.at, false) {
            Left::Subject(who) => Some(who),
            _ => None,
        });
        let who = matrix.or_else(|| subject::leading(frame, sentence.start, hit.at));
        return who.map_or(Who::Nobody, Who::Named);
    }
    match subject::left_of(frame, sentence.start, hit.at, hit.cue.form == Form::Past) {
        Left::Subject(who) => Who::Named(who),
        Left::Passive => {
            let by = (hit.at + 1..end).find(|&i| frame.lower(i) == "by");
            match by.and_then(|by| subject::right_of(frame, by + 1, end)) {
                Some(who) => Who::Named(who),
                None => Who::Passive,
            }
        }
        Left::None => Who::Nobody,
    }
}

/// Whose statement it is: “Poe’s letter”, “his letter”, “a letter from Poe”.
fn owner(frame: &Frame<'_>, lo: usize, noun: usize, end: usize) -> Option<Phrase> {
    if matches!(frame.lower(noun + 1), "by" | "from") {
        return subject::right_of(frame, noun + 2, end);
    }
    let first = noun.saturating_sub(4).max(lo);
    for at in (first..noun).rev() {
        if matches!(frame.lower(at), "his" | "her" | "their" | "its") {
            return Some(Phrase { from: at, to: at });
        }
        if frame.token(at).is_some_and(|t| t.kind == TokenKind::Clitic) && at > lo {
            let mut from = at - 1;
            while from > lo && frame.token(from - 1).is_some_and(|t| t.is_word() && t.is_capital()) {
                from -= 1;
            }
            return Some(Phrase { from, to: at - 1 });
        }
    }
    None
}

/// A cue anywhere in the sentence: a source, if a weak one.
fn anywhere(frame: &Frame<'_>, sentence: &Range<usize>, at: usize) -> Option<Source> {
    if let Some(according) = according_to(frame, sentence.clone()) {
        return Some(source(frame, Tier::B, according, subject::right_of(frame, according + 2, sentence.end)));
    }
    let hits = frame.hits_in(sentence.clone());
    let counts = |h: &&Hit| h.cue.class != Class::Beside;
    let nearest = hits.iter().filter(counts).min_by_key(|h| (!speaks(h), h.at.abs_diff(at)))?;
    if !speaks(nearest) {
        return Some(source(frame, Tier::B, nearest.at, None));
    }
    let who = match subject_of(frame, sentence, nearest, sentence.end) {
        Who::Named(who) => Some(who),
        Who::Passive | Who::Nobody => None,
    };
    Some(source(frame, Tier::B, nearest.at, who))
}

/// Whether a verb reports what was said: not “dared to ask”, not “would say”, not “by confirming”.
fn is_finite(frame: &Frame<'_>, lo: usize, hit: &Hit) -> bool {
    let mut at = hit.at;
    while at > lo && frame.lower(at - 1).ends_with("ly") {
        at -= 1;
    }
    let before = if at > lo { frame.lower(at - 1) } else { "" };
    match hit.cue.form {
        Form::Past => !is_preposition(before),
        Form::Third => true,
        Form::Base => {
            !matches!(before, "to" | "not" | "will" | "would" | "could" | "should" | "can" | "may" | "might" | "must")
                && !before.ends_with("n’t")
                && !before.ends_with("n't")
        }
        Form::Ing => matches!(before, ",") || is_be(before),
    }
}

/// Somebody who says something in a sentence.
fn reported_by(frame: &Frame<'_>, sentence: &Range<usize>) -> Option<Source> {
    let hits = frame.hits_in(sentence.clone());
    let spoken =
        hits.iter().filter(|h| h.cue.class == Class::Speech && is_finite(frame, sentence.start, h)).find_map(|hit| {
            match subject_of(frame, sentence, hit, sentence.end) {
                Who::Named(who) => Some(source(frame, Tier::B, hit.at, Some(who))),
                Who::Passive | Who::Nobody => None,
            }
        });
    spoken.or_else(|| {
        let at = according_to(frame, sentence.clone())?;
        Some(source(frame, Tier::B, at, subject::right_of(frame, at + 2, sentence.end)))
    })
}

/// The source that a sentence names for quotations near it: somebody who speaks, or words for speech with the sentence's
/// subject.
fn spoken_by(frame: &Frame<'_>, sentence: &Range<usize>) -> Option<Source> {
    reported_by(frame, sentence).or_else(|| {
        let hit = frame.hits_in(sentence.clone()).iter().find(|h| h.cue.class != Class::Beside)?;
        let who = subject::leading(frame, sentence.start, hit.at);
        Some(source(frame, Tier::B, hit.at, who))
    })
}

/// “Poe put it this way.” before a sentence that is all quotation.
fn introduced_by(frame: &Frame<'_>, sentence: &Range<usize>) -> Option<Source> {
    let hit = frame.hits_in(sentence.clone()).iter().find(|h| h.cue.class == Class::Beside)?;
    match subject_of(frame, sentence, hit, sentence.end) {
        Who::Named(who) => Some(source(frame, Tier::B, hit.at, Some(who))),
        Who::Passive | Who::Nobody => None,
    }
}
