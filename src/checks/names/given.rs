//! Wrong given names: Elena Koval where the draft tells of Maria Koval.

use super::established::is_mangled;
use super::pairs::{All, Named, same_office};
use super::spelling::{Conflict, push_wrong};
use super::{families, kin};
use crate::annotate::person::{NameForm, PersonMention};
use crate::checks::Context;
use crate::text::{Lex, Span, Token, TokenKind};

/// How many paragraphs off the person may be from whom a wrong given name was taken.
const NEAR: u32 = 4;

/// So many full names in a sentence are a list.
const LIST: usize = 6;

/// Why the given name of `rare` reads as a wrong one for `often`, a person of that surname; or what speaks against it. It is named so
/// once, in full, later, with no word of who that is and no kin nearby.
pub fn wrong(
    cx: &Context,
    all: &All,
    rare: &Named,
    often: &Named,
    opposite: bool,
) -> Result<&'static str, &'static str> {
    let lex = Lex::of(&rare.surname);
    if lex.is(Lex::ORGANIZATION_TAIL) || lex.is(Lex::COMMON) && !lex.is(Lex::SURNAME) || is_mangled(cx, rare.full.span)
    {
        return Err("name: no surname for sure");
    }
    if rare.uses() != 1 || often.full.span.start > rare.full.span.start {
        return Err("uses: the other name is no single one, or the first");
    }
    if families::has(&rare.surname, &rare.given) {
        return Err("known: somebody of public life has that name");
    }
    let word = Lex::of(&rare.given);
    if word.is(Lex::FUNCTION) || word.is(Lex::COMMON) && !word.is(Lex::GIVEN) {
        return Err("word: the given name is a word");
    }
    let leads = |n: &Named| n.full.given.zip(n.full.surname).is_some_and(|(g, s)| s.start < g.start);
    if leads(rare) != leads(often) {
        return Err("order: the family name comes first in one of them");
    }
    if leads(rare) && !has_lender(all, rare) {
        return Err("order: of a family name that comes first there are many bearers");
    }
    if kin::is_near(cx, rare.full) || all.kin_in_headline(cx) {
        return Err("kin: a word of kinship stands nearby, or in the headline");
    }
    // Whoever has just been named in full is not named so again: “Ada Poe runs the mill. Carl Poe runs the shop.”
    let side_by_side = |m: &PersonMention| {
        m.form == NameForm::Full && m.block == rare.full.block && m.sentence.abs_diff(rare.full.sentence) <= 1
    };
    if often.person.mentions.iter().any(side_by_side) {
        return Err("beside: both names in one sentence, or in two on end");
    }
    if stands_alone(cx, all, rare) && !has_lender(all, rare) {
        return Err("alone: the draft has that given name without a surname too");
    }
    // The letters between given name and surname: an initial of the other’s own; two surnames of which kin have one.
    let middle = |n: &Named| n.full.given.zip(n.full.surname).map_or(0, |(g, s)| s.start.saturating_sub(g.end + 1));
    if middle(rare) > 0 && middle(often) == 0 || middle(often) > 4 {
        return Err("longer: a middle name, an initial or a surname more");
    }
    if same_office(rare.person, often.person) && !opposite && rare.person.mentions.len() == 1 {
        return Ok("surname, office and country agree, the given names differ");
    }
    if !rare.person.titles.is_empty() || stands_described(cx, rare.full.span) {
        return Err("titles: the draft introduces the other");
    }
    if all.named_in(rare.full.sentence) >= LIST {
        return Err("list: a name in a list of names");
    }
    if has_lender(all, rare) {
        return Ok("one full mention with the given name of somebody else in the draft");
    }
    if opposite {
        return Err("gender: a man’s name and a woman’s");
    }
    // Bare surnames after the slip go to the nearest name, which is the slip.
    let uses = often.person.mentions.len() + rare.person.mentions.len() - 1;
    if uses < 2 {
        return Err("uses: each name stands once");
    }
    Ok("one full mention with another given name, of somebody whom the draft does not introduce")
}

/// Whether the draft calls somebody by the given name of `rare` alone: “her mother, Fiona, said” before Fiona Poe. Other people's full
/// names do not count.
fn stands_alone(cx: &Context, all: &All, rare: &Named) -> bool {
    rare.full.given.is_some_and(|given| all.stands_alone(cx, given))
}

/// Whether another person of the draft, named nearby, has the given name that stands with the surname of `rare`.
fn has_lender(all: &All, rare: &Named) -> bool {
    let blocks = rare.full.block.saturating_sub(NEAR)..=rare.full.block + NEAR;
    all.called_in(&rare.given, blocks).any(|other| other.surname != rare.surname)
}

/// Names whose family name comes first: Tama Mei-yu where the draft tells of Lo Mei-yu and of Tama Kulas.
pub fn family_first<'a>(cx: &Context, all: &All, conflicts: &mut Vec<Conflict<'a>>) {
    for rare in all.named.iter().filter(|n| n.given.contains(' ') && n.person.mentions.len() == 1) {
        let often =
            all.called(&rare.given).find(|n| n.surname != rare.surname && n.full.span.start < rare.full.span.start);
        let borrowed = all.called(&rare.surname).next().is_some();
        let Some((often, wrong)) = often.zip(rare.full.surname).filter(|_| borrowed) else { continue };
        let right: Vec<Span> = often.person.mentions.iter().filter_map(|m| m.surname).collect();
        push_wrong(cx, conflicts, &[wrong], &right, "one full mention with the name of somebody else in the draft");
    }
}

/// Whether the words before a name say who it is: the chairwoman of the Salem board, Ada Poe; or a bracket after it does.
fn stands_described(cx: &Context, name: Span) -> bool {
    let draft = cx.draft;
    let start = draft.token_at(name.start);
    let end = draft.token_at(name.end);
    let behind = |at: usize| draft.tokens.get(end + at).filter(|t| t.sentence == draft.tokens[start].sentence);
    if behind(0).is_some_and(|t| draft.word(t) == "(") {
        return true;
    }
    // Ada Poe, 36, of Salem; Ada Poe, an employee of the board.
    let told = |t: &Token| t.kind == TokenKind::Number || matches!(draft.lower(t), "a" | "an");
    if behind(0).is_some_and(|t| draft.word(t) == ",") && behind(1).is_some_and(told) {
        return true;
    }
    let before = draft.tokens[start.saturating_sub(15)..start].iter().rev();
    let mut before = before.take_while(|t| t.sentence == draft.tokens[start].sentence);
    before.next().is_some_and(|t| draft.word(t) == ",")
        && before
            .take_while(|t| {
                let title = crate::annotate::person::is_title_word(draft.lower(t));
                title || t.is_capital() || matches!(draft.lower(t), "of" | "for" | "the" | "and" | "in" | "at")
            })
            .any(|t| crate::annotate::person::is_title_word(draft.lower(t)))
}
