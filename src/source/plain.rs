//! Plain text: paragraphs on one or two newlines, hard-wrapped lines joined; what the lines are is decided in `classify`.

use super::front_matter::FrontMatter;
use super::{BlockKind, Builder};
use crate::text::Span;

/// Lines over this many characters are paragraphs of their own, not lines of a hard-wrapped one.
const WRAP_WIDTH: usize = 100;

pub fn read(builder: &mut Builder<'_>) -> FrontMatter {
    let source = builder.source();
    let front = FrontMatter::read(source);
    front.zones(builder);
    let start = front.span.end as usize;
    let width = wrap_width(&source[start..]);
    let mut previous: Option<&str> = None;
    for (at, line) in lines(source, start) {
        let bare = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if bare.is_empty() {
            previous = None;
            continue;
        }
        let joins = width.is_some_and(|width| previous.is_some_and(|p| continues(p, line, width)));
        if !joins {
            builder.open(BlockKind::Body, 0);
        }
        builder.copy(Span::new(at, at + line.len()));
        previous = Some(line);
    }
    builder.close();
    front
}

/// The lines of `source[start..]` with their offsets and their ends; LF, CRLF and CR all end one.
fn lines(source: &str, start: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut at = start;
    std::iter::from_fn(move || {
        let rest = &source[at..];
        if rest.is_empty() {
            return None;
        }
        let bytes = rest.as_bytes();
        let len = match memchr::memchr2(b'\n', b'\r', bytes) {
            Some(i) if bytes[i] == b'\r' && bytes.get(i + 1) == Some(&b'\n') => i + 2,
            Some(i) => i + 1,
            None => rest.len(),
        };
        let line = (at, &rest[..len]);
        at += len;
        Some(line)
    })
}

/// The width at which lines are wrapped, in characters, if single newlines break lines inside paragraphs: no line is long, and a good part
/// of the lines that follow another one go on in its sentence. A line that is one word, an address, says nothing of the width, and neither does
/// one that no other follows: headlines run on.
fn wrap_width(source: &str) -> Option<usize> {
    let (mut width, mut pairs, mut going_on) = (0, 0, 0);
    let mut previous = "";
    for (_, line) in lines(source, 0) {
        let line = line.trim();
        if !line.contains(char::is_whitespace) && line.len() > WRAP_WIDTH {
            previous = "";
            continue;
        }
        if line.chars().count() > WRAP_WIDTH {
            return None;
        }
        if !line.is_empty() && !previous.is_empty() {
            pairs += 1;
            width = width.max(previous.chars().count());
            let open = previous
                .ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '’' | ';' | '-' | '–' | '—' | '”' | '"'));
            let lower = line.starts_with(|c: char| c.is_lowercase());
            going_on += usize::from(open && lower && previous.chars().count() > 30);
        }
        previous = line;
    }
    (going_on >= 1 && going_on * 4 >= pairs).then_some(width)
}

/// Whether `line` goes on in the paragraph of `previous`, in copy wrapped at `width`: unless it is indented afresh, or its first word would
/// have had room on the line above.
fn continues(previous: &str, line: &str, width: usize) -> bool {
    let first = line.trim_start();
    if first.starts_with(char::is_lowercase) {
        return true;
    }
    let indent = |l: &str| l.len() - l.trim_start().len();
    if indent(line) >= 2 && indent(line) > indent(previous) {
        return false;
    }
    let word = first.split_whitespace().next().unwrap_or_default().chars().count();
    // Editors break a little before the full width; a line much shorter ends its paragraph.
    previous.trim().chars().count() + 1 + word + 4 > width
}
