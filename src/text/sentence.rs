//! Where sentences end.

use std::ops::Range;

use super::token::{Abbreviation, abbreviation};
use super::{Lex, Span, Token, TokenKind};

#[derive(Clone, Debug)]
pub struct Sentence {
    pub span: Span,
    /// Its tokens in [`Draft::tokens`](crate::source::Draft::tokens).
    pub tokens: Range<u32>,
    pub block: u32,
}

/// Appends the sentences of one block to `sentences` and writes each token's sentence into it. `range` are the
/// block's tokens, and `ends` those of them that may end a sentence, as the tokenizer found them.
pub fn split(
    text: &str,
    lower: &str,
    tokens: &mut [Token],
    range: Range<usize>,
    ends: &[u32],
    block: u32,
    sentences: &mut Vec<Sentence>,
) {
    let mut start = range.start;
    let mut close = |tokens: &mut [Token], end: usize| {
        let index = sentences.len() as u32;
        for token in &mut tokens[start..end] {
            token.sentence = index;
        }
        let span = tokens[start].span.cover(tokens[end - 1].span);
        sentences.push(Sentence { span, tokens: start as u32..end as u32, block });
        start = end;
    };
    let mut next = range.start;
    for &at in ends {
        // Stops among the closing marks of a sentence belong to it.
        if at as usize >= next
            && let Some(end) = end_after(text, lower, tokens, at as usize, range.end)
        {
            close(tokens, end);
            next = end;
        }
    }
    if next < range.end {
        close(tokens, range.end);
    }
}

/// If a sentence ends at token `at`, the index after its last token (closing marks included).
fn end_after(text: &str, lower: &str, tokens: &[Token], at: usize, end: usize) -> Option<usize> {
    let token = &tokens[at];
    let kind = match token.kind {
        TokenKind::Stop => None,
        TokenKind::Word => Some(abbreviation(token.span.of(lower))?),
        _ => return None,
    };
    let mut next = at + 1;
    let mut closed = false;
    while next < end && tokens[next - 1].touches(&tokens[next]) && is_closing(text, &tokens[next]) {
        closed |= tokens[next].kind == TokenKind::Quote;
        next += 1;
    }
    let Some(follower) = tokens.get(next).filter(|_| next < end) else {
        return kind.is_none().then_some(next);
    };
    if tokens[next - 1].touches(follower) {
        return None;
    }
    // Past an opening mark to the word that would start the sentence.
    let mut first = next;
    while first + 1 < end && matches!(tokens[first].kind, TokenKind::Quote) {
        first += 1;
    }
    let starter = &tokens[first];
    let can_start = starter.is_capital() || starter.kind == TokenKind::Number || starter.kind == TokenKind::Mark;
    if !can_start || (starter.kind == TokenKind::Mark && !matches!(starter.span.of(text), "[" | "(" | "$" | "£" | "€"))
    {
        return None;
    }
    match kind {
        // “Plan B. The …”, “he and I. They …”: no name goes on with such a word.
        Some(Abbreviation::Leads) => {
            let single = token.span.len() == 2;
            let goes_on =
                !starter.lex.is(Lex::FUNCTION) || starter.lex.is(Lex::GIVEN | Lex::COMMON_SURNAME | Lex::MONTH);
            (single && !goes_on && first == next).then_some(next)
        }
        Some(Abbreviation::MayEnd) => {
            (starter.lex.is(Lex::FUNCTION) && starter.span.of(text) != "I" || first > next).then_some(next)
        }
        // “Why?” Smith asked: the sentence goes on if the next few words are a name and a verb of saying.
        None if closed && token.span.of(text) != "." && first == next && reports_speech(tokens, next, end) => None,
        // An ellipsis in mid-sentence before a name or I.
        None if token.span.of(text) == "…" || token.span.len() > 1 && token.span.of(text).starts_with("..") => {
            starter.lex.is(Lex::FUNCTION).then_some(next)
        }
        None => Some(next),
    }
}

fn is_closing(text: &str, token: &Token) -> bool {
    match token.kind {
        TokenKind::Quote => !matches!(token.span.of(text), "“" | "‘" | "«" | "„"),
        TokenKind::Stop => true,
        TokenKind::Mark => matches!(token.span.of(text), ")" | "]"),
        _ => false,
    }
}

fn reports_speech(tokens: &[Token], from: usize, end: usize) -> bool {
    tokens[from..end]
        .iter()
        .take(5)
        .take_while(|t| t.kind == TokenKind::Word)
        .any(|t| t.lex.is(Lex::SPEECH_VERB) && !t.is_capital())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::lower_in_place;
    use crate::text::token::tokenize;

    fn sentences(text: &str) -> Vec<&str> {
        let lower = lower_in_place(text);
        let (mut tokens, mut ends) = (Vec::new(), Vec::new());
        tokenize(text, &lower, Span::new(0, text.len()), 0, &mut tokens, &mut ends);
        let mut out = Vec::new();
        let range = 0..tokens.len();
        split(text, &lower, &mut tokens, range, &ends, 0, &mut out);
        out.iter().map(|s| s.span.of(text)).collect()
    }

    #[test]
    fn abbreviations_and_decimals_do_not_end_a_sentence() {
        for text in [
            "Mr. Hall met Gen. J. R. Poe in the U.S. Senate.",
            "Prices rose 2.5 percent at No. 10 in a week.",
            "The firm, Acme Inc., sold it to St. Mary’s.",
            "Lt. Col. J.R. Poe, R-Ind., came at 5 p.m. Monday vs. the Rovers.",
            "Dr. Jane Poe, Ph.D., of Washington, D.C., said so on Jan. 5.",
            "Sgt. 1st Class Will Poe waited … for Messrs. Hall and Marsh.",
        ] {
            assert_eq!(sentences(text), [text]);
        }
    }

    #[test]
    fn ends() {
        assert_eq!(sentences("It left the U.S. The rest stayed."), ["It left the U.S.", "The rest stayed."]);
        assert_eq!(sentences("“We won.” The crowd roared."), ["“We won.”", "The crowd roared."]);
        assert_eq!(sentences("He came at 8 p.m. She left."), ["He came at 8 p.m.", "She left."]);
        assert_eq!(sentences("No stop at the end"), ["No stop at the end"]);
        assert_eq!(sentences("They chose Plan B. The mayor left."), ["They chose Plan B.", "The mayor left."]);
        assert_eq!(sentences("Really?! He left… Then she did."), ["Really?!", "He left…", "Then she did."]);
        assert_eq!(sentences("(He left.) She stayed."), ["(He left.)", "She stayed."]);
        assert_eq!(sentences("He said no. Then he left."), ["He said no.", "Then he left."]);
        assert_eq!(sentences("She won. 12 others lost."), ["She won.", "12 others lost."]);
    }

    #[test]
    fn speech_goes_on_after_a_question() {
        assert_eq!(sentences("“Why?!” Jane Poe asked."), ["“Why?!” Jane Poe asked."]);
        assert_eq!(sentences("“Why?” he asked."), ["“Why?” he asked."]);
    }
}
