//! Words that say which way a thing went (increase and decrease, profit and loss), from `rules/changes.toml` and `rules/turns.toml`, and what
//! they are said of.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::polarity::Pole;
use crate::annotate::Figure;
use crate::annotate::figure::{Side, lemma, sides_of_change};
use crate::annotate::quote::is_speech_verb;
use crate::source::Draft;
use crate::text::inflect::forms;
use crate::text::{Lex, Span, Token, TokenKind};

/// The family of `rules/changes.toml`.
const MORE_OR_LESS: &str = "more or less";
/// Words with content that are read as what a turn is said of.
const MATTER: usize = 5;
/// Tokens around a turn among which its figures stand.
const FIGURES: usize = 7;

/// A word that says which way a thing went.
#[derive(Clone, Debug)]
pub struct Turn {
    pub span: Span,
    pub family: u16,
    /// With a negation before it counted in.
    pub pole: Pole,
    /// What went that way: words in the singular, the nearest first.
    pub matter: Vec<String>,
    /// Indices of the figures beside it.
    pub figures: Vec<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    family: Vec<Family>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
    name: String,
    plus: Vec<String>,
    minus: Vec<String>,
    #[serde(default)]
    plus_adverbs: Vec<String>,
    #[serde(default)]
    minus_adverbs: Vec<String>,
}

#[derive(Clone, Copy)]
struct Entry {
    family: u16,
    pole: Pole,
    adverb: bool,
}

struct Table {
    names: Vec<String>,
    words: FxHashMap<String, Entry>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let lists: Lists = toml::from_str(include_str!("../../rules/turns.toml")).expect("a test parses it");
    let mut table = Table { names: Vec::new(), words: FxHashMap::default() };
    let [more, less] = sides_of_change();
    let all = |side: &Side| side.verbs.iter().chain(&side.others).cloned().collect();
    let more_or_less = Family {
        name: MORE_OR_LESS.to_owned(),
        plus: all(more),
        minus: all(less),
        plus_adverbs: more.adverbs.clone(),
        minus_adverbs: less.adverbs.clone(),
    };
    for (family, lists) in std::iter::once(more_or_less).chain(lists.family).enumerate() {
        let family = family as u16;
        for (pole, words) in [(Pole::Plus, &lists.plus), (Pole::Minus, &lists.minus)] {
            for (form, _) in words.iter().flat_map(|w| forms(w)) {
                table.words.insert(form, Entry { family, pole, adverb: false });
            }
        }
        for (pole, words) in [(Pole::Plus, &lists.plus_adverbs), (Pole::Minus, &lists.minus_adverbs)] {
            for word in words {
                table.words.insert(word.clone(), Entry { family, pole, adverb: true });
            }
        }
        table.names.push(lists.name);
    }
    table
});

/// The name of a family in the data.
pub fn family_name(family: u16) -> &'static str {
    TABLE.names.get(usize::from(family)).map_or("", String::as_str)
}

/// What a word in lower case says by itself of which way a thing went: its family and side.
pub fn pole_of(word: &str) -> Option<(u16, Pole)> {
    TABLE.words.get(word).map(|entry| (entry.family, entry.pole))
}

/// The noun phrase after token `at` of a sentence, its last word first: “the new pier” after “without”.
pub fn phrase_after(draft: &Draft, sentence: usize, at: usize) -> Vec<String> {
    Run { draft, tokens: draft.sentence_tokens(&draft.sentences[sentence]) }.after(at)
}

/// Whether the family speaks of one figure: above and below.
pub fn is_bound(family: u16) -> bool {
    family_name(family) == "above or below"
}

/// The turns of a sentence. `figures` are the draft's, in order.
pub fn turns(draft: &Draft, sentence: usize, figures: &[Figure]) -> Vec<Turn> {
    let tokens = draft.sentence_tokens(&draft.sentences[sentence]);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let named = at > 0 || tokens.get(1).is_some_and(Token::is_capital);
        if token.kind != TokenKind::Word || token.is_capital() && named {
            continue;
        }
        let Some(&entry) = TABLE.words.get(draft.lower(token)) else { continue };
        let run = Run { draft, tokens };
        // The end of a compound: “cost-cutting”.
        if at > 0 && run.word(at - 1) == "-" || entry.adverb && !run.goes_by_an_amount(at) {
            continue;
        }
        let mut matter = if entry.adverb { Vec::new() } else { run.after(at) };
        if matter.is_empty() {
            matter = run.before(at);
        }
        if matter.is_empty() {
            continue;
        }
        let near = tokens[at.saturating_sub(FIGURES)].span.start..tokens[(at + FIGURES).min(tokens.len() - 1)].span.end;
        let first = figures.partition_point(|f| f.span.start < near.start);
        let beside = figures[first..].iter().take_while(|f| f.span.end <= near.end).count();
        let pole = if run.is_negated(at) { entry.pole.other() } else { entry.pole };
        let figures = (first..first + beside).collect();
        found.push(Turn { span: token.span, family: entry.family, pole, matter, figures });
    }
    found
}

/// A sentence's tokens.
struct Run<'a> {
    draft: &'a Draft,
    tokens: &'a [Token],
}

impl<'a> Run<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.draft.lower(&self.tokens[at])
    }

    /// Whether a figure or what leads up to one follows: “up 3 percent”, “down from 12”.
    fn goes_by_an_amount(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|next| {
            next.kind == TokenKind::Number
                || matches!(
                    self.draft.lower(next),
                    "$" | "€"
                        | "£"
                        | "from"
                        | "by"
                        | "nearly"
                        | "about"
                        | "almost"
                        | "slightly"
                        | "sharply"
                        | "roughly"
                )
        })
    }

    /// Whether a negation stands before the word, with no more than an adverb, an adjective or a helping verb between.
    fn is_negated(&self, at: usize) -> bool {
        let negates = |w: &str| {
            matches!(w, "not" | "no" | "never" | "without" | "cannot" | "neither" | "nor")
                || w.ends_with("n't")
                || w.ends_with("n’t")
        };
        (at.saturating_sub(3)..at)
            .rev()
            .take_while(|&i| self.tokens[i].kind == TokenKind::Word)
            .any(|i| negates(self.word(i)))
    }

    /// A word that can be what a turn is said of, in the singular.
    fn content(&self, at: usize) -> Option<String> {
        let (token, word) = (&self.tokens[at], self.word(at));
        let is_one = token.kind == TokenKind::Word
            && !token.lex.is(Lex::FUNCTION)
            && word.len() > 2
            && !is_light(word)
            && !word.ends_with("ly")
            && (!TABLE.words.contains_key(word) || is_result(word));
        // “Earnings per diluted share” are earnings.
        let measured = (at.saturating_sub(2)..at).any(|i| self.word(i) == "per");
        (is_one && !measured).then(|| lemma(word).into_owned())
    }

    /// The noun phrase after a turn: “increasing its dividend”, “an increase in the dividend”, “higher fees”. Its last word comes first.
    fn after(&self, at: usize) -> Vec<String> {
        let mut matter = Vec::new();
        for i in at + 1..self.tokens.len() {
            let (token, word) = (&self.tokens[i], self.word(i));
            let leads = matches!(word, "in" | "of") && i == at + 1;
            let stops = match token.kind {
                TokenKind::Word => token.lex.is(Lex::FUNCTION) && !is_determiner(word) && !leads,
                TokenKind::Mark => word != "-",
                TokenKind::Number | TokenKind::Stop | TokenKind::Quote => true,
                TokenKind::Clitic => false,
            };
            if stops || matter.len() == MATTER {
                break;
            }
            matter.extend(self.content(i));
        }
        matter.reverse();
        matter
    }

    /// What stands before a turn: “sales of $3 million decreased”, “earnings were $2, up 4 percent”. The nearest word comes first.
    fn before(&self, at: usize) -> Vec<String> {
        let mut matter: Vec<String> = Vec::new();
        for i in (0..at).rev() {
            let (token, word) = (&self.tokens[i], self.word(i));
            let parts = matches!(word, ";" | ":" | "—" | "–")
                || is_speech_verb(word)
                || !matter.is_empty()
                    && (matches!(word, "," | "and" | "but" | "while" | "as" | "that" | "which" | "because" | "due")
                        || TABLE.words.contains_key(word) && token.kind == TokenKind::Word && !is_result(word));
            if parts || matter.len() == MATTER {
                break;
            }
            matter.extend(self.content(i));
        }
        matter
    }
}

fn is_result(word: &str) -> bool {
    matches!(word, "earnings" | "profit" | "profits" | "loss" | "losses")
}

fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "its"
            | "our"
            | "their"
            | "his"
            | "her"
            | "this"
            | "any"
            | "some"
            | "both"
            | "all"
            | "same"
            | "other"
    )
}

/// Words that say nothing of which thing it is: when, how much, and whose report.
fn is_light(word: &str) -> bool {
    matches!(
        word,
        "company"
            | "quarter"
            | "quarterly"
            | "quarters"
            | "year"
            | "years"
            | "annual"
            | "month"
            | "months"
            | "week"
            | "weeks"
            | "period"
            | "prior"
            | "previous"
            | "last"
            | "next"
            | "first"
            | "second"
            | "third"
            | "fourth"
            | "million"
            | "billion"
            | "percent"
            | "percentage"
            | "points"
            | "point"
            | "basis"
            | "range"
            | "was"
            | "were"
            | "saw"
            | "seen"
            | "see"
            | "expect"
            | "expected"
            | "expects"
            | "anticipate"
            | "anticipates"
            | "plan"
            | "plans"
            | "compared"
            | "comparable"
            | "significant"
            | "same"
            | "approximately"
            | "total"
            | "overall"
            | "half"
            | "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
    )
}

/// Whether two words, as [`Turn::matter`] has them, are one or forms of one.
pub fn same_word(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short == long || short.len() >= 5 && long.starts_with(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Pole, Vec<String>)> {
        let draft = Draft::from_text(text);
        let found = turns(&draft, 0, &[]);
        found.into_iter().map(|t| (draft.words_at(t.span).to_owned(), t.pole, t.matter)).collect()
    }

    fn one(text: &str) -> (Pole, String) {
        let found = read(text);
        assert_eq!(found.len(), 1, "{found:?}");
        (found[0].1, found[0].2.join(" "))
    }

    #[test]
    fn the_same_of_one_thing_in_many_forms() {
        for text in [
            "The line is increasing its fare.",
            "An increase in the fare is due.",
            "The fare rose to $4.",
            "The fare was $4, up 3 percent.",
            "They want a higher fare.",
        ] {
            assert_eq!(one(text), (Pole::Plus, "fare".to_owned()), "{text}");
        }
    }

    #[test]
    fn negations_turn_it() {
        assert_eq!(one("The line did not lower its fare.").0, Pole::Plus);
        assert_eq!(one("There was no increase in the fare.").0, Pole::Minus);
    }

    #[test]
    fn no_turns() {
        for text in ["Rose Adair set up a stall.", "The cost-cutting plan is out.", "He sat down on the pier."] {
            assert!(read(text).is_empty(), "{text}");
        }
    }
}
