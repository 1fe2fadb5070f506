//! Numbers in single English words, in lower case: the one table of the house. Whoever reads numbers in copy adds what its own
//! grammar needs: hyphens, scales, articles.

macro_rules! number_words {
    ($(#[$table_doc:meta])* $table:ident, $(#[$doc:meta])* $name:ident: $($word:literal $value:literal,)*) => {
        $(#[$table_doc])*
        pub const $table: &[(&str, u32)] = &[$(($word, $value)),*];

        $(#[$doc])*
        pub fn $name(word: &str) -> Option<u32> {
            Some(match word {
                $($word => $value,)*
                _ => return None,
            })
        }
    };
}

number_words! {
    /// Every cardinal, for those who build tables of their own.
    CARDINALS,
    /// Zero to nineteen, and the tens to ninety.
    cardinal:
    "zero" 0, "nought" 0, "naught" 0,
    "one" 1, "two" 2, "three" 3, "four" 4, "five" 5, "six" 6, "seven" 7, "eight" 8, "nine" 9, "ten" 10,
    "eleven" 11, "twelve" 12, "thirteen" 13, "fourteen" 14, "fifteen" 15, "sixteen" 16, "seventeen" 17, "eighteen" 18,
    "nineteen" 19,
    "twenty" 20, "thirty" 30, "forty" 40, "fourty" 40, "fifty" 50, "sixty" 60, "seventy" 70, "eighty" 80, "ninety" 90,
}

number_words! {
    /// Every ordinal, for those who build tables of their own.
    ORDINALS,
    /// First to twentieth, the tens to ninetieth, and hundredth: the parts of hyphenated ordinals apart.
    ordinal:
    "first" 1, "second" 2, "third" 3, "fourth" 4, "fifth" 5, "sixth" 6, "seventh" 7, "eighth" 8, "ninth" 9, "tenth" 10,
    "eleventh" 11, "twelfth" 12, "thirteenth" 13, "fourteenth" 14, "fifteenth" 15, "sixteenth" 16, "seventeenth" 17,
    "eighteenth" 18, "nineteenth" 19,
    "twentieth" 20, "thirtieth" 30, "fortieth" 40, "fiftieth" 50, "sixtieth" 60, "seventieth" 70, "eightieth" 80,
    "ninetieth" 90, "hundredth" 100,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_look_ups_say_the_same() {
        assert!(CARDINALS.iter().all(|&(word, n)| cardinal(word) == Some(n)));
        assert!(ORDINALS.iter().all(|&(word, n)| ordinal(word) == Some(n)));
        assert_eq!((cardinal("twentieth"), ordinal("twenty"), cardinal("a")), (None, None, None));
    }
}
