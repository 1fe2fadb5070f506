//! What a published correction says was wrong, and what is right.
//!
//! Corrections follow a few set forms: “… misspelled the name of A. It is A, not B.”, “It was 40, not 400.”, “… said 400 boats
//! sank. The correct number is 40.”, “… described A as mayor. She is deputy mayor.” Only what stands in such a form is read; anything else is for
//! a person, and what could not be read is said.

mod days;
mod names;
mod numbers;
mod pairs;
mod speech;
mod titles;

use jiff::civil::Date;
use thiserror::Error;

use crate::annotate::{Annotations, Gazetteer, annotate};
use crate::source::Draft;

/// What a correction teaches.
#[derive(Clone, Debug, PartialEq)]
pub enum Correction {
    /// A person, an organization or a place was called otherwise than it is.
    Name { table: &'static str, right: String, wrong: String },
    /// Somebody holds another office than was said.
    Title { name: String, right: String, wrong: String },
    /// Somebody said other words.
    Quote { speaker: Option<String>, right: String, wrong: String },
    /// Somebody else said the words.
    Speaker { right: String, wrong: String, words: String },
    /// A figure was another one. `key` is that of the archive's figures; `counted` whether `noun` is what is counted, so that it stands beside
    /// the figure, or words that say what it is.
    Figure { noun: String, counted: bool, key: String, right: String, wrong: String, wrong_value: f64 },
    /// Somebody is older or younger.
    Age { name: String, right: u32, wrong: u32 },
    /// Something is on another day, or somebody was born on one.
    Day { what: String, right: String, wrong: String, day: Option<Date>, born: Option<String> },
}

/// Why a correction teaches nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Untaught {
    #[error(
        "a quotation went to another speaker, but the note does not have its words; list them as a [[quote]] with the right speaker"
    )]
    NoWords,
    #[error("names were exchanged: each is right, and there is nothing for a facts file to keep")]
    Exchanged,
    #[error(
        "no name, title, figure, day or quotation is corrected here in a form that newslint reads, such as “It is Quist, not Qvist.”"
    )]
    NoForm,
}

/// A correction note, read.
struct Note<'a> {
    draft: &'a Draft,
    annotations: &'a Annotations,
}

/// Words by which a sentence says that something in it was wrong.
const MISTAKES: [&str; 13] = [
    "error",
    "misstated",
    "incorrectly",
    "wrongly",
    "erroneously",
    "mistakenly",
    "earlier",
    "incorrect",
    "wrong",
    "misidentified",
    "described",
    "amended",
    "said",
];

impl Note<'_> {
    /// Whether a sentence has one of these words, in lower case.
    fn has(&self, sentence: usize, words: &[&str]) -> bool {
        let found = self.draft.sentences.get(sentence);
        found.is_some_and(|s| self.draft.sentence_tokens(s).iter().any(|t| words.contains(&self.draft.lower(t))))
    }

    /// Whether any sentence has one of these words.
    fn says(&self, words: &[&str]) -> bool {
        (0..self.draft.sentences.len()).any(|at| self.has(at, words))
    }
}

/// Reads a correction note.
pub fn read(note: &str) -> Result<Correction, Untaught> {
    let note = note.split_whitespace().collect::<Vec<_>>().join(" ");
    let draft = Draft::from_text(&note);
    let annotations = annotate(&draft, None, &Gazetteer::default());
    let note = Note { draft: &draft, annotations: &annotations };
    if let Some(quote) = speech::misquoted(&note) {
        return Ok(quote);
    }
    if let Some(answer) = speech::misattributed(&note) {
        return answer;
    }
    if note.says(&["reversed", "transposed", "interchanged", "swapped"])
        && note.says(&["names", "captions", "identities"])
    {
        return Err(Untaught::Exchanged);
    }
    days::read(&note)
        .or_else(|| numbers::age(&note))
        .or_else(|| numbers::figure(&note))
        .or_else(|| titles::opposed(&note))
        .or_else(|| titles::described_as(&note))
        .or_else(|| names::opposed(&note))
        .or_else(|| names::misspelled_as(&note))
        .ok_or(Untaught::NoForm)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(table: &'static str, right: &str, wrong: &str) -> Result<Correction, Untaught> {
        Ok(Correction::Name { table, right: right.to_owned(), wrong: wrong.to_owned() })
    }

    #[test]
    fn names() {
        let note = "An earlier version of this story misspelled the surname of the mayor of Halden. She is Susan Quist, not Susan Qvist.";
        assert_eq!(read(note), name("person", "Susan Quist", "Susan Qvist"));
        let note = "Correction: An earlier version misspelled the surname of Susan Quist. It is Quist, not Qvist.";
        assert_eq!(read(note), name("person", "Susan Quist", "Susan Qvist"));
        let note = "An article on Monday misspelled Susan Quist’s name as Susan Kwist.";
        assert_eq!(read(note), name("person", "Susan Quist", "Susan Kwist"));
        let note = "A story on Friday gave the wrong name for a museum. It is the Halden Maritime Museum, not the Halden Marine Museum.";
        assert_eq!(read(note), name("organization", "Halden Maritime Museum", "Halden Marine Museum"));
    }

    #[test]
    fn figures() {
        let expected = |noun: &str, right: &str, wrong: &str, value: f64| {
            let key = format!("count|{}", noun.trim_end_matches('s'));
            let (noun, right, wrong) = (noun.to_owned(), right.to_owned(), wrong.to_owned());
            Ok(Correction::Figure { noun, counted: true, key, right, wrong, wrong_value: value })
        };
        let note = "An earlier version said that 635 drones were sold. The correct number is 653.";
        assert_eq!(read(note), expected("drones", "653", "635", 635.0));
        let note = "A report on Tuesday misstated the number of boats that sank. It was 12, not 21.";
        assert_eq!(read(note), expected("boats", "12", "21", 21.0));
    }

    #[test]
    fn titles() {
        let note = "An earlier version misstated the title of Susan Quist. She is deputy mayor, not mayor.";
        assert_eq!(
            read(note),
            Ok(Correction::Title {
                name: "Susan Quist".to_owned(),
                right: "deputy mayor".to_owned(),
                wrong: "mayor".to_owned()
            })
        );
    }

    #[test]
    fn misquotations() {
        let note = "An earlier version of this article misquoted Mara Quist. She said “We will not close the pier,” not “We will close \
            the pier.”";
        let quote = Correction::Quote {
            speaker: Some("Mara Quist".to_owned()),
            right: "We will not close the pier".to_owned(),
            wrong: "We will close the pier".to_owned(),
        };
        assert_eq!(read(note), Ok(quote));
    }

    #[test]
    fn ages_days_and_what_has_no_noun() {
        let note = "An obituary of the painter Ida Falk gave an incorrect age. She was 47, not 74.";
        assert_eq!(read(note), Ok(Correction::Age { name: "Ida Falk".to_owned(), right: 47, wrong: 74 }));
        let note = "An article on Monday gave the wrong date for the hearing. It is on June 4, 2026, not June 14.";
        let Ok(Correction::Day { what, right, wrong, day, born }) = read(note) else { panic!("{:?}", read(note)) };
        assert_eq!((what.as_str(), right.as_str(), wrong.as_str()), ("hearing", "June 4, 2026", "June 14"));
        assert_eq!((day, born), (Some(jiff::civil::date(2026, 6, 4)), None));
        let note = "An earlier version of this article misstated the population of Meridia. It is 2.5 million, not 25 million.";
        let Ok(Correction::Figure { noun, counted, right, .. }) = read(note) else { panic!("{:?}", read(note)) };
        assert_eq!((noun.as_str(), counted, right.as_str()), ("population of Meridia", false, "2.5 million"));
    }

    #[test]
    fn speakers_and_descriptions() {
        let note = "An article on Monday attributed a remark to the wrong person. It was Ana Quist, not Bo Tarn, who said “the pier will \
            outlive us all.”";
        let words = "the pier will outlive us all".to_owned();
        let (right, wrong) = ("Ana Quist".to_owned(), "Bo Tarn".to_owned());
        assert_eq!(read(note), Ok(Correction::Speaker { right, wrong, words }));
        let note = "An earlier version of this article misattributed a quotation to Bo Tarn. It was said by Ana Quist.";
        assert_eq!(read(note), Err(Untaught::NoWords));
        let note = "An earlier version described Susan Quist as the mayor of Halden. She is the deputy mayor.";
        let (name, right, wrong) = ("Susan Quist".to_owned(), "deputy mayor".to_owned(), "mayor of Halden".to_owned());
        assert_eq!(read(note), Ok(Correction::Title { name, right, wrong }));
        let note = "A caption on Tuesday reversed the names of the two swimmers.";
        assert_eq!(read(note), Err(Untaught::Exchanged));
    }

    #[test]
    fn a_name_alone_is_the_part_that_it_is_like() {
        let note = "An earlier version misspelled the name of a witness. He is Jon Aalto, not John.";
        assert_eq!(read(note), name("person", "Jon Aalto", "John Aalto"));
        let note = "The surname of the head teacher Ruth Abelard was misspelled as Abelhard in an article on Monday.";
        assert_eq!(read(note), name("person", "Ruth Abelard", "Ruth Abelhard"));
        let note = "An article about ferries misstated the port. They leave from Marrow Quay, not Harrow Quay.";
        assert_eq!(read(note), name("place", "Marrow Quay", "Harrow Quay"));
    }

    #[test]
    fn other_notes_teach_nothing() {
        for note in [
            "",
            "An earlier version was published before it was ready.",
            "We removed a photograph, not a text.",
            ", not",
        ] {
            assert_eq!(read(note), Err(Untaught::NoForm), "{note}");
        }
    }
}
