//! “doubled from A to B”, “halved to B; it was A”, “B, twice as many as the A”.

use super::ends::Ends;
use super::stated::opens_clause;
use crate::annotate::Figure;
use crate::annotate::figure::{Hedge, Measure, Way, is_change, way_of};
use crate::checks::Context;
use crate::checks::figures::clause::{is_amount, is_determiner, tokens};
use crate::checks::figures::{arithmetic, with_unit};
use crate::diagnostic::Finding;
use crate::text::{Rational, Span, Token, TokenKind};

/// How often the new value holds the old one, as the words say.
struct Times {
    factor: Rational,
    hedge: Hedge,
    span: Span,
}

/// A verb of multiplying right before the ends, which they do not bear out.
pub(super) fn check(cx: &Context<'_>, ends: Ends<'_>, words: &[Token]) -> Option<Finding> {
    let first = if ends.from.sentence == ends.to.sentence {
        ends.from.span.start.min(ends.to.span.start)
    } else {
        ends.to.span.start
    };
    let at = words.partition_point(|t| t.span.start < first);
    let lead = &words[..at];
    // The verb within the last few words before the ends, with nothing but an object or a comma between.
    let index = (at.saturating_sub(7)..at).rev().find(|&i| factor(cx, lead, i).is_some())?;
    let (factor, last) = factor(cx, lead, index)?;
    if lead[index].is_capital() || lead[last + 1..].iter().any(|t| opens_clause(cx, t)) {
        return None;
    }
    let times = Times { factor, hedge: hedge_before(cx, lead, index), span: lead[index].span.cover(lead[last].span) };
    report(cx, ends, &times)
}

/// Words between two amounts that say how often one holds the other.
pub(in crate::checks::figures) const TIMES: [&str; 6] = ["twice", "thrice", "times", "half", "double", "triple"];

/// “84, twice as many as the 34 of Monday”.
pub(super) fn as_many(cx: &Context<'_>, figures: &[Figure]) -> Option<Finding> {
    let (to, from) = match figures {
        [to, from, ..] if !is_factor(cx, from) => (to, from),
        // “1,200, three times as many as the 400”: the factor is a figure too.
        [to, _, from] => (to, from),
        _ => return None,
    };
    if !is_amount(to) || !is_amount(from) || to.measure != from.measure || from.value.is_zero() {
        return None;
    }
    let words = tokens(cx, to.span.end, from.span.start);
    if words.len() > 14 {
        return None;
    }
    let lower = |t: &Token| cx.draft.lower(t);
    let index = words.iter().position(|t| TIMES.contains(&lower(t)))?;
    let (factor, start) = match lower(&words[index]) {
        "twice" | "double" => (Rational::whole(2), index),
        "thrice" | "triple" => (Rational::whole(3), index),
        "half" => (Rational::new(1, 2)?, index),
        _ => {
            let start = index.checked_sub(1)?;
            (small_number(lower(&words[start]))?, start)
        }
    };
    let tail: Vec<&str> = words[index + 1..].iter().map(lower).collect();
    let compares = match &tail[..] {
        ["as", "many" | "much" | "large" | "big" | "high", "as", rest @ ..] => rest.iter().all(|w| is_determiner(w)),
        rest => lower(&words[index]) != "half" && !rest.is_empty() && rest.iter().all(|w| is_determiner(w)),
    };
    let before = &words[..start];
    let comma = before.iter().rposition(|t| matches!(cx.draft.word(t), "," | "—" | "–"))?;
    let hedged = &before[comma + 1..];
    let hedge = match hedged.iter().map(lower).collect::<Vec<_>>()[..] {
        [] => Hedge::None,
        ["more", "than"] => Hedge::MoreThan,
        ["nearly" | "almost"] => Hedge::Nearly,
        ["about" | "roughly" | "some"] | ["or"] | ["or", "about"] => Hedge::About,
        ["less" | "fewer", "than"] => Hedge::LessThan,
        // “, which he said was double the $25,000”
        ["which", "is" | "was" | "are" | "were"] => Hedge::None,
        ["which", "he" | "she" | "it" | "they", "said" | "says", "was" | "is" | "were"] => Hedge::None,
        _ => return None,
    };
    // “in 2025” may stand before the comma.
    let plain = before[..comma].iter().all(|t| t.kind == TokenKind::Word || t.span.len() == 4) && comma <= 4;
    let ends = Ends { from, to, why: "one is set against the other" };
    let times = Times { factor, hedge, span: words[start].span.cover(words[index].span) };
    (compares && plain).then(|| report(cx, ends, &times)).flatten()
}

fn is_factor(cx: &Context<'_>, figure: &Figure) -> bool {
    tokens(cx, figure.span.end, figure.span.end + 6).first().is_some_and(|t| cx.draft.lower(t) == "times")
}

fn report(cx: &Context<'_>, ends: Ends<'_>, said: &Times) -> Option<Finding> {
    if matches!(ends.from.measure, Measure::Percent) && ends.from.value > Rational::HUNDRED {
        return None;
    }
    let ratio = ends.to.value.div(ends.from.value)?;
    let times = |n: i128, d: i128| said.factor.mul(Rational::new(n, d)?);
    let halved = said.factor < Rational::ONE;
    let right = match (said.hedge, halved) {
        (Hedge::Nearly, false) => times(8, 10)? <= ratio && ratio <= times(105, 100)?,
        (Hedge::Nearly, true) => times(95, 100)? <= ratio && ratio <= times(125, 100)?,
        (Hedge::MoreThan, false) => ratio >= times(99, 100)?,
        (Hedge::MoreThan, true) => ratio <= times(101, 100)?,
        (Hedge::LessThan, _) => true,
        (Hedge::About, _) => times(78, 100)? <= ratio && ratio <= times(125, 100)?,
        (_, true) => times(78, 100)? <= ratio && ratio <= times(117, 100)?,
        _ => times(85, 100)? <= ratio && ratio <= times(117, 100)?,
    };
    if right {
        return None;
    }
    let message = format!(
        "from {} to {} is {} times, not {}",
        with_unit(ends.from.value, ends.from.measure),
        with_unit(ends.to.value, ends.to.measure),
        ratio,
        cx.draft.words_at(said.span)
    );
    Some(
        Finding::new(arithmetic::CODE, said.span, message)
            .here(ends.from.amount, "from")
            .here(ends.to.amount, "to")
            .why(ends.why),
    )
}

fn hedge_before(cx: &Context<'_>, words: &[Token], index: usize) -> Hedge {
    match index.checked_sub(1).map_or("", |i| cx.draft.lower(&words[i])) {
        "nearly" | "almost" => Hedge::Nearly,
        "than" => Hedge::MoreThan,
        "about" | "roughly" => Hedge::About,
        _ => Hedge::None,
    }
}

/// The factor that the word at `index` states, and the index of its last word.
fn factor(cx: &Context<'_>, words: &[Token], index: usize) -> Option<(Rational, usize)> {
    let word = cx.draft.lower(&words[index]);
    let next = words.get(index + 1).map_or("", |t| cx.draft.lower(t));
    let whole = |n: i32| Some((Rational::whole(n), index));
    // “doubled down” is no sum.
    if next == "down" {
        return None;
    }
    match word {
        "doubled" | "doubling" | "doubles" | "double" => whole(2),
        "tripled" | "trebled" | "tripling" | "trebling" | "triples" | "triple" | "treble" => whole(3),
        "quadrupled" | "quadrupling" | "quadruple" | "quadruples" => whole(4),
        "quintupled" | "quintuple" => whole(5),
        "halved" | "halving" | "halve" => Some((Rational::new(1, 2)?, index)),
        // “fell by half”, “grew by half”
        "half" if index.checked_sub(1).is_some_and(|i| cx.draft.lower(&words[i]) == "by") => {
            let verb = index.checked_sub(2).map_or("", |i| cx.draft.lower(&words[i]));
            let way = way_of(verb).filter(|_| is_change(verb));
            let (up, down) = (way == Some(Way::Up), way == Some(Way::Down));
            let factor = if up { Rational::new(3, 2)? } else { Rational::new(1, 2)? };
            (up || down).then_some((factor, index))
        }
        "in" if next == "half" => {
            let cut = index.checked_sub(1).is_some_and(|i| matches!(cx.draft.lower(&words[i]), "cut" | "slashed"));
            Some((Rational::new(1, 2)?, index + 1)).filter(|_| cut)
        }
        _ => Some((small_number(word.strip_suffix("fold")?)?, index)),
    }
}

fn small_number(word: &str) -> Option<Rational> {
    let n = match word {
        "two" | "2" => 2,
        "three" | "3" => 3,
        "four" | "4" => 4,
        "five" | "5" => 5,
        "six" | "6" => 6,
        "seven" | "7" => 7,
        "eight" | "8" => 8,
        "nine" | "9" => 9,
        "ten" | "10" => 10,
        _ => return None,
    };
    Some(Rational::whole(n))
}
