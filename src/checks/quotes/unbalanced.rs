//! `quotes/unbalanced`: a quotation mark with no partner, or one that faces the wrong way.

use crate::annotate::quote::{Level, Mark, Role, Shape};
use crate::checks::Context;
use crate::diagnostic::{Confidence, Edit, Finding, Fix, Safety};
use crate::text::{Case, Lex, Span};

const CODE: &str = "quotes/unbalanced";
/// The most paragraphs after the one in which a quotation opens.
const PARAGRAPHS: u32 = 6;

/// So many findings of one shape are a habit of the draft, and one finding.
const HABIT: usize = 3;

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let marks = &cx.annotations.marks;
    let (mut turned, mut over) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(mark) = marks.get(at) {
        at += 1;
        if let Some(next) = marks.get(at).filter(|next| is_over_paragraphs(mark, next)) {
            over.push((mark, next));
            at += 1;
        } else if mark.turned {
            turned.extend(facing(mark).map(|right| (mark, right)));
        } else {
            findings.extend(lone(cx, mark));
        }
    }
    over_paragraphs(&over, findings);
    faces_away(&turned, findings);
}

/// Whether two lone marks in a row open and close one quotation over a few paragraphs.
fn is_over_paragraphs(open: &Mark, close: &Mark) -> bool {
    let near = close.block > open.block && close.block - open.block <= PARAGRAPHS;
    open.role == Role::LoneOpen && close.role == Role::LoneClose && open.level == close.level && near
}

fn over_paragraphs(found: &[(&Mark, &Mark)], findings: &mut Vec<Finding>) {
    let paragraphs = |(open, close): &(&Mark, &Mark)| close.block - open.block + 1;
    if found.len() < HABIT {
        findings.extend(found.iter().map(|pair| {
            let message =
                format!("Quotation over {} paragraphs with an opening mark at the first only", paragraphs(pair));
            Finding::new(CODE, pair.0.span, message).likely().here(pair.1.span, "its closing mark")
        }));
        return;
    }
    let message = format!("{} quotations over several paragraphs with one opening mark each", found.len());
    let finding = Finding::new(CODE, found[0].0.span, message).likely().here(found[0].1.span, "its closing mark");
    findings.push(found[1..].iter().fold(finding, |f, (open, _)| f.here(open.span, "another")));
}

/// Marks that face the wrong way: whose words they are is plain, so this is type, not sense.
fn faces_away(found: &[(&Mark, &'static str)], findings: &mut Vec<Finding>) {
    let acts = |mark: &Mark| if matches!(mark.role, Role::Open | Role::LoneOpen) { "opens" } else { "closes" };
    if found.len() < HABIT {
        findings.extend(found.iter().map(|(mark, right)| {
            let message = format!("This mark {} a quotation but faces the other way", acts(mark));
            Finding::new(CODE, mark.span, message).likely().fix(Fix::replace(mark.span, *right, Safety::Unsafe))
        }));
        return;
    }
    let message = format!("{} quotation marks face the wrong way, this one first", found.len());
    let edits = found.iter().map(|(mark, right)| Edit { span: mark.span, text: (*right).to_owned() }).collect();
    let fix = Fix { title: format!("Turn all {}", found.len()), safety: Safety::Unsafe, edits };
    let finding = Finding::new(CODE, found[0].0.span, message).likely().fix(fix);
    findings.push(found[1..].iter().fold(finding, |f, (mark, _)| f.here(mark.span, "another")));
}

fn lone(cx: &Context<'_>, mark: &Mark) -> Option<Finding> {
    let (message, other) = match mark.role {
        Role::LoneOpen => ("Opening quotation mark with no closing one in its paragraph", "closing"),
        Role::LoneClose => ("Closing quotation mark with no opening one in its paragraph", "opening"),
        Role::Open | Role::Close => return None,
    };
    if is_markup(cx, mark) || is_carried_on(cx, mark) {
        return None;
    }
    let sure = mark.level == Level::Double && !is_all_speech(cx, mark) && !is_answer(cx, mark);
    let confidence = if sure { Confidence::Sure } else { Confidence::Likely };
    let mut finding = Finding::new(CODE, mark.span, message).confidence(confidence);
    if let Some(partner) = mark.partner {
        let text = partner_of(mark, cx.draft.words_at(mark.span));
        let edit = Edit { span: Span { start: partner, end: partner }, text: text.to_owned() };
        let fix = Fix {
            title: format!("Put the {other} mark where it seems to belong"),
            safety: Safety::Display,
            edits: vec![edit],
        };
        finding = finding.fix(fix);
    }
    Some(finding)
}

/// Whether the mark belongs to code that stands in the copy: `date="today">`.
fn is_markup(cx: &Context<'_>, mark: &Mark) -> bool {
    let text = &cx.draft.text;
    text[..mark.span.start as usize].ends_with('=') || text[mark.span.end as usize..].starts_with('>')
}

/// Whether the mark opens a paragraph and one of the same make opens the next: speech over paragraphs, whatever is quoted inside it.
fn is_carried_on(cx: &Context<'_>, mark: &Mark) -> bool {
    let blocks = &cx.draft.blocks;
    let text = cx.draft.words_at(mark.span);
    let begins = |block: &crate::source::Block| block.span.of(&cx.draft.text).trim_start().starts_with(text);
    let at = mark.block as usize;
    mark.role == Role::LoneOpen
        && begins(&blocks[at])
        && blocks.get(at + 1).is_some_and(|next| next.kind.is_body() && begins(next))
}

/// Whether the mark opens the answer to a question that stands above it: interviews run an answer over paragraphs.
fn is_answer(cx: &Context<'_>, mark: &Mark) -> bool {
    let at = mark.block as usize;
    let opens = cx.draft.blocks[at].span.start == mark.span.start;
    let asked = |above: &crate::source::Block| above.span.of(&cx.draft.text).trim_end().ends_with('?');
    mark.role == Role::LoneOpen && opens && at.checked_sub(1).is_some_and(|above| asked(&cx.draft.blocks[above]))
}

/// Whether the mark stands at the very start or end of a paragraph that is one speech as far as can be seen: then it may be meant to go
/// on in the next paragraph or from the one before, and nobody takes the writer’s words for the speaker’s.
fn is_all_speech(cx: &Context<'_>, mark: &Mark) -> bool {
    let block = &cx.draft.blocks[mark.block as usize];
    let inner = block.span.of(&cx.draft.text).trim();
    let text = mark.span.of(&cx.draft.text);
    let marks = &cx.annotations.marks;
    let first = marks.partition_point(|m| m.block < mark.block);
    let alone =
        marks[first..].iter().take_while(|m| m.block == mark.block).filter(|m| m.level == mark.level).count() == 1;
    let reports = || cx.draft.block_tokens(block).iter().any(|t| t.lex.is(Lex::SPEECH_VERB) && t.case == Case::Lower);
    match mark.role {
        Role::LoneOpen => inner.starts_with(text) && mark.partner.is_none_or(|end| end + 2 >= block.span.end),
        Role::LoneClose => inner.ends_with(text) && alone && !reports(),
        Role::Open | Role::Close => false,
    }
}

/// The mark as it should face.
fn facing(mark: &Mark) -> Option<&'static str> {
    Some(match (mark.shape, mark.level, mark.role) {
        (Shape::Curly, Level::Double, Role::Open | Role::LoneOpen) => "“",
        (Shape::Curly, Level::Double, Role::Close | Role::LoneClose) => "”",
        (Shape::Curly, Level::Single, Role::Open | Role::LoneOpen) => "‘",
        (Shape::Curly, Level::Single, Role::Close | Role::LoneClose) => "’",
        _ => return None,
    })
}

/// The mark that goes with a lone one.
fn partner_of<'a>(mark: &Mark, written: &'a str) -> &'a str {
    match written {
        "“" | "„" => "”",
        "”" => "“",
        "‘" => "’",
        "’" => "‘",
        "«" => "»",
        "»" => "«",
        _ if mark.shape == Shape::Straight => written,
        _ => "”",
    }
}
