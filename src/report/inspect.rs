//! `newslint inspect`: what was read in a draft, with no judgment.

use serde_json::{Value, json};

use super::json::VERSION;
use crate::annotate::figure::{self, Form, Measure};
use crate::annotate::{Annotations, Entity, Figure, Person, Quote};
use crate::source::Draft;
use crate::text::{Rational, Span};

/// The whole object for several files.
pub fn run(files: Vec<Value>) -> Value {
    json!({ "version": VERSION, "newslint": env!("CARGO_PKG_VERSION"), "files": files })
}

/// One file's entry. Spans are byte offsets of the decoded file.
pub fn file(
    path: &str,
    draft: &Draft,
    date: Option<jiff::civil::Date>,
    locale: Option<&str>,
    read: &Annotations,
) -> Value {
    let at = |span: Span| draft.map.to_source(span);
    let blocks = draft.blocks.iter().map(|b| {
        let span = at(b.span);
        json!({ "kind": b.kind.name(), "start": span.start, "end": span.end })
    });
    let figures = read.figures.iter().filter(|f| f.measure != Measure::Ordinal).map(|f| figure(draft, f));
    let dates = read.dates.iter().map(|d| {
        let span = at(d.span);
        json!({
            "start": span.start,
            "end": span.end,
            "text": span.of(&draft.source),
            "value": d.value,
            "grain": d.grain.name(),
            "kind": d.kind.name(),
        })
    });
    json!({
        "path": path,
        "format": draft.format.name(),
        "date": date.map(|d| d.to_string()),
        "locale": locale,
        "words": draft.word_count(),
        "blocks": blocks.collect::<Vec<_>>(),
        "people": read.people.iter().map(|p| person(draft, p)).collect::<Vec<_>>(),
        "organizations": read.organizations.iter().map(|e| entity(draft, e)).collect::<Vec<_>>(),
        "places": read.places.iter().map(|e| entity(draft, e)).collect::<Vec<_>>(),
        "figures": figures.collect::<Vec<_>>(),
        "dates": dates.collect::<Vec<_>>(),
        "quotes": read.quotes.iter().map(|q| quote(draft, q)).collect::<Vec<_>>(),
    })
}

fn person(draft: &Draft, p: &Person) -> Value {
    let mentions = p.mentions.iter().map(|m| {
        let span = draft.map.to_source(m.span);
        json!({ "start": span.start, "end": span.end, "text": span.of(&draft.source), "form": m.form.name() })
    });
    let titles = p.titles.iter().map(|t| {
        let span = draft.map.to_source(t.span);
        json!({ "start": span.start, "end": span.end, "text": span.of(&draft.source), "status": t.status.name() })
    });
    json!({
        "id": p.id,
        "name": p.name,
        "given": p.given,
        "surname": p.surname,
        "mentions": mentions.collect::<Vec<_>>(),
        "titles": titles.collect::<Vec<_>>(),
    })
}

fn entity(draft: &Draft, e: &Entity) -> Value {
    let mentions = e.mentions.iter().map(|&m| {
        let span = draft.map.to_source(m);
        json!({ "start": span.start, "end": span.end, "text": span.of(&draft.source) })
    });
    json!({ "id": e.id, "name": e.name, "mentions": mentions.collect::<Vec<_>>() })
}

fn quote(draft: &Draft, q: &Quote) -> Value {
    let pair = |span: Option<Span>| span.map(|s| draft.map.to_source(s)).map(|s| json!([s.start, s.end]));
    let span = draft.map.to_source(q.span);
    json!({
        "start": span.start,
        "end": span.end,
        "text": span.of(&draft.source),
        "kind": q.kind.name(),
        "status": q.status.name(),
        "speaker": q.speaker,
        "speaker_span": pair(q.speaker_span),
        "cue": q.cue.map(|c| draft.words_at(c)),
        "cue_span": pair(q.cue),
    })
}

fn figure(draft: &Draft, f: &Figure) -> Value {
    let span = draft.map.to_source(f.span);
    let (low, high) = f.ends();
    let range = f.high.map(|_| (number(low), number(high)));
    json!({
        "start": span.start,
        "end": span.end,
        "text": span.of(&draft.source),
        "value": (range.is_none() || f.form == Form::Vague).then(|| number(f.value)),
        "low": range.as_ref().map(|r| &r.0),
        "high": range.as_ref().map(|r| &r.1),
        "unit": f.measure.name(),
        "hedge": f.hedge.name(),
        "noun": f.noun.map(|n| figure::lemma(n.head.of(&draft.lower))),
        "phrase": f.noun.map(|n| n.phrase.of(&draft.text)),
    })
}

/// A whole number without a decimal point, anything else as the nearest floating-point number.
fn number(value: Rational) -> Value {
    value.as_whole().map_or_else(|| json!(value.to_f64()), |n| json!(n))
}
