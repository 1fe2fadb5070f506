//! The answers to one question of a poll that make more than a hundred.

use smallvec::SmallVec;

use super::clause::is_plain;
use super::cues::{Cues, sentences};
use super::impossible;
use crate::annotate::Figure;
use crate::annotate::figure::{Hedge, Measure, Role};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::text::{Rational, Token};

/// Votes intended and the undecided, over two sentences: nobody is counted twice.
pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut before: &[Figure] = &[];
    for (figures, cues) in sentences(cx) {
        let follows =
            before.first().is_some_and(|f| f.block == figures[0].block && f.sentence + 1 == figures[0].sentence);
        if !cues.has(Cues::UNDECIDED) {
            before = figures;
            continue;
        }
        let (own, earlier) = (answers(cx, figures), if follows { answers(cx, before) } else { None });
        if let Some(own) = own.filter(|_| says(cx, figures, is_rest)) {
            let whole = if says(cx, figures, is_choice) {
                Some(SmallVec::new())
            } else {
                earlier.filter(|_| says(cx, before, is_choice))
            };
            findings.extend(whole.and_then(|earlier| over(&earlier, &own)));
        }
        before = figures;
    }
}

/// The percentages of a sentence, where all of them are shares of the same people.
fn answers<'a>(cx: &Context<'_>, figures: &'a [Figure]) -> Option<SmallVec<[&'a Figure; 4]>> {
    let shares: SmallVec<[&Figure; 4]> = figures.iter().filter(|f| f.measure == Measure::Percent).collect();
    let plain = shares.iter().all(|f| {
        is_plain(f) && f.role == Role::Level && matches!(f.hedge, Hedge::None | Hedge::About | Hedge::Exactly)
    });
    (plain && !shares.is_empty() && !says(cx, figures, is_other_question)).then_some(shares)
}

fn says(cx: &Context<'_>, figures: &[Figure], is: fn(&str) -> bool) -> bool {
    let Some(first) = figures.first() else { return false };
    let sentence = &cx.draft.sentences[first.sentence as usize];
    cx.draft.sentence_tokens(sentence).iter().any(|t: &Token| is(cx.draft.lower(t)))
}

/// Words of the last answer to a question of which one answer is given.
pub(super) const UNDECIDED: [&str; 4] = ["undecided", "unsure", "else", "neither"];

fn is_rest(word: &str) -> bool {
    UNDECIDED.contains(&word)
}

fn is_choice(word: &str) -> bool {
    matches!(
        word,
        "backed"
            | "back"
            | "backing"
            | "support"
            | "supported"
            | "supporting"
            | "vote"
            | "prefer"
            | "preferred"
            | "chose"
            | "choose"
            | "favored"
            | "favor"
            | "leads"
            | "leading"
    )
}

/// Words of groups, of other questions, of other times.
fn is_other_question(word: &str) -> bool {
    matches!(
        word,
        "among"
            | "women"
            | "men"
            | "approve"
            | "approved"
            | "approval"
            | "favorable"
            | "unfavorable"
            | "disapprove"
            | "compared"
            | "respectively"
            | "also"
            | "while"
            | "both"
            | "either"
            | "independents"
            | "margin"
            | "turnout"
            | "than"
            | "rose"
            | "fell"
            | "from"
            | "republicans"
            | "democrats"
    )
}

fn over(earlier: &[&Figure], own: &[&Figure]) -> Option<Finding> {
    let all: SmallVec<[&Figure; 6]> = earlier.iter().chain(own).copied().collect();
    let total = all.iter().try_fold(Rational::ZERO, |sum, f| sum.add(f.value))?;
    let slack = Rational::new(all.len() as i128, 2)?.add(Rational::ONE)?;
    if all.len() < 3 || total <= Rational::HUNDRED.add(slack)? {
        return None;
    }
    let last = own.last()?;
    let mut finding = Finding::new(impossible::CODE, last.amount, format!("The answers make {total}%"))
        .why("one question, with those who gave no answer");
    for figure in all.iter().take(all.len() - 1) {
        finding = finding.here(figure.amount, "an answer");
    }
    Some(finding.likely())
}
