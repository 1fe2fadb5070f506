//! `figures/headline`, where the story has the headline's figure somewhere, but its lead tells the same thing with another: 41 killed in
//! the headline, 14 killed in the lead, and 41 boats further down. And scores, which only scores bear out.

use super::against;
use super::clause::head;
use super::headline::{CODE, supports};
use super::lists::lists;
use crate::annotate::Figure;
use crate::annotate::figure::{Form, Measure, lemma};
use crate::checks::Context;
use crate::checks::words::stem;
use crate::diagnostic::Finding;
use crate::facts::interval::{self, Relation, Widths};
use crate::facts::polarity::Pole;
use crate::facts::turns::pole_of;
use crate::text::{Lex, Rational, TokenKind};

/// How many words with content before a figure are asked what it tells of.
const BEFORE: usize = 2;
/// And how many tokens back they may stand.
const REACH: usize = 7;

/// How many tokens behind a figure may say what became of those whom it counts.
const BEHIND: usize = 5;

/// What became of people, whatever the words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lot {
    Dead,
    Hurt,
    Held,
    Missing,
}

fn lot(word: &str) -> Option<Lot> {
    let lists = lists();
    let kinds =
        [(&lists.dead, Lot::Dead), (&lists.hurt, Lot::Hurt), (&lists.held, Lot::Held), (&lists.missing, Lot::Missing)];
    kinds.into_iter().find(|(words, _)| words.contains(word)).map(|(_, lot)| lot)
}

/// What the words beside a figure say that it tells of.
#[derive(PartialEq, Eq)]
enum Anchor {
    /// A verb or noun, cut to what its forms share.
    Stem(String),
    /// Any word for more, or for less.
    Turn(u16, Pole),
    /// Any word for one lot of people: the dead, the hurt, the held.
    Lot(Lot),
}

/// The finding for a headline figure of which the lead tells with another value, and with no figure that could be it.
pub(super) fn contradicts(cx: &Context<'_>, figure: &Figure, widths: &Widths) -> Option<Finding> {
    let quoted = |f: &Figure| crate::annotate::quote::innermost_at(&cx.annotations.quotes, f.span).is_some();
    let lead = || {
        cx.annotations
            .figures
            .iter()
            .filter(|f| cx.draft.paragraph_number(f.block as usize) == Some(1) && f.form != Form::Vague && !quoted(f))
    };
    let alike = |f: &Figure| match figure.measure {
        Measure::Count if is_points(cx, figure) => f.measure == Measure::PercentagePoint || is_points(cx, f),
        _ => f.measure == figure.measure,
    };
    let own = anchors(cx, figure);
    // Four dead are not borne out by four cables, where the lead counts the dead.
    let counts_things = |f: &Figure| {
        figure.measure == Measure::Count
            && own.iter().any(|a| matches!(a, Anchor::Lot(_)))
            && head(cx, f)
                .is_some_and(|other| !lists().people.contains(&*other) && head(cx, figure).as_ref() != Some(&other))
            && !anchors(cx, f).iter().any(|a| own.contains(a))
    };
    if lead().any(|f| supports(figure, f, widths) && !counts_things(f)) {
        return None;
    }
    let points = is_points(cx, figure);
    let tells_the_same = |f: &Figure| {
        // Of two ages the word right before says whose they are: Ada Poe, 63; Tessa Poe Cole, 18.
        if matches!(figure.measure, Measure::Age(_)) && word_before(cx, figure) != word_before(cx, f) {
            cx.kept_apart(CODE, figure.span, f.span, || "age: of two people".to_owned());
            return false;
        }
        // Eight are dead; of those whom the lead counts it does not say so.
        let lots = |f: &Figure| anchors(cx, f).into_iter().find(|a| matches!(a, Anchor::Lot(_)));
        if own.iter().any(|a| matches!(a, Anchor::Lot(_))) && lots(f).is_none() {
            cx.kept_apart(CODE, figure.span, f.span, || "anchor: the lead does not say what became of them".to_owned());
            return false;
        }
        let shared = points && is_points(cx, f) || anchors(cx, f).iter().any(|a| own.contains(a));
        if !shared {
            let gate = || "anchor: no word beside them says that they tell of one thing".to_owned();
            cx.kept_apart(CODE, figure.span, f.span, gate);
        }
        shared
    };
    let rivals: Vec<(&Figure, Relation)> = lead()
        .filter_map(|f| {
            let relation = interval::relate(figure, f, widths).or(points.then_some(Relation::Far))?;
            let told = alike(f) && !matches!(relation, Relation::Agrees | Relation::Open) && tells_the_same(f);
            told.then_some((f, relation))
        })
        .collect();
    // One a slip away, or else the only one, or the only one that counts the same.
    let slips = || rivals.iter().filter(|(_, relation)| relation.is_slip());
    let same = || rivals.iter().filter(|(f, _)| head(cx, figure).is_some() && head(cx, f) == head(cx, figure));
    let is_sum = || adds_up(figure, &lead().filter(|f| !counts_things(f)).collect::<Vec<_>>());
    let theirs = match (slips().count(), &rivals[..]) {
        (1, _) => slips().next()?.0,
        (_, [(only, _)]) if !is_sum() => only,
        (0, _) if same().count() == 1 && !is_sum() => same().next()?.0,
        _ => return None,
    };
    // “go five points clear” is no step.
    let state = points && (is_distance(cx, figure) || is_distance(cx, theirs));
    if figure.high.is_some() || theirs.high.is_some() || theirs.role != figure.role && !state {
        return None;
    }
    // Three held: “a man and two of his nephews”.
    if figure.measure == Measure::Count && !points && is_one_of_several(cx, theirs) {
        cx.kept_apart(CODE, figure.span, theirs.span, || "part: others stand beside them".to_owned());
        return None;
    }
    let message = against(cx, figure, theirs);
    Some(
        Finding::new(CODE, figure.span, message)
            .here(theirs.span, "the lead tells it with this figure")
            .why("headline and lead tell one thing, by the words beside the figures"),
    )
}

/// Whether some figures of the lead, one after the other, make the headline’s: 51 held in one country and 24 in another are 75.
fn adds_up(figure: &Figure, lead: &[&Figure]) -> bool {
    let parts: Vec<&&Figure> = lead.iter().filter(|f| f.measure == figure.measure && f.high.is_none()).collect();
    (0..parts.len()).any(|first| {
        let sums = parts[first..].iter().scan(Rational::ZERO, |sum, f| {
            *sum = sum.add(f.value)?;
            Some(*sum)
        });
        sums.into_iter().any(|sum| sum == figure.value)
    })
}

/// Whether others are counted in words beside a figure: “a man and two of his nephews”, “two men and a woman”.
fn is_one_of_several(cx: &Context<'_>, figure: &Figure) -> bool {
    let draft = cx.draft;
    let sentence = draft.sentences[figure.sentence as usize].tokens.clone();
    let at = draft.token_at(figure.span.start);
    let end = draft.token_at(figure.noun.map_or(figure.span.end, |n| n.phrase.end.max(figure.span.end)));
    let lower = |i: usize| draft.lower(&draft.tokens[i]);
    let before = (at.saturating_sub(2).max(sentence.start as usize)..at).any(|i| matches!(lower(i), "and" | "other"));
    let behind = end..(end + REACH).min(sentence.end as usize);
    let and = behind.clone().find(|i| matches!(lower(*i), "and" | "including" | "plus"));
    before
        || and.is_some_and(|i| {
            i + 1 < sentence.end as usize && !draft.tokens[i + 1].lex.is(Lex::SPEECH_VERB) && {
                let next = lower(i + 1);
                matches!(next, "a" | "an" | "another" | "one" | "his" | "her" | "their" | "the" | "others")
            }
        })
}

/// “five points clear”: how far ahead or behind, and not by how much it moved.
fn is_distance(cx: &Context<'_>, figure: &Figure) -> bool {
    let end = figure.noun.map_or(figure.span.end, |n| n.phrase.end.max(figure.span.end));
    let next = cx.draft.tokens.get(cx.draft.token_at(end)).map_or("", |t| cx.draft.lower(t));
    matches!(next, "clear" | "ahead" | "behind" | "adrift")
}

/// Whether a score is said to be the result, not where the match stood: a 3-2 win, beat Town 3-2; not from 2-1 down.
pub(super) fn is_final(cx: &Context<'_>, score: &Figure) -> bool {
    let draft = cx.draft;
    let first = draft.token_at(score.span.start);
    let start = draft.sentences[score.sentence as usize].tokens.start as usize;
    let next = draft.tokens.get(draft.token_at(score.span.end)).map_or("", |t| draft.lower(t));
    let before = &draft.tokens[first.saturating_sub(REACH).max(start)..first];
    let stood = matches!(next, "down" | "up" | "ahead" | "behind" | "lead" | "deficit")
        || before.last().is_some_and(|t| draft.lower(t) == "from");
    !stood && (lists().results.contains(next) || before.iter().any(|t| lists().ended.contains(draft.lower(t))))
}

/// The finding for a score in display type that the story has nowhere, not even the other way round, and whose lead has another.
pub(super) fn other_score(cx: &Context<'_>, figure: &Figure) -> Option<Finding> {
    let own = (figure.measure == Measure::Score).then_some(figure.ends())?;
    // Results by set or by match: a table in one line.
    if cx.annotations.figures.iter().filter(|f| f.block == figure.block && f.measure == Measure::Score).count() > 1 {
        return None;
    }
    let body = || cx.annotations.figures.iter().filter(|f| cx.draft.paragraph_number(f.block as usize).is_some());
    if figure.high.is_none() || body().any(|f| f.high.is_some() && f.ends() == own) {
        return None;
    }
    let mut leads = body().filter(|f| {
        let in_lead = cx.draft.paragraph_number(f.block as usize) == Some(1);
        f.measure == Measure::Score && f.high.is_some() && in_lead && is_final(cx, f)
    });
    let theirs = leads.next()?;
    let message = against(cx, figure, theirs);
    let finding = Finding::new(CODE, figure.span, message)
        .here(theirs.span, "the score of the lead")
        .why("the story has the headline’s score nowhere");
    Some(if leads.next().is_some() { finding.likely() } else { finding })
}

fn is_points(cx: &Context<'_>, figure: &Figure) -> bool {
    // “a five-point lead” counts points.
    let joined = || cx.draft.lower[figure.number.end as usize..].starts_with("-point ");
    figure.measure == Measure::PercentagePoint
        || figure.measure == Measure::Count && joined()
        || figure.noun.is_some_and(|n| lemma(n.head.of(&cx.draft.lower)) == "point")
}

/// The words that say what a figure tells of: the nearest ones with content before it, and what it counts.
fn anchors(cx: &Context<'_>, figure: &Figure) -> Vec<Anchor> {
    let draft = cx.draft;
    let first = draft.token_at(figure.span.start);
    let start = draft.sentences[figure.sentence as usize].tokens.start as usize;
    let content = |at: &usize| {
        let token = &draft.tokens[*at];
        token.kind == TokenKind::Word && !token.lex.is(Lex::FUNCTION | Lex::WEEKDAY | Lex::MONTH)
    };
    let before = (first.saturating_sub(REACH).max(start)..first).rev().filter(content).take(BEFORE);
    let mut anchors: Vec<Anchor> = before.map(|at| anchor(draft.lower(&draft.tokens[at]))).collect();
    if let Some(noun) = figure.noun {
        anchors.push(anchor(noun.head.of(&draft.lower)));
    }
    // “Four dead”, “three men were arrested”: what is said of them stands behind.
    let end = draft.sentences[figure.sentence as usize].tokens.end as usize;
    let behind = draft.token_at(figure.span.end)..end.min(draft.token_at(figure.span.end) + BEHIND);
    let clause = behind.take_while(|at| draft.tokens[*at].kind == TokenKind::Word);
    anchors.extend(clause.clone().filter_map(|at| lot(draft.lower(&draft.tokens[at]))).map(Anchor::Lot));
    // “14 months before the collapse”, “nine years in prison”.
    if figure.measure.is_time() {
        anchors.extend(clause.clone().find(content).map(|at| anchor(draft.lower(&draft.tokens[at]))));
    }
    anchors
}

/// The word nearest before a figure in its sentence, marks aside.
fn word_before<'d>(cx: &Context<'d>, figure: &Figure) -> &'d str {
    let draft = cx.draft;
    let start = draft.sentences[figure.sentence as usize].tokens.start as usize;
    let before = &draft.tokens[start..draft.token_at(figure.span.start).max(start)];
    before.iter().rfind(|t| t.is_word()).map_or("", |t| draft.lower(t))
}

fn anchor(word: &str) -> Anchor {
    if let Some(lot) = lot(word) {
        return Anchor::Lot(lot);
    }
    match pole_of(word) {
        Some((family, pole)) => Anchor::Turn(family, pole),
        None => Anchor::Stem(stem(word)),
    }
}
