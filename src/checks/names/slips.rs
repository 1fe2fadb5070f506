//! Spellings one slip apart: when a word is a name of the draft misspelt, by shape alone.

use std::hash::Hasher;

use rustc_hash::FxHasher;
use smallvec::SmallVec;

use crate::annotate::person::is_pinyin;

/// Whether two keys are one slip apart: the first letter stays, one edit (two in a word of eight letters or more), and neither is
/// the other's plural, possessive or adjective.
pub fn is_slip(a: &str, b: &str) -> bool {
    if a == b || a.chars().next() != b.chars().next() {
        return false;
    }
    let (la, lb) = (a.chars().count(), b.chars().count());
    let (shorter, longer) = if la <= lb { (a, b) } else { (b, a) };
    let min = la.min(lb);
    if min < 4 || la.abs_diff(lb) > 2 {
        return false;
    }
    // Koreas and Koreans.
    if (a.ends_with('s') || b.ends_with('s')) && stem(a) == stem(b) {
        return false;
    }
    // Tarney for Tarne; but Kovalskyy is Kovalsky.
    let endings = |e: &str| matches!(e, "y" | "ie") && !shorter.ends_with('y');
    if let Some(ending) = longer.strip_prefix(shorter)
        && (endings(ending) || matches!(ending, "s" | "es" | "n" | "an" | "i" | "ns" | "ni" | "a" | "o" | "in" | "ns'"))
    {
        return false;
    }
    if sounds(a).eq(sounds(b)) || has_two_swapped(a, b) {
        return true;
    }
    // One edit takes away at most one letter that the other word lacks: most pairs need no table of edits.
    let (of_a, of_b) = (letters(a), letters(b));
    let most = if min >= 8 { 2 } else { 1 };
    if (of_a & !of_b).count_ones().max((of_b & !of_a).count_ones()) > most {
        return false;
    }
    match strsim::osa_distance(a, b) {
        1 => true,
        2 => min >= 8 && !differ_in_ending(a, b),
        _ => false,
    }
}

/// A key without the ending of a plural or an inhabitant.
fn stem(key: &str) -> &str {
    ["ns", "s", "n"].iter().find_map(|ending| key.strip_suffix(ending)).unwrap_or(key)
}

/// Below this many keys each is tried: that is quicker than an index.
const FEW: usize = 48;

/// Keys by what is left of them without a letter or two, so that the few that may be a slip from another are found among many. Two
/// keys an edit apart are one word once each has lost a letter; two edits apart, once each has lost two.
pub struct Slips {
    /// How each key [`begins`], where there are few.
    keys: SmallVec<[(u8, u8); FEW]>,
    /// By the last five bits of the first byte, a bit for each length that a key one slip from one of the keys may have, in letters;
    /// the last for all that are longer.
    lengths: [u64; 32],
    /// Hash of a part, and whose part it is; sorted.
    parts: Vec<(u64, usize)>,
}

impl Slips {
    pub fn new<'k>(keys: impl ExactSizeIterator<Item = &'k str>) -> Slips {
        let many = keys.len() > FEW;
        let mut slips = Slips { keys: SmallVec::new(), lengths: [0; 32], parts: Vec::new() };
        for (at, key) in keys.enumerate() {
            let (first, length) = begins(key);
            // A slip takes away two letters or adds two, at most.
            slips.lengths[usize::from(first)] |= if length < 56 { 0b1_1111 << length >> 2 } else { u64::MAX << 54 };
            if many {
                parts_of(key, |part| slips.parts.push((part, at)));
            } else {
                slips.keys.push((first, length));
            }
        }
        slips.parts.sort_unstable();
        slips
    }

    /// Whether some key begins as `key` does and is about as long, as those a slip apart are: the cheap question.
    pub fn may_have(&self, key: &str) -> bool {
        let (first, length) = begins(key);
        self.lengths[usize::from(first)] & 1 << length.min(63) != 0
    }

    /// The keys, by their places and in their order, that may be a slip from `key` by [`is_slip`] or [`is_short_slip`]; no other is.
    pub fn of(&self, key: &str) -> Vec<usize> {
        if !self.may_have(key) {
            return Vec::new();
        }
        if self.parts.is_empty() {
            let (first, length) = begins(key);
            let near = |&(_, other): &(usize, &(u8, u8))| other.0 == first && other.1.abs_diff(length) <= 2;
            return self.keys.iter().enumerate().filter(near).map(|(at, _)| at).collect();
        }
        let mut found: Vec<usize> = Vec::new();
        parts_of(key, |part| {
            let first = self.parts.partition_point(|p| p.0 < part);
            found.extend(self.parts[first..].iter().take_while(|p| p.0 == part).map(|p| p.1));
        });
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The last five bits of a key's first byte, and its length in letters, up to 255.
fn begins(key: &str) -> (u8, u8) {
    let first = key.as_bytes().first().map_or(0, |b| b % 32);
    let length = if key.is_ascii() { key.len() } else { key.chars().count() };
    (first, length.min(255) as u8)
}

/// The hashes of a key as it sounds, of the key, and of the key without each letter but the first; in a word of eight letters or more,
/// without each two.
fn parts_of(key: &str, mut put: impl FnMut(u64)) {
    let hash = |letters: &mut dyn Iterator<Item = char>| {
        let mut hasher = FxHasher::default();
        letters.for_each(|c| hasher.write_u32(u32::from(c)));
        hasher.finish()
    };
    put(hash(&mut sounds(key).chain(['\0'])));
    put(hash(&mut key.chars()));
    let letters: SmallVec<[char; 24]> = key.chars().collect();
    let without = |a: usize, b: usize| {
        hash(&mut letters.iter().enumerate().filter(|&(at, _)| at != a && at != b).map(|(_, &c)| c))
    };
    // Longer words are no names; a page without spaces must not cost the square of its length.
    if letters.len() > LONGEST {
        return;
    }
    for a in 1..letters.len() {
        put(without(a, a));
        if letters.len() >= 8 {
            (a + 1..letters.len()).for_each(|b| put(without(a, b)));
        }
    }
}

/// Letters of the longest key that is looked for by its parts.
const LONGEST: usize = 32;

/// Whether two keys of three letters differ in one that is not the first: a slip only where an office says that they are one.
pub fn is_short_slip(a: &str, b: &str) -> bool {
    a.len() == 3 && b.len() == 3 && a.as_bytes()[0] == b.as_bytes()[0] && strsim::osa_distance(a, b) == 1
}

/// Whether two letters changed places, not next to each other: Akaraki for Arakaki.
fn has_two_swapped(a: &str, b: &str) -> bool {
    /// Fewest letters of such a word.
    const SHORTEST: usize = 5;
    if a.len() != b.len() || a.len() < SHORTEST {
        return false;
    }
    let mut unlike = a.chars().zip(b.chars()).filter(|(x, y)| x != y);
    match (unlike.next(), unlike.next(), unlike.next()) {
        (Some(first), Some(second), None) => first == (second.1, second.0),
        _ => false,
    }
}

/// Whether a surname that the draft never introduces may be a wrong memory of another: Ms. Whitfield for Ms. Whitford, Mr. Koval
/// for Mr. Kovalenko, Mr. Zhou for Mr. Zhao, Mr. Crofts for Mr. Croft.
pub fn is_lookalike(a: &str, b: &str) -> bool {
    let (la, lb) = (a.chars().count(), b.chars().count());
    let alike = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let (shorter, longer) = (la.min(lb), la.max(lb));
    // Poe of Poe-Quill is a short form.
    let part = |x: &str, y: &str| x.split(' ').any(|word| word == y);
    let cut = alike == shorter && shorter >= 4 && !part(a, b) && !part(b, a);
    let begun = alike >= 4 && 2 * alike >= longer && longer - shorter <= 2;
    let syllable = alike >= 2 && shorter >= 3 && longer <= 5 && is_pinyin(a) && is_pinyin(b) && longer - shorter <= 1;
    // Wise for Weiss, Belmont for Beaumont.
    let sound = alike >= 1 && shorter >= 4 && longer >= 5 && longer - shorter <= 1 && strsim::osa_distance(a, b) <= 2;
    a != b && (cut || begun || syllable || sound)
}

/// A bit for each letter of a word; letters of some scripts share one.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 64))
}

/// Letters that sound alike in one spelling: ph and f, ck and k, doubled letters, -y and -ie.
fn sounds(key: &str) -> impl Iterator<Item = char> {
    let stem = ["ie", "ey", "y", "i"].iter().find_map(|e| key.strip_suffix(e));
    let mut letters = stem.unwrap_or(key).chars().chain(stem.map(|_| 'i')).peekable();
    let mut last = None;
    std::iter::from_fn(move || {
        loop {
            let c = match letters.next()? {
                'p' if letters.next_if_eq(&'h').is_some() => 'f',
                'c' if letters.next_if_eq(&'k').is_some() => 'k',
                c => c,
            };
            if last.replace(c) != Some(c) {
                return Some(c);
            }
        }
    })
}

/// Brazilian and Brazilians, Johansson and Johanssen: two edits in the last letters make another word.
fn differ_in_ending(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    common + 3 >= a.chars().count().min(b.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_letters_that_changed_places_are_one_slip() {
        assert!(is_slip("akavari", "avakari") && is_slip("nwuso", "nwosu"));
        assert!(!is_slip("amani", "omina") && !is_slip("malin", "milon"));
    }

    #[test]
    fn what_no_key_begins_like_is_not_looked_for() {
        let keys = ["akavari", "nwosu", "żaba"];
        let slips = Slips::new(keys.into_iter());
        assert!(
            slips.may_have("akaravi") && slips.may_have("nwuso") && slips.may_have("nwos") && slips.may_have("żabba")
        );
        assert!(!slips.may_have("kavari") && !slips.may_have("nw") && slips.of("kavari").is_empty());
        assert_eq!(slips.of("nwuso"), [1]);
    }

    #[test]
    fn lookalikes_begin_alike_and_short_forms_are_none() {
        for (a, b) in [
            ("whitfield", "whitford"),
            ("koval", "kovalenko"),
            ("zhou", "zhao"),
            ("croft", "crofts"),
            ("wise", "weiss"),
        ] {
            assert!(is_lookalike(a, b) && is_lookalike(b, a), "{a} {b}");
        }
        for (a, b) in
            [("stern hale", "stern"), ("whitford", "white"), ("poe", "quill"), ("zhou", "li"), ("same", "same")]
        {
            assert!(!is_lookalike(a, b) && !is_lookalike(b, a), "{a} {b}");
        }
    }
}
