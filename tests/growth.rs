//! The work grows with the length of a draft, not with its square.

use std::fmt::Write;
use std::time::{Duration, Instant};

use newslint::corpus::Reference;
use newslint::lint::{Settings, lint};
use newslint::source::Draft;

/// Copy in which much could be held against much: names that begin alike, figures without nouns, verbs with opposites and speech, no
/// two sentences the same.
fn copy(paragraphs: usize) -> String {
    let mut text = String::new();
    let mut state = 7_u64;
    let mut next = |most: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % most
    };
    for n in 0..paragraphs {
        let mut name = |first: &str| {
            let mut name = first.to_owned();
            (0..3)
                .for_each(|_| name.push_str(["ar", "el", "im", "os", "und", "yr", "ek", "av", "ith", "orn"][next(10)]));
            name
        };
        let (surname, place) = (name("B"), name("K"));
        let verb = ["captured", "lost", "approved", "rejected", "opened", "closed", "raised", "cut"][next(8)];
        let given = ["Mara", "Tobias", "Ingrid", "Paulo", "Edwin", "Halima"][next(6)];
        let (cost, share, count) = (next(900) + 12, next(97) + 2, next(90_000) + 100);
        write!(
            text,
            "Crews from {place} {verb} the harbor at stage {n} after a night of rain. Councilor {given} {surname} said it would cost \
             ${cost} million, {share}% of it from {count} ratepayers. “We counted boat {count} in {place} twice,” {surname} said, \
             “and nobody here {verb} anything that day.”\n\n"
        )
        .expect("a string takes everything");
    }
    text
}

/// The shortest of three runs.
fn time_of(paragraphs: usize) -> Duration {
    let text = copy(paragraphs);
    let (settings, reference) = (Settings::built_in(), Reference::default());
    let run = |_| {
        let start = Instant::now();
        std::hint::black_box(lint(&Draft::from_text(&text), &settings, &reference));
        start.elapsed()
    };
    (0..3).map(run).min().expect("three runs")
}

#[test]
fn slow_a_draft_four_times_as_long_takes_about_four_times_as_long() {
    if std::env::var_os("NEWSLINT_SLOW_TESTS").is_none() {
        return;
    }
    let (short, long) = (time_of(900), time_of(3600));
    // Sixteen times where every sentence is held against every other.
    assert!(long < short * 7, "{short:?} and {long:?}");
}
