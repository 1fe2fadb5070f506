//! What a figure counts: the head of the noun phrase after it.

use std::borrow::Cow;

use super::cursor::Cursor;
use super::{Form, Measure, words};
use crate::text::{Lex, Rational, Span, TokenKind};

/// The noun phrase after a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noun {
    /// The head word.
    pub head: Span,
    /// From the first modifier to the head.
    pub phrase: Span,
    /// Whether the phrase follows an “of”: a share of the phrase, not a count of it.
    pub of: bool,
}

/// How far after the number the head may be.
const REACH: usize = 6;

/// Reads the noun phrase that starts at token `at`. `measure` and `value` say what to expect: a count of more than
/// one has a plural head.
pub(super) fn read(cursor: &Cursor<'_>, mut at: usize, measure: Measure, form: Form, value: Rational) -> Option<Noun> {
    let mut of = false;
    // “half the voters” is a share like “half of the voters”.
    let bare_share =
        measure == Measure::Fraction && matches!(cursor.lower(at), "the" | "its" | "their" | "his" | "her" | "all");
    if cursor.lower(at) == "of" || bare_share {
        of = true;
        at += usize::from(!bare_share);
        for _ in 0..2 {
            at += usize::from(matches!(
                cursor.lower(at),
                "the"
                    | "all"
                    | "its"
                    | "their"
                    | "his"
                    | "her"
                    | "our"
                    | "a"
                    | "an"
                    | "those"
                    | "these"
                    | "this"
                    | "that"
            ));
        }
    }
    let hyphen = cursor.word(at) == "-" && cursor.touched(at) && cursor.touches(at);
    at += usize::from(hyphen);
    let counts = matches!(measure, Measure::Count)
        && !hyphen
        && !of
        && value.is_whole()
        && (value != Rational::ONE || form == Form::Vague);
    // The parties of six-party talks are counted, not the talks; a 40-strong crew is.
    if hyphen && measure == Measure::Count && cursor.kind(at) == Some(TokenKind::Word) && cursor.lower(at) != "strong" {
        let head = cursor.token(at)?.span;
        return Some(Noun { head, phrase: head, of });
    }
    at += usize::from(hyphen && cursor.lower(at) == "strong");
    let first = at;
    let mut words: [usize; REACH] = [0; REACH];
    let mut len = 0;
    let mut plural: Option<usize> = None;
    while len < REACH {
        match cursor.kind(at) {
            Some(TokenKind::Word) => {
                let token = cursor.token(at)?;
                let lower = cursor.lower(at);
                let linking = matches!(lower, "more" | "other" | "such" | "of" | "own" | "same" | "few");
                if token.lex.is(Lex::FUNCTION) && !linking || (lower == "of") || is_verb(lower) {
                    break;
                }
                // 5 feet tall, 90 meters high; “thirty-two of the forty-one” counts no forty.
                if len == 0 && !matches!(measure, Measure::Count | Measure::Fraction) && !hyphen && is_dimension(lower)
                    || of && words::number_word(lower).is_some()
                {
                    return None;
                }
                let is_plural =
                    plural_form(lower) && !(token.is_capital() && cursor.kind(at + 1) == Some(TokenKind::Clitic));
                if plural.is_some() && !is_plural {
                    break;
                }
                // A past participle after a noun begins the verb, and right behind a measure: 500 acres burned.
                let behind = len > 0 || matches!(measure, Measure::Unit(_) | Measure::Money(_)) && !hyphen && !of;
                if plural.is_none() && !counts && behind && lower.len() > 4 && lower.ends_with("ed") {
                    break;
                }
                words[len] = at;
                len += 1;
                if is_plural && (counts || of || (measure == Measure::Fraction && !hyphen)) {
                    plural = Some(at);
                }
                at += 1;
            }
            Some(TokenKind::Clitic) if len > 0 => at += 1,
            Some(TokenKind::Mark) if cursor.word(at) == "-" && cursor.touched(at) && cursor.touches(at) => at += 1,
            _ => break,
        }
    }
    let head = match plural {
        Some(head) => head,
        None if counts => return None,
        None => words[..len].iter().rev().copied().find(|&w| {
            let lower = cursor.lower(w);
            !matches!(lower, "more" | "other" | "such" | "own" | "same" | "few") && !lower.ends_with("ly")
        })?,
    };
    // A bare number with one adjective behind it, or a verb in -ing, has no noun.
    let head_token = cursor.token(head)?;
    let start = cursor.token(first)?.span.start;
    let phrase = Span { start, end: head_token.span.end };
    (start < phrase.end).then_some(Noun { head: head_token.span, phrase, of })
}

/// Words that say what a measure measures.
fn is_dimension(lower: &str) -> bool {
    matches!(
        lower,
        "tall"
            | "high"
            | "long"
            | "deep"
            | "wide"
            | "thick"
            | "away"
            | "apart"
            | "older"
            | "younger"
            | "taller"
            | "longer"
            | "higher"
            | "deeper"
            | "wider"
            | "lighter"
            | "heavier"
            | "faster"
            | "slower"
            | "below"
            | "above"
            | "north"
            | "south"
            | "east"
            | "west"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "inland"
            | "offshore"
            | "underground"
            | "downstream"
            | "upstream"
            | "round"
            | "square"
            | "clear"
            | "ahead"
            | "behind"
            | "further"
            | "farther"
            | "closer"
            | "late"
            | "straight"
            | "apiece"
            | "lower"
            | "cheaper"
            | "dearer"
            | "better"
            | "worse"
            | "stronger"
            | "weaker"
            | "larger"
            | "bigger"
            | "smaller"
    )
}

/// Verb forms that follow a figure often enough to end a noun phrase.
fn is_verb(lower: &str) -> bool {
    matches!(
        lower,
        "said"
            | "says"
            | "say"
            | "told"
            | "went"
            | "came"
            | "made"
            | "took"
            | "left"
            | "rose"
            | "fell"
            | "grew"
            | "died"
            | "won"
            | "lost"
            | "gave"
            | "got"
            | "including"
            | "according"
            | "killed"
            | "injured"
            | "ago"
            | "earlier"
            | "later"
            | "voted"
            | "worth"
            | "yesterday"
            | "today"
            | "tomorrow"
            | "nationwide"
            | "via"
            | "vs"
            | "versus"
            | "worldwide"
            | "apiece"
            | "respectively"
            | "compared"
            | "following"
            | "led"
            | "held"
            | "became"
            | "began"
            | "ended"
            | "met"
            | "ran"
            | "saw"
            | "sold"
            | "spent"
            | "paid"
            | "set"
            | "put"
            | "kept"
            | "think"
            | "believe"
            | "want"
            | "need"
            | "drew"
            | "hit"
            | "shot"
            | "struck"
            | "brought"
            | "bought"
            | "caught"
            | "taught"
            | "thought"
            | "sought"
            | "fought"
            | "found"
            | "knew"
            | "wrote"
            | "drove"
            | "broke"
            | "spoke"
            | "stood"
            | "sat"
            | "fled"
            | "sank"
            | "plus"
            | "sunk"
            | "burst"
            | "flew"
            | "threw"
            | "built"
            | "sent"
            | "lent"
            | "meant"
            | "heard"
            | "hurt"
            | "chose"
            | "wore"
            | "swore"
            | "survive"
            | "survived"
            | "remain"
            | "remained"
            | "showed"
            | "shows"
            | "covers"
            | "includes"
            | "included"
            | "carries"
            | "begins"
            | "ends"
            | "makes"
            | "takes"
            | "gives"
            | "gets"
            | "goes"
            | "comes"
            | "becomes"
            | "remains"
            | "follows"
            | "followed"
            | "happened"
            | "occurred"
            | "started"
    )
}

/// Whether a word looks like a plural noun.
pub(super) fn plural_form(lower: &str) -> bool {
    if lower.len() < 3 {
        return false;
    }
    let bytes = lower.as_bytes();
    if bytes[bytes.len() - 1] == b's' {
        // Dress and bus; basis, but not tennis’s kin.
        let singular =
            matches!(bytes[bytes.len() - 2], b's' | b'u') || lower.ends_with("is") && !lower.ends_with("nis");
        return !singular
            && !matches!(
                lower,
                "was"
                    | "has"
                    | "does"
                    | "says"
                    | "this"
                    | "his"
                    | "its"
                    | "less"
                    | "plus"
                    | "yes"
                    | "always"
                    | "perhaps"
                    | "besides"
                    | "towards"
                    | "afterwards"
                    | "overseas"
                    | "news"
                    | "gas"
                    | "as"
                    | "thus"
                    | "us"
            );
    }
    matches!(
        lower,
        "people"
            | "men"
            | "women"
            | "children"
            | "policemen"
            | "policewomen"
            | "police"
            | "troops"
            | "feet"
            | "teeth"
            | "mice"
            | "geese"
            | "oxen"
            | "sheep"
            | "cattle"
            | "aircraft"
            | "fish"
            | "deer"
            | "dead"
            | "wounded"
            | "lives"
            | "media"
            | "data"
            | "criteria"
            | "staff"
            | "personnel"
            | "firemen"
            | "fishermen"
            | "congressmen"
            | "spokesmen"
            | "businessmen"
            | "servicemen"
            | "gunmen"
            | "craft"
            | "spacecraft"
            | "phenomena"
            | "alumni"
            | "bacteria"
            | "salmon"
            | "clergy"
            | "youth"
            | "kinsmen"
            | "salesmen"
            | "grandchildren"
            | "schoolchildren"
            | "townspeople"
            | "salespeople"
            | "tribespeople"
            | "percent"
    )
}

/// The singular of a noun in lower case, as far as its form tells.
pub fn lemma(lower: &str) -> Cow<'_, str> {
    let irregular = match lower {
        "people" | "persons" => "person",
        "men" => "man",
        "women" => "woman",
        "children" => "child",
        "feet" => "foot",
        "teeth" => "tooth",
        "mice" => "mouse",
        "lives" => "life",
        "wives" => "wife",
        "knives" => "knife",
        "thieves" => "thief",
        "halves" => "half",
        "criteria" => "criterion",
        "media" | "data" | "news" | "series" | "species" | "troops" | "police" => lower,
        "buses" => "bus",
        _ => "",
    };
    if !irregular.is_empty() {
        return Cow::Borrowed(irregular);
    }
    if let Some(stem) = lower.strip_suffix("children") {
        return Cow::Owned(format!("{stem}child"));
    }
    if lower.len() <= 3
        || !lower.ends_with('s')
        || lower.ends_with("ss")
        || lower.ends_with("us")
        || lower.ends_with("is")
    {
        if let Some(stem) = lower.strip_suffix("men").filter(|s| s.len() > 2) {
            return Cow::Owned(format!("{stem}man"));
        }
        return Cow::Borrowed(lower);
    }
    if let Some(stem) = lower.strip_suffix("ies").filter(|s| s.len() > 1) {
        return Cow::Owned(format!("{stem}y"));
    }
    if ["sses", "shes", "ches", "xes", "zzes"].iter().any(|e| lower.ends_with(e)) {
        return Cow::Borrowed(&lower[..lower.len() - 2]);
    }
    Cow::Borrowed(&lower[..lower.len() - 1])
}
