//! A figure with what it is a figure of, and when two of them are one quantity.
//!
//! Figures that merely share a noun are nearly always two quantities, so every pair has to pass named gates; what none of
//! them can tell apart is compared by value. The two may come from two drafts: each carries its own context.

mod compare;
mod context;
mod frame;

use std::borrow::Cow;

use smallvec::SmallVec;

use crate::annotate::date::{self, When};
use crate::annotate::figure::{Form, Measure, lemma};
use crate::annotate::{Annotations, Figure, quote};
use crate::source::Draft;
use crate::text::{Lex, Rational, Span};

pub use compare::{Gate, Rules, Strength, Verdict, are_apart, compare};
use context::{complement, is_contrast, is_modal, is_name, local, money_noun, scope, source, term, time_word, turn};
use frame::frame;

/// A figure with its context. Words are lemmas in lower case.
#[derive(Clone, Debug)]
pub struct Quantity<'d> {
    pub figure: &'d Figure,
    pub head: Option<Cow<'d, str>>,
    modifiers: SmallVec<[Cow<'d, str>; 4]>,
    /// What the counted are of: members of the council.
    of: SmallVec<[&'d str; 4]>,
    /// Lengths that the sentence tells things apart by, in seconds: three-month bills.
    terms: SmallVec<[Rational; 2]>,
    frame: Option<u8>,
    names: SmallVec<[&'d str; 6]>,
    when: Option<When>,
    scope: u32,
    time_words: u32,
    modal: bool,
    /// In quotation marks: who speaks, where known.
    speech: Option<Option<&'d str>>,
    contrast: bool,
    /// The names of the place right behind the figure.
    local: SmallVec<[&'d str; 4]>,
    /// Which of several nights, rounds or attacks.
    turn: Option<u8>,
    /// The last word of who says so in the sentence: police, union.
    source: Option<&'d str>,
    words: SmallVec<[Cow<'d, str>; 24]>,
    /// Whether the two stand in one file: same sentences are told by their place.
    place: (usize, u32),
}

impl<'d> Quantity<'d> {
    /// Reads the context of `figure`, which `annotations` of `draft` hold.
    pub fn new(draft: &'d Draft, annotations: &'d Annotations, figure: &'d Figure) -> Quantity<'d> {
        let sentence = &draft.sentences[figure.sentence as usize];
        let tokens = draft.sentence_tokens(sentence);
        let first = tokens.partition_point(|t| t.span.end <= figure.span.start);
        let after = tokens.partition_point(|t| t.span.start < figure.span.end);
        let noun_before = || money_noun(draft, &tokens[..first], figure);
        let head = figure.noun.map(|n| lemma(n.head.of(&draft.lower))).or_else(noun_before);
        let modifiers = figure.noun.map_or_else(SmallVec::new, |n| {
            let inside = Span { start: n.phrase.start, end: n.head.start };
            let words = draft.tokens_in(inside).iter().filter(|t| t.is_word() && !t.lex.is(Lex::FUNCTION));
            words.map(|t| lemma(draft.lower(t))).collect()
        });
        let quote = quote::outermost_at(&annotations.quotes, figure.number);
        let mut words: SmallVec<[Cow<'d, str>; 24]> = SmallVec::new();
        let mut names = SmallVec::new();
        let start = annotations.figures.partition_point(|f| f.sentence < figure.sentence);
        let end = annotations.figures.partition_point(|f| f.sentence <= figure.sentence);
        let neighbors = &annotations.figures[start..end];
        let (mut modal, mut time_words) = (false, 0);
        for (i, token) in tokens.iter().enumerate() {
            if !token.is_word() {
                continue;
            }
            let lower = draft.lower(token);
            modal |= is_modal(lower);
            time_words |= time_word(token, lower);
            let opens = i == 0 || matches!(draft.word(&tokens[i - 1]), ":" | "“" | "\"" | "‘");
            if is_name(token, opens, draft) {
                names.push(lower);
            }
            let content = !token.lex.is(Lex::FUNCTION) && lower.len() > 2 && !token.lex.is(Lex::SPEECH_VERB);
            let own = figure.noun.is_some_and(|n| n.phrase.contains(token.span)) || figure.span.contains(token.span);
            if content && !own && !neighbors.iter().any(|f| f.span.contains(token.span)) {
                let word = lemma(lower);
                if !words.contains(&word) {
                    words.push(word);
                }
            }
        }
        Quantity {
            figure,
            head,
            modifiers,
            of: complement(draft, tokens, figure),
            terms: neighbors.iter().filter_map(|f| term(draft, f)).collect(),
            frame: frame(draft, tokens, first, after),
            names,
            when: date::when(draft, &annotations.dates, figure.number),
            scope: scope(draft, tokens, first, after),
            time_words,
            modal,
            speech: quote.map(|q| q.speaker.as_deref()),
            contrast: is_contrast(draft, tokens),
            local: local(draft, tokens, after),
            turn: turn(draft, tokens, first),
            source: source(draft, tokens),
            words,
            place: (std::ptr::from_ref(draft) as usize, figure.sentence),
        }
    }

    /// Whether the words beside it say what it is a figure of.
    pub fn is_comparable(&self) -> bool {
        let plain = matches!(
            self.figure.measure,
            Measure::Count | Measure::Percent | Measure::Fraction | Measure::Money(_) | Measure::Unit(_)
        );
        plain && self.figure.form != Form::Vague && (self.head.is_some() || self.figure.measure != Measure::Count)
    }

    /// How many content words of the two sentences agree, and the fewer of their numbers.
    fn shared(&self, other: &Quantity<'_>) -> (usize, usize) {
        let common = |a: &[Cow<'_, str>], b: &[Cow<'_, str>]| a.iter().filter(|w| b.contains(w)).count();
        let modifiers = common(&self.modifiers, &other.modifiers);
        let shared = common(&self.words, &other.words) + modifiers;
        (shared, self.words.len().min(other.words.len()) + modifiers)
    }
}
