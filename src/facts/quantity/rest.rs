//! What only figures that no plain gate keeps apart are asked for. Most pairs never ask, and it is the longer part of the reading.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::context::{is_contrast, is_modal, source};
use super::frame::frame;
use super::{around, neighbors};
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
    /// The content words of the sentence, as lemmas, without the figure's own and those of other figures.
    pub words: SmallVec<[Cow<'d, str>; 24]>,
}

impl<'d> Rest<'d> {
    pub fn new(draft: &'d Draft, annotations: &'d Annotations, figure: &Figure) -> Rest<'d> {
        let tokens = around(draft.sentence_tokens(&draft.sentences[figure.sentence as usize]), figure.span);
        let first = tokens.partition_point(|t| t.span.end <= figure.span.start);
        let after = tokens.partition_point(|t| t.span.start < figure.span.end);
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
        Rest {
            frame: frame(draft, tokens, first, after),
            modal,
            contrast: is_contrast(draft, tokens),
            source: source(draft, tokens),
            words,
        }
    }
}
