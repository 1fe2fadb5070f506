//! `names/shared-surname`: a bare surname that fits two people.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use serde::Deserialize;

use super::{clip, families, kin};
use crate::annotate::Person;
use crate::annotate::person::{Gender, NameForm, PersonMention};
use crate::checks::{Check, Context, in_speech, options};
use crate::diagnostic::Finding;
use crate::text::fold::ascii_key;

const CODE: &str = "names/shared-surname";

pub const CHECK: Check = Check {
    code: CODE,
    page: include_str!("../../../rules/core/names/shared-surname.toml"),
    run,
    options: options::<Options>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// Surname to the full name it means when it stands alone.
    default: BTreeMap<String, String>,
    /// One of the two is named so many times as often that readers take the surname for that one; 0 is never.
    dominance: usize,
}

/// More people of one surname are a list, or many stories in one file: nobody is told from all the others.
const FAMILY: usize = 24;

fn run(cx: &Context, out: &mut Vec<Finding>) {
    let options = cx.options::<Options>();
    let full = || cx.annotations.people.iter().filter(|p| p.first_full().is_some());
    if full().nth(1).is_none() {
        return;
    }
    let mut named: Vec<(String, &Person)> = full().map(|person| (ascii_key(&person.surname), person)).collect();
    named.sort_by(|a, b| a.0.cmp(&b.0));
    let groups = named.chunk_by(|a, b| a.0 == b.0).filter(|people| (2..=FAMILY).contains(&people.len()));
    for people in groups.map(|people| people.iter().map(|(_, person)| *person).collect::<Vec<&Person>>()) {
        let full = |p: &Person| p.first_full().map(|m| m.span);
        if people.iter().all(|p| families::has_person(p))
            && let [Some(a), Some(b), ..] = people.iter().map(|p| full(p)).collect::<Vec<_>>()[..]
        {
            cx.kept_apart(CODE, b, a, || "known: people of public life, whom readers tell apart".to_owned());
        } else if !options.default.contains_key(&people[0].surname) {
            out.extend(ambiguous(cx, &people, options.dominance));
        }
    }
}

/// The first bare surname that leaves its reader to guess which of `people`, all of that surname, is meant.
fn ambiguous(cx: &Context, people: &[&Person], dominance: usize) -> Option<Finding> {
    let mut bare: Vec<&PersonMention> = people
        .iter()
        .flat_map(|p| &p.mentions)
        .filter(|m| {
            let body = cx.draft.blocks[m.block as usize].kind.is_body();
            m.ambiguous && m.form == NameForm::Surname && body && !super::is_attributive(cx, m.span)
        })
        .collect();
    bare.sort_unstable_by_key(|m| m.span);
    let (a, b) = (people[0], people[1]);
    let (full_a, full_b) = (a.first_full()?, b.first_full()?);
    let story = Story { people, dominance, gate: OnceCell::new() };
    let found = bare.into_iter().find(|m| match story.clear(cx, m) {
        Some(gate) => {
            cx.kept_apart(CODE, m.span, full_a.span, || gate.to_owned());
            false
        }
        None => true,
    })?;
    let message = format!(
        "“{}” alone may be {} or {}",
        clip(cx.draft.words_at(found.span), 20),
        clip(&a.name, 24),
        clip(&b.name, 24)
    );
    let finding = Finding::new(CODE, found.span, message).likely();
    Some(finding.here(full_a.span, "one of that surname").here(full_b.span, "the other"))
}

/// People of one surname, and what the whole story says of whom it means by it.
struct Story<'a> {
    people: &'a [&'a Person],
    dominance: usize,
    gate: OnceCell<Option<&'static str>>,
}

impl Story<'_> {
    /// Why a reader knows whom a bare surname means.
    fn clear(&self, cx: &Context, bare: &PersonMention) -> Option<&'static str> {
        let people = self.people;
        if in_speech(cx, bare.span) {
            return Some("speech: the speaker knows who is meant");
        }
        let named = |p: &&&Person| p.first_full().is_some_and(|m| m.span.start < bare.span.start);
        if people.iter().filter(named).count() < 2 {
            return Some("order: the draft has named only one of them so far");
        }
        // “Poe, the elder brother of Carl Poe”
        let beside = |p: &&&Person| {
            let from = p.mentions.partition_point(|m| m.sentence < bare.sentence);
            let mut same = p.mentions[from..].iter().take_while(|m| m.sentence == bare.sentence);
            same.any(|m| m.form == NameForm::Full)
        };
        if people.iter().filter(beside).count() == 1 {
            return Some("beside: the sentence has the full name of one of them");
        }
        let kin = |p: &&Person| p.first_full().is_some_and(|m| kin::introduces(cx, m));
        if people.iter().skip(1).all(kin) {
            return Some("kin: the draft gives the other as kin, and the surname is the first one’s");
        }
        if let Some(gender) = pronoun_after(cx, bare)
            && people.iter().filter(|p| p.gender.is_none_or(|g| g == gender)).count() == 1
        {
            return Some("pronoun: he or she in the sentence fits one of them");
        }
        *self.gate.get_or_init(|| self.is_about_one(cx))
    }

    /// Why the story as a whole means one of them, wherever the surname stands.
    fn is_about_one(&self, cx: &Context) -> Option<&'static str> {
        let people = self.people;
        let leads = |p: &&&Person| {
            let top = |block: usize| {
                cx.draft.blocks[block].kind.is_display()
                    || cx.draft.paragraph_number(block).is_some_and(|number| number == 1)
            };
            p.mentions.iter().any(|m| m.form == NameForm::Full && top(m.block as usize))
        };
        if people.iter().filter(leads).count() == 1 {
            return Some("lead: headline and first paragraph name one of them, whom the story is about");
        }
        let full = |p: &Person| p.mentions.iter().filter(|m| m.form == NameForm::Full).count();
        let mut counts: Vec<usize> = people.iter().map(|p| full(p).max(p.mentions.len() / 2)).collect();
        counts.sort_unstable_by_key(|&count| std::cmp::Reverse(count));
        if self.dominance > 0 && counts[0] >= self.dominance * counts[1].max(1) {
            return Some("dominance: the story is about one of them");
        }
        // Somebody named once, in passing, is not whom a story about the other means.
        let sure = |p: &Person| p.mentions.iter().filter(|m| !m.ambiguous).count();
        let asides = people.iter().filter(|p| full(p) <= 1 && sure(p) <= 2).count();
        let main = people.iter().any(|p| full(p) >= 2 || sure(p) >= 4);
        if main && asides + 1 == people.len() {
            return Some("aside: the draft names the other once, in passing");
        }
        None
    }
}

/// Whether the sentence goes on with he or with she, and not with both.
fn pronoun_after(cx: &Context, mention: &PersonMention) -> Option<Gender> {
    let sentence = cx.draft.sentences.get(mention.sentence as usize)?;
    let mut found = None;
    for token in cx.draft.sentence_tokens(sentence).iter().filter(|t| t.span.start >= mention.span.end) {
        let gender = match cx.draft.lower(token) {
            "he" | "his" | "him" | "himself" => Gender::Male,
            "she" | "her" | "hers" | "herself" => Gender::Female,
            _ => continue,
        };
        if found.is_some_and(|g| g != gender) {
            return None;
        }
        found = Some(gender);
    }
    found
}
