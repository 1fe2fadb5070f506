//! `quotes/style`: marks of two kinds, quotations nested in the same marks, and where punctuation stands, as the house has it.

use serde::Deserialize;

use crate::annotate::Quote;
use crate::annotate::quote::{Level, Mark, Role, Shape};
use crate::checks::Context;
use crate::diagnostic::{Finding, Fix, Safety};
use crate::text::Span;

const CODE: &str = "quotes/style";
/// How many of the other kind are shown as evidence.
const SHOWN: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Marks {
    Any,
    /// Either, but one kind in a draft.
    Consistent,
    Curly,
    Straight,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Punctuation {
    Any,
    Inside,
    Outside,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    marks: Marks,
    pairs: bool,
    nesting: bool,
    punctuation: Punctuation,
}

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let options = cx.options::<Options>();
    let marks = &cx.annotations.marks;
    match options.marks {
        Marks::Any => {}
        Marks::Consistent => findings.extend(mixed(cx, marks)),
        Marks::Curly => findings.extend(other_than(cx, marks, Shape::Curly)),
        Marks::Straight => findings.extend(other_than(cx, marks, Shape::Straight)),
    }
    if options.pairs {
        findings.extend(unlike_pairs(cx));
    }
    for (at, quote) in cx.annotations.quotes.iter().enumerate() {
        if options.nesting {
            findings.extend(nested_alike(cx, quote));
        }
        if options.punctuation != Punctuation::Any && quote.closed {
            findings.extend(punctuation(cx, options.punctuation, at));
        }
    }
}

/// Straight and curly marks in one draft: one finding, on the first of the rarer kind.
fn mixed(cx: &Context<'_>, marks: &[Mark]) -> Option<Finding> {
    let of = |shape: Shape| marks.iter().filter(move |m| m.shape == shape && m.level == Level::Double);
    let (straight, curly) = (of(Shape::Straight).count(), of(Shape::Curly).count());
    if straight == 0 || curly == 0 {
        return None;
    }
    let (rare, name, count, common, other, total) = if straight <= curly {
        (Shape::Straight, "straight", straight, Shape::Curly, "curly", curly)
    } else {
        (Shape::Curly, "curly", curly, Shape::Straight, "straight", straight)
    };
    let first = of(rare).next()?;
    let message =
        format!("{count} {name} quotation {} among {total} {other}", if count == 1 { "mark" } else { "marks" });
    let finding = Finding::new(CODE, first.span, message);
    let shown = of(common).take(1).chain(of(rare).skip(1).take(SHOWN - 1));
    Some(
        shown
            .fold(finding, |f, m| f.here(m.span, if m.shape == rare { name } else { other }))
            .fix_if(curled(cx, first, common)),
    )
}

/// Marks of another kind than the house’s: one finding, on the first.
fn other_than(cx: &Context<'_>, marks: &[Mark], house: Shape) -> Option<Finding> {
    let mut wrong = marks.iter().filter(|m| m.shape != house && m.shape != Shape::Guillemet);
    let first = wrong.next()?;
    let more = wrong.count();
    let (name, wanted) = if house == Shape::Curly { ("Straight", "curly") } else { ("Curly", "straight") };
    let others = if more == 0 { String::new() } else { format!(", and {more} more") };
    Some(
        Finding::new(CODE, first.span, format!("{name} quotation mark{others}; house style is {wanted}"))
            .fix_if(curled(cx, first, house)),
    )
}

/// The mark in another shape.
fn curled(cx: &Context<'_>, mark: &Mark, shape: Shape) -> Option<Fix> {
    let opens = matches!(mark.role, Role::Open | Role::LoneOpen);
    let right = match (shape, mark.level) {
        (Shape::Curly, Level::Double) => {
            if opens {
                "“"
            } else {
                "”"
            }
        }
        (Shape::Curly, Level::Single) => {
            if opens {
                "‘"
            } else {
                "’"
            }
        }
        (Shape::Straight, Level::Double) => "\"",
        (Shape::Straight, Level::Single) => "'",
        (Shape::Guillemet, _) => return None,
    };
    (cx.draft.words_at(mark.span) != right).then(|| Fix::replace(mark.span, right, Safety::Unsafe))
}

trait FixIf {
    fn fix_if(self, fix: Option<Fix>) -> Self;
}

impl FixIf for Finding {
    fn fix_if(self, fix: Option<Fix>) -> Finding {
        match fix {
            Some(fix) => self.fix(fix),
            None => self,
        }
    }
}

fn shape(cx: &Context<'_>, span: Span) -> Option<Shape> {
    let marks = &cx.annotations.marks;
    marks.binary_search_by_key(&span, |m| m.span).ok().map(|at| marks[at].shape)
}

fn ends(quote: &Quote) -> (Span, Span) {
    let open = Span { start: quote.outer.start, end: quote.span.start };
    let close = Span { start: quote.span.end, end: quote.outer.end };
    (open, close)
}

/// Quotations with a straight mark at one end and a curly one at the other: one finding, on the first.
fn unlike_pairs(cx: &Context<'_>) -> Option<Finding> {
    let mut unlike = cx.annotations.quotes.iter().filter_map(|quote| {
        let (open, close) = ends(quote);
        (shape(cx, open)? != shape(cx, close)?).then_some((open, close))
    });
    let (open, close) = unlike.next()?;
    let (opening, closing) = (cx.draft.words_at(open), cx.draft.words_at(close));
    let message = format!("The quotation opens with {opening} and closes with {closing}");
    let finding = Finding::new(CODE, close, message).here(open, "its opening mark");
    Some(unlike.take(SHOWN).fold(finding, |f, (_, close)| f.here(close, "the same again")))
}

/// A quotation inside another of the same marks.
fn nested_alike(cx: &Context<'_>, quote: &Quote) -> Option<Finding> {
    let parent = &cx.annotations.quotes[quote.parent? as usize];
    let (open, _) = ends(quote);
    let (around, _) = ends(parent);
    let alike = parent.level == quote.level && shape(cx, open)? != Shape::Guillemet;
    alike.then(|| {
        Finding::new(CODE, open, "A quotation inside another in the same marks").here(around, "the quotation around it")
    })
}

/// A comma or full stop on the other side of the closing mark than the house wants.
fn punctuation(cx: &Context<'_>, house: Punctuation, at: usize) -> Option<Finding> {
    let quote = &cx.annotations.quotes[at];
    let (_, close) = ends(quote);
    if close.is_empty() {
        return None;
    }
    let after = cx.draft.text[close.end as usize..].chars().next();
    let inner = cx.draft.words_at(quote.span);
    match house {
        Punctuation::Inside if matches!(after, Some(',' | '.')) && !inner.ends_with(['.', ',', '!', '?', '…']) => {
            let mark = Span { start: close.end, end: close.end + 1 };
            Some(Finding::new(CODE, mark, "Comma or full stop outside the quotation marks; house style is inside"))
        }
        // A whole sentence keeps its own stop.
        Punctuation::Outside if inner.ends_with([',', '.']) && !quote.is_speech() => {
            let mark = Span { start: quote.span.end - 1, end: quote.span.end };
            Some(Finding::new(CODE, mark, "Comma or full stop inside the quotation marks; house style is outside"))
        }
        _ => None,
    }
}
