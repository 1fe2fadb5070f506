//! Applying fixes to the text of a file: whole fixes only, none over another, until nothing more is offered.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Edit, Fix, Safety};
use crate::text::decode::Encoding;

/// Rounds of linting and fixing after which a file counts as one that does not settle.
const ROUNDS: usize = 12;

/// The first fix of `diagnostic` that may be applied: safe ones, and with `unsafe_too` those that change what is said.
pub fn applicable(diagnostic: &Diagnostic, unsafe_too: bool) -> Option<&Fix> {
    diagnostic.fixes.iter().find(|fix| match fix.safety {
        Safety::Safe => true,
        Safety::Unsafe => unsafe_too,
        Safety::Display => false,
    })
}

/// Applies `fixes` to `text` in their order: a fix goes in whole or not at all, and gives way to an earlier one that touches the
/// same bytes. Returns the new text and which fixes went in.
pub fn apply(text: &str, fixes: &[&Fix]) -> (String, Vec<bool>) {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut went_in = Vec::with_capacity(fixes.len());
    for fix in fixes {
        let fits = !fix.edits.is_empty()
            && fix.edits.iter().all(|edit| is_inside(text, edit) && !taken.iter().any(|other| collide(edit, other)))
            && fix.edits.iter().enumerate().all(|(n, edit)| !fix.edits[..n].iter().any(|other| collide(edit, other)));
        if fits {
            taken.extend(&fix.edits);
        }
        went_in.push(fits);
    }
    taken.sort_by_key(|edit| edit.span);
    let mut fixed = String::with_capacity(text.len());
    let mut at = 0;
    for edit in taken {
        fixed.push_str(&text[at..edit.span.start as usize]);
        fixed.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    fixed.push_str(&text[at..]);
    (fixed, went_in)
}

/// Whether an edit lies within `text`, on the bounds of its letters.
fn is_inside(text: &str, edit: &Edit) -> bool {
    edit.span.start <= edit.span.end
        && text.is_char_boundary(edit.span.start as usize)
        && text.is_char_boundary(edit.span.end as usize)
}

/// Whether two edits share bytes, or put words in at the same place.
fn collide(a: &Edit, b: &Edit) -> bool {
    a.span.overlaps(b.span)
        || a.span.start == b.span.start
        || (a.span.is_empty() && b.span.contains(a.span))
        || (b.span.is_empty() && a.span.contains(b.span))
}

/// What fixing a file came to.
pub struct Settled {
    pub text: String,
    /// How many fixes went in, by code.
    pub applied: BTreeMap<Arc<str>, usize>,
    /// What is left to say of the fixed text.
    pub diagnostics: Vec<Diagnostic>,
    /// The codes whose fixes undo one another; the text is then the one that came in.
    pub unsettled: Vec<Arc<str>>,
}

/// Fixes `text` until no fix is left: what one fix brings to light, the next round fixes. `lint` says what there is to
/// report of a text.
pub fn settle(text: &str, unsafe_too: bool, mut lint: impl FnMut(&str) -> Vec<Diagnostic>) -> Settled {
    let first = lint(text);
    let mut current = text.to_owned();
    let mut diagnostics = first.clone();
    let mut applied: BTreeMap<Arc<str>, usize> = BTreeMap::new();
    for _ in 0..ROUNDS {
        let offered: Vec<(&Arc<str>, &Fix)> =
            diagnostics.iter().filter_map(|d| Some((&d.code, applicable(d, unsafe_too)?))).collect();
        let fixes: Vec<&Fix> = offered.iter().map(|(_, fix)| *fix).collect();
        let (next, went_in) = apply(&current, &fixes);
        if next == current {
            return Settled { text: current, applied, diagnostics, unsettled: Vec::new() };
        }
        for ((code, _), _) in offered.iter().zip(went_in).filter(|(_, went_in)| *went_in) {
            *applied.entry((*code).clone()).or_default() += 1;
        }
        current = next;
        diagnostics = lint(&current);
    }
    let mut unsettled: Vec<Arc<str>> =
        diagnostics.iter().filter(|d| applicable(d, unsafe_too).is_some()).map(|d| d.code.clone()).collect();
    unsettled.sort();
    unsettled.dedup();
    if unsettled.is_empty() {
        return Settled { text: current, applied, diagnostics, unsettled };
    }
    Settled { text: text.to_owned(), applied: BTreeMap::new(), diagnostics: first, unsettled }
}

/// The bytes of a file that holds `text` in `encoding`: the way back from [`decode`](crate::text::decode::decode).
pub fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        // A UTF-8 byte order mark is part of the text.
        Encoding::Utf8 | Encoding::Utf8Bom => text.as_bytes().to_vec(),
        Encoding::Utf16Le => utf16(text, u16::to_le_bytes),
        Encoding::Utf16Be => utf16(text, u16::to_be_bytes),
    }
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(bytes).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::{Confidence, Severity};
    use crate::text::Span;
    use crate::text::decode::decode;
    use crate::text::line_index::Place;

    fn edit(start: usize, end: usize, text: &str) -> Edit {
        Edit { span: Span::new(start, end), text: text.to_owned() }
    }

    fn fix(edits: Vec<Edit>) -> Fix {
        Fix { title: "Change".to_owned(), safety: Safety::Safe, edits }
    }

    /// A rule that puts `to` in place of `from`, as lint would report it.
    fn replacing(text: &str, from: &str, to: &str) -> Vec<Diagnostic> {
        let place = Place { line: 1, column: 1 };
        text.match_indices(from)
            .map(|(at, _)| Diagnostic {
                code: format!("test/{from}").into(),
                severity: Severity::Warning,
                confidence: Confidence::Sure,
                message: String::new(),
                span: Span::new(at, at + from.len()),
                start: place,
                end: place,
                text: from.to_owned(),
                evidence: Vec::new(),
                fixes: vec![Fix::replace(Span::new(at, at + from.len()), to, Safety::Safe)],
                why: Vec::new(),
            })
            .collect()
    }

    #[test]
    fn a_fix_goes_in_whole_or_not_at_all() {
        let (first, both, third) =
            (fix(vec![edit(0, 3, "The")]), fix(vec![edit(2, 4, "X"), edit(8, 9, "Y")]), fix(vec![edit(8, 9, "!")]));
        let (text, went_in) = apply("the end.?", &[&first, &both, &third]);
        assert_eq!((text.as_str(), went_in.as_slice()), ("The end.!", [true, false, true].as_slice()));
    }

    #[test]
    fn fixes_settle() {
        let settled = settle("aab", false, |text| replacing(text, "ab", "b"));
        assert_eq!((settled.text.as_str(), settled.applied["test/ab"]), ("b", 2));
        assert!(settled.diagnostics.is_empty() && settled.unsettled.is_empty());
    }

    #[test]
    fn fixes_that_undo_one_another_change_nothing() {
        let settled = settle("xa", false, |text| {
            let mut found = replacing(text, "a", "b");
            found.extend(replacing(text, "b", "a"));
            found
        });
        assert_eq!((settled.text.as_str(), settled.unsettled.len()), ("xa", 1));
    }

    #[test]
    fn unsafe_fixes_wait_to_be_asked_for() {
        let mut found = replacing("a", "a", "b");
        found[0].fixes[0].safety = Safety::Unsafe;
        assert!(applicable(&found[0], false).is_none() && applicable(&found[0], true).is_some());
        found[0].fixes[0].safety = Safety::Display;
        assert!(applicable(&found[0], true).is_none());
    }

    proptest! {
        #[test]
        fn encoding_is_the_way_back(text in "[^\u{0}\u{feff}]{0,40}") {
            for encoding in [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be] {
                prop_assert_eq!(decode(encode(&text, encoding)).unwrap(), (text.clone(), encoding));
            }
        }

        /// Whatever fixes say, what no accepted edit touches stays, and the lengths add up.
        #[test]
        fn what_no_fix_touches_stays(
            text in "[a-zé“ ]{0,30}",
            spans in prop::collection::vec((0usize..40, 0usize..6, "[A-Z]{0,3}"), 0..6),
        ) {
            let fixes: Vec<Fix> = spans.iter().map(|(start, len, with)| fix(vec![edit(*start, start + len, with)])).collect();
            let (fixed, went_in) = apply(&text, &fixes.iter().collect::<Vec<_>>());
            let accepted: Vec<&Edit> =
                fixes.iter().zip(&went_in).filter(|(_, in_)| **in_).flat_map(|(f, _)| &f.edits).collect();
            let removed: usize = accepted.iter().map(|e| e.span.len()).sum();
            let added: usize = accepted.iter().map(|e| e.text.len()).sum();
            prop_assert_eq!(fixed.len(), text.len() - removed + added);
            let kept: String = text
                .char_indices()
                .filter(|(at, _)| !accepted.iter().any(|e| e.span.contains_offset(*at as u32)))
                .map(|(_, letter)| letter)
                .collect();
            let small: String = fixed.chars().filter(|c| !c.is_ascii_uppercase()).collect();
            prop_assert_eq!(small, kept);
        }
    }
}
