//! Sentences that tell of an office that changes hands, or of another time: in these, two titles of one person may both be right.

use crate::annotate::{Person, person};
use crate::source::Draft;
use crate::text::{Lex, Span, TokenKind};

/// Words that set a sentence in the past.
const PAST: [&str; 11] =
    ["ago", "then", "earlier", "previously", "formerly", "during", "decade", "decades", "era", "tenure", "until"];

/// Whether the sentence around `at` tells of an office that changes hands.
pub(in crate::checks) fn changes_hands(draft: &Draft, at: u32) -> bool {
    let sentence = &draft.sentences[draft.sentence_at(at)];
    draft.sentence_tokens(sentence).iter().any(|t| person::is_change_of_office(draft.lower(t)))
}

/// Whether a sentence that names the person tells of an office that changes hands.
pub(in crate::checks) fn changes_around(draft: &Draft, person: &Person) -> bool {
    let mut last = u32::MAX;
    person.mentions.iter().any(|mention| {
        let again = std::mem::replace(&mut last, mention.sentence) == mention.sentence;
        !again && changes_hands(draft, mention.span.start)
    })
}

/// Whether the sentence of a title tells of another time than its story's.
pub(in crate::checks) fn is_of_the_past(draft: &Draft, title: Span) -> bool {
    let sentence = &draft.sentences[draft.sentence_at(title.start)];
    draft.sentence_tokens(sentence).iter().any(|t| {
        // A year counts before the title: what follows may be the year of anything.
        let year = t.kind == TokenKind::Number
            && t.span.start < title.start
            && t.span.len() == 4
            && matches!(draft.text.as_bytes()[t.span.start as usize], b'1' | b'2');
        year || t.lex.is(Lex::FUNCTION | Lex::COMMON) && PAST.contains(&draft.lower(t))
    })
}

/// How many words behind a title its verb may stand.
const CLAUSE: usize = 6;

/// Whether the verb behind a title tells of what is to come: “by March Mayor Quist will have a budget”.
pub(super) fn is_of_the_future(draft: &Draft, title: Span) -> bool {
    let from = draft.token_at(title.end);
    let own = draft.tokens.get(from).map(|t| t.sentence);
    let clause = draft.tokens[from..].iter().take(CLAUSE).take_while(|t| Some(t.sentence) == own);
    let mut clause = clause.take_while(|t| !t.lex.is(Lex::SPEECH_VERB));
    clause.any(|t| matches!(draft.lower(t), "will" | "would" | "’ll" | "'ll"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_change_and_of_the_past() {
        let draft = Draft::from_text(
            "Mayor Ana Quist stepped down. The mayor waved.\n\nIn 2019 Mayor Quist ran. Mayor Quist ran in 2019.",
        );
        assert!(changes_hands(&draft, 0) && !changes_hands(&draft, 32));
        let titles: Vec<Span> =
            draft.text.match_indices("Mayor Quist").map(|(at, _)| Span::new(at, at + "Mayor".len())).collect();
        assert!(is_of_the_past(&draft, titles[0]) && !is_of_the_past(&draft, titles[1]));
    }
}
