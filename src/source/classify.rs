//! What each block is, by its looks and its neighbors: headline, standfirst, byline, headings and the rest in copy without markup,
//! and the lines that no markup names in copy with it. Also speakers' labels and the parts of a running story.

use std::ops::RangeInclusive;

use super::shape::{self, Shape};
use super::{Block, BlockKind, furniture};
use crate::text::Span;

/// Lines that name a page's section before a headline.
const KICKERS: [&str; 36] = [
    "analysis",
    "arts",
    "breaking",
    "breaking news",
    "business",
    "comment",
    "culture",
    "economy",
    "editorial",
    "education",
    "entertainment",
    "environment",
    "exclusive",
    "explainer",
    "fact check",
    "feature",
    "features",
    "football",
    "health",
    "interview",
    "latest",
    "lifestyle",
    "live",
    "live updates",
    "money",
    "national",
    "news",
    "opinion",
    "politics",
    "review",
    "science",
    "sport",
    "sports",
    "technology",
    "travel",
    "world",
];

/// At most so many blocks between the headline and the story are display type.
const MOST_STANDFIRSTS: usize = 3;
/// A standfirst has at least and at most so many words.
const STANDFIRST_WORDS: RangeInclusive<usize> = 5..=60;

/// Gives the body blocks of a draft their kinds. `marked` says that the format has markup of its own: there, short lines are taken for
/// headings only where nothing else is marked as one. `emphasized` are the indices, in order, of the blocks that are in italics or in bold
/// from end to end.
pub fn classify(text: &str, blocks: &mut [Block], emphasized: &[usize], marked: bool) {
    standfirst_heading(text, blocks);
    let has_headings = blocks.iter().any(|b| matches!(b.kind, BlockKind::Headline | BlockKind::Heading));
    let shapes: Vec<Shape> = blocks
        .iter()
        .map(|b| if b.kind == BlockKind::Body { shape::of(b.span.of(text)) } else { Shape::Prose })
        .collect();
    let read = Reading { text, shapes, emphasized, by_looks: !(marked && has_headings) };
    let mut seen_headline = blocks.iter().any(|b| b.kind == BlockKind::Headline);
    let (mut seen_body, mut standfirsts) = (false, 0);
    for index in 0..blocks.len() {
        if blocks[index].kind != BlockKind::Body {
            seen_body |= blocks[index].kind.is_body();
            continue;
        }
        let kind = if seen_body {
            read.in_body(blocks, index)
        } else {
            match read.before_body(blocks, index, seen_headline) {
                BlockKind::Standfirst if standfirsts == MOST_STANDFIRSTS => BlockKind::Heading,
                kind => kind,
            }
        };
        standfirsts += usize::from(kind == BlockKind::Standfirst);
        seen_headline |= kind == BlockKind::Headline;
        seen_body |= kind.is_body();
        if kind == BlockKind::List
            && let Some(marker) = shape::item_marker(blocks[index].span.of(text))
        {
            blocks[index].span.start += marker as u32;
        }
        if kind == BlockKind::Quotation {
            let line = blocks[index].span.of(text);
            blocks[index].span.start += (line.len() - line.trim_start_matches(['>', ' ', '\t']).len()) as u32;
        }
        blocks[index].kind = kind;
    }
    // A file that is all short lines has no story under its headline: everything in it is copy.
    if !marked && !seen_body {
        for block in blocks.iter_mut().filter(|b| matches!(b.kind, BlockKind::Standfirst | BlockKind::Heading)) {
            block.kind = BlockKind::Body;
        }
    }
}

struct Reading<'a> {
    text: &'a str,
    shapes: Vec<Shape>,
    emphasized: &'a [usize],
    by_looks: bool,
}

impl Reading<'_> {
    fn line(&self, blocks: &[Block], index: usize) -> &str {
        blocks[index].span.of(self.text)
    }

    /// The next block that is no furniture.
    fn next(&self, blocks: &[Block], index: usize) -> Option<usize> {
        (index + 1..blocks.len().min(index + 4)).find(|&i| self.shapes[i] != Shape::Furniture)
    }

    fn next_is_longer(&self, blocks: &[Block], index: usize) -> bool {
        self.next(blocks, index).is_some_and(|n| blocks[n].span.len() > blocks[index].span.len())
    }

    fn beside(&self, index: usize, shape: Shape) -> bool {
        let at = |i: Option<usize>| i.and_then(|i| self.shapes.get(i)).is_some_and(|s| *s == shape);
        at(index.checked_sub(1)) || at(Some(index + 1))
    }

    fn is_row(&self, index: Option<usize>) -> bool {
        index.and_then(|i| self.shapes.get(i)).is_some_and(|s| *s == Shape::Row)
    }

    /// Whether rows stand right before and right after.
    fn between_rows(&self, index: usize) -> bool {
        self.is_row(index.checked_sub(1)) && self.is_row(Some(index + 1))
    }

    /// Whether one line with a row behind it parts this row from the next.
    fn is_near_row(&self, index: usize) -> bool {
        let short = |i: usize| self.shapes.get(i).is_some_and(|s| *s == Shape::Heading);
        (short(index + 1) && self.is_row(Some(index + 2)))
            || index >= 2 && short(index - 1) && self.is_row(Some(index - 2))
    }

    /// Kinds that a line has wherever it stands.
    fn anywhere(&self, blocks: &[Block], index: usize) -> Option<BlockKind> {
        let line = self.line(blocks, index);
        if is_rule(line) {
            return Some(BlockKind::Furniture);
        }
        if clock_line(line) {
            return Some(BlockKind::Heading);
        }
        if line.starts_with('>') && !line.trim_start_matches(['>', ' ']).is_empty() {
            return Some(BlockKind::Quotation);
        }
        match self.shapes[index] {
            Shape::Furniture => Some(BlockKind::Furniture),
            Shape::Dateline => Some(BlockKind::Dateline),
            Shape::Caption => Some(BlockKind::Caption),
            Shape::Row if self.beside(index, Shape::Row) || line.contains('\t') => Some(BlockKind::Table),
            Shape::Row if self.is_near_row(index) => Some(BlockKind::Table),
            // “Nine months” between the rows of a statement
            Shape::Heading if self.between_rows(index) && line.split_whitespace().count() <= 3 => {
                Some(BlockKind::Table)
            }
            Shape::Item => {
                // A single dash opens speech or an aside as often as a list.
                let dash = line.starts_with(['-', '–', '—']);
                (!dash || self.beside(index, Shape::Item)).then_some(BlockKind::List)
            }
            _ => None,
        }
    }

    fn before_body(&self, blocks: &[Block], index: usize, seen_headline: bool) -> BlockKind {
        if let Some(kind) = self.anywhere(blocks, index) {
            return kind;
        }
        let shape = self.shapes[index];
        if shape == Shape::Byline {
            return BlockKind::Byline;
        }
        let line = self.line(blocks, index);
        let Some(next) = self.next(blocks, index) else { return BlockKind::Body };
        if seen_headline && self.emphasized.binary_search(&index).is_ok() && is_standfirst_long(line) {
            return BlockKind::Standfirst;
        }
        if !self.by_looks {
            let titled = seen_headline && shape == Shape::Heading && is_standfirst_long(line);
            let below = titled && blocks[next].kind == BlockKind::Body && self.next_is_longer(blocks, index);
            return if below { BlockKind::Standfirst } else { BlockKind::Body };
        }
        let titled = matches!(shape, Shape::Heading | Shape::Row)
            || (shape == Shape::Title && line.split_whitespace().count() <= 16 && self.next_is_longer(blocks, index));
        if !titled {
            return BlockKind::Body;
        }
        if !seen_headline {
            let headline_follows = matches!(self.shapes[next], Shape::Heading | Shape::Title)
                && blocks[next].span.len() > blocks[index].span.len()
                && self.next(blocks, next).is_some();
            if headline_follows && furniture::is_button(line) {
                return BlockKind::Furniture;
            }
            if headline_follows && KICKERS.contains(&line.to_lowercase().trim_end_matches([':', '|'])) {
                return BlockKind::Heading;
            }
            return BlockKind::Headline;
        }
        if shape == Shape::Title && line.starts_with(['“', '"', '‘', '\'']) {
            return BlockKind::Body;
        }
        BlockKind::Standfirst
    }

    fn in_body(&self, blocks: &[Block], index: usize) -> BlockKind {
        if let Some(kind) = self.anywhere(blocks, index) {
            return kind;
        }
        let line = self.line(blocks, index);
        let shape = self.shapes[index];
        // A byline stands at either end of a story.
        if shape == Shape::Byline && (index < 4 || index + 3 >= blocks.len()) {
            return BlockKind::Byline;
        }
        if !self.by_looks {
            return BlockKind::Body;
        }
        let heading = match shape {
            Shape::Heading => true,
            Shape::Title => {
                line.ends_with('?') && line.split_whitespace().count() <= 9 && !line.starts_with(['“', '"', '‘', '\''])
            }
            _ => false,
        };
        if heading && self.next_is_longer(blocks, index) { BlockKind::Heading } else { BlockKind::Body }
    }
}

/// A heading of a lower rank right under the headline, when it is the only one of its rank: the headline's second deck, and no part of
/// the story.
fn standfirst_heading(text: &str, blocks: &mut [Block]) {
    let Some(headline) = blocks.iter().position(|b| b.kind == BlockKind::Headline) else { return };
    // A byline may stand between them.
    let beneath = headline + 1..blocks.len().min(headline + 3);
    let Some(under) = beneath.into_iter().find(|&i| blocks[i].kind == BlockKind::Heading) else { return };
    let between = blocks[headline + 1..under].iter().all(|b| shape::of(b.span.of(text)) == Shape::Byline);
    let level = blocks[under].level;
    let alone = blocks.iter().filter(|b| b.kind == BlockKind::Heading && b.level == level).count() == 1;
    if between && alone && is_standfirst_long(blocks[under].span.of(text)) {
        blocks[under].kind = BlockKind::Standfirst;
    }
}

fn is_standfirst_long(line: &str) -> bool {
    STANDFIRST_WORDS.contains(&line.split_whitespace().take(STANDFIRST_WORDS.end() + 1).count())
}

/// Three or more of one mark and nothing else: a rule between two parts.
fn is_rule(line: &str) -> bool {
    let mut marks = line.chars().filter(|c| !c.is_whitespace());
    let Some(first) = marks.next().filter(|c| matches!(c, '_' | '*' | '-' | '—' | '=' | '#' | '~')) else {
        return false;
    };
    marks.clone().all(|c| c == first) && marks.count() >= 2
}

/// A line that is a time of day: `8:20 a.m.`, `14:05 GMT`, `9am`.
fn clock_line(line: &str) -> bool {
    line.len() <= 24
        && clock_at_start(line).is_some_and(|len| {
            let rest = line[len..].trim_matches(|c: char| !c.is_alphanumeric());
            rest.len() <= 5 && rest.chars().all(char::is_alphabetic)
        })
}

/// The length of the time of day that `line` starts with: hours and minutes, or hours with a.m. or p.m.
fn clock_at_start(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let digits = |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    let hours = digits(0);
    if !(1..=2).contains(&hours) || line[..hours].parse::<u8>().ok()? > 24 {
        return None;
    }
    let mut at = hours;
    let minutes = matches!(bytes.get(at), Some(b':' | b'.')) && digits(at + 1) == 2;
    if minutes {
        at += 3;
    }
    let rest = line[at..].trim_start();
    let lower = rest.get(..rest.len().min(4)).unwrap_or_default().to_ascii_lowercase();
    let half = ["a.m.", "p.m.", "am", "pm"].iter().find(|h| lower.starts_with(*h));
    match half {
        Some(h) => Some(line.len() - rest.len() + h.len()),
        None => (minutes && bytes.get(hours) == Some(&b':')).then_some(at),
    }
}

/// Gives every block its segment: a running story starts a new one at each rule, each line that is a time of day and, where three
/// paragraphs or more open with one, each of those. `breaks` are the blocks before which the markup has a rule.
pub fn segment(text: &str, blocks: &mut [Block], breaks: &[usize]) {
    let opens = |b: &Block| b.kind.is_body() && clock_at_start(b.span.of(text)).is_some();
    let running = blocks.iter().filter(|b| opens(b)).count() >= 3;
    let mut segment = 0_u16;
    let mut breaks = breaks.iter().peekable();
    let mut fresh = true;
    for (index, block) in blocks.iter_mut().enumerate() {
        let line = block.span.of(text);
        let mut splits = false;
        while breaks.next_if(|b| **b <= index).is_some() {
            splits = true;
        }
        splits |= (block.kind == BlockKind::Furniture && is_rule(line))
            || (block.kind == BlockKind::Heading && clock_line(line))
            || (running && block.kind.is_body() && clock_at_start(line).is_some());
        if splits && !fresh {
            segment = segment.saturating_add(1);
        }
        block.segment = segment;
        fresh = splits && !block.kind.is_body();
    }
}

/// Finds speakers' labels in transcripts and interviews (`Q:`, `POE:`, `Jane Poe:`) and writes them into the blocks. Labels count only
/// where they make up a good part of the paragraphs and one of them comes back.
pub fn label(text: &str, blocks: &mut [Block]) {
    let found: Vec<(usize, Span)> = blocks
        .iter()
        .enumerate()
        .filter(|(_, b)| {
            matches!(b.kind, BlockKind::Body | BlockKind::Heading | BlockKind::Standfirst | BlockKind::Headline)
        })
        .filter_map(|(i, b)| {
            speaker_label(b.span.of(text)).map(|len| (i, Span::new(b.span.start as usize, b.span.start as usize + len)))
        })
        .collect();
    let bodies = blocks.iter().filter(|b| b.kind.is_body()).count();
    let mut names: Vec<&str> = found.iter().map(|(_, s)| s.of(text)).collect();
    names.sort_unstable();
    let comes_back = names.windows(2).any(|w| w[0] == w[1]);
    if found.len() < 3 || !comes_back || found.len() * 10 < bodies * 3 {
        return;
    }
    for (index, span) in found {
        blocks[index].label = Some(span);
        blocks[index].kind = BlockKind::Body;
    }
}

/// The length of the label that `line` starts with, without its colon.
fn speaker_label(line: &str) -> Option<usize> {
    let colon = memchr::memchr(b':', &line.as_bytes()[..line.len().min(40)])?;
    let name = &line[..colon];
    let words: Vec<&str> = name.split(' ').collect();
    let speech = line[colon + 1..].starts_with([' ', '\t', '\n']);
    let named =
        words.len() <= 4 && words.iter().all(|w| w.starts_with(char::is_uppercase) && !w.contains(['“', '"', ',']));
    (speech && named && !name.is_empty()).then_some(colon)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks() {
        for line in ["8:20 a.m.", "14:05", "9am", "10.35pm GMT", "7:15 p.m. —"] {
            assert!(clock_line(line), "{line}");
        }
        for line in ["10.35", "8 ships", "14:05 The mayor speaks", "25:00 a.m.", "2025"] {
            assert!(!clock_line(line), "{line}");
        }
        assert!(is_rule("___") && is_rule("* * *") && !is_rule("--") && !is_rule("--a"));
    }

    #[test]
    fn labels() {
        assert_eq!(speaker_label("Q: Why?"), Some(1));
        assert_eq!(speaker_label("JANE POE: We"), Some(8));
        assert_eq!(speaker_label("He said: no"), None);
        assert_eq!(speaker_label("At 10:30 we"), None);
    }
}
