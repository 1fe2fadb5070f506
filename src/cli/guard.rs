//! A panic while one file is checked is that file's trouble: it is named, and the run goes on.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    static LAST: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs `work`; a panic in it comes back as its message with its place in the source, and nothing is printed.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if GUARDED.get() {
                LAST.set(info.to_string().replace('\n', " "));
            } else {
                usual(info);
            }
        }));
    });
    GUARDED.set(true);
    // What `work` may have left half done is its own: drafts and findings are made anew for each file, and shared caches
    // recover from a poisoned lock.
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(false);
    done.map_err(|_| LAST.take())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_comes_back_as_its_message() {
        let failed = guarded(|| -> u32 { panic!("no such {}", "thing") }).unwrap_err();
        assert!(failed.contains("no such thing") && failed.contains("guard.rs"), "{failed}");
        assert_eq!(guarded(|| 1), Ok(1));
    }
}
