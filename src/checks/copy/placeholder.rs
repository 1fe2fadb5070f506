//! `copy/placeholder`: TK, XXX, `[name]`, notes to the desk, an assistant's leftovers.

use serde::Deserialize;

use super::{Context, assistant, shorten};
use crate::checks::in_marks;
use crate::diagnostic::Finding;
use crate::source::BlockKind;
use crate::text::{Case, Lex, Span, Token, TokenKind};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// More words that stand for something to come, as written.
    extra: Vec<String>,
    /// Whether to look for what a writing assistant leaves behind.
    assistant: bool,
}

/// What stands in brackets for something to come.
const FIELDS: &[&str] = &[
    "address",
    "age",
    "amount",
    "author",
    "byline",
    "caption",
    "city",
    "company",
    "company name",
    "contact",
    "country",
    "credit",
    "date",
    "day",
    "email",
    "first name",
    "full name",
    "headline",
    "image",
    "last name",
    "link",
    "location",
    "month",
    "name",
    "name here",
    "name of company",
    "number",
    "organization",
    "organisation",
    "percent",
    "percentage",
    "photo",
    "phone",
    "phone number",
    "place",
    "position",
    "price",
    "quote",
    "reporter",
    "source",
    "spokesperson",
    "state",
    "statistic",
    "surname",
    "time",
    "title",
    "town",
    "url",
    "venue",
    "year",
    "your name",
    "xx",
    "xxx",
    "blank",
    "figure",
    "insert",
    "to come",
    "citation needed",
    "pending",
];

/// Words that open a note to the desk, in brackets of any kind.
const NOTES: &[&str] = &[
    "tk",
    "check",
    "confirm",
    "verify",
    "desk",
    "ed",
    "eds",
    "editor",
    "editors",
    "editor's note to desk",
    "sub",
    "subs",
    "note to desk",
    "note to editor",
    "note to self",
    "todo",
    "to do",
    "fixme",
    "insert",
    "add",
    "fact check",
    "fact-check",
    "needs",
    "pls",
    "please check",
    "please confirm",
    "please add",
    "query",
    "legal",
    "lawyer",
    "replace",
    "update with",
];

/// Questions in brackets about the word before: (sp?), (CQ?).
const QUESTIONS: &[&str] = &[
    "sp",
    "spelling",
    "cq",
    "ck",
    "age",
    "name",
    "title",
    "date",
    "year",
    "source",
    "who",
    "check",
    "tk",
    "correct",
    "right",
    "true",
    "number",
    "first name",
    "how many",
];

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let options: &Options = cx.options();
    let draft = cx.draft;
    let bytes = draft.text.as_bytes();
    let mut at = 0;
    while let Some(token) = draft.tokens.get(at) {
        let mut next = at + 1;
        // By the first byte: nearly all tokens begin nothing of the kind.
        let may_begin = match bytes[token.span.start as usize] {
            b'T' | b'X' | b'l' | b'L' | b'F' | b'[' | b'(' | b'{' | b'<' | b'?' => true,
            _ => token.kind == TokenKind::Word && !options.extra.is_empty(),
        };
        if may_begin && draft.blocks[token.block as usize].kind.is_copy() {
            let found = match token.kind {
                TokenKind::Word => word(cx, options, at),
                TokenKind::Mark => mark(cx, at),
                TokenKind::Stop => question_marks(cx, at),
                _ => None,
            };
            if let Some(end) = found {
                let span = token.span.cover(draft.tokens[end].span);
                let words = shorten(draft.words_at(span), 50);
                findings.push(Finding::new(
                    "copy/placeholder",
                    span,
                    format!("“{words}” is a placeholder or a note to the desk"),
                ));
                next = end + 1;
            }
        }
        at = next;
    }
    if options.assistant {
        assistant::run(cx, findings);
    }
}

/// A word that stands for something to come; the index of its last token.
fn word(cx: &Context<'_>, options: &Options, at: usize) -> Option<usize> {
    let draft = cx.draft;
    let token = &draft.tokens[at];
    let word = draft.word(token).trim_end_matches('.');
    // The cheap question: few words are any of those below.
    let may_be = matches!(word, "TODO" | "FIXME" | "lorem" | "Lorem") || is_tk(word) || word.len() > 1 && is_x(word);
    if !may_be && options.extra.is_empty() {
        return None;
    }
    let next = draft.tokens.get(at + 1).filter(|n| n.block == token.block);
    let before = at.checked_sub(1).map(|i| &draft.tokens[i]).filter(|b| b.block == token.block);
    let next_word = next.filter(|n| n.is_word()).map(|n| draft.word(n)).unwrap_or_default();
    // A file name, an address, a tag.
    let glued = |t: Option<&Token>, before: bool| {
        t.is_some_and(|t| {
            let touching = if before { t.touches(token) } else { token.touches(t) };
            touching && matches!(draft.word(t), "/" | "_" | "@" | "#" | "." | "&" | "-")
        })
    };
    if glued(before, true)
        || (glued(next, false)
            && !draft.tokens.get(at + 2).is_none_or(|t| t.kind == TokenKind::Stop || t.block != token.block))
    {
        return None;
    }
    let repeat = || if next_word == word { at + 1 } else { at };
    match word {
        _ if is_tk(word) => {
            // The shop, and people with these initials.
            let name = next.is_some_and(|n| n.is_word() && n.is_capital() && !is_tk(draft.word(n)) && word == "TK");
            let is_initials = name && before.is_none_or(|b| !draft.word(b).starts_with(['[', '(']));
            (!is_initials).then(repeat)
        }
        "XX" | "XXX" | "XXXX" | "XXXXX" | "XXXXXX" => {
            let about = [
                "chromosome",
                "chromosomes",
                "century",
                "rated",
                "rating",
                "movie",
                "movies",
                "film",
                "films",
                "Corps",
                "Commonwealth",
                "Olympic",
                "Games",
            ];
            // Roman numerals follow a name: Super Bowl XXX.
            let numeral = before.is_some_and(|b| b.is_word() && b.is_capital() && !is_x(draft.word(b)));
            // “In the XX”: a century.
            let noun_follows = next.is_some_and(|n| n.is_word() && n.case == Case::Lower && !n.lex.is(Lex::FUNCTION));
            let century = word == "XX" && before.is_some_and(|b| draft.lower(b) == "the") && !noun_follows;
            let ordinary =
                about.contains(&next_word) || numeral || century || before.is_some_and(|b| draft.lower(b) == "rated");
            (!ordinary).then(repeat)
        }
        "TODO" | "FIXME" => next.is_some_and(|n| draft.word(n) == ":").then_some(at),
        "lorem" | "Lorem" => (draft.tokens.get(at + 1).map(|t| draft.lower(t)) == Some("ipsum")).then_some(at + 1),
        _ => options.extra.iter().any(|e| e == word).then_some(at),
    }
}

fn is_tk(word: &str) -> bool {
    word.len() >= 2 && word.len().is_multiple_of(2) && word.as_bytes().chunks(2).all(|pair| pair == b"TK")
}

fn is_x(word: &str) -> bool {
    word.bytes().all(|b| b == b'X')
}

/// Brackets that hold a note, angle marks around one; the index of the closing token.
fn mark(cx: &Context<'_>, at: usize) -> Option<usize> {
    let draft = cx.draft;
    let token = &draft.tokens[at];
    let close = match draft.word(token) {
        "[" => "]",
        "(" => ")",
        "{" => "}",
        "<" => return angles(cx, at),
        _ => return None,
    };
    let limit = draft.tokens.len().min(at + 16);
    let end = (at + 1..limit)
        .take_while(|&i| draft.tokens[i].block == token.block)
        .find(|&i| draft.word(&draft.tokens[i]) == close)?;
    let inner = Span { start: token.span.end, end: draft.tokens[end].span.start };
    let lower = inner.of(&draft.lower).trim();
    let round = close == ")";
    let note = |text: &str| {
        NOTES.iter().any(|n| {
            text.strip_prefix(n).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':', ',', '-', '?', '!']))
        })
    };
    // “(sp?)”, “(CQ?)”; “[sic]” and “[cq]” say that the words are right.
    if let Some(question) = lower.strip_suffix('?')
        && QUESTIONS.contains(&question.trim_end_matches('?').trim())
    {
        return Some(end);
    }
    if round {
        // Round brackets hold copy; only a note with its colon or in capitals is one.
        let raw = inner.of(&draft.text).trim();
        let shouted = raw.len() > 2
            && !raw.chars().any(char::is_lowercase)
            && raw.chars().filter(|c| c.is_alphabetic()).count() > 2;
        let addressed = lower.split_once(':').is_some_and(|(to, _)| {
            matches!(to, "desk" | "ed" | "eds" | "subs" | "note to desk" | "note to editor" | "note to self")
        });
        return (addressed || (shouted && note(lower) && lower.contains(' '))).then_some(end);
    }
    // In a quotation, brackets stand for what the writer left out: “I told [name] to go”.
    let quoted = in_marks(cx, token.span);
    let desk = note(lower) && (lower.contains(' ') || lower == "tk" || lower == "check");
    let insert = matches!(lower.split_whitespace().next(), Some("insert" | "tk"));
    let field = FIELDS.contains(&lower) || lower.split_whitespace().any(is_tk_lower) || fields_by_build(lower);
    let editors = lower.starts_with("editor") && lower.contains("note");
    if editors || lower.starts_with("add ") && quoted {
        return None;
    }
    // A placeholder may lead the name that it belongs to: [first name] Poe.
    let name_after = |end: usize| {
        let next = draft.tokens.get(end + 1).filter(|n| n.block == token.block && n.is_word() && n.is_capital());
        if next.is_some() && matches!(lower, "first name" | "title") { end + 1 } else { end }
    };
    // “a lot of work [to do]”: words that the writer adds to the speaker's.
    let first = lower.split_whitespace().next();
    let completes = quoted && matches!(first, Some("needs" | "to" | "replace" | "update" | "legal" | "query"));
    ((field && !quoted) || insert || desk && !completes).then(|| name_after(end))
}

fn is_tk_lower(word: &str) -> bool {
    matches!(word.trim_matches(|c: char| !c.is_alphanumeric()), "tk" | "tktk" | "tktktk")
}

/// “company’s name”, “link to report”, “name of spokesman”, “number of cases”.
fn fields_by_build(lower: &str) -> bool {
    let words: Vec<&str> = lower.split_whitespace().collect();
    let last = words.last().copied().unwrap_or_default();
    (2..=4).contains(&words.len())
        && (matches!(last, "name" | "here" | "tk" | "tbd" | "tbc")
            || matches!(words[0], "name" | "link" | "number" | "insert") && matches!(words[1], "of" | "to" | "here"))
}

/// <<< … >>>, or a line of angle marks: a note that somebody meant to take out.
fn angles(cx: &Context<'_>, at: usize) -> Option<usize> {
    let draft = cx.draft;
    let token = &draft.tokens[at];
    let is =
        |i: usize, mark: &str| draft.tokens.get(i).is_some_and(|t| t.block == token.block && draft.word(t) == mark);
    if !is(at + 1, "<") {
        return None;
    }
    let limit = draft.tokens.len().min(at + 40);
    let end = (at + 2..limit)
        .take_while(|&i| draft.tokens[i].block == token.block)
        .filter(|&i| is(i, ">") && is(i - 1, ">"))
        .last();
    end.or_else(|| is(at + 2, "<").then_some(at + 2))
}

/// ??? in place of a word.
fn question_marks(cx: &Context<'_>, at: usize) -> Option<usize> {
    let draft = cx.draft;
    let token = &draft.tokens[at];
    if draft.word(token) != "?" {
        return None;
    }
    let mut end = at;
    while draft.tokens.get(end + 1).is_some_and(|t| draft.word(t) == "?" && draft.tokens[end].touches(t)) {
        end += 1;
    }
    let apart = at.checked_sub(1).map(|i| &draft.tokens[i]).is_none_or(|b| {
        b.block != token.block
            || (!b.touches(token) && !matches!(b.kind, TokenKind::Stop))
            || matches!(draft.word(b), "$" | "£" | "€" | "(" | "[")
    });
    let display = draft.blocks[token.block as usize].kind == BlockKind::Furniture;
    (end > at && apart && !display && !in_marks(cx, token.span)).then_some(end)
}
