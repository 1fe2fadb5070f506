//! A figure with what it is a figure of, and when two of them are one quantity.
//!
//! Figures that merely share a noun are nearly always two quantities, so every pair has to pass named gates; what none of
//! them can tell apart is compared by value. The two may come from two drafts: each carries its own context.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::interval::{self, Relation, Widths};
use crate::annotate::date::{self, When};
use crate::annotate::figure::{Form, Hedge, Measure, lemma};
use crate::annotate::{Annotations, Figure, quote};
use crate::source::Draft;
use crate::text::{Lex, Rational, Span, Token, TokenKind, WordFilter};

/// What keeps two figures apart. The names are for `newslint why`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    Sentence,
    Measure,
    Head,
    Modifiers,
    Frame,
    Who,
    When,
    Scope,
    Role,
    Modal,
    Speech,
    Contrast,
    /// Two sources give two numbers.
    Source,
    /// Nothing but the noun says that they are one quantity.
    Key,
    /// The values as written cannot be held against each other: a lower bound below.
    Hedge,
}

impl Gate {
    pub fn name(self) -> &'static str {
        match self {
            Gate::Sentence => "one sentence holds both",
            Gate::Measure => "measured in different things",
            Gate::Head => "they count different things",
            Gate::Modifiers => "described differently",
            Gate::Frame => "different verbs",
            Gate::Who => "about different names",
            Gate::When => "at different times",
            Gate::Scope => "different scopes",
            Gate::Role => "a state and a change",
            Gate::Modal => "one is a plan or a condition",
            Gate::Speech => "said in quotation marks",
            Gate::Contrast => "set against each other",
            Gate::Source => "two sources, two numbers",
            Gate::Key => "too little says that they are one quantity",
            Gate::Hedge => "more than the lower number fits both",
        }
    }
}

/// How much says that two figures are one quantity, beyond measure and noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Nothing more.
    Noun,
    /// Two content words of the sentences.
    Words,
    /// Three, and two in five of the shorter sentence’s.
    Sentence,
    /// Three in five, or all: one sentence sums the other up.
    Summary,
    /// The same verb, name and time.
    Event,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Compatible,
    Incomparable(Gate),
    Conflict(Relation, Strength),
}

/// What the desk sets about comparing.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    pub widths: Widths,
    /// Nouns that count the same thing, as lemmas in groups.
    pub same_heads: Vec<Vec<String>>,
}

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
        let head = figure.noun.map(|n| lemma(n.head.of(&draft.lower)));
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

/// Whether `a` and `b` are one quantity with two values. The same for both orders.
pub fn compare(a: &Quantity<'_>, b: &Quantity<'_>, rules: &Rules) -> Verdict {
    let Some(relation) = interval::relate(a.figure, b.figure, &rules.widths) else {
        return Verdict::Incomparable(Gate::Measure);
    };
    if relation == Relation::Agrees {
        return Verdict::Compatible;
    }
    if relation == Relation::Open {
        return Verdict::Incomparable(Gate::Hedge);
    }
    if let Some(gate) = blocked(a, b, rules) {
        return Verdict::Incomparable(gate);
    }
    let (shared, fewer) = a.shared(b);
    let event = a.frame.is_some()
        && a.frame == b.frame
        && a.names.iter().any(|n| b.names.iter().any(|m| same_name(n, m)))
        && (a.when.is_some() && b.when.is_some() || shared >= 3);
    // One sentence sums the other up: it has hardly a word of its own.
    let summary = (shared >= 3 && shared * 5 >= fewer * 3) || (shared >= 2 && shared == fewer);
    let strength = if event {
        Strength::Event
    } else if summary {
        Strength::Summary
    } else if shared >= 3 && shared * 5 >= fewer * 2 {
        Strength::Sentence
    } else if shared >= 2 {
        Strength::Words
    } else {
        Strength::Noun
    };
    // Money and percentages without a noun need their whole sentence as the key.
    let bare = a.head.is_none() || b.head.is_none();
    let likely_slip = relation.is_slip() || (summary && relation.may_be_slip());
    if (bare && (strength < Strength::Sentence || !likely_slip)) || (strength == Strength::Noun && !relation.is_slip())
    {
        return Verdict::Incomparable(Gate::Key);
    }
    // Police count 41, the union counts 61; a slip of the hand shows whoever speaks.
    if !relation.is_slip() && matches!((a.source, b.source), (Some(x), Some(y)) if x != y) {
        return Verdict::Incomparable(Gate::Source);
    }
    // Two values with nothing in common are two quantities, unless all the rest is the same.
    let hedged = a.figure.hedge != Hedge::None || b.figure.hedge != Hedge::None;
    if relation == Relation::Far && (strength < Strength::Summary || hedged && strength < Strength::Event) {
        return Verdict::Incomparable(Gate::Key);
    }
    // A slip of the hand, or a sentence said twice, needs fewer gates than two values that have nothing to do with each other.
    let excused = (relation.is_slip() && strength >= Strength::Words) || (summary && relation.may_be_slip());
    match loosely_blocked(a, b) {
        Some(gate) if !excused => Verdict::Incomparable(gate),
        _ => Verdict::Conflict(relation, strength),
    }
}

/// Whether a gate keeps two apart for good, so that [`compare`] cannot find a conflict: for those who need not know which.
pub fn are_apart(a: &Quantity<'_>, b: &Quantity<'_>, rules: &Rules) -> bool {
    // Numbers before words: most pairs differ in one.
    a.time_words != b.time_words
        || a.scope != b.scope
        || a.figure.role != b.figure.role
        || blocked(a, b, rules).is_some()
}

fn blocked(a: &Quantity<'_>, b: &Quantity<'_>, rules: &Rules) -> Option<Gate> {
    if a.place == b.place {
        return Some(Gate::Sentence);
    }
    if a.figure.per != b.figure.per {
        return Some(Gate::Measure);
    }
    if let (Some(x), Some(y)) = (&a.head, &b.head) {
        let grouped = || rules.same_heads.iter().any(|g| g.iter().any(|w| w == x) && g.iter().any(|w| w == y));
        if x != y && !grouped() {
            return Some(Gate::Head);
        }
    }
    let within = |x: &Quantity<'_>, y: &Quantity<'_>| x.modifiers.iter().all(|m| y.modifiers.contains(m));
    if !within(a, b) && !within(b, a) {
        return Some(Gate::Modifiers);
    }
    // The council of one town and the council: the last word is what counts.
    let apart = |x: &[&str], y: &[&str]| match (x.last(), y.last()) {
        (Some(of), Some(other)) => !x.contains(other) && !y.contains(of),
        _ => false,
    };
    let other_terms = !a.terms.is_empty() && !b.terms.is_empty() && !a.terms.iter().any(|t| b.terms.contains(t));
    if apart(&a.of, &b.of) || other_terms {
        return Some(Gate::Modifiers);
    }
    // A name at the start of a sentence may be a word like any other.
    let lacks = |x: &Quantity<'_>, y: &Quantity<'_>| {
        x.names.iter().any(|n| !y.names.iter().any(|m| same_name(n, m)) && !y.words.contains(&lemma(n)))
    };
    if lacks(a, b) && lacks(b, a) {
        return Some(Gate::Who);
    }
    if matches!((&a.when, &b.when), (Some(x), Some(y)) if x.differs(y)) {
        return Some(Gate::When);
    }
    if a.time_words != b.time_words {
        return Some(Gate::When);
    }
    if a.scope != b.scope {
        return Some(Gate::Scope);
    }
    if a.figure.role != b.figure.role {
        return Some(Gate::Role);
    }
    (a.speech != b.speech && a.speech.is_some() && b.speech.is_some()).then_some(Gate::Speech)
}

/// The gates that a telling difference may pass.
fn loosely_blocked(a: &Quantity<'_>, b: &Quantity<'_>) -> Option<Gate> {
    if matches!((a.frame, b.frame), (Some(x), Some(y)) if x != y) {
        return Some(Gate::Frame);
    }
    if a.modal != b.modal {
        return Some(Gate::Modal);
    }
    if a.speech == Some(None) || b.speech == Some(None) {
        return Some(Gate::Speech);
    }
    (a.contrast || b.contrast).then_some(Gate::Contrast)
}

/// Ukraine and Ukrainian are one name; two names of one start are not often in one story.
fn same_name(a: &str, b: &str) -> bool {
    let stem = |s: &str| s.char_indices().nth(5).map_or(s.len(), |(i, _)| i);
    a == b || (a.len() > 5 && b.len() > 5 && a[..stem(a)] == b[..stem(b)])
}

fn is_name(token: &Token, opens: bool, draft: &Draft) -> bool {
    let capital = token.is_capital() && !token.lex.is(Lex::FUNCTION | Lex::MONTH | Lex::WEEKDAY);
    let opens = opens && token.lex.is(Lex::WORD) && !token.lex.is(Lex::COUNTRY | Lex::DEMONYM | Lex::US_STATE);
    capital && !opens && draft.lower(token).len() > 1 && !draft.lower(token).ends_with('.')
}

fn is_modal(lower: &str) -> bool {
    matches!(
        lower,
        "would"
            | "could"
            | "will"
            | "may"
            | "might"
            | "should"
            | "planned"
            | "plans"
            | "plan"
            | "expected"
            | "expects"
            | "proposed"
            | "target"
            | "targets"
            | "aims"
            | "aim"
            | "if"
            | "forecast"
            | "forecasts"
            | "projected"
            | "estimated"
            | "estimates"
            | "predicted"
            | "wants"
            | "hopes"
            | "likely"
            | "potential"
            | "potentially"
            | "seeking"
    )
}

/// A bit for each word that moves a figure to another time.
fn time_word(token: &Token, lower: &str) -> u32 {
    static FILTER: LazyLock<WordFilter> = LazyLock::new(|| WordFilter::new(WORDS));
    const WORDS: [&str; 27] = [
        "earlier",
        "previous",
        "previously",
        "before",
        "ago",
        "last",
        "next",
        "later",
        "originally",
        "initially",
        "formerly",
        "yesterday",
        "daily",
        "weekly",
        "monthly",
        "annual",
        "annually",
        "quarterly",
        "now",
        "then",
        "until",
        "since",
        "currently",
        "yearly",
        "first-half",
        "previous-year",
        "past",
    ];
    let at = || WORDS.iter().position(|w| *w == lower);
    FILTER.may_hold(token.hash).then(at).flatten().map_or(0, |i| 1 << i)
}

/// A bit for each word close by that says which part of the whole a figure is.
fn scope(draft: &Draft, tokens: &[Token], first: usize, after: usize) -> u32 {
    static FILTER: LazyLock<WordFilter> = LazyLock::new(|| WordFilter::new(WORDS));
    const WORDS: [&str; 28] = [
        "another",
        "additional",
        "first",
        "remaining",
        "only",
        "each",
        "per",
        "average",
        "far",
        "total",
        "other",
        "more",
        "every",
        "median",
        "record",
        "further",
        "extra",
        "other",
        "least",
        "most",
        "second",
        "final",
        "combined",
        "overall",
        "initial",
        "out",
        "half",
        "rest",
    ];
    let at = |t: &Token| WORDS.iter().position(|w| *w == draft.lower(t));
    let bit = |t: &Token| FILTER.may_hold(t.hash).then(|| at(t)).flatten().map_or(0, |i| 1u32 << i);
    let before = tokens[first.saturating_sub(4)..first].iter().map(bit);
    let behind = tokens[after.min(tokens.len())..(after + 4).min(tokens.len())].iter().map(bit);
    let partitive = first >= 2
        && draft.lower(&tokens[first - 2]) == "of"
        && matches!(draft.lower(&tokens[first - 1]), "the" | "those" | "these" | "them");
    before.chain(behind).fold(if partitive { 1 << 31 } else { 0 }, |a, b| a | b)
}

/// Who says what a sentence tells, by the word beside its verb of speech: “the union said”, “said the mayor”, “according to police”.
fn source<'d>(draft: &'d Draft, tokens: &'d [Token]) -> Option<&'d str> {
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
fn complement<'d>(draft: &'d Draft, tokens: &'d [Token], figure: &Figure) -> SmallVec<[&'d str; 4]> {
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

/// A length of time with a hyphen before its unit, in seconds.
fn term(draft: &Draft, figure: &Figure) -> Option<Rational> {
    let unit = figure.measure.unit().filter(|u| u.dimension == "time")?;
    let rest = Span { start: figure.number.end, end: figure.amount.end };
    (rest.start < rest.end && rest.of(&draft.text).starts_with('-')).then(|| unit.to_base(figure.value)).flatten()
}

fn is_contrast(draft: &Draft, tokens: &[Token]) -> bool {
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

/// The class of the verb that governs a figure: the nearest before it in the sentence, else the next after it.
fn frame(draft: &Draft, tokens: &[Token], first: usize, after: usize) -> Option<u8> {
    let class = |t: &Token| (t.is_word() && !t.is_capital()).then(|| frames().get(draft.lower(t)).copied()).flatten();
    let before = tokens[..first].iter().rev().take(8).take_while(|t| !matches!(draft.word(t), ";" | ":"));
    let behind =
        tokens[after.min(tokens.len())..].iter().take(7).take_while(|t| !matches!(draft.word(t), ";" | ":" | ","));
    before.into_iter().find_map(class).or_else(|| behind.into_iter().find_map(class))
}

/// Verb forms with their classes, from `rules/figures/frames.toml`.
fn frames() -> &'static FxHashMap<String, u8> {
    static FRAMES: LazyLock<FxHashMap<String, u8>> = LazyLock::new(|| {
        let table: toml::Table =
            toml::from_str(include_str!("../../rules/figures/frames.toml")).expect("a test reads the table");
        let mut forms = FxHashMap::default();
        for (class, verbs) in table.values().enumerate() {
            for verb in verbs.as_array().into_iter().flatten().filter_map(|v| v.as_str()) {
                let stem = verb.strip_suffix('e').unwrap_or(verb);
                let doubled = verb.chars().last().map(|c| format!("{verb}{c}")).unwrap_or_default();
                for form in [
                    verb.to_owned(),
                    format!("{verb}s"),
                    format!("{verb}es"),
                    format!("{stem}ed"),
                    format!("{stem}ing"),
                    format!("{doubled}ed"),
                    format!("{doubled}ing"),
                ] {
                    forms.entry(form).or_insert(class as u8);
                }
            }
        }
        forms
    });
    &FRAMES
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::{Gazetteer, annotate};

    fn verdict(text: &str, other: &str) -> Verdict {
        let (a, b) = (Draft::from_text(text), Draft::from_text(other));
        let gazetteer = Gazetteer::default();
        let (read_a, read_b) = (annotate(&a, None, &gazetteer), annotate(&b, None, &gazetteer));
        let x = Quantity::new(&a, &read_a, &read_a.figures[0]);
        let y = Quantity::new(&b, &read_b, &read_b.figures[0]);
        let there = compare(&x, &y, &Rules::default());
        assert_eq!(there, compare(&y, &x, &Rules::default()), "{text} {other}");
        there
    }

    #[test]
    fn one_quantity_with_two_values() {
        let there = verdict(
            "The army launched 653 drones at Veland overnight.",
            "Officials said that 635 drones were launched at Veland.",
        );
        assert!(
            matches!(there, Verdict::Conflict(Relation::Transposed, Strength::Event | Strength::Words)),
            "{there:?}"
        );
    }

    #[test]
    fn gates_keep_figures_apart() {
        for (a, b, gate) in [
            (
                "The bakery in the old mill employs 300 workers in shifts.",
                "A year earlier the bakery in the old mill had employed 460 workers in shifts.",
                Gate::When,
            ),
            ("The army fired 30 rockets at Veland.", "The army bought 91 rockets.", Gate::Key),
            ("Veland sent 210 boats.", "Norvik sent 201 boats.", Gate::Who),
            ("It sold 120 red boats.", "It sold 102 blue boats.", Gate::Modifiers),
            ("The club has 450 paying members.", "The club could have 920 paying members.", Gate::Modal),
            ("The club has 450 members.", "The club has 405 chairs.", Gate::Head),
        ] {
            assert_eq!(verdict(a, b), Verdict::Incomparable(gate), "{a} {b}");
        }
    }

    #[test]
    fn hedges_agree() {
        assert_eq!(verdict("His five-hour meeting ended.", "It took almost five hours of talks."), Verdict::Compatible);
    }
}
