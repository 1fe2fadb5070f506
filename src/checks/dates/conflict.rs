//! `dates/conflict`: one event, two dates. Only events that happen once are compared: births, deaths and foundings of one person or body.

use std::sync::LazyLock;

use super::{Context, display, scheduled};
use crate::annotate::DateMention;
use crate::annotate::date::{DateKind, Grain};
use crate::annotate::person::NameForm;
use crate::checks::in_marks;
use crate::checks::names::place;
use crate::diagnostic::{Confidence, Finding};
use crate::text::{Lex, Span, Token, TokenKind, WordFilter};

/// What happens once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    Birth,
    Death,
    Founding,
}

impl Event {
    fn of(word: &str) -> Option<Event> {
        match word {
            "born" => Some(Event::Birth),
            "died" => Some(Event::Death),
            "founded" | "established" => Some(Event::Founding),
            _ => None,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Event::Birth => "born",
            Event::Death => "died",
            Event::Founding => "founded",
        }
    }
}

struct Stated<'d> {
    event: Event,
    /// The one it happened to.
    who: Who<'d>,
    date: usize,
}

/// Whom or what an event happened to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who<'d> {
    /// An index of the draft's people, however each is named.
    Person(u32),
    /// A name, as written.
    Name(&'d str),
}

/// The words of [`Event::of`].
static EVENTS: LazyLock<WordFilter> = LazyLock::new(|| WordFilter::new(["born", "died", "founded", "established"]));

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    scheduled::run(cx, findings);
    display::run(cx, findings);
    // One date contradicts nothing: most drafts have no two that say their year. Who asks why is told of two events on one date, too.
    if cx.trace.is_none() && cx.annotations.dates.iter().filter(|d| is_dated(d)).count() < 2 {
        return;
    }
    let events = &*EVENTS;
    let mut stated: Vec<Stated<'_>> = Vec::new();
    for (index, token) in cx.draft.tokens.iter().enumerate() {
        if token.kind != TokenKind::Word || !events.may_hold(token.hash) {
            continue;
        }
        let Some(event) = Event::of(cx.draft.lower(token)) else { continue };
        let kind = cx.draft.blocks[token.block as usize].kind;
        if !kind.is_copy() || in_marks(cx, token.span) {
            continue;
        }
        if let (Some(date), Some(who)) = (date_after(cx, index), subject(cx, index)) {
            stated.push(Stated { event, who, date });
        }
    }
    for (index, later) in stated.iter().enumerate() {
        let earlier = stated[..index].iter().find(|s| s.event == later.event && s.who == later.who);
        let Some(earlier) = earlier else { continue };
        let (a, b) = (&cx.annotations.dates[earlier.date], &cx.annotations.dates[later.date]);
        let (Some(x), Some(y)) = (a.days, b.days) else { continue };
        if x.1 >= y.0 && y.1 >= x.0 {
            cx.kept_apart("dates/conflict", b.span, a.span, || "the two dates have days in common".into());
            continue;
        }
        let (here, there) = (cx.draft.words_at(b.span), cx.draft.words_at(a.span));
        let message = format!("{} {here} here, {there} {}", later.event.words(), place(cx, a.span));
        // Two people may share a name of one word; so may a club and its town.
        let confidence = match later.who {
            Who::Name(name) if !name.contains(' ') => Confidence::Likely,
            Who::Name(_) | Who::Person(_) => Confidence::Sure,
        };
        let note = format!("{} {there}", later.event.words());
        findings.push(Finding::new("dates/conflict", b.span, message).confidence(confidence).here(a.span, note));
    }
}

/// The date that goes with the verb at `index`: the first one after it within a few words, with its year in words.
fn date_after(cx: &Context<'_>, index: usize) -> Option<usize> {
    let token = &cx.draft.tokens[index];
    let first = cx.annotations.dates.partition_point(|d| d.span.start < token.span.end);
    let found = cx.annotations.dates.get(first)?;
    let between = cx.draft.tokens_in(Span { start: token.span.end, end: found.span.start });
    let near = between.len() <= 6
        && between.iter().all(|t| t.sentence == token.sentence && t.kind == TokenKind::Word)
        && !between
            .iter()
            .any(|t| matches!(cx.draft.lower(t), "to" | "before" | "after" | "since" | "until" | "and" | "when"));
    (near && is_dated(found)).then_some(first)
}

/// Whether a date says its year itself.
fn is_dated(date: &DateMention) -> bool {
    let written = matches!(date.kind, DateKind::Calendar | DateKind::Numeric) && date.written.year.is_some();
    written && date.open.is_none() && matches!(date.grain, Grain::Day | Grain::Month | Grain::Year)
}

/// The most tokens of the words that say who somebody is.
const APPOSITIVE: usize = 12;

/// The name before the verb in its sentence, with nothing between that starts another clause.
fn subject<'d>(cx: &Context<'d>, index: usize) -> Option<Who<'d>> {
    let tokens = &cx.draft.tokens;
    let sentence = tokens[index].sentence;
    let between = |t: &Token| {
        matches!(cx.draft.lower(t), "was" | "who" | "which" | "," | "also" | "is" | "had" | "been" | "has" | "were")
            && !t.is_capital()
    };
    let in_sentence = |i: &usize| tokens[*i].sentence == sentence;
    let mut before = (0..index).rev().take_while(in_sentence);
    let mut last = before.by_ref().take(6).find(|&i| !between(&tokens[i]))?;
    // Ada Poe, the poet, was born: the name stands before what says who she is.
    if cx.draft.word(&tokens[last + 1]) == "," && !tokens[last].is_capital() {
        let mut back = (0..last).rev().take_while(in_sentence).take(APPOSITIVE);
        last = back.find(|&i| cx.draft.word(&tokens[i]) == ",")?.checked_sub(1)?;
    }
    let is_name = |i: usize| {
        tokens[i].is_word() && tokens[i].is_capital() && !tokens[i].lex.is(Lex::FUNCTION | Lex::MONTH | Lex::WEEKDAY)
    };
    if matches!(cx.draft.lower(&tokens[last]), "he" | "she") {
        return only_person(cx, last).map(Who::Person);
    }
    if !is_name(last) {
        return None;
    }
    let mentions = cx.annotations.people.iter().flat_map(|p| p.mentions.iter().map(move |m| (p.id, m)));
    let mut holding = mentions.filter(|(_, m)| m.span.end == tokens[last].span.end);
    if let Some((id, mention)) = holding.next() {
        // A surname of two people may be the other's.
        let people = &cx.annotations.people;
        let shared = || people.iter().any(|p| p.id != id && p.surname == people[id as usize].surname);
        let clear = mention.form == NameForm::Full || !mention.ambiguous && !shared();
        return clear.then_some(Who::Person(id));
    }
    let first = (0..last).rev().take_while(in_sentence).take_while(|&i| is_name(i)).last().unwrap_or(last);
    let span = tokens[first].span.cover(tokens[last].span);
    (span.len() > 3).then(|| Who::Name(cx.draft.words_at(span)))
}

/// The person whom he or she at `token` means: the one person named in the sentence before, or else in the draft so far.
fn only_person(cx: &Context<'_>, token: usize) -> Option<u32> {
    let pronoun = &cx.draft.tokens[token];
    let before = cx.annotations.people.iter().filter(|p| p.mentions.iter().any(|m| m.span.start < pronoun.span.start));
    let mut ids: Vec<u32> = before.map(|p| p.id).collect();
    if ids.len() > 1 {
        let above = |m: &crate::annotate::person::PersonMention| {
            m.block == pronoun.block && m.sentence < pronoun.sentence && m.sentence + 1 >= pronoun.sentence
        };
        ids.retain(|&id| cx.annotations.people[id as usize].mentions.iter().any(above));
    }
    if let [id] = ids[..] { Some(id) } else { None }
}
