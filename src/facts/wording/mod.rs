//! Two wordings of one quotation: laid side by side word by word, and every difference told apart.
//!
//! One of the two may be a part of the other, with ellipses and brackets; what an editor may do to a quotation is told from
//! what changes it.

mod align;
mod classify;
mod fold;
mod render;

use std::ops::Range;

use crate::text::Span;

pub use fold::{Element, Wording, shingles};
pub use render::diff;

/// What a difference between two wordings is, from harmless to grave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The words around an ellipsis stand in this order in the other wording.
    Ellipsis,
    /// Words in brackets for others, or put in.
    Bracket,
    /// toward and towards, 20% and 20 per cent, U.S. and US.
    HouseStyle,
    /// “we have” and “we’ve”.
    Contraction,
    /// “um”, “you know”, a word said twice, left out without an ellipsis.
    Disfluency,
    /// Cut short right after “not” or “if”, or before “but” or “unless”.
    Context,
    /// liberate and liberating.
    Inflection,
    /// Words left out with no ellipsis.
    Omission,
    /// Words put in.
    Insertion,
    /// Other words.
    Substitution,
    /// Two passages run together with no ellipsis.
    Splice,
    /// Another name.
    Name,
    /// Another number.
    Number,
    /// will and would.
    Modal,
    /// can and can’t.
    Negation,
}

impl Kind {
    /// Whether an editor may make this change inside quotation marks, in every house.
    pub fn is_harmless(self) -> bool {
        matches!(self, Kind::Ellipsis | Kind::Bracket)
    }

    /// Whether houses differ over this change.
    pub fn is_style(self) -> bool {
        matches!(self, Kind::HouseStyle | Kind::Contraction | Kind::Disfluency)
    }

    /// What happened, for a message: “word changed”.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Ellipsis => "marked omission",
            Kind::Bracket => "brackets",
            Kind::HouseStyle => "house style",
            Kind::Contraction => "contraction",
            Kind::Disfluency => "filler dropped",
            Kind::Context => "cut that changes the sense",
            Kind::Inflection => "form of a word changed",
            Kind::Omission => "words left out without an ellipsis",
            Kind::Insertion => "words put in",
            Kind::Substitution => "words changed",
            Kind::Splice => "passages joined without an ellipsis",
            Kind::Name => "name changed",
            Kind::Number => "number changed",
            Kind::Modal => "modal verb changed",
            Kind::Negation => "negation changed",
        }
    }
}

/// One difference. Ranges are elements of the two wordings; an empty one stands before its start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub kind: Kind,
    pub ours: Range<usize>,
    pub theirs: Range<usize>,
}

/// Two wordings laid side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// In order.
    pub changes: Vec<Change>,
    /// How many words are the same on both sides.
    pub same: usize,
    /// The elements of each side that were compared; the rest is cut off at the ends of the other side.
    pub ours: Range<usize>,
    pub theirs: Range<usize>,
}

impl Comparison {
    /// The gravest difference.
    pub fn worst(&self) -> Option<&Change> {
        // The first of equals, as readers meet it.
        self.changes.iter().rev().max_by_key(|c| c.kind)
    }

    /// Whether nothing but what every house allows tells the two apart.
    pub fn is_same(&self) -> bool {
        self.changes.iter().all(|c| c.kind.is_harmless())
    }
}

/// When two wordings are two of one quotation.
#[derive(Clone, Copy, Debug)]
pub struct Gates {
    /// The fewest words that must be the same.
    pub min_same: usize,
    /// How many of a hundred words of the shorter one must be the same.
    pub min_share: usize,
    /// The most differences that are no ellipsis and no bracket.
    pub max_changes: usize,
    /// The most words of one difference.
    pub max_words: usize,
}

impl Gates {
    /// For any two quotations.
    pub const STRICT: Gates = Gates { min_same: 6, min_share: 80, max_changes: 3, max_words: 3 };
    /// For a headline, caption or pull quote, which repeat the story, against its body.
    pub const DISPLAY: Gates = Gates { min_same: 4, min_share: 65, max_changes: 3, max_words: 4 };
}

/// Lays two wordings side by side. `None` where they are not two wordings of one quotation, as `gates` have it.
pub fn compare(ours: &Wording<'_>, theirs: &Wording<'_>, gates: Gates) -> Option<Comparison> {
    // Of two of one length the one with marks of omission is the one that was cut, whichever comes first.
    let size = |wording: &Wording<'_>| (wording.words(), std::cmp::Reverse(wording.elements.len()));
    let (inner, outer, swapped) = if size(ours) <= size(theirs) { (ours, theirs, false) } else { (theirs, ours, true) };
    let shorter = inner.words();
    let least = gates.min_same.min(shorter).max((gates.min_share * shorter).div_ceil(100));
    let alignment = align::fit(inner, outer, least)?;
    let changes = classify::changes(inner, outer, &alignment, swapped);
    let counted = |c: &&Change| !c.kind.is_harmless();
    let longest = |c: &Change| c.ours.len().max(c.theirs.len());
    if changes.iter().filter(counted).count() > gates.max_changes {
        return None;
    }
    // A gap of many words is a splice, not an unlikely pair: both sides of it agree.
    if changes.iter().filter(counted).any(|c| c.kind != Kind::Splice && longest(c) > gates.max_words) {
        return None;
    }
    let (inner_range, outer_range) = (0..inner.elements.len(), alignment.outer.clone());
    let (ours, theirs) = if swapped { (outer_range, inner_range) } else { (inner_range, outer_range) };
    Some(Comparison { changes, same: alignment.same, ours, theirs })
}

/// The text under a range of a wording's elements.
pub fn span_of(wording: &Wording<'_>, range: &Range<usize>) -> Option<Span> {
    let elements = &wording.elements[range.clone()];
    Some(elements.first()?.span().cover(elements.last()?.span()))
}

/// A changed range of a wording's elements, with one on either side: how a change is shown.
pub fn with_neighbors(wording: &Wording<'_>, range: &Range<usize>) -> Range<usize> {
    range.start.saturating_sub(1)..(range.end + 1).min(wording.elements.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn compared(ours: &str, theirs: &str) -> Option<Comparison> {
        compare(&Wording::new(ours), &Wording::new(theirs), Gates::DISPLAY)
    }

    fn kinds(ours: &str, theirs: &str) -> Vec<Kind> {
        compared(ours, theirs).expect(ours).changes.iter().map(|c| c.kind).collect()
    }

    const SOURCE: &str =
        "We will not close the harbor this winter, and the 40 boats of Tarn Bay can stay until spring.";

    #[test]
    fn nothing_changed() {
        for ours in [
            "we will not close the harbor this winter",
            "[W]e will not close the harbor this winter,",
            "WE WILL NOT CLOSE THE HARBOR THIS WINTER",
            "the 40 boats of Tarn Bay can stay",
        ] {
            assert_eq!(kinds(ours, SOURCE), [], "{ours}");
        }
    }

    #[test]
    fn what_editors_may_do() {
        assert_eq!(
            kinds("We will not close the harbor … the 40 boats can stay until spring", SOURCE).first(),
            Some(&Kind::Ellipsis)
        );
        assert_eq!(kinds("We will not close [it] this winter, and the 40 boats", SOURCE), [Kind::Bracket]);
        assert_eq!(kinds("We will not close the harbour this winter", SOURCE), [Kind::HouseStyle]);
        assert_eq!(kinds("We won’t close the harbor this winter", SOURCE), [Kind::Contraction]);
        // At the start too, where a word may fall to the open end.
        for (ours, theirs) in [
            ("It’s the end of this old valley", "It is the end of this old valley"),
            ("We have got no water in this valley", "We’ve got no water in this valley"),
        ] {
            assert_eq!(kinds(ours, theirs), [Kind::Contraction]);
            assert_eq!(kinds(theirs, ours), [Kind::Contraction]);
        }
        assert_eq!(kinds("the forty boats of Tarn Bay can stay", SOURCE), [Kind::HouseStyle]);
        assert_eq!(
            kinds("We should go to the coast now", "We should, you know, go to the the coast now"),
            [Kind::Disfluency, Kind::Disfluency]
        );
    }

    #[test]
    fn what_editors_may_not_do() {
        for (ours, kind) in [
            ("We will close the harbor this winter", Kind::Negation),
            ("We would not close the harbor this winter", Kind::Modal),
            ("the 41 boats of Tarn Bay can stay until spring", Kind::Number),
            ("the 40 boats of Tern Bay can stay until spring", Kind::Name),
            ("We will not shut the harbor this winter", Kind::Substitution),
            ("the 40 boats can stay until spring", Kind::Omission),
            ("We will not ever close the old harbor this winter", Kind::Insertion),
        ] {
            assert_eq!(compared(ours, SOURCE).and_then(|c| c.worst().map(|w| w.kind)), Some(kind), "{ours}");
        }
        assert_eq!(kinds("close the harbor this winter", SOURCE), [Kind::Context]);
        assert_eq!(kinds("We will not close boats of Tarn Bay can stay until spring", SOURCE), [Kind::Splice]);
    }

    #[test]
    fn different_quotations_are_not_compared() {
        assert_eq!(compared("We will never sell the lighthouse to anyone", SOURCE), None);
        assert_eq!(compared("", SOURCE), None);
    }

    #[test]
    fn an_ellipsis_covers_no_word_that_both_have() {
        assert!(compared("… harbor", "harbor …").is_some());
        assert!(compared("harbor …", "… harbor").is_some());
    }

    #[test]
    fn a_diff_shows_both() {
        let (ours, theirs) = ("the 40 ships of Tarn Bay can stay until spring", SOURCE);
        let comparison = compared(ours, theirs).expect("one quotation");
        let change = comparison.worst().expect("a change");
        let shown = diff(&Wording::new(ours), &Wording::new(theirs), change, 2);
        assert_eq!(shown, "the 40 [-boats-]{+ships+} of Tarn…");
    }

    proptest! {
        #[test]
        fn any_two_can_be_compared(a in "(?:[a-d]{1,2} |… |\\[b\\] |not |n’t |12 |É, ){0,14}", b in "(?:[a-d]{1,2} |… |not |12 |É, ){0,14}") {
            let (ours, theirs) = (Wording::new(&a), Wording::new(&b));
            if let Some(c) = compare(&ours, &theirs, Gates::DISPLAY) {
                prop_assert!(c.changes.iter().all(|x| x.ours.end <= ours.elements.len() && x.theirs.end <= theirs.elements.len()));
                for change in &c.changes {
                    diff(&ours, &theirs, change, 2);
                }
                let back = compare(&theirs, &ours, Gates::DISPLAY);
                prop_assert!(back.is_some());
            }
            prop_assert_eq!(compare(&ours, &ours, Gates::DISPLAY).is_none_or(|c| c.is_same()), true);
        }
    }
}
