//! The two ends of a change: what it was before, and what it came to.

use super::stated::changes;
use crate::annotate::Figure;
use crate::annotate::figure::{Form, Hedge, Measure, Role};
use crate::checks::Context;
use crate::checks::figures::clause::{end_with_noun, head, is_determiner, is_part_of, tokens};
use crate::text::{Lex, Rational, Token, TokenKind};

/// A change with its ends: from `from` to `to`.
#[derive(Clone, Copy)]
pub(super) struct Ends<'a> {
    pub from: &'a Figure,
    pub to: &'a Figure,
    /// Why the two are taken for the ends of one change.
    pub why: &'static str,
}

const IN_SENTENCE: &str = "both ends and the change stand in one sentence";

/// The one pair of ends in a sentence: “from A to B” in any order, “was B, down N% from A”.
pub(super) fn find<'a>(cx: &Context<'_>, figures: &'a [Figure], tokens: &[Token]) -> Option<Ends<'a>> {
    if figures.len() < 2 {
        return None;
    }
    in_sentence(cx, figures, tokens).filter(|_| !blocked(cx, tokens))
}

fn in_sentence<'a>(cx: &Context<'_>, figures: &'a [Figure], tokens: &[Token]) -> Option<Ends<'a>> {
    let mut froms = figures.iter().filter(|f| f.role == Role::From && f.high.is_none());
    let Some(from) = froms.next() else {
        return compared(cx, figures).or_else(|| more_than(cx, figures));
    };
    if let Some(ends) = gained(cx, figures, from) {
        return Some(ends);
    }
    if froms.next().is_some() {
        return direct(cx, figures);
    }
    // “to 6.6 pence a share from 6 pence”: the rate need not be said twice.
    let same = |f: &&Figure| {
        f.measure == from.measure && f.span != from.span && f.high.is_none() && (f.per || f.per == from.per)
    };
    let mut tos = figures.iter().filter(same).filter(|f| f.role == Role::To);
    let to = match (tos.next(), tos.next()) {
        (Some(to), None) => to,
        (Some(_), Some(_)) => return None,
        // was B last year, down N% from A
        (None, _) => {
            let mut levels =
                figures.iter().filter(same).filter(|f| f.role == Role::Level && f.span.end <= from.span.start);
            let Some(level) = levels.next() else { return direct(cx, figures) };
            let nearby = figures.iter().any(|f| {
                (f.measure == Measure::Percent && changes(cx, f, tokens) || is_step(f, from))
                    && f.span.end <= from.span.start
                    && level.span.end <= f.span.start
            });
            if levels.next().is_some() || !nearby {
                return None;
            }
            level
        }
    };
    let one_clause = !tells_another_change(cx, from, to);
    (one_clause && usable(&Figure { per: to.per, ..from.clone() }, to)).then_some(Ends { from, to, why: IN_SENTENCE })
}

/// Whether a clause of another change begins between two ends: “rose to $100 million; imports fell from $90 million”.
fn tells_another_change(cx: &Context<'_>, from: &Figure, to: &Figure) -> bool {
    let (first, last) = if from.span.start < to.span.start { (from, to) } else { (to, from) };
    let mut between = tokens(cx, first.span.end, last.span.start).iter();
    between.any(|t| matches!(cx.draft.lower(t), ";" | "while" | "whereas"))
}

pub(super) fn usable(from: &Figure, to: &Figure) -> bool {
    let plain = |f: &Figure| f.form != Form::Vague && f.value > Rational::ZERO;
    let counted = matches!(from.measure, Measure::Count | Measure::Money(_) | Measure::Percent)
        || matches!(from.measure, Measure::Unit(unit) if unit.offset.is_none() && unit.dimension != "time");
    counted && from.measure == to.measure && from.per == to.per && plain(from) && plain(to)
}

/// “rose N% to B, compared with A a year earlier”, “to B, against A”.
fn compared<'a>(cx: &Context<'_>, figures: &'a [Figure]) -> Option<Ends<'a>> {
    let to = only(figures, |f| f.role == Role::To && f.high.is_none())?;
    let from = figures.iter().find(|f| f.span.start > to.span.end)?;
    let link = tokens(cx, to.span.end, from.span.start);
    let lower = |t: &Token| cx.draft.lower(t);
    let lead = match link {
        [lead @ .., compared, with] if lower(compared) == "compared" && matches!(lower(with), "with" | "to") => lead,
        [lead @ .., against] if matches!(lower(against), "against" | "versus" | "vs" | "vs.") => lead,
        _ => return None,
    };
    // “to 170 million bags, in the year to June, compared with”
    let tied = lead.last().is_some_and(|t| cx.draft.word(t) == ",")
        && lead.len() <= 9
        && !lead.iter().any(|t| super::stated::opens_clause(cx, t));
    (tied && usable(from, to) && from.high.is_none()).then_some(Ends { from, to, why: IN_SENTENCE })
}

/// “won 21 of the 40 seats, up from 18, a gain of three”: the level right before, or the part of a whole right before.
fn gained<'a>(cx: &Context<'_>, figures: &'a [Figure], from: &'a Figure) -> Option<Ends<'a>> {
    let lower = |t: &Token| cx.draft.lower(t);
    let at = figures.iter().position(|f| f.span == from.span)?;
    let last = figures[..at].last()?;
    let whole = at.checked_sub(2).map(|i| &figures[i]).filter(|part| is_part_of(cx, part, last));
    let to = whole.unwrap_or(last);
    let link = tokens(cx, end_with_noun(last), from.span.start);
    let up = matches!(link, [comma, way, word]
        if cx.draft.word(comma) == "," && matches!(lower(way), "up" | "down") && lower(word) == "from");
    // “, a gain of three”, “ in 2021, a gain of three”
    let step = figures.get(at + 1)?;
    let behind = match tokens(cx, end_with_noun(from), step.span.start) {
        [word, year, rest @ ..] if matches!((lower(word), year.span.len()), ("in", 4) | ("last", _)) => rest,
        [a, year, word, rest @ ..]
            if matches!((lower(a), lower(year), lower(word)), ("a", _, "earlier" | "ago" | "before")) =>
        {
            rest
        }
        behind => behind,
    };
    let said = matches!(behind, [comma, article, _, of]
        if cx.draft.word(comma) == "," && matches!(lower(article), "a" | "an") && lower(of) == "of");
    let level = matches!(to.role, Role::Level | Role::To) && to.high.is_none();
    let alone = figures.iter().filter(|f| f.role == Role::ChangeBy).count() == 1;
    (up && said && level && alone && usable(from, to)).then_some(Ends { from, to, why: IN_SENTENCE })
}

/// Whether a figure is a change by so many of what `from` counts: points of percentages, the same measure.
fn is_step(figure: &Figure, from: &Figure) -> bool {
    let points = from.measure == Measure::Percent && figure.measure == Measure::PercentagePoint;
    let same = from.measure == figure.measure && from.measure != Measure::Percent;
    figure.role == Role::ChangeBy && figure.high.is_none() && (points || same)
}

/// “was B, up N% from A”, whatever else the sentence holds.
fn direct<'a>(cx: &Context<'_>, figures: &'a [Figure]) -> Option<Ends<'a>> {
    let mut found = figures.windows(3).filter_map(|three| {
        let [to, change, from] = three else { return None };
        let lower = |t: &Token| cx.draft.lower(t);
        let lead = tokens(cx, to.span.end, change.span.start);
        let moves =
            matches!(lead, [.., comma, way] if cx.draft.word(comma) == "," && matches!(lower(way), "up" | "down"));
        let from_it = matches!(tokens(cx, change.span.end, from.span.start), [word] if lower(word) == "from");
        let plain = to.high.is_none() && from.high.is_none() && !matches!(to.role, Role::From | Role::ChangeBy);
        let near = lead.len() <= 6 && lead.iter().all(|t| t.kind == TokenKind::Word || cx.draft.word(t) == ",");
        // “$3.30 a share, up 10 percent from $3”: the rate need not be said twice.
        let like = usable(&Figure { per: to.per, ..from.clone() }, to) && (to.per || !from.per);
        ((change.measure == Measure::Percent || is_step(change, from)) && moves && from_it && plain && near && like)
            .then_some(Ends { from, to, why: IN_SENTENCE })
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// “charges B, N% more than the A it charged before”.
fn more_than<'a>(cx: &Context<'_>, figures: &'a [Figure]) -> Option<Ends<'a>> {
    let [to, change, from, rest @ ..] = figures else { return None };
    let kind = matches!(change.measure, Measure::Percent | Measure::Fraction);
    if !kind || !rest.is_empty() || to.role == Role::From || to.high.is_some() {
        return None;
    }
    // “more than $150” was read as a hedge.
    let link = tokens(cx, change.span.end, from.amount.start);
    let [degree, than, lead @ ..] = link else { return None };
    let degree = matches!(
        cx.draft.lower(degree),
        "more" | "less" | "fewer" | "higher" | "lower" | "larger" | "smaller" | "bigger" | "above" | "below"
    );
    let plain = matches!(from.hedge, Hedge::None | Hedge::MoreThan | Hedge::LessThan);
    let leads = cx.draft.lower(than) == "than" && lead.iter().all(|t| is_determiner(cx.draft.lower(t)));
    let near = tokens(cx, to.span.end, change.span.start);
    let tied = near.len() <= 6
        && near.last().is_some_and(|t| matches!(cx.draft.word(t), "," | "—"))
        && near.iter().all(|t| t.kind == TokenKind::Word || matches!(cx.draft.word(t), "," | "—"));
    // “$180 a night, 20 percent more than the $150 it charged”: the rate need not be said twice.
    let like = usable(&Figure { per: to.per, ..from.clone() }, to);
    (degree && leads && plain && tied && like).then_some(Ends { from, to, why: IN_SENTENCE })
}

/// The ends of a change whose first value comes later: “fell N% to B. A year earlier it was A.” `next` are the figures
/// of the next sentence in the paragraph.
pub(super) fn across<'a>(cx: &Context<'_>, figures: &'a [Figure], next: &'a [Figure]) -> Option<Ends<'a>> {
    let to = only(figures, |f| f.role == Role::To)?;
    let sentence = &cx.draft.sentences[to.sentence as usize];
    if figures.iter().any(|f| f.role == Role::From) {
        return None;
    }
    let behind = tokens(cx, to.span.end, sentence.span.end);
    // The clause behind a semicolon, or the next sentence.
    let stop = behind.iter().find(|t| cx.draft.word(t) == ";");
    let (clause, pool) = match stop {
        Some(stop) => {
            let first = figures.partition_point(|f| f.span.start < stop.span.end);
            (tokens(cx, stop.span.end, sentence.span.end), &figures[first..])
        }
        None => {
            let next_sentence = cx.draft.sentences.get(next.first()?.sentence as usize)?;
            (cx.draft.sentence_tokens(next_sentence), next)
        }
    };
    let from = only(pool, |f| f.measure == to.measure)?;
    let same_noun = || from.measure != Measure::Count || head(cx, from).is_none() || head(cx, from) == head(cx, to);
    let plain = from.role == Role::Level && from.high.is_none() && to.high.is_none() && pool.len() <= 2;
    let told = || is_earlier(cx, clause, from);
    let why = "the next clause says what it was before";
    let found = plain && usable(from, to) && told() && same_noun();
    (found && !blocked(cx, cx.draft.sentence_tokens(sentence))).then_some(Ends { from, to, why })
}

/// Whether a clause says what something was before: “they had closed at A”, “a year earlier it was A”.
fn is_earlier(cx: &Context<'_>, clause: &[Token], from: &Figure) -> bool {
    let lower = |t: &Token| cx.draft.lower(t);
    let at = clause.partition_point(|t| t.span.end <= from.span.start);
    if at > 12 || blocked(cx, clause) {
        return false;
    }
    let lead = &clause[..at];
    let verb = lead.iter().rposition(|t| {
        matches!(
            lower(t),
            "was"
                | "were"
                | "had"
                | "been"
                | "stood"
                | "closed"
                | "ended"
                | "earned"
                | "sold"
                | "made"
                | "totaled"
                | "reported"
        )
    });
    let Some(verb) = verb else { return false };
    let close = lead[verb + 1..].iter().all(|t| matches!(lower(t), "at" | "a" | "an" | "profit" | "loss" | "of"));
    let subject =
        lead[..verb].iter().any(|t| matches!(lower(t), "it" | "they" | "that" | "figure" | "total" | "number"));
    let had = lead.iter().any(|t| lower(t) == "had");
    let past = had
        || clause
            .iter()
            .any(|t| matches!(lower(t), "earlier" | "ago" | "last" | "previous" | "before" | "prior" | "same"));
    // Another day than the one before, or a mark set long ago.
    let other = clause.iter().any(|t| {
        t.lex.is(Lex::MONTH | Lex::WEEKDAY) && t.is_capital()
            || matches!(
                lower(t),
                "record"
                    | "peak"
                    | "high"
                    | "low"
                    | "first"
                    | "since"
                    | "once"
                    | "expected"
                    | "forecast"
                    | "goal"
                    | "target"
                    | "not"
            )
    });
    close && subject && past && !other
}

fn only(figures: &[Figure], is: impl Fn(&Figure) -> bool) -> Option<&Figure> {
    let mut found = figures.iter().filter(|f| is(f));
    let one = found.next()?;
    found.next().is_none().then_some(one)
}

/// Sentences that set more than one change beside each other, or whose numbers are of another kind.
fn blocked(cx: &Context<'_>, tokens: &[Token]) -> bool {
    let word = |i: usize| tokens.get(i).map_or("", |t| cx.draft.lower(t));
    tokens.iter().enumerate().any(|(i, t)| {
        t.kind == TokenKind::Word
            && match cx.draft.lower(t) {
                "respectively" | "annualized" | "average" | "averaged" | "inflation" | "adjusted" | "seasonally"
                | "each" | "organic" | "underlying" | "comparable" | "currencies" | "currency" | "like-for-like"
                | "organically" => true,
                "margin" => word(i + 1) == "of",
                "same" => word(i + 1) == "-" || word(i + 1) == "store",
                _ => false,
            }
    })
}
