//! A lead in one sentence and the shares it is taken from in the next: “leads by six percent. … 49 percent … 43 percent”.

use super::clause::{is_plain, tokens};
use super::cues::{Cues, sentences};
use super::{arithmetic, change, shown};
use crate::annotate::Figure;
use crate::annotate::figure::{Hedge, Measure, Role, lemma};
use crate::checks::Context;
use crate::diagnostic::Finding;
use crate::text::Rational;

/// How many sentences behind the lead its shares may stand.
const REACH: u32 = 3;

/// Words of who is before whom.
pub(super) const RACE: [&str; 9] =
    ["leads", "led", "leading", "ahead", "trails", "trailed", "trailing", "behind", "beating"];

pub(super) fn run(cx: &Context<'_>, code: &str, findings: &mut Vec<Finding>) {
    let mut all = sentences(cx);
    while let Some((figures, cues)) = all.next() {
        let Some(lead) = cues.has(Cues::RACE).then(|| lead(cx, figures)).flatten() else { continue };
        let shares = all
            .clone()
            .map(|(next, _)| next)
            .take_while(|next| next[0].sentence - lead.sentence <= REACH)
            .find_map(|next| shares(cx, lead, next));
        findings.extend(shares.and_then(|(a, b)| report(cx, lead, a, b)).filter(|f| &*f.code == code));
    }
}

/// “leads Ms. Roe by six percent”, “is ahead by 6 points”: the one percentage of a sentence about a race.
fn lead<'a>(cx: &Context<'_>, figures: &'a [Figure]) -> Option<&'a Figure> {
    let is = |f: &&Figure| {
        let points =
            f.measure == Measure::Count && f.noun.is_some_and(|n| lemma(n.head.of(&cx.draft.lower)) == "point");
        (points || matches!(f.measure, Measure::Percent | Measure::PercentagePoint)) && is_plain(f)
    };
    let mut found = figures.iter().filter(is);
    let lead = found.next().filter(|_| figures.iter().filter(|f| f.measure == Measure::Percent).count() <= 1)?;
    let start = cx.draft.sentences[lead.sentence as usize].span.start;
    let before = tokens(cx, start, lead.span.start);
    let by = before.last().is_some_and(|t| cx.draft.lower(t) == "by");
    let race = before[before.len().saturating_sub(12)..].iter().any(|t| RACE.contains(&cx.draft.lower(t)));
    let exact = matches!(lead.hedge, Hedge::None | Hedge::Exactly) && lead.value.is_whole();
    (by && race && exact && found.next().is_none()).then_some(lead)
}

/// The two shares of a later sentence that names those of the race, or stands for them.
fn shares<'a>(cx: &Context<'_>, lead: &Figure, figures: &'a [Figure]) -> Option<(&'a Figure, &'a Figure)> {
    let mut percents = figures.iter().filter(|f| f.measure == Measure::Percent);
    let (a, b) = (percents.next()?, percents.next()?);
    let plain = |f: &Figure| is_plain(f) && f.role == Role::Level && f.hedge == Hedge::None;
    if percents.next().is_some() || !plain(a) || !plain(b) {
        return None;
    }
    let words = |sentence: u32| cx.draft.sentence_tokens(&cx.draft.sentences[sentence as usize]);
    let other = words(a.sentence).iter().any(|t| {
        matches!(
            cx.draft.lower(t),
            "among"
                | "women"
                | "men"
                | "approve"
                | "approved"
                | "favorable"
                | "independents"
                | "earlier"
                | "last"
                | "ago"
                | "from"
                | "than"
        )
    });
    let person = |sentence: u32| {
        cx.annotations
            .people
            .iter()
            .filter(move |p| p.mentions.iter().any(|m| m.sentence == sentence && !m.ambiguous))
            .map(|p| p.id)
    };
    let both = person(a.sentence).filter(|id| person(lead.sentence).any(|other| other == *id)).count() >= 2;
    let pronouns =
        words(a.sentence).iter().filter(|t| matches!(cx.draft.lower(t), "him" | "her" | "he" | "she")).count() >= 2;
    (!other && (both || pronouns)).then_some((a, b))
}

fn report(cx: &Context<'_>, lead: &Figure, a: &Figure, b: &Figure) -> Option<Finding> {
    let gap = a.value.sub(b.value)?.abs();
    let percent = lead.measure == Measure::Percent;
    if gap == lead.value && !percent {
        return None;
    }
    let relative = gap.div(a.value.min(b.value))?.mul(Rational::HUNDRED)?;
    if percent && relative.sub(lead.value)?.abs() <= Rational::ONE {
        return None;
    }
    let code = if gap == lead.value { change::POINTS_CODE } else { arithmetic::CODE };
    let message = format!(
        "{} here; {} and {} are {gap} percentage points apart",
        shown(cx, lead.amount),
        shown(cx, a.amount),
        shown(cx, b.amount)
    );
    let finding = Finding::new(code, lead.amount, message)
        .here(a.amount, "one share")
        .here(b.amount, "the other")
        .why("the lead and the shares of the same two");
    // A lead from shares before rounding may be one off.
    let close = gap.sub(lead.value)?.abs() == Rational::ONE;
    Some(if close { finding.likely() } else { finding })
}
