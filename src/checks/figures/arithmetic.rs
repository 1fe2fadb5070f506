//! `figures/arithmetic`: a change, share, difference or total that its own numbers do not give.

use super::{
    aboard, against_ends, by_sentence, change, difference, poll_lead, product, record, rest, restated, rounds, share,
    sum, tally, toll, vote,
};
use crate::checks::Context;
use crate::diagnostic::Finding;

pub(super) const CODE: &str = "figures/arithmetic";

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    change::run(cx, findings);
    difference::run(cx, findings);
    against_ends::run(cx, findings);
    poll_lead::run(cx, CODE, findings);
    vote::run(cx, findings);
    toll::run(cx, findings);
    tally::run(cx, findings);
    aboard::run(cx, findings);
    rounds::run(cx, findings);
    product::run(cx, findings);
    rest::run(cx, findings);
    record::run(cx, findings);
    for figures in by_sentence(cx) {
        findings.extend(figures.windows(3).filter_map(|three| share::check(cx, three)));
        findings.extend(sum::check(cx, figures));
        restated::check(cx, figures, findings);
    }
}
