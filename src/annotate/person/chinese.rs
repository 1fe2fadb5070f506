//! Chinese names in letters: pinyin, and Wade–Giles, which it replaced. The correspondences are those of the two systems.

/// Whether `word` reads as one or two syllables of Mandarin in pinyin.
pub fn is_pinyin(word: &str) -> bool {
    fn syllable(word: &str) -> impl Iterator<Item = usize> {
        const INITIALS: [&str; 24] = [
            "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s",
            "y", "w", "",
        ];
        const FINALS: [&str; 34] = [
            "iang", "iong", "uang", "ang", "eng", "ong", "ian", "iao", "ing", "uai", "uan", "ai", "ei", "ao", "ou",
            "an", "en", "er", "ia", "ie", "iu", "in", "ua", "uo", "ui", "un", "ue", "ve", "ue", "a", "o", "e", "i",
            "u",
        ];
        let initial = INITIALS.iter().find(|i| word.starts_with(**i)).map_or(0, |i| i.len());
        let rest = word[initial..].to_owned();
        FINALS.into_iter().filter(move |f| rest.starts_with(f)).map(move |f| initial + f.len())
    }
    word.is_ascii()
        && !word.is_empty()
        && syllable(word).any(|end| end == word.len() || syllable(&word[end..]).any(|more| end + more == word.len()))
}

/// Whether one key is Wade–Giles, with its two syllables apart (tse tung), and the other pinyin (zedong), for one name. Aspirated and
/// plain initials are one here, since newspapers leave the apostrophes of Wade–Giles out: a key to compare by, and no proof.
pub fn is_one(a: &str, b: &str) -> bool {
    let fits = |old: &str, new: &str| old.contains(' ') && is_pinyin(new) && from_wade_giles(old) == from_pinyin(new);
    fits(a, b) || fits(b, a)
}

/// What a given name and its spelling in the other system ([`is_one`]) have in common; `None` for what has no other.
pub fn key(given: &str) -> Option<String> {
    if given.contains(' ') { Some(from_wade_giles(given)) } else { is_pinyin(given).then(|| from_pinyin(given)) }
}

/// Whether one surname is the other in the other system: Chou and Zhou.
pub fn is_one_surname(a: &str, b: &str) -> bool {
    let fits = |old: &str, new: &str| is_pinyin(new) && from_wade_giles(old) == from_pinyin(new);
    fits(a, b) || fits(b, a)
}

fn from_pinyin(word: &str) -> String {
    const STEPS: [(&str, &str); 13] = [
        ("ng", "N"),
        ("zh", "C"),
        ("ch", "C"),
        ("sh", "S"),
        ("j", "C"),
        ("q", "C"),
        ("x", "X"),
        ("z", "Z"),
        ("c", "Z"),
        ("b", "p"),
        ("d", "t"),
        ("g", "k"),
        (" ", ""),
    ];
    STEPS.iter().fold(word.to_owned(), |key, (from, to)| key.replace(from, to))
}

fn from_wade_giles(word: &str) -> String {
    const STEPS: [(&str, &str); 17] = [
        ("ng", "N"),
        ("hs", "X"),
        ("ch", "C"),
        ("sh", "S"),
        ("ts", "Z"),
        ("tz", "Z"),
        ("ss", "s"),
        ("sz", "s"),
        ("j", "r"),
        ("ien", "ian"),
        ("uN", "oN"),
        ("ueh", "ue"),
        ("eh", "e"),
        ("erh", "er"),
        ("ih", "i"),
        ("yu ", "you"),
        (" ", ""),
    ];
    STEPS.iter().fold(word.to_owned(), |key, (from, to)| key.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pinyin_is_recognized() {
        assert!(["li", "qiang", "wang", "xiaoping"].iter().all(|w| is_pinyin(w)));
        assert!(!["smith", "kevin", "park"].iter().any(|w| is_pinyin(w)));
    }

    #[test]
    fn wade_giles_meets_pinyin() {
        for (old, new) in
            [("tse tung", "zedong"), ("hsiao ping", "xiaoping"), ("shao chi", "shaoqi"), ("ching kuo", "jingguo")]
        {
            assert!(is_one(old, new) && is_one(new, old), "{old} {new}");
        }
        assert!(!is_one("tse tung", "zeming") && !is_one("zedong", "zedong"));
        assert!(is_one_surname("chou", "zhou") && is_one_surname("teng", "deng") && !is_one_surname("chou", "zhao"));
    }
}
