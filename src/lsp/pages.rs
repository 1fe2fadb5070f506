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

pub(super) fn words(code: &str, _settings: &Settings) -> Option<Words> {
    let page = checks::by_code(code)?.page();
    let paragraphs = [&page.finds, &page.leaves, &page.action].map(|text| text.trim().to_owned());
    Some(Words { title: page.title.clone(), paragraphs: paragraphs.into() })
}

/// Where the reasons for a rule are written, on the web.
pub(super) fn link(_code: &str, _settings: &Settings) -> Option<Url> {
    None
}
