//! People while they are put together: their mentions, and the names by which others join.

use smallvec::SmallVec;

use super::agree::reason;
use super::name::Name;
use super::run::Elements;
use super::sieve::{Candidate, Trust};
use super::title::RawTitle;
use super::{Gender, NameForm, Reason};
use crate::text::Span;

/// People under construction.
pub struct Cluster<'a> {
    pub name: Name<'a>,
    pub known: Option<u32>,
    pub trust: Trust,
    /// The gender that its courtesy titles say.
    pub gender: Option<Gender>,
    pub mentions: Vec<Mention<'a>>,
    /// The mentions by which other full names are joined: the first of each name.
    pub forms: SmallVec<[usize; 2]>,
    /// How many mentions were there, sorted, when short names began to be given to people; the others follow in text order.
    pub settled: usize,
    pub links: Vec<(Span, Span, Reason)>,
}

impl<'a> Cluster<'a> {
    pub fn new(
        name: Name<'a>,
        known: Option<u32>,
        trust: Trust,
        gender: Option<Gender>,
        mention: Option<Mention<'a>>,
    ) -> Cluster<'a> {
        Cluster {
            name,
            known,
            trust,
            gender,
            forms: mention.iter().map(|_| 0).collect(),
            mentions: mention.into_iter().collect(),
            settled: 0,
            links: Vec::new(),
        }
    }

    pub fn form_names(&self) -> impl Iterator<Item = &Name<'a>> {
        self.forms.iter().map(|&form| &self.mentions[form].name)
    }

    /// The strongest reason for which `name` is this person's.
    pub fn reason(&self, name: &Name<'_>) -> Option<Reason> {
        self.form_names().filter_map(|form| reason(form, name)).min()
    }

    /// The last mention that starts before token `at`, once the mentions are settled.
    pub fn last_before(&self, at: usize) -> Option<&Mention<'a>> {
        let (settled, later) = self.mentions.split_at(self.settled);
        let last = |mentions: &[Mention]| mentions.partition_point(|m| m.start() < at).checked_sub(1);
        let candidates = [last(settled).map(|i| &settled[i]), last(later).map(|i| &later[i])];
        candidates.into_iter().flatten().max_by_key(|m| m.start())
    }
}

pub struct Mention<'a> {
    pub elements: Elements,
    pub form: NameForm,
    pub name: Name<'a>,
    pub block: u32,
    pub title: Option<RawTitle>,
    pub ambiguous: bool,
}

impl<'a> Mention<'a> {
    pub fn new(candidate: Candidate, name: Name<'a>, form: NameForm) -> Mention<'a> {
        Mention {
            elements: candidate.elements,
            form,
            name,
            block: candidate.block,
            title: candidate.title,
            ambiguous: false,
        }
    }

    /// Its first token.
    pub fn start(&self) -> usize {
        self.elements[0].tokens.0
    }
}
