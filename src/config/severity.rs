//! Severities as configuration writes them.

use crate::checks::Severities;
use crate::diagnostic::Severity;

/// Where in its life a draft is: a stage changes severities and nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Stage {
    /// While writing: the editor.
    Draft,
    /// The gate: `newslint check`.
    #[default]
    Publish,
}

impl Stage {
    pub fn name(self) -> &'static str {
        match self {
            Stage::Draft => "draft",
            Stage::Publish => "publish",
        }
    }
}

/// What an entry of `[severity]` asks for: one level for the code, or one for each confidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Levels {
    /// `"warning"`: what is sure gets this level; what is likely keeps its own, but is never graver. `None` is off, both.
    Plain(Option<Severity>),
    /// `{ sure = "warning", likely = "off" }`: a level left out is kept.
    Each { sure: Option<Option<Severity>>, likely: Option<Option<Severity>> },
}

impl Levels {
    /// The severities after this entry. A prefix changes codes that are on; only a code's own name turns it on.
    pub fn over(self, before: Severities, by_own_name: bool) -> Severities {
        let was_off = before.sure.is_none() && before.likely.is_none();
        if was_off && !by_own_name {
            return before;
        }
        match self {
            Levels::Plain(None) => Severities { sure: None, likely: None },
            Levels::Plain(Some(level)) => {
                Severities { sure: Some(level), likely: before.likely.map(|likely| likely.min(level)) }
            }
            Levels::Each { sure, likely } => {
                Severities { sure: sure.unwrap_or(before.sure), likely: likely.unwrap_or(before.likely) }
            }
        }
    }
}

/// The names that a level can have, as written.
pub const NAMES: [&str; 4] = ["error", "warning", "info", "off"];

/// A level by its name; `None` for a name that is none.
pub fn by_name(name: &str) -> Option<Option<Severity>> {
    match name {
        "error" => Some(Some(Severity::Error)),
        "warning" => Some(Some(Severity::Warning)),
        "info" => Some(Some(Severity::Info)),
        "off" => Some(None),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ON: Severities = Severities { sure: Some(Severity::Warning), likely: Some(Severity::Info) };
    const OFF: Severities = Severities { sure: None, likely: None };

    #[test]
    fn a_plain_level_moves_what_is_sure() {
        let error = Levels::Plain(Some(Severity::Error));
        assert_eq!(error.over(ON, false), Severities { sure: Some(Severity::Error), likely: Some(Severity::Info) });
        assert_eq!(Levels::Plain(None).over(ON, false), OFF);
    }

    #[test]
    fn a_prefix_turns_nothing_on() {
        let warning = Levels::Plain(Some(Severity::Warning));
        assert_eq!(warning.over(OFF, false), OFF);
        assert_eq!(warning.over(OFF, true).sure, Some(Severity::Warning));
    }
}
