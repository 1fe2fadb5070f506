//! One automaton for the words of all rules.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::FxHashMap;

use super::folded::Folded;
use super::letters::Phrase;
use super::rule::{Kind, Rule};
use crate::source::Draft;
use crate::text::Span;

/// What a literal stands for.
#[derive(Clone, Copy, Debug)]
struct Use {
    rule: u32,
    role: Role,
}

#[derive(Clone, Copy, Debug)]
enum Role {
    /// A word of the rule: the `set`-th set of forms (0 for the other kinds) and the `form`-th phrase in it.
    Word { set: u32, form: u32 },
    /// The index of an exception.
    Except(u32),
    /// A literal that every match of the rule's pattern holds.
    Gate,
}

/// Words of a rule found in a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    pub span: Span,
    pub set: u32,
    pub form: u32,
}

/// What was found of one rule.
#[derive(Default)]
pub(super) struct Hits {
    pub words: Vec<Hit>,
    pub excepted: Vec<Span>,
    /// The blocks, as indexes of [`Folded::blocks`], that hold a gate of its pattern. May repeat.
    pub gated: Vec<usize>,
}

/// All literals of a rule set.
#[derive(Debug)]
pub(super) struct Automaton {
    /// `None` if there are no literals.
    literals: Option<AhoCorasick>,
    uses: Vec<Vec<Use>>,
}

impl Automaton {
    pub fn new(rules: &[Rule]) -> Automaton {
        let mut builder = Builder::default();
        for (index, rule) in rules.iter().enumerate() {
            let mut add = |lower: &str, role| builder.add(lower, Use { rule: index as u32, role });
            for (set, form, phrase) in words(rule) {
                add(&phrase.lower, Role::Word { set, form });
            }
            for (index, phrase) in rule.except.iter().enumerate() {
                add(&phrase.lower, Role::Except(index as u32));
            }
            if let Kind::Pattern { pattern, .. } = &rule.kind {
                pattern.gates.iter().for_each(|gate| add(gate, Role::Gate));
            }
        }
        builder.build()
    }

    /// Finds the words of the rules that are `active`. `rules` are those it was made from; the answer has the same order.
    pub fn find(&self, rules: &[Rule], active: &[bool], draft: &Draft, folded: &Folded) -> Vec<Hits> {
        let mut hits: Vec<Hits> = Vec::new();
        hits.resize_with(rules.len(), Hits::default);
        let Some(literals) = &self.literals else { return hits };
        for found in literals.find_overlapping_iter(&folded.lower) {
            let range = found.range();
            let whole = is_apart(&folded.lower, range.start) && is_apart(&folded.lower, range.end);
            // Where the words lie in the draft, if they are whole tokens; most hits are not looked at that closely.
            let mut span = None;
            for used in &self.uses[found.pattern().as_usize()] {
                let index = used.rule as usize;
                if !active[index] {
                    continue;
                }
                if let Role::Gate = used.role {
                    hits[index].gated.extend(folded.block_at(range.start));
                    continue;
                }
                let phrase = match used.role {
                    Role::Word { set, form } => word(&rules[index], set, form),
                    Role::Except(index_of) => &rules[index].except[index_of as usize],
                    Role::Gate => continue,
                };
                if !whole || !phrase.takes(&folded.text[range.clone()]) {
                    continue;
                }
                let Some(span) = *span.get_or_insert_with(|| whole_tokens(draft, folded.to_draft(range.clone())))
                else {
                    break;
                };
                match used.role {
                    Role::Word { set, form } => hits[index].words.push(Hit { span, set, form }),
                    _ => hits[index].excepted.push(span),
                }
            }
        }
        hits
    }
}

/// The words of a rule, each with its set and its place in it.
fn words(rule: &Rule) -> Vec<(u32, u32, &Phrase)> {
    match &rule.kind {
        Kind::Avoid(phrases) => phrases.iter().enumerate().map(|(form, p)| (0, form as u32, p)).collect(),
        Kind::Substitute(pairs) => pairs.iter().enumerate().map(|(form, (p, _))| (0, form as u32, p)).collect(),
        Kind::Pattern { .. } | Kind::Variants(_) => Vec::new(),
        Kind::Consistent(sets) => {
            let mut words = Vec::new();
            for (set, forms) in sets.iter().enumerate() {
                words.extend(forms.forms.iter().enumerate().map(|(form, p)| (set as u32, form as u32, p)));
            }
            words
        }
    }
}

/// The phrase that [`words`] numbered so.
fn word(rule: &Rule, set: u32, form: u32) -> &Phrase {
    match &rule.kind {
        Kind::Avoid(phrases) => &phrases[form as usize],
        Kind::Substitute(pairs) => &pairs[form as usize].0,
        Kind::Pattern { .. } | Kind::Variants(_) => unreachable!("these have no words in the automaton"),
        Kind::Consistent(sets) => &sets[set as usize].forms[form as usize],
    }
}

/// Whether no word runs across `at`.
fn is_apart(text: &str, at: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    !(letter(text[..at].chars().next_back()) && letter(text[at..].chars().next()))
}

/// `span` if it starts and ends where tokens do.
fn whole_tokens(draft: &Draft, span: Span) -> Option<Span> {
    let first = draft.tokens.get(draft.token_at(span.start))?;
    let last = draft.tokens.get(draft.token_at(span.end.checked_sub(1)?))?;
    (first.span.start == span.start && last.span.end == span.end && !is_in_address(&draft.text, span)).then_some(span)
}

/// Whether `span` is part of a web or mail address, a file name, a handle or a hashtag.
pub(super) fn is_in_address(text: &str, span: Span) -> bool {
    let before = text[..span.start as usize].bytes().next_back();
    let mut after = text[span.end as usize..].bytes();
    let joins = |b: u8| matches!(b, b'@' | b'_' | b'\\' | b'=');
    match (after.next(), after.next()) {
        (Some(b'.'), Some(b)) if b.is_ascii_lowercase() => return true,
        (Some(b), _) if joins(b) => return true,
        _ => {}
    }
    before.is_some_and(|b| joins(b) || b == b'#') || {
        let run = text[..span.start as usize].rfind(|c: char| c.is_whitespace()).map_or(0, |at| at + 1);
        let word = &text[run..span.start as usize];
        word.contains("://") || word.starts_with("www.")
    }
}

#[derive(Default)]
struct Builder {
    literals: Vec<String>,
    uses: Vec<Vec<Use>>,
    index: FxHashMap<String, usize>,
}

impl Builder {
    fn add(&mut self, literal: &str, used: Use) {
        match self.index.get(literal) {
            Some(&at) => self.uses[at].push(used),
            None => {
                self.index.insert(literal.to_owned(), self.literals.len());
                self.literals.push(literal.to_owned());
                self.uses.push(vec![used]);
            }
        }
    }

    fn build(self) -> Automaton {
        let literals = (!self.literals.is_empty()).then(|| {
            AhoCorasick::builder()
                // Overlapping matches need the standard kind.
                .match_kind(MatchKind::Standard)
                .kind(Some(AhoCorasickKind::ContiguousNFA))
                .build(&self.literals)
        });
        // Building fails only past four billion states: far more words than a file within the size limit can hold.
        Automaton { literals: literals.and_then(Result::ok), uses: self.uses }
    }
}
