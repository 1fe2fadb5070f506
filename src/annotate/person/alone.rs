//! Names that stand alone, with a title or without: whose they are.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::cluster::{Cluster, Mention};
use super::name::{Name, key_of, parts};
use super::offices::TitleKind;
use super::resolve::title_gender;
use super::run::{Element, ElementKind, Elements};
use super::short::ShortForms;
use super::sieve::{Candidate, Trust};
use super::view::View;
use super::{Gender, NameForm};
use crate::text::{Lex, TokenKind};

/// Gives each name that stands alone to one of the people, or makes one of it where a title stands before it.
pub fn give<'a>(
    view: View<'a>,
    clusters: &mut Vec<Cluster<'a>>,
    short: &mut ShortForms<'a>,
    singles: Vec<(Candidate, Name<'a>)>,
    rest: Vec<(Elements, u32)>,
) {
    // Both are in text order, and are taken in text order together, since the nearest mention decides between two of one surname.
    let mut singles = singles.into_iter().peekable();
    let first = |elements: &Elements| elements.first().map_or(0, |e| e.tokens.0);
    for (elements, block) in rest {
        while singles.peek().is_some_and(|(c, _)| first(&c.elements) <= first(&elements)) {
            let Some((candidate, name)) = singles.next() else { break };
            titled_single(view, clusters, short, candidate, name);
        }
        bare(view, clusters, short, &elements, block);
    }
    for (candidate, name) in singles {
        titled_single(view, clusters, short, candidate, name);
    }
}

/// Picks one of several people with a name: the only one whom the draft has named before `at`, the only one of the paragraph, or the
/// one whose full name stands in the sentence before; else the one named last, and the mention is ambiguous.
fn pick(
    view: View,
    clusters: &[Cluster],
    fits: &[usize],
    at: usize,
    block: u32,
    gender: Option<Gender>,
) -> Option<(usize, bool)> {
    let mut fits: SmallVec<[usize; 4]> = fits.iter().copied().collect();
    if gender.is_some() && fits.len() > 1 {
        let by_gender: SmallVec<[usize; 4]> = fits.iter().copied().filter(|&i| clusters[i].gender == gender).collect();
        if by_gender.len() == 1 {
            return Some((by_gender[0], false));
        }
        fits.retain(|i| clusters[*i].gender.is_none_or(|g| Some(g) == gender));
    }
    if fits.len() < 2 {
        return fits.first().map(|&i| (i, false));
    }
    let last: SmallVec<[(&Mention, usize); 4]> =
        fits.iter().filter_map(|&i| Some((clusters[i].last_before(at)?, i))).collect();
    let near: SmallVec<[usize; 4]> = last.iter().filter(|(m, _)| m.block == block).map(|&(_, i)| i).collect();
    let mut before: SmallVec<[(usize, usize); 4]> = last.iter().map(|&(m, i)| (m.start(), i)).collect();
    before.sort_unstable();
    match (&before[..], &near[..]) {
        ([], _) => Some((fits[0], true)),
        ([(_, only)], _) | (_, [only]) => Some((*only, false)),
        ([.., (second, _), (last, index)], _) => {
            // “Ada Poe and Carl Poe met. Carl Poe spoke first. Poe left at noon.”
            let sentence = |token: usize| view.draft.tokens[token].sentence;
            let in_full = clusters[*index].last_before(at).is_some_and(|m| m.form == NameForm::Full);
            let clear = in_full && sentence(at) - sentence(*last) == 1 && sentence(*second) < sentence(*last);
            Some((*index, !clear))
        }
    }
}

fn titled_single<'a>(
    view: View<'a>,
    clusters: &mut Vec<Cluster<'a>>,
    short: &mut ShortForms<'a>,
    candidate: Candidate,
    name: Name<'a>,
) {
    let gender = title_gender(view, candidate.title.as_ref());
    let at = candidate.elements[0].tokens.0;
    let kind = candidate.title.as_ref().map(|t| t.office(view).kind);
    let mut fits: SmallVec<[usize; 4]> = short.surname(&name.surname).iter().copied().collect();
    fits.retain(|i| gender.is_none() || clusters[*i].gender.is_none() || clusters[*i].gender == gender);
    if fits.is_empty() {
        fits.extend(short.folded(clusters, &name.surname).iter().copied());
    }
    let mut form = NameForm::TitleSurname;
    if fits.is_empty() {
        fits.extend(short.given(&name.surname).iter().copied());
        if !fits.is_empty() {
            form = NameForm::Given;
        }
    }
    match pick(view, clusters, &fits, at, candidate.block, gender) {
        Some((index, ambiguous)) => {
            let mut new = Mention::new(candidate, name, form);
            new.ambiguous = ambiguous;
            clusters[index].gender = clusters[index].gender.or(gender);
            clusters[index].mentions.push(new);
        }
        None => {
            let form = if matches!(kind, Some(TitleKind::Role | TitleKind::Kin)) {
                NameForm::Other
            } else {
                NameForm::TitleSurname
            };
            let new = Mention::new(candidate, name.clone(), form);
            clusters.push(Cluster::new(name, None, Trust::Titled, gender, Some(new)));
            short.add(clusters.len() - 1, &clusters[clusters.len() - 1]);
        }
    }
}

/// A run that is no name by itself: the surname of somebody in the draft, or the given name.
fn bare<'a>(view: View<'a>, clusters: &mut [Cluster<'a>], short: &ShortForms<'a>, elements: &[Element], block: u32) {
    if clusters.is_empty() {
        return;
    }
    let mut from = 0;
    while from < elements.len() {
        let part = &elements[from..];
        if part[0].kind == ElementKind::Suffix {
            return;
        }
        // Leading words may be no part of the name: Republican Poe.
        if from > 0 {
            let before = elements[from - 1];
            let lex = before.lex(view);
            let plain = before.kind == ElementKind::Word
                && (lex.is(Lex::WORD | Lex::DEMONYM | Lex::COUNTRY) && !lex.is(Lex::GIVEN)
                    || short.surname(view.word(before.tokens.0)).is_empty() && lex.is(Lex::WORD));
            if !plain {
                return;
            }
        }
        // Each part has a letter at least: the key of a long row of capitals is not made again and again.
        if part.len() > 1 && short.is_too_long(part.len()) {
            from += 1;
            continue;
        }
        let key = key_of(view, part);
        let single = part.len() == 1;
        let whole = single && !part[0].is_joined() && matches!(key, Cow::Borrowed(_));
        let token = whole.then(|| &view.draft.tokens[part[0].tokens.0]);
        let may_be_short = short.may_hold(token, &key);
        if (part.len() > 1 || from > 0)
            && (!may_be_short || short.surname(&key).is_empty() && short.given(&key).is_empty())
        {
            from += 1;
            continue;
        }
        let lex = part[0].lex(view);
        let (first, end) = (part[0].tokens.0, part[part.len() - 1].tokens.1);
        if single && lex.is(Lex::COMMON) && view.starts(first) && !supports_name(view, end, block) {
            return;
        }
        // A country stands for itself, whoever is called after it.
        if single && lex.is(Lex::COUNTRY | Lex::ORGANIZATION_TAIL) && !lex.is(Lex::COMMON_SURNAME) {
            return;
        }
        // What ends as an organization does is none of a person's: Poe & Sons.
        if view.is_mark(end, "&") {
            return;
        }
        let mut form = NameForm::Surname;
        let mut fits: SmallVec<[usize; 4]> = SmallVec::new();
        if may_be_short {
            fits.extend(short.surname(&key).iter().copied());
        }
        if fits.is_empty() && single && (lex.is_unknown() || part[0].is_joined()) && key.len() >= 8 {
            fits.extend(short.joined(clusters, &key.replace(' ', "")).iter().copied());
            if !fits.is_empty() {
                form = NameForm::Other;
            }
        }
        if fits.is_empty() {
            fits.extend(short.folded(clusters, &key).iter().copied());
        }
        if fits.is_empty() && may_be_short {
            form = NameForm::Given;
            let place = lex.is(Lex::CITY | Lex::COUNTRY | Lex::US_STATE | Lex::DEMONYM | Lex::COMMON);
            if !place {
                fits.extend(short.given(&key).iter().copied());
            }
        }
        if let Some((index, ambiguous)) = pick(view, clusters, &fits, first, block, None) {
            let name = parts(view, part);
            clusters[index].mentions.push(Mention {
                elements: Elements::from(part),
                form,
                name,
                block,
                title: None,
                ambiguous,
            });
            return;
        }
        from += 1;
    }
}

/// Whether what follows speaks for a name at the start of a sentence: a verb, a possessive ending.
fn supports_name(view: View, end: usize, block: u32) -> bool {
    view.in_block(end, block).is_some_and(|t| {
        t.kind == TokenKind::Clitic
            || view.is_cue(end)
            || view.word(end).ends_with("ed")
            || matches!(view.word(end), "is" | "was" | "has" | "had" | "will" | "also" | "did" | "could" | "would")
    })
}
