//! What a rewrite did to a text: which people, titles, figures, dates, quotations and claims it changed, dropped or added.
//!
//! Wording is free; only facts count. A pair is “changed” where both sides speak of the same thing and say it otherwise;
//! everything else is dropped from the old text or added in the new one.

mod claims;
mod people;
mod speech;
mod values;

use super::sources::SourceDocument;
use crate::text::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    Person,
    Title,
    Figure,
    Date,
    Quotation,
    /// A sentence that says the opposite, says for sure what was a maybe, or no longer says who says so.
    Claim,
}

impl Fact {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Fact::Person => "person",
            Fact::Title => "title",
            Fact::Figure => "figure",
            Fact::Date => "date",
            Fact::Quotation => "quotation",
            Fact::Claim => "claim",
        }
    }
}

/// What became of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    Changed,
    Dropped,
    Added,
}

impl Fate {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Fate::Changed => "changed",
            Fate::Dropped => "dropped",
            Fate::Added => "added",
        }
    }
}

/// One difference. Spans are of each side's `Draft::text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub fact: Fact,
    pub fate: Fate,
    pub old: Option<Span>,
    pub new: Option<Span>,
    /// What changed, where the words do not say it.
    pub note: String,
}

/// The differences between two texts: changed first, then dropped, then added, each in text order.
pub fn compare(old: &SourceDocument, new: &SourceDocument) -> Vec<Difference> {
    let mut found = Vec::new();
    let renamed = people::compare(old, new, &mut found);
    values::figures(old, new, &mut found);
    values::dates(old, new, &mut found);
    speech::compare(old, new, &renamed, &mut found);
    claims::compare(old, new, &mut found);
    found.sort_by_key(|d| (d.fate, d.new.or(d.old), d.old, d.fact));
    found.dedup();
    found
}

fn changed(fact: Fact, old: Span, new: Span, note: impl Into<String>) -> Difference {
    Difference { fact, fate: Fate::Changed, old: Some(old), new: Some(new), note: note.into() }
}

fn dropped(fact: Fact, old: Span) -> Difference {
    Difference { fact, fate: Fate::Dropped, old: Some(old), new: None, note: String::new() }
}

fn added(fact: Fact, new: Span) -> Difference {
    Difference { fact, fate: Fate::Added, old: None, new: Some(new), note: String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Gazetteer;
    use crate::source::Draft;

    fn document(text: &str) -> SourceDocument {
        SourceDocument::new(Draft::from_text(text), &Gazetteer::default())
    }

    fn differences(old: &str, new: &str) -> Vec<String> {
        let (old, new) = (document(old), document(new));
        let words = |document: &SourceDocument, span: Option<Span>| {
            span.map_or("-".to_owned(), |s| s.of(&document.draft.text).to_owned())
        };
        compare(&old, &new)
            .iter()
            .map(|d| {
                let (fact, fate) = (d.fact.name(), d.fate.name());
                format!("{fact} {fate}: {} | {}", words(&old, d.old), words(&new, d.new))
            })
            .collect()
    }

    const OLD: &str = "Mayor Susan Quist said 40 boats were lost on 6 December 2025. “We will rebuild the harbor before the winter is over,” \
        Quist said. Robert Tarn, a fisherman, lost 3 boats.";

    #[test]
    fn a_rewrite_that_keeps_the_facts_is_clean() {
        assert_eq!(differences(OLD, OLD), Vec::<String>::new());
        let rewritten = "On 6 December 2025 the harbor lost 40 boats, according to Mayor Susan Quist. “We will rebuild the harbor before \
            the winter is over,” Quist said. Among those hit was Robert Tarn, a fisherman with 3 boats.";
        assert_eq!(differences(OLD, rewritten), Vec::<String>::new());
    }

    #[test]
    fn changed_facts_are_paired() {
        let changed = OLD
            .replace("Susan Quist", "Susan Qvist")
            .replace("Quist said", "Qvist said")
            .replace("40 boats", "45 boats")
            .replace("6 December", "7 December")
            .replace("will rebuild the harbor", "would rebuild the harbor");
        let found = differences(OLD, &changed);
        for want in [
            "person changed: Susan Quist | Susan Qvist",
            "figure changed: 40 | 45",
            "date changed: 6 December 2025 | 7 December 2025",
        ] {
            assert!(found.iter().any(|f| f == want), "{want}\n{found:#?}");
        }
        assert!(found.iter().any(|f| f.starts_with("quotation changed: We will rebuild")), "{found:#?}");
        assert!(!found.iter().any(|f| f.contains("dropped") || f.contains("added")), "{found:#?}");
    }

    #[test]
    fn what_goes_and_comes_is_said() {
        let new = "Mayor Susan Quist said 40 boats were lost on 6 December 2025. “Nobody could have known how bad this storm would be,” \
            Quist said. Mary Poe lost a house worth $90,000.";
        let found = differences(OLD, new);
        for want in ["person dropped: Robert Tarn | -", "person added: - | Mary Poe", "figure added: - | $90,000"] {
            assert!(found.iter().any(|f| f == want), "{want}\n{found:#?}");
        }
        assert!(found.iter().any(|f| f.starts_with("quotation dropped: We will")), "{found:#?}");
        assert!(found.iter().any(|f| f.starts_with("quotation added: - | Nobody could")), "{found:#?}");
    }

    #[test]
    fn what_moved_is_paired_among_other_news() {
        let old = "The repairs cost $1.2 million and begin on June 3, 2026.";
        let new = "Repairs costing $2.1 million begin on June 5, 2026. The board meets in July 2026.";
        let found = differences(old, new);
        for want in ["figure changed: $1.2 million | $2.1 million", "date changed: June 3, 2026 | June 5, 2026"] {
            assert!(found.iter().any(|f| f == want), "{want}\n{found:#?}");
        }
        assert!(found.iter().any(|f| f == "date added: - | July 2026"), "{found:#?}");
    }

    #[test]
    fn other_words_for_the_same_are_no_difference() {
        let old = "The council voted 7-2 on Monday to reject the sale of the harbor. About 35 percent of the harbor stands empty. “We looked \
            at every line of the budget, and the money is not there,” Mayor Susan Quist said. The council has not decided on a vote.";
        let new = "By seven votes to two, the council on Monday turned down the sale of the harbor. “We looked at every line of the \
            budget,” Mayor Susan Quist said. “And the money is not there.” The council is undecided on a vote. A third of the harbor stands empty.";
        assert_eq!(differences(old, new), ["figure changed: About 35 percent | A third"]);
    }

    #[test]
    fn claims_that_turn_or_grow_sure() {
        let old = "Robert Tarn, a member of the board, voted against the harbor sale. The ferry company might sue the city over the sale. Police did \
            not arrest anyone at the protest. Repairs would cost the city more than the sale, according to the auditor.";
        let new = "Robert Tarn, a member of the board, voted for the harbor sale. The ferry company will sue the city over the sale.\n\n\
            Police arrested people at the protest. Repairs would cost the city more than the sale.";
        let found = differences(old, new);
        for want in [
            "claim changed: against | for",
            "claim changed: might | The ferry company will sue the city over the sale.",
            "claim changed: according | Repairs would cost the city more than the sale.",
        ] {
            assert!(found.iter().any(|f| f == want), "{want}\n{found:#?}");
        }
        assert!(found.iter().any(|f| f.starts_with("claim changed: ") && f.contains("arrest")), "{found:#?}");
        assert_eq!(found.len(), 4, "{found:#?}");
    }

    #[test]
    fn a_respelled_speaker_is_told_once_and_joined_quotations_are_seen() {
        let old = "“We will rebuild the harbor before the winter is over,” Susan Quist said.\n\n“I do not believe those numbers at all,” said Robert Tarn.";
        let respelled = old.replace("Quist", "Qvist");
        assert_eq!(differences(old, &respelled), ["person changed: Susan Quist | Susan Qvist"]);
        let joined = "“We will rebuild the harbor before the winter is over. I do not believe those numbers at all,” Susan Quist said.";
        let found = differences(old, joined);
        assert!(found.iter().any(|f| f.starts_with("quotation changed: I do not believe")), "{found:#?}");
    }

    #[test]
    fn short_quotations_that_stay_and_numbers_alone() {
        let old = "“I bought 23 tickets,” she said. Attendance was 18,203.";
        assert_eq!(differences(old, old), Vec::<String>::new());
        assert_eq!(differences(old, &old.replace("18,203", "18,230")), ["figure changed: 18,203 | 18,230"]);
    }

    #[test]
    fn empty_texts_compare() {
        assert!(differences("", "").is_empty());
        assert!(differences(OLD, "").iter().all(|d| d.contains("dropped")));
    }
}
