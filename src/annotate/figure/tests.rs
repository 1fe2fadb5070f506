use proptest::prelude::*;

use super::tables::Tables;
use super::*;

fn figures(text: &str) -> Vec<String> {
    let draft = Draft::from_text(text);
    let show = |f: &Figure| {
        let mut out = f.value.to_f64().to_string();
        if let Some(high) = f.high {
            out += &format!("..{}", high.to_f64());
        }
        for part in [f.measure.name(), f.hedge.name(), f.noun.map(|n| n.head.of(&draft.text))].into_iter().flatten() {
            out += " ";
            out += part;
        }
        out
    };
    read(&draft, &[]).iter().map(show).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(figures(text), expected, "{text}");
}

#[test]
fn digits_and_scales() {
    check("They counted 1,237 ships and 92,2 million tons of it.", &["1237 ships", "92200000 ton"]);
    check("It cost $1.2bn, or £3m.", &["1200000000 USD", "3000000 GBP"]);
    check("It cost USD3.14 or RM42 or Rs. 20 or QR 350,000.", &["3.14 USD", "42 MYR", "20 INR", "350000 QAR"]);
    check("It lost 1.2m readers; the wall is 1.78m tall.", &["1200000 readers", "1.78 meter"]);
}

#[test]
fn innings_are_no_figures() {
    check("Norvik were at 4 for 112 when the rain came, with 30 overs to go.", &["30 overs"]);
    check("The prices fell to 3 for 20 euros.", &["3", "20 EUR"]);
}

#[test]
fn words() {
    check("They sent six hundred and fifty-three drones.", &["653 drones"]);
    check("It took two and a half years and half a million tiles.", &["2.5 year", "500000 tiles"]);
    check("A dozen boats and dozens of nets sank.", &["12 boats", "24..99 nets"]);
    check("It was three thousand million.", &["3000000000"]);
    check("No one saw it. The one they want is one of the best.", &[]);
}

#[test]
fn fractions() {
    check("It holds roughly one-fifth of the land.", &["0.2 fraction about land"]);
    check("One in five of us and four in 10 adults agree.", &["0.2 fraction", "0.4 fraction adults"]);
    check("Half of the crew left after half an hour.", &["0.5 fraction crew", "0.5 hour"]);
}

#[test]
fn money_of_every_shape() {
    check("It cost 900,000 won, Kr 4.5 million or 20 Swiss francs.", &["900000 KRW", "4500000 SEK", "20 CHF"]);
    check("She paid 300 pounds and lost 20 pounds.", &["300 GBP", "20 pound"]);
    check("It raised 3 million pounds from 40 mln Australian dlrs.", &["3000000 GBP", "40000000 AUD"]);
    check("A litre costs 20 to 25 cents, or 15 kopecks.", &["0.2..0.25 USD", "0.15 RUB"]);
    check("They wore N95 masks; the van cost R120,000.", &["120000 ZAR"]);
    check("Of the 700 who ran, 90 won prizes.", &["700", "90"]);
}

#[test]
fn numbers_in_odd_dress() {
    check("The loan is 10 000 euros at 7-1/8 pct.", &["10000 EUR", "7.125 percent"]);
    check("A quarter of a million tiles and a couple of hundred bricks.", &["250000 tiles", "200..300 bricks"]);
    check("It rose half a percent, then three tenths of a percentage point.", &["0.5 percent", "0.3 percentage-point"]);
    check("It is 2.4 × 10^6 and 3e-3.", &["2400000", "0.003"]);
    check("It weighs 45 ± 2 kg, plus or minus 3 percent.", &["43..47 kilogram", "3 percent"]);
    check("He is 6'2\" tall; she is 5 feet 9.", &["74 inch", "5 foot", "9"]);
    check("It was 10 degrees below zero at Ground Zero.", &["-10 degree"]);
    check("Ages ranged from 10 to 15 years.", &["10..15 year"]);
}

#[test]
fn units_made_of_others() {
    check("It moves 12 litres a minute, or 3 gallons per minute.", &["12 liter per minute", "3 gallon per minute"]);
    check(
        "It gave 4 t/ha, 7.8 g/cm3 and 1.62 m/s².",
        &["4 tonne per hectare", "7.8 gram per cubic centimeter", "1.62 meter per square second"],
    );
    check(
        "It needs 45 N·m, or 9.8 m s-2 and 400 W/(m2 K).",
        &["45 newton meter", "9.8 meter per square second", "400 watt per square meter per kelvin"],
    );
    check("It gives 1.4 kilowatt-hours per square metre per day.", &["1.4 kilowatt hour per square meter per day"]);
    check("Shops open 5 days a week; it fell 20 miles a day earlier.", &["5 day", "20 mile"]);
    check("He put 5 kg in the van and 3 MW at the site.", &["5 kilogram", "3 megawatt"]);
}

#[test]
fn prefixes_and_symbols() {
    check(
        "It ran at 5 mW, then 5 MW, with 220 µF and 3,000 mAh.",
        &["5 milliwatt", "5 megawatt", "220 microfarad", "3000 milliampere hour"],
    );
    check(
        "It was heated to 293.15K, then 350 K; seat 12A, 20K people.",
        &["293.15 kelvin", "350 kelvin", "20000 people"],
    );
    check("The board is 8\" wide. \"It is 9\" he said.", &["8 inch", "9"]);
    check(
        "It is 40 degrees on the Celsius scale and burns 6.5 L/100km.",
        &["40 degree Celsius", "6.5 liter per 100 kilometers"],
    );
}

#[test]
fn powers() {
    check(
        "About 10⁶ cells, 10^3 more, 6.02×10³ and 8x2^10 bits.",
        &["1000000 about cells", "1000", "6020 bit", "8192 bit"],
    );
    check("It is 45² wide and 1.6 x 10^-19 C.", &["45"]);
}

#[test]
fn hours_with_minutes() {
    check("It took 1h30, then 2h 15m; he left at 7h30.", &["90 minute", "135 minute"]);
}

#[test]
fn numbers_with_commas_marks_and_restatements() {
    check("It drew three million, two hundred thousand voters.", &["3200000 voters"]);
    check("Of three million, two hundred died.", &["3000000", "200"]);
    check("It pays 12'500 francs within 45 (forty-five) days.", &["12500 CHF", "45 days"]);
    check("It sold 3.5m sq ft.", &["3500000 square foot"]);
    check("It grew one point oh five percent.", &["1.05 percent"]);
}

#[test]
fn parts_and_pairs_in_words() {
    check("It took eight-tenths of a second on a third of an acre.", &["0.8 second", "0.3333333333333333 acre"]);
    check("A million and a half came for one to two days.", &["1500000", "1..2 day"]);
    check("A two-, three- or four-year term; 4 and 1/2 cups.", &["2 year", "3 year", "4 year term", "4.5 cup"]);
    check("It is one to one, at 12 noon, with 120 mmHg.", &["120 millimeter of mercury"]);
}

#[test]
fn decimals_restatements_and_rates() {
    check("It fell by point five percent. Point 77.", &["0.5 percent", "0.77"]);
    check("At this point five people left. To the point 5 minutes in.", &["5 people", "5 minute"]);
    check("It is due within forty-five (45) days and shipped 278,000 t valued so.", &["45 days", "278000 tonne"]);
    check("It sends 2 kb/s, or 8 Mb per second.", &["2 kilobit per second", "8 megabit per second"]);
}

#[test]
fn distances_floods_and_quakes() {
    check("She won the 400m hurdles; a 1-in-100-year flood.", &["400 meter hurdles", "1"]);
    check("A 2-in-1 laptop with a 13-in screen.", &["2", "13 inch screen"]);
    check("A magnitude-6.1 quake hit a 2 1/2-year-old.", &["6.1 quake", "2.5 year"]);
}

#[test]
fn money_in_foreign_dress() {
    check("It cost € 1.500,50, 30 € or 100 $ a day.", &["1500.5 EUR", "30 EUR", "100 USD"]);
    check("It lost CHF 3 Mrd and USD 2.5 Mio.", &["3000000000 CHF", "2500000 USD"]);
    check("It fell by half a cent after COP27.", &["0.005 USD"]);
    check("It has 6 million three hundred thousand users, 3 lakh 50 thousand here.", &["6300000 users", "350000"]);
}

#[test]
fn pairs_and_loose_dashes() {
    check("It takes 10 - 12 days; it ended 2 - 1 and 3 - 2.", &["10..12 day", "2", "1", "3", "2"]);
    check("A 5 x 7 inch print and a 6-foot-3 center.", &["5 inch", "7 inch print", "75 inch center"]);
    check("Kenya, 104; Chad, 102. Ann Jordan, 45, left.", &["104", "102", "45 year"]);
    check(
        "A quarter-million people, 100-plus boats, in excess of 40 cars.",
        &["250000 people", "100 at-least boats", "40 more-than cars"],
    );
}

#[test]
fn names_are_no_figures() {
    check("The Six Nations met; she is number seven in the world. Boeing 737-800 jets left.", &[]);
    check("Nos. 10 and 11 stayed. The train left at 7.30 pm.", &[]);
    check("They ruled Dorne 11 times.", &["11 times"]);
}

#[test]
fn what_is_counted_behind_a_hyphen() {
    check("The six-party talks and a 40-strong crew.", &["6 party", "40 crew"]);
    check("The 1,200-mile pipeline drew half the voters.", &["1200 mile pipeline", "0.5 fraction voters"]);
}

#[test]
fn ranges_and_scores() {
    check("It takes 6–8 weeks and $5-6 million.", &["6..8 week", "5000000..6000000 USD"]);
    check("They won 3-1 and the vote was 52–48.", &["3..1 score", "52..48 score"]);
    check("Between 10 and 15 percent fell from 20 to 12.", &["10..15 percent", "20", "12"]);
}

#[test]
fn the_first_end_of_a_change_shares_the_scale() {
    check("It rose from $2.5 to $12.5bn.", &["2500000000 USD", "12500000000 USD"]);
    check("It fell from $6 to $4 million.", &["6000000 USD", "4000000 USD"]);
    check("It rose from $800 to $1.5 million.", &["800 USD", "1500000 USD"]);
}

#[test]
fn hedges() {
    check("almost five hours", &["5 hour nearly"]);
    check("a five-hour meeting", &["5 hour meeting"]);
    check(
        "More than 200 and at least 30 people, 50 or so dogs",
        &["200 more-than", "30 at-least people", "50 about dogs"],
    );
}

#[test]
fn amounts_in_two_parts() {
    check("He is 6ft 2in, or 5 feet 10 inches.", &["74 inch", "70 inch"]);
    check("It took an hour and a half, then 2 years and 3 months.", &["1.5 hour", "27 month"]);
}

#[test]
fn ages() {
    check("Ann Poe, 61, met a 12-year-old boy aged 9.", &["61 year", "12 year", "9 year"]);
}

#[test]
fn what_is_no_figure() {
    for text in [
        "It began in 2012, after the 1980s and the 2016–17 season.",
        "Call 202-555-0147 after 9/11 at 8:20 p.m. on Jan. 6, 2021.",
        "He lives at 12 Ash Road behind No. 10, flew on Flight 370 and caught Covid-19.",
        "The crew of Apollo 11, a Boeing 737 and an F-16 rose.",
        "They met on 6 January and 7 December 2025 in his 40s.",
    ] {
        check(text, &[]);
    }
}

/// What a reader sees no difference in makes none: which space stands between number and unit, and small or capital letters
/// in the unit’s name.
#[test]
fn spaces_and_capitals_change_nothing() {
    for unit in Tables::get().unit_words() {
        let plain = figures(&format!("It took 25 {unit} of it."));
        for space in ["\u{a0}", "\u{202f}", "\u{2009}"] {
            assert_eq!(figures(&format!("It took 25{space}{unit} of it.")), plain, "{unit} after {space:?}");
        }
        if unit.len() > 4 && unit.chars().all(char::is_alphabetic) {
            let capital: String = unit[..1].to_uppercase() + &unit[1..];
            assert_eq!(figures(&format!("It took 25 {capital} of it.")), plain, "{capital}");
            assert_eq!(figures(&format!("It took 25 {} of it.", unit.to_uppercase())), plain, "{unit}");
        }
        assert_eq!(figures(&format!("25 {unit}")).len(), 1, "{unit} at both ends");
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in "[a-z0-9$€½%°.,()/\\-– \n]{0,60}|\\PC{0,60}") {
        let draft = Draft::from_text(&text);
        for f in read(&draft, &[]) {
            prop_assert!(f.span.contains(f.amount) && f.amount.contains(f.number));
            prop_assert!(!f.span.of(&draft.text).is_empty());
            if let Some(noun) = f.noun {
                prop_assert!(noun.phrase.contains(noun.head) && !noun.head.of(&draft.text).is_empty());
            }
        }
    }

    #[test]
    fn units_in_any_order_are_read(parts in proptest::collection::vec(
        prop_oneof![Just("5"), Just("m"), Just("/"), Just("s"), Just("²"), Just("^"), Just("-2"), Just("kg"), Just("·"),
            Just("per"), Just("square"), Just("squared"), Just("\""), Just("1h30"), Just("("), Just(")"), Just("K"),
            Just("watt hours"), Just("10⁶"), Just("x10"), Just("a"), Just("minute"), Just(" "), Just("m2"), Just("°")], 0..14)) {
        for text in [parts.join(" "), parts.concat()] {
            let draft = Draft::from_text(&text);
            for f in read(&draft, &[]) {
                prop_assert!(f.span.contains(f.amount) && f.amount.contains(f.number) && f.span.end as usize <= text.len());
            }
        }
    }

    #[test]
    fn number_words_in_any_order_are_read(words in proptest::collection::vec(
        prop_oneof![Just("half"), Just("a"), Just("and"), Just("twenty"), Just("-"), Just("million"), Just("trillion"),
            Just("thirds"), Just("hundred"), Just("of"), Just("in"), Just("5"), Just("9,999,999,999"), Just("$"),
            Just("percent"), Just("hours"), Just("to"), Just("point"), Just("dozen")], 0..14)) {
        read(&Draft::from_text(&words.join(" ")), &[]);
        read(&Draft::from_text(&words.concat()), &[]);
    }
}
