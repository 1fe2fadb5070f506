//! A worker's part: one immutable snapshot in, its diagnostics out, whatever happens.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ropey::Rope;
use tower_lsp::lsp_types as lsp;
use tower_lsp::lsp_types::Url;

use super::client::Abilities;
use super::desk::{Desk, InForce};
use super::guard::panic_words;
use super::to_proto;
use crate::corpus::Reference;
use crate::diagnostic::Diagnostic;
use crate::lint::{self, Settings};
use crate::source::{Draft, Format};
use crate::text::decode::Encoding;

/// What turns a draft into diagnostics. Tests put something slow or broken in the place of the linter.
#[derive(Clone)]
pub struct Engine(Arc<Run>);

type Run = dyn Fn(&Draft, &Settings, &Reference) -> Vec<Diagnostic> + Send + Sync;

impl Engine {
    pub fn new(run: impl Fn(&Draft, &Settings, &Reference) -> Vec<Diagnostic> + Send + Sync + 'static) -> Engine {
        Engine(Arc::new(run))
    }
}

impl Default for Engine {
    fn default() -> Engine {
        Engine::new(lint::lint)
    }
}

/// A version of a document, to be checked.
pub(super) struct Job {
    pub(super) uri: Url,
    pub(super) path: PathBuf,
    /// Not one that was never saved.
    pub(super) is_file: bool,
    pub(super) format: Format,
    pub(super) version: i32,
    pub(super) generation: u64,
    pub(super) rope: Rope,
    pub(super) max_bytes: usize,
    pub(super) abilities: Abilities,
    pub(super) cancel: Arc<AtomicBool>,
}

/// What one version of a document yielded.
pub(super) struct Linted {
    pub(super) version: i32,
    pub(super) generation: u64,
    /// The text that was checked, for turning spans into ranges.
    pub(super) rope: Rope,
    pub(super) in_force: Arc<InForce>,
    /// The draft as it was read; `None` where it was not.
    pub(super) draft: Option<Draft>,
    /// The settings it was checked with.
    pub(super) settings: Arc<Settings>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// As they are published: one for each of `diagnostics`, then the notes that belong to no rule.
    pub(super) published: Vec<lsp::Diagnostic>,
    /// What the user should be told about the checking itself.
    pub(super) failures: Vec<String>,
}

impl Job {
    /// Checks the snapshot. `None` where it is stale already.
    pub(super) fn run(self, engine: &Engine, desk: &Desk) -> Option<Linted> {
        if self.is_stale() {
            return None;
        }
        let (in_force, configured) = match caught(|| desk.in_force(&self.path)) {
            Ok(in_force) => (in_force, true),
            Err(()) => (Desk::built_in(), false),
        };
        let mut linted = Linted {
            version: self.version,
            generation: self.generation,
            rope: self.rope.clone(),
            in_force,
            draft: None,
            settings: Arc::default(),
            diagnostics: Vec::new(),
            published: Vec::new(),
            failures: Vec::new(),
        };
        if !configured {
            linted.fail("newslint failed at its configuration: built-in checks only", &self.path);
        }
        let bytes = self.rope.len_bytes();
        if self.is_file && (!linted.in_force.counts_as_copy(&self.path) || desk.stories.holds(&self.path)) {
            return Some(linted);
        }
        if bytes > self.max_bytes {
            linted.published.push(to_proto::note(format!(
                "Not checked: {} MB, and the limit is {} MB (newslint.maxFileBytes)",
                megabytes(bytes),
                megabytes(self.max_bytes)
            )));
            return Some(linted);
        }
        let read = || {
            let mut draft = Draft::read(&self.path, self.format, Encoding::Utf8, self.rope.to_string().into());
            draft.ignores.extend(desk.ignores(&self.path));
            let settings = linted.in_force.settings(&self.path, &draft.metadata);
            (draft, settings)
        };
        let Ok((draft, settings)) = caught(read) else {
            linted.fail("newslint failed at reading this version: nothing was checked", &self.path);
            return Some(linted);
        };
        linted.settings = settings;
        let (diagnostics, failed) = self.lint(&draft, engine, &linted)?;
        let past = linted.in_force.reference.past.as_deref();
        let page = to_proto::Page { uri: &self.uri, path: &self.path, rope: &self.rope, past, stories: &desk.stories };
        let show = |d: &Diagnostic| to_proto::diagnostic(d, &page, &self.abilities, &linted.settings);
        match caught(|| diagnostics.iter().map(show).collect()) {
            Ok(published) => {
                let notes = std::mem::replace(&mut linted.published, published);
                linted.published.extend(notes);
                linted.diagnostics = diagnostics;
            }
            Err(()) => linted.fail("newslint failed at showing what it found", &self.path),
        }
        linted.draft = Some(draft);
        for what in failed {
            linted.fail(&format!("newslint failed in {what}; everything else was checked"), &self.path);
        }
        Some(linted)
    }

    fn is_stale(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// The diagnostics, and what failed. A check that panics takes no other with it. `None` where it became stale.
    fn lint(&self, draft: &Draft, engine: &Engine, linted: &Linted) -> Option<(Vec<Diagnostic>, Vec<String>)> {
        if self.is_stale() {
            return None;
        }
        let run = |settings: &Settings| caught(|| (engine.0)(draft, settings, &linted.in_force.reference));
        if let Ok(diagnostics) = run(&linted.settings) {
            return Some((diagnostics, Vec::new()));
        }
        // Something panicked: each code alone, to keep what works and to name what does not.
        let (mut kept, mut failed) = (Vec::new(), Vec::new());
        let mut codes: Vec<_> = linted.settings.severities.keys().cloned().collect();
        codes.sort_unstable();
        let count = codes.len();
        for code in codes {
            let mut alone = Settings::clone(&linted.settings);
            alone.severities.retain(|c, _| *c == code);
            match run(&alone) {
                Ok(diagnostics) => kept.extend(diagnostics),
                Err(()) => failed.push(code.to_string()),
            }
        }
        kept.sort_by(|a, b| (a.span, &a.code, &a.message).cmp(&(b.span, &b.code, &b.message)));
        if failed.len() == count {
            failed = vec!["what every check needs".to_owned()];
        }
        Some((kept, failed))
    }
}

impl Linted {
    fn fail(&mut self, what: &str, draft: &Path) {
        self.published.push(to_proto::note(what.to_owned()));
        self.failures.push(format!("{what} ({})", draft.display()));
    }
}

fn caught<T>(run: impl FnOnce() -> T) -> Result<T, ()> {
    // What a panic may leave half done is dropped with it: the snapshot is immutable, and caches are rebuilt.
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| tracing::error!("a check failed: {}", panic_words(&*panic)))
}

/// With one decimal, never rounded down to the limit itself.
fn megabytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(1024 * 1024 / 10);
    format!("{}.{}", tenths / 10, tenths % 10)
}
