//! `--format concise`: a line for each finding, as compilers and `grep` write them.

use super::{RunReport, Shown, summary, text};

pub fn run(report: &RunReport, shown: Shown) -> String {
    let mut out = String::new();
    if shown.statistics {
        out.push_str(&text::statistics(report));
    } else {
        for file in &report.files {
            for d in file.diagnostics.iter().filter(|d| shown.shows(d)) {
                let (line, column) = (d.start.line, d.start.column);
                let (severity, message) = (d.severity.name(), text::message(d));
                out.push_str(&format!("{}:{line}:{column}: {severity}[{}] {message}\n", file.path, d.code));
            }
        }
    }
    if !shown.quiet {
        for line in summary::lines(report, shown) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}
