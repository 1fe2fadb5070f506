//! `copy/locale`: British and American spelling in one draft.

use serde::Deserialize;

use super::Context;
use crate::checks::{in_marks, option_words};
use crate::diagnostic::{Edit, Finding, Fix, Safety};
use crate::text::spelling::{Mark, Side, mark, may_mark};
use crate::text::{Case, Lex, Token, TokenKind};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// Words that say nothing of either side here, in lower case.
    #[serde(deserialize_with = "option_words::words")]
    accept: Vec<String>,
    /// The fewest marks of the main spelling for a finding to be sure.
    sure: usize,
}

/// At most so many witnesses of either side are shown.
const WITNESSES: usize = 4;

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let options: &Options = cx.options();
    let draft = cx.draft;
    let language = cx.locale.map_or("en", |l| l.split(['-', '_']).next().unwrap_or(l));
    if !language.eq_ignore_ascii_case("en") {
        return;
    }
    let mut american: Vec<(usize, Mark)> = Vec::new();
    let mut british: Vec<(usize, Mark)> = Vec::new();
    for (index, token) in draft.tokens.iter().enumerate() {
        // Names keep the spelling of those who bear them.
        if token.case != Case::Lower || token.span.len() < 4 || token.kind != TokenKind::Word || !may_mark(token) {
            continue;
        }
        let Some(mark) = mark(draft.lower(token)) else { continue };
        let kind = draft.blocks[token.block as usize].kind;
        if !kind.is_copy() || !counts(cx, index) || options.accept.iter().any(|a| a == draft.lower(token)) {
            continue;
        }
        match mark.side {
            Side::American => american.push((index, mark)),
            Side::British => british.push((index, mark)),
        }
    }
    let strong = |marks: &[(usize, Mark)]| marks.iter().filter(|(_, m)| m.strong).count();
    let (us, gb) = (strong(&american), strong(&british));
    if us == 0 || gb == 0 {
        return;
    }
    // The house's own locale decides who is the stranger; else the fewer are, and of equals the later.
    let house = cx.locale.and_then(Side::of_locale);
    let stranger = match house {
        Some(side) => side.other(),
        None if us != gb => {
            if us < gb {
                Side::American
            } else {
                Side::British
            }
        }
        None => {
            let first = |marks: &[(usize, Mark)]| marks.iter().find(|(_, m)| m.strong).map(|(i, _)| *i);
            if first(&american) < first(&british) { Side::British } else { Side::American }
        }
    };
    let (few, many) = if stranger == Side::American { (american, british) } else { (british, american) };
    let (few, many): (Vec<_>, Vec<_>) =
        (few.into_iter().filter(|(_, m)| m.strong).collect(), many.into_iter().filter(|(_, m)| m.strong).collect());
    let token = |index: usize| -> &Token { &draft.tokens[index] };
    let (Some(first), Some(against)) = (few.first(), many.first()) else { return };
    let rest = if many.len() > 1 { format!(" and {} more are", many.len() - 1) } else { " is".to_owned() };
    let message = format!(
        "“{}” is {}; “{}”{rest} {}",
        draft.word(token(first.0)),
        stranger.name(),
        draft.word(token(against.0)),
        stranger.other().name()
    );
    let edits = few.iter().map(|(i, m)| Edit { span: token(*i).span, text: m.other.to_owned() }).collect::<Vec<_>>();
    let title = match few.as_slice() {
        [(_, only)] => format!("Change to “{}”", only.other),
        all => format!("Change {} words to {} spelling", all.len(), stranger.other().name()),
    };
    let mut finding =
        Finding::new("copy/locale", token(first.0).span, message).fix(Fix { title, safety: Safety::Unsafe, edits });
    for (index, _) in few.iter().skip(1).take(WITNESSES) {
        finding = finding.here(token(*index).span, format!("also {}", stranger.name()));
    }
    for (index, _) in many.iter().take(WITNESSES) {
        finding = finding.here(token(*index).span, stranger.other().name());
    }
    findings.push(if house.is_some() || many.len() >= options.sure { finding } else { finding.likely() });
}

/// Whether a word is the writer's own: not said by somebody, not a part of an address, a tag or a foreign name.
fn counts(cx: &Context<'_>, index: usize) -> bool {
    let draft = cx.draft;
    let token = &draft.tokens[index];
    let before = index.checked_sub(1).map(|i| &draft.tokens[i]);
    let after = draft.tokens.get(index + 1);
    let glue = |t: &Token| matches!(draft.word(t), "." | "/" | "_" | "@" | "#" | "\\" | "&" | "=");
    let in_address = before.is_some_and(|b| b.touches(token) && glue(b))
        || after.is_some_and(|a| {
            token.touches(a) && glue(a) && draft.tokens.get(index + 2).is_some_and(|n| a.touches(n) && n.is_word())
        });
    let foreign = after.is_some_and(|a| matches!(draft.word(a), "de" | "du" | "des" | "la" | "le" | "ville"));
    !in_address && !foreign && is_english(cx, token) && !in_marks(cx, token.span)
}

/// Whether a word stands among English ones: “color” and “centre” are words of other languages too. Few words say nothing.
fn is_english(cx: &Context<'_>, token: &Token) -> bool {
    let tokens = cx.draft.sentence_tokens(&cx.draft.sentences[token.sentence as usize]);
    let small = |t: &&Token| t.span.len() > 1 && t.lex.is(Lex::FUNCTION);
    tokens.len() < 8 || tokens.iter().filter(small).take(2).count() == 2
}
