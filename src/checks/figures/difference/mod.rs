//! Leads, margins and gaps: “ahead by 12 points, 51 percent to 38”, “the gap between A and B, or C”.

mod gap;
mod margin;
mod result;

use super::cues::{Cues, with_cue};
use super::{arithmetic, by_sentence, change};
use crate::checks::Context;
use crate::diagnostic::Finding;

pub(super) use gap::GAPS;
pub(super) use result::{Result, result};

/// What leads and gaps are said to be, and what their numbers give.
pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    for figures in by_sentence(cx).filter(|f| f.len() >= 2) {
        findings.extend(margin::lead(cx, figures).filter(|f| &*f.code == arithmetic::CODE));
        findings.extend(gap::left_over(cx, figures));
        findings.extend(gap::margin_of(cx, figures));
        findings.extend(figures.windows(3).filter_map(|three| gap::more_than(cx, three)));
    }
    for figures in with_cue(cx, Cues::GAP) {
        findings.extend(gap::explicit(cx, figures));
    }
}

/// Leads in per cent that are points.
pub(super) fn run_points(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    for figures in by_sentence(cx).filter(|f| f.len() >= 2) {
        findings.extend(margin::lead(cx, figures).filter(|f| &*f.code == change::POINTS_CODE));
    }
}
