//! `figures/age`, where the draft says how old somebody was in a year, or at death: “In 1972, at 33, she …” against the birth in 1939.

use jiff::civil::Date;

use super::age::{CODE, belongs};
use super::born::Birth;
use crate::annotate::figure::Measure;
use crate::annotate::person::Gender;
use crate::annotate::{DateMention, Figure, Person};
use crate::checks::{Context, in_marks};
use crate::diagnostic::Finding;
use crate::text::{Span, Token, TokenKind};

/// Ages that copy gives this way.
const AGES: std::ops::RangeInclusive<i64> = 10..=110;
/// How many days before the draft’s date a death is told of.
const RECENT: i32 = 60;

/// The years in which somebody can have been born, and what says so.
#[derive(Clone, Copy)]
struct Born {
    low: i64,
    high: i64,
    span: Span,
    exact: bool,
}

/// “NAME died on Thursday. She was 87.”
struct Death<'a> {
    person: &'a Person,
    age: i64,
    span: Span,
    sentence: u32,
}

pub(super) fn run(cx: &Context<'_>, births: &[Birth<'_>], findings: &mut Vec<Finding>) {
    let Some(today) = cx.date else { return };
    let death = death(cx);
    if let Some(death) = &death {
        findings.extend(at_death(cx, death, births));
    }
    findings.extend(births.iter().filter_map(|birth| now(cx, birth, today)));
    findings.extend(births.iter().filter_map(|birth| died(cx, birth)));
    for date in &cx.annotations.dates {
        let Some((age, span)) = beside(cx, date) else { continue };
        let Some(person) = focus(cx, span, death.as_ref()) else { continue };
        let Some(born) = born(cx, person, births, death.as_ref(), i64::from(today.year())) else { continue };
        let year = i64::from(date.written.year.unwrap_or_default());
        // Born in 1939 is 32 or 33 in 1972.
        let (youngest, eldest) = (year - born.high - 1, year - born.low);
        if (youngest..=eldest).contains(&age) || born.span.overlaps(span) {
            continue;
        }
        let makes = if born.exact {
            format!("born in {} makes {youngest} or {eldest}", born.low)
        } else {
            let told = cx.draft.words_at(born.span);
            format!("{told} at the draft’s date makes {youngest} to {eldest}")
        };
        let message = format!("{} is {age} in {year} here; {makes}", person.surname);
        let note = if born.exact { "the birth" } else { "the age today" };
        let near = (youngest - 1..=eldest + 1).contains(&age);
        let finding =
            Finding::new(CODE, span, message).here(born.span, note).why("one person, an age and a year side by side");
        findings.push(if near { finding.likely() } else { finding });
    }
}

/// “who was born in 1958 and is 67”.
fn now(cx: &Context<'_>, birth: &Birth<'_>, today: Date) -> Option<Finding> {
    let draft = cx.draft;
    let at = draft.token_at(birth.date.span.end);
    let words = draft.tokens.get(at..at + 4)?;
    let [and, is, age, stop] = words else { return None };
    let told = draft.lower(and) == "and" && draft.lower(is) == "is" && stop.kind != TokenKind::Word;
    let stated: i64 = draft.word(age).parse().ok().filter(|age| told && AGES.contains(age))?;
    let (low, high) = birth.ages_on(today);
    if (low..=high).contains(&stated) {
        return None;
    }
    let given = if low == high { format!("{high}") } else { format!("{low} or {high}") };
    let message = format!("{stated} here; born in {} makes {given}", birth.year);
    let finding = Finding::new(CODE, age.span, message)
        .here(birth.date.span, "the birth")
        .why("birth and age stand side by side");
    Some(if (low - 1..=high + 1).contains(&stated) { finding.likely() } else { finding })
}

/// “who was born in 1950, died on March 3, 2025, at 74”: birth, death and age in one sentence.
fn died(cx: &Context<'_>, birth: &Birth<'_>) -> Option<Finding> {
    let draft = cx.draft;
    let at = draft.token_at(birth.date.span.end);
    let sentence = draft.tokens.get(at)?.sentence;
    let word = |i: usize| draft.tokens.get(i).filter(|t| t.sentence == sentence).map_or("", |t| draft.lower(t));
    let died = (at..at + 3).find(|&i| word(i) == "died" && (at..i).all(|j| matches!(word(j), "," | ")" | "and")))?;
    let dates = &cx.annotations.dates;
    let death = dates.get(dates.partition_point(|d| d.span.start < draft.tokens[died].span.end))?;
    let exact = death.is_calendar() && death.written.year.is_some() && death.open.is_none();
    let led = draft.token_at(death.span.start).saturating_sub(died) <= 2;
    let (first, last) = death.days.filter(|_| exact && led)?;
    let after = draft.token_at(death.span.end);
    let number = match (word(after), word(after + 1), word(after + 2)) {
        (",", "at" | "aged", "the") => after + 5,
        (",", "at" | "aged", _) => after + 2,
        ("at" | "aged", "the", _) => after + 4,
        ("at" | "aged", ..) => after + 1,
        _ => return None,
    };
    let token = draft.tokens.get(number).filter(|t| t.sentence == sentence && t.kind == TokenKind::Number)?;
    let closed = matches!(word(number + 1), "," | "" | "." | ";" | ")");
    let stated: i64 = draft.word(token).parse().ok().filter(|age| closed && AGES.contains(age))?;
    let (low, high) = (birth.ages_on(first).0, birth.ages_on(last).1);
    if (low..=high).contains(&stated) {
        return None;
    }
    let given = if low == high { format!("{high}") } else { format!("{low} or {high}") };
    let message = format!("{stated} here; from {} to the death is {given}", birth.year);
    let finding = Finding::new(CODE, token.span, message)
        .here(birth.date.span, "the birth")
        .here(death.span, "the death")
        .why("birth, death and age stand in one sentence");
    Some(if (low - 1..=high + 1).contains(&stated) { finding.likely() } else { finding })
}

/// The age right behind or before a year: “in 1972, at 33,”, “at 33, in 1972”, “in 1972, when she was 33”.
fn beside(cx: &Context<'_>, date: &DateMention) -> Option<(i64, Span)> {
    let draft = cx.draft;
    let year = date.written.year.filter(|_| date.is_calendar() && date.written.month.is_none());
    year.filter(|year| (1900..=2100).contains(year))?;
    if in_marks(cx, date.span) {
        return None;
    }
    let at = draft.token_at(date.span.start);
    let after = draft.token_at(date.span.end);
    let sentence = draft.tokens.get(at)?.sentence;
    let word = |i: usize| draft.tokens.get(i).filter(|t| t.sentence == sentence).map_or("", |t| draft.lower(t));
    let before = |back: usize| at.checked_sub(back).map_or("", word);
    if !matches!(before(1), "in" | "since") {
        return None;
    }
    let number = |i: usize| {
        let token = draft.tokens.get(i).filter(|t| t.sentence == sentence && t.kind == TokenKind::Number)?;
        let age: i64 = draft.word(token).parse().ok()?;
        let closed = matches!(word(i + 1), "," | "" | "." | ";" | ")");
        (AGES.contains(&age) && closed).then_some((age, token.span))
    };
    match (word(after), word(after + 1)) {
        (",", "at") => number(after + 2),
        (",", "aged") => number(after + 2),
        (",", "when") if matches!((word(after + 2), word(after + 3)), ("he" | "she", "was")) => number(after + 4),
        _ if before(2) == "," && matches!(before(4), "at" | "aged") => number(at.checked_sub(3)?),
        _ => None,
    }
}

fn fits(person: &Person, pronoun: &str) -> bool {
    match person.gender {
        Some(Gender::Female) => pronoun != "he",
        Some(Gender::Male) => pronoun != "she",
        _ => true,
    }
}

/// Whose age a sentence gives: the last person named in it before the age; with “he” or “she” in it, the one person of the sentence
/// before, or the one whose death the story tells of.
fn focus<'a>(cx: &Context<'a>, age: Span, death: Option<&Death<'a>>) -> Option<&'a Person> {
    let draft = cx.draft;
    let at = draft.token_at(age.start);
    let (sentence, block) = (draft.tokens[at].sentence, draft.tokens[at].block);
    let named = |of: u32, before: u32| {
        let people: &'a [Person] = &cx.annotations.people;
        people
            .iter()
            .flat_map(|p| p.mentions.iter().map(move |m| (p, m)))
            .filter(move |(_, m)| m.sentence == of && m.block == block && m.span.end <= before)
    };
    if let Some((person, mention)) = named(sentence, age.start).max_by_key(|(_, m)| m.span.start) {
        let only = named(sentence, u32::MAX).all(|(p, _)| p.id == person.id);
        return (only && !mention.ambiguous).then_some(person);
    }
    let words = draft.sentence_tokens(&draft.sentences[sentence as usize]);
    let pronoun = words.iter().map(|t| draft.lower(t)).find(|w| matches!(*w, "he" | "she"))?;
    if named(sentence, u32::MAX).next().is_some() {
        return None;
    }
    let last = sentence.checked_sub(1)?;
    if let Some((person, mention)) = named(last, u32::MAX).next() {
        let only = named(last, u32::MAX).all(|(p, _)| p.id == person.id);
        return (only && !mention.ambiguous && fits(person, pronoun)).then_some(person);
    }
    // The paragraph names nobody: it goes on about whose life the story tells.
    let death = death.filter(|d| d.sentence < sentence && fits(d.person, pronoun))?;
    let nobody = cx.annotations.people.iter().all(|p| p.mentions.iter().all(|m| m.block != block));
    nobody.then_some(death.person)
}

/// When somebody was born, by the birth that the draft gives, or by an age at its date.
fn born(cx: &Context<'_>, person: &Person, births: &[Birth<'_>], death: Option<&Death<'_>>, year: i64) -> Option<Born> {
    let around = |age: i64, span: Span| Born { low: year - age - 1, high: year - age, span, exact: false };
    if let Some(birth) =
        births.iter().find(|b| b.person == person.id && !b.ambiguous || is_of_the_dead(cx, death, b, person))
    {
        let year = i64::from(birth.year);
        return Some(Born { low: year, high: year, span: birth.date.span, exact: true });
    }
    if let Some(death) = death.filter(|d| d.person.id == person.id) {
        return Some(around(death.age, death.span));
    }
    let ages = cx.annotations.figures.iter().filter(|f| matches!(f.measure, Measure::Age(unit) if unit.name == "year"));
    let mut own = ages.filter(|f| {
        f.high.is_none()
            && person.mentions.iter().any(|m| m.block == f.block && !m.ambiguous && belongs(cx.draft, m, f))
    });
    let (age, None) = (own.next()?, own.next()) else { return None };
    Some(around(age.value.as_whole()?, age.amount))
}

/// Whether a birth told of by surname alone is that of the dead, whose family has the name too.
fn is_of_the_dead(cx: &Context<'_>, death: Option<&Death<'_>>, birth: &Birth<'_>, person: &Person) -> bool {
    let surname = |id: u32| cx.annotations.people.iter().find(|p| p.id == id).map(|p| &p.surname);
    birth.ambiguous && death.is_some_and(|d| d.person.id == person.id) && surname(birth.person) == Some(&person.surname)
}

/// The death that the draft tells of first, with the age: “NAME died on Thursday … . She was 87.”
fn death<'a>(cx: &Context<'a>) -> Option<Death<'a>> {
    let draft = cx.draft;
    cx.annotations.figures.iter().find_map(|figure: &Figure| {
        let sentence = &draft.sentences[figure.sentence as usize];
        let words = draft.sentence_tokens(sentence);
        let lower = |t: &Token| draft.lower(t);
        let [pronoun, was, _, stop] = words else { return None };
        let short = matches!(lower(pronoun), "he" | "she") && lower(was) == "was" && stop.kind == TokenKind::Stop;
        let age = figure.value.as_whole().filter(|age| short && AGES.contains(age))?;
        let last = figure.sentence.checked_sub(1)?;
        let told = draft.sentence_tokens(&draft.sentences[last as usize]).iter().any(|t| lower(t) == "died");
        let named = cx.annotations.people.iter().flat_map(|p| p.mentions.iter().map(move |m| (p, m)));
        let (person, _) = named
            .filter(|(_, m)| m.sentence == last && m.block == figure.block)
            .min_by_key(|(_, m)| m.span.start)
            .filter(|(p, _)| told && fits(p, lower(pronoun)))?;
        Some(Death { person, age, span: figure.amount, sentence: figure.sentence })
    })
}

/// The age at death against the birth: the death is of the days before the draft’s date.
fn at_death(cx: &Context<'_>, death: &Death<'_>, births: &[Birth<'_>]) -> Option<Finding> {
    let today = cx.date?;
    let birth = births
        .iter()
        .find(|b| b.person == death.person.id && !b.ambiguous || is_of_the_dead(cx, Some(death), b, death.person))?;
    let earliest = today.saturating_sub(jiff::Span::new().days(RECENT));
    let (low, high) = (birth.ages_on(earliest).0, birth.ages_on(today).1);
    if (low..=high).contains(&death.age) {
        return None;
    }
    let given = if low == high { format!("{high}") } else { format!("{low} or {high}") };
    let message = format!("{} was {} here; born in {} makes {given}", death.person.surname, death.age, birth.year);
    let finding = Finding::new(CODE, death.span, message)
        .here(birth.date.span, format!("the birth of {}", death.person.name))
        .why("same person, the age at death");
    let close = (low - 1..=high + 1).contains(&death.age);
    Some(if close { finding.likely() } else { finding })
}
