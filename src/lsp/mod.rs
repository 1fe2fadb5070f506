//! The language server: the one room that knows tower-lsp and the protocol's types.
//!
//! ```text
//! stdin ─ tower-lsp ─ Guard ─ Backend: each message becomes an event, at once
//!                                │ unbounded channel
//!                             Session: the one owner of documents and settings
//!                                │ immutable snapshots            ▲ results
//!                             workers: Job::run
//!                             Outbox: the only task that waits for the client ─ stdout
//! ```

mod actions;
mod backend;
mod client;
mod desk;
mod document;
mod guard;
mod hover;
mod indexing;
mod lint;
mod mistakes;
mod outbox;
mod pages;
mod parent;
mod position;
mod printed;
mod record;
mod session;
mod stories;
mod to_proto;
mod uri;

use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc;
use tower_lsp::{LspService, Server};

use backend::Backend;
use desk::Desk;
use guard::{Guard, Watch};
use outbox::Outbox;
use record::Recorder;
use session::{Event, Session};

pub use lint::Engine;

/// Handlers wait for the session only; tower-lsp's own limit of four is for handlers that work.
const HANDLERS: usize = 64;

/// How long what is written already may take to reach a client that said `exit`.
const GOODBYE: Duration = Duration::from_millis(50);

/// How often the files behind the configuration are looked at.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// What the command line says.
#[derive(Default)]
pub struct Options {
    /// Where to write every message, for bug reports.
    pub record: Option<PathBuf>,
}

/// Serves on standard input and output until the client leaves. Whether it did so properly, by `shutdown` first.
pub fn run(options: &Options) -> anyhow::Result<bool> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().context("no threads")?;
    let properly = runtime.block_on(async {
        let (input, output) = (tokio::io::stdin(), tokio::io::stdout());
        match &options.record {
            Some(file) => {
                let recorder =
                    Recorder::create(file).with_context(|| format!("cannot record to {}", file.display()))?;
                serve(recorder.input(input), recorder.output(output), Engine::default()).await
            }
            None => serve(input, output, Engine::default()).await,
        }
    });
    // A read of standard input that is under way cannot be stopped, only left behind.
    runtime.shutdown_background();
    properly
}

/// Serves one client. Whether it said `shutdown` before it left.
pub async fn serve(input: impl AsyncRead + Unpin, output: impl AsyncWrite, engine: Engine) -> anyhow::Result<bool> {
    let (events, heard) = mpsc::unbounded_channel();
    let (outbox, watch) = (Outbox::default(), Arc::new(Watch::default()));
    let desk = Arc::new(Desk::new(outbox.clone()));
    let session = Session::new(events.clone(), outbox.clone(), engine, Arc::clone(&desk))?;
    let (service, socket) = LspService::build(|client| Backend {
        client,
        events: events.clone(),
        outbox: outbox.clone(),
        watch: Arc::clone(&watch),
    })
    .custom_method("newslint/page", Backend::page)
    .finish();
    let client = service.inner().client.clone();
    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(session.run(heard));
    tasks.spawn(outbox.run(client, Arc::clone(&watch)));
    tasks.spawn(look_again(events));

    let server = Server::new(input, output, socket).concurrency_level(HANDLERS);
    let mut served = pin!(server.serve(Guard::new(service, Arc::clone(&watch))));
    tokio::select! {
        () = &mut served => {}
        () = watch.gone.notified() => {
            let _ = tokio::time::timeout(GOODBYE, served).await;
        }
    }
    tasks.shutdown().await;
    desk.indexing.stop();
    desk.stories.clear();
    Ok(watch.was_shut_down())
}

async fn look_again(events: mpsc::UnboundedSender<Event>) {
    let mut clock = tokio::time::interval(LOOK_AGAIN);
    clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    clock.tick().await;
    loop {
        clock.tick().await;
        if events.send(Event::FilesChanged).is_err() {
            return;
        }
    }
}
