//! `names/headline`: a name in headline, standfirst or caption that the body spells otherwise or never has.

use std::cell::OnceCell;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::established::{Established, established};
use super::slips::{Slips, is_slip};
use super::strays::strays;
use super::{clip, is_marked_right};
use crate::annotate::Person;
use crate::annotate::person::{NameForm, Trust};
use crate::checks::{Check, Context, options};
use crate::diagnostic::{Finding, Fix, Safety};
use crate::source::BlockKind;
use crate::text::fold::ascii_key;
use crate::text::{Lex, Span};

const CODE: &str = "names/headline";

pub const CHECK: Check = Check {
    code: CODE,
    page: include_str!("../../../rules/core/names/headline.toml"),
    run,
    options: options::<Options>,
};

/// A word of fewer letters, alone in a headline, is not taken for a slip of a name.
const LEAST: usize = 5;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// Report people that the body never names, in bodies of at least this many words; 0 is off.
    absent: usize,
}

fn run(cx: &Context, out: &mut Vec<Finding>) {
    let displays = |block: usize| cx.draft.blocks[block].kind.is_display();
    if !(0..cx.draft.blocks.len()).any(displays) {
        return;
    }
    let in_body = |span: &Span| cx.draft.blocks[cx.draft.block_at(span.start)].kind.is_body();
    let mut bodies: Vec<Established> = established(cx);
    for form in &mut bodies {
        form.spans.retain(|span| in_body(span));
    }
    bodies.retain(|form| !form.spans.is_empty());
    let bodies = Bodies::new(bodies);
    let mut seen: Vec<Span> = Vec::new();
    for person in &cx.annotations.people {
        spelled_otherwise(cx, person, &bodies, &mut seen, out);
    }
    let words = OnceCell::new();
    for stray in strays(cx, displays, |key| bodies.slips.may_have(key)) {
        let listed = Lex::WORD | Lex::CITY | Lex::COUNTRY | Lex::US_STATE | Lex::DEMONYM | Lex::GIVEN;
        let Some(right) = bodies.nearest(&stray.key) else { continue };
        // Anthony Wiener, and a name that the story has often, are no words of their own.
        let led = right.person.given.as_deref().map(ascii_key).is_some_and(|g| g == stray.before(cx.draft));
        // Mara and März: a letter of four makes another word.
        if !led && right.key.chars().count().min(stray.key.chars().count()) < LEAST {
            cx.kept_apart(CODE, stray.spans[0], right.spans[0], || "short: a letter makes another name".to_owned());
            continue;
        }
        let often = right.spans.len() >= 4
            && right.key.chars().count() >= 5
            && !stray.lex.is(Lex::COMMON | Lex::GIVEN | Lex::CITY);
        if stray.lex.is(listed) && !led && !often
            || stray.lex.is(Lex::PROPER) && !stray.lex.is(Lex::SURNAME) && !led
            || in_body_too(cx, &words, &stray.key)
        {
            cx.kept_apart(CODE, stray.spans[0], right.spans[0], || {
                "word: a word, a place or a name of its own".to_owned()
            });
            continue;
        }
        report(cx, stray.spans[0], right, &mut seen, out);
    }
    absent(cx, cx.options::<Options>().absent, &words, &seen, out);
}

/// The spellings of the body.
struct Bodies<'a> {
    forms: Vec<Established<'a>>,
    keys: FxHashSet<String>,
    slips: Slips,
}

impl<'a> Bodies<'a> {
    fn new(forms: Vec<Established<'a>>) -> Bodies<'a> {
        let slips = Slips::new(forms.iter().map(|f| &*f.key));
        Bodies { keys: forms.iter().map(|f| f.key.to_string()).collect(), slips, forms }
    }

    /// The one of those a slip from `key` that stands most often.
    fn nearest(&self, key: &str) -> Option<&Established<'a>> {
        let may = self.slips.of(key).into_iter().map(|at| &self.forms[at]);
        may.filter(|b| is_slip(&b.key, key)).max_by_key(|b| b.spans.len())
    }
}

/// Whether the body has this word too: then it is no slip of the headline's. `words` keeps the body's words with a capital.
fn in_body_too(cx: &Context, words: &OnceCell<FxHashSet<String>>, key: &str) -> bool {
    let read = || {
        let body = cx.draft.blocks.iter().filter(|b| b.kind.is_body()).flat_map(|b| cx.draft.block_tokens(b));
        body.filter(|t| t.is_capital()).map(|t| ascii_key(cx.draft.word(t))).collect()
    };
    words.get_or_init(read).contains(key)
}

fn report(cx: &Context, span: Span, right: &Established, seen: &mut Vec<Span>, out: &mut Vec<Finding>) {
    if seen.iter().any(|s| s.overlaps(span)) || is_marked_right(cx, span) {
        return;
    }
    seen.push(span);
    let (wrong, name) = (cx.draft.words_at(span), cx.draft.words_at(right.spans[0]));
    let places = match right.spans.len() {
        1 => "once in the story".to_owned(),
        n => format!("{n} times in the story"),
    };
    let mut finding = Finding::new(CODE, span, format!("“{}” here, “{}” {places}", clip(wrong, 28), clip(name, 28)))
        .here(right.spans[0], format!("spelled “{}”", clip(name, 40)))
        .why("one slip from a name of the story");
    // A headline in capitals keeps its capitals.
    if wrong.chars().any(char::is_lowercase) {
        finding = finding.fix(Fix::replace(span, name, Safety::Unsafe));
    }
    out.push(finding);
}

/// A person of the headline whom the body spells otherwise: by another cluster, or by another spelling of the same one.
fn spelled_otherwise(cx: &Context, person: &Person, bodies: &Bodies, seen: &mut Vec<Span>, out: &mut Vec<Finding>) {
    let display = |s: &Span| cx.draft.blocks[cx.draft.block_at(s.start)].kind.is_display();
    let mentions = person.mentions.iter().filter(|m| m.form != NameForm::Given && display(&m.span));
    for mention in mentions {
        for (span, is_given) in
            [(mention.surname, false), (mention.given.filter(|_| mention.form == NameForm::Full), true)]
        {
            let Some(span) = span else { continue };
            let key = ascii_key(cx.draft.words_at(span));
            if bodies.keys.contains(&key) {
                continue;
            }
            let Some(right) = bodies.nearest(&key) else { continue };
            let full = mention.form == NameForm::Full;
            let gate = |why: &'static str| cx.kept_apart(CODE, span, right.spans[0], || why.to_owned());
            let same_given = || {
                let of = |p: &Person| p.given.as_deref().map(ascii_key);
                of(person).is_some() && of(person) == of(right.person)
            };
            if full && right.person.id != person.id {
                let agrees = if is_given {
                    ascii_key(&person.surname) == ascii_key(&right.person.surname)
                } else {
                    right.person.given.is_none() || same_given()
                };
                if !agrees {
                    gate("other part: the rest of the two names differs");
                    continue;
                }
            }
            if !full && Lex::of(&key).is(Lex::WORD) {
                gate("word: the form is a word of its own");
                continue;
            }
            report(cx, span, right, seen, out);
        }
    }
}

/// Whether a name ends a line behind a bar or “by”: Tide turns at last | Mora Quill.
fn is_credited(cx: &Context, name: Span, end: u32) -> bool {
    let before = cx.draft.token_at(name.start).checked_sub(1).map(|b| cx.draft.lower(&cx.draft.tokens[b]));
    name.end == end && matches!(before, Some("|" | "by" | "?" | "”" | "’" | "\"" | "'"))
}

/// A person whom only the headline names.
fn absent(cx: &Context, least: usize, words: &OnceCell<FxHashSet<String>>, seen: &[Span], out: &mut Vec<Finding>) {
    let body_words: usize = cx
        .draft
        .blocks
        .iter()
        .filter(|b| b.kind.is_body())
        .flat_map(|b| cx.draft.block_tokens(b))
        .filter(|t| t.is_word())
        .count();
    if least == 0 || body_words < least {
        return;
    }
    for person in &cx.annotations.people {
        let kind = |m: &crate::annotate::person::PersonMention| cx.draft.blocks[m.block as usize].kind;
        let only = person.mentions.iter().all(|m| matches!(kind(m), BlockKind::Headline | BlockKind::Standfirst));
        let sure_name = person.trust <= Trust::Given && person.first_full().is_some();
        if !only || !sure_name {
            continue;
        }
        let mention = &person.mentions[0];
        // A line that is a name and nothing else is the writer's.
        let line = cx.draft.blocks[mention.block as usize].span;
        if line == mention.span || is_credited(cx, mention.span, line.end) {
            continue;
        }
        let key = ascii_key(&person.surname);
        let named = key.split(' ').any(|part| part.len() > 2 && in_body_too(cx, words, part))
            || seen.iter().any(|s| s.overlaps(mention.span));
        if named {
            continue;
        }
        let place = kind(mention).name();
        let message = format!("“{}” is in the {place} and nowhere in the story", clip(&person.name, 36));
        out.push(Finding::new(CODE, mention.span, message).likely().why("no mention in running text"));
    }
}
