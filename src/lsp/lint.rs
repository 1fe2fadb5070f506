//! A worker's part: one immutable snapshot in, its diagnostics out, whatever happens.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ropey::Rope;
use tower_lsp::lsp_types as lsp;
use tower_lsp::lsp_types::Url;

use super::client::Abilities;
use super::desk::{Desk, InForce};
use super::guard::panic_words;
use super::outbox::Outbox;
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
    pub(super) in_force: InForce,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// As they are published: one for each of `diagnostics`, then the notes that belong to no rule.
    pub(super) published: Vec<lsp::Diagnostic>,
    /// What the user should be told about the checking itself.
    pub(super) failures: Vec<String>,
}

impl Job {
    /// Checks the snapshot. `None` where it is stale already.
    pub(super) fn run(self, engine: &Engine, desk: &Desk, outbox: &Outbox) -> Option<Linted> {
        if self.is_stale() {
            return None;
        }
        let in_force = desk.in_force(&self.path, outbox);
        let mut linted = Linted {
            version: self.version,
            generation: self.generation,
            rope: self.rope.clone(),
            in_force,
            diagnostics: Vec::new(),
            published: Vec::new(),
            failures: Vec::new(),
        };
        let bytes = self.rope.len_bytes();
        if !linted.in_force.checked {
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
        let (diagnostics, mut failed) = self.lint(engine, &linted.in_force)?;
        let page = to_proto::Page { uri: &self.uri, path: &self.path, rope: &self.rope };
        let show = |d: &Diagnostic| to_proto::diagnostic(d, &page, &self.abilities, &linted.in_force);
        match caught(|| diagnostics.iter().map(show).collect()) {
            Ok(published) => (linted.diagnostics, linted.published) = (diagnostics, published),
            Err(()) => failed.push("showing what it found".to_owned()),
        }
        for what in failed {
            linted.published.push(to_proto::note(format!("newslint failed in {what}; everything else was checked")));
            linted.failures.push(format!("newslint failed in {what}: {}", self.path.display()));
        }
        Some(linted)
    }

    fn is_stale(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// The diagnostics, and what failed. A check that panics takes no other with it.
    fn lint(&self, engine: &Engine, in_force: &InForce) -> Option<(Vec<Diagnostic>, Vec<String>)> {
        let read = || Draft::read(&self.path, self.format, Encoding::Utf8, self.rope.to_string().into());
        let draft = match caught(read) {
            Ok(draft) => draft,
            Err(()) => return Some((Vec::new(), vec!["reading the draft".to_owned()])),
        };
        if self.is_stale() {
            return None;
        }
        let run = |settings: &Settings| caught(|| (engine.0)(&draft, settings, &in_force.reference));
        if let Ok(diagnostics) = run(&in_force.settings) {
            return Some((diagnostics, Vec::new()));
        }
        // Something panicked: each code alone, to keep what works and to name what does not.
        let (mut kept, mut failed) = (Vec::new(), Vec::new());
        let mut codes: Vec<_> = in_force.settings.severities.keys().cloned().collect();
        codes.sort_unstable();
        let count = codes.len();
        for code in codes {
            let mut alone = Settings::clone(&in_force.settings);
            alone.severities.retain(|c, _| *c == code);
            match run(&alone) {
                Ok(diagnostics) => kept.extend(diagnostics),
                Err(()) => failed.push(code.to_string()),
            }
        }
        kept.sort_by(|a, b| (a.span, &a.code, &a.message).cmp(&(b.span, &b.code, &b.message)));
        if failed.len() == count {
            failed = vec!["all checks".to_owned()];
        }
        Some((kept, failed))
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
