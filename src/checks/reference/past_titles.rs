//! `titles/reference` by the archive's own timeline: which office earlier stories, on any event, say the person holds.
//!
//! A role holds on a day if of the last five independent stories before it at least four have it, the latest three among them, and the
//! latest of all is not older than half a year. A change that the archive itself shows counts two weeks after its first story: until then
//! desks print both.

use jiff::civil::Date;

use super::people::words;
use super::titles::{Verdict, compare};
use super::witness::MAJORITY;
use crate::annotate::Person;
use crate::annotate::person::{TitleKind, TitleMention, TitleShape, TitleStatus, given_names_agree};
use crate::checks::Context;
use crate::checks::titles::changes::{changes_around, is_of_the_past};
use crate::checks::words::shorten;
use crate::corpus::Past;
use crate::corpus::archive::{DocumentId, PersonRow, TitleFact};
use crate::corpus::story::Kind;
use crate::diagnostic::{Confidence, Finding, Severity};
use crate::text::fold::ascii_key;

const CODE: &str = "titles/reference";

/// How many of the latest stories say what holds.
const LATEST: usize = 5;
/// How old the latest of them may be, in days.
const STALE: i32 = 180;
/// For so many days after its first story a change may not have reached every desk.
const CHANGING: i32 = 14;

/// What one story says of an office.
struct Claim<'r> {
    date: Date,
    row: &'r PersonRow,
    /// The title that cannot hold beside the draft's, and how sure that is; `None` where the story has it as the draft does.
    against: Option<(&'r TitleFact, Confidence)>,
}

/// A title of the draft that the archive's latest stories, all but all of them, contradict.
pub(super) fn check(cx: &Context<'_>, person: &Person, titles: &[&TitleMention]) -> Option<Finding> {
    let (past, date) = (cx.reference.past.as_ref()?, cx.date?);
    let given = words(person.given.as_deref()?);
    if given.is_empty() || person.first_full().is_none() {
        return None;
    }
    let own = past.versions_of(cx.draft);
    let rows = past.people(&ascii_key(&person.surname), Some(date), &own);
    let same: Vec<&PersonRow> = rows
        .iter()
        .filter(|row| row.given.as_deref().is_some_and(|theirs| given_names_agree(&given, &words(theirs))))
        .collect();
    let comparable = titles.iter().filter(|t| matches!(t.status, TitleStatus::Current | TitleStatus::Former));
    comparable.copied().find_map(|ours| judge(cx, past, person, ours, &claims(&same, ours)))
}

fn judge(cx: &Context<'_>, past: &Past, person: &Person, ours: &TitleMention, claims: &[Claim<'_>]) -> Option<Finding> {
    if claims.is_empty() {
        return None;
    }
    let apart = |gate: &str| cx.kept_apart(CODE, ours.span, ours.span, || gate.to_owned());
    let run = match run(claims, cx.date?) {
        Ok(run) => run,
        Err(gate) => {
            apart(gate);
            return None;
        }
    };
    if cx.reference.sources.documents.iter().any(|d| confirms(&d.annotations.people, person, ours)) {
        apart("another text has it as here");
        return None;
    }
    if changes_around(cx.draft, person) {
        apart("change: the draft tells of taking or leaving office");
        return None;
    }
    if ours.status == TitleStatus::Current && is_of_the_past(cx.draft, ours.span) {
        apart("past: the sentence tells of another time");
        return None;
    }
    let (title, confidence) = run[0].against?;
    let stories = if run.len() == claims.len().min(LATEST) {
        format!("the latest {} stories", run.len())
    } else {
        format!("{} of the latest {LATEST} stories", run.len())
    };
    let said = |words: &str| format!("“{}”", shorten(words, 20));
    let message = format!("{} here, {} in {stories}", said(cx.draft.words_at(ours.span)), said(&title.title));
    let known = run.iter().filter(|claim| claim.row.standing.kind != Kind::Partner).count();
    let mut finding = Finding::new(CODE, ours.span, message)
        .confidence(if known >= MAJORITY { confidence } else { Confidence::Likely })
        .why(format!("one person: {}; {}", person.name, timeline(claims)));
    if known == 0 {
        finding = finding.cap(Severity::Info);
    }
    for claim in run.iter().take(MAJORITY) {
        let Some((title, _)) = claim.against else { continue };
        let note = format!("{} there", claim.row.name);
        if let Some(evidence) = past.evidence(claim.row.standing.document, title.span, note) {
            finding = finding.elsewhere(evidence);
        }
    }
    // A finding that says two things disagree shows the other side.
    (!finding.witnesses.is_empty()).then_some(finding)
}

/// What each independent story says of the office of `ours`, the newest first.
fn claims<'r>(rows: &[&'r PersonRow], ours: &TitleMention) -> Vec<Claim<'r>> {
    let mut seen: Vec<DocumentId> = Vec::new();
    let mut claims = Vec::new();
    for row in rows {
        let Some(date) = row.standing.document.date().filter(|_| !seen.contains(&row.standing.copies)) else {
            continue;
        };
        let offices = row.titles.iter().filter(|t| t.kind == TitleKind::Office.name() && !t.spoken);
        let verdicts: Vec<(&TitleFact, Verdict)> = offices.map(|t| (t, compare(ours, &mention(t)))).collect();
        let against = verdicts.iter().find_map(|(title, verdict)| match verdict {
            Verdict::Status(confidence) => Some((*title, *confidence)),
            // Offices follow one another: the newer one may be the draft's.
            Verdict::Office(_) => Some((*title, Confidence::Likely)),
            Verdict::Compatible | Verdict::Incomparable => None,
        });
        let as_here = verdicts.iter().any(|(_, verdict)| *verdict == Verdict::Compatible);
        if as_here || against.is_some() {
            seen.push(row.standing.copies);
            claims.push(Claim { date, row, against: against.filter(|_| !as_here) });
        }
    }
    claims
}

/// The claims against the draft's title that make a consistent run up to `date`; or the gate that does not let them.
fn run<'c, 'r>(claims: &'c [Claim<'r>], date: Date) -> Result<Vec<&'c Claim<'r>>, &'static str> {
    let latest = &claims[..claims.len().min(LATEST)];
    let against: Vec<&Claim<'r>> = latest.iter().filter(|claim| claim.against.is_some()).collect();
    if against.is_empty() {
        return Err("earlier stories have it as here");
    }
    if latest.len() < MAJORITY {
        return Err("too few: fewer than three independent stories tell of the office");
    }
    if against.len() * 5 < latest.len() * 4 || latest[..MAJORITY].iter().any(|claim| claim.against.is_none()) {
        return Err("mixed: the latest stories do not agree");
    }
    if (date - latest[0].date).get_days() > STALE {
        return Err("stale: the latest story that tells of the office is older than half a year");
    }
    // Where the archive has the office as the draft does, and then otherwise, the change may be news.
    let before = claims.iter().position(|claim| claim.against.is_none());
    let began = before.and_then(|before| claims[..before].last());
    if began.is_some_and(|first| (date - first.date).get_days() <= CHANGING) {
        return Err("changing: earlier stories have both within two weeks");
    }
    Ok(against)
}

/// Whether a person of a source laid beside the draft has the title as the draft does.
fn confirms(people: &[Person], person: &Person, ours: &TitleMention) -> bool {
    let key = ascii_key(&person.surname);
    let namesakes = people.iter().filter(|p| ascii_key(&p.surname) == key);
    namesakes.flat_map(|p| &p.titles).any(|theirs| compare(ours, theirs) == Verdict::Compatible)
}

/// A stored title as annotators read it.
fn mention(fact: &TitleFact) -> TitleMention {
    use TitleStatus::{Acting, Current, Elect, Former, Late, Then, Unknown};
    let known = [Current, Former, Acting, Elect, Late].into_iter().find(|status| status.name() == fact.status);
    TitleMention {
        span: fact.span,
        status: known.unwrap_or(if fact.status == "then" { Then } else { Unknown }),
        kind: TitleKind::Office,
        office: fact.office.clone(),
        group: fact.group.clone(),
        portfolio: fact.portfolio.split_whitespace().map(str::to_owned).collect(),
        jurisdiction: fact.jurisdiction.clone(),
        shape: TitleShape::Prefix,
        mention: 0,
    }
}

/// The runs of one and the same, oldest first: “Mayor” 2021-03-01 to 2025-11-20 (31).
fn timeline(claims: &[Claim<'_>]) -> String {
    let runs = claims.chunk_by(|a, b| a.against.is_some() == b.against.is_some());
    let mut lines: Vec<String> = runs
        .map(|run| {
            let (last, first) = (run[0].date, run[run.len() - 1].date);
            let what = run[0].against.map_or_else(|| "as here".to_owned(), |(title, _)| format!("“{}”", title.title));
            let until = if first == last { String::new() } else { format!(" to {last}") };
            format!("{what} {first}{until} ({})", run.len())
        })
        .collect();
    lines.reverse();
    lines.join(", ")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::date;
    use tempfile::TempDir;

    use super::*;
    use crate::corpus::Reference;
    use crate::corpus::archive::extract;
    use crate::corpus::archive::sqlite::SqliteWriter;
    use crate::corpus::story::Story;
    use crate::diagnostic::Diagnostic;
    use crate::lint::{Settings, lint};
    use crate::source::{Draft, Format};
    use crate::text::decode::Encoding;

    /// Stories that print one line each, on any event, with other words of their own.
    fn past(folder: &TempDir, stories: &[(Date, Kind, &str)]) -> Reference {
        let path = folder.path().join("archive.db");
        let mut writer = SqliteWriter::open(&path).unwrap();
        let records: Vec<_> = stories
            .iter()
            .enumerate()
            .map(|(n, (day, kind, line))| {
                let own: Vec<String> = (0..60).map(|w| format!("w{}", (w * 7919 + n * 104_729) % 4001)).collect();
                let text = format!("{line}\n\nElsewhere {} were counted.\n", own.join(" "));
                extract(Story {
                    path: format!("{n}.txt"),
                    date: Some(*day),
                    kind: Some(*kind),
                    format: Some(Format::Plain),
                    text,
                    is_file: true,
                    ..Story::default()
                })
            })
            .collect();
        writer.write(&records).unwrap();
        drop(writer);
        Reference::default().with_past(Past::open(&path).unwrap())
    }

    fn found(reference: &Reference, day: Date, copy: &str) -> Vec<Diagnostic> {
        let draft = Draft::read(Path::new("draft.txt"), Format::Plain, Encoding::Utf8, copy.into());
        let settings = Settings { as_of: Some(day), ..Settings::built_in() };
        let mut found = lint(&draft, &settings, reference);
        found.retain(|d| &*d.code == CODE);
        found
    }

    const MAYOR: &str = "Mayor Susan Quist opened a fair.";
    const FORMER: &str = "Former Mayor Susan Quist opened a fair.";

    fn every_month(line: &'static str, from: i8, to: i8) -> Vec<(Date, Kind, &'static str)> {
        (from..=to).map(|month| (date(2025, month, 7), Kind::Archive, line)).collect()
    }

    #[test]
    fn a_title_is_held_against_the_latest_consistent_run() {
        let folder = TempDir::new().unwrap();
        let reference = past(&folder, &every_month(MAYOR, 1, 9));
        let said = found(&reference, date(2025, 10, 1), "Former Mayor Susan Quist sold a boat on Monday.");
        assert_eq!(said.len(), 1);
        assert_eq!(said[0].message, "“Former Mayor” here, “Mayor” in the latest 5 stories");
        assert_eq!((said[0].severity, said[0].text.as_str()), (Severity::Warning, "Former Mayor"));
        assert_eq!(said[0].evidence.len(), 3);
        assert!(said[0].evidence[0].path.ends_with("8.txt"), "the latest first: {:?}", said[0].evidence[0].path);

        for silent in [
            "Mayor Susan Quist sold a boat on Monday.",
            "Former Mayor Susan Quist sold a boat. Ms. Quist resigned in May.",
            "Former Mayor Robert Quist sold a boat on Monday.",
            "Former Mayor Quist sold a boat on Monday.",
            "Former Senator Susan Quist sold a boat on Monday.",
            "“Former Mayor Susan Quist is my friend,” said Bo Tarn.",
        ] {
            assert!(found(&reference, date(2025, 10, 1), silent).is_empty(), "{silent}");
        }
        let copy = "Former Mayor Susan Quist sold a boat on Monday.";
        assert!(found(&reference, date(2026, 9, 1), copy).is_empty(), "the archive is older than half a year");
        assert!(found(&reference, date(2025, 1, 23), copy).is_empty(), "what came later is no evidence");
    }

    #[test]
    fn a_change_that_the_archive_shows_counts_after_two_weeks() {
        let folder = TempDir::new().unwrap();
        let mut stories = every_month(MAYOR, 1, 6);
        stories.extend([3, 5, 8, 9, 11].map(|day| (date(2025, 7, day), Kind::Archive, FORMER)));
        // Among many other stories of these days, a shared name alone makes no shared event.
        stories.extend((0..80).map(|n| (date(2025, 7, 1 + n % 28), Kind::Archive, "Nothing else was in the news.")));
        let reference = past(&folder, &stories);
        let copy = "Mayor Susan Quist sold a boat on Monday.";
        assert!(found(&reference, date(2025, 7, 12), copy).is_empty(), "desks print both for two weeks");
        let said = found(&reference, date(2025, 8, 1), copy);
        assert_eq!(said[0].message, "“Mayor” here, “Former Mayor” in the latest 5 stories");
        let former = "Former Mayor Susan Quist sold a boat on Monday.";
        assert!(found(&reference, date(2025, 8, 1), former).is_empty());
        assert!(found(&reference, date(2025, 6, 20), copy).is_empty(), "a story of its day is held against its day");
        assert!(found(&reference, date(2025, 8, 1), "In 2024 Mayor Susan Quist sold a boat.").is_empty());
    }

    #[test]
    fn few_mixed_or_copied_stories_say_nothing() {
        let folder = TempDir::new().unwrap();
        let mut mixed = every_month(MAYOR, 1, 6);
        mixed[4].2 = FORMER;
        let copy = "Former Mayor Susan Quist sold a boat on Monday.";
        assert!(found(&past(&folder, &mixed), date(2025, 7, 1), copy).is_empty());
        let folder = TempDir::new().unwrap();
        assert!(found(&past(&folder, &every_month(MAYOR, 1, 2)), date(2025, 7, 1), copy).is_empty());
        let folder = TempDir::new().unwrap();
        let spoken = every_month("“Mayor Susan Quist opened a fair for us,” said Bo Tarn.", 1, 6);
        assert!(found(&past(&folder, &spoken), date(2025, 7, 1), copy).is_empty());
    }

    #[test]
    fn other_outlets_alone_are_a_hint() {
        let folder = TempDir::new().unwrap();
        let partner: Vec<_> =
            every_month(MAYOR, 1, 6).into_iter().map(|(day, _, line)| (day, Kind::Partner, line)).collect();
        let said = found(&past(&folder, &partner), date(2025, 7, 1), "Former Mayor Susan Quist sold a boat on Monday.");
        assert_eq!((said.len(), said[0].severity), (1, Severity::Info));
    }
}
