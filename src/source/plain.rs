//! Plain text: paragraphs on one or two newlines, and headings, datelines and furniture that no markup names.

use super::front_matter::FrontMatter;
use super::{BlockKind, Builder};
use crate::text::Span;

/// Lines at or over this many characters are paragraphs of their own, not lines of a hard-wrapped one.
const WRAP_WIDTH: usize = 100;

pub fn read(builder: &mut Builder<'_>) -> FrontMatter {
    let source = builder.source();
    let front = FrontMatter::read(source);
    let wrapped = is_hard_wrapped(&source[front.span.end as usize..]);
    let mut at = front.span.end as usize;
    let mut open = false;
    for line in source[at..].split_inclusive(['\n', '\r']) {
        let span = Span::new(at, at + line.len());
        at += line.len();
        if line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
            // The second half of a CRLF is no empty line.
            if line != "\n" || !source[..span.start as usize].ends_with('\r') {
                open = false;
            }
            continue;
        }
        if !(open && wrapped) {
            builder.open(BlockKind::Body, 0);
        }
        builder.copy(span);
        open = true;
    }
    classify(builder);
    front
}

/// Whether single newlines break lines inside paragraphs: most lines are followed by another one that is no paragraph of its own, and
/// none is long.
fn is_hard_wrapped(source: &str) -> bool {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let longest = lines.iter().map(|l| l.chars().count()).max().unwrap_or(0);
    let open_ended = lines
        .windows(2)
        .filter(|pair| !pair[0].is_empty() && !pair[1].is_empty())
        .filter(|pair| pair[0].ends_with(|c: char| c.is_alphanumeric() || c == ',') && pair[0].chars().count() > 40)
        .count();
    longest < WRAP_WIDTH && open_ended > 0
}

/// Gives each block its kind by its looks and its neighbors.
fn classify(builder: &mut Builder<'_>) {
    let (text, blocks) = builder.blocks_mut();
    let mut seen_body = false;
    let mut seen_headline = false;
    for index in 0..blocks.len() {
        let line = blocks[index].span.of(text);
        let next_is_longer = blocks.get(index + 1).is_some_and(|n| n.span.len() > line.len());
        let kind = if is_numeric_date(line) {
            BlockKind::Dateline
        } else if !looks_like_heading(line) {
            seen_body = true;
            BlockKind::Body
        } else if seen_body {
            if next_is_longer { BlockKind::Heading } else { BlockKind::Body }
        } else if seen_headline {
            BlockKind::Standfirst
        } else {
            seen_headline = true;
            BlockKind::Headline
        };
        blocks[index].kind = kind;
    }
}

fn looks_like_heading(line: &str) -> bool {
    let stop = line.ends_with(['.', '!', '?', '…', ':', ';', ',', '”', '"']);
    !stop && line.chars().count() < 120 && line.split_whitespace().count() <= 18
}

fn is_numeric_date(line: &str) -> bool {
    let digits = line.chars().filter(char::is_ascii_digit).count();
    digits >= 6 && line.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | '-'))
}
