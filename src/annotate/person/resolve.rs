//! Who is who: joins the names of a draft that are one person's, and keeps why.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::alone;
use super::build;
use super::cluster::{Cluster, Mention};
use super::find::Found;
use super::meetings::Meetings;
use super::name::{Name, key_of, only_initials, parts};
use super::offices::TitleKind;
use super::run::{Element, ElementKind, Elements, PARTICLES};
use super::short::ShortForms;
use super::sieve::{Candidate, Trust};
use super::title::RawTitle;
use super::view::View;
use super::{Gender, NameForm, Person, Reason};
use crate::text::{Lex, Span};

/// Joins what was found into people, in the order of their first mentions.
pub fn resolve(view: View, found: Found) -> Vec<Person> {
    let Found { names, mut rest } = found;
    let names = without_bare_surnames(view, names, &mut rest);
    let mut singles: Vec<(Candidate, Name)> = Vec::new();
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut meetings = Meetings::default();
    let mut initials: Vec<(Candidate, Name)> = Vec::new();
    for candidate in names {
        let name = parts(view, &candidate.elements);
        if !name.is_full() && candidate.known.is_none() {
            singles.push((candidate, name));
        } else if only_initials(&name.given) {
            initials.push((candidate, name));
        } else {
            join(view, &mut clusters, &mut meetings, candidate, name);
        }
    }
    for (candidate, name) in initials {
        join_initials(view, &mut clusters, &mut meetings, candidate, name);
    }
    let rest = promote(view, &mut clusters, &mut meetings, &singles, rest);
    lone_givens(view, &mut clusters, &rest);
    for cluster in &mut clusters {
        cluster.mentions.sort_by_key(Mention::start);
        cluster.settled = cluster.mentions.len();
    }
    let mut short = ShortForms::new(&clusters);
    alone::give(view, &mut clusters, &mut short, singles, rest);
    build::finish(view, clusters)
}

/// Le Guin where Anna Le Guin is named is her surname, although Le and Van are given names somewhere: such runs are no full names, and
/// go to `rest`.
fn without_bare_surnames(view: View, names: Vec<Candidate>, rest: &mut Vec<(Elements, u32)>) -> Vec<Candidate> {
    let may_be = |c: &Candidate| {
        let bare = c.elements.len() == 2 && c.title.is_none() && c.known.is_none();
        bare && PARTICLES.contains(&view.word(c.elements[0].tokens.0))
    };
    if !names.iter().any(may_be) {
        return names;
    }
    let longer = names.iter().filter(|c| c.elements.len() > 2).map(|c| parts(view, &c.elements).surname);
    let surnames: FxHashSet<Cow<str>> = longer.filter(|surname| surname.contains(' ')).collect();
    let is_surname = |c: &Candidate| may_be(c) && surnames.contains(&key_of(view, &c.elements));
    let (bare, names): (Vec<Candidate>, Vec<Candidate>) = names.into_iter().partition(is_surname);
    rest.extend(bare.into_iter().map(|c| (c.elements, c.block)));
    // What is left is read in text order.
    rest.sort_by_key(|(elements, _)| elements.first().map_or(0, |e| e.tokens.0));
    names
}

/// Runs that end in the surname of somebody in the draft, or in one that stands with a title (Ms. Poe), after words that no list
/// has, are names too: an unlisted given name, or a given name misspelt. Returns the other runs.
fn promote<'a>(
    view: View<'a>,
    clusters: &mut Vec<Cluster<'a>>,
    meetings: &mut Meetings<'a>,
    titled: &[(Candidate, Name<'a>)],
    rest: Vec<(Elements, u32)>,
) -> Vec<(Elements, u32)> {
    let surnames_of = |clusters: &[Cluster<'a>]| {
        let courteous = titled.iter().filter(|(c, _)| is_courtesy(view, c.title.as_ref())).map(|(_, n)| n);
        let names = clusters.iter().map(|c| &c.name).chain(courteous);
        names.map(|n| n.surname.clone()).collect::<FxHashSet<Cow<str>>>()
    };
    // Those of the people found so far: made for the first run of several words, before any other joins them.
    let mut surnames: Option<FxHashSet<Cow<str>>> = None;
    let mut kept = Vec::with_capacity(rest.len());
    for (mut elements, block) in rest {
        let last = elements.len() - 1;
        let may_name = last > 0 && elements[last].kind == ElementKind::Word && {
            let surnames = surnames.get_or_insert_with(|| surnames_of(clusters));
            !surnames.is_empty() && surnames.contains(&key_of(view, &elements[last..]))
        };
        if !may_name {
            kept.push((elements, block));
            continue;
        }
        // At most three words before the surname; words that are none of a name may stand before those.
        let first = elements[..last].iter().rposition(|e| !is_name_like(view, e)).map_or(0, |at| at + 1);
        if first == last || last - first > 3 {
            kept.push((elements, block));
            continue;
        }
        if first > 0 {
            kept.push((Elements::from(&elements[..first]), block));
            elements.drain(..first);
        }
        let name = parts(view, &elements);
        let candidate = Candidate { elements, block, title: None, trust: Trust::Context, known: None };
        join(view, clusters, meetings, candidate, name);
    }
    kept
}

/// Whether a word may be a given name: no list has it, or only those of given names.
fn is_name_like(view: View, element: &Element) -> bool {
    let lex = element.lex(view);
    element.kind == ElementKind::Word && (lex.is_unknown() || lex.is(Lex::GIVEN) && !lex.is(Lex::COMMON))
}

fn is_courtesy(view: View, title: Option<&RawTitle>) -> bool {
    title.is_some_and(|t| t.office(view).kind == TitleKind::Courtesy)
}

pub fn title_gender(view: View, title: Option<&RawTitle>) -> Option<Gender> {
    title.and_then(|t| t.office(view).gender)
}

/// Adds a full name to the cluster it belongs to, or to a new one.
fn join<'a>(
    view: View<'a>,
    clusters: &mut Vec<Cluster<'a>>,
    meetings: &mut Meetings<'a>,
    candidate: Candidate,
    name: Name<'a>,
) {
    let gender = title_gender(view, candidate.title.as_ref());
    let mut best: Option<(usize, Reason)> = None;
    for index in meetings.of(clusters, &name, candidate.known) {
        let cluster = &clusters[index];
        if candidate.known.is_some() && candidate.known == cluster.known {
            best = Some((index, Reason::Known));
            break;
        }
        if candidate.known.is_some() && cluster.known.is_some() {
            continue;
        }
        if gender.is_some() && cluster.gender.is_some() && gender != cluster.gender {
            continue;
        }
        let found = cluster.reason(&name);
        if let Some(found) = found.filter(|f| best.is_none_or(|(_, b)| *f < b)) {
            best = Some((index, found));
        }
    }
    let form = if name.is_full() { NameForm::Full } else { NameForm::Surname };
    add(view, clusters, meetings, best, candidate, name, form, gender);
}

#[expect(clippy::too_many_arguments, reason = "all that is known of one name")]
fn add<'a>(
    view: View<'a>,
    clusters: &mut Vec<Cluster<'a>>,
    meetings: &mut Meetings<'a>,
    place: Option<(usize, Reason)>,
    candidate: Candidate,
    name: Name<'a>,
    form: NameForm,
    gender: Option<Gender>,
) {
    let (known, trust) = (candidate.known, candidate.trust);
    let new = Mention::new(candidate, name.clone(), form);
    match place {
        Some((index, reason)) => {
            let cluster = &mut clusters[index];
            let differs = cluster.form_names().all(|form| form.given != name.given || form.surname != name.surname);
            if differs && let Some(first) = cluster.mentions.first() {
                cluster.links.push((span_of(view, &first.elements), span_of(view, &new.elements), reason));
            }
            cluster.known = cluster.known.or(known);
            if !cluster.form_names().any(|form| form.is_same(&name)) {
                cluster.forms.push(cluster.mentions.len());
                meetings.add(index, &name);
            }
            if let Some(known) = cluster.known {
                meetings.is_known(index, known);
            }
            cluster.trust = cluster.trust.min(trust);
            cluster.gender = cluster.gender.or(gender);
            cluster.mentions.push(new);
        }
        None => clusters.push(Cluster::new(name, known, trust, gender, Some(new))),
    }
}

/// A name with initials alone joins only where one person fits.
fn join_initials<'a>(
    view: View<'a>,
    clusters: &mut Vec<Cluster<'a>>,
    meetings: &mut Meetings<'a>,
    candidate: Candidate,
    name: Name<'a>,
) {
    let gender = title_gender(view, candidate.title.as_ref());
    let may = meetings.of(clusters, &name, None);
    let mut fits: SmallVec<[usize; 4]> = may.into_iter().filter(|&i| clusters[i].reason(&name).is_some()).collect();
    if fits.len() > 1 {
        fits.retain(|i| clusters[*i].form_names().any(|form| form.given == name.given));
    }
    let place = (fits.len() == 1).then(|| (fits[0], Reason::GivenForms));
    add(view, clusters, meetings, place, candidate, name, NameForm::Initials, gender);
}

/// Given names that stand alone and speak: people by themselves.
fn lone_givens<'a>(view: View<'a>, clusters: &mut Vec<Cluster<'a>>, rest: &[(Elements, u32)]) {
    /// A name used so often may have any verb of saying beside it.
    const OFTEN: usize = 4;
    let place =
        Lex::CITY | Lex::COUNTRY | Lex::US_STATE | Lex::DEMONYM | Lex::COMMON | Lex::ORGANIZATION_TAIL | Lex::MONTH;
    let lone = |elements: &[Element]| match elements {
        [element] => {
            let lex = element.lex(view);
            let given = element.kind == ElementKind::Word && lex.is(Lex::GIVEN) && !lex.is(place);
            let continent =
                || matches!(view.word(element.tokens.0), "africa" | "asia" | "america" | "europe" | "london");
            (given && !continent()).then_some(*element)
        }
        _ => None,
    };
    // How often each stands in the draft, counted when it is first asked.
    let mut uses: Option<FxHashMap<&str, usize>> = None;
    let count = || {
        let mut uses: FxHashMap<&str, usize> = FxHashMap::default();
        for element in rest.iter().filter_map(|(elements, _)| lone(elements)) {
            *uses.entry(view.word(element.tokens.0)).or_default() += 1;
        }
        uses
    };
    let mut taken: Option<FxHashSet<Cow<str>>> = None;
    for (elements, block) in rest {
        let Some(element) = lone(elements) else { continue };
        let (first, end) = element.tokens;
        let before = first.checked_sub(1).filter(|&b| view.in_block(b, *block).is_some());
        let mut cue = |at: usize| {
            let mut often = || *uses.get_or_insert_with(count).get(view.word(first)).unwrap_or(&0) >= OFTEN;
            view.is_cue(at)
                && (matches!(
                    view.word(at),
                    "said" | "says" | "told" | "added" | "adds" | "explained" | "recalled" | "asked"
                ) || often())
        };
        if !(cue(end) || before.is_some_and(cue)) {
            continue;
        }
        let name = parts(view, elements);
        let taken = taken.get_or_insert_with(|| names_alone(clusters));
        if taken.insert(name.surname.clone()) {
            clusters.push(Cluster::new(name, None, Trust::Context, None, None));
        }
    }
}

/// All names by which a person may stand alone.
fn names_alone<'a>(clusters: &[Cluster<'a>]) -> FxHashSet<Cow<'a, str>> {
    let names = clusters.iter().flat_map(|c| &c.mentions).map(|m| &m.name);
    let parts = names.flat_map(|name| name.given.iter().chain(&name.short));
    parts.chain(clusters.iter().map(|c| &c.name.surname)).cloned().collect()
}

pub fn span_of(view: View, elements: &[Element]) -> Span {
    view.span(elements[0].tokens.0, elements[elements.len() - 1].tokens.1)
}
