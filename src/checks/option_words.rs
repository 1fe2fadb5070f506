//! Words in options as checks compare them: people write “UAVs” where the draft's words are read as “uav”.

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::annotate::figure::lemma;

/// A list of nouns, each in lower case and in the singular.
pub(super) fn nouns<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    Vec::<String>::deserialize(from)?.iter().map(|word| noun(word).map_err(D::Error::custom)).collect()
}

/// Lists of nouns, each in lower case and in the singular.
pub(super) fn groups_of_nouns<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Vec<String>>, D::Error> {
    let groups = Vec::<Vec<String>>::deserialize(from)?;
    groups.iter().map(|group| group.iter().map(|word| noun(word).map_err(D::Error::custom)).collect()).collect()
}

/// A list of single words in lower case.
pub(super) fn words<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    Vec::<String>::deserialize(from)?.iter().map(|w| one_word(w).map_err(D::Error::custom)).collect()
}

fn noun(written: &str) -> Result<String, String> {
    one_word(written).map(|word| lemma(&word).into_owned())
}

/// A phrase would be held against words one at a time, and never be found.
fn one_word(written: &str) -> Result<String, String> {
    let word = written.trim();
    if word.is_empty() || word.contains(char::is_whitespace) {
        return Err(format!("one word is wanted, not “{written}”"));
    }
    Ok(word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_drafts_are() {
        assert_eq!(noun("UAVs"), Ok("uav".to_owned()));
        assert_eq!(noun(" Children "), Ok("child".to_owned()));
        assert!(noun("per cent of voters").is_err() && one_word("").is_err());
    }
}
