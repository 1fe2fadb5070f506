//! What each of so many is, and all of them together: “nine cases at £1,200 each, or £10,800 in all”, “450 wells in 15 townships, 30 in
//! each”, “160 pupils and 10 teachers, or 16 pupils for each teacher”.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::change::opens_clause;
use super::clause::{end_with_noun, is_plain, tokens};
use super::lists::lists;
use super::{arithmetic, by_sentence, shown, with_unit};
use crate::annotate::Figure;
use crate::annotate::figure::{Hedge, Measure, Role, lemma};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::facts::interval::{self, Interval, Widths};
use crate::text::{Lex, Rational, Token, TokenKind};

/// How many words the name of what “each” is of may have: for each new job.
const NAME: usize = 3;
/// How many sentences away a number of things may stand that an amount is for each of.
const NEAR: u32 = 2;

/// Words after an amount that make it one for each of something.
enum Each<'d> {
    /// $500 each: of what the sentence counts.
    Any,
    /// $3,000 a well, 16 pupils for each teacher: the words behind it, as lemmas.
    Of(SmallVec<[Cow<'d, str>; 3]>),
}

impl Each<'_> {
    /// Whether the amount can be one for each of what `count` counts.
    fn fits(&self, cx: &Context<'_>, count: &Figure) -> bool {
        match (self, head(cx, count)) {
            (Each::Any, noun) => noun.is_some(),
            (Each::Of(words), Some(noun)) => words.contains(&noun),
            (Each::Of(_), None) => false,
        }
    }
}

/// A number of things, the amount for each and the amount for all.
struct Product<'a> {
    count: &'a Figure,
    each: &'a Figure,
    total: &'a Figure,
}

pub(super) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut before: &[Figure] = &[];
    for figures in by_sentence(cx) {
        for three in figures.windows(3) {
            let product = priced(cx, three).or_else(|| spread(cx, three)).or_else(|| grouped(cx, three));
            findings.extend(product.and_then(|p| check(cx, &p)));
            findings.extend(ratio(cx, three));
        }
        findings.extend(figures.windows(2).filter_map(|pair| elsewhere(cx, pair).or_else(|| by_time(cx, pair))));
        let follows =
            before.first().is_some_and(|f| f.block == figures[0].block && f.sentence + 1 == figures[0].sentence);
        if follows {
            findings.extend(comes_to(cx, before, figures).and_then(|p| check(cx, &p)));
        }
        before = figures;
    }
}

fn head<'d>(cx: &Context<'d>, figure: &Figure) -> Option<Cow<'d, str>> {
    figure.noun.map(|n| lemma(n.head.of(&cx.draft.lower)))
}

/// Words after the amount that make it one for each of something: each, apiece, a well, per well, for each teacher, in each.
fn each<'d>(cx: &Context<'d>, figure: &Figure) -> Option<Each<'d>> {
    let draft = cx.draft;
    let end = draft.sentences[figure.sentence as usize].span.end;
    let behind = tokens(cx, end_with_noun(figure), end);
    let behind = if behind.is_empty() { tokens(cx, figure.span.end, end) } else { behind };
    let word = |at: usize| behind.get(at).map_or("", |t| draft.lower(t));
    let name = |at: usize| -> SmallVec<[Cow<'d, str>; 3]> {
        let run = behind.get(at..).unwrap_or_default().iter().take(NAME);
        run.take_while(|t| t.kind == TokenKind::Word && !t.lex.is(Lex::FUNCTION))
            .map(|t| lemma(draft.lower(t)))
            .collect()
    };
    let named = |at: usize| {
        let name = name(at);
        if name.is_empty() { Each::Any } else { Each::Of(name) }
    };
    match word(0) {
        "apiece" => Some(Each::Any),
        "each" => (word(1) != "other").then_some(Each::Any),
        "in" | "for" | "to" | "at" | "on" | "with" if matches!(word(1), "each" | "every") => Some(named(2)),
        "per" => Some(named(1)),
        // “$3,000 a well”; of a count, “a” opens anything.
        "a" | "an" if matches!(figure.measure, Measure::Money(_)) => Some(named(1)),
        _ => None,
    }
}

fn is_part(figure: &Figure) -> bool {
    is_plain(figure)
        && matches!(figure.measure, Measure::Count | Measure::Money(_))
        && figure.value > Rational::ZERO
        && !matches!(figure.role, Role::ChangeBy | Role::From)
        && !figure.hedge.is_upper_bound()
}

/// A whole number of things that the sentence names.
fn is_count(cx: &Context<'_>, figure: &Figure) -> bool {
    is_part(figure)
        && figure.measure == Measure::Count
        && figure.value >= Rational::whole(2)
        && head(cx, figure).is_some()
}

fn is_money(figure: &Figure) -> bool {
    is_part(figure) && matches!(figure.measure, Measure::Money(_))
}

/// Whether the words between the first two of three open no clause of their own.
fn is_one_clause(cx: &Context<'_>, a: &Figure, b: &Figure) -> bool {
    let between = tokens(cx, a.span.end, b.span.start);
    between.len() <= 14 && !between.iter().any(|t| opens_clause(cx, t) || cx.draft.word(t) == ":")
}

/// “, or”, “, for a total of”, “(”: what follows is the same in other words.
fn is_tied(cx: &Context<'_>, words: &[Token]) -> bool {
    let words: SmallVec<[&str; 6]> = words.iter().map(|t| cx.draft.lower(t)).collect();
    matches!(
        words[..],
        [",", "or" | "for"]
            | ["or" | "for"]
            | ["—" | "–", "or"]
            | ["("]
            | [",", "for" | "or", "a", "total", "of"]
            | ["for", "a", "total", "of"]
    ) || matches!(words[..], [",", "a", "total", "of"] | [",", "totaling" | "totalling"])
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
fn comes_to<'a>(cx: &Context<'a>, before: &'a [Figure], figures: &'a [Figure]) -> Option<Product<'a>> {
    let [count, total] = figures else { return None };
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

fn range(figure: &Figure) -> Option<Interval> {
    interval::of(figure, &Widths::default())
}

fn check(cx: &Context<'_>, product: &Product<'_>) -> Option<Finding> {
    let Product { count, each, total } = product;
    if each.measure != total.measure || each.value > total.value {
        return None;
    }
    let (n, unit, all) = (range(count)?, range(each)?, range(total)?);
    let given = Interval { low: n.low.mul(unit.low)?, high: n.high.mul(unit.high)?, open: n.open || unit.open };
    if given.meets(&all) || given.open && all.low > given.high || all.open && given.low > all.high {
        return None;
    }
    let message = format!(
        "{} times {} is {}, not {}",
        with_unit(count.value, count.measure),
        with_unit(each.value, each.measure),
        with_unit(count.value.mul(each.value)?, total.measure),
        shown(cx, total.amount)
    );
    Some(
        Finding::new(arithmetic::CODE, total.amount, message)
            .here(count.amount, "how many")
            .here(each.amount, "for each")
            .why("the number, the amount for each and the total stand together"),
    )
}

/// “160 pupils and 10 teachers, or 16 pupils for each teacher”.
fn ratio(cx: &Context<'_>, three: &[Figure]) -> Option<Finding> {
    let [first, second, stated] = three else { return None };
    let counts = [first, second, stated].iter().all(|f| is_part(f) && f.measure == Measure::Count);
    if !counts || first.value < Rational::whole(2) || second.value < Rational::whole(2) {
        return None;
    }
    let of = each(cx, stated).filter(|of| matches!(of, Each::Of(_)))?;
    let (many, few) = if of.fits(cx, second) { (first, second) } else { (second, first) };
    let same = head(cx, stated).is_none_or(|noun| Some(noun) == head(cx, many));
    let link = tokens(cx, end_with_noun(first), second.span.start);
    let listed = matches!(link, [link] if matches!(cx.draft.lower(link), "and" | "for" | "to"));
    let behind = tokens(cx, end_with_noun(second), stated.span.start);
    // “560 crew” and the like stand without a plural.
    let bare = usize::from(second.noun.is_none() && behind.first().is_some_and(|t| t.kind == TokenKind::Word));
    let tied = is_tied(cx, &behind[bare..]);
    if !of.fits(cx, few) || of.fits(cx, many) || !same || !listed || !tied {
        return None;
    }
    let (a, b, own) = (range(many)?, range(few)?, range(stated)?);
    let half = Rational::new(1, 2)?;
    let own = Interval { low: own.low.sub(half)?, high: own.high.add(half)?, ..own };
    let given = Interval { low: a.low.div(b.high)?, high: a.high.div(b.low)?, open: a.open || b.open };
    if given.open || given.meets(&own) || own.open && given.low > own.high {
        return None;
    }
    let message = format!(
        "{} by {} is {}, not {}",
        with_unit(many.value, many.measure),
        with_unit(few.value, few.measure),
        super::tenths(many.value.div(few.value)?),
        shown(cx, stated.amount)
    );
    Some(
        Finding::new(arithmetic::CODE, stated.amount, message)
            .here(many.amount, "how many there are")
            .here(few.amount, "for how many")
            .why("both numbers and what there is for each stand together"),
    )
}

/// “$1.35 million, or $3,000 a well”, “448 points, or 28 a match”, where the draft counts the wells and matches nearby, and none of their
/// numbers gives it.
fn elsewhere(cx: &Context<'_>, pair: &[Figure]) -> Option<Finding> {
    let [total, unit] = pair else { return None };
    let kind =
        is_money(total) || is_count(cx, total) && head(cx, unit).is_none_or(|noun| Some(noun) == head(cx, total));
    if !kind || !is_part(unit) || total.measure != unit.measure || unit.value >= total.value {
        return None;
    }
    if !is_tied(cx, tokens(cx, end_with_noun(total), unit.span.start)) || unit.hedge.is_lower_bound() {
        return None;
    }
    let Some(Each::Of(words)) = each(cx, unit).or_else(|| an_each(cx, unit)) else { return None };
    let counts =
        cx.annotations.figures.iter().filter(|f| {
            is_part(f) && f.measure == Measure::Count && head(cx, f).is_some_and(|noun| words.contains(&noun))
        });
    let counts: SmallVec<[&Figure; 4]> = counts.collect();
    let nearest = *counts.iter().min_by_key(|f| f.sentence.abs_diff(unit.sentence))?;
    if nearest.sentence.abs_diff(unit.sentence) > NEAR || nearest.hedge != Hedge::None {
        return None;
    }
    let off = |count: &Figure| check(cx, &Product { count, each: unit, total });
    let all_off = counts.iter().all(|count| rounded(unit, count, total).is_none_or(|fits| !fits));
    all_off.then(|| off(nearest).map(Finding::likely)).flatten()
}

/// Whether an amount for each is what total and number give, rounded as it is written.
fn rounded(unit: &Figure, count: &Figure, total: &Figure) -> Option<bool> {
    let half = unit.step.max(Rational::new(1, 10)?).mul(Rational::new(1, 2)?)?;
    let given = total.value.div(count.value)?;
    let near = given.sub(unit.value)?.abs() <= half;
    let (n, one, all) = (range(count)?, range(unit)?, range(total)?);
    let given = Interval { low: n.low.mul(one.low)?, high: n.high.mul(one.high)?, open: n.open || one.open };
    Some(near || given.meets(&all) || given.open || all.open)
}

/// “28 a match”: of a count, where it stands for “28 for each match”.
fn an_each<'d>(cx: &Context<'d>, figure: &Figure) -> Option<Each<'d>> {
    let behind = tokens(cx, figure.span.end, figure.span.end + 24);
    let [article, noun, rest @ ..] = behind else { return None };
    let ends = rest.first().is_none_or(|t| t.kind != TokenKind::Word);
    let named = matches!(cx.draft.lower(article), "a" | "an") && noun.kind == TokenKind::Word && ends;
    named.then(|| Each::Of(SmallVec::from_iter([lemma(cx.draft.lower(noun))])))
}

/// “nine times a day, 63 times a week”, “$1,260 a month, or $15,120 a year”: one rate by two lengths of time.
fn by_time(cx: &Context<'_>, pair: &[Figure]) -> Option<Finding> {
    let [first, second] = pair else { return None };
    let kind = is_part(first) && is_part(second) && first.measure == second.measure;
    let head = |f: &Figure| head(cx, f);
    if !kind || head(first).is_some() && head(second).is_some() && head(first) != head(second) {
        return None;
    }
    let (short, long) = (time(cx, first)?, time(cx, second)?);
    // By the working week or the whole one, a year of 52 weeks or of working days.
    let factors: &[i32] = match (short.1, long.1) {
        ("day", "week") => &[5, 6, 7],
        ("week", "month") => &[4],
        ("week", "year") => &[50, 52],
        ("month", "year") => &[12],
        ("day", "year") => &[365],
        _ => return None,
    };
    let link = tokens(cx, short.0, second.span.start);
    let comma = matches!(link, [mark] if cx.draft.word(mark) == ",") && head(first).is_some();
    if !(is_tied(cx, link) || comma) || first.hedge.is_lower_bound() || second.hedge.is_lower_bound() {
        return None;
    }
    let (a, b) = (range(first)?, range(second)?);
    let half = second.step.min(second.value.div(Rational::whole(20))?);
    let wide = Interval { low: b.low.sub(half)?, high: b.high.add(half)?, ..b };
    let fits = |factor: &i32| {
        let given = |value: Rational| value.mul(Rational::whole(*factor));
        Some(Interval { low: given(a.low)?, high: given(a.high)?, ..a }.meets(&wide))
    };
    if factors.iter().any(|f| fits(f).unwrap_or(true)) {
        return None;
    }
    let message = format!(
        "{} a {} is {} a {}, not {}",
        with_unit(first.value, first.measure),
        short.1,
        with_unit(first.value.mul(Rational::whole(*factors.last()?))?, first.measure),
        long.1,
        shown(cx, second.amount)
    );
    Some(
        Finding::new(arithmetic::CODE, second.amount, message)
            .here(first.amount, "the same rate")
            .why("one rate by two lengths of time, side by side"),
    )
}

/// “a month”, “times a day”: where the length of time behind an amount ends, and its name.
fn time<'d>(cx: &Context<'d>, figure: &Figure) -> Option<(u32, &'d str)> {
    let behind = tokens(cx, end_with_noun(figure), end_with_noun(figure) + 12);
    let [article, unit, ..] = behind else { return None };
    let a = matches!(cx.draft.lower(article), "a" | "an" | "per");
    let name = cx.draft.lower(unit);
    (a && matches!(name, "day" | "week" | "month" | "year")).then_some((unit.span.end, name))
}
