//! Tokens as the readers of names look at them.

use crate::source::{BlockKind, Draft};
use crate::text::fold::is_hyphen;
use crate::text::{Case, Lex, Span, Token, TokenKind};

use super::offices::{LONGEST, Offices};

#[derive(Clone, Copy)]
pub struct View<'a> {
    pub draft: &'a Draft,
    pub offices: &'static Offices,
}

impl<'a> View<'a> {
    pub fn new(draft: &'a Draft) -> View<'a> {
        View { draft, offices: Offices::get() }
    }

    pub fn token(&self, at: usize) -> Option<&'a Token> {
        self.draft.tokens.get(at)
    }

    /// The token at `at` if it stands in `block`.
    pub fn in_block(&self, at: usize, block: u32) -> Option<&'a Token> {
        self.draft.tokens.get(at).filter(|t| t.block == block)
    }

    /// The word at `at` in lower case, without its full stop; empty for anything that is no word.
    pub fn word(&self, at: usize) -> &'a str {
        match self.draft.tokens.get(at) {
            Some(t) if t.kind == TokenKind::Word => {
                let word = t.span.of(&self.draft.lower);
                if word.as_bytes().last() == Some(&b'.') { word.trim_end_matches('.') } else { word }
            }
            _ => "",
        }
    }

    pub fn text(&self, at: usize) -> &'a str {
        self.draft.tokens.get(at).map_or("", |t| t.span.of(&self.draft.text))
    }

    pub fn is_mark(&self, at: usize, mark: &str) -> bool {
        self.text(at) == mark
    }

    pub fn span(&self, first: usize, end: usize) -> Span {
        self.draft.tokens[first].span.cover(self.draft.tokens[end - 1].span)
    }

    /// Whether `at` is a hyphen that touches words on both sides.
    pub fn is_joint(&self, at: usize) -> bool {
        let Some([before, hyphen, after]) = at.checked_sub(1).and_then(|b| self.draft.tokens.get(b..b + 3)) else {
            return false;
        };
        hyphen.kind == TokenKind::Mark
            && self.text(at).chars().next().is_some_and(is_hyphen)
            && before.touches(hyphen)
            && hyphen.touches(after)
            && after.kind == TokenKind::Word
    }

    /// Whether `at` is the first word of its sentence, or stands right after a mark that may start one.
    pub fn starts(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|b| &self.draft.tokens[b]) else { return true };
        let token = &self.draft.tokens[at];
        before.sentence != token.sentence
            || before.block != token.block
            || matches!(before.kind, TokenKind::Quote | TokenKind::Stop)
            || matches!(before.span.of(&self.draft.text), ":" | "•" | "*" | "—" | "–" | "-" | "(" | "[" | ";")
    }

    /// The title whose phrase ends with the token before `end`, and where it starts. Hyphens inside count for nothing.
    pub fn title_before(&self, end: usize, block: u32) -> Option<(u16, usize)> {
        let last = end.checked_sub(1)?;
        let token = self.in_block(last, block)?;
        if !self.offices.may_end(token, || self.word(last)) {
            return None;
        }
        let mut starts = [last; LONGEST];
        let mut count = 1;
        let mut at = last;
        while count < LONGEST {
            let Some(mut before) = at.checked_sub(1) else { break };
            if self.is_joint(before) {
                before -= 1;
            }
            if self.in_block(before, block).is_none_or(|t| t.kind != TokenKind::Word) {
                break;
            }
            starts[count] = before;
            count += 1;
            at = before;
        }
        let mut phrase = String::with_capacity(48);
        starts[..count].iter().rev().find_map(|&start| {
            phrase.clear();
            for word in (start..=last).map(|i| self.word(i)).filter(|w| !w.is_empty()) {
                if !phrase.is_empty() {
                    phrase.push(' ');
                }
                phrase.extend(word.chars().filter(|&c| c != '.'));
            }
            self.offices.find(&phrase).map(|index| (index, start))
        })
    }

    /// Whether a verb of saying stands at `at`.
    pub fn is_cue(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| t.case == Case::Lower && t.lex.is(Lex::SPEECH_VERB))
    }

    /// Blocks whose words begin with capitals by custom, so that a capital says nothing. A block in capitals is one too.
    pub fn is_title_case(&self, block: usize) -> bool {
        let block = &self.draft.blocks[block];
        let words = self.draft.block_tokens(block).iter().filter(|t| t.is_word() && t.span.len() > 3);
        let (mut capital, mut upper, mut all) = (0, 0, 0);
        for token in words {
            all += 1;
            capital += usize::from(token.is_capital());
            upper += usize::from(token.case == Case::Upper);
        }
        let display = matches!(block.kind, BlockKind::Headline | BlockKind::Heading | BlockKind::Standfirst);
        upper * 10 > all * 6 || (display || all < 16) && all > 2 && capital * 10 > all * 7
    }
}
