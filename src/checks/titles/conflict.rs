//! `titles/conflict`: one person, two offices in the draft that cannot both hold.

use serde::Deserialize;

use super::{changes, courtesy};
use crate::annotate::Person;
use crate::annotate::person::{TitleKind, TitleMention, TitleShape, TitleStatus};
use crate::checks::names::{clip, place};
use crate::checks::{Check, Context, in_speech, options};
use crate::diagnostic::{Confidence, Finding};

pub(super) const CODE: &str = "titles/conflict";

pub const CHECK: Check = Check {
    code: CODE,
    page: include_str!("../../../rules/core/titles/conflict.toml"),
    run,
    options: options::<Options>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// Whether to compare two offices of one group: senator and governor.
    offices: bool,
    /// Whether to compare a former office with the same one held now.
    former: bool,
    /// Whether to compare Mr. with Ms., Mrs. and Miss.
    courtesy: bool,
    /// Gates that keep nothing apart.
    gates_off: Vec<Gate>,
}

/// What keeps two clashing titles apart.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Gate {
    Speech,
    Past,
    Future,
    Change,
}

impl Gate {
    fn name(self) -> &'static str {
        match self {
            Gate::Speech => "speech: people are addressed by titles they no longer hold",
            Gate::Past => "past: the sentence tells of another time",
            Gate::Future => "future: the sentence tells of the time in office",
            Gate::Change => "change: the draft tells of taking or leaving office",
        }
    }
}

fn run(cx: &Context, out: &mut Vec<Finding>) {
    let options = cx.options::<Options>();
    for person in &cx.annotations.people {
        let titles: Vec<&TitleMention> = person
            .titles
            .iter()
            .filter(|t| t.kind == TitleKind::Office && !person.mentions[t.mention as usize].ambiguous && is_copy(cx, t))
            .collect();
        if titles.len() > 1 {
            check(cx, person, &titles, options, out);
        }
    }
    if options.courtesy {
        courtesy::run(cx, out);
    }
}

fn is_copy(cx: &Context, title: &TitleMention) -> bool {
    let kind = cx.draft.blocks[cx.draft.block_at(title.span.start)].kind;
    kind.is_body() || kind.is_display()
}

fn check(cx: &Context, person: &Person, titles: &[&TitleMention], options: &Options, out: &mut Vec<Finding>) {
    for (i, a) in titles.iter().enumerate() {
        for b in &titles[i + 1..] {
            let Some((confidence, why)) = clash(a, b, options) else { continue };
            if let Some(gate) = gate(cx, person, (a, b), options) {
                cx.kept_apart(CODE, a.span, b.span, || gate.name().to_owned());
                continue;
            }
            let same = |t: &TitleMention, o: &TitleMention| {
                t.office == o.office && t.status == o.status && t.portfolio == o.portfolio
            };
            let uses = |o: &TitleMention| titles.iter().filter(|t| same(t, o)).count();
            let display = |t: &TitleMention| cx.draft.blocks[cx.draft.block_at(t.span.start)].kind.is_display();
            // A headline is blamed before the story, then the rarer title, then the later one.
            let (blamed, other) = match (display(a), display(b)) {
                (true, false) => (*a, *b),
                (false, true) => (*b, *a),
                _ if uses(a) < uses(b) => (*a, *b),
                _ => (*b, *a),
            };
            let words = |t: &TitleMention| clip(cx.draft.words_at(t.span), 28);
            let message = format!("“{}” here, “{}” {}", words(blamed), words(other), place(cx, other.span));
            let note = format!("{}: “{}”", clip(&person.name, 30), words(other));
            out.push(Finding::new(CODE, blamed.span, message).confidence(confidence).here(other.span, note).why(why));
            return;
        }
    }
}

/// Whether two titles of one person clash by themselves, and how sure that is.
fn clash(a: &TitleMention, b: &TitleMention, options: &Options) -> Option<(Confidence, &'static str)> {
    use TitleStatus::{Current, Elect, Former};
    let places_agree = match (&a.jurisdiction, &b.jurisdiction) {
        (Some(x), Some(y)) => x == y || x.chars().take(4).eq(y.chars().take(4)),
        _ => true,
    };
    if !places_agree {
        return None;
    }
    let prefixes = a.shape == TitleShape::Prefix && b.shape == TitleShape::Prefix;
    if a.office == b.office {
        let nested =
            a.portfolio.iter().all(|p| b.portfolio.contains(p)) || b.portfolio.iter().all(|p| a.portfolio.contains(p));
        return match (a.status, b.status) {
            (Former, Current) | (Current, Former) if options.former && a.portfolio == b.portfolio && prefixes => {
                Some((Confidence::Sure, "the same office, former and held"))
            }
            (Elect, Current) | (Current, Elect) if options.former && a.portfolio == b.portfolio && prefixes => {
                Some((Confidence::Likely, "the same office, held and not yet held"))
            }
            (Current, Current) if options.offices && !nested && prefixes => {
                Some((Confidence::Likely, "the same rank with two fields of work"))
            }
            _ => None,
        };
    }
    let group = a.group.is_some() && a.group == b.group;
    (group && options.offices && prefixes && a.status == Current && b.status == Current)
        .then_some((Confidence::Likely, "two offices that one person does not hold at once"))
}

/// The gate that keeps two clashing titles apart, if one does.
fn gate(cx: &Context, person: &Person, (a, b): (&TitleMention, &TitleMention), options: &Options) -> Option<Gate> {
    let held = if a.status == TitleStatus::Former { b } else { a };
    let of_the_past = |title: &TitleMention| {
        let past = changes::is_of_the_past(cx.draft, title.span);
        past && (title.status != TitleStatus::Former || std::ptr::eq(title, held))
    };
    let held_later = |t: &TitleMention, o: &TitleMention| {
        t.status == TitleStatus::Elect && changes::is_of_the_future(cx.draft, o.span)
    };
    let keeps = |gate: Gate| match gate {
        Gate::Speech => in_speech(cx, a.span) || in_speech(cx, b.span),
        Gate::Past => of_the_past(a) || of_the_past(b),
        Gate::Future => held_later(a, b) || held_later(b, a),
        Gate::Change => changes::changes_around(cx.draft, person),
    };
    let gates = [Gate::Speech, Gate::Past, Gate::Future, Gate::Change];
    gates.into_iter().find(|gate| !options.gates_off.contains(gate) && keeps(*gate))
}
