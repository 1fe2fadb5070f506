//! `copy/characters`: look-alike letters, zero-width characters and soft hyphens.

use super::Context;
use crate::diagnostic::{Finding, Fix, Safety};
use crate::source::BlockKind;
use crate::text::Span;

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let draft = cx.draft;
    if draft.text.is_ascii() {
        return;
    }
    for block in draft.blocks.iter().filter(|b| !matches!(b.kind, BlockKind::Code | BlockKind::Metadata)) {
        invisible(cx, block.span, findings);
        look_alikes(cx, block.span, findings);
    }
}

/// Characters that take no room and have no business between Latin letters.
fn invisible_name(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{ad}' => "soft hyphen",
        '\u{200b}' => "zero-width space",
        '\u{200c}' => "zero-width non-joiner",
        '\u{200d}' => "zero-width joiner",
        '\u{2060}' => "word joiner",
        '\u{feff}' => "byte order mark",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "change of writing direction",
        '\u{fffd}' => "mark of a letter that was lost",
        _ => return None,
    })
}

/// Letters of the scripts in which these characters have no use.
fn is_western(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}')
}

fn invisible(cx: &Context<'_>, span: Span, findings: &mut Vec<Finding>) {
    let text = cx.draft.words_at(span);
    // Found by their first bytes, which quotation marks have too; most paragraphs have none.
    let bytes = text.as_bytes();
    let is_one = |at: usize| match bytes[at..] {
        [0xe2, 0x80, 0x90..=0xa9, ..] => false,
        _ => text[at..].chars().next().is_some_and(|c| invisible_name(c).is_some()),
    };
    if !memchr::memchr3_iter(0xc2, 0xe2, 0xef, bytes).any(is_one) {
        return;
    }
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let Some(name) = invisible_name(c) else {
            before = c;
            continue;
        };
        let mut end = at + c.len_utf8();
        while let Some((next, _)) = chars.next_if(|(_, n)| invisible_name(*n).is_some()) {
            end = next + text[next..].chars().next().map_or(0, char::len_utf8);
        }
        let after = chars.peek().map_or(' ', |(_, n)| *n);
        let inside = is_western(before) && is_western(after);
        let beside = is_western(before) || is_western(after) || matches!(c, '\u{feff}' | '\u{fffd}');
        // Arabic and Hebrew words in English copy need marks of direction around them, and emoji are joined by joiners.
        let needed = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || !(before.is_ascii() || is_western(before));
        if !beside || (needed && !inside) {
            continue;
        }
        let mark = Span { start: span.start + at as u32, end: span.start + end as u32 };
        let (word, around) = word_around(text, at, end);
        let shown: String = word.chars().filter(|c| invisible_name(*c).is_none()).collect();
        let place = if inside { "inside" } else { "beside" };
        let target = if inside || !shown.is_empty() {
            Span { start: span.start + around.0 as u32, end: span.start + around.1 as u32 }
        } else {
            mark
        };
        let finding = if c == '\u{fffd}' {
            Finding::new("copy/characters", target, format!("a {name} in “{word}”"))
        } else {
            Finding::new("copy/characters", target, format!("a {name} {place} “{shown}”")).fix(Fix::replace(
                mark,
                "",
                Safety::Safe,
            ))
        };
        findings.push(if inside || c == '\u{fffd}' { finding } else { finding.likely() });
    }
}

/// The word around `text[at..end]`, and its bytes.
fn word_around(text: &str, at: usize, end: usize) -> (&str, (usize, usize)) {
    let part = |c: char| c.is_alphanumeric() || invisible_name(c).is_some();
    let start = text[..at].char_indices().rev().take(40).take_while(|(_, c)| part(*c)).last().map_or(at, |(i, _)| i);
    let stop = text[end..]
        .char_indices()
        .take(40)
        .take_while(|(_, c)| part(*c))
        .last()
        .map_or(end, |(i, c)| end + i + c.len_utf8());
    (&text[start..stop], (start, stop))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
    Other,
}

fn script(c: char) -> Script {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        _ => Script::Other,
    }
}

/// The Latin letter that a Cyrillic or Greek one looks like.
fn latin(c: char) -> Option<char> {
    Some(match c {
        'а' => 'a',
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'с' | 'ϲ' => 'c',
        'С' | 'Ϲ' => 'C',
        'ԁ' => 'd',
        'е' => 'e',
        'Е' | 'Ε' => 'E',
        'ɡ' => 'g',
        'һ' => 'h',
        'Н' | 'Η' => 'H',
        'і' | 'ι' => 'i',
        'І' | 'Ι' => 'I',
        'ј' | 'ϳ' => 'j',
        'Ј' | 'Ϳ' => 'J',
        'К' | 'Κ' => 'K',
        'к' | 'κ' => 'k',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'о' | 'ο' => 'o',
        'О' | 'Ο' => 'O',
        'р' | 'ρ' => 'p',
        'Р' | 'Ρ' => 'P',
        'ԛ' => 'q',
        'ѕ' => 's',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'υ' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' => 'w',
        'Ԝ' => 'W',
        'х' | 'χ' => 'x',
        'Х' | 'Χ' => 'X',
        'у' => 'y',
        'У' | 'Υ' => 'Y',
        'Ζ' => 'Z',
        _ => return None,
    })
}

/// Words that mix Latin letters with letters that only look so. Whole words in another script are that script's.
fn look_alikes(cx: &Context<'_>, span: Span, findings: &mut Vec<Finding>) {
    let text = cx.draft.words_at(span);
    let bytes = text.as_bytes();
    let mut done = 0;
    // By 32 at a time, of which most are plain.
    let strange = bytes.chunks(32).enumerate().filter(|(_, chunk)| !chunk.is_ascii());
    let strange = strange.flat_map(|(chunk, bytes)| (32 * chunk..).zip(bytes));
    for (at, _) in strange.filter(|(_, byte)| matches!(byte, 0xcd..=0xd4 | 0xc9)) {
        if at < done {
            continue;
        }
        let (word, (start, stop)) = word_around(text, at, at);
        done = stop.max(at + 1);
        let count = |s: Script| word.chars().filter(|c| script(*c) == s).count();
        let (here, cyrillic, greek) = (count(Script::Latin), count(Script::Cyrillic), count(Script::Greek));
        // µm, ΔT, β-blockers: a Greek letter at the edge is a symbol.
        let symbol = greek > 0 && cyrillic == 0 && {
            let lower_symbol = |c: char| script(c) == Script::Greek && latin(c).is_none();
            word.chars().any(lower_symbol) || here < 3
        };
        if here == 0 || (cyrillic == 0 && greek == 0) || symbol {
            continue;
        }
        let plain: Option<String> = word
            .chars()
            .map(|c| if script(c) == Script::Latin || script(c) == Script::Other { Some(c) } else { latin(c) })
            .collect();
        let strange = word.chars().find(|c| matches!(script(*c), Script::Cyrillic | Script::Greek)).unwrap_or(' ');
        let name = if script(strange) == Script::Greek { "Greek" } else { "Cyrillic" };
        let whole = Span { start: span.start + start as u32, end: span.start + stop as u32 };
        let finding = match plain {
            Some(plain) => Finding::new(
                "copy/characters",
                whole,
                format!("“{word}” has a {name} “{strange}” among its Latin letters"),
            )
            .fix(Fix::replace(whole, plain, Safety::Unsafe)),
            None => Finding::new("copy/characters", whole, format!("“{word}” mixes Latin and {name} letters")).likely(),
        };
        findings.push(finding);
    }
}
