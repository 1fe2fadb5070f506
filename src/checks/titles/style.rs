//! `titles/style`: courtesy titles, titles repeated at second reference, capitals: by house setting.

use serde::Deserialize;

use crate::annotate::Person;
use crate::annotate::person::{TitleKind, TitleMention, TitleShape};
use crate::checks::names::clip;
use crate::checks::{Check, Context, in_speech, options};
use crate::diagnostic::{Finding, Fix, Safety};
use crate::text::{Case, Span};

const CODE: &str = "titles/style";

pub const CHECK: Check =
    Check { code: CODE, page: include_str!("../../../rules/core/titles/style.toml"), run, options: options::<Options> };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    courtesy: Use,
    repeated: Use,
    capitals: Capitals,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Use {
    Keep,
    Drop,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Capitals {
    Any,
    Up,
    Down,
}

fn run(cx: &Context, out: &mut Vec<Finding>) {
    let options = cx.options::<Options>();
    for person in &cx.annotations.people {
        let mut office_seen: Option<&TitleMention> = None;
        for title in person.titles.iter().filter(|t| t.shape == TitleShape::Prefix) {
            let body = cx.draft.blocks[cx.draft.block_at(title.span.start)].kind.is_body();
            if !body || in_speech(cx, title.span) {
                continue;
            }
            if title.kind == TitleKind::Courtesy && options.courtesy == Use::Drop && is_plain_courtesy(cx, title) {
                out.push(dropped(cx, person, title, "courtesy title"));
            } else if title.kind == TitleKind::Office {
                match office_seen {
                    Some(first) if options.repeated == Use::Drop && first.office == title.office => {
                        let finding = dropped(cx, person, title, "title again").here(first.span, "first reference");
                        out.push(finding);
                    }
                    _ => capitals(cx, title, options.capitals, out),
                }
                office_seen = office_seen.or(Some(title));
            }
        }
    }
}

/// Mr., Mrs., Ms. and Miss; not Sir, Lord or Dr.
fn is_plain_courtesy(cx: &Context, title: &TitleMention) -> bool {
    matches!(cx.draft.words_at(title.span).trim_end_matches('.'), "Mr" | "Mrs" | "Ms" | "Miss" | "Mx")
}

fn dropped(cx: &Context, person: &Person, title: &TitleMention, what: &str) -> Finding {
    let words = cx.draft.words_at(title.span);
    let name = person.mentions[title.mention as usize].span;
    // The words before the name go with the space after them.
    let cut = Span { start: title.span.start, end: name.start.max(title.span.end) };
    Finding::new(
        CODE,
        title.span,
        format!("{what}: “{}” before “{}”", clip(words, 30), clip(cx.draft.words_at(name), 30)),
    )
    .fix(Fix {
        title: "Remove the title".to_owned(),
        safety: Safety::Unsafe,
        edits: vec![crate::diagnostic::Edit { span: cut, text: String::new() }],
    })
}

fn capitals(cx: &Context, title: &TitleMention, wanted: Capitals, out: &mut Vec<Finding>) {
    let Some(last) = cx.draft.tokens_in(title.span).iter().rev().find(|t| t.is_word()) else { return };
    let words = clip(cx.draft.words_at(title.span), 40);
    match wanted {
        Capitals::Up if last.case == Case::Lower => {
            out.push(Finding::new(CODE, title.span, format!("title before a name in lower case: “{words}”")));
        }
        Capitals::Down if last.case == Case::Capitalized && !cx.draft.word(last).ends_with('.') => {
            out.push(Finding::new(CODE, title.span, format!("title before a name with a capital: “{words}”")));
        }
        _ => {}
    }
}
