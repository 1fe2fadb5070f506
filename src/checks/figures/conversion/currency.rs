//! Conversions of money in one draft: “$250,000 (€210,000)” and, further down, “$40,000 (€336,000)” cannot both be right. No rate is known
//! here; the draft's own conversions are held against each other.

use smallvec::SmallVec;

use super::joint::{self, Joint};
use crate::annotate::Figure;
use crate::annotate::figure::{Hedge, Measure};
use crate::checks::Context;
use crate::checks::figures::{by_sentence, place, shown};
use crate::diagnostic::Finding;
use crate::text::{Rational, Span};

/// An amount with what it is in another currency, and the rate that gives.
struct Rate<'a> {
    ours: &'a Figure,
    theirs: &'a Figure,
    rate: Rational,
}

impl Rate<'_> {
    fn span(&self) -> Span {
        self.ours.amount.cover(self.theirs.amount)
    }
}

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut rates: SmallVec<[Rate<'_>; 4]> = SmallVec::new();
    for figures in by_sentence(cx) {
        rates.extend(figures.windows(2).filter_map(|pair| rate(cx, &pair[0], &pair[1])));
    }
    for (at, later) in rates.iter().enumerate() {
        if let Some(finding) = absurd(cx, later) {
            findings.push(finding);
            continue;
        }
        let same = |r: &&Rate<'_>| r.ours.measure == later.ours.measure && r.theirs.measure == later.theirs.measure;
        let others: SmallVec<[&Rate<'_>; 4]> = rates.iter().filter(same).filter(|r| r.span() != later.span()).collect();
        // Of two, the later is shown; of more, the one that no other agrees with.
        let agrees = |other: &&Rate<'_>| off(later.rate, other.rate) == Some(false);
        let Some(first) = others.first().filter(|_| !others.iter().any(agrees)) else { continue };
        let rest_agree = others.windows(2).all(|w| off(w[0].rate, w[1].rate) == Some(false));
        let blamed = if others.len() == 1 { at > 0 && first.ours.span < later.ours.span } else { rest_agree };
        let all_off = others.iter().all(|other| off(later.rate, other.rate) == Some(true));
        if blamed && all_off {
            let message = format!(
                "{} is {} here; {} is {} {}",
                shown(cx, later.ours.amount),
                shown(cx, later.theirs.amount),
                shown(cx, first.ours.amount),
                shown(cx, first.theirs.amount),
                place(cx, first.ours.block)
            );
            findings.push(
                Finding::new(super::CODE, later.span(), message)
                    .here(first.span(), "the other rate")
                    .why("two conversions between the same currencies, at rates far apart"),
            );
        }
    }
}

/// Currencies of which one has never been worth five of another.
const LIKE: [&str; 6] = ["AUD", "CAD", "CHF", "EUR", "GBP", "USD"];

/// More than any rate between two of [`LIKE`] ever was: a scale that slipped, $4 billion (€3.6 million).
const MOST: i32 = 8;

/// The finding for a conversion at a rate that these currencies never had.
fn absurd(cx: &Context<'_>, rate: &Rate<'_>) -> Option<Finding> {
    let like = |f: &Figure| matches!(f.measure, Measure::Money(code) if LIKE.contains(&code));
    let (rate_of, most) = (rate.rate, Rational::whole(MOST));
    let far = rate_of > most || rate_of.mul(most)? < Rational::ONE;
    if !(like(rate.ours) && like(rate.theirs) && far) {
        return None;
    }
    let message =
        format!("{} is {} here: far from any rate", shown(cx, rate.ours.amount), shown(cx, rate.theirs.amount));
    let finding = Finding::new(super::CODE, rate.span(), message).here(rate.ours.amount, "what is converted");
    Some(finding.why("two currencies that were never so far apart"))
}

/// The rate of a conversion in brackets, or said to be one.
fn rate<'a>(cx: &Context<'_>, ours: &'a Figure, theirs: &'a Figure) -> Option<Rate<'a>> {
    let (Measure::Money(from), Measure::Money(to)) = (ours.measure, theirs.measure) else { return None };
    let joint = joint::between(cx, ours, theirs)?;
    let plain = |f: &Figure| f.high.is_none() && !f.hedge.is_lower_bound() && f.value > Rational::ZERO;
    let told = from != to && matches!(joint, Joint::Bracket | Joint::Or) && plain(ours) && plain(theirs);
    let bound = theirs.hedge == Hedge::UpTo || ours.per != theirs.per;
    (told && !bound).then_some(())?;
    Some(Rate { ours, theirs, rate: theirs.value.div(ours.value)? })
}

/// Whether two rates are far apart: twice or more. None in between: rounded amounts, and rates of other years.
fn off(a: Rational, b: Rational) -> Option<bool> {
    let ratio = a.max(b).div(a.min(b))?;
    if ratio >= Rational::whole(2) { Some(true) } else { (ratio <= Rational::new(3, 2)?).then_some(false) }
}
