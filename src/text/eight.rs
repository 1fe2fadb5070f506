//! Eight bytes of text at once, in one number: what each of them is, without a look at one after another.

/// Eight bytes, the first of them lowest. Sets of them are numbers with the high bit of each byte that is in the set.
#[derive(Clone, Copy)]
pub struct Eight(pub u64);

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * EACH;

impl Eight {
    /// The bytes of `text` from `at` on; `None` where it ends before.
    pub fn at(text: &str, at: usize) -> Option<Eight> {
        text.as_bytes().get(at..)?.first_chunk().map(|eight| Eight(u64::from_le_bytes(*eight)))
    }

    /// Those that are letters of ASCII.
    pub fn letters(self) -> u64 {
        Eight(self.0 | (0x20 * EACH)).within(b'a', b'z')
    }

    /// Those of `letters`, as [`letters`](Eight::letters) gives them, that are capitals.
    pub fn capitals(self, letters: u64) -> u64 {
        // Of a letter the bit 0x20 says that it is small.
        letters & !(self.0 << 2)
    }

    /// The byte at `index`, which is below eight.
    pub fn byte(self, index: usize) -> u8 {
        (self.0 >> (8 * index)) as u8
    }

    /// Those from `first` to `last`, both ASCII.
    fn within(self, first: u8, last: u8) -> u64 {
        // Without their high bits, no sum runs over into the next byte.
        let low = self.0 & !HIGH;
        let reaches_first = low + u64::from(0x80 - first) * EACH;
        let passes_last = low + u64::from(0x7f - last) * EACH;
        reaches_first & !passes_last & !self.0 & HIGH
    }
}

/// What makes `capitals`, as [`Eight::capitals`] gives them, small: the bits to add.
pub fn small(capitals: u64) -> u64 {
    capitals >> 2
}

/// The bytes from the first on that are in a set, as a number with all their bits; those of eight are had by `&`.
pub fn leading(set: u64) -> u64 {
    let others = !set & HIGH;
    // The lowest bit of the first byte that is in no set, less one; all bits where there is none.
    ((others & others.wrapping_neg()) >> 7).wrapping_sub(1)
}

/// How many bytes those are that [`leading`] gave.
pub fn count(leading: u64) -> usize {
    leading.trailing_ones() as usize / 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_what_each_byte_is() {
        for byte in 0..=255_u8 {
            // Between bytes that a sum could run over from or into.
            for beside in [0, b'z', 0xff] {
                let eight = Eight(u64::from_le_bytes([beside, beside, byte, beside, beside, beside, beside, beside]));
                let has = |set: u64| (set >> 16) & 0xff == 0x80;
                assert_eq!(has(eight.letters()), byte.is_ascii_alphabetic(), "{byte}");
                assert_eq!(eight.byte(2), byte);
                assert_eq!(has(eight.capitals(eight.letters())), byte.is_ascii_uppercase(), "{byte}");
            }
        }
    }

    #[test]
    fn the_first_of_eight() {
        let eight = Eight::at("a pier29 is", 2).unwrap();
        let pier = leading(eight.letters());
        assert_eq!(((eight.0 & pier).to_le_bytes(), count(pier)), (*b"pier\0\0\0\0", 4));
        let harbor = leading(Eight::at("harborside", 0).unwrap().letters());
        assert_eq!((harbor, count(harbor), leading(0), count(0)), (u64::MAX, 8, 0, 0));
        let name = Eight::at("McKay, the", 0).unwrap();
        let capitals = name.capitals(name.letters());
        assert_eq!((name.0 | small(capitals)).to_le_bytes(), *b"mckay, t");
        assert!(Eight::at("the pier", 1).is_none() && Eight::at("the pier", 9).is_none());
    }
}
