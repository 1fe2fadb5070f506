//! `quotes/unattributed`: speech in quotation marks that nobody says.

use serde::Deserialize;

use crate::annotate::Quote;
use crate::annotate::quote::{QuoteKind, Reach, names_what_follows};
use crate::checks::words::is_english;
use crate::checks::{Context, in_marks, option_words};
use crate::diagnostic::{Confidence, Finding};
use crate::source::BlockKind;
use crate::text::{Lex, Span};

use super::shorten;

const CODE: &str = "quotes/unattributed";

/// How near a source must be, from the most patient to the strictest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Off,
    Lenient,
    Carry,
    Normal,
    Strict,
}

impl Level {
    /// Whether a quotation whose nearest source lies at `reach` is reported.
    fn reports(self, reach: Reach) -> bool {
        match self {
            Level::Off => false,
            Level::Lenient => reach >= Reach::Nothing,
            Level::Carry => reach >= Reach::Carry,
            Level::Normal => reach >= Reach::Neighbor,
            Level::Strict => reach >= Reach::Voice,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    sure: Level,
    likely: Level,
    min_words: u32,
    agentless: bool,
    #[serde(deserialize_with = "option_words::words")]
    extra_cues: Vec<String>,
}

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let options = cx.options::<Options>();
    let quotes = cx.annotations.quotes.iter().filter(|q| q.parent.is_none());
    findings.extend(quotes.filter_map(|q| nobody(cx, options, q).or_else(|| agentless(cx, options, q))));
}

/// Speech with no source in reach.
fn nobody(cx: &Context<'_>, options: &Options, quote: &Quote) -> Option<Finding> {
    let least = match quote.kind {
        QuoteKind::Direct => options.min_words,
        QuoteKind::Partial => options.min_words + 1,
        QuoteKind::Scare | QuoteKind::Title | QuoteKind::Term => return None,
    };
    let sure = options.sure.reports(quote.reach) && quote.kind == QuoteKind::Direct;
    let likely = options.likely.reports(quote.reach);
    // Most have their source beside them: the longer questions are for the others.
    if quote.words < least || !sure && !likely {
        return None;
    }
    if !is_story(cx, quote) || is_set_apart(cx, quote) || is_answered(cx, quote) {
        return None;
    }
    let confidence = if sure && !is_about_one(cx, quote) {
        Confidence::Sure
    } else if likely {
        Confidence::Likely
    } else {
        return None;
    };
    if has_extra_cue(cx, options, quote) {
        return None;
    }
    let message = match quote.reach {
        Reach::Nothing => "No speaker for this quotation in its paragraph or beside it",
        _ => "No speaker for this quotation in its paragraph",
    };
    let mut finding =
        Finding::new(CODE, quote.outer, message).confidence(confidence).why(format!("reach: {}", quote.reach.name()));
    if let Some(who) = quote.speaker_span {
        finding = finding.here(who, "the nearest speaker");
    }
    Some(finding)
}

/// Whether the paragraph above, or the words before in its own, tells of one person and no other: readers take that one for the speaker.
fn is_about_one(cx: &Context<'_>, quote: &Quote) -> bool {
    let blocks = &cx.draft.blocks;
    let own = blocks[quote.block as usize].span;
    let above = (quote.block as usize).checked_sub(1).map(|at| blocks[at].span);
    let passage = if own.start < quote.outer.start { Span { start: own.start, end: quote.outer.start } } else { own };
    let passage = if passage == own { above } else { Some(passage) };
    let Some(passage) = passage else { return false };
    let named = |p: &&crate::annotate::Person| p.mentions.iter().any(|m| passage.contains(m.span));
    let people = cx.annotations.people.iter().filter(named).count();
    // Who tells the story in the first person says what stands in marks between: a pull quote.
    let pronoun = |t: &crate::text::Token| match cx.draft.lower(t) {
        "he" | "she" | "his" | "her" => true,
        "i" | "my" => !in_marks(cx, t.span),
        _ => false,
    };
    people == 1 || people == 0 && cx.draft.tokens_in(passage).iter().any(pronoun)
}

/// Words that a sentence attributes in form only.
fn agentless(cx: &Context<'_>, options: &Options, quote: &Quote) -> Option<Finding> {
    let frame = quote.agentless.filter(|_| options.agentless)?;
    if !is_story(cx, quote) || has_extra_cue(cx, options, quote) {
        return None;
    }
    let words = cx.draft.words_at(frame);
    let message = format!("“{}” does not say whose words these are", shorten(words, 40));
    Some(Finding::new(CODE, quote.outer, message).likely().why("frame: agentless"))
}

/// Running text in which a quotation needs a source; in transcripts and interviews the label or the question is it. How other
/// languages attribute is not known here.
fn is_story(cx: &Context<'_>, quote: &Quote) -> bool {
    let index = quote.block as usize;
    let block = &cx.draft.blocks[index];
    let question = index.checked_sub(1).is_some_and(|before| {
        let words = cx.draft.words_at(cx.draft.blocks[before].span);
        words.ends_with('?') && !words.contains(['“', '"', '”'])
    });
    let answer = question && quote.outer.start == block.span.start;
    block.kind == BlockKind::Body && !answer && block.label.is_none() && is_english(cx.draft, block)
}

/// A pull quote stands no more than so many blocks from the words it repeats.
const AROUND: u32 = 300;

/// A paragraph that is nothing but words in marks and no sentence: a heading, a pull quote, a motto.
fn is_set_apart(cx: &Context<'_>, quote: &Quote) -> bool {
    let block = &cx.draft.blocks[quote.block as usize];
    let ends_open = !cx.draft.words_at(quote.span).trim_end().ends_with(['.', '!', '?', ',']);
    let whole = quote.outer == block.span;
    let twice = || {
        let inner = quote.span.of(&cx.draft.lower).trim_end_matches(['.', ',', '!', '?']);
        let near = quote.block.saturating_sub(AROUND) as usize..cx.draft.blocks.len();
        let near = &cx.draft.blocks[near];
        let near = &near[..near.len().min(2 * AROUND as usize)];
        let span = near.first().zip(near.last()).map(|(first, last)| first.span.cover(last.span));
        span.is_some_and(|span| span.of(&cx.draft.lower).match_indices(inner).nth(1).is_some())
    };
    let title = quote.kind == QuoteKind::Partial
        && cx.draft.tokens_in(quote.span).iter().filter(|t| t.is_capital()).count() as u32 * 2 > quote.words;
    whole && (ends_open || twice()) || title || is_named(cx, quote)
}

/// Whether the words in marks are given as a name: under the motto “…”.
fn is_named(cx: &Context<'_>, quote: &Quote) -> bool {
    let before = cx.draft.token_at(quote.outer.start).checked_sub(1).map(|b| &cx.draft.tokens[b]);
    before.is_some_and(|t| t.block == quote.block && names_what_follows(cx.draft.lower(t)))
}

/// Whether the words after a quotation say whose it was: “…” So says a voice; “…,” Ada Poe, a nurse in Salem.
fn is_answered(cx: &Context<'_>, quote: &Quote) -> bool {
    let gap = |name: Span| name.start >= quote.outer.end && name.start - quote.outer.end <= 1;
    let mut mentions = cx.annotations.people.iter().flat_map(|p| &p.mentions);
    if cx.draft.words_at(quote.span).ends_with(',') && mentions.any(|m| m.block == quote.block && gap(m.span)) {
        return true;
    }
    let after = cx.draft.token_at(quote.outer.end);
    let [so, verb, ..] = cx.draft.tokens.get(after..).unwrap_or_default() else { return false };
    cx.draft.lower(so) == "so" && verb.lex.is(Lex::SPEECH_VERB)
}

/// Whether a word that the configuration counts as a cue stands in the quotation's paragraph, outside the marks.
fn has_extra_cue(cx: &Context<'_>, options: &Options, quote: &Quote) -> bool {
    let block = &cx.draft.blocks[quote.block as usize];
    let outside = |span: Span| !quote.outer.contains(span);
    let words = cx.draft.block_tokens(block).iter().filter(|t| t.is_word() && outside(t.span));
    !options.extra_cues.is_empty()
        && words.map(|t| cx.draft.lower(t)).any(|w| options.extra_cues.iter().any(|c| c == w))
}
