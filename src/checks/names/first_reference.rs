//! `names/first-reference`: a surname before any full name, or a full name where house style wants the surname.

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::{body_mentions, clip, families};
use crate::annotate::Person;
use crate::annotate::person::{NameForm, TitleKind, Trust, is_title_word};
use crate::checks::{Check, Context, in_speech, options};
use crate::diagnostic::Finding;
use crate::source::BlockKind;
use crate::text::fold::ascii_key;
use crate::text::{Lex, Span};

const CODE: &str = "names/first-reference";

pub const CHECK: Check = Check {
    code: CODE,
    page: include_str!("../../../rules/core/names/first-reference.toml"),
    run,
    options: options::<Options>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// Surnames that need no given name.
    household: Vec<String>,
    /// How many paragraphs the full name may come after the surname.
    grace: u32,
    /// Whether to report full names after the first.
    repeated: bool,
}

/// What is asked of the whole draft for some of its people, read when it is first asked.
#[derive(Default)]
struct Whole {
    /// Who says five words or more.
    speakers: OnceCell<FxHashSet<u32>>,
    /// Words, in lower case, that stand after another name.
    longer: OnceCell<FxHashSet<String>>,
    /// Whether it has a byline or a caption.
    bylines: OnceCell<bool>,
    /// How many people have a surname.
    surnames: OnceCell<FxHashMap<String, usize>>,
}

impl Whole {
    fn speaks(&self, cx: &Context, person: &Person) -> bool {
        let read = || {
            let said = cx.annotations.quotes.iter().filter(|q| q.words >= 5 && q.is_speech());
            said.filter_map(|q| q.person).collect()
        };
        self.speakers.get_or_init(read).contains(&person.id)
    }

    fn is_shared(&self, cx: &Context, person: &Person) -> bool {
        let read = || {
            let mut surnames: FxHashMap<String, usize> = FxHashMap::default();
            cx.annotations.people.iter().for_each(|p| *surnames.entry(p.surname.clone()).or_default() += 1);
            surnames
        };
        self.surnames.get_or_init(read).get(&person.surname).is_some_and(|&people| people > 1)
    }
}

fn run(cx: &Context, out: &mut Vec<Finding>) {
    let options = cx.options::<Options>();
    let whole = Whole::default();
    for person in &cx.annotations.people {
        if options.household.iter().any(|h| h == &person.surname || h == &person.name) || person.known.is_some() {
            continue;
        }
        if options.repeated {
            repeated(cx, person, &whole, out);
        }
        match person.first_full() {
            Some(_) => late(cx, person, &whole, options.grace, out),
            None => never(cx, person, &whole, out),
        }
    }
}

/// The full name comes paragraphs after the surname.
fn late(cx: &Context, person: &Person, whole: &Whole, grace: u32, out: &mut Vec<Finding>) {
    let mut body = body_mentions(cx, person);
    let Some(first) = body.next() else { return };
    let Some(full) =
        person.mentions.iter().find(|m| m.form == NameForm::Full && cx.draft.blocks[m.block as usize].kind.is_body())
    else {
        return;
    };
    if first.form != NameForm::Surname || first.ambiguous || full.block < first.block + grace {
        return;
    }
    let gate = |why: &'static str| cx.kept_apart(CODE, first.span, full.span, || why.to_owned());
    // The headline or standfirst has the full name, or the surname is part of the name of something.
    let shown =
        |m: &&crate::annotate::person::PersonMention| m.form == NameForm::Full && m.span.start < first.span.start;
    if person.mentions.iter().any(|m| shown(&m)) {
        gate("display: the headline gives the full name");
    } else if in_speech(cx, first.span) {
        gate("speech: a speaker may say the surname alone");
    } else if super::is_attributive(cx, first.span) || is_group(cx, first.span) {
        gate("name: the surname names something");
    } else if is_led_by_name(cx, first.span) {
        gate("longer: the word before is part of the name");
    } else if super::may_be_headline(cx, first.block) {
        gate("display: the first line may be the headline");
    } else if whole.is_shared(cx, person) {
        gate("shared: another person of that surname");
    } else if families::has_person(person) {
        gate("known: somebody of public life, whom readers know by the surname");
    } else if person.trust > Trust::Given {
        gate("trust: the full name is none for sure");
    } else {
        let message = format!("“{}” before the full name, {}", clip(&person.surname, 30), super::place(cx, full.span));
        out.push(Finding::new(CODE, first.span, message).likely().here(full.span, "the full name"));
    }
}

/// Nobody of that surname is ever named in full, and the person speaks.
fn never(cx: &Context, person: &Person, whole: &Whole, out: &mut Vec<Finding>) {
    let Some(first) = body_mentions(cx, person).next() else { return };
    let titled = |kind: TitleKind| person.titles.iter().any(|t| t.kind == kind);
    // An office says who speaks; a courtesy title or a rank does not. Clergy and royalty go by one name.
    let nameless = titled(TitleKind::Courtesy)
        && !titled(TitleKind::Office)
        && person.titles.iter().all(|t| matches!(t.office.as_str(), "mr" | "mrs"));
    if !nameless || first.form != NameForm::TitleSurname || in_speech(cx, first.span) || !whole.speaks(cx, person) {
        return;
    }
    if is_peer(cx, first.span) || families::has_surname(&ascii_key(&person.surname)) {
        return;
    }
    let bylines = || cx.draft.blocks.iter().any(|b| b.kind == BlockKind::Byline || b.kind == BlockKind::Caption);
    let elsewhere = *whole.bylines.get_or_init(bylines);
    if !elsewhere && !has_longer_form(cx, person, whole, first.span) {
        let message = format!("“{}” speaks and is never named in full", clip(&person.surname, 40));
        out.push(Finding::new(CODE, first.span, message).likely());
    }
}

/// Whether a word with a capital stands right before the name, and no title: a Mora Quill novel.
fn is_led_by_name(cx: &Context, name: Span) -> bool {
    let at = cx.draft.token_at(name.start);
    let before = at.checked_sub(1).map(|b| (&cx.draft.tokens[b], &cx.draft.tokens[at]));
    before.is_some_and(|(t, own)| {
        t.is_capital()
            && t.is_word()
            && t.sentence == own.sentence
            && !t.lex.is(Lex::FUNCTION | Lex::WEEKDAY | Lex::MONTH)
            && !is_title_word(cx.draft.lower(t).trim_end_matches('.'))
    })
}

/// Whether the name is that of a peer, who has no given name with the title: Lord Quill, Lady Quill.
fn is_peer(cx: &Context, name: Span) -> bool {
    let before = cx.draft.token_at(name.start).checked_sub(1).map(|b| cx.draft.lower(&cx.draft.tokens[b]));
    matches!(before, Some("lord" | "lady"))
}

/// Words for groups and firms: what follows them is their name.
const GROUPS: [&str; 22] = [
    "band",
    "brand",
    "chain",
    "club",
    "company",
    "duo",
    "firm",
    "foursome",
    "group",
    "label",
    "maker",
    "manufacturer",
    "outfit",
    "quartet",
    "quintet",
    "retailer",
    "rockers",
    "side",
    "team",
    "trio",
    "village",
    "yacht",
];

/// Whether a word for a group stands right before the name: the band Quill.
fn is_group(cx: &Context, name: Span) -> bool {
    let before = cx.draft.token_at(name.start).checked_sub(1).map(|b| &cx.draft.tokens[b]);
    before.is_some_and(|t| GROUPS.contains(&cx.draft.lower(t)))
}

/// Whether the surname stands anywhere after another name or before a place, read as a person’s full name or not: “said the
/// board’s Ilka Quill”, “Lord Quill of Salem”.
fn has_longer_form(cx: &Context, person: &Person, whole: &Whole, first: Span) -> bool {
    let draft = cx.draft;
    let surname = person.surname.to_lowercase();
    let of = draft.token_at(first.end);
    let is_of = draft.tokens.get(of).is_some_and(|t| draft.lower(t) == "of");
    if is_of && draft.tokens.get(of + 1).is_some_and(|t| t.is_capital()) {
        return true;
    }
    whole.longer.get_or_init(|| after_names(cx)).contains(&surname)
}

/// Words with a capital, in lower case, right after another that is no title.
fn after_names(cx: &Context) -> FxHashSet<String> {
    let draft = cx.draft;
    let second = draft.tokens.windows(2).filter_map(|pair| {
        let [before, name] = pair else { return None };
        let longer = before.is_capital() && before.block == name.block && before.sentence == name.sentence;
        (longer
            && name.is_capital()
            && !before.lex.is(Lex::FUNCTION)
            && !is_title_word(draft.lower(before).trim_end_matches('.')))
        .then(|| draft.lower(name).to_owned())
    });
    second.collect()
}

fn repeated(cx: &Context, person: &Person, whole: &Whole, out: &mut Vec<Finding>) {
    let mut full = body_mentions(cx, person).filter(|m| m.form == NameForm::Full);
    let Some(first) = full.next() else { return };
    let shared = whole.is_shared(cx, person);
    for again in full.filter(|m| !shared && !in_speech(cx, m.span)) {
        let message = format!("full name again: “{}”", clip(cx.draft.words_at(again.span), 40));
        out.push(Finding::new(CODE, again.span, message).likely().here(first.span, "first reference"));
    }
}
