//! `names/spelling`: surnames without a full name of their own, much like somebody's.

use std::cell::OnceCell;

use super::established::{Established, Part, is_orphan};
use super::slips::{Slips, is_lookalike, is_short_slip, is_slip};
use super::spelling::{CODE, Conflict, push, push_wrong};
use super::{families, kin, pairs};
use crate::annotate::Person;
use crate::annotate::person::{PersonMention, TitleKind, Trust};
use crate::checks::{Context, in_speech};
use crate::diagnostic::Confidence;
use crate::text::Lex;
use crate::text::fold::ascii_key;

/// Surnames with a title and no full name of their own, one slip from somebody's: Mr. Bennet where Carl Bennett is told of.
pub fn orphans<'a>(cx: &Context, established: &[Established], slips: &Slips, conflicts: &mut Vec<Conflict<'a>>) {
    let places = OnceCell::new();
    let places = || places.get_or_init(|| places_of(established));
    for orphan in cx.annotations.people.iter().filter(|p| is_orphan(p) && p.trust >= Trust::Titled) {
        let key = ascii_key(&orphan.surname);
        let wrong = pairs::surnames(orphan, orphan.mentions[0].span);
        let near = |e: &Established| {
            is_slip(&e.key, &key) || is_short_slip(&e.key, &key) && pairs::same_office(orphan, e.person)
        };
        let may: Vec<&Established> = slips.of(&key).into_iter().map(|at| &established[at]).collect();
        if !may.iter().any(|e| e.person.id != orphan.id && near(e)) {
            forgotten(cx, orphan, &key, (established, &places), conflicts);
            continue;
        }
        for right in may.into_iter().filter(|e| e.person.id != orphan.id && near(e)) {
            // Introduced once in full, and by that spelling never again: then the full name is the slip.
            let introduced = right.spans.len() == 1 && right.person.first_full().is_some();
            if is_orphan(right.person) && right.spans.len() < 2
                || wrong.len() > 1 && right.spans.len() < 2 * wrong.len() && !introduced
            {
                continue;
            }
            let opposite = orphan.gender.zip(right.person.gender).is_some_and(|(x, y)| x != y);
            if opposite {
                cx.kept_apart(CODE, wrong[0], right.spans[0], || "gender: a man’s title and a woman’s".to_owned());
                continue;
            }
            let lex = Lex::of(&key);
            if right.part == Part::Given && !lex.is_unknown() {
                continue;
            }
            let confidence = if lex.is(Lex::COMMON_SURNAME)
                || pairs::is_introduced(orphan) && !pairs::same_office(orphan, right.person)
            {
                Confidence::Likely
            } else {
                Confidence::Sure
            };
            push(
                cx,
                conflicts,
                &wrong,
                &right.spans,
                confidence,
                "a surname without a full name, one slip from another",
            );
        }
    }
}

/// A surname with Mr. or Ms. that stands once, of somebody whom the draft never introduces, and that looks like the one of whom it
/// has just introduced.
fn forgotten<'a, 'e>(
    cx: &Context,
    orphan: &Person,
    key: &str,
    (established, places): (&[Established], &dyn Fn() -> &'e Places),
    conflicts: &mut Vec<Conflict<'a>>,
) {
    /// How many paragraphs off the other may have been named.
    const NEAR: u32 = 12;
    /// How many mentions back: twelve paragraphs have no so many, but a page in one block may.
    const CROWD: usize = 500;
    let [mention] = &orphan.mentions[..] else { return };
    let by_courtesy = !is_explained(cx, mention)
        && orphan.titles.iter().all(|t| t.kind == TitleKind::Courtesy)
        && !orphan.titles.is_empty();
    // Whom everybody knows needs no introduction.
    if !by_courtesy || in_speech(cx, mention.span) || families::has_surname(key) || kin::introduces(cx, mention) {
        return;
    }
    let places = places();
    let before = &places[..places.partition_point(|&(start, ..)| start < mention.span.start)];
    let near = |&&(_, block, _): &&(u32, u32, usize)| mention.block - block <= NEAR;
    let mut nearby: Vec<usize> = before.iter().rev().take(CROWD).take_while(near).map(|&(.., at)| at).collect();
    nearby.sort_unstable();
    nearby.dedup();
    let alike = nearby.iter().map(|&at| &established[at]).filter(|e| {
        let person = e.person;
        let same = orphan.gender.zip(person.gender).is_none_or(|(x, y)| x == y);
        e.part == Part::Surname
            && person.id != orphan.id
            && person.first_full().is_some()
            && same
            && is_lookalike(&e.key, key)
    });
    let mut found: Vec<&Established> = alike.collect();
    // Kin share a surname; their names are one spelling.
    found.sort_by_key(|e| std::cmp::Reverse(e.spans.len()));
    found.dedup_by(|a, b| a.key == b.key);
    // Carl Poewas asked, and then Mr. Poe: a space is missing in the name that stood first.
    let runs_on = |right: &Established| {
        right.key.strip_prefix(key).is_some_and(|rest| matches!(rest, "was" | "has" | "had" | "said" | "and" | "who"))
    };
    match found[..] {
        [right] if runs_on(right) => {
            let why = "a surname run together with the word after it";
            push_wrong(cx, conflicts, &right.spans, &[mention.span], why);
        }
        [right] => push_wrong(
            cx,
            conflicts,
            &[mention.span],
            &right.spans,
            "a surname that the draft never introduces, much like that of somebody named nearby",
        ),
        [] => {}
        _ => {
            cx.kept_apart(CODE, mention.span, found[0].spans[0], || "two: it is like two names of the draft".to_owned())
        }
    }
}

/// Whether the words after a name say who that is: Ms. Poe, her partner, said so.
fn is_explained(cx: &Context, mention: &PersonMention) -> bool {
    let at = cx.draft.token_at(mention.span.end);
    let word = |at: usize| cx.draft.tokens.get(at).map_or("", |t| cx.draft.lower(t));
    word(at) == "," && matches!(word(at + 1), "a" | "an" | "the" | "his" | "her" | "its" | "their" | "another" | "one")
}

/// Where the people of the spellings are named: start and block of each mention, and the place of the spelling; in text order.
type Places = Vec<(u32, u32, usize)>;

fn places_of(established: &[Established]) -> Places {
    let mut places = Places::new();
    for (at, one) in established.iter().enumerate() {
        places.extend(one.person.mentions.iter().map(|m| (m.span.start, m.block, at)));
    }
    places.sort_unstable();
    places
}
