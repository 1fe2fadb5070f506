//! The client's process. A client that crashes closes standard input, mostly; where a child of its keeps it open, its
//! process id tells that it is gone.

use std::sync::Arc;
use std::time::Duration;

use super::guard::Watch;

const EVERY: Duration = Duration::from_secs(5);

/// Fires [`Watch::gone`] once `process` is no more.
pub(super) fn watch(process: u32, watch: Arc<Watch>) {
    tokio::spawn(async move {
        while lives(process) {
            tokio::time::sleep(EVERY).await;
        }
        tracing::error!("the client's process {process} is gone");
        watch.gone.notify_one();
    });
}

/// A process of somebody else's lives although it may not be signaled.
#[cfg(unix)]
pub(super) fn lives(process: u32) -> bool {
    let Some(process) = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw) else { return true };
    rustix::process::test_kill_process(process) != Err(rustix::io::Errno::SRCH)
}

#[cfg(not(unix))]
pub(super) fn lives(_: u32) -> bool {
    true
}

#[cfg(all(test, unix))]
mod tests {
    use super::lives;

    #[test]
    fn a_child_that_was_waited_for_is_gone() {
        assert!(lives(std::process::id()));
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let id = child.id();
        child.wait().unwrap();
        assert!(!lives(id));
    }
}
