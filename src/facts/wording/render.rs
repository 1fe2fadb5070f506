//! A difference as a line: `the 40 [-boats-]{+ships+} of Tarn…`.

use std::ops::Range;

use super::fold::{Element, Wording};
use super::{Change, span_of};

/// One change with up to `context` of our words on either side; what they have is in `[-…-]`, what we have in `{+…+}`.
pub fn diff(ours: &Wording<'_>, theirs: &Wording<'_>, change: &Change, context: usize) -> String {
    let words = |wording: &Wording<'_>, range: Range<usize>| {
        span_of(wording, &range)
            .map_or(String::new(), |s| s.of(wording.text).split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let start = change.ours.start.saturating_sub(context);
    let end = (change.ours.end + context).min(ours.elements.len());
    let mut parts = Vec::new();
    if start > 0 {
        parts.push("…".to_owned());
    }
    parts.push(words(ours, start..change.ours.start));
    let minus = words(theirs, change.theirs.clone());
    let plus = words(ours, change.ours.clone());
    let mut middle = String::new();
    if !minus.is_empty() {
        middle.push_str(&format!("[-{minus}-]"));
    }
    if !plus.is_empty() {
        middle.push_str(&format!("{{+{plus}+}}"));
    }
    parts.push(middle);
    parts.push(words(ours, change.ours.end..end));
    let rest = ours.elements[end..].iter().any(|e| matches!(e, Element::Word { .. }));
    let mut line = parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ");
    line = line.replace("… ", "…");
    if rest {
        line.push('…');
    }
    line
}
