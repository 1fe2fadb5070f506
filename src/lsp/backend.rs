//! The protocol's methods. Each hands its message to the session as its first act, before anything is awaited:
//! tower-lsp starts handlers in the order of the messages but runs them side by side.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::sync::{mpsc, oneshot};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionOrCommand, CodeActionParams, CodeActionProviderCapability,
    ConfigurationItem, DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, Hover, HoverParams, HoverProviderCapability,
    InitializeParams, InitializeResult, InitializedParams, MessageType, OneOf, Registration, ServerCapabilities,
    ServerInfo, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions, Url,
    WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};
use tower_lsp::{Client, LanguageServer, async_trait};

use super::actions::FIX_ALL;
use super::client::{Abilities, ClientSettings};
use super::guard::Watch;
use super::outbox::Outbox;
use super::parent;
use super::session::{Event, Question};
use super::{pages, uri};

/// How long the client may take to answer a request of the server. Nothing waits for it meanwhile.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) struct Backend {
    pub(super) client: Client,
    pub(super) events: mpsc::UnboundedSender<Event>,
    pub(super) outbox: Outbox,
    pub(super) watch: Arc<Watch>,
}

/// What `newslint/page` is asked with.
#[derive(serde::Deserialize)]
pub(super) struct PageParams {
    code: String,
}

impl Backend {
    fn send(&self, event: Event) {
        // The session outlives the handlers: it ends when `serve` returns.
        let _ = self.events.send(event);
    }

    /// Asks for the editor's settings, on a task of its own: a handler that waits for the client can stop the reader
    /// that would bring its answer.
    fn pull_settings(&self) {
        if !self.watch.supports("/workspace/configuration") {
            return;
        }
        let (client, events) = (self.client.clone(), self.events.clone());
        tokio::spawn(async move {
            let item = ConfigurationItem { scope_uri: None, section: Some("newslint".to_owned()) };
            match tokio::time::timeout(PATIENCE, client.configuration(vec![item])).await {
                Ok(Ok(values)) => {
                    if let Some(value) = values.into_iter().next() {
                        let _ = events.send(Event::Configured(value));
                    }
                }
                Ok(Err(error)) => tracing::warn!("the client refused its settings: {error}"),
                Err(_) => tracing::warn!("the client did not answer with its settings"),
            }
        });
    }

    /// Has the client tell of changed files where it can. The session looks at the files from time to time as well,
    /// since a client watches its own folders only.
    fn watch_files(&self) {
        if !self.watch.supports("/workspace/didChangeWatchedFiles/dynamicRegistration") {
            self.outbox
                .log(MessageType::INFO, "This editor does not watch files: newslint looks itself, every 2 seconds");
            return;
        }
        let client = self.client.clone();
        tokio::spawn(async move {
            let globs = ["**/*.toml", "**/*.csv"].map(|glob| json!({ "globPattern": glob }));
            let registration = Registration {
                id: "newslint-files".to_owned(),
                method: "workspace/didChangeWatchedFiles".to_owned(),
                register_options: Some(json!({ "watchers": globs })),
            };
            match tokio::time::timeout(PATIENCE, client.register_capability(vec![registration])).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::warn!("the client does not watch files: {error}"),
                Err(_) => tracing::warn!("the client did not answer whether it watches files"),
            }
        });
    }

    /// `newslint/page`: the page of a built-in code in Markdown, or null.
    pub(super) async fn page(&self, params: PageParams) -> Result<Option<String>> {
        Ok(pages::document(&params.code))
    }

    async fn ask<T>(&self, uri: Url, question: impl FnOnce(oneshot::Sender<T>) -> Question) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        self.send(Event::Asked(uri, question(reply)));
        answer.await.map_err(|_| Error::internal_error())
    }
}

#[async_trait]
impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let abilities = Abilities::of(&params);
        let settings = params.initialization_options.as_ref().map(ClientSettings::read).unwrap_or_default();
        self.send(Event::Started(abilities, settings, root(&params)));
        if let Some(process) = params.process_id {
            parent::watch(process, Arc::clone(&self.watch));
        }
        Ok(InitializeResult {
            capabilities: capabilities(&abilities),
            server_info: Some(ServerInfo {
                name: "newslint".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        self.outbox.log(MessageType::INFO, concat!("newslint ", env!("CARGO_PKG_VERSION")));
        self.pull_settings();
        self.watch_files();
    }

    async fn shutdown(&self) -> Result<()> {
        self.send(Event::ShutDown);
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.send(Event::Opened(params));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.send(Event::Changed(params));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.send(Event::Closed(params));
    }

    async fn did_change_configuration(&self, _: DidChangeConfigurationParams) {
        // What comes with it differs from client to client; the answer to a question does not.
        self.pull_settings();
        self.send(Event::FilesChanged);
    }

    async fn did_change_watched_files(&self, _: DidChangeWatchedFilesParams) {
        self.send(Event::FilesChanged);
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let uri = params.text_document_position_params.text_document.uri.clone();
        self.ask(uri, |reply| Question::Hover(params, reply)).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<Vec<CodeActionOrCommand>>> {
        let uri = params.text_document.uri.clone();
        let actions = self.ask(uri, |reply| Question::Actions(params, reply)).await?;
        Ok((!actions.is_empty()).then_some(actions))
    }
}

/// The first folder that the client has open. Some clients give a file as one.
fn root(params: &InitializeParams) -> Option<PathBuf> {
    let folders = params.workspace_folders.iter().flatten().map(|folder| &folder.uri);
    folders.chain(params.root_uri.as_ref()).find_map(uri::path)
}

fn capabilities(client: &Abilities) -> ServerCapabilities {
    let actions = if client.code_actions {
        CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, FIX_ALL]),
            ..CodeActionOptions::default()
        })
    } else {
        CodeActionProviderCapability::Simple(false)
    };
    ServerCapabilities {
        position_encoding: Some(client.encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            ..TextDocumentSyncOptions::default()
        })),
        code_action_provider: Some(actions),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(false)),
            }),
            file_operations: None,
        }),
        ..ServerCapabilities::default()
    }
}
