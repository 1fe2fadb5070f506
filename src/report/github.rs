//! `--format github`: workflow commands that GitHub Actions shows beside the lines of a pull request.

use super::{RunReport, Shown, explain, text};
use crate::diagnostic::Severity;

pub fn run(report: &RunReport, shown: Shown) -> String {
    let mut out = String::new();
    for problem in &report.problems {
        let message = explain::mistake(problem);
        let place = format!("file={},line={},col={}", property(&problem.file), problem.line, problem.column);
        out.push_str(&format!("::error {place},title=newslint configuration::{}\n", data(&message)));
    }
    for file in &report.files {
        for d in file.diagnostics.iter().filter(|d| shown.shows(d)) {
            let command = match d.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "notice",
            };
            let mut place = format!("file={},line={}", property(&file.path), d.start.line);
            // GitHub takes columns only where the finding stays on one line.
            if d.start.line == d.end.line {
                place.push_str(&format!(",col={},endColumn={}", d.start.column, d.end.column));
            } else {
                place.push_str(&format!(",endLine={}", d.end.line));
            }
            let title = property(&d.code);
            out.push_str(&format!("::{command} {place},title={title}::{}\n", data(text::message(d))));
        }
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        assert_eq!(data("100%\nsure"), "100%25%0Asure");
        assert_eq!(property("a,b: c"), "a%2Cb%3A c");
    }
}
