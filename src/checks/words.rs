//! Words of a draft in messages.

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

#[cfg(test)]
mod tests {
    use super::shorten;

    #[test]
    fn cuts_at_a_word() {
        assert_eq!(shorten("the  old\nharbor", 40), "the old harbor");
        assert_eq!(shorten("the old harbor, and more", 17), "the old harbor…");
        assert_eq!(shorten("abcdefghij", 5), "abcd…");
    }
}
