//! Units and currencies: what a number is a number of.

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
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) symbols: Vec<String>,
    /// Symbols that are good only behind a prefix or beside another unit.
    #[serde(default)]
    pub(super) inner: Vec<String>,
    /// The symbols of the prefixes it is used with, with spaces between.
    #[serde(default)]
    pub(super) prefixes: String,
    /// For a unit made of others, the first of them: gallon of gallon per minute.
    #[serde(skip)]
    pub lead: Option<&'static Unit>,
}

impl Unit {
    /// A unit that no table lists.
    pub(super) fn made(name: String, dimension: String, factor: Rational, lead: Option<&'static Unit>) -> Unit {
        let (words, symbols, inner, prefixes) = Default::default();
        Unit { name, dimension, factor, offset: None, words, symbols, inner, prefixes, lead }
    }

    /// `value` of this unit in the dimension's base unit.
    pub fn to_base(&self, value: Rational) -> Option<Rational> {
        let scaled = value.mul(self.factor)?;
        match self.offset {
            Some(offset) => scaled.add(offset),
            None => Some(scaled),
        }
    }

    /// Its name for any number but one: feet, miles per hour.
    pub fn plural(&self) -> String {
        let (one, rest) = self.name.split_once(" per ").unwrap_or((&self.name, ""));
        let mut many = match one {
            _ if one.ends_with("foot") => one.replace("foot", "feet"),
            _ if one.ends_with("inch") => format!("{one}es"),
            _ if one.ends_with("hertz") || one.ends_with("lux") || one.ends_with("siemens") => one.to_owned(),
            _ if one.ends_with("century") => one.replace("century", "centuries"),
            _ => match one.strip_prefix("degree") {
                Some(scale) => format!("degrees{scale}"),
                None => format!("{one}s"),
            },
        };
        if !rest.is_empty() {
            many.push_str(" per ");
            many.push_str(rest);
        }
        many
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

pub(super) fn rational<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Rational, D::Error> {
    let digits = String::deserialize(deserializer)?;
    Rational::parse(&digits).ok_or_else(|| serde::de::Error::custom(format!("no exact number: {digits}")))
}

fn some_rational<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Rational>, D::Error> {
    rational(deserializer).map(Some)
}
