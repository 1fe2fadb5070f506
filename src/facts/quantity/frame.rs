//! The class of the verb that governs a figure, from `rules/figures/frames.toml`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::source::Draft;
use crate::text::Token;

/// The class of the verb that governs a figure: the nearest before it in the sentence, else the next after it.
pub(super) fn frame(draft: &Draft, tokens: &[Token], first: usize, after: usize) -> Option<u8> {
    let class = |t: &Token| (t.is_word() && !t.is_capital()).then(|| frames().get(draft.lower(t)).copied()).flatten();
    let before = tokens[..first].iter().rev().take(8).take_while(|t| !matches!(draft.word(t), ";" | ":"));
    let behind =
        tokens[after.min(tokens.len())..].iter().take(7).take_while(|t| !matches!(draft.word(t), ";" | ":" | ","));
    before.into_iter().find_map(class).or_else(|| behind.into_iter().find_map(class))
}

/// Verb forms with their classes, from `rules/figures/frames.toml`.
fn frames() -> &'static FxHashMap<String, u8> {
    static FRAMES: LazyLock<FxHashMap<String, u8>> = LazyLock::new(|| {
        let table: toml::Table =
            toml::from_str(include_str!("../../../rules/figures/frames.toml")).expect("a test reads the table");
        let mut forms = FxHashMap::default();
        for (class, verbs) in table.values().enumerate() {
            for verb in verbs.as_array().into_iter().flatten().filter_map(|v| v.as_str()) {
                let stem = verb.strip_suffix('e').unwrap_or(verb);
                let doubled = verb.chars().last().map(|c| format!("{verb}{c}")).unwrap_or_default();
                for form in [
                    verb.to_owned(),
                    format!("{verb}s"),
                    format!("{verb}es"),
                    format!("{stem}ed"),
                    format!("{stem}ing"),
                    format!("{doubled}ed"),
                    format!("{doubled}ing"),
                ] {
                    forms.entry(form).or_insert(class as u8);
                }
            }
        }
        forms
    });
    &FRAMES
}
