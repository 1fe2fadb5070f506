//! Texts laid beside a draft for one run (`--against`): primary sources, read with the same pipeline, held in memory.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::figures;
use super::likeness::{Like, SentenceIndex};
use super::near::NearIndex;
use super::passages::{self, PassageIndex};
use crate::annotate::{Annotations, Figure, Gazetteer, Person, annotate};
use crate::diagnostic::{Archived, Evidence};
use crate::source::Draft;
use crate::text::Span;
use crate::text::fold::ascii_key;
use crate::text::line_index::LineIndex;

/// One source, with all that was read in it.
#[derive(Clone, Debug)]
pub struct SourceDocument {
    pub draft: Draft,
    pub annotations: Annotations,
    /// `None` counts as of the draft's date.
    pub date: Option<Date>,
    /// Whether places in the text are places in the file.
    is_file: bool,
    /// A document itself (a source laid beside the draft, a transcript, a statement), not another story about it.
    pub primary: bool,
    /// The id and the outlet of a story of an archive.
    archived: Option<(i64, Option<String>)>,
    lines: LineIndex,
}

impl SourceDocument {
    pub fn new(draft: Draft, gazetteer: &Gazetteer) -> SourceDocument {
        let date = draft.metadata.date.map(|(date, _)| date);
        let annotations = annotate(&draft, date, gazetteer);
        let lines = LineIndex::new(&draft.source);
        SourceDocument { draft, annotations, date, is_file: true, primary: true, archived: None, lines }
    }

    /// A story of an archive. One that is no file of its own has no places in one.
    pub fn of_archive(
        draft: Draft,
        date: Option<Date>,
        is_file: bool,
        primary: bool,
        gazetteer: &Gazetteer,
    ) -> SourceDocument {
        let annotations = annotate(&draft, date, gazetteer);
        let lines = LineIndex::new(&draft.source);
        SourceDocument { draft, annotations, date, is_file, primary, archived: None, lines }
    }

    /// The same with where an archive keeps it.
    pub fn kept_as(mut self, document: i64, outlet: Option<String>) -> SourceDocument {
        self.archived = Some((document, outlet));
        self
    }

    pub fn path(&self) -> &Path {
        &self.draft.path
    }

    /// Words of this source as the other side of a contradiction. `span` is of its `draft.text`.
    pub fn evidence(&self, span: Span, note: impl Into<String>) -> Evidence {
        let source = self.draft.map.to_source(span);
        Evidence {
            path: self.draft.path.clone(),
            place: self.is_file.then(|| (source, self.lines.place(&self.draft.source, source.start))),
            text: if self.is_file { source.of(&self.draft.source) } else { span.of(&self.draft.text) }.to_owned(),
            date: self.date,
            note: note.into(),
            archived: self.archived.as_ref().map(|(document, outlet)| Archived {
                document: *document,
                span,
                outlet: outlet.clone(),
            }),
        }
    }

    /// Whether `draft` is this text itself: the same file, or the same words.
    pub fn is(&self, draft: &Draft) -> bool {
        draft.path == self.draft.path || draft.text == self.draft.text
    }
}

/// A person of a source.
#[derive(Clone, Copy, Debug)]
pub struct PersonHit<'a> {
    pub document: &'a SourceDocument,
    pub person: &'a Person,
}

/// A figure of a source.
#[derive(Clone, Copy, Debug)]
pub struct FigureHit<'a> {
    pub document: &'a SourceDocument,
    pub figure: &'a Figure,
}

/// Words of a source that are, or nearly are, those asked for.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'a> {
    pub document: &'a SourceDocument,
    /// From the first shared word to the last, in the source's `draft.text`.
    pub span: Span,
    /// How many runs of four words are shared.
    pub shared: u32,
}

/// The sources of a run, in path order, with what finds people and words in them.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    pub documents: Vec<Arc<SourceDocument>>,
    /// Other reports on the event, not what the draft was written from: each has figures of its own.
    pub are_reports: bool,
    /// Surname key to (document, index of `Annotations::people`).
    people: FxHashMap<String, SmallVec<[(u32, u32); 2]>>,
    near: NearIndex,
    /// [Figure key](figures::key) to (document, index of `Annotations::figures`).
    figures: FxHashMap<String, SmallVec<[(u32, u32); 2]>>,
    passages: PassageIndex,
    sentences: SentenceIndex,
}

impl Sources {
    pub fn new(documents: Vec<SourceDocument>) -> Sources {
        Sources::of(documents.into_iter().map(Arc::new).collect())
    }

    /// The same of documents that others hold too.
    pub fn of(mut documents: Vec<Arc<SourceDocument>>) -> Sources {
        documents.sort_by(|a, b| a.draft.path.cmp(&b.draft.path));
        let mut sources = Sources::default();
        for (at, document) in documents.iter().enumerate() {
            for (person, read) in document.annotations.people.iter().enumerate() {
                let key = ascii_key(&read.surname);
                sources.near.add(&key);
                sources.people.entry(key).or_default().push((at as u32, person as u32));
            }
            for (figure, read) in document.annotations.figures.iter().enumerate() {
                let key = figures::key(&document.draft, read);
                sources.figures.entry(key).or_default().push((at as u32, figure as u32));
            }
            sources.passages.add(&document.draft);
            sources.sentences.add(&document.draft);
        }
        sources.documents = documents;
        sources
    }

    /// Other reports on the event of a draft.
    pub fn of_reports(documents: Vec<Arc<SourceDocument>>) -> Sources {
        Sources { are_reports: true, ..Sources::of(documents) }
    }

    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// The sources that can speak on `draft`: all but that text itself.
    pub fn beside<'a>(&'a self, draft: &'a Draft) -> impl Iterator<Item = &'a SourceDocument> {
        self.documents.iter().map(Arc::as_ref).filter(move |d| !d.is(draft))
    }

    /// The people of the sources whose surname has the [`ascii_key`] `surname`, in path order.
    pub fn people<'a>(&'a self, draft: &'a Draft, surname: &str) -> impl Iterator<Item = PersonHit<'a>> {
        let hits = self.people.get(surname).map_or(&[][..], |list| list.as_slice());
        hits.iter()
            .map(|&(document, person)| {
                let document = &self.documents[document as usize];
                PersonHit { document, person: &document.annotations.people[person as usize] }
            })
            .filter(move |hit| !hit.document.is(draft))
    }

    /// The people of the sources whose surname is one slip away from the key `surname`.
    pub fn people_near<'a>(&'a self, draft: &'a Draft, surname: &str) -> impl Iterator<Item = PersonHit<'a>> {
        self.near.near(surname).into_iter().flat_map(move |key| self.people(draft, key))
    }

    /// The figures of the sources with this [key](figures::key), in path order, then in text order.
    pub fn figures<'a>(&'a self, draft: &'a Draft, key: &str) -> impl Iterator<Item = FigureHit<'a>> {
        let hits = self.figures.get(key).map_or(&[][..], |list| list.as_slice());
        hits.iter()
            .map(|&(document, figure)| {
                let document = &self.documents[document as usize];
                FigureHit { document, figure: &document.annotations.figures[figure as usize] }
            })
            .filter(move |hit| !hit.document.is(draft))
    }

    /// The sentences that tell of the same as sentence `index` of the draft, the likest first.
    pub fn sentences_like<'a>(&'a self, draft: &Draft, index: usize) -> Vec<(&'a SourceDocument, Like)> {
        let found = self.sentences.find(draft, &draft.sentences[index]).into_iter();
        found.map(|like| (self.documents[like.text as usize].as_ref(), like)).filter(|(d, _)| !d.is(draft)).collect()
    }

    /// Where the words of `span` of the draft's text, or nearly the same, stand in the sources: the best passage of
    /// each source, most shared words first. Runs of fewer than four words are not found.
    pub fn passages(&self, draft: &Draft, span: Span) -> Vec<Passage<'_>> {
        let found = self.passages.find(draft, span).into_iter();
        found
            .map(|f| (self.documents[f.text as usize].as_ref(), f))
            .filter(|(document, _)| !document.is(draft))
            .map(|(document, f)| {
                let span = passages::span_of(&document.draft, &f.tokens);
                Passage { document, span, shared: f.shared }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
