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
use context::{aside, complement, is_name, local, money_noun, scope, term, time_word, turn};
use rest::Rest;

/// A figure with its context. Words are lemmas in lower case.
///
/// Each part of the context is read when a gate asks for it: noun and modifiers keep most pairs apart.
#[derive(Clone, Debug)]
pub struct Quantity<'d> {
    pub figure: &'d Figure,
    pub head: Option<Cow<'d, str>>,
    modifiers: SmallVec<[Cow<'d, str>; 4]>,
    scope: OnceCell<u32>,
    told: OnceCell<Told<'d>>,
    beside: OnceCell<Beside<'d>>,
    rest: OnceCell<Rest<'d>>,
    draft: &'d Draft,
    annotations: &'d Annotations,
    /// Whether the two stand in one file: same sentences are told by their place.
    place: (usize, u32),
}

/// The names and the words for a time in the sentence of a figure.
#[derive(Clone, Debug)]
struct Told<'d> {
    names: SmallVec<[&'d str; 6]>,
    time_words: u32,
}

/// What stands by a figure and tells it from others.
#[derive(Clone, Debug)]
struct Beside<'d> {
    /// What the counted are of: members of the council.
    of: SmallVec<[&'d str; 4]>,
    /// Lengths that the sentence tells things apart by, in seconds: three-month bills.
    terms: SmallVec<[Rational; 2]>,
    when: Option<When>,
    /// In quotation marks: who speaks, where known.
    speech: Option<Option<&'d str>>,
    /// The names of the place right behind the figure.
    local: SmallVec<[&'d str; 4]>,
    /// Which of several nights, rounds or attacks.
    turn: Option<u8>,
    /// The word before the bracket that the figure opens: “those over 65 (46 percent)”, “EUR 3 million (EUR 4 million, 2015)”.
    aside: Option<&'d str>,
}

/// The tokens of the sentence of a figure that stand within reach of it, and where among them it begins and ends.
struct Around<'d> {
    tokens: &'d [Token],
    first: usize,
    after: usize,
}

/// Whether a measure and a noun say what it is a figure of: the first question, before a [`Quantity`] is read.
pub fn is_comparable(figure: &Figure) -> bool {
    let plain = match figure.measure {
        Measure::Count => figure.noun.is_some(),
        Measure::Percent | Measure::Fraction | Measure::Money(_) | Measure::Unit(_) => true,
        _ => false,
    };
    plain && figure.form != Form::Vague
}

/// Words on either side of a figure that tell what it is a figure of: a longer sentence is a table, read as one.
const REACH: usize = 250;

impl<'d> Around<'d> {
    fn of(draft: &'d Draft, figure: &Figure) -> Around<'d> {
        let sentence = draft.sentence_tokens(&draft.sentences[figure.sentence as usize]);
        let at = sentence.partition_point(|t| t.span.end <= figure.span.start);
        let start = at.saturating_sub(REACH);
        let tokens = &sentence[start..sentence.len().min(at + REACH)];
        let first = at - start;
        let after = first + tokens[first..].iter().take_while(|t| t.span.start < figure.span.end).count();
        Around { tokens, first, after }
    }
}

impl<'d> Quantity<'d> {
    /// Reads the context of `figure`, which `annotations` of `draft` hold.
    pub fn new(draft: &'d Draft, annotations: &'d Annotations, figure: &'d Figure) -> Quantity<'d> {
        let noun_before = || {
            let Around { tokens, first, .. } = Around::of(draft, figure);
            money_noun(draft, &tokens[..first], figure)
        };
        let is_money = matches!(figure.measure, Measure::Money(_));
        let head = match figure.noun {
            Some(noun) => Some(lemma(noun.head.of(&draft.lower))),
            None => is_money.then(noun_before).flatten(),
        };
        let modifiers = figure.noun.map_or_else(SmallVec::new, |n| {
            let inside = Span { start: n.phrase.start, end: n.head.start };
            let words = draft.tokens_in(inside).iter().filter(|t| t.is_word() && !t.lex.is(Lex::FUNCTION));
            words.map(|t| lemma(draft.lower(t))).collect()
        });
        Quantity {
            figure,
            head,
            modifiers,
            scope: OnceCell::new(),
            told: OnceCell::new(),
            beside: OnceCell::new(),
            rest: OnceCell::new(),
            draft,
            annotations,
            place: (std::ptr::from_ref(draft) as usize, figure.sentence),
        }
    }

    /// The words close by that say which part of the whole it is, a bit for each.
    fn scope(&self) -> u32 {
        *self.scope.get_or_init(|| {
            let Around { tokens, first, after } = Around::of(self.draft, self.figure);
            scope(self.draft, tokens, first, after)
        })
    }

    fn told(&self) -> &Told<'d> {
        self.told.get_or_init(|| {
            let (draft, tokens) = (self.draft, Around::of(self.draft, self.figure).tokens);
            let mut told = Told { names: SmallVec::new(), time_words: 0 };
            for (i, token) in tokens.iter().enumerate().filter(|(_, t)| t.is_word()) {
                told.time_words |= time_word(token, draft);
                // Most words are in lower case: nobody needs to know what stands before them.
                let opens = || i == 0 || matches!(draft.word(&tokens[i - 1]), ":" | "“" | "\"" | "‘");
                if token.is_capital() && is_name(token, opens(), draft) {
                    told.names.push(draft.lower(token));
                }
            }
            told
        })
    }

    fn beside(&self) -> &Beside<'d> {
        self.beside.get_or_init(|| {
            let (draft, annotations, figure) = (self.draft, self.annotations, self.figure);
            let Around { tokens, first, after } = Around::of(draft, figure);
            Beside {
                of: complement(draft, tokens, figure),
                terms: neighbors(annotations, figure).iter().filter_map(|f| term(draft, f)).collect(),
                when: date::when(draft, &annotations.dates, figure.number),
                speech: quote::outermost_at(&annotations.quotes, figure.number).map(|q| q.speaker.as_deref()),
                local: local(draft, tokens, after),
                turn: turn(draft, tokens, first),
                aside: aside(self.draft, &tokens[..first]),
            }
        })
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
