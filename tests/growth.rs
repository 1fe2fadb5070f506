//! The work grows with the length of a draft, not with its square: twice the copy costs about twice as much.

use std::fmt::Write;
use std::time::{Duration, Instant};

use newslint::corpus::Reference;
use newslint::lint::{Settings, lint};
use newslint::source::Draft;

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    fn one_of(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len())]
    }

    fn given(&mut self) -> &'static str {
        self.one_of(&["Mara", "Tobias", "Ingrid", "Paulo", "Edwin", "Halima", "Susan", "Peter"])
    }

    /// A name that nobody has, with `first` before it: thousands of them, many a letter or two from others.
    fn name(&mut self, first: &str) -> String {
        let syllables = ["ar", "el", "im", "os", "und", "yr", "ek", "av", "ith", "orn"];
        first.chars().map(String::from).chain((0..4).map(|_| self.one_of(&syllables).to_owned())).collect()
    }
}

/// Surnames that begin alike, full names, names with titles and bare ones.
fn names(dice: &mut Dice, _: usize) -> String {
    let initials = ["B", "D", "G", "K", "L", "M"];
    let (given, coach, first, other) = (dice.given(), dice.given(), dice.one_of(&initials), dice.one_of(&initials));
    let (surname, other, place) = (dice.name(first), dice.name(other), dice.name("T"));
    let title = dice.one_of(&["Mr.", "Ms.", "Dr."]);
    format!(
        "{given} {surname}, of {place}, won the race. {surname} thanked {title} {other} and coach {coach} {other} of the \
         {place} University."
    )
}

fn figures(dice: &mut Dice, _: usize) -> String {
    let event = dice.one_of(&["storm", "fire", "flood", "quake"]);
    let (dead, homes, hurt, losses) = (dice.below(900), dice.below(9_000), dice.below(900), dice.below(900));
    format!(
        "The {event} killed {dead} people and damaged {homes} homes in the district, officials said. At least {hurt} people \
         were injured, and losses reached ${losses} million."
    )
}

fn dates(dice: &mut Dice, _: usize) -> String {
    let day = dice.one_of(&["Monday", "Tuesday", "Friday"]);
    let (met, again, year, strike) = (dice.below(28) + 1, dice.below(28) + 1, dice.below(75), dice.below(75));
    let surname = dice.name("B");
    format!(
        "The council met on {day}, March {met}, {}, and again on April {again} for three hours. The strike began in {} and \
         lasted two years. Edwin {surname} was born on May {met}, {}.",
        1950 + year,
        1950 + strike,
        1930 + year
    )
}

fn quotations(dice: &mut Dice, at: usize) -> String {
    let (thing, given, surname) = (dice.one_of(&["boats", "cranes", "trucks"]), dice.given(), dice.name("D"));
    let said: Vec<&str> =
        (0..8).map(|_| dice.one_of(&["we", "open", "the", "harbor", "until", "close", "bridge"])).collect();
    format!(
        "“We will not close the harbor this winter, and the {at} {thing} of Tarn Bay can stay,” said {given} {surname}. \
         “{}.”",
        said.join(" ")
    )
}

fn list(dice: &mut Dice, _: usize) -> String {
    let (given, surname) = (dice.given(), dice.name("B"));
    let office = dice.one_of(&["Harbor Master", "Councilor", "Professor", "Captain"]);
    format!("- {given} {surname}, {}, {office}: {} votes, {}%", dice.below(60) + 20, dice.below(900), dice.below(98))
}

/// How paragraphs stand: apart, or all in one.
const APART: &str = "\n\n";
const IN_ONE: &str = " ";

fn copy(paragraph: fn(&mut Dice, usize) -> String, count: usize, between: &str) -> String {
    let (mut text, mut dice) = (String::new(), Dice(7));
    for at in 0..count {
        write!(text, "{}{between}", paragraph(&mut dice, at)).expect("a string takes everything");
    }
    text
}

/// The time that this thread has had of a processor, where the system tells: other work on the machine makes little
/// difference to it.
fn clock(start: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.as_deref().and_then(|told| told.split(' ').next()?.parse().ok());
    nanos.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

fn time_of(text: &str, settings: &Settings) -> Duration {
    let start = Instant::now();
    let before = clock(start);
    std::hint::black_box(lint(&Draft::from_text(text), settings, &Reference::default()));
    clock(start).saturating_sub(before)
}

#[test]
fn slow_twice_the_copy_is_about_twice_the_work() {
    /// All against all would be 4.
    const MOST: f64 = 2.8;
    /// Paragraphs: more than are ever held against each other, one by one.
    const SHORT: usize = 300;
    type Paragraph = fn(&mut Dice, usize) -> String;
    if std::env::var_os("NEWSLINT_SLOW_TESTS").is_none() {
        return;
    }
    let kinds: [(&str, Paragraph, &str); 6] = [
        ("names", names, APART),
        ("figures", figures, APART),
        ("dates", dates, APART),
        ("quotations", quotations, APART),
        ("a list", list, "\n"),
        ("names in one block", names, IN_ONE),
    ];
    let settings = Settings::built_in();
    let mut failed = String::new();
    for (kind, paragraph, between) in kinds {
        let (short, long) = (copy(paragraph, SHORT, between), copy(paragraph, 2 * SHORT, between));
        // The shortest of several runs; where the first do not show it, some more.
        let (mut least, mut most) = (Duration::MAX, Duration::MAX);
        let grown = (0..4).any(|_| {
            least = least.min(time_of(&short, &settings));
            most = most.min(time_of(&long, &settings));
            most.as_secs_f64() < MOST * least.as_secs_f64()
        });
        let ratio = most.as_secs_f64() / least.as_secs_f64();
        let line = format!("{kind}: {least:.1?}, and {most:.1?} for twice as much, {ratio:.2} times\n");
        print!("{line}");
        if !grown {
            failed += &line;
        }
    }
    assert!(failed.is_empty(), "{failed}");
}
