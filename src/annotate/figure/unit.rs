//! Units and currencies: what a number is a number of.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::text::Rational;

/// A unit of measure, from `rules/figures/units.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Its ordinary English singular.
    pub name: String,
    /// Only units of one dimension can be converted.
    pub dimension: String,
    /// How many base units of the dimension it is.
    #[serde(deserialize_with = "rational")]
    pub factor: Rational,
    /// Added after the factor: temperatures.
    #[serde(default, deserialize_with = "some_rational")]
    pub offset: Option<Rational>,
    words: Vec<String>,
    #[serde(default)]
    symbols: Vec<String>,
}

impl Unit {
    /// `value` of this unit in the dimension's base unit.
    pub fn to_base(&self, value: Rational) -> Option<Rational> {
        let scaled = value.mul(self.factor)?;
        match self.offset {
            Some(offset) => scaled.add(offset),
            None => Some(scaled),
        }
    }

    /// A value in the base unit, in this unit.
    pub fn from_base(&self, base: Rational) -> Option<Rational> {
        base.sub(self.offset.unwrap_or(Rational::ZERO))?.div(self.factor)
    }
}

impl PartialEq for Unit {
    fn eq(&self, other: &Unit) -> bool {
        self.name == other.name
    }
}

impl Eq for Unit {}

/// What a figure measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Things counted, or a bare number.
    Count,
    Percent,
    PercentagePoint,
    /// A part of a whole: two-thirds, one in five.
    Fraction,
    /// ISO 4217 code.
    Money(&'static str),
    Unit(&'static Unit),
    /// The age of somebody, in a unit of time.
    Age(&'static Unit),
    Ordinal,
    /// A score or a vote: 3-1, 52–48.
    Score,
}

impl Measure {
    /// The name used in the JSON contract; `None` for counts.
    pub fn name(&self) -> Option<&str> {
        Some(match self {
            Measure::Count => return None,
            Measure::Percent => "percent",
            Measure::PercentagePoint => "percentage-point",
            Measure::Fraction => "fraction",
            Measure::Money(code) => code,
            Measure::Unit(unit) | Measure::Age(unit) => &unit.name,
            Measure::Ordinal => "ordinal",
            Measure::Score => "score",
        })
    }

    pub fn unit(&self) -> Option<&'static Unit> {
        match self {
            Measure::Unit(unit) | Measure::Age(unit) => Some(unit),
            _ => None,
        }
    }

    /// Whether it is a length of time.
    pub fn is_time(&self) -> bool {
        matches!(self, Measure::Unit(unit) if unit.dimension == "time")
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Units {
    unit: Vec<Unit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Currencies {
    currency: Vec<Currency>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Currency {
    code: String,
    signs: Vec<String>,
    words: Vec<String>,
    #[serde(default)]
    cents: Vec<String>,
}

/// The tables, with every form as a key.
pub(super) struct Tables {
    units: FxHashMap<&'static str, &'static Unit>,
    symbols: FxHashMap<&'static str, &'static Unit>,
    signs: FxHashMap<&'static str, &'static str>,
    currencies: FxHashMap<&'static str, &'static str>,
    codes: FxHashMap<&'static str, &'static str>,
    cents: FxHashMap<&'static str, &'static str>,
}

impl Tables {
    pub fn get() -> &'static Tables {
        static TABLES: LazyLock<Tables> = LazyLock::new(Tables::build);
        &TABLES
    }

    fn build() -> Tables {
        let units: Units = toml::from_str(include_str!("../../../rules/figures/units.toml")).expect("a test reads it");
        let money: Currencies =
            toml::from_str(include_str!("../../../rules/figures/currencies.toml")).expect("a test reads it");
        // The tables live as long as the process: figures point into them.
        let units: &'static [Unit] = Vec::leak(units.unit);
        let money: &'static [Currency] = Vec::leak(money.currency);
        let mut tables = Tables {
            units: FxHashMap::default(),
            symbols: FxHashMap::default(),
            signs: FxHashMap::default(),
            currencies: FxHashMap::default(),
            codes: FxHashMap::default(),
            cents: FxHashMap::default(),
        };
        for unit in units {
            tables.units.extend(unit.words.iter().map(|w| (w.as_str(), unit)));
            tables.symbols.extend(unit.symbols.iter().map(|s| (s.as_str(), unit)));
        }
        for currency in money {
            let code = currency.code.as_str();
            tables.codes.insert(code, code);
            tables.signs.extend(currency.signs.iter().map(|s| (s.as_str(), code)));
            tables.currencies.extend(currency.words.iter().map(|w| (w.as_str(), code)));
            let short = |word: &&String| word.contains("dollar").then(|| &*word.replace("dollar", "dlr").leak());
            tables.currencies.extend(currency.words.iter().filter_map(|w| Some((short(&w)?, code))));
            tables.cents.extend(currency.cents.iter().map(|w| (w.as_str(), code)));
        }
        tables
    }

    /// The unit `words` name, in lower case.
    pub fn unit(&self, words: &str) -> Option<&'static Unit> {
        self.units.get(words).copied()
    }

    /// The unit a symbol stands for after digits, as written.
    pub fn symbol(&self, symbol: &str) -> Option<&'static Unit> {
        self.symbols.get(symbol).copied()
    }

    /// The currency of a sign or code before digits, as written.
    pub fn sign(&self, sign: &str) -> Option<&'static str> {
        self.signs.get(sign).or_else(|| self.codes.get(sign)).copied()
    }

    /// The currency `words` name after a number, in lower case.
    pub fn currency(&self, words: &str) -> Option<&'static str> {
        self.currencies.get(words).copied()
    }

    /// The currency whose hundredth `word` names, in lower case: cents, pence, kopecks.
    pub fn cents(&self, word: &str) -> Option<&'static str> {
        self.cents.get(word).copied()
    }

    /// An ISO code as written.
    pub fn code(&self, code: &str) -> Option<&'static str> {
        self.codes.get(code).copied()
    }
}

fn rational<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Rational, D::Error> {
    let digits = String::deserialize(deserializer)?;
    Rational::parse(&digits).ok_or_else(|| serde::de::Error::custom(format!("no exact number: {digits}")))
}

fn some_rational<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Rational>, D::Error> {
    rational(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversions_are_exact() {
        let tables = Tables::get();
        let (mile, km) = (tables.unit("miles").unwrap(), tables.unit("km").unwrap());
        let there = km.from_base(mile.to_base(Rational::whole(1)).unwrap()).unwrap();
        assert_eq!(there, Rational::parse("1.609344").unwrap());
        let (f, c) = (tables.symbol("F").unwrap(), tables.symbol("C").unwrap());
        assert_eq!(c.from_base(f.to_base(Rational::whole(104)).unwrap()), Some(Rational::whole(40)));
        assert_eq!(f.from_base(c.to_base(Rational::whole(-40)).unwrap()), Some(Rational::whole(-40)));
    }
}
