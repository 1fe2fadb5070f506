//! `quotes/misattributed`: the same words given to two speakers in the draft.

use super::shorten;
use crate::annotate::Quote;
use crate::annotate::quote::Tier;
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::text::{Lex, Span};

const CODE: &str = "quotes/misattributed";
/// The fewest words that can be somebody's own.
const LEAST: usize = 5;
/// Words beyond which nobody says the same by chance.
const SURE: usize = 8;

/// Who says it: a person of the draft, or a full name by its last word.
#[derive(PartialEq, Eq)]
enum Speaker<'a> {
    Person(u32),
    Surname(&'a str),
}

impl Speaker<'_> {
    /// Whether two speakers are two people for sure.
    fn differs(&self, other: &Speaker<'_>) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other) && self != other
    }
}

/// A quotation whose speaker is a person for sure.
struct Said<'a> {
    quote: &'a Quote,
    speaker: Speaker<'a>,
    words: Vec<&'a str>,
}

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut said: Vec<Said<'_>> = Vec::new();
    for quote in &cx.annotations.quotes {
        if quote.tier != Some(Tier::A) || quote.parent.is_some() || (quote.words as usize) < LEAST {
            continue;
        }
        let Some(speaker) = speaker_of(cx, quote) else { continue };
        let words = cx.draft.tokens_in(quote.span).iter().filter(|t| t.is_word()).map(|t| cx.draft.lower(t)).collect();
        said.push(Said { quote, speaker, words });
    }
    for (at, ours) in said.iter().enumerate() {
        let other = said[..at].iter().find(|theirs| theirs.speaker.differs(&ours.speaker) && same_words(theirs, ours));
        let Some(theirs) = other else { continue };
        // In three mouths it is a saying.
        let mouths =
            said.iter().filter(|s| same_words(s, ours) && s.speaker != ours.speaker && s.speaker != theirs.speaker);
        if mouths.count() > 0 {
            cx.kept_apart(CODE, ours.quote.outer, theirs.quote.outer, || "a saying of several people".to_owned());
            continue;
        }
        findings.extend(report(cx, ours.quote, theirs.quote));
    }
    crate::checks::reference::misattributed::run(cx, findings);
}

fn speaker_of<'a>(cx: &Context<'a>, quote: &Quote) -> Option<Speaker<'a>> {
    if let Some(person) = quote.person {
        return Some(Speaker::Person(person));
    }
    let words = cx.draft.tokens_in(quote.speaker_span?);
    let full = words.len() >= 2 && words.iter().all(|t| t.is_word() && t.is_capital() && !t.lex.is(Lex::FUNCTION));
    full.then(|| words.last().map(|t| Speaker::Surname(cx.draft.lower(t)))).flatten()
}

/// Whether the words of one are the words of the other or a part of them.
fn same_words(a: &Said<'_>, b: &Said<'_>) -> bool {
    let (short, long) = if a.words.len() <= b.words.len() { (&a.words, &b.words) } else { (&b.words, &a.words) };
    let rare = short.iter().filter(|w| !Lex::of(w).is(Lex::COMMON | Lex::FUNCTION)).count();
    let enough = short.len() >= SURE || short.len() >= LEAST && rare >= 2;
    enough && long.windows(short.len()).any(|w| w == &short[..])
}

fn report(cx: &Context<'_>, ours: &Quote, theirs: &Quote) -> Option<Finding> {
    let (ours_who, theirs_who) = (ours.speaker.as_deref()?, theirs.speaker.as_deref()?);
    let span: Span = ours.speaker_span?;
    let message =
        format!("{} says this here, {} in {}", shorten(ours_who, 28), shorten(theirs_who, 28), place(cx, theirs.block));
    Some(
        Finding::new(CODE, ours.outer, message)
            .here(theirs.outer, format!("said by {theirs_who}"))
            .here(span, "the speaker here")
            .why("speakers: both beside the quotation"),
    )
}

fn place(cx: &Context<'_>, block: u32) -> String {
    match cx.draft.paragraph_number(block as usize) {
        Some(number) => format!("paragraph {number}"),
        None => format!("the {}", cx.draft.blocks[block as usize].kind.name()),
    }
}
