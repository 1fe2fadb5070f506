//! Walks the blocks of a draft and collects names, and runs that may repeat one.

use smallvec::SmallVec;

use super::run::{self, Element, ElementKind, Elements};
use super::sieve::{self, Candidate, Reading, Trust};
use super::view::View;
use crate::annotate::Gazetteer;
use crate::annotate::gazetteer::KnownKind;
use crate::text::fold::ascii_key;

/// What a draft's runs of capitals came to.
#[derive(Default)]
pub struct Found {
    /// In text order.
    pub names: Vec<Candidate>,
    /// Runs that are no name by themselves, with their block.
    pub rest: Vec<(Elements, u32)>,
}

pub fn find(view: View, gazetteer: &Gazetteer) -> Found {
    // About one token in twenty is a name or may repeat one.
    let mut found = Found { names: Vec::new(), rest: Vec::with_capacity(view.draft.tokens.len() / 20) };
    for (index, block) in view.draft.blocks.iter().enumerate() {
        if !block.kind.is_copy() {
            continue;
        }
        let title_case = view.is_title_case(index);
        run::read(view, index, title_case, |run| {
            let mut from = 0;
            if gazetteer.longest() > 0 {
                while let Some((start, end, id)) = listed(view, &run[from..], gazetteer) {
                    if start > 0 {
                        found.rest.push((Elements::from(&run[from..from + start]), index as u32));
                    }
                    let elements = Elements::from(&run[from + start..from + end]);
                    let title = super::title::before(view, elements[0].tokens.0, index as u32);
                    found.names.push(Candidate {
                        elements,
                        block: index as u32,
                        title,
                        trust: Trust::Known,
                        known: Some(id),
                    });
                    from += end;
                }
            }
            if from == run.len() {
                return;
            }
            match sieve::read(view, &run[from..], index as u32, title_case) {
                Reading::Name(candidate) => found.names.push(candidate),
                Reading::Rest(rest) if !rest.is_empty() => found.rest.push((rest, index as u32)),
                Reading::Rest(_) => {}
            }
        });
    }
    found
}

/// The first listed person's name in a run, the longest one there: start, end and entry. A name of one word must be all of the run.
fn listed(view: View, run: &[Element], gazetteer: &Gazetteer) -> Option<(usize, usize, u32)> {
    for start in 0..run.len() {
        let ends: SmallVec<[usize; 8]> = (start + 1..=run.len().min(start + gazetteer.longest())).rev().collect();
        for end in ends {
            if run[end - 1].kind == ElementKind::Suffix && end - start == 1 {
                continue;
            }
            let key = ascii_key(view.span(run[start].tokens.0, run[end - 1].tokens.1).of(&view.draft.text));
            if !key.contains(' ') && end - start < run.len() {
                continue;
            }
            if let Some(known) = gazetteer.get(&key).iter().find(|k| k.kind == KnownKind::Person) {
                return Some((start, end, known.id));
            }
        }
    }
    None
}
