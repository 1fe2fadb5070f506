//! The words that dates are made of.

use std::sync::LazyLock;

use jiff::civil::Weekday;
use rustc_hash::FxHashMap;

use crate::source::Draft;
use crate::text::{Token, WordFilter, calendar, number_words};

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// Its letter in an ISO 8601 period; hours and less stand after a T.
    pub fn period(self, count: &str) -> String {
        match self {
            Unit::Second => format!("PT{count}S"),
            Unit::Minute => format!("PT{count}M"),
            Unit::Hour => format!("PT{count}H"),
            Unit::Day => format!("P{count}D"),
            Unit::Week => format!("P{count}W"),
            Unit::Month => format!("P{count}M"),
            Unit::Quarter => format!("P{count}Q"),
            Unit::Year => format!("P{count}Y"),
            Unit::Decade | Unit::Century => {
                let years = if self == Unit::Decade { 10 } else { 100 };
                count.parse::<u32>().map_or("PXY".into(), |n| format!("P{}Y", n.saturating_mul(years)))
            }
        }
    }
}

/// A part of a day, with its TIMEX3 letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Morning,
    Afternoon,
    Evening,
    Night,
}

impl Part {
    pub fn letters(self) -> &'static str {
        match self {
            Part::Morning => "MO",
            Part::Afternoon => "AF",
            Part::Evening => "EV",
            Part::Night => "NI",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// Which one, from where the story stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    This,
    Last,
    Next,
}

/// What a word may mean in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    Month(i8),
    Weekday(Weekday),
    /// A unit in the singular or plural.
    Unit(Unit, bool),
    Fortnight,
    Weekend,
    Part(Part),
    Season(Season),
    Cardinal(u32),
    Ordinal(u32),
    /// Days from the draft's date: yesterday, today, tomorrow.
    DayOffset(i8),
    Tonight,
    Overnight,
    Relation(Relation),
    /// The past three months, the coming weeks: a span that touches now.
    Past,
    Coming,
    Recent,
    Ago,
    Earlier,
    Later,
    /// Early, late, mid: does not change the date.
    Within,
    Several,
    Couple,
    Every,
    Noon,
    Midnight,
    Present,
    PastRef,
    FutureRef,
    Half,
}

/// The table of all words that dates are made of.
pub struct Cues {
    words: FxHashMap<&'static str, Cue>,
    /// Of these words, and of what a quarter is written as.
    filter: WordFilter,
}

/// A quarter of a year as one word.
pub const QUARTERS: [&str; 4] = ["q1", "q2", "q3", "q4"];

impl Cues {
    pub fn get() -> &'static Cues {
        static CUES: LazyLock<Cues> = LazyLock::new(|| {
            let words = table();
            Cues { filter: WordFilter::new(words.keys().copied().chain(QUARTERS)), words }
        });
        &CUES
    }

    /// Whether a word may be one of them: the cheap question, which most words of a draft answer with no.
    pub fn may_hold(&self, token: &Token) -> bool {
        self.filter.may_hold(token.hash)
    }

    /// What a word of the draft may mean.
    pub fn of(&self, draft: &Draft, token: &Token) -> Option<Cue> {
        self.may_hold(token).then(|| self.words.get(draft.lower(token).trim_end_matches('.')).copied())?
    }
}

fn table() -> FxHashMap<&'static str, Cue> {
    let mut cues = FxHashMap::default();
    const MONTHS: [&str; 24] = [
        "january",
        "jan",
        "february",
        "feb",
        "march",
        "mar",
        "april",
        "apr",
        "may",
        "june",
        "jun",
        "july",
        "jul",
        "august",
        "aug",
        "september",
        "sept",
        "sep",
        "october",
        "oct",
        "november",
        "nov",
        "december",
        "dec",
    ];
    for word in MONTHS {
        cues.extend(calendar::month(word).map(|m| (word, Cue::Month(m))));
    }
    const DAYS: [&str; 18] = [
        "monday",
        "mon",
        "tuesday",
        "tue",
        "tues",
        "wednesday",
        "wed",
        "weds",
        "thursday",
        "thu",
        "thur",
        "thurs",
        "friday",
        "fri",
        "saturday",
        "sat",
        "sunday",
        "sun",
    ];
    for word in DAYS {
        cues.extend(calendar::weekday(word).map(|d| (word, Cue::Weekday(d))));
    }
    cues.extend(number_words::CARDINALS.iter().filter(|c| c.1 > 0).map(|&(word, n)| (word, Cue::Cardinal(n))));
    cues.extend(["a", "an"].map(|word| (word, Cue::Cardinal(1))));
    cues.extend(number_words::ORDINALS.iter().filter(|o| o.1 <= 31).map(|&(word, n)| (word, Cue::Ordinal(n))));
    cues.extend([
        ("seconds", Cue::Unit(Unit::Second, true)),
        ("minute", Cue::Unit(Unit::Minute, false)),
        ("minutes", Cue::Unit(Unit::Minute, true)),
        ("hour", Cue::Unit(Unit::Hour, false)),
        ("hours", Cue::Unit(Unit::Hour, true)),
        ("day", Cue::Unit(Unit::Day, false)),
        ("days", Cue::Unit(Unit::Day, true)),
        ("week", Cue::Unit(Unit::Week, false)),
        ("weeks", Cue::Unit(Unit::Week, true)),
        ("month", Cue::Unit(Unit::Month, false)),
        ("months", Cue::Unit(Unit::Month, true)),
        ("quarter", Cue::Unit(Unit::Quarter, false)),
        ("quarters", Cue::Unit(Unit::Quarter, true)),
        ("year", Cue::Unit(Unit::Year, false)),
        ("years", Cue::Unit(Unit::Year, true)),
        ("decade", Cue::Unit(Unit::Decade, false)),
        ("decades", Cue::Unit(Unit::Decade, true)),
        ("century", Cue::Unit(Unit::Century, false)),
        ("centuries", Cue::Unit(Unit::Century, true)),
        ("fortnight", Cue::Fortnight),
        ("weekend", Cue::Weekend),
        ("morning", Cue::Part(Part::Morning)),
        ("afternoon", Cue::Part(Part::Afternoon)),
        ("evening", Cue::Part(Part::Evening)),
        ("night", Cue::Part(Part::Night)),
        ("spring", Cue::Season(Season::Spring)),
        ("summer", Cue::Season(Season::Summer)),
        ("autumn", Cue::Season(Season::Autumn)),
        ("fall", Cue::Season(Season::Autumn)),
        ("winter", Cue::Season(Season::Winter)),
        ("today", Cue::DayOffset(0)),
        ("yesterday", Cue::DayOffset(-1)),
        ("tomorrow", Cue::DayOffset(1)),
        ("tonight", Cue::Tonight),
        ("overnight", Cue::Overnight),
        ("this", Cue::Relation(Relation::This)),
        ("last", Cue::Relation(Relation::Last)),
        ("previous", Cue::Relation(Relation::Last)),
        ("next", Cue::Relation(Relation::Next)),
        ("current", Cue::Relation(Relation::This)),
        ("past", Cue::Past),
        ("coming", Cue::Coming),
        ("recent", Cue::Recent),
        ("ago", Cue::Ago),
        ("earlier", Cue::Earlier),
        ("later", Cue::Later),
        ("early", Cue::Within),
        ("late", Cue::Within),
        ("mid", Cue::Within),
        ("several", Cue::Several),
        ("few", Cue::Several),
        ("many", Cue::Several),
        ("couple", Cue::Couple),
        ("every", Cue::Every),
        ("each", Cue::Every),
        ("noon", Cue::Noon),
        ("midday", Cue::Noon),
        ("midnight", Cue::Midnight),
        ("now", Cue::Present),
        ("currently", Cue::Present),
        ("nowadays", Cue::Present),
        ("recently", Cue::PastRef),
        ("soon", Cue::FutureRef),
        ("future", Cue::FutureRef),
        ("half", Cue::Half),
    ]);
    cues
}
