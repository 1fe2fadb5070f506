//! Which runs of capitals are names of people: by what stands around them and what the lists say of their words.

use std::sync::LazyLock;

use super::name;
use super::offices::TitleKind;
use super::run::{Element, ElementKind, Elements};
use super::title::{self, RawTitle};
use super::view::View;
use crate::annotate::entity_words::entity_words;
use crate::text::{Case, Lex, TokenKind, WordFilter};

/// A name as found, before it is known whose it is.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub elements: Elements,
    pub block: u32,
    pub title: Option<RawTitle>,
    pub trust: Trust,
    /// Position in the gazetteer's list, where it is a listed name.
    pub known: Option<u32>,
}

/// Why a run is taken for a name, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    /// The reference lists it.
    Known,
    /// A title stands before it.
    Titled,
    /// It begins with a listed given name.
    Given,
    /// The words around it speak of a person.
    Context,
    /// Only its shape.
    Shape,
}

/// What was made of a run.
pub enum Reading {
    Name(Candidate),
    /// No name by itself: its elements from here on may repeat one.
    Rest(Elements),
}

/// Reads one run of `block`.
pub fn read(view: View, run: &[Element], block: u32, title_case: bool) -> Reading {
    let (mut first, title) = strip_title(view, run, block);
    let title_kind = title.as_ref().map(|t| t.office(view).kind);
    let mut name = Elements::from(&run[first..]);
    while name.first().is_some_and(|e| e.kind == ElementKind::Suffix || e.kind == ElementKind::Nickname) {
        name.remove(0);
        first += 1;
    }
    let rest = |name: &[Element]| Reading::Rest(Elements::from(name));
    let words = name.iter().filter(|e| e.kind == ElementKind::Word).count();
    if words == 0 || name.len() > 8 {
        return rest(&run[first.min(run.len())..]);
    }
    if let Some(at) = after_place(view, &name) {
        name.drain(..at);
    }
    if is_place(view, &name) || ends_as_organization(view, &name, block) {
        return Reading::Rest(Elements::new());
    }
    if let (Some(title), Some(kind)) = (title, title_kind) {
        if titled_name(view, &name, block, (kind, &title), title_case) {
            cut_tail(view, &mut name);
            return Reading::Name(Candidate {
                elements: name,
                block,
                title: Some(title),
                trust: Trust::Titled,
                known: None,
            });
        }
        if words < 2 {
            return rest(&name);
        }
    }
    // One word without a title is no name by itself.
    if name.len() == 1 {
        return Reading::Rest(name);
    }
    let Some(trust) = untitled(view, &mut name, block, title_case) else { return rest(&name) };
    Reading::Name(Candidate { elements: name, block, title: None, trust, known: None })
}

/// The title before the name in a run, and the position of the name's first element.
fn strip_title(view: View, run: &[Element], block: u32) -> (usize, Option<RawTitle>) {
    for k in (0..run.len()).rev() {
        if run[k].kind == ElementKind::Suffix
            || run[k].kind == ElementKind::Particle && k > 0 && view.draft.tokens[run[k].tokens.0].case == Case::Lower
        {
            continue;
        }
        let Some(title) = title::before(view, run[k].tokens.0, block) else { continue };
        let inside = run.iter().position(|e| e.tokens.0 >= title.tokens.0).unwrap_or(0);
        // Julie Bishop, Larry King: a surname that is a title too.
        let surname_like = k >= 1
            && inside >= 1
            && run.len() - k < 2
            && run[inside - 1].lex(view).is(Lex::GIVEN)
            && (run[k - 1].lex(view).is(Lex::COMMON_SURNAME) || is_middle_title(view.word(title.tokens.0)));
        // Don Quill: the short form of a given name, where one name follows.
        let short_given = inside + 1 == k && k + 1 == run.len() && view.word(title.tokens.0) == "don";
        if surname_like || short_given {
            continue;
        }
        return (k, Some(title));
    }
    (0, None)
}

/// Honorifics that also stand between the parts of a name: Hassan Sheikh Omar.
fn is_middle_title(word: &str) -> bool {
    matches!(word, "sheikh" | "shaikh" | "sheik" | "haji" | "hajji" | "mullah" | "mirza")
}

fn titled_name(
    view: View,
    name: &[Element],
    block: u32,
    (kind, title): (TitleKind, &RawTitle),
    title_case: bool,
) -> bool {
    let words: Elements = name.iter().filter(|e| e.kind == ElementKind::Word).copied().collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let lower = view.draft.tokens[title.tokens.1 - 1].case == Case::Lower;
    let weak = matches!(kind, TitleKind::Role | TitleKind::Kin) || lower || title_case;
    // After a title with a capital, or a given name, any surname of the lists will do.
    let firm = !weak || words.len() > 1 && first.lex(view).is(Lex::GIVEN);
    let odd = |e: &Element| {
        let lex = e.lex(view);
        let surname = lex.is(Lex::COMMON_SURNAME | Lex::GIVEN) || firm && lex.is(Lex::SURNAME);
        lex.is(Lex::COMMON) && !surname
            || lex.is(Lex::DEMONYM | Lex::COUNTRY | Lex::WEEKDAY) && !lex.is(Lex::GIVEN | Lex::COMMON_SURNAME)
    };
    // Mr. Stone, Ms. Dune: what follows is a surname whatever the lists say, but for Mr. President and Miss Universe.
    let courtesy = kind == TitleKind::Courtesy && !weak && words.len() == 1 && name.len() == 1;
    if courtesy && view.word(title.tokens.0) != "miss" {
        return view.title_before(first.tokens.1, block).is_none();
    }
    if odd(first) || odd(last) {
        return false;
    }
    if words.len() == 1 && name.len() == 1 && weak {
        let lex = first.lex(view);
        let name_like = lex.is(Lex::GIVEN | Lex::SURNAME) || lex.is_unknown();
        return name_like
            && !lex.is(Lex::CITY | Lex::COUNTRY | Lex::US_STATE | Lex::COMMON)
            && !(title_case && lex.is(Lex::WORD));
    }
    true
}

/// Drops what follows a name in the same run: a word that no name ends with.
fn cut_tail(view: View, name: &mut Elements) {
    if let Some(cut) = name.iter().skip(1).position(|e| {
        let lex = e.lex(view);
        e.kind == ElementKind::Word && lex.is(Lex::COMMON) && !lex.is(Lex::SURNAME | Lex::GIVEN)
    }) {
        name.truncate(cut + 1);
    }
}

/// Whether a word means people of a country: Americans.
fn is_people(view: View, element: &Element) -> bool {
    let lex = element.lex(view);
    let one = || view.word(element.tokens.0).strip_suffix('s').is_some_and(|one| Lex::of(one).is(Lex::DEMONYM));
    lex.is(Lex::PROPER) && !lex.is(Lex::SURNAME | Lex::GIVEN) && one()
}

/// The evidence for a run without a title; cuts `name` down to the name.
fn untitled(view: View, name: &mut Elements, block: u32, title_case: bool) -> Option<Trust> {
    let given = name.iter().position(|e| match e.kind {
        ElementKind::Word => e.lex(view).is(Lex::GIVEN),
        ElementKind::Initial => true,
        _ => false,
    });
    // Words before the name: Yesterday, Republican, Boeing, Americans.
    let strip = name
        .iter()
        .take(name.len().saturating_sub(2))
        .take_while(|e| {
            let lex = e.lex(view);
            let plain =
                lex.is(Lex::WORD | Lex::DEMONYM | Lex::COUNTRY | Lex::CITY | Lex::US_STATE) && !lex.is(Lex::GIVEN);
            let plain = plain && (lex.is(Lex::COMMON) || !lex.is(Lex::COMMON_SURNAME));
            e.kind == ElementKind::Word && (plain || is_people(view, e))
        })
        .count();
    let strip = strip.min(given.unwrap_or(strip));
    name.drain(..strip);
    while name.first().is_some_and(|e| matches!(e.kind, ElementKind::Nickname | ElementKind::Suffix)) {
        name.remove(0);
    }
    let words: Elements = name.iter().filter(|e| e.kind == ElementKind::Word).copied().collect();
    let initials = name.iter().filter(|e| e.kind == ElementKind::Initial).count();
    if words.len() + initials < 2 || words.is_empty() {
        return None;
    }
    if is_place(view, name) {
        return None;
    }
    let first = name[0];
    let last = *words.last()?;
    let (first_lex, last_lex) = (first.lex(view), last.lex(view));
    let before = first.tokens.0.checked_sub(1).filter(|&b| view.in_block(b, block).is_some());
    let before_word = before.map_or("", |b| view.word(b));
    let located = strip == 0 && matches!(before_word, "in" | "at" | "near" | "outside" | "around");
    let the = strip == 0 && matches!(before_word, "the" | "this" | "that" | "a" | "an" | "our" | "its");
    let end = name.last()?.tokens.1;
    let evidence = context(view, first.tokens.0, end, block);
    let geography = Lex::COUNTRY | Lex::US_STATE | Lex::DEMONYM;
    if last_lex.is(geography) && !last_lex.is(Lex::COMMON_SURNAME | Lex::GIVEN) && !evidence {
        return None;
    }
    // Al Qaeda, Al Shabaab: the article of an Arabic name, where no surname follows.
    let article = view.word(first.tokens.0) == "al" && words.len() == 2 && !last_lex.is(Lex::SURNAME);
    if article && !evidence {
        return None;
    }
    // Muslim Americans are no person, whatever they say.
    if is_people(view, &last) {
        return None;
    }
    if last_lex.is(Lex::ORGANIZATION_TAIL)
        && (words.len() > 2 || located || the || !first_lex.is(Lex::GIVEN) || !last_lex.is(Lex::COMMON_SURNAME))
        && !evidence
    {
        return None;
    }
    let last_common = last_lex.is(Lex::COMMON) && !last_lex.is(Lex::COMMON_SURNAME | Lex::GIVEN);
    // Ada Quiver and Carl Ward are names by their first words; Jordan Bridge is none.
    let plain_given = first_lex.is(Lex::GIVEN) && !first_lex.is(Lex::WORD | Lex::CITY | Lex::COUNTRY | Lex::US_STATE);
    if last_common && !evidence && !(plain_given && last_lex.is(Lex::SURNAME) && words.len() == 2) {
        return None;
    }
    let word_like = |lex: Lex| lex.is(Lex::WORD) && !lex.is(Lex::GIVEN | Lex::COMMON_SURNAME);
    if title_case {
        let listed = first_lex.is(Lex::GIVEN) && !first_lex.is(Lex::COMMON) || first.kind == ElementKind::Initial;
        return (listed && !last_lex.is(Lex::WORD) && !located && name.len() <= 4).then_some(Trust::Given);
    }
    if (first_lex.is(Lex::GIVEN) || first.kind == ElementKind::Initial) && (!the || evidence) {
        let place_like = first_lex.is(Lex::CITY | Lex::COUNTRY | Lex::US_STATE);
        if first.kind == ElementKind::Initial && !last_lex.is(Lex::SURNAME) && !last_lex.is_unknown() && !evidence {
            return None;
        }
        if (located || place_like && word_like(last_lex)) && !evidence {
            return None;
        }
        if first_lex.is(Lex::COMMON) && word_like(last_lex) && !evidence {
            return None;
        }
        return Some(Trust::Given);
    }
    let fits = words.iter().all(|e| {
        let lex = e.lex(view);
        (!lex.is(Lex::COMMON) || lex.is(Lex::SURNAME))
            && (!lex.is(geography) || lex.is(Lex::GIVEN | Lex::COMMON_SURNAME))
    });
    if evidence && fits {
        return Some(Trust::Context);
    }
    let listed = words.iter().any(|e| e.lex(view).is(Lex::SURNAME | Lex::GIVEN))
        || words.len() == 2 && last_lex.is_unknown() && ends_as_surname(view.word(last.tokens.0));
    if name::reads_family_first(view, name) && !the && !located {
        return Some(Trust::Shape);
    }
    let strange = words.iter().all(|e| {
        let lex = e.lex(view);
        !lex.is(Lex::WORD | geography | Lex::CITY | Lex::ORGANIZATION_TAIL) || lex.is(Lex::GIVEN)
    });
    (listed && strange && !the && !located && words.len() <= 4).then_some(Trust::Shape)
}

/// Whether a word that no list has ends as surnames of one country or another do, and few other words.
fn ends_as_surname(word: &str) -> bool {
    const ENDINGS: [&str; 26] = [
        "ov", "ova", "ev", "eva", "enko", "sky", "skyi", "skyy", "ski", "ska", "chuk", "shvili", "adze", "yan",
        "poulos", "escu", "sson", "vich", "vych", "ovic", "evic", "wicz", "oglu", "zadeh", "nejad", "quist",
    ];
    word.len() >= 6 && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Whether the words around tokens `first..end` speak of a person: an age, “who”, a verb of saying, what somebody is.
pub fn context(view: View, first: usize, end: usize, block: u32) -> bool {
    let next = |i: usize| view.in_block(end + i, block);
    if view.is_cue(end) {
        return true;
    }
    if view.is_mark(end, ",") {
        if matches!(view.word(end + 1), "who" | "whose" | "whom") {
            return true;
        }
        let age = next(1).is_some_and(|t| t.kind == TokenKind::Number && t.span.len() <= 3 && !t.span.is_empty())
            && (view.is_mark(end + 2, ",") || view.is_mark(end + 2, "."));
        if age {
            return true;
        }
        if title::after(view, end, block).is_some() {
            return true;
        }
    }
    if view.is_mark(end, "(")
        && next(1).is_some_and(|t| t.kind == TokenKind::Number && t.span.len() == 2)
        && view.is_mark(end + 2, ")")
    {
        return true;
    }
    let Some(before) = first.checked_sub(1).filter(|&b| view.in_block(b, block).is_some()) else { return false };
    // The mayor, Martha Quill, spoke.
    if view.is_mark(before, ",") && view.is_mark(end, ",") && view.title_before(before, block).is_some() {
        return true;
    }

    view.is_cue(before)
        && matches!(view.word(before), "said" | "says" | "added" | "told" | "asked" | "explained" | "noted")
}

/// Words that names of places begin with.
const PLACE_STARTS: [&str; 40] = [
    "san", "santa", "los", "las", "new", "north", "south", "east", "west", "saint", "sri", "mount", "fort", "port",
    "lake", "cape", "northern", "southern", "eastern", "western", "central", "great", "united", "puerto", "rio",
    "costa", "sierra", "buenos", "santo", "sao", "são", "grand", "upper", "lower", "mt", "ft", "st", "baton", "villa",
    "punta",
];

static PLACE_FILTER: LazyLock<WordFilter> = LazyLock::new(|| WordFilter::new(PLACE_STARTS));

/// What says that a name is a company’s.
const COMPANIES: [&str; 14] =
    ["inc", "corp", "ltd", "co", "plc", "llc", "llp", "gmbh", "pty", "intl", "bros", "cos", "bhd", "sdn"];

static COMPANY_FILTER: LazyLock<WordFilter> = LazyLock::new(|| WordFilter::new(COMPANIES));

/// Whether the first word of an element is in a list. Asked of every run, so the filter goes first.
fn is_one_of(view: View, element: &Element, list: &[&str], filter: &WordFilter) -> bool {
    let at = element.tokens.0;
    filter.may_hold(view.draft.tokens[at].hash) && list.contains(&view.word(at))
}

/// Whether the whole run is a listed place.
fn is_place(view: View, name: &[Element]) -> bool {
    let (Some(first), Some(last)) = (name.first(), name.last()) else { return false };
    if is_one_of(view, first, &PLACE_STARTS, &PLACE_FILTER) {
        return true;
    }
    if name.len() < 2 {
        return false;
    }
    let phrase = view.span(first.tokens.0, last.tokens.1).of(&view.draft.lower);
    Lex::of(phrase).is(Lex::CITY | Lex::COUNTRY | Lex::US_STATE) || entity_words().landmarks.contains(phrase)
}

/// Where a name begins that follows a place in the same run: North Arm Sound Tom Quillfeather.
fn after_place(view: View, name: &[Element]) -> Option<usize> {
    if name.len() < 4 {
        return None;
    }
    let [.., given, surname] = name else { return None };
    let (first, last) = (given.lex(view), surname.lex(view));
    let reads =
        first.is(Lex::GIVEN) && !first.is(Lex::WORD | Lex::CITY) && (last.is(Lex::SURNAME) || last.is_unknown());
    (reads && !last.is(Lex::ORGANIZATION_TAIL | Lex::WORD) && is_place(view, name)).then_some(name.len() - 2)
}

/// Whether the run ends as names of organizations and places do: Roosevelt High School.
fn ends_as_organization(view: View, name: &[Element], block: u32) -> bool {
    let Some(last) = name.iter().rev().find(|e| e.kind == ElementKind::Word) else { return false };
    let lex = last.lex(view);
    // Larkfield Homes, but Hugo Lines: few bear such a surname, and they bear a given name before it.
    let borne = lex.is(Lex::COMMON_SURNAME) || lex.is(Lex::SURNAME) && name[0].lex(view).is(Lex::GIVEN);
    if name.len() >= 2 && lex.is(Lex::ORGANIZATION_TAIL) && !borne {
        return true;
    }
    // Selwick Council, a Tory MP; but Carla Daily is a name.
    let word = view.word(last.tokens.0);
    if name.len() >= 2 && entity_words().no_surnames.position(&view.draft.tokens[last.tokens.0], word).is_some() {
        let given = name[0].lex(view);
        let given = given.is(Lex::GIVEN) && !given.is(Lex::WORD | Lex::CITY | Lex::COUNTRY | Lex::US_STATE);
        return !(given || name[0].kind == ElementKind::Initial) || word.ends_with('s');
    }
    if name.iter().any(|e| is_one_of(view, e, &COMPANIES, &COMPANY_FILTER)) {
        return true;
    }
    // Goldman & Sons, University of
    let end = name.last().map_or(0, |e| e.tokens.1);
    view.in_block(end, block).is_some_and(|t| t.kind == TokenKind::Mark) && view.is_mark(end, "&")
}
