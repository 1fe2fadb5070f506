//! Rule sets in TOML: schema, loading, layering, compiling, matching, examples.
//!
//! [`RuleSet::load`] reads rule files, later ones over earlier ones, and reports every mistake at its place while the good rules
//! stay. [`RuleSet::run`] finds their words in a draft: all words of all rules by one automaton over folded text, and each
//! pattern only in the blocks that hold a literal of it.

mod automaton;
mod example;
mod find;
mod folded;
mod letters;
mod pattern;
mod rule;
mod schema;
mod shipped;
mod template;
mod variants;

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

pub use example::{Example, read_marks};
pub use find::Scope;
pub use rule::{RuleExample, RuleInfo};
pub use schema::LOCALES;
pub use shipped::{PACKS, pack};

use crate::config_error::ConfigError;
use crate::diagnostic::Finding;
use automaton::Automaton;
use folded::Folded;
use rule::Rule;

/// Rules, ready to run on drafts.
#[derive(Debug, Default)]
pub struct RuleSet {
    rules: Vec<Rule>,
    by_code: FxHashMap<Arc<str>, usize>,
    /// Made for the first draft.
    automaton: OnceLock<Automaton>,
}

impl RuleSet {
    /// Reads rule files, each with the name that people know it by. A rule of a later file takes the place of an earlier one with
    /// the same code. Mistakes are reported in the order of the files and do not keep the other rules from running.
    pub fn load<'t>(sources: impl IntoIterator<Item = (&'t str, &'t str)>) -> (RuleSet, Vec<ConfigError>) {
        let mut set = RuleSet::default();
        let mut errors = Vec::new();
        for (name, text) in sources {
            let (rules, mistakes) = schema::read(name, text);
            errors.extend(mistakes);
            for rule in rules {
                match set.by_code.get(&rule.info.code) {
                    Some(&at) => set.rules[at] = rule,
                    None => {
                        set.by_code.insert(rule.info.code.clone(), set.rules.len());
                        set.rules.push(rule);
                    }
                }
            }
        }
        (set, errors)
    }

    /// Appends what the rules find.
    pub fn run(&self, scope: &Scope<'_>, findings: &mut Vec<Finding>) {
        if self.rules.is_empty() || scope.draft.blocks.is_empty() {
            return;
        }
        let active = |rule: &Rule| rule.info.is_in_force(scope.date) && rule.info.is_for(scope.locale);
        let active: Vec<bool> = self.rules.iter().map(active).collect();
        let automaton = self.automaton.get_or_init(|| Automaton::new(&self.rules));
        let folded = Folded::new(scope.draft);
        let mut hits = automaton.find(&self.rules, &active, scope.draft, &folded);
        variants::find(&self.rules, &active, scope.draft, &mut hits);
        for ((rule, hits), _) in self.rules.iter().zip(hits).zip(&active).filter(|(_, active)| **active) {
            find::findings(rule, hits, scope, &folded, findings);
        }
    }

    /// What is known of every rule, in the order in which they were read.
    pub fn infos(&self) -> impl Iterator<Item = &RuleInfo> {
        self.rules.iter().map(|r| &r.info)
    }

    /// What is known of the rule with this code.
    pub fn info(&self, code: &str) -> Option<&RuleInfo> {
        self.by_code.get(code).map(|&at| &self.rules[at].info)
    }

    pub fn len(&self) -> usize {
        self.rules.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }
}

#[cfg(test)]
mod tests;
