//! A part, its whole and the share that one is said to be of the other.

use smallvec::SmallVec;

use super::clause::{closes, end_with_noun, head, is_determiner, is_part_of, is_plain, same_kind, tokens};
use super::part::is_fronted;
use super::{arithmetic, shown_inside, with_unit};
use crate::annotate::Figure;
use crate::annotate::figure::{Hedge, Measure, Role};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::facts::interval::{self, Interval, Widths};
use crate::text::{Lex, Rational, Token, TokenKind};

/// The share that three figures which follow each other state, where the numbers do not give it.
pub(super) fn check(cx: &Context<'_>, three: &[Figure]) -> Option<Finding> {
    let [a, b, c] = three else { return None };
    let (part, whole, stated) = match (is_share(a), is_share(b), is_share(c)) {
        // 12 of 40 (30 percent); of the 800 wells, 200, or 25 percent
        (false, false, true) if is_part_of(cx, a, b) && is_tied(cx, b, c, Tie::Any) && ends(cx, c) => (a, b, c),
        (false, false, true) if is_fronted(cx, a) && is_tied(cx, b, c, Tie::Same) && ends(cx, c) => (b, a, c),
        // 2,300 jobs, about 5 percent of its work force of 46,000
        (false, true, false) if is_tied(cx, a, b, Tie::Any) && leads_to_whole(cx, b, c) => (a, c, b),
        // the grant of $90,000 covers 20 percent of the project’s $450,000 cost
        (false, true, false) if is_said_to_be(cx, a, b) && leads_to_whole(cx, b, c) => (a, c, b),
        // of the 400 tenants, 15 percent, or 60 people
        (false, true, false) if is_fronted(cx, a) && is_tied(cx, b, c, Tie::Same) && counts_same(cx, c, a) => (c, a, b),
        // the city has 96,000 homes, and 4,800 of them, 5 percent, are empty
        (false, false, true) if is_of_them(cx, a, b) && is_tied(cx, b, c, Tie::Any) && ends(cx, c) => (b, a, c),
        // a third of the 90 seats (30)
        (true, false, false) if is_part_of(cx, a, b) && is_tied(cx, b, c, Tie::Same) && counts_same(cx, c, b) => {
            (c, b, a)
        }
        _ => return None,
    };
    let scale = scale(part, whole)?;
    if part.value.mul(scale)? > whole.value {
        return None;
    }
    report(cx, part, whole, scale, stated)
}

/// What a part is multiplied by to be counted in the unit of its whole; none where they are not of one kind.
fn scale(part: &Figure, whole: &Figure) -> Option<Rational> {
    if same_kind(part, whole) {
        return Some(Rational::ONE);
    }
    // “18 months, half of the three years”
    let measured =
        matches!(part.measure, Measure::Unit(unit) if unit.offset.is_none()) && is_plain(part) && is_plain(whole);
    (measured && !part.per && !whole.per).then(|| interval::scale_between(whole, part)).flatten()
}

/// “The festival cost $2.4 million. The town paid $600,000, a quarter of that”: the part of an amount told right before, in the sentence or
/// in the one before it.
pub(super) fn of_that(cx: &Context<'_>, before: &[Figure], figures: &[Figure]) -> Option<Finding> {
    let lower = |t: &Token| cx.draft.lower(t);
    let at = (1..figures.len()).find(|&i| {
        let stated = &figures[i];
        let behind = tokens(cx, stated.span.end, stated.span.end + 12);
        let that = matches!(behind, [of, that, ..] if lower(of) == "of" && matches!(lower(that), "that" | "it"));
        let ends = behind.get(2).is_none_or(|t| t.kind != TokenKind::Word);
        is_share(stated) && that && ends && is_tied(cx, &figures[i - 1], stated, Tie::Any)
    })?;
    let (part, stated) = (&figures[at - 1], &figures[at]);
    let is_whole =
        |f: &&Figure| same_kind(part, f) && matches!(part.measure, Measure::Money(_)) && f.value > part.value;
    let own: SmallVec<[&Figure; 2]> = figures[..at - 1].iter().filter(is_whole).collect();
    let wholes = if own.is_empty() { before.iter().filter(is_whole).collect() } else { own };
    let findings: SmallVec<[Option<Finding>; 2]> =
        wholes.iter().map(|whole| report(cx, part, whole, Rational::ONE, stated)).collect();
    findings.into_iter().collect::<Option<SmallVec<[Finding; 2]>>>()?.into_iter().next()
}

/// “The trust owns 2,400 acres. A third of that, 800 acres, is marsh”: a share of the one amount of its kind that the sentence before tells.
pub(super) fn share_of_that(cx: &Context<'_>, before: &[Figure], figures: &[Figure]) -> Option<Finding> {
    if let Some(found) = of_those(cx, before, figures) {
        return report(cx, found.0, found.1, Rational::ONE, found.2);
    }
    let [stated, part, ..] = figures else { return None };
    let opens = tokens(cx, cx.draft.sentences[stated.sentence as usize].span.start, stated.span.start);
    let plain = opens.iter().all(|t| matches!(cx.draft.lower(t), "about" | "a" | "some" | "nearly" | "only" | "just"));
    let link = tokens(cx, stated.span.end, part.span.start);
    let link: SmallVec<[&str; 5]> = link.iter().map(|t| cx.draft.lower(t)).collect();
    let tied = matches!(
        link[..],
        ["of", "that" | "it", ","] | ["of", "that" | "it", ",", "or"] | ["of", "that", "sum" | "amount" | "total", ","]
    );
    if !plain || !tied || !is_share(stated) || !closes(cx, end_with_noun(part)) {
        return None;
    }
    let counted = |f: &Figure| matches!(f.measure, Measure::Money(_) | Measure::Unit(_) | Measure::Count);
    let mut wholes = before.iter().filter(|f| counted(f) && f.measure == part.measure && is_plain(f) && is_plain(part));
    let whole = wholes.next().filter(|w| w.value > part.value && !w.per && !part.per)?;
    if wholes.next().is_some() {
        return None;
    }
    report(cx, part, whole, Rational::ONE, stated)
}

/// “The survey asked 600 people. Of those, 420, or 70 percent, said yes”: part, whole and share.
fn of_those<'a>(
    cx: &Context<'_>,
    before: &'a [Figure],
    figures: &'a [Figure],
) -> Option<(&'a Figure, &'a Figure, &'a Figure)> {
    let [part, stated, ..] = figures else { return None };
    let opens = tokens(cx, cx.draft.sentences[part.sentence as usize].span.start, part.span.start);
    let opens: SmallVec<[&str; 4]> = opens.iter().map(|t| cx.draft.lower(t)).collect();
    let led = matches!(opens[..], ["of", "those" | "these" | "them"] | ["of", "those" | "these" | "them", ","]);
    if !led || !is_share(stated) || !is_tied(cx, part, stated, Tie::Same) || !ends(cx, stated) {
        return None;
    }
    let mut wholes = before.iter().filter(|f| f.measure == Measure::Count && same_kind(part, f));
    let whole = wholes.next().filter(|w| w.value > part.value && w.noun.is_some())?;
    wholes.next().is_none().then_some((part, whole, stated))
}

pub(super) fn is_share(figure: &Figure) -> bool {
    matches!(figure.measure, Measure::Percent | Measure::Fraction)
        && figure.high.is_none()
        && figure.form != crate::annotate::figure::Form::Vague
        && !matches!(figure.role, Role::ChangeBy | Role::From)
}

/// How firmly two figures must be tied.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// A bracket, a dash, “, or”, or a comma alone.
    Any,
    /// A bracket or “, or”: one says what the other does.
    Same,
}

/// “96,000 homes, and 4,800 of them”: a part of what the figure right before counts.
fn is_of_them(cx: &Context<'_>, whole: &Figure, part: &Figure) -> bool {
    let link = tokens(cx, end_with_noun(whole), part.span.start);
    let lower = |t: &Token| cx.draft.lower(t);
    let near = matches!(link, [mark] if matches!(lower(mark), "," | ";" | "—" | "and"))
        || matches!(link, [mark, and] if lower(mark) == "," && matches!(lower(and), "and" | "but"));
    let them = matches!(tokens(cx, part.span.end, part.span.end + 9), [of, them, ..]
        if lower(of) == "of" && matches!(lower(them), "them" | "those" | "these" | "whom"));
    near && them && whole.noun.is_some() && part.noun.is_none_or(|n| n.of)
}

/// Whether the second figure stands beside the first as the same in other words.
pub(super) fn is_tied(cx: &Context<'_>, first: &Figure, second: &Figure, tie: Tie) -> bool {
    let words = tokens(cx, first.span.end, second.span.start);
    let Some(at) =
        words.iter().position(|t| t.kind != TokenKind::Word && t.kind != TokenKind::Clitic && !is_hyphen(cx, t))
    else {
        return false;
    };
    let (noun, link) = words.split_at(at);
    let link: Vec<&str> = link.iter().map(|t| cx.draft.lower(t)).collect();
    let tied = match link[..] {
        ["("] | ["(", "or"] | [",", "or"] | ["—" | "–", "or"] => true,
        [","] | ["—" | "–"] => tie == Tie::Any,
        _ => false,
    };
    tied && noun.len() <= 8
}

/// “is”, “covers”, “accounts for”, right between a part and its share.
fn is_said_to_be(cx: &Context<'_>, part: &Figure, stated: &Figure) -> bool {
    let link = tokens(cx, end_with_noun(part), stated.span.start);
    matches!(
        link.iter().map(|t| cx.draft.lower(t)).collect::<Vec<_>>()[..],
        ["is" | "was" | "are" | "were" | "covers" | "covered" | "represents" | "represented" | "equals"]
            | ["makes" | "made" | "make", "up"]
            | ["accounts" | "accounted" | "account", "for"]
            | ["amounts" | "amounted", "to"]
    )
}

fn is_hyphen(cx: &Context<'_>, token: &Token) -> bool {
    cx.draft.word(token) == "-"
}

/// Whether a share ends its clause, or says once more what it is of.
pub(super) fn ends(cx: &Context<'_>, stated: &Figure) -> bool {
    if closes(cx, stated.span.end) {
        return true;
    }
    match tokens(cx, stated.span.end, stated.span.end + 24) {
        [of, whole, ..] if cx.draft.lower(of) == "of" => matches!(cx.draft.lower(whole), "them" | "all" | "those"),
        _ => false,
    }
}

/// “… percent of its work force of 46,000”, “of the agency’s 1,240 workers”.
fn leads_to_whole(cx: &Context<'_>, stated: &Figure, whole: &Figure) -> bool {
    if is_part_of(cx, stated, whole) {
        return true;
    }
    let [of, middle @ .., last] = tokens(cx, stated.span.end, whole.span.start) else { return false };
    let [.., noun] = middle else { return false };
    let lower = |t: &Token| cx.draft.lower(t);
    lower(of) == "of"
        && lower(last) == "of"
        && middle.len() <= 6
        && !lower(noun).ends_with('s')
        && middle.iter().all(|t| {
            t.kind == TokenKind::Clitic
                || t.kind == TokenKind::Word && (is_determiner(lower(t)) || !t.lex.is(Lex::FUNCTION))
        })
        && !cx.draft.text[end_with_noun(whole) as usize..].starts_with(['-', '’', '\''])
}

/// Whether a part that stands alone counts what the whole counts, and ends its clause.
fn counts_same(cx: &Context<'_>, part: &Figure, whole: &Figure) -> bool {
    let same = match (head(cx, part), head(cx, whole)) {
        (Some(a), Some(b)) => a == b || a == "person",
        _ => true,
    };
    same && closes(cx, end_with_noun(part))
}

fn report(cx: &Context<'_>, part: &Figure, whole: &Figure, scale: Rational, stated: &Figure) -> Option<Finding> {
    let widths = Widths::default();
    // A share was worked out from a whole of more than one digit.
    let step = whole.step.min(whole.value.div(Rational::whole(10))?);
    let (a, b) = (interval::of(part, &widths)?, interval::of(&Figure { step, ..whole.clone() }, &widths)?);
    let a = Interval { low: a.low.mul(scale)?, high: a.high.mul(scale)?, ..a };
    if a.low < Rational::ZERO || b.low <= Rational::ZERO {
        return None;
    }
    let percent = |x: Rational, y: Rational| x.div(y)?.mul(Rational::HUNDRED);
    let given = Interval { low: percent(a.low, b.high)?, high: percent(a.high, b.low)?, open: a.open || b.open };
    let allowed = allowed(stated)?;
    if given.open || given.meets(&allowed) || (allowed.open && given.low > allowed.high) {
        return None;
    }
    let message = format!(
        "{} of {} is {}, not {}",
        with_unit(part.value, part.measure),
        with_unit(whole.value, whole.measure),
        with_unit(percent(part.value.mul(scale)?, whole.value)?, Measure::Percent),
        shown_inside(cx, stated.span)
    );
    Some(
        Finding::new(arithmetic::CODE, stated.amount, message)
            .here(part.amount, "the part")
            .here(whole.amount, "the whole")
            .why("part, whole and share stand together"),
    )
}

/// The percentages that a share as written allows. Fractions are round by nature: a third is said of 31 and of 35 percent.
pub(super) fn allowed(stated: &Figure) -> Option<Interval> {
    let own = interval::of(stated, &Widths::default())?;
    if stated.measure == Measure::Fraction {
        let wide = Rational::whole(if stated.hedge == Hedge::None { 3 } else { 2 });
        let percent = |value: Rational| value.mul(Rational::HUNDRED);
        return Some(Interval { low: percent(own.low)?.sub(wide)?, high: percent(own.high)?.add(wide)?, ..own });
    }
    let slack = stated.step.min(Rational::ONE);
    Some(Interval { low: own.low.sub(slack)?, high: own.high.add(slack)?, ..own })
}
