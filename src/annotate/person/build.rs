//! From resolved names to the people that other rooms see.

use smallvec::SmallVec;

use super::cluster::{Cluster, Mention};
use super::resolve::span_of;
use super::run::Element;
use super::title::{self, RawTitle};
use super::view::View;
use super::{Link, NameForm, Person, PersonMention, TitleMention};
use crate::text::Span;

/// The people of a draft, in the order of their first mentions.
pub fn finish(view: View, clusters: Vec<Cluster>) -> Vec<Person> {
    let mut clusters: Vec<Cluster> = clusters.into_iter().filter(|c| !c.mentions.is_empty()).collect();
    for cluster in &mut clusters {
        cluster.mentions.sort_by_key(Mention::start);
    }
    clusters.sort_by_key(|c| c.mentions[0].start());
    clusters.into_iter().enumerate().map(|(id, cluster)| person(view, id as u32, cluster)).collect()
}

fn person(view: View, id: u32, mut cluster: Cluster<'_>) -> Person {
    let stated: Vec<Option<RawTitle>> = cluster.mentions.iter_mut().map(|m| m.title.take()).collect();
    let text = |elements: &[Element]| span_of(view, elements).of(&view.draft.text);
    let mut forms: SmallVec<[(&str, usize); 8]> = SmallVec::new();
    for form in cluster.mentions.iter().map(|m| text(&m.elements)) {
        match forms.iter_mut().find(|(f, _)| *f == form) {
            Some((_, uses)) => *uses += 1,
            None => forms.push((form, 1)),
        }
    }
    // The fullest form: most parts, then most uses, then the first.
    let mut best: Option<(&Mention, (usize, usize))> = None;
    for m in &cluster.mentions {
        let form = text(&m.elements);
        let uses = forms.iter().find(|(f, _)| *f == form).map_or(0, |(_, uses)| *uses);
        let parts = if m.form == NameForm::Full { m.elements.len() + 10 } else { m.elements.len() };
        if best.is_none_or(|(_, b)| (parts, uses) > b) {
            best = Some((m, (parts, uses)));
        }
    }
    let (fullest, _) = best.expect("a cluster without mentions was left out");
    let part = |m: &Mention, at: (usize, usize)| {
        let elements = &m.elements[at.0..at.1.min(m.elements.len())];
        (!elements.is_empty()).then(|| span_of(view, elements))
    };
    let words = |span: Option<Span>| span.map(|s| s.of(&view.draft.text).to_owned());
    let is_full = fullest.name.is_full();
    let given = words(if is_full { fullest.name.given_at.and_then(|g| part(fullest, (g, g + 1))) } else { None });
    let surname = words(part(fullest, fullest.name.surname_at)).unwrap_or_default();
    let name = text(&fullest.elements).to_owned();
    let mut titles = Vec::new();
    let mut mentions = Vec::with_capacity(cluster.mentions.len());
    for (index, (m, before)) in cluster.mentions.iter().zip(stated).enumerate() {
        let (first, end) = (m.elements[0].tokens.0, m.elements[m.elements.len() - 1].tokens.1);
        for raw in [before, title::after(view, end, m.block)].into_iter().flatten() {
            let office = raw.office(view);
            titles.push(TitleMention {
                span: raw.span(view),
                status: raw.status,
                kind: office.kind,
                office: office.name.clone(),
                group: office.group.clone(),
                portfolio: raw.portfolio,
                jurisdiction: raw.jurisdiction,
                shape: raw.shape,
                mention: index as u32,
            });
        }
        let full = m.name.is_full();
        mentions.push(PersonMention {
            span: span_of(view, &m.elements),
            form: m.form,
            surname: match m.form {
                NameForm::Given => None,
                _ => part(m, m.name.surname_at),
            },
            given: match m.form {
                NameForm::Given => Some(span_of(view, &m.elements)),
                _ if full => m.name.given_at.and_then(|g| part(m, (g, g + 1))),
                _ => None,
            },
            block: m.block,
            sentence: view.draft.tokens[first].sentence,
            ambiguous: m.ambiguous,
        });
    }
    titles.sort_by_key(|t| t.span);
    let at = |span: Span| mentions.iter().position(|m| m.span == span).unwrap_or(0) as u32;
    let links = cluster.links.iter().map(|&(a, b, reason)| Link { mentions: (at(a), at(b)), reason }).collect();
    Person {
        id,
        name,
        given,
        surname,
        gender: cluster.gender,
        known: cluster.known,
        trust: cluster.trust,
        mentions,
        titles,
        links,
    }
}
