//! Quotation marks and the quotations they make, and what may stand beside an opening and a closing mark.

use crate::source::{Block, Draft};
use crate::text::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    Double,
    Single,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    Straight,
    Curly,
    Guillemet,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    Open,
    Close,
    /// An opening mark with no partner.
    LoneOpen,
    /// A closing mark with no partner.
    LoneClose,
}

/// A quotation mark. Apostrophes, feet and inches are none.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    pub span: Span,
    pub level: Level,
    pub shape: Shape,
    pub role: Role,
    /// Whether it points the other way than it acts.
    pub turned: bool,
    /// Whether it opens a quotation inside another of the same marks.
    pub nested_alike: bool,
    pub block: u32,
    /// For a mark with no partner, the offset where that most likely belongs.
    pub partner: Option<u32>,
}

impl Mark {
    pub fn is_lone(&self) -> bool {
        matches!(self.role, Role::LoneOpen | Role::LoneClose)
    }
}

/// A quotation as its marks give it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub inner: Span,
    pub outer: Span,
    pub level: Level,
    pub block: u32,
    pub continues: bool,
    pub closed: bool,
}

/// What stands on both sides of a mark.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub before: Option<char>,
    pub after: Option<char>,
}

impl Place {
    pub fn of(draft: &Draft, block: &Block, span: Span) -> Place {
        let before = draft.text[block.span.start as usize..span.start as usize].chars().next_back();
        let after = draft.text[span.end as usize..block.span.end as usize].chars().next();
        Place { before, after }
    }

    pub fn may_open(self) -> bool {
        let before = self.before.is_none_or(|c| c.is_whitespace() || "([{—–-/=‘“'\"«".contains(c));
        before && self.after.is_some_and(|c| !c.is_whitespace() && !",;:!?)]}”".contains(c))
    }

    pub fn may_close(self) -> bool {
        let after = self.after.is_none_or(|c| !c.is_alphanumeric() && !"([{$£€“‘".contains(c));
        after && self.before.is_some_and(|c| !c.is_whitespace() && !"([{“‘".contains(c))
    }
}
