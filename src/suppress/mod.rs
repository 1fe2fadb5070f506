//! Silence that people asked for: comments, `[cq]` and `[sic]`, front matter, a sidecar, pins in the facts. What silences nothing is
//! reported, and so is what would reach readers.

mod comment;
mod mark;
mod sidecar;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

pub use sidecar::{read_sidecar, sidecar_path};

use crate::checks;
use crate::config_error::did_you_mean;
use crate::corpus::Reference;
use crate::diagnostic::{Confidence, Diagnostic, Evidence, Severity};
use crate::source::{Draft, Ignore};
use crate::text::Span;
use comment::Comment;

pub const UNUSED: &str = "suppression/unused";
pub const EXPIRED: &str = "suppression/expired";
pub const LEFTOVER: &str = "suppression/leftover";

/// Something to report of a suppression itself.
pub struct Report {
    pub code: &'static str,
    pub confidence: Confidence,
    /// Bytes of the file.
    pub span: Span,
    pub message: String,
    pub evidence: Option<Evidence>,
}

/// Takes the silenced ones out of `diagnostics`, and says what is to be reported of the suppressions. `is_on` says whether a code, or
/// any code under it, runs at all: where none does, a suppression of it is not idle.
pub fn apply(
    draft: &Draft,
    date: Option<Date>,
    reference: &Reference,
    is_on: impl Fn(&str) -> bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Report> {
    let pins = &reference.facts.pins;
    diagnostics.retain(|d| !pins.iter().any(|pin| pin.covers(&d.code, &draft.path) && holds(&d.text, &pin.form.text)));
    let mut reports = Vec::new();
    silence_marked(draft, diagnostics, &mut reports);
    for comment in comment::read(draft) {
        let written = Written::of_comment(&comment);
        reports.push(Report {
            code: LEFTOVER,
            confidence: Confidence::Likely,
            span: comment.span,
            message: "A note to newslint in the copy: it can reach readers".to_owned(),
            evidence: None,
        });
        written.silence(date, &is_on, diagnostics, &mut reports);
    }
    for ignore in &draft.ignores {
        Written::of_ignore(draft, ignore).silence(date, &is_on, diagnostics, &mut reports);
    }
    reports
}

/// Whether `words` holds `form` as words of its own.
fn holds(words: &str, form: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    words.match_indices(form).any(|(at, _)| {
        !letter(words[..at].chars().next_back()) && !letter(words[at + form.len()..].chars().next()) && !form.is_empty()
    })
}

/// `[cq]` silences what is flagged at the words before it, and the same words with the same code elsewhere; `[sic]` only there.
fn silence_marked(draft: &Draft, diagnostics: &mut Vec<Diagnostic>, reports: &mut Vec<Report>) {
    for mark in mark::read(draft) {
        let word = draft.map.to_source(mark.word);
        let here = |d: &Diagnostic| d.span.overlaps(word);
        if mark.is_for_desk {
            let checked: Vec<(Arc<str>, String)> =
                diagnostics.iter().filter(|d| here(d)).map(|d| (d.code.clone(), d.text.clone())).collect();
            diagnostics.retain(|d| !here(d) && !checked.iter().any(|(code, text)| *code == d.code && *text == d.text));
            reports.push(Report {
                code: LEFTOVER,
                confidence: Confidence::Sure,
                span: draft.map.to_source(mark.span),
                message: "“[cq]” is a mark for the desk: take it out before this is published".to_owned(),
                evidence: None,
            });
        } else {
            diagnostics.retain(|d| !here(d));
        }
    }
}

/// A suppression as it was written, wherever it stands.
struct Written<'a> {
    /// In the file; for a sidecar, the words it is about, or the start of the draft.
    span: Span,
    codes: &'a [String],
    text: Option<&'a str>,
    has_reason: bool,
    until: Option<Date>,
    bad_until: Option<&'a str>,
    covers: Option<Span>,
    sidecar: Option<Evidence>,
}

impl<'a> Written<'a> {
    fn of_comment(comment: &'a Comment) -> Written<'a> {
        Written {
            span: comment.span,
            codes: &comment.codes,
            text: None,
            has_reason: comment.why.is_some(),
            until: comment.until,
            bad_until: comment.bad_until.as_deref(),
            covers: comment.covers,
            sidecar: None,
        }
    }

    fn of_ignore(draft: &Draft, ignore: &'a Ignore) -> Written<'a> {
        let source: &str = &draft.source;
        let find = |words: &str, from: usize| {
            source[from..].find(words).map(|at| Span::new(from + at, from + at + words.len()))
        };
        let front = draft.metadata.front_matter.span;
        let span = match &ignore.sidecar {
            Some(_) => ignore.text.as_deref().and_then(|text| find(text, front.end as usize)),
            None => ignore.codes.first().and_then(|code| find(code, 0)).filter(|s| front.contains(*s)),
        };
        let evidence = |(path, span, place): &(PathBuf, Span, _)| Evidence {
            path: path.clone(),
            place: Some((*span, *place)),
            text: ignore.codes.join(", "),
            date: None,
            note: "the entry".to_owned(),
            archived: None,
        };
        Written {
            span: span.unwrap_or_default(),
            codes: &ignore.codes,
            text: ignore.text.as_deref(),
            has_reason: ignore.why.is_some(),
            until: ignore.until,
            bad_until: None,
            covers: None,
            sidecar: ignore.sidecar.as_ref().map(evidence),
        }
    }

    fn report(&self, code: &'static str, message: String) -> Report {
        Report { code, confidence: Confidence::Sure, span: self.span, message, evidence: self.sidecar.clone() }
    }

    fn silence(
        &self,
        date: Option<Date>,
        is_on: &impl Fn(&str) -> bool,
        diagnostics: &mut Vec<Diagnostic>,
        reports: &mut Vec<Report>,
    ) {
        if let Some(written) = self.bad_until {
            reports.push(self.report(UNUSED, format!("“until={written}” holds no date, such as 2026-01-31")));
        }
        if let (Some(until), Some(date)) = (self.until, date)
            && until < date
        {
            reports.push(self.report(EXPIRED, format!("This suppression ended on {until}; the draft is of {date}")));
            return;
        }
        if self.codes.is_empty() {
            reports.push(self.report(UNUSED, "This suppression names no code".to_owned()));
        }
        for code in self.codes {
            let mut used = false;
            let mut refused = false;
            diagnostics.retain(|d| {
                let meant = is_under(&d.code, code)
                    && self.covers.is_none_or(|span| span.contains_offset(d.span.start))
                    && self.text.is_none_or(|text| holds(&d.text, text));
                let silenced = meant && (self.has_reason || d.severity < Severity::Error);
                used |= silenced;
                refused |= meant && !silenced;
                !silenced
            });
            let message = match () {
                () if refused => format!("An error is silenced only with a reason: write it after “{code}:”"),
                () if used => continue,
                () if is_on(code) => format!("Nothing of “{code}” is found here that this would silence"),
                () => match meant_code(code) {
                    Some(meant) => format!("“{code}” is no code; did you mean “{meant}”?"),
                    None => continue,
                },
            };
            reports.push(self.report(UNUSED, message));
        }
    }
}

/// Whether `code` is `pattern`, or lies under it.
pub fn is_under(code: &str, pattern: &str) -> bool {
    code.strip_prefix(pattern.trim_end_matches('/')).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The built-in code that a mistyped one was meant to be. A code that exists but is off is no mistake.
fn meant_code(written: &str) -> Option<&'static str> {
    let exists = checks::all().any(|c| is_under(c.code, written));
    if exists { None } else { did_you_mean(written, checks::all().map(|c| c.code)) }
}

#[cfg(test)]
mod tests;
