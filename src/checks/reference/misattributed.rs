//! `quotes/misattributed` against the reference: the words are somebody else's there.

use crate::annotate::quote::Tier;
use crate::annotate::{Annotations, Person, Quote};
use crate::checks::Context;
use crate::checks::words::shorten;
use crate::corpus::SourceDocument;
use crate::diagnostic::{Confidence, Finding, Severity};
use crate::facts::wording::{self, Gates, Wording};
use crate::source::Draft;
use crate::text::fold::ascii_key;
use crate::text::{Case, Lex, Span};

use super::{file_name, people::same_person, witness};

const CODE: &str = "quotes/misattributed";
/// The fewest words that can be somebody's own.
const LEAST: u32 = 5;

pub(in crate::checks) fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    if cx.reference.facts.quotes.is_empty() && witness::benches(cx).next().is_none() {
        return;
    }
    for quote in &cx.annotations.quotes {
        if quote.words < LEAST || quote.tier.is_none_or(|t| t > Tier::B) || !quote.is_speech() {
            continue;
        }
        findings.extend(match by_facts(cx, quote) {
            Some(decided) => decided,
            None => judge(cx, quote),
        });
    }
}

/// Who says a quotation, where a name stands beside it or was resolved.
struct Speaker<'a> {
    /// What the message calls them.
    name: &'a str,
    /// The keys of all words of the name: Harrow and Delia Harrow are one.
    keys: Vec<String>,
    person: Option<&'a Person>,
    /// Whether the name itself stands beside the quotation.
    named: bool,
    span: Span,
}

impl<'a> Speaker<'a> {
    fn of(draft: &'a Draft, annotations: &'a Annotations, quote: &Quote) -> Option<Speaker<'a>> {
        let span = quote.speaker_span?;
        let person = quote.person.and_then(|p| annotations.people.get(p as usize));
        let tokens = draft.tokens_in(span);
        let last = tokens.iter().rfind(|t| t.is_word())?;
        // A lone surname that everybody knows is no person of the draft, and a name all the same.
        let named = last.is_capital()
            && !last.lex.is(Lex::FUNCTION | Lex::COUNTRY | Lex::DEMONYM | Lex::ORGANIZATION_TAIL)
            && last.case != Case::Upper;
        if person.is_none() && !(named && (tokens.len() > 1 || last.lex.is(Lex::SURNAME) || last.lex.is_unknown())) {
            return None;
        }
        let name = person.map_or(span.of(&draft.text), |p| p.name.as_str());
        let keys = ascii_key(name).split(' ').filter(|w| w.len() > 1).map(str::to_owned).collect();
        Some(Speaker { name, keys, person, named, span })
    }

    /// Whether the two may be one person.
    fn may_be(&self, other: &Speaker<'_>, annotations: &Annotations) -> bool {
        if let (Some(a), Some(b)) = (self.person, other.person)
            && same_person(a, b, annotations)
        {
            return true;
        }
        self.keys.iter().any(|k| other.keys.contains(k))
    }
}

/// What the desk has on a quotation: nothing said where the speaker is the listed one; `None` where it lists no person for the words.
fn by_facts(cx: &Context<'_>, quote: &Quote) -> Option<Option<Finding>> {
    let ours = Speaker::of(cx.draft, cx.annotations, quote).filter(|s| s.named)?;
    cx.reference.facts.quotations(cx.draft, quote.span).into_iter().find_map(|hit| {
        let listed = hit.entry.speaker.as_ref().filter(|listed| is_a_name(&listed.text))?;
        let words = (Wording::of(&cx.draft.text, &[quote.span]), Wording::new(&hit.entry.words.text));
        let compared = wording::compare(&words.0, &words.1, Gates::STRICT)?;
        if compared.same < LEAST as usize {
            return None;
        }
        let key = ascii_key(&listed.text);
        if key.split(' ').any(|word| ours.keys.iter().any(|k| k == word)) {
            return Some(None);
        }
        let (here, there) = (shorten(ours.name, 26), shorten(&listed.text, 26));
        let mut finding = Finding::new(CODE, ours.span, format!("{here} says this here, {there} in the facts file"))
            .confidence(if quote.tier == Some(Tier::A) { Confidence::Sure } else { Confidence::Likely })
            .elsewhere(hit.entry.provenance.evidence_at(listed, hit.entry.date))
            .why("the same words, two named speakers");
        if hit.entry.provenance.proposed {
            finding = finding.cap(Severity::Info);
        }
        Some(Some(finding))
    })
}

/// Whether a listed speaker is one person by name, not a delegation or a statement.
fn is_a_name(speaker: &str) -> bool {
    let words: Vec<&str> = speaker.split_whitespace().collect();
    (2..=4).contains(&words.len()) && words.iter().all(|w| w.starts_with(char::is_uppercase))
}

fn judge(cx: &Context<'_>, quote: &Quote) -> Option<Finding> {
    let ours = Speaker::of(cx.draft, cx.annotations, quote).filter(|s| s.named)?;
    let mut other: Option<(&SourceDocument, &Quote, Speaker<'_>)> = None;
    let passages = witness::benches(cx).flat_map(|sources| sources.passages(cx.draft, quote.span));
    for passage in passages {
        let document = passage.document;
        let said = document.annotations.quotes.iter().filter(|q| q.parent.is_none() && q.span.overlaps(passage.span));
        for theirs in said {
            let (a, b) =
                (Wording::of(&cx.draft.text, &[quote.span]), Wording::of(&document.draft.text, &[theirs.span]));
            let Some(comparison) = wording::compare(&a, &b, Gates::STRICT) else { continue };
            if comparison.same < LEAST as usize {
                continue;
            }
            // Somebody without a name may be the same person.
            let speaker = Speaker::of(&document.draft, &document.annotations, theirs)?;
            if ours.may_be(&speaker, &document.annotations) {
                return None;
            }
            if theirs.tier.is_some_and(|t| t <= Tier::B) && other.is_none() {
                other = Some((document, theirs, speaker));
            }
        }
    }
    let (document, theirs, speaker) = other?;
    let sure = speaker.named && quote.tier == Some(Tier::A) && theirs.tier == Some(Tier::A);
    let message = format!(
        "{} says this here, {} in {}",
        shorten(ours.name, 26),
        shorten(speaker.name, 26),
        file_name(document.path()),
    );
    Some(
        Finding::new(CODE, ours.span, message)
            .confidence(witness::weigh(if sure { Confidence::Sure } else { Confidence::Likely }, &[document]))
            .elsewhere(document.evidence(theirs.outer, format!("said by {}", speaker.name)))
            .why("the same words, two named speakers"),
    )
}
