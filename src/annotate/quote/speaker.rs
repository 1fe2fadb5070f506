//! From the words beside a cue to a person: names in them, and pronouns where only one person can be meant.

use super::frame::is_pronoun;
use crate::annotate::Person;
use crate::annotate::person::Gender;
use crate::source::Draft;
use crate::text::{Lex, Span, TokenKind};

pub(super) struct Speaker {
    pub name: String,
    pub person: Option<u32>,
}

/// Who was named where, for resolving speakers in text order.
pub(super) struct Speakers<'a> {
    draft: &'a Draft,
    people: &'a [Person],
    /// Every mention, in text order.
    mentions: Vec<(Span, u32)>,
}

impl<'a> Speakers<'a> {
    pub fn new(draft: &'a Draft, people: &'a [Person]) -> Speakers<'a> {
        let mut mentions: Vec<(Span, u32)> =
            people.iter().enumerate().flat_map(|(at, p)| p.mentions.iter().map(move |m| (m.span, at as u32))).collect();
        mentions.sort_unstable();
        Speakers { draft, people, mentions }
    }

    /// Who the words at `who` stand for, said of a quotation in `block`.
    pub fn resolve(&mut self, who: Span, block: u32) -> Speaker {
        let words = self.draft.words_at(who);
        let lower = who.of(&self.draft.lower);
        let person = if matches!(lower, "he" | "she" | "his" | "her") {
            self.antecedent(who, block, lower.starts_with('h') && !lower.starts_with("her"))
        } else if is_pronoun(lower) {
            None
        } else {
            self.named(who)
        };
        let name = person.map_or_else(|| words.to_owned(), |p| self.people[p as usize].name.clone());
        Speaker { name, person }
    }

    fn mentions_in(&self, span: Span) -> &[(Span, u32)] {
        let start = self.mentions.partition_point(|(m, _)| m.start < span.start);
        let end = self.mentions.partition_point(|(m, _)| m.start < span.end);
        &self.mentions[start..end.max(start)]
    }

    /// The person a noun phrase names: not the owner in “Poe’s lawyer”, nor the one after “for” in “a spokesman for Poe”.
    fn named(&self, who: Span) -> Option<u32> {
        let mentions = self.mentions_in(who);
        let mention = mentions.iter().rev().find(|(span, _)| {
            let after = self.draft.tokens.get(self.draft.token_at(span.end));
            let owns = after.is_some_and(|t| t.kind == TokenKind::Clitic && t.span.start == span.end);
            let before = self.draft.tokens_in(Span { start: who.start, end: span.start });
            let governed = before.iter().any(|t| matches!(self.draft.lower(t), "for" | "of" | "to" | "with" | "from"));
            !owns && !governed
        })?;
        Some(mention.1)
    }

    /// The one person of this paragraph and the one before, up to the pronoun, whom it can mean.
    fn antecedent(&self, pronoun: Span, block: u32, male: bool) -> Option<u32> {
        let first = &self.draft.blocks[block.saturating_sub(1) as usize];
        let seen = self.mentions_in(Span { start: first.span.start.min(pronoun.start), end: pronoun.start });
        let other = if male { Gender::Female } else { Gender::Male };
        let mut found = None;
        for (span, person) in seen {
            if self.people[*person as usize].gender == Some(other) || !self.is_subject(*span) {
                continue;
            }
            if found.is_some_and(|f| f != *person) {
                return None;
            }
            found = Some(*person);
        }
        found
    }

    /// Whether a mention opens its sentence or stands before a verb: a reader takes it up with a pronoun.
    fn is_subject(&self, mention: Span) -> bool {
        let at = self.draft.token_at(mention.start);
        let Some(token) = self.draft.tokens.get(at) else { return false };
        let sentence = &self.draft.sentences[token.sentence as usize];
        let before = at - sentence.tokens.start as usize;
        let after = self.draft.tokens.get(self.draft.token_at(mention.end));
        let verb_after = after.is_some_and(|t| {
            t.is_word()
                && !t.is_capital()
                && (t.lex.is(Lex::SPEECH_VERB) || self.draft.lower(t).ends_with("ed") || t.lex.is(Lex::FUNCTION))
        });
        let verb_before =
            at.checked_sub(1).and_then(|b| self.draft.tokens.get(b)).is_some_and(|t| t.lex.is(Lex::SPEECH_VERB));
        let owns = after.is_some_and(|t| t.kind == TokenKind::Clitic);
        !owns && (before <= 3 || verb_after || verb_before)
    }
}
