//! `titles/conflict`, courtesy titles: Mr. Poe where the draft has a Ms. Poe and no second person of that name.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::conflict::CODE;
use crate::annotate::Person;
use crate::annotate::person::{
    Gender, Mentioned, NameForm, PersonMention, TitleMention, gender_of_given_name, gender_of_telling_name,
};
use crate::checks::names::{clip, families, kin, place};
use crate::checks::{Context, in_speech};
use crate::diagnostic::{Confidence, Finding};
use crate::text::fold::ascii_key;
use crate::text::{Span, word_hash};

/// A surname with Mr., Mrs., Ms. or Miss before it.
struct Addressed<'a> {
    gender: Gender,
    title: &'a TitleMention,
    mention: &'a PersonMention,
}

/// Everybody in the draft who has one surname.
#[derive(Default)]
struct Bearers<'a> {
    /// Those with a full name.
    named: Vec<&'a Person>,
    addressed: Vec<Addressed<'a>>,
}

pub fn run(cx: &Context, out: &mut Vec<Finding>) {
    let mut bearers: BTreeMap<String, Bearers> = BTreeMap::new();
    let addressed_at_all = |p: &&Person| p.titles.iter().any(|t| courtesy(cx, t).is_some());
    for person in cx.annotations.people.iter().filter(addressed_at_all) {
        bearers.entry(ascii_key(&person.surname)).or_default();
    }
    for person in &cx.annotations.people {
        let Some(entry) = bearers.get_mut(&ascii_key(&person.surname)) else { continue };
        if person.first_full().is_some() {
            entry.named.push(person);
        }
        entry.addressed.extend(person.titles.iter().filter_map(|title| {
            let mention = &person.mentions[title.mention as usize];
            let gender = courtesy(cx, title).filter(|_| mention.form == NameForm::TitleSurname)?;
            Some(Addressed { gender, title, mention })
        }));
    }
    let whole = Whole::default();
    for bearers in bearers.values() {
        if let [person] = bearers.named[..] {
            out.extend(other_than_the_rest(cx, person, &bearers.addressed));
            out.extend(other_than_the_pronoun(cx, &whole, person, &bearers.addressed));
        }
    }
}

/// The gender that Mr., Mrs., Ms. and Miss say; lords and ladies come in couples.
fn courtesy(cx: &Context, title: &TitleMention) -> Option<Gender> {
    match title.span.of(&cx.draft.lower).trim_end_matches('.') {
        "mr" => Some(Gender::Male),
        "mrs" | "ms" | "miss" => Some(Gender::Female),
        _ => None,
    }
}

/// One title against all others.
fn other_than_the_rest(cx: &Context, person: &Person, all: &[Addressed]) -> Option<Finding> {
    let (men, women): (Vec<&Addressed>, Vec<&Addressed>) = all.iter().partition(|a| a.gender == Gender::Male);
    let (odd, rest) = if men.len() <= women.len() { (men, women) } else { (women, men) };
    let [odd] = odd[..] else { return None };
    let first = rest.first()?;
    let gate = |why: &'static str| {
        cx.kept_apart(CODE, odd.title.span, first.title.span, || why.to_owned());
        None
    };
    // One against one: the given name decides, or nobody can say which is right.
    let given = person.given.as_deref().and_then(gender_of_given_name);
    let (odd, first) = if rest.len() == 1 && given == Some(odd.gender) { (*first, odd) } else { (odd, *first) };
    if given == Some(odd.gender) {
        return gate("uses: the given name speaks for the rarer title");
    }
    let sure = rest.len() > 1 || given == Some(first.gender);
    if in_speech(cx, odd.title.span) {
        return gate("speech: a speaker may mean somebody else");
    }
    if families::has_person(person) {
        return gate("known: a surname that people of public life share");
    }
    let told_of = |a: &&Addressed| kin::tells_of(cx, a.mention, odd.gender);
    if std::iter::once(odd).chain(rest.iter().copied()).any(|a| told_of(&a)) {
        return gate("kin: a word of kinship or marriage stands nearby");
    }
    let words = |a: &Addressed| cx.draft.words_at(a.title.span.cover(a.mention.span));
    let places = match rest.len() {
        1 => place(cx, first.title.span),
        n => format!("in {n} other places"),
    };
    let message = format!("“{}” here, “{}” {places}", clip(words(odd), 28), clip(words(first), 28));
    let note = format!("“{}”", clip(words(first), 40));
    Some(
        Finding::new(CODE, odd.title.span.cover(odd.mention.span), message)
            .confidence(if sure { Confidence::Sure } else { Confidence::Likely })
            .here(first.title.span.cover(first.mention.span), note)
            .why("one person of that surname, and one courtesy title unlike the rest"),
    )
}

/// Ms. Poe, who is Carl and he everywhere: every title is the other gender’s, given name and pronouns agree. With no pronoun at all a
/// single title is a hint.
fn other_than_the_pronoun(cx: &Context, whole: &Whole, person: &Person, all: &[Addressed]) -> Option<Finding> {
    let first = all.first()?;
    let given = person.given.as_deref().and_then(gender_of_given_name)?;
    if given == first.gender || all.iter().any(|a| a.gender == given) || in_speech(cx, first.title.span) {
        return None;
    }
    let full: Span = person.first_full()?.span;
    let gate = |why: &'static str| {
        cx.kept_apart(CODE, first.title.span, full, || why.to_owned());
        None
    };
    let pronouns = whole.mentioned(cx).gender_by_pronouns(cx.draft, person);
    if pronouns == Some(first.gender) || pronouns.is_none() && all.len() > 1 {
        return gate("pronoun: none speaks against the title");
    }
    if pronouns.is_none() && person.given.as_deref().and_then(gender_of_telling_name).is_none() {
        return gate("given: men and women bear the name");
    }
    if families::has_surname(&ascii_key(&person.surname)) {
        return gate("known: a surname that people of public life share");
    }
    let kin = |m: &PersonMention| kin::tells_of_kin(cx, m, first.gender);
    if kin(first.mention) || person.first_full().is_some_and(kin) || whole.has_several(cx, person) {
        return gate("kin: a word of kinship or marriage stands nearby");
    }
    let here = first.title.span.cover(first.mention.span);
    let name = clip(cx.draft.words_at(full), 24);
    let other = match (pronouns, given) {
        (None, _) => format!("“{name}”"),
        (_, Gender::Male) => format!("“{name}” and “he”"),
        (_, Gender::Female) => format!("“{name}” and “she”"),
    };
    let message = format!("“{}” here, {other} {}", clip(cx.draft.words_at(here), 20), place(cx, full));
    Some(
        Finding::new(CODE, here, message)
            .confidence(if all.len() == 1 && pronouns.is_some() { Confidence::Sure } else { Confidence::Likely })
            .here(full, "the full name")
            .why("the given name, and pronouns where there are any, say another gender than the courtesy title"),
    )
}

/// What is asked of the whole draft for some of its people, read when it is first asked.
#[derive(Default)]
struct Whole {
    mentioned: OnceCell<Mentioned>,
    /// Hashes of the words after “the”.
    after_the: OnceCell<FxHashSet<u32>>,
}

impl Whole {
    fn mentioned(&self, cx: &Context) -> &Mentioned {
        self.mentioned.get_or_init(|| Mentioned::of(&cx.annotations.people))
    }

    /// Whether the draft speaks of several of that surname: the Poes.
    fn has_several(&self, cx: &Context, person: &Person) -> bool {
        let plural = format!("{}s", person.surname.to_lowercase());
        let pairs = || cx.draft.tokens.windows(2).filter(|w| cx.draft.lower(&w[0]) == "the");
        let after_the = self.after_the.get_or_init(|| pairs().map(|w| w[1].hash).collect());
        after_the.contains(&(word_hash(&plural) as u32)) && pairs().any(|w| cx.draft.lower(&w[1]) == plural)
    }
}
