//! What a draft says of itself: its date, locale, desk and kind.

use std::path::Path;

use jiff::civil::Date;

use super::front_matter::FrontMatter;
use super::{Block, BlockKind};

/// Where a draft's date was found. Later ones in this list give way to earlier ones; `--as-of` wins over all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateSource {
    FrontMatter,
    Dateline,
    FileName,
}

#[derive(Clone, Debug, Default)]
pub struct Metadata {
    pub date: Option<(Date, DateSource)>,
    pub front_matter: FrontMatter,
}

impl Metadata {
    /// Puts together what front matter, a dateline and the file name say.
    pub(super) fn gather(front_matter: FrontMatter, path: &Path, text: &str, blocks: &[Block]) -> Metadata {
        let date = date_in_front_matter(&front_matter)
            .map(|d| (d, DateSource::FrontMatter))
            .or_else(|| date_in_dateline(text, blocks).map(|d| (d, DateSource::Dateline)))
            .or_else(|| date_in_name(path).map(|d| (d, DateSource::FileName)));
        Metadata { date, front_matter }
    }

    /// The value of a text field of the front matter.
    pub fn field(&self, key: &str) -> Option<&str> {
        self.front_matter.text(key)
    }
}

fn date_in_front_matter(front: &FrontMatter) -> Option<Date> {
    ["date", "published", "publishDate", "pubDate"].iter().find_map(|key| parse_iso(front.text(key)?))
}

/// `2025-12-06` at the start of `text`, whatever follows (a time, a zone, a slug).
fn parse_iso(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

fn date_in_dateline(text: &str, blocks: &[Block]) -> Option<Date> {
    let dateline = blocks.iter().find(|b| b.kind == BlockKind::Dateline)?;
    parse_iso(dateline.span.of(text))
}

fn date_in_name(path: &Path) -> Option<Date> {
    parse_iso(path.file_stem()?.to_str()?)
}
