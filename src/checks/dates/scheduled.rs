//! `dates/conflict` for what is set for a day: “The library will reopen on May 12” and “The library will reopen on May 21”.

use super::Context;
use crate::annotate::DateMention;
use crate::annotate::date::{DateKind, Grain};
use crate::checks::in_marks;
use crate::checks::names::place;
use crate::diagnostic::Finding;
use crate::text::{Lex, Token, TokenKind};

/// What happens to a thing on a day, and not again soon.
const ONCE: [(&str, &[&str]); 9] = [
    ("open", &["open", "opens", "opened"]),
    ("reopen", &["reopen", "reopens", "reopened"]),
    ("close", &["close", "closes", "closed"]),
    ("begin", &["begin", "begins", "began", "start", "starts", "started"]),
    ("end", &["end", "ends", "ended", "expire", "expires", "expired"]),
    ("sink", &["sink", "sank"]),
    ("retire", &["retire", "retires", "retired"]),
    ("marry", &["marry", "married"]),
    ("set", &["set", "scheduled", "due", "planned"]),
];

/// Words of a sentence that tells of a day that was changed, or of one of several.
const MOVED: [&str; 20] = [
    "delayed",
    "postponed",
    "moved",
    "instead",
    "originally",
    "rescheduled",
    "initially",
    "later",
    "previously",
    "earlier",
    "again",
    "first",
    "second",
    "next",
    "another",
    "each",
    "every",
    "new",
    "until",
    "extended",
];

/// The most tokens of the “of” that tells a subject apart.
const OF_REACH: usize = 5;

/// Something set for a day.
struct Set<'d> {
    /// The last word of the subject.
    subject: &'d str,
    /// What stands before that word, where it tells more: a name, an adjective.
    more: Option<&'d str>,
    event: &'static str,
    date: &'d DateMention,
}

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut told: Vec<Set<'_>> = Vec::new();
    for date in cx.annotations.dates.iter().filter(|d| is_day(d)) {
        let Some(set) = set(cx, date) else { continue };
        let other = told.iter().find(|s| {
            s.subject == set.subject
                && s.event == set.event
                && (s.more == set.more || s.more.is_none() || set.more.is_none())
        });
        if let Some(other) = other {
            findings.extend(check(cx, &set, other));
        } else {
            told.push(set);
        }
    }
}

fn is_day(date: &DateMention) -> bool {
    let written = date.written;
    matches!(date.kind, DateKind::Calendar)
        && date.grain == Grain::Day
        && date.open.is_none()
        && written.month.is_some()
        && written.day.is_some()
        && written.day_to.is_none()
}

fn set<'d>(cx: &Context<'d>, date: &'d DateMention) -> Option<Set<'d>> {
    let draft = cx.draft;
    let at = draft.token_at(date.span.start);
    let sentence = draft.tokens.get(at)?.sentence;
    let before = &draft.tokens[draft.sentences[sentence as usize].tokens.start as usize..at];
    let [rest @ .., verb, on] = before else { return None };
    let word = |t: &Token| draft.lower(t);
    let event = ONCE.iter().find(|(_, forms)| forms.contains(&word(verb)))?.0;
    let led = match event {
        "set" => matches!(word(on), "for" | "on"),
        _ => word(on) == "on",
    };
    let is_link = |t: &&Token| {
        matches!(word(t), "will" | "would" | "is" | "was" | "are" | "were" | "to" | "set" | "due" | "scheduled" | "be")
    };
    let links = rest.iter().rev().take_while(is_link).count();
    let (subject, links) = rest.split_at(rest.len() - links);
    // “is set for”, and no “the set for May”.
    let whole = event != "set" || links.iter().any(|t| matches!(word(t), "is" | "was" | "are" | "were"));
    // The trial of the captain: the trial.
    let of = subject.iter().rposition(|t| word(t) == "of").filter(|&at| at > 0 && subject.len() - at <= OF_REACH);
    let subject = &subject[..of.unwrap_or(subject.len())];
    let [.., noun] = subject else { return None };
    let counts = |t: &Token| t.kind == TokenKind::Word && !t.lex.is(Lex::FUNCTION);
    let kind = draft.blocks[draft.tokens[at].block as usize].kind;
    // What headline and standfirst say is held against the story elsewhere.
    let told = kind.is_copy() && !kind.is_display();
    if !led || !whole || !counts(noun) || !told || in_marks(cx, date.span) || is_moved(cx, sentence) {
        return None;
    }
    let more = subject.len().checked_sub(2).map(|i| &subject[i]).filter(|t| counts(t)).map(word);
    Some(Set { subject: word(noun), more, event, date })
}

fn is_moved(cx: &Context<'_>, sentence: u32) -> bool {
    let tokens = cx.draft.sentence_tokens(&cx.draft.sentences[sentence as usize]);
    tokens.iter().any(|t| MOVED.contains(&cx.draft.lower(t)))
}

fn check(cx: &Context<'_>, here: &Set<'_>, there: &Set<'_>) -> Option<Finding> {
    let (a, b) = (there.date.written, here.date.written);
    let years = matches!((a.year, b.year), (Some(x), Some(y)) if x != y);
    if (a.month, a.day) == (b.month, b.day) || years {
        return None;
    }
    let words = |d: &DateMention| cx.draft.words_at(d.span);
    let message = format!("{} here, {} {}", words(here.date), words(there.date), place(cx, there.date.span));
    let finding = Finding::new("dates/conflict", here.date.span, message)
        .here(there.date.span, "the other day")
        .why("the same thing is set for both days, in the same words");
    // “May 12” and “May 21”: digits that change places.
    let swapped =
        a.month == b.month && matches!((a.day, b.day), (Some(x), Some(y)) if x / 10 == y % 10 && x % 10 == y / 10);
    Some(if swapped { finding } else { finding.likely() })
}
