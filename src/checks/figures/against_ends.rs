//! `figures/arithmetic`, a change that its own ends turn round: inflation “reached 6.1 percent, up from 6.6 percent”; a forecast “cut to
//! 2.8 percent from 2.5 percent”.

use super::clause::is_part_of;
use super::{by_sentence, shown, with_unit};
use crate::annotate::Figure;
use crate::annotate::figure::{Form, Measure, Role};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::facts::polarity::Pole;
use crate::facts::turns::pole_of;
use crate::text::{Rational, Span, TokenKind};

/// How many tokens before the first of its ends the word may stand that says which way a change went.
const REACH: usize = 12;

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    for figures in by_sentence(cx) {
        // From sixth to 10th is down a table.
        let plain = |f: &&Figure| {
            f.high.is_none() && f.form != Form::Vague && f.measure != Measure::Ordinal && f.value > Rational::ZERO
        };
        let mut froms = figures.iter().filter(|f| f.role == Role::From).filter(plain);
        let (Some(from), None) = (froms.next(), froms.next()) else { continue };
        // A ranking that moved up to 25 from 36.
        let sentence = &cx.draft.sentences[from.sentence as usize];
        let ranks = |w: &str| matches!(w, "rank" | "ranks" | "ranked" | "ranking" | "rankings" | "seed" | "seeded");
        if cx.draft.sentence_tokens(sentence).iter().any(|t| ranks(cx.draft.lower(t))) {
            continue;
        }
        let Some((word, to, pole)) = change(cx, figures, from) else { continue };
        let went = if to.value > from.value { Pole::Plus } else { Pole::Minus };
        if to.value == from.value || went == pole {
            continue;
        }
        let message = format!(
            "“{}” here, but from {} to {} is {}",
            shown(cx, word),
            with_unit(from.value, from.measure),
            with_unit(to.value, to.measure),
            if went == Pole::Plus { "up" } else { "down" }
        );
        findings.push(
            Finding::new(super::arithmetic::CODE, word, message)
                .here(from.amount, "from")
                .here(to.amount, "to")
                .why("one change, and both its ends, in one clause"),
        );
    }
}

/// The word that says which way, the end of the change and the side: “TO, up from FROM”, or “WORD … to TO from FROM” in either order,
/// with nothing between the three but amounts.
fn change<'a>(cx: &Context<'_>, figures: &'a [Figure], from: &Figure) -> Option<(Span, &'a Figure, Pole)> {
    let draft = cx.draft;
    let alike = |f: &&Figure| f.measure == from.measure && f.per == from.per && f.span != from.span && f.high.is_none();
    let start = draft.sentences[from.sentence as usize].tokens.start as usize;
    let at = draft.token_at(from.amount.start);
    let adverb = at.checked_sub(2).filter(|&a| a >= start).map(|a| &draft.tokens[a]);
    if let Some(token) = adverb.filter(|t| matches!(draft.lower(t), "up" | "down")) {
        // 7.1 percent in October, up from 6.6: the level told last.
        let last = figures.iter().filter(alike).rfind(|f| f.span.end <= token.span.start)?;
        // 27 of the assembly’s 120 seats, down from 35: the part is what changed.
        let part = figures.iter().filter(alike).rfind(|f| f.span.end <= last.span.start);
        let to = part.filter(|part| is_part_of(cx, part, last)).unwrap_or(last);
        let between =
            figures.iter().filter(|f| f.span.start > last.span.start && f.span.start < from.span.start).count();
        let same = matches!(to.role, Role::Level | Role::To) && between == 0;
        let pole = if draft.lower(token) == "up" { Pole::Plus } else { Pole::Minus };
        return same.then_some((token.span, to, pole));
    }
    let mut tos = figures.iter().filter(alike).filter(|f| f.role == Role::To);
    let (Some(to), None) = (tos.next(), tos.next()) else { return None };
    let first = draft.token_at(from.span.start.min(to.span.start));
    let window = first.saturating_sub(REACH).max(start)..first;
    let stops = |at: &usize| {
        let token = &draft.tokens[*at];
        token.kind == TokenKind::Mark && matches!(draft.word(token), "," | ";" | ":" | "—" | "(" | ")")
    };
    let mut words = window.rev().take_while(|at| !stops(at)).filter_map(|at| {
        let token = &draft.tokens[at];
        let lower = draft.lower(token);
        let (family, pole) = pole_of(lower).filter(|_| token.kind == TokenKind::Word)?;
        // A forecast for growth, lower taxes: what changes, not how.
        // A crime that falls under a clause, what falls within a class.
        let next = draft.tokens.get(at + 1).map_or("", |t| draft.lower(t));
        let under = matches!(next, "under" | "within" | "into" | "on" | "outside" | "foul" | "short");
        let verb = !under && !matches!(lower, "higher" | "lower" | "growth" | "increase" | "decrease" | "reduction");
        (family == pole_of("rise")?.0 && verb).then_some((token.span, pole))
    });
    let (span, pole) = words.next()?;
    // Two words of more and less: which of them is the change, grammar alone can say.
    words.next().is_none().then_some((span, to, pole))
}
