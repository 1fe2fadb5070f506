//! What is known of a code: the words of a hover, and where its page is.

use tower_lsp::lsp_types::Url;

use crate::checks;
use crate::lint::Settings;

/// A code explained, for somebody who meets it in the draft.
pub(super) struct Words {
    pub(super) title: String,
    /// Paragraphs of Markdown.
    pub(super) paragraphs: Vec<String>,
}

pub(super) fn words(code: &str, settings: &Settings) -> Option<Words> {
    if let Some(check) = checks::by_code(code) {
        let page = check.page();
        let paragraphs = [&page.finds, &page.leaves, &page.action].map(|text| text.trim().to_owned());
        return Some(Words { title: page.title.clone(), paragraphs: paragraphs.into() });
    }
    let rule = settings.rules.info(code)?;
    let kept_by = match (&rule.owner, &rule.pack_title) {
        (Some(owner), Some(pack)) => Some(format!("Kept by {owner}, in {pack}.")),
        (Some(owner), None) => Some(format!("Kept by {owner}.")),
        (None, Some(pack)) => Some(format!("From {pack}.")),
        (None, None) => None,
    };
    Some(Words { title: rule.message.clone(), paragraphs: rule.why.iter().cloned().chain(kept_by).collect() })
}

/// The page of a built-in check as a document of its own, in Markdown.
pub(super) fn document(code: &str) -> Option<String> {
    let page = checks::by_code(code)?.page();
    Some(format!(
        "# {}\n\n`{code}`\n\n## What it finds\n\n{}\n\n## What it leaves alone\n\n{}\n\n## What to do\n\n{}\n",
        page.title,
        page.finds.trim(),
        page.leaves.trim(),
        page.action.trim()
    ))
}

/// Where that document is, for a client that shows such pages.
pub(super) fn document_link(code: &str) -> Option<Url> {
    checks::by_code(code)?;
    Url::parse(&format!("newslint:/{code}.md")).ok()
}

/// Where the reasons for a rule are written, on the web.
pub(super) fn link(code: &str, settings: &Settings) -> Option<Url> {
    Url::parse(settings.rules.info(code)?.link.as_deref()?).ok()
}
