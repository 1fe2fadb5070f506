//! `names/*`: one person in two spellings, people without a first name or a description, two people of one surname.

mod established;
pub(in crate::checks) mod families;
mod first_reference;
mod given;
mod headline;
pub(in crate::checks) mod kin;
mod orphans;
mod pairs;
mod shared_surname;
mod slips;
mod spelling;
mod stray_slips;
mod strays;
mod unidentified;

use std::borrow::Cow;

use smallvec::{SmallVec, smallvec};

use super::{Check, Context};
use crate::annotate::Person;
use crate::annotate::person::{NameForm, PersonMention};
use crate::source::BlockKind;
use crate::text::{Span, TokenKind};
pub(in crate::checks) use slips::{Slips, is_slip};
pub(in crate::checks) use strays::{Stray, StrayUse, strays};

pub const CHECKS: &[Check] =
    &[spelling::CHECK, first_reference::CHECK, unidentified::CHECK, shared_surname::CHECK, headline::CHECK];

/// Words for a message: at most `longest` characters, cut at the end.
pub(in crate::checks) fn clip(words: &str, longest: usize) -> String {
    if words.chars().count() <= longest {
        return words.to_owned();
    }
    let mut cut: String = words.chars().take(longest - 1).collect();
    cut.push('…');
    cut
}

/// “in paragraph 4”, “in the headline”: where a span stands, for messages and notes.
pub(in crate::checks) fn place(cx: &Context, span: Span) -> String {
    let block = cx.draft.block_at(span.start);
    match cx.draft.paragraph_number(block) {
        Some(number) => format!("in paragraph {number}"),
        None => format!("in the {}", cx.draft.blocks[block].kind.name()),
    }
}

/// Whether `[sic]` or `(cq)` follows: the words stand as they are meant.
fn is_marked_right(cx: &Context, span: Span) -> bool {
    let rest = &cx.draft.lower[span.end as usize..];
    // Nearly always a letter or a mark of ASCII follows that is no bracket.
    let next = rest.bytes().find(|b| !matches!(b, b' ' | b'\t'..=b'\r'));
    if next.is_some_and(|b| b.is_ascii() && !matches!(b, b'[' | b'(')) {
        return false;
    }
    let rest = rest.trim_start();
    rest.starts_with("[sic]") || rest.starts_with("(sic)") || rest.starts_with("(cq)")
}

/// One spelling of a name, with its places in text order.
struct Spelling<'d> {
    key: Cow<'d, str>,
    spans: SmallVec<[Span; 4]>,
}

/// Spellings in the order of their keys. Most people have one, and need no memory for it.
type Spellings<'d> = SmallVec<[Spelling<'d>; 1]>;

/// The mentions of a person by the surname as spelled.
fn surname_spellings<'d>(cx: &Context<'d>, person: &Person) -> Spellings<'d> {
    spellings(cx, person.mentions.iter().filter(|m| m.form != NameForm::Given).filter_map(|m| m.surname))
}

fn given_spellings<'d>(cx: &Context<'d>, person: &Person) -> Spellings<'d> {
    spellings(cx, person.mentions.iter().filter_map(|m| m.given))
}

fn spellings<'d>(cx: &Context<'d>, spans: impl Iterator<Item = Span>) -> Spellings<'d> {
    let mut all = Spellings::new();
    for span in spans {
        let key = cx.draft.key_at(span);
        match all.binary_search_by(|known| known.key.cmp(&key)) {
            Ok(at) => all[at].spans.push(span),
            Err(at) => all.insert(at, Spelling { key, spans: smallvec![span] }),
        }
    }
    all
}

/// The mentions that stand in running text.
fn body_mentions<'a>(cx: &'a Context, person: &'a Person) -> impl Iterator<Item = &'a PersonMention> {
    person.mentions.iter().filter(|m| cx.draft.blocks[m.block as usize].kind.is_body())
}

/// Whether the surname is part of a name of something, or stands for a thing: the Quill law, Quill’s law, Quill Partners, the Quills.
fn is_attributive(cx: &Context, span: Span) -> bool {
    let at = cx.draft.token_at(span.end);
    let determined = cx.draft.token_at(span.start).checked_sub(1).is_some_and(|b| {
        let before = &cx.draft.tokens[b];
        matches!(cx.draft.lower(before), "the" | "a" | "an" | "this" | "that") || before.kind == TokenKind::Clitic
    });
    determined
        || cx.draft.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Clitic || t.is_capital())
        || cx.draft.text[span.end as usize..].starts_with('-')
}

/// Whether `block` is a first line, or a second, that may be headline or standfirst in copy without markup: a few words above
/// everything else, and no article among them.
fn may_be_headline(cx: &Context, block: u32) -> bool {
    /// Most words of a headline with its standfirst.
    const WORDS: usize = 40;
    let blocks = &cx.draft.blocks;
    let (mut lines, mut words) = (0, 0);
    for above in blocks[..=block as usize].iter().filter(|b| b.kind.is_body()) {
        lines += 1;
        if lines > 2 || words > WORDS {
            return false;
        }
        for token in cx.draft.block_tokens(above).iter().filter(|t| t.is_word()) {
            words += 1;
            if matches!(cx.draft.lower(token), "the" | "a" | "an") {
                return false;
            }
        }
    }
    words <= WORDS
        && blocks[block as usize + 1..].iter().any(|b| b.kind.is_body())
        && !blocks.iter().any(|b| b.kind == BlockKind::Headline)
}
