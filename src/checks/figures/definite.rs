//! `figures/conflict`, where the draft points back: “the nine officers”, “all seven officers” after eight officers.
//!
//! A definite plural means those whom the draft has told of. Where it has told of one number of them only, another number is a slip, or
//! a part that somebody forgot to introduce.

use rustc_hash::FxHashMap;

use super::clause::{self, is_plain_count};
use super::conflict::CODE;
use super::lists::lists;
use super::{place, shown};
use crate::annotate::figure::{Form, Hedge, Measure, lemma};
use crate::annotate::{Figure, quote};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::facts::interval::{self, Relation, Widths};
use crate::text::fold::is_hyphen;
use crate::text::{Lex, Rational, Span, TokenKind};

pub(super) fn read(cx: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let counts: Vec<(&Figure, String)> =
        cx.annotations.figures.iter().filter_map(|f| Some((f, noun_behind(cx, f)?))).collect();
    let mut by_noun: FxHashMap<&str, Vec<&Figure>> = FxHashMap::default();
    counts.iter().for_each(|(figure, noun)| by_noun.entry(noun).or_default().push(figure));
    for (figure, noun) in &counts {
        let in_body = cx.draft.paragraph_number(figure.block as usize).is_some();
        if !in_body || lists().loose.contains(noun) || !is_plain(figure) {
            continue;
        }
        let Some(pointing) = pointing(cx, figure) else { continue };
        if let Some(finding) = against(cx, figure, pointing, &by_noun[noun.as_str()]) {
            findings.push(finding);
        }
    }
    findings.extend(cx.annotations.figures.iter().filter_map(|f| amount(cx, f)));
    findings
}

/// “the $5.7 million settlement” after $7.5 million, “the 221-page report” after 212 pages: an amount that points back, where the draft has
/// it nowhere else, and one a slip away before it.
fn amount(cx: &Context<'_>, figure: &Figure) -> Option<Finding> {
    let draft = cx.draft;
    let counts = matches!(figure.measure, Measure::Money(_) | Measure::Unit(_) | Measure::Count);
    let plain =
        |f: &Figure| f.high.is_none() && matches!(f.form, Form::Digits | Form::Scaled) && f.hedge == Hedge::None;
    let in_body = draft.paragraph_number(figure.block as usize).is_some();
    if !counts || !plain(figure) || !in_body || figure.per {
        return None;
    }
    let at = draft.token_at(figure.span.start);
    let before = |back: usize| at.checked_sub(back).map_or("", |i| draft.lower(&draft.tokens[i]));
    // Joined to what it describes: the $5.7 million settlement, the 221-page report. Or: the fine of $4.5 billion.
    let joined = draft.text[figure.number.end as usize..].starts_with(is_hyphen);
    let money = matches!(figure.measure, Measure::Money(_));
    let head = match figure.noun.filter(|n| !n.of && (money || joined)) {
        Some(noun) if before(1) == "the" => noun.head,
        None if money && before(1) == "of" && before(3) == "the" => draft.tokens[at - 2].span,
        _ => return None,
    };
    if cx.annotations.quotes.iter().any(|q| q.span.contains(figure.span)) || is_of_a_year(cx, head) {
        return None;
    }
    let others = || cx.annotations.figures.iter().filter(|f| f.span != figure.span && !f.per);
    let relation = |f: &Figure| interval::relate(figure, f, &Widths::default());
    if others().any(|f| relation(f) == Some(Relation::Agrees)) {
        return None;
    }
    let same_noun = |f: &Figure| figure.measure != Measure::Count || clause::head(cx, f) == clause::head(cx, figure);
    let slip = |f: &Figure| matches!(relation(f), Some(Relation::Transposed | Relation::Magnitude));
    let mut before = others().filter(|f| f.span.end <= figure.span.start && plain(f) && same_noun(f) && slip(f));
    let first = before.next()?;
    if before.any(|f| f.value != first.value) {
        return None;
    }
    let own = draft.words_at(figure.span.cover(head));
    let message = format!("{} here, {} {}", clipped(own), shown(cx, first.span), place(cx, first.block));
    Some(
        Finding::new(CODE, figure.span, message)
            .here(first.span, "the amount told before")
            .why("“the” points back, and the draft has told no such amount but one a slip away"),
    )
}

/// Whether a year right behind says which one is meant: the 61-day strike of 1984.
fn is_of_a_year(cx: &Context<'_>, head: Span) -> bool {
    let behind = &cx.draft.tokens[cx.draft.token_at(head.end)..];
    match behind {
        [of, year, ..] => {
            let digits = cx.draft.word(year);
            matches!(cx.draft.lower(of), "of" | "in")
                && digits.len() == 4
                && year.kind == TokenKind::Number
                && digits.starts_with(['1', '2'])
        }
        _ => false,
    }
}

/// Words for a message, cut short.
fn clipped(words: &str) -> String {
    if words.chars().count() <= 32 { words.to_owned() } else { words.chars().take(31).chain(['…']).collect() }
}

/// How a figure points back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pointing {
    /// all nine officers: not some of them
    All,
    /// the nine officers
    The,
}

fn is_plain(figure: &Figure) -> bool {
    is_plain_count(figure) && figure.value > Rational::ONE
}

/// What a figure counts, where the noun stands right after it, in the singular.
fn noun_behind(cx: &Context<'_>, figure: &Figure) -> Option<String> {
    // A five-judge panel is a size, and no judges that were told of.
    let noun = figure.noun.filter(|n| !n.of && n.head.start > figure.span.end)?;
    let joined = cx.draft.text[figure.span.end as usize..noun.head.start as usize].contains(is_hyphen);
    (!joined && figure.measure == Measure::Count).then(|| lemma(noun.head.of(&cx.draft.lower)).into_owned())
}

/// Whether a figure stands in a definite plural that nothing narrows down: no modifier before the noun, no clause after it.
fn pointing(cx: &Context<'_>, figure: &Figure) -> Option<Pointing> {
    let draft = cx.draft;
    let noun = figure.noun?;
    if noun.phrase != noun.head || quote::innermost_at(&cx.annotations.quotes, figure.span).is_some() {
        return None;
    }
    let first = draft.token_at(figure.span.start);
    let word = |back: usize| first.checked_sub(back).map_or("", |at| draft.lower(&draft.tokens[at]));
    let pointing = match (word(2), word(1)) {
        (_, "all") | ("all", "the" | "of") => Pointing::All,
        (_, "the") => Pointing::The,
        _ => return None,
    };
    let next = draft.tokens.get(draft.token_at(noun.head.end))?;
    let singled = next.kind == TokenKind::Word
        && (lists().singling.contains(draft.lower(next))
            || !next.lex.is(Lex::FUNCTION) && draft.lower(next).ends_with("ing")
            || draft.lower(next).ends_with("ed") && !next.lex.is(Lex::SPEECH_VERB));
    (!singled || pointing == Pointing::All && draft.lower(next) != "of").then_some(pointing)
}

/// The finding for a figure that points back to what the draft has in one other number alone. `all` are the figures of its noun.
fn against(cx: &Context<'_>, figure: &Figure, pointing: Pointing, all: &[&Figure]) -> Option<Finding> {
    let same = || all.iter().copied().filter(|f| !std::ptr::eq(*f, figure));
    if same().any(|f| f.value == figure.value || !is_plain(f) && f.value != Rational::ONE) {
        return None;
    }
    let others = || same().filter(|f| is_plain(f));
    let first = others().next().filter(|f| f.span.start < figure.span.start)?;
    if others().any(|f| f.value != first.value) {
        let gate = || "set: the draft has more than one number of them".to_owned();
        cx.kept_apart(CODE, figure.span, first.span, gate);
        return None;
    }
    // Three counts of fraud and one, or two, of obstruction: four counts, or five.
    let figures = &cx.annotations.figures;
    let from = figures.partition_point(|f| f.sentence < first.sentence);
    let beside = figures[from..].iter().take_while(|f| f.sentence == first.sentence);
    let mut beside = beside.filter(|f| f.span != first.span);
    let sentence = cx.draft.sentence_tokens(&cx.draft.sentences[first.sentence as usize]);
    let one = sentence.iter().any(|t| matches!(cx.draft.lower(t), "one" | "another"));
    let sum = |other: Rational| first.value.add(other) == Some(figure.value);
    if one && sum(Rational::ONE) || beside.any(|f| f.measure == Measure::Count && sum(f.value)) {
        return None;
    }
    // Six employees, then six of the eight employees: the number told before is the part.
    let mut before =
        cx.annotations.figures.iter().filter(|f| f.sentence == figure.sentence && f.span.end < figure.span.start);
    let is_part = |f: &Figure| {
        let between = cx.draft.lower.get(f.span.end as usize..figure.span.start as usize);
        f.value == first.value && between.is_some_and(|words| matches!(words.trim(), "of the" | "of all" | "of"))
    };
    if before.any(is_part) {
        return None;
    }
    let more = figure.value > first.value;
    // “the 460 operations” after 640: digits that change places are no part.
    let transposed = interval::shape(figure.value, first.value) == Relation::Transposed;
    // Another order of things: 40 wickets in all, after five in a morning.
    if !transposed && first.value.add(first.value).is_none_or(|double| figure.value > double) {
        return None;
    }
    if !more && pointing == Pointing::The && !transposed {
        cx.kept_apart(CODE, figure.span, first.span, || "part: “the” fewer of them may be some of them".to_owned());
        return None;
    }
    let own = cx.draft.words_at(figure.span.cover(figure.noun?.head));
    let message = format!("{own} here, {} {}", shown(cx, first.span), place(cx, first.block));
    let finding = Finding::new(CODE, figure.span, message)
        .here(first.span, "the number told before")
        .why("a definite plural points back to the one number of them that the draft has told");
    Some(if others().nth(1).is_some() || pointing == Pointing::All { finding } else { finding.likely() })
}
