//! Words of a draft: as messages show them, and whether they are English.

use crate::source::{Block, Draft};
use crate::text::Lex;

/// From so many words on a paragraph shows its language.
const TELLING: usize = 12;

/// So many tokens show it as well as any number: a check that asks for every quotation must not walk a whole book each time.
const SAMPLE: usize = 4096;

/// Whether a paragraph reads as English: one word in six at least is a function word. (English copy has about two in five; other
/// languages share a few, such as “on” and “a”.) A paragraph of few words is as the whole draft.
pub(crate) fn is_english(draft: &Draft, block: &Block) -> bool {
    let share = |tokens: &[crate::text::Token]| {
        let tokens = &tokens[..tokens.len().min(SAMPLE)];
        let words = tokens.iter().filter(|t| t.is_word()).count();
        let small = tokens.iter().filter(|t| t.lex.is(Lex::FUNCTION)).count();
        (words, small * 6 >= words)
    };
    match share(draft.block_tokens(block)) {
        (words, english) if words >= TELLING => english,
        _ => share(&draft.tokens).1,
    }
}

/// At most `longest` characters of `words`, cut at a word with an ellipsis.
pub(crate) fn shorten(words: &str, longest: usize) -> String {
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= longest {
        return flat;
    }
    let cut: String = flat.chars().take(longest.saturating_sub(1)).collect();
    let stem = cut.rsplit_once(' ').map_or(cut.as_str(), |(stem, _)| stem);
    format!("{}…", stem.trim_end_matches([',', ';', ':', '.', ' ']))
}

/// What the forms of a regular word share: kills, killed and killing are `kill`.
pub(crate) fn stem(word: &str) -> String {
    let cut = ["ing", "ed", "es", "s", "e"].iter().find_map(|e| word.strip_suffix(e).filter(|s| s.len() >= 3));
    let stem = cut.unwrap_or(word);
    let doubled = stem.len() > 3 && stem.as_bytes()[stem.len() - 1] == stem.as_bytes()[stem.len() - 2];
    if doubled && !stem.ends_with(['l', 's']) { stem[..stem.len() - 1].to_owned() } else { stem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_a_word() {
        assert_eq!(shorten("the  old\nharbor", 40), "the old harbor");
        assert_eq!(shorten("the old harbor, and more", 17), "the old harbor…");
        assert_eq!(shorten("abcdefghij", 5), "abcd…");
    }

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for forms in [["kills", "killed", "killing"], ["raises", "raised", "raising"], ["robs", "robbed", "robbing"]] {
            assert!(forms.iter().all(|f| stem(f) == stem(forms[0])), "{forms:?}");
        }
        assert_ne!(stem("killed"), stem("injured"));
        assert_eq!(stem("é"), "é");
    }
}
