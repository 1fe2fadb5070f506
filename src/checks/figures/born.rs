//! `figures/age`, where the draft says when somebody was born.

use jiff::civil::Date;

use super::age::CODE;
use crate::annotate::date::DateMention;
use crate::annotate::{Figure, Person};
use crate::checks::{Context, in_marks};
use crate::diagnostic::Finding;
use crate::text::{Rational, Token, TokenKind};

/// A birth date with its year, and whose it is.
pub(super) struct Birth<'a> {
    pub person: u32,
    /// Whether the name beside it fits two people.
    pub ambiguous: bool,
    pub date: &'a DateMention,
    pub year: i16,
}

impl Birth<'_> {
    /// How old they were on a day: one age where the birthday is told, else two.
    pub fn ages_on(&self, day: Date) -> (i64, i64) {
        let oldest = i64::from(day.year()) - i64::from(self.year);
        match (self.date.written.month, self.date.written.day) {
            (Some(month), of_month) if month != day.month() || of_month.is_some() => {
                let had = (month, of_month.unwrap_or(0)) <= (day.month(), day.day() as u32);
                let exact = if had { oldest } else { oldest - 1 };
                (exact, exact)
            }
            _ => (oldest - 1, oldest),
        }
    }
}

/// Most tokens between “born” and the date: born in the harbor town of Dorne in 1964.
const REACH: usize = 9;

/// The births of a draft: “NAME, born in 1964”, “NAME was born on 3 May 1964 in Dorne”, “NAME (born 1964)”.
pub(super) fn births<'a>(cx: &Context<'a>) -> Vec<Birth<'a>> {
    let draft = cx.draft;
    if !draft.lower.contains("born") {
        return Vec::new();
    }
    let is_born = |at: &usize| draft.lower(&draft.tokens[*at]) == "born";
    (0..draft.tokens.len()).filter(is_born).filter_map(|at| birth(cx, at)).collect()
}

/// The birth that the “born” at token `at` tells of.
fn birth<'a>(cx: &Context<'a>, at: usize) -> Option<Birth<'a>> {
    let draft = cx.draft;
    let born = &draft.tokens[at];
    let sentence = &draft.sentences[born.sentence as usize];
    if in_marks(cx, born.span) {
        return None;
    }
    let dates: &'a [DateMention] = &cx.annotations.dates;
    let date = dates.get(dates.partition_point(|d| d.span.start < born.span.end))?;
    let year = date.written.year.filter(|_| date.is_calendar() && date.open.is_none())?;
    let between = &draft.tokens[at + 1..draft.token_at(date.span.start).max(at + 1)];
    // Born in Dorne, in 1964; not: born in Dorne, she left it in 1990.
    let told = between.len() <= REACH
        && date.span.end <= sentence.span.end
        && between.iter().filter(|t| draft.word(t) == ",").count() <= 1
        && between.iter().all(|t| t.kind == TokenKind::Word && !is_other(draft.lower(t)) || draft.word(t) == ",");
    if !told {
        return None;
    }
    let (person, ambiguous) = subject(cx, at)?;
    Some(Birth { person, ambiguous, date, year })
}

/// Whose birth the “born” at token `at` is: the name right before it, or the one person of the sentence before where this one opens
/// with “he” or “she”. And whether the name fits two people.
fn subject(cx: &Context<'_>, at: usize) -> Option<(u32, bool)> {
    let draft = cx.draft;
    let born = &draft.tokens[at];
    let first = draft.sentences[born.sentence as usize].tokens.start as usize;
    let mentions = || cx.annotations.people.iter().flat_map(|p| p.mentions.iter().map(move |m| (p.id, m)));
    let is_link = |t: &Token| match t.kind {
        TokenKind::Word => matches!(draft.lower(t), "was" | "who" | "is" | "and" | "aged" | "years" | "old"),
        TokenKind::Number => true,
        TokenKind::Mark => matches!(draft.word(t), "," | "("),
        _ => false,
    };
    let before = mentions().filter(|(_, m)| m.sentence == born.sentence && m.span.end <= born.span.start);
    if let Some((person, mention)) = before.max_by_key(|(_, m)| m.span.start) {
        let link = &draft.tokens[draft.token_at(mention.span.end)..at];
        return (link.len() <= 8 && link.iter().all(is_link)).then_some((person, mention.ambiguous));
    }
    let pronoun = matches!(draft.lower(&draft.tokens[first]), "he" | "she") && at - first <= 2;
    let sentence = born.sentence.checked_sub(1).filter(|_| pronoun)?;
    let mut named = mentions().filter(|(_, m)| m.sentence == sentence && m.block == born.block);
    let (person, mention) = named.next()?;
    named.all(|(other, _)| other == person).then_some((person, mention.ambiguous))
}

/// Words that open another clause between “born” and a date.
fn is_other(lower: &str) -> bool {
    matches!(
        lower,
        "she"
            | "he"
            | "they"
            | "and"
            | "but"
            | "who"
            | "moved"
            | "came"
            | "left"
            | "joined"
            | "raised"
            | "before"
            | "after"
            | "died"
    )
}

/// The finding for an age that the birth date does not give on the draft’s date: two ages fit where the day is not told.
pub(super) fn contradicts(cx: &Context<'_>, person: &Person, age: &Figure, birth: &Birth<'_>) -> Option<Finding> {
    let today = cx.date?;
    let sentence = &cx.draft.sentences[age.sentence as usize];
    // The age of the dead is that of the day they died.
    let dead = |lower: &str| matches!(lower, "died" | "dead" | "late" | "death" | "killed" | "dies");
    if cx.draft.sentence_tokens(sentence).iter().any(|t| dead(cx.draft.lower(t))) {
        return None;
    }
    let (low, high) = birth.ages_on(today);
    let (youngest, eldest) = (Rational::new(low.into(), 1)?, Rational::new(high.into(), 1)?);
    if age.value >= youngest && age.value <= eldest {
        return None;
    }
    // A birthday may stand between the writing and the draft’s date.
    let near = age.value >= youngest.sub(Rational::ONE)? && age.value <= eldest.add(Rational::ONE)?;
    let given = if low == high { format!("{high}") } else { format!("{low} or {high}") };
    let message = format!("{} is {} here; born in {} makes {given}", person.surname, age.value, birth.year);
    let finding = Finding::new(CODE, age.span, message)
        .here(birth.date.span, format!("the birth of {}", person.name))
        .why("same person, the draft’s date");
    Some(if near { finding.likely() } else { finding })
}
