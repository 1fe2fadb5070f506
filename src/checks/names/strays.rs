//! Capitalized words that are no names as found: where a misspelt name may stand.

use std::borrow::Cow;
use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

use crate::annotate::person::NameForm;
use crate::checks::Context;
use crate::source::Draft;
use crate::text::fold::is_hyphen;
use crate::text::{Case, Lex, Span, TokenKind, word_hash};

/// A capitalized word that is part of nobody's name as found.
pub struct Stray<'d> {
    pub key: Cow<'d, str>,
    pub spans: SmallVec<[Span; 2]>,
    pub lex: Lex,
    /// All of its uses stand where nothing but a name explains the capital.
    pub firm: bool,
    /// How many of them do.
    pub alone: usize,
    /// The person whose surname alone follows: it stands where the given name would.
    pub beside: Option<u32>,
    /// The tokens of its first use.
    tokens: (usize, usize),
}

impl<'d> Stray<'d> {
    /// The key of the capitalized word right before the first use; empty without one.
    pub fn before(&self, draft: &'d Draft) -> Cow<'d, str> {
        self.neighbor(draft, self.tokens.0.checked_sub(1))
    }

    /// The same of the word right after.
    pub fn after(&self, draft: &'d Draft) -> Cow<'d, str> {
        self.neighbor(draft, Some(self.tokens.1))
    }

    fn neighbor(&self, draft: &'d Draft, at: Option<usize>) -> Cow<'d, str> {
        let block = draft.tokens[self.tokens.0].block;
        let word = at.and_then(|i| draft.tokens.get(i)).filter(|t| t.is_capital() && t.block == block);
        word.map_or(Cow::Borrowed(""), |t| draft.key_at(t.span))
    }
}

/// A use of a stray. Words joined by hyphens are one.
pub struct StrayUse {
    span: Span,
    /// Whether its key is the draft's own lower case, and the hash of the key.
    plain: bool,
    hash: u32,
    /// Its first token and the one after the last.
    tokens: (usize, usize),
    firm: bool,
    beside: Option<u32>,
}

/// The strays of the blocks that `wanted` picks whose keys `may` be of use, in the order of their first uses there; blocks that are
/// no copy have none.
pub fn strays<'d>(cx: &Context<'d>, wanted: impl Fn(usize) -> bool, may: impl Fn(&str) -> bool) -> Vec<Stray<'d>> {
    let draft = cx.draft;
    let uses = cx.strays.get_or_init(|| stray_uses(cx));
    // By the hash of the key, the place in `all`; where keys share a hash, the later one has the next free number.
    let mut places: FxHashMap<u64, usize> = FxHashMap::default();
    let mut all: Vec<Stray<'d>> = Vec::new();
    for &StrayUse { span, plain, hash, tokens: (first, end), firm, beside } in uses {
        let token = &draft.tokens[first];
        let key = if plain { Cow::Borrowed(span.of(&draft.lower)) } else { draft.key_at(span) };
        if !may(&key) || !wanted(token.block as usize) {
            continue;
        }
        let whole = end - first == 1;
        let mut hash = u64::from(hash);
        let known = loop {
            match places.entry(hash) {
                Entry::Occupied(place) if all[*place.get()].key == key => break Some(*place.get()),
                Entry::Occupied(_) => hash = hash.wrapping_add(1 << 32),
                Entry::Vacant(place) => {
                    place.insert(all.len());
                    break None;
                }
            }
        };
        if let Some(known) = known {
            let known = &mut all[known];
            known.spans.push(span);
            known.firm &= firm;
            known.alone += usize::from(firm);
            continue;
        }
        all.push(Stray {
            key,
            spans: smallvec![span],
            lex: if whole { token.lex } else { Lex::default() },
            firm,
            alone: usize::from(firm),
            beside,
            tokens: (first, end),
        });
    }
    all
}

/// Every use of a stray in copy, in text order.
fn stray_uses(cx: &Context<'_>) -> Vec<StrayUse> {
    let draft = cx.draft;
    let people = cx.annotations.people.iter();
    let mut covered: Vec<(Span, u32, NameForm)> =
        people.flat_map(|p| p.mentions.iter().map(|m| (m.span, p.id, m.form))).collect();
    covered.sort_unstable_by_key(|c| c.0);
    // Mentions do not overlap: those that end before a word are behind all words after it.
    let mut ahead = covered.iter().peekable();
    let mut uses = Vec::with_capacity(draft.tokens.len() / 16);
    for block in draft.blocks.iter().filter(|b| b.kind.is_copy()) {
        let (mut at, end) = (block.tokens.start as usize, block.tokens.end as usize);
        while at < end {
            let token = &draft.tokens[at];
            let first = at;
            at += 1;
            let name_like = token.is_capital()
                && token.kind == TokenKind::Word
                && token.span.len() >= 4
                && !token.lex.is(Lex::FUNCTION)
                && !draft.word(token).ends_with('.')
                && !is_contraction(draft.lower(token))
                && !matches!(draft.lower(token), "corp" | "inc");
            if !name_like {
                continue;
            }
            while at + 1 < end
                && draft.tokens[at].kind == TokenKind::Mark
                && draft.tokens[at - 1].touches(&draft.tokens[at])
                && draft.word(&draft.tokens[at]).chars().all(is_hyphen)
                && draft.tokens[at].touches(&draft.tokens[at + 1])
                && draft.tokens[at + 1].is_word()
            {
                at += 2;
            }
            let span = token.span.cover(draft.tokens[at - 1].span);
            while ahead.next_if(|c| c.0.end <= span.start).is_some() {}
            let next = ahead.peek();
            if next.is_some_and(|c| c.0.overlaps(span)) || is_address(cx, span) || super::is_marked_right(cx, span) {
                continue;
            }
            // Part of a longer name of something else: Bennet Street, Lake Bennet.
            let particle = || {
                draft.tokens.get(at).is_some_and(|t| {
                    matches!(
                        draft.lower(t),
                        "bin" | "bint" | "ibn" | "al" | "el" | "de" | "del" | "van" | "von" | "der"
                    ) && draft.tokens.get(at + 1).is_some_and(|t| t.is_capital() || t.kind == TokenKind::Mark)
                })
            };
            let capital = |i: Option<usize>| {
                i.and_then(|i| draft.tokens.get(i)).is_some_and(|t| {
                    t.block == token.block && t.is_capital() && t.case != Case::Upper && !t.lex.is(Lex::FUNCTION)
                })
            };
            let title_before = || {
                first.checked_sub(1).is_some_and(|b| {
                    draft.tokens[b].lex.is(Lex::COMMON) || draft.tokens[b].span.of(&draft.text).ends_with('.')
                })
            };
            let firm = !capital(Some(at)) && (!capital(first.checked_sub(1)) || title_before()) && !particle();
            let beside = next
                .filter(|c| c.2 == NameForm::Surname && draft.tokens.get(at).is_some_and(|t| t.span.start == c.0.start))
                .map(|c| c.1);
            let key = draft.key_at(span);
            let plain = matches!(key, Cow::Borrowed(_));
            // A key that was not folded has the hash that its token brings.
            let hash = if plain && at - first == 1 { token.hash } else { word_hash(&key) as u32 };
            uses.push(StrayUse { span, plain, hash, tokens: (first, at), firm, beside });
        }
    }
    uses
}

/// He’ll, they’ve, don’t: a word for a person and a verb, or a verb and its “not”.
fn is_contraction(lower: &str) -> bool {
    let mut parts = lower.rsplitn(2, ['\'', '’']);
    let ending = parts.next().unwrap_or_default();
    matches!(ending, "ll" | "ve" | "re" | "d" | "m" | "t") && parts.next().is_some()
}

/// Part of an address, a handle or a hash tag.
fn is_address(cx: &Context, span: Span) -> bool {
    let bytes = cx.draft.text.as_bytes();
    let (start, end) = (span.start as usize, span.end as usize);
    let before = start.checked_sub(1).and_then(|at| bytes.get(at));
    let next = bytes.get(end);
    let goes_on = || cx.draft.text[end + 1..].chars().next().is_some_and(char::is_alphanumeric);
    before.is_some_and(|b| matches!(b, b'@' | b'#' | b'/' | b'.' | b'_'))
        || next.is_some_and(|b| matches!(b, b'@' | b'/' | b'_'))
        || next == Some(&b'.') && goes_on()
}
