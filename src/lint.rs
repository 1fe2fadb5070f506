//! The one pure entry point: a draft, settings and a reference in; diagnostics out. No disk, no clock, no network.

use std::cell::{LazyCell, OnceCell, RefCell};
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::annotate::annotate;
use crate::checks::{self, Context, OptionSet, Severities};
use crate::corpus::Reference;
use crate::diagnostic::{Diagnostic, Evidence, Finding, Fix, MASK, Safety, Severity, Witness};
use crate::rules::{RuleInfo, RuleSet, Scope};
use crate::source::Draft;
use crate::suppress::{self, Report};
use crate::text::Span;
use crate::text::line_index::LineIndex;

/// All that decides what is reported for a draft, resolved from the configuration for its path.
#[derive(Clone, Default)]
pub struct Settings {
    /// The severities of every code that is on: built-in codes and rules.
    pub severities: FxHashMap<Arc<str>, Severities>,
    pub options: OptionSet,
    pub rules: Arc<RuleSet>,
    /// From the configuration; front matter wins over it.
    pub locale: Option<String>,
    /// `--as-of`: wins over what the draft says.
    pub as_of: Option<Date>,
}

impl Settings {
    /// What runs without any configuration: the built-in checks as their pages set them, and no rules.
    pub fn built_in() -> Settings {
        let severities = checks::all().map(|c| (c.code.into(), c.defaults().severity)).collect();
        Settings { severities, options: OptionSet::defaults(), ..Settings::default() }
    }

    /// Lets `rules` run, each with its own severity.
    pub fn with_rules(mut self, rules: Arc<RuleSet>) -> Settings {
        let severities = |info: &RuleInfo| Severities { sure: info.severity, likely: info.severity };
        self.severities.extend(rules.infos().map(|info| (info.code.clone(), severities(info))));
        self.rules = rules;
        self
    }

    /// The date that counts for `draft`.
    pub fn date_of(&self, draft: &Draft) -> Option<Date> {
        self.as_of.or(draft.metadata.date.map(|(date, _)| date))
    }

    fn severity(&self, finding: &Finding) -> Option<Severity> {
        let severity = self.severities.get(&finding.code)?.of(finding.confidence)?;
        Some(finding.cap.map_or(severity, |cap| severity.min(cap)))
    }
}

/// Checks a draft. The diagnostics are sorted by start, then code, and the same for the same inputs.
pub fn lint(draft: &Draft, settings: &Settings, reference: &Reference) -> Vec<Diagnostic> {
    run(draft, settings, reference, None)
}

/// A [`Comparison`](checks::Comparison) with its spans in bytes of the decoded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    pub code: &'static str,
    pub span: Span,
    pub other: Span,
    /// What kept the two apart.
    pub gate: String,
}

/// The same diagnostics, with every comparison that came to nothing, in the order in which they were made.
pub fn trace(draft: &Draft, settings: &Settings, reference: &Reference) -> (Vec<Diagnostic>, Vec<Compared>) {
    let trace = RefCell::default();
    let diagnostics = run(draft, settings, reference, Some(&trace));
    let compared = trace.into_inner().into_iter().map(|c| Compared {
        code: c.code,
        span: draft.map.to_source(c.span),
        other: draft.map.to_source(c.other),
        gate: c.gate,
    });
    (diagnostics, compared.collect())
}

fn run(
    draft: &Draft,
    settings: &Settings,
    reference: &Reference,
    trace: Option<&RefCell<Vec<checks::Comparison>>>,
) -> Vec<Diagnostic> {
    let date = settings.date_of(draft);
    let annotations = annotate(draft, date, &reference.gazetteer);
    let locale = draft.metadata.locale().or(settings.locale.as_deref());
    let context = Context {
        draft,
        annotations: &annotations,
        reference,
        date,
        locale,
        options: &settings.options,
        trace,
        earlier: OnceCell::new(),
        strays: OnceCell::new(),
        figure_sentences: OnceCell::new(),
        kin: OnceCell::new(),
    };
    let mut findings = Vec::new();
    for check in checks::all().filter(|c| settings.severities.contains_key(c.code)) {
        (check.run)(&context, &mut findings);
    }
    settings.rules.run(&Scope { draft, annotations: &annotations, date, locale }, &mut findings);

    // Most drafts of a folder have nothing to place.
    let lines = LazyCell::new(|| LineIndex::new(&draft.source));
    let mut diagnostics: Vec<Diagnostic> = findings
        .into_iter()
        .filter_map(|f| settings.severity(&f).map(|severity| (f, severity)))
        .map(|(finding, severity)| map_back(draft, &lines, finding, severity))
        .collect();
    let is_on = |code: &str| settings.severities.keys().any(|on| suppress::is_under(on, code));
    for report in suppress::apply(draft, date, reference, is_on, &mut diagnostics) {
        let severity = settings.severities.get(report.code).and_then(|s| s.of(report.confidence));
        diagnostics.extend(severity.map(|severity| of_suppression(draft, &lines, report, severity)));
    }
    keep_masked(&draft.source, &mut diagnostics);
    diagnostics.sort_by(|a, b| (a.span, &a.code, &a.message).cmp(&(b.span, &b.code, &b.message)));
    diagnostics.dedup();
    diagnostics
}

fn of_suppression(draft: &Draft, lines: &LineIndex, report: Report, severity: Severity) -> Diagnostic {
    Diagnostic {
        code: report.code.into(),
        severity,
        confidence: report.confidence,
        message: report.message,
        span: report.span,
        start: lines.place(&draft.source, report.span.start),
        end: lines.place(&draft.source, report.span.end),
        text: report.span.of(&draft.source).to_owned(),
        evidence: report.evidence.into_iter().collect(),
        fixes: Vec::new(),
        why: Vec::new(),
    }
}

/// Takes out whatever would show words that are masked: findings on them, and messages and evidence that hold them.
fn keep_masked(source: &str, diagnostics: &mut Vec<Diagnostic>) {
    let masked: Vec<String> =
        diagnostics.iter().filter(|d| d.is_masked()).map(|d| d.span.of(source).to_lowercase()).collect();
    if masked.is_empty() {
        return;
    }
    let shows = |text: &str| {
        let text = text.to_lowercase();
        masked.iter().any(|name| text.contains(name.as_str()))
    };
    diagnostics.retain(|d| {
        let fixes = d.fixes.iter().flat_map(|f| &f.edits).any(|e| shows(&e.text));
        d.is_masked() || !(shows(&d.text) || shows(&d.message) || fixes || d.evidence.iter().any(|e| shows(&e.text)))
    });
}

fn map_back(draft: &Draft, lines: &LineIndex, finding: Finding, severity: Severity) -> Diagnostic {
    let span = draft.map.to_source(finding.span);
    let place = |offset| lines.place(&draft.source, offset);
    let evidence = finding.witnesses.into_iter().map(|witness| match witness {
        Witness::Here { span, note } => {
            let span = draft.map.to_source(span);
            Evidence {
                path: draft.path.clone(),
                place: Some((span, place(span.start))),
                text: span.of(&draft.source).to_owned(),
                date: None,
                note,
                archived: None,
            }
        }
        Witness::Elsewhere(evidence) => evidence,
    });
    Diagnostic {
        code: finding.code,
        severity,
        confidence: finding.confidence,
        message: finding.message,
        span,
        start: place(span.start),
        end: place(span.end),
        text: if finding.masked { MASK.to_owned() } else { span.of(&draft.source).to_owned() },
        evidence: evidence.collect(),
        fixes: finding.fixes.into_iter().map(|fix| map_fix(draft, fix)).collect(),
        why: finding.why,
    }
}

/// A fix whose words were not copied from the file as they are can only be shown.
fn map_fix(draft: &Draft, fix: Fix) -> Fix {
    let copied = fix.edits.iter().all(|e| draft.map.is_copied(e.span));
    let mut fix = fix;
    if !copied {
        fix.safety = Safety::Display;
    }
    for edit in &mut fix.edits {
        edit.span = to_source(draft, edit.span);
    }
    fix
}

fn to_source(draft: &Draft, span: Span) -> Span {
    draft.map.to_source(span)
}
