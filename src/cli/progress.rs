//! A bar on a terminal, for runs that take long.

use std::io::IsTerminal;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Nobody needs a bar for less.
const PATIENCE: Duration = Duration::from_millis(700);

/// Counts files; shows a bar on standard error once the run has taken a while, and only where a person looks at it.
pub struct Progress {
    total: u64,
    done: AtomicU64,
    started: Instant,
    wanted: bool,
    bar: OnceLock<ProgressBar>,
}

impl Progress {
    pub fn new(total: usize, wanted: bool) -> Progress {
        Progress {
            total: total as u64,
            done: AtomicU64::new(0),
            started: Instant::now(),
            wanted: wanted && std::io::stderr().is_terminal(),
            bar: OnceLock::new(),
        }
    }

    /// One more file is done.
    pub fn advance(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.wanted && self.started.elapsed() > PATIENCE {
            self.bar.get_or_init(|| self.new_bar()).set_position(done);
        }
    }

    fn new_bar(&self) -> ProgressBar {
        let bar = ProgressBar::with_draw_target(Some(self.total), ProgressDrawTarget::stderr());
        let template = "{bar:30} {pos}/{len} drafts, {per_sec}, {eta} left";
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}
