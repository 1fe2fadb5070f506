//! What a writing assistant leaves behind when its whole answer is pasted: offers, refusals and notes on itself.

use std::sync::LazyLock;

use super::{Context, shorten};
use crate::checks::in_marks;
use crate::diagnostic::Finding;
use crate::source::BlockKind;
use crate::text::WordFilter;

/// Beginnings of sentences that only an assistant writes, in lower case with straight apostrophes.
const SURE: &[&str] = &[
    "as an ai language model",
    "as an ai model",
    "as an ai assistant",
    "as an ai, i",
    "as a large language model",
    "i am an ai language model",
    "i'm an ai language model",
    "i hope this helps! let me know",
    "i hope this helps. let me know",
    "let me know if you would like any changes",
    "let me know if you'd like any changes",
    "let me know if you want any changes",
    "let me know if you would like me to",
    "let me know if you'd like me to",
    "let me know if you want me to",
    "let me know if you need any further",
    "let me know if you need any adjustments",
    "let me know if you need any more changes",
    "let me know if there is anything else you'd like",
    "would you like me to",
    "do you want me to adjust",
    "certainly! here",
    "certainly, here is",
    "sure! here",
    "sure, here is",
    "sure, here's",
    "of course! here",
    "absolutely! here",
    "here is a revised version",
    "here's a revised version",
    "here is the revised",
    "here's the revised",
    "here is a rewritten",
    "here's a rewritten",
    "here is the rewritten",
    "here is an improved version",
    "here's an improved version",
    "here is a polished version",
    "here's a polished version",
    "here is a shortened version",
    "here's a shortened version",
    "here is a draft of",
    "here's a draft of",
    "i can't assist with",
    "i cannot assist with",
    "i cannot fulfill",
    "i can't fulfill",
    "i'm sorry, but i can't",
    "i'm sorry, but i cannot",
    "i do not have access to real-time",
    "i don't have access to real-time",
    "my knowledge cutoff",
    "my training data",
    "as of my last update",
    "as of my last knowledge update",
    "as of my knowledge cutoff",
    "is there anything else you would like",
    "is there anything else you'd like",
    "regenerate response",
];

/// Sentences that people write too, but not as the first or last words of a story.
const AT_AN_END: &[&str] =
    &["i hope this helps", "hope this helps", "feel free to ask", "feel free to let me know", "please let me know if"];

/// Such answers are notes beside the copy: long sentences that begin so are somebody's own.
const LONGEST: usize = 40;

/// The first words of all the beginnings, with either apostrophe.
static STARTS: LazyLock<WordFilter> = LazyLock::new(|| {
    let firsts = || SURE.iter().chain(AT_AN_END).filter_map(|start| start.split([' ', ',', '!']).next());
    let parts = firsts().flat_map(|first| [first, first.split('\'').next().unwrap_or(first)]);
    let curly: Vec<String> = firsts().map(|first| first.replace('\'', "’")).collect();
    WordFilter::new(parts.chain(curly.iter().map(String::as_str)))
});

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let draft = cx.draft;
    let bodies = || draft.blocks.iter().enumerate().filter(|(_, b)| b.kind != BlockKind::Furniture);
    let (first, last) = (bodies().next().map(|(i, _)| i), bodies().next_back().map(|(i, _)| i));
    let mut reported = None;
    for sentence in &draft.sentences {
        let block = &draft.blocks[sentence.block as usize];
        if !block.kind.is_copy() || reported == Some(sentence.block) {
            continue;
        }
        // The cheap tests first.
        let tokens = draft.sentence_tokens(sentence);
        if tokens.len() > LONGEST || !tokens.first().is_some_and(|t| STARTS.may_hold(t.hash)) {
            continue;
        }
        let rest = crate::text::Span { start: sentence.span.start, end: block.span.end };
        let mut start: String =
            rest.of(&draft.lower).chars().take(60).map(|c| if c == '’' { '\'' } else { c }).collect();
        start.truncate(start.trim_end().len());
        let at_an_end = [first, last].contains(&Some(sentence.block as usize));
        let begins = |list: &[&str]| list.iter().any(|s| start.starts_with(s));
        let short = at_an_end && block.tokens.len() <= LONGEST;
        if (begins(SURE) || (short && begins(AT_AN_END))) && !in_marks(cx, sentence.span) {
            let span = if block.tokens.len() <= LONGEST { block.span } else { sentence.span };
            let message = format!("“{}” reads like an assistant’s reply", shorten(draft.words_at(sentence.span), 50));
            findings.push(Finding::new("copy/placeholder", span, message));
            reported = Some(sentence.block);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Draft;

    #[test]
    fn every_beginning_passes_the_cheap_question() {
        for start in SURE.iter().chain(AT_AN_END) {
            for start in [format!("{start} and so on"), start.replace('\'', "’")] {
                assert!(STARTS.may_hold(Draft::from_text(&start).tokens[0].hash), "{start}");
            }
        }
    }
}
