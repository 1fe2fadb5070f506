//! The ways in which a number, an amount for each and the amount for all stand together.

use smallvec::SmallVec;

use super::{Each, NAME, Product, each, head, is_count, is_money, is_part, is_tied};
use crate::annotate::Figure;
use crate::annotate::figure::{Measure, Role};
use crate::checks::Context;
use crate::checks::figures::change::opens_clause;
use crate::checks::figures::clause::{end_with_noun, tokens};
use crate::checks::figures::lists::lists;
use crate::text::{Token, TokenKind};

/// The product that three figures of a sentence in a row are.
pub(super) fn of_three<'a>(cx: &Context<'a>, three: &'a [Figure]) -> Option<Product<'a>> {
    priced(cx, three).or_else(|| spread(cx, three)).or_else(|| grouped(cx, three))
}

/// Whether the words between the first two of three open no clause of their own.
fn is_one_clause(cx: &Context<'_>, a: &Figure, b: &Figure) -> bool {
    let between = tokens(cx, a.span.end, b.span.start);
    between.len() <= 14 && !between.iter().any(|t| opens_clause(cx, t) || cx.draft.word(t) == ":")
}

/// Whether a total is said to be one: in all, altogether.
fn is_summed(cx: &Context<'_>, total: &Figure) -> bool {
    let behind = tokens(cx, total.span.end, total.span.end + 14);
    let words: SmallVec<[&str; 3]> = behind.iter().take(2).map(|t| cx.draft.lower(t)).collect();
    matches!(words[..], ["in", "all" | "total"] | ["altogether", ..])
}

/// The words behind an amount for each, without those that make it one: what ties it to the next figure.
fn behind_each<'d>(cx: &Context<'d>, each: &Figure, next: &Figure) -> &'d [Token] {
    let words = tokens(cx, each.span.end, next.span.start);
    let at = words.iter().position(|t| t.kind == TokenKind::Mark || cx.draft.lower(t) == "or").unwrap_or(words.len());
    if at <= NAME + 2 { &words[at..] } else { &[] }
}

/// “9 cases at £1,200 each, or £10,800 in all”, “$2 million for 400 families, or $5,000 each”, “$5,000 for each of the 640 operations, or
/// $3.2 million”.
fn priced<'a>(cx: &Context<'a>, three: &'a [Figure]) -> Option<Product<'a>> {
    let [a, b, c] = three else { return None };
    let product = |count: &'a Figure, each: &'a Figure, total: &'a Figure| Product { count, each, total };
    if is_count(cx, a) && is_money(b) && is_money(c) && is_one_clause(cx, a, b) {
        if let Some(of) = each(cx, b).filter(|of| of.fits(cx, a)) {
            let link = behind_each(cx, b, c);
            let comma = matches!(link, [mark] if cx.draft.word(mark) == ",");
            let tied = is_tied(cx, link) || comma && is_summed(cx, c);
            return (tied && (matches!(of, Each::Any) || is_summed(cx, c) || is_tied(cx, link)))
                .then(|| product(a, b, c));
        }
        // “The 400 families will get $2 million, or $5,000 each”
        let of = each(cx, c).filter(|of| of.fits(cx, a))?;
        let restated = is_tied(cx, tokens(cx, b.span.end, c.span.start)) && (matches!(of, Each::Of(_)) || ends(cx, c));
        return restated.then(|| product(a, c, b));
    }
    if is_money(a) && is_count(cx, b) && is_money(c) {
        let lead = tokens(cx, a.span.end, b.span.start);
        if let Some(of) = each(cx, c).filter(|of| of.fits(cx, b)) {
            let shared = lead.len() <= 8
                && lead.iter().any(|t| matches!(cx.draft.lower(t), "for" | "to" | "among" | "between" | "on" | "by"))
                && !lead.iter().any(|t| opens_clause(cx, t));
            let words = tokens(cx, end_with_noun(b), c.span.start);
            let near = is_tied(cx, words) || matches!(words, [mark] if matches!(cx.draft.word(mark), "," | "—" | "–"));
            return (shared && near && (matches!(of, Each::Of(_)) || ends(cx, c))).then(|| product(b, c, a));
        }
        // “for each of the 640 operations”
        let for_each = matches!(lead, [word, each, of, the] if matches!(
            (cx.draft.lower(word), cx.draft.lower(each), cx.draft.lower(of)), ("for" | "to", "each", "of")
        ) && matches!(cx.draft.lower(the), "the" | "its" | "his" | "her" | "their"));
        let tied = is_tied(cx, tokens(cx, end_with_noun(b), c.span.start));
        return (for_each && tied).then(|| product(b, a, c));
    }
    None
}

/// Whether a clause ends behind “each”, or “for each”.
fn ends(cx: &Context<'_>, figure: &Figure) -> bool {
    let behind = tokens(cx, figure.span.end, figure.span.end + 14);
    let each = behind.iter().take(2).position(|t| matches!(cx.draft.lower(t), "each" | "apiece"));
    each.is_some_and(|at| behind.get(at + 1).is_none_or(|t| t.kind != TokenKind::Word))
}

/// “450 wells in 15 townships, 30 in each”.
fn spread<'a>(cx: &Context<'a>, three: &'a [Figure]) -> Option<Product<'a>> {
    let [total, count, unit] = three else { return None };
    if !is_count(cx, total) || !is_count(cx, count) || !is_part(unit) || unit.measure != Measure::Count {
        return None;
    }
    let lead = tokens(cx, end_with_noun(total), count.span.start);
    let within = matches!(lead, [word, rest @ ..] if matches!(cx.draft.lower(word), "in" | "at" | "from" | "across" | "into" | "on")
        && rest.len() <= 2);
    let of = each(cx, unit).filter(|of| of.fits(cx, count))?;
    // “20 in each”, and no count of something else.
    let same = head(cx, unit).is_none_or(|noun| Some(noun) == head(cx, total));
    let close = matches!(of, Each::Of(_))
        || matches!(tokens(cx, unit.span.end, unit.span.end + 9), [_, each, ..] | [each] if cx.draft.lower(each) == "each");
    let comma = matches!(tokens(cx, end_with_noun(count), unit.span.start), [mark] if matches!(cx.draft.word(mark), "," | "—" | "("));
    (within && same && close && comma).then_some(Product { count, each: unit, total })
}

/// “120 rats … split them into three groups of 40”.
fn grouped<'a>(cx: &Context<'a>, three: &'a [Figure]) -> Option<Product<'a>> {
    let [total, count, unit] = three else { return None };
    let counts = is_count(cx, total) && is_count(cx, count) && is_part(unit) && unit.measure == Measure::Count;
    let group = counts && head(cx, count).is_some_and(|noun| lists().groups.contains(&*noun));
    let of = matches!(tokens(cx, count.span.end, unit.span.start), [_, of] if cx.draft.lower(of) == "of");
    let lead = tokens(cx, total.span.end, count.span.start);
    let into = lead.last().is_some_and(|t| cx.draft.lower(t) == "into") && lead.len() <= 14;
    // “12 boxes of 6 each” has another total; nothing stands behind the size of a group but its noun.
    let same = head(cx, unit).is_none_or(|noun| Some(noun) == head(cx, total));
    (group && of && into && same && total.value > unit.value).then_some(Product { count, each: unit, total })
}

/// “$3.30 a share. … With 20 million shares, that comes to $66 million.”
pub(super) fn comes_to<'a>(cx: &Context<'a>, before: &'a [Figure], figures: &'a [Figure]) -> Option<Product<'a>> {
    let [count, total, ..] = figures else { return None };
    if is_money(count) {
        return at_each(cx, before, count, total);
    }
    if figures.len() > 2 {
        return None;
    }
    let link = tokens(cx, end_with_noun(count), total.span.start);
    let told = matches!(link, [comma, that, verb, to]
        if cx.draft.word(comma) == "," && matches!(cx.draft.lower(that), "that" | "it" | "this")
            && matches!(cx.draft.lower(verb), "comes" | "came" | "amounts" | "adds" | "works")
            && matches!(cx.draft.lower(to), "to" | "up"));
    if !told || !is_count(cx, count) || !is_money(total) {
        return None;
    }
    let mut prices = before.iter().filter(|f| is_money(f) && f.measure == total.measure);
    let mut priced =
        prices.clone().filter(|f| each(cx, f).is_some_and(|of| matches!(of, Each::Of(_)) && of.fits(cx, count)));
    let unit = priced.next()?;
    let alone = priced.next().is_none() && prices.all(|f| f.span == unit.span || f.role == Role::From);
    alone.then_some(Product { count, each: unit, total })
}

/// “1,500 cans a year. … At 10 cents each, that is $150”: of the one count of the sentence before.
fn at_each<'a>(cx: &Context<'a>, before: &'a [Figure], unit: &'a Figure, total: &'a Figure) -> Option<Product<'a>> {
    let start = cx.draft.sentences[unit.sentence as usize].span.start;
    let opens = matches!(tokens(cx, start, unit.span.start), [at] if cx.draft.lower(at) == "at");
    let link: SmallVec<[&str; 6]> =
        tokens(cx, unit.span.end, total.span.start).iter().map(|t| cx.draft.lower(t)).collect();
    let told = matches!(
        link[..],
        ["each" | "apiece", ",", "that" | "it" | "this", "is" | "makes" | "was" | "made"]
            | ["each" | "apiece", ",", "that" | "it" | "this", "comes" | "came" | "adds" | "amounts", "to" | "up"]
    );
    // A household of four is one household.
    let led = |f: &Figure| {
        tokens(cx, f.span.start.saturating_sub(3), f.span.start).last().is_some_and(|t| cx.draft.lower(t) == "of")
    };
    let mut counts = before.iter().filter(|f| is_count(cx, f) && !led(f));
    let count = counts.next()?;
    (opens && told && is_money(total) && counts.next().is_none()).then_some(Product { count, each: unit, total })
}
