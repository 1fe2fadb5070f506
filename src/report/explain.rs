//! The page of a code as Markdown: of a built-in check, of a rule, of what newslint says of a file itself.

use crate::checks::{Page, Severities};
use crate::config_error::ConfigError;
use crate::diagnostic::Severity;
use crate::rules::{Example, RuleInfo};

/// Codes that no check reports: what is said of a file that could not be checked.
pub const OWN_PAGES: [(&str, &str); 2] = [
    (super::UNREADABLE, include_str!("../../rules/core/copy/unreadable.md")),
    (super::FAILED, include_str!("../../rules/core/internal/failure.md")),
];

/// The page of a built-in check.
pub fn check(code: &str, page: &Page) -> String {
    let mut out = format!("# {code}\n\n**{}**\n\n", page.title);
    out.push_str(&format!("Severity: {}.", levels(page.severity)));
    if let Some(draft) = page.draft {
        out.push_str(&format!(" While a draft is being written: {}.", levels(draft)));
    }
    let sections =
        [("What it finds", &page.finds), ("What it leaves alone", &page.leaves), ("What to do", &page.action)];
    for (title, text) in sections {
        out.push_str(&format!("\n\n## {title}\n\n{}", text.trim()));
    }
    if !page.options.is_empty() {
        out.push_str(&format!("\n\n## Options\n\nIn `newslint.toml`, under `[options.\"{code}\"]`:\n"));
        for (name, value) in &page.options {
            let help = page.option_help.get(name).and_then(toml::Value::as_str).unwrap_or_default();
            out.push_str(&format!("\n- `{name} = {value}`: {}", help.trim()));
        }
    }
    out.push_str(&examples(page.examples.iter()));
    out
}

/// The page of a rule; `file` is the rule file as people know it.
pub fn rule(info: &RuleInfo, file: &str) -> String {
    let mut out = format!("# {}\n\n**{}**\n\n", info.code, info.message);
    let severity = info.severity.map_or("off", Severity::name);
    out.push_str(&format!("A rule of the kind `{}`, severity {severity}", info.kind));
    if let Some(title) = &info.pack_title {
        out.push_str(&format!(", in {title}"));
    }
    out.push_str(&format!(" (`{file}:{}`).", info.place.line));
    let mut lines = Vec::new();
    lines.extend(info.owner.as_ref().map(|owner| format!("Kept by: {owner}.")));
    if !info.locales.is_empty() {
        lines.push(format!("For: {}.", info.locales.join(", ")));
    }
    lines.extend(info.since.map(|date| format!("In force since {date}.")));
    lines.extend(info.until.map(|date| format!("In force until {date}.")));
    lines.extend(info.trial_until.map(|date| format!("On trial until {date}: a hint at most.")));
    if !lines.is_empty() {
        out.push_str(&format!("\n\n{}", lines.join(" ")));
    }
    if let Some(why) = &info.why {
        out.push_str(&format!("\n\n## Why\n\n{}", why.trim()));
    }
    if let Some(link) = &info.link {
        out.push_str(&format!("\n\n{link}"));
    }
    out.push_str(&examples(info.examples.iter().map(|example| &example.example)));
    out
}

/// A few examples of each sort; the marks around what is flagged stay.
fn examples<'e>(examples: impl Iterator<Item = &'e Example> + Clone) -> String {
    const MOST: usize = 4;
    let mut out = String::new();
    let flags: Vec<&Example> = examples.clone().filter(|e| e.flag.is_some()).take(MOST).collect();
    if !flags.is_empty() {
        out.push_str("\n\n## Flagged, in square brackets\n\n");
    }
    for example in flags {
        out.push_str(&block(example.flag.as_deref().unwrap_or_default()));
        if let Some(fixed) = &example.fixed {
            out.push_str(&format!("fixed:\n\n{}", block(fixed)));
        }
    }
    let passes: Vec<&Example> = examples.filter(|e| e.pass.is_some()).take(MOST).collect();
    if !passes.is_empty() {
        out.push_str("\n\n## Left alone\n\n");
    }
    for example in passes {
        out.push_str(&block(example.pass.as_deref().unwrap_or_default()));
    }
    out
}

fn block(copy: &str) -> String {
    // A fence longer than any in the copy.
    let fence = "`".repeat(copy.split(|c| c != '`').map(str::len).max().unwrap_or(0).max(2) + 1);
    format!("{fence}\n{}\n{fence}\n\n", copy.trim_end())
}

/// `warning when sure, info when likely`.
pub fn levels(severities: Severities) -> String {
    let name = |severity: Option<Severity>| severity.map_or("off", Severity::name);
    match (severities.sure, severities.likely) {
        (None, None) => "off unless the configuration turns it on".to_owned(),
        (sure, likely) if sure == likely => name(sure).to_owned(),
        (sure, likely) => format!("{} when sure, {} when likely", name(sure), name(likely)),
    }
}

/// A mistake and its help, in one line.
pub fn mistake(error: &ConfigError) -> String {
    match &error.help {
        Some(help) => format!("{}; {help}", error.message),
        None => error.message.clone(),
    }
}
