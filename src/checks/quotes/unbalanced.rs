//! `quotes/unbalanced`: a quotation mark with no partner, or one that faces the wrong way.

use crate::annotate::quote::{Level, Mark, Role, Shape};
use crate::checks::Context;
use crate::diagnostic::{Confidence, Edit, Finding, Fix, Safety};
use crate::text::Span;

const CODE: &str = "quotes/unbalanced";
/// The most paragraphs after the one in which a quotation opens.
const PARAGRAPHS: u32 = 6;

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let marks = &cx.annotations.marks;
    let mut at = 0;
    while let Some(mark) = marks.get(at) {
        match marks.get(at + 1).filter(|next| is_over_paragraphs(mark, next)) {
            Some(next) => {
                findings.push(over_paragraphs(mark, next));
                at += 2;
            }
            None => {
                findings.extend(judge(cx, mark));
                at += 1;
            }
        }
    }
}

/// Whether two lone marks in a row open and close one quotation over a few paragraphs.
fn is_over_paragraphs(open: &Mark, close: &Mark) -> bool {
    let near = close.block > open.block && close.block - open.block <= PARAGRAPHS;
    open.role == Role::LoneOpen && close.role == Role::LoneClose && open.level == close.level && near
}

fn over_paragraphs(open: &Mark, close: &Mark) -> Finding {
    let count = close.block - open.block + 1;
    let message = format!("Quotation over {count} paragraphs with an opening mark at the first only");
    Finding::new(CODE, open.span, message).likely().here(close.span, "its closing mark")
}

fn judge(cx: &Context<'_>, mark: &Mark) -> Option<Finding> {
    let written = cx.draft.words_at(mark.span);
    if mark.turned {
        let right = facing(mark)?;
        let acts = if matches!(mark.role, Role::Open | Role::LoneOpen) { "opens" } else { "closes" };
        let message = format!("This mark {acts} a quotation but faces the other way");
        return Some(Finding::new(CODE, mark.span, message).fix(Fix::replace(mark.span, right, Safety::Unsafe)));
    }
    let (message, other) = match mark.role {
        Role::LoneOpen => ("Opening quotation mark with no closing one in its paragraph", "closing"),
        Role::LoneClose => ("Closing quotation mark with no opening one in its paragraph", "opening"),
        Role::Open | Role::Close => return None,
    };
    let confidence = if mark.level == Level::Double { Confidence::Sure } else { Confidence::Likely };
    let mut finding = Finding::new(CODE, mark.span, message).confidence(confidence);
    if let Some(partner) = mark.partner {
        let text = partner_of(mark, written);
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
