//! Hedges: the words that say how exactly a number is meant.

use super::cursor::Cursor;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Hedge {
    #[default]
    None,
    Exactly,
    About,
    Nearly,
    JustOver,
    MoreThan,
    AtLeast,
    LessThan,
    UpTo,
    AtMost,
}

impl Hedge {
    /// The name used in the JSON contract; `None` for a bare number.
    pub fn name(self) -> Option<&'static str> {
        Some(match self {
            Hedge::None => return None,
            Hedge::Exactly => "exactly",
            Hedge::About => "about",
            Hedge::Nearly => "nearly",
            Hedge::JustOver => "just-over",
            Hedge::MoreThan => "more-than",
            Hedge::AtLeast => "at-least",
            Hedge::LessThan => "less-than",
            Hedge::UpTo => "up-to",
            Hedge::AtMost => "at-most",
        })
    }

    /// Whether the number is a lower bound.
    pub fn is_lower_bound(self) -> bool {
        matches!(self, Hedge::MoreThan | Hedge::AtLeast)
    }

    /// Whether the number is an upper bound.
    pub fn is_upper_bound(self) -> bool {
        matches!(self, Hedge::LessThan | Hedge::UpTo | Hedge::AtMost)
    }
}

/// The hedge that ends just before a number: `back(n)` is the nth word before it, in lower case, or "". Returns how
/// many words it takes.
pub(super) fn before<'a>(back: impl Fn(usize) -> &'a str) -> (Hedge, usize) {
    let (one, two, three) = (back(1), back(2), back(3));
    match one {
        "about" if two == "just" => (Hedge::About, 2),
        "about" | "around" | "roughly" | "some" | "approximately" | "circa" | "approx" | "approx." => (Hedge::About, 1),
        "estimated" if matches!(two, "an" | "the") => (Hedge::About, 2),
        "estimated" => (Hedge::About, 1),
        "nearly" | "almost" | "approaching" | "nearing" => (Hedge::Nearly, 1),
        "to" if two == "close" => (Hedge::Nearly, 2),
        // “the fare went up to $6” is a rise, “it can go up to $6” a bound.
        "to" if two == "up" && moves_up(three) && !matches!(back(4), "can" | "could" | "may" | "might") => {
            (Hedge::None, 0)
        }
        "to" if two == "up" => (Hedge::UpTo, 2),
        "under" if matches!(two, "just" | "slightly") => (Hedge::Nearly, 2),
        "under" if two == "little" && three == "a" => (Hedge::Nearly, 3),
        "under" | "below" => (Hedge::LessThan, 1),
        "over" if matches!(two, "just" | "slightly") => (Hedge::JustOver, 2),
        "over" if two == "little" && three == "a" => (Hedge::JustOver, 3),
        "over" | "above" | "exceeding" => (Hedge::MoreThan, 1),
        "than" => match (two, three) {
            ("more", "little") if back(4) == "a" => (Hedge::JustOver, 4),
            ("more", "just" | "slightly") => (Hedge::JustOver, 3),
            ("more" | "greater" | "higher", "no" | "not") => (Hedge::AtMost, 3),
            ("more" | "greater" | "higher" | "longer" | "larger", _) => (Hedge::MoreThan, 2),
            ("fewer" | "less" | "lower", "no" | "not") => (Hedge::AtLeast, 3),
            ("less" | "fewer", "just" | "slightly") => (Hedge::Nearly, 3),
            ("less", "little") if back(4) == "a" => (Hedge::Nearly, 4),
            ("fewer" | "less" | "lower" | "shorter", _) => (Hedge::LessThan, 2),
            _ => (Hedge::None, 0),
        },
        "least" if two == "at" => (Hedge::AtLeast, 2),
        "most" if two == "at" => (Hedge::AtMost, 2),
        "minimum" if two == "a" => (Hedge::AtLeast, 2),
        "of" => match (two, three) {
            ("upwards" | "upward", _) => (Hedge::AtLeast, 2),
            ("minimum", "a") => (Hedge::AtLeast, 3),
            ("maximum", "a") => (Hedge::AtMost, 3),
            ("estimate", _) => (Hedge::About, 2),
            ("excess", "in") => (Hedge::MoreThan, 3),
            _ => (Hedge::None, 0),
        },
        "as" if two == "many" || two == "much" || two == "few" || two == "little" || two == "high" => {
            (Hedge::UpTo, if three == "as" { 3 } else { 2 })
        }
        "exactly" | "precisely" => (Hedge::Exactly, 1),
        _ => (Hedge::None, 0),
    }
}

fn moves_up(verb: &str) -> bool {
    matches!(verb, "go" | "goes" | "went" | "gone" | "going" | "moves" | "moved" | "crept" | "edged" | "pushed")
}

impl Cursor<'_> {
    /// The hedge that follows a number, and the index after it: 50+, 50 or more, 50-odd.
    pub fn hedge_after(&self, at: usize) -> (Hedge, usize) {
        if self.word(at) == "+" && self.touched(at) || self.lower(at) == "plus" && self.touched(at) {
            return (Hedge::AtLeast, at + 1);
        }
        match (self.lower(at), self.lower(at + 1)) {
            ("or", "so") => (Hedge::About, at + 2),
            ("or", "more") => (Hedge::AtLeast, at + 2),
            ("or", "less" | "fewer") => (Hedge::AtMost, at + 2),
            ("-", "plus") if self.touched(at) && self.touches(at) => (Hedge::AtLeast, at + 2),
            ("-", "odd" | "ish" | "something") if self.touched(at) => (Hedge::About, at + 2),
            _ => (Hedge::None, at),
        }
    }
}
