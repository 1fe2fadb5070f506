//! Figures and days.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Difference, Fact, added, changed, dropped};
use crate::annotate::figure::{Form, Measure};
use crate::annotate::{DateMention, Figure};
use crate::corpus::figures::key;
use crate::corpus::sources::SourceDocument;
use crate::facts::interval::{self, Relation, Widths};
use crate::text::{Rational, Span};

/// The days that a text names, each with its first mention.
type Days<'a> = BTreeMap<(Date, Date), &'a DateMention>;

/// “Seven votes to two”: at most so many words stand between the two numbers.
const BETWEEN: usize = 2;

/// Figures one by one: the same value of the same thing, then the same value put otherwise, then another value of the same thing.
pub(super) fn figures(old: &SourceDocument, new: &SourceDocument, found: &mut Vec<Difference>) {
    let (olds, news) = (&old.annotations.figures, &new.annotations.figures);
    let same_value = |a: &Figure, b: &Figure| a.measure.name() == b.measure.name() && a.ends() == b.ends();
    let same_key = |a: &Figure, b: &Figure| key(&old.draft, a) == key(&new.draft, b);
    let same_noun = |a: &Figure, b: &Figure| {
        let noun = |key: String| key.split_once('|').map(|(_, noun)| noun.to_owned());
        a.noun.is_none() || b.noun.is_none() || noun(key(&old.draft, a)) == noun(key(&new.draft, b))
    };
    let (old_scores, new_scores) = (scores(old), scores(new));
    let in_score = |scores: &[Score], others: &[Score], figure: &Figure| {
        let own = scores.iter().find(|s| s.span.contains(figure.span));
        own.is_some_and(|score| others.iter().any(|o| o.ends == score.ends))
    };
    let agrees = |a: &Figure, b: &Figure| {
        a.form != Form::Vague
            && b.form != Form::Vague
            && interval::relate(a, b, &Widths::default()) == Some(Relation::Agrees)
    };
    // A figure said twice in one text and once in the other is no difference, nor is one that is put otherwise beside it.
    let before =
        olds.iter().filter(|a| !news.iter().any(|b| same_value(a, b)) && !in_score(&old_scores, &new_scores, a));
    let after =
        news.iter().filter(|b| !olds.iter().any(|a| same_value(a, b)) && !in_score(&new_scores, &old_scores, b));
    let kept = |list: &[Figure], others: &[Figure], figure: &Figure| {
        let put_otherwise = |f: &&Figure| f.span != figure.span && f.sentence == figure.sentence;
        list.iter().filter(put_otherwise).any(|f| {
            others.iter().any(|o| same_value(f, o))
                && interval::relate(f, figure, &Widths::default())
                    .is_some_and(|r| matches!(r, Relation::Agrees | Relation::Open))
        })
    };
    let before: Vec<&Figure> = before.filter(|a| !kept(olds, news, a)).collect();
    let mut after: Vec<&Figure> = after.filter(|b| !kept(news, olds, b)).collect();
    // The only sum of money that went is the one that became the only one that came.
    let alone = |list: &[&Figure], figure: &Figure| {
        let name = figure.measure.name();
        name.is_some() && list.iter().filter(|f| f.measure.name() == name).count() == 1
    };
    for &a in &before {
        let only = alone(&before, a) && alone(&after, a);
        if let Some(at) = after.iter().position(|b| agrees(a, b) && same_noun(a, b)) {
            found.push(changed(Fact::Figure, a.span, after.remove(at).span, "rounded"));
            continue;
        }
        // A slip of the hand joins two numbers of which nothing says what they count.
        let slip = after.iter().position(|b| {
            let relation = interval::relate(a, b, &Widths::default());
            same_noun(a, b) && relation.is_some_and(Relation::is_slip)
        });
        let partner = slip.or_else(|| {
            after.iter().position(|b| match only {
                true => a.measure.name() == b.measure.name(),
                false => a.noun.is_some() && same_key(a, b),
            })
        });
        match partner {
            Some(at) => found.push(changed(Fact::Figure, a.span, after.remove(at).span, "")),
            None => found.push(dropped(Fact::Figure, a.span)),
        }
    }
    found.extend(after.into_iter().map(|b| added(Fact::Figure, b.span)));
}

/// Two numbers set against one another: 7-2, seven votes to two.
struct Score {
    span: Span,
    ends: (Rational, Rational),
}

fn scores(document: &SourceDocument) -> Vec<Score> {
    let figures = &document.annotations.figures;
    let single = figures.iter().filter(|f| f.measure == Measure::Score).map(|f| Score { span: f.span, ends: f.ends() });
    let pairs = figures.windows(2).filter_map(|pair| {
        let [a, b] = pair else { return None };
        let between = document.draft.lower.get(a.span.end as usize..b.span.start as usize)?;
        let mut words = between.split_whitespace();
        let apart = words.clone().count() <= BETWEEN && words.next_back() == Some("to");
        let counts = a.measure == Measure::Count && b.measure == Measure::Count && a.sentence == b.sentence;
        (apart && counts)
            .then(|| Score { span: a.span.cover(b.span), ends: (a.value.min(b.value), a.value.max(b.value)) })
    });
    single.chain(pairs).collect()
}

/// Days of the calendar that one text names and the other does not.
pub(super) fn dates(old: &SourceDocument, new: &SourceDocument, found: &mut Vec<Difference>) {
    fn read(document: &SourceDocument) -> Days<'_> {
        let mut days = Days::new();
        for mention in document.annotations.dates.iter().filter(|d| d.is_calendar()) {
            if let Some(covered) = mention.days {
                days.entry(covered).or_insert(mention);
            }
        }
        days
    }
    let (before, after) = (read(old), read(new));
    let within = |a: &(Date, Date), b: &(Date, Date)| (a.0 >= b.0 && a.1 <= b.1) || (b.0 >= a.0 && b.1 <= a.1);
    // A day and month with no year are the same with one, whichever year was read.
    let one_day = |a: &DateMention, b: &DateMention| {
        let (a, b) = (a.written, b.written);
        a.day.is_some()
            && a.month.is_some()
            && (a.day, a.month) == (b.day, b.month)
            && (a.year.is_none() || b.year.is_none())
    };
    // “In December” and “on 6 December” do not contradict one another.
    let stays = |days: &Days<'_>, d: &(Date, Date), m: &DateMention| {
        days.iter().any(|(other, mention)| within(d, other) || one_day(m, mention))
    };
    let gone = before.iter().filter(|(d, m)| !stays(&after, d, m)).map(|(d, m)| (*d, m.span));
    let come = after.iter().filter(|(d, m)| !stays(&before, d, m)).map(|(d, m)| (*d, m.span));
    let (mut gone, mut come): (Vec<_>, Vec<_>) = (gone.collect(), come.collect());
    // Of several, two days of one month are one date that moved, if there are no others.
    let month = |d: &(Date, Date)| (d.0 == d.1).then(|| (d.0.year(), d.0.month()));
    let months: Vec<_> = gone.iter().filter_map(|(d, _)| month(d)).collect();
    for moved in months {
        let of_month = |list: &[((Date, Date), Span)]| -> Vec<usize> {
            (0..list.len()).filter(|&at| month(&list[at].0) == Some(moved)).collect()
        };
        if let ([a], [b]) = (of_month(&gone).as_slice(), of_month(&come).as_slice()) {
            found.push(changed(Fact::Date, gone.remove(*a).1, come.remove(*b).1, ""));
        }
    }
    match (gone.as_slice(), come.as_slice()) {
        ([(_, old)], [(_, new)]) => found.push(changed(Fact::Date, *old, *new, "")),
        _ => {
            found.extend(gone.iter().map(|(_, span)| dropped(Fact::Date, *span)));
            found.extend(come.iter().map(|(_, span)| added(Fact::Date, *span)));
        }
    }
}
