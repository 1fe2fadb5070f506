//! Days and years.

use jiff::civil::Date;

use super::pairs::opposed;
use super::{Correction, MISTAKES, Note};
use crate::annotate::DateMention;
use crate::annotate::date::{DateKind, Grain};
use crate::text::{Span, TokenKind};

/// “… the wrong date for the hearing. It is on June 4, not June 14.”
pub(super) fn read(note: &Note<'_>) -> Option<Correction> {
    let draft = note.draft;
    let given = |d: &&DateMention| {
        let kind = matches!(d.kind, DateKind::Calendar | DateKind::Numeric | DateKind::Weekday);
        kind && d.grain <= Grain::Year
    };
    let dates: Vec<&DateMention> = note.annotations.dates.iter().filter(given).collect();
    // A year after “not” may have nothing about it that says that it is one.
    let year = |at: usize| {
        let token = draft.tokens.get(at).filter(|t| t.kind == TokenKind::Number && t.span.len() == 4)?;
        draft.word(token).parse::<i16>().ok().filter(|y| (1000..2200).contains(y)).map(|_| token.span)
    };
    let in_opposition = opposed(draft).into_iter().find_map(|(left, not)| {
        let left_span = draft.tokens[left].span;
        let not_end = draft.tokens[not].span.end;
        let right = dates.iter().find(|d| d.span.start <= left_span.start && d.span.end >= left_span.end);
        let right_span = right.map(|d| d.span).or_else(|| year(left))?;
        let wrong = dates.iter().find(|d| d.span.start >= not_end && d.span.start - not_end < 8).map(|d| d.span);
        let wrong = wrong.or_else(|| year(not + 1))?;
        Some((right.copied(), right_span, wrong))
    });
    let (right, right_span, wrong) = in_opposition.or_else(|| after_mistake(note, &dates))?;
    let said = |span: Span| {
        let words = draft.words_at(span);
        let cut = ["on ", "in ", "by "].iter().find(|w| words.starts_with(**w)).map_or(0, |w| w.len());
        words[cut..].to_owned()
    };
    if said(right_span) == said(wrong) {
        return None;
    }
    let own_year = right.and_then(|d| d.written.year);
    let year = own_year.or_else(|| dates.iter().find_map(|d| d.written.year));
    let day = right.and_then(|d| Date::new(year?, d.written.month?, d.written.day? as i8).ok());
    let born = note.says(&["born", "birth", "birthday"]).then_some(()).and(note.annotations.people.first());
    Some(Correction::Day {
        what: what(note),
        right: said(right_span),
        wrong: said(wrong),
        day,
        born: born.map(|p| p.name.clone()),
    })
}

/// The only date of a sentence that says it was wrong, besides the day of the article, and the only one of the next.
fn after_mistake<'d>(note: &Note<'_>, dates: &[&'d DateMention]) -> Option<(Option<&'d DateMention>, Span, Span)> {
    let draft = note.draft;
    let says_date = note.says(&["date", "day", "year", "month"]);
    (1..draft.sentences.len()).filter(|_| says_date).find_map(|next| {
        let of = |at: usize| {
            let span = draft.sentences[at].span;
            dates.iter().copied().filter(move |d| span.contains(d.span))
        };
        let (Some(right), Some(wrong)) = (of(next).next(), of(next - 1).next_back()) else { return None };
        let same_kind = right.kind == wrong.kind && right.grain == wrong.grain;
        (of(next).count() == 1 && same_kind && note.has(next - 1, &MISTAKES)).then_some((
            Some(right),
            right.span,
            wrong.span,
        ))
    })
}

/// What is on the day: what follows “the date of”, “the day on which”; else the words before the verb of the sentence with “not”.
fn what(note: &Note<'_>) -> String {
    let draft = note.draft;
    let cut = |text: &str| {
        let end = text.find(['.', ',', ';']).unwrap_or(text.len());
        let text = text[..end].trim();
        let bare = ["the ", "a ", "an ", "its ", "his ", "her "].iter().find_map(|w| text.strip_prefix(w));
        bare.unwrap_or(text).to_owned()
    };
    for lead in
        ["date for ", "date of ", "day of ", "day on which ", "dates of ", "dates for ", "year of ", "year in which "]
    {
        if let Some(at) = draft.text.find(lead) {
            return cut(&draft.text[at + lead.len()..]);
        }
    }
    let sentence = opposed(draft).first().map(|&(left, _)| draft.sentence_at(draft.tokens[left].span.start));
    let subject = sentence.map(|at| {
        let text = draft.words_at(draft.sentences[at].span);
        let end = [" is ", " was ", " will ", " opens ", " opened ", " takes ", " took ", " begins ", " began "];
        end.iter().filter_map(|verb| text.find(verb)).min().map_or("", |at| &text[..at])
    });
    subject.map(|s| cut(s.strip_prefix("The ").unwrap_or(s))).filter(|s| s.len() > 3).unwrap_or_default()
}
