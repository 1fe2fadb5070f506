//! The words that end a noun phrase, and the forms of its head: plurals and singulars.

use std::borrow::Cow;

/// Words that say what a measure measures.
pub(super) fn is_dimension(lower: &str) -> bool {
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
pub(super) fn is_verb(lower: &str) -> bool {
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
