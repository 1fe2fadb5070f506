//! `claims/polarity`: the draft says captured where the rest of it, or the reference, says lost.

use rustc_hash::{FxHashMap, FxHashSet};

use super::stated::{Stated, Words, read, same};
use super::{contrary, direction};
use crate::annotate::quote::takes_up_a_claim;
use crate::checks::Context;
use crate::corpus::SourceDocument;
use crate::diagnostic::{Confidence, Finding};
use crate::facts::polarity::{self, Hit, Pole, Stance, family_name};
use crate::facts::wording::{self, Comparison, Gates, Kind, Wording};
use crate::source::Draft;
use crate::text::{Lex, Span, Token, TokenKind, calendar};

pub(super) const CODE: &str = "claims/polarity";

/// Two sentences are one statement when nearly all their words are the same.
const SENTENCE: Gates = Gates { min_same: 4, min_share: 65, max_changes: 3, max_words: 4 };
/// How many sentences back a claim may stand that “the assertion” takes up.
const REACH: usize = 4;
/// Paragraphs of the body that a headline sums up.
const LEAD: usize = 6;

/// A sentence is held against so many of one side: where there are more, the copy is a list or says the same again and again.
const CROWD: usize = 128;

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let stated = read(cx.draft, &cx.annotations.quotes);
    let mut taken: FxHashSet<Span> = FxHashSet::default();
    let contested = Contested::new(&stated);
    // Most drafts take no two sides of anything, and are read no further unless there is something to hold them against.
    if contested.any() || !cx.reference.sources.is_empty() {
        let mut sides = Sides::default();
        for (at, ours) in stated.iter().enumerate() {
            let found = taken_up(cx, &stated[..at], ours)
                .or_else(|| said_twice(cx, &stated, &sides.against(ours), ours))
                .or_else(|| in_reference(cx, ours))
                .or_else(|| of_one_day(cx, ours));
            sides.add(at, ours, contested);
            if let Some(finding) = found {
                taken.insert(finding.span);
                findings.push(finding);
            }
        }
    }
    if contested.any() {
        findings.extend(headline(cx, &stated).filter(|f| !taken.contains(&f.span)));
    }
    findings.extend(direction::run(cx));
    findings.extend(contrary::against_sources(cx).into_iter().filter(|f| !taken.contains(&f.span)));
}

/// The questions on which a draft takes both sides, a bit for each family (32 of them, or more that share one).
#[derive(Clone, Copy)]
struct Contested(u32);

impl Contested {
    fn new(stated: &[Stated<'_>]) -> Contested {
        let (mut plus, mut minus) = (0, 0);
        for stance in stated.iter().flat_map(|s| &s.hits).flat_map(|h| &h.stances) {
            match stance.pole {
                Pole::Plus => plus |= Contested::bit(stance),
                Pole::Minus => minus |= Contested::bit(stance),
            }
        }
        Contested(plus & minus)
    }

    fn bit(stance: &Stance) -> u32 {
        1 << (stance.family % 32)
    }

    fn any(self) -> bool {
        self.0 != 0
    }

    fn holds(self, stance: &Stance) -> bool {
        self.0 & Contested::bit(stance) != 0
    }
}

/// “the assertion of having lost the city” after “they had taken the city”: a noun of saying takes up the claim before it.
fn taken_up(cx: &Context<'_>, before: &[Stated<'_>], ours: &Stated<'_>) -> Option<Finding> {
    let in_reach = |s: &&Stated<'_>| s.sentence + REACH >= ours.sentence;
    if !before.last().is_some_and(|last| in_reach(&last)) {
        return None;
    }
    for hit in &ours.hits {
        let lead = &ours.words().lower[hit.at.saturating_sub(4)..hit.at];
        let noun = lead.iter().position(|w| takes_up_a_claim(w)).is_some_and(|noun| {
            lead[noun + 1..].first().is_some_and(|next| matches!(*next, "of" | "that" | "to" | "about"))
        });
        if !noun {
            continue;
        }
        for theirs in before.iter().rev().take_while(in_reach) {
            for other in theirs.hits.iter().filter(|h| theirs.is_reported(h)) {
                let Some(family) = hit.opposes(other) else { continue };
                if !ours.object(hit).may_be(&theirs.object(other)) {
                    cx.kept_apart(CODE, ours.span(hit), theirs.span(other), || "two objects".to_owned());
                    continue;
                }
                let finding = differ(cx, (ours, hit), (theirs, other), family);
                let finding = finding.likely().why("the noun of saying takes up the claim before it");
                return Some(as_others_report(cx, theirs, other, finding));
            }
        }
    }
    None
}

/// The sentences so far by the sides that they take, so that nobody is held against all that came before.
#[derive(Default)]
struct Sides(FxHashMap<Stance, Vec<usize>>);

impl Sides {
    fn add(&mut self, at: usize, stated: &Stated<'_>, contested: Contested) {
        for &stance in stated.hits.iter().flat_map(|h| &h.stances).filter(|stance| contested.holds(stance)) {
            let places = self.0.entry(stance).or_default();
            if places.last() != Some(&at) {
                places.push(at);
            }
        }
    }

    /// The sentences that take a side against one of `ours`, in text order: of more than [`CROWD`] on one side the last.
    fn against(&self, ours: &Stated<'_>) -> Vec<usize> {
        let stances = ours.hits.iter().flat_map(|h| &h.stances);
        let other = |s: &Stance| self.0.get(&Stance { pole: s.pole.other(), ..*s });
        let last = |all: &'_ Vec<usize>| all.len().saturating_sub(CROWD);
        let mut against: Vec<usize> = stances.filter_map(other).flat_map(|all| &all[last(all)..]).copied().collect();
        against.sort_unstable();
        against.dedup();
        against
    }
}

/// The most texts that are named as reporting a claim.
const OTHERS: usize = 3;

/// The same with the sources that report the claim as the draft first had it: of the same name, on the same side.
fn as_others_report(cx: &Context<'_>, claim: &Stated<'_>, said: &Hit, mut finding: Finding) -> Finding {
    let object = claim.object(said);
    for document in cx.reference.sources.beside(cx.draft) {
        let stated = read(&document.draft, &document.annotations.quotes);
        let report = stated.iter().flat_map(|s| s.hits.iter().map(move |h| (s, h))).find(|(s, h)| {
            s.is_reported(h)
                && h.stances.iter().any(|stance| said.stances.contains(stance))
                && s.object(h).names_the_same(&object)
        });
        if let Some((stated, hit)) = report
            && finding.witnesses.len() <= OTHERS
        {
            finding = finding.elsewhere(document.evidence(stated.span(hit), "the claim there"));
        }
    }
    finding
}

/// Two sentences of the draft that are one statement but for the verb.
fn said_twice(cx: &Context<'_>, stated: &[Stated<'_>], against: &[usize], ours: &Stated<'_>) -> Option<Finding> {
    for theirs in against.iter().map(|&at| &stated[at]) {
        let opposed = || ours.hits.iter().any(|a| theirs.hits.iter().any(|b| a.opposes(b).is_some()));
        if !may_share_words(ours, theirs) || !opposed() || !shares_words(ours, theirs) {
            continue;
        }
        let sentences = &cx.draft.sentences;
        let ours_words = Wording::of(&cx.draft.text, &[sentences[ours.sentence].span]);
        let theirs_words = Wording::of(&cx.draft.text, &[sentences[theirs.sentence].span]);
        if let Some(opposite) = opposite(&ours_words, &theirs_words) {
            if has_other_words(&ours_words, &theirs_words, &opposite) {
                let gate = || "object: the sentences differ in more than the verb".to_owned();
                cx.kept_apart(CODE, opposite.ours, opposite.theirs, gate);
                continue;
            }
            let place = place(cx, opposite.theirs);
            // Prices rise and fall, and teams win and lose, in sentences of one make.
            let often = matches!(family_name(opposite.family), "change" | "contest" | "opening" | "custody");
            let confidence = if often { Confidence::Likely } else { Confidence::Sure };
            let finding = message(cx, opposite.ours, cx.draft.words_at(opposite.theirs), &place).confidence(confidence);
            return Some(
                finding.here(opposite.theirs, "the opposite").why(format!("family: {}", family_name(opposite.family))),
            );
        }
    }
    None
}

/// A sentence of a source that is the same statement but for the verb.
fn in_reference(cx: &Context<'_>, ours: &Stated<'_>) -> Option<Finding> {
    if cx.reference.sources.is_empty() {
        return None;
    }
    let span = cx.draft.sentences[ours.sentence].span;
    let ours_words = Wording::of(&cx.draft.text, &[span]);
    let mut found = None;
    for passage in cx.reference.sources.passages(cx.draft, span) {
        let source: &Draft = &passage.document.draft;
        let first = source.sentence_at(passage.span.start);
        for sentence in &source.sentences[first..] {
            if sentence.span.start >= passage.span.end {
                break;
            }
            let theirs_words = Wording::of(&source.text, &[sentence.span]);
            match opposite(&ours_words, &theirs_words) {
                Some(opposite) if found.is_none() => found = Some((opposite, passage.document)),
                Some(_) => {}
                // A source that says the same clears it.
                None if agrees(&ours_words, &theirs_words) => return None,
                None => {}
            }
        }
    }
    let (opposite, document) = found?;
    let theirs = document.draft.words_at(opposite.theirs);
    let name = document.path().file_name().map_or_else(|| "the source".into(), |n| n.to_string_lossy());
    let finding = message(cx, opposite.ours, theirs, &format!("in {name}"));
    Some(
        finding
            .elsewhere(document.evidence(opposite.theirs, "the opposite"))
            .why(format!("family: {}", family_name(opposite.family))),
    )
}

/// “Police confirmed arson on Sunday” where another text has that police ruled out arson on Sunday: one subject, one object, one day.
fn of_one_day(cx: &Context<'_>, ours: &Stated<'_>) -> Option<Finding> {
    if cx.reference.sources.is_empty() {
        return None;
    }
    let day = weekday(cx.draft, ours.sentence)?;
    let mut found: Option<(Span, Span, u16, &SourceDocument)> = None;
    for document in cx.reference.sources.beside(cx.draft) {
        for theirs in read(&document.draft, &document.annotations.quotes) {
            if weekday(&document.draft, theirs.sentence) != Some(day) {
                continue;
            }
            for hit in &ours.hits {
                let subject = ours.subject(hit).last().copied()?;
                let of_one = |other: &&Hit| {
                    theirs.subject(other).last().is_some_and(|s| same(s, subject))
                        && ours.object(hit).begins_the_same(&theirs.object(other))
                };
                for other in theirs.hits.iter().filter(of_one) {
                    match hit.opposes(other) {
                        Some(family) => {
                            found = found.or(Some((ours.span(hit), theirs.span(other), family, document)));
                        }
                        // A text that says the same clears it.
                        None => return None,
                    }
                }
            }
        }
    }
    let (here, there, family, document) = found?;
    let name = document.path().file_name().map_or_else(|| "the source".into(), |n| n.to_string_lossy());
    let finding = message(cx, here, document.draft.words_at(there), &format!("in {name}"));
    let evidence = document.evidence(there, "the opposite");
    Some(finding.elsewhere(evidence).why(format!("one subject, object and day; family: {}", family_name(family))))
}

/// The one weekday of a sentence.
fn weekday(draft: &Draft, sentence: usize) -> Option<jiff::civil::Weekday> {
    let tokens = draft.sentence_tokens(&draft.sentences[sentence]);
    let mut days = tokens.iter().filter(|t| t.lex.is(Lex::WEEKDAY)).filter_map(|t| calendar::weekday(draft.lower(t)));
    let day = days.next()?;
    days.next().is_none().then_some(day)
}

/// Two verbs that take opposite sides in two wordings of one sentence.
struct Opposite {
    ours: Span,
    theirs: Span,
    family: u16,
}

fn opposite(ours: &Wording<'_>, theirs: &Wording<'_>) -> Option<Opposite> {
    let hits = |w: &Wording<'_>| {
        polarity::hits(&w.elements.iter().map(|e| e.key().unwrap_or_default()).collect::<Vec<&str>>())
    };
    let (our_hits, their_hits) = (hits(ours), hits(theirs));
    if !our_hits.iter().any(|a| their_hits.iter().any(|b| a.opposes(b).is_some())) {
        return None;
    }
    let comparison = wording::compare(ours, theirs, SENTENCE)?;
    if other_event(&comparison) {
        return None;
    }
    for change in &comparison.changes {
        let touches = |hit: &Hit, range: &std::ops::Range<usize>| {
            hit.at < range.end.max(range.start + 1) && hit.at + hit.len > range.start
        };
        let at = |hits: &[Hit], range: &std::ops::Range<usize>| -> Vec<Hit> {
            hits.iter().filter(|h| touches(h, range)).cloned().collect()
        };
        let (a, b) = (at(&our_hits, &change.ours), at(&their_hits, &change.theirs));
        let pair = a.iter().flat_map(|x| b.iter().map(move |y| (x, y))).find_map(|(x, y)| Some((x, y, x.opposes(y)?)));
        if let Some((x, y, family)) = pair {
            let span = |w: &Wording<'_>, h: &Hit| wording::span_of(w, &(h.at..(h.at + h.len).min(w.elements.len())));
            return Some(Opposite { ours: span(ours, x)?, theirs: span(theirs, y)?, family });
        }
    }
    None
}

/// Whether two sentences of one draft have other words in one place besides those of the opposite: approved the bridge, rejected the tunnel.
/// A writer who means the same thing would name it so.
fn has_other_words(ours: &Wording<'_>, theirs: &Wording<'_>, opposite: &Opposite) -> bool {
    let Some(comparison) = wording::compare(ours, theirs, SENTENCE) else { return false };
    comparison.changes.iter().any(|change| {
        let spans = (wording::span_of(ours, &change.ours), wording::span_of(theirs, &change.theirs));
        let (Some(a), Some(b)) = spans else { return false };
        change.kind == Kind::Substitution && !a.overlaps(opposite.ours) && !b.overlaps(opposite.theirs)
    })
}

/// Another number, name or day makes it another event.
fn other_event(comparison: &Comparison) -> bool {
    comparison.changes.iter().any(|c| matches!(c.kind, Kind::Number | Kind::Name))
}

fn agrees(ours: &Wording<'_>, theirs: &Wording<'_>) -> bool {
    wording::compare(ours, theirs, SENTENCE)
        .is_some_and(|c| c.changes.iter().all(|change| change.kind.is_harmless() || change.kind.is_style()))
}

/// The words of two sentences, those of the shorter one first.
fn by_length<'w>(a: &'w Stated<'_>, b: &'w Stated<'_>) -> (&'w Words<'w>, &'w Words<'w>) {
    let (a, b) = (a.words(), b.words());
    if a.lower.len() <= b.lower.len() { (a, b) } else { (b, a) }
}

/// A quick look before [`shares_words`]: each distinct word that is not shared mostly shows as a bit of its own.
fn may_share_words(a: &Stated<'_>, b: &Stated<'_>) -> bool {
    let (short, long) = by_length(a, b);
    (short.bits & !long.bits).count_ones() as usize * 2 <= short.lower.len()
}

/// Whether two sentences share at least half of the words of the shorter one.
fn shares_words(a: &Stated<'_>, b: &Stated<'_>) -> bool {
    let (short, long) = by_length(a, b);
    let len = short.lower.len();
    let is_shared = |(token, word): &(&&Token, &&str)| {
        long.tokens.iter().zip(&long.lower).any(|(t, w)| t.hash == token.hash && w == *word)
    };
    let shared = || short.tokens.iter().zip(&short.lower).filter(is_shared).count();
    len >= SENTENCE.min_same && shared() * 2 >= len
}

/// A headline or standfirst that says the opposite of the lead, of the same people and the same thing.
fn headline<'c>(cx: &'c Context<'_>, stated: &'c [Stated<'_>]) -> impl Iterator<Item = Finding> + 'c {
    let kind = |s: &Stated<'_>| cx.draft.blocks[cx.draft.sentences[s.sentence].block as usize].kind;
    let after_lead = stated.partition_point(|s| {
        cx.draft.blocks[cx.draft.sentences[s.sentence].block as usize].paragraphs as usize <= LEAD
    });
    stated.iter().filter(move |s| kind(s).is_display()).filter_map(move |ours| {
        let body = || stated[..after_lead].iter().filter(move |s| kind(s).is_body());
        let hit = ours.hits.first()?;
        let pairs = || body().flat_map(|s| s.hits.iter().map(move |h| (s, h)));
        let same_matter = |theirs: &Stated<'_>, other: &Hit| {
            let shares = |a: Vec<&str>, b: Vec<&str>| a.iter().any(|x| b.iter().any(|y| same(x, y)));
            let rest = theirs.rest(other);
            // A headline in the passive has before the verb whom the lead has after it: treasurer acquitted, a jury convicted him.
            let about = [theirs.subject(other), rest.clone()];
            let passive = hit.stances.iter().any(|s| matches!(family_name(s.family), "verdict" | "custody"));
            let about = if passive { &about[..] } else { &about[..1] };
            about.iter().any(|about| shares(ours.subject(hit), about.clone())) && shares(ours.rest(hit), rest)
        };
        let agreed = pairs().any(|(s, h)| h.stances.iter().any(|x| hit.stances.contains(x)) && same_matter(s, h));
        if agreed {
            return None;
        }
        pairs().find_map(|(theirs, other)| {
            let family = hit.opposes(other).filter(|&f| !matches!(family_name(f), "change" | "contest" | "opening"))?;
            // “… after being convicted in 2015”, or a word that the headline has too: another event.
            let (our_words, their_words) = (&ours.words().lower, &theirs.words().lower);
            let led = &their_words[other.at.saturating_sub(2)..other.at];
            let earlier = led.iter().any(|w| matches!(*w, "after" | "before" | "since" | "despite" | "following"))
                || their_words.get(other.at).is_some_and(|word| our_words.contains(word));
            let near = !earlier && same_matter(theirs, other) && !theirs.is_reported(other);
            if near && is_of_a_year(cx, theirs.span(other)) {
                let gate = || "time: the opposite is told of another year".to_owned();
                cx.kept_apart(CODE, ours.span(hit), theirs.span(other), gate);
                return None;
            }
            near.then(|| {
                differ(cx, (ours, hit), (theirs, other), family)
                    .likely()
                    .why("same people and same thing in headline and lead")
            })
        })
    })
}

/// Whether the clause behind a verb says the year in which it was so: “who lost the port in 2019, took it”.
fn is_of_a_year(cx: &Context<'_>, verb: Span) -> bool {
    let from = cx.draft.token_at(verb.end);
    let clause = cx.draft.tokens[from..].iter().take(YEAR_REACH).take_while(|t| t.kind != TokenKind::Stop);
    let mut clause = clause.take_while(|t| cx.draft.word(t) != ",");
    clause.any(|t| {
        let year = t.kind == TokenKind::Number && t.span.len() == 4 && cx.draft.word(t).starts_with(['1', '2']);
        year && cx.date.is_none_or(|today| cx.draft.word(t) != today.year().to_string())
    })
}

/// How many tokens behind a verb its year may stand.
const YEAR_REACH: usize = 10;

fn differ(
    cx: &Context<'_>,
    (ours, hit): (&Stated<'_>, &Hit),
    (theirs, other): (&Stated<'_>, &Hit),
    family: u16,
) -> Finding {
    let (here, there) = (ours.span(hit), theirs.span(other));
    message(cx, here, cx.draft.words_at(there), &place(cx, there))
        .here(there, "the opposite")
        .why(format!("family: {}", family_name(family)))
}

pub(super) fn message(cx: &Context<'_>, here: Span, there: &str, place: &str) -> Finding {
    let short = |words: &str| words.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
    let place: String = place.chars().take(40).collect();
    Finding::new(CODE, here, format!("“{}” here, “{}” {place}", short(cx.draft.words_at(here)), short(there)))
}

fn place(cx: &Context<'_>, span: Span) -> String {
    let block = cx.draft.block_at(span.start);
    match cx.draft.paragraph_number(block) {
        Some(number) => format!("in paragraph {number}"),
        None => format!("in the {}", cx.draft.blocks[block].kind.name()),
    }
}
