//! `newslint why FILE:LINE`: what was found near a line and why, and what was compared there and kept apart by which gate.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use jiff::civil::Date;

use super::configs::{ConfigArguments, Configs};
use super::drafts::{self, DraftArguments, Target};
use super::reference::References;
use super::terminal::{self, ColorChoice};
use super::{Exit, print, problems};
use crate::config::CommandLine;
use crate::lint::{self, Compared};
use crate::report::style::{bold, code, dim};
use crate::report::{Shown, text};
use crate::text::line_index::LineIndex;

#[derive(Args)]
pub struct Arguments {
    /// The draft and the line, such as drafts/talks.md:12
    #[arg(value_name = "FILE:LINE")]
    place: String,
    #[command(flatten)]
    config: ConfigArguments,
    /// The date that counts for the draft
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Files that serve as the reference
    #[arg(long, value_name = "PATH", num_args = 1..)]
    against: Vec<PathBuf>,
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    color: ColorChoice,
}

pub fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    let Some((path, line)) = split(&arguments.place) else {
        bail!("a file and a line are meant, such as drafts/talks.md:12");
    };
    let command_line = CommandLine { as_of: arguments.as_of, ..CommandLine::default() };
    let configs = Configs::new(&arguments.config, command_line);
    let config = configs.of(&path);
    let references = References::assemble(&configs.used(), &arguments.against)?;
    let none = DraftArguments { paths: Vec::new(), stdin_filename: None, files_from: None };
    let target = Target { shown: drafts::shown(&path), path: path.clone() };
    let (draft, mistakes) = match drafts::read_with_sidecar(&target, &none) {
        Ok(read) => read,
        Err(skipped) => bail!("{}: {}", skipped.path, skipped.reason),
    };
    let lines = LineIndex::new(&draft.source);
    if line > lines.lines() {
        bail!("{} has {} lines", target.shown, lines.lines());
    }
    let settings = config.settings_for(&path, &draft.metadata);
    let (diagnostics, compared) = lint::trace(&draft, &settings, references.of(&config));

    let color = terminal::colored(arguments.color, false);
    let shown = Shown { all: true, color, width: terminal::width(), ..Shown::default() };
    let mut errors = configs.errors();
    errors.extend(references.errors.iter().cloned());
    errors.extend(mistakes);
    problems::print(&errors, shown);

    let on_line = |from: u32, to: u32| from as usize <= line && line <= to as usize;
    let mut out = String::new();
    for d in &diagnostics {
        let evidence_here =
            d.evidence.iter().any(|e| e.path == draft.path && e.place.is_some_and(|(_, p)| on_line(p.line, p.line)));
        if !on_line(d.start.line, d.end.line) && !evidence_here {
            continue;
        }
        let place = format!("{}:{}", d.start.line, d.start.column);
        out.push_str(&format!("{} {} {}\n", dim(&place, shown), code(&d.code, shown), bold(text::message(d), shown)));
        out.push_str(&format!("    {}, {}\n", d.severity.name(), d.confidence.name()));
        d.why.iter().for_each(|gate| out.push_str(&format!("    {gate}\n")));
    }
    let place_of = |span: crate::text::Span| lines.place(&draft.source, span.start).line;
    let mut seen = Vec::new();
    for Compared { code: name, span, other, gate } in &compared {
        let (a, b) = (place_of(*span), place_of(*other));
        let key = (*name, *span, *other, gate.as_str());
        if (a as usize != line && b as usize != line) || seen.contains(&key) {
            continue;
        }
        seen.push(key);
        let words = |span: &crate::text::Span| span.of(&draft.source).split_whitespace().collect::<Vec<_>>().join(" ");
        out.push_str(&format!(
            "{} {} “{}” and “{}” kept apart: {gate}\n",
            dim(&format!("{a}/{b}"), shown),
            code(name, shown),
            words(span),
            words(other)
        ));
    }
    if out.is_empty() {
        out = format!("Nothing was found on line {line}, and nothing on it was compared and kept apart.\n");
    }
    print(&out)?;
    Ok(if errors.is_empty() { Exit::Clean } else { Exit::Failed })
}

/// `drafts/talks.md:12`, also with a column behind it.
fn split(place: &str) -> Option<(PathBuf, usize)> {
    let (path, last) = place.rsplit_once(':')?;
    let last: usize = last.parse().ok().filter(|line| *line > 0)?;
    match path.rsplit_once(':').and_then(|(path, line)| Some((path, line.parse().ok()?))) {
        Some((path, line)) if line > 0 => Some((path.into(), line)),
        _ => Some((path.into(), last)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_places_as_tools_write_them() {
        assert_eq!(split("a/b.md:12"), Some(("a/b.md".into(), 12)));
        assert_eq!(split("a/b.md:12:7"), Some(("a/b.md".into(), 12)));
        assert_eq!(split("C:\\a.md:3"), Some(("C:\\a.md".into(), 3)));
        assert_eq!(split("a.md"), None);
        assert_eq!(split("a.md:0"), None);
    }
}
