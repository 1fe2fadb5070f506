//! Whether a clause speaks of what was or of what is to come: bare weekdays and months depend on it.

use super::parse::Raw;
use crate::source::Draft;
use crate::text::{Case, Lex, Span, Token, TokenKind};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    Past,
    Future,
    Unknown,
}

/// Past forms that are no other form of their verb, and no common noun.
const IRREGULAR: [&str; 45] = [
    "arose", "ate", "beat", "blew", "bought", "brought", "built", "caught", "chose", "dealt", "drank", "drew", "drove",
    "dug", "fed", "fled", "flew", "forbade", "forgot", "fought", "froze", "grew", "heard", "hid", "knew", "laid",
    "paid", "ran", "rode", "sang", "sank", "shook", "shot", "sold", "sought", "spent", "spoke", "stole", "stood",
    "struck", "swept", "swore", "threw", "withdrew", "wore",
];

/// Words that look ahead: beside one of them an expression is no matter of the past, whatever the verb.
const AHEAD: [&str; 40] = [
    "will",
    "would",
    "could",
    "can",
    "may",
    "might",
    "must",
    "should",
    "shall",
    "’ll",
    "if",
    "until",
    "till",
    "by",
    "through",
    "for",
    "next",
    "plan",
    "plans",
    "planned",
    "expect",
    "expects",
    "expected",
    "forecast",
    "forecasts",
    "projected",
    "projects",
    "projection",
    "projections",
    "predicted",
    "goal",
    "goals",
    "target",
    "targets",
    "deadline",
    "due",
    "scheduled",
    "expire",
    "expires",
    "future",
];

/// Whether the clause tells of the words at `span` as over: its nearest verb, at most `reach` tokens before or after them, stands in
/// the past (one of telling only where `telling`), and nothing on the way looks ahead.
pub fn is_past(draft: &Draft, span: Span, reach: usize, telling: bool) -> bool {
    let first = draft.token_at(span.start);
    let Some(token) = draft.tokens.get(first) else { return false };
    let sentence = &draft.sentences[token.sentence as usize];
    let (start, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
    let last = draft.token_at(span.end.saturating_sub(1)).min(end.saturating_sub(1));
    let verb = |at: usize| -> Option<bool> {
        let token = &draft.tokens[at];
        let word = draft.lower(token);
        let to_do = word == "to"
            && draft.tokens.get(at + 1).is_some_and(|t| {
                let verb_like = t.lex.is(Lex::WORD) && !t.lex.is(Lex::FUNCTION) || draft.lower(t) == "be";
                t.is_word() && t.case == Case::Lower && verb_like
            });
        if AHEAD.contains(&word) || word.ends_with("'ll") || word.ends_with("’ll") || to_do {
            return Some(false);
        }
        // Is raised, to be raised: a participle, with no tense of its own.
        let word_at = |back: usize| at.checked_sub(back).map_or("", |b| draft.lower(&draft.tokens[b]));
        // Will be formally charged, will be batch-produced; a manned mission.
        let led = match word_at(1) {
            "-" => word_at(3),
            adverb if adverb.ends_with("ly") => word_at(2),
            word => word,
        };
        if matches!(led, "be" | "being" | "is" | "are" | "a" | "an") {
            return None;
        }
        let tells = token.lex.is(Lex::SPEECH_VERB) || matches!(word, "has" | "have" | "had" | "said" | "told");
        (of(draft, at, false) == Tense::Past).then_some(telling || !tells)
    };
    let before = (first.saturating_sub(reach).max(start)..first).rev().find_map(verb);
    before.or_else(|| (last + 1..end.min(last + 1 + reach)).find_map(verb)).unwrap_or(false)
}

/// How far to look for a verb, in tokens.
const REACH: usize = 14;

/// The tense of the clause around an expression: the nearest verb before it, else the nearest after it.
pub fn around(draft: &Draft, raw: &Raw) -> Tense {
    let sentence = &draft.sentences[draft.tokens[raw.first].sentence as usize];
    let (start, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
    let display = draft.blocks[sentence.block as usize].kind.is_display();
    if raw.first > start && matches!(draft.lower(&draft.tokens[raw.first - 1]), "until" | "till" | "by" | "through") {
        return Tense::Future;
    }
    let mut boundary = false;
    for at in (start.max(raw.first.saturating_sub(REACH))..raw.first).rev() {
        let token = &draft.tokens[at];
        match of(draft, at, display) {
            Tense::Unknown => {}
            tense => return tense,
        }
        if token.kind == TokenKind::Mark
            && matches!(draft.word(token), ";" | "—" | ":")
            && !token.touches(&draft.tokens[at + 1])
        {
            boundary = true;
            break;
        }
    }
    if boundary || raw.first.saturating_sub(start) < REACH {
        for at in raw.last + 1..end.min(raw.last + 1 + REACH) {
            match of(draft, at, display) {
                Tense::Unknown => {}
                tense => return tense,
            }
        }
    }
    Tense::Unknown
}

fn of(draft: &Draft, at: usize, display: bool) -> Tense {
    let token: &Token = &draft.tokens[at];
    if !token.is_word() || (token.case != Case::Lower && at > 0) {
        return Tense::Unknown;
    }
    let word = draft.lower(token);
    match word {
        "will" | "shall" | "scheduled" | "slated" | "upcoming" | "begins" | "starts" | "opens" | "resumes"
        | "meets" | "expires" | "takes" | "’ll" | "due" | "starting" | "beginning" => Tense::Future,
        "to" => {
            let before = at.checked_sub(1).map_or("", |i| draft.lower(&draft.tokens[i]));
            let leads = matches!(
                before,
                "set"
                    | "due"
                    | "scheduled"
                    | "expected"
                    | "plans"
                    | "planned"
                    | "likely"
                    | "going"
                    | "about"
                    | "is"
                    | "are"
                    | "hopes"
                    | "slated"
                    | "supposed"
                    | "ready"
                    | "preparing"
                    | "expects"
                    | "intends"
                    | "wants"
            );
            let verb = draft
                .tokens
                .get(at + 1)
                .is_some_and(|t| t.is_word() && t.case == Case::Lower && !t.lex.is(Lex::FUNCTION));
            if leads || (display && verb) { Tense::Future } else { Tense::Unknown }
        }
        "expected" | "planned" => {
            let next = draft.tokens.get(at + 1).map_or("", |t| draft.lower(t));
            let before = at.checked_sub(1).map_or("", |i| draft.lower(&draft.tokens[i]));
            if next == "to" || matches!(before, "is" | "are") { Tense::Future } else { Tense::Unknown }
        }
        "was" | "were" | "had" | "did" | "said" | "told" | "has" | "have" | "fell" | "rose" | "began" | "came"
        | "went" | "died" | "made" | "took" | "met" | "won" | "lost" | "got" | "gave" | "saw" | "held" | "kept"
        | "left" | "found" | "sent" | "became" | "broke" | "wrote" => Tense::Past,
        _ if IRREGULAR.contains(&word) => Tense::Past,
        _ if word.ends_with("ed") && word.len() > 4 && token.lex.is(Lex::WORD) => Tense::Past,
        _ if token.lex.is(Lex::SPEECH_VERB) && word.ends_with('d') => Tense::Past,
        _ => Tense::Unknown,
    }
}
