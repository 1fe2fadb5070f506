//! The text that rules are matched against: typographic variants made alike, with a map back to the draft.

use std::ops::Range;

use crate::source::{Block, Draft, SourceMap};
use crate::text::Span;
use crate::text::fold::{is_apostrophe, is_hyphen, lower_in_place};

/// The copy of a draft, folded: apostrophes and single marks are `'`, hyphens are `-`, a run of white space is one space, soft
/// hyphens and zero-width characters are gone. Furniture, metadata and code are left out. A line break stands between two blocks
/// and nowhere else.
pub struct Folded {
    pub text: String,
    /// `text` in lower case: the same offsets.
    pub lower: String,
    /// Where each block of copy lies in `text`, with its index in the draft.
    pub blocks: Vec<(Range<usize>, usize)>,
    map: SourceMap,
}

impl Folded {
    pub fn new(draft: &Draft) -> Folded {
        let mut folded = Folded {
            text: String::with_capacity(draft.text.len()),
            lower: String::new(),
            blocks: Vec::with_capacity(draft.blocks.len()),
            map: SourceMap::default(),
        };
        for (index, block) in draft.blocks.iter().enumerate().filter(|(_, b)| b.kind.is_copy()) {
            folded.add(&draft.text, block, index);
        }
        folded.lower = lower_in_place(&folded.text);
        folded
    }

    fn add(&mut self, text: &str, block: &Block, index: usize) {
        let end = block.span.end as usize;
        if !self.text.is_empty() {
            self.text.push('\n');
            self.map.push(1, Span::new(block.span.start as usize, block.span.start as usize), false);
        }
        let start = self.text.len();
        // Bytes from `copied` to `at` are as they are in the draft.
        let mut copied = block.span.start as usize;
        let mut at = copied;
        while let Some(c) = text[at..end].chars().next() {
            let next = at + c.len_utf8();
            let made = match c {
                ' ' if !text[next..end].starts_with(char::is_whitespace) => None,
                c if c.is_ascii_graphic() => None,
                c => folded_char(c),
            };
            let Some(made) = made else {
                at = next;
                continue;
            };
            self.copy(text, copied, at);
            let stop = if made == Some(' ') { white_space_end(text, at, end) } else { next };
            if let Some(made) = made {
                self.text.push(made);
                self.map.push(1, Span::new(at, stop), false);
            }
            (copied, at) = (stop, stop);
        }
        self.copy(text, copied, end);
        self.blocks.push((start..self.text.len(), index));
    }

    fn copy(&mut self, text: &str, start: usize, end: usize) {
        if start < end {
            self.text.push_str(&text[start..end]);
            self.map.push(end - start, Span::new(start, end), true);
        }
    }

    /// The words of the draft behind `range` of the folded text.
    pub fn to_draft(&self, range: Range<usize>) -> Span {
        self.map.to_source(Span::new(range.start, range.end))
    }

    /// The block of copy, as an index of [`Folded::blocks`], that holds `offset`.
    pub fn block_at(&self, offset: usize) -> Option<usize> {
        self.blocks.partition_point(|(range, _)| range.start <= offset).checked_sub(1)
    }
}

/// What a character is folded to: `None` leaves it as it is, `Some(None)` drops it.
fn folded_char(c: char) -> Option<Option<char>> {
    match c {
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => Some(None),
        '\'' | '-' => None,
        c if is_apostrophe(c) => Some(Some('\'')),
        c if is_hyphen(c) => Some(Some('-')),
        c if c.is_whitespace() => Some(Some(' ')),
        _ => None,
    }
}

fn white_space_end(text: &str, at: usize, end: usize) -> usize {
    let rest = &text[at..end];
    at + (rest.len() - rest.trim_start().len())
}

/// A word or phrase of a rule, folded as drafts are.
pub fn fold_phrase(phrase: &str) -> String {
    let mut out = String::with_capacity(phrase.len());
    for c in phrase.trim().chars() {
        match folded_char(c) {
            None => out.push(c),
            Some(None) => {}
            Some(Some(' ')) if out.ends_with(' ') => {}
            Some(Some(made)) => out.push(made),
        }
        if out.ends_with("  ") {
            out.pop();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_marks_and_line_breaks_and_maps_back() {
        let draft =
            Draft::from_text("It’s a “co\u{ad}operative”  cease\u{2011}fire,\nhe\u{a0}said.\n\nIn order\n  to win.");
        let folded = Folded::new(&draft);
        assert_eq!(folded.text, "It's a “cooperative” cease-fire, he said.\nIn order to win.");
        for (words, written) in [
            ("It's a", "It’s a"),
            ("cooperative”", "co\u{ad}operative”"),
            ("cease-fire", "cease\u{2011}fire"),
            ("he said", "he\u{a0}said"),
            ("order to", "order\n  to"),
            ("win.", "win."),
        ] {
            let at = folded.text.find(words).unwrap();
            assert_eq!(draft.words_at(folded.to_draft(at..at + words.len())), written);
        }
        assert_eq!(fold_phrase(" cease\u{2011}fire\u{a0} talks’  end "), "cease-fire talks' end");
    }
}
