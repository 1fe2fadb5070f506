//! The cheapest way to read one wording inside another: all of the inner one, any stretch of the outer one.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::fold::Wording;

/// The largest table: 300 words inside 3,000.
const LARGEST: usize = 1_000_000;

/// What a word of the inner wording costs that the outer one does not have, a word in another's place, and the first and every further
/// word of the outer one that is passed over. Passing over many at once is cheap: a passage left out is one thing.
const EXTRA: i32 = 11 * UNIT;
const OTHER: i32 = 10 * UNIT;
const GAP: i32 = 7 * UNIT;
const GAP_MORE: i32 = UNIT;
/// What a word in common saves: of ways that cost as much, the one with the most counts, though an ellipsis would cover a word for nothing.
const SAME: i32 = -1;
/// More than the words that the shorter wording of the largest table has, and so little that no cost in it overflows.
const UNIT: i32 = 1024;

/// A step of the way: an element of each wording, or of one, before that element of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Same(usize, usize),
    Other(usize, usize),
    Inner(usize, usize),
    Outer(usize, usize),
    /// An ellipsis of the inner wording, or a word of it that one of the outer wording covers.
    InnerFree(usize, usize),
    /// The same of the outer wording.
    OuterFree(usize, usize),
}

#[derive(Clone, Debug)]
pub(super) struct Alignment {
    pub steps: Vec<Step>,
    pub same: usize,
    /// The stretch of the outer wording.
    pub outer: Range<usize>,
}

/// How a cell was reached.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Start,
    Diagonal,
    Up,
    UpFree,
    LeftFree,
    Gap,
}

/// What an element is to be held against others by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Ellipsis,
    /// A word of the outer wording, by its number there.
    Word(u32),
    /// A word of the inner wording that the outer one does not have.
    Alone,
}

impl Sign {
    fn is_ellipsis(self) -> bool {
        self == Sign::Ellipsis
    }
}

/// The elements of both wordings as signs: many comparisons follow, and numbers are quicker to compare than words.
fn signs(inner: &Wording<'_>, outer: &Wording<'_>) -> (Vec<Sign>, Vec<Sign>) {
    let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
    numbers.reserve(outer.elements.len());
    let mut number = |key| {
        let next = numbers.len() as u32;
        Sign::Word(*numbers.entry(key).or_insert(next))
    };
    let outer = outer.elements.iter().map(|e| e.key().map_or(Sign::Ellipsis, &mut number)).collect();
    let known = |key: &str| numbers.get(key).map_or(Sign::Alone, |&n| Sign::Word(n));
    (inner.elements.iter().map(|e| e.key().map_or(Sign::Ellipsis, known)).collect(), outer)
}

/// `None` where fewer than `least` words are the same.
pub(super) fn fit(inner: &Wording<'_>, outer: &Wording<'_>, least: usize) -> Option<Alignment> {
    if inner.elements.is_empty()
        || outer.elements.is_empty()
        || inner.elements.len().saturating_mul(outer.elements.len()) > LARGEST
    {
        return None;
    }
    let (a, b) = signs(inner, outer);
    // Most pairs share far too few words, in whatever order.
    if a.iter().filter(|s| matches!(s, Sign::Word(_))).count() < least {
        return None;
    }
    let width = b.len() + 1;
    let mut cost = vec![0_i32; (a.len() + 1) * width];
    let mut way = vec![Way::Start; (a.len() + 1) * width];
    // The cost of a cell reached by passing over a word, and whether the gap began there.
    let mut gap = vec![(i32::MAX, true); (a.len() + 1) * width];
    for i in 1..=a.len() {
        let inner_gap = a[i - 1].is_ellipsis();
        for j in 0..=b.len() {
            let at = i * width + j;
            let outer_gap = j > 0 && b[j - 1].is_ellipsis();
            let mut best = if inner_gap || outer_gap {
                (cost[at - width], Way::UpFree)
            } else {
                (cost[at - width] + EXTRA, Way::Up)
            };
            if j > 0 {
                let opened = cost[at - 1] + GAP;
                let extended = gap[at - 1].0.saturating_add(GAP_MORE);
                gap[at] = if opened <= extended { (opened, true) } else { (extended, false) };
                if gap[at].0 < best.0 {
                    best = (gap[at].0, Way::Gap);
                }
                if (inner_gap || outer_gap) && cost[at - 1] <= best.0 {
                    best = (cost[at - 1], Way::LeftFree);
                }
                if !inner_gap && !outer_gap {
                    let diagonal = cost[at - width - 1] + if a[i - 1] == b[j - 1] { SAME } else { OTHER };
                    if diagonal <= best.0 {
                        best = (diagonal, Way::Diagonal);
                    }
                }
            }
            (cost[at], way[at]) = best;
        }
    }
    let last = a.len() * width;
    let end = (0..=b.len()).min_by_key(|&j| (cost[last + j], j))?;
    let (mut i, mut j) = (a.len(), end);
    let mut steps = Vec::with_capacity(a.len() + 4);
    let mut same = 0;
    let mut in_gap = false;
    while i > 0 {
        let at = i * width + j;
        if in_gap || way[at] == Way::Gap {
            in_gap = !gap[at].1;
            j -= 1;
            steps.push(Step::Outer(i, j));
            continue;
        }
        match way[at] {
            Way::Diagonal => {
                i -= 1;
                j -= 1;
                let equal = a[i] == b[j];
                same += usize::from(equal);
                steps.push(if equal { Step::Same(i, j) } else { Step::Other(i, j) });
            }
            Way::Up => {
                i -= 1;
                steps.push(Step::Inner(i, j));
            }
            Way::UpFree => {
                i -= 1;
                steps.push(Step::InnerFree(i, j));
            }
            Way::LeftFree => {
                j -= 1;
                steps.push(Step::OuterFree(i, j));
            }
            Way::Gap | Way::Start => break,
        }
    }
    steps.reverse();
    (same >= least).then(|| Alignment { steps, same, outer: j..end.max(j) })
}
