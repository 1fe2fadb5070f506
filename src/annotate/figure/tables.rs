//! The tables of units and currencies, with every form as a key.

use std::sync::{LazyLock, Mutex, PoisonError};

use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::Deserialize;

use super::unit::{Unit, rational};
use crate::text::{Rational, Token, WordFilter};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Units {
    prefix: Vec<Prefix>,
    unit: Vec<Unit>,
}

/// A prefix of the International System, or a binary one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Prefix {
    name: String,
    symbols: Vec<String>,
    #[serde(deserialize_with = "rational")]
    factor: Rational,
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

pub(super) struct Tables {
    units: FxHashMap<&'static str, &'static Unit>,
    symbols: FxHashMap<&'static str, &'static Unit>,
    inner: FxHashMap<&'static str, &'static Unit>,
    names: FxHashMap<&'static str, &'static Unit>,
    signs: FxHashMap<&'static str, &'static str>,
    currencies: FxHashMap<&'static str, &'static str>,
    codes: FxHashMap<&'static str, &'static str>,
    cents: FxHashMap<&'static str, &'static str>,
    /// The words that any of these begin with: some 2,000.
    starts: WordFilter<512>,
    /// Units put together from others while reading, by name: as many as the texts of this process have named.
    composed: Mutex<FxHashMap<String, &'static Unit>>,
}

impl Tables {
    pub fn get() -> &'static Tables {
        static TABLES: LazyLock<Tables> = LazyLock::new(Tables::build);
        &TABLES
    }

    fn build() -> Tables {
        let Units { prefix: prefixes, unit: units } =
            toml::from_str(include_str!("../../../rules/figures/units.toml")).expect("a test reads it");
        let money: Currencies =
            toml::from_str(include_str!("../../../rules/figures/currencies.toml")).expect("a test reads it");
        // The tables live as long as the process: figures point into them.
        let units: &'static [Unit] = Vec::leak(units);
        let money: &'static [Currency] = Vec::leak(money.currency);
        let mut tables = Tables {
            units: FxHashMap::with_capacity_and_hasher(2048, FxBuildHasher),
            symbols: FxHashMap::with_capacity_and_hasher(1024, FxBuildHasher),
            inner: FxHashMap::default(),
            names: FxHashMap::default(),
            signs: FxHashMap::default(),
            currencies: FxHashMap::default(),
            codes: FxHashMap::default(),
            cents: FxHashMap::default(),
            starts: WordFilter::new([]),
            composed: Mutex::default(),
        };
        for unit in units {
            tables.names.insert(&unit.name, unit);
            tables.units.extend(unit.words.iter().map(|w| (w.as_str(), unit)));
            tables.symbols.extend(unit.symbols.iter().map(|s| (s.as_str(), unit)));
            tables.inner.extend(unit.inner.iter().map(|s| (s.as_str(), unit)));
        }
        for unit in units {
            for symbol in unit.prefixes.split_whitespace() {
                let prefix = prefixes.iter().find(|p| p.symbols.iter().any(|s| s == symbol));
                tables.prefixed(prefix.expect("a test reads them"), unit);
            }
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
        let forms = tables.units.keys().chain(tables.symbols.keys()).chain(tables.inner.keys());
        let forms = forms.chain(tables.signs.keys()).chain(tables.currencies.keys());
        let forms = forms.chain(tables.codes.keys()).chain(tables.cents.keys());
        let firsts = forms.map(|form| first_word(form));
        let (plain, capital): (Vec<&str>, Vec<&str>) =
            firsts.partition(|word| word.bytes().all(|b| b.is_ascii_lowercase()));
        let lowered: Vec<String> = capital.iter().map(|word| word.to_lowercase()).collect();
        tables.starts = WordFilter::new(plain.into_iter().chain(lowered.iter().map(String::as_str)));
        tables
    }

    /// Adds what `prefix` makes of `unit`; forms that are listed keep their meaning.
    fn prefixed(&mut self, prefix: &Prefix, unit: &'static Unit) {
        let name = format!("{}{}", prefix.name, unit.name);
        let made = match self.names.get(name.as_str()) {
            Some(made) => *made,
            None => {
                let factor = prefix.factor.mul(unit.factor).expect("a test reads them");
                let made: &Unit = Box::leak(Box::new(Unit::made(name, unit.dimension.clone(), factor, None)));
                self.names.insert(&made.name, made);
                made
            }
        };
        for word in &unit.words {
            self.units.entry(format!("{}{word}", prefix.name).leak()).or_insert(made);
        }
        for symbol in unit.symbols.iter().chain(&unit.inner) {
            for sign in &prefix.symbols {
                self.symbols.entry(format!("{sign}{symbol}").leak()).or_insert(made);
            }
        }
    }

    /// Whether a unit, a currency or its cents may begin with this word: the cheap question before all forms are tried.
    pub fn may_start(&self, token: &Token) -> bool {
        self.starts.may_hold(token.hash)
    }

    /// The unit `words` name, in lower case.
    pub fn unit(&self, words: &str) -> Option<&'static Unit> {
        self.units.get(words).copied()
    }

    /// All names of units, in order.
    #[cfg(test)]
    pub fn unit_words(&self) -> Vec<&'static str> {
        let mut words: Vec<_> = self.units.keys().copied().collect();
        words.sort_unstable();
        words
    }

    /// The unit a symbol stands for after digits, as written.
    pub fn symbol(&self, symbol: &str) -> Option<&'static Unit> {
        self.symbols.get(symbol).copied()
    }

    /// The unit a symbol stands for beside other units, as written.
    pub fn inner(&self, symbol: &str) -> Option<&'static Unit> {
        self.symbol(symbol).or_else(|| self.inner.get(symbol).copied())
    }

    /// The unit that `factors` make together, each with its power; `None` for one that is no unit of anything.
    pub fn composed(&self, factors: &[(&'static Unit, i8)]) -> Option<&'static Unit> {
        let (lead, power) = *factors.first()?;
        if factors.len() == 1 && power == 1 {
            return Some(lead);
        }
        let name = composed_name(factors)?;
        if let Some(unit) = self.names.get(name.as_str()) {
            return Some(unit);
        }
        let mut composed = self.composed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(unit) = composed.get(&name) {
            return Some(unit);
        }
        // What is too large or small for an exact factor is compared with its like alone.
        let (dimension, factor) = composed_size(factors).unwrap_or_else(|| (name.clone(), Rational::ONE));
        let lead = (power == 1).then_some(lead);
        let unit: &'static Unit = Box::leak(Box::new(Unit::made(name.clone(), dimension, factor, lead)));
        composed.insert(name, unit);
        Some(unit)
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

/// The first word of a form, as the tokenizer takes it.
fn first_word(form: &str) -> &str {
    let end = form.find(|c: char| !(c.is_alphanumeric() || c == '.')).unwrap_or(form.len());
    &form[..end]
}

/// “kilogram per cubic meter”, “newton meter”.
fn composed_name(factors: &[(&'static Unit, i8)]) -> Option<String> {
    let mut name = String::new();
    let (above, below): (Vec<_>, Vec<_>) = factors.iter().partition(|(_, power)| *power > 0);
    for (unit, power) in above.iter().chain(&below) {
        if *power < 0 {
            name.push_str(if name.is_empty() { "per " } else { " per " });
        } else if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(match power.unsigned_abs() {
            1 => "",
            2 => "square ",
            3 => "cubic ",
            _ => return None,
        });
        name.push_str(&unit.name);
    }
    Some(name)
}

/// The dimension of a product and how many of its base units it is. Areas are in square meters, volumes in liters.
fn composed_size(factors: &[(&'static Unit, i8)]) -> Option<(String, Rational)> {
    let (mut above, mut below) = (String::new(), String::new());
    let mut size = Rational::ONE;
    for &(unit, power) in factors {
        let times = power.unsigned_abs();
        let mut factor = unit.factor;
        for _ in 1..times {
            factor = factor.mul(unit.factor)?;
        }
        let dimension = match (unit.dimension.as_str(), times) {
            (dimension, 1) => dimension.to_owned(),
            ("length", 2) => "area".to_owned(),
            ("length", 3) => {
                factor = factor.mul(Rational::whole(1000))?;
                "volume".to_owned()
            }
            (dimension, _) => format!("{dimension}^{times}"),
        };
        if power > 0 {
            size = size.mul(factor)?;
            above += if above.is_empty() { "" } else { "·" };
            above += &dimension;
        } else {
            size = size.div(factor)?;
            below += "/";
            below += &dimension;
        }
    }
    Some((above + &below, size))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Draft;

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

    #[test]
    fn prefixes_make_names_and_symbols() {
        let tables = Tables::get();
        let kilowatt = tables.unit("kilowatts").unwrap();
        assert_eq!((kilowatt.name.as_str(), kilowatt.factor), ("kilowatt", Rational::whole(1000)));
        assert_eq!(tables.symbol("µF"), tables.symbol("μF"));
        assert_eq!(tables.symbol("MB").unwrap().name, "megabyte");
        assert!(tables.symbol("B").is_none() && tables.inner("B").is_some());
    }

    #[test]
    fn units_made_of_others_have_the_size_of_their_parts() {
        let tables = Tables::get();
        let [mile, hour, meter, second, kilogram] =
            ["mile", "hour", "meter", "second", "kilogram"].map(|name| tables.names[name]);
        assert_eq!(tables.composed(&[(mile, 1), (hour, -1)]), tables.unit("mph"));
        let slow = tables.composed(&[(meter, 1), (second, -1)]).unwrap();
        assert_eq!((slow.dimension.as_str(), slow.factor), ("length/time", Rational::ONE));
        let dense = tables.composed(&[(kilogram, 1), (meter, -3)]).unwrap();
        assert_eq!((dense.name.as_str(), dense.dimension.as_str()), ("kilogram per cubic meter", "mass/volume"));
        assert!(std::ptr::eq(dense, tables.composed(&[(kilogram, 1), (meter, -3)]).unwrap()));
        assert_eq!(tables.composed(&[(meter, 4)]), None);
    }

    #[test]
    fn every_form_passes_the_cheap_question() {
        let tables = Tables::get();
        for form in tables.units.keys().chain(tables.symbols.keys()).chain(tables.currencies.keys()) {
            let draft = Draft::from_text(form);
            let first = &draft.tokens[0];
            assert!(!first.is_word() || tables.may_start(first), "{form}");
        }
    }
}
