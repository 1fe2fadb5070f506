//! What one unit is in another, where a word can mean several units.

use smallvec::SmallVec;

use crate::annotate::figure::Unit;
use crate::text::Rational;

/// All that copy may mean by a unit, in another: US and imperial gallons, short, long and metric tons. The first is the
/// one to show.
pub(super) struct Scales<'u> {
    from: &'u Unit,
    to: &'u Unit,
    factors: SmallVec<[Rational; 3]>,
}

impl<'u> Scales<'u> {
    pub fn between(from: &'u Unit, to: &'u Unit) -> Option<Scales<'u>> {
        if from == to {
            return None;
        }
        if from.name == "degree" && to.name == "degree Celsius" {
            // 104 degrees (40 Celsius): what is not said to be Celsius is Fahrenheit.
            return Some(Scales { from, to, factors: SmallVec::from_elem(Rational::new(5, 9)?, 1) });
        }
        let mut factors: SmallVec<[Rational; 3]> = SmallVec::new();
        if from.dimension == to.dimension && from.dimension != "time" {
            factors.push(from.factor.div(to.factor)?);
        } else {
            let (a, b) = (meanings(from), meanings(to));
            for x in a.values.iter().filter(|_| a.dimension == b.dimension && a.rest == b.rest) {
                factors.extend(b.values.iter().filter_map(|y| x.div(*y)));
            }
        }
        (!factors.is_empty()).then_some(Scales { from, to, factors })
    }

    /// Every value that `value` may be; as a step between temperatures where `step` says so.
    pub fn convert(&self, value: Rational, step: bool) -> SmallVec<[Rational; 3]> {
        if self.from.name == "degree" && !step {
            let above = value.sub(Rational::whole(32));
            return above.and_then(|v| v.mul(*self.factors.first()?)).into_iter().collect();
        }
        if self.from.offset.is_some() && !step {
            return self.from.to_base(value).and_then(|base| self.to.from_base(base)).into_iter().collect();
        }
        self.factors.iter().filter_map(|f| value.mul(*f)).collect()
    }

    /// The value that somebody gets who divides where to multiply.
    pub fn inverse(&self, value: Rational) -> Option<Rational> {
        value.div(*self.factors.first()?)
    }

    /// Whether one unit is of the metric system and the other is not, as in nearly every conversion that copy makes.
    pub fn cross_systems(&self) -> bool {
        is_metric(self.from) != is_metric(self.to)
    }
}

struct Meanings<'u> {
    dimension: &'u str,
    /// What a unit is divided by: the "/time" of gallons an hour.
    rest: &'u str,
    values: SmallVec<[Rational; 3]>,
}

/// Units whose size depends on where copy comes from, in liters and kilograms; any other unit stands for itself. Gallons an
/// hour mean as many things as gallons do.
fn meanings(unit: &Unit) -> Meanings<'_> {
    if let Some(lead) = unit.lead
        && let Some(rest) = unit.dimension.strip_prefix(lead.dimension.as_str())
        && let Some(parts) = unit.factor.div(lead.factor)
    {
        let Meanings { dimension, values, .. } = meanings(lead);
        return Meanings { dimension, rest, values: values.iter().filter_map(|v| v.mul(parts)).collect() };
    }
    let (dimension, sizes): (&str, &[&str]) = match unit.name.as_str() {
        "gallon" => ("volume", &["3.785411784", "4.54609"]),
        "quart" => ("volume", &["0.946352946", "1.1365225"]),
        "pint" => ("volume", &["0.473176473", "0.56826125"]),
        "barrel" => ("volume", &["158.987294928"]),
        "ton" => ("mass", &["907.18474", "1000", "1016.0469088"]),
        _ => {
            let dimension = match unit.dimension.as_str() {
                "volume" => "volume",
                "mass" => "mass",
                _ => "",
            };
            let values = if dimension.is_empty() { SmallVec::new() } else { SmallVec::from_elem(unit.factor, 1) };
            return Meanings { dimension, rest: "", values };
        }
    };
    Meanings { dimension, rest: "", values: sizes.iter().filter_map(|s| Rational::parse(s)).collect() }
}

fn is_metric(unit: &Unit) -> bool {
    let name = unit.name.as_str();
    ["meter", "gram", "liter", "hectare", "tonne", "Celsius"].iter().any(|m| name.contains(m)) || name == "kelvin"
}
