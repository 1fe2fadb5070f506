//! `figures/headline`: a figure in the headline, the standfirst or a caption that the body does not bear out.

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::{against, lead, place, shown};
use crate::annotate::Figure;
use crate::annotate::figure::{Form, Hedge, Measure, lemma};
use crate::checks::Context;
use crate::diagnostic::{Confidence, Finding};
use crate::facts::interval::{self, Interval, Relation, Widths};
use crate::source::BlockKind;
use crate::text::{Rational, TokenKind};

pub(super) const CODE: &str = "figures/headline";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Options {
    hedges: Widths,
    captions: bool,
}

/// A body shorter than this many words may well leave a figure out.
const LEAST_WORDS: usize = 40;
/// And one shorter than this is none: a headline with a line below.
const LEAST_OF_A_BRIEF: usize = 15;

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let options = cx.options::<Options>();
    let draft = cx.draft;
    let kind = |f: &Figure| draft.blocks[f.block as usize].kind;
    let is_display = |f: &&Figure| match kind(f) {
        BlockKind::Headline | BlockKind::Standfirst => true,
        BlockKind::Caption => options.captions,
        _ => false,
    };
    findings.extend(cx.annotations.figures.iter().filter(is_display).filter_map(|f| lead::other_score(cx, f)));
    let display: Vec<&Figure> = cx.annotations.figures.iter().filter(is_display).filter(|f| is_checked(f)).collect();
    let words = if display.is_empty() { 0 } else { body_words(cx) };
    if words < LEAST_OF_A_BRIEF {
        return;
    }
    // A brief may leave a figure out; a slip of the hand shows in it too.
    let is_brief = words < LEAST_WORDS;
    let body = Body::new(cx);
    for figure in display {
        if is_results(cx, figure) || super::count::promises_the_list(cx, figure) || is_pointing(cx, figure) {
            continue;
        }
        if body.bears_out(figure, &options.hedges) {
            if kind(figure) != BlockKind::Caption {
                findings.extend(lead::contradicts(cx, figure, &options.hedges));
            }
            continue;
        }
        // Two dead: the story tells of a mother and her son. Four dead, and the lead has three: a slip.
        let told = || lead::contradicts(cx, figure, &options.hedges);
        let found = report(cx, &body, figure).or_else(|| told().filter(|_| kind(figure) != BlockKind::Caption));
        findings.extend(found.filter(|f| !is_brief || f.confidence == Confidence::Sure));
    }
}

fn is_checked(figure: &Figure) -> bool {
    matches!(
        figure.measure,
        Measure::Count
            | Measure::Percent
            | Measure::Fraction
            | Measure::Money(_)
            | Measure::Unit(_)
            | Measure::Age(_)
            | Measure::PercentagePoint
    ) && figure.form != Form::Vague
        && !(figure.value == Rational::ONE && figure.form == Form::Words)
}

/// A line of results, set by set: its figures are games and points.
fn is_results(cx: &Context<'_>, figure: &Figure) -> bool {
    let scores = cx.annotations.figures.iter().filter(|f| f.block == figure.block && f.measure == Measure::Score);
    scores.count() >= 2
}

/// “These 2 states”: the story shows them and need not count them.
fn is_pointing(cx: &Context<'_>, figure: &Figure) -> bool {
    let draft = cx.draft;
    let first = draft.token_at(figure.span.start);
    first > 0 && matches!(draft.lower(&draft.tokens[first - 1]), "these" | "those")
}

fn body_words(cx: &Context<'_>) -> usize {
    let draft = cx.draft;
    draft.blocks.iter().filter(|b| is_story(b.kind)).map(|b| b.tokens.len()).sum()
}

fn is_story(kind: BlockKind) -> bool {
    kind.is_body() || matches!(kind, BlockKind::Heading | BlockKind::Table | BlockKind::Caption)
}

/// The figures of the body, and every number in it that is none: years, parts of dates, labels.
struct Body<'a> {
    figures: Vec<&'a Figure>,
    digits: FxHashSet<Rational>,
}

impl<'a> Body<'a> {
    fn new(cx: &Context<'a>) -> Body<'a> {
        let draft = cx.draft;
        let is_body = |block: u32| is_story(draft.blocks[block as usize].kind);
        let figures = cx.annotations.figures.iter().filter(|f| is_body(f.block)).collect();
        // The day of a date bears out no count; a year bears out a year.
        let dated = |span: crate::text::Span| {
            let dates = &cx.annotations.dates;
            let at = dates.partition_point(|d| d.span.end <= span.start);
            dates.get(at).is_some_and(|d| d.span.overlaps(span) && d.is_calendar())
        };
        let numbers = draft.tokens.iter().filter(|t| t.kind == TokenKind::Number && is_body(t.block));
        let digits = numbers
            .filter(|t| t.span.len() == 4 || !dated(t.span))
            .filter_map(|t| Rational::parse(&draft.word(t).replace(',', "")))
            .collect();
        Body { figures, digits }
    }

    fn bears_out(&self, figure: &Figure, widths: &Widths) -> bool {
        let plain = figure.form == Form::Digits || figure.form == Form::Words;
        if plain && figure.high.is_none() && self.digits.contains(&figure.value) {
            return true;
        }
        self.figures.iter().any(|f| supports(figure, f, widths))
            || !self.is_a_thousand_off(figure) && self.is_derived(figure, widths)
    }

    /// Whether the story opens with the figure in another magnitude: £2.4m, and £2.4 billion in the lead. A sum that happens to give it
    /// bears it out no more.
    fn is_a_thousand_off(&self, figure: &Figure) -> bool {
        let Some(lead) = self.figures.first().map(|f| f.block) else { return false };
        let mut opening = self.figures.iter().take_while(|f| f.block == lead);
        figure.form == Form::Scaled
            && opening.any(|f| interval::relate(figure, f, &Widths::default()) == Some(Relation::Magnitude))
    }

    /// Whether the figure is the sum or the difference of two figures of the body that stand together and count the same, or
    /// a change in per cent between two.
    fn is_derived(&self, figure: &Figure, widths: &Widths) -> bool {
        let Some(own) = interval::of(figure, widths) else { return true };
        let near = |value: Option<Rational>| value.is_some_and(|v| own.contains(v));
        let pool: Vec<&&Figure> =
            self.figures.iter().filter(|f| f.form != Form::Vague && f.measure == figure.measure).collect();
        let pairs = pool.iter().enumerate().flat_map(|(i, a)| pool[..i].iter().map(move |b| (a, b)));
        let derived = pairs.filter(|(a, b)| a.sentence.abs_diff(b.sentence) <= 1).any(|(a, b)| {
            near(a.value.add(b.value))
                || (a.sentence == b.sentence && (near(a.value.sub(b.value)) || near(b.value.sub(a.value))))
        });
        // “a third more”: 48,000 after 36,000.
        let hundredths =
            || Some(Interval { low: own.low.mul(Rational::HUNDRED)?, high: own.high.mul(Rational::HUNDRED)?, ..own });
        derived
            || (figure.measure == Measure::Percent && self.is_change(own))
            || (figure.measure == Measure::Fraction && hundredths().is_some_and(|own| self.is_change(own)))
    }

    /// Whether two figures of one sentence or neighborhood of the body give this change or share in percent.
    fn is_change(&self, own: Interval) -> bool {
        let pool: Vec<&&Figure> = self
            .figures
            .iter()
            .filter(|f| {
                matches!(f.measure, Measure::Count | Measure::Money(_) | Measure::Unit(_)) && !f.value.is_zero()
            })
            .collect();
        pool.iter().enumerate().any(|(i, a)| {
            pool[..i].iter().filter(|b| b.measure == a.measure && a.sentence.abs_diff(b.sentence) <= 1).any(|b| {
                let part = |x: Rational, y: Rational| x.div(y).and_then(|r| r.mul(Rational::HUNDRED));
                let change = |x: Rational, y: Rational| part(x.sub(y)?.abs(), y);
                [part(a.value, b.value), part(b.value, a.value), change(a.value, b.value), change(b.value, a.value)]
                    .into_iter()
                    .flatten()
                    .any(|p| own.contains(p))
            })
        })
    }
}

/// Whether a body figure says the same as one in display type, which is rounded more and leaves units out.
pub(super) fn supports(ours: &Figure, theirs: &Figure, widths: &Widths) -> bool {
    let related = match interval::relate(ours, theirs, widths) {
        // “less than nine hours” says more than that: 8:50, not four.
        Some(Relation::Agrees) if ours.hedge.is_upper_bound() && theirs.hedge != ours.hedge => {
            let close = || {
                let value = theirs.value.mul(interval::scale_between(ours, theirs)?)?;
                Some(value >= ours.value.mul(Rational::new(7, 10)?)? || theirs.high.is_some())
            };
            close().unwrap_or(true)
        }
        Some(relation) => relation == Relation::Agrees,
        // A bare number may stand for any measure, and a percentage for points.
        None => {
            let bare = |f: &Figure| matches!(f.measure, Measure::Count | Measure::Ordinal | Measure::Score);
            let points = |f: &Figure| matches!(f.measure, Measure::Percent | Measure::PercentagePoint);
            let age = |f: &Figure| matches!(f.measure, Measure::Age(_));
            let kin = bare(ours) || bare(theirs) || (points(ours) && points(theirs)) || age(ours) || age(theirs);
            let money = |f: &Figure| matches!(f.measure, Measure::Money(_));
            (kin || (money(ours) && money(theirs))) && {
                let (low, high) = theirs.ends();
                ours.value == low || ours.value == high
            }
        }
    };
    related || is_rounding(ours, theirs)
}

/// Whether the display figure is the body's, rounded to the digits it shows: 15.6 → 16, 4.78 → 4.7 or 5.
fn is_rounding(ours: &Figure, theirs: &Figure) -> bool {
    let scale = match interval::scale_between(ours, theirs) {
        Some(scale) => scale,
        None if ours.measure == Measure::Count || theirs.measure == Measure::Count => Rational::ONE,
        None => return false,
    };
    let check = || {
        let value = theirs.value.mul(scale)?;
        if ours.step.is_zero() || theirs.step.mul(scale)? >= ours.step && ours.hedge == Hedge::None {
            return Some(false);
        }
        // “Up to 20 years” is no 21, and “more than 20” no 19.
        if ours.hedge.is_upper_bound() && value > ours.value || ours.hedge.is_lower_bound() && value < ours.value {
            return Some(false);
        }
        let off = value.sub(ours.value)?.abs();
        // Two digits at least stay: 1,998 is not 1,000.
        let share = value.abs().mul(Rational::new(1, 8)?)?;
        Some(off < ours.step && off <= share)
    };
    check().unwrap_or(false)
}

fn report(cx: &Context<'_>, body: &Body<'_>, figure: &Figure) -> Option<Finding> {
    let draft = cx.draft;
    let head = |f: &Figure| f.noun.map(|n| lemma(n.head.of(&draft.lower)));
    // The body figure it was most likely taken from: a slip away first, then one of the same noun.
    let near = body
        .figures
        .iter()
        .filter(|f| f.high.is_none())
        .filter_map(|f| {
            let mut same_measure = (*f).clone();
            if matches!(figure.measure, Measure::Count) {
                same_measure.measure = figure.measure;
            }
            let relation = interval::relate(figure, &same_measure, &Widths::default())?;
            let slip = relation.is_slip();
            let same_head = head(figure).is_some() && head(figure) == head(f);
            let rank = u8::from(slip) * 2 + u8::from(same_head);
            (rank > 0).then_some((rank, *f, slip, same_head))
        })
        .max_by_key(|(rank, f, ..)| (*rank, std::cmp::Reverse(f.span)));
    match near {
        Some((_, theirs, slip, same_head)) => {
            let message = against(cx, figure, theirs);
            let finding = Finding::new(CODE, figure.span, message).here(theirs.span, "the nearest figure of the body");
            let telling = same_head || figure.measure != Measure::Count || figure.value >= Rational::HUNDRED;
            Some(if slip && telling { finding.why("a slip away from a figure of the body") } else { finding.likely() })
        }
        // A small number in words need not be one in the story, nor a span of time: “by the end of 2027”.
        None if figure.form == Form::Words && (figure.measure == Measure::Count || figure.measure.is_time()) => None,
        None => {
            let message = format!("{} {}, not in the body", shown(cx, figure.span), place(cx, figure.block));
            Some(Finding::new(CODE, figure.span, message).likely())
        }
    }
}
