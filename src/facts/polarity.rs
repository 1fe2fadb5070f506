//! Verbs that say the opposite of each other about one thing, from `rules/polarity.toml`: captured and lost, confirmed and denied.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use smallvec::SmallVec;

use crate::text::inflect::forms;
use crate::text::{Lex, Token, WordFilter};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pole {
    Plus,
    Minus,
}

impl Pole {
    pub fn other(self) -> Pole {
        match self {
            Pole::Plus => Pole::Minus,
            Pole::Minus => Pole::Plus,
        }
    }
}

/// What a verb says: on which side of which question. A verb may take sides in several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stance {
    pub family: u16,
    pub pole: Pole,
}

/// A verb with a stance in a run of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Index of the verb.
    pub at: usize,
    /// How many words it takes: 2 for “gave up”.
    pub len: usize,
    /// With a negation before it counted in.
    pub stances: SmallVec<[Stance; 3]>,
}

impl Hit {
    /// The question on which two verbs take opposite sides. One on which they agree settles it: then they do not differ.
    pub fn opposes(&self, other: &Hit) -> Option<u16> {
        let pairs = || self.stances.iter().flat_map(|a| other.stances.iter().map(move |b| (a, b)));
        if pairs().any(|(a, b)| a == b) {
            return None;
        }
        pairs().find(|(a, b)| a.family == b.family && a.pole != b.pole).map(|(a, _)| a.family)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    family: Vec<Family>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
    name: String,
    plus: Vec<String>,
    minus: Vec<String>,
}

struct Entry {
    tail: Vec<String>,
    stance: Stance,
}

/// All verbs with a stance.
pub struct Verbs {
    names: Vec<String>,
    verbs: FxHashMap<String, SmallVec<[Entry; 1]>>,
    /// Of the 1,300 forms; twice as many bits let half as many other words through.
    filter: WordFilter<256>,
}

static VERBS: LazyLock<Verbs> = LazyLock::new(|| {
    let lists: Lists = toml::from_str(include_str!("../../rules/polarity.toml")).expect("a test parses it");
    let (mut names, mut verbs) = (Vec::new(), FxHashMap::<String, SmallVec<[Entry; 1]>>::default());
    for (family, lists) in lists.family.into_iter().enumerate() {
        for (pole, all) in [(Pole::Plus, &lists.plus), (Pole::Minus, &lists.minus)] {
            for verb in all {
                let (verb, tail) = verb.split_once('|').unwrap_or((verb, ""));
                let tail: Vec<String> = tail.split_whitespace().map(str::to_owned).collect();
                for (word, _) in forms(verb) {
                    let stance = Stance { family: family as u16, pole };
                    let entries = verbs.entry(word).or_default();
                    if !entries.iter().any(|e| e.stance == stance && e.tail == tail) {
                        entries.push(Entry { tail: tail.clone(), stance });
                    }
                }
            }
        }
        names.push(lists.name);
    }
    let filter = WordFilter::new(verbs.keys().map(String::as_str));
    Verbs { names, verbs, filter }
});

/// The name of a family in the data.
pub fn family_name(family: u16) -> &'static str {
    VERBS.names.get(usize::from(family)).map_or("", String::as_str)
}

/// Words before a verb that turn what it says.
fn negates(word: &str) -> bool {
    matches!(
        word,
        "not" | "never" | "no" | "cannot" | "without" | "failed" | "refused" | "declined" | "neither" | "nor"
    ) || word.ends_with("n't")
        || word.ends_with("n’t")
}

/// Words that may stand between a negation and its verb.
fn is_between(word: &str) -> bool {
    matches!(word, "to" | "have" | "has" | "had" | "be" | "been" | "being" | "yet" | "ever" | "having")
        || word.ends_with("ly")
}

impl Verbs {
    pub fn get() -> &'static Verbs {
        &VERBS
    }

    /// A quick look before [`Verbs::hit`]: whether a word of a draft may begin a verb with a stance. No function word does.
    pub fn may_begin_with(&self, token: &Token) -> bool {
        token.is_word() && !token.lex.is(Lex::FUNCTION) && self.filter.may_hold(token.hash)
    }

    /// `verb` as one with a stance, between the words before it, from the last to the first, and those after it; all in lower case. Its place
    /// is for those to say who know how many are before it.
    pub fn hit<'w>(
        &self,
        verb: &str,
        mut before: impl Iterator<Item = &'w str>,
        after: impl Iterator<Item = &'w str> + Clone,
    ) -> Option<Hit> {
        let entries = self.verbs.get(verb)?;
        let matching = |e: &&Entry| {
            let mut after = after.clone();
            e.tail.iter().all(|word| after.next() == Some(word.as_str()))
        };
        let longest = entries.iter().filter(matching).map(|e| e.tail.len()).max()?;
        // Against giving up.
        let opposes = |word: &str| word == "against" && verb.ends_with("ing");
        let negated = before.find(|word| !is_between(word)).is_some_and(|word| negates(word) || opposes(word));
        let stances = entries.iter().filter(matching).filter(|e| e.tail.len() == longest).map(|e| {
            let pole = if negated { e.stance.pole.other() } else { e.stance.pole };
            Stance { pole, ..e.stance }
        });
        Some(Hit { at: 0, len: 1 + longest, stances: stances.collect() })
    }
}

/// All verbs with a stance in a run of words in lower case.
pub fn hits(words: &[&str]) -> Vec<Hit> {
    let hit = |(at, verb): (usize, &&str)| {
        let hit = VERBS.hit(verb, words[..at].iter().rev().copied(), words[at + 1..].iter().copied())?;
        Some(Hit { at, ..hit })
    };
    words.iter().enumerate().filter_map(hit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn family(ours: &str, theirs: &str) -> Option<&'static str> {
        let split = |text: &str| hits(&text.split(' ').collect::<Vec<_>>());
        let (ours, theirs) = (split(ours), split(theirs));
        ours.iter().flat_map(|a| theirs.iter().map(move |b| a.opposes(b))).flatten().next().map(family_name)
    }

    #[test]
    fn opposites() {
        assert_eq!(family("the army captured the town", "the army lost the town"), Some("control"));
        assert_eq!(family("troops took the bridge", "troops gave up the bridge"), Some("control"));
        assert_eq!(family("it had taken the pier", "it had not taken the pier"), Some("control"));
        assert_eq!(family("she approved the plan", "she turned down the plan"), Some("approval"));
    }

    #[test]
    fn no_opposites() {
        assert_eq!(family("she opposed it", "she did not support it"), None);
        assert_eq!(family("prices rose", "prices climbed"), None);
        assert_eq!(family("he rejected the bill", "he blocked the bill"), None);
        assert_eq!(family("he painted the pier", "he built the pier"), None);
    }
}
