//! Words of kinship, and what sets two of one surname side by side on purpose.

use std::sync::LazyLock;

use smallvec::SmallVec;

use crate::annotate::person::{Gender, PersonMention};
use crate::checks::Context;
use crate::text::{Token, WordFilter};

const FAMILY: [&str; 46] = [
    "wife",
    "husband",
    "spouse",
    "partner",
    "son",
    "daughter",
    "brother",
    "sister",
    "mother",
    "father",
    "dad",
    "mom",
    "mum",
    "family",
    "couple",
    "married",
    "widow",
    "widower",
    "cousin",
    "uncle",
    "aunt",
    "nephew",
    "niece",
    "parents",
    "siblings",
    "brothers",
    "sisters",
    "sons",
    "daughters",
    "twin",
    "twins",
    "relative",
    "relatives",
    "grandson",
    "granddaughter",
    "grandfather",
    "grandmother",
    "elder",
    "younger",
    "namesake",
    "dynasty",
    "unrelated",
    "children",
    "kids",
    "in-laws",
    "first-lady",
];

/// Asked of every word around a name, so the filter goes first.
fn is_kin(cx: &Context, token: &Token) -> bool {
    static FILTER: LazyLock<WordFilter> = LazyLock::new(|| WordFilter::new(FAMILY));
    FILTER.may_hold(token.hash) && FAMILY.contains(&cx.draft.lower(token))
}

/// Whether the sentence of a mention, or one beside it, has a word of kinship.
pub fn is_near(cx: &Context, mention: &PersonMention) -> bool {
    (mention.sentence.saturating_sub(1)..=mention.sentence + 1).any(|sentence| is_in(cx, sentence))
}

/// Whether the sentence of a mention, or one beside it, may speak of a relative of this gender, or of a couple.
pub fn tells_of(cx: &Context, mention: &PersonMention, gender: Gender) -> bool {
    let other = |word: &str| match gender {
        Gender::Male => matches!(
            word,
            "mother"
                | "mom"
                | "mum"
                | "daughter"
                | "daughters"
                | "sister"
                | "sisters"
                | "aunt"
                | "niece"
                | "granddaughter"
                | "grandmother"
        ),
        Gender::Female => matches!(
            word,
            "father"
                | "dad"
                | "son"
                | "sons"
                | "brother"
                | "brothers"
                | "uncle"
                | "nephew"
                | "grandson"
                | "grandfather"
        ),
    };
    tells(cx, mention, |word| !other(word))
}

/// The same of somebody who would be the kin: a husband has no Ms. beside him in that word, a wife no Mr.
pub fn tells_of_kin(cx: &Context, mention: &PersonMention, gender: Gender) -> bool {
    let other = |word: &str| match gender {
        Gender::Male => matches!(word, "wife" | "widow"),
        Gender::Female => matches!(word, "husband" | "widower"),
    };
    tells_of(cx, mention, gender) && tells(cx, mention, |word| !other(word))
}

/// Whether the sentence of a mention, or one beside it, has a word of kinship that counts.
fn tells(cx: &Context, mention: &PersonMention, counts: impl Fn(&str) -> bool) -> bool {
    let sentences = mention.sentence.saturating_sub(1)..=mention.sentence + 1;
    sentences.flat_map(|sentence| words_in(cx, sentence)).any(|t| counts(cx.draft.lower(t)))
}

/// The words of kinship in a sentence. Those of the draft are found once: a sentence may be long, and be asked for by many.
fn words_in<'d>(cx: &Context<'d>, sentence: u32) -> impl Iterator<Item = &'d Token> {
    let draft = cx.draft;
    let tokens = draft.sentences.get(sentence as usize).map_or(0..0, |s| s.tokens.clone());
    let all = cx.kin.get_or_init(|| {
        let all = draft.tokens.iter().enumerate().filter(|(_, t)| is_kin(cx, t));
        all.map(|(at, _)| at as u32).collect()
    });
    let all = &all[all.partition_point(|&at| at < tokens.start)..];
    let words: SmallVec<[u32; 4]> = all.iter().copied().take_while(|&at| at < tokens.end).collect();
    words.into_iter().map(|at| &draft.tokens[at as usize])
}

/// Whether headline or standfirst tells of relatives: then the story is about several of one surname.
pub fn is_in_headline(cx: &Context) -> bool {
    let displays = |block: u32| cx.draft.blocks[block as usize].kind.is_display();
    let sentences = cx.draft.sentences.iter().enumerate();
    sentences.filter(|(_, s)| displays(s.block)).any(|(at, _)| is_in(cx, at as u32))
}

fn is_in(cx: &Context, sentence: u32) -> bool {
    words_in(cx, sentence).next().is_some()
}

/// Whether the words right before or after a mention give it as somebody’s kin: her husband, former mayor Carl Poe; First Lady
/// Ada Poe; Carl Poe, her brother.
pub fn introduces(cx: &Context, mention: &PersonMention) -> bool {
    /// How many words off a word of kinship may stand.
    const REACH: usize = 8;
    let draft = cx.draft;
    let start = draft.token_at(mention.span.start);
    let before = draft.tokens[start.saturating_sub(REACH)..start].iter();
    let after = draft.tokens[draft.token_at(mention.span.end)..].iter().take(REACH);
    let mut same = before.chain(after).filter(|t| t.sentence == mention.sentence && t.block == mention.block);
    same.any(|t| matches!(draft.lower(t), "lady" | "lady’s" | "lady's") || is_kin(cx, t))
}
