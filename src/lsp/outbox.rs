//! What waits to be sent to the client. Only the outbox's task waits for a client that reads slowly; of the
//! diagnostics for one document only the latest wait.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::Notify;
use tower_lsp::Client;
use tower_lsp::lsp_types::notification::{Notification, Progress as ShowProgress};
use tower_lsp::lsp_types::request::WorkDoneProgressCreate;
use tower_lsp::lsp_types::{
    MessageType, NumberOrString, ProgressParams, ProgressParamsValue, PublishDiagnosticsParams, WorkDoneProgress,
    WorkDoneProgressBegin, WorkDoneProgressCreateParams, WorkDoneProgressEnd, WorkDoneProgressReport,
};

use super::guard::Watch;

#[derive(Clone, Default)]
pub(super) struct Outbox(Arc<Inner>);

#[derive(Default)]
struct Inner {
    waiting: Mutex<VecDeque<Message>>,
    filled: Notify,
}

enum Message {
    Diagnostics(PublishDiagnosticsParams),
    /// For the log only.
    Log(MessageType, String),
    /// For people, now.
    Show(MessageType, String),
    /// The client is to be asked whether it shows how far something is.
    Begin(Progress, String),
    /// How far something is, that the client shows.
    Progress(ProgressParams),
}

/// `textDocument/publishDiagnostics` with parameters that are JSON already: URIs in the client's spelling.
enum Publish {}

impl Notification for Publish {
    type Params = Value;
    const METHOD: &'static str = "textDocument/publishDiagnostics";
}

impl Outbox {
    pub(super) fn publish(&self, params: PublishDiagnosticsParams) {
        self.push(Message::Diagnostics(params));
    }

    pub(super) fn log(&self, kind: MessageType, text: impl Into<String>) {
        self.push(Message::Log(kind, text.into()));
    }

    /// Shown to the user, and logged.
    pub(super) fn show(&self, kind: MessageType, text: impl Into<String>) {
        let text = text.into();
        self.push(Message::Log(kind, text.clone()));
        self.push(Message::Show(kind, text));
    }

    /// Begins to show how far something is, where the client shows such things. `token` is the server's own, never used twice.
    pub(super) fn begin(&self, token: String, title: &str) -> Progress {
        let progress = Progress { outbox: self.clone(), token, stage: Arc::default() };
        self.push(Message::Begin(progress.clone(), title.to_owned()));
        progress
    }

    fn push(&self, message: Message) {
        let mut waiting = self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Message::Diagnostics(new) = &message {
            waiting.retain(|m| !matches!(m, Message::Diagnostics(old) if old.uri == new.uri));
        }
        waiting.push_back(message);
        drop(waiting);
        self.0.filled.notify_one();
    }

    fn next(&self) -> Option<Message> {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    /// Sends what is put in, for ever.
    pub(super) async fn run(self, client: Client, watch: Arc<Watch>) {
        loop {
            while let Some(message) = self.next() {
                match message {
                    Message::Diagnostics(params) => match serde_json::to_value(params) {
                        Ok(params) => client.send_notification::<Publish>(watch.spellings.restore(params)).await,
                        Err(error) => tracing::error!("diagnostics cannot be written: {error}"),
                    },
                    Message::Log(kind, text) => client.log_message(kind, text).await,
                    Message::Show(kind, text) => client.show_message(kind, text).await,
                    Message::Begin(progress, title) => {
                        if watch.supports("/window/workDoneProgress") {
                            tokio::spawn(progress.ask(client.clone(), title));
                        }
                    }
                    Message::Progress(params) => client.send_notification::<ShowProgress>(params).await,
                }
            }
            self.0.filled.notified().await;
        }
    }
}

/// Something whose progress the client shows, once it agreed to: nobody waits for its answer.
#[derive(Clone)]
pub(super) struct Progress {
    outbox: Outbox,
    token: String,
    stage: Arc<Mutex<Stage>>,
}

#[derive(Default, PartialEq, Eq)]
enum Stage {
    /// The client did not answer yet.
    #[default]
    Asked,
    Shown,
    Ended,
}

/// How long a client may think about whether it shows progress.
const PATIENCE: Duration = Duration::from_secs(30);

impl Progress {
    async fn ask(self, client: Client, title: String) {
        let token = NumberOrString::String(self.token.clone());
        let asked = client.send_request::<WorkDoneProgressCreate>(WorkDoneProgressCreateParams { token });
        if !matches!(tokio::time::timeout(PATIENCE, asked).await, Ok(Ok(()))) {
            return;
        }
        let mut stage = self.stage();
        // What is over already is not shown any more.
        if *stage == Stage::Asked {
            *stage = Stage::Shown;
            let begin = WorkDoneProgressBegin { title, percentage: Some(0), ..WorkDoneProgressBegin::default() };
            self.send(WorkDoneProgress::Begin(begin));
        }
    }

    pub(super) fn report(&self, message: String, percentage: u32) {
        let stage = self.stage();
        if *stage == Stage::Shown {
            self.send(WorkDoneProgress::Report(WorkDoneProgressReport {
                message: Some(message),
                percentage: Some(percentage.min(100)),
                cancellable: None,
            }));
        }
    }

    pub(super) fn end(&self, message: String) {
        let mut stage = self.stage();
        if *stage == Stage::Shown {
            self.send(WorkDoneProgress::End(WorkDoneProgressEnd { message: Some(message) }));
        }
        *stage = Stage::Ended;
    }

    fn send(&self, value: WorkDoneProgress) {
        let token = NumberOrString::String(self.token.clone());
        self.outbox.push(Message::Progress(ProgressParams { token, value: ProgressParamsValue::WorkDone(value) }));
    }

    fn stage(&self) -> MutexGuard<'_, Stage> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
