//! What only figures that no plain gate keeps apart are asked for. Most pairs never ask, and it is the longer part of the reading.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::context::{is_contrast, is_modal, is_name, source};
use super::frame::frame;
use super::{Around, neighbors};
use crate::annotate::figure::lemma;
use crate::annotate::{Annotations, Figure};
use crate::source::Draft;
use crate::text::Lex;

#[derive(Clone, Debug)]
pub(super) struct Rest<'d> {
    pub frame: Option<u8>,
    pub modal: bool,
    pub contrast: bool,
    /// The last word of who says so in the sentence: police, union.
    pub source: Option<&'d str>,
    /// The words right before the figure, nearest first; and whether one of them is a name.
    lead: SmallVec<[&'d str; 3]>,
    lead_names: bool,
    /// The last verb of state before the figure is “has”, “is”, or it is “had”, “was”.
    pub is_now: bool,
    pub is_then: bool,
    /// The content words of the sentence, as lemmas, without the figure's own and those of other figures.
    pub words: SmallVec<[Cow<'d, str>; 24]>,
}

/// How many words before a figure its verb of state may stand.
const STATE: usize = 6;

/// Words before a figure that are held against those before another.
const LEAD: usize = 3;

fn is_now(word: &str) -> bool {
    matches!(word, "has" | "have" | "is" | "are")
}

fn is_then(word: &str) -> bool {
    matches!(word, "had" | "was" | "were")
}

impl<'d> Rest<'d> {
    pub fn new(draft: &'d Draft, annotations: &'d Annotations, figure: &Figure) -> Rest<'d> {
        let Around { tokens, first, after } = Around::of(draft, figure);
        let neighbors = neighbors(annotations, figure);
        let mut words: SmallVec<[Cow<'d, str>; 24]> = SmallVec::new();
        let mut modal = false;
        for token in tokens.iter().filter(|t| t.is_word()) {
            let lower = draft.lower(token);
            modal |= is_modal(token, draft);
            let content = !token.lex.is(Lex::FUNCTION) && lower.len() > 2 && !token.lex.is(Lex::SPEECH_VERB);
            let own = figure.noun.is_some_and(|n| n.phrase.contains(token.span)) || figure.span.contains(token.span);
            if content && !own && !neighbors.iter().any(|f| f.span.contains(token.span)) {
                let word = lemma(lower);
                if !words.contains(&word) {
                    words.push(word);
                }
            }
        }
        let lead = || tokens[..first].iter().rev().take_while(|t| t.is_word()).take(LEAD);
        // “had 1,410 pupils and 70 teachers”, and no “have a plan and received 70”.
        let state = tokens[..first].iter().rev().map(|t| draft.lower(t)).take(STATE).take_while(|w| !w.ends_with("ed"));
        let verb = state.into_iter().find(|w| is_now(w) || is_then(w)).unwrap_or_default();
        Rest {
            is_now: is_now(verb),
            is_then: is_then(verb),
            lead: lead().map(|t| draft.lower(t)).collect(),
            lead_names: lead().any(|t| is_name(t, false, draft)),
            frame: frame(draft, tokens, first, after),
            modal,
            contrast: is_contrast(draft, tokens),
            source: source(draft, tokens),
            words,
        }
    }

    /// Whether both figures stand behind the same words, a name and its verb at least: “Norvik has 11 parishes”.
    pub fn is_led_like(&self, other: &Rest<'_>) -> bool {
        let same = self.lead.iter().zip(&other.lead).take_while(|(a, b)| a == b).count();
        same >= 2 && self.lead_names && same == self.lead.len().min(other.lead.len())
    }
}
