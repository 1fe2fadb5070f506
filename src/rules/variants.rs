//! Spelling by locale: words that Britain and America write otherwise, by the kind of difference.

use super::automaton::{Hit, Hits, is_in_address};
use super::rule::{Kind, Rule};
use crate::source::Draft;
use crate::text::spelling::{self, Side};
use crate::text::{Case, Token};

/// In what two spellings of a word differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// organise, organize
    Ise,
    /// analyse, analyze
    Yse,
    /// colour, color
    Our,
    /// centre, center
    Re,
    /// travelled, traveled
    Ll,
    /// defence, defense
    Ce,
    /// catalogue, catalog
    Ogue,
    /// anaemia, anemia
    Ae,
    /// Anything else: tyre, tire; fulfil, fulfill.
    Other,
}

impl Change {
    pub const NAMES: [(&'static str, Change); 9] = [
        ("ise", Change::Ise),
        ("yse", Change::Yse),
        ("our", Change::Our),
        ("re", Change::Re),
        ("ll", Change::Ll),
        ("ce", Change::Ce),
        ("ogue", Change::Ogue),
        ("ae", Change::Ae),
        ("other", Change::Other),
    ];

    fn of(american: &str, british: &str) -> Change {
        let turns = |from: &str, to: &str| {
            british
                .match_indices(from)
                .any(|(at, _)| [&british[..at], to, &british[at + from.len()..]].concat() == american)
        };
        let any = |pairs: &[(&str, &str)]| pairs.iter().any(|(from, to)| turns(from, to));
        match () {
            () if american.contains("iz") && british.contains("is") => Change::Ise,
            () if american.contains("yz") && british.contains("ys") => Change::Yse,
            () if turns("our", "or") => Change::Our,
            () if any(&[("re", "er"), ("red", "ered"), ("ring", "ering")]) => Change::Re,
            () if turns("ll", "l") => Change::Ll,
            () if turns("ce", "se") => Change::Ce,
            () if any(&[("ogue", "og"), ("ogu", "og")]) => Change::Ogue,
            () if any(&[("ae", "e"), ("oe", "e")]) => Change::Ae,
            () => Change::Other,
        }
    }
}

/// What a rule of this kind asks for.
#[derive(Debug)]
pub(super) struct Variants {
    /// The side whose spelling is wanted.
    pub side: Side,
    pub changes: Vec<Change>,
    /// Only the words where usage leans one way and no more (towards), instead of only the clear ones.
    pub leaning: bool,
}

impl Variants {
    /// The wanted spelling of `word`, in lower case, if it has the other.
    pub fn wanted(&self, word: &str) -> Option<&'static str> {
        let mark = spelling::mark(word).filter(|m| m.side != self.side)?;
        let (american, british) = match self.side {
            Side::American => (mark.other, word),
            Side::British => (word, mark.other),
        };
        let change = Change::of(american, british);
        // “organize” is British too, by Oxford’s spelling: no clear mark, and still not what a house with -ise wants.
        let clear = mark.strong || change == Change::Ise;
        (self.changes.contains(&change) && clear != self.leaning).then_some(mark.other)
    }
}

/// Finds the words of all active rules of this kind.
pub(super) fn find(rules: &[Rule], active: &[bool], draft: &Draft, hits: &mut [Hits]) {
    let own = |(index, rule): (usize, &Rule)| match &rule.kind {
        Kind::Variants(_) if active[index] => Some(index),
        _ => None,
    };
    let wanted: Vec<usize> = rules.iter().enumerate().filter_map(own).collect();
    if wanted.is_empty() {
        return;
    }
    for (at, token) in draft.tokens.iter().enumerate().filter(|(_, t)| t.is_word()) {
        let word = draft.lower(token);
        if spelling::mark(word).is_none() || is_in_address(&draft.text, token.span) || is_name(draft, at, token) {
            continue;
        }
        for &index in &wanted {
            if let Kind::Variants(variants) = &rules[index].kind
                && variants.wanted(word).is_some()
            {
                hits[index].words.push(Hit { span: token.span, set: 0, form: 0 });
            }
        }
    }
}

/// Whether the word may be part of a name (World Trade Center, the Labour Party): a capital inside a sentence, before another capital,
/// or of a word that has one inside a sentence elsewhere.
fn is_name(draft: &Draft, at: usize, token: &Token) -> bool {
    if token.case == Case::Lower {
        return false;
    }
    let sentence = &draft.sentences[token.sentence as usize];
    let first = draft.sentence_tokens(sentence).iter().find(|t| t.is_word());
    let is_first = first.is_some_and(|f| f.span == token.span);
    let next_is_capital = || draft.tokens.get(at + 1).is_some_and(|t| t.sentence == token.sentence && t.is_capital());
    let word = draft.lower(token);
    let is_capital_elsewhere = || {
        draft.tokens.iter().any(|t| {
            t.is_word()
                && t.is_capital()
                && t.span.start != token.span.start
                && draft.lower(t) == word
                && draft.sentences[t.sentence as usize].span.start != t.span.start
        })
    };
    !is_first || token.case != Case::Capitalized || next_is_capital() || is_capital_elsewhere()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_apart() {
        for (american, british, change) in [
            ("organize", "organise", Change::Ise),
            ("analyzed", "analysed", Change::Yse),
            ("colorful", "colourful", Change::Our),
            ("center", "centre", Change::Re),
            ("centered", "centred", Change::Re),
            ("traveling", "travelling", Change::Ll),
            ("defense", "defence", Change::Ce),
            ("catalog", "catalogue", Change::Ogue),
            ("anemia", "anaemia", Change::Ae),
            ("tire", "tyre", Change::Other),
            ("fulfill", "fulfil", Change::Other),
        ] {
            assert_eq!(Change::of(american, british), change, "{american} {british}");
        }
    }

    #[test]
    fn wanted_spellings() {
        let all: Vec<Change> = Change::NAMES.iter().map(|(_, c)| *c).collect();
        let british = Variants { side: Side::British, changes: all.clone(), leaning: false };
        assert_eq!(british.wanted("color"), Some("colour"));
        assert_eq!(british.wanted("organized"), Some("organised"));
        // Words in Britain too.
        for word in ["program", "license", "curb", "story", "toward", "colour"] {
            assert_eq!(british.wanted(word), None, "{word}");
        }
        let american = Variants { side: Side::American, changes: all.clone(), leaning: false };
        assert_eq!(american.wanted("programme"), Some("program"));
        let leaning = Variants { side: Side::American, changes: all, leaning: true };
        assert_eq!((leaning.wanted("towards"), leaning.wanted("colour")), (Some("toward"), None));
    }
}
