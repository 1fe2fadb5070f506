//! People told by kinds, and in the next sentences all of them: “31 students and four teachers. All 37 people on the bus …”.

use super::clause::{end_with_noun, head, is_plain_count, tokens};
use super::lists::lists;
use super::{arithmetic, by_sentence, shown, shown_inside};
use crate::annotate::Figure;
use crate::checks::{Context, in_marks};
use crate::diagnostic::Finding;
use crate::text::{Lex, Rational, Token, TokenKind};

/// How many sentences behind its parts a total may stand.
const REACH: u32 = 2;

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut told: Option<(&Figure, &Figure)> = None;
    for figures in by_sentence(cx) {
        if let Some((a, b)) = told {
            let near = figures[0].sentence - a.sentence <= REACH;
            let total = figures.iter().find(|f| near && is_all(cx, f));
            if let Some(finding) = total.and_then(|total| check(cx, (a, b), total)) {
                findings.push(finding);
            }
        }
        told = kinds(cx, figures).or(told);
    }
}

fn is_plain(figure: &Figure) -> bool {
    is_plain_count(figure) && figure.value > Rational::ZERO
}

/// The two kinds of people of a sentence, which has no other count: “74 passengers and a crew of six”, “31 students and four teachers”.
fn kinds<'a>(cx: &Context<'_>, figures: &'a [Figure]) -> Option<(&'a Figure, &'a Figure)> {
    let mut pairs = figures.windows(2).filter(|pair| {
        let [a, b] = pair else { return false };
        let link = tokens(cx, end_with_noun(a), b.span.start);
        let crew = matches!(link, [and, article, crew, of]
            if cx.draft.lower(and) == "and" && matches!(cx.draft.lower(article), "a" | "its" | "the")
                && matches!(cx.draft.lower(crew), "crew" | "staff" | "team") && cx.draft.lower(of) == "of");
        let plain = matches!(link, [and] if cx.draft.lower(and) == "and");
        is_plain(a) && is_plain(b) && is_kind(cx, a) && (crew || plain && is_kind(cx, b))
    });
    let pair = pairs.next()?;
    (pairs.next().is_none() && !in_marks(cx, pair[0].span)).then_some((&pair[0], &pair[1]))
}

/// Whether a figure counts people of one kind.
fn is_kind(cx: &Context<'_>, figure: &Figure) -> bool {
    let Some(head) = head(cx, figure) else { return false };
    let lists = lists();
    head != "person"
        && (lists.persons.contains(&*head) || lists.persons_by_kind.contains(&*head) || lists.people.contains(&*head))
}

/// “All 37 people on board”, “the 84 people aboard”: everybody, and nobody but those told of.
fn is_all(cx: &Context<'_>, figure: &Figure) -> bool {
    if !is_plain(figure) || in_marks(cx, figure.span) || head(cx, figure).is_none_or(|h| h != "person") {
        return false;
    }
    let sentence = cx.draft.sentences[figure.sentence as usize].span;
    let before = tokens(cx, sentence.start, figure.span.start);
    let behind = tokens(cx, end_with_noun(figure), sentence.end);
    let lower = |t: Option<&Token>| t.filter(|t| t.kind == TokenKind::Word).map_or("", |t| cx.draft.lower(t));
    let aboard = match lower(behind.first()) {
        "aboard" => true,
        "on" if lower(behind.get(1)) == "board" => true,
        _ => false,
    };
    match lower(before.last()) {
        "all" => aboard || behind.first().is_some_and(|t| t.kind == TokenKind::Word && !t.lex.is(Lex::FUNCTION)),
        "the" => aboard,
        _ => false,
    }
}

fn check(cx: &Context<'_>, (a, b): (&Figure, &Figure), total: &Figure) -> Option<Finding> {
    let sum = a.value.add(b.value)?;
    let off = sum.sub(total.value)?.abs();
    let near = off <= total.value.mul(Rational::new(15, 100)?)?;
    // All the children of them, or all of another lot.
    if off.is_zero() || !near || total.value <= a.value.max(b.value) {
        return None;
    }
    // Somebody else is told of besides: the number stands elsewhere too.
    let again =
        |f: &&Figure| f.span != total.span && f.value == total.value && head(cx, f).is_some_and(|h| h == "person");
    if cx.annotations.figures.iter().any(|f| again(&f)) {
        cx.kept_apart(arithmetic::CODE, total.span, a.span, || {
            "told: the number of all stands elsewhere too".to_owned()
        });
        return None;
    }
    let message = format!(
        "{} and {} make {sum}, not {}",
        shown(cx, a.amount),
        shown(cx, b.amount),
        shown_inside(cx, total.amount)
    );
    Some(
        Finding::new(arithmetic::CODE, total.amount, message)
            .here(a.amount, "some")
            .here(b.amount, "the others")
            .why("all of the people that the sentences before count by kind"),
    )
}
