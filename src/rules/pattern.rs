//! The regular expressions of rules: read at load, compiled when first needed, and run only where their literal is.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;
use regex_syntax::ast;
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Hir, HirKind};

use crate::text::fold::lower_in_place;

/// How much memory one compiled pattern may take, in bytes.
const SIZE_LIMIT: usize = 1 << 20;
/// A pattern of about this many steps is compiled at load, to see whether it is within [`SIZE_LIMIT`].
const LARGE: usize = 20_000;
/// A required literal shorter than this, in bytes, is found too often to be of use.
const SHORTEST_GATE: usize = 2;

/// One pattern.
#[derive(Debug)]
pub struct Pattern {
    translated: String,
    fold_case: bool,
    regex: OnceLock<Option<Regex>>,
    /// Whether `\b` stands at its start and its end: there, letters of every script count.
    bounded: (bool, bool),
    pub groups: usize,
    /// The group named `here`: what is flagged and replaced, where the words around it only say when. Without one, 0.
    pub here: usize,
    /// Folded and in lower case; one of them is in every match. Empty if there is no such set.
    pub gates: Vec<String>,
}

/// What is wrong with a pattern, and where in it (bytes).
pub struct PatternError {
    pub range: Option<Range<usize>>,
    pub message: String,
}

impl Pattern {
    /// Reads `source`. Without `match_case`, a pattern without a capital letter folds case.
    pub fn new(source: &str, match_case: bool) -> Result<Pattern, PatternError> {
        let bounded = (source.starts_with("\\b"), source.ends_with("\\b") && !source.ends_with("\\\\b"));
        // Mistakes are reported in the pattern as written, so it is read as written first.
        if let Err(error) = ast::parse::Parser::new().parse(source) {
            let span = error.span();
            return Err(PatternError {
                range: Some(span.start.offset..span.end.offset),
                message: format!("this is no regular expression: {}", error.kind()),
            });
        }
        let translated = translate(source)?;
        let hir = regex_syntax::ParserBuilder::new().build().parse(&translated).map_err(|error| PatternError {
            range: None,
            message: format!("this is no regular expression: {}", first_line(&error.to_string())),
        })?;
        let refused = |message: &str| Err(PatternError { range: None, message: message.to_owned() });
        if hir.properties().minimum_len() == Some(0) {
            return refused("this matches the empty text, so it would match everywhere");
        }
        if hir.properties().minimum_len().is_none() {
            return refused("this can never match");
        }
        let pattern = Pattern {
            fold_case: !match_case && !has_capital(source),
            groups: hir.properties().explicit_captures_len(),
            here: group_named(&hir, "here").unwrap_or(0),
            gates: required(&hir).unwrap_or_default(),
            translated,
            bounded,
            regex: OnceLock::new(),
        };
        if size(&hir) > LARGE && pattern.regex().is_none() {
            return refused("this is too large when compiled; repeat less, or split it in two rules");
        }
        Ok(pattern)
    }

    /// The compiled pattern; `None` if it is over the size limit, which loading has refused.
    fn regex(&self) -> Option<&Regex> {
        let compile = || {
            let mut builder = regex::RegexBuilder::new(&self.translated);
            builder.case_insensitive(self.fold_case).size_limit(SIZE_LIMIT).dfa_size_limit(SIZE_LIMIT).build().ok()
        };
        self.regex.get_or_init(compile).as_ref()
    }

    /// Every match in `text`, with its groups (0 is the whole; `None` for a group that took no part).
    pub fn find(&self, text: &str, mut found: impl FnMut(&[Option<Range<usize>>])) {
        let Some(regex) = self.regex() else { return };
        let mut groups = Vec::new();
        let mut locations = regex.capture_locations();
        let mut at = 0;
        while at <= text.len() && regex.captures_read_at(&mut locations, text, at).is_some() {
            groups.clear();
            groups.extend((0..locations.len()).map(|g| locations.get(g).map(|(start, end)| start..end)));
            let Some((start, end)) = locations.get(0) else { return };
            if self.ends_at_words(text, start, end) {
                found(&groups);
            }
            at = end.max(start + text[start..].chars().next().map_or(1, char::len_utf8));
        }
    }

    /// ASCII `\b` sees an edge between “caf” and “é”; here it is looked at again.
    fn ends_at_words(&self, text: &str, start: usize, end: usize) -> bool {
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let before = || word(text[..start].chars().next_back()) && word(text[start..].chars().next());
        let after = || word(text[..end].chars().next_back()) && word(text[end..].chars().next());
        !(self.bounded.0 && before() || self.bounded.1 && after())
    }
}

/// The number of the group with this name.
fn group_named(hir: &Hir, name: &str) -> Option<usize> {
    match hir.kind() {
        HirKind::Capture(capture) if capture.name.as_deref() == Some(name) => Some(capture.index as usize),
        HirKind::Capture(capture) => group_named(&capture.sub, name),
        HirKind::Repetition(repetition) => group_named(&repetition.sub, name),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().find_map(|p| group_named(p, name)),
        HirKind::Empty | HirKind::Look(_) | HirKind::Literal(_) | HirKind::Class(_) => None,
    }
}

fn first_line(text: &str) -> String {
    text.lines().rev().find_map(|l| l.strip_prefix("error: ")).unwrap_or(text).to_owned()
}

/// What `\w` stands for: digits and the letters of Latin scripts. All of Unicode’s takes a hundred times as long to compile.
const WORD: &str = r"0-9A-Za-z_\u{c0}-\u{24f}";

/// Puts the form for English copy in place of `\b`, `\d` and `\w`: the Unicode form of the first is many times slower on text with
/// curly quotation marks, and that of the others is slow to compile.
fn translate(source: &str) -> Result<String, PatternError> {
    let mut out = String::with_capacity(source.len() + 16);
    let mut characters = source.char_indices().peekable();
    let mut classes = 0usize;
    while let Some((at, c)) = characters.next() {
        match c {
            '\\' => match characters.next() {
                Some((_, 'b')) if classes == 0 => {
                    if matches!(characters.peek(), Some((_, '{'))) {
                        return Err(PatternError {
                            range: Some(at..at + 3),
                            message: "only the plain \\b is read here".to_owned(),
                        });
                    }
                    out.push_str("(?-u:\\b)");
                }
                Some((_, 'd')) => out.push_str(if classes == 0 { "[0-9]" } else { "0-9" }),
                Some((_, 'w')) if classes == 0 => out.extend(["[", WORD, "]"]),
                Some((_, 'w')) => out.push_str(WORD),
                Some((_, 'W')) if classes == 0 => out.extend(["[^", WORD, "]"]),
                Some((_, 'B')) if classes == 0 => {
                    return Err(PatternError {
                        range: Some(at..at + 2),
                        message: "\\B is not read here; name the letters instead, such as [a-z]".to_owned(),
                    });
                }
                Some((_, escaped)) => {
                    out.push('\\');
                    out.push(escaped);
                }
                None => out.push('\\'),
            },
            '[' => {
                classes += 1;
                out.push('[');
            }
            ']' => {
                classes = classes.saturating_sub(1);
                out.push(']');
            }
            c => out.push(c),
        }
    }
    Ok(out)
}

/// Whether a capital letter stands in the pattern, escapes such as `\S` and flags aside.
fn has_capital(source: &str) -> bool {
    let mut escaped = false;
    source.chars().any(|c| {
        let capital = !escaped && c.is_uppercase();
        escaped = !escaped && c == '\\';
        capital
    })
}

/// Literals of which every match holds one, folded to lower case: rare ones (four letters are rare enough), and few.
fn required(hir: &Hir) -> Option<Vec<String>> {
    let own = |kind| {
        let mut extractor = Extractor::new();
        extractor.kind(kind).limit_total(32).limit_literal_len(24);
        let sequence = extractor.extract(hir);
        let literals = sequence.literals()?;
        let mut gates: Vec<String> = Vec::with_capacity(literals.len());
        for literal in literals {
            gates.push(lower_in_place(std::str::from_utf8(literal.as_bytes()).ok()?));
        }
        gates.sort();
        gates.dedup();
        Some(gates).filter(|g| !g.is_empty() && shortest(g) >= SHORTEST_GATE)
    };
    let mut best: Option<Vec<String>> = None;
    let mut consider = |gates: Option<Vec<String>>| {
        if let Some(gates) = gates
            && best.as_ref().is_none_or(|b| worth(&gates) > worth(b))
        {
            best = Some(gates);
        }
    };
    consider(own(ExtractKind::Prefix));
    consider(own(ExtractKind::Suffix));
    match hir.kind() {
        HirKind::Concat(parts) => parts.iter().for_each(|part| consider(required(part))),
        HirKind::Capture(capture) => consider(required(&capture.sub)),
        HirKind::Repetition(repetition) if repetition.min > 0 => consider(required(&repetition.sub)),
        _ => {}
    }
    best
}

fn worth(literals: &[String]) -> (usize, std::cmp::Reverse<usize>, usize) {
    let shortest = shortest(literals);
    (shortest.min(4), std::cmp::Reverse(literals.len()), shortest)
}

fn shortest(literals: &[String]) -> usize {
    literals.iter().map(String::len).min().unwrap_or(0)
}

/// About how many steps the compiled pattern has.
fn size(hir: &Hir) -> usize {
    let sum = |parts: &[Hir]| parts.iter().map(size).fold(0, usize::saturating_add);
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len(),
        // A Unicode class of many ranges, such as \w, takes several hundred states.
        HirKind::Class(regex_syntax::hir::Class::Unicode(class)) => class.ranges().len(),
        HirKind::Class(regex_syntax::hir::Class::Bytes(class)) => class.ranges().len(),
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min.saturating_add(1)).max(1) as usize;
            size(&repetition.sub).saturating_mul(times)
        }
        HirKind::Capture(capture) => size(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => sum(parts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches<'t>(source: &str, text: &'t str) -> Vec<&'t str> {
        let pattern = Pattern::new(source, false).unwrap_or_else(|e| panic!("{source}: {}", e.message));
        let mut found = Vec::new();
        pattern.find(text, |groups| found.push(&text[groups[0].clone().unwrap()]));
        found
    }

    #[test]
    fn word_edges_count_every_letter() {
        assert_eq!(matches(r"\bcaf\b", "caf café caf, écaf"), ["caf", "caf"]);
        assert_eq!(matches(r"\d+\s?%", "5 % and 12%"), ["5 %", "12%"]);
    }

    #[test]
    fn case_is_folded_unless_a_capital_stands_there() {
        assert_eq!(matches(r"\bpin number\b", "PIN number, pin number"), ["PIN number", "pin number"]);
        assert_eq!(matches(r"\bPIN \w+", "PIN number, pin number"), ["PIN number"]);
        assert_eq!(matches(r"a\Sb", "A-B"), ["A-B"]);
    }

    #[test]
    fn words_have_latin_letters() {
        assert_eq!(matches(r"\bex-\w+", "ex-maître, ex-łódź"), ["ex-maître", "ex-łódź"]);
        assert_eq!(matches(r"x[\w-]+\W", "xé-b!"), ["xé-b!"]);
    }

    #[test]
    fn gates_are_in_every_match() {
        let gates = |source: &str| Pattern::new(source, false).ok().map(|p| p.gates).unwrap_or_default();
        assert_eq!(gates(r"\bfrom (\d{4})-(\d{4})\b"), ["from "]);
        assert_eq!(gates(r"\$\d+ million dollars"), [" million dollars"]);
        assert_eq!(gates(r"\b(?:ATM machine|PIN number)s?\b"), ["atm machine", "pin number"]);
        assert!(gates(r"\d+").is_empty());
    }

    #[test]
    fn refuses_what_cannot_work() {
        let error = |source: &str| Pattern::new(source, false).err().map(|e| (e.range, e.message));
        assert_eq!(error("(ab").unwrap().0, Some(0..1));
        assert!(error("a*").unwrap().1.contains("empty"));
        assert!(error(r"\pL{500}{500}").unwrap().1.contains("too large"));
        assert!(error(r"a\Bb").is_some() && error(r"\b{start}a").is_some());
    }
}
