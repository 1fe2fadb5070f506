//! Spellings one slip apart: when a word is a name of the draft misspelt, by shape alone.

use std::borrow::Cow;
use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};
use smallvec::{SmallVec, smallvec};

use crate::annotate::Person;
use crate::annotate::person::{NameForm, is_pinyin};
use crate::checks::Context;
use crate::source::Draft;
use crate::text::fold::is_hyphen;
use crate::text::{Case, Lex, Span, TokenKind};

/// A spelling that the draft uses for a person, with its places in text order.
pub struct Established<'a> {
    pub key: Cow<'a, str>,
    pub spans: SmallVec<[Span; 4]>,
    pub person: &'a Person,
    pub part: Part,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Surname,
    Given,
}

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

/// Spellings below this many letters are too like each other to be compared by shape.
const SHORTEST: usize = 3;

/// The surnames, and the given names of people who are called by them, that the draft uses.
pub fn established<'d>(cx: &Context<'d>) -> Vec<Established<'d>> {
    let mut all = Vec::with_capacity(2 * cx.annotations.people.len());
    for person in &cx.annotations.people {
        let mut put = |spellings: super::Spellings<'d>, part| {
            for super::Spelling { key, spans } in spellings {
                if key.chars().count() >= SHORTEST {
                    all.push(Established { key, spans, person, part });
                }
            }
        };
        put(super::surname_spellings(cx, person), Part::Surname);
        put(super::given_spellings(cx, person), Part::Given);
    }
    all
}

/// A use of a stray. Words joined by hyphens are one.
pub struct StrayUse {
    /// Uses of one key have one number, counted from 0.
    key: usize,
    span: Span,
    /// Its first token and the one after the last.
    tokens: (usize, usize),
    firm: bool,
    beside: Option<u32>,
}

/// The strays of the blocks that `wanted` picks, in the order of their first uses there; blocks that are no copy have none.
pub fn strays<'d>(cx: &Context<'d>, wanted: impl Fn(usize) -> bool) -> Vec<Stray<'d>> {
    let draft = cx.draft;
    let uses = cx.strays.get_or_init(|| stray_uses(cx));
    // By the number of the key, the place in `all`.
    let mut places: Vec<Option<usize>> = vec![None; uses.len()];
    let mut all: Vec<Stray<'d>> = Vec::with_capacity(uses.len());
    for &StrayUse { key, span, tokens: (first, end), firm, beside } in uses {
        let token = &draft.tokens[first];
        if !wanted(token.block as usize) {
            continue;
        }
        if let Some(known) = places[key] {
            let known = &mut all[known];
            known.spans.push(span);
            known.firm &= firm;
            known.alone += usize::from(firm);
            continue;
        }
        places[key] = Some(all.len());
        all.push(Stray {
            key: draft.key_at(span),
            spans: smallvec![span],
            lex: if end - first == 1 { token.lex } else { Lex::default() },
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
    let mut keys: FxHashMap<Cow<str>, usize> = FxHashMap::default();
    let mut uses = Vec::new();
    for block in draft.blocks.iter().filter(|b| b.kind.is_copy()) {
        let (mut at, end) = (block.tokens.start as usize, block.tokens.end as usize);
        while at < end {
            let token = &draft.tokens[at];
            let first = at;
            at += 1;
            let name_like = token.kind == TokenKind::Word
                && matches!(token.case, Case::Capitalized | Case::Mixed | Case::Upper)
                && token.span.len() >= 4
                && !draft.word(token).ends_with('.')
                && !matches!(draft.lower(token), "corp" | "inc")
                && !token.lex.is(Lex::FUNCTION);
            if !name_like {
                continue;
            }
            while at + 1 < end
                && draft.tokens[at - 1].touches(&draft.tokens[at])
                && draft.word(&draft.tokens[at]).chars().all(is_hyphen)
                && draft.tokens[at].touches(&draft.tokens[at + 1])
                && draft.tokens[at + 1].is_word()
            {
                at += 2;
            }
            let span = token.span.cover(draft.tokens[at - 1].span);
            let next = covered.get(covered.partition_point(|c| c.0.end <= span.start));
            if next.is_some_and(|c| c.0.overlaps(span)) || is_address(cx, span) || super::is_marked_right(cx, span) {
                continue;
            }
            // Part of a longer name of something else: Bennet Street, Lake Bennet.
            let particle = draft.tokens.get(at).is_some_and(|t| {
                matches!(draft.lower(t), "bin" | "bint" | "ibn" | "al" | "el" | "de" | "del" | "van" | "von" | "der")
                    && draft.tokens.get(at + 1).is_some_and(|t| t.is_capital() || t.kind == TokenKind::Mark)
            });
            let capital = |i: Option<usize>| {
                i.and_then(|i| draft.tokens.get(i)).is_some_and(|t| {
                    t.block == token.block && t.is_capital() && t.case != Case::Upper && !t.lex.is(Lex::FUNCTION)
                })
            };
            let title_before = first.checked_sub(1).is_some_and(|b| {
                draft.tokens[b].lex.is(Lex::COMMON) || draft.tokens[b].span.of(&draft.text).ends_with('.')
            });
            let firm = !particle && !capital(Some(at)) && (!capital(first.checked_sub(1)) || title_before);
            let beside = next
                .filter(|c| c.2 == NameForm::Surname && draft.tokens.get(at).is_some_and(|t| t.span.start == c.0.start))
                .map(|c| c.1);
            let next = keys.len();
            let key = *keys.entry(draft.key_at(span)).or_insert(next);
            uses.push(StrayUse { key, span, tokens: (first, at), firm, beside });
        }
    }
    uses
}

/// Part of an address, a handle or a hash tag.
fn is_address(cx: &Context, span: Span) -> bool {
    let text = &cx.draft.text;
    let before = text[..span.start as usize].chars().next_back();
    let mut after = text[span.end as usize..].chars();
    let next = after.next();
    before.is_some_and(|c| matches!(c, '@' | '#' | '/' | '.' | '_'))
        || matches!(next, Some('@' | '/' | '_'))
        || next == Some('.') && after.next().is_some_and(char::is_alphanumeric)
}

/// Words run together from several, as pages read wrongly have them: ShareReplyAnna, 9PMCarl.
pub fn is_mangled(cx: &Context, name: Span) -> bool {
    cx.draft.tokens_in(name).iter().any(|t| {
        let word = cx.draft.word(t).as_bytes();
        let humps = word.windows(2).filter(|w| w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase()).count();
        let acronym = word.len() > 4 && word[..3].iter().all(u8::is_ascii_uppercase) && word[3].is_ascii_lowercase();
        humps > 1 || word.len() > 24 || acronym
    })
}

/// Whether two keys are one slip apart: the first letter stays, one edit (two in a word of eight letters or more), and neither is
/// the other's plural, possessive or adjective.
pub fn is_slip(a: &str, b: &str) -> bool {
    if a == b || a.chars().next() != b.chars().next() {
        return false;
    }
    let (la, lb) = (a.chars().count(), b.chars().count());
    let (shorter, longer) = if la <= lb { (a, b) } else { (b, a) };
    let min = la.min(lb);
    if min < 4 || la.abs_diff(lb) > 2 {
        return false;
    }
    // Koreas and Koreans.
    if (a.ends_with('s') || b.ends_with('s')) && stem(a) == stem(b) {
        return false;
    }
    // Tarney for Tarne; but Kovalskyy is Kovalsky.
    let endings = |e: &str| matches!(e, "y" | "ie") && !shorter.ends_with('y');
    if let Some(ending) = longer.strip_prefix(shorter)
        && (endings(ending) || matches!(ending, "s" | "es" | "n" | "an" | "i" | "ns" | "ni" | "a" | "o" | "in" | "ns'"))
    {
        return false;
    }
    if sounds(a).eq(sounds(b)) || has_two_swapped(a, b) {
        return true;
    }
    // One edit takes away at most one letter that the other word lacks: most pairs need no table of edits.
    let (of_a, of_b) = (letters(a), letters(b));
    let most = if min >= 8 { 2 } else { 1 };
    if (of_a & !of_b).count_ones().max((of_b & !of_a).count_ones()) > most {
        return false;
    }
    match strsim::osa_distance(a, b) {
        1 => true,
        2 => min >= 8 && !differ_in_ending(a, b),
        _ => false,
    }
}

/// A key without the ending of a plural or an inhabitant.
fn stem(key: &str) -> &str {
    ["ns", "s", "n"].iter().find_map(|ending| key.strip_suffix(ending)).unwrap_or(key)
}

/// Below this many keys each is tried: that is quicker than an index.
const FEW: usize = 48;

/// Keys by what is left of them without a letter or two, so that the few that may be a slip from another are found among many. Two
/// keys an edit apart are one word once each has lost a letter; two edits apart, once each has lost two.
pub struct Slips {
    keys: usize,
    /// Hash of a part, and whose part it is; sorted.
    parts: Vec<(u64, usize)>,
}

impl Slips {
    pub fn new<'k>(keys: impl ExactSizeIterator<Item = &'k str>) -> Slips {
        let count = keys.len();
        let mut parts: Vec<(u64, usize)> = Vec::new();
        if count > FEW {
            keys.enumerate().for_each(|(at, key)| parts_of(key, |part| parts.push((part, at))));
            parts.sort_unstable();
        }
        Slips { keys: count, parts }
    }

    /// The keys, by their places and in their order, that may be a slip from `key` by [`is_slip`] or [`is_short_slip`]; no other is.
    pub fn of(&self, key: &str) -> Vec<usize> {
        if self.keys <= FEW {
            return (0..self.keys).collect();
        }
        let mut found: Vec<usize> = Vec::new();
        parts_of(key, |part| {
            let first = self.parts.partition_point(|p| p.0 < part);
            found.extend(self.parts[first..].iter().take_while(|p| p.0 == part).map(|p| p.1));
        });
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The hashes of a key as it sounds, of the key, and of the key without each letter but the first; in a word of eight letters or more,
/// without each two.
fn parts_of(key: &str, mut put: impl FnMut(u64)) {
    let hash = |letters: &mut dyn Iterator<Item = char>| {
        let mut hasher = FxHasher::default();
        letters.for_each(|c| hasher.write_u32(u32::from(c)));
        hasher.finish()
    };
    put(hash(&mut sounds(key).chain(['\0'])));
    put(hash(&mut key.chars()));
    let letters: SmallVec<[char; 24]> = key.chars().collect();
    let without = |a: usize, b: usize| {
        hash(&mut letters.iter().enumerate().filter(|&(at, _)| at != a && at != b).map(|(_, &c)| c))
    };
    // Longer words are no names; a page without spaces must not cost the square of its length.
    if letters.len() > LONGEST {
        return;
    }
    for a in 1..letters.len() {
        put(without(a, a));
        if letters.len() >= 8 {
            (a + 1..letters.len()).for_each(|b| put(without(a, b)));
        }
    }
}

/// Letters of the longest key that is looked for by its parts.
const LONGEST: usize = 32;

/// Whether two keys of three letters differ in one that is not the first: a slip only where an office says that they are one.
pub fn is_short_slip(a: &str, b: &str) -> bool {
    a.len() == 3 && b.len() == 3 && a.as_bytes()[0] == b.as_bytes()[0] && strsim::osa_distance(a, b) == 1
}

/// Whether two letters changed places, not next to each other: Akaraki for Arakaki.
fn has_two_swapped(a: &str, b: &str) -> bool {
    /// Fewest letters of such a word.
    const SHORTEST: usize = 5;
    if a.len() != b.len() || a.len() < SHORTEST {
        return false;
    }
    let mut unlike = a.chars().zip(b.chars()).filter(|(x, y)| x != y);
    match (unlike.next(), unlike.next(), unlike.next()) {
        (Some(first), Some(second), None) => first == (second.1, second.0),
        _ => false,
    }
}

/// Whether a surname that the draft never introduces may be a wrong memory of another: Ms. Whitfield for Ms. Whitford, Mr. Koval
/// for Mr. Kovalenko, Mr. Zhou for Mr. Zhao, Mr. Crofts for Mr. Croft.
pub fn is_lookalike(a: &str, b: &str) -> bool {
    let (la, lb) = (a.chars().count(), b.chars().count());
    let alike = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let (shorter, longer) = (la.min(lb), la.max(lb));
    // Poe of Poe-Quill is a short form.
    let part = |x: &str, y: &str| x.split(' ').any(|word| word == y);
    let cut = alike == shorter && shorter >= 4 && !part(a, b) && !part(b, a);
    let begun = alike >= 4 && 2 * alike >= longer && longer - shorter <= 2;
    let syllable = alike >= 2 && shorter >= 3 && longer <= 5 && is_pinyin(a) && is_pinyin(b) && longer - shorter <= 1;
    // Wise for Weiss, Belmont for Beaumont.
    let sound = alike >= 1 && shorter >= 4 && longer >= 5 && longer - shorter <= 1 && strsim::osa_distance(a, b) <= 2;
    a != b && (cut || begun || syllable || sound)
}

/// A bit for each letter of a word; letters of some scripts share one.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 64))
}

/// Letters that sound alike in one spelling: ph and f, ck and k, doubled letters, -y and -ie.
fn sounds(key: &str) -> impl Iterator<Item = char> {
    let stem = ["ie", "ey", "y", "i"].iter().find_map(|e| key.strip_suffix(e));
    let mut letters = stem.unwrap_or(key).chars().chain(stem.map(|_| 'i')).peekable();
    let mut last = None;
    std::iter::from_fn(move || {
        loop {
            let c = match letters.next()? {
                'p' if letters.next_if_eq(&'h').is_some() => 'f',
                'c' if letters.next_if_eq(&'k').is_some() => 'k',
                c => c,
            };
            if last.replace(c) != Some(c) {
                return Some(c);
            }
        }
    })
}

/// Brazilian and Brazilians, Johansson and Johanssen: two edits in the last letters make another word.
fn differ_in_ending(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    common + 3 >= a.chars().count().min(b.chars().count())
}

/// Whether the mention stands alone, without a full name of its own in the draft.
pub fn is_orphan(person: &Person) -> bool {
    person.mentions.iter().all(|m| !matches!(m.form, NameForm::Full | NameForm::Initials))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_letters_that_changed_places_are_one_slip() {
        assert!(is_slip("akavari", "avakari") && is_slip("nwuso", "nwosu"));
        assert!(!is_slip("amani", "omina") && !is_slip("malin", "milon"));
    }

    #[test]
    fn lookalikes_begin_alike_and_short_forms_are_none() {
        for (a, b) in [
            ("whitfield", "whitford"),
            ("koval", "kovalenko"),
            ("zhou", "zhao"),
            ("croft", "crofts"),
            ("wise", "weiss"),
        ] {
            assert!(is_lookalike(a, b) && is_lookalike(b, a), "{a} {b}");
        }
        for (a, b) in
            [("stern hale", "stern"), ("whitford", "white"), ("poe", "quill"), ("zhou", "li"), ("same", "same")]
        {
            assert!(!is_lookalike(a, b) && !is_lookalike(b, a), "{a} {b}");
        }
    }
}
