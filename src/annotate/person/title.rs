//! Titles around a name: before it, after a comma, or with a verb.

use super::offices::{ELECT, Office, TitleKind};
use super::view::View;
use super::{TitleShape, TitleStatus};
use crate::text::{Case, Lex, Span, TokenKind};

/// A title as read, before it is known whose it is.
#[derive(Clone, Debug)]
pub struct RawTitle {
    /// First token (status and country included) and the one after the last.
    pub tokens: (usize, usize),
    /// Position in the list of offices.
    pub index: u16,
    pub status: TitleStatus,
    /// Fields of work, sorted, in one spelling; empty where none is said.
    pub portfolio: Vec<String>,
    /// The demonym, country, state or letters that say where: in lower case.
    pub jurisdiction: Option<String>,
    pub shape: TitleShape,
}

impl RawTitle {
    pub fn office<'a>(&self, view: View<'a>) -> &'a Office {
        view.offices.office(self.index)
    }

    pub fn span(&self, view: View) -> Span {
        view.span(self.tokens.0, self.tokens.1)
    }
}

/// The title that ends right before token `end`: former Ukrainian deputy foreign minister, each part but the last as it comes.
pub fn before(view: View, end: usize, block: u32) -> Option<RawTitle> {
    let last = end.checked_sub(1).and_then(|last| view.in_block(last, block))?;
    if !view.offices.may_end_title(last) {
        return None;
    }
    let mut end_of_title = end;
    let mut status = None;
    // President-elect
    if end >= 2 && ELECT.contains(&view.word(end - 1)) && view.is_joint(end - 2) {
        end_of_title = end - 2;
        status = Some(TitleStatus::Elect);
    }
    let (index, start) = match view.title_before(end_of_title, block) {
        Some(found) => found,
        None => return with_field(view, end, block),
    };
    let office = view.offices.office(index);
    if !office.plain && view.token(start).is_some_and(|t| t.case == Case::Lower) {
        return None;
    }
    let mut title = RawTitle {
        tokens: (start, end),
        index,
        status: TitleStatus::Current,
        portfolio: Vec::new(),
        jurisdiction: None,
        shape: TitleShape::Prefix,
    };
    widen(view, &mut title, block, &mut status);
    title.status = status.unwrap_or(TitleStatus::Current);
    Some(title)
}

/// Secretary of State, Minister for Foreign Affairs and Trade: right before token `end`.
fn with_field(view: View, end: usize, block: u32) -> Option<RawTitle> {
    let mut at = end;
    let mut words = 0;
    while let Some(before) = at.checked_sub(1).filter(|&b| view.in_block(b, block).is_some()) {
        let word = view.word(before);
        let token = view.token(before)?;
        if matches!(word, "of" | "for")
            && words > 0
            && let Some((index, start)) = view.title_before(before, block)
        {
            let mut title = RawTitle {
                tokens: (start, end),
                index,
                status: TitleStatus::Current,
                portfolio: fields(view, before + 1, end),
                jurisdiction: place_in(view, before + 1, end),
                shape: TitleShape::Prefix,
            };
            let mut status = None;
            widen(view, &mut title, block, &mut status);
            title.status = status.unwrap_or(TitleStatus::Current);
            return Some(title);
        }
        let part = view.offices.is_portfolio(word) || token.lex.is(Lex::COUNTRY | Lex::US_STATE);
        let tie = matches!(word, "of" | "for" | "and" | "the") || view.is_mark(before, "&");
        // “Director of the” is no title yet: the last word must name a field or a place.
        if !part && (!tie || words == 0) || words > 7 {
            return None;
        }
        words += 1;
        at = before;
    }
    None
}

/// Takes the words before a title into it: fields, deputy, country, status.
fn widen(view: View, title: &mut RawTitle, block: u32, status: &mut Option<TitleStatus>) {
    let office = title.office(view);
    let mut at = title.tokens.0;
    let mut taken = 0;
    while taken < 5 {
        let Some(mut before) = at.checked_sub(1).filter(|&b| view.in_block(b, block).is_some()) else { break };
        if view.is_joint(before)
            || view.is_mark(before, "-") && before > 0 && matches!(view.word(before - 1), "then" | "ex" | "vice")
        {
            before = before.saturating_sub(1);
        }
        let Some(token) = view.in_block(before, block) else { break };
        let word = view.word(before);
        // “Then President Poe left”: a capital without a hyphen begins the sentence.
        if word == "then" && token.is_capital() && !view.is_joint(before + 1) {
            break;
        }
        if let Some(said) = status_word(word) {
            if status.is_none() {
                *status = Some(said);
            }
            at = before;
            break;
        }
        let field = office.portfolio && view.offices.is_portfolio(word);
        let place = token.lex.is(Lex::DEMONYM | Lex::COUNTRY | Lex::US_STATE) && token.is_capital()
            || token.case == Case::Upper && token.span.len() <= 4
            || matches!(view.word(before), "u.s" | "u.k");
        let part_of_place = token.is_capital()
            && matches!(
                word,
                "south" | "north" | "new" | "saudi" | "united" | "east" | "west" | "central" | "sierra" | "costa"
            )
            && title.jurisdiction.is_some();
        let rank = matches!(
            word,
            "deputy"
                | "assistant"
                | "senior"
                | "junior"
                | "vice"
                | "associate"
                | "chief"
                | "state"
                | "federal"
                | "interim"
        );
        let party = matches!(
            word,
            "republican"
                | "democratic"
                | "democrat"
                | "gop"
                | "labour"
                | "conservative"
                | "senate"
                | "house"
                | "party"
                | "union"
                | "city"
                | "district"
                | "county"
        );
        if field {
            title.portfolio.push(field_name(word));
        } else if place {
            title.jurisdiction.get_or_insert_with(|| word.to_owned());
        } else if part_of_place {
            let place = title.jurisdiction.take().unwrap_or_default();
            title.jurisdiction = Some(format!("{word} {place}"));
        } else if !rank && !party {
            break;
        }
        at = before;
        taken += 1;
    }
    title.portfolio.sort_unstable();
    title.portfolio.dedup();
    title.tokens.0 = at;
}

fn status_word(word: &str) -> Option<TitleStatus> {
    Some(match word {
        "former" | "ex" | "onetime" | "erstwhile" | "ousted" | "deposed" | "retired" => TitleStatus::Former,
        "then" => TitleStatus::Then,
        "acting" | "interim" | "caretaker" => TitleStatus::Acting,
        "late" => TitleStatus::Late,
        "incoming" => TitleStatus::Elect,
        _ => return None,
    })
}

/// One spelling for a field of work.
fn field_name(word: &str) -> String {
    match word {
        "defence" => "defense",
        "labour" => "labor",
        "sport" => "sports",
        "communication" => "communications",
        "lands" => "land",
        "external" => "foreign",
        _ => word,
    }
    .to_owned()
}

fn fields(view: View, from: usize, end: usize) -> Vec<String> {
    let words = (from..end).map(|i| view.word(i)).filter(|w| view.offices.is_portfolio(w) && *w != "affairs");
    let mut fields: Vec<String> = words.map(field_name).collect();
    fields.sort_unstable();
    fields.dedup();
    fields
}

fn place_in(view: View, from: usize, end: usize) -> Option<String> {
    (from..end)
        .find(|&i| {
            view.token(i).is_some_and(|t| t.is_capital() && t.lex.is(Lex::COUNTRY | Lex::US_STATE | Lex::DEMONYM))
        })
        .map(|i| view.word(i).to_owned())
}

/// The title after a name that ends before token `at`: “, the former secretary of state,” or “, who was mayor of Salem,” or “was elected
/// president”.
pub fn after(view: View, at: usize, block: u32) -> Option<RawTitle> {
    let mut from = at;
    let mut status = TitleStatus::Current;
    let mut shape = TitleShape::Appositive;
    if view.is_mark(from, ",") {
        from += 1;
        // An age between: , 61, a lawyer
        if view.in_block(from, block)?.kind == TokenKind::Number && view.is_mark(from + 1, ",") {
            from += 2;
        }
        if matches!(view.word(from), "who") {
            from += 1;
        }
    }
    let verb = view.word(from);
    if matches!(verb, "is" | "was" | "became" | "serves" | "served" | "remains") {
        shape = TitleShape::Copula;
        status = match verb {
            "is" | "serves" | "remains" => TitleStatus::Current,
            _ => TitleStatus::Unknown,
        };
        from += 1;
        if view.word(from) == "as" {
            from += 1;
        }
    } else if from == at {
        return None;
    }
    let sentence = view.in_block(from, block)?.sentence;
    let mut article = false;
    let mut office = None;
    let mut end = from;
    let start = from;
    // The office stands within a few words, and no name or verb comes before it.
    while end < from + 8 {
        let Some(token) = view.in_block(end, block).filter(|t| t.sentence == sentence) else { break };
        let word = view.word(end);
        if token.kind == TokenKind::Word {
            if let Some(said) = status_word(word) {
                status = said;
            } else if matches!(word, "a" | "an" | "the" | "one" | "his" | "her" | "their" | "its") {
                article = true;
            } else if token.lex.is(Lex::FUNCTION) && !matches!(word, "of" | "and" | "for") {
                break;
            }
            if matches!(word, "of" | "for" | "and" | "at" | "in") {
                break;
            }
            if let Some((index, first)) = view.title_before(end + 1, block).filter(|&(_, first)| first >= start) {
                office = Some((index, first, end + 1));
            } else if office.is_some() {
                break;
            }
        } else if token.kind != TokenKind::Clitic && !view.is_joint(end) && !view.is_mark(end, "&") {
            break;
        }
        end += 1;
    }
    let (index, first, mut end) = office?;
    let entry = view.offices.office(index);
    // “, President Smith”: the title of another name. A plain word after a comma needs an article or what it is the head of.
    if entry.kind == TitleKind::Courtesy || view.in_block(end, block).is_some_and(|t| t.is_capital()) {
        return None;
    }
    let follows = view.word(end);
    let tied = matches!(follows, "of" | "for" | "at" | "in" | "to");
    if shape == TitleShape::Appositive && !article && !tied && status == TitleStatus::Current {
        let mark = view.text(end);
        if !matches!(mark, "," | "." | ";") || first > start + 3 {
            return None;
        }
    }
    let mut portfolio: Vec<String> = (start..first)
        .map(|i| view.word(i))
        .filter(|w| entry.portfolio && view.offices.is_portfolio(w))
        .map(field_name)
        .collect();
    let mut jurisdiction = place_in(view, start, first);
    if tied {
        let from = end + 1;
        let mut to = from;
        while to < from + 8
            && view.in_block(to, block).is_some_and(|t| {
                t.kind == TokenKind::Word
                    && (t.is_capital()
                        || t.lex.is(Lex::FUNCTION)
                            && !matches!(
                                view.word(to),
                                "who" | "is" | "was" | "said" | "has" | "in" | "on" | "at" | "since" | "from" | "until"
                            )
                        || view.offices.is_portfolio(view.word(to)))
            })
        {
            to += 1;
        }
        if to > from {
            if entry.portfolio {
                portfolio.extend(fields(view, from, to));
            }
            jurisdiction = jurisdiction.or_else(|| place_in(view, from, to));
            end = to;
        }
    }
    portfolio.sort_unstable();
    portfolio.dedup();
    Some(RawTitle { tokens: (start, end), index, status, portfolio, jurisdiction, shape })
}
