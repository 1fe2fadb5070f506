//! The archive as checks ask it: answers are remembered, a draft's own versions are left out, and a fault of the archive is
//! said once and makes it silent.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use rayon::prelude::*;

use super::archive::sqlite::SqliteArchive;
use super::archive::{
    Archive, ArchiveError, DocumentId, DocumentRow, EntityRow, FigureRow, Packed, PersonRow, QuoteRow, Signature,
    Standing, extract,
};
use super::intake::Base;
use super::memo::Memo;
use super::shingle;
use super::sources::{SourceDocument, Sources};
use super::story::Story;
use crate::annotate::{Annotations, Gazetteer};
use crate::diagnostic::Evidence;
use crate::source::{Draft, Format};
use crate::text::Span;
use crate::text::decode::Encoding;

/// Stories of the same event are looked for this many days before and after the draft's date.
const EVENT_DAYS: i32 = 14;
/// How many of them are read.
const EVENT_STORIES: usize = 8;
/// The fewest words of a quotation that is looked up in stories on any event.
const LEAST_QUOTED: u32 = 6;
/// How many stories that have the words of one quotation are read: one, if it has them all.
const QUOTED_IN: usize = 3;
/// How many stories are read for one draft at most. To read one takes about as long as to read the draft.
const READ: usize = 12;
/// Of so many runs of words at least one must be shared: fewer are chance, and no two wordings of one quotation.
const CHANCE: u32 = 12;

/// A surname that more stories have is known without a look at each of them.
const MANY: usize = 20;

/// Runs of words, and the first and last day of the stories that may have them.
type WordsAsked = (Vec<u64>, Option<(Date, Date)>);
/// Telling words, and the first and last day.
type EventAsked = (Vec<String>, Date, Date);

/// Earlier stories.
#[derive(Debug)]
pub struct Past {
    archive: Box<dyn Archive>,
    path: PathBuf,
    base: Base,
    fault: OnceLock<String>,
    people: Memo<(String, Option<Date>), Vec<PersonRow>>,
    surnames: Memo<String, u32>,
    near: Memo<String, Vec<(String, u32)>>,
    entities: Memo<String, Vec<EntityRow>>,
    quotations: Memo<WordsAsked, Vec<QuoteRow>>,
    stories: Memo<EventAsked, Vec<(Standing, u32)>>,
    documents: Memo<DocumentId, Option<Arc<SourceDocument>>>,
    rows: Memo<DocumentId, Option<DocumentRow>>,
    versions: Memo<blake3::Hash, Vec<DocumentId>>,
    beside: Memo<Vec<DocumentId>, Sources>,
}

/// A story on the same event as a draft.
#[derive(Clone, Debug)]
pub struct Related {
    pub standing: Standing,
    /// How many of the draft's telling words it shares.
    pub shared: u32,
    pub document: Arc<SourceDocument>,
}

/// A story before it is read as drafts are.
enum Fetched {
    /// It was read already.
    Read(Arc<Option<Arc<SourceDocument>>>),
    Packed(Box<Packed>),
    Nothing,
}

/// How many stories are remembered as drafts are read: some ten times their text each.
const STORIES: usize = 256;
/// How many sets of stories.
const SETS: usize = 16;

impl Past {
    /// Opens the archive at `path` for reading.
    pub fn open(path: &Path) -> Result<Past, ArchiveError> {
        Ok(Past::new(Box::new(SqliteArchive::open(path)?), path))
    }

    /// `path` is the archive's own, from which the stories' paths start.
    pub fn new(archive: Box<dyn Archive>, path: &Path) -> Past {
        Past {
            archive,
            path: path.to_owned(),
            base: Base::of(path),
            fault: OnceLock::new(),
            people: Memo::default(),
            surnames: Memo::default(),
            near: Memo::default(),
            entities: Memo::default(),
            quotations: Memo::default(),
            stories: Memo::default(),
            documents: Memo::of(STORIES),
            rows: Memo::default(),
            versions: Memo::default(),
            beside: Memo::of(SETS),
        }
    }

    /// The archive's own file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What went wrong, if something did: from then on the archive knows nothing.
    pub fn fault(&self) -> Option<&str> {
        self.fault.get().map(String::as_str)
    }

    fn ask<T: Default>(&self, question: impl FnOnce(&dyn Archive) -> Result<T, ArchiveError>) -> T {
        if self.fault.get().is_some() {
            return T::default();
        }
        question(self.archive.as_ref()).unwrap_or_else(|error| {
            self.fault.get_or_init(|| error.to_string());
            T::default()
        })
    }

    /// The stories that are earlier versions of a draft, or copies of it: no evidence against it.
    pub fn versions_of(&self, draft: &Draft) -> Arc<Vec<DocumentId>> {
        self.versions.get(blake3::hash(draft.source.as_bytes()), |_| {
            let field = |keys: &[&str]| keys.iter().find_map(|k| draft.metadata.field(k)).map(str::to_owned);
            let story = Story {
                outlet: field(&["outlet", "publication"]),
                slug: field(&["slug", "story"]),
                url: field(&["canonical", "url", "canonicalURL"]),
                ..Story::default()
            };
            let words = shingle::fold(draft, &draft.tokens, 0);
            let signature = Signature::of(shingle::shingles(&words).map(|(key, _)| key));
            let mut versions = self.ask(|archive| archive.versions_of(story.thread().as_deref(), signature.as_ref()));
            let name = self.base.stored(&draft.path);
            versions.extend(self.ask(|archive| archive.named(&name)));
            versions.sort_unstable();
            versions.dedup();
            versions
        })
    }

    /// People with this surname key, newest story first, but not from `except`, nor from versions that a later one replaced. `until`
    /// is the last day of the stories.
    pub fn people(&self, surname: &str, until: Option<Date>, except: &[DocumentId]) -> Vec<PersonRow> {
        let rows = self.people.get((surname.to_owned(), until), |(key, until)| {
            self.ask(|archive| archive.people(key, until.map(|until| Date::MIN..=until)))
        });
        rows.iter().filter(|r| counts(r.standing, except)).cloned().collect()
    }

    /// Whether other stories than `except`, and not only versions that a later one replaced, have people with this surname key.
    pub fn knows_surname(&self, surname: &str, except: &[DocumentId]) -> bool {
        let stories = *self.surnames.get(surname.to_owned(), |key| self.ask(|archive| archive.surname_stories(key)));
        // So many are not all versions of one story, and reading them takes longer than counting them.
        stories as usize > except.len() + MANY || stories > 0 && !self.people(surname, None, except).is_empty()
    }

    /// Surname keys one slip away from this one, with the number of their stories.
    pub fn surnames_near(&self, surname: &str) -> Arc<Vec<(String, u32)>> {
        self.near.get(surname.to_owned(), |key| self.ask(|archive| archive.surnames_near(key)))
    }

    /// Organizations and places with this key.
    pub fn entities(&self, key: &str, except: &[DocumentId]) -> Vec<EntityRow> {
        let rows = self.entities.get(key.to_owned(), |key| self.ask(|archive| archive.entities(key)));
        rows.iter().filter(|r| counts(r.standing, except)).cloned().collect()
    }

    /// Figures with this [key](super::figures::key) from stories of these days.
    pub fn figures(&self, key: &str, days: RangeInclusive<Date>, except: &[DocumentId]) -> Vec<FigureRow> {
        let rows = self.ask(|archive| archive.figures(key, Some(days)));
        rows.into_iter().filter(|r| counts(r.standing, except)).collect()
    }

    /// Quotations that may have the words of `span` of the draft's text: they share runs of four words with it, the most shared first.
    pub fn quotations(
        &self,
        draft: &Draft,
        span: Span,
        days: Option<RangeInclusive<Date>>,
        except: &[DocumentId],
    ) -> Vec<QuoteRow> {
        let words = shingle::fold_span(draft, span);
        let runs: Vec<u64> = shingle::shingles(&words).map(|(key, _)| key).collect();
        let asked = runs.len() as u32;
        let days = days.map(|d| (*d.start(), *d.end()));
        let rows = self.quotations.get((runs, days), |(runs, days)| {
            self.ask(|archive| archive.quotations(runs, days.map(|(first, last)| first..=last)))
        });
        let rows = rows.iter().filter(|r| r.shared * CHANCE >= asked.min(r.runs));
        rows.filter(|r| counts(r.standing, except)).cloned().collect()
    }

    /// Stories on the same event as a draft of `date`, best first, read as drafts are; copies of one another once.
    pub fn related(&self, draft: &Draft, date: Date, except: &[DocumentId]) -> Vec<Related> {
        let related = self.on_event(draft, date, except);
        let ids: Vec<DocumentId> = related.iter().map(|(standing, _)| standing.document).collect();
        let documents = self.read(&ids);
        let read = related.into_iter().zip(documents);
        read.filter_map(|((standing, shared), document)| Some(Related { standing, shared, document: document? }))
            .collect()
    }

    /// Stories on the same event, best first, each with the number of telling words that it shares; copies of one another once.
    fn on_event(&self, draft: &Draft, date: Date, except: &[DocumentId]) -> Vec<(Standing, u32)> {
        let days = jiff::Span::new().days(EVENT_DAYS);
        let (first, last) = (date.saturating_sub(days), date.saturating_add(days));
        let stories = self.stories.get((extract::terms(draft), first, last), |(terms, first, last)| {
            self.ask(|archive| archive.stories_like(terms, *first..=*last))
        });
        let mut seen = Vec::new();
        let mut related = Vec::new();
        for &(standing, shared) in stories.iter().filter(|(s, _)| counts(*s, except)) {
            if related.len() < EVENT_STORIES && !seen.contains(&standing.copies) {
                seen.push(standing.copies);
                related.push((standing, shared));
            }
        }
        related
    }

    /// The stories that can speak on a draft, by their ids: those on the same event, if it has a date, and those that quote the same
    /// words; without the draft's own versions, and copies of one another once.
    pub fn earlier(&self, draft: &Draft, annotations: &Annotations, date: Option<Date>) -> Vec<DocumentId> {
        let own = self.versions_of(draft);
        let event = date.map(|date| self.on_event(draft, date, &own)).unwrap_or_default();
        let mut found: Vec<Standing> = event.into_iter().map(|(standing, _)| standing).collect();
        let quotes = annotations.quotes.iter().filter(|q| q.is_speech() && q.words >= LEAST_QUOTED);
        let asked = quotes.filter(|q| q.parent.is_none()).map(|quote| quote.span);
        // The stories on the event are read in any case: the other cores begin while the quotations are looked up.
        let fetched = self.fetch(found.iter().map(|standing| standing.document).collect());
        let ask = || asked.map(|span| self.quotations(draft, span, None, &own)).collect::<Vec<_>>();
        let quoted = if fetched.iter().all(|story| matches!(story, Fetched::Read(_))) {
            ask()
        } else {
            rayon::join(ask, || self.read_all(fetched)).0
        };
        // The likest of each quotation, then the next of each: with little room left, every one has been heard.
        for turn in 0..QUOTED_IN {
            for rows in &quoted {
                let Some(row) = rows.get(turn).filter(|_| found.len() < READ) else { continue };
                let whole = rows[0].shared == rows[0].runs;
                if (turn == 0 || !whole) && !found.iter().any(|standing| standing.copies == row.standing.copies) {
                    found.push(row.standing);
                }
            }
        }
        let mut ids: Vec<DocumentId> = found.into_iter().map(|standing| standing.document).collect();
        ids.sort_unstable();
        ids
    }

    /// Stories, read as drafts are, to lay beside a draft.
    pub fn beside(&self, ids: &[DocumentId]) -> Arc<Sources> {
        self.beside.get(ids.to_vec(), |ids| Sources::of(self.read(ids).into_iter().flatten().collect()))
    }

    /// Stories as drafts are read.
    fn read(&self, ids: &[DocumentId]) -> Vec<Option<Arc<SourceDocument>>> {
        self.read_all(self.fetch(ids.to_vec()))
    }

    /// What the archive has of stories, by one thread: each that asks needs a connection, and to open one takes as long as to read a story.
    fn fetch(&self, ids: Vec<DocumentId>) -> Vec<Fetched> {
        let known: Vec<_> = ids.iter().map(|id| self.documents.known(id)).collect();
        let missing: Vec<DocumentId> =
            ids.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(&id, _)| id).collect();
        let packed = if missing.is_empty() { Vec::new() } else { self.ask(|archive| archive.packed(&missing)) };
        let mut packed = packed.into_iter();
        let fetched = known.into_iter().map(|known| match known {
            Some(story) => Fetched::Read(story),
            None => packed.next().flatten().map_or(Fetched::Nothing, |packed| Fetched::Packed(Box::new(packed))),
        });
        fetched.collect()
    }

    /// Unpacks and reads them, on all cores.
    fn read_all(&self, fetched: Vec<Fetched>) -> Vec<Option<Arc<SourceDocument>>> {
        fetched.into_par_iter().map(|fetched| self.read_one(fetched)).collect()
    }

    fn read_one(&self, fetched: Fetched) -> Option<Arc<SourceDocument>> {
        let (row, packed) = match fetched {
            Fetched::Read(story) => return story.as_ref().clone(),
            Fetched::Nothing => return None,
            Fetched::Packed(packed) => *packed,
        };
        let id = row.standing.document;
        let read = self.documents.get(id, |_| {
            let text = self.ask(|archive| archive.unpack(&packed).map(Some))?;
            let format = Format::from_name(&row.format).unwrap_or(Format::Plain);
            let draft = Draft::read(&self.base.shown(&row.path), format, Encoding::Utf8, text.into());
            let primary = row.standing.kind.is_primary();
            let story = SourceDocument::of_archive(draft, row.date, row.is_file, primary, &Gazetteer::default());
            Some(Arc::new(story.kept_as(id.0, row.outlet)))
        });
        read.as_ref().clone()
    }

    /// A story as drafts are read.
    pub fn story(&self, id: DocumentId) -> Option<Arc<SourceDocument>> {
        self.fetch(vec![id]).pop().and_then(|fetched| self.read_one(fetched))
    }

    /// What is known of a story as a whole.
    pub fn document(&self, id: DocumentId) -> Option<DocumentRow> {
        self.rows.get(id, |&id| self.ask(|archive| archive.document(id))).as_ref().clone()
    }

    /// Words of a story as the other side of a contradiction. `span` is of the story's `Draft::text`.
    pub fn evidence(&self, id: DocumentId, span: Span, note: impl Into<String>) -> Option<Evidence> {
        let evidence = self.story(id)?.evidence(span, note);
        Some(evidence)
    }
}

fn counts(standing: Standing, except: &[DocumentId]) -> bool {
    !standing.superseded && except.binary_search(&standing.document).is_err()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::date;
    use tempfile::TempDir;

    use super::*;
    use crate::corpus::archive::sqlite::SqliteWriter;

    const PIER: &str = "Council keeps pier open\n\nThe council of Ottermouth kept the Grindle pier open on Monday, the harbor office said.\n\n\
         “We will not sell the pier to anybody while I am mayor of this town,” said Mayor Ana Quist.\n";

    fn past(folder: &TempDir, stories: &[(&str, &str)]) -> Past {
        let path = folder.path().join("archive.db");
        let mut writer = SqliteWriter::open(&path).unwrap();
        let records: Vec<_> =
            stories.iter().map(|(name, text)| extract::extract(Story::of_file(name, (*text).to_owned()))).collect();
        writer.write(&records).unwrap();
        writer.finish().unwrap();
        drop(writer);
        Past::open(&path).unwrap()
    }

    fn draft(path: &Path, text: &str) -> Draft {
        Draft::read(path, Format::of(path), Encoding::Utf8, text.into())
    }

    #[test]
    fn stories_on_the_event_are_read_with_their_places() {
        let folder = TempDir::new().unwrap();
        let past = past(&folder, &[("2026-03-01-pier.txt", PIER)]);
        let draft = draft(
            Path::new("new.txt"),
            "Ottermouth keeps the Grindle pier.\n\n“We will not sell the pier to anyone while I am mayor,” she said.",
        );
        let related = past.related(&draft, date(2026, 3, 2), &past.versions_of(&draft));
        assert_eq!(related.len(), 1);
        let at = draft.text.find("We will").unwrap();
        let span = Span::new(at, at + "We will not sell the pier to anyone while I am mayor".len());
        let rows = past.quotations(&draft, span, None, &[]);
        let evidence = past.evidence(rows[0].standing.document, rows[0].span, "archive").unwrap();
        assert_eq!(evidence.path, folder.path().join("2026-03-01-pier.txt"));
        assert_eq!(evidence.place.unwrap().1.line, 5);
        assert!(evidence.text.starts_with("We will not sell the pier to anybody"));
        assert_eq!(evidence.date, Some(date(2026, 3, 1)));
        assert_eq!(past.fault(), None);
    }

    #[test]
    fn a_drafts_own_versions_are_no_evidence() {
        let folder = TempDir::new().unwrap();
        let slug = format!("---\nslug: pier\noutlet: Post\n---\n\n{PIER}");
        let past = past(&folder, &[("2026-03-01-a.md", &slug), ("2026-03-01-b.txt", PIER)]);
        let own = draft(
            Path::new("draft.md"),
            "---\nslug: Pier\noutlet: Post\n---\n\nThe Grindle pier of Ottermouth stays open, says Ana Quist.",
        );
        let versions = past.versions_of(&own);
        assert_eq!(versions.len(), 1);
        let related = past.related(&own, date(2026, 3, 1), &versions);
        assert_eq!(
            related.iter().map(|r| r.document.path().file_name().unwrap().to_str().unwrap()).collect::<Vec<_>>(),
            ["2026-03-01-b.txt"]
        );
        let same_file = draft(&folder.path().join("2026-03-01-b.txt"), "Other words by now.");
        assert_eq!(past.versions_of(&same_file).len(), 1);
    }

    #[test]
    fn a_story_is_read_once_and_stands_where_it_was_asked_for() {
        let folder = TempDir::new().unwrap();
        let planks = "New planks wanted\n\nThe Grindle pier in Ottermouth needs repairs, an engineer wrote on Friday. Two summers \
             of work and a crane from Halden would do it, the letter says.\n";
        let past = past(&folder, &[("2026-03-01-pier.txt", PIER), ("2026-03-05-planks.txt", planks)]);
        let own = draft(Path::new("new.txt"), "The Grindle pier of Ottermouth stays open, the harbor office said.");
        let ids: Vec<DocumentId> =
            past.on_event(&own, date(2026, 3, 2), &[]).iter().map(|(standing, _)| standing.document).collect();
        assert_eq!(ids.len(), 2);
        let first = past.story(ids[1]).unwrap();
        let nobody = DocumentId(ids[0].0 ^ 1);
        let read = past.read(&[ids[0], nobody, ids[1]]);
        assert!(Arc::ptr_eq(read[2].as_ref().unwrap(), &first), "read already");
        assert!(read[1].is_none() && past.story(nobody).is_none());
        assert_eq!(read[0].as_ref().map(|story| story.date), past.document(ids[0]).map(|row| row.date));
        assert_eq!(past.fault(), None);
    }

    #[test]
    fn a_fault_is_said_once_and_silences() {
        let folder = TempDir::new().unwrap();
        let past = past(&folder, &[("2026-03-01-pier.txt", PIER)]);
        let path = folder.path().join("archive.db");
        let len = std::fs::metadata(&path).unwrap().len() as usize;
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[100..len].fill(0x5a);
        std::fs::write(&path, bytes).unwrap();
        assert!(past.people("quist", None, &[]).is_empty());
        assert!(past.fault().is_some_and(|f| f.contains("damaged")), "{:?}", past.fault());
        assert!(past.surnames_near("qiust").is_empty());
    }
}
