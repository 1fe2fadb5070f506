//! `figures/age`: one person, two ages, or an age that the birth date in the draft does not give.

use std::cell::LazyCell;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::{born, place, then};
use crate::annotate::figure::{Form, Measure};
use crate::annotate::person::PersonMention;
use crate::annotate::{Figure, Person};
use crate::checks::{Context, in_marks};
use crate::corpus::curated::PersonEntry;
use crate::diagnostic::{Finding, Severity};
use crate::source::Draft;
use crate::text::{Lex, Rational, Span, Token, TokenKind};

pub(super) const CODE: &str = "figures/age";

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let births = born::births(cx);
    then::run(cx, &births, findings);
    let mut ages = cx
        .annotations
        .figures
        .iter()
        .filter(|f| {
            matches!(f.measure, Measure::Age(unit) if unit.name == "year") && f.high.is_none() || is_set_off(cx, f)
        })
        .peekable();
    if ages.peek().is_none() {
        return;
    }
    let ages: Vec<&Figure> = ages.collect();
    let full = LazyCell::new(|| FullNames::of(&cx.annotations.people));
    let bearer = |figure: &Figure| name_before(cx, figure).and_then(|name| full.bearer(cx, name));
    let mut strays: Vec<(u32, &Figure)> = ages.iter().filter_map(|f| Some((bearer(f)?, *f))).collect();
    strays.sort_by_key(|(id, _)| *id);
    for person in &cx.annotations.people {
        let mut known: Vec<&Figure> = Vec::new();
        for mention in person.mentions.iter().filter(|m| !m.ambiguous) {
            for &figure in beside(&ages, mention, |f| f.span) {
                if figure.block == mention.block
                    && belongs(cx.draft, mention, figure)
                    && !in_marks(cx, figure.number)
                    && !is_past(cx, figure)
                {
                    known.push(figure);
                }
            }
        }
        let strays = &strays[strays.partition_point(|(id, _)| *id < person.id)..];
        let strays = strays.iter().take_while(|(id, _)| *id == person.id).map(|(_, figure)| *figure);
        known.extend(strays.filter(|f| !in_marks(cx, f.number) && !is_past(cx, f)));
        known.sort_by_key(|f| f.span);
        known.dedup_by_key(|f| f.span);
        if let Some(entry) = person.known.and_then(|id| cx.reference.facts.people.get(id as usize)) {
            findings.extend(known.iter().filter_map(|figure| against_birth(cx, entry, figure)));
        }
        let Some((first, rest)) = known.split_first() else { continue };
        for figure in rest.iter().filter(|f| f.value != first.value) {
            let message =
                format!("{} is {} here, {} {}", person.surname, figure.value, first.value, place(cx, first.block));
            findings.push(
                Finding::new(CODE, figure.span, message)
                    .here(first.span, format!("the age of {} there", person.name))
                    .why("same person, same time"),
            );
        }
        let birth = births.iter().find(|b| b.person == person.id && !b.ambiguous);
        findings.extend(birth.and_then(|birth| born::contradicts(cx, person, first, birth)));
    }
}

/// An age that is not that of the listed day of birth. A day or two on either side of a birthday is nobody's mistake.
fn against_birth(cx: &Context<'_>, entry: &PersonEntry, figure: &Figure) -> Option<Finding> {
    let (born, date) = (entry.born?, cx.date?);
    let age = |days: i32| {
        let day = date.saturating_add(jiff::Span::new().days(days));
        let before = (day.month(), day.day()) < (born.month(), born.day());
        i32::from(day.year()) - i32::from(born.year()) - i32::from(before)
    };
    let fits = [age(-NEAR), age(0), age(NEAR)].iter().any(|age| figure.value == Rational::whole(*age));
    if fits || born > date {
        return None;
    }
    let message = format!("{} here, {} by the facts file: born {born}", figure.value, age(0));
    let mut finding = Finding::new(CODE, figure.span, message)
        .elsewhere(entry.provenance.evidence(&entry.name.text, Some(born)))
        .why("the facts file has the day of birth");
    if entry.provenance.proposed {
        finding = finding.cap(Severity::Info);
    }
    Some(finding)
}

/// Days around a birthday on which either age is right.
const NEAR: i32 = 2;

/// Whether the age stands right beside the name: “NAME, 61,”, “NAME, aged 61”, “NAME, a 61-year-old …”, “NAME (61)”,
/// “61-year-old NAME”.
pub(in crate::checks) fn belongs(draft: &Draft, mention: &PersonMention, figure: &Figure) -> bool {
    let text = &draft.text;
    if mention.span.end <= figure.span.start {
        let between = without_age(&text[mention.span.end as usize..figure.span.start as usize]);
        return matches!(
            between,
            ", " | ", aged "
                | ", age "
                | ", a "
                | ", an "
                | " ("
                | " (aged "
                | ", who is "
                | ", now "
                | " is "
                | ", who turned "
                | " is a "
        );
    }
    if figure.span.end > mention.span.start {
        return false;
    }
    // 61-year-old retired teacher NAME
    let between = Span { start: figure.span.end, end: mention.span.start };
    let tokens = draft.tokens_in(between);
    // The figure's own “-year-old”, and not that of a later age.
    let Some(old) = tokens.iter().take(4).position(|t| draft.lower(t) == "old") else { return false };
    let rest = &tokens[old + 1..];
    rest.len() <= 3 && rest.iter().all(|t| t.kind == TokenKind::Word && !t.lex.is(Lex::FUNCTION))
}

/// Those of `figures`, which are in text order, that stand near enough to a mention for [`belongs`] to be asked of them: a page in one
/// block may have thousands that are not.
pub(in crate::checks) fn beside<'f, F>(
    figures: &'f [F],
    mention: &PersonMention,
    span: impl Fn(&F) -> Span,
) -> &'f [F] {
    /// Bytes between that no words for an age take.
    const FAR: u32 = 400;
    let first = figures.partition_point(|f| span(f).end + FAR < mention.span.start);
    let end = figures.partition_point(|f| span(f).start < mention.span.end + FAR);
    &figures[first..end.max(first)]
}

/// “Woo, 64, said”: a number of years set off by commas behind a name that may not have been read as one.
fn is_set_off(cx: &Context<'_>, figure: &Figure) -> bool {
    let draft = cx.draft;
    let bare = figure.measure == Measure::Count && figure.form == Form::Digits && figure.noun.is_none();
    let years = figure.value >= Rational::whole(16) && figure.value <= Rational::whole(105);
    if !bare || !years || figure.span != figure.number || figure.high.is_some() {
        return false;
    }
    let at = draft.token_at(figure.span.start);
    let name = at.checked_sub(2).map(|i| &draft.tokens[i]).filter(|t| t.kind == TokenKind::Word);
    let comma = |i: usize| draft.tokens.get(i).is_some_and(|t| t.sentence == figure.sentence && draft.word(t) == ",");
    // Woo, 64, said; not a list: Woo, 64, Park, 58, and Kim, 49.
    let verb = draft.tokens.get(at + 2).is_some_and(|t| t.kind == TokenKind::Word && !t.is_capital());
    name.is_some() && comma(at - 1) && comma(at + 1) && verb
}

/// What stands between a name and an age, without another age right behind the name: “NAME, 41, a 14-year-old …”.
fn without_age(between: &str) -> &str {
    let rest = between.strip_prefix(", ").map_or("", |r| r.trim_start_matches(|c: char| c.is_ascii_digit()));
    if rest.len() + 2 < between.len() && rest.starts_with(',') { rest } else { between }
}

/// People whose names have more than one word, as they are looked for.
struct FullNames<'a> {
    /// The places of their mentions, in text order.
    mentions: Vec<Span>,
    /// Who has a word in the name.
    by_word: FxHashMap<&'a str, SmallVec<[u32; 2]>>,
}

impl<'a> FullNames<'a> {
    fn of(people: &'a [Person]) -> FullNames<'a> {
        let mut names = FullNames { mentions: Vec::new(), by_word: FxHashMap::default() };
        for person in people.iter().filter(|p| p.name.contains([' ', '-'])) {
            names.mentions.extend(person.mentions.iter().map(|m| m.span));
            for word in person.name.split([' ', '-']) {
                let ids = names.by_word.entry(word).or_default();
                if ids.last() != Some(&person.id) {
                    ids.push(person.id);
                }
            }
        }
        names.mentions.sort_unstable();
        names
    }

    /// The one person whose full name holds a word, where no mention was read: family names that come first, given names used
    /// alone.
    fn bearer(&self, cx: &Context<'_>, name: &Token) -> Option<u32> {
        // Somebody of that one name may be the one whose full name has it: Woo, and Woo Sang-ho.
        let last = self.mentions.partition_point(|m| m.start <= name.span.start).checked_sub(1);
        if last.is_some_and(|last| self.mentions[last].contains(name.span)) {
            return None;
        }
        match self.by_word.get(cx.draft.word(name))?.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}

/// The capitalized word right before “, 61”.
fn name_before<'d>(cx: &Context<'d>, figure: &Figure) -> Option<&'d Token> {
    let draft = cx.draft;
    let at = draft.token_at(figure.span.start);
    let [.., name, comma] = &draft.tokens[at.saturating_sub(2)..at] else { return None };
    (draft.word(comma) == "," && name.is_capital() && name.block == figure.block).then_some(name)
}

/// “Ten years earlier NAME, then 29”: the sentence is of another time.
fn is_past(cx: &Context<'_>, figure: &Figure) -> bool {
    let sentence = &cx.draft.sentences[figure.sentence as usize];
    cx.draft.sentence_tokens(sentence).windows(2).any(|pair| {
        matches!(cx.draft.lower(&pair[0]), "year" | "years" | "decade" | "decades")
            && matches!(cx.draft.lower(&pair[1]), "earlier" | "ago" | "before")
    })
}
