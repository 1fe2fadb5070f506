//! `figures/reference`: a figure that the reference has otherwise.

use serde::Deserialize;

use super::{file_name, twins, witness};
use crate::annotate::Figure;
use crate::annotate::figure::{Form, Hedge, Measure, lemma};
use crate::annotate::quote::is_speech_verb;
use crate::checks::words::shorten;
use crate::checks::{Context, option_words};
use crate::corpus::curated::{FigureEntry, Stated};
use crate::corpus::{SourceDocument, Sources, figures as keys};
use crate::diagnostic::{Confidence, Finding, Severity};
use crate::facts::interval::{self, Relation, Widths};
use crate::facts::quantity::{self, Quantity, Rules, Strength, Verdict};
use crate::source::Draft;
use crate::text::{Lex, Rational};

const CODE: &str = "figures/reference";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    hedges: Widths,
    #[serde(deserialize_with = "option_words::groups_of_nouns")]
    same_head: Vec<Vec<String>>,
    gates_off: Vec<quantity::Gate>,
}

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    for figure in &cx.annotations.figures {
        let comparable = figure.form != Form::Vague && !matches!(figure.measure, Measure::Ordinal | Measure::Score);
        let block = &cx.draft.blocks[figure.block as usize];
        // Words in quotation marks are held against the words of the reference, not against its figures.
        let quoted = crate::annotate::quote::innermost_at(&cx.annotations.quotes, figure.span).is_some();
        if !comparable || !block.kind.is_copy() || quoted {
            continue;
        }
        match against_facts(cx, figure) {
            Some(Ok(finding)) => findings.push(finding),
            // The desk has it as here: nobody else is asked.
            Some(Err(Agrees)) => {}
            None => findings.extend(witness::benches(cx).find_map(|sources| against_texts(cx, figure, sources))),
        }
    }
    super::ages::check(cx, findings);
}

/// The desk's own figure agrees.
struct Agrees;

fn against_facts(cx: &Context<'_>, figure: &Figure) -> Option<Result<Finding, Agrees>> {
    let figures = &cx.annotations.figures;
    let entries = cx.reference.facts.figures.iter();
    let (entry, stated) = entries.filter_map(|entry| Some((entry, entry.stated(cx.draft, figures, figure)?))).next()?;
    let listed = entry.figure.as_ref()?;
    let widths = cx.options::<Options>().hedges;
    let relation = interval::relate(figure, listed, &widths)?;
    if relation == Relation::Agrees || relation == Relation::Open || within_tolerance(figure, listed, entry, &widths) {
        // What is only proposed settles nothing: others are asked too.
        return (!entry.provenance.proposed).then_some(Err(Agrees));
    }
    // A figure drifts: one that was settled after the draft's day says nothing of it.
    if matches!((entry.as_of, cx.date), (Some(as_of), Some(date)) if date < as_of) {
        return None;
    }
    let here = shorten(cx.draft.words_at(figure.span), 30);
    let message = format!("{here} here, {} in the facts file", shorten(&entry.value.text, 30));
    let mut finding = Finding::new(CODE, figure.span, message)
        .elsewhere(entry.provenance.evidence_at(&entry.value, entry.as_of))
        .why(format!("the facts file settles the {}", entry.what.text));
    if stated == Stated::InWords {
        finding = finding.likely();
    }
    if entry.provenance.proposed {
        finding = finding.cap(Severity::Info);
    }
    Some(Ok(finding))
}

/// Whether the two are no further apart than the entry allows.
fn within_tolerance(figure: &Figure, listed: &Figure, entry: &FigureEntry, widths: &Widths) -> bool {
    let apart = || {
        let (ours, theirs) = (interval::of(figure, widths)?, interval::of(listed, widths)?);
        let scale = interval::scale_between(listed, figure)?;
        let (low, high) = (scale.mul(ours.low)?, scale.mul(ours.high)?);
        let gap = if low > theirs.high { low.sub(theirs.high)? } else { theirs.low.sub(high)? };
        let (_, tolerance) = entry.tolerance.as_ref()?;
        let tolerance = tolerance.as_ref()?;
        let allowed = match (tolerance.measure, listed.measure) {
            // Points of a percentage; a percentage of anything else is a share of it.
            (Measure::PercentagePoint | Measure::Percent, Measure::Percent) => tolerance.value,
            (Measure::PercentagePoint, Measure::Fraction) => tolerance.value.div(Rational::HUNDRED)?,
            (Measure::Percent, _) => listed.value.abs().mul(tolerance.value.div(Rational::HUNDRED)?)?,
            _ => tolerance.value,
        };
        Some(gap <= allowed)
    };
    apart().unwrap_or(false)
}

/// How two figures relate. A bound far above or below a value says nothing of it: “under $25 billion” does not bear out $0.15.
fn relate(ours: &Figure, theirs: &Figure, widths: &Widths) -> Option<Relation> {
    let mut relation = interval::relate(ours, theirs, widths)?;
    if let (Some(ours_high), Some(theirs_high)) = (ours.high, theirs.high)
        && ours.form != Form::Vague
        && relation == Relation::Agrees
    {
        // Two ranges are one only if both ends are.
        let scale = interval::scale_between(ours, theirs)?;
        let same = ours.value == scale.mul(theirs.value)? && ours_high == scale.mul(theirs_high)?;
        if !same && ours.step == scale.mul(theirs.step)? {
            relation = Relation::Far;
        }
    }
    if ours.high.is_some() != theirs.high.is_some() && relation == Relation::Agrees {
        // An end of a range is the number itself; one inside it neither bears it out nor contradicts it.
        let scale = interval::scale_between(ours, theirs)?;
        let ends = |f: &Figure| [Some(f.value), f.high];
        let is_end =
            ends(theirs).into_iter().flatten().any(|t| scale.mul(t).is_some_and(|t| ends(ours).contains(&Some(t))));
        return is_end.then_some(Relation::Agrees);
    }
    let bound = ours.hedge.is_lower_bound() || ours.hedge.is_upper_bound();
    let bound = bound || theirs.hedge.is_lower_bound() || theirs.hedge.is_upper_bound();
    if bound && matches!(relation, Relation::Agrees | Relation::Open) {
        let (our_hedge, their_hedge) = (ours.hedge, theirs.hedge);
        let steps = (ours.step, interval::scale_between(ours, theirs)?.mul(theirs.step)?);
        let theirs = interval::scale_between(ours, theirs)?.mul(theirs.value)?.abs();
        let ours = ours.value.abs();
        let (low, high) = (ours.min(theirs), ours.max(theirs));
        if low.mul(Rational::whole(2))? < high {
            return None;
        }
        // “Over 600” rounds “over 640” down; “over 80” is not how “over 100” is put.
        let alike = our_hedge.is_lower_bound() == their_hedge.is_lower_bound()
            && our_hedge.is_upper_bound() == their_hedge.is_upper_bound();
        if alike && low != high && steps.0 <= steps.1 {
            return Some(Relation::Far);
        }
    }
    Some(relation)
}

/// A figure of another text that is not this one's.
struct Difference<'a> {
    confidence: Confidence,
    document: &'a SourceDocument,
    theirs: &'a Figure,
    why: String,
}

fn against_texts(cx: &Context<'_>, ours: &Figure, sources: &Sources) -> Option<Finding> {
    // Two tables have the same headings and nothing else in common: “Net 22 mln vs 18 mln”.
    if sources.are_reports && !ends_as_prose(cx.draft, ours) {
        return None;
    }
    let options = cx.options::<Options>();
    let mut differences: Vec<Difference<'_>> = Vec::new();
    let mut roughly = false;
    for twin in twins::of(cx, sources, ours.sentence as usize) {
        let figures = twin.document.annotations.figures.iter().filter(|f| f.sentence == twin.sentence);
        for theirs in figures {
            match relate(ours, theirs, &options.hedges) {
                // “More than 18,000” bears out 18,142 and 18,412 alike.
                Some(Relation::Agrees | Relation::Open) if is_rougher(theirs, ours) => roughly = true,
                Some(Relation::Agrees | Relation::Open) => {
                    cx.kept_apart(CODE, ours.span, ours.span, || "another text has it as here".to_owned());
                    return None;
                }
                // “28 goals in two seasons, 17 of them in the second” has the other text's 17 too.
                Some(_) if has_too(cx, ours, theirs, &options.hedges) => {}
                Some(relation) => differences.extend(difference(cx, ours, theirs, &twin, relation)),
                None => {}
            }
        }
    }
    if roughly {
        let exact = |d: &Difference<'_>| {
            relate(ours, d.theirs, &options.hedges).is_some_and(Relation::is_slip) && !is_rougher(d.theirs, ours)
        };
        differences.retain(exact);
        if differences.is_empty() {
            cx.kept_apart(CODE, ours.span, ours.span, || "another text has it as here, rounded".to_owned());
            return None;
        }
    }
    if differences.is_empty() {
        differences = elsewhere(cx, ours, sources)?;
    }
    if differences.is_empty() {
        differences = nowhere(cx, ours, sources);
    }
    if differences.iter().all(|d| d.confidence == Confidence::Likely) && is_nowhere(cx, ours, sources) {
        differences.iter_mut().for_each(|d| d.confidence = Confidence::Sure);
    }
    let best = differences.iter().max_by_key(|d| d.confidence)?;
    let said = best.document.draft.words_at(best.theirs.span);
    let mut agreeing: Vec<&SourceDocument> = Vec::new();
    for d in &differences {
        let same = relate(best.theirs, d.theirs, &options.hedges) == Some(Relation::Agrees);
        if same && !agreeing.iter().any(|a| a.path() == d.document.path()) {
            agreeing.push(d.document);
        }
    }
    let here = shorten(cx.draft.words_at(ours.span), 28);
    let message = format!("{here} here, {} in {}", shorten(said, 28), file_name(best.document.path()));
    let mut finding = Finding::new(CODE, ours.span, message)
        .confidence(witness::weigh(best.confidence, &agreeing))
        .elsewhere(best.document.evidence(best.theirs.span, "the figure there"))
        .why(best.why.clone());
    let same = |d: &&Difference<'_>| relate(best.theirs, d.theirs, &options.hedges) == Some(Relation::Agrees);
    let mut told = vec![best.document.path()];
    for other in differences.iter().filter(same) {
        if told.len() < witness::MAJORITY && !told.contains(&other.document.path()) {
            told.push(other.document.path());
            finding = finding.elsewhere(other.document.evidence(other.theirs.span, "the same there"));
        }
    }
    Some(finding)
}

/// Whether the sentence of a figure ends in a mark, or stands in display type, where none is needed.
fn ends_as_prose(draft: &Draft, figure: &Figure) -> bool {
    let text = draft.sentences[figure.sentence as usize].span.of(&draft.text).trim_end();
    let display = draft.blocks[figure.block as usize].kind.is_display();
    display || text.ends_with(['.', '?', '!', '…', '”', '"', '’', ':', ';', ')'])
}

/// Whether another figure of the sentence is the one of the other text.
fn has_too(cx: &Context<'_>, ours: &Figure, theirs: &Figure, widths: &Widths) -> bool {
    let beside = cx.annotations.figures.iter().filter(|f| f.sentence == ours.sentence && f.span != ours.span);
    beside.filter(|f| f.measure == ours.measure).any(|f| relate(f, theirs, widths) == Some(Relation::Agrees))
}

/// What a figure is counted in: the 41 games of “17 goals in 41 games”.
fn scope<'f>(figures: &'f [Figure], draft: &Draft, figure: &Figure) -> Option<&'f Figure> {
    let end = figure.noun.as_ref().map_or(figure.span.end, |noun| noun.phrase.end.max(figure.span.end));
    let next = figures.iter().find(|f| f.sentence == figure.sentence && f.span.start >= end)?;
    let between = draft.lower.get(end as usize..next.span.start as usize)?;
    let mut words = between.split_whitespace();
    (words.next() == Some("in") && words.count() <= 2).then_some(next)
}

/// Whether a figure counts a part of what another counts: “11 of them”.
fn is_part(draft: &Draft, figure: &Figure) -> bool {
    let next = draft.token_at(figure.span.end);
    let word = |at: usize| draft.tokens.get(at).map_or("", |t| draft.lower(t));
    word(next) == "of" && matches!(word(next + 1), "them" | "these" | "those" | "whom" | "which")
}

/// Whether `theirs` is put more roughly than `ours`, which is exact.
fn is_rougher(theirs: &Figure, ours: &Figure) -> bool {
    let exact = ours.hedge == Hedge::None && ours.form != Form::Vague;
    let scale = interval::scale_between(ours, theirs);
    let rounded = scale.and_then(|scale| scale.mul(theirs.step)).is_some_and(|step| step > ours.step);
    exact && (theirs.hedge != Hedge::None || theirs.form == Form::Vague || rounded)
}

/// Two figures with different values in twin sentences, where they stand in one place.
fn difference<'a>(
    cx: &Context<'_>,
    ours: &Figure,
    theirs: &'a Figure,
    twin: &twins::Twin<'a>,
    relation: Relation,
) -> Option<Difference<'a>> {
    let draft = &twin.document.draft;
    // Parts of two wholes are two figures, and so is what was counted in one year and in two.
    let (our_scope, their_scope) =
        (scope(&cx.annotations.figures, cx.draft, ours), scope(&twin.document.annotations.figures, draft, theirs));
    if let (Some(a), Some(b)) = (our_scope, their_scope)
        && relate(a, b, &cx.options::<Options>().hedges) != Some(Relation::Agrees)
    {
        return None;
    }
    if ours.role != theirs.role || ours.per != theirs.per || is_part(cx.draft, ours) || is_part(draft, theirs) {
        return None;
    }
    let head = |draft: &Draft, figure: &Figure| figure.noun.map(|n| lemma(n.head.of(&draft.lower)).into_owned());
    let (our_head, their_head) = (head(cx.draft, ours), head(draft, theirs));
    let same_head = our_head.is_some() && our_head == their_head;
    if our_head.is_some() && their_head.is_some() && !same_head {
        return None;
    }
    let quantity = Quantity::new(cx.draft, cx.annotations, ours);
    let other = Quantity::new(draft, &twin.document.annotations, theirs);
    if let Some(gate) = quantity::told_apart(&quantity, &other) {
        cx.kept_apart(CODE, ours.span, ours.span, || gate.name().to_owned());
        return None;
    }
    let (before, after) = twins::context(cx.draft, ours.span, draft, theirs.span);
    let place = before + after;
    let confidence = if twin.is_close() && (place >= 2 || same_head && place >= 1) {
        Confidence::Sure
    } else if place >= 3 || twin.is_close() && (same_head || place >= 1) || same_head && relation.is_slip() {
        Confidence::Likely
    } else {
        return None;
    };
    let why = format!("{} content words shared, {place} words beside the figure", twin.shared);
    Some(Difference { confidence, document: twin.document, theirs, why })
}

/// Figures of the same thing in sentences that are no twins: only the same verb, name and time make them one quantity. `None` where any
/// text has the figure as it is here.
fn elsewhere<'a>(cx: &Context<'a>, ours: &Figure, sources: &'a Sources) -> Option<Vec<Difference<'a>>> {
    let options = cx.options::<Options>();
    let rules = Rules { widths: options.hedges, same_heads: &options.same_head, gates_off: &options.gates_off };
    if !quantity::is_comparable(ours) {
        return Some(Vec::new());
    }
    let quantity = Quantity::new(cx.draft, cx.annotations, ours);
    let key = keys::key(cx.draft, ours);
    let mut differences = Vec::new();
    for document in sources.beside(cx.draft) {
        for theirs in document.annotations.figures.iter().filter(|f| keys::key(&document.draft, f) == key) {
            let other = Quantity::new(&document.draft, &document.annotations, theirs);
            match quantity::compare(&quantity, &other, &rules) {
                Verdict::Compatible => return None,
                Verdict::Incomparable(_) if digits_exchanged(cx, ours, document, theirs) => {
                    differences.push(Difference {
                        confidence: Confidence::Likely,
                        document,
                        theirs,
                        why: "one verb, one noun, two digits exchanged".to_owned(),
                    });
                }
                Verdict::Incomparable(_) => {}
                Verdict::Conflict(relation, Strength::Event) => differences.push(Difference {
                    confidence: if relation.is_slip() { Confidence::Sure } else { Confidence::Likely },
                    document,
                    theirs,
                    why: "one verb, name and time".to_owned(),
                }),
                Verdict::Conflict(..) => {}
            }
        }
    }
    Some(differences)
}

/// “Employs 240 people” and “employ 204 people”: a verb that says what is counted right before both, and two digits that changed places.
fn digits_exchanged(cx: &Context<'_>, ours: &Figure, document: &SourceDocument, theirs: &Figure) -> bool {
    let exact = |f: &Figure| f.hedge == Hedge::None && f.high.is_none() && f.form == Form::Digits;
    let verb = |draft: &Draft, figure: &Figure| {
        let at = draft.token_at(figure.span.start).checked_sub(1)?;
        let token = &draft.tokens[at];
        let telling = token.is_word() && !token.lex.is(Lex::FUNCTION) && !is_speech_verb(draft.lower(token));
        telling.then(|| lemma(draft.lower(token)).into_owned())
    };
    let relation = || interval::relate(ours, theirs, &cx.options::<Options>().hedges);
    let verbs = || verb(cx.draft, ours).zip(verb(&document.draft, theirs));
    exact(ours)
        && exact(theirs)
        && ours.noun.is_some()
        && ours.value >= Rational::HUNDRED
        && relation() == Some(Relation::Transposed)
        && verbs().is_some_and(|(a, b)| a == b)
}

/// Whether the draft is held against one primary document, as a summary of it is, and that has the figure nowhere. Several
/// texts are other reports: each has figures of its own.
fn is_nowhere(cx: &Context<'_>, ours: &Figure, sources: &Sources) -> bool {
    if sources.are_reports || sources.beside(cx.draft).count() != 1 {
        return false;
    }
    let widths = cx.options::<Options>().hedges;
    let mut figures = sources.beside(cx.draft).flat_map(|d| &d.annotations.figures);
    sources.beside(cx.draft).all(|d| d.primary)
        && !figures.any(|f| matches!(relate(ours, f, &widths), Some(Relation::Agrees | Relation::Open)))
}

/// A figure that a primary document has nowhere, where its sentence most like the draft's has another of the same kind: what a summary
/// gets wrong. Numbers that a writer may have worked out (small counts, sums) are left alone.
fn nowhere<'a>(cx: &Context<'_>, ours: &Figure, sources: &'a Sources) -> Vec<Difference<'a>> {
    if !is_nowhere(cx, ours, sources) {
        return Vec::new();
    }
    let widths = cx.options::<Options>().hedges;
    let head = |draft: &Draft, figure: &Figure| figure.noun.map(|n| lemma(n.head.of(&draft.lower)).into_owned());
    let our_head = head(cx.draft, ours);
    let quantity = Quantity::new(cx.draft, cx.annotations, ours);
    let mut best: Option<(u16, Difference<'a>)> = None;
    for twin in twins::related(cx, sources, ours.sentence as usize) {
        let draft = &twin.document.draft;
        for theirs in twin.document.annotations.figures.iter().filter(|f| f.sentence == twin.sentence) {
            let comparable = relate(ours, theirs, &widths).is_some() && ours.per == theirs.per;
            let same_head = our_head.is_some() && our_head == head(draft, theirs);
            let counted = matches!(ours.measure, Measure::Count | Measure::Age(_));
            if !comparable || theirs.form == Form::Vague || counted && !same_head {
                continue;
            }
            let other = Quantity::new(draft, &twin.document.annotations, theirs);
            if quantity::told_apart(&quantity, &other).is_some() {
                continue;
            }
            let (before, after) = twins::context(cx.draft, ours.span, draft, theirs.span);
            let strength = twin.shared + (before + after) as u16 + 2 * u16::from(same_head);
            let difference = Difference {
                confidence: Confidence::Sure,
                document: twin.document,
                theirs,
                why: format!("the value stands nowhere there; {} content words shared", twin.shared),
            };
            if best.as_ref().is_none_or(|(s, _)| strength > *s) {
                best = Some((strength, difference));
            }
        }
    }
    best.into_iter().filter(|(strength, _)| *strength >= 3).map(|(_, difference)| difference).collect()
}
