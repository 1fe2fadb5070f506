//! What a quotation is by its looks: speech whole or in part, the title of a work, a term, a word held at arm's length.

use super::QuoteKind;
use super::mark::Pair;
use crate::source::{Block, BlockKind, Draft};
use crate::text::{Lex, Token, TokenKind};

/// Words before a quotation that make it a term or a name.
const TERM_LEADS: [&str; 21] = [
    "so-called",
    "called",
    "word",
    "words",
    "term",
    "phrase",
    "phrases",
    "terms",
    "dubbed",
    "nicknamed",
    "named",
    "titled",
    "entitled",
    "known",
    "meaning",
    "means",
    "slogan",
    "motto",
    "labeled",
    "labelled",
    "codenamed",
];

/// Nouns before a quotation that make it the title of a work.
const WORK_LEADS: [&str; 30] = [
    "film",
    "movie",
    "song",
    "album",
    "single",
    "book",
    "novel",
    "memoir",
    "play",
    "musical",
    "opera",
    "poem",
    "documentary",
    "series",
    "show",
    "episode",
    "sitcom",
    "drama",
    "comedy",
    "thriller",
    "painting",
    "essay",
    "exhibition",
    "ballet",
    "track",
    "hit",
    "video",
    "game",
    "program",
    "programme",
];

/// Whether a token is one of a quotation's words.
pub(super) fn counts(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Word | TokenKind::Number)
}

pub(super) fn of(draft: &Draft, block: &Block, pair: &Pair, words: u32) -> QuoteKind {
    let inside = draft.tokens_in(pair.inner);
    let before = draft.block_tokens(block);
    let before = &before[..before.partition_point(|t| t.span.end <= pair.outer.start)];
    let lead = before.iter().rev().find(|t| t.is_word()).filter(|t| {
        draft.text[t.span.end as usize..pair.outer.start as usize].trim_matches([' ', ',', '-', ':']).is_empty()
    });
    let lead_word = lead.map_or("", |t| draft.lower(t));
    let ends_in = draft.words_at(pair.inner).trim_end().chars().next_back();
    let final_stop = matches!(ends_in, Some('.' | '!' | '?' | '…' | '—' | '–'));
    let final_comma = ends_in == Some(',');
    let after = draft.text[pair.outer.end as usize..block.span.end as usize].chars().next();
    let capital = inside.iter().find(|t| counts(t)).is_some_and(|t| t.is_capital() || t.kind == TokenKind::Number);
    let so_called = lead_word == "called" && before.len() >= 3 && draft.lower(&before[before.len() - 2]) == "-";
    let title_case = is_title_case(inside);
    // She told “Good Morning Salem” that …: a broadcast, or a paper.
    let outlet = title_case && words <= 5 && !final_stop && !final_comma && matches!(lead_word, "told" | "tells");
    if outlet && after == Some(' ') {
        return QuoteKind::Term;
    }
    if title_case && !matches!(block.kind, BlockKind::Headline | BlockKind::Standfirst) {
        let work = WORK_LEADS.contains(&lead_word);
        if work || words >= 4 || words >= 2 && !final_stop && !final_comma {
            return QuoteKind::Title;
        }
    }
    if words <= 4 && (so_called || TERM_LEADS.contains(&lead_word) && !final_comma) && !(capital && final_stop) {
        return QuoteKind::Term;
    }
    // “The plan is known as “the long road to nowhere””: a name, however long.
    let known = before.iter().rev().filter(|t| t.is_word()).nth(1).is_some_and(|t| draft.lower(t) == "known");
    if lead_word == "as" && known && !capital {
        return QuoteKind::Term;
    }
    let lead_in = before.last().is_some_and(|t| matches!(draft.word(t), ":" | ","));
    let tag_after = final_comma || after == Some(',');
    let whole = final_stop || tag_after || !pair.closed || pair.continues;
    if capital && (whole || lead_in) && (words >= 2 || lead_in || tag_after || before.is_empty()) {
        return QuoteKind::Direct;
    }
    if words >= 5 && final_stop && pair.inner.start == block.span.start + 1 {
        return QuoteKind::Direct;
    }
    if words >= 4 || words >= 2 && lead_in { QuoteKind::Partial } else { QuoteKind::Scare }
}

/// Whether every word but the small ones has a capital, and there is one.
fn is_title_case(tokens: &[Token]) -> bool {
    let mut long = 0;
    for token in tokens.iter().filter(|t| t.is_word()) {
        if token.is_capital() {
            long += usize::from(token.span.len() > 1);
        } else if !token.lex.is(Lex::FUNCTION) {
            return false;
        }
    }
    let lower = tokens.iter().filter(|t| t.is_word() && !t.is_capital()).count();
    long >= 2 && long > lower || long == 1 && lower == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::quote::read;

    #[test]
    fn kinds() {
        for (text, kind) in [
            ("“We will rebuild the pier,” she said.", QuoteKind::Direct),
            ("She called it “a great shame for all of us” on Monday.", QuoteKind::Partial),
            ("It was a “shame” for the town.", QuoteKind::Scare),
            ("He wrote “The Last of the Harbor Pilots” in 1990.", QuoteKind::Title),
            ("The so-called “harbor tax” was dropped.", QuoteKind::Term),
            ("“No,” she said.", QuoteKind::Direct),
            ("She told “Good Morning Salem” that it was late.", QuoteKind::Term),
        ] {
            let draft = Draft::from_text(text);
            assert_eq!(read(&draft).quotes[0].kind, kind, "{text}");
        }
    }
}
