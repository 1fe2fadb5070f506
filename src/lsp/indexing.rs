//! Takes the earlier stories that a configuration names into its archive, while drafts are open.
//!
//! One thread does it, a few stories at a time, and waits while a draft is being checked: no keystroke waits for it. What it finds
//! unchanged since the archive was last written it does not read; `newslint corpus update` reads everything.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use tower_lsp::lsp_types::MessageType;

use super::guard::panic_words;
use super::outbox::Outbox;
use crate::corpus::archive::ArchiveError;
use crate::corpus::archive::sqlite::SqliteWriter;
use crate::corpus::indexing::{Done, take_in};
use crate::corpus::intake::{Base, Intake};
use crate::corpus::story::Story;

/// How many stories are read between two looks at whether a draft waits: some 20 ms.
const STORIES: usize = 8;
/// How long one look takes.
const NAP: Duration = Duration::from_millis(2);
/// How long a draft may hold the indexing up at one look. Who types without end still gets an archive.
const LONGEST: Duration = Duration::from_millis(500);
/// Nothing is shown of what takes less.
const SHORT: Duration = Duration::from_millis(500);
/// How often the client hears how far it is.
const EVERY: Duration = Duration::from_millis(250);

/// What the indexing threads and the session know of each other.
#[derive(Clone, Default)]
pub(super) struct Indexing {
    /// Checks of drafts under way.
    checking: Arc<AtomicUsize>,
    /// The server ends.
    stopped: Arc<AtomicBool>,
    /// The archives that are being written, each with the files to look at after that.
    running: Arc<Mutex<BTreeMap<PathBuf, Option<Vec<PathBuf>>>>>,
}

/// Lives while a draft is being checked.
pub(super) struct Checking(Arc<AtomicUsize>);

impl Drop for Checking {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Indexing {
    /// Holds the indexing back until the result is dropped.
    pub(super) fn hold(&self) -> Checking {
        self.checking.fetch_add(1, Ordering::Relaxed);
        Checking(Arc::clone(&self.checking))
    }

    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Takes `files` into the archive at `index`, on a thread of its own; after what is under way for that archive.
    pub(super) fn start(&self, index: PathBuf, files: Vec<PathBuf>, outbox: Outbox) {
        if files.is_empty() {
            return;
        }
        match self.running().entry(index.clone()) {
            Entry::Occupied(mut under_way) => {
                under_way.insert(Some(files));
                return;
            }
            Entry::Vacant(free) => free.insert(None),
        };
        let own = self.clone();
        let thread = std::thread::Builder::new().name("index".to_owned());
        let started = thread.spawn(move || {
            let mut next = Some(files);
            while let Some(files) = next {
                // A panic ends this run, not the next.
                let done = catch_unwind(AssertUnwindSafe(|| own.run(&index, files, &outbox)));
                match done {
                    Ok(Ok(None)) => {}
                    Ok(Ok(Some(said))) => outbox.log(MessageType::INFO, format!("{}: {said}", index.display())),
                    Ok(Err(error)) => {
                        outbox.log(MessageType::WARNING, format!("earlier stories were not taken in: {error}"));
                    }
                    Err(panic) => tracing::error!("taking stories in failed: {}", panic_words(&*panic)),
                }
                let mut running = own.running();
                next = running.get_mut(&index).and_then(Option::take);
                if next.is_none() {
                    running.remove(&index);
                }
            }
        });
        if let Err(error) = started {
            tracing::warn!("no thread for the archive: {error}");
        }
    }

    fn running(&self) -> MutexGuard<'_, BTreeMap<PathBuf, Option<Vec<PathBuf>>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was done; `None` where nothing was new.
    fn run(&self, index: &Path, files: Vec<PathBuf>, outbox: &Outbox) -> Result<Option<String>, ArchiveError> {
        let written = written(index);
        let mut writer = SqliteWriter::open(index)?;
        let base = Base::of(index);
        let known: BTreeSet<String> = writer.paths()?.into_iter().collect();
        // Of a dump that was being read when the editor closed, some stories are known.
        let is_dump = |file: &Path| file.extension().is_some_and(|e| e == "jsonl" || e == "ndjson");
        let is_new = |file: &PathBuf| is_dump(file) || !known.contains(&base.stored(file)) || modified(file) >= written;
        let new: Vec<PathBuf> = files.into_iter().filter(is_new).collect();
        if new.is_empty() {
            return Ok(None);
        }
        let (intake, refused) = Intake::new(&new, base, Story::default());
        let intake = intake.in_batches(STORIES);
        let total = intake.total.max(1);
        let mut done = Done { refused, ..Done::default() };
        let (began, mut progress, mut told) = (Instant::now(), None, Instant::now());
        // One core stays free for drafts.
        let taken = match rayon::ThreadPoolBuilder::new().num_threads(1).build() {
            Ok(pool) => pool.install(|| {
                take_in(&mut writer, intake, &mut done, |step| {
                    if progress.is_none() && began.elapsed() >= SHORT {
                        let token = format!("newslint-index-{}", index.display());
                        progress = Some(outbox.begin(token, "newslint: reading earlier stories"));
                    }
                    if let Some(progress) = progress.as_ref().filter(|_| told.elapsed() >= EVERY) {
                        progress.report(format!("{} stories", step.stories), (step.bytes * 100 / total) as u32);
                        told = Instant::now();
                    }
                    self.give_way()
                })
            }),
            Err(_) => Ok(()),
        };
        let count = done.written.added + done.written.replaced;
        if let Some(progress) = progress {
            progress.end(format!("{count} stories taken in"));
        }
        taken?;
        if count > 0 {
            writer.finish()?;
        }
        let refused = match done.refused.first() {
            Some(first) => {
                format!(", {} refused, the first {}: {}", done.refused.len(), first.path.display(), first.reason)
            }
            None => String::new(),
        };
        let said = format!("{} stories added, {} replaced{refused}", done.written.added, done.written.replaced);
        Ok((count > 0 || !done.refused.is_empty()).then_some(said))
    }

    /// Waits while drafts are checked.
    fn give_way(&self) -> ControlFlow<()> {
        let began = Instant::now();
        loop {
            if self.stopped.load(Ordering::Relaxed) {
                return ControlFlow::Break(());
            }
            if self.checking.load(Ordering::Relaxed) == 0 || began.elapsed() > LONGEST {
                return ControlFlow::Continue(());
            }
            std::thread::sleep(NAP);
        }
    }
}

/// When the archive was last written; `None` where there is none.
fn written(index: &Path) -> Option<SystemTime> {
    let mut log = index.as_os_str().to_owned();
    log.push("-wal");
    modified(index).max(modified(Path::new(&log)))
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().ok()?.modified().ok()
}
