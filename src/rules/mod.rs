//! Rule sets in TOML: schema, loading, layering, compiling, matching, examples.

mod example;

pub use example::{Example, read_marks};

use std::sync::Arc;

use crate::diagnostic::Finding;
use crate::source::Draft;

/// Compiled rules, ready to run on drafts.
#[derive(Clone, Debug, Default)]
pub struct RuleSet;

impl RuleSet {
    /// Appends what the rules find in `draft`.
    pub fn run(self: &Arc<RuleSet>, _draft: &Draft, _findings: &mut Vec<Finding>) {}
}
