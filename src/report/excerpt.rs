//! The words around a finding. A paragraph of copy is one long line, so a report shows as much of it as fits, and every marked
//! word in it.

use std::ops::Range;

use crate::text::line_index::LineIndex;

/// What stands for words left out.
const GAP: &str = "…";
/// Characters around a mark that are always shown.
const LEAST_AROUND: usize = 12;

/// A part of a text to mark, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub range: Range<usize>,
    pub label: String,
    pub primary: bool,
}

/// Some lines of a text, shortened; [`marks`](Excerpt::marks) are bytes of [`text`](Excerpt::text).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The lines from the first marked one to the last; those without a mark between them are empty.
    pub text: String,
    /// From 1.
    pub first_line: usize,
    pub marks: Vec<Mark>,
}

/// The lines of `source` that hold `marks`, each shortened to about `width` characters. `lines` is the index of `source`.
pub fn excerpt(source: &str, lines: &LineIndex, marks: Vec<Mark>, width: usize) -> Excerpt {
    let mut marks = marks;
    marks.sort_by_key(|mark| (mark.range.start, mark.range.end));
    let mut text = String::new();
    let mut moved = Vec::new();
    let mut first_line = 1;
    let mut last_line = 0;
    let mut marks = marks.into_iter().peekable();
    while let Some(first) = marks.next() {
        let number = lines.line_of(first.range.start as u32);
        let start = lines.start_of(number).map_or(0, |at| at as usize);
        let end = lines.start_of(number + 1).map_or(source.len(), |at| at as usize);
        let mut here = vec![first];
        while let Some(mark) = marks.next_if(|mark| mark.range.start < end) {
            here.push(mark);
        }
        if last_line == 0 {
            first_line = number + 1;
        } else {
            text.extend(std::iter::repeat_n('\n', number + 1 - last_line));
        }
        last_line = number + 1;
        let visible = source[start..end].trim_end_matches(['\n', '\r']);
        shorten(visible, start, here, width, &mut text, &mut moved);
    }
    Excerpt { text, first_line, marks: moved }
}

/// Appends what fits of `line`, which starts at byte `start` of the source, and its marks.
fn shorten(line: &str, start: usize, marks: Vec<Mark>, width: usize, text: &mut String, moved: &mut Vec<Mark>) {
    // Marks as bytes of the line, cut to it, the longest ones to what fits.
    let within = |at: usize| floor(line, at.saturating_sub(start).min(line.len()));
    let ranges: Vec<Range<usize>> = marks
        .iter()
        .map(|mark| {
            let from = within(mark.range.start);
            let to = within(mark.range.end).max(from);
            from..forward(line, from, width).min(to)
        })
        .collect();
    let windows = windows(line, &ranges, width);
    let mut pieces: Vec<(Range<usize>, usize)> = Vec::new();
    for (index, window) in windows.iter().enumerate() {
        if window.start > 0 {
            text.push_str(if index == 0 { GAP } else { " … " });
        }
        pieces.push((window.clone(), text.len()));
        // A tab would shift the marks under it.
        text.extend(line[window.clone()].chars().map(|c| if c == '\t' { ' ' } else { c }));
    }
    if windows.last().is_some_and(|window| window.end < line.len()) {
        text.push_str(GAP);
    }
    for (mark, range) in marks.into_iter().zip(ranges) {
        let piece = pieces.iter().find(|(window, _)| window.start <= range.start && range.end <= window.end);
        if let Some((window, at)) = piece {
            let range = at + range.start - window.start..at + range.end - window.start;
            moved.push(Mark { range, ..mark });
        }
    }
}

/// The parts of a line to show: all of it if it fits, else the marked words with as many around them as fit.
fn windows(line: &str, ranges: &[Range<usize>], width: usize) -> Vec<Range<usize>> {
    let count = |range: Range<usize>| line[range].chars().count();
    if count(0..line.len()) <= width {
        return std::iter::once(0..line.len()).collect();
    }
    // As many words around each mark as fit; a few where the marks alone are too long. More around is never shorter, so the most
    // that fits is found by halving.
    let shown = |around| windows_with(line, ranges, around).into_iter().map(count).sum::<usize>();
    let (mut most, mut too_many) = (LEAST_AROUND.min(width), width + 1);
    while too_many - most > 1 {
        let around = most.midpoint(too_many);
        if shown(around) <= width { most = around } else { too_many = around }
    }
    windows_with(line, ranges, most)
}

/// The marked words with up to `around` characters on either side.
fn windows_with(line: &str, ranges: &[Range<usize>], around: usize) -> Vec<Range<usize>> {
    let mut windows: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        let start = word_start(line, back(line, range.start, around), range.start);
        let end = word_end(line, forward(line, range.end, around), range.end);
        match windows.last_mut() {
            // A gap of a few letters is no gap worth a sign.
            Some(last) if start <= forward(line, last.end, 4) => last.end = last.end.max(end),
            _ => windows.push(start..end),
        }
    }
    windows
}

/// The byte `letters` characters before `at`.
fn back(line: &str, at: usize, letters: usize) -> usize {
    line[..at].char_indices().rev().take(letters).last().map_or(at, |(start, _)| start)
}

/// The byte `letters` characters after `at`.
fn forward(line: &str, at: usize, letters: usize) -> usize {
    line[at..].char_indices().nth(letters).map_or(line.len(), |(offset, _)| at + offset)
}

/// The first start of a word from `at` on, before `limit`.
fn word_start(line: &str, at: usize, limit: usize) -> usize {
    if at == 0 || line[..at].ends_with(' ') {
        return at;
    }
    line[at..limit].find(' ').map_or(at, |offset| at + offset + 1)
}

/// The last end of a word up to `at`, after `limit`.
fn word_end(line: &str, at: usize, limit: usize) -> usize {
    if at == line.len() || line[at..].starts_with(' ') {
        return at;
    }
    line[limit..at].rfind(' ').map_or(at, |offset| limit + offset)
}

/// The start of the letter that holds the byte `at`.
fn floor(line: &str, at: usize) -> usize {
    (0..=at).rev().find(|&at| line.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mark(text: &str, words: &str) -> Mark {
        let start = text.find(words).unwrap();
        Mark { range: start..start + words.len(), label: String::new(), primary: true }
    }

    #[test]
    fn shows_the_words_around_each_mark() {
        let line = "Nineteen barges left the harbor before dawn, the pilot said, while on the far quay eleven barges \
                    waited for the fog to lift over the mouth of the river.";
        let source = format!("Headline\n\n{line}\r\nEnd\n");
        let both =
            excerpt(&source, &LineIndex::new(&source), vec![mark(&source, "Nineteen"), mark(&source, "eleven")], 60);
        assert_eq!(both.first_line, 3);
        assert_eq!(both.text, "Nineteen barges left the … on the far quay eleven barges waited…");
        let words: Vec<&str> = both.marks.iter().map(|m| &both.text[m.range.clone()]).collect();
        assert_eq!(words, ["Nineteen", "eleven"]);
    }

    #[test]
    fn keeps_the_lines_between() {
        let source = "one a\n\ntwo b\n";
        let both = excerpt(source, &LineIndex::new(source), vec![mark(source, "b"), mark(source, "a")], 60);
        assert_eq!((both.text.as_str(), both.first_line), ("one a\n\ntwo b", 1));
    }

    proptest! {
        #[test]
        fn marks_stay_on_their_words(
            source in "([a-zé“ ]{0,12}(\n|\r\n|\r)?){0,12}",
            places in prop::collection::vec((0usize..150, 0usize..30), 1..4),
            width in 1usize..40,
        ) {
            let boundary = |at: usize| floor(&source, at.min(source.len()));
            let marks: Vec<Mark> = places
                .iter()
                .map(|(start, len)| boundary(*start)..boundary(start + len))
                .map(|range| Mark { range, label: String::new(), primary: false })
                .collect();
            let shown = excerpt(&source, &LineIndex::new(&source), marks.clone(), width);
            for mark in &shown.marks {
                prop_assert!(shown.text.get(mark.range.clone()).is_some());
                let words = shown.text[mark.range.clone()].to_owned();
                prop_assert!(marks.iter().any(|m| source[m.range.clone()].starts_with(&words)));
            }
        }
    }
}
