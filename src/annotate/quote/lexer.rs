//! Quotation marks: which open, which close, and which stand alone.
//!
//! Paragraph by paragraph: a mark left open dies at the paragraph's end and never swallows the story. Curly marks and
//! guillemets say their direction, and a mark turned the wrong way is repaired; straight marks take it from their place.

use super::mark::{Level, Mark, Pair, Place, Role, Shape};
use super::recovery;
use super::single;
use crate::source::{Block, Draft};
use crate::text::{Span, TokenKind};

struct Candidate {
    span: Span,
    shape: Shape,
    /// Which way the mark itself points.
    points: Option<Role>,
    place: Place,
}

/// Every mark of the draft in text order, and the quotations they make, outer before inner.
pub(super) fn read(draft: &Draft) -> (Vec<Mark>, Vec<Pair>) {
    let mut marks = Vec::new();
    let mut pairs = Vec::new();
    let mut singles = Vec::new();
    for (index, block) in draft.blocks.iter().enumerate() {
        if !super::is_read(block.kind) {
            continue;
        }
        let tokens = draft.block_tokens(block);
        if !tokens.iter().any(|t| matches!(t.kind, TokenKind::Quote)) {
            continue;
        }
        let (first_mark, first_pair) = (marks.len(), pairs.len());
        let candidates = doubles(draft, block);
        pair_doubles(draft, index, &candidates, &mut marks, &mut pairs);
        single::read(draft, index, &marks[first_mark..], &pairs[first_pair..], &mut singles);
    }
    single::vote(draft, singles, &mut marks, &mut pairs);
    marks.sort_by_key(|m| m.span);
    pairs.sort_by_key(|p| (p.outer.start, std::cmp::Reverse(p.outer.end)));
    (marks, pairs)
}

fn shape_of(c: char) -> Option<(Shape, Option<Role>)> {
    Some(match c {
        '"' => (Shape::Straight, None),
        '“' => (Shape::Curly, Some(Role::Open)),
        '„' | '‟' => (Shape::Curly, Some(Role::Open)),
        '”' => (Shape::Curly, Some(Role::Close)),
        '«' => (Shape::Guillemet, Some(Role::Open)),
        '»' => (Shape::Guillemet, Some(Role::Close)),
        _ => return None,
    })
}

/// The double marks of a block; two single ones that touch, as typewriters and TeX have them, are a double one.
fn doubles(draft: &Draft, block: &Block) -> Vec<Candidate> {
    let tokens = draft.block_tokens(block);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        if token.kind != TokenKind::Quote {
            continue;
        }
        let word = draft.word(token);
        let (span, shape, points) = match word.chars().next().and_then(shape_of) {
            Some((shape, points)) => (token.span, shape, points),
            None => match tokens.get(at) {
                Some(next)
                    if next.kind == TokenKind::Quote
                        && token.touches(next)
                        && draft.word(next) == word
                        && matches!(word, "'" | "`") =>
                {
                    at += 1;
                    (token.span.cover(next.span), Shape::Straight, (word == "`").then_some(Role::Open))
                }
                _ => continue,
            },
        };
        if !is_inches(draft, block, span, found.len()) && !is_garbled(draft, span) {
            found.push(Candidate { span, shape, points, place: Place::of(draft, block, span) });
        }
    }
    found
}

/// The last byte of a dash that was read in a wrong encoding: â€”.
fn is_garbled(draft: &Draft, span: Span) -> bool {
    let before = draft.text[..span.start as usize].trim_end();
    before.strip_suffix('€').is_some_and(|rest| rest.trim_end().ends_with('â'))
}

/// 6'2" and, where no quotation is open, 12".
fn is_inches(draft: &Draft, block: &Block, span: Span, marks_before: usize) -> bool {
    let before = &draft.text[block.span.start as usize..span.start as usize];
    let stem = before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '½' | '¼' | '¾'));
    if stem.len() == before.len() || before.ends_with('.') {
        return false;
    }
    let feet = stem.trim_end_matches(['\'', '’', ' ', '′']);
    let has_feet = feet.len() < stem.trim_end_matches(' ').len() && feet.ends_with(|c: char| c.is_ascii_digit());
    has_feet || marks_before.is_multiple_of(2)
}

fn pair_doubles(draft: &Draft, index: usize, candidates: &[Candidate], marks: &mut Vec<Mark>, pairs: &mut Vec<Pair>) {
    let block = &draft.blocks[index];
    let (first, first_pair) = (marks.len(), pairs.len());
    let mut open: Vec<usize> = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        let rest = &candidates[at + 1..];
        let (role, turned) = role_of(draft, index, candidate, rest, marks, &open);
        let mut mark = Mark {
            span: candidate.span,
            level: Level::Double,
            shape: candidate.shape,
            role,
            turned,
            nested_alike: false,
            block: index as u32,
            partner: None,
        };
        if role == Role::Open {
            if let Some(&last) = open.last() {
                let alike = marks[last].shape == mark.shape;
                if alike && !has_partners(rest, open.len() + 1) {
                    let opening = marks[last].span;
                    let attributed = recovery::speech_end(draft, block, opening.end, mark.span.start).is_some();
                    // Speech over several paragraphs whose breaks were lost; a mark forgotten looks the same, unless
                    // “he said” stands between.
                    if after_sentence(draft, block, mark.span) && !attributed {
                        pairs.push(run_on(index, marks[last].span, mark.span));
                    } else {
                        marks[last].role = Role::LoneOpen;
                    }
                    open.pop();
                } else {
                    mark.nested_alike = alike;
                }
            }
            open.push(marks.len());
        } else if let Some(partner) = open.pop() {
            let outer = marks[partner].span.cover(mark.span);
            let inner = Span { start: marks[partner].span.end, end: mark.span.start };
            pairs.push(Pair {
                inner,
                outer,
                level: Level::Double,
                block: index as u32,
                continues: false,
                closed: true,
            });
        } else {
            mark.role = Role::LoneClose;
        }
        marks.push(mark);
    }
    for mark in open {
        marks[mark].role = Role::LoneOpen;
    }
    let speech_before = continues_before(draft, index, pairs);
    recovery::run(draft, index, Level::Double, &mut marks[first..], pairs);
    for pair in pairs[first_pair..].iter_mut().filter(|_| speech_before) {
        pair.continues |= pair.outer.start == block.span.start;
    }
}

/// Whether a sentence ends right before a mark, and another begins right after it.
fn after_sentence(draft: &Draft, block: &Block, mark: Span) -> bool {
    let before = draft.text[block.span.start as usize..mark.start as usize].trim_end();
    let after = draft.text[mark.end as usize..block.span.end as usize].chars().next();
    before.ends_with(['.', '!', '?', '…']) && after.is_some_and(|c| !c.is_lowercase() && !c.is_whitespace())
}

/// The part of a run-on quotation from its opening mark to the next one.
fn run_on(index: usize, open: Span, next: Span) -> Pair {
    Pair {
        inner: Span { start: open.end, end: next.start },
        outer: Span { start: open.start, end: next.start },
        level: Level::Double,
        block: index as u32,
        continues: false,
        closed: false,
    }
}

/// Whether the paragraph before ended inside a quotation.
fn continues_before(draft: &Draft, index: usize, pairs: &[Pair]) -> bool {
    let Some(before) = previous_paragraph(draft, index) else { return false };
    let end = draft.blocks[before].span.end;
    let mut near = pairs.iter().rev().take_while(|p| p.block >= before as u32);
    near.any(|p| p.block == before as u32 && !p.closed && p.level == Level::Double && p.outer.end == end)
}

/// The block of copy before `index`, if it is of the same kind.
pub(super) fn previous_paragraph(draft: &Draft, index: usize) -> Option<usize> {
    let before = index.checked_sub(1)?;
    (draft.blocks[before].kind == draft.blocks[index].kind).then_some(before)
}

/// Which way a mark acts, and whether it points the other way.
fn role_of(
    draft: &Draft,
    index: usize,
    candidate: &Candidate,
    rest: &[Candidate],
    marks: &[Mark],
    open: &[usize],
) -> (Role, bool) {
    let (may_open, may_close) = (candidate.place.may_open(), candidate.place.may_close());
    match candidate.points {
        Some(Role::Open) => {
            // „German“ and »German« close with what opens elsewhere.
            let low = open.last().is_some_and(|&m| matches!(draft.words_at(marks[m].span), "„" | "»"));
            if low && may_close {
                (Role::Close, false)
            } else if may_close && !may_open {
                (Role::Close, true)
            } else {
                (Role::Open, false)
            }
        }
        Some(_) => {
            // ” and ” with spaces on both sides: the first of two opens.
            let adrift = candidate.place.before.is_none_or(char::is_whitespace)
                && candidate.place.after.is_some_and(char::is_whitespace)
                && rest.first().is_some_and(|next| next.points == candidate.points);
            if (may_open && !may_close || adrift) && open.is_empty() {
                (Role::Open, candidate.shape != Shape::Guillemet)
            } else {
                (Role::Close, false)
            }
        }
        None => {
            let block = &draft.blocks[index];
            let new_sentence = after_sentence(draft, block, candidate.span);
            let by_turns = if open.is_empty() { Role::Open } else { Role::Close };
            let role = match (may_open, may_close) {
                // In an even count the marks alternate, whatever the spaces say; not where a new sentence opens.
                (true, false) if !open.is_empty() && rest.len().is_multiple_of(2) && !new_sentence => Role::Close,
                (true, false) => Role::Open,
                (false, true) => Role::Close,
                _ => by_turns,
            };
            (role, false)
        }
    }
}

/// How many marks on the partner of one is looked for.
const REACH: usize = 200;

/// Whether the marks that follow can close `depth` open quotations.
fn has_partners(rest: &[Candidate], depth: usize) -> bool {
    let mut depth = depth;
    for candidate in rest.iter().take(REACH) {
        let closes = match candidate.points {
            Some(Role::Open) => candidate.place.may_close() && !candidate.place.may_open(),
            Some(_) => true,
            None => candidate.place.may_close(),
        };
        if !closes {
            depth += 1;
        } else if depth > 0 {
            depth -= 1;
            if depth == 0 {
                return true;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::quote::read as read_quotes;

    fn quotes(text: &str) -> Vec<String> {
        let draft = Draft::from_text(text);
        read_quotes(&draft).quotes.iter().map(|q| draft.words_at(q.span).to_owned()).collect()
    }

    fn lone(text: &str) -> Vec<(u32, Role)> {
        let draft = Draft::from_text(text);
        read_quotes(&draft).marks.iter().filter(|m| m.is_lone()).map(|m| (m.span.start, m.role)).collect()
    }

    #[test]
    fn curly_straight_and_angled() {
        for (open, close) in [("“", "”"), ("\"", "\""), ("«", "»"), ("„", "“"), ("''", "''"), ("``", "''")] {
            let text = format!("The mayor said, {open}We will rebuild the pier,{close} and left.");
            assert_eq!(quotes(&text), ["We will rebuild the pier,"], "{text}");
            assert!(lone(&text).is_empty(), "{text}");
        }
    }

    #[test]
    fn feet_and_inches_are_no_marks() {
        assert!(quotes("The 6'2\" guard and a 12\" pipe fell.").is_empty());
        assert_eq!(quotes("\"He is 6'2\" tall,\" she said."), ["He is 6'2\" tall,"]);
    }

    #[test]
    fn a_missing_mark_costs_its_own_quotation() {
        let run_on = "“We lost the match. “They won it,” he said.";
        assert_eq!(quotes(run_on).len(), 2);
        assert!(lone(run_on).is_empty());
        let text = "“We lost the match, Poe said. “They won it,” he said.";
        assert_eq!(lone(text), [(0, Role::LoneOpen)]);
        assert!(quotes(text).contains(&"They won it,".to_owned()));
        assert_eq!(lone("We lost the match,” he said."), [(18, Role::LoneClose)]);
    }

    #[test]
    fn a_turned_mark_is_repaired() {
        let draft = Draft::from_text("“We lost the match,“ he said. “They won.”");
        let reading = read_quotes(&draft);
        assert_eq!(reading.quotes.len(), 2);
        assert_eq!(reading.marks.iter().filter(|m| m.turned).count(), 1);
    }

    #[test]
    fn speech_over_paragraphs_is_no_error() {
        let text = "“We came early, he said. “We stayed.\n\n“Then we left for the coast and nobody came.” He laughed.";
        let text = text.replace("early, he said. “We stayed.", "early and we stayed.");
        let draft = Draft::from_text(&text);
        let reading = read_quotes(&draft);
        assert_eq!(reading.quotes.len(), 2);
        assert!(!reading.quotes[0].closed && reading.quotes[1].continues);
        assert!(lone(&text).is_empty());
    }

    #[test]
    fn quotations_inside_quotations() {
        let draft = Draft::from_text("“He told me, ‘Go home now,’ and I went,” she said.");
        let reading = read_quotes(&draft);
        assert_eq!(reading.quotes.len(), 2);
        assert_eq!(reading.quotes[1].parent, Some(0));
        assert_eq!(draft.words_at(reading.quotes[1].span), "Go home now,");
        let alike = Draft::from_text("“He told me “no” and I went,” she said.");
        assert_eq!(read_quotes(&alike).marks.iter().filter(|m| m.nested_alike).count(), 1);
    }
}
