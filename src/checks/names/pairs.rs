//! Two people with full names that may be one: a part agrees, and the other is one slip off or a wrong given name.

use super::near::is_slip;
use super::spelling::{CODE, Conflict, push};
use crate::annotate::Person;
use crate::annotate::person::{NameForm, PersonMention, TitleKind};
use crate::checks::Context;
use crate::diagnostic::Confidence;
use crate::text::fold::ascii_key;
use crate::text::{Lex, Span};

fn full_count(person: &Person) -> usize {
    person.mentions.iter().filter(|m| m.form == NameForm::Full).count()
}

/// Whether the draft says what this person is, beside a full mention: then it is introduced as somebody of its own.
pub fn is_introduced(person: &Person) -> bool {
    person.titles.iter().any(|t| t.kind != TitleKind::Courtesy)
}

/// Somebody with a full name, and the keys of its parts.
struct Named<'p> {
    person: &'p Person,
    full: &'p PersonMention,
    /// The surname in the full mention.
    span: Span,
    given: String,
    surname: String,
}

impl<'p> Named<'p> {
    fn of(person: &'p Person) -> Option<Named<'p>> {
        let full = person.first_full()?;
        let given = ascii_key(person.given.as_deref()?);
        Some(Named { person, full, span: full.surname?, given, surname: ascii_key(&person.surname) })
    }
}

/// Two people with full names of which one part is one slip apart and the other agrees.
pub fn between<'a>(cx: &Context, conflicts: &mut Vec<Conflict<'a>>) {
    let people: Vec<Named> = cx.annotations.people.iter().filter_map(Named::of).collect();
    for (i, a) in people.iter().enumerate() {
        for b in &people[i + 1..] {
            compare(cx, a, b, conflicts);
        }
    }
}

fn compare<'a>(cx: &Context, one: &Named, other: &Named, conflicts: &mut Vec<Conflict<'a>>) {
    let Named { person: a, full: full_a, span: span_a, given: given_a, surname: surname_a } = one;
    let Named { person: b, full: full_b, span: span_b, given: given_b, surname: surname_b } = other;
    let (span_a, span_b) = (*span_a, *span_b);
    if a.known.is_some() && b.known.is_some() {
        cx.kept_apart(CODE, full_a.span, full_b.span, || "known: two entries of the reference".to_owned());
        return;
    }
    if surname_a != surname_b && given_a == given_b && is_slip(surname_a, surname_b) {
        let (rare, often) =
            if full_count(a) + a.mentions.len() <= full_count(b) + b.mentions.len() { (a, b) } else { (b, a) };
        let unlisted = Lex::of(surname_a).is_unknown() && Lex::of(surname_b).is_unknown();
        if full_count(rare) > 1 && full_count(often) > 1 && !unlisted {
            cx.kept_apart(CODE, full_a.span, full_b.span, || "uses: both full names stand more than once".to_owned());
            return;
        }
        if is_introduced(rare) && is_introduced(often) && !same_office(a, b) && !unlisted {
            cx.kept_apart(CODE, full_a.span, full_b.span, || "titles: each has a title of its own".to_owned());
            return;
        }
        let rare_key = if std::ptr::eq(*rare, *a) { surname_a } else { surname_b };
        let common = Lex::of(rare_key).is(Lex::COMMON_SURNAME) && Lex::of(given_a).is(Lex::GIVEN);
        let confidence = if common && rare.mentions.len() > 1 { Confidence::Likely } else { Confidence::Sure };
        push(
            cx,
            conflicts,
            &surnames(a, span_a),
            &surnames(b, span_b),
            confidence,
            "the given names agree, the surnames are one slip apart",
        );
        return;
    }
    if surname_a != surname_b && is_family_slip(cx, (a, surname_a), (b, surname_b)) {
        let why = "two given names, and two rare surnames one letter apart";
        push(cx, conflicts, &surnames(a, span_a), &surnames(b, span_b), Confidence::Likely, why);
        return;
    }
    if surname_a != surname_b || given_a.len() < 3 || given_b.len() < 3 {
        return;
    }
    let (Some(at_a), Some(at_b)) = (full_a.given, full_b.given) else { return };
    let near = given_a.chars().next() == given_b.chars().next()
        && (strsim::osa_distance(given_a, given_b) == 1
            || strsim::osa_distance(given_a, given_b) == 2 && given_a.len().min(given_b.len()) >= 7);
    let (rare, often) =
        if full_count(a) < full_count(b) || full_count(a) == full_count(b) && a.mentions.len() <= b.mentions.len() {
            (a, b)
        } else {
            (b, a)
        };
    let opposite = a.gender.zip(b.gender).is_some_and(|(x, y)| x != y);
    if near {
        if opposite {
            cx.kept_apart(CODE, full_a.span, full_b.span, || "gender: a man’s name and a woman’s".to_owned());
            return;
        }
        if full_count(rare) > 1 && full_count(often) > 1 {
            cx.kept_apart(CODE, full_a.span, full_b.span, || "uses: both full names stand more than once".to_owned());
            return;
        }
        if given_a.contains(' ') && given_b.contains(' ') {
            cx.kept_apart(CODE, full_a.span, full_b.span, || {
                "given names of two syllables differ in one, as siblings’ do".to_owned()
            });
            return;
        }
        if is_introduced(rare) && is_introduced(often) && !same_office(a, b) {
            cx.kept_apart(CODE, full_a.span, full_b.span, || "titles: each has a title of its own".to_owned());
            return;
        }
        push(
            cx,
            conflicts,
            &givens(a, at_a),
            &givens(b, at_b),
            Confidence::Sure,
            "the surnames agree, the given names are one slip apart",
        );
        return;
    }
    if !opposite && wrong_given(cx, rare, often) {
        let why = "one full mention with another given name, of somebody whom the draft does not introduce";
        push(cx, conflicts, &givens(rare, full_a.span), &givens(often, full_b.span), Confidence::Likely, why);
        return;
    }
    // The same office and place with another given name: a wrong given name.
    if same_office(a, b) && !opposite && full_count(rare) == 1 && rare.mentions.len() == 1 {
        push(
            cx,
            conflicts,
            &givens(a, at_a),
            &givens(b, at_b),
            Confidence::Likely,
            "surname, office and country agree, the given names differ",
        );
    }
}

/// Whether two people seem to bear one rare surname that is misspelt for one of them: long, in no list but one of surnames, one letter apart, and one of
/// the two named so but once.
fn is_family_slip(cx: &Context, (a, key_a): (&Person, &str), (b, key_b): (&Person, &str)) -> bool {
    const LONG: usize = 8;
    if key_a.len().min(key_b.len()) < LONG || !is_slip(key_a, key_b) || strsim::osa_distance(key_a, key_b) > 1 {
        return false;
    }
    let named = |p: &Person| p.mentions.iter().filter(|m| m.surname.is_some()).count();
    let gate = |why: &str| cx.kept_apart(CODE, a.mentions[0].span, b.mentions[0].span, || why.to_owned());
    let (lex_a, lex_b) = (Lex::of(key_a), Lex::of(key_b));
    let own = Lex::WORD | Lex::COMMON_SURNAME | Lex::GIVEN | Lex::CITY;
    if !(lex_a.is_unknown() || lex_b.is_unknown()) || lex_a.is(own) || lex_b.is(own) {
        gate("listed: a surname of its own, and another given name");
        return false;
    }
    if named(a).min(named(b)) > 1 {
        gate("uses: both surnames stand more than once, with two given names");
        return false;
    }
    true
}

/// Words of kinship, and what sets two of one surname side by side on purpose.
const FAMILY: [&str; 40] = [
    "wife",
    "husband",
    "son",
    "daughter",
    "brother",
    "sister",
    "mother",
    "father",
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
    "spouse",
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
];

/// Whether `rare` reads as a slip for `often`: named once, in full, later, with no word of who that is and no kin nearby.
fn wrong_given(cx: &Context, rare: &Person, often: &Person) -> bool {
    let (Some(slip), Some(first)) = (rare.first_full(), often.first_full()) else { return false };
    // Bare surnames after the slip go to the nearest name, which is the slip.
    let bare = rare.mentions.iter().filter(|m| m.form != NameForm::Surname).count() == 1;
    let once =
        bare && rare.mentions[0].span == slip.span && often.mentions.len() >= 2 && first.span.start < slip.span.start;
    if !once || !rare.titles.is_empty() {
        return false;
    }
    let near = slip.sentence.saturating_sub(1)..=slip.sentence + 1;
    let kin = near
        .clone()
        .filter_map(|s| cx.draft.sentences.get(s as usize))
        .any(|s| cx.draft.sentence_tokens(s).iter().any(|t| FAMILY.contains(&cx.draft.lower(t))));
    let side_by_side = often.mentions.iter().any(|m| m.sentence == slip.sentence && m.form == NameForm::Full);
    !kin && !side_by_side
}

pub fn surnames(person: &Person, first: Span) -> Vec<Span> {
    let mut spans: Vec<Span> = person.mentions.iter().filter_map(|m| m.surname).collect();
    if spans.is_empty() {
        spans.push(first);
    }
    spans
}

fn givens(person: &Person, first: Span) -> Vec<Span> {
    let mut spans: Vec<Span> =
        person.mentions.iter().filter(|m| m.form == NameForm::Full).filter_map(|m| m.given).collect();
    if spans.is_empty() {
        spans.push(first);
    }
    spans
}

/// Whether both have an office stated, the same one, with no two places.
pub fn same_office(a: &Person, b: &Person) -> bool {
    let office = |p: &Person| p.titles.iter().filter(|t| t.kind == TitleKind::Office).cloned().collect::<Vec<_>>();
    office(a).iter().any(|x| {
        office(b).iter().any(|y| {
            x.office == y.office
                && x.portfolio == y.portfolio
                && x.jurisdiction == y.jurisdiction
                && x.status == y.status
        })
    })
}
