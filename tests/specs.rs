//! Runs `specs/**/*.md`: drafts in fenced blocks, with marks for what must be flagged.
//!
//! A fence whose info string starts with `text`, `markdown` or `html` holds a draft. Words after the format set what is checked:
//! `date=2026-03-01` (the draft's date), `locale=en-GB`, `only=figures` (codes or prefixes, comma-separated), and
//! `from=warning` (infos are not looked at; without it every diagnostic counts).
//!
//! A line of carets under a line of the draft, followed by `severity code` and optionally `: words`, says that exactly those
//! characters are flagged with that code, and that the message holds those words. What is not marked must not be flagged.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use newslint::corpus::Reference;
use newslint::diagnostic::{Diagnostic, Severity};
use newslint::lint::{Settings, lint};
use newslint::source::{Draft, Format};
use newslint::text::Span;
use newslint::text::decode::Encoding;

#[test]
fn specs_hold() {
    let mut failures = String::new();
    let (mut drafts, mut marks) = (0, 0);
    for path in spec_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/specs")) {
        let text = std::fs::read_to_string(&path).unwrap();
        for spec in parse(&path, &text) {
            drafts += 1;
            marks += spec.marks.len();
            if let Err(what) = run(&spec) {
                writeln!(failures, "{}:{}: {}\n{what}", path.display(), spec.line, spec.title).unwrap();
            }
        }
    }
    assert!(drafts > 0 && marks > 0, "no spec was found");
    assert!(failures.is_empty(), "\n{failures}");
}

struct Spec {
    /// The headings above it.
    title: String,
    /// Line of the fence, from 1.
    line: usize,
    format: Format,
    settings: Settings,
    from: Severity,
    draft: String,
    marks: Vec<Mark>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    span: Span,
    severity: String,
    code: String,
    words: String,
}

fn spec_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files.extend(spec_files(&path));
        } else if path.extension().is_some_and(|e| e == "md") && path.file_stem().is_some_and(|n| n != "README") {
            files.push(path);
        }
    }
    files
}

fn parse(path: &Path, text: &str) -> Vec<Spec> {
    let mut specs = Vec::new();
    let mut title = String::new();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if line.starts_with('#') {
            title = line.trim_start_matches('#').trim().to_owned();
        }
        let Some(info) = line.strip_prefix("```") else { continue };
        let fence: String = "`".repeat(3 + info.chars().take_while(|&c| c == '`').count());
        let info = info.trim_start_matches('`');
        let body: Vec<&str> = lines.by_ref().map(|(_, l)| l).take_while(|l| *l != fence).collect();
        let mut words = info.split_whitespace();
        let Some(format) = words.next().and_then(Format::from_name) else { continue };
        let mut spec = Spec {
            title: title.clone(),
            line: number + 1,
            format,
            settings: Settings::built_in(),
            from: Severity::Info,
            draft: String::new(),
            marks: Vec::new(),
        };
        for word in words {
            let at = || format!("{}:{}: {word}", path.display(), number + 1);
            let (key, value) = word.split_once('=').unwrap_or_else(|| panic!("{}", at()));
            match key {
                "date" => spec.settings.as_of = Some(value.parse().unwrap_or_else(|_| panic!("{}", at()))),
                "locale" => spec.settings.locale = Some(value.to_owned()),
                "only" => spec.settings.severities.retain(|code, _| value.split(',').any(|p| code.starts_with(p))),
                "from" if value == "warning" => spec.from = Severity::Warning,
                _ => panic!("{}", at()),
            }
        }
        let mut line_start = 0;
        for line in body {
            match mark(line, &spec.draft, line_start) {
                Some(mark) => spec.marks.push(mark),
                None => {
                    line_start = spec.draft.len();
                    spec.draft.push_str(line);
                    spec.draft.push('\n');
                }
            }
        }
        spec.marks.sort();
        specs.push(spec);
    }
    specs
}

/// Reads a line of carets as a mark on the draft's last line, which starts at byte `line_start`.
fn mark(line: &str, draft: &str, line_start: usize) -> Option<Mark> {
    let column = line.find('^')?;
    let carets = line[column..].bytes().take_while(|&b| b == b'^').count();
    let (said, words) = match line[column + carets..].split_once(": ") {
        Some((said, words)) => (said, words),
        None => (&line[column + carets..], ""),
    };
    let (severity, code) = said.trim().split_once(' ')?;
    if !line[..column].trim().is_empty() {
        return None;
    }
    let offset = |characters: usize| {
        let line = &draft[line_start..];
        line_start + line.char_indices().nth(characters).map_or(line.len(), |(at, _)| at)
    };
    Some(Mark {
        span: Span::new(offset(column), offset(column + carets)),
        severity: severity.to_owned(),
        code: code.to_owned(),
        words: words.to_owned(),
    })
}

fn run(spec: &Spec) -> Result<(), String> {
    let draft = Draft::read(Path::new("spec"), spec.format, Encoding::Utf8, spec.draft.as_str().into());
    let mut found = lint(&draft, &spec.settings, &Reference::default());
    found.retain(|d| d.severity >= spec.from);
    let mut missed: Vec<&Mark> = spec.marks.iter().collect();
    let mut what = String::new();
    for diagnostic in &found {
        let meets = |mark: &&Mark| {
            mark.span == diagnostic.span
                && mark.code == *diagnostic.code
                && mark.severity == diagnostic.severity.name()
                && diagnostic.message.contains(&mark.words)
        };
        match missed.iter().position(meets) {
            Some(index) => drop(missed.remove(index)),
            None => writeln!(what, "  not marked: {}", show(diagnostic)).unwrap(),
        }
        if diagnostic.message.chars().count() > 90 {
            writeln!(what, "  over 90 characters: {}", diagnostic.message).unwrap();
        }
    }
    for mark in missed {
        let words = mark.span.of(&spec.draft);
        writeln!(what, "  not found: {} {} at “{words}” {}", mark.severity, mark.code, mark.words).unwrap();
    }
    if what.is_empty() { Ok(()) } else { Err(what) }
}

fn show(d: &Diagnostic) -> String {
    format!("{} {} at {}:{} “{}”: {}", d.severity.name(), d.code, d.start.line, d.start.column, d.text, d.message)
}
