//! The words that stand as titles: `rules/lexicon/offices.toml`, looked up by phrase.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::Gender;
use crate::text::{Lex, Token, WordFilter};

/// What sort of title a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TitleKind {
    /// An office held by one person or few at a time.
    Office,
    /// Of the police, the armed forces, the clergy.
    Rank,
    /// Mr., Dr., Sir.
    Courtesy,
    /// What somebody does or is: never compared.
    Role,
    Kin,
}

impl TitleKind {
    /// The name that archives store.
    pub fn name(self) -> &'static str {
        match self {
            TitleKind::Office => "office",
            TitleKind::Rank => "rank",
            TitleKind::Courtesy => "courtesy",
            TitleKind::Role => "role",
            TitleKind::Kin => "kin",
        }
    }
}

/// One entry of the list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    pub name: String,
    pub kind: TitleKind,
    /// One person holds at most one office of a group at a time.
    pub group: Option<String>,
    pub gender: Option<Gender>,
    /// Whether the word is a title in lower case too.
    #[serde(default = "yes")]
    pub plain: bool,
    /// Whether it has a field of work: foreign minister.
    #[serde(default)]
    pub portfolio: bool,
    forms: Vec<String>,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    portfolio: Vec<String>,
    changes: Vec<String>,
    apart: Vec<String>,
    title: Vec<Office>,
}

/// The list, ready to look up.
pub struct Offices {
    list: Vec<Office>,
    /// Forms, hyphens as spaces and full stops out, to positions in the list.
    forms: FxHashMap<String, u16>,
    last_words: FxHashSet<String>,
    portfolios: FxHashSet<String>,
    changes: FxHashSet<String>,
    apart: FxHashSet<String>,
    /// Of `last_words`, and of all words that a title may end with when a field or “elect” follows: asked of every name’s neighbor.
    ends: WordFilter<256>,
    title_ends: WordFilter<256>,
}

/// Words after an office that say that somebody is to hold it: president-elect.
pub const ELECT: [&str; 2] = ["elect", "designate"];

/// Words of the longest form.
pub const LONGEST: usize = 4;

impl Offices {
    pub fn get() -> &'static Offices {
        static OFFICES: LazyLock<Offices> = LazyLock::new(|| {
            let text = include_str!("../../../rules/lexicon/offices.toml");
            let file: File = toml::from_str(text).expect("a test reads the list that ships");
            let (mut forms, mut last_words) = (FxHashMap::default(), FxHashSet::default());
            for (index, office) in file.title.iter().enumerate() {
                for form in &office.forms {
                    let form = form.replace('-', " ").replace('.', "");
                    let last = form.rsplit(' ').next().unwrap_or_default();
                    last_words.insert(last.to_owned());
                    forms.insert(form, index as u16);
                }
            }
            let ends = || last_words.iter().map(String::as_str);
            let fields = file.portfolio.iter().map(String::as_str);
            Offices {
                ends: WordFilter::new(ends()),
                title_ends: WordFilter::new(ends().chain(fields).chain(ELECT)),
                list: file.title,
                forms,
                last_words,
                portfolios: file.portfolio.into_iter().collect(),
                changes: file.changes.into_iter().collect(),
                apart: file.apart.into_iter().collect(),
            }
        });
        &OFFICES
    }

    pub fn office(&self, index: u16) -> &Office {
        &self.list[usize::from(index)]
    }

    /// Whether some form ends in the word of `token`, which `word` gives in lower case and without a full stop.
    pub fn may_end<'w>(&self, token: &Token, word: impl FnOnce() -> &'w str) -> bool {
        token.is_word() && self.ends.may_hold(token.hash) && self.last_words.contains(word())
    }

    /// Whether a title before a name may end with `token`, with an office, a field or a place: the cheap question.
    pub fn may_end_title(&self, token: &Token) -> bool {
        token.is_word() && (token.lex.is(Lex::COUNTRY | Lex::US_STATE) || self.title_ends.may_hold(token.hash))
    }

    /// The entry with this form: lower case, hyphens as spaces, no full stops.
    pub fn find(&self, phrase: &str) -> Option<u16> {
        self.forms.get(phrase).copied()
    }

    /// Whether `word`, in lower case, says that an office changes hands.
    pub fn is_change(&self, word: &str) -> bool {
        self.changes.contains(word)
    }

    /// Whether nobody holds the two offices at a time, whatever their groups.
    pub fn are_apart(&self, a: &str, b: &str) -> bool {
        a != b && self.apart.contains(a) && self.apart.contains(b)
    }

    pub fn is_portfolio(&self, word: &str) -> bool {
        self.portfolios.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_read_and_no_form_stands_twice() {
        let offices = Offices::get();
        let count: usize = offices.list.iter().map(|o| o.forms.len()).sum();
        assert_eq!(count, offices.forms.len(), "a form stands twice");
        assert!(offices.forms.keys().all(|f| f.split(' ').count() <= LONGEST));
        let minister = offices.office(offices.find("minister").unwrap());
        assert!(minister.portfolio && minister.kind == TitleKind::Office);
        assert!(offices.last_words.contains("executive") && offices.is_portfolio("foreign"));
        assert!(offices.is_change("sworn") && !offices.is_change("said"));
        assert!(offices.are_apart("mayor", "president") && !offices.are_apart("mayor", "chief executive"));
        assert!(offices.apart.iter().all(|name| offices.list.iter().any(|o| o.name == *name)));
    }
}
