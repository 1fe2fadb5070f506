//! Organizations and places, with their short forms.

use std::borrow::Cow;
use std::cell::LazyCell;

use rustc_hash::FxHashMap;

use super::entity_words::{EntityWords, entity_words};
use super::gazetteer::KnownKind;
use super::{Gazetteer, Person};
use crate::source::Draft;
use crate::text::fold::{ascii_key, is_hyphen};
use crate::text::{Case, Lex, Span, TokenKind};

#[derive(Clone, Debug)]
pub struct Entity {
    pub id: u32,
    /// The fullest form in the draft.
    pub name: String,
    /// In text order.
    pub mentions: Vec<Span>,
    /// The entry of the reference, where the draft uses one of its listed names.
    pub known: Option<u32>,
}

/// Finds organizations and places: (organizations, places).
pub fn read(draft: &Draft, people: &[Person], gazetteer: &Gazetteer) -> (Vec<Entity>, Vec<Entity>) {
    let mut taken: Vec<Span> = people.iter().flat_map(|p| p.mentions.iter().map(|m| m.span)).collect();
    taken.sort_unstable();
    let reader = Reader { draft, gazetteer, words: entity_words(), taken };
    let (mut organizations, mut places) = (Collection::default(), Collection::default());
    for block in draft.blocks.iter().filter(|b| b.kind.is_copy()) {
        // Asked for a word in capitals only: most blocks have none.
        let acronyms = LazyCell::new(|| {
            let words = draft.block_tokens(block).iter().filter(|t| t.is_word() && t.span.len() > 3);
            let (shouted, all) = words.fold((0, 0), |(u, n), t| (u + usize::from(t.case == Case::Upper), n + 1));
            shouted * 2 < all.max(1)
        });
        let (mut at, end) = (block.tokens.start as usize, block.tokens.end as usize);
        let mut person = reader.taken.partition_point(|t| t.end <= block.span.start);
        while let Some(skipped) = draft.tokens[at..end].iter().position(|t| t.is_capital() && t.is_word()) {
            at += skipped;
            let start = draft.tokens[at].span.start;
            while reader.taken.get(person).is_some_and(|t| t.end <= start) {
                person += 1;
            }
            let is_person = reader.taken.get(person).is_some_and(|t| t.overlaps(draft.tokens[at].span));
            let Some(found) = reader.at(at, end, is_person, || *acronyms) else {
                at += 1;
                continue;
            };
            let span = draft.tokens[at].span.cover(draft.tokens[found.end - 1].span);
            let list = if found.kind == Kind::Place { &mut places } else { &mut organizations };
            list.add(draft, span, found.known);
            at = found.end;
        }
    }
    organizations.join_acronyms();
    (organizations.finish(), places.finish())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Organization,
    Place,
}

struct Name {
    end: usize,
    kind: Kind,
    known: Option<u32>,
}

struct Reader<'a> {
    draft: &'a Draft,
    gazetteer: &'a Gazetteer,
    words: &'static EntityWords,
    /// The mentions of people, in text order.
    taken: Vec<Span>,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.draft.tokens.get(at).map_or("", |t| self.draft.lower(t)).trim_end_matches('.')
    }

    fn is_taken(&self, span: Span) -> bool {
        let next = self.taken.partition_point(|t| t.end <= span.start);
        self.taken.get(next).is_some_and(|t| t.overlaps(span))
    }

    /// The name that begins with the capitalized word at token `at`, in a block that ends at `end`. `is_person`: the word is in the name
    /// of one.
    fn at(&self, at: usize, end: usize, is_person: bool, acronyms: impl Fn() -> bool) -> Option<Name> {
        if let Some(name) = self.listed(at, end) {
            return Some(name);
        }
        if is_person {
            return None;
        }
        self.tailed(at, end)
            .map(|name| self.as_country(at, name))
            .or_else(|| self.place(at, end))
            .or_else(|| self.acronym(at, acronyms))
    }

    /// The United States end in a word of organizations and are none.
    fn as_country(&self, at: usize, name: Name) -> Name {
        let span = self.draft.tokens[at].span.cover(self.draft.tokens[name.end - 1].span);
        let is_country = Lex::of(span.of(&self.draft.lower)).is(Lex::COUNTRY);
        Name { kind: if is_country { Kind::Place } else { name.kind }, ..name }
    }

    fn listed(&self, at: usize, end: usize) -> Option<Name> {
        // Hyphens are tokens too.
        let longest = (self.gazetteer.longest() * 2).min(end - at);
        (1..=longest).rev().find_map(|count| {
            let span = self.draft.tokens[at].span.cover(self.draft.tokens[at + count - 1].span);
            let key = ascii_key(self.draft.words_at(span));
            let known = self.gazetteer.get(&key).iter().find(|k| k.kind != KnownKind::Person)?;
            let kind = if known.kind == KnownKind::Place { Kind::Place } else { Kind::Organization };
            Some(Name { end: at + count, kind, known: Some(known.id) })
        })
    }

    /// Capitals that end in a word such as University or River, or hold one before “of”.
    fn tailed(&self, at: usize, end: usize) -> Option<Name> {
        let tokens = &self.draft.tokens;
        let mut next = at;
        let mut last_tail = None;
        let mut words = 0;
        while next < end && words < 9 {
            let token = &tokens[next];
            let capital = token.is_word() && token.is_capital() && !(token.lex.is(Lex::FUNCTION) && next == at);
            if capital {
                words += 1;
                let ends = &self.words.company_ends;
                let tail = token.lex.is(Lex::ORGANIZATION_TAIL) || ends.position(token, self.word(next)).is_some();
                let heads = tail
                    && matches!(self.word(next + 1), "of" | "for")
                    && tokens.get(next + 2).is_some_and(|t| t.is_capital());
                if tail && (words > 1 || heads) {
                    last_tail = Some((next, heads));
                }
            } else {
                // Lower-case words and marks that stand inside names: “of” only after what it belongs to.
                let headed = last_tail.is_some_and(|(tail, heads)| heads && (tail + 1 == next || tail + 2 == next));
                let inside = match self.word(next) {
                    "of" | "for" | "the" => headed,
                    // Mill Street and Station Road are two.
                    "and" | "&" if next > at && entity_words().street_tails.contains(self.word(next - 1)) => false,
                    "and" | "&" | "de" | "del" | "la" => true,
                    _ => token.kind == TokenKind::Mark && self.draft.word(token).chars().all(is_hyphen),
                };
                if next == at || !inside || !self.capital_soon(next + 1, end) {
                    break;
                }
            }
            next += 1;
        }
        let (tail, heads) = last_tail?;
        // University of Salem: what follows “of” belongs to it.
        let mut stop = tail + 1;
        if heads {
            stop = tail + 2;
            while stop < end && tokens[stop].is_capital() && stop < tail + 6 {
                stop += 1;
            }
        }
        let span = tokens[at].span.cover(tokens[stop - 1].span);
        if self.is_taken(span) {
            return None;
        }
        let kind =
            if !heads && self.words.place_tails.contains(self.word(tail)) { Kind::Place } else { Kind::Organization };
        Some(Name { end: stop, kind, known: None })
    }

    fn capital_soon(&self, at: usize, end: usize) -> bool {
        let capital =
            |i: usize| i < end && self.draft.tokens[i].is_capital() && !self.draft.tokens[i].lex.is(Lex::FUNCTION);
        capital(at) || self.word(at) == "the" && capital(at + 1)
    }

    /// A country, a state or a city of the lists, up to three words long.
    fn place(&self, at: usize, end: usize) -> Option<Name> {
        let tokens = &self.draft.tokens;
        let geography = Lex::COUNTRY | Lex::US_STATE | Lex::CITY;
        for count in (1..=3.min(end - at)).rev() {
            let last = &tokens[at + count - 1];
            let span = tokens[at].span.cover(last.span);
            if !last.is_word() || !last.is_capital() || count > 1 && span.len() > 40 {
                continue;
            }
            let lex = if count == 1 { last.lex } else { Lex::of(span.of(&self.draft.lower)) };
            if !lex.is(geography) || self.is_taken(span) {
                continue;
            }
            let before = at.checked_sub(1).map_or("", |b| self.word(b));
            let located = matches!(
                before,
                "in" | "at" | "from" | "to" | "near" | "of" | "outside" | "around" | "across" | "through"
            );
            let doubtful =
                count == 1 && lex.is(Lex::COMMON | Lex::GIVEN | Lex::SURNAME) && !lex.is(Lex::COUNTRY | Lex::US_STATE);
            let part_of_name =
                tokens.get(at + count).is_some_and(|t| at + count < end && t.is_capital() && !t.lex.is(Lex::FUNCTION));
            if doubtful && (!located || part_of_name) {
                continue;
            }
            return Some(Name { end: at + count, kind: Kind::Place, known: None });
        }
        None
    }

    /// `acronyms`: whether capitals say anything in this block.
    fn acronym(&self, at: usize, acronyms: impl Fn() -> bool) -> Option<Name> {
        let token = &self.draft.tokens[at];
        if token.case != Case::Upper {
            return None;
        }
        let word = self.word(at);
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let fits = (2..=6).contains(&letters) && !self.words.bare_capitals.contains(word) && acronyms();
        // DNA tests and the like are dictionary words in capitals; an acronym that no list has names a body.
        (fits && !token.lex.is(Lex::COMMON | Lex::FUNCTION | Lex::US_STATE)).then_some(Name {
            end: at + 1,
            kind: Kind::Organization,
            known: None,
        })
    }
}

/// Entities by key, in the order of their first mentions.
#[derive(Default)]
struct Collection<'d> {
    entities: Vec<Entity>,
    keys: FxHashMap<Cow<'d, str>, usize>,
    /// The entities of the reference’s entries.
    known: FxHashMap<u32, usize>,
}

impl<'d> Collection<'d> {
    fn add(&mut self, draft: &'d Draft, span: Span, known: Option<u32>) {
        let text = draft.words_at(span);
        let key = draft.key_at(span);
        let listed = known.and_then(|id| self.known.get(&id).copied());
        let index = listed.or_else(|| self.keys.get(&key).copied()).unwrap_or_else(|| {
            let id = self.entities.len() as u32;
            self.entities.push(Entity { id, name: text.to_owned(), mentions: Vec::new(), known });
            self.known.extend(known.map(|known| (known, id as usize)));
            self.entities.len() - 1
        });
        let entity = &mut self.entities[index];
        if text.len() > entity.name.len() {
            text.clone_into(&mut entity.name);
        }
        entity.mentions.push(span);
        self.keys.entry(key).or_insert(index);
    }

    /// An acronym is the body whose capitals it is made of: FBI, the Federal Bureau of Investigation.
    fn join_acronyms(&mut self) {
        let letters = |e: &Entity| e.name.chars().filter(|&c| c != '.').collect::<String>();
        let is_acronym = |e: &Entity| e.name.len() >= 3 && e.name.chars().all(|c| c == '.' || c.is_uppercase());
        if !self.entities.iter().any(is_acronym) {
            return;
        }
        let initials = |name: &str| -> String {
            name.split([' ', '-']).filter_map(|w| w.chars().next().filter(|c| c.is_uppercase())).collect()
        };
        // The bodies of each initials: where two have the same, an acronym is neither’s.
        let mut full: FxHashMap<String, (usize, usize)> = FxHashMap::default();
        for (at, entity) in self.entities.iter().enumerate().filter(|(_, e)| e.name.contains(' ')) {
            full.entry(initials(&entity.name)).or_insert((at, 0)).1 += 1;
        }
        for short in 0..self.entities.len() {
            if !is_acronym(&self.entities[short]) {
                continue;
            }
            let letters = letters(&self.entities[short]);
            if letters.len() < 3 {
                continue;
            }
            if let Some(&(only, 1)) = full.get(&letters) {
                let mentions = std::mem::take(&mut self.entities[short].mentions);
                self.entities[only].mentions.extend(mentions);
                self.entities[only].mentions.sort_unstable();
            }
        }
    }

    fn finish(mut self) -> Vec<Entity> {
        self.entities.retain(|e| !e.mentions.is_empty());
        self.entities.sort_by_key(|e| e.mentions[0]);
        for (id, entity) in self.entities.iter_mut().enumerate() {
            entity.id = id as u32;
        }
        self.entities
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::gazetteer::Known;

    fn names(text: &str) -> (Vec<String>, Vec<String>) {
        let draft = Draft::from_text(text);
        let people = crate::annotate::person::read(&draft, &Gazetteer::default());
        let (organizations, places) = read(&draft, &people, &Gazetteer::default());
        let list = |entities: Vec<Entity>| entities.into_iter().map(|e| e.name).collect();
        (list(organizations), list(places))
    }

    #[test]
    fn countries_are_places() {
        let (organizations, places) = names("The United States agreed. The United States Postal Service did not.");
        assert_eq!(
            (organizations, places),
            (vec!["United States Postal Service".into()], vec!["United States".into()])
        );
    }

    #[test]
    fn organizations_by_their_tails_and_letters() {
        assert_eq!(
            names("He left Salem University for the Ministry of Public Works.").0,
            ["Salem University", "Ministry of Public Works"]
        );
        assert_eq!(names("The Quill Water Board met. QWB members voted.").0, ["Quill Water Board"]);
        assert_eq!(names("The Harbor Safety Council met; the HSC voted.").0, ["Harbor Safety Council"]);
    }

    #[test]
    fn places_by_lists_and_tails() {
        assert_eq!(
            names("They crossed the Quill River into Germany and flew to Chicago.").1,
            ["Quill River", "Germany", "Chicago"]
        );
        assert_eq!(names("Victoria Halloran left.").1, Vec::<String>::new());
        assert_eq!(names("It lies off Mill Street and Quill Road.").1, ["Mill Street", "Quill Road"]);
        assert_eq!(names("Larkfield Homes will pay.").0, ["Larkfield Homes"]);
    }

    #[test]
    fn listed_names_are_one_entity_in_all_their_forms() {
        let mut gazetteer = Gazetteer::default();
        for form in ["Kyiv", "Kiev"] {
            gazetteer.add(form, Known { name: "Kyiv".into(), id: 3, kind: KnownKind::Place });
        }
        let draft = Draft::from_text("From Kiev to Kyiv.");
        let (_, places) = read(&draft, &[], &gazetteer);
        assert_eq!((places.len(), places[0].known, places[0].mentions.len()), (1, Some(3), 2));
    }
}
