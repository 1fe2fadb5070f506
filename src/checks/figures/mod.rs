//! `figures/*`: figures that contradict each other, their own arithmetic, or sense.

mod aboard;
mod against_ends;
pub(in crate::checks) mod age;
mod arithmetic;
mod born;
mod change;
mod clause;
mod conflict;
mod conversion;
mod count;
mod cues;
mod definite;
mod difference;
mod headline;
mod impossible;
mod lead;
mod lists;
mod part;
mod poll;
mod poll_lead;
mod product;
mod record;
mod rest;
mod restated;
mod rounds;
mod scoreline;
mod share;
mod sum;
mod tally;
mod then;
mod toll;
mod vote;

use std::borrow::Cow;

pub use cues::FigureSentence;
use cues::by_sentence;

use super::{Check, Context, NoOptions, options};
use crate::annotate::Figure;
use crate::annotate::figure::Measure;
use crate::diagnostic::Finding;
use crate::source::BlockKind;
use crate::text::{Lex, Rational, Span, Token, number_words};

macro_rules! page {
    ($name:literal) => {
        include_str!(concat!("../../../rules/core/figures/", $name, ".toml"))
    };
}

pub const CHECKS: &[Check] = &[
    Check { code: conflict::CODE, page: page!("conflict"), run: conflict::run, options: options::<conflict::Options> },
    Check { code: headline::CODE, page: page!("headline"), run: headline::run, options: options::<headline::Options> },
    Check { code: arithmetic::CODE, page: page!("arithmetic"), run: arithmetic::run, options: options::<NoOptions> },
    Check { code: conversion::CODE, page: page!("conversion"), run: conversion::run, options: options::<NoOptions> },
    Check { code: change::POINTS_CODE, page: page!("percentage-points"), run: points, options: options::<NoOptions> },
    Check { code: impossible::CODE, page: page!("impossible"), run: impossible::run, options: options::<NoOptions> },
    Check { code: count::CODE, page: page!("count"), run: count::run, options: options::<count::Options> },
    Check { code: age::CODE, page: page!("age"), run: age::run, options: options::<NoOptions> },
];

/// `figures/percentage-points`: changes and leads in per cent that are points.
fn points(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    change::run_points(cx, findings);
    difference::run_points(cx, findings);
    poll_lead::run(cx, change::POINTS_CODE, findings);
}

/// A figure’s words for a message, cut short.
fn shown<'a>(cx: &Context<'a>, span: Span) -> Cow<'a, str> {
    let words = cx.draft.words_at(span);
    if words.chars().count() <= 24 {
        Cow::Borrowed(words)
    } else {
        Cow::Owned(words.chars().take(23).chain(['…']).collect())
    }
}

/// The same behind other words: “not a third” where a sentence opens with “A third”.
fn shown_inside<'a>(cx: &Context<'a>, span: Span) -> Cow<'a, str> {
    let words = shown(cx, span);
    let is_small =
        |t: &Token| t.is_word() && t.lex.is(Lex::FUNCTION) || number_words::cardinal(cx.draft.lower(t)).is_some();
    let small = cx.draft.tokens.get(cx.draft.token_at(span.start)).is_some_and(is_small);
    match words.chars().next().filter(|c| small && c.is_uppercase()) {
        Some(c) => Cow::Owned(c.to_lowercase().chain(words.chars().skip(1)).collect()),
        None => words,
    }
}

/// Where a block is, in the words of a message: “in paragraph 4”.
fn place(cx: &Context<'_>, block: u32) -> String {
    match cx.draft.blocks[block as usize].kind {
        BlockKind::Headline => "in the headline".to_owned(),
        BlockKind::Standfirst => "in the standfirst".to_owned(),
        BlockKind::Caption => "in a caption".to_owned(),
        _ => match cx.draft.paragraph_number(block as usize) {
            Some(number) => format!("in paragraph {number}"),
            None => "elsewhere".to_owned(),
        },
    }
}

/// Both sides of a contradiction, each with its place: “4.5 percent in the headline, 5.4 percent in paragraph 1”.
fn against(cx: &Context<'_>, ours: &Figure, theirs: &Figure) -> String {
    let side = |figure: &Figure| format!("{} {}", shown(cx, figure.span), place(cx, figure.block));
    format!("{}, {}", side(ours), side(theirs))
}

/// A number with the sign or unit of `measure`, rounded as copy would: $34.4 million, 19.9%.
fn with_unit(value: Rational, measure: Measure) -> String {
    let million = Rational::whole(1_000_000);
    let billion = Rational::whole(1_000_000_000);
    let scaled = |value: Rational| {
        for (scale, name) in [(billion, "billion"), (million, "million")] {
            if value.abs() >= scale
                && let Some(small) = value.div(scale)
            {
                return format!("{small} {name}");
            }
        }
        value.to_string()
    };
    // $84.10, not $84.1
    let money = |value: Rational| {
        let written = scaled(value);
        match written.rsplit_once('.') {
            Some((_, cents)) if cents.len() == 1 => format!("{written}0"),
            _ => written,
        }
    };
    // 6.6p, and not £0.07, of which nobody sees that it is a tenth more than 6p.
    let cents = (value.abs() < Rational::ONE).then(|| value.mul(Rational::HUNDRED)).flatten().filter(|c| !c.is_zero());
    match (measure, cents) {
        (Measure::Money("GBP"), Some(pence)) => return format!("{pence}p"),
        (Measure::Money("USD" | "EUR"), Some(cents)) => return format!("{cents} cents"),
        _ => {}
    }
    match measure {
        Measure::Percent => format!("{}%", tenths(value)),
        Measure::PercentagePoint => format!("{} points", tenths(value)),
        Measure::Money("USD") => format!("${}", money(value)),
        Measure::Money("GBP") => format!("£{}", money(value)),
        Measure::Money("EUR") => format!("€{}", money(value)),
        Measure::Money(code) => format!("{code} {}", money(value)),
        Measure::Unit(unit) | Measure::Age(unit) if value == Rational::ONE => format!("1 {}", unit.name),
        Measure::Unit(unit) | Measure::Age(unit) => match unit.name.as_str() {
            "degree Celsius" => format!("{}C", tenths(value)),
            "degree Fahrenheit" => format!("{}F", tenths(value)),
            "mile per hour" => format!("{} mph", tenths(value)),
            "kilometer per hour" => format!("{} kph", tenths(value)),
            _ => format!("{} {}", tenths(value), unit.plural()),
        },
        _ => scaled(value),
    }
}

/// A value rounded to tenths.
fn tenths(value: Rational) -> Rational {
    let scaled = (value.to_f64() * 10.0).round();
    Rational::new(scaled as i128, 10).unwrap_or(value)
}
