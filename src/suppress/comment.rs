//! `<!-- newslint-ignore CODE: reason -->` in Markdown and HTML.

use jiff::civil::Date;

use crate::source::{Draft, Format, split_codes};
use crate::text::Span;

const KEYWORD: &str = "newslint-ignore";

/// A comment that asks for silence. Spans are bytes of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub span: Span,
    pub codes: Vec<String>,
    pub why: Option<String>,
    pub until: Option<Date>,
    /// What was written after `until=`, if it is no date.
    pub bad_until: Option<String>,
    /// Where it silences; `None` is the whole file.
    pub covers: Option<Span>,
}

/// The comments of a draft, in file order.
pub fn read(draft: &Draft) -> Vec<Comment> {
    if draft.format == Format::Plain {
        return Vec::new();
    }
    let source: &str = &draft.source;
    let mut comments = Vec::new();
    let mut from = 0;
    while let Some(at) = source[from..].find(KEYWORD).map(|at| from + at) {
        from = at + KEYWORD.len();
        let Some(start) = source[..at].trim_end().strip_suffix("<!--").map(str::len) else { continue };
        let Some(end) = source[from..].find("-->").map(|end| from + end) else { break };
        let inside = &source[from..end];
        let span = Span::new(start, end + "-->".len());
        from = end;
        let (whole_file, rest) = match inside.strip_prefix("-file") {
            Some(rest) => (true, rest),
            None => (false, inside),
        };
        if !rest.is_empty() && !rest.starts_with([' ', '\t', '\n', '\r', ':']) {
            continue;
        }
        let (head, why) = match rest.split_once(':') {
            Some((head, why)) => (head, Some(why.trim()).filter(|w| !w.is_empty()).map(str::to_owned)),
            None => (rest, None),
        };
        let (mut until, mut bad_until, mut codes) = (None, None, Vec::new());
        for word in split_codes(head) {
            match word.strip_prefix("until=") {
                Some(date) => match date.parse() {
                    Ok(date) => until = Some(date),
                    Err(_) => bad_until = Some(date.to_owned()),
                },
                None => codes.push(word),
            }
        }
        let covers = if whole_file { None } else { Some(covered(draft, span)) };
        comments.push(Comment { span, codes, why, until, bad_until, covers });
    }
    comments
}

/// A comment on a line of its own covers the next block; one at the end of a line covers that line.
fn covered(draft: &Draft, span: Span) -> Span {
    let source: &str = &draft.source;
    let start = source[..span.start as usize].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let end = source[span.end as usize..].find(['\n', '\r']).map_or(source.len(), |at| span.end as usize + at);
    let is_alone =
        source[start..span.start as usize].trim().is_empty() && source[span.end as usize..end].trim().is_empty();
    if !is_alone {
        return Span::new(start, end);
    }
    let next = draft.blocks.iter().map(|b| draft.map.to_source(b.span)).filter(|b| b.start >= span.end).min();
    next.unwrap_or(Span { start: span.end, end: span.end })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::decode::Encoding;

    fn comments(source: &str) -> (Draft, Vec<Comment>) {
        let draft = Draft::read("d.md".as_ref(), Format::Markdown, Encoding::Utf8, source.into());
        let found = read(&draft);
        (draft, found)
    }

    #[test]
    fn covers_the_next_block_or_its_line_or_the_file() {
        let source = "<!-- newslint-ignore-file copy: a test -->\n\nFirst.\n\n<!-- newslint-ignore names/spelling, dates until=2026-01-31: as filed -->\n\
                      Second\nblock.\n\nThird line <!-- newslint-ignore figures -->\nfourth line.\n";
        let (draft, found) = comments(source);
        let covered: Vec<_> = found.iter().map(|c| c.covers.map(|s| s.of(&draft.source))).collect();
        assert_eq!(covered, [None, Some("Second\nblock."), Some("Third line <!-- newslint-ignore figures -->")]);
        assert_eq!(found[1].codes, ["names/spelling", "dates"]);
        assert_eq!((found[1].why.as_deref(), found[1].until), (Some("as filed"), Some("2026-01-31".parse().unwrap())));
        assert_eq!(found[2].why, None);
    }

    #[test]
    fn other_comments_are_none_of_ours() {
        assert!(comments("newslint-ignore names\n\n<!-- newslint-ignored x -->\n\n<!-- newslint-ignore").1.is_empty());
        assert_eq!(comments("<!-- newslint-ignore until=soon: x -->").1[0].bad_until.as_deref(), Some("soon"));
    }
}
