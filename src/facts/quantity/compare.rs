//! When two figures are one quantity: the gates that keep them apart, and how much says that they are one.

use serde::Deserialize;

use super::context::PARTITIVE;
use super::{Quantity, Told};
use crate::annotate::figure::{Hedge, lemma};
use crate::facts::interval::{self, Relation, Widths};

/// What keeps two figures apart. The names are for `newslint why`, and for desks that switch one off: all but those without which two
/// figures cannot be held against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gate {
    #[serde(skip_deserializing)]
    Sentence,
    #[serde(skip_deserializing)]
    Measure,
    #[serde(skip_deserializing)]
    Head,
    Modifiers,
    Frame,
    Who,
    When,
    Scope,
    Role,
    Modal,
    Speech,
    Contrast,
    /// Two sources give two numbers.
    Source,
    /// Nothing but the noun says that they are one quantity.
    #[serde(skip_deserializing)]
    Key,
    /// The values as written cannot be held against each other: a lower bound below.
    #[serde(skip_deserializing)]
    Hedge,
}

impl Gate {
    pub fn name(self) -> &'static str {
        match self {
            Gate::Sentence => "sentence: one sentence holds both",
            Gate::Measure => "measure: measured in different things",
            Gate::Head => "head: they count different things",
            Gate::Modifiers => "modifiers: described differently",
            Gate::Frame => "frame: different verbs",
            Gate::Who => "who: about different names",
            Gate::When => "when: at different times",
            Gate::Scope => "scope: different scopes",
            Gate::Role => "role: a state and a change",
            Gate::Modal => "modal: one is a plan or a condition",
            Gate::Speech => "speech: said in quotation marks",
            Gate::Contrast => "contrast: set against each other",
            Gate::Source => "source: two sources, two numbers",
            Gate::Key => "key: too little says that they are one quantity",
            Gate::Hedge => "hedge: more than the lower number fits both",
        }
    }
}

/// How much says that two figures are one quantity, beyond measure and noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Nothing more.
    Noun,
    /// Two content words of the sentences.
    Words,
    /// Three, and two in five of the shorter sentence’s.
    Sentence,
    /// Three in five, or all: one sentence sums the other up.
    Summary,
    /// The same verb, name and time.
    Event,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Compatible,
    Incomparable(Gate),
    Conflict(Relation, Strength),
}

/// What the desk sets about comparing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rules<'o> {
    pub widths: Widths,
    /// Nouns that count the same thing, as lemmas in groups.
    pub same_heads: &'o [Vec<String>],
    /// Gates that keep nothing apart.
    pub gates_off: &'o [Gate],
}

impl Rules<'_> {
    fn keeps(&self, gate: Gate) -> bool {
        !self.gates_off.contains(&gate)
    }
}

/// Whether `a` and `b` are one quantity with two values. The same for both orders.
pub fn compare(a: &Quantity<'_>, b: &Quantity<'_>, rules: &Rules<'_>) -> Verdict {
    let Some(relation) = interval::relate(a.figure, b.figure, &rules.widths) else {
        return Verdict::Incomparable(Gate::Measure);
    };
    if relation == Relation::Agrees {
        return Verdict::Compatible;
    }
    if relation == Relation::Open {
        return Verdict::Incomparable(Gate::Hedge);
    }
    if let Some(gate) = blocked(a, b, rules, relation.is_slip()) {
        return Verdict::Incomparable(gate);
    }
    let (of_a, of_b) = (a.rest(), b.rest());
    // “The school has 410 pupils”, “In 1990 it had 140”.
    let other_state = of_a.is_now && of_b.is_then && b.beside().when.is_some()
        || of_b.is_now && of_a.is_then && a.beside().when.is_some();
    if other_state && rules.keeps(Gate::When) {
        return Verdict::Incomparable(Gate::When);
    }
    let (shared, fewer) = a.shared(b);
    let event = of_a.frame.is_some()
        && of_a.frame == of_b.frame
        && a.told().names.iter().any(|n| b.told().names.iter().any(|m| same_name(n, m)))
        && (a.beside().when.is_some() && b.beside().when.is_some() || shared >= 3);
    // One sentence sums the other up: it has hardly a word of its own.
    let summary = (shared >= 3 && shared * 5 >= fewer * 3)
        || (shared >= 2 && shared == fewer)
        || (relation.may_be_slip() && of_a.is_led_like(of_b));
    let strength = if event {
        Strength::Event
    } else if summary {
        Strength::Summary
    } else if shared >= 3 && shared * 5 >= fewer * 2 {
        Strength::Sentence
    } else if shared >= 2 {
        Strength::Words
    } else {
        Strength::Noun
    };
    // Money and percentages without a noun need their whole sentence as the key.
    let bare = a.head.is_none() || b.head.is_none();
    let likely_slip = relation.is_slip() || (summary && relation.may_be_slip());
    // “seized ₹21 crore”, “had seized ₹12 crore cash”: the verb and a name beside a slip of the hand.
    let told = relation.is_slip()
        && strength >= Strength::Words
        && of_a.frame.is_some()
        && of_a.frame == of_b.frame
        && a.told().names.iter().any(|n| b.told().names.contains(n));
    if (bare && (strength < Strength::Sentence || !likely_slip) && !told)
        || (strength == Strength::Noun && !relation.is_slip())
    {
        return Verdict::Incomparable(Gate::Key);
    }
    // Police count 41, the union counts 61; a slip of the hand shows whoever speaks.
    if rules.keeps(Gate::Source)
        && !relation.is_slip()
        && matches!((of_a.source, of_b.source), (Some(x), Some(y)) if x != y)
    {
        return Verdict::Incomparable(Gate::Source);
    }
    // Two values with nothing in common are two quantities, unless all the rest is the same.
    let hedged = a.figure.hedge != Hedge::None || b.figure.hedge != Hedge::None;
    if relation == Relation::Far && (strength < Strength::Summary || hedged && strength < Strength::Event) {
        return Verdict::Incomparable(Gate::Key);
    }
    // A slip of the hand, or a sentence said twice, needs fewer gates than two values that have nothing to do with each other.
    let excused = (relation.is_slip() && strength >= Strength::Words) || (summary && relation.may_be_slip());
    match loosely_blocked(a, b, rules) {
        Some(gate) if !excused => Verdict::Incomparable(gate),
        _ => Verdict::Conflict(relation, strength),
    }
}

/// Whether a gate keeps two apart for good, so that [`compare`] cannot find a conflict: for those who need not know which.
pub fn are_apart(a: &Quantity<'_>, b: &Quantity<'_>, rules: &Rules<'_>) -> bool {
    // What costs least to read comes first: most pairs differ in it.
    a.figure.role != b.figure.role && rules.keeps(Gate::Role)
        || differently_described(a, b, rules).is_some()
        || !may_differ(a, b, rules)
        || rules.keeps(Gate::Scope) && other_scope(a, b)
        || rules.keeps(Gate::When) && a.told().time_words != b.told().time_words && !are_described(a, b)
        || blocked(a, b, rules, true).is_some()
}

/// Whether the values of two are different, and so that it can be a slip where no noun says that the two are one.
fn may_differ(a: &Quantity<'_>, b: &Quantity<'_>, rules: &Rules<'_>) -> bool {
    let bare = a.head.is_none() || b.head.is_none();
    match interval::relate(a.figure, b.figure, &rules.widths) {
        None | Some(Relation::Agrees | Relation::Open) => false,
        Some(relation) => relation.may_be_slip() || !bare,
    }
}

/// The gate that keeps two apart; what their difference has the shape of a slip for may pass some.
fn blocked(a: &Quantity<'_>, b: &Quantity<'_>, rules: &Rules<'_>, slip: bool) -> Option<Gate> {
    if let Some(gate) = differently_described(a, b, rules) {
        return Some(gate);
    }
    let (beside_a, beside_b) = (a.beside(), b.beside());
    if beside_a.aside != beside_b.aside {
        return Some(Gate::Scope);
    }
    // The council of one town and the council: the last word is what counts.
    let apart = |x: &[&str], y: &[&str]| match (x.last(), y.last()) {
        (Some(of), Some(other)) => !x.contains(other) && !y.contains(of),
        _ => false,
    };
    let (terms_a, terms_b) = (&beside_a.terms, &beside_b.terms);
    let other_terms = !terms_a.is_empty() && !terms_b.is_empty() && !terms_a.iter().any(|t| terms_b.contains(t));
    if rules.keeps(Gate::Modifiers) && (apart(&beside_a.of, &beside_b.of) || other_terms) {
        return Some(Gate::Modifiers);
    }
    let (told_a, told_b) = (a.told(), b.told());
    // A name at the start of a sentence may be a word like any other.
    let lacks = |x: &Told<'_>, y: &Told<'_>, of_y: &Quantity<'_>| {
        let missing = |n: &str| !y.names.iter().any(|m| same_name(n, m)) && !of_y.rest().words.contains(&lemma(n));
        x.names.iter().any(|n| missing(n))
    };
    if rules.keeps(Gate::Who) && lacks(told_a, told_b, b) && lacks(told_b, told_a, a) {
        return Some(Gate::Who);
    }
    if let Some(gate) = told_apart(a, b).filter(|gate| rules.keeps(*gate)) {
        return Some(gate);
    }
    let other_time = || {
        matches!((&beside_a.when, &beside_b.when), (Some(x), Some(y)) if x.differs(y))
            || told_a.time_words != told_b.time_words && !(slip && are_described(a, b))
    };
    if rules.keeps(Gate::When) && other_time() {
        return Some(Gate::When);
    }
    if rules.keeps(Gate::Scope) && other_scope(a, b) {
        return Some(Gate::Scope);
    }
    if rules.keeps(Gate::Role) && a.figure.role != b.figure.role {
        return Some(Gate::Role);
    }
    let (x, y) = (beside_a.speech, beside_b.speech);
    (rules.keeps(Gate::Speech) && x != y && x.is_some() && y.is_some()).then_some(Gate::Speech)
}

/// The gate that keeps two apart by what they are told to count, and where.
fn differently_described(a: &Quantity<'_>, b: &Quantity<'_>, rules: &Rules<'_>) -> Option<Gate> {
    if a.place == b.place {
        return Some(Gate::Sentence);
    }
    if a.figure.per != b.figure.per {
        return Some(Gate::Measure);
    }
    if let (Some(x), Some(y)) = (&a.head, &b.head) {
        let grouped = || rules.same_heads.iter().any(|g| g.iter().any(|w| w == x) && g.iter().any(|w| w == y));
        if x != y && !grouped() {
            return Some(Gate::Head);
        }
    }
    let within = |x: &Quantity<'_>, y: &Quantity<'_>| x.modifiers.iter().all(|m| y.modifiers.contains(m));
    (rules.keeps(Gate::Modifiers) && !within(a, b) && !within(b, a)).then_some(Gate::Modifiers)
}

/// Whether two figures count what the same two words or more describe: best tourist destinations.
fn are_described(a: &Quantity<'_>, b: &Quantity<'_>) -> bool {
    a.modifiers.len() >= 2 && a.modifiers == b.modifiers
}

/// Whether words beside two figures make them other parts of a whole. “The 25 best towns” and “21st of the 52 best towns” are wholes both.
fn other_scope(a: &Quantity<'_>, b: &Quantity<'_>) -> bool {
    let described = !a.modifiers.is_empty() && a.modifiers == b.modifiers;
    let differing = a.scope() ^ b.scope();
    differing & !(if described { PARTITIVE } else { 0 }) != 0
}

/// The gates that a telling difference may pass.
fn loosely_blocked(a: &Quantity<'_>, b: &Quantity<'_>, rules: &Rules<'_>) -> Option<Gate> {
    let (of_a, of_b) = (a.rest(), b.rest());
    if rules.keeps(Gate::Frame) && matches!((of_a.frame, of_b.frame), (Some(x), Some(y)) if x != y) {
        return Some(Gate::Frame);
    }
    if rules.keeps(Gate::Modal) && of_a.modal != of_b.modal {
        return Some(Gate::Modal);
    }
    if rules.keeps(Gate::Speech) && (a.beside().speech == Some(None) || b.beside().speech == Some(None)) {
        return Some(Gate::Speech);
    }
    (rules.keeps(Gate::Contrast) && (of_a.contrast || of_b.contrast)).then_some(Gate::Contrast)
}

/// The gate that keeps two figures apart by what stands right beside them, however like their sentences are: each has its own place, with
/// no name in common, or its own night or round.
pub fn told_apart(a: &Quantity<'_>, b: &Quantity<'_>) -> Option<Gate> {
    let (a, b) = (a.beside(), b.beside());
    let shared = || a.local.iter().any(|n| b.local.iter().any(|m| same_name(n, m)));
    if !a.local.is_empty() && !b.local.is_empty() && !shared() {
        return Some(Gate::Who);
    }
    matches!((a.turn, b.turn), (Some(x), Some(y)) if x != y).then_some(Gate::When)
}

/// Ukraine and Ukrainian are one name; two names of one start are not often in one story.
fn same_name(a: &str, b: &str) -> bool {
    let stem = |s: &str| s.char_indices().nth(5).map_or(s.len(), |(i, _)| i);
    a == b || (a.len() > 5 && b.len() > 5 && a[..stem(a)] == b[..stem(b)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::{Gazetteer, annotate};
    use crate::source::Draft;

    fn verdict(text: &str, other: &str) -> Verdict {
        let (a, b) = (Draft::from_text(text), Draft::from_text(other));
        let gazetteer = Gazetteer::default();
        let (read_a, read_b) = (annotate(&a, None, &gazetteer), annotate(&b, None, &gazetteer));
        let x = Quantity::new(&a, &read_a, &read_a.figures[0]);
        let y = Quantity::new(&b, &read_b, &read_b.figures[0]);
        let there = compare(&x, &y, &Rules::default());
        assert_eq!(there, compare(&y, &x, &Rules::default()), "{text} {other}");
        there
    }

    #[test]
    fn one_quantity_with_two_values() {
        let there = verdict(
            "The army launched 653 drones at Veland overnight.",
            "Officials said that 635 drones were launched at Veland.",
        );
        assert!(
            matches!(there, Verdict::Conflict(Relation::Transposed, Strength::Event | Strength::Words)),
            "{there:?}"
        );
    }

    #[test]
    fn gates_keep_figures_apart() {
        for (a, b, gate) in [
            (
                "The bakery in the old mill employs 300 workers in shifts.",
                "A year earlier the bakery in the old mill had employed 460 workers in shifts.",
                Gate::When,
            ),
            ("The army fired 30 rockets at Veland.", "The army bought 91 rockets.", Gate::Key),
            ("Veland sent 210 boats.", "Norvik sent 201 boats.", Gate::Who),
            (
                "The gale out of Ottermouth damaged 34 sheds in Norvik.",
                "The gale damaged 43 sheds in Ottermouth.",
                Gate::Who,
            ),
            ("It sold 120 red boats.", "It sold 102 blue boats.", Gate::Modifiers),
            ("The club has 450 paying members.", "The club could have 920 paying members.", Gate::Modal),
            ("The club has 450 members.", "The club has 405 chairs.", Gate::Head),
            (
                "The pump was 48 percent efficient at all speeds.",
                "The pump was slower to start in the cold (46 percent efficient).",
                Gate::Scope,
            ),
        ] {
            assert_eq!(verdict(a, b), Verdict::Incomparable(gate), "{a} {b}");
        }
    }

    #[test]
    fn a_gate_can_be_switched_off() {
        let (a, b) = ("Veland sent 210 boats to the fair.", "Norvik sent 201 boats to the fair.");
        let (a, b) = (Draft::from_text(a), Draft::from_text(b));
        let (read_a, read_b) = (annotate(&a, None, &Gazetteer::default()), annotate(&b, None, &Gazetteer::default()));
        let x = Quantity::new(&a, &read_a, &read_a.figures[0]);
        let y = Quantity::new(&b, &read_b, &read_b.figures[0]);
        let off = |gates_off: &[Gate]| compare(&x, &y, &Rules { gates_off, ..Rules::default() });
        assert_eq!(off(&[]), Verdict::Incomparable(Gate::Who));
        assert!(matches!(off(&[Gate::Who]), Verdict::Conflict(Relation::Transposed, _)), "{:?}", off(&[Gate::Who]));
    }

    #[test]
    fn hedges_agree() {
        assert_eq!(verdict("His five-hour meeting ended.", "It took almost five hours of talks."), Verdict::Compatible);
    }
}
