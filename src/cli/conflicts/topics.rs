//! Findings from both sides put together: what stories tell differently, and which stories have which form.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::cli::drafts;
use crate::corpus::archive::Signature;
use crate::diagnostic::{Diagnostic, Evidence, Severity};
use crate::text::line_index::Place;

/// A file with what was found in it.
pub(super) struct Linted {
    pub path: String,
    /// Files with one `story:` in their front matter are one story.
    pub story: String,
    /// The file's text.
    pub source: Arc<str>,
    /// What copies of one another share; `None` for a text too short to compare.
    pub signature: Option<Signature>,
    pub diagnostics: Vec<Diagnostic>,
    /// What was found without the facts files: which stories have the form that the desk settled.
    pub without_facts: Vec<Diagnostic>,
}

impl Linted {
    /// A file that could not be read.
    pub fn unread(path: String) -> Linted {
        Linted {
            story: path.clone(),
            path,
            source: Arc::default(),
            signature: None,
            diagnostics: Vec::new(),
            without_facts: Vec::new(),
        }
    }
}

/// Words of one story, or of a facts file, that others contradict.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Said {
    story: String,
    pub path: String,
    pub start: u32,
    pub end: u32,
    pub place: Place,
    pub words: String,
    /// The words around them.
    pub excerpt: String,
    /// Copies of one story have the same, and count once.
    copies: usize,
    /// Whether it is who said something, not what was said.
    is_speaker: bool,
}

/// Something that stories tell differently.
#[derive(Debug)]
pub(super) struct Topic {
    pub codes: BTreeSet<String>,
    /// The gravest of its findings.
    pub severity: Severity,
    /// The first message stands for all.
    pub message: String,
    /// Each form with where it stands: what the desk settled first, then by how many independent stories have it.
    pub forms: Vec<Form>,
}

#[derive(Debug)]
pub(super) struct Form {
    pub words: String,
    pub curated: bool,
    pub places: Vec<Said>,
}

impl Form {
    /// How many independent stories have it: files of one story, and copies, count once.
    pub fn stories(&self) -> usize {
        self.places.iter().map(|p| p.copies).collect::<BTreeSet<_>>().len()
    }

    /// Who has it, in words.
    pub fn who(&self) -> String {
        match (self.curated, self.stories()) {
            (true, _) => "settled by the desk".to_owned(),
            (false, 1) => "1 story".to_owned(),
            (false, n) => format!("{n} stories"),
        }
    }
}

impl Topic {
    /// What kind of thing it is.
    pub fn kind(&self) -> &'static str {
        let code = self.codes.first().map_or("", String::as_str);
        match code.split('/').next().unwrap_or_default() {
            "names" => "Name",
            "organizations" => "Organization or place",
            "titles" => "Title",
            "figures" => "Figure",
            "dates" => "Date",
            "claims" => "Claim",
            "quotes" if code == "quotes/misattributed" => "Speaker",
            "quotes" => "Quotation",
            _ => "Disagreement",
        }
    }
}

/// The stories of a run, by path.
struct Stories<'a> {
    by_path: BTreeMap<&'a str, (&'a Linted, usize)>,
}

impl<'a> Stories<'a> {
    fn of(linted: &'a [Linted]) -> Stories<'a> {
        let mut group: Vec<usize> = (0..linted.len()).collect();
        for a in 0..linted.len() {
            for b in 0..a {
                let copies = linted[a].signature.as_ref().zip(linted[b].signature.as_ref());
                if linted[a].story == linted[b].story || copies.is_some_and(|(a, b)| a.is_copy_of(b)) {
                    let (x, y) = (root(&group, a), root(&group, b));
                    group[x.max(y)] = x.min(y);
                }
            }
        }
        let by_path = linted.iter().enumerate().map(|(at, file)| (file.path.as_str(), (file, root(&group, at))));
        Stories { by_path: by_path.collect() }
    }

    fn said(&self, path: String, span: (u32, u32), place: Place, words: &str) -> Said {
        let known = self.by_path.get(path.as_str());
        let source = known.map(|(file, _)| &*file.source);
        let around = source.and_then(|source| around(source, span.0 as usize, span.1 as usize));
        let (words, excerpt) = around.unwrap_or_else(|| (one_line(words), String::new()));
        Said {
            story: known.map_or_else(|| path.clone(), |(file, _)| file.story.clone()),
            copies: known.map_or(usize::MAX, |(_, copies)| *copies),
            path,
            start: span.0,
            end: span.1,
            place,
            words,
            excerpt,
            is_speaker: false,
        }
    }

    fn of_evidence(&self, evidence: &Evidence) -> Said {
        let (span, place) = evidence.place.unwrap_or((Default::default(), Place { line: 1, column: 1 }));
        self.said(drafts::shown(&evidence.path), (span.start, span.end), place, &evidence.text)
    }
}

/// How far an excerpt reaches on either side, in characters.
const AROUND: usize = 34;

/// The words at `start..end` with the rest of words that a hyphen joins to them, and the words around those in their line.
fn around(source: &str, start: usize, end: usize) -> Option<(String, String)> {
    let (before, after) = (source.get(..start)?, source.get(end..)?);
    let joined = |c: char| c.is_alphanumeric() || c == '-';
    let is_joint =
        |side: Option<char>, own: Option<char>| side.is_some_and(joined) && own.is_some_and(char::is_alphanumeric);
    let words = source.get(start..end)?;
    let lead = match is_joint(before.chars().next_back(), words.chars().next()) {
        true => before.len() - before.trim_end_matches(joined).len(),
        false => 0,
    };
    let tail = match is_joint(after.chars().next(), words.chars().next_back()) {
        true => after.len() - after.trim_start_matches(joined).len(),
        false => 0,
    };
    let (start, end) = (start - lead, end + tail);
    let (before, after) = (&source[..start], &source[end..]);
    let line = before.rsplit('\n').next().unwrap_or_default();
    let left: String = line.chars().rev().take(AROUND).collect::<Vec<_>>().into_iter().rev().collect();
    let left = if left.len() < line.len() { format!("…{}", cut_start(&left)) } else { left };
    let line = after.split('\n').next().unwrap_or_default();
    let right: String = line.chars().take(AROUND).collect();
    let right = if right.len() < line.len() { format!("{}…", cut_end(&right)) } else { right };
    let words = one_line(&source[start..end]);
    let excerpt = one_line(&format!("{left}{words}{right}"));
    Some((words, excerpt))
}

/// Without the word that was cut through.
fn cut_start(text: &str) -> &str {
    text.split_once(' ').map_or(text, |(_, rest)| rest)
}

fn cut_end(text: &str) -> &str {
    text.rsplit_once(' ').map_or(text, |(rest, _)| rest)
}

/// Two sides of one finding, as indexes of what was said.
struct Pair<'a> {
    here: usize,
    there: usize,
    diagnostic: &'a Diagnostic,
}

/// Puts findings about the same words, from either side, into one topic.
pub(super) fn topics(linted: &[Linted]) -> Vec<Topic> {
    let stories = Stories::of(linted);
    let mut said: Vec<Said> = Vec::new();
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    for file in linted {
        for diagnostic in &file.diagnostics {
            pair_up(&stories, file, diagnostic, &mut said, &mut pairs);
        }
    }
    // The desk has spoken; who agrees with it is known from what was found without it.
    let settled = said.clone();
    for file in linted {
        for diagnostic in &file.without_facts {
            let touches = |path: &str, start: u32, end: u32| {
                settled.iter().any(|s| s.path == path && s.start < end && start < s.end)
            };
            let (own, mut new_said, mut new_pairs) = (&diagnostic.span, said.clone(), Vec::new());
            pair_up(&stories, file, diagnostic, &mut new_said, &mut new_pairs);
            let met = touches(&file.path, own.start, own.end)
                || new_pairs.iter().any(|p| {
                    let there = &new_said[p.there];
                    touches(&there.path, there.start, there.end)
                });
            if met {
                said = new_said;
                pairs.extend(new_pairs);
            }
        }
    }
    let mut group: Vec<usize> = (0..said.len()).collect();
    for pair in &pairs {
        let (a, b) = (root(&group, pair.here), root(&group, pair.there));
        group[a.max(b)] = a.min(b);
    }
    // Words of one story that overlap are one: a name alone, and the name with its title.
    let mut by_path: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, words) in said.iter().enumerate() {
        by_path.entry(&words.path).or_default().push(at);
    }
    for nodes in by_path.values_mut() {
        nodes.sort_by_key(|&n| (said[n].start, said[n].end));
        for pair in nodes.windows(2) {
            let (first, second) = (&said[pair[0]], &said[pair[1]]);
            if second.start < first.end && first.is_speaker == second.is_speaker {
                let (a, b) = (root(&group, pair[0]), root(&group, pair[1]));
                group[a.max(b)] = a.min(b);
            }
        }
    }
    let mut topics: BTreeMap<usize, (Topic, BTreeSet<(String, String)>)> = BTreeMap::new();
    for pair in &pairs {
        let diagnostic = pair.diagnostic;
        let (topic, opposed) = topics.entry(root(&group, pair.here)).or_insert_with(|| {
            let (severity, message) = (diagnostic.severity, diagnostic.message.clone());
            (Topic { codes: BTreeSet::new(), severity, message, forms: Vec::new() }, BTreeSet::new())
        });
        topic.codes.insert(diagnostic.code.to_string());
        topic.severity = topic.severity.max(diagnostic.severity);
        let (here, there) = (&said[pair.here], &said[pair.there]);
        opposed.insert((here.words.clone(), there.words.clone()));
        opposed.insert((there.words.clone(), here.words.clone()));
        for words in [here, there] {
            add(&mut topic.forms, words, !stories.by_path.contains_key(words.path.as_str()));
        }
    }
    let mut topics: Vec<Topic> = topics
        .into_values()
        .map(|(mut topic, opposed)| {
            topic.forms = joined(topic.forms, &opposed);
            topic
        })
        .collect();
    topics.retain(|topic| topic.forms.len() > 1);
    // What is sure first.
    let rank = |topic: &Topic| Reverse(topic.severity);
    topics.sort_by(|a, b| (rank(a), &a.codes, &a.message).cmp(&(rank(b), &b.codes, &b.message)));
    topics
}

fn pair_up<'a>(
    stories: &Stories<'_>,
    file: &Linted,
    diagnostic: &'a Diagnostic,
    said: &mut Vec<Said>,
    pairs: &mut Vec<Pair<'a>>,
) {
    let elsewhere = diagnostic.evidence.iter().map(|evidence| {
        let said = stories.of_evidence(evidence);
        // The evidence is what was said, and the note who said it.
        match evidence.note.strip_prefix("said by ") {
            Some(speaker) => Said { words: speaker.to_owned(), is_speaker: true, ..said },
            None => said,
        }
    });
    let elsewhere: Vec<Said> = elsewhere.filter(|e| e.story != file.story).collect();
    if elsewhere.is_empty() {
        return;
    }
    let span = (diagnostic.span.start, diagnostic.span.end);
    let is_speaker = &*diagnostic.code == "quotes/misattributed";
    let own = Said { is_speaker, ..stories.said(file.path.clone(), span, diagnostic.start, &diagnostic.text) };
    let here = node(said, own);
    for evidence in elsewhere {
        let there = node(said, evidence);
        pairs.push(Pair { here, there, diagnostic });
    }
}

/// The forms in their order. One whose words another has too, and that nobody holds against it, is that form cut short: “President”
/// of “US President”.
fn joined(mut forms: Vec<Form>, opposed: &BTreeSet<(String, String)>) -> Vec<Form> {
    forms.sort_by_key(|form| Reverse(form.words.chars().count()));
    let mut kept: Vec<Form> = Vec::new();
    for form in forms {
        let holds = |longer: &Form| {
            let has = |word: &str| longer.words.split(' ').any(|w| w.eq_ignore_ascii_case(word));
            !form.curated
                && !longer.curated
                && !opposed.contains(&(form.words.clone(), longer.words.clone()))
                && form.words.split(' ').all(has)
        };
        match kept.iter_mut().find(|longer| holds(longer)) {
            Some(longer) => longer.places.extend(form.places),
            None => kept.push(form),
        }
    }
    for form in &mut kept {
        form.places.sort();
        form.places.dedup();
    }
    kept.sort_by(|a, b| {
        let rank = |form: &Form| (!form.curated, Reverse(form.stories()));
        (rank(a), &a.words).cmp(&(rank(b), &b.words))
    });
    kept
}

fn node(said: &mut Vec<Said>, words: Said) -> usize {
    let key = |s: &Said| (s.start, s.end, s.is_speaker);
    if let Some(at) = said.iter().position(|s| s.path == words.path && key(s) == key(&words)) {
        return at;
    }
    said.push(words);
    said.len() - 1
}

fn root(group: &[usize], mut at: usize) -> usize {
    while group[at] != at {
        at = group[at];
    }
    at
}

fn add(forms: &mut Vec<Form>, said: &Said, curated: bool) {
    match forms.iter_mut().find(|f| f.words == said.words && f.curated == curated) {
        Some(form) => form.places.push(said.clone()),
        None => forms.push(Form { words: said.words.clone(), curated, places: vec![said.clone()] }),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
