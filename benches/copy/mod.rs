//! Copy to measure on: stories of our own making, as long as one likes and always the same.

/// A draft of at least `words` words, in Markdown.
pub fn draft(words: usize) -> String {
    let mut text =
        String::from("# Harbor board weighs a new breakwater\n\n*By Ines Halvorsen*\n\nALDERSUND, March 3, 2026 — ");
    let mut count = 0;
    for n in 0.. {
        let paragraph = paragraph(n);
        count += paragraph.split_whitespace().count();
        text.push_str(&paragraph);
        text.push_str("\n\n");
        if count >= words {
            break;
        }
    }
    text
}

/// The `n`th paragraph: people, titles, figures, dates and speech, in turns that repeat late.
fn paragraph(n: usize) -> String {
    let pick = |list: &[&'static str], step: usize| list[(n * step + n / list.len()) % list.len()];
    let given = pick(&["Mara", "Tobias", "Ingrid", "Paulo", "Sunniva", "Edwin", "Halima", "Rowan"], 3);
    let surname = pick(
        &[
            "Lindqvist",
            "Okafor",
            "Brandvold",
            "Teixeira",
            "Marsh",
            "Halloran",
            "Nakagawa",
            "Petrov",
            "Vance",
            "Oduya",
            "Keller",
        ],
        5,
    );
    let title = pick(&["Harbor Master", "Councilor", "Chief Engineer", "Professor", "Captain"], 2);
    let thing = pick(&["breakwater", "ferry terminal", "fish market", "lighthouse road", "dry dock", "sea wall"], 5);
    let day = pick(&["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"], 2);
    let (cost, share, year) = (12 + n * 7 % 90, 20 + n * 11 % 70, 1950 + n * 13 % 70);
    match n % 4 {
        0 => format!(
            "The board voted on {day} to spend ${cost} million on the {thing}, {share} percent more than it had set aside in \
             {year}. {title} {given} {surname} said the work would take about three years and close the east quay for part \
             of each winter, when storms drive most boats into the inner basin anyway."
        ),
        1 => format!(
            "“Nobody who has stood on that wall in February asks why we need it,” said {given} {surname}, who has fished from \
             Aldersund since {year}. “They ask why it is not there yet.” {surname} keeps two boats and employs {share} people \
             in the season."
        ),
        2 => format!(
            "Residents of the {} streets above the {thing} are less sure. A survey of {} households found that {share}% would \
             rather see the money spent on the school, and only one-fifth had heard of the plan before {day}’s meeting.",
            cost,
            cost * 31
        ),
        _ => format!(
            "According to {title} {given} {surname}, the last such work, in {year}, ran {} months late and cost nearly twice \
             what was planned. The board’s own report, published on {day}, puts the risk of another overrun at “more likely \
             than not” but says that waiting would cost {cost} jobs.",
            share / 2
        ),
    }
}
