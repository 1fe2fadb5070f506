//! The closing lines: how much was checked, what was found, and what could not be checked and why.

use super::{RunReport, Shown};
use crate::diagnostic::{Safety, Severity};

/// The closing lines of a run, for people.
pub fn lines(report: &RunReport, shown: Shown) -> Vec<String> {
    let mut lines = vec![format!("{} in {}.", found(report, shown), checked(report))];
    if let Some(line) = fixed(report) {
        lines.push(line);
    }
    let notes = notes(report);
    if !notes.is_empty() {
        lines.push(notes.join(" "));
    }
    if !report.skipped.is_empty() {
        let names: Vec<String> = report.skipped.iter().map(|s| s.path.clone()).collect();
        lines.push(format!("{} could not be checked: {}.", plural(names.len(), "path"), some_of(&names)));
    }
    if !report.problems.is_empty() {
        let count = report.problems.len();
        lines.push(format!("{} in the configuration; all the rest was in force.", plural(count, "mistake")));
    }
    lines
}

/// What could not be checked, and why: a sentence each.
pub fn notes(report: &RunReport) -> Vec<String> {
    let mut notes = Vec::new();
    let drafts: Vec<_> = report.files.iter().filter(|f| !f.is_failure()).collect();
    if drafts.is_empty() {
        return notes;
    }
    if !report.has_reference {
        notes.push("No facts file: names compared only within each draft.".to_owned());
    }
    let undated = drafts.iter().filter(|f| !f.dated).count();
    if undated == drafts.len() {
        notes.push("No date: weekday and tenure checks skipped.".to_owned());
    } else if undated > 0 {
        notes
            .push(format!("No date in {undated} of {} drafts: weekday and tenure checks skipped there.", drafts.len()));
    }
    notes
}

fn found(report: &RunReport, shown: Shown) -> String {
    let mut counts = Vec::new();
    for (severity, name) in [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "hint")] {
        let count = report.count(severity);
        if count > 0 {
            let hidden = if severity == Severity::Info && !shown.all { " (--all)" } else { "" };
            counts.push(format!("{}{hidden}", plural(count, name)));
        }
    }
    if counts.is_empty() { "Nothing found".to_owned() } else { counts.join(", ") }
}

fn checked(report: &RunReport) -> String {
    let drafts = report.files.iter().filter(|f| !f.is_failure()).count();
    format!("{}, {}", plural(drafts, "draft"), plural(report.words(), "word"))
}

fn fixed(report: &RunReport) -> Option<String> {
    let fixed: usize = report.files.iter().flat_map(|f| f.fixed.values()).sum();
    if fixed > 0 {
        let files = report.files.iter().filter(|f| !f.fixed.is_empty()).count();
        return Some(format!("{} made in {}.", plural(fixed, "fix"), plural(files, "draft")));
    }
    let fixable = report.diagnostics().filter(|d| d.fixes.iter().any(|f| f.safety == Safety::Safe)).count();
    (fixable > 0).then(|| format!("{} can be fixed with --fix.", number(fixable)))
}

/// The first few of many names.
fn some_of(names: &[String]) -> String {
    const MOST: usize = 5;
    match names.len() {
        0..=MOST => names.join(", "),
        count => format!("{} and {} more", names[..MOST].join(", "), count - MOST),
    }
}

/// `1,204 words`.
pub fn plural(count: usize, noun: &str) -> String {
    let ending = match (count, noun.ends_with('x')) {
        (1, _) => "",
        (_, true) => "es",
        (_, false) => "s",
    };
    format!("{} {noun}{ending}", number(count))
}

fn number(count: usize) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(plural(1, "word"), "1 word");
        assert_eq!(plural(1_234_567, "word"), "1,234,567 words");
        assert_eq!(plural(0, "fix"), "0 fixes");
    }
}
