//! From the words that were found to findings: exceptions, quotations and blocks taken into account.

use std::ops::Range;

use jiff::civil::Date;

use super::automaton::{Hit, Hits};
use super::folded::{Folded, fold_phrase};
use super::letters::{Phrase, keep_case};
use super::pattern::Pattern;
use super::rule::{FixMode, FormSet, Kind, Quotes, Rule};
use super::template::{Template, Values};
use super::variants::Variants;
use crate::annotate::Annotations;
use crate::diagnostic::{Edit, Finding, Fix, Safety, Severity};
use crate::source::{BlockKind, Draft};
use crate::text::Span;

/// What the rules look at.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub draft: &'a Draft,
    pub annotations: &'a Annotations,
    /// The date that counts for the draft.
    pub date: Option<Date>,
    pub locale: Option<&'a str>,
}

impl Scope<'_> {
    /// Whether `span` lies, wholly or partly, in the words of somebody else: inside quotation marks or in a block quotation.
    fn is_quoted(&self, span: Span) -> bool {
        let quotes = &self.annotations.quotes;
        let after = quotes.partition_point(|q| q.outer.start < span.end);
        // Nested quotations start after those that hold them, so a few are looked at.
        quotes[..after].iter().rev().take(4).any(|q| q.outer.overlaps(span))
            || self.draft.blocks[self.draft.block_at(span.start)].kind == BlockKind::Quotation
    }

    /// Whether a change of `span` changes what the draft states: a name, a figure, a date, the words of a quotation.
    fn states_a_fact(&self, span: Span) -> bool {
        let annotations = self.annotations;
        annotations.figures.iter().any(|f| f.span.overlaps(span))
            || annotations.dates.iter().any(|d| d.span.overlaps(span))
            || annotations.people.iter().flat_map(|p| &p.mentions).any(|m| m.span.overlaps(span))
            || self.is_quoted(span)
    }
}

/// Appends the findings of one rule.
pub(super) fn findings(rule: &Rule, mut hits: Hits, scope: &Scope<'_>, folded: &Folded, findings: &mut Vec<Finding>) {
    let looks_at = |span: Span| {
        let kind = scope.draft.blocks[scope.draft.block_at(span.start)].kind;
        let quoted = || scope.is_quoted(span);
        let speech = match rule.quotes {
            Quotes::Skip => !quoted(),
            Quotes::Include => true,
            Quotes::Only => quoted(),
        };
        rule.blocks.has(kind) && speech && !hits.excepted.iter().any(|e| e.contains(span))
    };
    let finder = Finder { rule, scope };
    match &rule.kind {
        Kind::Pattern { pattern, replace, needs_groups } => {
            let groups = *needs_groups || rule.message.uses_groups();
            for matched in pattern_matches(pattern, &hits, folded) {
                let span = folded.to_draft(matched.range(pattern.here));
                if looks_at(span) {
                    let groups = if groups { matched.texts(folded) } else { Vec::new() };
                    findings.extend(finder.pattern(span, replace, &groups));
                }
            }
        }
        kind => {
            hits.words.retain(|hit| looks_at(hit.span));
            let words = longest(std::mem::take(&mut hits.words));
            match kind {
                Kind::Avoid(_) => findings.extend(words.iter().map(|hit| finder.avoid(hit.span))),
                Kind::Substitute(pairs) => {
                    let of = |hit: &Hit| finder.substitute(hit.span, &pairs[hit.form as usize]);
                    findings.extend(words.iter().filter_map(of));
                }
                Kind::Consistent(sets) => {
                    for (index, set) in sets.iter().enumerate() {
                        let own: Vec<Hit> = words.iter().filter(|h| h.set as usize == index).copied().collect();
                        finder.consistent(&own, set, findings);
                    }
                }
                Kind::Variants(variants) => {
                    findings.extend(words.iter().filter_map(|hit| finder.variant(hit.span, variants)));
                }
                Kind::Pattern { .. } => unreachable!("patterns are handled above"),
            }
        }
    }
}

/// Of hits that overlap, the first and longest.
fn longest(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|h| (h.span.start, std::cmp::Reverse(h.span.end), h.set, h.form));
    let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
    for hit in hits {
        if kept.last().is_none_or(|last| !last.span.overlaps(hit.span)) {
            kept.push(hit);
        }
    }
    kept
}

/// The groups of one match, in bytes of the folded text.
struct Matched(Vec<Option<Range<usize>>>);

impl Matched {
    /// The words of group `here`, or of the whole if it took no part.
    fn range(&self, here: usize) -> Range<usize> {
        let group = |at: usize| self.0.get(at).cloned().flatten();
        group(here).or_else(|| group(0)).unwrap_or_default()
    }

    fn texts<'f>(&self, folded: &'f Folded) -> Vec<&'f str> {
        self.0.iter().map(|group| group.clone().map_or("", |range| &folded.text[range])).collect()
    }
}

fn pattern_matches(pattern: &Pattern, hits: &Hits, folded: &Folded) -> Vec<Matched> {
    let mut blocks = hits.gated.clone();
    if pattern.gates.is_empty() {
        blocks = (0..folded.blocks.len()).collect();
    }
    blocks.sort_unstable();
    blocks.dedup();
    let mut found = Vec::new();
    for block in blocks {
        let (range, _) = &folded.blocks[block];
        pattern.find(&folded.text[range.clone()], |groups| {
            let moved =
                |group: &Option<Range<usize>>| group.as_ref().map(|g| range.start + g.start..range.start + g.end);
            found.push(Matched(groups.iter().map(moved).collect()));
        });
    }
    found
}

struct Finder<'a> {
    rule: &'a Rule,
    scope: &'a Scope<'a>,
}

impl Finder<'_> {
    fn finding(&self, span: Span, message: &str) -> Finding {
        let finding = Finding::new(&self.rule.info.code, span, message);
        if self.rule.info.is_on_trial(self.scope.date) { finding.cap(Severity::Info) } else { finding }
    }

    /// The words of the draft at `span`, on one line.
    fn shown(&self, span: Span) -> String {
        let words = self.scope.draft.words_at(span);
        if words.contains(['\n', '\r', '\t']) {
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        } else {
            words.to_owned()
        }
    }

    /// `replacement` with the apostrophes that the draft has: curly if it has any of those, straight if it has only them.
    fn with_own_marks(&self, replacement: String) -> String {
        let text = &self.scope.draft.text;
        let has = |mark: char| replacement.contains(mark);
        if has('\'') && text.contains('’') {
            replacement.replace('\'', "’")
        } else if has('’') && !text.contains('’') && text.contains('\'') {
            replacement.replace('’', "'")
        } else {
            replacement
        }
    }

    fn fix(&self, span: Span, replacement: &str) -> Option<Fix> {
        let safety = match self.rule.fix {
            FixMode::None => return None,
            FixMode::Safe if !self.scope.states_a_fact(span) => Safety::Safe,
            FixMode::Safe | FixMode::Suggest => Safety::Unsafe,
        };
        if !replacement.is_empty() {
            return Some(Fix::replace(span, replacement, safety));
        }
        let span = self.with_space(span);
        Some(Fix { title: "Remove".to_owned(), safety, edits: vec![Edit { span, text: String::new() }] })
    }

    /// `span` with one of the spaces around it, so that removing it leaves one.
    fn with_space(&self, span: Span) -> Span {
        let text = &self.scope.draft.text;
        if text[span.end as usize..].starts_with(' ') {
            Span { start: span.start, end: span.end + 1 }
        } else if text[..span.start as usize].ends_with(' ') {
            Span { start: span.start - 1, end: span.end }
        } else {
            span
        }
    }

    fn avoid(&self, span: Span) -> Finding {
        let shown = self.shown(span);
        self.finding(span, &self.rule.message.fill(&Values { matched: &shown, ..Values::default() }))
    }

    fn substitute(&self, span: Span, (own, replacements): &(Phrase, Vec<String>)) -> Option<Finding> {
        let found = self.shown(span);
        let folded = fold_phrase(&found);
        let of = |replacement: &String| self.with_own_marks(keep_case(&own.folded, &folded, replacement));
        let replacements: Vec<String> = replacements.iter().map(of).filter(|r| fold_phrase(r) != folded).collect();
        self.replaced(span, &found, &[], &replacements)
    }

    fn variant(&self, span: Span, variants: &Variants) -> Option<Finding> {
        let lower = span.of(&self.scope.draft.lower);
        let found = self.shown(span);
        let replacement = keep_case(lower, &found, variants.wanted(lower)?);
        self.replaced(span, &found, &[], &[replacement])
    }

    fn pattern(&self, span: Span, replace: &[Template], groups: &[&str]) -> Option<Finding> {
        let found = self.shown(span);
        if replace.is_empty() {
            let values = Values { matched: &found, groups, ..Values::default() };
            return Some(self.finding(span, &self.rule.message.fill(&values)));
        }
        let values = Values { matched: &found, groups, ..Values::default() };
        let replacements: Vec<String> = replace.iter().map(|t| t.fill(&values)).filter(|r| *r != found).collect();
        self.replaced(span, &found, groups, &replacements)
    }

    /// A finding that offers `replacements`, the first of which its message names; none if nothing would change.
    fn replaced(&self, span: Span, found: &str, groups: &[&str], replacements: &[String]) -> Option<Finding> {
        let first = replacements.first()?;
        let values = Values { matched: found, replacement: first, groups, ..Values::default() };
        let mut finding = self.finding(span, &self.rule.message.fill(&values));
        finding.fixes.extend(replacements.iter().filter_map(|r| self.fix(span, r)));
        Some(finding)
    }

    /// Flags the forms of `set` that are not the one to keep: the preferred one, else the most frequent, else the first.
    fn consistent(&self, hits: &[Hit], set: &FormSet, findings: &mut Vec<Finding>) {
        let mut counts = vec![0usize; set.forms.len()];
        for hit in hits {
            counts[hit.form as usize] += 1;
        }
        if counts.iter().filter(|count| **count > 0).count() < 2 {
            return;
        }
        let first_of = |form: usize| hits.iter().position(|h| h.form as usize == form).unwrap_or(usize::MAX);
        let most = |form: &usize| (counts[*form], std::cmp::Reverse(first_of(*form)));
        let used = set.prefer.filter(|prefer| counts[*prefer] > 0);
        let Some(keep) = used.or_else(|| (0..counts.len()).max_by_key(most)) else { return };
        let Some(other) = hits.iter().find(|h| h.form as usize == keep) else { return };
        let other_shown = self.shown(other.span);
        for hit in hits.iter().filter(|h| h.form as usize != keep) {
            let found = self.shown(hit.span);
            let replacement = used.map(|prefer| {
                let own = &set.forms[hit.form as usize].folded;
                keep_case(own, &fold_phrase(&found), &set.forms[prefer].written)
            });
            let values = Values {
                matched: &found,
                replacement: replacement.as_deref().unwrap_or_default(),
                other: &other_shown,
                count: counts[keep],
                groups: &[],
            };
            let mut finding = self.finding(hit.span, &self.rule.message.fill(&values));
            finding = finding.here(other.span, note(counts[keep]));
            finding.fixes.extend(replacement.and_then(|r| self.fix(hit.span, &r)));
            findings.push(finding);
        }
    }
}

fn note(count: usize) -> String {
    if count == 1 { "the other form".to_owned() } else { format!("the other form, in {count} places") }
}
