//! What waits to be sent to the client. Only the outbox's task waits for a client that reads slowly; of the
//! diagnostics for one document only the latest wait.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use tokio::sync::Notify;
use tower_lsp::Client;
use tower_lsp::lsp_types::notification::Notification;
use tower_lsp::lsp_types::{MessageType, PublishDiagnosticsParams};

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
                }
            }
            self.0.filled.notified().await;
        }
    }
}
