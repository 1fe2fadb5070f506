//! The sentences of a draft that have figures, with the cues in them: most checks of figures say nothing without one of a few words.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::lists::lists;
use super::{change, difference, poll, poll_lead, rest, toll, vote};
use crate::annotate::Figure;
use crate::checks::Context;
use crate::source::BlockKind;
use crate::text::{Token, WordFilter};

/// What the words of a sentence may be about, a bit for each. A sentence may have a cue and be about something else; without it, it is not.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cues(u16);

impl Cues {
    pub const VOTE: Cues = Cues(1);
    pub const GAP: Cues = Cues(1 << 1);
    pub const OUTCOME: Cues = Cues(1 << 2);
    pub const DEATH: Cues = Cues(1 << 3);
    pub const REST: Cues = Cues(1 << 4);
    pub const RACE: Cues = Cues(1 << 5);
    pub const TIMES: Cues = Cues(1 << 6);
    pub const UNDECIDED: Cues = Cues(1 << 7);

    pub fn has(self, cue: Cues) -> bool {
        self.0 & cue.0 != 0
    }

    fn of(tokens: &[Token]) -> Cues {
        let Table { filter, cues } = &*TABLE;
        let words = tokens.iter().filter(|t| t.is_word() && filter.may_hold(t.hash));
        words.filter_map(|t| cues.get(&t.hash)).fold(Cues::default(), |all, cue| Cues(all.0 | cue.0))
    }
}

/// The cues by the hashes of their words: two words of one hash cost a look that finds nothing.
struct Table {
    filter: WordFilter,
    cues: FxHashMap<u32, Cues>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let lists = lists();
    let outcomes = [&lists.wins, &lists.draws, &lists.losses].into_iter().flatten().map(String::as_str);
    let mut cues: FxHashMap<u32, Cues> = FxHashMap::default();
    let mut all: Vec<&str> = Vec::new();
    let mut put = |cue: Cues, words: &[&'static str]| {
        for word in words {
            cues.entry(Token::hash_of(word)).or_default().0 |= cue.0;
        }
        all.extend(words);
    };
    put(Cues::VOTE, &vote::VOTED);
    put(Cues::VOTE, &vote::NAMED);
    put(Cues::GAP, &difference::GAPS);
    put(Cues::OUTCOME, &outcomes.collect::<Vec<_>>());
    put(Cues::DEATH, &toll::LEADING);
    put(Cues::DEATH, &toll::FOLLOWING);
    put(Cues::REST, &rest::LEFT);
    put(Cues::REST, &rest::OTHER);
    put(Cues::RACE, &poll_lead::RACE);
    put(Cues::TIMES, &change::TIMES);
    put(Cues::UNDECIDED, &poll::UNDECIDED);
    Table { filter: WordFilter::new(all), cues }
});

/// A sentence of copy that has figures, by their places in [`Annotations::figures`](crate::annotate::Annotations::figures).
pub struct FigureSentence {
    start: u32,
    end: u32,
    cues: Cues,
}

/// The figures of each sentence that has some and is copy, in order, with its cues. The rows of a table are no sentences.
pub(super) fn sentences<'c, 'a>(
    cx: &'c Context<'a>,
) -> impl Iterator<Item = (&'a [Figure], Cues)> + Clone + use<'c, 'a> {
    let (draft, figures): (_, &'a [Figure]) = (cx.draft, &cx.annotations.figures);
    let found = cx.figure_sentences.get_or_init(|| {
        let mut start = 0;
        let groups = figures.chunk_by(|a, b| a.sentence == b.sentence);
        let sentence = |group: &[Figure]| {
            let own = start as u32..(start + group.len()) as u32;
            start = own.end as usize;
            let kind = draft.blocks[group[0].block as usize].kind;
            let cues = || Cues::of(draft.sentence_tokens(&draft.sentences[group[0].sentence as usize]));
            let counts = kind.is_copy() && kind != BlockKind::Table;
            counts.then(|| FigureSentence { start: own.start, end: own.end, cues: cues() })
        };
        groups.filter_map(sentence).collect()
    });
    found.iter().map(move |s| (&figures[s.start as usize..s.end as usize], s.cues))
}

/// The figures alone.
pub(super) fn by_sentence<'c, 'a>(cx: &'c Context<'a>) -> impl Iterator<Item = &'a [Figure]> + Clone + use<'c, 'a> {
    sentences(cx).map(|(figures, _)| figures)
}

/// The figures of the sentences that have `cue`.
pub(super) fn with_cue<'c, 'a>(cx: &'c Context<'a>, cue: Cues) -> impl Iterator<Item = &'a [Figure]> + use<'c, 'a> {
    sentences(cx).filter(move |(_, cues)| cues.has(cue)).map(|(figures, _)| figures)
}
