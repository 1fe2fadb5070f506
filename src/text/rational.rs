//! Exact numbers: what copy writes as 1.2 million, two-thirds or 33.4 is never rounded on the way.

use std::cmp::Ordering;
use std::fmt;

/// A reduced fraction. Numerator and denominator stay within ±2⁶², so that comparing two never overflows; whatever
/// would leave that range is no value ([`None`]) rather than a wrong one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rational {
    numerator: i64,
    /// Always positive.
    denominator: i64,
}

const LIMIT: i128 = 1 << 62;

// The operators' traits promise a value; these may have none.
#[allow(clippy::should_implement_trait)]
impl Rational {
    pub const ZERO: Rational = Rational::whole(0);
    pub const ONE: Rational = Rational::whole(1);
    pub const HUNDRED: Rational = Rational::whole(100);

    /// A whole number.
    pub const fn whole(n: i32) -> Rational {
        Rational { numerator: n as i64, denominator: 1 }
    }

    /// `None` for a denominator of zero, or beyond ±2⁶² once reduced.
    pub fn new(numerator: i128, denominator: i128) -> Option<Rational> {
        if denominator == 1 {
            // Nearly all numbers of copy are whole, and dividing 128 bits is slow.
            return (-LIMIT..=LIMIT)
                .contains(&numerator)
                .then_some(Rational { numerator: numerator as i64, denominator: 1 });
        }
        if denominator == 0 || numerator == i128::MIN || denominator == i128::MIN {
            return None;
        }
        if denominator == 1 {
            // Most numbers in copy are whole, and 128 bits are slow to divide.
            return (numerator.abs() <= LIMIT).then_some(Rational { numerator: numerator as i64, denominator: 1 });
        }
        let divisor = gcd(numerator.unsigned_abs(), denominator.unsigned_abs()) as i128;
        let sign = if denominator < 0 { -1 } else { 1 };
        let (n, d) = (sign * numerator / divisor, sign * denominator / divisor);
        (n.abs() <= LIMIT && d <= LIMIT).then_some(Rational { numerator: n as i64, denominator: d as i64 })
    }

    /// Ten to the power of `exponent`; `None` outside −18 to 18.
    pub fn power_of_ten(exponent: i32) -> Option<Rational> {
        let power = 10i128.checked_pow(exponent.unsigned_abs())?;
        if exponent < 0 { Rational::new(1, power) } else { Rational::new(power, 1) }
    }

    /// Reads plain digits with at most one decimal point: `1237`, `0.5`, `5/9`.
    pub fn parse(digits: &str) -> Option<Rational> {
        if let Some((n, d)) = digits.split_once('/') {
            return Rational::parse(n)?.div(Rational::parse(d)?);
        }
        let (negative, digits) = match digits.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, digits),
        };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() && decimals.is_empty() {
            return None;
        }
        let mut n: i128 = 0;
        for byte in whole.bytes().chain(decimals.bytes()) {
            n = n.checked_mul(10)?.checked_add(i128::from(byte.is_ascii_digit().then(|| byte - b'0')?))?;
        }
        Rational::new(if negative { -n } else { n }, 10i128.checked_pow(decimals.len() as u32)?)
    }

    pub fn add(self, other: Rational) -> Option<Rational> {
        let (a, b) = (self.wide(), other.wide());
        Rational::new(a.0 * b.1 + b.0 * a.1, a.1 * b.1)
    }

    pub fn sub(self, other: Rational) -> Option<Rational> {
        self.add(other.neg())
    }

    pub fn mul(self, other: Rational) -> Option<Rational> {
        let (a, b) = (self.wide(), other.wide());
        Rational::new(a.0 * b.0, a.1 * b.1)
    }

    /// `None` when `other` is zero, too.
    pub fn div(self, other: Rational) -> Option<Rational> {
        let (a, b) = (self.wide(), other.wide());
        Rational::new(a.0 * b.1, a.1 * b.0)
    }

    #[must_use]
    pub fn neg(self) -> Rational {
        Rational { numerator: -self.numerator, ..self }
    }

    #[must_use]
    pub fn abs(self) -> Rational {
        Rational { numerator: self.numerator.abs(), ..self }
    }

    pub fn is_zero(self) -> bool {
        self.numerator == 0
    }

    pub fn is_whole(self) -> bool {
        self.denominator == 1
    }

    /// As a whole number, where it is one.
    pub fn as_whole(self) -> Option<i64> {
        self.is_whole().then_some(self.numerator)
    }

    /// The nearest floating-point number, for output only.
    pub fn to_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }

    /// The largest power of ten that divides a whole number: 6,000 → 1,000. One for zero and for anything not whole.
    pub fn round_step(self) -> Rational {
        let mut step = Rational::ONE;
        let mut n = self.numerator;
        if self.is_whole() && n != 0 {
            while n % 10 == 0 {
                n /= 10;
                step.numerator *= 10;
            }
        }
        step
    }

    fn wide(self) -> (i128, i128) {
        (i128::from(self.numerator), i128::from(self.denominator))
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Rational) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Rational) -> Ordering {
        let (a, b) = (self.wide(), other.wide());
        (a.0 * b.1).cmp(&(b.0 * a.1))
    }
}

/// As copy writes it: grouped digits, at most two decimals.
impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (n, d) = self.wide();
        let hundredths = (n.abs() * 200 + d) / (2 * d);
        let (whole, rest) = (hundredths / 100, hundredths % 100);
        if n < 0 && hundredths != 0 {
            f.write_str("-")?;
        }
        let digits = whole.to_string();
        for (i, c) in digits.char_indices() {
            if i > 0 && (digits.len() - i) % 3 == 0 {
                f.write_str(",")?;
            }
            write!(f, "{c}")?;
        }
        match rest {
            0 => Ok(()),
            r if r % 10 == 0 => write!(f, ".{}", r / 10),
            r => write!(f, ".{r:02}"),
        }
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    // Most numbers in copy fit in 64 bits, where division is several times faster.
    if let (Ok(mut x), Ok(mut y)) = (u64::try_from(a), u64::try_from(b)) {
        while y != 0 {
            (x, y) = (y, x % y);
        }
        return u128::from(x.max(1));
    }
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rational(n: i64, d: i64) -> Option<Rational> {
        Rational::new(n.into(), d.into())
    }

    #[test]
    fn reads_and_shows() {
        assert_eq!(Rational::parse("1.20"), rational(6, 5));
        assert_eq!(Rational::parse(".5"), rational(1, 2));
        assert_eq!(Rational::parse("5/9"), rational(5, 9));
        assert_eq!(Rational::parse(""), None);
        assert_eq!(Rational::parse("1x"), None);
        for (n, d, shown) in
            [(1_234_567, 1, "1,234,567"), (1, 3, "0.33"), (-5, 2, "-2.5"), (1999, 1000, "2"), (-1, 1000, "0")]
        {
            assert_eq!(rational(n, d).map(|r| r.to_string()).as_deref(), Some(shown));
        }
    }

    #[test]
    fn steps() {
        for (n, step) in [(6000, 1000), (5968, 1), (0, 1), (-120, 10)] {
            assert_eq!(Rational::whole(n).round_step(), Rational::whole(step));
        }
    }

    proptest! {
        #[test]
        fn arithmetic_is_exact_or_nothing(a in any::<i64>(), b in any::<i64>(), c in any::<i64>(), d in any::<i64>()) {
            if let (Some(x), Some(y)) = (rational(a, b), rational(c, d)) {
                if let Some(sum) = x.add(y) {
                    prop_assert_eq!(sum.sub(y), Some(x));
                }
                if let (Some(product), false) = (x.mul(y), y.is_zero()) {
                    prop_assert_eq!(product.div(y), Some(x));
                }
                prop_assert_eq!(x.cmp(&y), y.cmp(&x).reverse());
                prop_assert_eq!(x == y, x.cmp(&y) == Ordering::Equal);
                let _ = x.to_string();
            }
        }

        #[test]
        fn any_text_is_read_or_nothing(text in "[-0-9./a]{0,40}") {
            let _ = Rational::parse(&text);
        }
    }
}
