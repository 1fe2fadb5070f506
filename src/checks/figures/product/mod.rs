//! What each of so many is, and all of them together: “nine cases at £1,200 each, or £10,800 in all”, “450 wells in 15 townships, 30 in
//! each”, “160 pupils and 10 teachers, or 16 pupils for each teacher”.

mod rate;
mod total;

use std::borrow::Cow;

use smallvec::SmallVec;

use super::clause::{end_with_noun, head, is_plain, tokens};
use super::{arithmetic, by_sentence, shown, with_unit};
use crate::annotate::Figure;
use crate::annotate::figure::{Measure, Role, lemma};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::facts::interval::{self, Interval, Widths};
use crate::text::{Lex, Rational, Token, TokenKind};

/// How many words the name of what “each” is of may have: for each new job.
const NAME: usize = 3;

/// Words after an amount that make it one for each of something.
enum Each<'d> {
    /// $500 each: of what the sentence counts.
    Any,
    /// $3,000 a well, 16 pupils for each teacher: the words behind it, as lemmas.
    Of(SmallVec<[Cow<'d, str>; 3]>),
}

impl Each<'_> {
    /// Whether the amount can be one for each of what `count` counts.
    fn fits(&self, cx: &Context<'_>, count: &Figure) -> bool {
        match (self, head(cx, count)) {
            (Each::Any, noun) => noun.is_some(),
            (Each::Of(words), Some(noun)) => words.contains(&noun),
            (Each::Of(_), None) => false,
        }
    }
}

/// A number of things, the amount for each and the amount for all.
struct Product<'a> {
    count: &'a Figure,
    each: &'a Figure,
    total: &'a Figure,
}

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut before: &[Figure] = &[];
    for figures in by_sentence(cx) {
        for three in figures.windows(3) {
            let product = total::of_three(cx, three);
            findings.extend(product.and_then(|p| check(cx, &p)));
            findings.extend(rate::ratio(cx, three));
        }
        findings.extend(figures.windows(2).filter_map(|pair| rate::of_pair(cx, pair)));
        let follows =
            before.first().is_some_and(|f| f.block == figures[0].block && f.sentence + 1 == figures[0].sentence);
        if follows {
            findings.extend(total::comes_to(cx, before, figures).and_then(|p| check(cx, &p)));
        }
        before = figures;
    }
}

/// Words after the amount that make it one for each of something: each, apiece, a well, per well, for each teacher, in each.
fn each<'d>(cx: &Context<'d>, figure: &Figure) -> Option<Each<'d>> {
    let draft = cx.draft;
    let end = draft.sentences[figure.sentence as usize].span.end;
    let behind = tokens(cx, end_with_noun(figure), end);
    let behind = if behind.is_empty() { tokens(cx, figure.span.end, end) } else { behind };
    let word = |at: usize| behind.get(at).map_or("", |t| draft.lower(t));
    let name = |at: usize| -> SmallVec<[Cow<'d, str>; 3]> {
        let run = behind.get(at..).unwrap_or_default().iter().take(NAME);
        run.take_while(|t| t.kind == TokenKind::Word && !t.lex.is(Lex::FUNCTION))
            .map(|t| lemma(draft.lower(t)))
            .collect()
    };
    let named = |at: usize| {
        let name = name(at);
        if name.is_empty() { Each::Any } else { Each::Of(name) }
    };
    match word(0) {
        "apiece" => Some(Each::Any),
        "each" => (word(1) != "other").then_some(Each::Any),
        "in" | "for" | "to" | "at" | "on" | "with" if matches!(word(1), "each" | "every") => Some(named(2)),
        "per" => Some(named(1)),
        // “$3,000 a well”; of a count, “a” opens anything.
        "a" | "an" if matches!(figure.measure, Measure::Money(_)) => Some(named(1)),
        _ => None,
    }
}

fn is_part(figure: &Figure) -> bool {
    is_plain(figure)
        && matches!(figure.measure, Measure::Count | Measure::Money(_))
        && figure.value > Rational::ZERO
        && !matches!(figure.role, Role::ChangeBy | Role::From)
        && !figure.hedge.is_upper_bound()
}

/// A whole number of things that the sentence names.
fn is_count(cx: &Context<'_>, figure: &Figure) -> bool {
    is_part(figure)
        && figure.measure == Measure::Count
        && figure.value >= Rational::whole(2)
        && head(cx, figure).is_some()
}

fn is_money(figure: &Figure) -> bool {
    is_part(figure) && matches!(figure.measure, Measure::Money(_))
}

/// “, or”, “, for a total of”, “(”: what follows is the same in other words.
fn is_tied(cx: &Context<'_>, words: &[Token]) -> bool {
    let words: SmallVec<[&str; 6]> = words.iter().map(|t| cx.draft.lower(t)).collect();
    matches!(
        words[..],
        [",", "or" | "for"]
            | ["or" | "for"]
            | ["—" | "–", "or"]
            | ["("]
            | [",", "for" | "or", "a", "total", "of"]
            | ["for", "a", "total", "of"]
    ) || matches!(words[..], [",", "a", "total", "of"] | [",", "totaling" | "totalling"])
}

fn range(figure: &Figure) -> Option<Interval> {
    interval::of(figure, &Widths::default())
}

fn check(cx: &Context<'_>, product: &Product<'_>) -> Option<Finding> {
    let Product { count, each, total } = product;
    if each.measure != total.measure || each.value > total.value {
        return None;
    }
    let (n, unit, all) = (range(count)?, range(each)?, range(total)?);
    let given = Interval { low: n.low.mul(unit.low)?, high: n.high.mul(unit.high)?, open: n.open || unit.open };
    if given.meets(&all) || given.open && all.low > given.high || all.open && given.low > all.high {
        return None;
    }
    let message = format!(
        "{} times {} is {}, not {}",
        with_unit(count.value, count.measure),
        with_unit(each.value, each.measure),
        with_unit(count.value.mul(each.value)?, total.measure),
        shown(cx, total.amount)
    );
    Some(
        Finding::new(arithmetic::CODE, total.amount, message)
            .here(count.amount, "how many")
            .here(each.amount, "for each")
            .why("the number, the amount for each and the total stand together"),
    )
}
