//! A figure with what it is a figure of, and when two of them are one quantity.
//!
//! Figures that merely share a noun are nearly always two quantities, so every pair has to pass named gates; what none of
//! them can tell apart is compared by value. The two may come from two drafts: each carries its own context.

mod compare;
mod context;
mod frame;
mod rest;

use std::borrow::Cow;
use std::cell::OnceCell;

use smallvec::SmallVec;

use crate::annotate::date::{self, When};
use crate::annotate::figure::{Form, Measure, lemma};
use crate::annotate::{Annotations, Figure, quote};
use crate::source::Draft;
use crate::text::{Lex, Rational, Span, Token};

pub use compare::{Gate, Rules, Strength, Verdict, are_apart, compare, told_apart};
use context::{complement, is_name, local, money_noun, scope, term, time_word, turn};
use rest::Rest;

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
    names: SmallVec<[&'d str; 6]>,
    when: Option<When>,
    scope: u32,
    time_words: u32,
    /// In quotation marks: who speaks, where known.
    speech: Option<Option<&'d str>>,
    /// The names of the place right behind the figure.
    local: SmallVec<[&'d str; 4]>,
    /// Which of several nights, rounds or attacks.
    turn: Option<u8>,
    rest: OnceCell<Rest<'d>>,
    draft: &'d Draft,
    annotations: &'d Annotations,
    /// Whether the two stand in one file: same sentences are told by their place.
    place: (usize, u32),
}

/// Words on either side of a figure that tell what it is a figure of: a longer sentence is a table, read as one.
const REACH: usize = 250;

/// The tokens of a sentence that stand within reach of `figure`.
fn around(tokens: &[Token], figure: Span) -> &[Token] {
    let at = tokens.partition_point(|t| t.span.end <= figure.start);
    &tokens[at.saturating_sub(REACH)..tokens.len().min(at + REACH)]
}

impl<'d> Quantity<'d> {
    /// Reads the context of `figure`, which `annotations` of `draft` hold.
    pub fn new(draft: &'d Draft, annotations: &'d Annotations, figure: &'d Figure) -> Quantity<'d> {
        let sentence = &draft.sentences[figure.sentence as usize];
        let tokens = around(draft.sentence_tokens(sentence), figure.span);
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
        let mut names = SmallVec::new();
        let mut time_words = 0;
        for (i, token) in tokens.iter().enumerate().filter(|(_, t)| t.is_word()) {
            time_words |= time_word(token, draft);
            // Most words are in lower case: nobody needs to know what stands before them.
            let opens = || i == 0 || matches!(draft.word(&tokens[i - 1]), ":" | "“" | "\"" | "‘");
            if token.is_capital() && is_name(token, opens(), draft) {
                names.push(draft.lower(token));
            }
        }
        Quantity {
            figure,
            head,
            modifiers,
            of: complement(draft, tokens, figure),
            terms: neighbors(annotations, figure).iter().filter_map(|f| term(draft, f)).collect(),
            names,
            when: date::when(draft, &annotations.dates, figure.number),
            scope: scope(draft, tokens, first, after),
            time_words,
            speech: quote.map(|q| q.speaker.as_deref()),
            local: local(draft, tokens, after),
            turn: turn(draft, tokens, first),
            rest: OnceCell::new(),
            draft,
            annotations,
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

    fn rest(&self) -> &Rest<'d> {
        self.rest.get_or_init(|| Rest::new(self.draft, self.annotations, self.figure))
    }

    /// How many content words of the two sentences agree, and the fewer of their numbers.
    fn shared(&self, other: &Quantity<'_>) -> (usize, usize) {
        let common = |a: &[Cow<'_, str>], b: &[Cow<'_, str>]| a.iter().filter(|w| b.contains(w)).count();
        let modifiers = common(&self.modifiers, &other.modifiers);
        let (ours, theirs) = (&self.rest().words, &other.rest().words);
        (common(ours, theirs) + modifiers, ours.len().min(theirs.len()) + modifiers)
    }
}

/// The figures of the sentence that holds `figure`; in a table that is read as one, those within reach.
fn neighbors<'d>(annotations: &'d Annotations, figure: &Figure) -> &'d [Figure] {
    let start = annotations.figures.partition_point(|f| f.sentence < figure.sentence);
    let end = annotations.figures.partition_point(|f| f.sentence <= figure.sentence);
    let at = annotations.figures.partition_point(|f| f.span.start < figure.span.start).clamp(start, end);
    &annotations.figures[start.max(at.saturating_sub(REACH))..end.min(at + REACH)]
}
