//! Texts laid beside a draft for one run (`--against`): primary sources, read with the same pipeline, held in memory.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use super::likeness::{Like, SentenceIndex};
use super::passages::{self, PassageIndex};
use crate::annotate::{Annotations, Gazetteer, annotate};
use crate::diagnostic::{Archived, Evidence};
use crate::source::Draft;
use crate::text::Span;
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

/// Words of a source that are, or nearly are, those asked for.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'a> {
    pub document: &'a SourceDocument,
    /// From the first shared word to the last, in the source's `draft.text`.
    pub span: Span,
    /// How many runs of four words are shared.
    pub shared: u32,
}

/// The sources of a run, in path order, with what finds words in them.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    pub documents: Vec<Arc<SourceDocument>>,
    /// Other reports on the event, not what the draft was written from: each has figures of its own.
    pub are_reports: bool,
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
        let drafts = || documents.iter().map(|document| &document.draft);
        let (passages, sentences) = rayon::join(|| PassageIndex::of(drafts()), || SentenceIndex::of(drafts()));
        Sources { documents, passages, sentences, are_reports: false }
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
