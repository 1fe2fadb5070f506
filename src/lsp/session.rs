//! The one owner of everything that changes: documents, settings, what the client can do.
//!
//! Events arrive in the order in which the client sent its messages. The session never waits for the client and
//! never reads a draft itself: workers check immutable snapshots and send their results back as events.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;
use tokio::sync::{mpsc, oneshot};
use tower_lsp::lsp_types::{
    CodeActionOrCommand, CodeActionParams, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, Hover, HoverParams, MessageType, PublishDiagnosticsParams, Url,
};

use super::client::{Abilities, ClientSettings};
use super::desk::Desk;
use super::document::{Document, Running};
use super::guard::panic_words;
use super::lint::{Engine, Job, Linted};
use super::outbox::Outbox;
use super::uri::Key;
use super::{actions, hover};

/// Everything that the session hears of.
pub(super) enum Event {
    /// With the first folder that the client has open.
    Started(Abilities, ClientSettings, Option<PathBuf>),
    Opened(DidOpenTextDocumentParams),
    Changed(DidChangeTextDocumentParams),
    Closed(DidCloseTextDocumentParams),
    Asked(Url, Question),
    /// The editor's settings for newslint, as it answered.
    Configured(Value),
    /// Files changed on disk, or may have: what is in force is to be looked at again.
    FilesChanged,
    /// What is in force for a draft has changed.
    InForceChanged,
    /// A worker is done: `None` where it saw that its snapshot was stale.
    Linted(Key, u64, Option<Box<Linted>>),
    ShutDown,
}

/// A request that is answered from a version's diagnostics.
pub(super) enum Question {
    Hover(HoverParams, oneshot::Sender<Option<Hover>>),
    Actions(CodeActionParams, oneshot::Sender<Vec<CodeActionOrCommand>>),
}

pub(super) struct Session {
    documents: BTreeMap<Key, Document>,
    abilities: Abilities,
    settings: ClientSettings,
    /// Where drafts that were never saved are taken to lie.
    root: Option<PathBuf>,
    /// The last generation given to a document.
    generation: u64,
    events: mpsc::UnboundedSender<Event>,
    outbox: Outbox,
    engine: Engine,
    desk: Arc<Desk>,
    workers: rayon::ThreadPool,
    /// Failures that the user has been told of.
    told: Vec<String>,
}

impl Session {
    pub(super) fn new(
        events: mpsc::UnboundedSender<Event>,
        outbox: Outbox,
        engine: Engine,
        desk: Arc<Desk>,
    ) -> anyhow::Result<Session> {
        let threads = std::thread::available_parallelism().map_or(2, |n| n.get().clamp(2, 4));
        let workers =
            rayon::ThreadPoolBuilder::new().num_threads(threads).thread_name(|n| format!("lint-{n}")).build()?;
        Ok(Session {
            documents: BTreeMap::new(),
            abilities: Abilities::NONE,
            settings: ClientSettings::default(),
            root: None,
            generation: 0,
            events,
            outbox,
            engine,
            desk,
            workers,
            told: Vec::new(),
        })
    }

    /// Hears events until the server ends. Events that wait already are all heard before the next check starts, so a
    /// burst of edits costs one check.
    pub(super) async fn run(mut self, mut events: mpsc::UnboundedReceiver<Event>) {
        while let Some(event) = events.recv().await {
            self.hear_or_survive(event);
            while let Ok(event) = events.try_recv() {
                self.hear_or_survive(event);
            }
            self.start_checks();
        }
    }

    /// A panic drops the event that caused it (its question is then answered with an error), not the session.
    fn hear_or_survive(&mut self, event: Event) {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| self.hear(event))) {
            let words = panic_words(&*panic);
            tracing::error!("the session failed at an event: {words}");
            self.outbox.log(MessageType::ERROR, format!("newslint failed at a message: {words}"));
        }
    }

    fn hear(&mut self, event: Event) {
        match event {
            Event::Started(abilities, settings, root) => {
                self.desk.counts_in(abilities.encoding);
                self.root = root;
                self.abilities = abilities;
                self.settings = settings;
            }
            Event::Opened(params) => self.open(params),
            Event::Changed(params) => self.change(params),
            Event::Closed(params) => self.close(&params.text_document.uri),
            Event::Asked(uri, question) => self.ask(&uri, question),
            Event::Configured(value) => {
                let settings = ClientSettings::read(&value);
                if settings != self.settings {
                    self.settings = settings;
                    self.check_all_again();
                }
            }
            Event::FilesChanged => self.look_again(),
            Event::InForceChanged => self.check_all_again(),
            Event::Linted(key, generation, linted) => self.take(&key, generation, linted),
            Event::ShutDown => {
                for (_, document) in std::mem::take(&mut self.documents) {
                    self.drop_document(document);
                }
            }
        }
    }

    fn open(&mut self, params: DidOpenTextDocumentParams) {
        let item = params.text_document;
        let key = Key::of(&item.uri);
        let mut document = Document::new(item.uri, &item.language_id, item.version, &item.text, self.root.as_deref());
        document.generation = self.next_generation();
        if let Some(old) = self.documents.insert(key, document) {
            stop(&old);
            old.waiting.into_iter().for_each(answer_nothing);
        }
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) {
        let generation = self.next_generation();
        let item = params.text_document;
        match self.documents.get_mut(&Key::of(&item.uri)) {
            Some(document) => {
                document.change(item.version, &params.content_changes, self.abilities.encoding);
                document.generation = generation;
                stop(document);
            }
            None => self.outbox.log(MessageType::WARNING, format!("{} changed but is not open", item.uri)),
        }
    }

    fn close(&mut self, uri: &Url) {
        if let Some(document) = self.documents.remove(&Key::of(uri)) {
            self.drop_document(document);
            // Mistakes that concerned this draft alone are no longer shown.
            self.look_again();
        }
    }

    /// The client is told that nothing is left of a closed document.
    fn drop_document(&mut self, document: Document) {
        stop(&document);
        self.desk.forget(&document.path);
        document.waiting.into_iter().for_each(answer_nothing);
        self.outbox.publish(PublishDiagnosticsParams::new(document.uri, Vec::new(), None));
    }

    fn next_generation(&mut self) -> u64 {
        self.generation += 1;
        self.generation
    }

    fn check_all_again(&mut self) {
        let mut generation = self.generation;
        for document in self.documents.values_mut() {
            generation += 1;
            document.generation = generation;
            stop(document);
        }
        self.generation = generation;
    }

    /// Lets a worker see whether the files behind what is in force have changed.
    fn look_again(&self) {
        let (desk, events) = (Arc::clone(&self.desk), self.events.clone());
        self.workers.spawn(move || {
            let looked = catch_unwind(AssertUnwindSafe(|| desk.look_again()));
            if matches!(looked, Ok(true)) {
                // The session is gone only when the server ends.
                let _ = events.send(Event::InForceChanged);
            }
        });
    }

    fn ask(&mut self, uri: &Url, question: Question) {
        if let Some(document) = self.documents.get_mut(&Key::of(uri)) {
            match document.current() {
                Some(linted) => self.workers.spawn(answering(question, document, linted, self.abilities)),
                None => document.waiting.push(question),
            }
        } else {
            answer_nothing(question);
        }
    }

    /// Starts a check of every document whose result is not that of its latest state, one at a time for each.
    fn start_checks(&mut self) {
        for (key, document) in &mut self.documents {
            if document.running.is_some() || document.current().is_some() {
                continue;
            }
            let cancel = Arc::new(AtomicBool::new(false));
            document.running = Some(Running { generation: document.generation, cancel: Arc::clone(&cancel) });
            let job = Job {
                uri: document.uri.clone(),
                path: document.path.clone(),
                is_file: document.is_file,
                format: document.format,
                version: document.version,
                generation: document.generation,
                rope: document.rope.clone(),
                max_bytes: self.settings.max_bytes,
                abilities: self.abilities,
                cancel,
            };
            let (key, generation) = (key.clone(), document.generation);
            let (engine, desk) = (self.engine.clone(), Arc::clone(&self.desk));
            let events = self.events.clone();
            let checking = desk.indexing.hold();
            self.workers.spawn(move || {
                let linted = job.run(&engine, &desk);
                drop(checking);
                // The session is gone only when the server ends.
                let _ = events.send(Event::Linted(key, generation, linted.map(Box::new)));
            });
        }
    }

    /// Takes a worker's result: published if it is that of the document as it is now, else dropped.
    fn take(&mut self, key: &Key, generation: u64, linted: Option<Box<Linted>>) {
        let Some(document) = self.documents.get_mut(key) else { return };
        if document.running.as_ref().is_none_or(|running| running.generation != generation) {
            return;
        }
        document.running = None;
        let Some(linted) = linted else { return };
        if generation != document.generation {
            return;
        }
        let linted: Arc<Linted> = linted.into();
        self.outbox.publish(PublishDiagnosticsParams::new(
            document.uri.clone(),
            linted.published.clone(),
            Some(linted.version),
        ));
        for question in std::mem::take(&mut document.waiting) {
            self.workers.spawn(answering(question, document, &linted, self.abilities));
        }
        for failure in linted.failures.iter().filter(|f| !self.told.contains(f)).cloned().collect::<Vec<_>>() {
            self.outbox.show(MessageType::ERROR, failure.clone());
            self.told.push(failure);
        }
        document.linted = Some(linted);
    }
}

/// Tells the run under way that nobody waits for it.
fn stop(document: &Document) {
    if let Some(running) = &document.running {
        running.cancel.store(true, Ordering::Relaxed);
    }
}

/// For a document that is not open.
fn answer_nothing(question: Question) {
    match question {
        Question::Hover(_, reply) => drop(reply.send(None)),
        Question::Actions(_, reply) => drop(reply.send(Vec::new())),
    }
}

/// What a worker does to answer: a hover may have to look into the archive, and edits do not wait for that.
fn answering(
    question: Question,
    document: &Document,
    linted: &Arc<Linted>,
    abilities: Abilities,
) -> impl FnOnce() + Send + 'static {
    let (uri, linted) = (document.uri.clone(), Arc::clone(linted));
    move || {
        // The reply is dropped with a panic, and the question answered with an error.
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| answer(question, &uri, &linted, &abilities))) {
            tracing::error!("a question failed: {}", panic_words(&*panic));
        }
    }
}

fn answer(question: Question, uri: &Url, linted: &Linted, abilities: &Abilities) {
    // A reply that nobody takes any more was canceled by the client.
    match question {
        Question::Hover(params, reply) => {
            let position = params.text_document_position_params.position;
            let _ = reply.send(hover::answer(position, linted, abilities));
        }
        Question::Actions(params, reply) => {
            let _ = reply.send(actions::answer(&params, uri, linted, abilities));
        }
    }
}
