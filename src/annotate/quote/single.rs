//! Single marks: quotations inside others and in headlines, the main marks of British copy, and apostrophes, which are none.

use std::cell::OnceCell;

use super::lexer::previous_paragraph;
use super::mark::{Level, Mark, Pair, Place, Role, Shape};
use super::{kind, recovery};
use crate::source::{BlockKind, Draft};
use crate::text::{Span, Token, TokenKind};

/// Words that begin with an apostrophe for a part left out.
const ELISIONS: [&str; 19] = [
    "em", "til", "till", "tis", "twas", "twere", "cause", "cos", "bout", "round", "n", "nuff", "neath", "tude", "kay",
    "sup", "scuse", "zat", "im",
];

/// The single marks of one block that may be quotations.
pub(super) struct Singles {
    block: u32,
    marks: Vec<Mark>,
    pairs: Vec<Pair>,
}

/// Pairs the single marks of a block. `doubles` and `pairs` are the block's double marks and what they hold.
pub(super) fn read(draft: &Draft, index: usize, doubles: &[Mark], pairs: &[Pair], found: &mut Vec<Singles>) {
    let block = &draft.blocks[index];
    let tokens = draft.block_tokens(block);
    let mut singles = Singles { block: index as u32, marks: Vec::new(), pairs: Vec::new() };
    let mark = |token: &Token, role: Role| Mark {
        span: token.span,
        level: Level::Single,
        shape: if matches!(draft.word(token), "'" | "`") { Shape::Straight } else { Shape::Curly },
        role,
        turned: false,
        nested_alike: false,
        block: index as u32,
        partner: None,
    };
    let is_double = |span: Span| {
        let next = doubles.partition_point(|m| m.span.end < span.end);
        doubles.get(next).is_some_and(|m| m.span.contains(span))
    };
    let homes: OnceCell<Vec<Option<usize>>> = OnceCell::new();
    let homes = || homes.get_or_init(|| homes_of(tokens, pairs)).as_slice();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        if token.kind != TokenKind::Quote || is_double(token.span) || !opens(draft, index, tokens, at - 1) {
            continue;
        }
        // Inside a double quotation the partner must be inside it too; outside, not in one that begins later.
        let home = homes()[at - 1];
        let limit = home.map_or(block.span.end, |h| pairs[h].inner.end);
        match closer(draft, index, tokens, at, limit, homes()) {
            Some(close) => {
                let (open_mark, close_mark) = (mark(token, Role::Open), mark(&tokens[close], Role::Close));
                singles.pairs.push(Pair {
                    inner: Span { start: open_mark.span.end, end: close_mark.span.start },
                    outer: open_mark.span.cover(close_mark.span),
                    level: Level::Single,
                    block: index as u32,
                    continues: false,
                    closed: true,
                });
                singles.marks.extend([open_mark, close_mark]);
                // A quotation of British copy may hold another in double marks, which has singles of its own.
                let inner_double = homes()[at..close].iter().any(|h| *h != home);
                if !inner_double {
                    at = close + 1;
                }
            }
            None => singles.marks.push(mark(token, Role::LoneOpen)),
        }
    }
    if !singles.marks.is_empty() {
        found.push(singles);
    }
}

/// For each token the innermost of `pairs` that holds it.
fn homes_of(tokens: &[Token], pairs: &[Pair]) -> Vec<Option<usize>> {
    let mut starting: Vec<usize> = (0..pairs.len()).collect();
    starting.sort_by_key(|&p| (pairs[p].inner.start, std::cmp::Reverse(pairs[p].inner.end)));
    let mut starting = starting.into_iter().peekable();
    let mut open: Vec<usize> = Vec::new();
    let home = |token: &Token| {
        while let Some(pair) = starting.next_if(|&p| pairs[p].inner.start <= token.span.start) {
            open.push(pair);
        }
        while open.last().is_some_and(|&p| pairs[p].inner.end < token.span.end) {
            open.pop();
        }
        open.last().copied()
    };
    tokens.iter().map(home).collect()
}

fn opens(draft: &Draft, index: usize, tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    if !matches!(draft.word(token), "'" | "‘" | "`") {
        return false;
    }
    let place = Place::of(draft, &draft.blocks[index], token.span);
    if !place.may_open() || place.before == Some('\'') {
        return false;
    }
    let Some(next) = tokens.get(at + 1).filter(|n| token.touches(n)) else { return false };
    // ’em, ’til, ’90s
    !(ELISIONS.contains(&draft.lower(next)) || next.kind == TokenKind::Number && next.span.len() == 2)
}

/// Tokens among which the mark that closes a quotation is looked for: nobody speaks longer in one paragraph.
const REACH: usize = 2_000;

/// The index of the token that closes a quotation whose words begin at token `from`. `homes` has for each token the double quotation
/// that it is in.
fn closer(
    draft: &Draft,
    index: usize,
    tokens: &[Token],
    from: usize,
    limit: u32,
    homes: &[Option<usize>],
) -> Option<usize> {
    let block = &draft.blocks[index];
    let mut possessive = None;
    for at in (from + 1..tokens.len()).take(REACH) {
        let token = &tokens[at];
        if token.span.start >= limit {
            break;
        }
        let word = draft.word(token);
        if homes[at] != homes[from - 1] {
            continue;
        }
        match token.kind {
            TokenKind::Clitic if matches!(word, "'" | "’") && possessive.is_none() => possessive = Some(at),
            TokenKind::Quote if matches!(word, "'" | "’") => {
                let place = Place::of(draft, block, token.span);
                let feet =
                    place.before.is_some_and(|c| c.is_ascii_digit()) && place.after.is_some_and(|c| c.is_ascii_digit());
                let dropped_g = draft.lower(&tokens[at - 1]).ends_with("in") && tokens[at - 1].lex.is_unknown();
                if place.may_close() && !feet && !dropped_g {
                    return Some(at);
                }
            }
            TokenKind::Quote if word == "‘" && opens(draft, index, tokens, at) => break,
            _ => {}
        }
    }
    possessive
}

/// Decides by the whole draft whether single marks are its main ones, and adds its single marks and quotations.
///
/// Pairs count wherever they stand; a mark with no partner counts where single marks are the main ones, and inside double ones, where
/// nothing but speech can begin.
pub(super) fn vote(draft: &Draft, found: Vec<Singles>, marks: &mut Vec<Mark>, pairs: &mut Vec<Pair>) {
    let long = |p: &Pair| draft.tokens_in(p.inner).iter().filter(|t| kind::counts(t)).count() >= 4;
    let in_body = |p: &&Pair| draft.blocks[p.block as usize].kind == BlockKind::Body;
    let double = pairs.iter().filter(in_body).filter(|p| long(p)).count();
    let single = found.iter().flat_map(|s| &s.pairs).filter(in_body).filter(|p| long(p));
    // Block by block, as they were found.
    let doubles: Vec<(u32, Span)> = pairs.iter().map(|p| (p.block, p.inner)).collect();
    let in_double = |block: u32, span: Span| {
        let first = doubles.partition_point(|d| d.0 < block);
        doubles[first..].iter().take_while(|d| d.0 == block).any(|d| d.1.contains(span))
    };
    let primary = single.filter(|s| !in_double(s.block, s.outer)).count() > double;
    let mut open_before: Option<u32> = None;
    for mut singles in found {
        let is_inside = |m: &Mark| in_double(m.block, m.span);
        if primary {
            singles.marks.retain(|m| !m.is_lone() || !is_inside(m));
            recovery::run(draft, singles.block as usize, Level::Single, &mut singles.marks, &mut singles.pairs);
            let before = previous_paragraph(draft, singles.block as usize).map(|b| b as u32);
            let start = draft.blocks[singles.block as usize].span.start;
            if before.is_some() && before == open_before {
                for pair in &mut singles.pairs {
                    pair.continues = pair.outer.start == start;
                }
            }
            open_before = singles.pairs.iter().any(|p| !p.closed).then_some(singles.block);
        }
        // A straight mark alone is an apostrophe as likely as not, but for one where speech begins.
        singles.marks.retain(|m| {
            let begins = || begins_speech(draft, m);
            !m.is_lone() || if primary { m.shape == Shape::Curly || begins() } else { is_inside(m) && begins() }
        });
        marks.append(&mut singles.marks);
        pairs.append(&mut singles.pairs);
    }
}

/// Whether a mark stands at the start of its paragraph, or after a comma or colon, and a word with a capital follows.
fn begins_speech(draft: &Draft, mark: &Mark) -> bool {
    let block = &draft.blocks[mark.block as usize];
    let before = draft.text[block.span.start as usize..mark.span.start as usize].trim_end();
    let next = draft.tokens.get(draft.token_at(mark.span.end));
    let capital = next.is_some_and(|t| t.is_word() && t.is_capital() && t.span.start == mark.span.end);
    capital && (before.is_empty() || before.ends_with([',', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::quote::read as read_quotes;

    fn quotes(text: &str) -> Vec<String> {
        let draft = Draft::from_text(text);
        read_quotes(&draft).quotes.iter().map(|q| draft.words_at(q.span).to_owned()).collect()
    }

    #[test]
    fn apostrophes_open_nothing() {
        for text in [
            "The ’90s were the readers’ years, and don’t tell ’em.",
            "Rock 'n' roll came 'round the boys' club in the '60s.",
            "The Joneses' dog and the cats' home.",
        ] {
            assert!(quotes(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn british_copy() {
        let text = "‘We shan’t be going there,’ said Mrs Poe. ‘The readers’ letters called it “a great shame”.’";
        assert_eq!(
            quotes(text),
            ["We shan’t be going there,", "The readers’ letters called it “a great shame”.", "a great shame"]
        );
    }

    #[test]
    fn speech_of_british_copy_over_paragraphs() {
        let text = "He said: ‘We came early and we stayed.\n\n‘Then we left for the coast.’ She laughed at this.";
        let draft = Draft::from_text(text);
        let reading = read_quotes(&draft);
        assert_eq!(reading.quotes.len(), 2, "{:?}", reading.quotes);
        assert!(!reading.quotes[0].closed && reading.quotes[1].continues);
        assert!(!reading.marks.iter().any(Mark::is_lone));
    }

    #[test]
    fn a_straight_mark_where_speech_begins_is_no_apostrophe() {
        let lone = |text: &str| read_quotes(&Draft::from_text(text)).marks.iter().filter(|m| m.is_lone()).count();
        let before = "'We have waited nine years for this,' said Mrs Poe. 'It is brown, and it is ours,' she said.\n\n";
        assert_eq!(lone(&format!("{before}'We will mend it by May, said Mr Quill.")), 1);
        assert_eq!(lone(&format!("{before}'Tis the season, and the readers' letters came in the '60s.")), 0);
        assert_eq!(lone("“He said, ‘I will be there by noon,” she recalled."), 1);
        assert_eq!(lone("“The boys’ club, ‘em all, was ‘bout to close,” she recalled."), 0);
    }

    #[test]
    fn headlines() {
        assert_eq!(quotes("Mayor: ‘We will rebuild the pier’\n\nA story follows here."), ["We will rebuild the pier"]);
    }
}
