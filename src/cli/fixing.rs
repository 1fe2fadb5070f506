//! `--fix` and `--diff`: one draft fixed until nothing is left, and written, printed or shown as a diff.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use similar::TextDiff;

use super::drafts::Target;
use super::{print, write};
use crate::config::plain_words;
use crate::diagnostic::Diagnostic;
use crate::fix;
use crate::report::Skipped;
use crate::source::{Draft, Ignore};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixMode {
    Off,
    Write { unsafe_too: bool },
    Diff { unsafe_too: bool },
}

/// What fixing a draft came to.
pub struct Done {
    /// The text that `diagnostics` are about.
    pub text: Arc<str>,
    pub diagnostics: Vec<Diagnostic>,
    pub fixed: BTreeMap<Arc<str>, usize>,
    pub diff: String,
    /// Set where the fixes could not be made.
    pub failed: Option<Skipped>,
}

/// Fixes `draft`; `lint` says what there is to report of it. In a diff run the diagnostics are those of the file as it is.
pub fn fix(target: &Target, draft: &Draft, mode: FixMode, lint: impl Fn(&Draft) -> Vec<Diagnostic>) -> Done {
    let beside: Vec<Ignore> = draft.ignores.iter().filter(|ignore| ignore.sidecar.is_some()).cloned().collect();
    let read = |text: &str| {
        let mut fixed = Draft::read(&draft.path, draft.format, draft.encoding, text.into());
        fixed.ignores.extend(beside.iter().cloned());
        fixed
    };
    let unsafe_too = matches!(mode, FixMode::Write { unsafe_too: true } | FixMode::Diff { unsafe_too: true });
    let settled = fix::settle(&draft.source, unsafe_too, |text| lint(&read(text)));
    let mut done = Done {
        text: settled.text.as_str().into(),
        diagnostics: settled.diagnostics,
        fixed: settled.applied,
        diff: String::new(),
        failed: None,
    };
    if !settled.unsettled.is_empty() {
        let codes = settled.unsettled.join(", ");
        let reason = format!("the fixes of {codes} undo one another, so nothing was changed");
        done.failed = Some(Skipped { path: target.shown.clone(), reason });
    }
    let changed = *done.text != *draft.source;
    match mode {
        FixMode::Diff { .. } if changed => {
            let diff = TextDiff::from_lines(&*draft.source, &*done.text);
            let (from, to) = (format!("a/{}", target.shown), format!("b/{}", target.shown));
            done.diff = diff.unified_diff().context_radius(3).header(&from, &to).to_string();
            done.diagnostics = lint(draft);
            done.text = draft.source.clone();
            done.fixed.clear();
        }
        FixMode::Write { .. } if changed || target.is_stdin() => {
            let written = if target.is_stdin() { print(&done.text) } else { replace(target, draft, &done.text) };
            if let Err(error) = written {
                let reason = format!("cannot write the fixed file: {}", plain_words(&error));
                done.failed = Some(Skipped { path: target.shown.clone(), reason });
                done.diagnostics = lint(draft);
                done.text = draft.source.clone();
                done.fixed.clear();
            }
        }
        _ => {}
    }
    done
}

/// Puts the fixed text in place of the file, if that is still the one that was read.
fn replace(target: &Target, draft: &Draft, text: &str) -> io::Result<()> {
    if std::fs::read(&target.path)? != fix::encode(&draft.source, draft.encoding) {
        return Err(io::Error::other("it was changed while newslint read it"));
    }
    write::atomically(&target.path, &fix::encode(text, draft.encoding))
}
