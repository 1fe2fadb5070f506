//! Ctrl-C while an archive is written: the batch at hand is finished. A second one ends the process at once.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::SIGINT;
use signal_hook::flag;

use super::Exit;

/// Whether somebody pressed Ctrl-C.
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Listens from now on.
    pub fn listen() -> io::Result<Interrupt> {
        let asked = Arc::new(AtomicBool::new(false));
        // In this order: the first Ctrl-C finds the flag down and puts it up, the second finds it up.
        flag::register_conditional_shutdown(SIGINT, Exit::Interrupted as i32, Arc::clone(&asked))?;
        flag::register(SIGINT, Arc::clone(&asked))?;
        Ok(Interrupt(asked))
    }

    /// Whether to go on with the next batch.
    pub fn step(&self) -> ControlFlow<()> {
        if self.0.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}
