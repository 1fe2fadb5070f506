//! Which stories are copies of one another: wire copy counts once, however many desks print it.
//!
//! MinHash with one permutation: each run of four words falls into one of 64 bins, and each bin keeps its least hash. The
//! share of bins that agree estimates the resemblance of two texts (Li and König, “Theory and applications of b-bit
//! minwise hashing”, 2011; one permutation: Li, Owen and Zhang, 2012).

use rustc_hash::FxHashSet;

const BINS: usize = 64;
/// A bin that no run fell into.
const EMPTY: u32 = u32::MAX;
/// Bins per band: two stories that agree in all bins of one band are compared.
const BAND: usize = 4;
/// From this resemblance on, two stories are one.
const SAME: f64 = 0.6;

/// A story's signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature([u32; BINS]);

impl Signature {
    /// The signature of a text with these shingles; `None` where there are too few to tell.
    pub fn of(shingles: impl Iterator<Item = u64>) -> Option<Signature> {
        let distinct: FxHashSet<u64> = shingles.collect();
        if distinct.len() < BINS / 2 {
            return None;
        }
        let mut bins = [EMPTY; BINS];
        for shingle in distinct {
            let bin = &mut bins[(shingle % BINS as u64) as usize];
            *bin = (*bin).min((shingle >> 32) as u32 & !1);
        }
        Some(Signature(bins))
    }

    /// The share of runs of words that two texts have in common, estimated.
    pub fn resemblance(&self, other: &Signature) -> f64 {
        let pairs = self.0.iter().zip(&other.0).filter(|(a, b)| **a != EMPTY || **b != EMPTY);
        let (mut all, mut same) = (0, 0);
        for (a, b) in pairs {
            all += 1;
            same += u32::from(a == b);
        }
        if all == 0 { 0.0 } else { f64::from(same) / f64::from(all) }
    }

    pub fn is_copy_of(&self, other: &Signature) -> bool {
        self.resemblance(other) >= SAME
    }

    /// Keys of which two copies share at least one, nearly always: at a resemblance of .6, 9 times in 10; at .8, always.
    pub fn bands(&self) -> impl Iterator<Item = i64> {
        self.0.chunks_exact(BAND).enumerate().filter(|(_, bins)| bins.iter().all(|b| *b != EMPTY)).map(|(at, bins)| {
            bins.iter().fold(at as i64 + 1, |key, &bin| {
                key.wrapping_mul(0x0100_0000_01b3).wrapping_add(i64::from(bin)).rotate_left(17)
            })
        })
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|bin| bin.to_le_bytes()).collect()
    }

    pub fn from_bytes(bytes: &[u8]) -> Option<Signature> {
        if bytes.len() != BINS * 4 {
            return None;
        }
        let mut bins = [EMPTY; BINS];
        for (bin, bytes) in bins.iter_mut().zip(bytes.chunks_exact(4)) {
            *bin = u32::from_le_bytes(bytes.try_into().ok()?);
        }
        Some(Signature(bins))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::shingle;
    use crate::source::Draft;

    fn signature(text: &str) -> Option<Signature> {
        let draft = Draft::from_text(text);
        Signature::of(shingle::shingles(&shingle::fold(&draft, &draft.tokens, 0)).map(|(key, _)| key))
    }

    /// Words that differ with `seed`, the same for the same seed.
    fn story(seed: usize, words: usize) -> String {
        (0..words).map(|n| format!("w{}", (n * 7919 + seed * 104_729) % 5003)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn copies_are_told_from_other_stories() {
        let whole = story(1, 400);
        let original = signature(&whole).unwrap();
        let edited = signature(&whole.replacen("w", "changed w", 3)).unwrap();
        assert!(original.is_copy_of(&edited), "{}", original.resemblance(&edited));
        assert!(original.bands().any(|band| edited.bands().any(|b| b == band)));
        let cut = signature(&whole[..whole.len() * 3 / 4]).unwrap();
        assert!(original.is_copy_of(&cut), "{}", original.resemblance(&cut));
        let other = signature(&story(2, 400)).unwrap();
        assert!(!original.is_copy_of(&other), "{}", original.resemblance(&other));
        assert!(signature("Too short to tell.").is_none());
    }

    #[test]
    fn survives_storage() {
        let original = signature(&story(3, 200)).unwrap();
        assert_eq!(Signature::from_bytes(&original.to_bytes()), Some(original));
        assert_eq!(Signature::from_bytes(b"short"), None);
    }
}
