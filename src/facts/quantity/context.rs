//! What a sentence says about a figure in it: times, parts, plans, contrasts, names, and who says so.

use std::borrow::Cow;
use std::sync::LazyLock;

use serde::Deserialize;
use smallvec::SmallVec;

use crate::annotate::Figure;
use crate::annotate::figure::{Measure, lemma};
use crate::source::Draft;
use crate::text::fold::is_hyphen;
use crate::text::{Lex, Rational, Span, Token, TokenKind, WordList};

/// The words that are asked for, from `rules/figures/context.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    modal: WordList,
    times: WordList,
    parts: WordList,
    ordinals: WordList,
    occasions: WordList,
}

fn lists() -> &'static Lists {
    static LISTS: LazyLock<Lists> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../rules/figures/context.toml")).expect("a test reads the lists")
    });
    &LISTS
}

/// Whether a word says that a figure is a plan, an estimate or a wish.
pub(super) fn is_modal(token: &Token, draft: &Draft) -> bool {
    lists().modal.position(token, draft.lower(token)).is_some()
}

pub(super) fn is_name(token: &Token, opens: bool, draft: &Draft) -> bool {
    let capital = token.is_capital() && !token.lex.is(Lex::FUNCTION | Lex::MONTH | Lex::WEEKDAY);
    let opens = opens && token.lex.is(Lex::WORD) && !token.lex.is(Lex::COUNTRY | Lex::DEMONYM | Lex::US_STATE);
    // USD worth more than 50 lakh
    let money = token.span.len() == 3
        && matches!(draft.word(token), "USD" | "EUR" | "GBP" | "INR" | "CNY" | "JPY" | "AUD" | "CAD" | "CHF");
    capital && !opens && !money && draft.lower(token).len() > 1 && !draft.lower(token).ends_with('.')
}

/// A bit for each word that moves a figure to another time.
pub(super) fn time_word(token: &Token, draft: &Draft) -> u32 {
    lists().times.position(token, draft.lower(token)).map_or(0, |i| 1 << i)
}

/// The bit of [`scope`] for “of the” before a figure.
pub(super) const PARTITIVE: u32 = 1 << 31;

/// A bit for each word close by that says which part of the whole a figure is.
pub(super) fn scope(draft: &Draft, tokens: &[Token], first: usize, after: usize) -> u32 {
    let parts = &lists().parts;
    let bit = |(i, t): (usize, &Token)| {
        // “in the first half of the year” is a time.
        let next = || tokens[i + 1..].iter().map(|t| draft.lower(t)).find(|w| !w.starts_with(is_hyphen));
        let half = || matches!(next(), Some("half" | "quarter"));
        let found = parts.position(t, draft.lower(t));
        found.filter(|_| !(matches!(draft.lower(t), "first" | "second") && half())).map_or(0, |i| 1u32 << i)
    };
    let near = |range: std::ops::Range<usize>| range.clone().zip(&tokens[range]).map(bit);
    let before = near(first.saturating_sub(4)..first);
    let behind = near(after.min(tokens.len())..(after + 4).min(tokens.len()));
    let partitive = first >= 2
        && draft.lower(&tokens[first - 2]) == "of"
        && matches!(draft.lower(&tokens[first - 1]), "the" | "those" | "these" | "them");
    before.chain(behind).fold(if partitive { PARTITIVE } else { 0 }, |a, b| a | b)
}

/// The names of the place right behind a figure: “12 sheds lost their roofs in Norvik”.
pub(super) fn local<'d>(draft: &'d Draft, tokens: &'d [Token], after: usize) -> SmallVec<[&'d str; 4]> {
    let clause = &tokens[after.min(tokens.len())..];
    let clause = clause.iter().take(LOCAL).take_while(|t| t.is_word() && draft.lower(t) != "and");
    let mut names = SmallVec::new();
    // Words since the last preposition of place.
    let mut since: Option<usize> = None;
    for token in clause {
        let lower = draft.lower(token);
        if since.is_some_and(|words| words < 3) && is_name(token, false, draft) {
            names.push(lower);
        } else if !names.is_empty() {
            break;
        } else if matches!(lower, "in" | "at" | "near" | "on" | "across" | "around" | "outside" | "off") {
            since = Some(0);
        } else {
            since = since.map(|words| words + 1);
        }
    }
    names
}

/// The word before the bracket that ends `before`: what opens a bracket is told of the words in front of it.
pub(super) fn aside<'d>(draft: &'d Draft, before: &[Token]) -> Option<&'d str> {
    let [.., word, bracket] = before else { return None };
    (draft.word(bracket) == "(").then(|| draft.lower(word))
}

/// How many words behind a figure its place may reach.
const LOCAL: usize = 9;

/// The time among others of its kind that a sentence tells of before a figure, or else behind it: 2 in “the second round drew 410 voters”.
pub(super) fn turn(draft: &Draft, tokens: &[Token], first: usize) -> Option<u8> {
    let Lists { ordinals, occasions, .. } = lists();
    let at = |i: usize| {
        let ordinal = tokens.get(i)?;
        // first half, first-half
        let occasion = tokens[i + 1..].iter().find(|t| !draft.word(t).starts_with(is_hyphen))?;
        let turn = ordinals.position(ordinal, draft.lower(ordinal))?;
        occasions.position(occasion, draft.lower(occasion)).map(|_| turn as u8 + 1)
    };
    (0..first).rev().find_map(at).or_else(|| (first..tokens.len()).find_map(at))
}

/// Who says what a sentence tells, by the word beside its verb of speech: “the union said”, “said the mayor”, “according to police”.
pub(super) fn source<'d>(draft: &'d Draft, tokens: &'d [Token]) -> Option<&'d str> {
    let is_source = |t: &&Token| t.is_word() && !t.lex.is(Lex::FUNCTION | Lex::WEEKDAY);
    let noun_from = |at: usize| {
        let phrase =
            tokens.get(at..)?.iter().take(4).skip_while(|t| matches!(draft.lower(t), "the" | "a" | "an" | "its"));
        phrase.take_while(is_source).last()
    };
    let said = tokens.iter().position(|t| {
        matches!(
            draft.lower(t),
            "said" | "says" | "reported" | "claimed" | "estimated" | "according" | "counted" | "put"
        )
    })?;
    let behind = match draft.lower(&tokens[said]) {
        "according" => noun_from(said + 2),
        _ => tokens[..said].last().filter(is_source).or_else(|| noun_from(said + 1)),
    };
    behind.map(|t| draft.lower(t))
}

/// The noun phrase of an “of” behind what is counted, without its article.
pub(super) fn complement<'d>(draft: &'d Draft, tokens: &'d [Token], figure: &Figure) -> SmallVec<[&'d str; 4]> {
    let Some(noun) = figure.noun.filter(|n| !n.of) else { return SmallVec::new() };
    let at = tokens.partition_point(|t| t.span.end <= noun.head.end);
    if tokens.get(at).is_none_or(|t| draft.lower(t) != "of") {
        return SmallVec::new();
    }
    let is_article =
        |t: &&Token| matches!(draft.lower(t), "the" | "a" | "an" | "its" | "their" | "his" | "her" | "this");
    let phrase = tokens[at + 1..].iter().skip_while(is_article).take(5);
    let phrase = phrase.take_while(|t| t.is_word() && !t.lex.is(Lex::FUNCTION) && !draft.lower(t).ends_with("ed"));
    phrase.map(|t| draft.lower(t)).collect()
}

/// What an amount of money is, where the words before it say so: a budget of $3.2 million.
pub(super) fn money_noun<'d>(draft: &'d Draft, before: &[Token], figure: &Figure) -> Option<Cow<'d, str>> {
    let [.., noun, of] = before else { return None };
    let is_money = matches!(figure.measure, Measure::Money(_));
    let named = noun.is_word() && !noun.lex.is(Lex::FUNCTION) && !noun.is_capital() && draft.lower(of) == "of";
    (is_money && named).then(|| lemma(draft.lower(noun)))
}

/// A length of time with a hyphen before its unit, in seconds.
pub(super) fn term(draft: &Draft, figure: &Figure) -> Option<Rational> {
    let unit = figure.measure.unit().filter(|u| u.dimension == "time")?;
    let rest = Span { start: figure.number.end, end: figure.amount.end };
    (rest.start < rest.end && rest.of(&draft.text).starts_with('-')).then(|| unit.to_base(figure.value)).flatten()
}

pub(super) fn is_contrast(draft: &Draft, tokens: &[Token]) -> bool {
    let opens = tokens.iter().find(|t| t.is_word()).is_some_and(|t| {
        matches!(
            draft.lower(t),
            "while" | "but" | "compared" | "whereas" | "although" | "though" | "unlike" | "conversely"
        )
    });
    opens
        || tokens.iter().any(|t| {
            t.kind == TokenKind::Word
                && matches!(draft.lower(t), "respectively" | "compared" | "versus" | "vs" | "whereas" | "instead")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_have_a_bit_for_each_word() {
        let Lists { times, parts, ordinals, .. } = lists();
        assert!(times.iter().count() <= 32 && parts.iter().count() < 32);
        assert_eq!(ordinals.iter().next(), Some("first"));
    }
}
