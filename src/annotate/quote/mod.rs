//! Quotations: the marks, what stands between them, and who says it.

mod agentless;
mod attribution;
mod beside;
mod cue;
mod frame;
mod kind;
mod lexer;
mod mark;
mod recovery;
mod reporting;
mod single;
mod source;
mod speaker;
mod subject;

use super::{Entity, Person};
use crate::source::{BlockKind, Draft};
use crate::text::Span;

pub use cue::{names_what_follows, takes_up_a_claim};
pub use mark::{Level, Mark, Role, Shape};

#[derive(Clone, Debug)]
pub struct Quote {
    /// The words inside the marks. Never runs over a paragraph: speech over several is one quotation for each, linked by
    /// [`continues`](Quote::continues).
    pub span: Span,
    /// The same with the marks.
    pub outer: Span,
    pub kind: QuoteKind,
    pub status: QuoteStatus,
    /// Who says it, as resolved: a name, or the words of the draft where no name is known.
    pub speaker: Option<String>,
    /// The person, where the speaker is one, as an index of [`Annotations::people`](super::Annotations::people).
    pub person: Option<u32>,
    /// The words beside the cue that say who speaks.
    pub speaker_span: Option<Span>,
    /// The verb or noun of saying.
    pub cue: Option<Span>,
    /// How far the speaker can be trusted; `None` where nobody is named.
    pub tier: Option<Tier>,
    /// How far off the nearest source is.
    pub reach: Reach,
    /// Words that attribute it in form only: “was described as”, with nobody who does it.
    pub agentless: Option<Span>,
    pub level: Level,
    /// The quotation around it, as an index of the same list.
    pub parent: Option<u32>,
    /// Its block in the draft.
    pub block: u32,
    /// Words and numbers inside the marks.
    pub words: u32,
    /// Whether the paragraph before ended inside the same speech.
    pub continues: bool,
    /// Whether it has its closing mark. Without one it ends where the speech seems to.
    pub closed: bool,
}

impl Quote {
    /// Whether it reads as something said or written by somebody: not a title, a term or words held at arm's length.
    pub fn is_speech(&self) -> bool {
        matches!(self.kind, QuoteKind::Direct | QuoteKind::Partial)
    }
}

/// How far an attribution can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Subject and verb of saying touch the quotation, or a label or signature names the speaker.
    A,
    /// The source is near, in the same sentence or paragraph.
    B,
    /// Carried over from the paragraph before: too weak to name a speaker in a comparison.
    C,
}

/// Where the nearest source of a quotation was found, near to far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// In the same sentence.
    Sentence,
    /// In the same paragraph, at most two sentences off.
    Paragraph,
    /// The speech goes on from the paragraph before, a label names the speaker, or the paragraph before ends in a colon.
    Open,
    /// The paragraph before ends with somebody speaking, in quotation marks or without.
    Voice,
    /// Words for speech, with nobody speaking, in the last sentence before the paragraph; or somebody speaking in the first
    /// one after it.
    Neighbor,
    /// The paragraph before has a quotation further up.
    Carry,
    Nothing,
}

impl Reach {
    pub fn name(self) -> &'static str {
        match self {
            Reach::Sentence => "sentence",
            Reach::Paragraph => "paragraph",
            Reach::Open => "open",
            Reach::Voice => "voice",
            Reach::Neighbor => "neighbor",
            Reach::Carry => "carry",
            Reach::Nothing => "nothing",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// A whole sentence or more.
    Direct,
    /// A part of a sentence.
    Partial,
    /// A word or two held at arm's length.
    Scare,
    /// The title of a work.
    Title,
    /// A word spoken of as a word.
    Term,
}

impl QuoteKind {
    /// The name used in the JSON contract.
    pub fn name(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Partial => "partial",
            QuoteKind::Scare => "scare",
            QuoteKind::Title => "title",
            QuoteKind::Term => "term",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteStatus {
    Attributed,
    Unattributed,
    NotSpeech,
}

impl QuoteStatus {
    /// The name used in the JSON contract.
    pub fn name(self) -> &'static str {
        match self {
            QuoteStatus::Attributed => "attributed",
            QuoteStatus::Unattributed => "unattributed",
            QuoteStatus::NotSpeech => "not-speech",
        }
    }
}

/// The quotations of a draft and all its quotation marks, both in text order.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    pub quotes: Vec<Quote>,
    pub marks: Vec<Mark>,
}

/// Finds the quotations of a draft; nobody is named as their speaker yet.
pub fn read(draft: &Draft) -> Reading {
    let (marks, pairs) = lexer::read(draft);
    let mut quotes: Vec<Quote> = Vec::with_capacity(pairs.len());
    for pair in pairs {
        let block = &draft.blocks[pair.block as usize];
        let words = draft.tokens_in(pair.inner).iter().filter(|t| kind::counts(t)).count() as u32;
        let mut parent = quotes.len().checked_sub(1).map(|last| last as u32);
        while let Some(at) = parent.filter(|&at| !quotes[at as usize].span.contains(pair.outer)) {
            parent = quotes[at as usize].parent;
        }
        quotes.push(Quote {
            span: pair.inner,
            outer: pair.outer,
            kind: kind::of(draft, block, &pair, words),
            status: QuoteStatus::NotSpeech,
            speaker: None,
            person: None,
            speaker_span: None,
            cue: None,
            tier: None,
            reach: Reach::Nothing,
            agentless: None,
            level: pair.level,
            parent,
            block: pair.block,
            words,
            continues: pair.continues,
            closed: pair.closed,
        });
    }
    Reading { quotes, marks }
}

/// Names the speakers.
pub fn attribute(draft: &Draft, people: &[Person], _organizations: &[Entity], quotes: &mut [Quote]) {
    attribution::run(draft, people, quotes);
}

/// The innermost quotation whose words hold `span`, as an index of `quotes`. `quotes` is in text order, as [`read`] gives it.
pub fn innermost_at(quotes: &[Quote], span: Span) -> Option<usize> {
    let mut at = quotes.partition_point(|q| q.span.start <= span.start).checked_sub(1)?;
    loop {
        if quotes[at].span.contains(span) {
            return Some(at);
        }
        at = quotes[at].parent? as usize;
    }
}

/// The outermost quotation that holds `span`, whatever its kind.
pub fn outermost_at(quotes: &[Quote], span: Span) -> Option<&Quote> {
    let mut at = innermost_at(quotes, span)?;
    while let Some(parent) = quotes[at].parent {
        at = parent as usize;
    }
    Some(&quotes[at])
}

/// The speech that holds `span`: the outermost quotation that somebody says, and so whose words these are. Titles, terms
/// and words held at arm's length are the writer's own.
pub fn speech_at(quotes: &[Quote], span: Span) -> Option<&Quote> {
    let mut found = None;
    let mut next = innermost_at(quotes, span);
    while let Some(at) = next {
        if quotes[at].is_speech() {
            found = Some(&quotes[at]);
        }
        next = quotes[at].parent.map(|p| p as usize);
    }
    found
}

/// Whether `word`, in lower case, is a form of a verb that reports speech.
pub fn is_speech_verb(word: &str) -> bool {
    cue::of(word).is_some_and(|c| c.class == cue::Class::Speech)
}

/// Blocks whose quotation marks are read.
fn is_read(kind: BlockKind) -> bool {
    kind.is_copy()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn holds(text: &str) {
        let draft = Draft::from_text(text);
        let Reading { mut quotes, marks } = read(&draft);
        attribute(&draft, &[], &[], &mut quotes);
        let fits = |s: Span| draft.text.get(s.range()).is_some();
        assert!(
            marks.iter().all(|m| fits(m.span) && m.partner.is_none_or(|p| draft.text.is_char_boundary(p as usize)))
        );
        assert!(quotes.is_sorted_by_key(|q| (q.outer.start, std::cmp::Reverse(q.outer.end))), "{text:?}");
        for (at, quote) in quotes.iter().enumerate() {
            assert!(fits(quote.span) && fits(quote.outer) && quote.outer.contains(quote.span), "{text:?}");
            assert!(draft.blocks[quote.block as usize].span.contains(quote.outer), "{text:?}");
            assert!(quote.cue.is_none_or(fits) && quote.speaker_span.is_none_or(fits), "{text:?}");
            if let Some(parent) = quote.parent {
                assert!((parent as usize) < at && quotes[parent as usize].span.contains(quote.outer), "{text:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn anything_can_be_read(text in "(?:[“”\"'‘’«»„]|he |said |Poe |, |\\. |\\n\\n|É|12|: |— |\\(|\\)|the |no,|[a-z]{1,3} ){0,40}") {
            holds(&text);
        }

        #[test]
        fn noise_can_be_read(text in "\\PC{0,80}") {
            holds(&text);
        }
    }

    #[test]
    fn whose_words() {
        let draft = Draft::from_text("“He told me, ‘Go home now,’ and I went,” she said. It is called “the pier”.");
        let quotes = read(&draft).quotes;
        let at = |words: &str| {
            let start = draft.text.find(words).expect("the draft has the words");
            Span::new(start, start + words.len())
        };
        assert_eq!(innermost_at(&quotes, at("home")), Some(1));
        assert_eq!(speech_at(&quotes, at("home")).map(|q| q.outer.start), Some(0));
        assert!(speech_at(&quotes, at("she said")).is_none());
        assert!(speech_at(&quotes, at("the pier")).is_none());
    }
}
