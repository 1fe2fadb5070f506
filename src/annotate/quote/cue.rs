//! The words that name a source of speech, from `rules/cues.toml`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

/// What a cue says of the words it stands beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    Speech,
    /// Speech, but only where it touches the quotation.
    Beside,
    Judgment,
    /// A source, but no speaker: “sought”, “outlined”.
    Quasi,
    /// A statement, a letter, a sign.
    Noun,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Base,
    /// says
    Third,
    /// said, and the participle where it is the same
    Past,
    /// saying
    Ing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    pub class: Class,
    pub form: Form,
    /// Whether the same word is a noun of speech too: claims, notes, comments.
    pub noun: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    verbs: Verbs,
    nouns: Nouns,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verbs {
    speech: Vec<String>,
    beside: Vec<String>,
    judgment: Vec<String>,
    quasi: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nouns {
    speech: Vec<String>,
}

/// The cue that `word` is, in lower case.
pub fn of(word: &str) -> Option<Cue> {
    static CUES: LazyLock<FxHashMap<String, Cue>> =
        LazyLock::new(|| table(&toml::from_str(include_str!("../../../rules/cues.toml")).expect("a test parses it")));
    CUES.get(word).copied()
}

fn table(lists: &Lists) -> FxHashMap<String, Cue> {
    let mut cues = FxHashMap::default();
    let classes = [
        (Class::Speech, &lists.verbs.speech),
        (Class::Beside, &lists.verbs.beside),
        (Class::Judgment, &lists.verbs.judgment),
        (Class::Quasi, &lists.verbs.quasi),
    ];
    for (class, verbs) in classes {
        for verb in verbs {
            for (word, form) in forms(verb) {
                cues.entry(word).or_insert(Cue { class, form, noun: false });
            }
        }
    }
    for noun in &lists.nouns.speech {
        for word in [noun.clone(), third(noun)] {
            let cue = Cue { class: Class::Noun, form: Form::Base, noun: true };
            cues.entry(word).and_modify(|c| c.noun = true).or_insert(cue);
        }
    }
    cues
}

/// Every form of a verb given as “lemma irregular…”.
fn forms(entry: &str) -> Vec<(String, Form)> {
    let mut words = entry.split(' ');
    let lemma = words.next().unwrap_or_default();
    let irregular: Vec<&str> = words.collect();
    let mut forms = vec![(lemma.to_owned(), Form::Base), (third(lemma), Form::Third)];
    let given_ing = irregular.iter().find(|w| w.ends_with("ing") && w.len() > lemma.len());
    forms.push((given_ing.map_or_else(|| ing(lemma), |w| (*w).to_owned()), Form::Ing));
    let pasts = irregular.iter().filter(|w| Some(w) != given_ing.as_ref());
    forms.extend(pasts.map(|w| ((*w).to_owned(), Form::Past)));
    if !forms.iter().any(|(_, form)| *form == Form::Past) {
        forms.push((past(lemma), Form::Past));
    }
    forms
}

fn ends_in_consonant_y(word: &str) -> bool {
    word.strip_suffix('y').is_some_and(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']))
}

fn third(word: &str) -> String {
    if ends_in_consonant_y(word) {
        format!("{}ies", &word[..word.len() - 1])
    } else if word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh") || word == "go" {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

fn past(word: &str) -> String {
    if ends_in_consonant_y(word) {
        format!("{}ied", &word[..word.len() - 1])
    } else if word.ends_with('e') {
        format!("{word}d")
    } else {
        format!("{}ed", doubled(word))
    }
}

fn ing(word: &str) -> String {
    match word.strip_suffix('e') {
        Some(stem) if !word.ends_with("ee") => format!("{stem}ing"),
        _ => format!("{}ing", doubled(word)),
    }
}

/// Doubles the last consonant of a short word of one syllable: beg, begged.
fn doubled(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let vowel = |c: char| "aeiou".contains(c);
    match letters[..] {
        [.., a, b, c] if letters.len() <= 4 && !vowel(a) && vowel(b) && !vowel(c) && !"wxy".contains(c) => {
            format!("{word}{c}")
        }
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected() {
        for (word, class, form) in [
            ("said", Class::Speech, Form::Past),
            ("says", Class::Speech, Form::Third),
            ("replied", Class::Speech, Form::Past),
            ("begged", Class::Speech, Form::Past),
            ("arguing", Class::Speech, Form::Ing),
            ("dubbed", Class::Judgment, Form::Past),
            ("seen", Class::Judgment, Form::Past),
            ("statements", Class::Noun, Form::Base),
        ] {
            let cue = of(word).expect(word);
            assert_eq!((cue.class, cue.form), (class, form), "{word}");
        }
        assert!(of("claims").is_some_and(|c| c.noun) && of("pier").is_none());
    }
}
