//! The labels of transcripts and interviews: `POE: Good evening.`, `Q: And then?`

use crate::source::{Block, BlockKind, Draft};
use crate::text::{Case, Lex, Span, Token, TokenKind};

/// Words a label may have before its colon.
const LONGEST: usize = 4;

/// The speaker's label at the head of a block, without its colon. Only a label in capitals, or Q and A, is one for sure;
/// a name in ordinary letters is one where the words after the colon have no quotation marks.
pub fn transcript_label(draft: &Draft, block: &Block) -> Option<Span> {
    if !matches!(block.kind, BlockKind::Body | BlockKind::List) {
        return None;
    }
    let tokens = draft.block_tokens(block);
    let colon = tokens.iter().take(LONGEST + 1).position(|t| draft.word(t) == ":")?;
    let label = &tokens[..colon];
    let after = tokens.get(colon + 1)?;
    if label.is_empty() || tokens[colon].touches(after) || after.kind == TokenKind::Quote {
        return None;
    }
    let words = || label.iter().filter(|t| t.is_word());
    if words().next().is_none() || !label.iter().all(|t| t.is_word() || draft.word(t) == "-") {
        return None;
    }
    let upper = |t: &Token| t.case == Case::Upper || t.span.len() <= 2 && t.is_capital();
    let question = label.len() == 1 && matches!(draft.lower(&label[0]), "q" | "a" | "q." | "a.");
    let shouted = words().all(upper) && words().any(|t| t.span.len() > 2);
    let name =
        label.len() == 2 && words().all(|t| t.is_capital() && !t.lex.is(Lex::FUNCTION)) && label[0].lex.is(Lex::GIVEN);
    (question || shouted || name).then(|| label[0].span.cover(label[colon - 1].span))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str) -> Option<String> {
        let draft = Draft::from_text(text);
        transcript_label(&draft, &draft.blocks[0]).map(|s| draft.words_at(s).to_owned())
    }

    #[test]
    fn labels() {
        assert_eq!(label("POE: Good evening to you all.").as_deref(), Some("POE"));
        assert_eq!(label("Q: And what did he do then?").as_deref(), Some("Q"));
        assert_eq!(label("Susan Poe: I never saw it.").as_deref(), Some("Susan Poe"));
        assert_eq!(label("The result: nobody came to the match."), None);
        assert_eq!(label("He said: “We won.”"), None);
    }
}
