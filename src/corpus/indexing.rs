//! Taking stories into an archive, batch after batch. What is written stays written, whatever comes after.

use std::ops::ControlFlow;

use rayon::prelude::*;

use super::archive::sqlite::{SqliteWriter, Written};
use super::archive::{ArchiveError, EXTRACTOR, StoryRecord, extract};
use super::intake::{Intake, Refused};
use super::story::Story;

/// What was done so far.
#[derive(Debug, Default)]
pub struct Done {
    pub written: Written,
    pub refused: Vec<Refused>,
}

/// How far an intake is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Step {
    /// Bytes read, of [`Intake::total`].
    pub bytes: u64,
    pub stories: u64,
}

/// Reads and writes batch after batch: the next stories are read while those before them are written. `after` hears of each batch that is
/// written, and may end it there.
pub fn take_in(
    writer: &mut SqliteWriter,
    mut intake: Intake,
    done: &mut Done,
    mut after: impl FnMut(Step) -> ControlFlow<()>,
) -> Result<(), ArchiveError> {
    let mut step = Step::default();
    let mut batch = intake.next_batch();
    let mut ready: Vec<StoryRecord> = Vec::new();
    while batch.is_some() || !ready.is_empty() {
        let new = match batch {
            Some(batch) => {
                step.bytes += batch.bytes;
                step.stories += batch.stories.len() as u64;
                done.refused.extend(batch.refused);
                new_stories(writer, batch.stories, done)?
            }
            None => Vec::new(),
        };
        let read = || rayon::join(|| new.into_par_iter().map(extract).collect(), || intake.next_batch());
        let (written, (records, next)) = rayon::join(|| writer.write(&ready), read);
        done.written += written?;
        (ready, batch) = (records, next);
        if after(step).is_break() {
            break;
        }
    }
    Ok(())
}

/// Those that the archive has not as they are.
fn new_stories(writer: &SqliteWriter, stories: Vec<Story>, done: &mut Done) -> Result<Vec<Story>, ArchiveError> {
    let intakes: Vec<String> = stories.par_iter().map(Story::intake).collect();
    let mut new = Vec::new();
    for (story, intake) in stories.into_iter().zip(intakes) {
        if writer.is_current(&story.name(), &intake, EXTRACTOR)? {
            done.written.unchanged += 1;
        } else {
            new.push(story);
        }
    }
    Ok(new)
}
