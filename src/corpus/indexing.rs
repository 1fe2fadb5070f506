//! Taking stories into an archive, batch after batch. What is written stays written, whatever comes after.

use std::ops::ControlFlow;

use rayon::prelude::*;

use super::archive::sqlite::{SqliteWriter, Written};
use super::archive::{ArchiveError, EXTRACTOR, StoryRecord, extract};
use super::intake::{Intake, Refused};

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

/// Reads and writes batch after batch. `after` hears of each, and may end it there.
pub fn take_in(
    writer: &mut SqliteWriter,
    mut intake: Intake,
    done: &mut Done,
    mut after: impl FnMut(Step) -> ControlFlow<()>,
) -> Result<(), ArchiveError> {
    let mut step = Step::default();
    while let Some(batch) = intake.next_batch() {
        let mut new = Vec::new();
        step.bytes += batch.bytes;
        step.stories += batch.stories.len() as u64;
        for story in batch.stories {
            if writer.is_current(&story.name(), &story.intake(), EXTRACTOR)? {
                done.written.unchanged += 1;
            } else {
                new.push(story);
            }
        }
        let records: Vec<StoryRecord> = new.into_par_iter().map(extract).collect();
        done.written += writer.write(&records)?;
        done.refused.extend(batch.refused);
        if after(step).is_break() {
            break;
        }
    }
    Ok(())
}
