//! `quotes/misattributed`: the same words given to two speakers, in the draft here; against sources in `checks::reference`.

use super::shorten;
use crate::annotate::quote::Tier;
use crate::annotate::{Annotations, Quote};
use crate::checks::{Context, reference};
use crate::diagnostic::Finding;
use crate::source::Draft;
use crate::text::fold::ascii_key;
use crate::text::{Lex, Span, word_bits};

const CODE: &str = "quotes/misattributed";
/// The fewest words that can be somebody's own.
const LEAST: usize = 5;
/// Words beyond which nobody says the same by chance.
const SURE: usize = 8;

/// A quotation whose speaker a name beside it gives for sure.
struct Said<'a> {
    quote: &'a Quote,
    /// The speaker's surname as a key, and the words beside the cue.
    surname: String,
    who: Span,
    words: Vec<&'a str>,
    /// Whether the words are somebody's own: many, or a few with rare ones among them.
    own: bool,
    /// Its [`word_bits`]: most pairs differ in them.
    bits: u64,
}

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let said = read(cx.draft, cx.annotations);
    for (at, ours) in said.iter().enumerate() {
        let other = said[..at].iter().find(|theirs| theirs.surname != ours.surname && same_words(theirs, ours));
        findings.extend(other.and_then(|theirs| in_draft(cx, &said, ours, theirs)));
    }
    reference::misattributed::run(cx, findings);
}

fn in_draft(cx: &Context<'_>, said: &[Said<'_>], ours: &Said<'_>, theirs: &Said<'_>) -> Option<Finding> {
    // In three mouths it is a saying.
    let known = [&ours.surname, &theirs.surname];
    if said.iter().any(|s| !known.contains(&&s.surname) && same_words(s, ours)) {
        cx.kept_apart(CODE, ours.quote.outer, theirs.quote.outer, || "a saying of several people".to_owned());
        return None;
    }
    let place = place(cx, theirs.quote.block);
    Some(differ(ours, theirs, &place)?.here(theirs.quote.outer, "the same words"))
}

fn differ(ours: &Said<'_>, theirs: &Said<'_>, place: &str) -> Option<Finding> {
    let (here, there) = (ours.quote.speaker.as_deref()?, theirs.quote.speaker.as_deref()?);
    let message = format!("{} says this here, {} in {}", shorten(here, 26), shorten(there, 26), shorten(place, 18));
    Some(
        Finding::new(CODE, ours.who, message)
            .here(ours.quote.outer, "the quotation")
            .why("speakers: both named beside the words"),
    )
}

/// The quotations of a text that a name stands beside.
fn read<'a>(draft: &'a Draft, annotations: &'a Annotations) -> Vec<Said<'a>> {
    let mut said = Vec::new();
    for quote in &annotations.quotes {
        if quote.tier != Some(Tier::A) || quote.parent.is_some() || (quote.words as usize) < LEAST {
            continue;
        }
        let Some(who) = quote.speaker_span else { continue };
        let Some(surname) = surname_of(draft, annotations, quote) else { continue };
        let words: Vec<&str> =
            draft.tokens_in(quote.span).iter().filter(|t| t.is_word()).map(|t| draft.lower(t)).collect();
        let rare = words.iter().filter(|w| !Lex::of(w).is(Lex::COMMON | Lex::FUNCTION)).count();
        let own = words.len() >= SURE || words.len() >= LEAST && rare >= 2;
        let bits = word_bits(&words);
        said.push(Said { quote, surname, who, words, own, bits });
    }
    said
}

/// The surname of the person, or the last word of a name in full.
fn surname_of(draft: &Draft, annotations: &Annotations, quote: &Quote) -> Option<String> {
    if let Some(person) = quote.person.and_then(|p| annotations.people.get(p as usize)) {
        return Some(ascii_key(&person.surname)).filter(|key| !key.is_empty());
    }
    let words = draft.tokens_in(quote.speaker_span?);
    let full = words.len() >= 2 && words.iter().all(|t| t.is_word() && t.is_capital() && !t.lex.is(Lex::FUNCTION));
    full.then(|| words.last().map(|t| ascii_key(draft.lower(t)))).flatten()
}

/// Whether the words of one are the words of the other or a part of them.
fn same_words(a: &Said<'_>, b: &Said<'_>) -> bool {
    let (short, long) = if a.words.len() <= b.words.len() { (a, b) } else { (b, a) };
    short.own && short.bits & !long.bits == 0 && long.words.windows(short.words.len()).any(|w| w == &short.words[..])
}

fn place(cx: &Context<'_>, block: u32) -> String {
    match cx.draft.paragraph_number(block as usize) {
        Some(number) => format!("paragraph {number}"),
        None => format!("the {}", cx.draft.blocks[block as usize].kind.name()),
    }
}
