//! `quotes/misattributed`: the same words given to two speakers, in the draft here; against sources in `checks::reference`.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

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
    let alike = Alike::new(&said);
    for (at, ours) in said.iter().enumerate() {
        let may = alike.of(&said, at);
        let mut before = may.iter().take_while(|&&other| other < at).map(|&other| &said[other]);
        let other = before.find(|theirs| theirs.surname != ours.surname && same_words(theirs, ours));
        findings.extend(other.and_then(|theirs| in_draft(cx, may.iter().map(|&m| &said[m]), ours, theirs)));
    }
    reference::misattributed::run(cx, findings);
}

/// Below this many quotations each is held against all: that is quicker than an index.
const FEW: usize = 32;
/// So many that have a run of words are looked at: more are copy that repeats itself.
const CROWD: usize = 96;

/// The quotations by the runs of words that they have, each of [`LEAST`] words: of two that have the same words, or one a part of the
/// other, the longer has the first run of the shorter.
#[derive(Default)]
struct Alike {
    /// By their first run.
    first: FxHashMap<u64, Vec<usize>>,
    /// By any run.
    any: FxHashMap<u64, Vec<usize>>,
}

impl Alike {
    fn new(said: &[Said<'_>]) -> Alike {
        let mut alike = Alike::default();
        if said.len() > FEW {
            for (at, one) in said.iter().enumerate() {
                for (place, run) in runs(one).enumerate() {
                    if place == 0 {
                        alike.first.entry(run).or_default().push(at);
                    }
                    alike.any.entry(run).or_default().push(at);
                }
            }
        }
        alike
    }

    /// The quotations that may have the words of the one at `at`, in text order.
    fn of(&self, said: &[Said<'_>], at: usize) -> Vec<usize> {
        if said.len() <= FEW {
            return (0..said.len()).collect();
        }
        let own = &said[at];
        let near = |list: &'_ Vec<usize>| {
            let place = list.partition_point(|&other| other < at);
            place.saturating_sub(CROWD)..list.len().min(place + CROWD)
        };
        let longer = runs(own).take(1).filter_map(|run| self.any.get(&run));
        let shorter = runs(own).filter_map(|run| self.first.get(&run));
        let mut found: Vec<usize> = longer.chain(shorter).flat_map(|list| &list[near(list)]).copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The hashes of the runs of [`LEAST`] words.
fn runs<'s>(said: &'s Said<'_>) -> impl Iterator<Item = u64> + 's {
    said.words.windows(LEAST).map(|run| FxBuildHasher.hash_one(run))
}

fn in_draft<'s>(
    cx: &Context<'_>,
    mut said: impl Iterator<Item = &'s Said<'s>>,
    ours: &Said<'_>,
    theirs: &Said<'_>,
) -> Option<Finding> {
    // In three mouths it is a saying.
    let known = [&ours.surname, &theirs.surname];
    if said.any(|s| !known.contains(&&s.surname) && same_words(s, ours)) {
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
