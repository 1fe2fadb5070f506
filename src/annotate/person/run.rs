//! Runs of capitals: what may hold a name, cut into its elements.

use std::sync::LazyLock;

use smallvec::SmallVec;

use super::view::View;
use crate::text::{Case, Lex, Span, Token, TokenKind, WordFilter};

/// One part of a name: a word, words joined by hyphens, a particle, a nickname between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element {
    /// First token and the one after the last.
    pub tokens: (usize, usize),
    pub kind: ElementKind,
}

/// The elements of a run, or of a name: seldom more than four, so that most need no memory of their own.
pub type Elements = SmallVec<[Element; 4]>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ElementKind {
    Word,
    /// J. or J, or letters together: J.R., RK.
    Initial,
    /// van, de, bin, in either case.
    Particle,
    Nickname,
    /// Jr., III.
    Suffix,
}

impl Element {
    pub fn span(&self, view: View) -> Span {
        view.span(self.tokens.0, self.tokens.1)
    }

    /// What the lexicon says of its first word.
    pub fn lex(&self, view: View) -> Lex {
        view.draft.tokens[self.tokens.0].lex
    }

    pub fn is_joined(&self) -> bool {
        self.tokens.1 - self.tokens.0 > 1
    }
}

/// Particles of surnames, in lower case.
pub const PARTICLES: [&str; 44] = [
    "de", "da", "do", "dos", "das", "del", "della", "di", "du", "des", "van", "von", "der", "den", "ter", "ten", "bin",
    "bint", "binti", "ibn", "ben", "al", "el", "la", "le", "las", "los", "y", "e", "zu", "af", "av", "abu", "abou",
    "st", "dal", "dela", "lo", "ould", "ap", "ait", "van't", "ul", "ur",
];

/// Whether the word of a token, without its full stop, is a particle. Asked of every word after a name, so the filter goes first.
fn is_particle<'w>(token: &Token, word: impl FnOnce() -> &'w str) -> bool {
    static FILTER: LazyLock<WordFilter> = LazyLock::new(|| WordFilter::new(PARTICLES));
    FILTER.may_hold(token.hash) && PARTICLES.contains(&word())
}

/// Particles of Arabic names that a hyphen ties to what follows.
const ARTICLES: [&str; 14] = ["al", "el", "as", "ad", "an", "ar", "at", "ash", "az", "ul", "ud", "es", "ed", "bin"];

/// Bytes of the longest of them.
const LONGEST_ARTICLE: usize = 3;

const SUFFIXES: [&str; 7] = ["jr", "sr", "ii", "iii", "iv", "jnr", "snr"];

/// Capitals that are no initials.
const ACRONYMS: [&str; 42] = [
    "us", "uk", "un", "eu", "uae", "ai", "tv", "pm", "ap", "ps", "mp", "dc", "la", "ny", "nj", "bc", "ad", "it", "hr",
    "pr", "ft", "gm", "ge", "ba", "bp", "hp", "ibm", "nhs", "bbc", "abc", "cbs", "nbc", "cnn", "fbi", "cia", "nba",
    "nfl", "usa", "fa", "uk's", "vp", "am",
];

/// Gives `found` the runs of one block, in order: each a list of elements.
pub fn read(view: View, block: usize, title_case: bool, mut found: impl FnMut(&[Element])) {
    let tokens = &view.draft.blocks[block].tokens;
    let (mut at, end) = (tokens.start as usize, tokens.end as usize);
    let tokens = &view.draft.tokens[..end];
    while at < end {
        if !may_begin(tokens, at) {
            at += 1;
            continue;
        }
        match run_at(view, at, end, title_case) {
            Some((run, next)) => {
                found(&run);
                at = next;
            }
            None => at += 1,
        }
    }
}

/// The cheap question that most tokens answer with no: a capital begins a run, or a short word before a mark, as in al-Assad.
fn may_begin(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let article =
        || token.span.len() <= LONGEST_ARTICLE && tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Mark);
    token.is_capital() || token.case == Case::Lower && article()
}

fn run_at(view: View, start: usize, end: usize, title_case: bool) -> Option<(Elements, usize)> {
    // Only a capital, or an Arabic article before a hyphen and a capital, or a particle before one, begins a run.
    let first = element_at(view, start, end, title_case, false)?;
    let mut run = Elements::new();
    let mut at = first.tokens.1;
    run.push(first);
    while at < end {
        let next = match view.draft.tokens[at].kind {
            TokenKind::Word => element_at(view, at, end, title_case, true).or_else(|| {
                let after_name = run.last().is_some_and(|e| e.kind != ElementKind::Suffix);
                let next = after_name.then(|| particles_end(view, at, end)).flatten()?;
                Some(Element { tokens: (at, next), kind: ElementKind::Particle })
            }),
            TokenKind::Quote => nickname_at(view, at, end),
            TokenKind::Mark if view.is_mark(at, ",") && suffix_at(view, at + 1, end) => {
                Some(Element { tokens: (at + 1, at + 2), kind: ElementKind::Suffix })
            }
            _ => None,
        };
        let Some(element) = next else { break };
        at = element.tokens.1;
        run.push(element);
    }
    while run
        .last()
        .is_some_and(|e| e.kind == ElementKind::Particle && view.draft.tokens[e.tokens.0].case == Case::Lower)
    {
        run.pop();
    }
    let next = run.last().map_or(start + 1, |e| e.tokens.1);
    run.iter().any(|e| matches!(e.kind, ElementKind::Word)).then_some((run, next.max(start + 1)))
}

/// Lower-case particles from `at` that a capital follows: the index after them.
fn particles_end(view: View, at: usize, end: usize) -> Option<usize> {
    let mut next = at;
    while next < end && next - at < 3 {
        let token = &view.draft.tokens[next];
        if token.case != Case::Lower || !is_particle(token, || view.word(next)) {
            break;
        }
        if view.word(next) == "al" && view.is_mark(next + 1, "-") {
            break;
        }
        next += 1;
    }
    // “e” and “y” tie two surnames, and stand for nothing at the end of a sentence.
    (next > at && next < end && element_at(view, next, end, false, true).is_some()).then_some(next)
}

fn element_at(view: View, at: usize, end: usize, title_case: bool, inside: bool) -> Option<Element> {
    let token = view.draft.tokens.get(at).filter(|_| at < end)?;
    if token.kind != TokenKind::Word {
        return None;
    }
    if token.case == Case::Lower && token.span.len() > LONGEST_ARTICLE {
        return None;
    }
    let word = view.word(at);
    if token.case == Case::Lower {
        // al-Assad
        let tied =
            view.is_joint(at + 1) && at + 2 < end && view.draft.tokens[at + 2].is_capital() && ARTICLES.contains(&word);
        return tied.then(|| Element { tokens: (at, joined_end(view, at + 2, end)), kind: ElementKind::Word });
    }
    if !token.is_capital() {
        return None;
    }
    if inside && suffix_at(view, at, end) {
        return Some(Element { tokens: (at, at + 1), kind: ElementKind::Suffix });
    }
    if inside && token.case == Case::Capitalized && is_particle(token, || word) && word.len() > 1 {
        let tied = view.is_joint(at + 1);
        if !tied {
            return Some(Element { tokens: (at, at + 1), kind: ElementKind::Particle });
        }
    }
    let dotted = || view.text(at).contains('.');
    if has_one_letter(word) {
        return (word != "i" && word != "a" || dotted())
            .then_some(Element { tokens: (at, at + 1), kind: ElementKind::Initial });
    }
    if token.case == Case::Upper && !title_case {
        let next_is_name =
            view.draft.tokens.get(at + 1).is_some_and(|t| at + 1 < end && t.case != Case::Upper && t.is_capital());
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let initials = letters <= 3 && next_is_name && !ACRONYMS.contains(&word) && (letters == 2 || dotted());
        if initials && !dotted_place(word) {
            return Some(Element { tokens: (at, at + 1), kind: ElementKind::Initial });
        }
        // Jeanne MOREAU-LENOIR, as press offices write: a surname in capitals after a given name that is not.
        let before = at.checked_sub(1).map(|b| &view.draft.tokens[b]);
        let after_given =
            before.is_some_and(|b| b.case == Case::Capitalized && b.lex.is(Lex::GIVEN) && !b.lex.is(Lex::WORD));
        let surname = letters >= 4 && (token.lex.is(Lex::SURNAME) || token.lex.is_unknown());
        if inside && surname && after_given && !ACRONYMS.contains(&word) {
            return Some(Element { tokens: (at, at + 1), kind: ElementKind::Word });
        }
        return None;
    }
    if !token.lex.is(Lex::WEEKDAY | Lex::MONTH | Lex::FUNCTION) {
        return Some(Element { tokens: (at, joined_end(view, at, end)), kind: ElementKind::Word });
    }
    if token.lex.is(Lex::WEEKDAY) && !token.lex.is(Lex::GIVEN) {
        return None;
    }
    if token.lex.is(Lex::MONTH) {
        let before = at.checked_sub(1).map(|b| view.word(b)).unwrap_or_default();
        let dated = view.draft.tokens.get(at + 1).is_none_or(|t| t.kind == TokenKind::Number)
            || matches!(
                before,
                "in" | "of"
                    | "on"
                    | "since"
                    | "until"
                    | "by"
                    | "last"
                    | "next"
                    | "this"
                    | "from"
                    | "to"
                    | "late"
                    | "early"
                    | "mid"
            )
            || at.checked_sub(1).is_some_and(|b| view.draft.tokens[b].kind == TokenKind::Number);
        if dated || !token.lex.is(Lex::GIVEN) || title_case {
            return None;
        }
    }
    if token.lex.is(Lex::FUNCTION) {
        let name_like = token.lex.is(Lex::GIVEN | Lex::SURNAME) && !title_case && !view.starts(at);
        let next_is_name =
            view.draft.tokens.get(at + 1).is_some_and(|t| at + 1 < end && t.is_capital() && !t.lex.is(Lex::FUNCTION));
        let common = matches!(
            word,
            "the"
                | "a"
                | "i"
                | "in"
                | "on"
                | "it"
                | "he"
                | "she"
                | "we"
                | "you"
                | "this"
                | "that"
                | "at"
                | "for"
                | "and"
                | "or"
                | "of"
                | "by"
                | "but"
                | "us"
        );
        if common || !name_like || !(next_is_name || inside) {
            return None;
        }
    }
    Some(Element { tokens: (at, joined_end(view, at, end)), kind: ElementKind::Word })
}

/// Whether a word is an initial: nearly all begin with two letters of ASCII and are none.
fn has_one_letter(word: &str) -> bool {
    let plain = word.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_alphabetic));
    !plain && word.chars().filter(|c| c.is_alphabetic()).count() == 1
}

/// U.S. and U.K. before a capital are no initials.
fn dotted_place(word: &str) -> bool {
    matches!(
        word,
        "u.s" | "u.k" | "u.n" | "e.u" | "d.c" | "l.a" | "n.y" | "u.s.a" | "a.m" | "p.m" | "n.j" | "n.c" | "s.c"
    )
}

/// The index after what hyphens tie to the word at `at`: Jean-Marie, Geun-hye, Silpa-archa.
fn joined_end(view: View, at: usize, end: usize) -> usize {
    let mut next = at + 1;
    while next + 1 < end && view.is_joint(next) {
        let after = &view.draft.tokens[next + 1];
        let lower_part = after.case == Case::Lower && !after.lex.is(Lex::COMMON) && after.span.len() <= 6
            || after.case == Case::Lower && is_family_first(view, at);
        if !(after.is_capital() && after.case != Case::Upper || lower_part) {
            break;
        }
        next += 2;
    }
    next
}

/// Whether a short capitalized word stands right before `at`: the family name of Moon Jae-in.
fn is_family_first(view: View, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|b| &view.draft.tokens[b]) else { return false };
    let part = view.draft.tokens[at].span.len();
    before.case == Case::Capitalized
        && before.kind == TokenKind::Word
        && before.span.len() <= 6
        && part <= 6
        && before.lex.is(Lex::SURNAME)
        && before.block == view.draft.tokens[at].block
        && view.draft.tokens.get(at + 2).is_some_and(|t| t.span.len() <= 5)
}

fn suffix_at(view: View, at: usize, end: usize) -> bool {
    at < end && view.draft.tokens[at].is_capital() && SUFFIXES.contains(&view.word(at))
}

/// A nickname between quotation marks and before a capital: William “Bill” Poe.
fn nickname_at(view: View, at: usize, end: usize) -> Option<Element> {
    let tokens = view.draft.tokens.get(at..(at + 4).min(end))?;
    let [open, name, close, next] = tokens else { return None };
    let quoted = open.kind == TokenKind::Quote && close.kind == TokenKind::Quote;
    (quoted && name.case == Case::Capitalized && next.is_capital() && open.touches(name) && name.touches(close))
        .then_some(Element { tokens: (at, at + 3), kind: ElementKind::Nickname })
}
